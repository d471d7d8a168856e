"""Desks by formula against desks event by event, and waits that do not depend on how many people a row stands for.

Ciw (https://ciw.readthedocs.io) plays the same desk customer by customer: a visit is sent back with a chance and joins the
queue again. It checks both the formula of the queue and that returns load the desk for everybody. Near full load its
mean settles too slowly, so there the formula is held against Erlang's, which is exact; Ciw holds Erlang's to account.
"""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import ciw
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

import scenarios
from simulation import Given, TalentModel
from simulation.institutions import administration
from simulation.names import CARD, STATIONS

DESKS = (1, 3, 10)
VISITS = {0.70: 60_000, 0.80: 90_000, 0.90: 240_000}
"""Visits played at each load: the mean queue is then known to about 3% (one standard error) in each case."""
SENT_BACK = 0.25
SEED = 2_018
TOLERANCE = 0.10
"""Share of the mean queue by which the formula may miss."""

ALPHA = 1e-4
"""False alarm of each comparison of scales: with 8 and 16 runs a difference of 4 to 5 standard errors is caught."""


def erlang_queue(load: float, desks: int) -> float:
    """Return the exact mean days in queue of an M/M/c desk whose service takes a day (Erlang C)."""
    offered = load * desks
    served = [offered**n / math.factorial(n) for n in range(desks)]
    waiting = offered**desks / math.factorial(desks) / (1.0 - load)
    return waiting / (sum(served) + waiting) / (desks * (1.0 - load))


def played_queue(load: float, desks: int, sent_back: float, n_visits: int) -> float:
    """Return the mean days in queue of a visit, event by event, after a twentieth of the time to settle."""
    arrivals = load * desks * (1.0 - sent_back)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=arrivals)],
        service_distributions=[ciw.dists.Exponential(rate=1.0)],
        routing=[[sent_back]],
        number_of_servers=[desks],
    )
    ciw.seed(SEED)
    play = ciw.Simulation(network)
    end = n_visits / (load * desks)
    play.simulate_until_max_time(end)
    waits = [record.waiting_time for record in play.get_all_records() if record.arrival_date > 0.05 * end]
    return float(np.mean(waits))


def model_queue(load: float, desks: int, sent_back: float) -> float:
    """Return the queue that the model's desk computes for the same stream of files, its returns reckoned by itself."""
    capacity = 1_000.0
    law = SimpleNamespace(
        documents=[4.0] * len(STATIONS), service_days=[1.0] * len(STATIONS), shared_share=0.0, english_share=0.0,
        interpretation_dispersion=0.0, misrouting_prob=0.0, desk_capacity=1.0, pooled_share=0.0, priority_lane_share=0.0,
        reasons_given=0.0,
    )  # fmt: skip
    behaviour = SimpleNamespace(
        error_per_document=1.0 - (1.0 - sent_back) ** 0.25, english_error_gain=0.0, desk_load=1.0,
        staffing_months=1e9, desks_per_station=float(desks), reasons_error_gain=0.0,
    )  # fmt: skip
    public: Any = SimpleNamespace(
        **{name: [0.0] * len(STATIONS) for name in ("sent_back_prob", "queue_days", "priority_days")}
    )
    place = SimpleNamespace(reference_load=0.0, local_load=0.0)
    memory = np.zeros((2, len(STATIONS)))
    memory[administration.USUAL_LOAD, CARD] = capacity
    files = (load * capacity * (1.0 - sent_back), 0.0, 0.0)
    administration.update_station(public, place, law, behaviour, files, memory, CARD, 0.0)
    assert public.sent_back_prob[CARD] == pytest.approx(sent_back)
    assert memory[administration.BACKLOG, CARD] == 0.0
    return float(public.queue_days[CARD])


def is_close(formula: float, truth: float) -> bool:
    return abs(formula - truth) <= TOLERANCE * truth


@pytest.fixture(scope="module")
def played() -> dict[tuple[int, float], float]:
    """Return the mean queue of every desk and load, event by event."""
    return {
        (desks, load): played_queue(load, desks, SENT_BACK, visits)
        for desks in DESKS
        for load, visits in VISITS.items()
    }


@pytest.mark.parametrize("desks", DESKS)
@pytest.mark.parametrize("load", VISITS)
def test_the_model_s_queue_is_the_queue_played_event_by_event(
    desks: int, load: float, played: dict[tuple[int, float], float]
) -> None:
    assert is_close(model_queue(load, desks, SENT_BACK), played[desks, load])


@pytest.mark.parametrize("desks", DESKS)
@pytest.mark.parametrize("load", VISITS)
def test_a_formula_that_forgets_the_returns_would_be_found(
    desks: int, load: float, played: dict[tuple[int, float], float]
) -> None:
    forgetful = administration.mean_queue(load * (1.0 - SENT_BACK), float(desks), 1.0)
    assert not is_close(forgetful, played[desks, load])


@pytest.mark.parametrize("desks", DESKS)
@pytest.mark.parametrize("load", VISITS)
def test_erlang_s_queue_is_the_queue_played_event_by_event(
    desks: int, load: float, played: dict[tuple[int, float], float]
) -> None:
    assert erlang_queue(load, desks) == pytest.approx(played[desks, load], rel=TOLERANCE)


@pytest.mark.parametrize("desks", [1, 2, 3, 6, 10, 20])
@pytest.mark.parametrize("load", [0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.975])
def test_the_formula_stays_close_to_erlang_s_up_to_full_load(desks: int, load: float) -> None:
    formula = administration.mean_queue(load, float(desks), 1.0)
    assert is_close(formula, erlang_queue(load, desks))
    if desks == 1:
        assert formula == pytest.approx(load / (1.0 - load))


Sample = NDArray[np.float64]


def waits_of(given: Given, *, scale: int, seed: int) -> tuple[float, float]:
    """Return the mean days in queue of a file and the median days to a first permit, over the last three years."""
    model = TalentModel(given, scale=scale, seed=seed)
    stations = [STATIONS.index(name) for name in ("notice", "card", "residence")]
    queued, files = 0.0, 0.0
    while model.month <= given.until:
        model.step()
        if model.month > given.until - 35:
            filed = model.memory.files[:, :2].sum(axis=1)
            queued += float((model.public["queue_days"][:, stations].sum(axis=1) * filed).sum())
            files += float(filed.sum())
    return queued / files, model.outcomes.value("days_to_permit_median", "all", given.until, months=36)


@pytest.fixture(scope="module")
def scales() -> dict[int, Sample]:
    """Return waits by scale: rows of seeds, columns queue days and median days to a permit."""
    given = scenarios.load("baseline").resolve("2019-12")
    return {
        scale: np.array([waits_of(given, scale=scale, seed=seed) for seed in range(n)])
        for scale, n in ((1_000, 8), (5_000, 16))
    }


@pytest.mark.parametrize(("column", "what"), [(0, "queue"), (1, "days to a permit")])
def test_waits_do_not_depend_on_how_many_people_a_row_stands_for(
    column: int, what: str, scales: dict[int, Sample]
) -> None:
    fine, coarse = (scales[scale][:, column] for scale in (1_000, 5_000))
    p_value = stats.ttest_ind(fine, coarse, equal_var=False).pvalue
    assert p_value > ALPHA, f"{what}: {fine.mean():.1f} at 1:1,000 and {coarse.mean():.1f} at 1:5,000"


def test_waits_that_grow_with_the_scale_would_be_found() -> None:
    noise = np.random.default_rng(1).normal(0.0, 1.0, (2, 16))
    assert stats.ttest_ind(10.0 + noise[0][:8], 16.0 + 2.0 * noise[1], equal_var=False).pvalue < ALPHA
