"""The routes to permanent residence, one by one, as sentences of the law."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulation.names import (
    BACHELOR,
    DOCTORATE,
    ENGINEERING,
    ENTREPRENEUR,
    FILE_IN_LINE,
    FILE_UNDER_REVIEW,
    MANUFACTURING,
    ON_A,
    ON_B,
    ON_R,
    PR_REVIEW,
    REGIONS,
)
from simulation.records import NEVER, Now
from simulation.rules import permanent_residence
from simulation.rules.residence_credit import NO_ROUTE

Make = Callable[..., Any]
SHANGHAI = REGIONS.index("shanghai")


@pytest.fixture
def shut(now: Now, under: Make) -> Now:
    """Return a law under which every route but marriage and special contribution is shut."""
    return under(
        now, employment_route_open_share=0.0, salary_route_available=0.0, heritage_route_available=0.0,
        investment_route_open_share=0.0, talent_route_open_share=0.0,
    )  # fmt: skip


def needed(person: Any, now: Now, multiple: float = 1.0, status: int = ON_B) -> float:
    """Return the years asked of a person whose pay is a multiple of the local average wage."""
    pay = multiple * now.places[SHANGHAI].average_wage
    return float(permanent_residence.years_needed(person, now, SHANGHAI, status, pay))


def test_an_ordinary_post_at_ordinary_pay_leads_nowhere(someone: Make, shut: Now) -> None:
    assert needed(someone(), shut, 2.0) == NO_ROUTE
    assert permanent_residence.years_left(someone(), shut, SHANGHAI, ON_B, 300_000.0) == NO_ROUTE


def test_a_qualifying_post_asks_four_years(someone: Make, shut: Now, under: Make) -> None:
    assert needed(someone(), under(shut, employment_route_open_share=1.0)) == 4.0


def test_six_times_the_local_wage_with_a_fifth_paid_in_tax_asks_four_years(
    someone: Make, shut: Now, under: Make
) -> None:
    paid = under(shut, salary_route_available=1.0)
    assert needed(someone(), paid, 20.0) == 4.0
    assert needed(someone(), paid, 5.9) == NO_ROUTE
    assert needed(someone(), under(paid, salary_route_tax_share=0.45), 20.0) == NO_ROUTE


def test_marriage_to_a_citizen_asks_five_years_of_residence(someone: Make, shut: Now) -> None:
    for lived, left in ((0, 5.0), (30, 2.5), (60, 0.0), (90, 0.0)):
        kin = someone(
            couple=1, chinese_spouse=1, status=ON_B, entry_month=shut.month - lived, resident_month=shut.month - lived
        )
        assert permanent_residence.years_left(kin, shut, SHANGHAI, ON_B, 300_000.0) == left


def test_special_contribution_asks_neither_post_nor_residence_but_a_recommendation(
    someone: Make, shut: Now, under: Make
) -> None:
    all_of_them = under(shut, talent_route_open_share=1.0)
    assert needed(someone(talent_plan=1), all_of_them, status=ON_R) == 0.0
    assert needed(someone(), all_of_them) == NO_ROUTE
    assert needed(someone(talent_plan=1), shut) == NO_ROUTE


def test_a_large_investment_asks_three_years_and_is_made_by_entrepreneurs(
    someone: Make, shut: Now, under: Make
) -> None:
    rich = under(shut, investment_route_open_share=1.0)
    assert needed(someone(mode=ENTREPRENEUR), rich) == 3.0
    assert needed(someone(), rich) == NO_ROUTE
    assert needed(someone(mode=ENTREPRENEUR), shut) == NO_ROUTE


def test_people_of_chinese_descent_file_with_a_doctorate_or_after_four_years_in_a_key_area(
    someone: Make, shut: Now, under: Make
) -> None:
    law = under(shut, heritage_route_available=1.0, heritage_route_area_share=0.0)
    assert needed(someone(ethnic_chinese=1, education=DOCTORATE), law) == 0.0
    assert needed(someone(education=DOCTORATE), law) == NO_ROUTE
    assert needed(someone(ethnic_chinese=1), law) == NO_ROUTE
    assert needed(someone(ethnic_chinese=1), under(law, heritage_route_area_share=1.0)) == 4.0


def test_the_draft_of_2020_opens_three_more_routes(someone: Make, shut: Now, under: Make) -> None:
    doctor, graduate = someone(education=DOCTORATE), someone(top_university=1)
    engineer = someone(field=ENGINEERING, education=BACHELOR)
    assert [needed(person, shut, 4.5) for person in (doctor, graduate, engineer)] == [NO_ROUTE] * 3
    draft = under(shut, degree_route_available=1.0, key_field_route_available=1.0, long_stay_route_available=1.0)
    assert [needed(person, draft, 1.0) for person in (doctor, graduate)] == [3.0, 3.0]
    assert [needed(engineer, draft, multiple) for multiple in (4.0, 3.9, 2.9)] == [3.0, 8.0, NO_ROUTE]
    assert needed(someone(field=MANUFACTURING), draft, 4.0) == 8.0


def test_visitors_on_an_r_visa_are_not_present_enough_for_routes_that_ask_for_months(
    someone: Make, now: Now, under: Make
) -> None:
    months = permanent_residence.presence_months(now, SHANGHAI, ON_R)
    assert 0.0 < months < 6.0
    kin = someone(couple=1, chinese_spouse=1)
    everything = under(now, employment_route_open_share=1.0, degree_route_available=1.0, long_stay_route_available=1.0)
    rich = someone(chinese_spouse=1, couple=1, ethnic_chinese=1, education=DOCTORATE, top_university=1)
    assert needed(rich, everything, 20.0, ON_A) == 0.0
    assert needed(rich, everything, 20.0, ON_R) == NO_ROUTE
    assert needed(kin, under(now, kin_route_presence_months=months), status=ON_R) == 5.0


def test_the_shortest_open_route_counts(someone: Make, shut: Now, under: Make) -> None:
    law = under(shut, employment_route_open_share=1.0, degree_route_available=1.0)
    assert needed(someone(couple=1, chinese_spouse=1, education=DOCTORATE), law) == 3.0


def test_the_wait_for_a_decision_is_the_review_and_the_line_behind_it(someone: Make, now: Now, under: Make) -> None:
    person = someone(status=ON_B, entry_month=now.month - 90, resident_month=now.month - 90, chinese_spouse=1, couple=1)
    review = now.policy[SHANGHAI].service_days[PR_REVIEW] * 1.4 / 365.0
    long = now._replace(public=tuple(public._replace(residence_queue_months=24.0) for public in now.public))
    assert permanent_residence.decision_years(person, now, SHANGHAI) == pytest.approx(review)
    assert permanent_residence.decision_years(person, long, SHANGHAI) == pytest.approx(review + 2.0)
    person.pr_stage, person.pr_month = FILE_UNDER_REVIEW, now.month + 3
    assert permanent_residence.decision_years(person, long, SHANGHAI) == pytest.approx(2.25)
    person.pr_stage = FILE_IN_LINE
    assert permanent_residence.decision_years(person, long, SHANGHAI) == pytest.approx(2.0)


def test_those_who_would_not_apply_do_once_all_are_invited(someone: Make, now: Now, under: Make) -> None:
    people = [someone(id=number) for number in range(1, 400)]
    alone = [permanent_residence.would_apply(person, now, SHANGHAI) for person in people]
    assert 0.6 < sum(alone) / len(alone) < 0.8
    invited = under(now, automatic_invitation=1.0)
    assert all(permanent_residence.would_apply(person, invited, SHANGHAI) for person in people)


def test_a_card_is_held_abroad_until_its_month_and_by_nobody_without_one(someone: Make, now: Now) -> None:
    assert permanent_residence.holds_card(someone(card_until=now.month + 1), now) == 1
    assert permanent_residence.holds_card(someone(card_until=now.month), now) == 0
    assert permanent_residence.holds_card(someone(), now._replace(month=0)) == 0
    assert permanent_residence.holds_card(someone(card_until=NEVER, entry_month=now.month), now) == 0
