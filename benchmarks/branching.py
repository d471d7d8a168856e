"""What sharing the past saves: the default comparison of ten reforms of 2027, with branching and without, to equal bits."""

from __future__ import annotations

import argparse
import json
from typing import Any
from unittest import mock

from benchmarks.measure import Spent, machine, table
from experiments.branching import Branch, Branching
from experiments.cases import cases_of, known_groups, known_outcomes
from experiments.design import Design, Question, check_question
from experiments.replicate import PairedRun, PairedRuns

REFORMS = (
    "category-a-less-stringent",
    "split-category-b",
    "one-stop",
    "fast-track",
    "optimised-approval",
    "flexible-social-insurance",
    "international-hospitals",
    "outstanding-graduates",
    "whole-article",
    "pension-fifteen-years",
)
FROM = "2027-01"
RATIO_MAX = 0.6


class FromTheStart(Branching):
    """Runs every law from the first month by itself, its own people drawn; compares people as branching does."""

    def _way_of(self, branch: Branch, left: Any, forks: Any, trunk: Any) -> Any:
        way = self._begin(branch.given, super()._way_of(branch, left, forks, trunk).watch)
        while way.model.month < branch.month:
            way.model.step()
            self._count()
        return way


def alternating(paired: PairedRuns, seeds: range) -> tuple[Spent, Spent]:
    """Return what the seeds take with branching and without, done in turn.

    Raises
    ------
    SystemExit
        If a bit differs.
    """
    with_it, without = Spent(), Spent()
    for seed in seeds:
        shared = with_it.on(lambda seed=seed: paired(seed, _tell_nobody))
        with mock.patch("experiments.replicate.Branching", FromTheStart):
            apart = without.on(lambda seed=seed: paired(seed, _tell_nobody))
        check_equal(shared, apart)
    return with_it, without


def check_equal(shared: PairedRun, apart: PairedRun) -> None:
    """Stop if two ways to the same numbers differ in a bit."""
    for name, values in shared.reform.items():
        equal = values.tobytes() == apart.reform[name].tobytes()
        if not equal or shared.groups[name] != apart.groups[name] or shared.money[name] != apart.money[name]:
            raise SystemExit(f"{name}, seed {shared.seed}: branching gives other numbers")


def _tell_nobody(_share: float) -> None:
    """Take a share done that nobody asked for."""


def main() -> None:
    """Run the benchmark and print its table; end with an error above ``RATIO_MAX``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="replicates; 20 is the default of compare")
    parser.add_argument("--scale", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    design = Design(replicates=asked.seeds, scale=asked.scale)
    question = check_question(
        Question(paths=False), design.until, known_outcomes=known_outcomes(), known_groups=known_groups()
    )
    cases = cases_of(REFORMS, design.until)
    if {case.first for case in cases} != {FROM}:
        raise SystemExit(f"all reforms must begin in {FROM}")
    paired = PairedRuns(design, question, cases)
    alternating(PairedRuns(Design(replicates=1, scale=100_000), question, cases), range(1, 2))
    with_it, without = alternating(paired, design.seeds)
    ratio = {"wall": with_it.wall / without.wall, "cpu": with_it.cpu / without.cpu}
    rows = [
        {"how": name, "s a seed": spent.wall / asked.seeds, "cpu s a seed": spent.cpu / asked.seeds}
        for name, spent in (("branching", with_it), ("each from the start", without))
    ]
    if asked.json:
        print(json.dumps({"machine": machine(), "rows": rows, "ratio": ratio}, indent=2))
    else:
        print(table(rows))
        print(f"ratio: {ratio['wall']:.2f} of the time, {ratio['cpu']:.2f} of the CPU time; equal bits")
    if ratio["cpu"] > RATIO_MAX:
        raise SystemExit(f"branching takes more than {RATIO_MAX} times the time without it")


if __name__ == "__main__":
    main()
