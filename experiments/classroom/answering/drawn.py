"""Figures of an answer as drawings in a zip file, made by the same hands as those of reports."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from experiments.figures import draw
from experiments.report.building import column, date_text
from experiments.report.parts import Figure, Table, Text
from experiments.report.section_words import SECTION_WORDS
from experiments.words import phrase

_FORESTS = {"groups": ("category", "mode", "age", "sex"), "origins": ("origin", "field")}
"""Dimensions of each figure of groups: together they would be more rows than one figure holds."""
_MOMENT = (2020, 1, 1, 0, 0, 0)
"""Time written into the file: the same answer gives the same bytes."""


def figures_of(answer: Mapping[str, Any]) -> str:
    """Return a zip file of drawings (SVG) of an answer, in base64."""
    lang, held = str(answer["asked"]["lang"]), io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for figure in drawings_of(answer):
            packed.writestr(zipfile.ZipInfo(f"{figure.id}.svg", _MOMENT), draw(figure, lang, ".svg"))
    return base64.b64encode(held.getvalue()).decode()


def drawings_of(answer: Mapping[str, Any]) -> Iterator[Figure]:
    """Yield what is drawn of an answer: people over time, regions, groups, origins and fields."""
    yield _paths(answer)
    yield _tiles(answer)
    for name, dimensions in _FORESTS.items():
        if any(row["dimension"] in dimensions for row in answer["groups"]):
            yield _forest(answer, name, dimensions)


def same(text: str) -> Text:
    """Return a text for both languages: an answer is told in one."""
    return {"en": text, "zh": text}


def _said(key: str) -> Text:
    return {lang: phrase(SECTION_WORDS, key, lang) for lang in ("en", "zh")}


def _cells(row: Mapping[str, Any]) -> dict[str, Any]:
    interval = None if row["difference"] is None else (row["difference"], row["low"], row["high"])
    is_clear = row.get("is_clear", False)
    return {"baseline": row["baseline"], "reform": row["reform"], "difference": interval, "value": interval,
            "clear": _said("yes" if is_clear else "no")}  # fmt: skip


def _figure(answer: Mapping[str, Any], kind: str, table: Table, **options: Any) -> Figure:
    return Figure(
        id=table.id,
        kind=kind,
        title=same(answer["finding"]["text"]),
        subtitle=table.caption,
        source=same(answer["sources"]),
        table=table,
        options=options,
    )


def _columns(*keys: str, effect: str = "difference") -> tuple[Any, ...]:
    kinds = {"date": "date", "baseline": "number", "reform": "number", effect: "interval"}
    return tuple(
        column(
            key, _said(key) if key in SECTION_WORDS else same(key), kinds.get(key, "text"), is_difference=key == effect
        )
        for key in keys
    )


def _paths(answer: Mapping[str, Any]) -> Figure:
    series, title = answer["series"], answer["title"]
    stock = series["outcomes"]["stock"]
    names = ("baseline", "reform", "difference", "low", "high")
    rows = [
        {"scenario": "reform", "label": same(title), "date": date} | _cells({name: stock[name][i] for name in names})
        for i, date in enumerate(series["dates"])
        if date.endswith("-12")
    ]
    table = Table(
        "paths",
        same(stock["label"]),
        _columns("label", "date", "baseline", "reform", "difference", "clear", "scenario"),
        tuple(rows),
    )
    return _figure(answer, "paths", table, start={"reform": series["start"]} if series["start"] else {})


def _tiles(answer: Mapping[str, Any]) -> Figure:
    rows = [{"region": row["region"], "label": same(row["label"])} | _cells(row) for row in answer["regions"]]
    columns = _columns("label", "baseline", "reform", "value", "clear", "region", effect="value")
    return _figure(answer, "tiles", Table("regions", date_text(answer["finding"]["date"]), columns, tuple(rows)))


def _forest(answer: Mapping[str, Any], name: str, dimensions: Collection[str]) -> Figure:
    rows = [
        {"group": same(row["dimension_label"]), "label": same(row["label"])} | _cells(row)
        for row in answer["groups"]
        if row["dimension"] in dimensions
    ]
    columns = _columns("group", "label", "baseline", "reform", "difference", "clear")
    return _figure(answer, "forest", Table(name, date_text(answer["finding"]["date"]), columns, tuple(rows)))
