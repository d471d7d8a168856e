"""The article's numbers beside ours."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from experiments.benchmarks import FILE, Benchmark, beside, read_benchmarks
from experiments.cases import known_outcomes
from experiments.checks import check
from experiments.design import DesignError
from experiments.evaluation import evaluate
from experiments.series import run

BEFORE_IT_IS_MEASURED = {"share_of_workforce"}
"""Outcomes that a benchmark may wait for: ours is then a blank."""


class Counts:
    """A model that has lived to a month and counts the same number every month."""

    def __init__(self, month: int, by_group: dict[str, float]) -> None:
        self.month, self.outcomes, self._by_group = month, self, by_group

    def value(self, outcome: str, group: str, month: int, *, months: int) -> float:
        return self._by_group[group] * (months if outcome == "arrivals" else 1) * (1 + (month >= 288))


def benchmark(**changes: Any) -> Benchmark:
    usual: dict[str, Any] = {
        "id": "x", "what": {"en": "x", "zh": "x"}, "value": 2.0, "unit": "persons", "period": "2023", "source": "G2-01",
        "differs": {"en": "x", "zh": "x"}, "outcome": "stock", "group": "all",
    }  # fmt: skip
    return Benchmark(**(usual | changes))


def test_every_number_of_the_article_that_the_brief_names_is_there() -> None:
    values = {one.id: one.value for one in read_benchmarks()}
    assert {19, 29, 12, 65_511, 15.4, 16_625, 30, 2_597_000, 52.3, 972, 1_180_000} == set(values.values())


def test_each_says_in_both_languages_what_it_counts_and_why_ours_differs() -> None:
    for one in read_benchmarks():
        for text in (one.what, one.differs):
            assert set(text) == {"en", "zh"}, one.id
            assert any("\u4e00" <= letter <= "\u9fff" for letter in text["zh"]), one.id
        assert one.outcome is None or one.outcome in {*known_outcomes(), *BEFORE_IT_IS_MEASURED}, one.id


def test_ours_is_read_in_the_unit_and_the_period_of_the_article() -> None:
    model = Counts(400, {"all": 200.0, "field=research": 50.0})
    assert benchmark().of(model) == 200.0
    assert benchmark(outcome="arrivals").of(model) == 2400.0
    assert benchmark(unit="%", group="field=research", share_of="all").of(model) == 25.0
    assert benchmark(unit="%", period="2024", growth_on="2023").of(model) == 100.0


def test_ours_is_blank_where_nothing_is_near_or_the_model_has_not_lived_so_long() -> None:
    model = Counts(287, {"all": 200.0})
    assert math.isnan(benchmark().of(model))
    assert benchmark().of(Counts(288, {"all": 200.0})) == 200.0
    assert math.isnan(benchmark(outcome=None).of(Counts(400, {"all": 1.0})))
    assert math.isnan(benchmark(unit="%", share_of="all").of(Counts(400, {"all": 0.0})))


def test_the_mean_over_runs_leaves_out_blanks() -> None:
    one, two = beside([benchmark(), benchmark()], [[1.0, math.nan], [3.0, math.nan]])
    assert one.ours == 2.0
    assert two.to_dict()["ours"] is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"group": "category=Z"}, "unknown group"),
        ({"share_of": "nobody"}, "unknown group"),
        ({"source": "Z9-99"}, "unknown fact"),
        ({"difers": 1}, "did you mean 'differs'"),
        ({"unit": None}, "has no unit"),
    ],
)
def test_a_wrong_benchmark_is_refused(tmp_path: Path, changed: dict[str, Any], said: str) -> None:
    entry = {
        "id": "x", "what": {"en": "x", "zh": "x"}, "value": 5, "unit": "persons", "period": 2023, "source": "G2-01",
        "differs": {"en": "x", "zh": "x"},
    } | changed  # fmt: skip
    file = tmp_path / "benchmarks.yaml"
    entries = [{key: value for key, value in entry.items() if value is not None}]
    file.write_text(json.dumps({"schema": "talentflow.benchmarks/1", "benchmarks": entries}))
    with pytest.raises(DesignError, match=said):
        read_benchmarks(file)


def test_a_file_of_something_else_is_no_file_of_benchmarks() -> None:
    with pytest.raises(DesignError, match=r"talentflow\.benchmarks/1"):
        read_benchmarks(FILE.parent / "targets.yaml")


def test_a_run_and_a_check_tell_the_same_of_ours_as_the_outcome_itself() -> None:
    told = {one.benchmark.id: one.ours for one in run("baseline", scale=2_000, jobs=1, until="2024-12").context}
    stock = evaluate("baseline", {}, 1, 2_000, ["stock[field=research]@2023"])["stock[field=research]@2023"]
    assert told["german-scholars"] == stock
    short = {one.benchmark.id: one.ours for one in run("baseline", scale=2_000, jobs=1, until="2022-12").context}
    assert math.isnan(short["german-scholars"])
    checked = check(replicates=1, scale=2_000, jobs=1)
    assert {one.benchmark.id: one.ours for one in checked.context}["german-scholars"] == stock
    assert len(checked.to_dict()["context"]) == len(read_benchmarks())
