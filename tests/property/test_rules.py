"""What rules promise about anyone: lower bars lower nobody, larger shares take from nobody, more pay is more points."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulation.institutions import administration, labour, quotas, schools
from simulation.names import (
    ASSIGNEE,
    CATEGORY_A,
    CATEGORY_B,
    CATEGORY_B1,
    CATEGORY_C,
    DOCTORATE,
    NO_CATEGORY,
    ON_A,
    ON_B,
    ON_C,
    ON_PR,
    WITH_FAMILY,
)
from simulation.records import Now
from simulation.rules import (
    coming,
    family,
    filing,
    pension,
    permanent_residence,
    residing,
    services,
    tax,
    value,
    work_permit,
)

from .anyone import facing, regions, salaries, shares, under, who

RANKS = {NO_CATEGORY: 0, CATEGORY_C: 1, CATEGORY_B: 2, CATEGORY_B1: 3, CATEGORY_A: 4}

lanes = st.integers(0, 2)
sizes = st.one_of(st.just(0.0), st.floats(1.0, 1e5))
statuses = st.sampled_from([ON_A, ON_B, ON_C, ON_PR])


def category(person: Any, now: Now, region: int, salary_cny: float) -> int:
    points = work_permit.total_points(person, now, region, salary_cny, 12.0)
    return work_permit.category_of(person, points, salary_cny, now.places[region], now.policy[region], now.month)


@pytest.mark.parametrize(
    ("field", "strict", "easy"),
    [
        ("category_a_points_min", 85.0, 75.0), ("category_b_points_min", 60.0, 50.0),
        ("category_b1_points_min", 120.0, 70.0), ("category_a_pay_multiple", 6.0, 4.5),
        ("category_b_pay_multiple", 4.0, 3.0), ("pay_route_enforced_share", 1.0, 0.7),
        ("category_b_experience_years", 2.0, 1.0), ("category_b_age_max", 60.0, 65.0), ("mark_min", 80.0, 70.0),
        ("window_months", 12.0, 24.0), ("category_a_doctorate", 0.0, 1.0), ("local_bonus", 0.0, 5.0),
    ],
)  # fmt: skip
@given(number=who, region=regions, salary_cny=salaries)
def test_lowering_a_bar_lowers_nobody(
    field: str, strict: float, easy: float, people: Any, now: Now, number: int, region: int, salary_cny: float
) -> None:
    person = people(number)
    before = category(person, under(now, **{field: strict}), region, salary_cny)
    assert RANKS[category(person, under(now, **{field: easy}), region, salary_cny)] >= RANKS[before]


@given(number=who, region=regions, salary_cny=salaries, more=st.floats(0.0, 1e6), months=st.floats(0.0, 12.0))
def test_points_fall_for_no_rise_in_pay_schooling_chinese_or_distinction(
    people: Any, now: Now, number: int, region: int, salary_cny: float, more: float, months: float
) -> None:
    person = people(number)

    def points(pay: float) -> float:
        return float(work_permit.total_points(person, now, region, pay, months))

    before = points(salary_cny)
    assert 0.0 <= before <= 120.0
    assert points(salary_cny + more) >= before
    for name, step, most in (
        ("education", 1, DOCTORATE),
        ("hsk_start", 1, 6),
        ("patent", 1, 1),
        ("work_month", -60, None),
    ):
        at = getattr(person, name)
        setattr(person, name, at + step if most is None else min(at + step, most))
        assert points(salary_cny) >= before, name
        setattr(person, name, at)


@given(taxable=st.floats(-1e6, 5e6), more=st.floats(0.0, 1e6), region=regions)
def test_tax_rises_with_income_by_less_than_the_top_rate(now: Now, taxable: float, more: float, region: int) -> None:
    law = now.policy[region]
    first, second = tax.income_tax(taxable, law), tax.income_tax(taxable + more, law)
    assert 0.0 <= first <= second
    assert second - first <= 0.45 * more + 1e-6
    assert first <= max(0.0, taxable) * law.effective_rate_max + 1e-6


@given(number=who, region=regions, salary_cny=salaries, more=st.floats(0.0, 1e6), paid=shares)
def test_contributions_rise_with_pay_to_a_cap(
    people: Any, now: Now, number: int, region: int, salary_cny: float, more: float, paid: float
) -> None:
    person = people(number)
    first = pension.employee_contributions(person, now, region, salary_cny, paid)
    second = pension.employee_contributions(person, now, region, salary_cny + more, paid)
    assert 0.0 <= first <= second
    assert second <= 3.0 * now.places[region].average_wage * 0.2


@given(number=who, region=regions, salary_cny=salaries, part=shares)
def test_the_short_term_scheme_makes_insurance_worth_less_to_nobody(
    people: Any, now: Now, number: int, region: int, salary_cny: float, part: float
) -> None:
    person = people(number)
    offered = under(now, short_term_available=1.0, short_term_pension_share=part)
    without = pension.chosen_pension_share(person, now, region, salary_cny)
    chosen = pension.chosen_pension_share(person, offered, region, salary_cny)
    assert pension.net_of_insurance(person, offered, region, salary_cny, chosen) >= pension.net_of_insurance(
        person, now, region, salary_cny, without
    )


@pytest.mark.parametrize(
    "generous",
    [{"top_up_years_max": 5.0}, {"proportional_pension": 1.0}, {"totalisation": 1.0}, {"refund_pool_share": 0.5}],
)
@given(number=who, region=regions, base_cny=salaries)
def test_a_kinder_pension_is_worth_less_to_nobody(
    generous: dict[str, float], people: Any, now: Now, number: int, region: int, base_cny: float
) -> None:
    person = people(number)
    before = pension.pension_value_per_year(person, now, region, base_cny, 1.0)
    kinder = under(now, **generous)
    assert pension.pension_value_per_year(person, kinder, region, base_cny, 1.0) >= before
    assert pension.qualifies(person, kinder, region) >= pension.qualifies(person, now, region)


@given(number=who, region=regions, few=shares, more=shares)
def test_a_larger_share_takes_from_nobody_who_was_served(
    people: Any, now: Now, number: int, region: int, few: float, more: float
) -> None:
    few, more = sorted((few, more))
    person = people(number)
    person.region = region
    n_fields = len(now.public[0].match_share)
    tight = facing(now, seat_share=(few,) * 3, resident_share=few, match_share=(few,) * n_fields)
    loose = facing(now, seat_share=(more,) * 3, resident_share=more, match_share=(more,) * n_fields)
    for tier in range(3):
        assert family.has_seat(person, loose, region, tier, ON_B) >= family.has_seat(person, tight, region, tier, ON_B)
    assert coming.is_offered_post(person, loose) >= coming.is_offered_post(person, tight)
    assert residing.is_granted(person, loose) >= residing.is_granted(person, tight)
    strict, kind = (under(now, employment_route_open_share=share, parallel_share=share) for share in (few, more))
    assert permanent_residence.holds_qualifying_post(person, kind, region) >= (
        permanent_residence.holds_qualifying_post(person, strict, region)
    )
    assert filing.is_handled_in_parallel(person, kind, region) >= filing.is_handled_in_parallel(person, strict, region)
    assert coming.is_refused(person, under(now, refusal_prob=more), region, 3) >= (
        coming.is_refused(person, under(now, refusal_prob=few), region, 3)
    )


@given(number=who)
def test_employers_place_their_own_assignees_without_a_search(people: Any, now: Now, number: int) -> None:
    person = people(number)
    person.mode = ASSIGNEE
    assert coming.is_offered_post(person, facing(now, match_share=(0.0,) * 8)) == 1


@given(number=who, region=regions, lane=lanes, ordinal=st.integers(0, 9), more=st.floats(0.0, 30.0))
def test_a_case_takes_longer_where_queues_or_returns_grow_and_no_longer_side_by_side(
    people: Any, now: Now, number: int, region: int, lane: int, ordinal: int, more: float
) -> None:
    person = people(number)

    def days(facts: Now) -> float:
        return float(filing.size(filing.entry_case_days(person, facts, region, lane, ordinal)))

    here = now.public[region]
    in_turn = under(now, parallel_share=0.0)
    usual = days(in_turn)
    longer = tuple(queue + more for queue in here.queue_days)
    assert days(facing(in_turn, queue_days=longer, priority_days=longer)) >= usual
    assert days(facing(in_turn, sent_back_prob=tuple(min(1.0, prob * 2) for prob in here.sent_back_prob))) >= usual
    assert days(under(now, parallel_share=1.0)) <= usual
    assert days(under(in_turn, time_limit_days=5.0)) <= usual
    assert usual >= 0.0


@given(number=who, region=regions, status=statuses)
def test_better_services_lose_nobody_hours_and_lost_hours_are_worth_utility(
    people: Any, now: Now, number: int, region: int, status: int
) -> None:
    person = people(number)
    before = services.loss_share(person, now, region, status, 10.0)
    assert 0.0 <= before <= now.behaviour.loss_max
    utility = value.utility_in_china(person, now, region, status, 0)
    for changes in ({"english": (1.0,) * 5}, {"passport": (1.0,) * 5, "card_of_residents": (1.0,) * 5}):
        better = under(now, **changes)
        assert services.loss_share(person, better, region, status, 10.0) <= before
        assert value.utility_in_china(person, better, region, status, 0) >= utility
    crowded = facing(now, service_share=(0.5,) * 5)
    assert services.loss_share(person, crowded, region, status, 10.0) >= before or before == now.behaviour.loss_max


@given(number=who, region=regions, status=statuses)
def test_school_seats_and_a_spouses_right_to_work_are_worth_less_to_nobody(
    people: Any, now: Now, number: int, region: int, status: int
) -> None:
    person = people(number)
    assume(person.couple == 1)
    utility = [
        value.utility_in_china(person, facing(now, seat_share=(share,) * 3), region, status, WITH_FAMILY)
        for share in (0.0, 1.0)
    ]
    assert utility[0] <= utility[1]
    barred = under(now, permit_spouse_may_work=(0.0,) * 3, resident_spouse_may_work=0.0)
    free = under(now, permit_spouse_may_work=(1.0,) * 3, resident_spouse_may_work=1.0)
    gain = [value.utility_in_china(person, law, region, status, WITH_FAMILY) for law in (barred, free)]
    assert gain[0] <= gain[1]


@given(number=who, region=regions, few=shares, more=shares, status=st.sampled_from([ON_B, ON_C]))
def test_the_chance_of_a_residence_worth_having_makes_staying_worth_more(
    people: Any, now: Now, number: int, region: int, few: float, more: float, status: int
) -> None:
    few, more = sorted((few, more))
    person = people(number)
    as_resident = value.utility_in_china(person, now, region, ON_PR, 0)
    assume(as_resident >= value.utility_in_china(person, now, region, status, 0))
    held = value.offer(person, now, region, status, 400_000.0)
    gains = [
        value.gain_of_china(person, facing(now, resident_share=share), region, status, 0, 0, held, as_resident - 0.5)
        for share in (few, more)
    ]
    assert gains[0] <= gains[1] + 1e-9


@given(rate=st.floats(0.0, 0.9), years=st.floats(1.0, 20.0), more=st.floats(0.0, 10.0), discount=st.floats(0.5, 0.99))
def test_an_annuity_grows_with_its_years_and_shrinks_with_its_risk(
    rate: float, years: float, more: float, discount: float
) -> None:
    worth = value.annuity(rate, years, discount)
    assert 0.0 <= worth <= value.annuity(rate, years + more, discount) + 1e-9
    assert worth <= value.annuity(0.0, years, discount) + 1e-9
    assert value.annuity(rate, 1.0, discount) == pytest.approx(1.0)


@given(load=st.floats(0.0, 1.2), more=st.floats(0.0, 0.5), servers=st.floats(1.0, 40.0), days=st.floats(0.0, 30.0))
def test_queues_grow_with_the_load_and_shrink_with_the_desks(
    load: float, more: float, servers: float, days: float
) -> None:
    queue = administration.mean_queue(load, servers, days)
    assert 0.0 <= queue <= administration.mean_queue(load + more, servers, days) + 1e-12
    assert administration.mean_queue(load, servers + 1.0, days) <= queue + 1e-12


@given(cases=st.floats(0.0, 1e5), more=st.floats(0.0, 1e5), size=sizes)
def test_shares_served_are_shares_and_fall_with_demand(cases: float, more: float, size: float) -> None:
    quota = quotas.served_share(size, cases)
    match = labour.match_share(cases, size, 0.3)
    seats = schools.service_share(1.0 + size, 1.0 + cases, 0.7)
    assert all(0.0 <= share <= 1.0 for share in (quota, match, seats))
    assert quotas.served_share(size, cases + more) <= quota
    assert labour.match_share(cases + more, size, 0.3) <= match + 1e-9
    assert schools.service_share(1.0 + size, 1.0 + cases + more, 0.7) <= seats + 1e-12
    assert quota * 12.0 * cases <= size * (1.0 + 1e-12)
    assert match * cases <= size * (1.0 + 1e-12)
