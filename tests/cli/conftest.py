from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from experiments.cli.entry import command


@pytest.fixture
def talentflow() -> Callable[..., Result]:
    """Return the command line as a function: arguments in; output, messages and exit code out."""

    def call(*arguments: object) -> Result:
        result = CliRunner().invoke(command, [str(argument) for argument in arguments], prog_name="talentflow")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


@pytest.fixture
def change(tmp_path: Path) -> Callable[..., Path]:
    """Return a writer of scenario files that hold one change, in line 5."""

    def write(text: str, name: str = "changed.yaml") -> Path:
        path = tmp_path / name
        head = "schema: talentflow.scenario/1\nid: changed\ntitle: {en: Changed, zh: 改变}\nchanges:\n"
        path.write_text(f"{head}  - {text}\n", encoding="utf-8")
        return path

    return write
