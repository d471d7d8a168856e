"""Figures of an answer as drawings in a zip file, made by the same hands as those of reports."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from experiments.figures import draw
from experiments.report.building import column, date_text
from experiments.report.parts import Figure, Table, Text
from experiments.report.section_words import SECTION_WORDS
from experiments.words import phrase

_MOMENT = (2020, 1, 1, 0, 0, 0)
"""Time written into the file: the same answer gives the same bytes."""


def figures_of(answer: Mapping[str, Any]) -> str:
    """Return a zip file of drawings (SVG) of an answer, in base64."""
    lang, held = str(answer["asked"]["lang"]), io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for figure in _figures(answer):
            packed.writestr(zipfile.ZipInfo(f"{figure.id}.svg", _MOMENT), draw(figure, lang, ".svg"))
    return base64.b64encode(held.getvalue()).decode()


def _figures(answer: Mapping[str, Any]) -> Iterator[Figure]:
    yield _paths(answer)
    yield _tiles(answer)
    yield _forest(answer)


def _same(text: str) -> Text:
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
        title=_same(answer["finding"]["text"]),
        subtitle=table.caption,
        source=_same(answer["sources"]),
        table=table,
        options=options,
    )


def _columns(*keys: str, effect: str = "difference") -> tuple[Any, ...]:
    kinds = {"date": "date", "baseline": "number", "reform": "number", effect: "interval"}
    return tuple(
        column(
            key, _said(key) if key in SECTION_WORDS else _same(key), kinds.get(key, "text"), is_difference=key == effect
        )
        for key in keys
    )


def _paths(answer: Mapping[str, Any]) -> Figure:
    series, title = answer["series"], answer["title"]
    stock = series["outcomes"]["stock"]
    names = ("baseline", "reform", "difference", "low", "high")
    rows = [
        {"scenario": "reform", "label": _same(title), "date": date} | _cells({name: stock[name][i] for name in names})
        for i, date in enumerate(series["dates"])
        if date.endswith("-12")
    ]
    table = Table(
        "paths",
        _same(stock["label"]),
        _columns("label", "date", "baseline", "reform", "difference", "clear", "scenario"),
        tuple(rows),
    )
    return _figure(answer, "paths", table, start={"reform": series["start"]} if series["start"] else {})


def _tiles(answer: Mapping[str, Any]) -> Figure:
    rows = [{"region": row["region"], "label": _same(row["label"])} | _cells(row) for row in answer["regions"]]
    columns = _columns("label", "baseline", "reform", "value", "clear", "region", effect="value")
    return _figure(answer, "tiles", Table("regions", date_text(answer["finding"]["date"]), columns, tuple(rows)))


def _forest(answer: Mapping[str, Any]) -> Figure:
    rows = [
        {"group": _same(row["dimension_label"]), "label": _same(row["label"])} | _cells(row) for row in answer["groups"]
    ]
    columns = _columns("group", "label", "baseline", "reform", "difference", "clear")
    return _figure(answer, "forest", Table("groups", date_text(answer["finding"]["date"]), columns, tuple(rows)))
