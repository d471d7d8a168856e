"""The laws that are simulated beforehand: every shipped reform, levers one at a time, levers together, and a test set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np

from experiments.classroom.estimates.featured import Featured

Kind: TypeAlias = Literal["preset", "ends", "fill", "one", "some", "many", "pair", "mixed"]
"""What a point is for: presets are kept as they are, ``ends`` and ``fill`` are fitted, the others only test."""
FITTED: tuple[Kind, ...] = ("ends", "fill")
TESTED: tuple[Kind, ...] = ("one", "some", "many", "pair", "mixed")
START = "2027-01"
_ALONE = "alone-"
_MOVED = 0.4
"""Share of the levers that a point of ``fill`` moves: students move few, never all."""


@dataclass(frozen=True)
class Size:
    """How many points of each kind; presets and ends follow from what there is.

    ``pairs`` are run of each point that is fitted, ``full`` of presets and of the test set: as many as a class runs.
    """

    fill: int = 128
    one: int = 16
    some: int = 16
    many: int = 12
    pair: int = 12
    mixed: int = 12
    pairs: int = 10
    full: int = 20
    seed: int = 20_270_101


@dataclass(frozen=True)
class Point:
    """One law: shipped reforms in their order, then levers set from January 2027 on."""

    id: str
    kind: Kind
    pairs: int
    reforms: tuple[str, ...] = ()
    changes: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_alone(self) -> bool:
        """Whether it is about a lever that is taken alone."""
        return self.id.startswith(_ALONE)

    def lines(self) -> list[dict[str, Any]]:
        """Return its levers as the changes of a scenario file."""
        return [{"path": path, "from": START, "set": value} for path, value in self.changes.items()]


def points_of(levers: Sequence[Featured], presets: Mapping[str, frozenset[str]], size: Size) -> list[Point]:
    """Return every point, the same for the same arguments.

    Parameters
    ----------
    levers
        Those that move.
    presets
        Shipped reforms and packages: id to the levers that each sets.
    size
        How many of each kind.
    """
    joint, alone = ([lever for lever in levers if lever.is_alone == is_alone] for is_alone in (False, True))
    shipped = [Point(f"preset-{name}", "preset", size.full, (name,)) for name in presets]
    rng = np.random.default_rng(size.seed)
    tests = [*_tests(joint, size, rng), *_pairs(presets, size, rng), *_mixed(joint, presets, size, rng)]
    # What is alone comes last, so that what was run without it is found again.
    last = [Point(f"{_ALONE}{lever.path}", "one", size.full, (), _drawn([lever], rng)) for lever in alone]
    return [*shipped, *_ends(joint, size), *_fill(joint, size), *tests, *_ends(alone, size), *last]


def _ends(levers: Sequence[Featured], size: Size) -> Iterator[Point]:
    for lever in levers:
        for value in dict.fromkeys((lever.low, lever.high)):
            if value != lever.today:
                yield Point(
                    f"{_ALONE if lever.is_alone else ''}ends-{lever.path}-{value:g}",
                    "ends",
                    size.pairs,
                    (),
                    {lever.path: value},
                )


def _fill(levers: Sequence[Featured], size: Size) -> Iterator[Point]:
    """Yield points of a scrambled Sobol sequence: half of its dimensions say which levers move, half to where."""
    from scipy.stats import qmc

    n = len(levers)
    # A whole power of two, of which fewer are a beginning: more points keep the earlier ones.
    rows = qmc.Sobol(2 * n, scramble=True, seed=size.seed).random_base2(max(0, size.fill - 1).bit_length())
    for number, row in enumerate(rows[: size.fill]):
        moved = [place for place in range(n) if row[place] < _MOVED] or [int(np.argmin(row[:n]))]
        changes = {levers[place].path: levers[place].at(float(row[n + place])) for place in moved}
        yield Point(f"fill-{number}", "fill", size.pairs, (), _without_today(levers, changes))


def _tests(levers: Sequence[Featured], size: Size, rng: np.random.Generator) -> Iterator[Point]:
    for kind, count, least, most in (("one", size.one, 1, 1), ("some", size.some, 2, 4), ("many", size.many, 5, 8)):
        order = rng.permutation(len(levers))
        for number in range(count):
            n_moved = min(len(levers), int(rng.integers(least, most + 1)))
            # One lever at a time goes through the list, so that none is tested twice before each is tested once.
            picked = [order[number % len(levers)]] if n_moved == 1 else rng.choice(len(levers), n_moved, replace=False)
            yield Point(f"{kind}-{number}", kind, size.full, (), _drawn([levers[int(at)] for at in picked], rng))  # type: ignore[arg-type]


def _pairs(presets: Mapping[str, frozenset[str]], size: Size, rng: np.random.Generator) -> Iterator[Point]:
    """Yield two shipped reforms that set no lever in common."""
    names, found = list(presets), set[tuple[str, str]]()
    while len(found) < size.pair:
        first, second = sorted(names[int(at)] for at in rng.choice(len(names), 2, replace=False))
        if not presets[first] & presets[second] and (first, second) not in found:
            found.add((first, second))
            yield Point(f"pair-{len(found) - 1}", "pair", size.full, (first, second))


def _mixed(
    levers: Sequence[Featured], presets: Mapping[str, frozenset[str]], size: Size, rng: np.random.Generator
) -> Iterator[Point]:
    """Yield a shipped reform with one to three levers that it leaves alone."""
    for number in range(size.mixed):
        name = list(presets)[int(rng.integers(len(presets)))]
        free = [lever for lever in levers if lever.path not in presets[name]]
        picked = rng.choice(len(free), min(len(free), int(rng.integers(1, 4))), replace=False)
        changes = _drawn([free[int(at)] for at in picked], rng)
        yield Point(f"mixed-{number}", "mixed", size.full, (name,), changes)


def _drawn(levers: Sequence[Featured], rng: np.random.Generator) -> dict[str, float]:
    changes: dict[str, float] = {}
    for lever in levers:
        value = lever.today
        while value == lever.today:
            value = lever.at(float(rng.random()))
        changes[lever.path] = value
    return changes


def _without_today(levers: Sequence[Featured], changes: Mapping[str, float]) -> dict[str, float]:
    today = {lever.path: lever.today for lever in levers}
    return {path: value for path, value in changes.items() if value != today[path]}
