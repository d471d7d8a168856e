"""What the viewer draws: figures of a watched run out of its Region and Department agents and its outcomes.

People are never drawn: a figure costs the same for a thousand rows and for the nation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from experiments.figures.watched import TODAY
from experiments.report.building import column, date_text, group_text, said
from experiments.report.parts import Figure, Table, Text
from experiments.viewer.watched import WatchedModel
from experiments.viewer.words import WORDS
from simulation.names import STATIONS
from simulation.records import month_index, month_text
from simulation.rules.tally import CATEGORY_GROUPS

FIRST = "2018-01"
"""First month of the lines; the years before fill the country."""
_LINES = ("series", "label", "date", "value")
_NO_SOURCE = {"en": "", "zh": ""}
_KINDS = {"value": "number", "today": "number", "date": "date"}


def map_of(model: WatchedModel) -> Figure:
    """Return the map of people in China by region, as the Region agents count them."""
    rows = tuple(
        {"region": region.name, "label": group_text(f"region={region.name}"), "value": region.stock}
        for region in model.regions
    )
    return _figure("map", "tiles", _dated("map_subtitle", model), ("region", "label", "value"), rows, is_level=True)


def stock_of(model: WatchedModel) -> Figure:
    """Return the stock by month, under the chosen law and under today's."""
    rows = (*_line(model, "stock", "chosen"), *_line(model.today, "stock", TODAY))
    return _figure("stock", "lines", _said("stock_subtitle"), _LINES, rows, start=model.start)


def moves_of(model: WatchedModel) -> Figure:
    """Return entries and exits over twelve months, under the chosen law alone: four lines would hide each other."""
    rows = (*_line(model, "inflow", "inflow"), *_line(model, "outflow", "outflow"))
    return _figure("moves", "lines", _said("moves_subtitle"), _LINES, rows, start=model.start)


def categories_of(model: WatchedModel) -> Figure:
    """Return people in China by permit or residence, under both laws."""
    groups = [f"category={name}" for name in CATEGORY_GROUPS]
    rows = tuple(
        {
            "group": group,
            "label": group_text(group),
            "value": model.outcomes.value("stock", group, model.last),
            "today": model.today.outcomes.value("stock", group, model.last),
        }
        for group in groups
    )
    subtitle = _dated("categories_subtitle", model)
    return _figure("categories", "bars", subtitle, ("group", "label", "value", "today"), rows)


def waits_of(model: WatchedModel) -> Figure:
    """Return the queue of each kind of desk, as the departments see it, under both laws."""
    here, today = waits_by_station(model), waits_by_station(model.today)
    rows = tuple(
        {"station": station, "label": _said(station), "value": here[station], "today": today[station]}
        for station in STATIONS
    )
    subtitle = _dated("waits_subtitle", model)
    return _figure("waits", "bars", subtitle, ("station", "label", "value", "today"), rows, unit="days")


PICTURES = (map_of, stock_of, moves_of, categories_of, waits_of)
"""In the order in which they stand."""


def waits_by_station(model: Any) -> dict[str, float]:
    """Return the mean working days in the queue of each station, ordinary lane, out of the Department agents."""
    waits: dict[str, float] = {}
    for department in model.departments:
        # Two departments that share a desk see the same queue.
        waits |= department.waits
    return waits


def _line(model: Any, outcome: str, series: str) -> Iterator[dict[str, Any]]:
    label = _said(series)
    for month in range(month_index(FIRST), model.month):
        value = model.outcomes.value(outcome, "all", month)
        yield {"series": series, "label": label, "date": month_text(month), "value": value}


def _figure(
    name: str,
    kind: str,
    subtitle: Text,
    keys: tuple[str, ...],
    rows: tuple[Any, ...],
    *,
    unit: str = "persons",
    **options: Any,
) -> Figure:
    columns = tuple(
        column(key, _said(key), _KINDS.get(key, "text"), _said(unit) if _KINDS.get(key) == "number" else None)
        for key in keys
    )
    title = _said(name)
    table = Table(id=name, caption=title, columns=columns, rows=rows)
    return Figure(name, kind, title, subtitle, _NO_SOURCE, table, options)


def _said(key: str, **values: object) -> Text:
    return said(WORDS, key, **values)


def _dated(key: str, model: WatchedModel) -> Text:
    return _said(key, date=date_text(model.date))
