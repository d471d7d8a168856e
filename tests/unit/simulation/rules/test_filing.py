"""One case on its way through the desks, reckoned again from its own draws."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulation import draws
from simulation.names import CARD, MEDICAL, REGIONS, REGISTRATION, RESIDENCE, STATIONS, TICKET_APPEAL
from simulation.records import Now
from simulation.rules import filing

Make = Callable[..., Any]
SHANGHAI = REGIONS.index("shanghai")
N = len(STATIONS)
DESKS_OF_ENTRY = ("legalisation", "notice", "visa", "card", "medical", "residence", "registration")


def at(*stations: int, value: float) -> tuple[float, ...]:
    """Return a value at some stations and 0 at the others."""
    return tuple(value if station in stations else 0.0 for station in range(N))


@pytest.fixture
def smooth(now: Now, under: Make) -> Now:
    """Return desks of ten days each, one after the other, without queue, return or limit."""
    return under(now, service_days=(10.0,) * N, parallel_share=0.0, priority_lane_share=0.0, time_limit_days=0.0)


def sending_back(now: Now, *stations: int, prob: float = 1.0) -> Now:
    return now._replace(public=tuple(row._replace(sent_back_prob=at(*stations, value=prob)) for row in now.public))


def spread(now: Now, person: Any, ordinal: int, station: int) -> float:
    return 0.5 + draws.uniform(now.seed, person.id, ordinal, draws.STATION_SERVICE, station * 8)


def test_a_smooth_case_takes_the_service_of_seven_desks_in_calendar_days(someone: Make, smooth: Now) -> None:
    person = someone()
    expected = sum(10.0 * spread(smooth, person, 2, STATIONS.index(name)) for name in DESKS_OF_ENTRY)
    assert filing.entry_case_days(person, smooth, SHANGHAI, 1, 2) == pytest.approx(1.4 * expected)


def test_side_by_side_the_slowest_of_card_medical_and_residence_decides(
    someone: Make, smooth: Now, under: Make
) -> None:
    person = someone()
    local = [10.0 * spread(smooth, person, 0, station) for station in (CARD, MEDICAL, RESIDENCE)]
    assert filing.days_in_china(person, smooth, SHANGHAI, 1, 0, 1) == pytest.approx(sum(local))
    together = under(smooth, parallel_share=1.0)
    for slowest in (CARD, MEDICAL, RESIDENCE):
        uneven = under(together, service_days=tuple(60.0 if station == slowest else 10.0 for station in range(N)))
        expected = 60.0 * spread(smooth, person, 0, slowest)
        assert filing.days_in_china(person, uneven, SHANGHAI, 1, 0, 1) == pytest.approx(expected)


def test_a_renewal_needs_no_medical_and_has_draws_of_its_own(someone: Make, smooth: Now, under: Make) -> None:
    person = someone(renewals=3)
    ordinal = filing.RENEWAL_ORDINALS + 3
    expected = 1.4 * sum(10.0 * spread(smooth, person, ordinal, station) for station in (CARD, RESIDENCE))
    assert filing.renewal_case_days(person, smooth, SHANGHAI, 1) == pytest.approx(expected)
    only_medical = under(smooth, service_days=at(MEDICAL, value=10.0))
    assert filing.renewal_case_days(person, only_medical, SHANGHAI, 1) == 0.0


@pytest.mark.parametrize("name", DESKS_OF_ENTRY)
def test_a_case_sent_back_anywhere_is_marked_and_takes_longer(name: str, someone: Make, smooth: Now) -> None:
    person = someone()
    usual = filing.entry_case_days(person, smooth, SHANGHAI, 1, 0)
    returned = filing.entry_case_days(person, sending_back(smooth, STATIONS.index(name)), SHANGHAI, 1, 0)
    assert usual > 0.0 > returned
    assert -returned > usual


@pytest.mark.parametrize(
    ("station", "is_marked"), [(CARD, True), (RESIDENCE, True), (MEDICAL, False), (REGISTRATION, False)]
)
def test_only_desks_of_a_renewal_send_a_renewal_back(station: int, is_marked: bool, someone: Make, smooth: Now) -> None:
    days = filing.renewal_case_days(someone(), sending_back(smooth, station), SHANGHAI, 1)
    assert (days < 0.0) == is_marked


def test_each_return_costs_its_repair_and_there_are_at_most_five(someone: Make, smooth: Now, under: Make) -> None:
    person = someone()
    instant = sending_back(under(smooth, service_days=(1e-9,) * N), CARD)
    repairs = sum(draws.exponential(smooth.seed, 1, 0, draws.REPAIR, CARD * 8 + visit) for visit in range(1, 6))
    days = filing.station_days(person, instant, SHANGHAI, CARD, 1, 0)
    assert -days == pytest.approx(smooth.behaviour.repair_days * repairs)


def test_a_queue_is_the_mean_times_the_case_s_own_luck(someone: Make, smooth: Now, under: Make) -> None:
    queued = smooth._replace(public=tuple(row._replace(queue_days=at(CARD, value=6.0)) for row in smooth.public))
    person = someone()
    extra = filing.visit_days(person, queued, SHANGHAI, CARD, 1, 0, 0) - filing.visit_days(
        person, smooth, SHANGHAI, CARD, 1, 0, 0
    )
    assert extra == pytest.approx(6.0 * draws.exponential(smooth.seed, 1, 0, draws.STATION_QUEUE, CARD * 8))
    assert filing.visit_days(person, queued, SHANGHAI, CARD, 0, 0, 0) == filing.visit_days(
        person, smooth, SHANGHAI, CARD, 0, 0, 0
    )
    limited = under(queued, time_limit_days=2.0)
    assert filing.visit_days(person, limited, SHANGHAI, CARD, 1, 0, 0) == 2.0


def test_the_fast_lane_serves_category_a_alone(someone: Make, smooth: Now, under: Make) -> None:
    fast = under(smooth, priority_lane_share=0.4)
    days = [filing.service_days(fast.policy[SHANGHAI], CARD, lane) for lane in range(3)]
    assert days == pytest.approx([6.0, 10.0, 10.0])


def test_a_visa_of_its_own_needs_the_consulate_alone(someone: Make, smooth: Now) -> None:
    person = someone()
    visa = STATIONS.index("visa")
    expected = 1.4 * 10.0 * spread(smooth, person, 4, visa)
    assert filing.visa_case_days(person, smooth, SHANGHAI, 4) == pytest.approx(expected)
    assert filing.visa_case_days(person, sending_back(smooth, visa), SHANGHAI, 4) < 0.0


def test_the_less_patient_of_applicant_and_employer_gives_up_first(someone: Make, now: Now) -> None:
    lucks = [draws.exponential(now.seed, 1, 0, purpose) for purpose in (draws.PATIENCE, draws.OFFER_PATIENCE)]
    expected = filing.DAYS_PER_MONTH + 2.0 * min(lucks) * now.behaviour.patience_days
    assert filing.patience_days(someone(), now, 0) == pytest.approx(expected)


def test_reasons_spare_later_returns_and_never_the_first(someone: Make, smooth: Now, under: Make) -> None:
    cases = range(400)
    returns = {}
    for given in (0.0, 1.0):
        told = sending_back(under(smooth, reasons_given=given), CARD, prob=0.9)
        days = [filing.station_days(someone(id=case), told, SHANGHAI, CARD, 1, 0) for case in cases]
        returns[given] = days
    assert [day < 0.0 for day in returns[0.0]] == [day < 0.0 for day in returns[1.0]]
    assert all(-told <= -silent for told, silent in zip(returns[1.0], returns[0.0], strict=True) if told < 0.0)
    assert sum(returns[1.0]) > 0.9 * sum(returns[0.0])
    unread = [row._replace(reasons_given=1.0) for row in smooth.policy]
    assert filing.sent_back_again_prob(0.3, unread[0], smooth.behaviour._replace(reasons_error_gain=0.0)) == 0.3


def test_an_appeal_that_wins_under_a_low_share_wins_under_a_higher_one(someone: Make, now: Now, under: Make) -> None:
    won = {
        share: [filing.is_overturned(someone(id=case), under(now, appeal_success_share=share), SHANGHAI, 0) for case in range(500)]
        for share in (0.0, 0.3, 0.7, 1.0)
    }  # fmt: skip
    assert sum(won[0.0]) == 0
    assert sum(won[1.0]) == 500
    assert 100 < sum(won[0.3]) < 200
    assert all(high >= low for low, high in zip(won[0.3], won[0.7], strict=True))


def test_an_appeal_adds_its_months_to_the_wait(someone: Make, now: Now, under: Make) -> None:
    person = someone(wait_days=40.0)
    filing.wait_for_appeal(person, under(now, appeal_months=3.0), SHANGHAI)
    assert (person.ticket, person.ticket_month) == (TICKET_APPEAL, now.month + 3)
    assert person.wait_days == pytest.approx(40.0 + 3 * filing.DAYS_PER_MONTH)
