from __future__ import annotations

import warnings
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from experiments.comparison import Comparison
from experiments.design import DesignError
from experiments.figures import BASELINE_COLOUR, COLOURS, check_plot, draw_comparison, wrap
from experiments.figures import comparison as figures
from experiments.figures.look import style
from experiments.findings import findings

Make = Callable[..., Comparison]
LABELS = {"stock": {"en": "Foreign professionals in China", "zh": "在华外国专业人才"}}
CLEAR = [50.0, 61.0, 74.0, 83.0]


def text_of(svg: bytes) -> str:
    return " ".join("".join(ET.fromstring(svg).itertext()).split())  # noqa: S314 - our own file


def test_the_same_data_give_the_same_bytes(comparison_of: Make) -> None:
    result = comparison_of({"a": CLEAR})
    for ending in (".svg", ".png"):
        assert draw_comparison(result, ending, "en", LABELS) == draw_comparison(result, ending, "en", LABELS)


def test_the_title_is_the_finding(comparison_of: Make) -> None:
    result = comparison_of({"a": CLEAR})
    assert findings(result, "en", LABELS)[0] in text_of(draw_comparison(result, ".svg", "en", LABELS))


def test_a_finding_that_is_not_supported_is_no_title(comparison_of: Make) -> None:
    text = text_of(draw_comparison(comparison_of({"a": [-50.0, 60.0, -70.0, 80.0]}), ".svg", "en", LABELS))
    assert "No clear difference in foreign professionals in China" in text
    assert "adds about" not in text


def test_lines_are_labelled_where_they_end_and_need_no_legend(comparison_of: Make) -> None:
    svg = draw_comparison(comparison_of({"a": CLEAR, "b": [10.0, 11.0, 12.0, 9.0]}), ".svg", "en", LABELS)
    text = text_of(svg)
    assert text.count("Reform a") >= 3
    assert "today's law" in text
    assert b"legend" not in svg
    assert all(colour.lower().encode() in svg.lower() for colour in (*COLOURS[:2], BASELINE_COLOUR))


def test_a_figure_says_how_it_was_made_and_what_it_is_not(comparison_of: Make) -> None:
    text = text_of(draw_comparison(comparison_of({"a": CLEAR}), ".svg", "en", LABELS))
    assert "Pairs of runs: 4, from seed 1" in text
    assert "not a forecast" in text


def test_an_svg_is_an_image_with_a_title_that_takes_the_width_it_is_given(comparison_of: Make) -> None:
    root = ET.fromstring(draw_comparison(comparison_of({"a": CLEAR}), ".svg", "en", LABELS))  # noqa: S314 - our own file
    assert root.get("role") == "img"
    assert root.get("width") is None
    assert root.get("viewBox")
    assert [child.tag.rpartition("}")[2] for child in root][:2] == ["title", "desc"]


def test_chinese_stays_text_in_an_svg(comparison_of: Make) -> None:
    text = text_of(draw_comparison(comparison_of({"a": CLEAR}), ".svg", "zh", LABELS))
    assert "在华外国专业人才" in text
    assert "改革a" in text


def test_a_picture_without_a_chinese_font_is_drawn_all_the_same(
    comparison_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.figures.look.CHINESE_FONTS", ())
    assert draw_comparison(comparison_of({"a": CLEAR}), ".png", "zh", LABELS).startswith(b"\x89PNG")


def test_one_pair_is_drawn_without_a_band(comparison_of: Make) -> None:
    assert "no interval" in text_of(draw_comparison(comparison_of({"a": [50.0]}), ".svg", "en", LABELS))


@pytest.mark.parametrize(
    ("file", "n", "said"), [("x.jpg", 1, "drawn as .svg or .png"), ("x.svg", 5, "at most 4 scenarios")]
)
def test_a_figure_that_cannot_be_drawn_is_refused_before_the_runs(file: str, n: int, said: str) -> None:
    with pytest.raises(DesignError, match=said):
        check_plot(Path(file), n)


FOUR = {f"{name} that makes the criteria for Category A less stringent": CLEAR for name in "abcd"}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("n", [1, 2, 4])
def test_no_text_is_cut_off_or_drawn_over_another(comparison_of: Make, n: int, lang: str) -> None:
    result = comparison_of(dict(list(FOUR.items())[:n]))
    with style("en"), warnings.catch_warnings():
        # This machine may lack a Chinese font; its boxes are as wide as letters.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        title, details = figures._heading(result, lang, LABELS)
        paths = [figures._path(result, case) for case in result.cases]
        figure = figures._figure(result, paths, lang, LABELS, title=title, details=details, notes_below=["One more."])
        canvas: Any = FigureCanvasAgg(figure)
        canvas.draw()
        written = [*figure.texts, *(text for axes in figure.axes for text in axes.texts if not text.get_rotation())]
        boxes = [text.get_window_extent(canvas.get_renderer()) for text in written]
    for box in boxes:
        assert 0 <= box.x0 < box.x1 <= figure.bbox.width
        assert 0 <= box.y0 < box.y1 <= figure.bbox.height
    assert not [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if a.overlaps(b)]


@pytest.mark.parametrize(
    ("differences", "title"),
    [
        (
            {"a": CLEAR, "b": CLEAR},
            "All 2 add foreign professionals in China; the range of each difference excludes zero",
        ),
        ({"a": [-x for x in CLEAR], "b": [-x for x in CLEAR]}, "All 2 leave fewer foreign professionals in China;"),
        ({"a": CLEAR, "b": [-9.0, 9.0, 8.0, -8.0]}, "1 of 2 change foreign professionals in China:"),
        ({"a": CLEAR, "b": [-x for x in CLEAR]}, "2 of 2 change foreign professionals in China:"),
        ({"a": [-9.0, 9.0, 8.0, -8.0], "b": [9.0, -9.0, 8.0, -8.0]}, "No clear difference in foreign professionals"),
    ],
)
def test_several_scenarios_share_a_title_that_the_ranges_support(
    comparison_of: Make, differences: dict[str, list[float]], title: str
) -> None:
    result = comparison_of(differences)
    told, details = figures._heading(result, "en", LABELS)
    assert told.startswith(title)
    assert details == findings(result, "en", LABELS)


def test_chinese_is_broken_between_characters_but_not_in_numbers_or_before_marks() -> None:
    lines = wrap("到2040年12月，在华外国专业人才增加约42,700（37,700至49,400）。", 16, "zh")
    assert "".join(lines) == "到2040年12月，在华外国专业人才增加约42,700（37,700至49,400）。"
    assert any("42,700" in line for line in lines)
    assert not any(line[0] in "，。）" for line in lines)
