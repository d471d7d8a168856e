"""What is said about problems, in both languages."""

import re
import string
from pathlib import Path

import pytest

import scenarios
from experiments import batch
from scenarios.messages import _MESSAGES, CODES, texts
from scenarios.problems import Findings, Problem, ScenarioProblems

FILL = {"size": 1, "limit": 2}


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("code", CODES)
def test_both_languages_say_the_same_on_one_line(code: str) -> None:
    english, chinese = _MESSAGES[code]
    assert fields(english) == fields(chinese)
    told = texts(code, nearest="x", **{name: FILL.get(name, "?") for name in fields(english) - {"near"}})
    assert all("\n" not in text and "{" not in text.replace("{region", "").replace("{?", "") for text in told.values())
    assert re.search(r"[\u4e00-\u9fff]", told["zh"])
    assert told["en"].isascii()


def test_every_code_is_said_somewhere() -> None:
    folders = (Path(scenarios.__file__).parent, Path(batch.__file__).parent)
    sources = "".join(path.read_text(encoding="utf-8") for folder in folders for path in folder.glob("*.py"))
    # Codes of places are put together from what the place is.
    for code in set(CODES) - {"unknown-region", "unknown-origin"}:
        assert sources.count(f'"{code}"') >= 2, code


def test_a_problem_is_one_line_with_its_place() -> None:
    problem = Problem("x.yaml", 17, 11, "unknown-path", "there is no lever")
    assert problem.render() == "x.yaml:17:11  there is no lever"


def test_problems_come_in_the_order_of_the_file_and_once() -> None:
    later, earlier = Problem("x", 2, 1, "tab", "b"), Problem("x", 1, 9, "tab", "a")
    assert ScenarioProblems([later, earlier, later]).problems == [earlier, later]


def test_findings_without_problems_raise_nothing() -> None:
    findings = Findings("x.yaml")
    findings.raise_if_any()
    with pytest.raises(ScenarioProblems, match=r"x\.yaml:1:2  a tab"):
        findings.stop((1, 2), "tab")
