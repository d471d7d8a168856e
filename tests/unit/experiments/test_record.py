"""A version that agrees less with data than the one on record is noticed."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from experiments.design import Design, DesignError
from experiments.record import RMS_SLACK, is_comparable, read_record, worsenings

RECORD: dict[str, Any] = {
    "schema": "talentflow.record/1",
    "scenario": "baseline",
    "seed": 1,
    "replicates": 4,
    "scale": 100,
    "version": "1",
    "scores": {
        "fit": {"total": 3, "met": 2, "implausible": 0, "rms_z": 1.0},
        "held-out": {"total": 2, "met": 1, "implausible": 1, "rms_z": 2.0},
    },
    "met": {"fit": ["a", "b"], "held-out": ["d"]},
    "patterns": {"shape": "predicted", "sign": "unclear"},
}


def now(**changes: Any) -> dict[str, Any]:
    other = copy.deepcopy(RECORD)
    for path, value in changes.items():
        *way, last = path.split("__")
        at = other
        for name in way:
            at = at[name.replace("_", "-") if name not in at else name]
        at[last] = value
    return other


def told(after: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.kind, one.name) for one in worsenings(RECORD, after)]


def test_the_same_scores_are_no_worse() -> None:
    assert told(copy.deepcopy(RECORD)) == []


def test_better_scores_are_no_worse() -> None:
    assert told(now(scores__fit__met=3, scores__fit__rms_z=0.2, patterns__sign="predicted")) == []


def test_a_target_that_is_lost_is_named() -> None:
    (worse,) = worsenings(RECORD, now(scores__fit__met=1, met__fit=["a"]))
    assert (worse.kind, worse.name, worse.before, worse.now, worse.lost) == ("met", "fit", 2, 1, ("b",))


def test_an_implausible_target_more_is_told() -> None:
    assert told(now(scores__held_out__implausible=2)) == [("implausible", "held-out")]


def test_the_distance_may_move_as_far_as_luck_moves_it_and_no_further() -> None:
    assert told(now(scores__fit__rms_z=1.0 + 0.9 * RMS_SLACK)) == []
    assert told(now(scores__fit__rms_z=1.0 + 1.1 * RMS_SLACK)) == [("rms_z", "fit")]


@pytest.mark.parametrize("verdict", ["unclear", "not predicted"])
def test_a_pattern_that_is_predicted_no_more_is_told(verdict: str) -> None:
    assert told(now(patterns__shape=verdict)) == [("pattern", "shape")]


def test_sections_with_other_targets_are_not_compared() -> None:
    assert told(now(scores__fit__total=4, scores__fit__met=1)) == []


def test_only_a_check_made_alike_is_compared() -> None:
    assert is_comparable(RECORD, "baseline", Design(seed=1, replicates=4, scale=100))
    assert not is_comparable(RECORD, "baseline", Design(seed=2, replicates=4, scale=100))
    assert not is_comparable(RECORD, "mine", Design(seed=1, replicates=4, scale=100))


@pytest.mark.parametrize("text", ["{", "[]", '{"schema": "talentflow.check/1"}'])
def test_a_file_that_is_no_record_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "record.json"
    file.write_text(text)
    with pytest.raises(DesignError, match=r"record\.json"):
        read_record(file)


def test_a_record_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DesignError, match="cannot be read"):
        read_record(tmp_path / "none.json")


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_text(json.dumps(RECORD))
    assert read_record(file) == RECORD
