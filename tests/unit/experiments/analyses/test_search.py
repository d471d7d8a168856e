"""The search for Pareto fronts on problems whose front is known."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence

import pytest

from experiments.analyses.pareto import front_of
from experiments.analyses.search import Axis, Steps, Trial, Valued, axis_of, search
from experiments.design import DesignError

AXES = (Axis("gain", 0.0, 1.0, 30), Axis("waste", 0.0, 1.0, 30))
BOTH = ("max", "min")


def values(points: Sequence[Steps]) -> list[Valued]:
    """Gain costs its square, and waste costs without a gain: the front is where nothing is wasted."""
    return [Valued((point["gain"], point["gain"] ** 2 + 5 * point["waste"])) for point in points]


def front(trials: Sequence[Trial]) -> set[tuple[int, int]]:
    places = front_of([trial.valued.values for trial in trials], BOTH, [trial.valued.excess for trial in trials])
    return {(trials[place].point["gain"], trials[place].point["waste"]) for place in places}


def found(n: int, seed: int = 3) -> list[Trial]:
    return search(AXES, BOTH, values, trials=n, population=20, seed=seed)


def test_it_finds_the_known_front_better_with_every_generation() -> None:
    wasted = [sum(waste for _, waste in front(found(n))) / len(front(found(n))) for n in (20, 400)]
    assert wasted[1] < 1.0 < wasted[0]
    assert len(front(found(400))) > 12


def test_the_same_seed_tries_the_same_points_and_another_does_not() -> None:
    assert found(60) == found(60)
    assert found(60) != found(60, seed=4)


def test_a_longer_search_begins_with_the_shorter_one() -> None:
    assert found(80)[:40] == found(40)


def test_a_search_that_stops_within_a_generation_goes_on_as_if_it_had_not() -> None:
    known: dict[tuple[int, ...], Valued] = {}
    runs = 0

    def kept(points: Sequence[Steps]) -> list[Valued]:
        nonlocal runs
        for point in points:
            if tuple(point.values()) not in known:
                if runs == 47:
                    raise KeyboardInterrupt
                runs += 1
                known[tuple(point.values())] = values([point])[0]
        return [known[tuple(point.values())] for point in points]

    with pytest.raises(KeyboardInterrupt):
        search(AXES, BOTH, kept, trials=80, population=20, seed=3)
    assert runs == 47
    runs = -1000
    assert search(AXES, BOTH, kept, trials=80, population=20, seed=3) == found(80)


def test_points_over_the_limit_do_not_reach_the_front() -> None:
    def limited(points: Sequence[Steps]) -> list[Valued]:
        return [Valued(valued.values, valued.values[1] - 100) for valued in values(points)]

    trials = search(AXES, BOTH, limited, trials=300, population=20, seed=1)
    assert max(gain for gain, _ in front(trials)) in {9, 10}
    within = [sum(trial.valued.values[1] <= 100 for trial in some[20:]) for some in (trials, found(300, seed=1))]
    assert within[0] > 1.5 * within[1]


def test_a_point_without_a_value_is_passed_over() -> None:
    def broken(points: Sequence[Steps]) -> list[Valued]:
        return [Valued((math.nan, 0.0)) if point["gain"] > 15 else values([point])[0] for point in points]

    trials = search(AXES, BOTH, broken, trials=200, population=20, seed=1)
    assert len(trials) == 200
    assert max(gain for gain, _ in front(trials)) <= 15


def test_an_axis_ends_at_the_last_step_below_its_bound() -> None:
    axis = axis_of("x", 60.0, 85.0, 10.0)
    assert [axis.value(step) for step in range(axis.count + 1)] == [60.0, 70.0, 80.0]


def test_an_axis_of_one_value_is_refused() -> None:
    with pytest.raises(DesignError, match="no second value"):
        axis_of("x", 60.0, 65.0, 10.0)


def test_a_generation_of_three_is_refused() -> None:
    with pytest.raises(DesignError, match="4 trials or more"):
        search(AXES, BOTH, values, trials=9, population=3, seed=1)


def test_without_the_library_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "optuna", None)
    with pytest.raises(DesignError, match=r"pip install 'talentflow\[analysis\]'"):
        found(20)
