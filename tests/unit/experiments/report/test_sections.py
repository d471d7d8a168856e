"""What sections say: no more than their ranges allow, each in two languages, each number in a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from experiments.cases import case_of
from experiments.report.asked import Asked, Running
from experiments.report.asking import asked_of
from experiments.report.assumptions import assumptions_section
from experiments.report.changes import changes_section
from experiments.report.first import headline_of, lead_of, numbers_of, uncertainty, warnings_in
from experiments.report.gather import ORDER, gather
from experiments.report.limits import command_of, law_hashes, limits_section
from experiments.report.outcomes import verdict
from experiments.report.pairs import Pairs, run_pairs
from experiments.report.parts import Dossier, Figure, Listing, Paragraph, Table
from experiments.report.people import count_people
from experiments.report.regions import _title as title_of_regions
from experiments.report.waits import _queue_title, _survival_title
from experiments.report.went import bars_of, went_section
from experiments.report.who import title_of
from experiments.rows import DrawnRow, Row
from scenarios import behaviours, load
from simulation.names import LEFT, ON_A, ON_PR
from simulation.records import NEVER, PERSON

from .conftest import SMALL


def row_of(difference: float, low: float, high: float, group: str = "all", n: int = 20) -> Row:
    return Row(
        scenario="r",
        outcome="stock",
        group=group,
        date="2030-12",
        unit="persons",
        baseline=100.0,
        reform=100.0 + difference,
        difference=difference,
        low=low,
        high=high,
        n=n,
        same_sign=1.0,
        error=1.0,
        variance_ratio=2.0,
        method="t",
    )


def test_sections_stand_in_their_order_and_every_id_is_its_own(dossier: Dossier) -> None:
    ids = [section.id for section in dossier.sections]
    assert ids == sorted(ids, key=ORDER.index)
    assert {"changes", "outcomes", "paths", "who", "cost", "limits"} <= set(ids)
    tables = Counter(table.id for table in dossier.tables())
    assert max(tables.values()) == 1


def test_everything_is_said_in_both_languages(dossier: Dossier) -> None:
    assert dossier.headline["en"] != dossier.headline["zh"]
    for _, item in dossier.placed():
        if isinstance(item, Figure):
            assert item.title["zh"]
            assert item.title["en"] != item.title["zh"]
        if isinstance(item, Table):
            assert all(column.label["en"] and column.label["zh"] for column in item.columns)


def test_every_change_is_dated_with_its_values_and_its_source() -> None:
    section = changes_section([case_of(load("category-a-less-stringent"), "2030-12")])
    table = next(item for item in section.items if isinstance(item, Table))
    row = next(row for row in table.rows if row["before"]["en"] == "85 points")
    assert (row["from"], row["after"]["en"], row["after"]["zh"]) == ("2027-01", "75 points", "75分")
    assert row["link"].startswith("http")


def test_a_package_says_which_reform_makes_each_change() -> None:
    section = changes_section([case_of(load("whole-article"), "2030-12")])
    table = next(item for item in section.items if isinstance(item, Table))
    assert len(table.rows) > 100
    assert len({row["by"]["en"] for row in table.rows}) > 20


def test_a_difference_that_may_be_nothing_is_called_so() -> None:
    assert verdict(row_of(5.0, -1.0, 11.0)) == "unclear"
    assert verdict(row_of(5.0, 1.0, 11.0)) == "clear"
    assert verdict(row_of(0.0, 0.0, 0.0)) == "same"
    assert verdict(row_of(5.0, float("nan"), float("nan"), n=1)) == "no_range"


def test_groups_are_called_gaining_only_where_one_clearly_gains() -> None:
    unclear = [row_of(50.0, -1.0, 101.0, "category=A"), row_of(1.0, -1.0, 3.0, "category=B")]
    assert title_of(unclear)["en"] == "No clear difference in any of 2 groups"
    assert "Category B" in title_of([unclear[0], row_of(2.0, 1.0, 3.0, "category=B")])["en"]
    assert "loss: Category C" in title_of([unclear[0], row_of(-2.0, -3.0, -1.0, "category=C")])["en"]


def test_over_draws_the_lead_says_what_of_the_uncertainty_is_parameters() -> None:
    row = row_of(5.0, 1.0, 9.0)
    drawn = DrawnRow(
        **vars(row), low_chance=4.0, high_chance=6.0, var_parameters=3.0, var_chance=1.0, parameter_share=0.75
    )
    assert "75%" in uncertainty(drawn)["en"]
    assert "25%" in uncertainty(drawn)["zh"]
    assert "chance alone" in uncertainty(row)["en"]


def test_a_report_over_draws_keeps_both_ranges() -> None:
    asked = asked_of(["category-a-less-stringent"], **{**SMALL, "replicates": 4, "draws": 2})  # type: ignore[arg-type]
    pairs = run_pairs(asked, Running(jobs=1))
    row = pairs.headline[0]
    assert isinstance(row, DrawnRow)
    said = assumptions_section(asked)
    table = next(item for item in said.items if isinstance(item, Table))
    known = {row["parameter"]["en"]: row["known_from"]["en"] for row in table.rows}
    # The posterior draws all of them, and data narrow few.
    narrowed = {behaviours()[name].label["en"] for name in ("theta_mean", "taste_sd", "desk_load", "residence_take_up")}
    assert {label for label, text in known.items() if text == "judgement, narrowed by data"} == narrowed
    assert "--draws 2" in command_of(asked).line


def test_a_reform_that_reaches_nobody_in_time_warns(asked: Asked) -> None:
    late = replace(asked, design=replace(asked.design, until="2026-12"), cases=asked.cases)
    case = case_of(load("category-a-less-stringent"), "2030-12")
    late = replace(late, cases=(replace(case, first=None, scenario=case.baseline),))
    pairs = run_pairs(late, Running(jobs=1))
    assert "same law" in warnings_in(pairs)[0]["en"]
    assert "changes nothing" in headline_of(pairs)["en"]
    assert lead_of(pairs)


def test_three_numbers_have_ranges_and_the_first_is_people_in_china(pairs: Pairs) -> None:
    numbers = numbers_of(pairs)
    assert len(numbers) == 3
    assert "people in China" in numbers[0].what["en"]
    assert numbers[0].cell == (pairs.headline[0].difference, pairs.headline[0].low, pairs.headline[0].high)


def test_several_scenarios_are_ranked_and_the_first_four_drawn() -> None:
    names = ["one-stop", "fast-track", "points-based-pr", "easier-visits", "category-a-less-stringent"]
    asked = asked_of(names, **{**SMALL, "replicates": 2, "until": "2028-12"})  # type: ignore[arg-type]
    dossier = gather(asked, Running(jobs=1), is_quick=True)
    tables = {table.id: table for table in dossier.tables()}
    assert len(tables["ranking"].rows) == 5
    assert {row["scenario"] for row in tables["paths"].rows} == set(names[:4])
    paths = next(section for section in dossier.sections if section.id == "paths")
    assert any(isinstance(item, Paragraph) and "first 4 of 5" in item.text["en"] for item in paths.items)
    assert "who" not in {section.id for section in dossier.sections}
    differences = [row["difference"][0] for row in tables["ranking"].rows]
    assert differences == sorted(differences, reverse=True)


def test_the_command_holds_every_setting_that_moves_a_number() -> None:
    asked = asked_of(
        ["one-stop"], replicates=4, seed=9, scale=20_000, until="2028-12", draws=0, assume=["us-h1b-shock"]
    )
    line = command_of(asked, is_quick=True).line
    for part in ("one-stop", "--replicates 4", "--seed 9", "--scale 20000", "--until 2028-12", "--draws 0", "--quick"):
        assert part in line
    assert "--assume us-h1b-shock" in line


def test_the_hash_of_a_law_moves_with_the_law(asked: Asked) -> None:
    hashes = law_hashes(asked)
    assert hashes["baseline"] != hashes["category-a-less-stringent"]


def test_people_are_counted_by_where_they_are_at_the_end() -> None:
    persons = np.zeros(4, PERSON)
    persons["weight"], persons["left_month"] = 10, NEVER
    persons["status"] = [ON_A, ON_PR, LEFT, LEFT]
    persons["is_counted"] = [1, 1, 0, 0]
    persons["entry_category"] = [0, 1, 2, 2]
    persons["left_month"][2:] = [330, 100]
    persons["points"] = [87, 0, 0, 0]
    counted = count_people(persons, since=324)
    assert counted.points.sum() == counted.points[87 // 5] == 10
    assert counted.fates[0].tolist() == [10, 0, 0, 0, 0]
    assert counted.fates[1].tolist() == [0, 0, 10, 0, 0]
    # Who left before the reform began is not of its time.
    assert counted.fates[2].tolist() == [0, 0, 0, 0, 10]
    assert counted.fates.sum() == 30


def test_bars_of_categories_are_those_of_both_laws() -> None:
    bars, is_alike = bars_of(case_of(load("category-a-less-stringent"), "2030-12"), "2030-12")
    assert [(bar["baseline"], bar["reform"]) for bar in bars] == [(85.0, 75.0), (60.0, 60.0)]
    assert is_alike


def test_more_scenarios_than_a_report_holds_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 31"):
        asked_of(["one-stop"] * 32)


def test_flows_are_told_by_where_people_are_at_the_end(pairs: Pairs) -> None:
    found = went_section(pairs)
    assert found is not None
    title = next(item.title for item in found.items if isinstance(item, Figure) and item.id == "flows")
    # Who became a resident and left is not among them.
    assert "permanent residents there at the end" in title["en"]
    assert "期末为在华永久居留者" in title["zh"]


@pytest.mark.parametrize(
    ("title", "outcome", "before", "after", "is_told"),
    [
        (_survival_title, "stay_3y", 0.6121, 0.6123, False),
        (_survival_title, "stay_3y", 0.6121, 0.6223, True),
        (_queue_title, "days_to_permit_median", 30.1, 30.4, False),
        (_queue_title, "days_to_permit_median", 30.1, 20.4, True),
    ],
)
def test_numbers_that_round_alike_are_not_told_apart(
    title: object, outcome: str, before: float, after: float, *, is_told: bool
) -> None:
    difference = after - before
    row = replace(
        row_of(difference, difference - 1e-5, difference + 1e-5), outcome=outcome, baseline=before, reform=after
    )
    said = title([row] if title is _survival_title else row)  # type: ignore[operator]
    assert said["en"].startswith("No clear difference") != is_told


def test_of_regions_that_do_not_clearly_lose_none_is_said_not_to_gain() -> None:
    said = title_of_regions([row_of(-9.0, -12.0, -6.0), row_of(3.0, -4.0, 10.0)])
    assert said["en"] == "1 of 2 regions lose people clearly; none clearly gains"
    assert said["zh"].endswith("没有地区明显增加")


@pytest.mark.parametrize(("is_drawn", "by"), [(False, "chance."), (True, "chance and the unknown parameters.")])
def test_what_ranges_leave_open_is_one_sentence_with_and_without_draws(
    dossier: Dossier, asked: Asked, *, is_drawn: bool, by: str
) -> None:
    section = limits_section(dossier.provenance, command_of(asked), is_drawn=is_drawn)
    said = next(item for item in section.items if isinstance(item, Listing))
    assert any(f"what is left open by {by}" in one["en"] for one in said.lines)


def test_a_median_is_a_limit_within_which_half_are_decided() -> None:
    row = replace(row_of(-10.0, -11.0, -9.0), outcome="days_to_permit_median", baseline=40.0, reform=30.0)
    said = _queue_title(row)
    assert "are decided within 40 days under today's law and 30 under the reform" in said["en"]
    assert "于40天内办结，改革后于30天内办结" in said["zh"]
