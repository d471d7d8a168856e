"""Short visits, talent visas and appeals: what each door of the law opens, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulation.model import new_tally
from simulation.names import (
    ABROAD,
    APPLYING,
    BACHELOR,
    CATEGORY_A,
    CATEGORY_B,
    CATEGORY_C,
    NO_TICKET,
    ON_B,
    ON_R,
    ORIGINS,
    REGIONS,
    TICKET_APPEAL,
    TICKET_ENTRY,
    TICKET_RENEWAL,
)
from simulation.records import NEVER, Now
from simulation.rules import attention, coming, filing, life, month_in_china, visas, visits

Make = Callable[..., Any]
SHANGHAI = REGIONS.index("shanghai")


@pytest.fixture
def closed(now: Now, under: Make) -> Now:
    """Return a month in which every short visit needs a visa asked for in advance."""
    doors = under(now, regional_free_share=0.0, transit_share=0.0, port_visa_share=0.0, border_open_share=1.0)
    return by_origin(doors, visa_free_entry=0.0, transit_free_entry=0.0)


def by_origin(now: Now, **levers: float) -> Now:
    return now._replace(origins=tuple(origin._replace(**levers) for origin in now.origins))


def test_with_every_door_shut_nobody_can_come_and_see(someone: Make, closed: Now) -> None:
    assert visits.open_share(someone(), closed) == 0.0


def test_each_door_serves_its_share_of_the_trips_that_the_others_leave(someone: Make, closed: Now, under: Make) -> None:
    person = someone()
    assert visits.open_share(person, under(closed, port_visa_share=0.1)) == pytest.approx(0.1)
    assert visits.open_share(person, under(closed, regional_free_share=0.6)) == pytest.approx(0.6)
    assert visits.open_share(person, by_origin(closed, visa_free_entry=0.4)) == pytest.approx(0.4)
    two = by_origin(under(closed, regional_free_share=0.6), visa_free_entry=0.4)
    assert visits.open_share(person, two) == pytest.approx(1.0 - 0.4 * 0.6)


def test_transit_needs_both_the_region_and_the_passport(someone: Make, closed: Now, under: Make) -> None:
    region, passport = under(closed, transit_share=0.2), by_origin(closed, transit_free_entry=0.5)
    assert visits.open_share(someone(), region) == 0.0
    assert visits.open_share(someone(), passport) == 0.0
    both = by_origin(region, transit_free_entry=0.5)
    assert visits.open_share(someone(), both) == pytest.approx(0.1)


def test_a_closed_border_lets_no_visitor_in(someone: Make, closed: Now, under: Make) -> None:
    free = by_origin(under(closed, border_open_share=0.0), visa_free_entry=1.0)
    assert visits.open_share(someone(), free) == 0.0


def test_visits_raise_attention_in_proportion_and_without_their_gain_not_at_all(
    someone: Make, closed: Now, under: Make
) -> None:
    person, open_door = someone(age=40.0), by_origin(closed, visa_free_entry=1.0)
    ratio = attention.acceptance(person, open_door, 0.0) / attention.acceptance(person, closed, 0.0)
    assert ratio == pytest.approx(1.0 + closed.behaviour.scouting_gain)
    unmoved = closed.behaviour._replace(scouting_gain=0.0)
    without = [attention.acceptance(person, one._replace(behaviour=unmoved), 0.0) for one in (closed, open_door)]
    assert without[0] == without[1]


def test_the_baseline_opens_more_doors_to_a_german_in_2025_than_to_an_indian(someone: Make, facts: Make) -> None:
    now = facts("2025-12")
    german, indian = (someone(origin=ORIGINS.index(name)) for name in ("germany", "south-asia"))
    assert visits.open_share(german, now) == 1.0
    assert visits.open_share(indian, now) == pytest.approx(0.11)


def test_the_talent_visa_is_for_category_a_unless_the_law_treats_b_alike(now: Now) -> None:
    law = now.policy[SHANGHAI]
    told = [visas.may_take_r(category, law) for category in (CATEGORY_A, CATEGORY_B, CATEGORY_C)]
    assert told == [1, 0, 0]
    alike = law._replace(r_visa_category_b=1.0)
    assert [visas.may_take_r(category, alike) for category in (CATEGORY_A, CATEGORY_B, CATEGORY_C)] == [1, 1, 0]
    assert visas.may_take_r(CATEGORY_A, law._replace(r_visa_available=0.0)) == 0


@pytest.mark.parametrize("months", [60.0, 120.0])
def test_a_talent_visa_is_reviewed_when_its_validity_ends(months: float, someone: Make, now: Now, under: Make) -> None:
    lawful = under(now, r_visa_validity_months=months)
    person = someone(status=APPLYING, target=ON_R, category=CATEGORY_A, ticket=TICKET_ENTRY, applications=1)
    coming.enter(person, lawful, new_tally(500))
    assert person.permit_until == now.month + months
    assert life.next_month(person, lawful) <= now.month + months


@pytest.fixture
def waiting(now: Now) -> Now:
    """Return a month in which permits are said to take 60 days."""
    return now._replace(public=tuple(row._replace(entry_days=(60.0, 60.0, 60.0)) for row in now.public))


def applicant(someone: Make, **fields: Any) -> Any:
    return someone(
        age=35.0, experience=10.0, education=BACHELOR, status=APPLYING, target=ON_B, category=CATEGORY_B,
        ticket=TICKET_ENTRY, ticket_month=NEVER, applications=1, region=SHANGHAI, wait_days=50.0, **fields
    )  # fmt: skip


def test_a_refusal_that_is_overturned_ends_in_an_entry_after_the_months_of_the_appeal(
    someone: Make, waiting: Now, under: Make
) -> None:
    now = waiting
    unjust = under(now, refusal_prob=1.0, appeal_success_share=1.0, appeal_months=2.0)
    person, counts = applicant(someone), new_tally(500)
    coming.decide_application(person, unjust, counts)
    assert (person.status, person.ticket, person.ticket_month) == (APPLYING, TICKET_APPEAL, now.month + 2)
    assert life.next_month(person, unjust) == now.month + 2
    coming.decide_application(person, unjust._replace(month=now.month + 2), counts)
    assert (person.status, person.ticket) == (ON_B, NO_TICKET)
    assert person.wait_days == pytest.approx(50.0 + 2 * filing.DAYS_PER_MONTH)


def test_without_appeals_a_refusal_sends_the_person_home(someone: Make, now: Now, under: Make) -> None:
    unjust = under(now, refusal_prob=1.0, appeal_success_share=0.0)
    person = applicant(someone)
    coming.decide_application(person, unjust, new_tally(500))
    assert person.status == ABROAD


def test_where_nobody_is_refused_the_chance_of_an_appeal_changes_nothing(
    someone: Make, waiting: Now, under: Make
) -> None:
    now, entered = waiting, []
    for share in (0.0, 1.0):
        person = applicant(someone)
        coming.decide_application(person, under(now, refusal_prob=0.0, appeal_success_share=share), new_tally(500))
        entered.append((person.status, person.entry_month, person.ticket))
    assert entered[0] == entered[1] == (ON_B, now.month, NO_TICKET)


def test_a_renewal_refused_and_overturned_keeps_the_holder_here(someone: Make, now: Now, under: Make) -> None:
    unjust = under(now, refusal_prob=1.0, appeal_success_share=1.0, appeal_months=2.0)
    holder = someone(
        age=35.0, experience=10.0, status=ON_B, category=CATEGORY_B, is_counted=1, stays=1, theta=50.0,
        entry_month=now.month - 12, resident_month=now.month - 12, permit_until=now.month + 1,
        review_month=NEVER, job_loss_month=NEVER, ticket=TICKET_RENEWAL, ticket_month=now.month, region=SHANGHAI,
    )  # fmt: skip
    counts = new_tally(500)
    month_in_china.permit_events(holder, unjust, counts)
    assert (holder.status, holder.ticket, holder.renewals) == (ON_B, TICKET_APPEAL, 0)
    month_in_china.permit_events(holder, unjust._replace(month=now.month + 2), counts)
    assert (holder.status, holder.ticket, holder.renewals) == (ON_B, NO_TICKET, 1)
    assert holder.permit_until == now.month + 2 + 12
