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
        Columns that write down the number, or what was looked at, rather than a life: left out of comparisons.
    """

    path: str
    to: float
    channel: Channel
    sign: Sign | str
    having: Mapping[str, float] = field(default_factory=dict, hash=False)
    records: tuple[str, ...] = ()


def up(outcome: str, group: str, why: str) -> Sign:
    return Sign(outcome, group, 1, why)


def down(outcome: str, group: str, why: str) -> Sign:
    return Sign(outcome, group, -1, why)
