"""What the model is held against: observed numbers, each with its period, its source and how close counts as met."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.cases import known_groups, known_outcomes
from experiments.design import DesignError
from experiments.entries import check_names, check_source, read_entries
from scenarios.library import SHIPPED
from simulation.records import month_index

ELAPSED = "elapsed_share"
"""Share of those in China whose stay so far has lasted so many months; its group is ``months=FROM-TO``."""
ELASTICITY = "pay_elasticity"
"""Response of arrivals over the period to pay in China 5% higher since the period began."""
PAY_STEP = 1.05
FILE = SHIPPED / "world" / "targets.yaml"
SCHEMA = "talentflow.targets/1"
_NEEDED = ("id", "what", "outcome", "group", "period", "value", "unit", "source", "factor")
_OPTIONAL = ("share_of", "note")


@dataclass(frozen=True)
class Target:
    """One observed number and the outcome that answers to it.

    ``value`` is observed over ``period``, above 0. The model meets it if it is at most ``factor`` times off, up or
    down; ``factor`` is above 1. With ``share_of``, the outcome is divided by that of another group.
    """

    id: str
    what: str
    outcome: str
    group: str
    period: str
    value: float
    unit: str
    source: str
    factor: float
    share_of: str | None = None
    note: str = ""

    @property
    def months(self) -> tuple[int, int]:
        """First and last month of the period, counted from January 2000."""
        return months_of(self.period)

    def of(self, model: Any) -> float:
        """Return the model's answer, read at the end of the period; nan where it has none."""
        first, last = self.months
        if self.outcome == ELAPSED:
            return _share_of_stays(model, self.group)
        n = last - first + 1
        value = float(model.outcomes.value(self.outcome, self.group, last, months=n))
        if self.share_of is None:
            return value
        whole = float(model.outcomes.value(self.outcome, self.share_of, last, months=n))
        return value / whole if whole else float("nan")

    def is_met(self, value: float) -> bool:
        """Return whether a number is close enough; a nan never is."""
        return self.value / self.factor <= value <= self.value * self.factor


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
    """Return the targets of a file.

    Raises
    ------
    scenarios.ScenarioProblems
        If the file cannot be read.
    DesignError
        If a target names what does not exist, or misses a key.
    """
    entries = read_entries(file, SCHEMA, "targets", needed=_NEEDED, optional=_OPTIONAL)
    return [_target(entry, place) for entry, place in entries]


def _target(entry: Any, place: str) -> Target:
    is_special = entry["outcome"] in {ELAPSED, ELASTICITY}
    check_names(
        place,
        (
            ("outcome", entry["outcome"], (*known_outcomes(), ELAPSED, ELASTICITY)),
            ("group", "all" if is_special else entry["group"], known_groups()),
            ("group", entry.get("share_of", "all"), known_groups()),
        ),
    )
    check_source(place, entry["source"])
    numbers = {key: float(entry[key]) for key in ("value", "factor")}
    if numbers["value"] <= 0 or numbers["factor"] <= 1:
        raise DesignError(f"{place}: value must be above 0 and factor above 1, got {numbers}")
    return Target(**{**entry, **numbers, "period": str(entry["period"])})


def _share_of_stays(model: Any, group: str) -> float:
    low, high = (int(part) for part in group.removeprefix("months=").split("-"))
    persons = model.people.persons[model.people.persons["is_counted"] == 1]
    elapsed = model.month - 1 - persons["entry_month"].astype(int)
    weight = persons["weight"].astype(int)
    inside = (elapsed >= low) & (elapsed < high)
    return float(weight[inside].sum()) / float(weight.sum()) if len(persons) else float("nan")
