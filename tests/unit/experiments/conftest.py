from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from experiments.comparison import Comparison, summary_of
from experiments.design import Design, Question
from experiments.persons import Touched
from experiments.replicate import Case, Money, PairedRun
from experiments.runner import Failure

QUESTION = Question(outcomes=("stock",), groups=("all",), dates=("2019-12",))
UNTIL = "2019-12"


def case_named(name: str, first: str | None = "2019-01") -> Case:
    return Case(name, {"en": f"Reform {name}", "zh": f"改革{name}"}, None, "baseline", None, first)


def run_of(seed: int, differences: dict[str, float], *, level: float = 1000.0, touched: int = 10) -> PairedRun:
    """Return a pair of runs that differ by a constant from 2019 on."""
    before = level + np.arange(24.0).reshape(1, 1, 24)
    run = PairedRun(seed)
    for name, difference in differences.items():
        run.baseline[name] = before
        run.reform[name] = before + np.where(np.arange(24) >= 12, difference, 0.0)
        reached = Touched(touched, touched // 2, touched // 5, touched // 4, touched // 10, touched * 6, touched * 2)
        run.persons[name] = {"2019-12": reached}
        run.groups[name] = {"2019-12": {"all": reached}}
        run.money[name] = {"2019-12": Money(public_cost=1e6, balance_baseline=5e6, balance_reform=4.5e6)}
    return run


@pytest.fixture
def comparison_of() -> Callable[..., Comparison]:
    """Return a maker of comparisons from differences: one list of them, a value a seed, for each scenario."""

    def make(
        differences: dict[str, Sequence[float]],
        *,
        precision: float | None = None,
        touched: int = 10,
        failures: Sequence[Failure] = (),
        first: str | None = "2019-01",
        levels: Sequence[float] | None = None,
    ) -> Comparison:
        n = len(next(iter(differences.values())))
        runs = [
            run_of(
                seed + 1,
                {name: values[seed] for name, values in differences.items()},
                level=1000.0 if levels is None else levels[seed],
                touched=touched,
            )
            for seed in range(n)
        ]
        design = Design(replicates=n, until=UNTIL)
        cases: list[Any] = [case_named(name, first) for name in differences]
        return summary_of(design, QUESTION, cases, runs, failures, precision=precision)

    return make
