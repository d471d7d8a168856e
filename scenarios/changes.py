"""Changes: what one line of a scenario does to the baseline, and how several go together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np

from scenarios.months import MONTHS, Steps, between
from scenarios.targets import Target

Operation: TypeAlias = Literal["set", "add", "multiply", "phase"]
Rule: TypeAlias = Literal["last", "sum"]
Base: TypeAlias = Callable[[str], Any]
"""The values of a path before any of the changes, shape (months, places)."""


@dataclass(frozen=True)
class Change:
    """One change of one value, acting in the months ``start`` to ``end`` inclusive, in ``where`` (all if empty).

    ``steps`` holds the operand: one month and number, or the dated numbers of a phase. ``by`` is the id of the
    scenario that says so; ``file``, ``line`` and ``column`` are where it says so.
    """

    target: Target
    operation: Operation
    steps: Steps
    start: int
    end: int
    where: tuple[str, ...]
    was: float | None
    source: str
    note: str
    by: str
    file: str
    line: int
    column: int

    @property
    def path(self) -> str:
        """The path of the value that changes."""
        return self.target.path

    def effect(self, base: Any) -> Effect:
        """Return where and to what the change sets the values of ``base``."""
        mask = np.zeros(base.shape, dtype=bool)
        columns = [self.target.places.index(name) for name in self.where] or slice(None)
        mask[self.start : self.end + 1, columns] = True
        return Effect(mask, np.where(mask, self._operated(base), base))

    def _operated(self, base: Any) -> Any:
        operand = self.steps[0][1]
        if self.operation == "add":
            return base + operand
        if self.operation == "multiply":
            return base * operand
        if self.operation == "set":
            return np.full(base.shape, operand)
        course = between(self.steps)[: len(base), None]
        # What is counted in whole steps is phased in whole steps.
        return np.floor(course + 0.5) if self.target.is_whole else course


class Effect(NamedTuple):
    """Where a value is set (``mask``) and what it becomes there (``values``), both of shape (months, places)."""

    mask: Any
    values: Any

    def on(self, base: Any) -> Any:
        """Return ``base`` with the effect."""
        return np.where(self.mask, self.values, base)


@dataclass(frozen=True)
class Overlap:
    """Two parts of a scenario that set one value in one month; ``rule`` says what holds, None if nothing does."""

    path: str
    month: int
    place: str
    first: str
    second: str
    rule: Rule | None
    part: int  # position of the second among the parts


class Part(NamedTuple):
    """What one reform or one change contributes: its name and its effects by path."""

    name: str
    effects: Mapping[str, Effect]


def combine(
    parts: Iterable[Part], base: Base, targets: Mapping[str, Target], rule: Rule | None
) -> tuple[dict[str, Effect], list[Overlap]]:
    """Return the effects of all parts together, and where two of them set one value.

    Where parts overlap, ``last`` keeps the later part, ``sum`` adds up their differences from the base.
    """
    combined: dict[str, Effect] = {}
    names: dict[str, list[tuple[str, Any]]] = {}
    overlaps: list[Overlap] = []
    for index, part in enumerate(parts):
        for path, effect in part.effects.items():
            earlier = combined.get(path)
            for name, mask in names.setdefault(path, []):
                month, column = _first(mask & effect.mask)
                if month >= 0:
                    place = targets[path].places[column] if not effect.mask.all(axis=1)[month] else ""
                    overlaps.append(Overlap(path, month, place, name, part.name, rule, index))
            names[path].append((part.name, effect.mask))
            combined[path] = effect if earlier is None else _joined(earlier, effect, base(path), rule)
    return combined, overlaps


def _joined(earlier: Effect, later: Effect, base: Any, rule: Rule | None) -> Effect:
    mask = earlier.mask | later.mask
    if rule == "sum":
        return Effect(mask, earlier.on(base) + later.on(base) - base)
    return Effect(mask, later.on(earlier.on(base)))


def _first(mask: Any) -> tuple[int, int]:
    """Return the first month and column in which ``mask`` holds, or (-1, -1)."""
    found = np.argwhere(mask)
    return (int(found[0, 0]), int(found[0, 1])) if len(found) else (-1, -1)


class Fault(NamedTuple):
    """What is wrong with a change: the key of its line that says so, a code and the parameters of its message."""

    key: str
    code: str
    params: dict[str, Any]


def faults_of(change: Change, base: Any) -> list[Fault]:
    """Return what is wrong with a change of ``base``: a wrong `was`, no effect, a result outside its limits."""
    effect = change.effect(base)
    found = [] if change.was is None else _was_faults(change, base, effect.mask)
    if bool(np.all(effect.values[effect.mask] == base[effect.mask])):
        value = float(base[_first(effect.mask)])
        found.append(Fault(change.operation, "no-change", {"path": change.path, "value": value}))
    fault = limits_fault(change.target, effect)
    return [*found, *([Fault(change.operation, *fault)] if fault else [])]


def _was_faults(change: Change, base: Any, mask: Any) -> list[Fault]:
    start, was = change.start, change.was or 0.0
    differs = mask[start] & ~np.isclose(base[start], was, rtol=1e-9, atol=1e-9)
    if not differs.any():
        return []
    column = int(np.argmax(differs))
    everywhere = bool((base[start][mask[start]] == base[start, column]).all())
    place = "" if everywhere and not change.where else change.target.places[column]
    value = float(base[start, column])
    return [
        Fault("was", "was-differs", {"path": change.path, "month": start, "value": value, "was": was, "place": place})
    ]


def limits_fault(target: Target, effect: Effect) -> tuple[str, dict[str, Any]] | None:
    """Return the code and parameters of the first value outside the limits of its target, if there is one."""
    outside = effect.mask & ~((effect.values >= target.low) & (effect.values <= target.high))
    month, column = _first(outside)
    if month >= 0:
        value = float(effect.values[month, column])
        place = "" if bool(outside[month].all()) else target.places[column]
        limits = {"low": target.low, "high": target.high, "unit": f" ({target.unit})"}
        return "out-of-range", {"path": target.path, "value": value, "month": month, "place": place, **limits}
    if target.is_whole:
        month, column = _first(effect.mask & (effect.values != np.floor(effect.values)))
        if month >= 0:
            return "not-whole-lever", {"path": target.path, "value": float(effect.values[month, column])}
    return None


LAST = MONTHS - 1
"""The last month of the horizon: the end of a change without `until`."""
