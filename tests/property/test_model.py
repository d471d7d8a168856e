"""Identities of whole runs: what must not matter does not matter, to the bit."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import scenarios
from simulation import Given, TalentModel
from simulation.limits import scarce_things
from simulation.names import AGE_BANDS, ALONE, FIELDS, MODES, ON_C, ON_PR, ORIGINS, REGIONS, SEXES
from simulation.outcomes import GROUPS, Outcomes, StockError
from simulation.records import month_index
from simulation.rules import tally

Build = Callable[..., TalentModel]
Compare = Callable[[TalentModel, TalentModel], list[str]]
JANUARY_2030 = month_index("2030-01")


def recounted_levels(model: TalentModel) -> np.ndarray[Any, Any]:
    """Return levels by group from all rows, by another road than the model's: masks instead of moves."""
    persons = model.people.persons
    here = persons["is_counted"] == 1
    category = np.array([tally.category_group(int(p["status"]), int(p["category"])) for p in persons])
    family = [
        (category, len(tally.CATEGORY_GROUPS)),
        (persons["region"], len(REGIONS)),
        (persons["origin"], len(ORIGINS)),
    ]
    family += [(persons["field"], len(FIELDS)), (persons["age_band"], len(AGE_BANDS)), (persons["mode"], len(MODES))]
    family += [(persons["sex"], len(SEXES))]
    in_group = [here] + [here & (values == index) for values, n in family for index in range(n)]
    couple = persons["couple"] == 1
    together = couple & (persons["family_mode"] != ALONE)
    levels = [np.ones(len(persons), bool), couple, together, together & (persons["spouse_works"] == 1)]
    levels += [persons[name] for name in ("tax_cny", "insurance_cny", "hours_lost", "pupils")]
    levels += [persons["insurance_cny"] > 0]
    weight = persons["weight"].astype(np.int64)
    return np.array([[(weight * level)[group].sum() for group in in_group] for level in levels])


def test_an_empty_reform_differs_in_no_bit(build: Build, compare: Compare) -> None:
    same = scenarios.with_changes(
        scenarios.load("baseline"),
        [{"path": "work_permit.category_a.points_min", "from": "2018-01", "set": 85}],
    )
    first, again = build(), build(same.resolve("2032-12"))
    for model in (first, again):
        model.run_until("2015-12")
    branch = first.branch(same)
    for model in (first, again, branch):
        model.run_until("2027-12")
    assert compare(first, again) == []
    assert compare(first, branch) == []


def test_a_reform_of_2030_changes_no_bit_before_2030_and_some_after(
    build: Build, reform: Given, compare: Compare
) -> None:
    before, after = build(), build(reform)
    for model in (before, after):
        model.run_until("2029-12")
    assert compare(before, after) == []
    for model in (before, after):
        model.run_until("2031-12")
    assert "outcomes.levels" in compare(before, after)
    assert np.array_equal(before.outcomes.levels[:JANUARY_2030], after.outcomes.levels[:JANUARY_2030])


def test_a_branch_is_the_fresh_run_and_leaves_its_trunk_alone(build: Build, reform: Given, compare: Compare) -> None:
    fresh, trunk, untouched = build(reform), build(), build()
    trunk.run_until("2029-12")
    branch = trunk.branch(reform)
    for model in (fresh, branch):
        model.run_until("2031-12")
    untouched.run_until("2029-12")
    assert compare(fresh, branch) == []
    assert compare(trunk, untouched) == []
    trunk.run_until("2031-12")
    untouched.run_until("2031-12")
    assert compare(trunk, untouched) == []


@pytest.mark.parametrize("first", ["2000-01", "2018-06", "2030-01"])
def test_both_engines_leave_the_same_bits(first: str, build: Build, reform: Given, compare: Compare) -> None:
    trunk = build(reform, scale=20_000, seed=2)
    while trunk.month < month_index(first):
        trunk.step()
    as_agents = trunk.branch(reform)
    as_agents.engine = "agents"
    for _ in range(30):
        trunk.step()
        as_agents.step()
    assert compare(trunk, as_agents) == []


@pytest.mark.parametrize("options", [{"threads": 2, "block": 64}, {"threads": 3}, {"block": 1}, {"block": 1_000_000}])
def test_threads_and_blocks_change_nothing(
    options: dict[str, int], build: Build, run: TalentModel, compare: Compare
) -> None:
    other = build(**options)
    other.run_until("2024-06")
    assert compare(run, other) == []


def test_the_order_of_rows_changes_nothing(build: Build, run: TalentModel) -> None:
    shuffled = build()
    order = np.random.default_rng(5).permutation(shuffled.people.n)
    shuffled.people.persons[:] = shuffled.people.persons[order]
    shuffled.people.wake[:] = shuffled.people.wake[order]
    shuffled.run_until("2024-06")
    assert shuffled.people.persons["id"].tolist() != run.people.persons["id"].tolist()
    for name in ("events", "levels", "days", "cohorts"):
        assert np.array_equal(getattr(shuffled.outcomes, name), getattr(run.outcomes, name)), name
    back = np.argsort(shuffled.people.persons["id"])
    for name in run.people.persons.dtype.names or ():
        assert np.array_equal(shuffled.people.persons[name][back], run.people.persons[name]), name


def test_seed_zero_is_a_seed_and_seeds_differ(build: Build) -> None:
    stocks = []
    for seed in (0, 1, 2**63 - 1):
        twice = [build(seed=seed, scale=10_000) for _ in range(2)]
        for model in twice:
            model.run_until("2006-12")
        assert np.array_equal(twice[0].outcomes.events, twice[1].outcomes.events)
        stocks.append(twice[0].outcomes.events[:84].tobytes())
    assert len(set(stocks)) == 3


def test_a_later_end_changes_no_earlier_month(run: TalentModel, build: Build) -> None:
    short = build(scenarios.load("baseline").resolve("2024-06"))
    short.run_until("2024-06")
    assert short.people.n < run.people.n
    months = slice(0, short.month)
    for name in ("events", "levels", "days", "cohorts", "filled", "posts"):
        assert np.array_equal(getattr(short.outcomes, name)[months], getattr(run.outcomes, name)[months]), name
    same = np.searchsorted(run.people.persons["id"], short.people.persons["id"])
    for name in short.people.persons.dtype.names or ():
        assert np.array_equal(run.people.persons[name][same], short.people.persons[name]), name


def test_the_stock_kept_is_the_stock_recounted_in_every_group(build: Build) -> None:
    model = build(seed=4)
    for month in ("2001-03", "2008-09", "2016-12", "2020-06", "2024-10", "2032-12"):
        model.run_until(month)
        recount = recounted_levels(model)
        kept = model.outcomes.levels[model.month - 1]
        wrong = [(tally.LEVELS[at], GROUPS[group]) for at, group in np.argwhere(recount != kept).tolist()]
        assert wrong == []
        assert kept[tally.STOCK, 0] > 0
        assert np.array_equal(kept, model.memory.levels)


def test_posts_filled_are_those_of_people_on_permits_and_of_residents(run: TalentModel) -> None:
    persons = run.people.persons
    works = (persons["is_counted"] == 1) & ((persons["status"] <= ON_C) | (persons["status"] == ON_PR))
    filled = np.zeros_like(run.memory.employed)
    np.add.at(filled, (persons["region"][works], persons["field"][works]), persons["weight"][works])
    assert np.array_equal(filled, run.memory.employed)


def test_the_stock_moves_by_entries_less_exits_in_every_group_and_month(run: TalentModel) -> None:
    stock = run.outcomes.levels[: run.month, tally.STOCK]
    net = run.outcomes.events[: run.month, tally.INFLOW] - run.outcomes.events[: run.month, tally.OUTFLOW]
    assert np.array_equal(np.diff(stock, axis=0, prepend=0), net)


@pytest.mark.parametrize("group", [0, 12, 49])
def test_a_broken_stock_stops_the_run_and_names_the_group(group: int, run: TalentModel) -> None:
    outcomes: Outcomes = run.outcomes.copy()
    outcomes.month -= 1
    broken = run.memory.levels.copy()
    broken[tally.STOCK, group] += 1
    scarce = scarce_things(run.public, run.memory, run.now.places)
    with pytest.raises(StockError, match=rf"2024-06 {GROUPS[group]}: stock is \d+, last month's plus"):
        outcomes.record(run.tally, broken, scarce)
    outcomes.record(run.tally, run.memory.levels, scarce)


def test_a_quota_of_zero_grants_nobody_permanent_residence(build: Build, baseline: Given) -> None:
    policy = baseline.policy.copy()
    policy["decisions_per_year"] = 0.0
    closed = build(dataclasses.replace(baseline, policy=policy))
    closed.run_until("2024-06")
    filed = closed.outcomes.events[: closed.month].sum(axis=0)
    assert filed[tally.PR_APPLICATIONS, 0] > 0
    assert filed[tally.PR_GRANTED, 0] == 0


def test_a_closed_border_lets_nobody_in(build: Build, baseline: Given) -> None:
    policy = baseline.policy.copy()
    policy["border_open_share"][month_index("2015-01") :] = 0.0
    closed = build(dataclasses.replace(baseline, policy=policy))
    closed.run_until("2018-12")
    events = closed.outcomes.events
    applied = events[:, tally.APPLICATIONS, 0]
    assert applied[month_index("2014-01") : month_index("2015-01")].sum() > 0
    assert applied[month_index("2015-01") : closed.month].sum() == 0
