from __future__ import annotations

import pytest

from experiments.report.asked import Asked, Running
from experiments.report.asking import asked_of
from experiments.report.gather import gather
from experiments.report.pairs import Pairs, run_pairs
from experiments.report.parts import Dossier

SMALL = {"replicates": 3, "scale": 20_000, "until": "2030-12", "draws": 0}
"""Runs of a second: numbers are lumpy, and that is what ranges are for."""


@pytest.fixture(scope="session")
def asked() -> Asked:
    return asked_of(["category-a-less-stringent"], **SMALL)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def pairs(asked: Asked) -> Pairs:
    return run_pairs(asked, Running(jobs=1))


@pytest.fixture(scope="session")
def dossier(asked: Asked) -> Dossier:
    return gather(asked, Running(jobs=1), is_quick=True)
