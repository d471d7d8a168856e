"""Files of the world that are lists of entries: targets, patterns, benchmarks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from experiments.design import DesignError, unknown
from scenarios import facts
from scenarios.events import read_file
from scenarios.facts import ASSUMPTION


def read_entries(
    file: Path, schema: str, name: str, *, needed: Collection[str], optional: Collection[str]
) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the entries of a file, each with where it stands.

    Parameters
    ----------
    file
        A YAML file with ``schema`` and, under ``name``, a list of entries.
    name
        Key of the list: the plural of what an entry is.
    needed, optional
        Keys of an entry.

    Raises
    ------
    scenarios.ScenarioProblems
        If the file cannot be read.
    DesignError
        If it is no such file, or an entry misses a key or has one that does not exist.
    """
    document = read_file(file, f"{file.parent.name}/{file.name}")
    document.findings.raise_if_any()
    entries = document.data.get(name)
    if document.data.get("schema") != schema or not isinstance(entries, list):
        raise DesignError(f"{document.file}: a file of {name} has `schema: {schema}` and a list of `{name}`")
    for number, entry in enumerate(entries, 1):
        place = f"{document.file}: {name.removesuffix('s')} {number}"
        if not isinstance(entry, dict):
            raise DesignError(f"{place} must have keys, got {entry!r}")
        for key in entry:
            if key not in {*needed, *optional}:
                raise DesignError(f"{place}: {unknown('key', str(key), [*needed, *optional])}")
        missing = [key for key in needed if key not in entry]
        if missing:
            raise DesignError(f"{place} has no {', '.join(missing)}")
        yield entry, place


def check_names(place: str, names: Iterable[tuple[str, Any, Collection[str]]]) -> None:
    """Refuse the first name that is not known: each with what it is and the names that are."""
    for what, name, known in names:
        if name not in known:
            raise DesignError(f"{place}: {unknown(what, str(name), known)}")


def check_source(place: str, source: str, *, may_assume: bool = False) -> None:
    """Refuse a source that is no fact; an assumption is one where ``may_assume``."""
    known = [*facts(), ASSUMPTION] if may_assume else facts()
    check_names(place, [("fact", source, known)])
