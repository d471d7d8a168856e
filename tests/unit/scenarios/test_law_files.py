"""The files that the law, the world and behaviour are read from: a slip in one is told, not run."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from scenarios import Problem, ScenarioProblems
from scenarios.library import SHIPPED, Library
from scenarios.load import load_from
from simulation.names import REGIONS
from simulation.records import month_index

A = "work_permit.category_a.pay_multiple"
Edit = Callable[[str, str, str], Library]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """Copy the shipped data, replace one text of one file, and return the library."""
    root = tmp_path / "data"
    for folder in ("law", "world", "reforms", "packages"):
        shutil.copytree(SHIPPED / folder, root / folder)
    for file in ("behaviour.yaml", "facts.csv"):
        shutil.copy(SHIPPED / file, root / file)

    def _edit(file: str, old: str, new: str) -> Library:
        path = root / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return Library(root)

    return _edit


def problems(read: Callable[[], object]) -> list[Problem]:
    with pytest.raises(ScenarioProblems) as caught:
        read()
    return caught.value.problems


LAW = "law/work_permit.yaml"
FIRST = "{from: 2000-01, value: 6, source: A3-04"
LAW_FAULTS = [
    ("a value outside its range", FIRST, "{from: 2000-01, value: 60, source: A3-04", "bad-value"),
    ("a first value that begins late", FIRST, "{from: 2001-01, value: 6, source: A3-04", "bad-value"),
    ("a first value of one region", FIRST, "{from: 2000-01, where: {region: [hainan]}, value: 6, source: A3-04", "bad-value"),
    ("a value and a phase", FIRST, "{from: 2000-01, value: 6, phase: {2000-01: 6}, source: A3-04", "bad-value"),
    ("a source that is no fact", FIRST, "{from: 2000-01, value: 6, source: A3-99", "unknown-source"),
    ("an assumption that says not why", FIRST + ', note: "in force from April 2017; assumed for earlier years"',
     "{from: 2000-01, value: 6, source: assumption", "assumption-without-note"),
    ("a key mistyped", FIRST, "{from: 2000-01, value: 6, sorce: A3-04", "unknown-key"),
    ("a lever mistyped", "category_a.pay_multiple:", "category_a.pay_multipel:", "unknown-key"),
    ("a plausible range outside the range", "plausible: [3, 8]", "plausible: [3, 30]", "bad-value"),
    ("a range of one number", "range: [0, 20]", "range: [0]", "out-of-bounds"),
    ("a foreign schema", "schema: talentflow.law/1", "schema: talentflow.law/2", "wrong-schema"),
    ("a label in one language", ', zh: "以薪酬进入A类所需的当地平均工资倍数"}', "}", "missing-key"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "code"), [case[1:] for case in LAW_FAULTS], ids=[case[0] for case in LAW_FAULTS]
)
def test_a_slip_in_the_law_is_told(old: str, new: str, code: str, edited: Edit) -> None:
    library = edited(LAW, old, new)
    told = problems(lambda: library.levers)
    assert told[0].code == code
    assert told[0].file == "data/law/work_permit.yaml"
    assert told[0].line > 0


def test_a_mistyped_lever_is_told_once(edited: Edit) -> None:
    library = edited("law/treaties.yaml", "  visa_free_entry:", "  visa_free_entri:")
    (problem,) = problems(lambda: library.levers)
    assert (problem.code, problem.nearest) == ("unknown-key", "visa_free_entry")


def test_a_missing_file_of_the_law_is_told(edited: Edit) -> None:
    library = edited(LAW, FIRST, FIRST)
    (library.root / "law" / "tax.yaml").unlink()
    assert problems(lambda: library.levers)[0].code == "no-file"


def test_problems_of_several_files_are_told_together(edited: Edit) -> None:
    edited(LAW, FIRST, "{from: 2000-01, value: 60, source: A3-04")
    library = edited("law/visas.yaml", "unit: switch", "unit: 1")
    assert {Path(problem.file).name for problem in problems(lambda: library.levers)} == {
        "work_permit.yaml",
        "visas.yaml",
    }


def test_a_later_entry_overrides_from_its_date_on(edited: Edit) -> None:
    more = (
        FIRST.replace("value: 6", "value: 5")
        + "}\n      - {from: 2020-01, value: 3, source: A3-04, where: {region: [hainan]}}"
        + "\n      - {from: 2010-01, value: 4, source: A3-04}"
        + "\n      - {from: 2022-01, value: 7, source: A3-04}"
        + "\n      - {from: 2022-01, value: 8, source: A3-04, where: {region: [beijing]}"
    )
    baseline = load_from(edited(LAW, FIRST, more), "baseline")
    assert baseline.value_at(A, "2009-12") == 5
    assert baseline.value_at(A, "2010-01") == 4
    assert baseline.value_at(A, "2020-01", "hainan") == 3
    assert baseline.value_at(A, "2020-01", "beijing") == 4
    # A national entry overrides an earlier regional one; of two with one date, the later line holds.
    assert baseline.values_at(A, "2022-01") == {region: 8 if region == "beijing" else 7 for region in REGIONS}


def test_a_law_may_be_phased_in(edited: Edit) -> None:
    more = FIRST + "}\n      - {phase: {2030-01: 6, 2030-05: 5}, source: A3-04"
    baseline = load_from(edited(LAW, FIRST, more), "baseline")
    months = [baseline.value_at(A, month) for month in ("2029-12", "2030-02", "2030-05", "2040-01")]
    assert months == [6, 5.75, 5, 5]


WORLD_FAULTS = [
    ("world/regions.yaml", "rent_cny:", "rent:", "unknown-key"),
    ("world/regions.yaml", "  shanghai:", "  shanghi:", "unknown-key"),
    ("world/regions.yaml", "{value: 36000,", "{value: many,", "not-a-number"),
    ("world/regions.yaml", "{value: 36000,", "{value: 36000, series: {2000: 1},", "bad-value"),
    ("world/regions.yaml", "{value: 36000,", "{", "bad-value"),
    ("world/regions.yaml", "values: {research: ", "values: {resarch: ", "unknown-key"),
    ("world/regions.yaml", "series: {2000:", "series: {20000:", "not-a-year"),
    ("world/pool.yaml", "size_start:", "size_of_start:", "unknown-key"),
    ("world/pool.yaml", "couple_share: {values: [", "couple_share: {values: [0.1, ", "bad-value"),
    ("world/rivals.yaml", "\nrivals:", "\nrivalls:", "unknown-key"),
]


@pytest.mark.parametrize(("file", "old", "new", "code"), WORLD_FAULTS, ids=[case[2] for case in WORLD_FAULTS])
def test_a_slip_in_the_world_is_told(file: str, old: str, new: str, code: str, edited: Edit) -> None:
    library = edited(file, old, new)
    assert code in {problem.code for problem in problems(lambda: library.world)}


BEHAVIOUR_FAULTS = [
    ("default: 2.4", "default: low", "not-a-number"),
    ("default: 2.4", "default: {research: 1}", "not-a-number"),
    ("mode: 1.6, high: 2.8", "high: 2.8", "bad-value"),
    ("low: 0.8, mode: 1.6", "low: 1.8, mode: 1.6", "bad-value"),
    ("kind: triangular", "kind: triangle", "bad-choice"),
    ("role: calibrate", "role: guess", "bad-choice"),
    ("beta:", "betta:", "unknown-key"),
]


@pytest.mark.parametrize(("old", "new", "code"), BEHAVIOUR_FAULTS, ids=[case[1] for case in BEHAVIOUR_FAULTS])
def test_a_slip_in_behaviour_is_told(old: str, new: str, code: str, edited: Edit) -> None:
    library = edited("behaviour.yaml", old, new)
    assert code in {problem.code for problem in problems(lambda: library.behaviours)}


def test_a_series_holds_in_january_and_moves_evenly_between_years(edited: Edit) -> None:
    series = "{unit: CNY/year, series: {2010: 100, 2012: 124}, source: assumption, note: a test}"
    library = edited(
        "world/regions.yaml", "rent_cny: {value: 36000, unit: CNY/year, source: assumption,", f"rent_cny: {series} #"
    )
    rent = library.world.records["regions"]["rent_cny"][:, 0]
    at = [rent[month_index(month)] for month in ("2000-01", "2010-01", "2011-01", "2011-07", "2012-01", "2060-12")]
    assert np.allclose(at, [100, 100, 112, 118, 124, 124])


def test_a_fact_that_stands_twice_is_refused(edited: Edit) -> None:
    library = edited("facts.csv", "\nA1-02,", "\nA1-01,")
    with pytest.raises(ValueError, match="holds an id twice"):
        _ = library.facts
