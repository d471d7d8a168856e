"""When a scenario fails, told: shares of draws, a part of the range where there is one, theories."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from experiments.analyses.theories import Theory
from experiments.report.failing import (
    finding,
    part_of_range,
    share_of,
    share_table,
    short_of,
    theory_items,
)
from experiments.report.parts import Paragraph, Table

from .uncertain_standins import drawn, uniform

TITLE = {"en": "A reform", "zh": "某项改革"}
DATE = {"en": "2030", "zh": "2030年"}


def pairs(means: Any, luck: float = 0.0) -> Any:
    return np.stack([np.asarray(means) - luck, np.asarray(means) + luck], axis=1)


def told(means: Any, lang: str = "en") -> str:
    return finding(short_of(pairs(means)), len(means), TITLE, DATE)[lang]


def test_a_scenario_that_never_falls_short_says_up_to_what_share_that_is_certain() -> None:
    text = told(np.linspace(900, 1100, 96))
    assert "in none of 96 draws" in text
    assert "below 500, half of its mean of 1,000" in text
    assert "at most 4% of all" in text


def test_draws_that_fall_short_are_counted_with_their_range() -> None:
    text = told([1_000.0] * 80 + [100.0] * 12 + [-50.0] * 4)
    assert "in 16 of 96 draws of the uncertain parameters (17%; 11% to 25%)" in text
    assert "is zero or has the other sign in 4 (4%; 2% to 10%)" in text


def test_a_draw_without_any_effect_is_not_said_to_have_the_other_sign() -> None:
    means = [1_000.0] * 80 + [100.0] * 12 + [0.0] * 3 + [-50.0]
    assert "is zero or has the other sign in 4 " in told(means)
    assert "4组（4%；2%至10%）为零或符号相反" in told(means, "zh")


def test_a_fall_fails_where_it_is_small_not_where_it_is_large() -> None:
    text = told([-1_000.0] * 80 + [-100.0] * 12 + [50.0] * 4)
    assert "in 16 of 96 draws" in text
    assert "the fall in people in China" in text
    assert "none at all in 4" in text


def test_an_effect_not_told_from_zero_has_nothing_that_could_fail() -> None:
    rng = np.random.default_rng(5)
    means = rng.normal(0, 100, 96)
    means -= means.mean() - 1
    text = told(means)
    assert "cannot be told from zero" in text
    assert "half of" not in text
    rows = share_table(short_of(pairs(means)), 96).rows
    assert [row["label"]["en"] for row in rows] == ["effect at or below zero"]


def test_draws_below_zero_are_counted_whatever_the_sign_of_a_mean_that_is_not_told() -> None:
    means = np.array([-100.0] * 70 + [230.0] * 26)
    assert -20 < means.mean() < 0
    assert "at or below zero in 70 of them" in told(means)
    assert "其中70组" in told(means, "zh")
    (row,) = share_table(short_of(pairs(means)), 96).rows
    assert (row["label"]["en"], row["draws"]) == ("effect at or below zero", 70)


def test_shares_in_text_and_table_are_the_same() -> None:
    means = [1_000.0] * 80 + [100.0] * 12 + [-50.0] * 4
    half, zero = share_table(short_of(pairs(means)), 96).rows
    assert (half["draws"], zero["draws"]) == (16, 4)
    assert half["share"] == pytest.approx((1 / 6, 0.105, 0.254), abs=0.001)


def test_luck_is_what_replicates_of_one_draw_differ_by() -> None:
    means = np.linspace(900, 1100, 96)
    assert short_of(pairs(means)).luck == 0.0
    assert short_of(pairs(np.full(96, 1_000.0), luck=5.0)).luck != short_of(pairs(means)).luck
    rng = np.random.default_rng(6)
    only_luck = 1_000 + rng.normal(0, 50, (96, 2))
    assert short_of(only_luck).luck > 0.6


def test_a_share_of_none_and_of_all_stays_within_0_and_1() -> None:
    assert share_of(0, 50).low == 0.0
    assert share_of(50, 50).high == pytest.approx(1.0)


def test_a_part_of_the_range_is_found_where_there_is_one() -> None:
    inputs = uniform(96)
    means = np.where(inputs[:, 2] > 0.7, 100.0, 1_000.0)
    first, again = part_of_range(drawn(pairs(means), inputs), short_of(pairs(means)))
    assert "A part of the range was found where the effect is below half of its mean" in first["en"]
    assert "spread of pay gaps between places is above 0.7" in first["en"]
    assert "On draws that such a part was not found on" in again["en"]
    assert "各地薪酬差异离散度" in first["zh"]


def test_no_part_of_the_range_is_claimed_where_it_is_luck() -> None:
    inputs = uniform(96)
    means = np.where(np.random.default_rng(7).random(96) > 0.7, 100.0, 1_000.0)
    (text,) = part_of_range(drawn(pairs(means), inputs), short_of(pairs(means)))
    assert text["en"].startswith("No part of the range was found where")


def test_where_too_few_fall_short_the_least_are_looked_for_and_that_is_said() -> None:
    inputs = uniform(96)
    means = 1_000 + 100 * inputs[:, 0]
    few, found, _ = part_of_range(drawn(pairs(means), inputs), short_of(pairs(means)))
    assert "Too few draws are so (0)" in few["en"]
    assert "lowest quarter" in found["en"]


THEORIES = [
    Theory("a", {"en": "A", "zh": "甲"}),
    Theory("b", {"en": "B", "zh": "乙"}),
    Theory("c", {"en": "C", "zh": "丙"}),
]


def theories_told(*centres: float) -> tuple[str, Table]:
    effects = np.array([centre + np.array([-30.0, -10.0, 0.0, 0.0, 10.0, 30.0]) for centre in centres])
    text, table = theory_items(THEORIES, effects, DATE)
    assert isinstance(text, Paragraph)
    assert isinstance(table, Table)
    return text.text["en"], table


def test_a_sign_that_holds_under_every_theory_is_said_to() -> None:
    assert theories_told(100, 90, 80)[0].startswith("Under all 3 theories")


def test_a_theory_under_which_the_sign_is_open_or_another_is_named() -> None:
    text, table = theories_told(100, 5, -90)
    assert "under 1 of 3 theories of how people decide; not under B, C." in text
    assert [row["holds"]["en"] for row in table.rows] == ["yes", "not told from zero", "no"]


def test_theories_are_not_held_against_a_sign_that_is_open_itself() -> None:
    assert "cannot be told from zero" in theories_told(5, 100, 100)[0]
