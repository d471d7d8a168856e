"""Draws and effects of our choosing, as the sections on uncertainty are told from."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.cases import cases_of
from experiments.design import Design
from experiments.report.asked import Asked
from experiments.report.trials import Bench
from experiments.report.uncertain import Drawn, known_of

NAMES = ("beta", "theta_mean", "gap_sd", "move_cost")
DATE = "2030-12"


def asked(name: str = "one-stop") -> Asked:
    design = Design(replicates=4, scale=20_000, until=DATE)
    return Asked((name,), tuple(cases_of([name], DATE)), design)


def drawn(effects: Any, inputs: Any) -> Drawn:
    """Return draws with some effects, shape (draws, replicates), under some values of ``NAMES``."""
    about = asked()
    bench = Bench(about.cases[0], 20_000, DATE)
    return Drawn(bench, "posterior.csv", NAMES, np.asarray(inputs), np.asarray(effects, float), known_of(about))


def uniform(n: int, seed: int = 1) -> Any:
    return np.random.default_rng(seed).random((n, len(NAMES)))
