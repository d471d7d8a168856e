from __future__ import annotations

import pytest

from experiments.lawbook import provision_value, reforms_by_path, standings
from experiments.telling import compare_changes, heading, plain_view, sentence, sources_of
from scenarios import describe_changes, levers, load, reforms_touching

BAR = "work_permit.category_a.points_min"


def test_an_empty_search_finds_every_lever_in_the_order_of_the_law() -> None:
    assert [standing.lever.path for standing in standings("", "2026-01")] == list(levers())


@pytest.mark.parametrize("search", [BAR, "Points needed for Category A", "A类所需积分", " CATEGORY_A.points_MIN "])
def test_a_lever_is_found_by_path_or_by_name_in_either_language(search: str) -> None:
    assert BAR in [standing.lever.path for standing in standings(search, "2026-01")]


def test_a_lever_stands_with_its_value_source_and_reforms() -> None:
    (standing,) = standings(BAR, "2026-01")
    assert (standing.value, standing.provision.source, standing.exceptions) == (85, "A3-01", {})
    assert "category-a-less-stringent" in standing.reforms


def test_the_value_in_force_is_that_of_the_month() -> None:
    path = "social_insurance.pension_years_min"
    years = [next(iter(standings(path, at))).value for at in ("2029-12", "2030-01", "2039-01")]
    assert years == [15, 15.5, 20]


def test_regions_apart_from_the_rest_are_exceptions() -> None:
    (standing,) = standings("work_permit.category_a.doctorate", "2026-01")
    assert standing.value == 0
    assert set(standing.exceptions.values()) == {1}
    assert standing.provision.where == ()


def test_reforms_by_path_agree_with_those_that_touch_a_lever() -> None:
    assert list(reforms_by_path()[BAR]) == reforms_touching(BAR)


def test_a_provision_reads_as_its_value() -> None:
    (standing,) = standings(BAR, "2026-01")
    assert [provision_value(provision) for provision in standing.history] == ["120", "85"]


def test_a_change_is_a_sentence_with_date_values_and_source() -> None:
    view = next(view for view in describe_changes(load("category-a-less-stringent")) if view.path == BAR)
    told = sentence(view, "en")
    assert told.startswith("From January 2027: Points needed for Category A goes from 85 to 75 points")
    assert BAR in told
    assert "law: A3-01" in told
    assert sentence(view, "zh").startswith("自2027年1月起：A类所需积分由85变为75")
    assert plain_view(view)["after"] == dict(view.after)


def test_sources_are_listed_once_each_with_their_address() -> None:
    views = describe_changes(load("category-a-less-stringent"))
    lines = sources_of([*views, *views])
    assert len(lines) == len(set(lines))
    assert any(line.startswith("A3-01") and "http" in line for line in lines)


def test_the_heading_says_kind_measure_and_reason() -> None:
    lines = heading(load("category-a-less-stringent"), "en")
    assert lines[0] == "Make Category A less stringent (category-a-less-stringent; reform, measure 7, illustrative)"
    assert lines[2].startswith("How it acts: ")
    assert lines[3].startswith("What it cannot show: ")
    assert "Consists of:" in heading(load("whole-article"), "en")[-1]


def test_a_scenario_differs_from_itself_in_nothing() -> None:
    scenario = load("one-stop")
    difference = compare_changes(scenario, scenario)
    assert difference[:4] == ([], [], [], [])
    assert len(difference.alike) == len(describe_changes(scenario))


def test_two_reforms_are_told_apart_lever_by_lever() -> None:
    first, second = load("category-a-less-stringent"), load("flexible-social-insurance")
    difference = compare_changes(first, second)
    assert {view.path for view in difference.only_first} == {change.path for change in first.changes}
    assert {view.path for view in difference.only_second} == {change.path for change in second.changes}
    assert difference.alike == []


def test_a_lever_that_both_set_differently_is_told_for_each() -> None:
    from scenarios import with_changes

    other = with_changes(load("baseline"), [{"path": BAR, "from": "2027-01", "set": 80}], name="other")
    difference = compare_changes(load("category-a-less-stringent"), other)
    assert [view.path for view in difference.first] == [view.path for view in difference.second] == [BAR]
