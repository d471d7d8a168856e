"""Clocks, attention, families, residence and the month that calls them: one person at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulation import draws
from simulation.model import new_tally
from simulation.names import (
    ABROAD,
    ALONE,
    ASSIGNEE,
    CATEGORY_B,
    CONSIDERING,
    LEFT,
    NO_SCHOOL,
    NO_TICKET,
    ON_B,
    ON_C,
    ON_PR,
    OUT,
    REGIONS,
    SEEKING,
    TICKET_RENEWAL,
    TIER_INTERNATIONAL,
    TIER_PUBLIC,
    TIER_SECTION,
    WITH_FAMILY,
)
from simulation.records import NEVER, Now
from simulation.rules import (
    accounts,
    attention,
    career,
    clocks,
    family,
    filing,
    life,
    services,
    staying,
    tally,
    value,
    visas,
)

Make = Callable[..., Any]
SHANGHAI = REGIONS.index("shanghai")


@pytest.fixture
def settled(someone: Make, now: Now) -> Any:
    """Return someone of 35 on a Category B permit for three years, who would not dream of leaving."""
    return someone(
        status=ON_B, category=CATEGORY_B, is_counted=1, experience=8, theta=50.0, stays=1,
        entry_month=now.month - 36, resident_month=now.month - 36,
        permit_until=now.month + 6, review_month=NEVER, job_loss_month=NEVER, age_band=1, taste_year=now.month // 12,
    )  # fmt: skip


def live(person: Any, now: Now) -> tuple[int, tally.Tally]:
    counts = new_tally(500)
    return life.live(person, now, counts), counts


def test_a_clock_moves_past_the_month_and_counts_its_ticks(someone: Make, now: Now) -> None:
    person = someone(job_loss_month=now.month - 400, job_loss_count=1)
    clocks.advance_job_loss(person, now)
    assert person.job_loss_month > now.month
    at = now.month - 400
    for count in range(1, person.job_loss_count):
        assert at <= now.month
        at += clocks.gap_months(now.seed, person.id, count, now.behaviour.job_loss_rate, draws.JOB_LOSS_GAP)
    assert at == person.job_loss_month


def test_gaps_are_at_least_a_month_and_never_overflow() -> None:
    gaps = [clocks.gap_months(1, who, 0, rate, draws.REVIEW_GAP) for who in range(200) for rate in (1e-9, 0.5, 500.0)]
    assert min(gaps) == 1
    assert max(gaps) == 6001
    assert clocks.later_month(31_990, 6001) == NEVER


def test_a_gap_is_the_person_s_exponential_luck_over_the_rate(now: Now) -> None:
    luck = draws.exponential(1, 9, 4, draws.REVIEW_GAP)
    assert clocks.gap_months(1, 9, 4, 0.5, draws.REVIEW_GAP) == 1 + int(luck * 24.0)
    behaviour = now.behaviour
    rates = [clocks.candidate_rate(active, behaviour) / behaviour.attention_bound for active in (1, 0)]
    assert rates == pytest.approx([behaviour.attention_rate, behaviour.passive_rate])


def test_readiness_to_move_falls_from_32_to_a_tenth_at_60() -> None:
    assert [attention.age_factor(age) for age in (20.0, 32.0, 46.0, 60.0, 80.0)] == pytest.approx(
        [1, 1, 0.55, 0.1, 0.1]
    )


def test_taste_is_stepped_knot_by_knot_whenever_it_is_looked_at(someone: Make, now: Now) -> None:
    often, seldom = (someone(taste=0.3, taste_year=5) for _ in range(2))
    for year in range(6, 25):
        attention.step_taste(often, now._replace(month=12 * year + 7))
    attention.step_taste(seldom, now._replace(month=12 * 24))
    assert (often.taste, often.taste_year) == (seldom.taste, seldom.taste_year) == (often.taste, 24)


def test_dependants_of_permit_holders_may_not_work_and_those_of_residents_may(someone: Make, now: Now) -> None:
    law = now.policy[SHANGHAI]
    assert family.spouse_may_work(someone(), ON_B, law) == 0
    assert family.spouse_may_work(someone(), ON_PR, law) == 1
    assert family.spouse_may_work(someone(chinese_spouse=1), ON_B, law) == 1


def test_a_family_without_seats_has_no_school_and_descent_makes_public_schools_easier(someone: Make, now: Now) -> None:
    child = now.month - 100
    parent = someone(child_1=child)
    full = now._replace(public=tuple(public._replace(seat_share=(0.0,) * 3) for public in now.public))
    assert family.best_tier(parent, full, SHANGHAI, 500_000.0, ON_B) == NO_SCHOOL
    assert family.best_tier(someone(), now, SHANGHAI, 500_000.0, ON_B) == NO_SCHOOL
    assert family.best_tier(parent, now, SHANGHAI, 5_000_000.0, ON_B) == TIER_SECTION
    public_school = [family.school_utility(someone(ethnic_chinese=flag), now, TIER_PUBLIC) for flag in (0, 1)]
    assert public_school[0] < public_school[1] < 0.0


def test_employers_pay_the_school_of_assignees(someone: Make, now: Now) -> None:
    child = now.month - 100
    assert family.school_fee(someone(child_1=child), now, SHANGHAI, TIER_INTERNATIONAL) > 0.0
    assert family.school_fee(someone(child_1=child, mode=ASSIGNEE), now, SHANGHAI, TIER_INTERNATIONAL) == 0.0


def test_language_opens_half_of_life_at_hsk_4() -> None:
    assert services.language_share(4) == pytest.approx(0.5)
    assert services.language_share(0) < 0.02
    assert services.language_share(6) > 0.88


def test_a_month_of_waiting_is_at_least_one_and_renewals_share_no_draw_with_entries(someone: Make, now: Now) -> None:
    person = someone()
    assert filing.months_of(person, now, 0.0, 0) == 1
    assert filing.months_of(person, now, 1e9, 0) == 600
    entries = [filing.entry_case_days(person, now, SHANGHAI, 1, ordinal) for ordinal in range(3)]
    assert len(set(entries)) == 3
    assert all(filing.patience_days(person, now, ordinal) >= filing.DAYS_PER_MONTH for ordinal in range(9))


def test_the_young_with_a_science_degree_may_take_a_k_visa_once_there_is_one(
    someone: Make, now: Now, under: Make
) -> None:
    open_law = under(now, k_visa_available=1.0, k_visa_age_max=45.0)
    engineer = {"field": 1, "education": 2}
    assert visas.may_take_k(someone(age=30, **engineer), open_law, SHANGHAI) == 1
    assert visas.may_take_k(someone(age=30, **engineer), now, SHANGHAI) == 0
    assert visas.may_take_k(someone(age=45, **engineer), open_law, SHANGHAI) == 0
    assert visas.may_take_k(someone(age=30, field=3, education=2), open_law, SHANGHAI) == 0
    assert visas.may_take_k(someone(age=30, field=1, education=0), open_law, SHANGHAI) == 0


def test_assignees_lose_the_package_when_the_assignment_ends(someone: Make, now: Now) -> None:
    running = someone(mode=ASSIGNEE, entry_month=now.month - 10, term_end=now.month + 1)
    ended = someone(mode=ASSIGNEE, entry_month=now.month - 10, term_end=now.month)
    package = now.behaviour.mode_pay[ASSIGNEE] - now.behaviour.mode_pay[0]
    ratio = career.salary(running, now, SHANGHAI) / career.salary(ended, now, SHANGHAI)
    assert draws.log(ratio) == pytest.approx(package)


def test_a_quiet_month_changes_nothing_and_the_next_date_is_the_renewal(settled: Any, now: Now) -> None:
    accounts.update(settled, now)
    before = {name: getattr(settled, name) for name in type(settled).__slots__}
    wake, counts = live(settled, now)
    assert {name: getattr(settled, name) for name in before} == before
    assert not any(part.any() for part in counts)
    assert wake == settled.permit_until - staying.RENEWAL_LEAD_MONTHS


def test_a_renewal_is_filed_three_months_ahead(settled: Any, now: Now) -> None:
    settled.permit_until = now.month + staying.RENEWAL_LEAD_MONTHS
    wake, counts = live(settled, now)
    assert settled.ticket == TICKET_RENEWAL
    assert settled.ticket_month > now.month
    assert wake <= settled.ticket_month
    assert counts.filed[settled.region, tally.LOAD_RENEWAL] == settled.weight


def test_a_renewal_granted_gives_a_new_permit_and_the_same_stay(settled: Any, now: Now, under: Make) -> None:
    settled.ticket, settled.ticket_month = TICKET_RENEWAL, now.month
    _, counts = live(settled, under(now, refusal_prob=0.0, interpretation_dispersion=0.0))
    assert (settled.status, settled.ticket, settled.renewals) == (ON_B, NO_TICKET, 1)
    assert settled.permit_until == now.month + 12
    assert settled.entry_month == now.month - 36
    assert counts.events[tally.PERMITS_ISSUED, 0] == settled.weight


def test_a_renewal_refused_ends_the_stay(settled: Any, now: Now, under: Make) -> None:
    settled.ticket, settled.ticket_month = TICKET_RENEWAL, now.month
    _, counts = live(settled, under(now, refusal_prob=1.0))
    assert (settled.status, settled.is_counted, settled.left_month) == (LEFT, 0, now.month)
    assert settled.past_months == 36
    assert counts.events[tally.OUTFLOW, 0] == settled.weight
    assert counts.cohorts[now.month - 36, 0] == settled.weight
    assert counts.cohorts[:, 0].sum() == settled.weight


def test_a_lost_job_starts_the_grace_and_the_end_of_the_grace_the_way_home(settled: Any, now: Now, under: Make) -> None:
    settled.job_loss_month, settled.job_loss_count = now.month, 1
    jobless = now._replace(public=tuple(public._replace(match_share=(0.0,) * 8) for public in now.public))
    jobless = under(jobless, grace_months_category_b=2.0)
    wake, _ = live(settled, jobless)
    assert (settled.status, wake) == (SEEKING, now.month + 1)
    assert settled.grace_until == now.month + 2
    live(settled, jobless._replace(month=now.month + 1))
    assert settled.status == SEEKING
    live(settled, jobless._replace(month=now.month + 2))
    assert settled.status == LEFT


def test_someone_who_would_rather_be_elsewhere_leaves_at_a_review_and_not_before(settled: Any, now: Now) -> None:
    settled.theta = -50.0
    live(settled, now)
    assert settled.status == ON_B
    settled.review_month, settled.review_count = now.month, 1
    live(settled, now)
    assert settled.status == LEFT


def test_past_the_age_of_moving_people_leave_the_pool(someone: Make, now: Now) -> None:
    old = someone(age=now.behaviour.age_exit, status=ABROAD, attention_month=now.month)
    wake, _ = live(old, now)
    assert (old.status, wake) == (OUT, NEVER)


def test_a_search_without_posts_ends_and_leaves_no_trace_of_an_application(
    someone: Make, now: Now, under: Make
) -> None:
    keen = someone(theta=50.0, status=CONSIDERING, search_until=now.month, attention_month=now.month)
    nothing = now._replace(public=tuple(public._replace(match_share=(0.0,) * 8) for public in now.public))
    _, counts = live(keen, under(nothing, k_visa_available=0.0, r_visa_available=0.0))
    assert (keen.status, keen.applications, keen.ticket) == (ABROAD, 0, NO_TICKET)
    assert keen.attention_month > now.month
    assert counts.seekers.sum() == keen.weight


def test_a_stay_alone_costs_a_couple_and_nobody_else(someone: Make, now: Now) -> None:
    held = value.offer(someone(), now, SHANGHAI, ON_C, 400_000.0)
    assert value.best_family_mode(someone(), now, SHANGHAI, ON_C, held) == ALONE
    assert value.best_family_mode(someone(couple=1, chinese_spouse=1), now, SHANGHAI, ON_C, held) == WITH_FAMILY
    couple = someone(couple=1, spouse_pay_share=0.0)
    weight, personal = now.behaviour.lead_weight, value.offer(couple, now, SHANGHAI, ON_C, 400_000.0).personal
    alone, single = (value.utility_in_china(person, now, SHANGHAI, ON_C, ALONE) for person in (couple, someone()))
    assert personal > 0.0
    assert single - alone == pytest.approx(now.behaviour.separation_cost + (1.0 - weight) * personal)


def test_a_lead_s_attachment_to_china_neither_parts_nor_unites_a_family(someone: Make, now: Now) -> None:
    gains = []
    for theta in (-2.0, 0.0, 3.0):
        person = someone(couple=1, spouse_pay_share=0.3, theta=theta)
        held = value.offer(person, now, SHANGHAI, ON_C, 400_000.0)
        gains.append(value.gain_of_togetherness(person, now, SHANGHAI, ON_C, held))
    assert gains == pytest.approx([gains[0]] * 3)
