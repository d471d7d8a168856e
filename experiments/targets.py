"""What the model is held against: observed numbers, each with its period, its source, its errors and how close counts as met."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from experiments.cases import known_groups, known_outcomes
from experiments.design import DesignError
from experiments.entries import check_names, check_source, read_entries
from experiments.standing import EVERYBODY, share_of_stock, traits_of
from scenarios.library import SHIPPED
from simulation.catalogue import FLOWS
from simulation.records import month_index

ELAPSED = "elapsed_share"
"""Share of those in China whose stay so far has lasted so many months; its group is ``months=FROM-TO``."""
ELASTICITY = "pay_elasticity"
"""Response of arrivals over the period to pay in China 5% higher since the period began."""
STANDING = "standing_share"
"""Share of those in China who have the traits of its group, among those who have the traits of ``share_of``."""
SPECIAL = (ELAPSED, ELASTICITY, STANDING)
"""Answers that no outcome of the model gives by itself."""
PAY_STEP = 1.05
FILE = SHIPPED / "world" / "targets.yaml"
SCHEMA = "talentflow.targets/1"

Use: TypeAlias = Literal["fit", "held-out"]
"""Whether parameters may be fitted to a number, or never."""
CONTEXT = "context"
"""Use of a number that the model does not answer."""
Why: TypeAlias = Literal[
    "no-outcome", "crossed", "other-people", "other-count", "same-count", "input", "weak", "other-country"
]
"""Why the model does not answer a number; the words are in ``experiments.evidence_words``."""

_NEEDED = ("id", "what", "outcome", "group", "period", "value", "unit", "source", "factor")
_OPTIONAL = ("share_of", "note", "definition", "use", "error", "discrepancy", "over", "under")
_NEEDED_OF_CONTEXT = ("id", "what", "period", "value", "unit", "source", "use", "why")
_SUMMED = frozenset({*FLOWS, "stock"})
"""Outcomes that add up over groups."""


@dataclass(frozen=True)
class Target:
    """One observed number and the outcome that answers to it.

    ``value`` is observed over ``period``, above 0. The model meets it if it is at most ``factor`` times off, up or
    down; ``factor`` is above 1. With ``share_of``, the outcome is divided by that of another group; with ``over``, by
    its own value at the end of another period.

    ``error`` is the standard deviation of what was observed, ``discrepancy`` that of what the model could not match even
    with the best parameters (an assumption), both as shares of the value. ``under`` is the scenario that answers; without
    it, the one that is checked.
    """

    id: str
    what: Mapping[str, str]
    outcome: str
    group: str
    period: str
    value: float
    unit: str
    source: str
    factor: float
    share_of: str | None = None
    note: str = ""
    definition: str = ""
    use: Use = "fit"
    error: float = 0.0
    discrepancy: float = 0.0
    over: str | None = None
    under: str | None = None

    @property
    def months(self) -> tuple[int, int]:
        """First and last month of the period, counted from January 2000."""
        return months_of(self.period)

    @property
    def tolerance(self) -> float:
        """Standard deviation of observation and discrepancy together, in the target's unit."""
        return self.value * math.hypot(self.error, self.discrepancy)

    def of(self, model: Any) -> float:
        """Return the model's answer, read at the end of the period; nan where it has none."""
        if self.outcome == ELAPSED:
            return _share_of_stays(model, self.group)
        if self.outcome == STANDING:
            return share_of_stock(model, self.group, self.share_of or EVERYBODY)
        part = _counted(model, self.outcome, self.group, self.period)
        if self.share_of is not None:
            return _ratio(part, _counted(model, self.outcome, self.share_of, self.period))
        return part if self.over is None else _ratio(part, _counted(model, self.outcome, self.group, self.over))

    def is_met(self, value: float) -> bool:
        """Return whether a number is close enough; a nan never is."""
        return self.value / self.factor <= value <= self.value * self.factor


@dataclass(frozen=True)
class Unanswered:
    """One observed number that the model does not answer, and why."""

    id: str
    what: Mapping[str, str]
    period: str
    value: float | str
    unit: str
    source: str
    why: Why
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {**vars(self), "what": dict(self.what)}


def months_of(period: str) -> tuple[int, int]:
    """Return the first and the last month of a period, ``YYYY``, ``YYYY-MM`` or two of them with a slash between.

    >>> months_of("2022"), months_of("2017-04/2018-01")
    ((264, 275), (207, 216))
    """
    first, _, last = period.partition("/")
    last = last or first
    return month_index(first if len(first) == 7 else f"{first}-01"), month_index(
        last if len(last) == 7 else f"{last}-12"
    )


def read_targets(file: Path = FILE) -> list[Target]:
    """Return the targets of a file: the observed numbers that the model answers.

    Raises
    ------
    scenarios.ScenarioProblems
        If the file cannot be read.
    DesignError
        If an entry names what does not exist, or misses a key.
    """
    return [_target(entry, place) for entry, place in _entries(file) if entry.get("use") != CONTEXT]


def read_unanswered(file: Path = FILE) -> list[Unanswered]:
    """Return the observed numbers of a file that the model does not answer; errors as :func:`read_targets`."""
    return [_unanswered(entry, place) for entry, place in _entries(file) if entry.get("use") == CONTEXT]


def _entries(file: Path) -> list[tuple[dict[str, Any], str]]:
    entries = list(
        read_entries(file, SCHEMA, "targets", needed=("id",), optional=(*_NEEDED, *_OPTIONAL, *_NEEDED_OF_CONTEXT))
    )
    for entry, place in entries:
        is_context = entry.get("use") == CONTEXT
        needed = _NEEDED_OF_CONTEXT if is_context else _NEEDED
        known = (*needed, "note") if is_context else (*needed, *_OPTIONAL)
        check_names(place, (("key", key, known) for key in entry))
        missing = [key for key in needed if key not in entry]
        if missing:
            raise DesignError(f"{place} has no {', '.join(missing)}")
    return entries


def _target(entry: Any, place: str) -> Target:
    outcome, group, whole = entry["outcome"], entry["group"], entry.get("share_of", EVERYBODY)
    check_names(
        place,
        (
            ("outcome", outcome, (*known_outcomes(), *SPECIAL)),
            ("use", entry.get("use", "fit"), get_args(Use)),
        ),
    )
    if outcome == STANDING:
        _check_traits(place, group, whole)
    elif outcome not in SPECIAL:
        check_names(place, (("group", name, known_groups()) for name in (*_parts(outcome, group), whole)))
    check_source(place, entry["source"])
    if "over" in entry and outcome in SPECIAL:
        raise DesignError(f"{place}: {outcome} has no value over another period")
    numbers = {key: float(entry.get(key, 0.0)) for key in ("value", "factor", "error", "discrepancy")}
    if numbers["value"] <= 0 or numbers["factor"] <= 1 or min(numbers.values()) < 0:
        raise DesignError(f"{place}: value must be above 0, factor above 1 and no error below 0, got {numbers}")
    periods = {key: str(entry[key]) for key in ("period", "over") if key in entry}
    return Target(**{**entry, **numbers, **periods, "what": _in_both(entry["what"])})


def _check_traits(place: str, *groups: str) -> None:
    try:
        for group in groups:
            traits_of(group)
    except DesignError as error:
        raise DesignError(f"{place}: {error}") from None


def _unanswered(entry: Any, place: str) -> Unanswered:
    check_names(place, [("reason", entry["why"], get_args(Why))])
    check_source(place, entry["source"])
    kept = {key: entry[key] for key in ("id", "value", "unit", "source", "why")}
    return Unanswered(
        **kept, what=_in_both(entry["what"]), period=str(entry["period"]), note=str(entry.get("note", ""))
    )


def _in_both(what: str | Mapping[str, str]) -> Mapping[str, str]:
    return {"en": what, "zh": what} if isinstance(what, str) else what


def _parts(outcome: str, group: str) -> list[str]:
    """Return the groups that one name joins, as ``origin=germany+japan`` does, for outcomes that add up."""
    if "+" not in group or outcome not in _SUMMED:
        return [group]
    family, _, names = group.partition("=")
    return [f"{family}={name}" for name in names.split("+")]


def _counted(model: Any, outcome: str, group: str, period: str) -> float:
    first, last = months_of(period)
    parts = _parts(outcome, group)
    return sum(float(model.outcomes.value(outcome, part, last, months=last - first + 1)) for part in parts)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else math.nan


def _share_of_stays(model: Any, group: str) -> float:
    low, high = (int(part) for part in group.removeprefix("months=").split("-"))
    persons = model.people.persons[model.people.persons["is_counted"] == 1]
    elapsed = model.month - 1 - persons["entry_month"].astype(int)
    weight = persons["weight"].astype(int)
    inside = (elapsed >= low) & (elapsed < high)
    return _ratio(float(weight[inside].sum()), float(weight.sum()))
