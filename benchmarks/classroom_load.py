"""A class at once: simulated users against a classroom that this starts on this machine, and stops.

Each user opens the page, asks a preset or moves a featured lever, follows the stream to its end, thinks, and asks again. Times
are from the question to the first ``pairs`` (an answer with one pair of runs or more) and to the last event; those of
questions that nobody had asked before are told beside those of all. Before the class comes, the workers may prepare.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from benchmarks.measure import machine, table

USERS, SECONDS = 30, 300.0
THINKS = (5.0, 20.0)
"""Seconds between an answer and the next question, least and most."""
PATIENCE_SECONDS = 120.0
SETTLE_SECONDS = 60.0
"""Between the first page and the first question: a teacher is there before the class."""
PRESET_SHARE = 0.5
"""Questions that are presets, which others ask too."""
NUMBERS = {"number", "integer", "share"}
_ANSWERED = {"pairs", "answer"}
_LAST = {"answer", "problems", "failed", "stopped"}


class Tally:
    """What users met."""

    def __init__(self) -> None:
        self.first: list[float] = []
        self.last: list[float] = []
        self.fresh_first: list[float] = []
        self.fresh_last: list[float] = []
        self.ends: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()

    def count(self, name: str, first: float | None, last: float, *, is_fresh: bool) -> None:
        """Take in how a question ended, and after how many seconds."""
        self.ends[name] += 1
        self.last.append(last)
        if is_fresh:
            self.fresh_last.append(last)
            self.fresh_first += [] if first is None else [first]
        if name != "answer":
            self.errors[name] += 1


@contextlib.contextmanager
def classroom(jobs: int | None, folder: str) -> Iterator[tuple[str, int]]:
    """Yield address and process of a classroom."""
    command = [sys.executable, "-m", "experiments.cli", "classroom", "--json", "--no-open", "--folder", folder]
    command += [] if jobs is None else ["--jobs", str(jobs)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own command
        try:
            told = json.loads(server.stdout.readline() if server.stdout else "")
            yield told["address"], server.pid
        finally:
            server.send_signal(signal.SIGINT)


def question(start: dict[str, Any], luck: random.Random) -> dict[str, Any]:
    """Return a preset, or a featured lever moved within its plausible range."""
    if luck.random() < PRESET_SHARE:
        return {"reforms": [luck.choice(start["presets"])["id"]]}
    levers = [name for name, lever in start["levers"].items() if lever["is_featured"] and lever["kind"] in NUMBERS]
    chosen = luck.choice(levers)
    return {"changes": [{"path": chosen, "from": "2027-01", "set": value_of(start["levers"][chosen], luck)}]}


def value_of(lever: dict[str, Any], luck: random.Random) -> float:
    """Return a value that a slider may stand at."""
    low, high = lever.get("plausible") or (lever["low"], lever["high"])
    step = lever.get("step") or 1
    value = low + step * luck.randint(0, max(1, int((high - low) / step)))
    return int(value) if float(value).is_integer() else round(value, 6)


async def use(address: str, number: int, until: float, tally: Tally) -> None:
    """Be one user until the time is over."""
    luck = random.Random(number)  # noqa: S311 - no secret
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE_SECONDS, trust_env=False) as client:
        await client.get("/")
        start = (await client.get("/api/start")).json()
        await asyncio.sleep(luck.uniform(0.0, THINKS[1]))
        while time.monotonic() < until:
            try:
                await ask(client, question(start, luck), tally)
            except (httpx.HTTPError, OSError) as error:
                tally.errors[type(error).__name__] += 1
            await asyncio.sleep(luck.uniform(*THINKS))


async def ask(client: httpx.AsyncClient, asked: dict[str, Any], tally: Tally) -> None:
    """Ask one question, and follow its stream."""
    began, first, is_fresh = time.monotonic(), None, False
    answer = await client.post("/api/runs", json=asked)
    if answer.status_code == httpx.codes.BAD_REQUEST:
        # A lever moved to where it stands today, say: the page would not ask that.
        tally.ends["refused (400)"] += 1
        return
    if answer.status_code != httpx.codes.ACCEPTED:
        tally.errors[f"status {answer.status_code}"] += 1
        return
    async with client.stream("GET", f"/api/runs/{answer.json()['run']}/events") as stream:
        async for line in stream.aiter_lines():
            if not line.startswith("event: "):
                continue
            name = line.removeprefix("event: ")
            # One that was asked before is told by its last event alone.
            is_fresh = is_fresh or name not in _LAST
            if name in _ANSWERED and first is None:
                first = time.monotonic() - began
                tally.first.append(first)
            if name in _LAST:
                tally.count(name, first, time.monotonic() - began, is_fresh=is_fresh)
                return
    tally.errors["stream ended early"] += 1


def peaks_mb(pid: int) -> dict[str, float]:
    """Return the most memory that a process and its children ever held, MB by name."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    peaks = {"server": peak_mb(pid)}
    for number, child in enumerate(children, 1):
        peaks[f"child {number}"] = peak_mb(int(child))
    return peaks


def peak_mb(pid: int) -> float:
    """Return the most memory that a process ever held, MB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM"):
            return round(int(line.split()[1]) / 1024, 0)
    return float("nan")


def quantiles(values: list[float]) -> list[str]:
    """Return median, 90th and 95th percentile in seconds."""
    if len(values) < 2:
        return ["-"] * 3
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    return [f"{cut:.2f}" for cut in (cuts[9], cuts[17], cuts[18])]


async def crowd(address: str, users: int, seconds: float, tally: Tally) -> None:
    """Let users use the classroom at once."""
    until = time.monotonic() + seconds
    await asyncio.gather(*(use(address, number, until, tally) for number in range(users)))


def main() -> None:
    """Run the class and print what it met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=USERS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--settle", type=float, default=SETTLE_SECONDS)
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder, classroom(options.jobs, folder) as (address, pid):
        httpx.get(address, trust_env=False)
        time.sleep(max(0.0, options.settle))
        asyncio.run(crowd(address, min(options.users, 200), min(options.seconds, 3600.0), tally))
        peaks = peaks_mb(pid)
    found = {
        "users": options.users, "seconds": options.seconds, "answers": len(tally.last), "ends": dict(tally.ends),
        "errors": dict(tally.errors), "first": quantiles(tally.first), "last": quantiles(tally.last),
        "fresh_first": quantiles(tally.fresh_first), "fresh_last": quantiles(tally.fresh_last),
        "peaks_mb": peaks, "machine": machine(),
    }  # fmt: skip
    if options.json:
        print(json.dumps(found))
        return
    rows = [
        ("first pairs", tally.first, found["first"]),
        ("last event", tally.last, found["last"]),
        ("first pairs, fresh", tally.fresh_first, found["fresh_first"]),
        ("last event, fresh", tally.fresh_last, found["fresh_last"]),
    ]
    names = ("median", "p90", "p95")
    print(
        table(
            {"seconds to": what, "n": len(all_of), **dict(zip(names, cuts, strict=True))} for what, all_of, cuts in rows
        )
    )
    print(f"ends {found['ends']}; errors {found['errors'] or 'none'}; peak MB {peaks}")


if __name__ == "__main__":
    main()
