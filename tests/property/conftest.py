"""Small runs of the model that the properties are read off: one baseline, kept for the whole session."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

import scenarios
from simulation import Given, TalentModel
from simulation.plain import load_person, plain_now
from simulation.records import Now

SCALE = 3_000
UNTIL = "2032-12"


def given_of(scenario: Any, until: str = UNTIL) -> Given:
    resolved: Given = scenario.resolve(until)
    return resolved


def state_of(model: TalentModel) -> dict[str, str]:
    """Return a digest of every array that a month leaves behind, by name; padding between fields is not state."""
    kept = {f"person.{name}": model.people.persons[name] for name in model.people.persons.dtype.names or ()}
    kept |= {f"public.{name}": model.public[name] for name in model.public.dtype.names or ()}
    kept |= {f"memory.{name}": part for name, part in model.memory._asdict().items()}
    months = model.outcomes.month
    for name in ("events", "levels", "days", "cohorts", "filled", "posts", "shares"):
        kept[f"outcomes.{name}"] = getattr(model.outcomes, name)[:months]
    kept["wake"] = model.people.wake
    return {name: hashlib.sha256(part.tobytes()).hexdigest() for name, part in kept.items()} | {
        "month": str(model.month)
    }


def differing(first: TalentModel, second: TalentModel) -> list[str]:
    """Return the names of the arrays in which two models differ by a bit."""
    one, other = state_of(first), state_of(second)
    return [name for name in one if one[name] != other[name]]


@pytest.fixture(scope="session")
def compare() -> Callable[[TalentModel, TalentModel], list[str]]:
    return differing


@pytest.fixture(scope="session")
def baseline() -> Given:
    return given_of(scenarios.load("baseline"))


@pytest.fixture(scope="session")
def reform() -> Given:
    """Return a law that moves every part of the model from January 2030 on."""
    changes = [
        ("work_permit.category_a.points_min", 70),
        ("work_permit.category_b.permit_months", 24),
        ("work_permit.interpretation_dispersion", 0.1),
        ("administration.shared_share", 0.9),
        ("administration.parallel_share", 1),
        ("permanent_residence.employment_route.open_share", 0.5),
        ("permanent_residence.decisions_per_year", 20_000),
        ("social_insurance.short_term.available", 1),
        ("family.seats_multiplier.public", 3),
        ("services.english.health", 0.9),
        ("visas.k_visa.available", 1),
        ("graduates.job_seek_months", 24),
        ("family.permit_spouse_may_work.category_b", 1),
        ("work_permit.mutual_recognition", 1),
        ("research.eligibility.category_b", 1),
        ("research.english_labs", 0.9),
        ("services.language_hours", 120),
        ("services.mentoring_share", 0.5),
    ]
    lines = [{"path": path, "from": "2030-01", "set": value} for path, value in changes]
    return given_of(scenarios.with_changes(scenarios.load("baseline"), lines))


@pytest.fixture(scope="session")
def build(baseline: Given) -> Callable[..., TalentModel]:
    """Return what makes a small model, by default of the baseline."""

    def make(given: Given = baseline, **options: Any) -> TalentModel:
        return TalentModel(given, **({"scale": SCALE, "seed": 1} | options))

    return make


@pytest.fixture(scope="session")
def run(build: Callable[..., TalentModel]) -> TalentModel:
    """Return the baseline run to June 2024, not to be changed."""
    model = build()
    model.run_until("2024-06")
    return model


@pytest.fixture(scope="session")
def now(run: TalentModel) -> Now:
    return plain_now(run.now._replace(behaviour=run.given.behaviour))


@pytest.fixture(scope="session")
def people(run: TalentModel) -> Callable[[int], Any]:
    """Return what gives the person of any number: people abroad and in China, as they stand in June 2024."""

    def of(number: int) -> Any:
        return load_person(run.people.persons, number % run.people.n)

    return of
