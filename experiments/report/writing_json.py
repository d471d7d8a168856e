"""A report as JSON text, from which it can be written again in another language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from experiments.design import DesignError
from experiments.report.parts import (
    SCHEMA,
    BigNumber,
    Column,
    Command,
    Dossier,
    Figure,
    Item,
    Listing,
    Paragraph,
    Section,
    Story,
    Table,
)

_KINDS: dict[str, type[Any]] = {
    "paragraph": Paragraph,
    "listing": Listing,
    "table": Table,
    "figure": Figure,
    "story": Story,
    "command": Command,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


class ReportFileError(DesignError):
    """A file that is no report, or that of another version of the schema."""


def to_json(dossier: Dossier) -> str:
    """Return a report as JSON text.

    Raises
    ------
    ValueError
        If a number in it is none (nan): where there is no number, a report has None.
    """
    return json.dumps(to_dict(dossier), ensure_ascii=False, allow_nan=False, indent=1)


def from_json(text: str) -> Dossier:
    """Return the report that JSON text holds.

    Raises
    ------
    ReportFileError
        If it holds none of this schema.
    """
    try:
        found = json.loads(text)
        if not isinstance(found, dict) or found.get("schema") != SCHEMA:
            raise ReportFileError(f"a report has the schema {SCHEMA}")
        return from_dict(found)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, ReportFileError):
            raise
        raise ReportFileError(f"this is no whole report: {error}") from error


def read_report(path: Path) -> Dossier:
    """Return the report that a file holds; raise as :func:`from_json`, naming the file."""
    try:
        return from_json(path.read_text(encoding="utf-8"))
    except ReportFileError as error:
        raise ReportFileError(f"{path}: {error}") from error


def to_dict(dossier: Dossier) -> dict[str, Any]:
    """Return a report as plain values."""
    return {
        "schema": SCHEMA,
        "title": dict(dossier.title),
        "headline": dict(dossier.headline),
        "lead": [dict(text) for text in dossier.lead],
        "numbers": [_plain(number) for number in dossier.numbers],
        "warnings": [dict(text) for text in dossier.warnings],
        "sections": [section_to_dict(section) for section in dossier.sections],
        "command": _plain(dossier.command),
        "provenance": _plain(dossier.provenance),
    }


def from_dict(found: Mapping[str, Any]) -> Dossier:
    """Return the report that plain values hold."""
    return Dossier(
        title=found["title"],
        headline=found["headline"],
        lead=tuple(found["lead"]),
        numbers=tuple(number_from_dict(number) for number in found["numbers"]),
        warnings=tuple(found["warnings"]),
        sections=tuple(section_from_dict(section) for section in found["sections"]),
        command=Command(**found["command"]),
        provenance=found["provenance"],
    )


def section_to_dict(section: Section) -> dict[str, Any]:
    """Return a section as plain values."""
    return {
        "id": section.id,
        "heading": dict(section.heading),
        "items": [{"item": _NAMES[type(item)], **_plain(item)} for item in section.items],
        "audiences": list(section.audiences),
    }


def section_from_dict(found: Mapping[str, Any]) -> Section:
    """Return the section that plain values hold."""
    return Section(
        found["id"], found["heading"], tuple(_item(item) for item in found["items"]), tuple(found["audiences"])
    )


def number_to_dict(number: BigNumber) -> dict[str, Any]:
    """Return a number of the first page as plain values."""
    plain: dict[str, Any] = _plain(number)
    return plain


def number_from_dict(found: Mapping[str, Any]) -> BigNumber:
    """Return the number of the first page that plain values hold."""
    value, low, high = found["cell"]
    return BigNumber(**{**found, "cell": (value, low, high)})


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {name: _plain(held) for name, held in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(held) for held in value]
    return value


def _item(found: Mapping[str, Any]) -> Item:
    kind = _KINDS[found["item"]]
    held = {name: value for name, value in found.items() if name != "item"}
    if kind is Table:
        return _table(held)
    if kind is Figure:
        return Figure(**{**held, "table": _table(held["table"])})
    if kind is Listing:
        return Listing(**{**held, "lines": tuple(held["lines"])})
    if kind is Story:
        return Story(**{**held, "chapters": tuple(_chapter(*chapter) for chapter in held["chapters"])})
    item: Item = kind(**held)
    return item


def _chapter(heading: Any, lines: Any) -> tuple[Any, tuple[tuple[str, Any], ...]]:
    return heading, tuple((date, sentence) for date, sentence in lines)


def _table(found: Mapping[str, Any]) -> Table:
    columns = tuple(Column(**column) for column in found["columns"])
    intervals = {column.key for column in columns if column.kind == "interval"}
    rows = tuple(
        {name: tuple(cell) if name in intervals and cell is not None else cell for name, cell in row.items()}
        for row in found["rows"]
    )
    return Table(**{**found, "columns": columns, "rows": rows})
