"""What families and moves promise about anyone: a veto unites nobody, recognition lowers nobody, luck knows no law."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scenarios
from simulation import Given, TalentModel
from simulation.model import new_tally
from simulation.names import (
    ALONE,
    CATEGORY_A,
    CATEGORY_C,
    NO_CATEGORY,
    NO_TICKET,
    ON_A,
    ON_B,
    ON_C,
    ON_PR,
    REGIONS,
    RETIRED,
    SEEKING,
    WITH_FAMILY,
)
from simulation.plain import load_person
from simulation.records import NEVER, Now, month_index
from simulation.rules import career, household, moving, staying, tally, value

from .anyone import regions, under, who

Build = Callable[..., TalentModel]
RANKS = {NO_CATEGORY: 0, CATEGORY_C: 1, 3: 2, 2: 3, CATEGORY_A: 4}
GRANTED = "2015-06"
SPOUSES = [
    {"path": f"family.permit_spouse_may_work.category_{category}", "from": GRANTED, "set": 1} for category in "abc"
]

statuses = st.sampled_from([ON_A, ON_B, ON_C, ON_PR])


@pytest.fixture(scope="module")
def people(run: TalentModel) -> Any:
    """Return what gives the person of any number as they stand in June 2024, those in China from 0 on."""
    rows = np.argsort(run.people.persons["is_counted"] == 0, kind="stable")

    def of(number: int) -> Any:
        return load_person(run.people.persons, int(rows[number % run.people.n]))

    return of


def behaving(now: Now, **changes: Any) -> Now:
    return now._replace(behaviour=now.behaviour._replace(**changes))


@pytest.fixture(scope="module")
def many(build: Build) -> TalentModel:
    """Return the baseline with more people, run to June 2012."""
    model = build(scale=400)
    model.run_until("2012-06")
    return model


@given(number=who, region=regions, status=statuses, xi=st.floats(0.0, 3.0), mode=st.sampled_from([ALONE, WITH_FAMILY]))
def test_a_veto_unites_no_family_and_a_cost_of_moving_keeps_each_where_it_is(
    people: Any, now: Now, number: int, region: int, status: int, xi: float, mode: int
) -> None:
    person, tried = people(number), behaving(now, separation_cost=xi)
    person.couple, person.family_mode = 1, mode
    held = value.offer(person, tried, region, status, career.salary(person, tried, region))
    veto = behaving(tried, spouse_veto=1.0)
    for choose in (value.best_family_mode, household.best_mode):
        assert choose(person, veto, region, status, held) <= choose(person, tried, region, status, held)
    assert (
        person.chinese_spouse
        or household.best_mode(person, behaving(tried, family_move_share=1e6), region, status, held) == mode
    )


@given(number=who, recognised=st.booleans())
def test_what_a_person_hears_and_whether_a_post_is_open_there_is_their_own_luck(
    people: Any, now: Now, number: int, *, recognised: bool
) -> None:
    person = people(number)
    law = under(now, mutual_recognition=float(recognised), category_a_points_min=60.0, local_supplement=10.0)
    assert moving.region_heard_of(person, law) == moving.region_heard_of(person, now)
    for region in range(len(REGIONS)):
        assert moving.finds_post(person, law, region, 0.5) == moving.finds_post(person, now, region, 0.5)
        assert moving.finds_post(person, now, region, 0.5) <= moving.finds_post(person, now, region, 0.8)


@given(number=st.integers(0, 80), category=st.sampled_from(sorted(RANKS)[1:]))
def test_recognition_never_lowers_the_category_of_those_who_move(
    people: Any, now: Now, number: int, category: int
) -> None:
    """Whoever moves at a review keeps the category, and it stays until the next renewal."""
    law = behaving(under(now, mutual_recognition=1.0), internal_move_cost=0.0, theta_mean=0.0)
    person = people(number)
    if not ON_A <= person.status <= ON_C:
        return
    person.category, person.status, person.ticket, person.ticket_month = category, value.status_of(category), 0, NEVER
    person.theta, before = 50.0, person.region
    staying.review(person, law, new_tally(500))
    assert person.category == category
    assert person.region == before or person.ticket == NO_TICKET


def test_a_right_to_work_reaches_every_spouse_in_its_month_and_ends_in_its_month(build: Build) -> None:
    ended = [line | {"until": "2015-11"} for line in SPOUSES]
    law: Given = scenarios.with_changes(scenarios.load("baseline"), ended).resolve("2016-12")
    model = build(law, scale=200)
    model.run_until("2015-05")
    persons = model.people.persons
    assert dependants(persons).sum() > 30
    assert (persons["spouse_from_month"][dependants(persons)] == NEVER).all()
    model.step()
    assert (persons["spouse_from_month"][dependants(persons)] == month_index(GRANTED)).all()
    model.run_until("2015-11")
    assert persons["spouse_works"][dependants(persons)].sum() > 5
    model.step()
    assert dependants(persons).sum() > 30
    assert persons["spouse_works"][dependants(persons)].sum() == 0
    assert (persons["spouse_from_month"][dependants(persons)] == NEVER).all()


def dependants(persons: Any) -> Any:
    """Return whose spouse lives in China on their work permit."""
    together = (persons["is_counted"] == 1) & (persons["family_mode"] == WITH_FAMILY)
    return together & (persons["chinese_spouse"] == 0) & np.isin(persons["status"], (ON_A, ON_B, ON_C, SEEKING))


def test_families_are_dated_as_they_live(run: TalentModel) -> None:
    persons = run.people.persons
    here = persons["is_counted"] == 1
    together = here & (persons["family_mode"] == WITH_FAMILY)
    assert np.array_equal(together, here & (persons["family_month"] != NEVER))
    assert (persons["family_month"][together] >= persons["entry_month"][together]).all()
    assert (persons["family_month"][together] < run.month).all()
    assert (persons["spouse_right"][persons["is_counted"] == 0] == 0).all()


def test_nobody_sleeps_through_a_date_of_their_family(many: TalentModel) -> None:
    persons, wake, last = many.people.persons, many.people.wake, many.month - 1
    settled = np.isin(persons["status"], (ON_A, ON_B, ON_C, ON_PR, RETIRED)) & (persons["couple"] == 1)
    n = 0
    for name in ("child_1", "child_2", "child_3"):
        due = settled & (persons[name] > last) & (persons[name] != NEVER)
        assert (wake[due] <= persons[name][due]).all()
        n += due.sum()
    assert n > 20
    ages = last + 3 - persons["child_1"].astype(int)
    schooled = settled & (ages >= 36) & (ages < 216)
    assert schooled.sum() > 5
    assert (wake[schooled] <= month_index("2012-09")).all()
    idle = settled & (persons["family_mode"] == WITH_FAMILY) & (persons["spouse_works"] == 0)
    idle &= persons["family_month"] + 12 > last
    assert idle.sum() > 5
    assert (wake[idle] <= persons["family_month"][idle] + 12).all()


def test_every_move_leaves_one_region_and_reaches_another(run: TalentModel) -> None:
    events = run.outcomes.events[: run.month]
    moved_in, moved_out = events[:, tally.MOVED_IN], events[:, tally.MOVED_OUT]
    of_regions = slice(tally.FIRST_REGION, tally.FIRST_REGION + len(REGIONS))
    assert moved_in[:, 0].sum() > 0
    assert np.array_equal(moved_in[:, 0], moved_out[:, 0])
    for moved in (moved_in, moved_out):
        assert np.array_equal(moved[:, of_regions].sum(axis=1), moved[:, 0])
    assert (moved_in[:, of_regions] != moved_out[:, of_regions]).any()


def test_where_nobody_hears_of_posts_elsewhere_nobody_moves_and_recognition_does_nothing(
    build: Build, baseline: Given, compare: Callable[[TalentModel, TalentModel], list[str]]
) -> None:
    """The channel off: a cost of moving beyond any gain, and no second region to look in after a lost post."""
    behaviour, policy = baseline.behaviour.copy(), baseline.policy.copy()
    behaviour["internal_move_cost"] = 1e6
    policy["mutual_recognition"] = 1.0
    shut = dataclasses.replace(baseline, behaviour=behaviour)
    plain, recognised = build(shut, scale=5_000), build(dataclasses.replace(shut, policy=policy), scale=5_000)
    for model in (plain, recognised):
        model.run_until("2018-12")
    assert plain.outcomes.events[:, tally.MOVED_IN].sum() == 0
    # The law itself is kept among the public facts that people remember; nothing else may differ.
    assert compare(plain, recognised) == []
