"""A report of runs that a store keeps: their numbers, and where the rest is to be had."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from experiments.batch.driver import conduct
from experiments.batch.effects import effects_of
from experiments.batch.experiment import Draw, Experiment
from experiments.batch.store import Store
from experiments.batch.writing import experiment_of
from experiments.design import DesignError
from experiments.report import stored
from experiments.report.derived import derived_sections
from experiments.report.parts import Dossier, Figure, Listing, Table
from experiments.report.stored import StoredNumbers, gather_stored
from experiments.report.writing_json import from_json, to_json

DRAWS = (Draw(0, {"beta": 1.6}), Draw(1, {"beta": 2.4}))
DATES = ("2027-12", "2028-06", "2028-12")


def experiment(*reforms: str, **changed: Any) -> Experiment:
    made = experiment_of(
        list(reforms),
        id="tried",
        title={"en": "Tried", "zh": "试验"},
        replicates=3,
        scale=20_000,
        until="2028-12",
        outcomes=("stock", "arrivals"),
        groups=("all", "category=A", "category=B", "category=C"),
        dates=DATES,
    )
    return dataclasses.replace(made, **changed)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    asked = experiment("category-a-less-stringent", draws=DRAWS)
    return conduct(asked, tmp_path_factory.mktemp("store") / "tried", jobs=1)


@pytest.fixture(scope="module")
def told(store: Store) -> Dossier:
    return gather_stored(store.folder)


def test_numbers_are_those_that_the_experiment_tells(store: Store, told: Dossier) -> None:
    effect = next(one for one in effects_of(store) if (one.outcome, one.group, one.date) == ("stock", "all", "2028-12"))
    assert told.numbers[0].cell == pytest.approx((effect.difference, effect.low, effect.high))
    paths = next(table for table in told.tables() if table.id == "paths")
    assert [row["date"] for row in paths.rows] == list(DATES)
    assert paths.rows[-1]["baseline"] == pytest.approx(effect.baseline)
    assert told.provenance["replicates"] == 3


def test_groups_that_are_kept_are_told(told: Dossier) -> None:
    table = next(table for table in told.tables() if table.id == "who-category")
    assert {row["group"]["en"] for row in table.rows} == {"Category"}
    assert "persons" not in {table.id for table in told.tables()}


def test_draws_are_told_apart_from_chance(told: Dossier) -> None:
    assert any("2 draws" in text["en"] for text in told.lead)


def test_what_is_not_kept_is_named_with_its_command(told: Dossier) -> None:
    section = next(section for section in told.sections if section.id == "elsewhere")
    lines = [line["en"] for item in section.items if isinstance(item, Listing) for line in item.lines]
    assert any("talentflow decompose category-a-less-stringent" in line for line in lines)
    assert any("talentflow check" in line for line in lines)
    assert not any("year by year" in line for line in lines)


def test_the_experiment_goes_with_its_report(told: Dossier) -> None:
    assert "talentflow.experiment/1" in told.provenance["experiment_yaml"]
    assert "experiment run data/experiment.yaml" in told.command.line
    assert from_json(to_json(told)) == told


def test_a_store_with_nothing_done_says_how_to_go_on(tmp_path: Path) -> None:
    made = Store.create(tmp_path / "empty", experiment("one-stop"))
    with pytest.raises(DesignError, match="experiment run"):
        gather_stored(made.folder)


def test_shares_of_a_package_come_from_what_was_derived(tmp_path: Path) -> None:
    def estimate(value: float, low: float, high: float) -> dict[str, float]:
        return {"value": value, "low": low, "high": high}

    members = [
        {"member": "one-stop", "share": estimate(10.0, 9.0, 11.0)},
        {"member": "fast-track", "share": estimate(30.0, 25.0, 35.0)},
    ]
    split = {
        "outcome": "stock",
        "group": "all",
        "date": "2030-12",
        "total": estimate(40.0, 36.0, 44.0),
        "members": members,
    }
    found = {
        "schema": "talentflow.decompose/1",
        "package": "whole-article",
        "splits": [split],
        "version": "0",
        "seed": 1,
    }
    found |= {"replicates": 3, "draws": 1, "scale": 1000}
    (tmp_path / "decompose.json").write_text(json.dumps(found), encoding="utf-8")
    (tmp_path / "rank.json").write_text('{"schema": "of another version"}', encoding="utf-8")
    (section,) = derived_sections(tmp_path)
    figure = section.items[0]
    assert isinstance(figure, Figure)
    assert "Fast track" in figure.title["en"]
    assert "30.0 (25.0 to 35.0)" in figure.title["en"]
    assert [row["role"] for row in figure.table.rows] == ["part", "part", "total"]
    members[0]["share"] = estimate(27.0, 22.0, 32.0)
    (tmp_path / "decompose.json").write_text(json.dumps(found), encoding="utf-8")
    (section,) = derived_sections(tmp_path)
    assert "No part" in section.items[0].title["en"]  # type: ignore[union-attr]


def test_a_ranking_comes_from_what_was_derived(tmp_path: Path) -> None:
    def arm(place: int, name: str, chance: float, *, ties: bool) -> dict[str, Any]:
        number = {"value": chance, "low": chance - 0.1, "high": chance}
        return {
            "place": place,
            "scenario": name,
            "p_among_best": number,
            "ties_with_next": ties,
            "effect": {"value": 5.0, "low": 1.0, "high": 9.0},
        }

    found = {
        "schema": "talentflow.rank-probabilities/1",
        "outcome": "stock",
        "date": "2030-12",
        "unit": "persons",
        "best": 3,
    }
    found |= {"version": "0", "seed": 1, "replicates": 2, "draws": 8, "scale": 1000}
    found["arms"] = [arm(2, "one-stop", 0.4, ties=False), arm(1, "fast-track", 0.95, ties=True)]
    (tmp_path / "rank.json").write_text(json.dumps(found), encoding="utf-8")
    (section,) = derived_sections(tmp_path)
    table = next(item.table for item in section.items if isinstance(item, Figure))
    assert isinstance(table, Table)
    assert [row["ties"]["en"] for row in table.rows] == ["yes", "no"]
    assert table.rows[0]["chance"] == (0.95, 0.85, 0.95)


def test_figures_say_which_version_ran_and_that_every_pair_ran_under_every_draw(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "read_manifest", lambda _: {"versions": {"talentflow": "0.0.7"}})
    told = gather_stored(store.folder)
    source = told.figures()[0].source
    assert "talentflow 0.0.7; 3 pairs of runs under each of 2 draws of parameters" in source["en"]
    assert "2组参数各3对模拟" in source["zh"]
    assert told.provenance["version"] == "0.0.7"


def test_reforms_that_are_left_out_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = StoredNumbers(Store.create(tmp_path / "two", experiment("one-stop", "fast-track")))
    assert not any("are told here" in line for line in numbers.warnings("en"))
    monkeypatch.setattr(stored, "ARMS_MOST", 1)
    numbers = StoredNumbers(Store.open(tmp_path / "two"))
    assert len(numbers.asked.cases) == 1
    assert "of 2 reforms in these runs, the first 1 are told here" in numbers.warnings("en")
    assert any("只列前1项" in line for line in numbers.warnings("zh"))


def test_runs_that_failed_are_counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    status = dataclasses.replace(store.status(), failed=2)
    monkeypatch.setattr(Store, "status", lambda _: status)
    told = gather_stored(store.folder)
    assert told.provenance["failed"] == 2
    assert any("2 failed" in warning["en"] for warning in told.warnings)
