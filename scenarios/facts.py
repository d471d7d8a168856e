"""Facts that the project rests on: each number with its unit, year, place and source."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scenarios.events import Document, Location
from scenarios.names import nearest, shown

ASSUMPTION = "assumption"
"""The source of a number that rests on no fact; its note says why it is taken."""


@dataclass(frozen=True)
class Fact:
    """One row of ``facts.csv``, as collected."""

    id: str
    quantity: str
    value: str
    unit: str
    year: str
    place: str
    source_title: str
    source_address: str
    confidence: str


def read_facts(path: Path) -> dict[str, Fact]:
    """Return the facts of a table by id."""
    with path.open(encoding="utf-8", newline="") as opened:
        rows: list[Mapping[str, str]] = list(csv.DictReader(opened))
    facts = {row["id"]: Fact(**row) for row in rows}
    if len(facts) != len(rows):
        raise ValueError(f"{path} holds an id twice")
    return facts


def check_source(document: Document, location: Location, facts: Mapping[str, Fact]) -> None:
    """Note a source at ``location`` that is neither a fact nor an assumption with a note."""
    part = document.part(*location)
    source, note = part.get("source"), part.get("note")
    if source == ASSUMPTION and not note:
        document.findings.add(document.mark(*location, "source"), "assumption-without-note")
    elif source != ASSUMPTION and source not in facts:
        mark = document.mark(*location, "source")
        document.findings.add(mark, "unknown-source", value=shown(source), nearest=nearest(str(source), facts))
