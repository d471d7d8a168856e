"""What drives an effect, told: no more than the draws bear out, the same numbers in text and table."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from experiments.report import drivers as module
from experiments.report.drivers import Off, moved_by, section, told
from experiments.report.parts import Figure, Paragraph, Section, Table
from experiments.report.thirds import Mean, drivers_of
from experiments.report.uncertain import Drawn

from .uncertain_standins import NAMES, asked, drawn, uniform

TITLE = {"en": "A reform", "zh": "某项改革"}
MIDDLE = Mean(20_000.0, 15_000.0, 25_000.0)


def built(slope: float, noise: float = 1_000.0) -> Section:
    inputs = uniform(96)
    rng = np.random.default_rng(2)
    effects = 20_000 + slope * inputs[:, 1] + rng.normal(0, noise, 96)
    found = drawn(np.stack([effects, effects], axis=1), inputs)
    off = {name: Off(None, Mean(1.0, -1.0, 3.0)) for name in NAMES}
    return told(found, drivers_of(NAMES, inputs, found.means), TITLE, MIDDLE, off)


def paragraphs(section: Section) -> list[Paragraph]:
    return [item for item in section.items if isinstance(item, Paragraph)]


def figure_of(section: Section) -> Figure:
    return next(item for item in section.items if isinstance(item, Figure))


def test_the_parameter_that_moves_it_is_named_first_with_its_thirds() -> None:
    made = built(slope=20_000.0)
    first, second, *_ = paragraphs(made)
    assert first.role == "finding"
    assert "is found to depend on mean taste for China." in first.text["en"]
    assert "对华偏好均值" in first.text["zh"]
    row = figure_of(made).table.rows[0]
    assert row["told"]["en"] == "yes"
    said = [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", second.text["en"])]
    assert said == pytest.approx([*row["high"], *row["low"]], abs=50)
    assert re.findall(r"\d[\d,]*", second.text["zh"]) == re.findall(r"\d[\d,]*", second.text["en"])


def test_where_nothing_is_told_the_finding_is_a_bound_that_no_interval_exceeds() -> None:
    made = built(slope=0.0)
    (first, *_) = paragraphs(made)
    assert "none of 4 uncertain parameters is found to move" in first.text["en"]
    bound = int(re.findall(r"less than ([\d,]+)", first.text["en"])[0].replace(",", ""))
    reached = max(abs(end) for row in figure_of(made).table.rows for end in row["difference"][1:])
    assert reached <= bound <= 1.2 * reached
    assert figure_of(made).title["en"].startswith("No assumption")


def test_no_parameter_is_said_to_matter_where_none_is_told() -> None:
    (text,) = [one.text for one in paragraphs(built(slope=0.0)) if "20% off" in one.text["en"]]
    assert "matter" not in text["en"]
    assert "what 20% off would do to 4: those told from luck first" in text["en"]
    assert "4个参数偏差20%的后果：先列可辨者" in text["zh"]


def test_the_first_of_several_told_is_the_largest_estimate_and_no_more() -> None:
    inputs = uniform(96)
    means = 20_000 + 20_000 * inputs[:, 1] + 19_000 * inputs[:, 2] + np.random.default_rng(3).normal(0, 100, 96)
    found = drawn(np.stack([means, means], axis=1), inputs)
    drivers = drivers_of(NAMES, inputs, means)
    first, second = drivers[:2]
    assert first.is_told and second.is_told  # noqa: PT018 - both are what the title is about
    made = told(found, drivers, TITLE, MIDDLE, dict.fromkeys(NAMES, Off(None, None)))
    assert (
        figure_of(made)
        .title["en"]
        .startswith("2 of 4 assumptions are found to move the effect; of these, the largest estimate is for ")
    )
    assert "其中估计作用最大的是" in figure_of(made).title["zh"]


def test_an_effect_that_is_the_same_in_all_draws_is_said_to_be() -> None:
    made = built(slope=0.0, noise=0.0)
    assert "is the same in all draws" in paragraphs(made)[0].text["en"]


def test_a_parameter_that_cannot_be_moved_has_no_change_rather_than_one_of_zero() -> None:
    table = next(item for item in built(slope=0.0).items if isinstance(item, Table))
    assert {row["less"] for row in table.rows} == {None}
    assert {row["more"] for row in table.rows} == {(1.0, -1.0, 3.0)}


def test_parameters_that_data_tie_together_are_said_not_to_be_told_apart() -> None:
    note = figure_of(built(slope=0.0)).table.note
    assert note is not None
    assert "that the data tie together cannot be told apart." in note["en"]
    assert "受同一数据约束的参数，其作用无法分开。" in note["zh"]


def test_20_percent_off_stays_within_the_limits_of_a_parameter() -> None:
    setting = {"job_loss_rate": 0.05, "term_return_share": 0.9}
    moved = moved_by(setting, "job_loss_rate", 0.2)
    assert moved is not None
    assert moved["job_loss_rate"] == pytest.approx(0.06)
    # A share of 1.08 does not exist.
    assert moved_by(setting, "term_return_share", 0.2) is None


def test_a_given_of_the_world_is_not_moved_blindly() -> None:
    name = "world.origins.japan.home_pay"
    assert moved_by({name: 100.0}, name, 0.2) is None
    moved = moved_by({"behaviour.beta": 2.0}, "behaviour.beta", 0.2)
    assert moved is not None
    assert moved["behaviour.beta"] == pytest.approx(2.4)


def test_a_change_is_paired_with_the_middle_seed_by_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    luck = np.array([-900.0, 0.0, 900.0, 300.0, -300.0, 100.0])

    def near(_: object, settings: list[dict[str, float]], __: object) -> Any:
        return np.array([1_000 * setting["beta"] + luck for setting in settings])

    monkeypatch.setattr(module, "near_middle", near)
    inputs = uniform(96)
    found = drawn(np.tile(1_000 * inputs[:, :1], 2), inputs)
    middle, off = module._off(asked(), found, drivers_of(NAMES, inputs, found.means)[:1], None)  # type: ignore[arg-type]
    step = 200 * found.known["beta"].mean
    # What luck does to both sides is gone, so that the range is a point; that of the middle itself is wide.
    assert off["beta"].more == pytest.approx((step, step, step))
    assert off["beta"].less == pytest.approx((-step, -step, -step))
    assert middle.high - middle.low > 500


def test_several_scenarios_and_a_law_that_never_differs_have_no_such_section() -> None:
    assert section(asked("baseline"), None) is None  # type: ignore[arg-type]


def test_the_middle_is_the_mean_of_every_parameter_whole_where_it_must_be() -> None:
    found: Drawn = drawn([[1.0, 2.0]], uniform(1))
    assert set(found.middle) == set(found.known)
    assert found.middle["beta"] == found.known["beta"].mean
