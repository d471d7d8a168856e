"""Desks, quotas, posts and seats: closed forms and edges."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from simulation.institutions import administration, labour, news, quotas, schools
from simulation.names import BELIEFS, CARD, LEGALISATION, NOTICE, STATIONS, TIER_INTERNATIONAL, TIER_PUBLIC

N = len(STATIONS)


def law(**changes: Any) -> Any:
    usual = {
        "documents": [4.0] * N, "service_days": [5.0] * N, "shared_share": 0.0, "english_share": 0.0,
        "interpretation_dispersion": 0.0, "misrouting_prob": 0.0, "desk_capacity": 1.0, "pooled_share": 0.0,
        "reasons_given": 0.0, "priority_lane_share": 0.0, "time_limit_days": 0.0, "parallel_share": 0.0, "one_visit_hours_share": 0.0,
        "category_a_permit_months": 60.0, "category_b_permit_months": 12.0, "category_c_permit_months": 12.0,
    }  # fmt: skip
    return SimpleNamespace(**(usual | changes))


def behaviour(**changes: Any) -> Any:
    usual = {
        "error_per_document": 0.02, "english_error_gain": 0.5, "desk_load": 0.8, "staffing_months": 1e9,
        "desks_per_station": 1.0, "repair_days": 5.0, "visit_hours": 2.0, "reasons_error_gain": 0.5,
    }  # fmt: skip
    return SimpleNamespace(**(usual | changes))


def public() -> Any:
    lanes = {name: [0.0] * 3 for name in ("entry_days", "filing_hours")}
    return SimpleNamespace(**{name: [0.0] * N for name in ("sent_back_prob", "queue_days", "priority_days")}, **lanes)


def desks(usual_load: float) -> Any:
    memory = np.zeros((2, N))
    memory[administration.USUAL_LOAD] = usual_load
    return memory


def queue_of(files: float, policy: Any, memory: Any, *, share_a: float = 0.0) -> Any:
    facts = public()
    place = SimpleNamespace(reference_load=0.0, local_load=0.0)
    administration.update_station(facts, place, policy, behaviour(), (files, 0.0, 0.0), memory, CARD, share_a)
    return facts


def test_one_desk_has_the_queue_of_the_textbook() -> None:
    assert administration.mean_queue(0.8, 1.0, 5.0) == pytest.approx(5.0 * 0.8 / 0.2)
    assert administration.mean_queue(0.0, 1.0, 5.0) == 0.0
    assert administration.mean_queue(0.8, 1.0, 0.0) == 0.0


def test_a_file_is_sent_back_if_any_document_fails() -> None:
    assert administration.sent_back_prob(law(), behaviour(), CARD) == pytest.approx(1.0 - 0.98**4)
    assert administration.sent_back_prob(law(shared_share=1.0), behaviour(), CARD) == 0.0
    half = administration.sent_back_prob(law(shared_share=0.5), behaviour(), CARD)
    assert half == pytest.approx(1.0 - 0.98**2)
    english = administration.sent_back_prob(law(english_share=1.0), behaviour(), CARD)
    assert english == pytest.approx(1.0 - 0.99**4)


def test_only_the_first_desk_sees_files_meant_for_another() -> None:
    strayed = law(misrouting_prob=0.1, shared_share=1.0)
    assert administration.sent_back_prob(strayed, behaviour(), NOTICE) == pytest.approx(0.1)
    assert administration.sent_back_prob(strayed, behaviour(), CARD) == 0.0


def test_what_the_fast_lane_gains_the_others_wait() -> None:
    share_a = 0.3
    plain = queue_of(500.0, law(), desks(1_000.0), share_a=share_a)
    fast = queue_of(500.0, law(priority_lane_share=1.0), desks(1_000.0), share_a=share_a)
    mean = share_a * fast.priority_days[CARD] + (1.0 - share_a) * fast.queue_days[CARD]
    assert mean == pytest.approx(plain.queue_days[CARD])
    assert fast.priority_days[CARD] < plain.priority_days[CARD] < fast.queue_days[CARD]


def test_pooled_desks_wait_less_and_more_capacity_does_too() -> None:
    usual = queue_of(900.0, law(), desks(1_000.0)).queue_days[CARD]
    assert queue_of(900.0, law(pooled_share=1.0), desks(1_000.0)).queue_days[CARD] < usual
    assert queue_of(900.0, law(desk_capacity=1.2), desks(1_000.0)).queue_days[CARD] < usual


def test_overload_leaves_a_backlog_that_is_worked_off() -> None:
    policy, memory = law(shared_share=1.0), desks(800.0)
    capacity = 800.0 / 0.8
    assert queue_of(1_200.0, policy, memory).queue_days[CARD] > administration.mean_queue(0.98, 1.0, 5.0)
    assert memory[administration.BACKLOG, CARD] == pytest.approx(1_200.0 - capacity)
    left = queue_of(900.0, policy, memory)
    assert memory[administration.BACKLOG, CARD] == pytest.approx(100.0)
    expected = administration.mean_queue(0.9, 1.0, 5.0) + 100.0 / capacity * administration.WORKING_DAYS
    assert left.queue_days[CARD] == pytest.approx(expected)
    queue_of(0.0, policy, memory)
    assert memory[administration.BACKLOG, CARD] == 0.0


def test_staff_follows_the_load_and_is_never_cut_below_the_reference() -> None:
    place = SimpleNamespace(reference_load=100.0, local_load=0.0)
    least = administration.staffed_visits(place, behaviour(), CARD, 0.0)
    assert least == pytest.approx(100.0 / 0.98**6)
    assert administration.staffed_visits(place, behaviour(), CARD, 5_000.0) == 5_000.0


def test_stations_abroad_have_no_queue_of_ours() -> None:
    facts = public()
    place = SimpleNamespace(reference_load=1.0, local_load=0.0)
    administration.update_station(facts, place, law(), behaviour(), (1e6, 0.0, 0.0), desks(1.0), LEGALISATION, 0.0)
    assert facts.queue_days[LEGALISATION] == 0.0
    assert facts.sent_back_prob[LEGALISATION] > 0.0


def test_side_by_side_only_the_slowest_of_three_desks_counts() -> None:
    facts = public()
    in_turn = administration.mean_entry_days(facts, law(), behaviour(), 1)
    together = administration.mean_entry_days(facts, law(parallel_share=1.0), behaviour(), 1)
    assert in_turn == pytest.approx(7 * 5.0 * 1.4)
    assert together == pytest.approx(5 * 5.0 * 1.4)


def test_a_time_limit_caps_the_visit_and_a_station_abolished_takes_no_time() -> None:
    facts = public()
    facts.queue_days[CARD] = 100.0
    capped = administration.station_mean_days(facts, law(time_limit_days=10.0), behaviour(), CARD, 1)
    assert capped == pytest.approx(10.0)
    assert administration.station_mean_days(facts, law(service_days=[0.0] * N), behaviour(), CARD, 1) == 0.0


def test_returns_cost_the_visit_and_the_repair_again() -> None:
    facts = public()
    facts.sent_back_prob[CARD] = 0.5
    assert administration.station_mean_days(facts, law(), behaviour(), CARD, 1) == pytest.approx(
        (5.0 + 0.5 * 5.0) / 0.5
    )


def test_where_reasons_are_given_a_file_comes_back_less_often_the_second_time() -> None:
    assert administration.visits_per_file(0.2, law(), behaviour()) == pytest.approx(1.0 / 0.8)
    told = law(reasons_given=1.0)
    assert administration.visits_per_file(0.2, told, behaviour()) == pytest.approx(1.0 + 0.2 / 0.9)
    assert administration.visits_per_file(0.0, told, behaviour()) == 1.0
    assert administration.visits_per_file(0.2, told, behaviour(reasons_error_gain=0.0)) == pytest.approx(1.0 / 0.8)


def test_longer_permits_mean_fewer_hours_of_filing() -> None:
    facts = public()
    hours = [administration.mean_filing_hours(facts, law(), behaviour(), lane) for lane in range(3)]
    assert hours[0] == pytest.approx(hours[1] / 5.0)
    assert hours[1] == hours[2] == pytest.approx(2 * (2.0 + 4.0))
    assert administration.mean_filing_hours(facts, law(one_visit_hours_share=1.0), behaviour(), 1) == 0.0


def test_a_quota_serves_its_number_and_a_quota_of_zero_nobody() -> None:
    assert quotas.served_share(1_200.0, 100.0) == 1.0
    assert quotas.served_share(1_200.0, 200.0) == 0.5
    assert [quotas.served_share(0.0, cases) for cases in (0.0, 10.0)] == [0.0, 0.0]


def test_networks_grow_with_the_stock_from_a_fifth_of_the_reference() -> None:
    assert news.network_growth(100.0, 100.0, 0.5) == pytest.approx(1.0)
    assert news.network_growth(0.0, 100.0, 0.5) == pytest.approx(math.sqrt(0.2 / 1.2))
    assert news.network_growth(100.0, 0.0, 0.5) == 1.0


def test_without_vacancies_nobody_is_matched_and_with_many_the_efficiency_decides() -> None:
    assert labour.match_share(100.0, 0.0, 0.3) == 0.0
    assert labour.match_share(0.0, 100.0, 0.3) == 0.3
    assert labour.match_share(1e-30, 100.0, 0.3) == 0.3
    assert labour.match_share(1.0, 1e6, 0.3) == pytest.approx(0.3, rel=1e-5)
    assert labour.match_share(1e9, 10.0, 0.3) == pytest.approx(1e-8)
    assert labour.match_share(50.0, 100.0, 0.3) == pytest.approx(100.0 * (1.0 - math.exp(-0.15)) / 50.0)


def test_a_few_posts_are_always_being_refilled() -> None:
    assert labour.vacancies(100.0, 40.0) == 60.0
    assert labour.vacancies(100.0, 500.0) == pytest.approx(100.0 * labour.VACANT_SHARE_MIN)


def test_seats_are_shared_among_those_who_ask_and_public_ones_where_enrolment_is_open() -> None:
    place = SimpleNamespace(seats=[100.0] * 3)
    policy = SimpleNamespace(seats_multiplier=[1.0, 1.0, 2.0], public_enrolment_share=0.5)
    assert schools.seat_share(place, policy, TIER_INTERNATIONAL, 400.0) == 0.5
    assert schools.seat_share(place, policy, TIER_INTERNATIONAL, 150.0) == 1.0
    assert schools.seat_share(place, policy, TIER_PUBLIC, 50.0) == 0.5


def test_a_service_meets_all_demand_up_to_its_capacity() -> None:
    assert schools.service_share(1.0, 0.9, 0.7) == 1.0
    assert schools.service_share(1.0, 2.0, 1.0) == pytest.approx(0.5)


def test_a_belief_settles_between_letter_experience_and_first_impression_by_their_rates() -> None:
    # Official words and contacts pull by 0.2 and 0.6 a year, forgetting by 0.2: 0.2 x 1 + 0.6 x 0.9 + 0.2 x 0.5.
    settled = 0.2 * 1.0 + 0.6 * 0.9 + 0.2 * 0.5
    belief = 0.5
    for _ in range(600):
        belief = news.next_belief(belief, 0.5, 0.9, 0.2, 0.6, 0.2)
    assert belief == pytest.approx(settled)


def test_a_belief_closes_its_distance_at_the_sum_of_the_rates() -> None:
    belief = 0.5
    for _ in range(12):
        belief = news.next_belief(belief, 0.5, 1.0, 0.3, 0.7, 0.0)
    assert 1.0 - belief == pytest.approx(0.5 * math.exp(-1.0))


def test_without_any_word_a_belief_stands_still() -> None:
    assert news.next_belief(0.7, 0.5, 1.0, 0.0, 0.0, 0.0) == 0.7


def test_a_community_that_was_refused_more_than_promised_expects_less() -> None:
    assert news.experienced(0.0, 0.0) == 1.0
    assert news.experienced(10.0, 20.0) < news.experienced(15.0, 20.0) < 1.0 < news.experienced(25.0, 20.0)


def test_first_impressions_make_waits_longer_and_chances_smaller() -> None:
    impressions = [news.first_impression(belief, 0.2) for belief in range(len(BELIEFS))]
    assert dict(zip(BELIEFS, impressions, strict=True)) == pytest.approx(
        {"pay": 0.8, "approval": 0.8, "wait": 1.2, "services": 1.2, "school": 0.8, "residence": 0.8}
    )


def test_a_lane_served_at_once_still_waits_in_its_queue() -> None:
    fast = law(priority_lane_share=1.0)
    public = SimpleNamespace(priority_days=[2.0] * N, queue_days=[4.0] * N, sent_back_prob=[0.0] * N)
    assert administration.station_mean_days(public, fast, behaviour(), CARD, 0) == pytest.approx(2.0)
    abolished = law(priority_lane_share=1.0, service_days=[0.0] * N)
    assert administration.station_mean_days(public, abolished, behaviour(), CARD, 0) == 0.0
