"""What every lever should do: where it moves lives, what closes its way to them, and its sign where theory gives one."""

from __future__ import annotations

from .cases import Case
from .life_levers import DAILY_LIFE, DESKS, FAMILY, RESEARCH
from .pay_levers import INSURANCE, TAX
from .permit_levers import GRADUATES, POINTS, TREATIES, VISAS, WORK_PERMIT
from .residence_levers import RESIDENCE

CASES: list[Case] = [*WORK_PERMIT, *POINTS, *GRADUATES, *VISAS, *TREATIES, *RESIDENCE, *INSURANCE]
CASES += [*TAX, *FAMILY, *DAILY_LIFE, *RESEARCH, *DESKS]

ALL_YEAR = "everybody on a permit works twelve months a year"
SILENT = {"work_permit.points.months_6": ALL_YEAR, "work_permit.points.months_3": ALL_YEAR}
"""Levers that move no life as the model stands, and why."""
