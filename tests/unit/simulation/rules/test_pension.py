"""Social insurance: the base, refunds, treaties, who can still reach a pension, and the schemes that would change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulation.names import ASSIGNEE, FEMALE, MALE, ORIGINS, REGIONS
from simulation.records import NEVER, Now
from simulation.rules import pension

Make = Callable[..., Any]
BEIJING = REGIONS.index("beijing")
GERMANY, UNITED_STATES = ORIGINS.index("germany"), ORIGINS.index("united-states")


def test_the_base_is_the_salary_within_60_and_300_percent_of_the_local_wage(now: Now) -> None:
    law, place = now.policy[BEIJING], now.places[BEIJING]
    wage = place.average_wage
    assert (law.base_floor, law.base_cap) == (0.6, 3.0)
    found = [pension.contribution_base(share * wage, place, law) / wage for share in (0.1, 0.6, 1.0, 3.0, 9.0)]
    assert found == pytest.approx([0.6, 0.6, 1.0, 3.0, 3.0])


def test_the_employee_pays_eight_percent_of_the_capped_base_into_the_pension(someone: Make, insured: Now) -> None:
    wage = insured.places[BEIJING].average_wage
    full = pension.employee_contributions(someone(), insured, BEIJING, 9.0 * wage, 1.0)
    without_pension = pension.employee_contributions(someone(), insured, BEIJING, 9.0 * wage, 0.0)
    assert full == pytest.approx(0.10 * 3.0 * wage)
    assert full - without_pension == pytest.approx(0.08 * 3.0 * wage)


def test_where_no_employer_enrols_nothing_is_paid_and_nothing_earned(someone: Make, insured: Now, under: Make) -> None:
    lax = under(insured, insurance_enforced_share=0.0)
    assert pension.employee_contributions(someone(), lax, BEIJING, 300_000.0, 1.0) == 0.0
    assert pension.net_of_insurance(someone(), lax, BEIJING, 300_000.0, 1.0) == 0.0
    assert pension.chosen_pension_share(someone(), lax, BEIJING, 300_000.0) == 0.0


def test_the_minimum_is_15_years_until_2029_and_rises_by_half_a_year_to_20(facts: Callable[..., Now]) -> None:
    years = {
        year: facts(f"{year}-12").policy[BEIJING].pension_years_min for year in (2011, 2029, 2030, 2031, 2039, 2040)
    }
    assert years == {2011: 15.0, 2029: 15.0, 2030: 15.5, 2031: 16.0, 2039: 20.0, 2040: 20.0}


@pytest.mark.parametrize("sex", [MALE, FEMALE])
def test_arrivals_older_than_the_retirement_age_less_15_years_cannot_qualify(
    sex: int, someone: Make, insured: Now
) -> None:
    law = insured.policy[BEIJING]
    limit = int(law.retirement_age[sex] * 12) - int(law.pension_years_min * 12)
    in_time = someone(sex=sex, birth_month=insured.month - limit)
    too_late = someone(sex=sex, birth_month=insured.month - limit - 1)
    assert pension.months_short(in_time, law, insured.month) == 0
    assert pension.months_short(too_late, law, insured.month) == 1
    assert pension.pension_prob(in_time, insured, BEIJING) > 0.0
    assert pension.pension_prob(too_late, insured, BEIJING) == 0.0


def test_years_already_paid_in_lower_what_is_missing(someone: Make, insured: Now) -> None:
    law = insured.policy[BEIJING]
    late = someone(age=55, contributed_months=60)
    left = int(law.retirement_age[0] * 12) - 55 * 12
    assert pension.months_short(late, law, insured.month) == 180 - 60 - left
    running = someone(age=55, contributed_months=40, contributing_month=insured.month - 20)
    assert pension.months_short(running, law, insured.month) == 180 - 60 - left


def test_top_up_years_fill_the_gap_and_let_people_qualify(someone: Make, insured: Now, under: Make) -> None:
    late = someone(age=50)
    short = pension.months_short(late, insured.policy[BEIJING], insured.month)
    topped = under(insured, top_up_years_max=5.0)
    assert pension.months_short(late, topped.policy[BEIJING], insured.month) == max(0, short - 60)
    ten_years = someone(age=63, contributed_months=120)
    assert pension.qualifies(ten_years, insured, BEIJING) == 0
    assert pension.qualifies(ten_years, topped, BEIJING) == 1
    assert pension.qualifies(someone(age=63, contributed_months=119), topped, BEIJING) == 0


def test_15_years_qualify_and_a_month_less_does_not(someone: Make, insured: Now) -> None:
    assert pension.qualifies(someone(contributed_months=180), insured, BEIJING) == 1
    assert pension.qualifies(someone(contributed_months=179), insured, BEIJING) == 0


def test_a_pension_in_proportion_has_no_cliff_but_needs_contributions(someone: Make, insured: Now, under: Make) -> None:
    fair = under(insured, proportional_pension=1.0)
    assert pension.qualifies(someone(contributed_months=1), fair, BEIJING) == 1
    assert pension.qualifies(someone(contributed_months=0), fair, BEIJING) == 0
    assert pension.pension_prob(someone(age=58), fair, BEIJING) == 1.0


def test_those_who_cannot_qualify_value_the_refund_of_their_own_account_alone(
    someone: Make, insured: Now, under: Make
) -> None:
    late, base = someone(age=58), 200_000.0
    worth = insured.behaviour.refund_value_share
    own = pension.pension_value_per_year(late, insured, BEIJING, base, 1.0)
    assert own == pytest.approx(worth * 0.08 * base)
    vested = under(insured, refund_pool_share=0.5)
    assert pension.pension_value_per_year(late, vested, BEIJING, base, 1.0) == pytest.approx(worth * 0.16 * base)
    assert pension.pension_value_per_year(late, insured, BEIJING, base, 0.0) == 0.0


def test_a_treaty_exempts_posted_workers_for_its_months(someone: Make, insured: Now) -> None:
    months = insured.origins[GERMANY].posted_exemption_months
    assert months == 60
    for stay, share in ((0, 0.0), (59, 0.0), (60, 1.0)):
        posted = someone(mode=ASSIGNEE, origin=GERMANY, entry_month=insured.month - stay, term_end=insured.month + 12)
        assert pension.pension_share_paid(posted, insured, BEIJING) == share
    local = someone(origin=GERMANY, entry_month=insured.month)
    american = someone(mode=ASSIGNEE, origin=UNITED_STATES, entry_month=insured.month, term_end=insured.month + 12)
    assert pension.pension_share_paid(local, insured, BEIJING) == 1.0
    assert pension.pension_share_paid(american, insured, BEIJING) == 1.0


def test_the_german_treaty_begins_in_april_2002(facts: Callable[..., Now]) -> None:
    months = [facts(month).origins[GERMANY].posted_exemption_months for month in ("2002-03", "2002-04")]
    assert months == [0.0, 60.0]


def test_the_short_term_scheme_is_open_early_in_a_stay_only(someone: Make, insured: Now, under: Make) -> None:
    open_law = under(insured, short_term_available=1.0, short_term_months_max=60.0).policy[BEIJING]
    for stay, is_open in ((0, 1), (59, 1), (60, 0)):
        person = someone(entry_month=insured.month - stay)
        assert pension.may_use_short_term(person, open_law, insured.month) == is_open
        assert pension.may_use_short_term(person, insured.policy[BEIJING], insured.month) == 0


@pytest.mark.parametrize("age", [25, 35, 45, 50, 58])
@pytest.mark.parametrize("salary_cny", [80_000.0, 300_000.0, 1_500_000.0])
def test_the_short_term_scheme_is_chosen_only_if_it_is_worth_more(
    age: int, salary_cny: float, someone: Make, insured: Now, under: Make
) -> None:
    offered = under(insured, short_term_available=1.0, short_term_pension_share=0.25)
    person = someone(age=age, entry_month=insured.month)
    share = pension.chosen_pension_share(person, offered, BEIJING, salary_cny)
    ordinary, reduced = (pension.net_of_insurance(person, offered, BEIJING, salary_cny, part) for part in (1.0, 0.25))
    assert share == (0.25 if reduced > ordinary else 1.0)
    assert pension.net_of_insurance(person, offered, BEIJING, salary_cny, share) == max(ordinary, reduced)
    assert ordinary == pension.net_of_insurance(person, insured, BEIJING, salary_cny, 1.0)


def test_those_who_cannot_reach_a_pension_leave_it_out_where_they_may(someone: Make, insured: Now, under: Make) -> None:
    offered = under(insured, short_term_available=1.0, short_term_pension_share=0.0)
    late = someone(age=58, entry_month=insured.month)
    assert pension.chosen_pension_share(late, insured, BEIJING, 300_000.0) == 1.0
    assert pension.chosen_pension_share(late, offered, BEIJING, 300_000.0) == 0.0


def test_totalisation_counts_years_of_work_at_home(someone: Make, insured: Now, under: Make) -> None:
    late = someone(age=55, experience=20)
    together = under(insured, totalisation=1.0)
    assert pension.months_short(late, insured.policy[BEIJING], insured.month) > 0
    assert pension.months_short(late, together.policy[BEIJING], insured.month) == 0
    assert pension.pension_prob(late, together, BEIJING) == 1.0


def test_a_pension_in_reach_is_worth_its_chance_and_the_refund_the_rest(someone: Make, insured: Now) -> None:
    behaviour, base = insured.behaviour, 100_000.0
    person = someone(age=59, contributed_months=200)
    refund = behaviour.refund_value_share * 0.08 * base
    later = behaviour.pension_accrual * base / (1.0 + behaviour.discount_rate)
    prob = behaviour.stay_prob_to_pension
    assert later > refund
    found = pension.pension_value_per_year(person, insured, BEIJING, base, 1.0)
    assert found == pytest.approx(prob * later + (1.0 - prob) * refund)
    assert pension.pension_value_per_year(person, insured, BEIJING, base, 0.5) == pytest.approx(found / 2.0)


def test_under_totalisation_years_abroad_fill_the_fifteen_of_those_who_paid_in(
    someone: Make, insured: Now, under: Make
) -> None:
    together = under(insured, totalisation=1.0)
    paid_in = [someone(age=60, experience=years, contributed_months=12) for years in (13, 14)]
    assert [pension.qualifies(person, together, BEIJING) for person in paid_in] == [0, 1]
    assert pension.qualifies(someone(age=60, experience=30), together, BEIJING) == 0


def test_under_totalisation_a_year_in_china_counts_once(someone: Make, insured: Now, under: Make) -> None:
    policy = under(insured, totalisation=1.0).policy[BEIJING]
    came = insured.month - 60
    person = someone(age=50, experience=15, entry_month=came, contributing_month=came)
    assert pension.months_counted(person, policy, insured.month) == 15 * 12


def test_what_insurance_is_worth_is_what_it_gives_less_what_it_takes(someone: Make, insured: Now) -> None:
    late = someone(age=58)
    salary_cny = insured.places[BEIJING].average_wage
    value = pension.pension_value_per_year(late, insured, BEIJING, salary_cny, 1.0)
    assert pension.net_of_insurance(late, insured, BEIJING, salary_cny, 1.0) == pytest.approx(value - 0.10 * salary_cny)
    saved = insured.behaviour.employer_saving_share * 0.16 * salary_cny
    assert pension.net_of_insurance(late, insured, BEIJING, salary_cny, 0.0) == pytest.approx(saved - 0.02 * salary_cny)


def test_the_last_date_to_start_paying_in_counts_years_that_can_be_bought_and_is_none_where_all_count(
    now: Now, someone: Make, under: Make
) -> None:
    person = someone(age=45, sex=MALE)
    law = under(now, pension_years_min=15.0, top_up_years_max=0.0).policy[BEIJING]
    usual = pension.feasibility_month(person, law)
    assert usual == pension.retirement_month(person, law) - 15 * 12
    bought = under(now, pension_years_min=15.0, top_up_years_max=5.0).policy[BEIJING]
    assert pension.feasibility_month(person, bought) == usual + 5 * 12
    for kind in ("proportional_pension", "totalisation"):
        assert pension.feasibility_month(person, under(now, **{kind: 1.0}).policy[BEIJING]) == NEVER
