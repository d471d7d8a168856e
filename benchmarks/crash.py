"""Batches under kill -9, of workers and of the driver, at random moments and during writes: nothing may be lost or double.

Each batch is compared with the same one run undisturbed. Needs /proc, as on Linux.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from experiments.batch.driver import run_batch
from experiments.batch.experiment import Arm, Experiment
from experiments.batch.store import Store
from experiments.batch.writing import experiment_of

SCALE, UNTIL = 50_000, "2018-06"
A, B = (f"work_permit.category_{category}.points_min" for category in "ab")
ARMS = tuple(
    Arm(f"{name}-{points}", (), {path: float(points)}, "2016-01")
    for name, path, points in (("a", A, 40), ("a", A, 60), ("b", B, 110))
)
SHARE_DURING_WRITES = 0.25
SECONDS_FOR_A_WRITE, SECONDS_TO_END = 20.0, 10.0
_ASIDE = re.compile(r"\..+-(\d+)-[0-9a-f]{8}")


@dataclass
class Toll:
    """What was done to the batches, and what was found."""

    worker_kills: int = 0
    driver_kills: int = 0
    during_writes: int = 0
    batches: int = 0
    wrong: list[str] = field(default_factory=list)


def asked_of(runs: int) -> Experiment:
    """Return a batch of tiny runs."""
    replicates = max(1, runs // (len(ARMS) + 1))
    return experiment_of(
        id="crash",
        arms=ARMS,
        replicates=replicates,
        scale=SCALE,
        until=UNTIL,
        outcomes=("stock", "inflow"),
        chunk_runs=40,
    )


def drive(folder: Path, jobs: int) -> subprocess.Popen[bytes]:
    """Start a process that runs what is left of a store."""
    command = [sys.executable, "-m", "benchmarks.crash", "--drive", str(folder), "--jobs", str(jobs)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command


def workers_of(pid: int) -> list[int]:
    """Return the worker processes of a driver."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            command = path.with_name("cmdline").read_text()
        except (OSError, IndexError):
            continue
        if parent == pid and re.search("spawn_main", command):
            found.append(int(path.parent.name))
    return found


def is_alive(pid: int) -> bool:
    """Say whether a process runs; a dead one that nobody has asked for yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (OSError, IndexError):
        return False


def wait_for_a_moment(driver: subprocess.Popen[bytes], folder: Path, luck: random.Random) -> int | None:
    """Wait for a random time, or until something is being written; return who writes it."""
    for_a_write = luck.random() < SHARE_DURING_WRITES
    end = time.monotonic() + (SECONDS_FOR_A_WRITE if for_a_write else luck.uniform(0.2, 4.0))
    while time.monotonic() < end and driver.poll() is None:
        if for_a_write:
            writers = [int(made[1]) for path in (folder / "runs").iterdir() if (made := _ASIDE.fullmatch(path.name))]
            if writers:
                return writers[0]
        else:
            time.sleep(0.01)
    return None


def kill(pid: int) -> bool:
    """Kill a process; say whether it was there."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def kill_driver(driver: subprocess.Popen[bytes], store: Store, toll: Toll) -> None:
    """Kill a driver; check that its workers end, and that what was done stays done."""
    workers = workers_of(driver.pid)
    done = store.done()
    driver.kill()
    driver.wait()
    toll.driver_kills += 1
    end = time.monotonic() + SECONDS_TO_END
    while any(is_alive(pid) for pid in workers) and time.monotonic() < end:
        time.sleep(0.01)
    toll.wrong += [f"worker {pid} outlived its driver" for pid in workers if is_alive(pid)]
    lost = done - store.done()
    if lost:
        toll.wrong.append(f"{len(lost)} finished runs were lost")


def torture(folder: Path, expected: str, toll: Toll, asked: Any, luck: random.Random) -> None:
    """Run one batch to its end under kills, then compare it."""
    store = Store.create(folder, asked_of(asked.runs))
    (folder / "runs").mkdir(exist_ok=True)
    driver = drive(folder, asked.jobs)
    every = max(1, asked.workers // max(1, asked.drivers))
    while True:
        writer = wait_for_a_moment(driver, folder, luck)
        if driver.poll() is not None:
            break
        toll.during_writes += writer is not None
        if toll.driver_kills < asked.drivers and luck.randrange(every + 1) == 0:
            kill_driver(driver, store, toll)
            driver = drive(folder, asked.jobs)
        elif toll.worker_kills < asked.workers and (workers := workers_of(driver.pid)):
            toll.worker_kills += kill(writer if writer in workers else luck.choice(workers))
    check(store, driver.returncode, expected, toll)


def check(store: Store, code: int, expected: str, toll: Toll) -> None:
    """Note what is wrong with a batch that ended."""
    toll.batches += 1
    status = store.status()
    if code != 0 or status.done != status.runs:
        toll.wrong.append(f"ended with code {code}, {status.done} of {status.runs} runs done, {status.failed} failed")
    values = store.values()
    keys = Counter(zip(*(values[name] for name in ("arm", "draw", "replicate", "outcome", "date")), strict=True))
    toll.wrong += [f"{key} is there {n} times" for key, n in keys.items() if n > 1][:3]
    if store.content_digest() != expected:
        toll.wrong.append("the content is not that of an undisturbed batch")
    toll.wrong += [f"{path.name} was left over" for path in store.folder.rglob(".*")]
    toll.wrong += [f"{damage.file}: {damage.kind}" for damage in store.verify()]


def main() -> None:
    """Kill until the toll asked for is paid; end with an error if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=100, help="workers to kill")
    parser.add_argument("--drivers", type=int, default=20, help="drivers to kill")
    parser.add_argument("--runs", type=int, default=2000, help="runs of a batch")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    parser.add_argument("--drive", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.drive is not None:
        run_batch(asked.drive, jobs=asked.jobs)
        return
    toll, luck, began = Toll(), random.Random(asked.seed), time.monotonic()  # noqa: S311 - moments, not secrets
    place = Path(tempfile.mkdtemp(prefix="talentflow-crash-"))
    undisturbed = Store.create(place / "undisturbed", asked_of(asked.runs))
    run_batch(undisturbed.folder, jobs=asked.jobs)
    expected = undisturbed.content_digest()
    print(f"undisturbed: {asked.runs} runs in {time.monotonic() - began:.0f} s")
    while (toll.worker_kills < asked.workers or toll.driver_kills < asked.drivers) and not toll.wrong:
        torture(place / f"batch-{toll.batches}", expected, toll, asked, luck)
        print(toll, flush=True)
    shutil.rmtree(place)
    if toll.wrong:
        raise SystemExit("\n".join(toll.wrong))
    print(
        f"{toll.batches} batches, {toll.worker_kills} workers and {toll.driver_kills} drivers killed, "
        f"{toll.during_writes} of them during writes, in {time.monotonic() - began:.0f} s: nothing lost, double or left over"
    )


if __name__ == "__main__":
    main()
