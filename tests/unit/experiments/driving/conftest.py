from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from experiments.batch.driver import run_batch
from experiments.batch.experiment import Arm, Experiment, Replicates, Stop
from experiments.batch.store import Store
from experiments.batch.writing import experiment_of

ROOT = Path(__file__).parents[4]
A, B = (f"work_permit.category_{category}.points_min" for category in "ab")
ARMS = (
    Arm("points-40", (), {A: 40.0}, "2012-01"),
    Arm("points-60", (), {A: 60.0}, "2012-01"),
    Arm("strict", (), {B: 110.0}, "2012-01"),
)
N_RUNS, N_CHUNK = 24, 4
# Tells of each thing that happens, in one write a line, so that whoever reads knows when to interfere.
DRIVE = """
import os, sys
sys.path[:0] = {path!r}
from experiments.cli.stopping import Stopping
from experiments.batch.driver import run_batch

def tell(text):
    os.write(1, (text + "\\n").encode())

if __name__ == "__main__":
    with Stopping(lambda: tell("asked to stop")) as stopping:
        status = run_batch(
            {folder!r}, jobs={jobs}, cluster={cluster!r}, should_stop=stopping,
            on_progress=lambda done, total: tell(f"done {{done:.2f}}"), on_note=lambda key, fields: tell(f"note {{key}} {{fields}}"),
        )
    tell(f"left {{status.left}}")
"""


def tiny(**changes: Any) -> Experiment:
    """Return a batch of 24 runs that take a blink each: 6 replicates of a baseline and three laws."""
    asked: dict[str, Any] = {"arms": ARMS, "replicates": 6, "seed": 5, "scale": 20_000, "until": "2018-08"}
    kept = {"outcomes": ("stock", "inflow"), "dates": ("2018-06", "2018-08")}
    return experiment_of(id="tiny", title={"en": "Tiny", "zh": "小"}, **(asked | kept | changes))


def until_precise(half_width: float, most: int, *, least: int = 3) -> Experiment:
    """Return a batch that adds replicates, two at a time, until the stock's difference is known well enough."""
    stop = Stop("stock", "all", "2018-08", half_width, relative=False)
    return tiny(replicates=Replicates(least, 2, most, stop))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "store", tiny())


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return the same batch, run in this process without a disturbance."""
    store = Store.create(tmp_path_factory.mktemp("undisturbed") / "store", tiny())
    run_batch(store.folder, jobs=1)
    return store


Driving = Callable[..., AbstractContextManager[subprocess.Popen[str]]]


@pytest.fixture
def driving(tmp_path: Path) -> Driving:
    """Return what starts another process that drives a store, and tells line by line what happens."""

    @contextmanager
    def start(folder: Path, *, jobs: int = 2, cluster: str | None = None) -> Iterator[subprocess.Popen[str]]:
        script = tmp_path / "drive.py"
        script.write_text(DRIVE.format(path=[str(ROOT), str(tmp_path)], folder=str(folder), jobs=jobs, cluster=cluster))
        with subprocess.Popen([sys.executable, script], stdout=-1, stderr=-1, text=True) as process:
            try:
                yield process
            finally:
                process.kill()

    return start


def lines_until(process: subprocess.Popen[str], start: str) -> list[str]:
    """Return the lines that a process tells, up to the first that begins so; fail if there is none."""
    assert process.stdout is not None
    found = []
    for line in process.stdout:
        found.append(line.strip())
        if line.startswith(start):
            return found
    raise AssertionError(f"{start!r} was never told: {found} {process.stderr and process.stderr.read()}")


def temporary_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob(".*"))


HOLD = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from experiments.batch.claims import Claims
claims = Claims(Path({folder!r}))
print(claims.take({chunk}), flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def holding() -> Callable[..., AbstractContextManager[subprocess.Popen[str]]]:
    """Return what starts another process that claims a chunk and does nothing with it."""

    @contextmanager
    def start(folder: Path, chunk: int) -> Iterator[subprocess.Popen[str]]:
        script = HOLD.format(root=str(ROOT), folder=str(folder), chunk=chunk)
        with subprocess.Popen([sys.executable, "-c", script], stdin=-1, stdout=-1, text=True) as process:
            try:
                lines_until(process, "True")
                yield process
            finally:
                process.kill()

    return start


def children_of(pid: int) -> list[int]:
    """Return the workers of a process: its children that are Python, but for the one that tracks resources."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            line = path.with_name("cmdline").read_text()
        except (OSError, IndexError):
            continue
        if parent == pid and re.search("spawn_main", line):
            found.append(int(path.parent.name))
    return found


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
