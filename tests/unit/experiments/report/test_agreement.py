"""Numbers of a report are those of ``compare`` with the same settings, wherever in the report they stand."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from experiments.cases import known_groups, outcome_labels
from experiments.comparison import Comparison, compare
from experiments.findings import cost_lines, findings
from experiments.report.outcomes import MAIN_OUTCOMES
from experiments.report.pairs import Pairs
from experiments.report.parts import Dossier, Table
from experiments.report.writing import to_csv
from experiments.rows import plain

from .conftest import SMALL

TIMES = {"share": 100.0, "yuan": 1e-6}


@pytest.fixture(scope="module")
def compared() -> Comparison:
    settings: dict[str, Any] = {**SMALL, "jobs": 1, "dates": ("2030-12",), "paths": False}
    return compare(["category-a-less-stringent"], outcomes=MAIN_OUTCOMES, groups=known_groups(), **settings)


def table_of(dossier: Dossier, name: str) -> Table:
    return next(table for table in dossier.tables() if table.id == name)


def test_the_headline_is_the_finding_of_compare_with_its_number_of_pairs(
    dossier: Dossier, compared: Comparison
) -> None:
    for lang in ("en", "zh"):
        finding = findings(compared, lang, outcome_labels())[0].rstrip(".。")
        assert finding in dossier.headline[lang]
        assert "n = 3" in dossier.headline[lang]


def test_every_outcome_is_that_of_compare(dossier: Dossier, compared: Comparison) -> None:
    wanted = {outcome_labels()[row.outcome]["en"]: row for row in compared.rows if row.group == "all" and row.n}
    rows = [row for row in table_of(dossier, "outcomes").rows if row["pairs"]]
    assert len(rows) == len(wanted) > 15
    for row in rows:
        ours = wanted[row["outcome"]["en"]]
        times = TIMES.get(ours.unit, 1.0)
        assert row["baseline"] == pytest.approx(times * ours.baseline, rel=1e-12)
        assert row["difference"][0] == pytest.approx(times * ours.difference, rel=1e-12, abs=1e-12)
        assert row["same_sign"] == ours.same_sign
        if row["difference"][1] is not None:
            assert row["difference"][1:] == pytest.approx((times * ours.low, times * ours.high), rel=1e-12, abs=1e-12)


def test_every_group_is_that_of_compare(dossier: Dossier, pairs: Pairs, compared: Comparison) -> None:
    wanted = {row.group: row for row in compared.rows if row.outcome == "stock"}
    # As plain values: a number that does not exist is not equal to itself.
    ours_told = {row.group: plain(row) for row in pairs.rows(("stock",), known_groups())}
    assert ours_told == {group: plain(row) for group, row in wanted.items()}
    drawn = table_of(dossier, "who-category").rows
    told = next(row for row in drawn if row["label"]["en"] == "Category A")
    ours = wanted["category=A"]
    assert told["difference"] == (ours.difference, ours.low, ours.high)


def test_paths_end_where_the_headline_is(dossier: Dossier, pairs: Pairs) -> None:
    last = table_of(dossier, "paths").rows[-1]
    row = pairs.headline[0]
    assert (last["date"], last["baseline"], last["reform"]) == ("2030-12", row.baseline, row.reform)
    assert last["difference"] == dossier.numbers[0].cell


def test_costs_and_people_are_those_of_compare(dossier: Dossier, pairs: Pairs, compared: Comparison) -> None:
    assert pairs.told_costs("en") == cost_lines(compared, "en")
    row = table_of(dossier, "cost").rows[-1]
    ours = next(row for row in compared.costs if row.date == "2030-12")
    assert row["public_cost"] == pytest.approx(ours.public_cost / 1e6)
    assert row["added_years"][0] == ours.person_years
    people = next(row for row in table_of(dossier, "persons").rows if row["group"]["en"] == "everyone")
    reached = next(row for row in compared.persons if row.group == "all" and row.date == "2030-12")
    assert (people["touched"], people["additional"]) == (reached.touched, reached.additional)


def test_a_data_file_says_what_its_table_says(dossier: Dossier) -> None:
    table = table_of(dossier, "paths")
    rows = list(csv.DictReader(io.StringIO(to_csv(table, "en"))))
    assert len(rows) == len(table.rows)
    for read, row in zip(rows, table.rows, strict=True):
        assert float(read["reform"]) == row["reform"]
        low = read["difference_low"]
        assert (float(low) if low else None) == row["difference"][1]


def test_text_that_a_spreadsheet_would_run_is_quoted_and_numbers_are_not() -> None:
    from experiments.report.building import column

    columns = (column("name", {"en": "name", "zh": "名称"}), column("value", {"en": "value", "zh": "数值"}, "number"))
    table = Table(
        "t", {"en": "", "zh": ""}, columns, ({"name": "=1+1", "value": -3.0}, {"name": "plain", "value": None})
    )
    assert to_csv(table, "en").splitlines() == ["name,value", "'=1+1,-3.0", "plain,"]
