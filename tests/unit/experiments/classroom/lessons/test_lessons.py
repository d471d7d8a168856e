"""The shipped lessons: each answer is the model's, every wrong one is told, and whatever a lesson names exists."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from experiments.classroom.lessons import check, is_quick, lesson, listing
from experiments.classroom.lessons.form import LessonForm
from experiments.classroom.lessons.kinds import KINDS, ChoiceShare
from experiments.classroom.lessons.marking import form_of
from experiments.classroom.lessons.reading import read_lesson, shipped
from experiments.classroom.lessons.rule_values import RULES
from experiments.classroom.lessons.solving import needs_runs, run_parts, solve
from experiments.classroom.lessons.telling import asked_of, teacher_lines, teacher_sheet
from experiments.cli.entry import command
from scenarios import facts, load, with_changes

IDS = list(shipped())
QUESTIONS = [(identity, question.id) for identity in IDS for question in read_lesson(identity).questions]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
RUN_VERBS = {"compare", "life", "rank"}
"""Verbs whose commands are parsed here and not run: they make runs."""


def question_in(identity: str, name: str) -> Any:
    return next(question for question in read_lesson(identity).questions if question.id == name)


def right_answer(identity: str, name: str) -> Any:
    value = solve(read_lesson(identity), question_in(identity, name)).value
    return list(value) if isinstance(value, tuple) else value


def wrong_answers(identity: str, name: str) -> list[Any]:
    question, right = question_in(identity, name), right_answer(identity, name)
    if form_of(question) == "choice":
        return [choice.id for choice in question.choices if choice.id != right]
    if form_of(question) == "order":
        return [right[::-1]]
    off = max(question.tolerance or 0.0, (question.tolerance_share or 0.0) * abs(right))
    return [right + 1.01 * off + 1e-6, right - 1.01 * off - 1e-6]


def test_there_are_eight_lessons_in_their_order() -> None:
    assert IDS == [
        "one-choice", "points", "permits", "queues", "services-family", "pension-residence", "beliefs-networks", "regions-packages",
    ]  # fmt: skip
    assert [one["number"] for one in listing("en")] == list(range(1, 9))
    assert all(45 <= one["minutes"] <= 90 and one["questions"] >= 6 for one in listing("zh"))


@pytest.mark.parametrize(("identity", "name"), QUESTIONS)
def test_the_models_answer_is_right_and_every_other_one_is_wrong(identity: str, name: str) -> None:
    right = check(identity, name, right_answer(identity, name), "en")
    assert right["right"] is True
    assert right["hint"] == ""
    for wrong in wrong_answers(identity, name):
        told = check(identity, name, wrong, "zh")
        assert told["right"] is False
        assert CHINESE.search(told["hint"])


@pytest.mark.parametrize(("identity", "name"), QUESTIONS)
def test_an_order_or_a_largest_one_is_told_apart_by_the_pairs(identity: str, name: str) -> None:
    assert solve(read_lesson(identity), question_in(identity, name)).is_clear


@pytest.mark.parametrize(("identity", "name"), QUESTIONS)
def test_a_choice_can_be_wrong(identity: str, name: str) -> None:
    assert wrong_answers(identity, name)


@pytest.mark.parametrize("identity", IDS)
def test_no_sheet_of_a_student_holds_an_answer(identity: str) -> None:
    text = json.dumps([lesson(identity, lang) for lang in ("en", "zh")], ensure_ascii=False)
    for question in read_lesson(identity).questions:
        assert question.why.en not in text
        assert question.why.zh not in text
    assert "compute" not in text
    assert "tolerance" not in text


@pytest.mark.parametrize("identity", IDS)
def test_the_teachers_sheet_holds_every_answer(identity: str) -> None:
    found = read_lesson(identity)
    text = "\n".join(teacher_lines(found, "en"))
    assert all(question.why.en in text for question in found.questions)
    assert all(answer["text"] for answer in teacher_sheet(found, "zh")["answers"])


@pytest.mark.parametrize("identity", IDS)
def test_both_languages_are_complete(identity: str) -> None:
    for place, label in _labels(read_lesson(identity).model_dump(by_alias=True), identity):
        assert label["en"].strip(), place
        assert label["zh"].strip(), place
        assert not CHINESE.search(label["en"]), place
        assert CHINESE.search(label["zh"]) or re.fullmatch(r"[A-Z0-9 ]+", label["zh"]), place


def _labels(value: Any, place: str) -> Any:
    if isinstance(value, dict) and set(value) == {"en", "zh"}:
        yield place, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _labels(item, f"{place}.{key}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _labels(item, f"{place}[{number}]")


@pytest.mark.parametrize("identity", IDS)
def test_what_a_step_asks_of_the_page_can_be_asked(identity: str) -> None:
    for step in read_lesson(identity).steps:
        if step.asked is None:
            continue
        asked = asked_of(step)
        assert set(asked) <= {"reforms", "changes", "seed", "until"}
        for change in asked.get("changes", []):
            assert set(change) <= {"path", "from", "until", "set", "add", "multiply", "phase", "where"}
            assert with_changes(load("baseline"), [change]).changes
        assert all(load(identity).changes for identity in asked.get("reforms", []))


@pytest.mark.parametrize("identity", IDS)
def test_every_command_is_one_of_the_command_line(
    identity: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for step in read_lesson(identity).steps:
        if step.file is not None:
            Path(step.file.name).write_text(step.file.text, encoding="utf-8")
        if step.command is not None:
            _try(shlex.split(step.command))
    for text in (one.en for one in read_lesson(identity).try_):
        for told in re.findall(r"talentflow [-a-z0-9 .]+", text):
            _try(shlex.split(told))


def _try(words: list[str]) -> None:
    assert words[0] == "talentflow"
    if words[1] not in RUN_VERBS:
        assert CliRunner().invoke(command, words[1:]).exit_code == 0, words
        return
    context = click.Context(command)
    name, verb, rest = command.resolve_command(context, words[1:])
    assert verb is not None
    parsed = verb.make_context(name, list(rest), parent=context)
    for identity in parsed.params.get("scenarios") or (parsed.params.get("scenario") or "baseline",):
        assert load(identity).id


@pytest.mark.parametrize("identity", IDS)
def test_runs_are_small_enough_to_wait_for(identity: str) -> None:
    found = read_lesson(identity)
    parts = [part for question in found.questions for part in run_parts(question.compute)]
    laws = {str(part.get("law", "baseline")) for part in parts}
    assert found.runs.scale >= 5000
    assert found.runs.replicates * len(laws) <= 48
    assert all(
        KINDS[part["kind"]].model_validate(dict(part)).model_dump()["date"] <= found.runs.until for part in parts
    )


@pytest.mark.parametrize("identity", IDS)
def test_sources_are_facts_of_the_collection(identity: str) -> None:
    for source, shown in zip(read_lesson(identity).reading, lesson(identity)["reading"], strict=True):
        assert facts()[source.fact].source_title in shown["text"]


def test_most_questions_are_quick_and_the_server_knows_which() -> None:
    quick = [is_quick(identity, name) for identity, name in QUESTIONS]
    assert is_quick("points", "points-of-marta")
    assert not is_quick("queues", "fast-a")
    assert sum(quick) > len(quick) / 2


def test_an_answer_from_runs_is_that_of_compare() -> None:
    from experiments import compare

    found = read_lesson("regions-packages")
    result = compare(
        ["whole-article"], replicates=found.runs.replicates, seed=found.runs.seed, scale=found.runs.scale,
        until=found.runs.until, outcomes=["public_cost"], draws=0, jobs=1,
    )  # fmt: skip
    right = right_answer("regions-packages", "yearly-cost")
    assert right == pytest.approx(result.rows[0].difference / 1e9)


def test_every_kind_that_a_lesson_may_name_says_what_it_is() -> None:
    assert all(form.__doc__ for form in KINDS.values())
    used = {
        kind for identity in IDS for question in read_lesson(identity).questions for kind in _kinds(question.compute)
    }
    # Left for lessons of teachers' own.
    assert set(KINDS) - used <= {"errand-chance", "visits-per-file"}


def _kinds(compute: Any) -> set[str]:
    if not isinstance(compute, dict):
        return set()
    inner = compute.get("of", {})
    parts = [inner] if "kind" in inner else list(inner.values()) if isinstance(inner, dict) else []
    return {compute["kind"]}.union(*(_kinds(part) for part in parts))


def test_a_lesson_is_a_value_that_a_worker_can_be_sent() -> None:
    import pickle

    found = read_lesson("points")
    assert isinstance(pickle.loads(pickle.dumps(found)), LessonForm)  # noqa: S301 - our own bytes
    assert pickle.loads(pickle.dumps(check)) is check  # noqa: S301 - likewise
    assert needs_runs(found.questions[-1].compute)


def test_wider_tastes_weaken_the_answer_to_a_reform_near_the_line_and_strengthen_it_far_away() -> None:
    def answer(gain: float, spread: float) -> float:
        before, after = (
            RULES["choice-share"](ChoiceShare(kind="choice-share", gain=at, spread=spread), load("baseline"))
            for at in (gain, gain + 0.1)
        )
        return float(after) - float(before)

    assert answer(0.0, 1.1) < answer(0.0, 0.55)
    assert answer(-2.0, 1.1) > answer(-2.0, 0.55)


def test_the_hint_on_the_cliff_leads_to_its_answer() -> None:
    refund, retirement_years = 0.8 * 0.08 * 300_000, 8 + 4 / 12
    pension = 0.2 * 300_000 * 1.1**-retirement_years
    assert pension - refund == pytest.approx(right_answer("pension-residence", "no-cliff"), rel=1e-3)
