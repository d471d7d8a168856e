"""Scenarios by id or file: the shipped ones and a user's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from scenarios.events import read_data
from scenarios.library import SHIPPED, Library, library_at
from scenarios.names import nearest, shown
from scenarios.problems import Findings, ScenarioProblems, check_language
from scenarios.reading import BASELINE, SCHEMA, Reading, is_path, shipped_ids
from scenarios.scenario import BASELINES, Kind, Scenario


@dataclass(frozen=True)
class Entry:
    """One shipped scenario, as a list shows it."""

    id: str
    kind: Kind
    measure: int | None
    title: Mapping[str, str]
    status: str
    file: str


def load(id_or_path: str | Path, *, lang: str = "en") -> Scenario:
    """Return a shipped scenario by its id, or the scenario of a file.

    Raises ScenarioProblems with everything that is wrong, told in ``lang`` (``en`` or ``zh``).
    """
    check_language(lang)
    try:
        return load_from(library_at(SHIPPED), id_or_path)
    except ScenarioProblems as problems:
        raise problems.to_language(lang) from None


def load_from(library: Library, id_or_path: str | Path) -> Scenario:
    """Return a scenario that stands on ``library``; see :func:`load`."""
    text = str(id_or_path)
    known = (BASELINE, *shipped_ids(library))
    if isinstance(id_or_path, str) and text in known:
        return _shipped(library, text)
    if isinstance(id_or_path, str) and not is_path(text) and not Path(text).is_file():
        Findings(shown(text, 80).strip("'")).stop(
            (0, 0), "unknown-scenario", value=shown(text), nearest=nearest(text, known)
        )
    return Reading(library).file(Path(text), text)


def with_changes(scenario: Scenario, changes: Sequence[Mapping[str, Any]], *, name: str | None = None) -> Scenario:
    """Return ``scenario`` with further changes, given as the lines of a file; where they overlap, they hold.

    A line may set a value to what it is already, so that a search over values can pass through it. The result is compared with the baseline of ``scenario``. Raises ScenarioProblems.
    """
    if not changes:
        return scenario
    identity = name or f"{scenario.id}-changed"
    data = {"schema": SCHEMA, "id": identity, "title": dict(scenario.title), "changes": changes, "on_overlap": "last"}
    reading = Reading(scenario.library, takes_equal=True)
    reforms = [] if scenario.kind in BASELINES else [scenario]
    base = scenario if scenario.kind in BASELINES else scenario.baseline
    return reading.scenario(read_data(data, identity), None, baseline=base, reforms=reforms)


def joined(first: Scenario, second: Scenario) -> Scenario:
    """Return two reforms of one baseline as one scenario; where both set a value, the second decides."""
    title = {lang: f"{first.title[lang]} + {second.title[lang]}" for lang in ("en", "zh")}
    identity = f"{first.id}-with-{second.id}"[:80]
    document = read_data({"schema": SCHEMA, "id": identity, "title": title, "on_overlap": "last"}, identity)
    return Reading(first.library).scenario(document, None, baseline=first.baseline, reforms=[first, second])


def catalogue() -> list[Entry]:
    """Return every shipped scenario: the baseline, the reforms by measure, packages, worlds, other institutions."""
    library = library_at(SHIPPED)
    scenarios = [load_from(library, identity) for identity in (BASELINE, *shipped_ids(library))]
    order = {"baseline": 0, "reform": 1, "package": 2, "world": 3, "transfer": 4}
    scenarios.sort(key=lambda item: (order[item.kind], item.id != BASELINE, item.measure or 99, item.id))
    return [Entry(item.id, item.kind, item.measure, item.title, item.status, item.file) for item in scenarios]


def reforms_touching(path: str) -> list[str]:
    """Return the ids of the shipped reforms that change a lever."""
    library = library_at(SHIPPED)
    loaded = (load_from(library, identity) for identity in shipped_ids(library))
    reforms = (item for item in loaded if item.kind != "transfer")
    return [item.id for item in reforms if any(change.path == path for change in item.own_changes)]


@cache
def _shipped(library: Library, identity: str) -> Scenario:
    return Reading(library).named(identity)
