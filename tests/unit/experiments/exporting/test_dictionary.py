from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from experiments.cases import known_outcomes
from experiments.exporting.counted import COUNTED
from experiments.exporting.dictionary import Entry, dictionary_of
from experiments.exporting.held import EFFECT_COLUMNS, held_by
from experiments.exporting.outcomes import KINDS, every_outcome, kind_of, unit_of
from experiments.exporting.words import COLUMNS, SENTENCES, SHEETS, TABLES

ROOT = Path(__file__).parents[4]


def entries_of(store: Any) -> dict[tuple[str, str], Entry]:
    held = held_by(store, "1.2.3")
    tables = {"effects": held.effects, "runs": held.values, "draws": held.draws, "plan": held.plan}
    outcomes, groups = (list(dict.fromkeys(held.values[name])) for name in ("outcome", "group"))
    found = dictionary_of(held.about, tables, outcomes=outcomes, groups=groups)
    assert len({(entry.section, entry.name) for entry in found}) == len(found)
    return {(entry.section, entry.name): entry for entry in found}


@pytest.mark.parametrize("outcome", every_outcome())
def test_every_outcome_says_what_it_counts_and_where_that_is_written(outcome: str) -> None:
    told = COUNTED[outcome]
    assert told.en
    assert told.zh
    assert told.iamc
    assert kind_of(outcome) in KINDS
    assert unit_of(outcome)
    assert (ROOT / told.source.partition(";")[0]).exists()


def test_no_outcome_is_told_that_does_not_exist() -> None:
    assert set(COUNTED) == set(every_outcome())
    assert len({told.iamc for told in COUNTED.values()}) == len(COUNTED)


def test_kinds_agree_with_what_a_longer_count_does_to_an_outcome() -> None:
    from experiments.cases import scenario_of
    from experiments.design import Design
    from experiments.replicate import start

    design = Design(replicates=1, scale=20_000, until="2018-06")
    model = start(scenario_of("baseline").resolve(design.until), design, 1)
    model.run_until(design.until)
    last = model.month - 1
    for outcome in known_outcomes():
        of_month, of_year = (model.outcomes.value(outcome, "all", last, months=n) for n in (1, 12))
        if kind_of(outcome) in {"level", "ratio of levels", "state"}:
            assert of_month == pytest.approx(of_year, nan_ok=True), outcome
        elif kind_of(outcome) == "flow" and of_year not in {0.0, of_month}:
            assert abs(of_year) != abs(of_month), outcome


def test_every_column_that_is_written_is_explained(store: Any) -> None:
    entries = entries_of(store)
    held = held_by(store, "1.2.3")
    columns = {*EFFECT_COLUMNS, *held.values.columns, *held.plan.columns, "draw"}
    assert {name for section, name in entries if section == "column"} == columns


def test_everything_is_said_in_both_languages(store: Any) -> None:
    for entry in entries_of(store).values():
        assert entry.meaning_en, entry
        assert entry.meaning_zh, entry
    for table in (COLUMNS, SENTENCES, SHEETS, TABLES, KINDS):
        assert all(all(words) for words in table.values())


def test_the_dictionary_says_how_the_runs_were_made_and_what_they_are_not(store: Any) -> None:
    entries = entries_of(store)
    facts = {name: entry.meaning_en for (section, name), entry in entries.items() if section == "about"}
    assert (facts["seed"], facts["scale"], facts["runs_done"]) == ("7", "1000", "24 of 24")
    assert facts["version"] == "talentflow 1.2.3"
    assert "not a forecast" in facts["provisional"]
    assert "chance only" in facts["intervals"]


def test_arms_parameters_and_groups_have_their_names(store: Any) -> None:
    entries = entries_of(store)
    assert entries["arm", "faster"].label_zh == "工作生活一站式服务"
    assert "points_min=75 from 2027-01" in entries["arm", "lower"].meaning_en
    assert entries["parameter", "beta"].label_en == "Weight of income"
    assert entries["group", "region=shanghai"].label_zh == "上海"
    assert entries["outcome", "stock"].unit == "persons"


def test_an_arm_whose_file_is_gone_goes_by_its_id() -> None:
    from experiments.batch.experiment import Arm
    from experiments.exporting.about import told_arm

    told = told_arm(Arm("mine", parts=("nowhere/mine.yaml",)))
    assert told.title == ("nowhere/mine.yaml", "nowhere/mine.yaml")
