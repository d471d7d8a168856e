from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from experiments.figures import BASELINE_COLOUR, COLOURS, alt
from experiments.figures.drawing import laid_out
from experiments.figures.marks import spread
from experiments.figures.measure import width_of, wrapped
from experiments.figures.numerals import plain, signed, ticks_of
from experiments.figures.provinces import FURTHER, PROVINCES, region_provinces
from experiments.figures.sheet import sheet_style
from experiments.figures.tiles import BLUES, ORANGES
from experiments.report.parts import Figure
from simulation.names import REGIONS

Make = Callable[..., Figure]


def drawn(figure: Figure, lang: str = "en") -> Any:
    with sheet_style(lang):
        canvas = laid_out(figure, lang, asked=lang, is_narrow=False)
        canvas.draw_without_rendering()
    return canvas


def words(canvas: Any) -> list[str]:
    return [text.get_text() for text in canvas.findobj(Text) if text.get_text().strip()]


def markers(canvas: Any, marker: str = "o") -> Iterator[tuple[float, Any]]:
    for line in canvas.findobj(Line2D):
        if line.get_marker() == marker and len(line.get_xdata()):
            yield float(line.get_xdata()[0]), line.get_markerfacecolor()


def filled(canvas: Any) -> list[Any]:
    return [
        patch for axes in canvas.axes for patch in axes.patches if isinstance(patch, Rectangle) and patch.get_fill()
    ]


def test_a_forest_is_sorted_and_hollow_where_the_range_includes_zero(path_figure: Make) -> None:
    rows = [
        {"label": "small", "difference": (1.0, -2.0, 4.0)},
        {"label": "large", "difference": (50.0, 40.0, 60.0)},
        {"label": "unknown", "difference": None},
        {"label": "falls", "difference": (-20.0, -25.0, -15.0)},
    ]
    canvas = drawn(path_figure("forest", rows))
    order = [word for word in words(canvas) if word in {"small", "large", "unknown", "falls"}]
    assert order == ["large", "small", "falls", "unknown"]
    assert dict(markers(canvas))[1.0] == "white"
    assert dict(markers(canvas))[50.0] == dict(markers(canvas))[-20.0] == COLOURS[0]
    assert {"+50", "+1.0", "−20.0", "–"} <= set(words(canvas))
    assert "Hollow: the range includes zero." in words(canvas)


def test_a_forest_of_clear_rows_says_nothing_of_hollow_marks(path_figure: Make) -> None:
    canvas = drawn(path_figure("forest", [{"label": "x", "difference": (5.0, 4.0, 6.0)}]))
    assert "Hollow: the range includes zero." not in words(canvas)


def path_rows(**changed: Any) -> list[dict[str, Any]]:
    row = {"scenario": "a", "label": "Reform a", "baseline": 100.0, "reform": 110.0, "difference": (10.0, 5.0, 15.0)}
    return [{**row, "date": f"{year}-12", **changed} for year in (2027, 2028, 2029)]


def test_levels_start_at_zero_and_todays_law_is_grey_and_dashed(path_figure: Make) -> None:
    canvas = drawn(path_figure("paths", path_rows(), start="2028-01"))
    levels, differences = canvas.axes
    assert levels.get_ylim()[0] == 0
    law = next(line for line in levels.lines if line.get_color() == BASELINE_COLOUR and line.get_linestyle() == "--")
    assert list(law.get_ydata()) == [100.0] * 3
    assert [line for line in differences.lines if list(line.get_ydata()) == [0, 0]]
    assert {"Today's law", "starts 2028-01"} <= set(words(canvas))


def test_a_path_is_marked_hollow_where_the_table_says_it_is_not_clear(path_figure: Make) -> None:
    def faces(**changed: Any) -> list[tuple[int, Any]]:
        lines = drawn(path_figure("paths", path_rows(**changed))).axes[1].lines
        marked = [line for line in lines if line.get_marker() == "o"]
        return [(len(line.get_xdata()), line.get_markerfacecolor()) for line in marked if len(line.get_xdata())]

    assert faces() == [(3, COLOURS[0])]
    assert faces(clear=False) == [(3, "white")]
    assert faces(difference=(10.0, -5.0, 15.0)) == [(3, "white")]


def test_a_path_below_zero_keeps_zero_on_its_axis(path_figure: Make) -> None:
    low, high = drawn(path_figure("paths", path_rows(baseline=-100.0, reform=-90.0))).axes[0].get_ylim()
    assert low < -100
    assert high == 0


def test_each_region_of_the_model_has_provinces_and_none_is_in_two() -> None:
    held = region_provinces()
    codes = [code for region in REGIONS for code in held[region]]
    assert len(codes) == len(set(codes)) == len(PROVINCES) == 31
    places = [(one.column, one.row) for one in (*PROVINCES.values(), *FURTHER.values())]
    assert len(places) == len(set(places))


def test_tiles_are_blue_orange_or_white_and_pale_without_a_number(path_figure: Make) -> None:
    rows = [
        {"region": "shanghai", "value": (100.0, 90.0, 110.0)},
        {"region": "beijing", "value": (-60.0, -70.0, -50.0)},
        {"region": "guangdong", "value": (5.0, -5.0, 15.0)},
    ]
    patches = filled(drawn(path_figure("tiles", rows)))
    colours = [matplotlib_hex(patch.get_facecolor()) for patch in patches]
    assert (colours.count(BLUES[4]), colours.count(ORANGES[3]), colours.count("#ffffff")) == (1, 1, 1)
    assert colours.count("#eef0f3") == 28


def matplotlib_hex(colour: Any) -> str:
    from matplotlib.colors import to_hex

    return to_hex(colour)


def test_provinces_that_share_a_number_show_it_once(path_figure: Make) -> None:
    rows = [
        {"region": "sichuan-chongqing", "value": (70.0, 60.0, 80.0)},
        {"region": "west-other", "value": (33.0, 30.0, 36.0)},
    ]
    said = words(drawn(path_figure("tiles", rows)))
    assert [word for word in said if "70" in word] == ["+70"]
    assert [word for word in said if "+33" in word] == ["18 provinces share one number: +33.0 (30.0 to 36.0)"]


def test_a_number_of_many_provinces_makes_none_of_them_dark(path_figure: Make) -> None:
    rows = [
        {"region": "west-other", "value": (900.0, 800.0, 999.0)},
        {"region": "shanghai", "value": (90.0, 80.0, 99.0)},
    ]
    colours = [matplotlib_hex(patch.get_facecolor()) for patch in filled(drawn(path_figure("tiles", rows)))]
    # One of the eighteen more is the sample beside the number.
    assert (colours.count(BLUES[4]), colours.count(BLUES[0])) == (1, 18 + 1)


def test_a_range_far_from_all_answers_is_cut_and_marked(path_figure: Make) -> None:
    near = {"label": "near", "observed": (1.0, 0.8, 1.2), "model": (1.1, 0.9, 1.3)}
    far = {"label": "far", "observed": (1.0, 0.8, 1.2), "model": (0.9, 0.0001, 1.3)}
    canvas = drawn(path_figure("fit", [near, far]))
    assert canvas.axes[0].get_xlim()[0] > 0.2
    assert len(list(markers(canvas, "<"))) == 1
    assert "Triangle: the range reaches further." in words(canvas)
    assert "Triangle: the range reaches further." not in words(drawn(path_figure("fit", [near])))


def test_a_tile_for_hong_kong_stands_only_where_there_is_a_number_for_it(path_figure: Make) -> None:
    with_it = words(drawn(path_figure("tiles", [{"region": "HK", "value": (7.0, 6.0, 8.0)}])))
    without = words(drawn(path_figure("tiles", [{"region": "shanghai", "value": (7.0, 6.0, 8.0)}])))
    assert [word for word in with_it if "Hong" in word or "Kong" in word]
    assert not [word for word in without if "Hong" in word]


def test_a_waterfall_begins_each_bar_where_the_last_ended(path_figure: Make) -> None:
    rows = [
        {"label": "one", "share": (30.0, 20.0, 40.0), "role": "part"},
        {"label": "two", "share": (-10.0, -15.0, -5.0), "role": "part"},
        {"label": "whole", "share": (20.0, 10.0, 30.0), "role": "total"},
    ]
    bars = filled(drawn(path_figure("waterfall", rows)))
    assert [(bar.get_x(), bar.get_width()) for bar in bars] == [(0, 30), (30, -10), (0, 20)]


def test_a_flow_of_nobody_is_no_ribbon(path_figure: Make) -> None:
    rows = [
        {"source": "A", "target": "stays", "baseline": 10.0, "reform": 20.0},
        {"source": "A", "target": "leaves", "baseline": 5.0, "reform": 0.0},
        {"source": "B", "target": "leaves", "baseline": 5.0, "reform": 4.0},
    ]
    canvas = drawn(path_figure("flows", rows))
    ribbons = [patch for patch in canvas.axes[0].patches if not isinstance(patch, Rectangle)]
    assert len(ribbons) == 2
    assert {"20.0 against 15.0", "4.00 against 10.0"} <= set(words(canvas))


def test_ribbons_are_as_thick_as_their_people(path_figure: Make) -> None:
    rows = [{"source": "A", "target": target, "baseline": 1.0, "reform": n} for target, n in (("x", 10.0), ("y", 30.0))]
    canvas = drawn(path_figure("flows", rows))
    ribbons = [patch for patch in canvas.axes[0].patches if not isinstance(patch, Rectangle)]
    thick = [patch.get_path().vertices[7][1] - patch.get_path().vertices[0][1] for patch in ribbons]
    assert thick[1] == pytest.approx(3 * thick[0])


def test_points_show_both_bars_and_the_move(path_figure: Make) -> None:
    bars = [{"label": {"en": "Category A", "zh": "A类"}, "baseline": 85, "reform": 75}]
    rows = [{"points": float(x), "baseline": 10.0, "reform": 12.0} for x in range(60, 100, 5)]
    canvas = drawn(path_figure("points", rows, bars=bars))
    upright = {float(line.get_xdata()[0]) for line in canvas.axes[0].lines}
    assert upright == {85.0, 75.0}
    assert "Category A: 85 → 75" in words(canvas)


def test_the_likeliest_stands_first_and_a_sure_thing_is_not_made_of_a_likely_one(path_figure: Make) -> None:
    rows = [
        {"label": "unlikely", "chance": (0.001, 0.0, 0.01), "effect": (1.0, -1.0, 3.0)},
        {"label": "likely", "chance": (0.998, 0.98, 1.0), "effect": (9.0, 8.0, 10.0)},
    ]
    said = words(drawn(path_figure("ranking", rows)))
    assert said.index("likely") < said.index("unlikely")
    assert {">99%", "<1%"} <= set(said)


def test_chances_that_are_written_alike_stand_in_the_order_of_the_table(path_figure: Make) -> None:
    rows = [
        {"label": "by place first", "chance": (0.398, 0.3, 0.5), "effect": (9.0, 8.0, 10.0)},
        {"label": "by place second", "chance": (0.402, 0.3, 0.5), "effect": (1.0, -1.0, 3.0)},
    ]
    said = words(drawn(path_figure("ranking", rows)))
    assert said.index("by place first") < said.index("by place second")


def test_drivers_stand_by_how_far_apart_their_thirds_are(path_figure: Make) -> None:
    rows = [
        {"label": "near", "low": (10.0, 9.0, 11.0), "high": (12.0, 11.0, 13.0)},
        {"label": "far", "low": (30.0, 29.0, 31.0), "high": (5.0, -1.0, 11.0)},
    ]
    canvas = drawn(path_figure("drivers", rows))
    said = words(canvas)
    assert said.index("far") < said.index("near")
    assert dict(markers(canvas))[5.0] == "white"
    assert dict(markers(canvas, "s"))[30.0] == COLOURS[1]


def test_the_model_is_drawn_as_a_multiple_of_what_was_observed(path_figure: Make) -> None:
    rows = [
        {"label": "met", "observed": (200.0, 150.0, 250.0), "model": (210.0, 190.0, 230.0)},
        {"label": "missed", "observed": (200.0, 150.0, 250.0), "model": (500.0, 450.0, 550.0)},
        {"label": "none", "observed": (0.0, 0.0, 1.0), "model": (3.0, 2.0, 4.0)},
    ]
    canvas = drawn(path_figure("fit", rows))
    assert canvas.axes[0].get_xscale() == "log"
    assert dict(markers(canvas)) == {1.05: COLOURS[0]}
    assert dict(markers(canvas, "s")) == {2.5: "white"}
    assert {"×1.05", "×2.50", "no ratio"} <= set(words(canvas))


def test_a_share_of_those_added_is_hollow_where_its_range_holds_the_share_of_people(path_figure: Make) -> None:
    rows = [
        {"label": "more", "population": 0.2, "added": (0.5, 0.4, 0.6)},
        {"label": "alike", "population": 0.3, "added": (0.35, 0.2, 0.5)},
    ]
    assert dict(markers(drawn(path_figure("lorenz", rows)))) == {0.5: COLOURS[0], 0.35: "white"}


def test_names_at_the_ends_of_lines_keep_their_order_and_do_not_meet() -> None:
    wanted = [(1.0, 0.4), (1.02, 0.2), (0.98, 0.2)]
    places = spread(wanted, 2.0)
    assert sorted(range(3), key=lambda i: places[i]) == [2, 0, 1]
    ordered = sorted((place - size / 2, place + size / 2) for place, (_, size) in zip(places, wanted, strict=True))
    assert all(low[1] <= high[0] for low, high in pairwise(ordered))
    assert spread([(1.0, 0.2)], 2.0) == [1.0]
    assert max(place + size / 2 for place, (_, size) in zip(spread([(2.0, 0.4)] * 3, 2.0), wanted, strict=True)) <= 2.0


@pytest.mark.parametrize("room", [0.4, 1.0, 3.0])
def test_text_is_broken_into_lines_that_fit_and_nothing_is_lost(room: float) -> None:
    for text in (
        "Make the criteria for Category A less stringent (2027-01)",
        "到2040年12月，在华外国专业人才增加约42,700（37,700至49,400）。",
        "anextraordinarilylongidentifierwithoutaplacetobreak",
    ):
        lines = wrapped(text, room, 9)
        assert all(width_of(line, 9) <= room + 1e-9 for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert not any(line[0] in "，。）、" for line in lines if len(line) > 1)


def test_numbers_are_rounded_to_their_noise_and_large_ones_are_told_in_words() -> None:
    assert plain(1_231_567_890.0, 1e8, "en") == "1.23 billion"
    assert plain(1_231_567_890.0, 1e7, "zh") == "12.32亿"
    assert signed(0.0, 5.0, "en") == "0.0"
    assert signed(-0.052, 0.01, "zh", is_share=True) == "−5.2个百分点"
    assert plain(math.nan, 1.0, "en") == "–"
    assert ticks_of([0.0, 1e-7, 2e-7], "en") == ["0", "1e−07", "2e−07"]


def test_the_alternative_text_says_finding_picture_and_extremes(path_figure: Make) -> None:
    rows = [
        {"label": "small", "difference": (1.0, -2.0, 4.0)},
        {"label": "large", "difference": (50.0, 40.0, 60.0)},
    ]
    said = alt(path_figure("forest", rows), "en")
    assert said.startswith("The package adds about 79,000")
    assert "Dots with intervals in 2 rows" in said
    assert "large: 50 (40 to 60)." in said
    assert "small: 1.0 (−2.0 to 4.0)." in said
    assert "..." not in said
    assert ". ." not in said
