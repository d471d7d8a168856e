"""The examples of outside tools run as they stand and say what the model's own functions say."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments import evaluate, evaluate_effect
from experiments.design import DesignError

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
SCALE = 20_000


def example(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_example_is_tried_here() -> None:
    tried = Path(__file__).read_text(encoding="utf-8")
    assert [path.stem for path in EXAMPLES.glob("*.py") if f'example("{path.stem}")' not in tried] == []


def test_salib_finds_that_the_weight_of_income_moves_the_stock_most() -> None:
    found = example("salib_sensitivity").run(scale=5_000)
    assert found["mu_star"].idxmax() == "beta"
    assert found["mu_star"]["beta"] > 2 * found["mu_star"]["career_gain.research"]


@pytest.mark.filterwarnings("ignore:ipyparallel not installed")
def test_the_workbench_gets_the_effect_of_each_policy_under_each_scenario() -> None:
    shown = example("ema_workbench_model")
    experiments, outcomes = shown.run(scenarios=2, policies=2, n_seeds=1, scale=SCALE)
    assert len(experiments) == len(outcomes["added_a"]) == 4
    for row, added in zip(experiments.itertuples(), outcomes["added_a"], strict=True):
        parameters = {
            "beta": row.beta,
            "lead_weight": row.lead_weight,
            "work_permit.category_a.points_min": row.work_permit__category_a__points_min,
        }
        asked = "stock[category=A]@2029-12"
        assert evaluate_effect("baseline", parameters, [1], SCALE, [asked])[asked] == added
    # A mark of 65 makes some of Category B into A, whatever is uncertain.
    assert shown.effect(n_seeds=1, scale=SCALE, work_permit__category_a__points_min=65.0)["added_a"] > 0


def test_mesa_runs_each_scenario_with_each_seed_to_the_horizon_and_no_further() -> None:
    stock = example("mesa_batch_run").run(scale=SCALE)
    for seed in (1, 2):
        for scenario in ("baseline", "whole-article"):
            expected = evaluate(scenario, {}, seed, SCALE, ["stock@2028-12"])["stock@2028-12"]
            assert stock.loc[seed, scenario] == expected
    assert not np.array_equal(stock.loc[1], stock.loc[2])


def test_an_example_runs_as_a_script() -> None:
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / "mesa_batch_run.py")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "difference" in done.stdout


def test_an_effect_is_the_mean_over_seeds_of_scenario_less_baseline() -> None:
    asked = ["stock[category=A]@2029-12", "inflow@2029"]
    found = evaluate_effect("category-a-less-stringent", {"beta": 1.5}, [1, 4], SCALE, asked)
    for name in asked:
        pairs = [
            evaluate("category-a-less-stringent", {"beta": 1.5}, seed, SCALE, asked)[name]
            - evaluate("baseline", {"beta": 1.5}, seed, SCALE, asked)[name]
            for seed in (1, 4)
        ]
        assert found[name] == np.mean(pairs)
    assert found[asked[0]] != 0


def test_levers_at_todays_values_have_no_effect() -> None:
    today = {"work_permit.category_a.points_min": 85.0, "beta": 2.0}
    assert evaluate_effect("baseline", today, [1], SCALE, ["stock@2029"]) == {"stock@2029": 0.0}


def test_an_effect_without_a_seed_is_refused() -> None:
    with pytest.raises(DesignError, match="at least one seed"):
        evaluate_effect("baseline", {}, [], SCALE)
