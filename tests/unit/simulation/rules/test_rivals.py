"""Third countries: each suits some people best, and its policy reaches them and nobody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

import scenarios
from simulation import draws
from simulation.names import ENGINEERING, ORIGINS, RIVALS
from simulation.plain import plain_table
from simulation.records import Now, month_index
from simulation.rules import career, value

Make = Callable[..., Any]
US, GERMANY = RIVALS.index("united-states"), RIVALS.index("germany")
N = 2000


def alone(now: Now, index: int) -> Now:
    """Return a world with one third country only, the others closed."""
    rivals = tuple(
        rival if place == index else rival._replace(pay=rival.pay - 50.0) for place, rival in enumerate(now.rivals)
    )
    return now._replace(rivals=rivals)


def changed(now: Now, index: int, **fields: float) -> Now:
    rivals = list(now.rivals)
    rivals[index] = rivals[index]._replace(**fields)
    return now._replace(rivals=tuple(rivals))


def under(world: str, month: str, calm: Now) -> Now:
    """Return the calm facts of a month with the third countries and origins of a shipped world."""
    given, at = scenarios.load(world).resolve("2040-12"), month_index(month)
    return calm._replace(rivals=plain_table(given.rivals[at]), origins=plain_table(given.origins[at]))


def best_of(person: Any, now: Now) -> int:
    return max(range(len(RIVALS)), key=lambda index: career.log_rival_pay(person, alone(now, index)))


def test_no_third_country_is_the_best_for_everybody(someone: Make, now: Now) -> None:
    best = Counter(best_of(someone(id=who, field=ENGINEERING), now) for who in range(1, N // 4))
    assert best[US] > N // 16
    assert best[US] < 3 * N // 16
    assert len(best) >= 6


def test_dearer_visas_of_one_country_lower_what_is_away_for_those_it_suits_and_nobody_else(
    someone: Make, now: Now
) -> None:
    shock = changed(now, US, pay=now.rivals[US].pay - 0.247)
    fallen = 0
    for who in range(1, 500):
        person = someone(id=who, field=ENGINEERING, origin=ORIGINS.index("south-asia"))
        before, after = (career.log_rival_pay(person, world) for world in (now, shock))
        assert after <= before
        assert before - 0.2471 < after
        fallen += after < before
        if best_of(person, now) != US:
            assert after == before
    assert 100 < fallen < 450


def test_without_tastes_all_people_of_a_field_have_one_best_country(someone: Make, now: Now) -> None:
    same = now._replace(behaviour=now.behaviour._replace(rival_taste_sd=0.0))
    assert len({best_of(someone(id=who, field=ENGINEERING), same) for who in range(1, 100)}) == 1


def test_the_own_pull_has_the_spread_that_it_says(someone: Make, now: Now) -> None:
    pulls = [career.pull_of_rival(someone(id=who), now, GERMANY) for who in range(1, N)]
    mean = sum(pulls) / len(pulls)
    spread = (sum((pull - mean) ** 2 for pull in pulls) / len(pulls)) ** 0.5
    sd = now.behaviour.rival_taste_sd
    assert spread == pytest.approx(sd, rel=0.05)
    assert mean == pytest.approx(sd * 0.78 * draws.log(0.055 / 0.05), abs=0.03)


def test_the_queue_of_one_origin_is_no_other_s_and_stops_mattering_at_twenty_years(now: Now) -> None:
    states = now.rivals[US]
    assert career.years_to_settle(states, ORIGINS.index("germany")) == states.wait_years
    assert career.years_to_settle(states, ORIGINS.index("south-asia")) == career.WAIT_MAX_YEARS
    assert career.years_to_settle(now.rivals[GERMANY], ORIGINS.index("south-asia")) == now.rivals[GERMANY].wait_years


@pytest.mark.parametrize(
    ("world", "index", "sign"),
    [("us-h1b-shock", US, -1), ("german-easing", GERMANY, 1), ("uk-ten-years", 2, -1), ("canada-tightening", 3, -1)],
)
def test_a_shipped_world_moves_what_is_away_in_the_direction_it_says(
    world: str, index: int, sign: int, someone: Make, now: Now
) -> None:
    before, after = (under(name, "2030-06", now) for name in ("baseline", world))
    person = someone(id=7, field=ENGINEERING)
    difference = career.log_rival_pay(person, alone(after, index)) - career.log_rival_pay(person, alone(before, index))
    assert difference * sign > 0.0
    for other in range(len(RIVALS)):
        if other != index:
            assert career.log_rival_pay(person, alone(after, other)) == career.log_rival_pay(
                person, alone(before, other)
            )


def test_a_boom_at_home_raises_what_is_away_there_and_nowhere_else(someone: Make, now: Now) -> None:
    before, boom = (under(name, "2036-06", now) for name in ("baseline", "home-boom"))
    for name in ORIGINS:
        person = someone(id=7, origin=ORIGINS.index(name), home_gap=2.0)
        difference = value.utility_away(person, boom) - value.utility_away(person, before)
        assert (difference > 0.0) == (name in {"south-asia", "south-east-asia"})
