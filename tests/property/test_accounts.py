"""Money, tenure, decisions and pairs of runs: what must add up, does, to the last person and yuan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import scenarios
from experiments.cases import cases_of
from experiments.design import Design, Question
from experiments.replicate import PairedRuns, at_date, start
from simulation import TalentModel
from simulation.catalogue import GROUPS, UNITS
from simulation.outcomes import Outcomes
from simulation.records import month_index
from simulation.rules import tally

Build = Callable[..., TalentModel]
TRAITS = ("origin=japan", "field=research", "mode=assignee", "sex=female", "sex=male")


@pytest.fixture(scope="module")
def ten_years(build: Build) -> TalentModel:
    """Return the first ten years, within which no tenure is too long to be kept."""
    model = build(scale=500, seed=3)
    model.run_until("2009-12")
    return model


def test_who_came_less_who_left_is_who_is_here_in_every_group_on_entry(ten_years: TalentModel) -> None:
    kept, persons = ten_years.outcomes, ten_years.people.persons
    here = persons[persons["is_counted"] == 1]
    left = kept.events[: kept.month, tally.ARRIVALS].sum(axis=0) - kept.cohorts.sum(axis=(0, 1))
    assert left[0] == kept.levels[kept.month - 1, tally.STOCK, 0] > 0
    for first, field, n in (
        (tally.FIRST_CATEGORY, "entry_category", 8),
        (tally.FIRST_REGION, "entry_region", 10),
        (tally.FIRST_SEX, "sex", 2),
    ):
        by_hand = np.bincount(here[field], weights=here["weight"], minlength=n)
        assert left[first : first + n].tolist() == by_hand.tolist(), field


def test_exits_are_counted_once_in_every_road(run: TalentModel) -> None:
    events = run.outcomes.events[: run.month].sum(axis=0)
    assert events[tally.EXITS, 0] == events[tally.OUTFLOW, 0]
    assert events[tally.ARRIVALS, 0] == events[tally.INFLOW, 0]
    for event in (tally.EXITS, tally.SKILL_IN, tally.REFUNDS, tally.PR_WON):
        for first, last in ((1, 9), (9, 19), (19, 31), (31, 39), (39, 43), (43, 48), (48, 50)):
            assert events[event, first:last].sum() == events[event, 0]


def test_every_grant_is_a_decision_in_favour_and_no_more_are_decided_than_applied(run: TalentModel) -> None:
    events = run.outcomes.events[: run.month, :, 0].sum(axis=0)
    assert events[tally.PR_WON] == events[tally.PR_GRANTED] > 0
    assert events[tally.PR_WON] <= events[tally.PR_DECIDED] <= events[tally.PR_APPLICATIONS]


def test_nobody_abroad_holds_money_hours_or_pupils(run: TalentModel) -> None:
    abroad = run.people.persons[run.people.persons["is_counted"] == 0]
    assert len(abroad) > 0
    for name in ("tax_cny", "insurance_cny", "hours_lost", "pupils"):
        assert (abroad[name] == 0).all(), name


def test_the_balance_is_what_comes_in_less_what_goes_out(run: TalentModel) -> None:
    month = month_index("2024-06")

    def value(name: str, group: str) -> float:
        return run.outcomes.value(name, group, month)

    for group in ("all", "category=A", "sex=female"):
        spent = sum(value(name, group) for name in ("refunds", "services_cost", "administration_cost"))
        earned = value("tax", group) + value("contributions", group)
        assert value("fiscal_balance", group) == pytest.approx(earned - spent)
        assert earned > 0
    assert value("public_cost", "all") == 0


def test_the_tax_of_a_year_is_the_mean_of_its_months(run: TalentModel) -> None:
    month = month_index("2023-12")
    levels = run.outcomes.levels[month - 11 : month + 1, tally.TAX, 0]
    assert run.outcomes.value("tax", "all", month) == pytest.approx(levels.mean())


def test_the_groups_of_a_family_share_out_tax_and_posts(run: TalentModel) -> None:
    month = month_index("2024-05")
    for name, family in (("tax", "sex"), ("contributions", "category"), ("contested_posts", "region")):
        parts = sum(run.outcomes.value(name, group, month) for group in GROUPS if group.startswith(f"{family}="))
        assert parts == pytest.approx(run.outcomes.value(name, "all", month)), name


def test_posts_are_contested_beyond_the_share_that_is_plentiful(run: TalentModel) -> None:
    month = run.month - 1
    kept: Outcomes = run.outcomes.copy()
    kept.purse.accounts = kept.purse.accounts.copy()
    kept.purse.accounts["plentiful_share"] = 0.0
    assert kept.value("contested_posts", "all", month) == kept.filled[month].sum()
    kept.purse.accounts["plentiful_share"] = 1e9
    assert kept.value("contested_posts", "all", month) == 0


def test_every_outcome_is_defined_for_everybody(run: TalentModel) -> None:
    month = run.month - 1
    # Ten years, as a year may hold no decision on permanent residence where a row stands for many people.
    undefined = [name for name in UNITS if not np.isfinite(run.outcomes.value(name, "all", month, months=120))]
    assert undefined == []


def test_shares_of_stay_fall_with_tenure_of_one_cohort(ten_years: TalentModel) -> None:
    shares = [ten_years.outcomes.value(f"stay_{n}y", "all", month_index("2009-12")) for n in (1, 3, 5)]
    assert all(0 < share < 1 for share in shares)
    assert shares[0] > shares[1]


@pytest.fixture(scope="module")
def pairs() -> Any:
    """Return one pair of runs of two reforms, kept by group and month."""
    question = Question(("stock",), ("all", *TRAITS), ("2029-12", "2030-12"))
    design = Design(replicates=1, scale=2_000, until="2030-12")
    cases = cases_of(["category-a-less-stringent", "flexible-social-insurance"], design.until)
    return question, cases, PairedRuns(design, question, cases)(5, lambda _: None)


def test_added_less_displaced_is_the_difference_of_the_stock_in_every_group(pairs: Any) -> None:
    question, cases, run = pairs
    for case in cases:
        for at, group in enumerate(question.groups):
            for date in question.dates:
                reached = run.groups[case.id][date][group]
                values = [at_date(side[case.id][0, at], date) for side in (run.baseline, run.reform)]
                assert reached.additional - reached.displaced == values[1] - values[0], (case.id, group, date)


def test_months_of_people_add_up_to_the_differences_of_every_month(pairs: Any) -> None:
    question, cases, run = pairs
    for case in cases:
        for at, group in enumerate(question.groups):
            reached = run.groups[case.id]["2030-12"][group]
            difference = run.reform[case.id][0, at] - run.baseline[case.id][0, at]
            assert reached.additional_months - reached.displaced_months == difference.sum()


def test_those_reached_are_added_displaced_in_china_or_abroad_either_way(pairs: Any) -> None:
    _, cases, run = pairs
    for case in cases:
        reached = run.persons[case.id]["2030-12"]
        parts = reached.additional + reached.displaced + reached.deadweight + reached.abroad
        assert reached.touched == parts > 0
        by_sex = [run.groups[case.id]["2030-12"][f"sex={sex}"].touched for sex in ("male", "female")]
        assert sum(by_sex) == reached.touched


def test_a_reform_that_costs_only_by_the_year_costs_the_same_in_every_run() -> None:
    design = Design(replicates=1, scale=20_000, until="2030-12")
    cases = cases_of(["passports-accepted"], design.until)
    runs = [PairedRuns(design, Question(dates=("2030-12",)), cases)(seed, lambda _: None) for seed in (1, 2)]
    first, second = (run.money["passports-accepted"]["2030-12"].public_cost for run in runs)
    # Four years from 2027 on: the set-up, and the running cost of which the first year rises evenly from a twelfth.
    cost = cases[0].scenario.cost
    assert first == second == pytest.approx(cost.set_up + cost.per_year * (3 + 6.5 / 12))


def test_a_branch_values_the_past_alike_and_only_its_own_future_costs(build: Build) -> None:
    design = Design(replicates=1, scale=20_000, until="2028-12")
    case = cases_of(["one-stop"], design.until)[0]
    trunk = start(case.baseline.resolve(design.until), design, 1)
    trunk.run_until("2026-12")
    branch = trunk.branch(case.scenario.resolve(design.until))
    branch.run_until("2028-12")
    at = [month_index(month) for month in ("2026-12", "2027-12")]
    assert [branch.outcomes.value("public_cost", "all", month) > 0 for month in at] == [False, True]
    assert trunk.outcomes.value("public_cost", "all", at[0]) == 0


def test_the_main_outcome_of_every_measure_is_defined_in_its_group(run: TalentModel) -> None:
    month = run.month - 1
    named = [scenarios.load(entry.id) for entry in scenarios.catalogue() if entry.measure is not None]
    asked = {scenario.id: (scenario.main_outcome, scenario.main_group) for scenario in named}
    undefined = [name for name, pair in asked.items() if not np.isfinite(run.outcomes.value(*pair, month, months=120))]
    assert undefined == []
    assert {scenario.measure for scenario in named} == set(range(1, 30))
