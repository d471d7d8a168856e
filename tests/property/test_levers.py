"""Every lever does something, does nothing while its channel is closed, and leads where theory says it should.

Two branches of one trunk differ in the lever alone, with the same people and the same luck, so that what differs between them
is what the lever did. Signs held for each of the seeds 1 to 6 at this scale; the first is run here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

import scenarios
from simulation import TalentModel
from simulation.records import month_text
from simulation.rules import work_permit

from .cases import Case, Channel, Sign, is_assumption
from .channels import NO_POINTS, OPEN
from .levers import CASES, SILENT

REFORM, UNTIL = "2027-01", "2032-12"
SCALE, SEED = 1_000, 1
LAST_YEARS = 4
"""Years over which outcomes are measured: flows are summed, levels averaged over Decembers."""
LEVEL_OUTCOMES = {"stock", "pr_stock", "family_share", "spouse_employment"}
BOOKKEEPING = (
    "points", "wait_days", "taste", "taste_year", "news_month", "contributing_month", "contributed_months"
)  # fmt: skip
"""Columns that move more easily than a life: a lever must move others."""

Values = frozenset[tuple[str, float]]


def lines(values: Values, start: str) -> list[dict[str, Any]]:
    return [{"path": path, "from": start, "set": value} for path, value in sorted(values) if not is_assumption(path)]


@cache
def world(held: Values) -> Any:
    """Return the baseline under the assumptions among the values."""
    assumed = {path: value for path, value in held if is_assumption(path)}
    return scenarios.load("baseline").with_assumptions(assumed)


@cache
def trunk(held: Values) -> TalentModel:
    """Return a model up to the reform, under values held from the start; not to be changed."""
    law = scenarios.with_changes(world(held), lines(held, "2000-01"))
    model = TalentModel(law, scale=SCALE, seed=SEED, until=UNTIL)
    while month_text(model.month) < REFORM:
        model.step()
    return model


@cache
def run(held: Values, new: Values) -> TalentModel:
    """Return a model at the end, under values held from the start and others from the reform on."""
    law = scenarios.with_changes(world(held), [*lines(held, "2000-01"), *lines(new, REFORM)])
    model = trunk(held).branch(law)
    model.run_until(UNTIL)
    return model


def sides(case: Case, channel: Channel) -> tuple[TalentModel, TalentModel]:
    """Return the ends of two branches under a channel: without the lever moved, and with it."""
    assumed = {path: value for path, value in case.having.items() if is_assumption(path)}
    held = frozenset((assumed | dict(channel.off)).items())
    having = {path: value for path, value in case.having.items() if path not in channel.off}
    moved = {path: value for path, value in (having | {case.path: case.to}).items()}
    return run(held, frozenset(having.items())), run(held, frozenset(moved.items()))


def differing(first: TalentModel, second: TalentModel, *, but: tuple[str, ...] = ()) -> list[str]:
    """Return the columns in which anybody's life, or what the public faced, differs by a bit."""
    tables = ((first.people.persons, second.people.persons), (first.public_by_month, second.public_by_month))
    return [
        name
        for one, other in tables
        for name in one.dtype.names or ()
        if name not in but and not np.array_equal(one[name], other[name])
    ]


def moved_columns(case: Case) -> list[str]:
    """Return what the lever moves in the lives of people, bookkeeping apart."""
    first, second = sides(case, OPEN)
    columns = first.people.persons.dtype.names or ()
    return [name for name in differing(first, second, but=BOOKKEEPING + case.records) if name in columns]


def leaks(case: Case) -> list[str]:
    """Return what the lever moves although its channel is closed."""
    return differing(*sides(case, case.channel), but=case.records)


def measured(model: TalentModel, sign: Sign) -> float:
    """Return the outcome of a sign over the last years."""
    end, value = model.month - 1, model.outcomes.value
    if sign.outcome in LEVEL_OUTCOMES:
        return sum(value(sign.outcome, sign.group, end - 12 * year) for year in range(LAST_YEARS)) / LAST_YEARS
    return value(sign.outcome, sign.group, end, months=12 * LAST_YEARS)


def effect(case: Case, sign: Sign) -> float:
    """Return by how much the lever moves an outcome."""
    first, second = sides(case, OPEN)
    return measured(second, sign) - measured(first, sign)


def leads_as_expected(case: Case) -> bool:
    assert isinstance(case.sign, Sign)
    return effect(case, case.sign) * case.sign.direction > 0.0


BY_PATH: Mapping[str, Case] = {case.path: case for case in CASES}
SIGNED = {path: case for path, case in BY_PATH.items() if isinstance(case.sign, Sign)}
CHANNELS = {case.channel.name: case for case in CASES}
BAR = BY_PATH["work_permit.category_a.points_min"]


def test_every_lever_is_put_to_the_test_once_and_every_test_names_a_lever() -> None:
    named = [*(case.path for case in CASES), *SILENT]
    assert sorted(named) == sorted(scenarios.levers())


def test_no_channel_closes_by_moving_the_lever_itself() -> None:
    assert [path for path, case in BY_PATH.items() if path in case.channel.off or path in case.having] == []


@pytest.mark.parametrize("path", BY_PATH)
def test_a_lever_moves_lives(path: str) -> None:
    assert moved_columns(BY_PATH[path]) != []


@pytest.mark.parametrize("path", BY_PATH)
def test_a_lever_changes_no_bit_of_any_life_while_its_channel_is_closed(path: str) -> None:
    assert leaks(BY_PATH[path]) == []


@pytest.mark.parametrize("path", SIGNED)
def test_a_lever_leads_where_theory_says(path: str) -> None:
    assert leads_as_expected(SIGNED[path])


@pytest.mark.parametrize("name", CHANNELS)
def test_life_goes_on_while_a_channel_is_closed(name: str) -> None:
    case = CHANNELS[name]
    without, _ = sides(case, case.channel)
    stock = measured(without, Sign("stock", "all", 1, ""))
    assert (stock == 0.0) == case.channel.is_empty
    assert without.people.n > 1_000


@pytest.mark.parametrize("path", SILENT)
def test_a_lever_said_to_be_silent_moves_no_life_yet(path: str) -> None:
    case = Case(path, 40, NO_POINTS, SILENT[path], records=("sent_back_prob",))
    assert differing(*sides(case, OPEN), but=case.records) == []


@pytest.mark.parametrize(("months", "lever"), [(3.0, "points_months_3"), (6.0, "points_months_6")])
def test_part_years_earn_the_points_of_their_own_lever(months: float, lever: str) -> None:
    law = trunk(frozenset()).now.policy.view(np.recarray)[0].copy()
    setattr(law, lever, 40.0)
    assert work_permit.points_for_months(months, law) == 40.0
    assert work_permit.points_for_months(12.0, law) == 15.0


def test_a_lever_that_is_not_moved_would_be_found() -> None:
    assert moved_columns(replace(BAR, to=85)) == []


def test_a_channel_left_open_would_be_found() -> None:
    assert "status" in leaks(replace(BAR, channel=NO_POINTS))
    assert "status" in leaks(replace(BAR, channel=OPEN))


def test_a_wrong_sign_would_be_found() -> None:
    assert leads_as_expected(BAR)
    assert isinstance(BAR.sign, Sign)
    assert not leads_as_expected(replace(BAR, sign=replace(BAR.sign, direction=-BAR.sign.direction)))
