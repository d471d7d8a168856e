from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable
from typing import Any

import pytest

from experiments.comparison import Comparison
from experiments.pairing import summarise
from experiments.runner import Failure

Make = Callable[..., Comparison]
SPREAD = [50.0, 60.0, 70.0, 80.0]


def test_a_row_holds_the_statistics_of_its_pairs(comparison_of: Make) -> None:
    (row,) = comparison_of({"a": SPREAD}).rows
    pairs = summarise([1023.0] * 4, [1023.0 + value for value in SPREAD])
    assert (row.baseline, row.reform, row.difference, row.low, row.high) == (
        pairs.baseline,
        pairs.reform,
        pairs.difference,
        pairs.low,
        pairs.high,
    )
    assert (row.scenario, row.outcome, row.group, row.date, row.unit, row.n) == (
        "a",
        "stock",
        "all",
        "2019-12",
        "persons",
        4,
    )


def test_json_has_the_fields_that_scripts_rely_on(comparison_of: Make) -> None:
    result = json.loads(comparison_of({"a": SPREAD, "b": SPREAD}).to_json())
    assert result["schema"] == "talentflow.compare/1"
    fixed = {"schema", "seed", "replicates", "scale", "confidence", "version", "baseline", "rows", "warnings"}
    assert fixed <= result.keys()
    row = [
        "scenario",
        "outcome",
        "group",
        "date",
        "unit",
        "baseline",
        "reform",
        "difference",
        "low",
        "high",
        "n",
        "same_sign",
    ]
    assert all(set(row) <= found.keys() for found in result["rows"])
    assert (result["replicates"], result["confidence"], result["baseline"]) == (4, 0.95, "baseline")
    assert [found["scenario"] for found in result["rows"]] == ["a", "b"]


def test_a_number_that_does_not_exist_is_null_in_json_and_empty_in_csv(comparison_of: Make) -> None:
    result = comparison_of({"a": [50.0]})
    row = json.loads(result.to_json())["rows"][0]
    assert (row["low"], row["high"], row["error"], row["difference"]) == (None, None, None, 50.0)
    (cells,) = csv.DictReader(io.StringIO(result.to_csv()))
    assert (cells["low"], cells["difference"]) == ("", "50.0")


def test_one_pair_warns_that_there_is_no_interval(comparison_of: Make) -> None:
    (warning,) = comparison_of({"a": [50.0]}).warnings
    assert "no interval" in warning


def test_a_reform_that_touched_nobody_is_a_warning(comparison_of: Make) -> None:
    assert comparison_of({"a": SPREAD}).warnings == []
    (warning,) = comparison_of({"a": [0.0] * 4}, touched=0).warnings
    assert "a touched nobody" in warning


def test_a_law_equal_to_the_baseline_is_a_warning(comparison_of: Make) -> None:
    (warning,) = comparison_of({"a": [0.0] * 4}, touched=0, first=None).warnings
    assert "same law as baseline" in warning


def test_failed_runs_are_listed_with_their_seeds(comparison_of: Make) -> None:
    result = comparison_of({"a": SPREAD}, failures=[Failure(5, "ValueError: broken", "")])
    assert "1 of 5 runs failed" in result.warnings[0]
    assert json.loads(result.to_json())["failures"] == [{"seed": 5, "error": "ValueError: broken"}]


def test_persons_are_means_over_pairs(comparison_of: Make) -> None:
    (row,) = comparison_of({"a": SPREAD}, touched=10).persons
    assert (row.touched, row.additional, row.displaced, row.n) == (10, 5, 2, 4)


@pytest.mark.parametrize(("precision", "reached"), [(0.5, True), (0.01, False)])
def test_precision_is_reached_when_the_interval_is_within_its_share(
    comparison_of: Make, precision: float, reached: bool
) -> None:
    result = comparison_of({"a": SPREAD}, precision=precision)
    assert result.precision_reached is reached
    assert json.loads(result.to_json())["rows"][0]["precision_reached"] is reached
    assert any("precision of 1% not reached in 1 of 1 rows" in text for text in result.warnings) is not reached


def test_a_difference_of_exactly_zero_is_as_precise_as_can_be(comparison_of: Make) -> None:
    assert comparison_of({"a": [0.0] * 4}, precision=0.05).precision_reached


def test_without_a_precision_none_is_reported(comparison_of: Make) -> None:
    row = json.loads(comparison_of({"a": SPREAD}).to_json())["rows"][0]
    assert "precision_reached" not in row


def test_pandas_holds_the_rows(comparison_of: Make) -> None:
    result = comparison_of({"a": SPREAD, "b": [value + 1 for value in SPREAD]})
    frame: Any = result.to_pandas()
    assert list(frame["difference"]) == [row.difference for row in result.rows]


def test_pairing_pays_when_levels_vary_more_than_differences(comparison_of: Make) -> None:
    (row,) = comparison_of({"a": SPREAD}, levels=[900.0, 1000.0, 1100.0, 1200.0]).rows
    assert row.variance_ratio > 100
    (still,) = comparison_of({"a": [50.0] * 4}, levels=[900.0, 1000.0, 1100.0, 1200.0]).rows
    assert still.variance_ratio == math.inf
