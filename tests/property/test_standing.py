"""Where people stand at the end of a month: one state each, and dates that fit it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from simulation import Given, TalentModel
from simulation.names import (
    ABROAD,
    ALONE,
    APPLYING,
    CATEGORY_A,
    CATEGORY_C,
    CONSIDERING,
    LEFT,
    NO_TICKET,
    ON_A,
    ON_B,
    ON_C,
    ON_K,
    ON_PR,
    ON_R,
    OUT,
    RETIRED,
    SEEKING,
    STUDENT,
    TICKET_RENEWAL,
)
from simulation.records import NEVER, month_index

HERE = (ON_A, ON_B, ON_C, ON_R, ON_K, SEEKING, ON_PR, RETIRED)
MONTHS = ("2003-05", "2012-01", "2020-02", "2024-09", "2032-12")


@pytest.fixture(scope="module", params=["baseline", "reform"])
def months(request: pytest.FixtureRequest, build: Callable[..., TalentModel]) -> list[tuple[int, Any, Any]]:
    """Return month, rows and wake at the ends of some months, in the law as it stands and in a reform."""
    law: Given = request.getfixturevalue(request.param)
    model = build(law, scale=1_500, seed=7)
    kept = []
    for month in MONTHS:
        model.run_until(month)
        kept.append((month_index(month), model.people.persons.copy(), model.people.wake.copy()))
    return kept


def test_the_stock_is_those_whose_status_is_one_of_china(months: list[tuple[int, Any, Any]]) -> None:
    for _, persons, _ in months:
        here = np.isin(persons["status"], HERE)
        assert np.array_equal(here, persons["is_counted"] == 1)
        assert np.array_equal(here, persons["entry_month"] != NEVER)
        assert set(persons["status"][~here].tolist()) <= {ABROAD, CONSIDERING, APPLYING, STUDENT, LEFT, OUT}


def test_nobody_sleeps_through_a_month_of_theirs(months: list[tuple[int, Any, Any]]) -> None:
    for month, persons, wake in months:
        assert (wake > month).all()
        for name in ("ticket_month", "pr_month"):
            due = persons[name] != NEVER
            assert (persons[name][due] > month).all(), name
            assert (wake[due] <= persons[name][due]).all(), name
        assert (wake[persons["status"] == OUT] == NEVER).all()
        working = (persons["status"] >= ON_A) & (persons["status"] <= ON_C)
        assert (wake[working] <= np.maximum(persons["job_loss_month"], month + 1)[working]).all()


def test_those_who_work_hold_a_permit_that_runs_or_a_renewal_under_way(months: list[tuple[int, Any, Any]]) -> None:
    for month, persons, _ in months:
        works = np.isin(persons["status"], (ON_A, ON_B, ON_C))
        renewing = persons["ticket"] == TICKET_RENEWAL
        assert (works & ~renewing & (persons["permit_until"] < month)).sum() == 0
        assert (renewing & ~works).sum() == 0
        assert np.array_equal(persons["ticket"] == NO_TICKET, persons["ticket_month"] == NEVER)
        fits = {ON_A: (CATEGORY_A, CATEGORY_A), ON_C: (CATEGORY_C, CATEGORY_C), ON_B: (CATEGORY_A + 1, CATEGORY_C - 1)}
        for status, (low, high) in fits.items():
            held = persons["category"][persons["status"] == status]
            assert ((held >= low) & (held <= high)).all()


def test_only_people_with_posts_contribute_and_nobody_abroad_keeps_dates_of_a_stay(
    months: list[tuple[int, Any, Any]],
) -> None:
    for _, persons, _ in months:
        paying = persons["contributing_month"] != NEVER
        assert np.isin(persons["status"][paying], (ON_A, ON_B, ON_C, ON_PR)).all()
        gone = persons["status"] == LEFT
        for name in ("permit_until", "grace_until", "resident_month", "pr_month", "term_end", "spouse_from_month"):
            assert (persons[name][gone] == NEVER).all(), name
        assert (persons["left_month"][gone] != NEVER).all()


def test_only_spouses_who_are_here_work_here(months: list[tuple[int, Any, Any]]) -> None:
    for _, persons, _ in months:
        working = persons["spouse_works"] == 1
        assert (persons["couple"][working] == 1).all()
        assert (persons["is_counted"][working] == 1).all()
        assert (persons["family_mode"][working] != ALONE).all()


def test_counters_never_count_backwards_or_past_what_happened(months: list[tuple[int, Any, Any]]) -> None:
    counters = ("applications", "renewals", "stays", "attention_count", "review_count", "job_loss_count")
    before: Any = None
    for _, persons, _ in months:
        if before is not None:
            for name in counters:
                assert (persons[name] >= before[name]).all(), name
        # Residents come back on their card without an application.
        no_card = persons["card_until"] == 0
        assert (persons["stays"] <= persons["applications"] + 1)[no_card].all()
        assert (persons["past_months"] >= 0).all()
        assert (persons["contributed_months"] >= 0).all()
        before = persons


def test_those_who_look_for_a_post_have_grace_left_and_everybody_is_younger_than_the_last_age(
    months: list[tuple[int, Any, Any]],
) -> None:
    for month, persons, _ in months:
        looking = np.isin(persons["status"], (SEEKING, ON_K))
        assert (persons["grace_until"][looking] > month).all()
        age = (month - persons["birth_month"]) / 12
        assert age[persons["is_counted"] == 1].max() < 78.1
