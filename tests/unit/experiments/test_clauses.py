"""The clause in force, and who has the last word."""

from __future__ import annotations

import pytest

from experiments.amounts import amount, number
from experiments.clauses import changes_at, clause_at, overruled_by
from experiments.telling import clauses_apart, parts_of, told_changes
from scenarios import levers, load
from simulation.records import month_index

BAR = "work_permit.category_a.points_min"
PENSION = "social_insurance.pension_years_min"


def test_a_clause_of_the_law_names_its_date_and_source() -> None:
    clause = clause_at(load("baseline"), BAR, "2027-06", "shanghai")
    assert (clause.value, clause.since, clause.source, clause.by) == (85, "2017-04", "A3-01", ())


def test_a_regional_clause_holds_over_the_national_one() -> None:
    path = "work_permit.pay_route.enforced_share"
    values = {place: clause_at(load("baseline"), path, "2026-03", place) for place in ("beijing", "hainan")}
    assert (values["beijing"].value, values["beijing"].source) == (1.0, "A4-15")
    assert values["hainan"].value < 1.0


def test_a_clause_that_a_reform_set_names_the_reform_from_its_date_on() -> None:
    reform = load("category-a-less-stringent")
    before, after = (clause_at(reform, BAR, at, "shanghai") for at in ("2026-12", "2027-01"))
    assert (before.value, before.by) == (85, ())
    assert (after.value, after.since, after.by) == (75, "2027-01", ("category-a-less-stringent",))


def test_in_a_package_the_last_reform_named_has_the_last_word() -> None:
    package = load("whole-article")
    for path in {overlap.path for overlap in package.overlaps}:
        place = levers()[path].places[0]
        clause = clause_at(package, path, "2040-12", place)
        setting = [change for change in package.changes if change.path == path and change.start <= 491]
        setting = [change for change in setting if not change.where or place in change.where]
        assert clause.by == (setting[-1].by,)
        assert clause.value == package.value_at(path, "2040-12", place)


def test_who_is_overruled_is_told_with_the_date() -> None:
    package = load("whole-article")
    overruled = [told for told in told_changes(package) if told.overruled_by]
    assert overruled
    for told in overruled:
        change = next(each for each in package.changes if each.line == told.view.line and each.by == told.view.by)
        last = overruled_by(package, change)
        assert last is not None
        assert last[1] >= change.start
        assert package.changes.index(last[0]) > package.changes.index(change)


def test_nobody_is_overruled_in_a_single_reform() -> None:
    assert all(told.overruled_by is None for told in told_changes(load("category-a-less-stringent")))


def test_nothing_set_means_no_change_at_that_time() -> None:
    reform = load("category-a-less-stringent")
    assert changes_at(reform, BAR, month_index("2026-12"), "shanghai") == []


def test_where_two_laws_differ_in_the_end_is_told_lever_by_lever() -> None:
    (apart,) = [each for each in clauses_apart(load("baseline"), load("category-a-less-stringent")) if each.path == BAR]
    assert (apart.start, apart.first, apart.second, apart.where) == ("2027-01", 85, 75, ())
    assert clauses_apart(load("one-stop"), load("one-stop")) == []


def test_a_package_is_made_of_its_reforms_at_any_depth() -> None:
    parts = parts_of(load("whole-article"))
    assert {"whole-article", "one-stop", "optimised-approval"} <= set(parts)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_unit_of_the_law_has_words(lang: str) -> None:
    for lever in levers().values():
        said = amount(lever.low, lever.unit, lang)
        assert said.startswith(number(lever.low, lever.unit, lang)) or lang == "zh"
        assert lang == "en" or lever.unit not in said, lever.unit
