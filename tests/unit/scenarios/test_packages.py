"""Packages: lists of reforms by id or by file, and the baselines they are compared with."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scenarios import Problem, load

A = "work_permit.category_a.points_min"
LOWER = f"changes:\n  - {{path: {A}, from: 2027-01, set: 75}}\n"
HEAD = "schema: talentflow.scenario/1\nid: {name}\ntitle: {{en: Another}}\n"
Write = Callable[..., Path]
Problems = Callable[..., list[Problem]]


def one(write: Write, name: str, text: str = LOWER) -> Path:
    """Write a file whose id is its name."""
    return write(text, f"{name}.yaml", head=HEAD.format(name=Path(name).name))


def told(problems: list[Problem]) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.line, problem.column) for problem in problems]


def test_a_package_holds_reforms_by_id_and_by_file(write: Write) -> None:
    one(write, "part")
    package = load(write("reforms: [part.yaml, fast-track]\n"))
    assert package.kind == "package"
    assert [reform.id for reform in package.reforms] == ["part", "fast-track"]
    assert [change.by for change in package.changes] == ["part", "fast-track"]
    assert package.value_at(A, "2027-01") == 75


def test_a_package_costs_what_its_reforms_cost_unless_it_says_so(write: Write) -> None:
    part = "cost: {set_up: 5, per_case: 1}\n" + LOWER
    one(write, "part", part)
    one(write, "other", f"cost: {{set_up: 2, per_year: 3}}\n{LOWER.replace('_a.', '_b.').replace('75', '55')}")
    summed = load(write("reforms: [part.yaml, other.yaml]\n")).cost
    assert (summed.set_up, summed.per_year, summed.per_case) == (7, 3, 1)
    assert load(write("cost: {set_up: 1}\nreforms: [part.yaml, other.yaml]\n")).cost.set_up == 1


def test_a_package_may_hold_packages_and_changes_of_its_own(write: Write) -> None:
    one(write, "part")
    one(write, "inner", "reforms: [part.yaml]\n")
    line = "{path: work_permit.category_b.points_min, from: 2027-01, set: 55}"
    package = load(write(f"reforms: [inner.yaml]\nchanges:\n  - {line}\n"))
    assert package.value_at(A, "2027-01") == 75
    assert package.value_at("work_permit.category_b.points_min", "2027-01") == 55


def test_two_reforms_of_one_value_are_refused_at_the_second(write: Write, problems_of: Problems) -> None:
    one(write, "part")
    one(write, "other", LOWER.replace("2027-01", "2028-03").replace("75", "70"))
    (problem,) = problems_of(write("reforms: [part.yaml, other.yaml]\n"))
    assert (problem.code, problem.line, problem.column) == ("overlap", 4, 22)
    assert "at 2028-03, by 'part' and 'other'" in problem.message


def test_a_reform_and_a_change_of_one_value_are_refused_at_the_change(write: Write, problems_of: Problems) -> None:
    one(write, "part")
    assert told(problems_of(write(f"reforms: [part.yaml]\n{LOWER.replace('75', '70')}"))) == [("overlap", 6, 12)]


def test_an_inner_rule_does_not_settle_an_outer_overlap(write: Write, problems_of: Problems) -> None:
    one(write, "part")
    one(write, "other", LOWER.replace("75", "70"))
    one(write, "third", LOWER.replace("75", "65"))
    one(write, "inner", "on_overlap: last\nreforms: [part.yaml, other.yaml]\n")
    assert load(write("reforms: [inner.yaml]\n")).value_at(A, "2027-01") == 70
    assert told(problems_of(write("reforms: [inner.yaml, third.yaml]\n"))) == [("overlap", 4, 23)]
    summed = load(write("on_overlap: sum\nreforms: [inner.yaml, third.yaml]\n"))
    assert summed.value_at(A, "2027-01") == 85 - 15 - 20
    assert [overlap.rule for overlap in summed.overlaps] == ["last", "sum"]


def test_a_sum_that_leaves_its_range_is_refused(write: Write, problems_of: Problems) -> None:
    for name in ("part", "other"):
        one(write, name, LOWER.replace("set: 75", "add: -50"))
    (problem,) = problems_of(write("on_overlap: sum\nreforms: [part.yaml, other.yaml]\n"))
    assert problem.code == "out-of-range"
    assert "got -15" in problem.message


def test_a_reform_named_twice_is_refused(write: Write, problems_of: Problems) -> None:
    assert told(problems_of(write("reforms: [fast-track, fast-track]\n"))) == [("duplicate-reform", 4, 23)]


def test_a_reform_that_a_package_holds_already_is_refused(write: Write, problems_of: Problems) -> None:
    one(write, "part")
    one(write, "inner", "reforms: [part.yaml]\n")
    assert told(problems_of(write("reforms: [inner.yaml, part.yaml]\n"))) == [("duplicate-reform", 4, 23)]


def test_a_package_that_holds_itself_is_refused(write: Write, problems_of: Problems) -> None:
    (problem,) = problems_of(write("reforms: [mine.yaml]\n"))
    assert (problem.code, problem.line, problem.column) == ("cycle", 4, 11)
    assert "mine.yaml > mine.yaml" in problem.message


def test_a_circle_of_packages_is_refused(write: Write, problems_of: Problems) -> None:
    one(write, "first", "reforms: [second.yaml]\n")
    one(write, "second", "reforms: [third.yaml]\n")
    one(write, "third", "baseline: first.yaml\nreforms: [fast-track]\n")
    (problem,) = problems_of(one(write, "first", "reforms: [second.yaml]\n"))
    assert problem.code == "cycle"
    assert "first.yaml > second.yaml > third.yaml > first.yaml" in problem.message
    assert problem.file.endswith("third.yaml")


@pytest.mark.parametrize(
    "reference", ["../part.yaml", "/etc/passwd.yaml", "inner/../../part.yaml", "a/../../../x.yaml"]
)
def test_a_file_names_no_file_outside_its_folder(reference: str, write: Write, problems_of: Problems) -> None:
    one(write, "part")
    path = write(f"reforms: ['{reference}']\n", "folder/mine.yaml")
    assert told(problems_of(path)) == [("outside-folder", 4, 11)]


def test_a_link_does_not_lead_outside_the_folder(write: Write, problems_of: Problems, tmp_path: Path) -> None:
    one(write, "part")
    path = write("reforms: [link.yaml]\n", "folder/mine.yaml")
    (tmp_path / "folder" / "link.yaml").symlink_to(tmp_path / "part.yaml")
    assert told(problems_of(path)) == [("outside-folder", 4, 11)]


def test_a_file_in_a_folder_below_may_be_named(write: Write) -> None:
    one(write, "below/part")
    assert load(write("reforms: [below/part.yaml]\n")).value_at(A, "2027-01") == 75


@pytest.mark.parametrize("reference", ["absent.yaml", "folder.yaml", "a\\0b.yaml", "x" * 300 + ".yaml"])
def test_a_file_that_is_not_there_is_told(reference: str, write: Write, problems_of: Problems, tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    assert told(problems_of(write(f"reforms: ['{reference}']\n"))) == [("no-file", 4, 11)]


def test_a_name_of_a_file_beside_is_the_nearest(write: Write, problems_of: Problems) -> None:
    one(write, "part")
    (problem,) = problems_of(write("reforms: [part]\n"))
    assert (problem.code, problem.nearest) == ("unknown-scenario", "part.yaml")


def test_problems_of_an_included_file_are_told_with_its_name(write: Write, problems_of: Problems) -> None:
    inner = one(write, "part", LOWER.replace("75", "850"))
    outer = write(f"reforms: [part.yaml]\n{LOWER.replace('75', '-1')}")
    problems = problems_of(outer)
    assert {(Path(problem.file).name, problem.code) for problem in problems} == {
        (inner.name, "out-of-range"),
        (outer.name, "out-of-range"),
    }


def test_a_package_takes_no_reform_with_assumptions(write: Write, problems_of: Problems) -> None:
    one(write, "part", "assumptions:\n  - {path: behaviour.beta, set: 1.2}\n" + LOWER)
    assert told(problems_of(write("reforms: [part.yaml]\n"))) == [("reform-with-assumptions", 4, 11)]


def test_a_package_takes_no_baseline(write: Write, problems_of: Problems) -> None:
    assert told(problems_of(write("reforms: [baseline]\n"))) == [("not-a-reform", 4, 11)]


def test_a_reform_may_stand_on_another_reform(write: Write) -> None:
    one(write, "part")
    line = f"{{path: {A}, from: 2030-01, was: 75, add: -5}}"
    scenario = load(write(f"baseline: part.yaml\nchanges:\n  - {line}\n"))
    assert scenario.baseline.id == "part"
    assert (scenario.value_at(A, "2029-12"), scenario.value_at(A, "2030-01")) == (75, 70)
    assert scenario.first_difference("2040-12") == "2030-01"


def test_a_reform_is_checked_against_the_baseline_of_its_package(write: Write, problems_of: Problems) -> None:
    one(write, "part")
    one(write, "other", LOWER.replace("set: 75", "was: 85, set: 70"))
    told_codes = [problem.code for problem in problems_of(write("baseline: part.yaml\nreforms: [other.yaml]\n"))]
    assert told_codes == ["was-differs"]
