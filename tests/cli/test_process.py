"""What only a real process shows: imports, signals, terminals, bytes."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.cli.entry import VERBS
from experiments.cli.terminal import width

ROOT = Path(__file__).parents[2]
TALENTFLOW = (sys.executable, "-m", "experiments.cli")
REFORM = "category-a-less-stringent"
SMALL = ("--scale", "10000", "--until", "2028-12", "--replicates", "2")
HEAVY = (
    "numpy",
    "pandas",
    "scipy",
    "numba",
    "mesa",
    "matplotlib",
    "pydantic",
    "yaml",
    "rich",
    "simulation",
    "scenarios",
)


@pytest.mark.parametrize("arguments", [["--help"], *([verb, "--help"] for verb in VERBS)], ids=" ".join)
def test_help_answers_without_importing_anything_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom experiments.cli import main\n"
        f"try:\n    main({arguments!r})\n"
        f"except SystemExit as end:\n    print(end.code, sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "0 []"


def test_the_same_command_in_two_processes_gives_the_same_bytes_whatever_the_jobs() -> None:
    command = [*TALENTFLOW, "compare", REFORM, *SMALL, "--json", "--quiet"]
    one = subprocess.run([*command, "--jobs", "1"], cwd=ROOT, capture_output=True, check=True)
    two = subprocess.run([*command, "--jobs", "2"], cwd=ROOT, capture_output=True, check=True)
    assert one.stdout == two.stdout
    assert (one.stderr, two.stderr) == (b"", b"")
    assert json.loads(one.stdout)["replicates"] == 2


def test_a_plain_script_may_compare_without_a_main_guard(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n"
        "from experiments import compare\n"
        "result = compare(['one-stop'], replicates=2, scale=20_000, until='2028-12', jobs=2)\n"
        "print(result.replicates)\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("2\n", 0)


def run_on_terminal(*arguments: str, columns: int, interrupt_at: bytes = b"") -> tuple[str, int]:
    """Run a command on a terminal of some width; return all it wrote there and its exit code."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color"}
    with subprocess.Popen(
        [*TALENTFLOW, *arguments],
        cwd=ROOT,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        written = b""
        while chunk := _read(ours):
            written += chunk
            if interrupt_at and interrupt_at in written:
                os.killpg(process.pid, signal.SIGINT)
                interrupt_at = b""
    os.close(ours)
    return written.decode().replace("\r\n", "\n"), process.returncode


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65_536)
    except OSError:  # how Linux says that nobody holds the other end any more
        return b""


@pytest.mark.parametrize("columns", [40, 60])
def test_a_narrow_terminal_gets_blocks_that_fit(columns: int) -> None:
    text, code = run_on_terminal("list", "scenarios", "--lang", "zh", columns=columns)
    assert code == 0
    too_long = {word for word in text.split() if width(word) > columns // 2}
    assert all(width(line) <= columns or any(word in line for word in too_long) for line in text.splitlines())
    assert "放宽A类标准" in text


def test_no_color_leaves_no_colour() -> None:
    text, code = run_on_terminal("list", "scenarios", columns=160)
    assert code == 0
    assert "category-a-less-stringent" in text
    assert "\x1b[3" not in text


def test_ctrl_c_ends_with_130_and_the_line_that_runs_it_again() -> None:
    # The bar of progress shows before the first replicate ends.
    arguments = ("compare", REFORM, "--replicates", "200", "--jobs", "2")
    text, code = run_on_terminal(*arguments, columns=100, interrupt_at=b"replicates")
    assert code == 130
    assert "talentflow compare category-a-less-stringent --replicates 200 --jobs 2" in " ".join(text.split())
    assert "Traceback" not in text
