"""What of a report fits on one sheet of paper: one figure, what changes, what it does not say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from experiments.report.cells import named
from experiments.report.parts import Dossier, Figure, Item, Listing, Paragraph, Section, Table, Text
from experiments.words import LANGUAGES

CHANGES, LIMITS = "changes", "limits"
"""Ids of the sections that say what the reform changes, what the model leaves out."""
CHANGES_MAX, LIMITS_MAX = 6, 3


@dataclass(frozen=True)
class Brief:
    """The parts of one sheet; ``n_more`` is how many changes it leaves out."""

    figure: Figure | None
    changes: tuple[Text, ...]
    n_more: int
    limits: tuple[Text, ...]


def brief_of(dossier: Dossier) -> Brief:
    """Return what of a report stands on one sheet: its first figure, six changes, three limits."""
    changes = list(_lines(dossier, CHANGES))
    limits = list(_lines(dossier, LIMITS))
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


def _lines(dossier: Dossier, section_id: str) -> Iterator[Text]:
    for section in dossier.sections:
        if section.id == section_id:
            yield from lines_of(section)


def _of(item: Item) -> Iterator[Text]:
    if isinstance(item, Listing):
        yield from item.lines
    elif isinstance(item, Table):
        yield from ({lang: named(item, row, lang) for lang in LANGUAGES} for row in item.rows)
    elif isinstance(item, Paragraph):
        yield item.text
