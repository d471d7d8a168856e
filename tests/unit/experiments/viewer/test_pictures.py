from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from experiments.figures.watched import draw_watched, said
from experiments.report.parts import Figure
from experiments.viewer.pictures import PICTURES, categories_of, map_of, moves_of, stock_of, waits_of
from experiments.viewer.watched import WatchedModel
from simulation.names import REGIONS, STATIONS
from simulation.records import month_index
from simulation.rules.tally import CATEGORY_GROUPS

EACH = pytest.mark.parametrize("picture", PICTURES)


@pytest.fixture(scope="module")
def model() -> WatchedModel:
    return WatchedModel(law="whole-article", scale=5_000, start="2028-06", until="2028-12")


def test_the_map_shows_the_stock_of_each_region_as_the_outcomes_count_it(model: WatchedModel) -> None:
    shown = {row["region"]: row["value"] for row in map_of(model).table.rows}
    assert shown == {name: model.outcomes.value("stock", f"region={name}", model.month - 1) for name in REGIONS}
    assert sum(shown.values()) == model.outcomes.value("stock", "all", model.month - 1) > 0


def test_the_lines_are_those_of_the_outcomes_month_by_month(model: WatchedModel) -> None:
    runs = {"chosen": (model, "stock"), "today": (model.today, "stock")}
    runs |= {"inflow": (model, "inflow"), "outflow": (model, "outflow")}
    rows = [*stock_of(model).table.rows, *moves_of(model).table.rows]
    assert {row["series"] for row in rows} == set(runs)
    assert {row["date"] for row in rows} >= {"2018-01", "2028-06"}
    for row in rows:
        run, outcome = runs[row["series"]]
        assert row["value"] == run.outcomes.value(outcome, "all", month_index(row["date"]))


def test_the_categories_add_up_to_the_stock_under_both_laws(model: WatchedModel) -> None:
    rows = categories_of(model).table.rows
    assert [row["group"] for row in rows] == [f"category={name}" for name in CATEGORY_GROUPS]
    for key, run in (("value", model), ("today", model.today)):
        assert sum(row[key] for row in rows) == run.outcomes.value("stock", "all", run.month - 1)
    assert any(row["value"] != row["today"] for row in rows)


def test_queues_are_means_of_those_in_the_regions(model: WatchedModel) -> None:
    rows = waits_of(model).table.rows
    assert [row["station"] for row in rows] == list(STATIONS)
    for row in rows:
        for key, run in (("value", model), ("today", model.today)):
            waits = [region.waits[row["station"]] for region in run.regions]
            assert min(waits) - 1e-12 <= row[key] <= max(waits) + 1e-12
    assert any(row["today"] > 0 for row in rows)


@EACH
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_figure_is_drawn_says_what_it_shows_and_reaches_nowhere(
    model: WatchedModel, picture: Callable[[WatchedModel], Figure], lang: str
) -> None:
    figure = picture(model)
    svg = draw_watched(figure, lang)
    root = ET.fromstring(svg)  # noqa: S314 - of our own making
    assert root.get("role") == "img"
    assert figure.title[lang] in svg
    assert said(figure, lang).split("；" if lang == "zh" else "; ")[1] in svg
    assert re.findall(r'href="(?!#)[^"]*"', svg) == []


@EACH
def test_the_same_month_gives_the_same_figure(model: WatchedModel, picture: Callable[[WatchedModel], Figure]) -> None:
    assert draw_watched(picture(model), "en") == draw_watched(picture(model), "en")


def test_the_line_of_todays_law_is_grey_and_dashed(model: WatchedModel) -> None:
    svg = draw_watched(stock_of(model), "en")
    assert len(re.findall(r"stroke-dasharray: 5.55,[^;]+; stroke-dashoffset: 0; stroke: #6b7480", svg)) == 1


def test_the_month_in_which_the_law_changes_is_marked_where_it_has_come(model: WatchedModel) -> None:
    assert model.start == "2027-01"
    dotted = r"stroke-dasharray: 0.9,"
    assert len(re.findall(dotted, draw_watched(stock_of(model), "en"))) == 1
    unchanged = WatchedModel(law="baseline", scale=20_000, start="2028-06", until="2028-12")
    before = WatchedModel(law="whole-article", scale=20_000, start="2026-06", until="2028-12")
    assert unchanged.start is None
    for other in (unchanged, before):
        assert re.findall(dotted, draw_watched(stock_of(other), "en")) == []


def test_bars_of_nothing_are_drawn(model: WatchedModel) -> None:
    empty = WatchedModel(scale=500_000, start="2000-02", until="2028-12")
    assert {row["value"] for row in categories_of(empty).table.rows} == {0.0}
    assert "Category A" in draw_watched(categories_of(empty), "en")
