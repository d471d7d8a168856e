from collections.abc import Callable
from pathlib import Path

import pytest

from scenarios import Problem, Scenario, ScenarioProblems, load

HEAD = "schema: talentflow.scenario/1\nid: mine\ntitle: {en: Mine, zh: 我的}\n"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of a scenario: the usual three lines, then the text."""

    def _write(text: str, name: str = "mine.yaml", *, head: str = HEAD) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + text, encoding="utf-8")
        return path

    return _write


@pytest.fixture
def scenario_of(write: Callable[..., Path]) -> Callable[[str], Scenario]:
    """Load a scenario of the usual three lines and the text."""
    return lambda text: load(write(text))


@pytest.fixture
def problems_of() -> Callable[[str | Path], list[Problem]]:
    """Return what is wrong with a scenario."""

    def _problems(id_or_path: str | Path) -> list[Problem]:
        with pytest.raises(ScenarioProblems) as caught:
            load(id_or_path)
        return caught.value.problems

    return _problems
