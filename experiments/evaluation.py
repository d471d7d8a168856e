"""Plain functions for outside tools: parameters in, outcomes out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from experiments.cases import case_of, known_groups, known_outcomes, scenario_of, warm
from experiments.design import DEFAULT_SCALE, DEFAULT_SEED, Design, DesignError, Question, check_question, unknown
from experiments.replicate import PairedRuns, at_date, start
from simulation.records import month_index

_ASKED = re.compile(r"(?P<outcome>[^\[@]+)(\[(?P<group>[^\]]+)\])?(@(?P<date>.+))?")
DEFAULT_DATE = "2035-12"
DEFAULT_START = "2027-01"


def evaluate(
    scenario: Any = "baseline",
    parameters: Mapping[str, float] | None = None,
    seed: int = DEFAULT_SEED,
    scale: int = DEFAULT_SCALE,
    outcomes: Sequence[str] = ("stock",),
    *,
    start_month: str = DEFAULT_START,
    engine: str = "compiled",
) -> dict[str, float]:
    """Run one scenario once under some parameters and return its outcomes.

    SALib, EMA Workbench, Optuna or a notebook can drive the model through this function; it keeps nothing between calls.

    Parameters
    ----------
    scenario
        Id, file or Scenario.
    parameters
        Values by name: levers of the law by path (``work_permit.category_a.points_min``), set from ``start_month`` on;
        parameters of behaviour by name (``beta``, ``career_gain.research``) or path (``world.origins.japan.home_pay``),
        which hold throughout.
    seed, scale
        As everywhere.
    outcomes
        ``stock``, ``stock[category=A]``, ``stock@2030-12`` or ``stock[category=A]@2030-12``; December 2035 unless told.
    start_month
        First month of levers that are set, ``YYYY-MM``.
    engine
        ``compiled`` or ``agents``.

    Returns
    -------
        The outcomes by the names they were asked for; nan where one is not defined.

    Raises
    ------
    DesignError
        For an unknown outcome, group or date.
    scenarios.ScenarioProblems
        For an unknown parameter, or a value outside its limits.
    """
    asked = {name: _asked(name) for name in outcomes}
    until = max(["2018-01", *(date for _, _, date in asked.values())])
    design = Design(seed=seed, replicates=1, scale=scale, until=until, engine=engine)
    changed = under(scenario_of(scenario), parameters or {}, start_month)
    warm(changed, design)
    model = start(changed.resolve(until), design, seed)
    end = month_index(until)
    while model.month <= end:
        model.step()
    return {
        name: float(model.outcomes.value(outcome, group, month_index(date)))
        for name, (outcome, group, date) in asked.items()
    }


def evaluate_effect(
    scenario: Any = "baseline",
    parameters: Mapping[str, float] | None = None,
    seeds: Sequence[int] = (DEFAULT_SEED,),
    scale: int = DEFAULT_SCALE,
    outcomes: Sequence[str] = ("stock",),
    *,
    start_month: str = DEFAULT_START,
    engine: str = "compiled",
) -> dict[str, float]:
    """Run a scenario and its baseline, paired by person and seed, and return how outcomes differ.

    The past before the first date of difference is run once for both, so it costs less than two runs.

    Parameters
    ----------
    scenario, parameters, scale, outcomes, start_month, engine
        As for :func:`evaluate`: levers among the parameters change the scenario alone, all others both sides.
    seeds
        One pair of runs for each, at least one.

    Returns
    -------
        Mean differences, scenario less baseline, by the names they were asked for; nan where one is not defined. One
        seed gives one noisy difference: an interval is what :func:`experiments.compare` is for.

    Raises
    ------
    DesignError
        For an unknown outcome, group or date, or no seed.
    scenarios.ScenarioProblems
        For an unknown parameter, or a value outside its limits.
    """
    if not seeds:
        raise DesignError("an effect needs at least one seed")
    asked = {name: _asked(name) for name in outcomes}
    outcome_names, groups, dates = (tuple(dict.fromkeys(part)) for part in zip(*asked.values(), strict=True))
    until = max(["2018-01", *dates])
    design = Design(seed=min(seeds), replicates=len(seeds), scale=scale, until=until, engine=engine)
    case = case_of(under(scenario_of(scenario), parameters or {}, start_month), until)
    warm(case.baseline, design)
    run = PairedRuns(design, Question(outcome_names, groups, dates, paths=False), [case])
    pairs = [run(seed, _tell_nobody) for seed in seeds]
    effects = sum(pair.reform[case.id] - pair.baseline[case.id] for pair in pairs) / len(pairs)
    return {
        name: float(at_date(effects[outcome_names.index(outcome), groups.index(group)], date))
        for name, (outcome, group, date) in asked.items()
    }


def under(scenario: Any, parameters: Mapping[str, float], start_month: str) -> Any:
    """Return a scenario with some levers set from a month on and some assumptions changed."""
    from scenarios import levers, with_changes

    law = {path: float(value) for path, value in parameters.items() if path in levers()}
    month = month_index(start_month)
    changes = [
        {"path": path, "from": start_month, "set": value}
        for path, value in law.items()
        # A search may well try today's value; a file that sets it would be an error.
        if (scenario.column(path)[month:] != value).any()
    ]
    changed = with_changes(scenario, changes) if changes else scenario
    assumed = {name: float(value) for name, value in parameters.items() if name not in law}
    return changed.with_assumptions(assumed) if assumed else changed


def _tell_nobody(part: float) -> None:
    """Take a report of progress that nobody asked for."""


def _asked(name: str) -> tuple[str, str, str]:
    match = _ASKED.fullmatch(name.strip())
    if match is None:
        raise DesignError(unknown("outcome", name, known_outcomes()))
    date = match["date"] or DEFAULT_DATE
    question = check_question(
        Question((match["outcome"],), (match["group"] or "all",), (date,)),
        "2060-12",
        known_outcomes=known_outcomes(),
        known_groups=known_groups(),
    )
    if len(question.groups) > 1:
        raise DesignError(f"{name}: ask for one group at a time")
    return question.outcomes[0], question.groups[0], question.dates[0]
