"""What each theory of the decision promises, and that the default is the formula of the model."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation import draws
from simulation.names import (
    ALONE,
    DECISIONS,
    LINEAR_INCOME,
    NESTED_LOGIT,
    ON_B,
    ON_C,
    PLANNED_BEHAVIOUR,
    PROSPECT,
    RANDOM_UTILITY,
    STUDENT_MODE,
)
from simulation.records import Now
from simulation.rules import engines, value

SHANGHAI = 0
ALL = range(len(DECISIONS))
Make = Callable[..., Any]


def deciding(now: Now, engine: int, **changes: float) -> Now:
    """Return the facts with another theory of the decision."""
    return now._replace(behaviour=now.behaviour._replace(decision_engine=float(engine), **changes))


def gain(person: Any, now: Now, pay_cny: float = 400_000.0, is_moving: int = 1, status: int = ON_B) -> float:
    """Return the gain of living alone in Shanghai."""
    held = value.offer(person, now, SHANGHAI, status, pay_cny)
    away = value.utility_away(person, now)
    return float(value.gain_of_china(person, now, SHANGHAI, status, ALONE, is_moving, held, away))


def test_the_default_is_the_log_of_income_and_the_better_of_two_places(now: Now, someone: Make) -> None:
    behaviour = now.behaviour
    assert behaviour.decision_engine == RANDOM_UTILITY
    beta = behaviour.beta
    assert engines.worth_of_income(3e5, -0.1, 7.0, behaviour) == beta * (draws.log(3e5) + -0.1)
    assert engines.worth_away(2e5, 3e5, behaviour) == engines.worth_away(3e5, 2e5, behaviour) == beta * draws.log(3e5)
    assert engines.lasting_taste(someone(theta=0.7), now) == 0.7


@pytest.mark.parametrize("engine", ALL)
@given(income=st.floats(1e4, 5e6), more=st.floats(1.0, 1e6), kept=st.floats(-0.3, 0.0), home=st.floats(2e4, 2e6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_more_income_is_worth_more_and_lost_hours_are_worth_less(
    engine: int, income: float, more: float, kept: float, home: float, now: Now
) -> None:
    behaviour = deciding(now, engine).behaviour
    worth = engines.worth_of_income(income, kept, home, behaviour)
    assert engines.worth_of_income(income + more, kept, home, behaviour) > worth
    assert engines.worth_of_income(income, kept - 0.05, home, behaviour) < worth


@pytest.mark.parametrize("engine", ALL)
def test_a_rise_in_pay_raises_the_gain_of_coming_and_of_staying(engine: int, now: Now, someone: Make) -> None:
    changed = deciding(now, engine)
    for is_moving in (0, 1):
        gains = [gain(someone(), changed, pay, is_moving) for pay in (150_000.0, 300_000.0, 600_000.0)]
        assert gains == sorted(gains)
        assert gains[0] < gains[1] < gains[2]


@pytest.mark.parametrize("engine", ALL)
def test_a_rise_in_pay_at_home_lowers_the_gain(engine: int, now: Now, someone: Make) -> None:
    changed = deciding(now, engine)
    assert gain(someone(home_gap=0.3), changed) < gain(someone(), changed)


@pytest.mark.parametrize("engine", [one for one in ALL if one != RANDOM_UTILITY])
def test_every_theory_differs_from_the_default(engine: int, now: Now, someone: Make) -> None:
    assert gain(someone(), deciding(now, engine)) != gain(someone(), now)


@given(share=st.floats(0.01, 0.9))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_loss_hurts_more_than_a_gain_of_its_size_pleases(share: float, now: Now) -> None:
    behaviour = deciding(now, PROSPECT).behaviour
    loss = engines.worth_of_income(2e5 * (1.0 - share), 0.0, 2e5, behaviour)
    pleased = engines.worth_of_income(2e5 * (1.0 + share), 0.0, 2e5, behaviour)
    assert -loss / pleased == pytest.approx(behaviour.loss_aversion)
    mild = behaviour._replace(loss_aversion=1.0)
    assert engines.worth_of_income(2e5 * (1.0 - share), 0.0, 2e5, mild) == pytest.approx(-pleased)


def test_home_is_neither_gain_nor_loss_and_lost_hours_alone_are_a_loss(now: Now, someone: Make) -> None:
    changed = deciding(now, PROSPECT)
    assert engines.worth_of_income(2e5, 0.0, 2e5, changed.behaviour) == 0.0
    assert engines.worth_of_income(2e5, -0.1, 2e5, changed.behaviour) < 0.0
    alone = someone(rival_gap=-5.0)
    assert value.utility_away(alone, changed) == 0.0
    assert value.offer(alone, changed, SHANGHAI, ON_B, 4e5).reference_cny == value.income_at_home(alone, changed)
    assert value.utility_away(someone(rival_gap=5.0), changed) > 0.0


def test_a_linear_utility_has_the_slope_of_the_default_at_its_income_and_no_other(now: Now) -> None:
    def slope(engine: int, income: float) -> float:
        behaviour = deciding(now, engine).behaviour
        one_percent = engines.worth_of_income(income * 1.0001, 0.0, 1.0, behaviour)
        return (one_percent - engines.worth_of_income(income, 0.0, 1.0, behaviour)) / 0.0001

    mean = now.behaviour.linear_income_cny
    assert slope(LINEAR_INCOME, mean) == pytest.approx(slope(RANDOM_UTILITY, mean), rel=1e-3)
    assert slope(LINEAR_INCOME, 2 * mean) == pytest.approx(2 * now.behaviour.beta, rel=1e-3)
    assert slope(RANDOM_UTILITY, 2 * mean) == pytest.approx(now.behaviour.beta, rel=1e-3)


def test_the_nest_abroad_is_worth_more_than_its_best_place_and_the_more_unlike_the_more(now: Now) -> None:
    def worth(dissimilarity: float, rival: float = 2.5e5) -> float:
        behaviour = deciding(now, NESTED_LOGIT, nest_dissimilarity=dissimilarity).behaviour
        return float(engines.worth_away(3e5, rival, behaviour))

    best = now.behaviour.beta * math.log(3e5)
    assert best < worth(0.2) < worth(0.5) < worth(1.0)
    assert worth(0.01) == pytest.approx(best, abs=1e-6)
    # Pay in third countries counts even where home pays more: some prefer them.
    assert worth(0.5, 2.9e5) > worth(0.5, 2.0e5)
    scale = now.behaviour.nest_scale
    by_hand = (
        scale
        * 0.5
        * math.log(sum(math.exp(now.behaviour.beta * math.log(pay) / (scale * 0.5)) for pay in (3e5, 2.5e5)))
    )
    assert worth(0.5) == pytest.approx(by_hand)


def test_the_lasting_taste_of_a_nest_is_the_person_s_own_and_logistic(now: Now, someone: Make) -> None:
    changed = deciding(now, NESTED_LOGIT)
    later = changed._replace(month=changed.month + 60)
    n = 20_000
    tastes = [engines.lasting_taste(someone(id=who, theta=9.0), changed) for who in range(1, n + 1)]
    assert tastes[:50] == [engines.lasting_taste(someone(id=who), later) for who in range(1, 51)]
    mean = sum(tastes) / n
    spread = math.sqrt(sum((one - mean) ** 2 for one in tastes) / n)
    expected = now.behaviour.nest_scale * math.pi / math.sqrt(3)
    # Five standard errors; the kurtosis of a logistic is 4.2.
    assert abs(mean - now.behaviour.theta_mean) < 5 * expected / math.sqrt(n)
    assert abs(spread / expected - 1) < 5 * math.sqrt(3.2 / (4 * n))
    bonus = deciding(now, NESTED_LOGIT, student_return_taste=0.4)
    assert engines.lasting_taste(someone(id=7, mode=STUDENT_MODE), bonus) == pytest.approx(tastes[6] + 0.4)


def test_people_known_in_china_pull_under_planned_behaviour_beyond_what_they_are_worth(now: Now, someone: Make) -> None:
    planned = deciding(now, PLANNED_BEHAVIOUR)
    by_default = gain(someone(contacts=3), now) - gain(someone(), now)
    pulled = gain(someone(contacts=3), planned) - gain(someone(), planned)
    assert pulled - by_default == pytest.approx(now.behaviour.norm_weight * math.log(4.0))
    deaf = deciding(now, PLANNED_BEHAVIOUR, norm_weight=0.0)
    assert gain(someone(contacts=3), deaf) - gain(someone(), deaf) == pytest.approx(by_default)


@pytest.mark.parametrize(
    ("status", "bars"),
    [
        (ON_B, {"entry_days": (200.0, 200.0, 200.0)}),
        (ON_B, {"match_share": (0.02,) * 8}),
        (ON_C, {"quota_share": 0.3}),
    ],
)
def test_bars_and_waits_discourage_under_planned_behaviour(
    status: int, bars: dict[str, Any], now: Now, someone: Make
) -> None:
    def fall(facts: Now) -> float:
        barred = facts._replace(public=tuple(public._replace(**bars) for public in facts.public))
        return gain(someone(theta=5.0), facts, status=status) - gain(someone(theta=5.0), barred, status=status)

    planned = deciding(now, PLANNED_BEHAVIOUR)
    assert fall(planned) > fall(now) >= 0.0
    assert fall(deciding(now, PLANNED_BEHAVIOUR, control_weight=0.0)) == pytest.approx(fall(now))


def test_a_hopeless_bar_discourages_without_end_of_nothing(now: Now, someone: Make) -> None:
    closed = now._replace(public=tuple(public._replace(match_share=(0.0,) * 8) for public in now.public))
    planned = deciding(closed, PLANNED_BEHAVIOUR)
    attitude = gain(someone(), closed)
    expected = attitude + now.behaviour.control_weight * math.log(engines.LEAST_CHANCE)
    assert gain(someone(), planned) == pytest.approx(expected)
