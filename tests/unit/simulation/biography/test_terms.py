"""A decision taken apart: the terms sum to what the rule gave, and each switch is alive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulation.biography import terms
from simulation.biography.terms import CHINA, NAMES, OTHER, VALUED, VISITS, World, gain_in, is_home_best

Find = Callable[..., list[Any]]
QUIET_HERE = {"children", "travel", "lab"}
"""Terms that no decision of the few lives looked at need hold."""


@pytest.fixture(scope="module")
def decisions(calls: Find) -> list[tuple[Any, dict[str, float]]]:
    return [(step, terms.terms(step)) for step in calls(*VALUED)[::7]]


def test_the_rule_gives_the_same_bits_again(calls: Find) -> None:
    for step in calls(*VALUED)[::5]:
        world = World(step.before, step.given["now"], step.given["region"], None)
        assert gain_in(world, step) == step.result


def test_the_terms_sum_to_the_gain(decisions: list[tuple[Any, dict[str, float]]]) -> None:
    assert len(decisions) > 150
    for step, found in decisions:
        assert tuple(found) == NAMES
        assert sum(found.values()) == pytest.approx(step.result, abs=1e-12)


def test_nothing_is_left_without_a_name(decisions: list[tuple[Any, dict[str, float]]]) -> None:
    assert [found for _, found in decisions if abs(found[OTHER]) > 1e-9] == []


def test_visits_cost_their_travel_whatever_else(calls: Find) -> None:
    for step in calls(VISITS):
        assert terms.terms(step)["travel"] == pytest.approx(-step.given["now"].behaviour.visit_cost)


def test_every_term_matters_to_somebody(decisions: list[tuple[Any, dict[str, float]]]) -> None:
    alive = {name for _, found in decisions for name, term in found.items() if abs(term) > 1e-6}
    assert set(NAMES) - {OTHER} - QUIET_HERE <= alive


def test_costs_take_and_only_the_mover_waits(decisions: list[tuple[Any, dict[str, float]]]) -> None:
    for step, found in decisions:
        assert found["filing"] <= 1e-12
        if step.rule == CHINA and step.given["is_moving"] == 1:
            assert found["moving"] < 0.0
        elif step.rule == CHINA:
            assert found["moving"] == found["wait"] == found["doubt"] == 0.0


def test_a_call_changes_nobody(decisions: list[tuple[Any, dict[str, float]]]) -> None:
    step, _ = decisions[0]
    before = [getattr(step.before, name) for name in ("theta", "taste", "spouse_pay_share")]
    terms.terms(step)
    assert [getattr(step.before, name) for name in ("theta", "taste", "spouse_pay_share")] == before


def test_the_best_place_elsewhere_is_home_for_some_and_a_third_country_for_others(
    decisions: list[tuple[Any, dict[str, float]]],
) -> None:
    assert {is_home_best(step) for step, _ in decisions} == {True, False}
