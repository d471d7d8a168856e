"""The law read aloud: what a lever is in a month, since when, by which source, and which reforms touch it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scenarios import Lever, Provision, catalogue, levers, load
from simulation.records import month_index, month_text


@dataclass(frozen=True)
class Standing:
    """One lever in one month.

    ``value`` holds in most places, ``exceptions`` elsewhere, by place. ``provision`` is the one in force in most
    places; ``history`` all of them, oldest first; ``reforms`` the shipped scenarios that change the lever.
    """

    lever: Lever
    at: str
    value: float
    exceptions: dict[str, float]
    provision: Provision
    history: tuple[Provision, ...]
    reforms: tuple[str, ...]


def standings(search: str, at: str) -> Iterator[Standing]:
    """Yield the levers whose path or name contains a text, as they stand in a month; all levers for an empty text."""
    baseline, touching = load("baseline"), reforms_by_path()
    wanted = search.strip().lower()
    for path, lever in levers().items():
        if wanted in path.lower() or any(wanted in label.lower() for label in lever.label.values()):
            yield _standing(baseline, lever, at, touching.get(path, ()))


def reforms_by_path() -> dict[str, tuple[str, ...]]:
    """Return the shipped scenarios that change each lever themselves, not through others."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in (entry for entry in catalogue() if entry.kind != "transfer"):
        for path in dict.fromkeys(change.path for change in load(entry.id).own_changes):
            found[path] = (*found.get(path, ()), entry.id)
    return found


def _standing(baseline: Any, lever: Lever, at: str, reforms: tuple[str, ...]) -> Standing:
    values: Mapping[str, float] = baseline.values_at(lever.path, at)
    history = baseline.history(lever.path)
    # On a tie, the value that the first place has.
    common = Counter(values.values()).most_common(1)[0][0]
    exceptions = {place: value for place, value in values.items() if value != common}
    place = next(place for place, value in values.items() if value == common)
    month = month_index(at)
    in_force = [one for one in history if one.start <= month and (not one.where or place in one.where)]
    return Standing(lever, at, common, exceptions, in_force[-1], history, reforms)


def provision_value(provision: Provision) -> str:
    """Return a provision's value as text; a phase as its dated values.

    A value that is phased in reads ``15 (2030-01) to 20 (2039-01)``.
    """
    if len(provision.steps) == 1:
        return f"{provision.steps[0][1]:,.10g}"
    return " to ".join(f"{value:,.10g} ({month_text(month)})" for month, value in provision.steps)
