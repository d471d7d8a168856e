"""Luck that policy cannot move, and decisions that never share a draw."""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from collections.abc import Callable
from itertools import accumulate
from typing import Any

import numpy as np
import pytest

import scenarios
from simulation import Given, TalentModel, draws, population
from simulation.draws import PURPOSES
from simulation.names import ON_A, ON_C
from simulation.plain import load_person, plain_record, plain_table
from simulation.records import NEVER, PERSON, PERSON_FIELDS
from simulation.rules import clocks

Build = Callable[..., TalentModel]
END = "2029-12"

NAMES = [name for name, *_ in PERSON_FIELDS]
TRAITS = NAMES[: NAMES.index("taste")]
"""What a person is: the fields before the first that the rules change."""


@pytest.fixture(scope="module")
def runs(build: Build, baseline: Given) -> tuple[TalentModel, TalentModel]:
    """Return the baseline, and a law under which every first permit and renewal takes a month longer."""
    slower = [
        {"path": f"administration.service_days.{desk}", "from": "2010-01", "add": 15} for desk in ("card", "notice")
    ]
    delayed = scenarios.with_changes(scenarios.load("baseline"), slower).resolve("2032-12")
    models = build(scale=1_500), build(delayed, scale=1_500)
    for model in models:
        model.run_until(END)
    return models


def candidate(seed: int, person: Any, count: int, rate: float, purpose: int, *, first: int) -> int:
    """Return the month of a person's ``count``-th candidate moment, from the clock alone: no law, no world."""
    gaps = (clocks.gap_months(seed, int(person.id), n, rate, purpose) for n in range(1, count))
    *_, last = accumulate(gaps, lambda month, gap: min(month + gap, NEVER), initial=first)
    return int(last)


def policy_free_clocks(person: Any, seed: int, behaviour: Any) -> dict[str, int]:
    """Return where a person's clocks stand after the ticks counted so far."""
    entered, who = int(person.pool_month), int(person.id)
    rates = {
        "attention": (clocks.candidate_rate(int(person.active), behaviour), draws.ATTENTION_GAP, -1),
        "review": (behaviour.review_rate, draws.REVIEW_GAP, 0),
        "job_loss": (behaviour.job_loss_rate, draws.JOB_LOSS_GAP, 0),
    }
    return {
        name: candidate(
            seed, person, int(getattr(person, f"{name}_count")), rate, purpose,
            first=clocks.later_month(entered, clocks.gap_months(seed, who, 0, rate, purpose) + shift),
        )
        for name, (rate, purpose, shift) in rates.items()
    }  # fmt: skip


def policy_free_taste(person: Any, seed: int, behaviour: Any) -> float:
    """Return the moving taste at the last January seen: an AR(1) on fixed knots."""
    keep = draws.exp(-12.0 / behaviour.taste_memory_months)
    value = draws.normal(seed, int(person.id), -1, draws.TASTE)
    for year in range(int(person.pool_month) // 12 + 1, int(person.taste_year) + 1):
        value = keep * value + math.sqrt(1.0 - keep * keep) * draws.normal(seed, int(person.id), year, draws.TASTE)
    return value


def moved_luck(model: TalentModel) -> list[tuple[int, str]]:
    """Return who holds a clock or a taste that their own luck does not give, and which."""
    behaviour, seed = plain_record(model.given.behaviour[0]), model.draw_seed
    found = []
    for row in range(model.people.n):
        person = load_person(model.people.persons, row)
        expected = policy_free_clocks(person, seed, behaviour)
        found += [(row, name) for name, month in expected.items() if getattr(person, f"{name}_month") != month]
        if policy_free_taste(person, seed, behaviour) != person.taste:
            found.append((row, "taste"))
    return found


def test_a_reform_that_delays_decisions_does_delay_them(runs: tuple[TalentModel, TalentModel]) -> None:
    first, slower = (model.people.persons for model in runs)
    both = (first["stays"] > 0) & (slower["stays"] > 0) & (first["status"] >= ON_A) & (first["status"] <= ON_C)
    assert (first["entry_month"][both] != slower["entry_month"][both]).sum() > 20
    assert (first["job_loss_count"] != slower["job_loss_count"]).any()


def test_nobodys_traits_family_or_parents_change_with_the_law(runs: tuple[TalentModel, TalentModel]) -> None:
    first, slower = (model.people.persons for model in runs)
    assert {"child_1", "parent_care_month", "theta", "term_months", "couple"} <= set(TRAITS)
    for name in TRAITS:
        assert np.array_equal(first[name], slower[name]), name


@pytest.mark.parametrize("which", [0, 1])
def test_every_clock_and_taste_is_the_persons_own_under_both_laws(
    which: int, runs: tuple[TalentModel, TalentModel]
) -> None:
    assert moved_luck(runs[which]) == []


def test_those_with_taste_of_the_same_january_hold_the_same_taste(runs: tuple[TalentModel, TalentModel]) -> None:
    first, slower = (model.people.persons for model in runs)
    same = first["taste_year"] == slower["taste_year"]
    assert same.sum() > same.size / 2
    assert np.array_equal(first["taste"][same], slower["taste"][same])


def test_moved_luck_would_be_found(build: Build) -> None:
    model = build(scale=30_000)
    model.run_until("2010-12")
    assert moved_luck(model) == []
    model.people.persons["review_month"][3] += 1
    model.people.persons["taste"][5] += 1e-12
    model.people.persons["attention_count"][7] += 1
    assert moved_luck(model) == [(3, "review"), (5, "taste"), (7, "attention")]


SAME_DECISION = {"draw_person": "first_month"}
"""Rules that look at one trait before and while a person is drawn."""


class Keys:
    """Who drew which key: the rule that asked, by purpose and key."""

    def __init__(self) -> None:
        self.asked: dict[tuple[int, ...], set[str]] = defaultdict(set)
        self.words = draws.words

    def __call__(self, seed: int, person: int, when: int, purpose: int, index: int = 0) -> tuple[int, int, int, int]:
        frame = sys._getframe(1)
        while frame.f_globals["__name__"] == "simulation.draws" and frame.f_back is not None:
            frame = frame.f_back
        rule = frame.f_code.co_name
        self.asked[purpose, seed, person, when, index].add(SAME_DECISION.get(rule, rule))
        return self.words(seed, person, when, purpose, index)

    def shared(self) -> list[tuple[tuple[int, ...], list[str]]]:
        return [(key, sorted(rules)) for key, rules in self.asked.items() if len(rules) > 1]


def test_no_two_decisions_share_a_draw(build: Build, reform: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    model = build(reform, scale=10_000, seed=3)
    model.run_until("2028-12")
    as_agents = model.branch(reform)
    as_agents.engine = "agents"
    keys = Keys()
    monkeypatch.setattr(draws, "words", keys)
    pool = population.pool_record(reform.pool).view(np.recarray)[0]
    origins, places = plain_table(reform.origins[0]), plain_table(reform.places[0])
    behaviour = plain_record(reform.behaviour[0])
    for who in (1, 50, model.people.n * 4, model.people.n * 5):
        population.first_month(who, 3, 10_000.0, pool, behaviour)
        person = load_person(np.zeros(1, PERSON), 0)
        population.draw_person(person, who, 10_000.0, pool, origins, places, behaviour, 3)
    for _ in range(36):
        as_agents.step()
    assert len(keys.asked) > 5_000
    assert keys.shared() == []
    drawn = {purpose for purpose, *_ in keys.asked}
    rarely = {"SPOUSE_SEARCH", "TERM_RETURN", "PR_DECISION", "SCHOOL_SEAT", "FIND_POST"}
    assert {PURPOSES[name] for name in rarely} <= drawn


def test_a_shared_draw_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def admit() -> float:
        return draws.uniform(1, 7, 12, draws.QUOTA)

    def refuse() -> bool:
        return draws.bernoulli(0.5, 1, 7, 12, draws.QUOTA)

    keys = Keys()
    monkeypatch.setattr(draws, "words", keys)
    admit()
    admit()
    assert keys.shared() == []
    refuse()
    assert keys.shared() == [((draws.QUOTA, 1, 7, 12, 0), ["admit", "refuse"])]
