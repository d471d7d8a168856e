"""Telling persons: people of a kind that shows what a law does, found in a run and always the same ones.

A kind narrows the people down by where they ended, then lives are lived again, in the order of their numbers, until one
is of that kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from experiments.design import DesignError
from experiments.lives import Life, live, parting
from experiments.public_facts import Kept
from scenarios import Scenario

TRIED_MOST = 2000
"""Lives lived again before a search gives up."""


class Ends(NamedTuple):
    """Where the same people ended, row by row, under the law looked at and under the other one (or the same)."""

    own: Any
    other: Any


class Lives(NamedTuple):
    """One person's life under the law looked at, and under the other one, if there is one."""

    own: Life
    other: Life | None


@dataclass(frozen=True)
class Kind:
    """A kind of person.

    ``label`` says it in English and in Chinese. ``might`` tells from the ends of both runs, row by row, who might be of
    the kind; ``is_one`` tells it of lives. A kind that ``needs_two`` laws is about the difference between them.
    """

    name: str
    label: tuple[str, str]
    might: Callable[[Ends], Any]
    is_one: Callable[[Lives], bool]
    needs_two: bool = False


def _met(kind: str, *variants: str) -> Callable[[Lives], bool]:
    """Return what tells whether a life holds an event of a kind, of some variants if any are named."""
    return lambda lives: any(
        event.kind == kind and (not variants or event.variant in variants) for event in lives.own.events
    )


def _left_alone(lives: Lives) -> bool:
    """Return whether a family stayed behind on arrival, or went back."""
    alone = (event.kind == "entry" and event.facts.get("family") == "alone" for event in lives.own.events)
    return any(alone) or _met("family", "apart")(lives)


def _left_despite(lives: Lives) -> bool:
    """Return whether a person leaves by their own decision, after the other law had begun to make a difference."""
    where = parting(lives.own, lives.other).month if lives.other else None
    return where is not None and any(
        event.kind == "left" and event.month >= where and event.gain is not None for event in lives.own.events
    )


def _lives_differ(lives: Lives) -> bool:
    return lives.other is not None and parting(lives.own, lives.other).month is not None


def _came(ends: Any) -> Any:
    return ends["stays"] > 0


def _is_here(ends: Any) -> Any:
    return ends["is_counted"] == 1


def _applied(ends: Ends) -> Any:
    return ends.own["applications"] > 0


def _sought_residence(ends: Ends) -> Any:
    return ends.own["residence_applications"] > 0


def _may_bring_family(ends: Ends) -> Any:
    return _came(ends.own) & (ends.own["couple"] == 1)


def _has_come(ends: Ends) -> Any:
    return _came(ends.own)


KINDS: tuple[Kind, ...] = (
    Kind(
        "came-only-because", ("came under this law only", "只因这一法律而来华"),
        lambda ends: _came(ends.own) & ~_came(ends.other), _lives_differ, needs_two=True,
    ),
    Kind(
        "stayed-only-because", ("came under both laws, is in China at the end under this one only", "两种法律下都来过，只在这一法律下最终留在中国"),
        lambda ends: _came(ends.other) & _is_here(ends.own) & ~_is_here(ends.other), _lives_differ, needs_two=True,
    ),
    Kind(
        "left-despite", ("this law made a difference, and the person left all the same", "这一法律带来了变化，但仍然离开"),
        lambda ends: _came(ends.own) & _came(ends.other) & ~_is_here(ends.own), _left_despite, needs_two=True,
    ),
    Kind(
        "kept-out", ("came under the other law only", "只在另一法律下来华"),
        lambda ends: ~_came(ends.own) & _came(ends.other), _lives_differ, needs_two=True,
    ),
    Kind("stuck-in-queue", ("gave up an application while waiting", "等待审批中放弃"), _applied, _met("abandoned")),
    Kind("refused", ("was refused a first permit", "首次申请被拒"), _applied, _met("refused")),
    Kind("lost-post", ("lost the post and had to leave", "失业后只得离开"), _has_come, _met("left", "no-post")),
    Kind("came-back", ("left and came back", "离开后再次来华"), lambda ends: ends.own["stays"] > 1, _met("left")),
    Kind("family-separated", ("lived in China without the family", "在华期间与家人分居"), _may_bring_family, _left_alone),
    Kind("family-joined", ("the family joined later", "家人后来团聚"), _may_bring_family, _met("family", "joins")),
    Kind("pension-missed", ("reached the retirement age without a pension", "到退休年龄却领不到养老金"), _has_come, _met("pension-missed")),
    Kind("pension-reached", ("reached a Chinese pension", "领取中国养老金"), _has_come, _met("retired")),
    Kind("residence-granted", ("was granted permanent residence", "获得永久居留"), _sought_residence, _met("residence-granted")),
    Kind("residence-refused", ("was refused permanent residence", "永久居留未获批"), _sought_residence, _met("residence-refused")),
)  # fmt: skip
BY_NAME = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True)
class Law:
    """A law that people are looked at under, and what was kept of its run."""

    scenario: Scenario
    kept: Kept


def pick(kind: Kind, law: Law, other: Law | None = None) -> Lives | None:
    """Return the life, or the two lives, of the first person of a kind; None if nobody among those tried is.

    Parameters
    ----------
    kind
        One of ``KINDS``.
    law
        The law under which the person is to be of the kind.
    other
        The law beside it. Of a kind that is about one law, a person is then looked for who is of it under ``law`` only.

    Raises
    ------
    DesignError
        If the kind is about two laws, and there is one.
    """
    if kind.needs_two and other is None:
        raise DesignError(
            f"{kind.name} is about two laws: name a reform with --scenario, or another law with --against"
        )
    for person_id in islice(candidates(kind, law, other), TRIED_MOST):
        life = live(person_id, law.scenario, law.kept)
        second = live(person_id, other.scenario, other.kept) if other else None
        is_in_both = second is not None and not kind.needs_two and kind.is_one(Lives(second, None))
        if kind.is_one(Lives(life, second)) and not is_in_both:
            return Lives(life, second)
    return None


def candidates(kind: Kind, law: Law, other: Law | None) -> Iterator[int]:
    """Yield the numbers of those who might be of a kind, rising."""
    tables = [law.kept.ends, other.kept.ends if other else law.kept.ends]
    ids = np.union1d(tables[0]["id"], tables[1]["id"])
    ends = Ends(*(_rows(table, ids) for table in tables))
    yield from (int(number) for number in ids[kind.might(ends)])


def _rows(table: Any, ids: Any) -> Any:
    """Return the rows of some people; those who never applied under this law get an empty row."""
    rows = np.zeros(len(ids), table.dtype)
    rows["id"] = ids
    rows[np.searchsorted(ids, table["id"])] = table
    return rows


def plainest(kind: Kind, reform: Law, today: Law) -> list[int]:
    """Return the numbers of those who might be of a kind, those who applied and came least often first."""
    busy: dict[int, int] = {}
    for law in (reform, today):
        for row in law.kept.ends:
            busy[int(row["id"])] = busy.get(int(row["id"]), 0) + int(row["applications"]) + int(row["stays"])
    return sorted(candidates(kind, reform, today), key=lambda number: (busy[number], number))
