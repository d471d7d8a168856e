"""Candidates of a search: which levers and reforms may vary, and the arm that each point is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from experiments.analyses.search import Axis, Steps, axis_of
from experiments.batch.experiment import Arm
from experiments.design import DesignError

STEPS = 20
"""Steps between the bounds of a lever, unless told."""


@dataclass(frozen=True)
class LeverAxis:
    """A lever that is searched, beside today's law.

    ``today`` are the lowest and highest value over places in the first month; ``yuan_per_unit_year`` is what each unit
    away from the middle of them is assumed to cost a year.
    """

    axis: Axis
    label: Mapping[str, str]
    unit: str
    today: tuple[float, float]
    yuan_per_unit_year: float = 0.0

    def cost(self, value: float, years: float) -> float:
        """Return what a value costs over some years, yuan; an assumption of who searches."""
        return abs(value - sum(self.today) / 2) * self.yuan_per_unit_year * years


@dataclass(frozen=True)
class Candidates:
    """All laws that a search may try: levers from a month on, over reforms that hold and some that may."""

    levers: tuple[LeverAxis, ...]
    held: tuple[str, ...]
    chosen: tuple[str, ...]
    start: str
    folder: str

    @property
    def axes(self) -> tuple[Axis, ...]:
        """What is searched: the levers, then a switch for each reform that may hold."""
        return (*(lever.axis for lever in self.levers), *(Axis(name, 0.0, 1.0, 1) for name in self.chosen))

    def values(self, point: Steps) -> dict[str, float]:
        """Return the value of each lever."""
        return {lever.axis.name: lever.axis.value(point[lever.axis.name]) for lever in self.levers}

    def reforms(self, point: Steps) -> tuple[str, ...]:
        """Return the reforms that hold."""
        return (*self.held, *(name for name in self.chosen if point[name]))

    def arm(self, point: Steps) -> Arm:
        """Return the arm of a point; its name depends on nothing but the law, so that a store knows it again."""
        values, reforms = self.values(point), self.reforms(point)
        law = json.dumps([sorted(values.items()), reforms, self.start])
        name = f"trial-{hashlib.sha256(law.encode()).hexdigest()[:12]}"
        return Arm(name, reforms, values, self.start, self.folder)

    def assumed_cost(self, point: Steps, until: str) -> float:
        """Return what the levers are assumed to cost from their first month to the end of another, yuan."""
        months = _months(until) - _months(self.start) + 1
        values = self.values(point)
        return sum(lever.cost(values[lever.axis.name], max(0, months) / 12) for lever in self.levers)


def candidates_of(form: Any, folder: str) -> Candidates:
    """Return the candidates of the section ``optimise`` of an experiment file.

    Without bounds a lever goes through its plausible range, in ``STEPS`` steps, or by 1 where it is whole.
    """
    if not form.levers and not form.choose:
        raise DesignError("nothing to search: name levers, or reforms to choose among")
    axes = [_lever_axis(path, asked, form.from_) for path, asked in form.levers.items()]
    return Candidates(tuple(axes), tuple(form.reforms), tuple(form.choose), form.from_, folder)


def _lever_axis(path: str, asked: Any, start: str) -> LeverAxis:
    from scenarios import levers, load

    lever = levers()[path]
    low = lever.plausible[0] if asked.low is None else asked.low
    high = lever.plausible[1] if asked.high is None else asked.high
    step = asked.step or (1.0 if lever.is_whole else (high - low) / STEPS)
    today: Sequence[float] = list(load("baseline").values_at(path, start).values())
    axis = axis_of(path, low, high, step)
    return LeverAxis(axis, lever.label, lever.unit, (min(today), max(today)), asked.yuan_per_unit_year)


def _months(month: str) -> int:
    return 12 * int(month[:4]) + int(month[5:])
