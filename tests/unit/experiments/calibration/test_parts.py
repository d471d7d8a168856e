from __future__ import annotations

import pickle

import numpy as np
import pytest
from scipy.special import ndtr

from experiments.calibration.chance import chance_of
from experiments.calibration.emulator import LEAST_POINTS, Emulator
from experiments.calibration.goals import bent, dependent, fitted_targets, goals_of, slope, straightened
from experiments.calibration.implausible import CUTOFF, Emulators, is_left, worst
from experiments.calibration.learned import bound, learned
from experiments.calibration.ranks import power, ranks_from, uniformity
from experiments.calibration.sampler import effective, remaining, tempered
from experiments.calibration.validity import validity_of
from experiments.design import DesignError
from experiments.targets import read_targets

from .toy import as_they_are, model, toy


def luck(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def runs_at(points: np.ndarray, rng: np.random.Generator, replicates: int = 2, chance: float = 0.03) -> np.ndarray:
    answers = model(points)[:, None, :] * (1 + chance * rng.standard_normal((len(points), replicates, 3)))
    return toy().goals.relative(answers)


def built(points: np.ndarray, answers: np.ndarray) -> Emulators:
    shapes = [Emulator(points, answers[:, :, place]).shape for place in range(3)]
    return Emulators(toy().goals, points, answers, 0.0, shapes)


def test_emulators_hold_unseen_runs_as_often_as_they_say() -> None:
    rng = luck(1)
    points, others = rng.random((50, 3)), rng.random((300, 3))
    emulators = built(points, runs_at(points, rng))
    validity = validity_of(emulators, others, runs_at(others, rng))
    assert 0.84 < validity.share_inside < 0.96
    assert (validity.explained > 0.9).all()
    # With four times the chance that they know of, they would not.
    assert validity_of(emulators, others, runs_at(others, rng, chance=0.12)).share_inside < 0.6


def test_the_shorter_way_leaves_the_same_points() -> None:
    rng = luck(8)
    points, others = rng.random((40, 3)), rng.random((3000, 3))
    waves = [built(points, runs_at(points, rng)), built(points[:25], runs_at(points[:25], rng))]
    left = worst(waves, others) < CUTOFF
    assert 0 < left.sum() < len(others)
    assert (is_left(waves, others) == left).all()
    one = np.array([True, False, False])
    assert (is_left(waves, others, one) == (worst(waves, others, one) < CUTOFF)).all()
    assert not (is_left(waves, others, one) == left).all()


def test_emulators_sent_to_another_process_foretell_the_same() -> None:
    rng = luck(9)
    points = rng.random((40, 3))
    emulators = built(points, runs_at(points, rng))
    content = pickle.dumps(emulators)
    assert len(content) < 20_000
    for here, there in zip(emulators.foretell(points), pickle.loads(content).foretell(points), strict=True):  # noqa: S301 - our own
        assert (here == there).all()


def test_an_answer_that_is_always_the_same_makes_no_error_and_leaves_the_others_alone() -> None:
    rng = luck(7)
    points = rng.random((40, 3))
    answers = runs_at(points, rng)
    # As grants of residence are, where no row is a person who applies.
    answers[:, :, 1] = 0.0
    emulators = built(points, answers)
    assert np.isfinite(emulators.correlation).all()
    assert np.isfinite(emulators.log_likelihood(points)).all()


def test_an_emulator_built_again_from_its_shape_is_the_same() -> None:
    rng = luck(2)
    points = rng.random((40, 3))
    answers = runs_at(points, rng)[:, :, 0]
    first = Emulator(points, answers)
    again = Emulator(points, answers, first.shape)
    at = rng.random((5, 3))
    np.testing.assert_allclose(again.foretell(at), first.foretell(at), rtol=1e-9)


def test_an_emulator_leaves_aside_parameters_that_do_nothing() -> None:
    rng = luck(3)
    points = rng.random((60, 8))
    answers = 1 + points[:, [4]] + 0.01 * rng.standard_normal((60, 2))
    assert 4 in Emulator(points, answers).shape.active
    assert len(Emulator(points, answers).shape.active) < 8


def test_too_few_answers_make_no_emulator() -> None:
    points = luck(4).random((20, 2))
    answers = np.full((20, 2), np.nan)
    answers[: LEAST_POINTS - 1] = 1.0
    with pytest.raises(DesignError, match=f"needs {LEAST_POINTS} draws"):
        Emulator(points, answers)


def test_chance_follows_the_parameters() -> None:
    rng = luck(5)
    points = rng.random((400, 2))
    spread = np.exp(1.5 * (points[:, :1] - 0.5))
    found = chance_of(points, 1 + spread * rng.standard_normal((400, 2)))
    low, high = found.at(np.array([[0.1, 0.5], [0.9, 0.5]]))
    assert low == pytest.approx(np.exp(-1.2), rel=0.4)
    assert high == pytest.approx(np.exp(1.2), rel=0.4)


def test_runs_without_chance_have_none() -> None:
    points = luck(6).random((20, 2))
    assert chance_of(points, np.repeat(points[:, :1], 2, axis=1)).at(points).max() == 0.0


def test_answers_far_too_high_are_bent_and_the_rest_are_not() -> None:
    shares = np.array([-1.0, 0.0, 1.9, 2.0, 3.0, 30.0])
    assert (bent(shares)[:4] == shares[:4]).all()
    assert bent(30.0) < 6
    np.testing.assert_allclose(straightened(bent(shares)), shares)
    step = 1e-6
    np.testing.assert_allclose(slope(shares), (bent(shares + step) - bent(shares - step)) / (2 * step), atol=1e-5)


def test_of_shares_of_one_whole_the_one_least_matched_is_not_fitted() -> None:
    targets = fitted_targets(read_targets())
    assert sorted(target.id for target in dependent(targets)) == ["elapsed-0", "share-c-2017"]
    goals = goals_of(targets)
    assert {name for name, used in zip(goals.ids, goals.is_used, strict=True) if not used} == {
        "elapsed-0",
        "share-c-2017",
    }
    assert [name for name, signed in zip(goals.ids, goals.is_signed, strict=True) if signed] == ["pay-elasticity"]


def test_only_targets_that_may_be_fitted_are() -> None:
    assert all(target.use == "fit" and target.under is None for target in fitted_targets(read_targets()))


def test_an_unknown_target_cannot_be_left_out() -> None:
    with pytest.raises(DesignError, match="did you mean 'permits-2022'"):
        goals_of(fitted_targets(read_targets()), ["permits-202"])


@pytest.mark.parametrize("dimensions", [2, 30])
def test_what_remains_is_found_and_measured(dimensions: int) -> None:
    def off_centre(points: np.ndarray) -> np.ndarray:
        return np.abs(points[:, :2] - 0.5).max(axis=1)

    rng = luck(7)
    found = remaining(off_centre, rng.random((1500, dimensions)), 0.05, rng)
    assert found.share == pytest.approx(0.01, rel=0.35)
    assert off_centre(found.points).max() < 0.05
    assert found.points[:, :2].std(axis=0) == pytest.approx(0.1 / np.sqrt(12), rel=0.15)
    assert found.points.mean(axis=0) == pytest.approx(0.5, abs=0.06)


def test_where_nothing_remains_there_are_no_points() -> None:
    rng = luck(8)
    found = remaining(lambda points: 1 + points[:, 0], rng.random((200, 2)), 1.0, rng)
    assert len(found.points) == 0
    assert found.share == 0.0
    assert found.lowest >= 1.0


@pytest.mark.parametrize("dimensions", [2, 30])
def test_a_tempered_sample_has_the_mean_and_the_width_of_its_density(dimensions: int) -> None:
    rng = luck(9)
    centre, width = np.array([0.4, 0.6]), np.array([0.02, 0.1])

    def log_density(points: np.ndarray) -> np.ndarray:
        return np.asarray(-0.5 * (((points[:, :2] - centre) / width) ** 2).sum(axis=1))

    sample = tempered(rng.random((1500, dimensions)), log_density, rng)
    assert sample[:, 0].mean() == pytest.approx(0.4, abs=0.005)
    assert sample[:, :2].std(axis=0) == pytest.approx(width, rel=0.15)
    assert sample[:, 2:].std(axis=0) == pytest.approx(1 / np.sqrt(12), rel=0.1)


def test_a_sample_is_carried_from_one_density_to_another() -> None:
    rng = luck(10)

    def log_start(points: np.ndarray) -> np.ndarray:
        return np.asarray(-0.5 * ((points[:, 0] - 0.3) / 0.05) ** 2)

    def log_end(points: np.ndarray) -> np.ndarray:
        return np.asarray(-0.5 * ((points[:, 0] - 0.6) / 0.1) ** 2)

    start = 0.3 + 0.05 * rng.standard_normal((1500, 2))
    found = tempered(start, log_end, rng, log_start=log_start)
    assert found[:, 0].mean() == pytest.approx(0.6, abs=0.02)
    assert found[:, 0].std() == pytest.approx(0.1, rel=0.15)


def test_uniform_ranks_pass_and_those_of_narrow_or_shifted_posteriors_do_not() -> None:
    normal = luck(11).standard_normal(200)
    assert uniformity(ndtr(normal)) > 0.05
    assert uniformity(ndtr(1.5 * normal)) < 0.001
    assert uniformity(ndtr(normal + 0.5)) < 0.001


def test_the_power_is_the_level_if_all_is_well_and_rises_with_the_number_of_truths() -> None:
    assert power(50, 1.0) == pytest.approx(0.05, abs=0.015)
    assert power(20) < power(50) < power(100)
    assert power(50) > 0.8


def test_alarms_are_of_the_chosen_parameters_alone() -> None:
    normal = luck(12).standard_normal((100, 3))
    ranks = ranks_from(("good", "narrow", "unasked"), ndtr(normal * [1, 2, 2]), np.full((100, 3), 0.1), 100.0)
    assert ranks.alarms([True, True, False]) == ["narrow"]


def test_a_parameter_counts_as_identified_beyond_what_few_draws_do_by_luck() -> None:
    rng = luck(13)
    points = np.column_stack([0.5 + 0.1 * (rng.random(400) - 0.5), rng.random((400, 30))])
    names = tuple(f"p{number}" for number in range(31))
    found = learned(names, points, np.full(400, 1 / 400), as_they_are)
    assert [one.name for one in found if one.is_identified] == ["p0"]
    assert found[0].posterior[1:] == pytest.approx((0.455, 0.545), abs=0.01)
    few = learned(names, points[:12], np.full(12, 1 / 12), as_they_are)
    assert [one.name for one in few if one.is_identified] == ["p0"]


def test_parameters_bound_together_are_told() -> None:
    rng = luck(14)
    first = rng.random(500)
    points = np.column_stack([first, 1 - first + 0.1 * rng.random(500), rng.random(500)])
    assert [pair[:2] for pair in bound(("x", "y", "z"), points, np.full(500, 1 / 500))] == [("x", "y")]
    assert bound(("x", "y", "z"), points, np.full(500, 1 / 500))[0][2] < -0.9


def test_few_heavy_draws_are_worth_little() -> None:
    assert effective([1.0, 1.0, 1.0, 1.0]) == 4
    assert effective([97.0, 1.0, 1.0, 1.0]) == pytest.approx(1.06, abs=0.01)
