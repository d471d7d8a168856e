"""Lives lived again from public facts, held against the run itself: every field of every record in every month.

    python benchmarks/lives.py --people 10000 --scale 1

Runs the model once and keeps, for people drawn at random, 64 bits of their record at the end of each month; then lives
each of them again from nothing in plain Python and compares. Also times how long one life takes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from typing import Any

import numpy as np

import scenarios
from experiments.persons import digest_of
from simulation import TalentModel
from simulation.biography.replay import draw, live_again
from simulation.facts import Facts, Recorder
from simulation.plain import store_person
from simulation.population import pool_record
from simulation.records import PERSON


def run(scenario: str, scale: int, seed: int, people: int) -> tuple[Facts, Any, Any]:
    """Return the facts of a run, some people's rows as drawn, and their digests, shape (months, people)."""
    given = scenarios.load(scenario).resolve("2040-12")
    model, recorder = TalentModel(given, scale=scale, seed=seed), Recorder()
    model.on_facts = recorder
    n = model.people.n
    rows = np.sort(np.random.default_rng(seed).choice(n, min(people, n), replace=False))
    drawn = model.people.persons[rows].copy()
    digests = np.zeros((given.until + 1, len(rows)), np.uint64)
    began = time.perf_counter()
    for month in range(given.until + 1):
        model.step()
        digests[month] = digest_of(model.people.persons[rows])
    print(f"{scenario}: {n:,} rows, run in {time.perf_counter() - began:.0f} s")
    return recorder.facts(scale=scale, pool=pool_record(given.pool)), drawn, digests


def digests_again(person_id: int, facts: Facts) -> Iterator[tuple[int, Any]]:
    """Yield the months in which something could happen, -1 for the start, with the record at their end as 64 bits."""
    person, wake = draw(person_id, facts)
    row = np.zeros(1, PERSON)
    store_person(row, 0, person)
    yield -1, digest_of(row)[0]
    for month in live_again(person, wake, facts, is_told=False):
        store_person(row, 0, month.after)
        yield month.now.month, digest_of(row)[0]


def differs(person_id: int, facts: Facts, drawn: Any, digests: Any) -> bool:
    """Return whether a life lived again differs from the run in any field at the end of any month."""
    expected = np.zeros(facts.months, np.uint64)
    again = list(digests_again(person_id, facts))
    for month, digest in again:
        expected[max(month, 0) :] = digest
    return bool(again[0][1] != drawn or not np.array_equal(expected, digests))


def main() -> None:
    """Compare, and print how many differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--scale", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scenario", default="baseline")
    asked = parser.parse_args()
    facts, drawn, digests = run(asked.scenario, asked.scale, asked.seed, asked.people)
    first = digest_of(drawn)
    seconds, wrong = [], []
    for at, person_id in enumerate(drawn["id"].tolist()):
        began = time.perf_counter()
        if differs(person_id, facts, first[at], digests[:, at]):
            wrong.append(person_id)
        seconds.append(time.perf_counter() - began)
    print(f"{len(seconds):,} lives: {len(wrong)} differ {wrong[:10]}")
    print(f"one life: mean {1000 * np.mean(seconds):.0f} ms, most {1000 * np.max(seconds):.0f} ms")


if __name__ == "__main__":
    main()
