"""How the model fits the data, told: what is wrong is listed, and a worse record reads worse."""

from __future__ import annotations

import copy
from typing import Any

from experiments.calibration.pages import read_calibration
from experiments.record import read_record
from experiments.report.fit import section, told
from experiments.report.parts import Figure, Listing, Paragraph, Section, Table
from experiments.targets import read_targets


def figure_of(made: Section) -> Figure:
    return next(item for item in made.items if isinstance(item, Figure))


def texts(made: Section) -> list[str]:
    return [item.text["en"] for item in made.items if isinstance(item, Paragraph)]


def test_the_shipped_record_is_told_without_a_run() -> None:
    made = section(None, None)  # type: ignore[arg-type]
    assert made == told(read_calibration(), read_record())
    assert len(figure_of(made).table.rows) == len(read_calibration()["targets"])


def test_text_title_and_marks_count_the_same_numbers() -> None:
    made = told(read_calibration(), read_record())
    rows = figure_of(made).table.rows
    met = sum(row["met"]["en"] == "yes" for row in rows)
    assert texts(made)[0].startswith(f"{met} of {len(rows)} observed numbers")
    assert str(met) in figure_of(made).title["en"] or met == len(rows)
    for row in rows:
        observed, (_, low, high) = row["observed"][0], row["model"]
        assert (row["met"]["en"] == "yes") == (low <= observed <= high)


def test_a_number_that_leaves_its_range_is_no_longer_counted() -> None:
    calibration: dict[str, Any] = copy.deepcopy(read_calibration())
    before = figure_of(told(calibration, read_record())).title["en"]
    one = next(target for target in calibration["targets"] if target["left_out"])
    one["observed"] = 2 * one["left_out"]["high"]
    assert figure_of(told(calibration, read_record())).title["en"] != before


def test_every_held_out_number_that_is_not_met_is_listed() -> None:
    record: dict[str, Any] = copy.deepcopy(read_record())
    held_out = {one.id: one for one in read_targets() if one.use == "held-out" and not one.under}
    made = told(read_calibration(), record)
    (listing,) = [item for item in made.items if isinstance(item, Listing)]
    assert len(listing.lines) == len(held_out) - len(record["met"]["held-out"])
    lost = record["met"]["held-out"].pop()
    (listing,) = [item for item in told(read_calibration(), record).items if isinstance(item, Listing)]
    assert any(held_out[lost].what["en"] in line["en"] for line in listing.lines)
    record["met"]["held-out"] = list(held_out)
    assert not [item for item in told(read_calibration(), record).items if isinstance(item, Listing)]


def test_patterns_not_predicted_are_told_with_those_that_are() -> None:
    record = read_record()
    made = told(read_calibration(), record)
    table = [item for item in made.items if isinstance(item, Table)][-1]
    verdicts = [row["verdict"]["en"] for row in table.rows]
    assert sorted(verdicts) == sorted(record["patterns"].values())
    assert f"{verdicts.count('not predicted')} are not" in texts(made)[-1]
    assert {row["verdict"]["zh"] for row in table.rows} <= {"已预测", "未预测", "不明确"}


def test_every_unit_has_a_word_in_chinese() -> None:
    for row in figure_of(told(read_calibration(), read_record())).table.rows:
        assert row["unit"]["zh"] != row["unit"]["en"]
