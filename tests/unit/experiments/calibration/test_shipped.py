"""The posterior that is shipped is the one whose record is shipped, and pages tell that record."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from experiments.analyses.parameters import varied
from experiments.batch.samples import read_sample
from experiments.calibration.goals import fitted_targets
from experiments.calibration.pages import RECORD, TABLES, filled, read_calibration
from experiments.design import CHECK_SCALE, DEFAULT_SEED, Design, DesignError
from experiments.record import is_comparable, read_record
from experiments.targets import read_targets
from scenarios import behaviours

PAGE = Path(__file__).parents[4] / "docs" / "explanation" / "evidence.md"
POSTERIOR = RECORD.with_name("posterior.csv")


def test_the_posterior_holds_every_parameter_that_is_calibrated_within_its_limits() -> None:
    sample = read_sample(POSTERIOR, POSTERIOR.name)
    record = read_calibration()
    assert list(sample.names) == list(varied("calibrate")) == [one["name"] for one in record["parameters"]]
    assert len(sample.values) == record["sample"] >= 200
    assert sample.weights is not None
    assert np.mean(sample.weights) == pytest.approx(1.0, rel=1e-3)
    for name, column in zip(sample.names, np.array(sample.values).T, strict=True):
        known = behaviours()[name.partition(".")[0]]
        assert known.low <= column.min() < column.max() <= known.high


def test_the_posterior_is_the_one_on_record() -> None:
    sample = read_sample(POSTERIOR, POSTERIOR.name)
    weights = np.asarray(sample.weights)
    values = np.array(sample.values)
    means = weights @ values / weights.sum()
    # The record tells means of more particles; draws of them are off by luck, for how few they are worth.
    few = weights.sum() ** 2 / (weights**2).sum()
    for one, mean, column in zip(read_calibration()["parameters"], means, values.T, strict=True):
        assert abs(mean - one["posterior"]["mean"]) < 4.5 * column.std() / np.sqrt(few), one["name"]


def test_known_truths_were_recovered_by_the_shipped_calibration() -> None:
    known = read_calibration()["known_truths"]
    assert known["truths"] == 50
    assert known["power"] > 0.8
    assert known["alarms"] == []
    ranks = np.array(list(known["ranks"].values()))
    assert ranks.shape == (37, 50)
    assert 0.85 < ((ranks >= 0.05) & (ranks <= 0.95)).mean() < 0.95


def test_the_record_tells_every_fitted_target_as_it_is_now() -> None:
    told = {one["id"]: one["observed"] for one in read_calibration()["targets"]}
    assert told == {target.id: target.value for target in fitted_targets(read_targets())}


def test_the_page_of_evidence_tells_the_record() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"<!-- table: {name} -->" in page for name in TABLES)
    assert filled(page, read_calibration()) == page
    assert filled(page.replace("| 1 | 370 |", "| 1 | 371 |"), read_calibration()) == page


def test_the_record_of_scores_is_that_of_a_check_as_it_is_run_unless_told() -> None:
    record = read_record()
    assert is_comparable(record, "baseline", Design(seed=DEFAULT_SEED, replicates=4, scale=CHECK_SCALE))
    known = {target.id for target in read_targets()}
    assert known >= {name for met in record["met"].values() for name in met}
    assert {name: score["met"] for name, score in record["scores"].items()} == {
        name: len(met) for name, met in record["met"].items()
    }


def test_a_file_that_is_no_record_of_a_calibration_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "calibration.json"
    for text in ("{", '{"schema": "talentflow.check/1"}'):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(DesignError, match="not the record of a calibration"):
            read_calibration(file)
