"""Every lever does something, does nothing while its channel is closed, and leads where theory says it should.

Two branches of one trunk differ in the lever alone, with the same people and the same luck, so that what differs between
them is what the lever did. Signs held for each of the seeds 1 to 10 at this scale; one seed is run here.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pytest

import scenarios
from simulation import Given, TalentModel
from simulation.records import month_index
from simulation.rules import work_permit

from .cases import BOOKKEEPING, Case, Channel, Sign, is_assumption
from .channels import NO_POINTS, OPEN
from .levers import CASES, SILENT

START, REFORM, UNTIL = "2000-01", "2027-01", "2031-12"
SEED = 1
SCALE, COARSE = 1_500, 3_000
"""People a row: fine where signs are measured, coarse where not one bit may differ."""
KEPT = 12
"""Runs kept for tests to come: most levers share theirs with few others, and a run holds tens of megabytes."""
LAST_YEARS = 3
"""Years over which outcomes are measured: flows are summed, levels averaged over Decembers."""
LEVEL_OUTCOMES = {"stock", "pr_stock", "family_share", "spouse_employment", "hours_lost"}

Values = frozenset[tuple[str, float]]


def values(changes: Mapping[str, float]) -> Values:
    return frozenset(changes.items())


def lines(changes: Values, start: str) -> list[dict[str, Any]]:
    return [{"path": path, "from": start, "set": to} for path, to in sorted(changes) if not is_assumption(path)]


@cache
def world(held: Values) -> Any:
    """Return the baseline under the assumptions among the values."""
    assumed = {path: to for path, to in held if is_assumption(path)}
    return scenarios.load("baseline").with_assumptions(assumed)


@lru_cache(maxsize=KEPT)
def trunk(held: Values, scale: int, seed: int) -> TalentModel:
    """Return a model up to the reform, under values held from the start; not to be changed."""
    law = scenarios.with_changes(world(held), lines(held, START))
    model = TalentModel(law, scale=scale, seed=seed, until=UNTIL)
    while model.month < month_index(REFORM):
        model.step()
    return model


def reformed(given: Given, held: Values, new: Values) -> Given:
    """Return what a model is given, with the levers as a scenario sets them from the reform on.

    Only the columns that change are written: resolving a whole scenario would take as long as the years that follow.
    """
    law = scenarios.with_changes(world(held), [*lines(held, START), *lines(new, REFORM)])
    policy, origins = given.policy.copy(), given.origins.copy()
    for path, _ in new:
        lever = scenarios.levers()[path]
        table = policy if lever.scope == "region" else origins
        column = table[lever.field] if lever.element is None else table[lever.field][..., lever.element]
        column[...] = law.column(path)[: len(table)]
    return replace(given, policy=policy, origins=origins)


@pytest.fixture(autouse=True, scope="module")
def quick_collector() -> Iterator[None]:
    """Leave what is there once a model has run out of collections, so that they take no time."""
    run(values({}), values({}), COARSE, SEED)
    gc.freeze()
    yield
    gc.unfreeze()


@lru_cache(maxsize=KEPT)
def run(held: Values, new: Values, scale: int, seed: int) -> TalentModel:
    """Return a model at the end, under values held from the start and levers moved by the reform."""
    # A model and its people refer to each other: without this, hundreds of them would wait to be collected.
    gc.collect()
    start = trunk(held, scale, seed)
    model = start.branch(reformed(start.given, held, new))
    model.run_until(UNTIL)
    return model


def sides(case: Case, channel: Channel, scale: int, seed: int = SEED) -> tuple[TalentModel, TalentModel]:
    """Return the ends of two branches under a channel: without the lever moved, and with it."""
    held = {path: to for path, to in case.having.items() if is_assumption(path)} | dict(channel.off)
    having = {path: to for path, to in case.having.items() if path not in held}
    laws = having, having | {case.path: case.to}
    without, moved = (run(values(held), values(law), scale, seed) for law in laws)
    return without, moved


def differing(first: Any, second: Any, but: tuple[str, ...]) -> list[str]:
    """Return the columns of two tables that differ by a bit."""
    names = first.dtype.names or ()
    return [name for name in names if name not in but and not np.array_equal(first[name], second[name])]


def moved_columns(case: Case) -> list[str]:
    """Return what the lever moves in the lives of people, bookkeeping apart."""
    first, second = (model.people.persons for model in sides(case, OPEN, SCALE))
    but = tuple(name for name in (*BOOKKEEPING, *case.records) if name not in case.moves)
    return [name for name in differing(first, second, but) if name in case.moves or not case.moves]


def leaks(case: Case) -> list[str]:
    """Return what the lever moves, in lives or in what the public faces, although its channel is closed."""
    first, second = sides(case, case.channel, COARSE)
    faced = differing(first.public_by_month, second.public_by_month, case.records)
    return differing(first.people.persons, second.people.persons, case.records) + faced


def measured(model: TalentModel, sign: Sign) -> float:
    """Return the outcome of a sign over the last years."""
    end, value = model.month - 1, model.outcomes.value
    if sign.outcome in LEVEL_OUTCOMES:
        return sum(value(sign.outcome, sign.group, end - 12 * year) for year in range(LAST_YEARS)) / LAST_YEARS
    return value(sign.outcome, sign.group, end, months=12 * LAST_YEARS)


def effect(case: Case, seed: int = SEED) -> float:
    """Return by how much the lever moves the outcome of its sign, counted in the direction expected."""
    assert isinstance(case.sign, Sign)
    first, second = sides(case, OPEN, SCALE, seed)
    return (measured(second, case.sign) - measured(first, case.sign)) * case.sign.direction


BY_PATH = {case.path: case for case in CASES}
BAR = BY_PATH["work_permit.category_a.points_min"]
# By module, so that the tests of one lever follow each other and share its runs.
each_lever = pytest.mark.parametrize("path", BY_PATH, scope="module")


def test_every_lever_is_put_to_the_test_once_and_every_test_names_a_lever() -> None:
    named = [*(case.path for case in CASES), *SILENT]
    assert sorted(named) == sorted(scenarios.levers())


def test_no_channel_is_closed_by_the_lever_itself() -> None:
    assert [path for path, case in BY_PATH.items() if path in case.channel.off or path in case.having] == []


@each_lever
def test_a_lever_moves_lives_and_leads_where_theory_says(path: str) -> None:
    case = BY_PATH[path]
    assert moved_columns(case) != []
    if isinstance(case.sign, Sign):
        assert effect(case) > 0.0, case.sign


@each_lever
def test_a_lever_changes_no_bit_of_any_life_while_its_channel_is_closed(path: str) -> None:
    case = BY_PATH[path]
    assert leaks(case) == []
    # Nothing changes in an empty country either: elsewhere, life goes on.
    without, _ = sides(case, case.channel, COARSE)
    assert (measured(without, Sign("stock", "all", 1, "")) < 50_000.0) is case.channel.is_empty


@pytest.mark.parametrize("path", SILENT)
def test_a_lever_said_to_be_silent_moves_no_life(path: str) -> None:
    first, second = sides(Case(path, 40, OPEN, SILENT[path]), OPEN, SCALE)
    assert differing(first.people.persons, second.people.persons, ()) == []


@pytest.mark.parametrize(("months", "lever"), [(3.0, "points_months_3"), (6.0, "points_months_6")])
def test_part_years_earn_the_points_of_their_own_lever(months: float, lever: str) -> None:
    law = trunk(values({}), SCALE, SEED).now.policy[:1].copy()
    law[lever] = 40.0
    assert work_permit.points_for_months(months, law.view(np.recarray)[0]) == 40.0
    assert work_permit.points_for_months(12.0, law.view(np.recarray)[0]) == 15.0


def test_a_lever_that_is_not_moved_would_be_found() -> None:
    assert moved_columns(replace(BAR, to=85)) == []


@pytest.mark.parametrize("channel", [OPEN, NO_POINTS], ids=lambda channel: channel.name)
def test_a_channel_left_open_would_be_found(channel: Channel) -> None:
    assert "status" in leaks(replace(BAR, channel=channel))


def test_a_wrong_sign_would_be_found() -> None:
    assert isinstance(BAR.sign, Sign)
    assert effect(replace(BAR, sign=replace(BAR.sign, direction=-1))) < 0.0


def test_the_law_of_a_branch_is_the_law_of_the_scenario() -> None:
    new = values({"treaties.visa_free_entry": 1, "work_permit.points.hsk.level_2": 9})
    start = trunk(values({}), COARSE, SEED)
    resolved = scenarios.with_changes(scenarios.load("baseline"), lines(new, REFORM)).resolve(UNTIL)
    given = reformed(start.given, values({}), new)
    assert given.policy.tobytes() == resolved.policy.tobytes()
    assert given.origins.tobytes() == resolved.origins.tobytes()
