"""How a command ends where the machine, not the user, has the last word: pipes, signals, places that cannot be written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

ROOT = Path(__file__).parents[2]
BRIEF = ("compare", "one-stop", "--scale", "20000", "--until", "2028-12", "--replicates", "2", "--jobs", "2")
MAIN = "import sys; from experiments.cli import main; main(sys.argv[1:])"
AT_FIRST_REPORT = """
import os, signal, sys
from contextlib import contextmanager
from experiments.cli import main
from experiments.cli.terminal import Terminal

@contextmanager
def progress(self):
    yield lambda done, total: {deed}

Terminal.progress = progress
main(sys.argv[1:])
"""


def python(code: str, *args: object, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    """Run code in a process that leads its own group, as a terminal starts a command.

    Returns only when no process that it started is left: each holds the streams open.
    """
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, args)],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        timeout=120,
        check=False,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )


def test_ctrl_c_reaches_workers_too_and_leaves_none(tmp_path: Path) -> None:
    # A terminal sends the signal to the whole group.
    result = python(AT_FIRST_REPORT.format(deed="os.killpg(0, signal.SIGINT)"), *BRIEF, "--out", tmp_path)
    assert result.returncode == 130, result.stderr
    assert result.stdout == ""
    assert f"talentflow {' '.join(BRIEF)} --out {tmp_path}" in result.stderr
    assert "Traceback" not in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_killed_driver_leaves_no_worker() -> None:
    result = python(AT_FIRST_REPORT.format(deed="os.kill(os.getpid(), signal.SIGKILL)"), *BRIEF)
    assert result.returncode == -9
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("verb", ["list", "params"])
def test_a_reader_that_has_left_is_no_error(verb: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        assert python(MAIN, verb, stdout=writer).stderr == ""
    finally:
        os.close(writer)


@pytest.mark.parametrize(
    "args",
    [
        (*BRIEF, "--out", "taken/results"),
        (*BRIEF, "--plot", "taken/x.svg"),
        ("run", "baseline", "--out", "taken"),
        ("schema", "--out", "taken/x.json"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_before_the_runs(
    talentflow: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, args: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("taken").write_text("a file, not a folder", encoding="utf-8")
    monkeypatch.setattr("experiments.comparison.warm", lambda *_: pytest.fail("it began to run"))
    monkeypatch.setattr("experiments.series.warm", lambda *_: pytest.fail("it began to run"))
    result = talentflow(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "taken" in result.stderr


def test_writing_twice_to_one_folder_leaves_the_second_result(talentflow: Run, tmp_path: Path) -> None:
    brief = ("run", "baseline", "--scale", "50000", "--until", "2018-12", "--out", tmp_path)
    for seed in (1, 2):
        assert talentflow(*brief, "--seed", seed).exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run.csv", "run.json"]
    assert '"seed": 2' in (tmp_path / "run.json").read_text(encoding="utf-8")
