"""What a comparison needs of scenarios and of the model: which baseline, from when, which outcomes exist."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from experiments.design import Design, DesignError
from experiments.replicate import Case, start
from simulation import outcomes
from simulation.compiled import mark_compiled, needs_compiling

_WARM_SCALE = 100_000
"""A run that only compiles: a handful of rows."""


def scenario_of(scenario: Any) -> Any:
    """Return a scenario given as an id, a file or a Scenario.

    Raises
    ------
    scenarios.ScenarioProblems
        If there is none of that name, or its file is wrong.
    """
    from scenarios import load

    return load(scenario) if isinstance(scenario, str | Path) else scenario


def under(scenario: Any, assume: Sequence[Any]) -> Any:
    """Return a scenario, and its baseline, under the assumptions of others, given as ids, files or Scenarios.

    Later ones hold over earlier ones.

    Raises
    ------
    scenarios.ScenarioProblems
        If there is none of that name, or its file is wrong.
    DesignError
        If one makes no assumption, or changes the law: a law is compared, not assumed.
    """
    return scenario.assuming(change for one in assume for change in assumptions_of(one))


def assumptions_of(scenario: Any) -> tuple[Any, ...]:
    """Return the assumptions that a scenario consists of; refuse one that changes the law, or makes none."""
    found = scenario_of(scenario)
    if found.changes:
        raise DesignError(f"{found.id!r} changes the law; --assume takes assumptions alone: compare it instead")
    if not found.assumptions:
        raise DesignError(f"{found.id!r} makes no assumption about behaviour or the world")
    return tuple(found.assumptions)


def cases_of(scenarios: Sequence[Any], until: str, assume: Sequence[Any] = ()) -> list[Case]:
    """Return each scenario beside the baseline it departs from, both under the same assumptions.

    Raises
    ------
    DesignError
        If there is no scenario, the same one twice, or an assumption that cannot be made; see :func:`under`.
    """
    cases = [case_of(under(scenario_of(scenario), assume), until) for scenario in scenarios]
    ids = [case.id for case in cases]
    if not cases:
        raise DesignError("name at least one scenario to compare")
    twice = next((name for name in ids if ids.count(name) > 1), None)
    if twice:
        raise DesignError(f"scenario {twice!r} is named twice")
    return cases


def case_of(scenario: Any, until: str) -> Case:
    """Return one scenario beside its baseline."""
    # Here, so that a change that begins after the run is told at once, not by every worker.
    scenario.resolve(until)
    baseline = scenario.baseline
    assumed = sorted((c.path, c.operation, c.steps, c.start, c.end, c.where) for c in baseline.assumptions)
    return Case(
        id=scenario.id,
        title=titles_of(scenario),
        scenario=scenario,
        baseline_id=baseline.id,
        baseline=baseline,
        first=scenario.first_difference(until),
        family=repr((baseline.key or baseline.id, assumed)),
    )


def titles_of(scenario: Any) -> dict[str, str]:
    """Return a scenario's title in every language; its id where it has none."""
    given = {lang: text for lang, text in dict(scenario.title).items() if text}
    fallback = next(iter(given.values()), scenario.id)
    return {lang: given.get(lang, fallback) for lang in ("en", "zh")}


def known_outcomes() -> tuple[str, ...]:
    """Return the names of all outcomes."""
    return tuple(outcomes.UNITS)


def known_groups() -> tuple[str, ...]:
    """Return the names of all groups, ``all`` first."""
    return tuple(outcomes.GROUPS)


def outcome_labels() -> dict[str, dict[str, str]]:
    """Return the names of outcomes in words, by language."""
    return {name: dict(label) for name, label in outcomes.LABELS.items()}


def outcome_unit(outcome: str) -> str:
    """Return the unit of an outcome."""
    return outcomes.UNITS[outcome]


def warm(scenario: Any, design: Design, on_compile: Callable[[], None] | None = None) -> None:
    """Compile the rules in this process if need be, so that workers only read them.

    ``on_compile`` is called first, as it takes a while.
    """
    if design.engine != "compiled" or not needs_compiling():
        return
    if on_compile is not None:
        on_compile()
    small = Design(seed=design.seed, replicates=1, scale=_WARM_SCALE, until=design.until)
    start(scenario.resolve(design.until), small, design.seed).step()
    mark_compiled()
