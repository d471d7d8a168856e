"""What an experiment assumes holds over its draws, as it does in a comparison."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from experiments import compare
from experiments.analyses.regret import regret
from experiments.analyses.sensitivity import Asked, not_held, sensitivity_of
from experiments.batch.driver import conduct
from experiments.batch.experiment import Arm, Draw, Experiment
from experiments.batch.held import held_in
from experiments.batch.inputs import inputs_of, section_uncertainty
from experiments.batch.laws import Laws
from experiments.batch.reading import read_experiment_text
from experiments.batch.writing import expanded, experiment_of
from experiments.design import DesignError
from experiments.posterior import posterior_draws
from scenarios import ScenarioProblems, load

HEAD = "schema: talentflow.experiment/1\nid: study\ntitle: {en: A study}\nscenarios: [one-stop]\n"
ENGINE = "engine-nested-logit"
SMALL: dict[str, Any] = {"replicates": 4, "scale": 20_000, "until": "2028-06"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with assumptions on beta and a sample of it."""
    for name, said in (("fixed", "set: 2.8"), ("double", "multiply: 2")):
        (tmp_path / f"{name}.yaml").write_text(
            f"schema: talentflow.scenario/1\nid: {name}\ntitle: {{en: Assumed, zh: 假设}}\n"
            f"assumptions:\n  - {{path: behaviour.beta, {said}}}\n",
            encoding="utf-8",
        )
    (tmp_path / "sample.csv").write_text("beta,inertia\n1.2,0.02\n2.0,0.04\n", encoding="utf-8")
    return tmp_path


def study(more: str, folder: Path) -> Experiment:
    return read_experiment_text(HEAD + more, folder)


def test_a_batch_gives_what_a_comparison_does_where_an_assumption_and_a_draw_name_one_parameter(
    folder: Path, tmp_path: Path
) -> None:
    sample, fixed = folder / "sample.csv", folder / "fixed.yaml"
    compared = compare(
        ["one-stop"], draws=2, posterior=sample, assume=[fixed], dates=["2028-06"], jobs=1, paths=False, **SMALL
    )
    assert compared.drawn is not None
    uncertainty = {"posterior": "sample.csv", "draws": 2}
    asked = experiment_of(
        ["one-stop"], uncertainty=uncertainty, assume=[fixed], dates=["2028-06"], folder=folder, **SMALL
    )
    rows = conduct(asked, tmp_path / "store", jobs=1).paired("stock", group="all", date="2028-06")
    columns = (rows[name].tolist() for name in ("draw", "seed", "baseline", "reform"))
    held = {(draw, seed): sides for draw, seed, *sides in zip(*columns, strict=True)}
    for run in compared.runs:
        sides = (run.baseline["one-stop"], run.reform["one-stop"])
        assert held[run.draw or 0, run.seed] == [float(side[0, 0, -1]) for side in sides], run.seed


def test_a_parameter_that_is_assumed_is_not_drawn_and_the_others_are(folder: Path) -> None:
    held = study("assume: [fixed.yaml]\nuncertainty: {posterior: sample.csv}\n", folder)
    assert held.draws == (Draw(0, {"inertia": 0.02}), Draw(1, {"inertia": 0.04}))
    assert held_in(held, ("beta", "inertia")) == ("beta",)
    every = study(f"assume: [{ENGINE}]\nuncertainty: {{method: sobol, draws: 4}}\n", folder)
    free = study("uncertainty: {method: sobol, draws: 4}\n", folder)
    assert set(free.draws[0].parameters) - set(every.draws[0].parameters) == {"theta_mean"}
    assert all(free.draws[2].parameters[name] == value for name, value in every.draws[2].parameters.items())


def test_an_assumption_that_multiplies_acts_on_the_draws(folder: Path) -> None:
    held = study("assume: [double.yaml]\nuncertainty: {posterior: sample.csv}\n", folder)
    assert [draw.parameters["beta"] for draw in held.draws] == [1.2, 2.0]
    doubled = load("one-stop").assuming(load(folder / "double.yaml").assumptions)
    law = Laws(held, lambda _: doubled).law("one-stop", held.draws[1])
    assert law.given.behaviour["beta"].item() == pytest.approx(4.0)


def test_what_an_arm_assumes_of_its_own_holds_over_a_draw_on_its_side_alone() -> None:
    theory = load(ENGINE)
    assumed = theory.resolve("2028-06").behaviour["theta_mean"].item()
    drawn = Draw(0, {"theta_mean": 0.5})
    asked = experiment_of(arms=[Arm(ENGINE, (ENGINE,))], draws=[drawn], until="2028-06")
    laws = Laws(asked, lambda _: theory)
    law = laws.law(ENGINE, drawn)
    assert law.given.behaviour["theta_mean"].item() == pytest.approx(assumed)
    assert laws.baseline(law.baseline, drawn).behaviour["theta_mean"].item() == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ("assume: [fixed.yaml]\nuncertainty: {method: sobol, draws: 4, over: [inertia, beta]}\n", (6, 56)),
        ("assume: [fixed.yaml]\nuncertainty: {method: sobol, draws: 4, over: [beta]}\n", (6, 47)),
    ],
)
def test_to_draw_by_name_what_is_assumed_is_a_problem(more: str, place: tuple[int, int], folder: Path) -> None:
    with pytest.raises(ScenarioProblems, match="what is assumed holds over draws") as caught:
        study(more, folder)
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == place


def test_to_leave_nothing_to_draw_is_a_problem(folder: Path) -> None:
    (folder / "beta.csv").write_text("beta\n1.2\n2.0\n", encoding="utf-8")
    with pytest.raises(ScenarioProblems, match="leave out one of the two"):
        study("assume: [fixed.yaml]\nuncertainty: {points: beta.csv}\n", folder)


def test_an_assumption_that_takes_a_draw_beyond_its_limits_is_a_problem_before_anything_is_run(folder: Path) -> None:
    (folder / "wide.csv").write_text("lesson_take_up\n0.3\n0.6\n", encoding="utf-8")
    (folder / "much.yaml").write_text(
        "schema: talentflow.scenario/1\nid: much\ntitle: {en: Much, zh: 甚多}\n"
        "assumptions:\n  - {path: behaviour.lesson_take_up, multiply: 2}\n",
        encoding="utf-8",
    )
    with pytest.raises(ScenarioProblems, match=r"much.yaml:5:.*lesson_take_up must be 0 to 1"):
        study("assume: [much.yaml]\nuncertainty: {points: wide.csv}\n", folder)


def test_sensitivity_varies_nothing_that_is_assumed(folder: Path) -> None:
    assumed = study("assume: [fixed.yaml]\n", folder)
    assert "beta" not in not_held(assumed, None)
    assert "inertia" in not_held(assumed, None)
    assert "beta" in not_held(study("", folder), None)
    with pytest.raises(DesignError, match="'beta' is set by an assumption"):
        sensitivity_of(assumed, (), Asked(over=("beta", "inertia")))


def test_the_shipped_posterior_is_named_by_a_word_and_not_by_a_path(folder: Path) -> None:
    asked = study("uncertainty: {posterior: shipped, draws: 3}\n", folder)
    assert asked.draws == posterior_draws(3, None, seed=1).draws
    # It comes with the package, as shipped scenarios do.
    assert inputs_of(asked) == {}
    assert expanded(asked, draws=5).draws[:3] == asked.draws


def test_regret_draws_from_the_shipped_posterior_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Experiment] = []

    class EnoughError(Exception):
        pass

    def note(self: object, experiment: Experiment, *_: object) -> None:
        asked.append(experiment)
        raise EnoughError

    monkeypatch.setattr("experiments.analyses.filling.Filling.__init__", note)
    for uncertainty in (None, {"method": "sobol", "draws": 2}):
        with pytest.raises(EnoughError):
            regret(["one-stop", "fast-track"], uncertainty=uncertainty)
    forms = [section_uncertainty(one) for one in asked]
    assert [form and (form.posterior, form.method, form.draws) for form in forms] == [
        ("shipped", None, 32),
        (None, "sobol", 2),
    ]
