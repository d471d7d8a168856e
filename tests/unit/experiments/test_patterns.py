"""Shapes and signs that the model was not fitted to: how they are read and judged."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.design import DesignError
from experiments.patterns import Pattern, Reading, check_patterns, read_patterns
from experiments.shapes import _exits_by_group, _returns
from scenarios import facts
from simulation.names import ON_B, WITH_FAMILY
from simulation.records import NEVER, PERSON


def pattern(low: float = -math.inf, high: float = math.inf) -> Pattern:
    return Pattern("any", {"en": "any", "zh": "任何"}, low, high, "share", "assumption", "")


@pytest.mark.parametrize(
    ("low", "high", "interval", "verdict"),
    [
        (0.0, math.inf, (0.1, 0.3), "predicted"),
        (0.0, math.inf, (-0.1, 0.3), "unclear"),
        (0.0, math.inf, (-0.4, -0.1), "not predicted"),
        (-math.inf, 0.0, (-0.4, -0.1), "predicted"),
        (0.02, 0.05, (0.03, 0.04), "predicted"),
        (0.02, 0.05, (0.06, 0.08), "not predicted"),
        (0.02, 0.05, (0.01, 0.08), "unclear"),
        (0.0, math.inf, (math.nan, math.nan), "unclear"),
    ],
)
def test_a_pattern_is_predicted_only_if_the_whole_interval_lies_in_its_range(
    low: float, high: float, interval: tuple[float, float], verdict: str
) -> None:
    assert Reading(pattern(low, high), 0.0, interval, 4).verdict == verdict


def test_shipped_patterns_have_sources_that_exist_and_both_languages() -> None:
    for entry in read_patterns():
        assert entry.source == "assumption" or entry.source in facts(), entry.id
        assert set(entry.what) == {"en", "zh"}
        assert entry.low < entry.high


def test_a_pattern_without_a_range_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "patterns.yaml"
    file.write_text(
        "schema: talentflow.patterns/1\n"
        "patterns:\n  - {id: a, what: {en: a, zh: b}, unit: share, source: assumption, note: ''}\n",
        encoding="utf-8",
    )
    with pytest.raises(DesignError, match="pattern 1 has no low or high"):
        read_patterns(file)


def people(n: int, **columns: Any) -> dict[str, Any]:
    """Return columns of people in China on Category B, changed as told."""
    persons = np.zeros(n, PERSON)
    persons["status"], persons["is_counted"], persons["left_month"] = ON_B, 1, NEVER
    persons["salary_cny"] = np.arange(n)
    for name, values in columns.items():
        persons[name] = values
    return {name: persons[name].copy() for name in PERSON.names or ()}


def test_exits_are_counted_by_fifth_of_pay_and_by_work_of_the_spouse() -> None:
    # Ten people: of the lowest fifth both leave, of the highest one of two; nobody between.
    before = people(10, couple=1, family_mode=WITH_FAMILY, spouse_works=[0, 0, 0, 0, 0, 1, 1, 1, 1, 1])
    after = people(10, is_counted=[0, 0, 1, 1, 1, 1, 1, 1, 1, 0])
    found = _exits_by_group([before, after])
    assert found["low-pay-leaves"] == pytest.approx(1.0)
    assert found["high-pay-leaves"] == pytest.approx(0.5)
    # Without work two of five leave, with work one of five.
    assert found["working-partner-stays"] == pytest.approx(0.2)


def test_a_stay_that_ended_and_began_again_within_the_year_is_an_exit() -> None:
    before, after = people(5, entry_month=10), people(5, entry_month=[10, 10, 10, 10, 15])
    assert _exits_by_group([before, after])["high-pay-leaves"] == pytest.approx(1.0)


def test_returns_are_new_entries_of_a_year_of_leavers() -> None:
    from experiments.shapes import FIRST

    years = [people(4) for _ in range(7)]
    years[1] = people(4, is_counted=[0, 0, 0, 1], left_month=[FIRST + 6, FIRST + 12, FIRST - 30, NEVER], stays=1)
    years[6] = people(4, stays=[2, 1, 2, 1])
    assert _returns(years)["re-entry"] == pytest.approx(0.5)


def test_every_shipped_pattern_is_measured_by_a_run_and_a_seed_gives_the_same_again() -> None:
    first = check_patterns(replicates=1, scale=4_000, jobs=1)
    assert [answer.pattern.id for answer in first.answers] == [entry.id for entry in read_patterns()]
    measured = {answer.pattern.id: answer.mean for answer in first.answers}
    assert sum(math.isfinite(value) for value in measured.values()) >= len(measured) - 3
    # A law without any route by points admits fewer.
    assert measured["points-number"] > 0.0
    again = check_patterns(replicates=1, scale=4_000, jobs=1)
    assert str(again.to_dict()) == str(first.to_dict())
