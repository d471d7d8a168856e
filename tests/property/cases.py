"""How a lever is put to the test: what closes its channel, where it should lead, and what makes it bite."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Channel:
    """A way from law to lives, closed.

    Attributes
    ----------
    name
        Why nothing passes.
    off
        Levers by path, and assumptions by their paths (``behaviour.``, ``world.``), from January 2000 on.
    is_empty
        True where nobody is in China while the channel is closed.
    """

    name: str
    off: Mapping[str, float] = field(default_factory=dict, hash=False)
    is_empty: bool = False


def is_assumption(path: str) -> bool:
    """Return whether a path names behaviour or the world rather than a lever."""
    return path.partition(".")[0] in {"behaviour", "world"}


@dataclass(frozen=True)
class Sign:
    """The direction, 1 or -1, in which an outcome of a group goes, and why."""

    outcome: str
    group: str
    direction: int
    why: str


@dataclass(frozen=True)
class Case:
    """One lever, put to the test.

    Attributes
    ----------
    path, to
        The lever, and the value it takes from the reform on.
    channel
        What closes its way to lives.
    sign
        Where the lever leads, or why theory does not say.
    having
        Levers from the reform on, and assumptions, of both sides, so that the lever bites.
    records
        Columns that write down the number, or what was looked at, rather than a life: they may differ while the
        channel is closed.
    moves
        Columns that the lever must move, where these are accounts; by default any column of a life.
    """

    path: str
    to: float
    channel: Channel
    sign: Sign | str
    having: Mapping[str, float] = field(default_factory=dict, hash=False)
    records: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()


def up(outcome: str, group: str, why: str) -> Sign:
    return Sign(outcome, group, 1, why)


def down(outcome: str, group: str, why: str) -> Sign:
    return Sign(outcome, group, -1, why)


def all_of(path: str, elements: tuple[str, ...], value: float) -> dict[str, float]:
    """Return one value for each element of a vector, by path."""
    return {f"{path}.{element}": value for element in elements}


THOUGHT_OF = ("region", "category", "family_mode", "target", "news_month")
"""What was last thought of, and known, by people who do not come."""
QUEUES = ("queue_days", "priority_days", "sent_back_prob", "entry_days", "filing_hours")
"""Public facts of the desks."""
ACCOUNTS = ("tax_cny", "insurance_cny", "hours_lost", "pupils")
"""What a life adds up to, for the books."""
LOOKED_AT = ("taste", "taste_year", *ACCOUNTS)
"""What is written down when a life is looked at: dates set by law move the months in which it is."""
BOOKKEEPING = (
    *LOOKED_AT, "points", "pr_points", "wait_days", "news_month", "lesson_month", "lesson_hours",
    "contributing_month", "contributed_months", "credited_months", "card_until", "spouse_right",
)  # fmt: skip
"""Columns that move more easily than a life: a lever must move others."""

MANY_IN_C = {
    "work_permit.category_b.points_min": 120,
    "work_permit.category_b.pay_multiple": 20,
    "work_permit.category_b.experience_years": 50,
    "work_permit.language_teacher.experience_years": 50,
    "work_permit.category_c.quota": 1_000_000,
}
"""A law under which most posts need Category C."""
MOVERS: dict[str, float] = {
    "behaviour.internal_move_cost": 0,
    "behaviour.region_scale": 0.1,
    "behaviour.review_rate": 4,
}
"""Assumptions under which many think of moving between regions."""
