from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from experiments.design import DesignError
from experiments.figures import BASELINE_COLOUR, COLOURS, KINDS, alt, draw
from experiments.figures.drawing import laid_out
from experiments.figures.measure import width_of
from experiments.figures.sheet import sheet_style
from experiments.figures.tiles import BLUES
from experiments.report.parts import Figure

Variants = Callable[[str], dict[str, Figure]]
EACH_KIND = pytest.mark.parametrize("kind", KINDS)


def text_of(svg: bytes) -> str:
    return " ".join("".join(ET.fromstring(svg).itertext()).split())  # noqa: S314 - our own file


def boxes_of(canvas: Any) -> list[tuple[str, Bbox]]:
    """Return where each text stands, as wide as it is on a machine that has all fonts."""
    agg: Any = FigureCanvasAgg(canvas)
    canvas.draw_without_rendering()
    shown = [text for text in canvas.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return [(text.get_text(), box_of(text, agg.get_renderer())) for text in shown]


def box_of(text: Text, renderer: Any) -> Bbox:
    box = text.get_window_extent(renderer)
    dpi = renderer.dpi
    width = dpi * width_of(text.get_text(), float(text.get_fontsize()), is_bold=text.get_fontweight() == "bold")
    start = {"left": box.x0, "center": (box.x0 + box.x1 - width) / 2, "right": box.x1 - width}[
        text.get_horizontalalignment()
    ]
    # Letters reach less far than the line that they stand on.
    return Bbox.from_extents(start, box.y0 + 1, start + width, box.y1 - 1)


def overlaps(boxes: list[tuple[str, Bbox]]) -> Iterator[tuple[str, str]]:
    for place, (text, box) in enumerate(boxes):
        yield from ((text, other) for other, found in boxes[:place] if box.overlaps(found))


@EACH_KIND
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("is_narrow", [False, True])
def test_no_text_is_cut_off_or_drawn_over_another(
    figures_of: Variants, kind: str, lang: str, *, is_narrow: bool
) -> None:
    for name, figure in figures_of(kind).items():
        with sheet_style(lang):
            canvas = laid_out(figure, lang, asked=lang, is_narrow=is_narrow)
            boxes = boxes_of(canvas)
        width, height = canvas.bbox.width, canvas.bbox.height
        cut = [text for text, box in boxes if box.x0 < 0 or box.x1 > width or box.y0 < 0 or box.y1 > height]
        assert not cut, (name, cut)
        assert not list(overlaps(boxes)), name


def test_the_check_of_boxes_finds_what_is_cut_off_and_drawn_over() -> None:
    from matplotlib.figure import Figure as Canvas

    canvas = Canvas(figsize=(2, 1))
    canvas.text(0.9, 0.5, "beyond the edge")
    canvas.text(0.9, 0.52, "over it")
    boxes = boxes_of(canvas)
    assert boxes[0][1].x1 > canvas.bbox.width
    assert list(overlaps(boxes)) == [("over it", "beyond the edge")]


@EACH_KIND
def test_the_same_figure_gives_the_same_bytes(figures_of: Variants, kind: str) -> None:
    figure = figures_of(kind)["common"]
    assert draw(figure, "en", ".svg") == draw(figure, "en", ".svg")


def test_a_picture_is_the_same_twice(figures_of: Variants) -> None:
    figure = figures_of("forest")["one row"]
    assert draw(figure, "en", ".png") == draw(figure, "en", ".png")


@EACH_KIND
def test_an_svg_is_an_image_that_says_the_finding_and_takes_the_width_it_is_given(
    figures_of: Variants, kind: str
) -> None:
    figure = figures_of(kind)["common"]
    svg = draw(figure, "en", ".svg")
    root = ET.fromstring(svg)  # noqa: S314 - our own file
    title, description = root[0], root[1]
    assert (root.get("role"), root.get("width"), root.get("height")) == ("img", None, None)
    assert root.get("viewBox")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == figure.title["en"]
    assert description.text == alt(figure, "en")
    assert alt(figure, "en").startswith(figure.title["en"])
    for said in (figure.subtitle, figure.source):
        assert said["en"].split()[0] in text_of(svg)


@EACH_KIND
def test_figures_on_one_page_share_no_id_and_refer_to_none_of_another(figures_of: Variants, kind: str) -> None:
    figure = figures_of(kind)["common"]
    seen: set[str] = set()
    for lang, is_narrow in (("en", False), ("en", True), ("zh", False)):
        svg = draw(figure, lang, ".svg", is_narrow=is_narrow).decode()
        ids = re.findall(r'\bid="([^"]+)"', svg)
        assert len(ids) == len(set(ids))
        assert all(name.startswith(f"{figure.id}-") for name in ids)
        assert set(re.findall(r'(?:url\(#|href="#)([^)"]+)', svg)) <= set(ids)
        assert not seen & set(ids)
        seen |= set(ids)


@EACH_KIND
def test_an_svg_reaches_nothing_beyond_itself(figures_of: Variants, kind: str) -> None:
    svg = draw(figures_of(kind)["common"], "en", ".svg").decode()
    # A style sheet or a script would hold for the page; an address would ask the network; a date changes the bytes.
    assert not re.search(r"<style|<script|<metadata|<!DOCTYPE|<\?xml", svg)
    assert set(re.findall(r"https?://[^\"'\s]+", svg)) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert "'DejaVu Sans', Verdana, sans-serif" in svg


@EACH_KIND
def test_chinese_stays_text(figures_of: Variants, kind: str) -> None:
    figure = figures_of(kind)["common"]
    svg = draw(figure, "zh", ".svg")
    assert 'lang="zh"' in svg.decode()
    assert figure.title["zh"] in text_of(svg)
    assert "示例数据" in text_of(svg)


def test_a_picture_without_a_chinese_font_is_in_english_and_says_so(
    figures_of: Variants, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = figures_of("forest")["one row"]
    told: list[tuple[str, str]] = []

    def noted(figure: Figure, lang: str, *, asked: str, is_narrow: bool) -> Any:
        told.append((lang, asked))
        return laid_out(figure, lang, asked=asked, is_narrow=is_narrow)

    monkeypatch.setattr("experiments.figures.look.CHINESE_FONTS", ())
    monkeypatch.setattr("experiments.figures.drawing.laid_out", noted)
    assert draw(figure, "zh", ".png").startswith(b"\x89PNG")
    assert told == [("en", "zh")]
    with sheet_style("zh"):
        said = [text for text, _ in boxes_of(laid_out(figure, "en", asked="zh", is_narrow=False))]
    assert "No Chinese font on this machine: drawn in English." in said


def test_a_narrow_figure_has_larger_letters_for_its_width(figures_of: Variants) -> None:
    def least_at(svg: bytes, pixels: float) -> float:
        view = ET.fromstring(svg).get("viewBox") or ""  # noqa: S314 - our own file
        sizes = [float(size) for size in re.findall(r"(?:font-size: |font: (?:bold |700 )?)([\d.]+)px", svg.decode())]
        return min(sizes) * pixels / float(view.split()[2])

    for kind in KINDS:
        narrow = draw(figures_of(kind)["common"], "en", ".svg", is_narrow=True)
        assert least_at(narrow, 330) > 8, kind
    assert least_at(draw(figures_of("forest")["common"], "en", ".svg"), 330) < 6


@EACH_KIND
def test_no_figure_has_a_legend_or_a_colour_beyond_the_palette_for_its_series(figures_of: Variants, kind: str) -> None:
    svg = draw(figures_of(kind)["common"], "en", ".svg").decode().lower()
    assert "legend" not in svg
    # The map has five blues of its own.
    assert (BLUES[4] if kind == "tiles" else COLOURS[0].lower()) in svg
    assert BASELINE_COLOUR in svg


def test_a_table_that_lacks_a_column_is_refused_in_one_line(path_figure: Callable[..., Figure]) -> None:
    with pytest.raises(
        DesignError, match=r"'forest-example' of kind forest needs columns label, difference; .* lacks difference"
    ):
        draw(path_figure("forest", [{"label": "x"}]), "en", ".svg")


@pytest.mark.parametrize(
    ("kind", "rows", "ending", "said"),
    [
        ("forest", [], ".svg", "without rows|lacks"),
        ("bars", [{"label": "x"}], ".svg", "no drawing is called 'bars'; known: paths, forest"),
        ("forest", [{"label": "x", "difference": (1.0, 0.0, 2.0)}] * 32, ".svg", "at most 31 rows, got 32"),
        ("forest", [{"label": "x", "difference": (1.0, 0.0, 2.0)}], ".jpg", "drawn as .svg or .png"),
        ("tiles", [{"region": "atlantis", "value": (1.0, 0.0, 2.0)}], ".svg", "no province is called 'atlantis'"),
        (
            "survival",
            [{"law": str(i), "label": "x", "years": 1.0, "stay": (0.5, 0.4, 0.6)} for i in range(5)],
            ".svg",
            "at most 4 series, got 5",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    path_figure: Callable[..., Figure], kind: str, rows: list[dict[str, Any]], ending: str, said: str
) -> None:
    with pytest.raises(DesignError, match=said):
        draw(path_figure(kind, rows), "en", ending)
