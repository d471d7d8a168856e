"""The figure of a check shows each answer as a share of what was observed, with what errors allow."""

from dataclasses import replace

import pytest

from experiments.check_figure import dots_of, draw
from experiments.checks import Answer, Check
from experiments.design import Design
from experiments.targets import read_targets


@pytest.fixture
def result() -> Check:
    fit = next(target for target in read_targets() if target.use == "fit")
    held = next(target for target in read_targets() if target.use == "held-out" and target.under is None)
    met = Answer(fit, fit.value * 1.1, fit.value * 0.2, is_met=True, n=4)
    missed = Answer(held, held.value * 3, float("nan"), is_met=False, n=1)
    nothing = Answer(held, float("nan"), float("nan"), is_met=False)
    return Check("baseline", Design(), (missed, met, nothing))


def test_sections_come_in_order_and_answers_without_a_number_are_left_out(result: Check) -> None:
    first, second = dots_of(result, "en").rows
    assert first.is_clear
    assert not second.is_clear
    assert second.label.startswith("held out: ")


def test_the_line_is_as_wide_as_observation_discrepancy_and_chance_allow(result: Check) -> None:
    row = dots_of(result, "en").rows[0]
    target = result.answers[1].target
    spread = (target.tolerance**2 + (0.2 * target.value) ** 2 / 4) ** 0.5 / target.value
    assert row.value == pytest.approx(1.1)
    assert row.high - row.value == pytest.approx(1.645 * spread)


def test_a_share_is_not_below_nothing(result: Check) -> None:
    wild = replace(result.answers[1], sd=result.answers[1].target.value * 10)
    assert dots_of(replace(result, answers=(wild,)), "en").rows[0].low == 0.0


def test_it_is_drawn_in_chinese_as_text(result: Check) -> None:
    assert "留作检验" in draw(result, ".svg", "zh").decode("utf-8")
