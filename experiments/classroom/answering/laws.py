"""What a question and its baseline are given under each draw, each resolved once."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from experiments.classroom.answering.asked import Asked
from experiments.classroom.answering.files import scenario_of
from experiments.posterior import PosteriorDraws, posterior_draws
from experiments.replicate import Case
from scenarios import load
from simulation.records import NEVER, Given, month_text

_TABLES = ("policy", "places", "origins", "rivals", "accounts")


@lru_cache(maxsize=4)
def baseline_given(until: str) -> Given:
    """Return what the law as it stands gives a model, with parameters at their defaults."""
    return load("baseline").resolve(until)


@lru_cache(maxsize=8)
def draws_from(n_draws: int, seed: int) -> PosteriorDraws | None:
    """Return the draws of the uncertain parameters that a comparison from a seed is made over; None without any."""
    return posterior_draws(n_draws, None, seed=seed) if n_draws else None


@lru_cache(maxsize=24)
def baseline_under(until: str, n_draws: int, seed: int, number: int | None) -> Given:
    """Return the baseline under one draw; ``number`` None leaves every parameter at its default."""
    plain, drawn = baseline_given(until), draws_from(n_draws, seed)
    if drawn is None or number is None:
        return plain
    given = load("baseline").with_defaults(drawn.draws[number].parameters).resolve(until)
    # No draw touches the law: 10 MB that all draws share.
    return replace(given, policy=plain.policy) if given.policy.tobytes() == plain.policy.tobytes() else given


class Law(NamedTuple):
    """A question's scenario, resolved with parameters at their defaults; ``first`` is its first month, or NEVER."""

    case: Case
    given: Given
    first: int


def law_of(asked: Asked) -> Law:
    """Return the law that a question asks about."""
    scenario, base = scenario_of(asked), baseline_given(asked.until)
    given = scenario.resolve(asked.until)
    months = [_first_row(getattr(given, name), getattr(base, name)) for name in _TABLES]
    first = min(months)
    titles = {lang: scenario.title.get(lang) or scenario.id for lang in ("en", "zh")}
    date = None if first == NEVER else month_text(first)
    return Law(Case(scenario.id, titles, scenario, "baseline", scenario.baseline, date, "baseline"), given, first)


def given_under(law: Law, asked: Asked, number: int | None) -> Given:
    """Return what the law gives a model under one draw: its own columns on those of the draw."""
    base = baseline_under(asked.until, asked.draws, asked.seed, number)
    plain = baseline_given(asked.until)
    if base is plain:
        return law.given
    origins = base.origins
    for name in origins.dtype.names or ():
        if law.given.origins[name].tobytes() != plain.origins[name].tobytes():
            origins = origins.copy() if origins is base.origins else origins
            origins[name] = law.given.origins[name]
    return replace(base, name=law.given.name, costs=law.given.costs, policy=law.given.policy, origins=origins)


def _first_row(first: Any, second: Any) -> int:
    rows = len(first)
    differs = (first.view("u1").reshape(rows, -1) != second.view("u1").reshape(rows, -1)).any(axis=1)
    return int(np.argmax(differs)) if differs.any() else NEVER
