"""A region's gain is the nation's and what the others lose, pair by pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from experiments.bidding import groups_of, split_gain
from experiments.comparison import Comparison, summary_of
from experiments.design import Design, DesignError, Question
from experiments.pairing import summarise
from experiments.persons import Touched
from experiments.replicate import Case, Money, PairedRun

GROUPS = groups_of(["guangdong", "zhejiang"])


def bid(changes: Sequence[tuple[float, float, float]], groups: tuple[str, ...] = GROUPS) -> Comparison:
    """Return a comparison in which each pair changes the nation and two regions by so many people."""
    runs = []
    for seed, change in enumerate(changes, start=1):
        before = np.array([1000.0 * seed, 200.0, 100.0])[:, None] + np.zeros((3, 24))
        run = PairedRun(seed)
        run.baseline["a"] = before[None, : len(groups)]
        run.reform["a"] = (before + np.array(change)[:, None])[None, : len(groups)]
        run.groups["a"] = {"2019-12": {"all": Touched()}}
        run.money["a"] = {"2019-12": Money()}
        runs.append(run)
    case: Any = Case("a", {"en": "Bidding", "zh": "竞价"}, None, "baseline", None, "2019-01")
    question = Question(outcomes=("stock",), groups=groups, dates=("2019-12",))
    return summary_of(Design(replicates=len(changes), until="2019-12"), question, [case], runs, [])


def test_a_gain_of_two_regions_is_split_into_the_nation_s_and_the_others_loss() -> None:
    """Pair 1: the two gain 30 and 20, the nation 10, so 40 come from the others."""
    changes = [(10.0, 30.0, 20.0), (20.0, 50.0, 10.0), (0.0, 40.0, 5.0)]
    split = split_gain(bid(changes), "a", ["guangdong", "zhejiang"], "2019-12")
    assert (split.regions.difference, split.nation.difference, split.reallocated.difference) == pytest.approx(
        (155 / 3, 10.0, 125 / 3)
    )
    expected = summarise([0.0] * 3, [40.0, 40.0, 45.0])
    assert (split.reallocated.low, split.reallocated.high) == pytest.approx((expected.low, expected.high))
    assert (split.regions.baseline, split.reallocated.baseline) == pytest.approx((300.0, -1700.0))


def test_a_pure_reallocation_gains_the_nation_exactly_nothing() -> None:
    split = split_gain(bid([(0.0, 7.0, 0.0), (0.0, 9.0, 0.0)]), "a", ["guangdong"], "2019-12")
    assert (split.nation.difference, split.nation.method) == (0.0, "point")
    assert split.regions.difference == split.reallocated.difference == 8.0


@pytest.mark.parametrize(
    ("scenario", "regions", "told"),
    [
        ("b", ["guangdong"], "no scenario"), ("a", [], "each once"), ("a", ["guangdong"] * 2, "each once"),
        ("a", ["hainan"], "lacks stock of region=hainan"),
    ],
)  # fmt: skip
def test_what_cannot_be_split_is_told(scenario: str, regions: list[str], told: str) -> None:
    with pytest.raises(DesignError, match=told):
        split_gain(bid([(0.0, 0.0, 0.0)]), scenario, regions, "2019-12")
