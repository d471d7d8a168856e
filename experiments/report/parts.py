"""What a report consists of: texts in two languages, tables that hold every number, figures drawn from these tables alone.

A page, a workbook, slides and files of data are ways to write the same parts, so their numbers agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

SCHEMA = "talentflow.report/1"
AUDIENCES = ("minister", "analyst", "class")
"""Who a page is for: the first page alone, all of it, or a task sheet for a course."""

Text = Mapping[str, str]
"""The same said in each language: ``{"en": ..., "zh": ...}``."""
Kind = Literal["text", "number", "interval", "share", "date", "count"]
"""How a column is read: ``interval`` cells are (value, low, high), low and high None where no interval exists; ``share`` is
0 to 1; ``count`` a whole number; ``text`` cells are :data:`Text`, or a plain string where both languages write the same."""


@dataclass(frozen=True)
class Column:
    """One column of a table: ``key`` in rows and data files, ``label`` for people, ``unit`` of its numbers (empty if none).

    The numbers of a difference are shown with their sign, and said to be unclear where they cannot be told from zero.
    """

    key: str
    label: Text
    kind: Kind = "text"
    unit: Text = field(default_factory=lambda: {"en": "", "zh": ""})
    is_difference: bool = False


@dataclass(frozen=True)
class Table:
    """Numbers with their units: the only place where a report keeps them.

    Attributes
    ----------
    id
        Unique within a report, of small letters and hyphens; the name of its data file.
    caption
        What it shows.
    columns
        In their order.
    rows
        By key of the column; None where there is no number.
    note
        What a reader must know to read it; empty texts if nothing.
    is_open
        Whether a page shows it at once; else it is a click away.
    """

    id: str
    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Any], ...]
    note: Text = field(default_factory=lambda: {"en": "", "zh": ""})
    is_open: bool = True


@dataclass(frozen=True)
class Figure:
    """A figure, drawn from its table alone.

    Attributes
    ----------
    id
        Unique within a report, of small letters and hyphens; the name of its files.
    kind
        Of the drawing, a key of :data:`experiments.figures.KINDS`.
    title
        The finding, no stronger than its interval supports.
    subtitle
        Measure, unit, what the band is.
    source
        Seeds, scale, version, kind of data.
    table
        Its numbers.
    options
        What else a drawing of this kind needs, such as the month in which a reform starts: plain values.
    """

    id: str
    kind: str
    title: Text
    subtitle: Text
    source: Text
    table: Table
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text; ``role`` is how it is set."""

    text: Text
    role: Literal["plain", "finding", "warning", "note", "quote"] = "plain"


@dataclass(frozen=True)
class Listing:
    """Short lines under each other."""

    lines: tuple[Text, ...]
    is_numbered: bool = False


@dataclass(frozen=True)
class Story:
    """One simulated person's life: who, and dated lines; told under today's law, then under the reform."""

    id: str
    title: Text
    who: Text
    chapters: tuple[tuple[Text, tuple[tuple[str, Text], ...]], ...]
    """Each: a heading, and its (date, sentence) lines."""


@dataclass(frozen=True)
class Command:
    """A line to type: the same in every language."""

    line: str
    what: Text


Item = Paragraph | Listing | Table | Figure | Story | Command


@dataclass(frozen=True)
class BigNumber:
    """A number of the first page, and what it is: ``cell`` is (value, low, high), low and high None without an interval."""

    cell: tuple[float, float | None, float | None]
    unit: Text
    what: Text
    is_signed: bool = False


@dataclass(frozen=True)
class Section:
    """One section: its heading, what it says in a sentence, and its items, in order."""

    id: str
    heading: Text
    items: tuple[Item, ...]
    audiences: tuple[str, ...] = AUDIENCES


@dataclass(frozen=True)
class Dossier:
    """All that a report says.

    Attributes
    ----------
    title
        What it is about: the scenarios.
    headline
        The finding, a sentence with its interval and n; "no detectable effect larger than X" where that is the finding.
    lead
        Two or three sentences below it.
    numbers
        Three big numbers with their intervals.
    warnings
        What must be known before reading on.
    sections
        In their order.
    command
        The one line that makes the report again.
    provenance
        Version, seed, replicates, scale, draws, hashes of what was run: plain values.
    """

    title: Text
    headline: Text
    lead: tuple[Text, ...]
    numbers: tuple[BigNumber, ...]
    warnings: tuple[Text, ...]
    sections: tuple[Section, ...]
    command: Command
    provenance: Mapping[str, Any]

    def placed(self) -> Iterator[tuple[Section, Item]]:
        """Yield every item with its section."""
        for section in self.sections:
            for item in section.items:
                yield section, item

    def figures(self) -> list[Figure]:
        """Return the figures, in their order."""
        return [item for _, item in self.placed() if isinstance(item, Figure)]

    def tables(self) -> list[Table]:
        """Return the tables, those of figures among them, in their order."""
        found: list[Table] = []
        for _, item in self.placed():
            if isinstance(item, Table):
                found.append(item)
            elif isinstance(item, Figure):
                found.append(item.table)
        return found


def flat(table: Table, lang: str = "en") -> tuple[list[str], list[list[Any]]]:
    """Return a table as data files hold it: names of columns, and rows; an interval takes three columns.

    >>> column = Column("effect", {"en": "effect", "zh": "影响"}, "interval")
    >>> flat(Table("t", {}, (column,), ({"effect": (2.0, 1.0, 3.0)},)))
    (['effect', 'effect_low', 'effect_high'], [[2.0, 1.0, 3.0]])
    """
    names: list[str] = []
    for column in table.columns:
        names += [column.key] if column.kind != "interval" else [column.key, f"{column.key}_low", f"{column.key}_high"]
    return names, [[cell for column in table.columns for cell in _cells(column, row, lang)] for row in table.rows]


def _cells(column: Column, row: Mapping[str, Any], lang: str) -> Sequence[Any]:
    value = row.get(column.key)
    if column.kind == "interval":
        return (None, None, None) if value is None else tuple(value)
    return (value[lang] if isinstance(value, Mapping) else value,)
