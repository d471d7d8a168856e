"""The EMA Workbench explores what a lower mark for Category A adds, over what is uncertain.

Run it with `python docs/examples/ema_workbench_model.py`; the coarse scale answers in seconds and shows the way, no more.
"""

from __future__ import annotations

from typing import Any

from ema_workbench import Constant, Model, RealParameter, ScalarOutcome, perform_experiments

from experiments import evaluate_effect

DATE = "2029-12"
UNCERTAINTIES = {"beta": (0.8, 2.8), "lead_weight": (0.4, 0.8)}
LEVERS = {"work_permit.category_a.points_min": (65, 85)}


def effect(*, n_seeds: int, scale: int, **parameters: float) -> dict[str, float]:
    """Return people of Category A, and in all, that the levers add under these parameters: a mean over seeds."""
    asked = {"added_a": f"stock[category=A]@{DATE}", "added": f"stock@{DATE}"}
    named = {_path_of(name): value for name, value in parameters.items()}
    found = evaluate_effect("baseline", named, range(1, n_seeds + 1), scale, list(asked.values()))
    return {name: found[outcome] for name, outcome in asked.items()}


def _name_of(path: str) -> str:
    # The Workbench hands parameters over as keyword arguments, which hold no dots.
    return path.replace(".", "__")


def _path_of(name: str) -> str:
    return name.replace("__", ".")


def model(*, n_seeds: int = 2, scale: int = 5_000) -> Any:
    """Return the Workbench's model of the effect."""
    made = Model("talentflow", function=effect)
    made.uncertainties = [RealParameter(_name_of(path), *ends) for path, ends in UNCERTAINTIES.items()]
    made.levers = [RealParameter(_name_of(path), *ends) for path, ends in LEVERS.items()]
    made.constants = [Constant("n_seeds", n_seeds), Constant("scale", scale)]
    made.outcomes = [ScalarOutcome("added_a"), ScalarOutcome("added")]
    return made


def run(scenarios: int = 3, policies: int = 2, **settings: int) -> tuple[Any, dict[str, Any]]:
    """Return the Workbench's experiments and outcomes: every policy under every scenario."""
    return perform_experiments(model(**settings), scenarios=scenarios, policies=policies)


if __name__ == "__main__":
    experiments, outcomes = run()
    print(experiments.assign(**outcomes).to_string())
