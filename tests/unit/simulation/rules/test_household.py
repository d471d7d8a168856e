"""Families that join later or go back: at which moments, at what cost, and what the law changes at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulation.model import new_tally
from simulation.names import ALONE, CATEGORY_B, NO_SCHOOL, ON_A, ON_B, ON_PR, REGIONS, SEEKING, TIER_PUBLIC, WITH_FAMILY
from simulation.records import NEVER, Now, month_index
from simulation.rules import career, family, household, life, staying, tally, value

Make = Callable[..., Any]
SHANGHAI = REGIONS.index("shanghai")
SEPTEMBER = month_index("2024-09")


@pytest.fixture
def settled(someone: Make, now: Now) -> Make:
    """Return what makes half of a couple of 35 on a Category B permit who would not dream of leaving."""

    def of(at: Now = now, **fields: Any) -> Any:
        kept = {
            "status": ON_B, "category": CATEGORY_B, "is_counted": 1, "experience": 8, "theta": 5.0, "stays": 1,
            "couple": 1, "spouse_pay_share": 1.0, "entry_month": at.month - 40, "resident_month": at.month - 40,
            "permit_until": at.month + 6, "review_month": NEVER, "job_loss_month": NEVER, "age_band": 1,
            "taste_year": at.month // 12,
        }  # fmt: skip
        return someone(**(kept | fields))

    return of


def behaving(now: Now, **changes: Any) -> Now:
    return now._replace(behaviour=now.behaviour._replace(**changes))


def held_by(person: Any, now: Now) -> value.Offer:
    return value.offer(person, now, SHANGHAI, ON_B, career.salary(person, now, SHANGHAI))


def live(person: Any, now: Now) -> tuple[int, tally.Tally]:
    counts = new_tally(500)
    return life.live(person, now, counts), counts


def test_joining_and_going_back_cost_a_move_of_the_family(settled: Make, now: Now) -> None:
    """A gain of 0.05 a year brings a family at no cost, and neither brings nor parts it at a cost of 0.1."""
    for gain, cost, alone, together in (
        (0.05, 0.0, WITH_FAMILY, WITH_FAMILY), (0.05, 0.1, ALONE, WITH_FAMILY), (0.15, 0.1, WITH_FAMILY, WITH_FAMILY),
        (-0.05, 0.0, ALONE, ALONE), (-0.05, 0.1, ALONE, WITH_FAMILY), (-0.15, 0.1, ALONE, ALONE),
    ):  # fmt: skip
        for mode, expected in ((ALONE, alone), (WITH_FAMILY, together)):
            person = settled(family_mode=mode)
            free = value.gain_of_togetherness(person, now, SHANGHAI, ON_B, held_by(person, now))
            # Separation costs the couple alone, so it sets the gain of living together.
            tuned = behaving(now, separation_cost=now.behaviour.separation_cost + gain - free)
            move = value.cost_a_year(value.move_cost(person, now), now)
            tuned = behaving(tuned, family_move_share=cost / move)
            assert household.cost_of_change(person, tuned) == pytest.approx(cost)
            assert household.best_mode(person, tuned, SHANGHAI, ON_B, held_by(person, tuned)) == expected, (gain, cost)


def test_the_family_moves_at_an_international_movers_cost_spread_over_the_horizon(settled: Make, now: Now) -> None:
    person, behaviour = settled(), now.behaviour
    distance = now.origins[person.origin].distance
    assert value.move_cost(person, now) == behaviour.move_cost + behaviour.beta * distance * value.DISTANCE_YEARS
    years = [(1.0 + behaviour.discount_rate) ** -year for year in range(int(behaviour.horizon_years))]
    assert value.cost_a_year(1.0, now) == pytest.approx(1.0 / sum(years))


def test_a_chinese_spouse_lives_here_at_no_cost_and_singles_live_alone(settled: Make, now: Now) -> None:
    dear = behaving(now, family_move_share=100.0)
    person = settled(chinese_spouse=1)
    assert household.best_mode(person, dear, SHANGHAI, ON_B, held_by(person, dear)) == WITH_FAMILY
    assert household.best_mode(settled(couple=0), dear, SHANGHAI, ON_B, held_by(person, dear)) == ALONE


def test_a_family_that_joins_or_goes_back_is_counted_and_dated(settled: Make, now: Now) -> None:
    counts = new_tally(500)
    person = settled(family_mode=ALONE, tier=NO_SCHOOL)
    household.change_mode(person, now, counts, WITH_FAMILY)
    assert (person.family_mode, person.family_month) == (WITH_FAMILY, now.month)
    household.change_mode(person, now, counts, WITH_FAMILY)
    person.tier, person.spouse_works = TIER_PUBLIC, 1
    household.change_mode(person, now, counts, ALONE)
    assert (person.family_mode, person.family_month, person.tier) == (ALONE, NEVER, NO_SCHOOL)
    assert (person.spouse_works, person.spouse_from_month) == (0, NEVER)
    assert counts.events[tally.JOINED, 0] == counts.events[tally.SEPARATED, 0] == person.weight


def test_who_could_only_stay_with_the_family_leaves_if_its_move_costs_more_than_staying_brings(
    settled: Make, now: Now
) -> None:
    """Apart they would not stay at all; together staying is worth a little."""
    lonely = behaving(now, separation_cost=50.0)
    fields: dict[str, float] = {"child_1": now.month - 400, "spouse_pay_share": 0.0}
    gains = {
        theta: staying.gain_of_staying(settled(theta=theta, **fields), lonely, WITH_FAMILY)
        for theta in (number / 10 for number in range(-50, 50))
    }
    theta = next(theta for theta, gain in gains.items() if 0.3 < gain < 0.5)
    move = value.cost_a_year(value.move_cost(settled(), lonely), lonely)
    for cost, left in ((0.1, NEVER), (1.0, now.month)):
        person = settled(theta=theta, **fields)
        staying.review(person, behaving(lonely, family_move_share=cost / move), new_tally(500))
        assert person.left_month == left


def test_the_month_in_which_the_law_lets_spouses_work_brings_the_family_and_starts_the_search(
    settled: Make, now: Now, under: Make
) -> None:
    """The spouse would earn as much as the lead, and more than now and then at home."""
    tied = behaving(now, spouse_home_work_prob=0.3)
    free = under(tied, permit_spouse_may_work=(1.0,) * 3)
    person = settled(family_mode=ALONE)
    wake, _ = live(person, tied)
    assert (person.family_mode, wake) == (ALONE, person.permit_until - staying.RENEWAL_LEAD_MONTHS)
    assert life.wakes_to_law(person, tied.policy[SHANGHAI], free.policy[SHANGHAI]) == 1
    _, counts = live(person, free)
    assert (person.family_mode, person.family_month, person.spouse_from_month) == (WITH_FAMILY, now.month, now.month)
    assert counts.events[tally.JOINED, 0] == person.weight


def test_only_couples_in_china_whose_right_changes_hear_of_it_at_once(settled: Make, now: Now, under: Make) -> None:
    before = now.policy[SHANGHAI]
    a_only = under(now, permit_spouse_may_work=(1.0, 0.0, 0.0)).policy[SHANGHAI]
    heard = [
        life.wakes_to_law(person, before, a_only)
        for person in (
            settled(status=ON_A), settled(), settled(status=ON_A, couple=0), settled(status=ON_A, is_counted=0),
            settled(status=ON_A, chinese_spouse=1), settled(status=ON_PR),
        )
    ]  # fmt: skip
    assert heard == [1, 0, 0, 0, 0, 0]
    assert life.wakes_to_law(settled(status=ON_A), a_only, before) == 1


def test_a_spouses_work_ends_in_the_month_in_which_the_law_ends_the_right(settled: Make, now: Now, under: Make) -> None:
    free = under(now, permit_spouse_may_work=(1.0,) * 3)
    person = settled(family_mode=WITH_FAMILY, family_month=now.month - 40, spouse_works=1, spouse_from_month=5)
    live(person, free)
    assert (person.spouse_works, person.spouse_right) == (1, 1)
    live(person, now)
    assert (person.spouse_works, person.spouse_from_month, person.spouse_right) == (0, NEVER, 0)


def test_a_right_lost_with_the_lead_s_post_ends_the_spouse_s_work_at_once(settled: Make, now: Now, under: Make) -> None:
    a_only = under(now, permit_spouse_may_work=(1.0, 0.0, 0.0), grace_months_category_b=3.0)
    a_only = a_only._replace(public=tuple(public._replace(match_share=(0.0,) * 8) for public in a_only.public))
    person = settled(
        status=ON_A, family_mode=WITH_FAMILY, spouse_works=1, spouse_from_month=5, spouse_right=1,
        job_loss_month=now.month, job_loss_count=1,
    )  # fmt: skip
    live(person, a_only)
    assert (person.status, person.spouse_works, person.spouse_right) == (SEEKING, 0, 0)


def test_families_apart_think_again_in_september_and_once_the_lead_has_settled(
    settled: Make, facts: Callable[..., Now]
) -> None:
    june, september = facts("2024-06"), facts("2024-09")
    child = SEPTEMBER - 100
    for fields, at, moment in (
        ({"child_1": child}, september, 1), ({"child_1": child}, june, 0), ({}, september, 0),
        ({"child_1": SEPTEMBER - 250}, september, 0), ({"child_1": child, "family_mode": WITH_FAMILY}, september, 0),
        ({"child_1": child, "chinese_spouse": 1}, september, 0), ({"entry_month": june.month - 12}, june, 1),
        ({"entry_month": june.month - 12, "family_mode": WITH_FAMILY}, june, 0), ({"couple": 0}, september, 0),
    ):  # fmt: skip
        assert household.has_moment(settled(at, **fields), at) == moment, (fields, at.month)


def test_a_family_joins_in_september_when_its_child_gets_a_seat(settled: Make, facts: Callable[..., Now]) -> None:
    full = facts("2024-09")
    full = full._replace(public=tuple(public._replace(seat_share=(0.0,) * 3) for public in full.public))
    full = behaving(full, separation_cost=0.4, family_move_share=0.1, children_weight=3.0, public_school_cost=0.1)
    person = settled(full, child_1=SEPTEMBER - 100, spouse_pay_share=0.0)
    _, counts = live(person, full)
    assert (person.family_mode, counts.school.sum()) == (ALONE, 0)
    served = full._replace(public=tuple(public._replace(seat_share=(1.0,) * 3) for public in full.public))
    person = settled(full, child_1=SEPTEMBER - 100, spouse_pay_share=0.0)
    _, counts = live(person, served)
    assert (person.family_mode, person.family_month) == (WITH_FAMILY, SEPTEMBER)
    assert person.tier != NO_SCHOOL
    assert counts.school[SHANGHAI].tolist() == [person.weight] * 3


@pytest.mark.parametrize("mode", [ALONE, WITH_FAMILY])
def test_the_birth_of_a_child_is_a_moment_to_decide(mode: int, settled: Make, now: Now) -> None:
    parent = settled(family_mode=mode, child_1=now.month, theta=-50.0)
    assert live(settled(family_mode=mode, child_1=now.month + 3), now)[0] == now.month + 3
    live(parent, now)
    assert parent.left_month == now.month
    childless = settled(family_mode=mode, theta=-50.0)
    live(childless, now)
    assert childless.left_month == NEVER


def test_a_spouse_without_work_for_a_year_counts_from_joining_not_from_the_lead_s_entry(
    settled: Make, now: Now
) -> None:
    for joined, leaves in ((12, True), (11, False), (40, False)):
        person = settled(family_mode=WITH_FAMILY, family_month=now.month - joined, theta=-50.0)
        live(person, now)
        assert (person.left_month == now.month) == leaves, joined
    person = settled(family_mode=WITH_FAMILY, family_month=now.month - 10, permit_until=now.month + 11)
    assert live(person, now)[0] == now.month + 2


def test_arrivals_note_since_when_they_live_together_and_whether_the_spouse_may_work(
    settled: Make, now: Now, under: Make
) -> None:
    free = under(now, permit_spouse_may_work=(0.0, 1.0, 0.0))
    for mode, since in ((ALONE, NEVER), (WITH_FAMILY, now.month)):
        person = settled(family_mode=mode, family_month=3)
        family.begin_stay(person, free)
        assert (person.family_month, person.spouse_right) == (since, 1)
        staying.leave(person, free, new_tally(500))
        assert (person.family_month, person.spouse_right) == (NEVER, 0)


def test_a_vetoed_family_stays_away_however_well_the_lead_would_live(settled: Make, now: Now, under: Make) -> None:
    """Away both earn; here the spouse may not work, but the couple would rather be together."""
    close = behaving(now, separation_cost=3.0)
    person = settled()
    assert value.best_family_mode(person, close, SHANGHAI, ON_B, held_by(person, close)) == WITH_FAMILY
    veto = behaving(close, spouse_veto=1.0)
    money, spouse, _ = value.life_together(person, veto, SHANGHAI, ON_B, held_by(person, veto))
    idle = now.behaviour.spouse_idle_cost
    assert spouse == -idle
    assert money + spouse < value.utility_away(person, veto) - idle * (1.0 - now.behaviour.spouse_home_work_prob)
    assert value.best_family_mode(person, veto, SHANGHAI, ON_B, held_by(person, veto)) == ALONE
    assert household.best_mode(settled(family_mode=WITH_FAMILY), veto, SHANGHAI, ON_B, held_by(person, veto)) == ALONE
    lavish = held_by(person, veto)._replace(income_cny=1e9)
    assert value.best_family_mode(person, veto, SHANGHAI, ON_B, lavish) == WITH_FAMILY
    assert value.best_family_mode(settled(chinese_spouse=1), veto, SHANGHAI, ON_B, held_by(person, veto)) == WITH_FAMILY


def test_with_the_whole_weight_on_the_lead_the_spouse_s_idleness_counts_for_nothing(settled: Make, now: Now) -> None:
    for weight, moved in ((1.0, False), (0.65, True)):
        gains = [
            value.gain_of_togetherness(settled(), at, SHANGHAI, ON_B, held_by(settled(), at))
            for at in (behaving(now, lead_weight=weight, spouse_idle_cost=cost) for cost in (0.0, 0.6))
        ]
        assert (gains[0] != gains[1]) == moved
