from __future__ import annotations

import math
from typing import Any

import pytest

import scenarios
from experiments import compare, matched_taste, rank_under
from experiments.cases import assumptions_of
from experiments.design import DesignError
from experiments.robustness import AS_IT_STANDS, kendall_tau, shipped_theories
from scenarios import ScenarioProblems
from simulation.names import DECISIONS

SMALL: dict[str, Any] = {"replicates": 2, "scale": 4_000, "until": "2030-12", "jobs": 1}


def test_rankings_agree_with_themselves_and_their_reverse_disagrees() -> None:
    first = {"a": 1, "b": 2, "c": 3, "d": 4}
    assert kendall_tau(first, first) == 1.0
    assert kendall_tau(first, {"a": 4, "b": 3, "c": 2, "d": 1}) == -1.0
    assert math.isnan(kendall_tau({"a": 1}, {"a": 1}))


def test_reforms_are_ranked_under_each_theory_by_what_they_add() -> None:
    found = rank_under(["one-stop", "category-a-less-stringent"], ["engine-prospect"], date="2030-12", **SMALL)
    by_theory: dict[str, list[Any]] = {}
    for row in found.rows:
        by_theory.setdefault(row.assumption, []).append(row)
    assert list(by_theory) == [AS_IT_STANDS, "engine-prospect"] == list(found.agreement)
    for rows in by_theory.values():
        assert [row.rank for row in rows] == [1, 2]
        assert rows[0].difference >= rows[1].difference
    assert by_theory[AS_IT_STANDS][0].baseline != by_theory["engine-prospect"][0].baseline
    assert found.agreement[AS_IT_STANDS] == 1.0
    assert found.agreement["engine-prospect"] in {-1.0, 1.0}
    assert len(found.to_pandas()) == 4


def test_the_shipped_theories_are_the_engines_beside_the_default() -> None:
    theories = shipped_theories()
    assert len(theories) == len(DECISIONS) - 1
    assert all(name.startswith("engine-") for name in theories)


def test_what_is_assumed_holds_on_both_sides() -> None:
    plain = compare(["one-stop"], dates=["2030-12"], **SMALL)
    assumed = compare(["one-stop"], dates=["2030-12"], assume=["engine-prospect"], **SMALL)
    by_hand = scenarios.load("one-stop").assuming(scenarios.load("engine-prospect").assumptions)
    assert assumed.rows == compare([by_hand], dates=["2030-12"], **SMALL).rows
    assert assumed.rows[0].baseline != plain.rows[0].baseline
    noted = "Assumed on both sides: engine-prospect."
    assert noted in assumed.to_dict()["notes"]
    assert noted not in plain.to_dict()["notes"]


def test_a_later_assumption_holds_over_an_earlier_one() -> None:
    both = compare(["one-stop"], assume=["engine-prospect", "engine-linear-income"], **SMALL)
    assert both.rows == compare(["one-stop"], assume=["engine-linear-income"], **SMALL).rows


@pytest.mark.parametrize("name", ["fast-track", "whole-article", "baseline"])
def test_a_reform_is_no_set_of_assumptions(name: str) -> None:
    with pytest.raises(DesignError, match=r"changes the law|makes no assumption"):
        assumptions_of(name)


def test_one_set_of_assumptions_is_named_once() -> None:
    with pytest.raises(DesignError, match="named twice"):
        rank_under(["one-stop"], ["engine-prospect", "engine-prospect"], **SMALL)


def test_the_taste_that_matches_the_model_as_it_stands_is_its_own() -> None:
    found = matched_taste({"beta": 2.4}, date="2018-12", scale=1_000)
    default = scenarios.behaviours()["theta_mean"].default
    assert isinstance(default, float)
    assert found == pytest.approx(default, abs=0.05)


@pytest.mark.parametrize(("name", "value"), [("decision_engine", 5), ("decision_engine", 1.5), ("loss_aversion", 0.5)])
def test_a_theory_that_does_not_exist_is_refused(name: str, value: float) -> None:
    with pytest.raises(ScenarioProblems):
        scenarios.load("baseline").with_assumptions({name: value})
