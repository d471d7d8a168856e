from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from experiments.analyses.boxes import BoxSettings
from experiments.analyses.discover import RESULT, Condition, Discovery, asked_of_file, condition_of, discover
from experiments.analyses.discover_words import findings, limit_inside, notes
from experiments.batch.writing import experiment_of
from experiments.design import DesignError

from .standins import REFORM, MemoryStore

NAMES = ("beta", "inertia", "attention_rate", "job_loss_rate")
QUICK = BoxSettings(halves=20)


def store(*, noise: float = 500.0, seed: int = 1) -> MemoryStore:
    """Return a batch whose effect is small where income weighs little and inertia is large."""
    rng = np.random.default_rng(seed)
    inputs = rng.random((200, 4)) * [2.0, 0.6, 0.8, 0.06] + [0.8, 0.0, 0.2, 0.04]
    is_small = (inputs[:, 0] < 1.8) & (inputs[:, 1] > 0.25)
    effects = np.where(is_small, 8_000.0, 30_000.0)[:, None] + noise * rng.standard_normal((200, 3))
    return MemoryStore(NAMES, inputs, effects)


@pytest.fixture(scope="module")
def found() -> Discovery:
    return discover(store(), Condition("below", 20_000.0), settings=QUICK)  # type: ignore[arg-type]


def test_the_box_of_small_effects_is_found_in_the_units_of_the_parameters(found: Discovery) -> None:
    assert found.found is not None
    assert found.found.is_convincing
    limits = {limit.name: limit for limit in found.found.limits}
    assert set(limits) == {"beta", "inertia"}
    assert limits["beta"].upper == pytest.approx(1.8, abs=0.06)
    assert limits["inertia"].lower == pytest.approx(0.25, abs=0.03)
    assert found.found.box.density > 0.95
    assert found.unsure == 0


def test_a_sentence_says_where_how_often_and_whether_again(found: Discovery) -> None:
    first, again = findings(found, "en")
    assert "below 20,000 people where" in first
    assert "weight of income is below 1." in first
    assert "people stay where they are is above 0.2" in first
    assert "(coverage)" in first
    assert "(density)" in first
    assert "draws that a box was not found on" in again


def test_the_same_is_said_in_chinese(found: Discovery) -> None:
    first, again = findings(found, "zh")
    assert "收入权重低于1." in first
    assert "低于20,000人" in first
    assert "未用于寻找范围" in again
    assert not any("{" in line for line in (first, again, *notes(found, "zh")))


def test_the_result_is_kept_and_is_plain_json() -> None:
    batch = store()
    result = discover(batch, Condition("below", 20_000.0), settings=BoxSettings(halves=4))  # type: ignore[arg-type]
    kept = json.loads(batch.derived[RESULT])
    assert kept == json.loads(result.to_json())
    assert kept["schema"] == "talentflow.discover/1"
    assert kept["condition"] == {"kind": "below", "value": 20_000.0}
    assert kept["of_interest"] == result.of_interest > 0
    assert kept["box"]["trajectory"][0]["coverage"] == 1.0
    assert {limit["parameter"] for limit in kept["box"]["limits"]} == {"beta", "inertia"}


def test_no_box_is_claimed_where_parameters_do_not_matter() -> None:
    rng = np.random.default_rng(3)
    batch: Any = MemoryStore(NAMES, rng.random((200, 4)), rng.standard_normal((200, 3)))
    result = discover(batch, Condition("bottom", 0.3), settings=QUICK)
    (sentence,) = findings(result, "en")
    assert sentence.startswith("No box is claimed")
    assert result.to_dict()["box"]["is_convincing"] is False


def test_draws_that_replicates_leave_on_either_side_are_counted() -> None:
    batch: Any = store(noise=30_000.0)
    result = discover(batch, Condition("below", 20_000.0), settings=BoxSettings(halves=2))
    assert result.unsure > 50
    assert any("do not tell the side" in note for note in notes(result, "en"))


def test_a_draw_without_a_number_is_left_out() -> None:
    batch = store()
    batch.effects[3, 1] = np.nan
    result = discover(batch, Condition("below", 20_000.0), settings=BoxSettings(halves=2))  # type: ignore[arg-type]
    assert (result.draws, result.dropped) == (199, 1)


def test_a_level_is_the_reforms_not_the_baselines() -> None:
    batch: Any = store(noise=0.0)
    result = discover(batch, Condition("below", 20_000.0), of="level", settings=BoxSettings(halves=2))
    effect = discover(batch, Condition("below", 19_000.0), settings=BoxSettings(halves=2))
    assert result.of_interest == effect.of_interest


@pytest.mark.parametrize(
    ("kinds", "numbers", "expected"),
    [
        ({"below": 2.0}, [1.0, 2.0, 3.0], [True, False, False]),
        ({"above": 2.0}, [1.0, 2.0, 3.0], [False, False, True]),
        ({"bottom": 0.5}, [1.0, 2.0, 3.0], [True, True, False]),
        ({"top": 0.1}, [1.0, 2.0, 3.0], [False, False, True]),
    ],
)
def test_a_condition_holds_of_the_draws_it_names(
    kinds: dict[str, float], numbers: list[float], expected: list[bool]
) -> None:
    assert condition_of(**kinds).holds(np.array(numbers)).tolist() == expected


@pytest.mark.parametrize(
    ("kinds", "told"), [({}, "got 0"), ({"below": 1.0, "top": 0.1}, "got 2"), ({"top": 1.5}, "between 0 and 1")]
)
def test_a_condition_that_says_nothing_is_refused(kinds: dict[str, float], told: str) -> None:
    with pytest.raises(DesignError, match=told):
        condition_of(**kinds)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"outcome": "inflow"}, "did you mean|known: stock"),
        ({"scenario": "baseline"}, "no effect"),
        ({"over": ("bata",)}, "did you mean 'beta'"),
        ({"date": "2031"}, "2030-12"),
    ],
)
def test_what_the_batch_does_not_hold_is_refused(asked: dict[str, Any], told: str) -> None:
    batch: Any = store()
    with pytest.raises(DesignError, match=told):
        discover(batch, Condition("below", 1.0), **asked)


def test_a_batch_with_few_draws_is_refused() -> None:
    batch: Any = MemoryStore(("beta",), [[1.0], [2.0]], [[1.0], [2.0]])
    with pytest.raises(DesignError, match="40 draws"):
        discover(batch, Condition("below", 1.0))


def test_the_section_of_a_file_says_what_is_looked_for() -> None:
    section = {"below": 20_000, "most_parameters": 2, "outcome": "stock", "of": "level", "over": ["beta"]}
    experiment = experiment_of(
        [REFORM], uncertainty={"method": "sobol", "draws": 4, "over": ["beta"]}, analyses={"discover": section}
    )
    condition, asked = asked_of_file(experiment)
    assert condition == Condition("below", 20_000.0)
    assert (asked["outcome"], asked["of"], asked["over"]) == ("stock", "level", ("beta",))
    assert asked["settings"].most == 2


def test_a_file_without_the_section_is_told_to_name_a_condition() -> None:
    with pytest.raises(DesignError, match="--below"):
        asked_of_file(experiment_of([REFORM]))


def test_limits_on_both_sides_say_the_unit_once(found: Discovery) -> None:
    from experiments.analyses.boxes import Limit

    both = Limit("horizon_years", 6.0, 9.5, 0.01, 1.0)
    assert limit_inside(both, "en").endswith("is between 6 and 9.5 years")
