"""Permanent residence in whole runs and for anyone: kinder law takes from nobody, counts add up, numbers bind."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation import Given, TalentModel
from simulation.institutions import residence
from simulation.model import new_tally
from simulation.names import FILE_IN_LINE, FILE_IN_POOL, FILE_UNDER_REVIEW, NO_FILE, ON_A, ON_B, ON_PR
from simulation.records import NEVER, Now, month_index
from simulation.rules import permanent_residence, residence_credit, residence_points, residing, tally

from .anyone import facing, regions, salaries, shares, under, who

Build = Callable[..., TalentModel]
OPENED = month_index("2026-01")
N = tally.FIRST_RESIDENCE_POINTS + tally.N_RESIDENCE_POINTS

marks = st.integers(0, 150).map(float)


@given(number=who, region=regions, salary_cny=salaries, low=marks, high=marks)
def test_a_lower_bar_lets_nobody_wait_longer_and_takes_the_right_to_file_from_nobody(
    people: Any, now: Now, number: int, region: int, salary_cny: float, low: float, high: float
) -> None:
    low, high = sorted((low, high))
    person = people(number)
    seen = []
    for bar in (high, low):
        law = facing(under(now, points_route_available=1.0, points_route_pass_mark=bar), residence_bar=bar)
        years = residence_points.years_left(person, law, region, ON_B, salary_cny)
        seen.append((years, residence_points.points_to_file(person, law, region, ON_B, salary_cny)))
    assert seen[1][0] <= seen[0][0]
    assert seen[1][1] >= seen[0][1]


@given(
    number=who,
    held=st.integers(60, 120),
    few=st.floats(0.0, 500.0),
    more=st.floats(0.0, 500.0),
    pool=st.lists(st.integers(0, 60), min_size=80, max_size=80),
)
def test_a_larger_quota_draws_everyone_whom_a_smaller_one_draws(
    people: Any, now: Now, number: int, held: int, few: float, more: float, pool: list[int]
) -> None:
    few, more = sorted((few, more))
    person = people(number)
    person.pr_stage, person.pr_points = FILE_IN_POOL, held
    register = np.zeros(N, np.int64)
    register[tally.FIRST_RESIDENCE_POINTS + 50 : tally.FIRST_RESIDENCE_POINTS + 130] = pool
    drawn = []
    for left in (few, more):
        here = type("Here", (), {})()
        policy = now.policy[0]._replace(points_route_quota_per_year=1.0, points_route_pass_mark=60.0)
        residence.find_cutoff(here, policy, register, left)
        facts = facing(now, residence_cutoff=here.residence_cutoff, residence_tie_share=here.residence_tie_share)
        drawn.append(residence_points.is_drawn(person, facts))
        points = np.arange(tally.N_RESIDENCE_POINTS)
        by_points = register[tally.FIRST_RESIDENCE_POINTS :]
        expected = by_points[points > here.residence_cutoff].sum()
        expected += here.residence_tie_share * by_points[int(here.residence_cutoff)]
        assert expected <= left + 1e-6
    assert drawn[1] >= drawn[0]


@given(number=who, few=shares, more=shares)
def test_more_decisions_more_approvals_and_more_invitations_leave_nobody_out(
    people: Any, now: Now, number: int, few: float, more: float
) -> None:
    few, more = sorted((few, more))
    region = int(people(number).region)
    outcomes = []
    for share in (few, more):
        facts = facing(now, residence_turn_share=share, resident_share=share)
        person = people(number)
        person.pr_stage, person.pr_month, person.pr_points = FILE_IN_LINE, facts.month, 0
        residing.wait_in_line(person, facts, new_tally(500))
        outcomes.append(int(person.status) == ON_PR)
    assert outcomes[1] >= outcomes[0]
    person = people(number)
    applies = [
        permanent_residence.would_apply(person, under(now, automatic_invitation=share), region) for share in (few, more)
    ]
    assert applies[1] >= applies[0]


@given(number=who, region=regions, salary_cny=salaries, few=shares, more=shares)
def test_wider_routes_and_more_credit_make_nobody_wait_longer(
    people: Any, now: Now, number: int, region: int, salary_cny: float, few: float, more: float
) -> None:
    few, more = sorted((few, more))
    person = people(number)

    def years(**changes: float) -> float:
        law = under(now, **changes)
        return float(permanent_residence.years_left(person, law, region, ON_A, salary_cny))

    for lever in (
        "employment_route_open_share", "talent_route_open_share", "investment_route_open_share",
        "heritage_route_area_share", "credit_category_a", "credit_category_b", "credit_category_c", "credit_k",
        "credit_kept_share", "credit_portable_share",
    ):  # fmt: skip
        assert years(**{lever: more}) <= years(**{lever: few}), lever
    usual = years()
    for lever in ("salary_route_available", "degree_route_available", "key_field_route_available"):
        assert years(**{lever: 1.0}) <= years(**{lever: 0.0}), lever
    assert years(long_stay_route_available=1.0) <= usual


@given(number=who, region=regions, share=shares)
def test_settling_months_changes_none_and_a_move_adds_none(
    people: Any, now: Now, number: int, region: int, share: float
) -> None:
    person = people(number)
    here = int(person.region)
    before = residence_credit.counted_months(person, now, here)
    if int(person.entry_month) != NEVER:
        residence_credit.settle(person, now)
        assert residence_credit.counted_months(person, now, here) == before
        law = under(now, credit_portable_share=share)
        residence_credit.carry_months(person, law, here, region)
        assert residence_credit.months_so_far(person, law, law.policy[region]) <= before


def with_points(baseline: Given, quota: float, decisions: float) -> Given:
    """Return the baseline with a points route from 2026 on, and a number of decisions a year."""
    policy = baseline.policy.copy()
    policy["points_route_available"][OPENED:] = 1.0
    policy["points_route_quota_per_year"][OPENED:] = quota
    policy["decisions_per_year"][OPENED:] = decisions
    return dataclasses.replace(baseline, policy=policy)


@pytest.fixture(scope="module")
def ranked(build: Build, baseline: Given) -> TalentModel:
    model = build(with_points(baseline, 3_000.0, 1_876.0), scale=200)
    model.run_until("2032-12")
    return model


def recounted(model: TalentModel) -> np.ndarray[Any, Any]:
    """Return files that wait and people registered by points, from all rows."""
    persons = model.people.persons
    kept = np.zeros(N, np.int64)
    weight = persons["weight"].astype(np.int64)
    kept[tally.RESIDENCE_WAITING] = weight[persons["pr_stage"] == FILE_IN_LINE].sum()
    pool = persons["pr_stage"] == FILE_IN_POOL
    np.add.at(kept, tally.FIRST_RESIDENCE_POINTS + persons["pr_points"][pool], weight[pool])
    return kept


def test_files_that_wait_and_the_register_are_those_of_the_rows(ranked: TalentModel, run: TalentModel) -> None:
    for model in (ranked, run):
        kept = model.memory.residence.copy()
        kept[[tally.RESIDENCE_DECIDED, tally.RESIDENCE_DRAWN]] = 0
        assert np.array_equal(kept, recounted(model))
    assert ranked.memory.residence[tally.FIRST_RESIDENCE_POINTS :].sum() > 3_000


def test_draws_keep_to_their_quota_and_decisions_to_their_number(ranked: TalentModel) -> None:
    granted = ranked.outcomes.events[:, tally.PR_GRANTED, 0]
    years = (ranked.month - OPENED) / 12.0
    assert years == 7.0
    # A year's number may be saved up before, and a row stands for 200 people.
    most = (3_000.0 + 1_876.0) * years + 1_876.0 + 10 * 200
    assert 0.5 * 3_000.0 * years < granted[OPENED : ranked.month].sum() <= most


def test_a_mark_without_decisions_grants_nobody_and_with_them_many(build: Build, baseline: Given) -> None:
    granted = []
    for decisions in (0.0, 20_000.0):
        model = build(with_points(baseline, 0.0, decisions), scale=1_000)
        model.run_until("2030-12")
        granted.append(model.outcomes.events[OPENED + 1 : model.month, tally.PR_GRANTED, 0].sum())
    assert granted[0] == 0
    assert granted[1] > 10_000


def test_dates_and_points_of_a_file_fit_its_stage(ranked: TalentModel, run: TalentModel) -> None:
    for model in (ranked, run):
        persons = model.people.persons
        none = persons["pr_stage"] == NO_FILE
        assert (persons["pr_points"][none] == 0).all()
        assert (persons["pr_month"][none] == NEVER).all()
        under_way = np.isin(persons["pr_stage"], (FILE_UNDER_REVIEW, FILE_IN_LINE, FILE_IN_POOL))
        assert (persons["is_counted"][under_way] == 1).all()
        assert (persons["status"][under_way] != ON_PR).all()
        assert (persons["pr_points"][persons["pr_stage"] == FILE_IN_POOL] >= 60).all()
