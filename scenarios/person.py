"""The file of a person whose points are to be told."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from scenarios.checked import checked
from scenarios.events import Document, read_file
from scenarios.problems import ScenarioProblems, check_language
from scenarios.schema import PersonForm

ScoredPerson: TypeAlias = PersonForm
"""A person as the points table sees them."""


def load_person(path: str | Path, *, lang: str = "en") -> ScoredPerson:
    """Return the person of a file; raise ScenarioProblems with everything that is wrong, told in ``lang``."""
    check_language(lang)
    try:
        return person_of(read_file(Path(path), str(path)))
    except ScenarioProblems as problems:
        raise problems.to_language(lang) from None


def person_of(document: Document) -> ScoredPerson:
    """Return the person that a document describes."""
    person = checked(PersonForm, document)
    document.findings.raise_if_any()
    if person is None:
        raise AssertionError("a person is missing without a problem")
    return person
