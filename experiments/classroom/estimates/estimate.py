"""An estimate of what a class asks, out of the file: the same numbers as ``page/estimate.js`` gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Estimated(NamedTuple):
    """One number: the difference from today's law, how wrong such estimates were, and whether it is simulated itself.

    ``low`` and ``high`` are the interval of what is simulated, as ``compare`` tells it, and ``error`` half its width; of an
    estimate they are twice the error away.
    """

    difference: float
    error: float
    is_exact: bool
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the sign is told: an effect of one sign in every draw ends at 0."""
        return self.low < self.high and (self.low >= 0 or self.high <= 0)


@dataclass(frozen=True)
class Estimate:
    """Estimates by outcome and date; none where ``is_on`` is false, and then ``why`` is a code and what it is about."""

    is_on: bool
    why: tuple[str, str] | None = None
    outcomes: Mapping[str, Estimated] = field(default_factory=dict)


def estimate_of(asked: Mapping[str, Any], content: Mapping[str, Any]) -> Estimate:
    """Return the estimates of what is asked.

    Parameters
    ----------
    asked
        ``reforms`` and ``changes`` as of ``talentflow.asked/1``; all else is left to the simulation.
    content
        The file; see :mod:`experiments.classroom.estimates.made`.

    Notes
    -----
    Shipped reforms are exact alone and added up together; levers come from the surface and are added to them. The error
    is that of tests of the same kind. An outcome whose tests were poor is left out.
    """
    reforms, changes = list(asked.get("reforms", [])), list(asked.get("changes", []))
    why = next(_obstacles(reforms, changes, content), None)
    if why is not None:
        return Estimate(is_on=False, why=why)
    kind = kind_of(len(reforms), len(changes))
    moved = {change["path"]: float(change["set"]) for change in changes}
    found = {key: _estimated(key, reforms, moved, kind, content) for key in content["outcomes"]}
    told = {key: one for key, one in found.items() if one is not None}
    return Estimate(is_on=True, outcomes=told) if told else Estimate(is_on=False, why=("poor", ""))


def kind_of(n_reforms: int, n_changes: int) -> str:
    """Return the kind of test that tells the error.

    >>> kind_of(1, 0), kind_of(2, 0), kind_of(1, 2), kind_of(0, 1), kind_of(0, 9)
    ('preset', 'pair', 'mixed', 'one', 'many')
    """
    if n_reforms:
        return "mixed" if n_changes else "preset" if n_reforms == 1 else "pair"
    return "one" if n_changes == 1 else "some" if n_changes <= 4 else "many"


def _obstacles(
    reforms: Sequence[str], changes: Sequence[Mapping[str, Any]], content: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    if not content.get("is_current", True):
        yield "stale", ""
    if not reforms and not changes:
        yield "nothing", ""
    yield from (("reform", name) for name in reforms if name not in content["presets"])
    levers = {lever["path"]: lever for lever in content["levers"]}
    for change in changes:
        yield from _obstacles_of(change, levers, content["start"])
    named = [change["path"] for change in changes]
    for name in reforms:
        named += content["presets"].get(name, {}).get("paths", [])
    yield from (("overlap", path) for place, path in enumerate(named) if path in named[:place])


def _obstacles_of(change: Mapping[str, Any], levers: Mapping[str, Any], start: str) -> Iterator[tuple[str, str]]:
    path = change.get("path", "")
    lever = levers.get(path)
    if lever is None:
        yield "lever", path
    elif set(change) != {"path", "from", "set"} or change["from"] != start:
        yield "form", path
    elif not lever["low"] <= change["set"] <= lever["high"]:
        yield "range", path


def _estimated(
    key: str, reforms: Sequence[str], moved: Mapping[str, float], kind: str, content: Mapping[str, Any]
) -> Estimated | None:
    alone = [content["presets"][name]["differences"][key] for name in reforms]
    if None in alone:
        return None
    if kind == "preset":
        low, high = content["presets"][reforms[0]]["intervals"][key]
        return None if low is None else Estimated(alone[0], (high - low) / 2, is_exact=True, low=low, high=high)
    one = content["outcomes"][key]
    if not one["is_on_together" if reforms else "is_on"]:
        return None
    difference = sum(alone) + (_surface(moved, one["coefficients"], content) if moved else 0.0)
    error = one["errors"][kind]
    return Estimated(difference, error, is_exact=False, low=difference - 2 * error, high=difference + 2 * error)


def _surface(moved: Mapping[str, float], coefficients: Sequence[float], content: Mapping[str, Any]) -> float:
    units = []
    for lever in content["levers"]:
        reach = max(lever["high"] - lever["today"], lever["today"] - lever["low"])
        units.append((moved.get(lever["path"], lever["today"]) - lever["today"]) / reach)
    total = 0.0
    for term, coefficient in zip(content["terms"], coefficients, strict=True):
        value = coefficient
        for place in term:
            value *= units[place]
        total += value
    return total
