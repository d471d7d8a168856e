"""A teacher's own lesson: read from a file, wrong ones told with line and column."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from experiments.classroom.lessons import check
from experiments.classroom.lessons.reading import read_lesson
from scenarios import ScenarioProblems

ROOT = Path(__file__).parents[5]
PAGES = [ROOT / "docs" / "lessons.md", ROOT / "docs" / "zh" / "lessons.md"]


def worked_example(page: Path) -> str:
    """Return the lesson that the page on lessons writes."""
    found = re.search(r"^```yaml\n(# my-lesson\.yaml\n.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return a writer of the worked example with some of its text changed."""

    def of(*changes: tuple[str, str]) -> Path:
        text = worked_example(PAGES[0])
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "my-lesson.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return of


def test_the_worked_example_is_a_lesson(write: Callable[..., Path]) -> None:
    file = str(write())
    assert check(file, "one-month", "0.0455")["right"]
    assert not check(file, "one-month", "0.07")["right"]
    assert check(file, "longer", "down")["right"]


def test_both_pages_write_the_same_example() -> None:
    assert worked_example(PAGES[0]) == worked_example(PAGES[1])


@pytest.mark.parametrize(
    ("old", "new", "code", "meant"),
    [
        ("kind: forced-exit", "kind: forced-exits", "bad-choice", "forced-exit"),
        ("category: B", "categorie: B", "unknown-key", "category"),
        ("law: long-grace", "law: long-grace-period", "unknown-scenario", None),
        ("path: work_permit.grace_months.category_b", "path: work_permit.grace_month.category_b", "bad-value", None),
        ("fact: C1-12", "fact: C1-12-a", "bad-choice", None),
        ("tolerance: 0.002", "hint_: 1", "unknown-key", "hint"),
        ("minutes: 45", "minutes: 4", "out-of-bounds", None),
        ("number: 50", "number: 50.5", "not-whole", None),
        ("    tolerance: 0.002\n", "", "bad-value", None),
        ("id: longer", "id: one-month", "bad-value", None),
    ],
)
def test_a_wrong_lesson_is_told_with_its_line(
    write: Callable[..., Path], old: str, new: str, code: str, meant: str | None
) -> None:
    with pytest.raises(ScenarioProblems) as found:
        read_lesson(write((old, new)), lang="zh")
    problem = next(one for one in found.value.problems if one.code == code)
    assert problem.line > 0
    assert problem.column > 0
    assert re.search(r"[\u4e00-\u9fff]", problem.message)
    if meant:
        assert problem.nearest == meant


def test_an_answer_written_into_a_lesson_is_refused(write: Callable[..., Path]) -> None:
    with pytest.raises(ScenarioProblems, match="answer"):
        read_lesson(write(("    tolerance: 0.002", "    tolerance: 0.002\n    answer: 0.0455")))


def test_a_changed_file_is_read_anew(write: Callable[..., Path]) -> None:
    assert check(str(write()), "one-month", 0.0455)["right"]
    assert not check(str(write(("category: B", "category: PR"))), "one-month", 0.0455)["right"]
