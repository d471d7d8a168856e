"""Scenarios by id or by path, from the shell or from Python."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import scenarios
from scenarios import Problem, ScenarioProblems, catalogue, load

LOWER = "changes:\n  - {path: work_permit.category_a.points_min, from: 2027-01, set: 75}\n"
Write = Callable[..., Path]
Problems = Callable[..., list[Problem]]


def test_the_door_opens_to_what_it_names() -> None:
    assert all(hasattr(scenarios, name) for name in scenarios.__all__)
    assert sorted(scenarios.__all__) == scenarios.__all__


def test_the_baseline_is_compared_with_itself_and_changes_nothing() -> None:
    baseline = load("baseline")
    assert (baseline.id, baseline.kind, baseline.changes) == ("baseline", "baseline", ())
    assert baseline.baseline is baseline
    assert baseline.title["zh"]


def test_a_path_works_wherever_an_id_does(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(LOWER)
    monkeypatch.chdir(path.parent)
    for name in (path, str(path), "mine.yaml", "./mine.yaml", Path("mine.yaml")):
        assert load(name).id == "mine"


def test_a_file_without_an_ending_may_be_named(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(LOWER, "plan").parent)
    assert load("plan").id == "mine"


def test_a_file_cannot_stand_in_for_a_shipped_id(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(LOWER, "one-stop").parent)
    assert load("one-stop").id == "one-stop"


def test_a_mistyped_id_is_told_with_the_nearest(problems_of: Problems) -> None:
    (problem,) = problems_of("catgory-a-less-stringent")
    assert (problem.code, problem.line, problem.nearest) == ("unknown-scenario", 0, "category-a-less-stringent")
    assert problem.render().startswith("catgory-a-less-stringent  there is no scenario 'catgory-a-less-stringent'")


def test_an_id_of_several_lines_is_told_on_one(problems_of: Problems) -> None:
    (problem,) = problems_of("a\nb")
    assert "\n" not in problem.render()


@pytest.mark.parametrize("name", ["absent.yaml", "no/such/file", "with\0zero.yaml", "x" * 5_000 + ".yaml"])
def test_a_missing_file_is_told(name: str, problems_of: Problems) -> None:
    (problem,) = problems_of(name)
    assert problem.code in {"no-file", "unreadable"}


def test_a_folder_is_no_scenario(tmp_path: Path, problems_of: Problems) -> None:
    assert problems_of(tmp_path)[0].code == "not-a-file"


def test_a_pipe_that_nobody_writes_to_does_not_block(tmp_path: Path, problems_of: Problems) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert problems_of(tmp_path / "pipe.yaml")[0].code == "not-a-file"


def test_a_file_is_read_anew_each_time(write: Write) -> None:
    path = write(LOWER)
    assert load(path).changes[0].steps[0][1] == 75
    write(LOWER.replace("75", "70"))
    assert load(path).changes[0].steps[0][1] == 70


def test_problems_are_told_in_chinese(write: Write) -> None:
    path = write(LOWER.replace("75", "850"))
    with pytest.raises(ScenarioProblems) as caught:
        load(path, lang="zh")
    assert str(caught.value).endswith("须在0至120 (points)之间，2027-01为850；请更正")
    assert caught.value.problems[0].to_language("en").message.startswith("work_permit.category_a.points_min must be")


def test_a_language_that_nobody_wrote_is_refused() -> None:
    with pytest.raises(ValueError, match="lang must be one of en, zh, got 'fr'"):
        load("baseline", lang="fr")


def test_a_title_in_one_language_stands_for_both(write: Write) -> None:
    head = "schema: talentflow.scenario/1\nid: mine\ntitle: {zh: 我的}\n"
    assert load(write(LOWER, head=head)).title == {"en": "我的", "zh": "我的"}


def test_the_catalogue_lists_the_baseline_first_then_reforms_packages_worlds_transfers() -> None:
    entries = catalogue()
    assert entries[0].id == "baseline"
    kinds = [entry.kind for entry in entries]
    assert kinds == sorted(kinds, key=["baseline", "reform", "package", "world", "transfer"].index)
    assert len({entry.id for entry in entries}) == len(entries)


def test_a_lever_knows_the_reforms_that_touch_it() -> None:
    touching = scenarios.reforms_touching("work_permit.category_a.points_min")
    assert "category-a-less-stringent" in touching
    assert "whole-article" not in touching
    assert scenarios.reforms_touching("tax.band_min.band_1") == []
