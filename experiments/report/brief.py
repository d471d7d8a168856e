"""What of a report fits on one sheet of paper: one figure, what changes, what it does not say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from experiments.report.cells import named, shown
from experiments.report.page_words import word
from experiments.report.parts import Dossier, Figure, Item, Listing, Paragraph, Section, Table, Text
from experiments.words import LANGUAGES

CHANGES, LIMITS = "changes", "limits"
"""Ids of the sections that say what the reform changes, what the model leaves out."""
CHANGES_MAX, LIMITS_MAX = 6, 3
_CHANGE = ("from", "what", "before", "after")
"""Columns of a table of changes from which a line is made."""


@dataclass(frozen=True)
class Brief:
    """The parts of one sheet; ``n_more`` is how many changes it leaves out."""

    figure: Figure | None
    changes: tuple[Text, ...]
    n_more: int
    limits: tuple[Text, ...]


def brief_of(dossier: Dossier) -> Brief:
    """Return what of a report stands on one sheet: its first figure, six changes, three limits."""
    changes = list(_changes(dossier))
    limits = [line for section in dossier.sections if section.id == LIMITS for line in lines_of(section)]
    return Brief(
        figure=next(iter(dossier.figures()), None),
        changes=tuple(changes[:CHANGES_MAX]),
        n_more=max(0, len(changes) - CHANGES_MAX),
        limits=tuple(limits[:LIMITS_MAX]),
    )


def lines_of(section: Section) -> Iterator[Text]:
    """Yield what a section lists: the lines of its listings, else the names of its rows, else its paragraphs."""
    for kind in (Listing, Table, Paragraph):
        found = [line for item in section.items if isinstance(item, kind) for line in _of(item)]
        if found:
            yield from found
            return


def _changes(dossier: Dossier) -> Iterator[Text]:
    """Yield what changes: reform by reform where a table names them and is too long, else line by line."""
    for section in dossier.sections:
        if section.id == CHANGES:
            tables = [item for item in section.items if isinstance(item, Table)]
            rows = [(table, row) for table in tables for row in table.rows]
            parts = {_key(row["by"]): row["by"] for _, row in rows if row.get("by")}
            if len(rows) > CHANGES_MAX and len(parts) > 1:
                for key, part in parts.items():
                    n = sum(_key(row.get("by")) == key for _, row in rows)
                    yield {
                        lang: word("part_changes", lang, part=part[lang] if isinstance(part, Mapping) else part, n=n)
                        for lang in LANGUAGES
                    }
            else:
                yield from lines_of(section)


def _key(part: Any) -> str:
    return str(part["en"]) if isinstance(part, Mapping) else str(part)


def _change_line(table: Table, row: Mapping[str, Any], lang: str) -> str:
    columns = {column.key: column for column in table.columns}
    if not columns.keys() >= set(_CHANGE):
        return named(table, row, lang)
    told = {key.replace("from", "date"): shown(columns[key], row, lang) for key in _CHANGE}
    return word("change_line", lang, **told)


def _of(item: Item) -> Iterator[Text]:
    if isinstance(item, Listing):
        yield from item.lines
    elif isinstance(item, Table):
        yield from ({lang: _change_line(item, row, lang) for lang in LANGUAGES} for row in item.rows)
    elif isinstance(item, Paragraph):
        yield item.text
