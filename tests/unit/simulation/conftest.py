"""The smallest model of people, to try agents and places on without laws or rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mesa
import numpy as np
import pytest

from simulation.names import ON_A, ON_B
from simulation.people import People
from simulation.professional import PeopledModel, Professional
from simulation.records import PERSON, Now


class Ageing(Professional):
    """Someone whose pay grows by one yuan in every third month."""

    def decide(self, now: Any, tally: Any) -> int:
        self.salary_cny += 1.0
        tally.append(self.unique_id)
        return int(self.wake) + 3

    @property
    def double_pay(self) -> float:
        return 2.0 * self.salary_cny


def mean_pay(model: Village) -> float:
    return float(model.agents.agg("salary_cny", np.mean))


class Village(PeopledModel):
    """The smallest model of people: fifty of them, and a month that counts on."""

    def __init__(self, n: int = 50, seed: int | None = 3, professional: type = Ageing) -> None:
        super().__init__(rng=seed or 0)
        drawn = np.random.default_rng(seed)
        persons = np.zeros(n, PERSON)
        persons["id"] = np.arange(1, n + 1)
        persons["salary_cny"] = drawn.integers(100_000, 900_000, n)
        persons["status"] = drawn.choice([ON_A, ON_B], n)
        persons["weight"] = 100
        self.people = People(persons, np.full(n, 1, np.int16), model=self, professional=professional)
        self.month = 0
        self.now = Now(0, 1, (), (), (), (), (), None, (), (), ())
        self.tally: list[int] = []
        self.datacollector = mesa.DataCollector(model_reporters={"mean_pay": mean_pay})

    def step(self) -> None:
        self.agents.do("step")
        self.month += 1
        self.datacollector.collect(self)


@pytest.fixture
def settle() -> Callable[..., Village]:
    """Return what makes a village, for tests that need another one."""
    return Village


@pytest.fixture
def village() -> Village:
    """Return a village of fifty people."""
    return Village()
