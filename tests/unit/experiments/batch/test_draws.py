"""Draws of what is uncertain: within their priors, balanced, and kept when more are added."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from experiments.batch import draws as module
from experiments.batch.draws import can_grow, draw_values, drawn_names, draws_from, unit_cube
from experiments.batch.form import DrawsForm
from experiments.batch.samples import read_sample
from experiments.design import DesignError
from scenarios import Prior, ScenarioProblems, Uncertainty, behaviours


def uncertainty(prior: Prior, *, low: float = -math.inf, high: float = math.inf, is_whole: bool = False) -> Uncertainty:
    return Uncertainty(
        name="x", label={"en": "x", "zh": "x"}, unit="", default=0.0, prior=prior, role="calibrate", source="assumption",
        note="", file="", line=1, low=low, high=high, is_whole=is_whole,
    )  # fmt: skip


@pytest.fixture
def four(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be four uncertainties: one cut by a hard limit, one in whole numbers, one vector, one held fixed."""
    vector = uncertainty(Prior("uniform", {"low": 0.0, "high": 1.0}))
    object.__setattr__(vector, "default", {"a": 0.1, "b": 0.2})
    known = {
        "cut": uncertainty(Prior("normal", {"mean": 0.0, "sd": 1.0}), low=0.0),
        "whole": uncertainty(Prior("uniform", {"low": 0.0, "high": 10.0}), low=0.0, high=10.0, is_whole=True),
        "vector": vector,
        "held": uncertainty(Prior("fixed", {})),
    }
    monkeypatch.setattr(module, "behaviours", lambda: known)


def test_the_middle_of_a_triangular_prior_is_its_median() -> None:
    parts = behaviours()["beta"].prior.parts
    low, mode, high = parts["low"], parts["mode"], parts["high"]
    assert mode < (low + high) / 2
    median = high - math.sqrt((high - low) * (high - mode) / 2)
    assert draw_values(["beta"], [[0.5]])[0, 0] == pytest.approx(median, rel=1e-5)


def test_quantiles_of_a_uniform_prior_are_straight() -> None:
    parts = behaviours()["inertia"].prior.parts
    width = parts["high"] - parts["low"]
    values = draw_values(["inertia"], [[0.25], [0.75]])[:, 0]
    assert values == pytest.approx([parts["low"] + 0.25 * width, parts["low"] + 0.75 * width], rel=1e-5)


@pytest.mark.usefixtures("four")
def test_a_prior_beyond_a_hard_limit_is_cut_and_not_heaped_up_on_it() -> None:
    values = draw_values(["cut"], np.linspace(0.001, 0.999, 500)[:, None])[:, 0]
    assert values.min() > 0
    assert np.median(values) == pytest.approx(0.6745, abs=0.01)  # of half a normal
    assert len(np.unique(values)) == 500


@pytest.mark.usefixtures("four")
def test_whole_parameters_are_whole_and_stay_within_their_limits() -> None:
    values = draw_values(["whole"], np.linspace(0, 1, 101)[:, None])[:, 0]
    assert set(values) == set(map(float, range(11)))


@pytest.mark.usefixtures("four")
def test_a_vector_is_drawn_by_element_and_what_is_fixed_is_not() -> None:
    assert drawn_names() == ("cut", "whole", "vector.a", "vector.b")
    assert drawn_names(["vector", "cut", "vector.a"]) == ("vector.a", "vector.b", "cut")
    with pytest.raises(DesignError, match="'held' is held fixed"):
        drawn_names(["held"])
    with pytest.raises(DesignError, match="did you mean 'whole'"):
        drawn_names(["whol"])


def test_all_are_those_with_a_range_that_are_not_held_fixed() -> None:
    names = set(drawn_names())
    assert {"beta", "nest_scale"} <= names
    assert not names & {"discount_rate", "career_gain.research", "decision_engine"}


def test_values_have_six_digits_and_lie_within_their_priors() -> None:
    names = drawn_names()
    values = draw_values(names, unit_cube("sobol", 64, len(names), 1))
    assert all(value == float(f"{value:.6g}") for value in values.ravel())
    for name, column in zip(names, values.T, strict=True):
        parts = behaviours()[name].prior.parts
        if "low" in parts:
            assert parts["low"] <= column.min()
            assert column.max() <= parts["high"]


@pytest.mark.parametrize("method", ["sobol", "latin-hypercube"])
def test_a_design_puts_one_point_in_each_slice_of_each_parameter(method: str) -> None:
    cube = unit_cube(method, 32, 5, 7)
    assert all(sorted(np.floor(column * 32)) == list(range(32)) for column in cube.T)
    loose = np.random.default_rng(7).random((32, 5))
    assert not all(sorted(np.floor(column * 32)) == list(range(32)) for column in loose.T)


@pytest.mark.parametrize(("few", "many"), [(5, 9), (16, 17), (500, 1000)])
def test_more_sobol_draws_keep_the_earlier_ones(few: int, many: int) -> None:
    small, large = (draws_from(DrawsForm(method="sobol", draws=n, over=["beta", "inertia"])) for n in (few, many))
    assert large[:few] == small
    assert len({repr(draw.parameters) for draw in large}) == many


def test_more_of_a_latin_hypercube_are_other_draws() -> None:
    small, large = (draws_from(DrawsForm(method="latin-hypercube", draws=n, over=["beta"])) for n in (4, 8))
    assert large[:4] != small
    assert [can_grow(DrawsForm(method=method, draws=4)) for method in ("sobol", "latin-hypercube")] == [True, False]


def test_another_seed_draws_other_values_and_seed_0_is_a_seed() -> None:
    form = DrawsForm(method="sobol", draws=4, over=["beta"])
    assert len({repr(draws_from(form, seed=seed)) for seed in (0, 1, 2)}) == 3
    assert draws_from(DrawsForm(method="sobol", draws=4, over=["beta"], seed=0), seed=5) == draws_from(form, seed=0)


def test_draws_are_numbered_from_0() -> None:
    assert [draw.number for draw in draws_from(DrawsForm(method="sobol", draws=3, over=["beta"]))] == [0, 1, 2]


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "sample.csv"
    rows = "".join(f"{1 + row / 100},{1 if row % 4 else 5}\n" for row in range(40))
    path.write_text("beta,weight\n" + rows, encoding="utf-8")
    return path


def test_rows_of_a_posterior_come_as_often_as_they_weigh(sample: Path) -> None:
    form = DrawsForm(posterior=sample.name, draws=160, seed=4)
    betas = [draw.parameters["beta"] for draw in draws_from(form, folder=str(sample.parent))]
    counts = [betas.count(1 + row / 100) for row in range(40)]
    # 160 draws over a weight of 80: a row has twice its weight; 160 is no power of two, so one may be missing or over.
    assert all(abs(count - (2 if row % 4 else 10)) <= 2 for row, count in enumerate(counts))
    assert sum(counts) == 160


def test_more_of_a_posterior_keep_the_earlier_ones_and_a_seed_shifts_them(sample: Path) -> None:
    def drawn(n: int, seed: int) -> list[float]:
        form = DrawsForm(posterior=sample.name, draws=n, seed=seed)
        return [draw.parameters["beta"] for draw in draws_from(form, folder=str(sample.parent))]

    assert drawn(50, 1)[:20] == drawn(20, 1)
    assert drawn(20, 1) != drawn(20, 2)


def test_a_sample_without_weights_and_count_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("beta,world.origins.japan.home_pay\n1,200000\n1.5,300000\n", encoding="utf-8")
    expected = [{"beta": 1.0, "world.origins.japan.home_pay": 2e5}, {"beta": 1.5, "world.origins.japan.home_pay": 3e5}]
    for form in (DrawsForm(points="points.csv"), DrawsForm(posterior="points.csv")):
        assert [draw.parameters for draw in draws_from(form, folder=str(tmp_path))] == expected
        assert not can_grow(form)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty-file"),
        ("beta\n", "bad-value"),
        ("weight\n1\n", "bad-value"),
        ("beta,weight\n1,0\n", "bad-value"),
        ("beta,weight\n1,-1\n", "out-of-bounds"),
        ("beta,beta\n1,1\n", "duplicate-key"),
        ("tax.rate\n1\n", "unknown-uncertainty"),
        ("beta\nmany\n", "not-a-number"),
        ("beta\n1,2\n", "bad-value"),
        ("decision_engine\n1.5\n", "not-whole"),
        ('beta\n"1\n', "unreadable"),
    ],
)
def test_a_table_that_is_no_sample_is_refused(text: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioProblems) as caught:
        read_sample(path, "sample.csv")
    assert [problem.code for problem in caught.value.problems] == [code]
