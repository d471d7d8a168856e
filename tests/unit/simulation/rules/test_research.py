"""Research: who is touched, what opens a grant, what takes hours of work."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation.names import (
    ACADEMIC,
    ALONE,
    EDUCATION,
    ENGINEERING,
    FIELDS,
    MODES,
    ON_A,
    ON_B,
    ON_C,
    ON_PR,
    RESEARCH,
    SELF_INITIATED,
)
from simulation.records import Now
from simulation.rules import career, research, services, value

SHANGHAI = 0
OPEN = (1.0, 1.0, 1.0, 1.0)
CLOSED = (0.0, 0.0, 0.0, 0.0)
Make = Callable[..., Any]

# Levers of research, from what serves a researcher least to what serves best.
LEVERS: list[tuple[str, Any, Any]] = [
    ("eligibility", (0.6, 0.4, 0.1, 0.8), OPEN),
    ("grant_cny", 400_000.0, 800_000.0),
    ("english_applications", 0.3, 0.9),
    ("international_review", 0.1, 0.7),
    ("english_labs", 0.3, 0.7),
    ("administrative_hours", 40.0, 15.0),
]


def worth(person: Any, now: Now, status: int = ON_B) -> float:
    """Return the utility a year of living alone in Shanghai."""
    return float(value.utility_in_china(person, now, SHANGHAI, status, ALONE))


def test_the_expected_grant_is_the_formula_worked_by_hand(now: Now, someone: Make, under: Make) -> None:
    law = under(
        now, eligibility=(0.6, 0.4, 0.1, 0.8), grant_cny=4e5, english_applications=0.3, international_review=0.1
    )
    researcher = someone(field=RESEARCH, hsk_start=4)
    # Half of the applications can be written in Chinese at HSK 4, 0.3 of the other half in English.
    chance = 0.22 * (0.5 + 0.5 * 0.3) * (1 - 0.15 * 0.9)
    assert research.grant_prob(researcher, law, SHANGHAI) == pytest.approx(chance)
    for status, share in ((ON_A, 0.6), (ON_B, 0.4), (ON_C, 0.1), (ON_PR, 0.8)):
        assert research.expected_grant(researcher, law, SHANGHAI, status) == pytest.approx(share * chance * 4e5)
    gain = now.behaviour.research_weight * math.log(1 + 0.6 * chance * 4e5 / 3e5)
    assert research.funding_gain(researcher, law, SHANGHAI, ON_A) == pytest.approx(gain)


def test_hours_of_work_are_the_formula_worked_by_hand(now: Now, someone: Make, under: Make) -> None:
    law = under(now, administrative_hours=40.0, english_labs=0.3)
    share = research.share_of_hours_lost(someone(field=RESEARCH, hsk_start=4), law, SHANGHAI)
    assert share == pytest.approx((40 + 60 * 0.5 * 0.7) / services.WORKING_HOURS)


@pytest.mark.parametrize(("lever", "least", "most"), LEVERS)
def test_every_lever_serves_a_researcher_and_an_academic(
    lever: str, least: Any, most: Any, now: Now, someone: Make, under: Make
) -> None:
    for person in (someone(field=RESEARCH), someone(field=EDUCATION, mode=ACADEMIC)):
        assert worth(person, under(now, **{lever: most})) > worth(person, under(now, **{lever: least}))


@pytest.mark.parametrize(("lever", "least", "most"), LEVERS)
@given(field=st.integers(1, len(FIELDS) - 1), mode=st.integers(0, len(MODES) - 1), hsk=st.integers(0, 6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_nobody_outside_research_is_touched_by_any_lever_to_the_last_bit(
    lever: str, least: Any, most: Any, field: int, mode: int, hsk: int, now: Now, someone: Make, under: Make
) -> None:
    person = someone(field=field, mode=SELF_INITIATED if mode == ACADEMIC else mode, hsk_start=hsk)
    for status in (ON_A, ON_B, ON_C, ON_PR):
        assert worth(person, under(now, **{lever: most}), status) == worth(person, under(now, **{lever: least}), status)


def test_without_programmes_grants_language_and_review_are_worth_nothing(now: Now, someone: Make, under: Make) -> None:
    researcher = someone(field=RESEARCH)
    closed = worth(researcher, under(now, eligibility=CLOSED))
    for lever in ("grant_cny", "english_applications", "international_review"):
        richer = under(now, eligibility=CLOSED, **{lever: 1e6 if lever == "grant_cny" else 1.0})
        assert worth(researcher, richer) == closed
    assert research.funding_gain(researcher, under(now, eligibility=CLOSED), SHANGHAI, ON_A) == 0.0


def test_opening_to_category_a_alone_leaves_category_b_where_it_was(now: Now, someone: Make, under: Make) -> None:
    researcher = someone(field=RESEARCH)
    open_to_a = under(now, eligibility=(1.0, 0.4, 0.1, 0.8))
    before = under(now, eligibility=(0.6, 0.4, 0.1, 0.8))
    assert worth(researcher, open_to_a, ON_A) > worth(researcher, before, ON_A)
    assert worth(researcher, open_to_a, ON_B) == worth(researcher, before, ON_B)


def test_english_in_labs_and_forms_serves_those_without_chinese_more(now: Now, someone: Make, under: Make) -> None:
    for lever, least, most in LEVERS:
        if lever.startswith("english"):
            gains = [
                worth(person, under(now, **{lever: most})) - worth(person, under(now, **{lever: least}))
                for person in (someone(field=RESEARCH, hsk_start=0), someone(field=RESEARCH, hsk_start=6))
            ]
            assert gains[0] > 2 * gains[1] > 0


def test_a_resident_researcher_gets_what_residents_get(now: Now, someone: Make, under: Make) -> None:
    law = under(now, eligibility=(0.0, 0.0, 0.0, 1.0))
    for field, gets in ((RESEARCH, True), (ENGINEERING, False)):
        person = someone(field=field, entry_month=now.month - 24)
        held = value.offer(person, law, SHANGHAI, ON_B, 4e5)
        resident = value.offer_to_resident(person, law, SHANGHAI, ON_B, held)
        assert (resident.personal > held.personal) is gets
        direct = value.offer(person, law, SHANGHAI, ON_PR, 4e5).personal
        assert resident.personal == pytest.approx(direct)


def test_funds_fade_with_the_stay_as_all_gains_to_a_career_do(now: Now, someone: Make) -> None:
    researcher = someone(field=RESEARCH)
    fresh = career.career_gain(researcher, now, SHANGHAI, ON_A, 0)
    months = int(now.behaviour.career_fade_months)
    assert career.career_gain(researcher, now, SHANGHAI, ON_A, months) == pytest.approx(fresh / math.e)
