"""Turns what a caller names into what a report is asked about, before anything is run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from experiments.cases import cases_of, scenario_of
from experiments.comparison import drawn_for
from experiments.design import DEFAULT_SCALE, DEFAULT_SEED, DEFAULT_UNTIL, Design, DesignError, luck_and_draws
from experiments.report.asked import Asked

SCENARIOS_MOST = 31
"""Scenarios that one report holds: all measures of the article, and two more."""


def asked_of(
    names: Sequence[str],
    *,
    assume: Sequence[str] = (),
    replicates: int | None = None,
    seed: int = DEFAULT_SEED,
    scale: int = DEFAULT_SCALE,
    until: str = DEFAULT_UNTIL,
    engine: str = "compiled",
    draws: int | None = None,
    posterior: Path | None = None,
) -> Asked:
    """Return what a report of some scenarios is asked about; arguments are those of :func:`experiments.comparison.compare`.

    Raises
    ------
    DesignError
        If it cannot be run as asked.
    scenarios.ScenarioProblems
        If there is no such scenario, or its file is wrong.
    """
    if len(names) > SCENARIOS_MOST:
        raise DesignError(f"a report holds at most {SCENARIOS_MOST} scenarios, got {len(names)}")
    n, n_draws = luck_and_draws(replicates, draws)
    if posterior is not None and not n_draws:
        raise DesignError("a posterior is read for draws: ask for 2 draws or more")
    design = Design(seed=seed, replicates=n, scale=scale, until=until, engine=engine)
    assumed = [scenario_of(one) for one in assume]
    cases = cases_of(names, until, assumed)
    return Asked(
        names=tuple(names),
        cases=tuple(cases),
        design=design,
        draws=n_draws,
        posterior=posterior,
        drawn=drawn_for(cases, n_draws, posterior, seed),
        assume=tuple(assume),
        assumed=tuple(assumed),
    )
