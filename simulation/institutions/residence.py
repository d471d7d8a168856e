"""The desk of permanent residence: whose files are decided this month, and from how many points on people are drawn.

A year's number may be used at any time of a year, so that few rows that stand for many people wait no longer than many
that stand for few: what is not used is kept for twelve months.
"""

from __future__ import annotations

from typing import Any

from simulation.compiled import rule
from simulation.records import Policy, Public
from simulation.rules import tally

DESK, DRAW, BAR = range(3)
"""What the desk remembers of a region: decisions left, places left, the bar of late."""
QUEUE_MONTHS_MAX = 600.0
BAR_MONTHS = 12.0
"""Window over which people take the bar of the draws: a year."""


@rule
def left_of_number(left: float, per_year: float, used: float) -> float:
    """Return what is left of a yearly number after a month: a twelfth comes, what was used goes, a year's worth at most."""
    left = left + per_year / 12.0 - used
    return left if left < per_year else per_year


@rule
def turn_share(left: float, waiting: float) -> float:
    """Return the share of those who wait that can be served, 0 to 1."""
    if left <= 0.0:
        return 0.0
    return 1.0 if waiting <= left else left / waiting


@rule
def queue_months(waiting: float, per_year: float) -> float:
    """Return the months that the line takes to be worked off, at most QUEUE_MONTHS_MAX; a month's files are no line."""
    if per_year <= 0.0:
        return QUEUE_MONTHS_MAX
    months = 12.0 * waiting / per_year - 1.0
    if months <= 0.0:
        return 0.0
    return months if months < QUEUE_MONTHS_MAX else QUEUE_MONTHS_MAX


@rule
def find_cutoff(public: Public, policy: Policy, register: Any, left: float) -> None:
    """Set from how many points on people are drawn, and the share of those at that point.

    Parameters
    ----------
    register
        People registered, by points, after ``tally.FIRST_RESIDENCE_POINTS`` other counts.
    left
        Places left.
    """
    public.residence_cutoff = policy.points_route_pass_mark
    public.residence_tie_share = 1.0
    if policy.points_route_quota_per_year <= 0.0:
        return
    if left < 0.0:
        left = 0.0
    for below in range(tally.N_RESIDENCE_POINTS):
        points = tally.N_RESIDENCE_POINTS - 1 - below
        if points < policy.points_route_pass_mark:
            return
        people = float(register[tally.FIRST_RESIDENCE_POINTS + points])
        if people > left:
            public.residence_cutoff = float(points)
            public.residence_tie_share = left / people
            return
        left -= people


@rule
def update_desk(public: Public, policy: Policy, files: Any, kept: Any, waiting: float) -> None:
    """Set what the desk decides in one region this month.

    Parameters
    ----------
    files
        Nation, people: files that wait, decided and drawn last month, registered by points.
    kept
        What the desk remembers of the region; changed.
    waiting
        Files that wait, smoothed: what people hear of the line.
    """
    per_year = policy.decisions_per_year
    kept[DESK] = left_of_number(kept[DESK], per_year, float(files[tally.RESIDENCE_DECIDED]))
    public.residence_turn_share = turn_share(kept[DESK], float(files[tally.RESIDENCE_WAITING]))
    public.residence_queue_months = queue_months(waiting, per_year)
    public.resident_share = policy.approval_share if per_year > 0.0 else 0.0
    quota = policy.points_route_quota_per_year
    kept[DRAW] = left_of_number(kept[DRAW], quota, float(files[tally.RESIDENCE_DRAWN]))
    find_cutoff(public, policy, files, kept[DRAW])
    kept[BAR] = kept[BAR] + (public.residence_cutoff - kept[BAR]) / BAR_MONTHS
    # A mark is known at once; what a draw takes shows over a year, and is never less than the mark.
    mark = policy.points_route_pass_mark
    public.residence_bar = kept[BAR] if quota > 0.0 and kept[BAR] > mark else mark
