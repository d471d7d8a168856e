"""Rankings with probabilities: theories, what is made of measured effects, and what is told of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.analyses.rank_figure import chances_of, draw
from experiments.analyses.rank_probabilities import (
    RankProbabilities,
    measure_ids,
    ranked,
)
from experiments.analyses.rank_telling import (
    arm_table,
    facts_of,
    headline,
    information_table,
    sentences,
    theory_table,
    warnings_of,
)
from experiments.analyses.theories import Theory, crossed, shipped_rules, theories_of
from experiments.batch.experiment import Draw
from experiments.batch.writing import experiment_of
from experiments.cli.terminal import aligned
from experiments.design import DesignError
from experiments.posterior import PosteriorDraws, posterior_draws

ARMS = ("one-stop", "fast-track", "easier-visits", "five-star-card", "points-based-pr", "flexible-social-insurance")
THEORIES = (Theory(), Theory("other", {"en": "Other theory", "zh": "另一理论"}, {"decision_engine": 1.0}))
N_DRAWS = 40


def result(truth: Any, *, luck: float = 100.0, is_less_better: bool = False, best: int = 2) -> RankProbabilities:
    """Return the ranking of effects known for each of the ``ARMS``, shape (arms, draws, theories)."""
    rng = np.random.default_rng(1)
    points = tuple(Draw(number, {"beta": 1.5 + number / 100, "inertia": 0.3}) for number in range(truth.shape[1]))
    return ranked(
        truth[..., None] + luck * rng.standard_normal((*truth.shape, 2)),
        np.ones(truth.shape[1:]) * np.array([1000.0, 1400.0]),
        experiment=experiment_of(ARMS, id="rank", scale=5000, until="2035-12", dates=("2035-12",)),
        drawn=PosteriorDraws(points, "draws.csv", "0" * 64),
        theories=THEORIES,
        number=("stock", "2035-12"),
        best=best,
        is_less_better=is_less_better,
    )


def clear_truth() -> Any:
    truth = np.zeros((len(ARMS), N_DRAWS, 2))
    truth[0], truth[1], truth[2] = 12000.0, 5000.0, 5000.0
    # Which of two comes second is up to the parameter.
    truth[1] += 4000 * np.linspace(-1, 1, N_DRAWS)[:, None]
    return truth


@pytest.fixture(scope="module")
def found() -> RankProbabilities:
    return result(clear_truth())


def test_reforms_come_in_the_order_of_their_probability(found: RankProbabilities) -> None:
    assert [one.arm for one in found.arms[:3]] == ["one-stop", "easier-visits", "fast-track"] or [
        one.arm for one in found.arms[:3]
    ] == ["one-stop", "fast-track", "easier-visits"]
    first, second, third, fourth = found.arms[:4]
    assert first.is_among_best.value > 0.95
    assert second.is_among_best.value + third.is_among_best.value == pytest.approx(1.0, abs=0.1)
    assert fourth.is_among_best.value < 0.02
    assert (first.ties_with_next, second.ties_with_next, third.ties_with_next) == (False, True, False)
    assert first.effect.value == pytest.approx(12000, abs=50)
    assert found.arms[-1].ties_with_next is False


def test_the_headline_names_the_leader_and_those_that_cannot_be_told_apart(found: RankProbabilities) -> None:
    said = headline(found, "en")
    assert said.startswith(
        "One-stop service for work and life is among the best two of 6 reforms with a probability of"
    )
    assert "; the next 2, " in said
    assert said.endswith("cannot be told apart.")
    assert "Fast track for high-level talent" in said
    assert "彼此无法区分" in headline(found, "zh")


def test_reforms_that_are_all_equal_have_no_leader() -> None:
    same = result(np.full((len(ARMS), N_DRAWS, 2), 500.0), luck=300.0)
    assert all(0.1 < one.is_among_best.value < 0.65 for one in same.arms)
    assert headline(same, "en").startswith("no reform stands out: the first 6 of 6")
    assert not any(one.told for one in same.information)


def test_what_would_change_the_choice_is_named_with_its_unit_and_facts(found: RankProbabilities) -> None:
    choice = found.information[-1]
    assert choice.best == 2
    assert [one.name for one in choice.told] == ["beta"]
    # Mean of the positive part of 4000 u for u even from -1 to 1.
    assert choice.told[0].gain == pytest.approx(1000, abs=200)
    assert found.information[0].told == ()
    said = list(sentences(found, "en"))
    assert any("knowing Weight of income first would help most" in line for line in said)
    assert any(line.startswith("Missing datum: Weight of income (utility per log income)") for line in said)
    assert "H5-14" in facts_of("beta")
    assert facts_of("world.x") == []


def test_less_may_be_better() -> None:
    found = result(-clear_truth(), is_less_better=True)
    assert found.arms[0].arm == "one-stop"
    assert found.arms[0].effect.value == pytest.approx(-12000, abs=50)
    assert found.arms[0].effect.low < found.arms[0].effect.value < found.arms[0].effect.high


def test_the_table_of_reforms_fits_eighty_columns(found: RankProbabilities) -> None:
    headers, rows = arm_table(found, "en")
    assert max(map(len, aligned(headers, rows, range(2, 6)))) <= 80
    assert [row[0] for row in rows] == ["1", "2=", "3", "4=", "5=", "6"]
    for table in (theory_table, information_table):
        headers, rows = table(found, "en")
        assert max(map(len, aligned(headers, rows))) <= 80
    assert theory_table(found, "en")[1][0][:2] == ["Other theory", "140%"]


def test_levels_that_are_far_apart_and_draws_left_out_are_told() -> None:
    truth = clear_truth()
    truth[2, 3, 1] = np.nan
    found = result(truth)
    assert (found.n_draws, found.draws_left_out) == (N_DRAWS - 1, 1)
    said = list(warnings_of(found, "en"))
    assert any("under Other theory the baseline is more than 25% off" in line for line in said)
    assert any(line.startswith("1 draws are left out") for line in said)
    truth[0] = np.nan
    with pytest.raises(DesignError, match="nothing can be ranked"):
        result(truth)


def test_json_says_the_same_as_the_table(found: RankProbabilities) -> None:
    plain = json.loads(found.to_json())
    assert plain["schema"] == "talentflow.rank-probabilities/1"
    assert [one["scenario"] for one in plain["arms"]] == [one.arm for one in found.arms]
    assert plain["arms"][0]["p_among_best"]["value"] == found.arms[0].is_among_best.value
    assert plain["arms"][-1]["p_beats_next"] is None
    assert plain["information"][-1]["unknowns"][0]["unit"] == "utility per log income"
    assert plain["agreement"][0]["second"] == "other"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_figure_says_the_finding_and_no_other_numbers(found: RankProbabilities, lang: str) -> None:
    chances = chances_of(found, lang)
    assert chances.title.lower() == headline(found, lang, is_brief=True).lower()
    assert [row.label for row in chances.rows] == [one.title[lang] for one in found.arms]
    assert [row.ties for row in chances.rows][:3] == [False, True, False]
    svg = draw(found, ".svg", lang).decode()
    assert svg.count("<title>") == 1
    assert chances.rows[0].told.replace(">", "&gt;") in svg
    assert draw(found, ".svg", lang).decode() == svg


def test_a_theory_holds_over_what_was_drawn_and_moves_the_taste() -> None:
    prospect, lead = theories_of(["engine-prospect", "family-lead-alone"])[1:]
    drawn = {"behaviour.theta_mean": -2.0, "lead_weight": 0.6}
    assert prospect.under(drawn) == {"theta_mean": pytest.approx(-2.45), "lead_weight": 0.6, "decision_engine": 3.0}
    assert lead.under(drawn) == {"theta_mean": pytest.approx(-1.95), "lead_weight": 1.0}
    assert Theory().under({}) == {}
    assert prospect.under({})["theta_mean"] == pytest.approx(-2.15)


def test_theories_are_engines_and_rules_of_the_family_beside_the_model() -> None:
    assert {"engine-prospect", "engine-nested-logit", "engine-planned-behaviour", "family-veto"} <= set(shipped_rules())
    assert [theory.id for theory in theories_of(["family-veto"])] == ["as-it-stands", "family-veto"]
    with pytest.raises(DesignError, match="named twice"):
        theories_of(["family-veto", "family-veto"])
    with pytest.raises(DesignError, match="changes the law"):
        theories_of(["one-stop"])
    with pytest.raises(DesignError, match="does more than set parameters of behaviour"):
        theories_of(["home-boom"])


def test_more_draws_keep_the_earlier_ones(tmp_path: Path) -> None:
    file = tmp_path / "posterior.csv"
    file.write_text("beta,theta_mean,weight\n1.5,-1.7,1\n1.6,-1.8,1\n1.7,-1.6,0.5\n1.8,-1.9,0.5\n", encoding="utf-8")
    few, many = (crossed(posterior_draws(n, file, seed=1).draws, THEORIES) for n in (2, 4))
    assert few == many[:4]
    assert [draw.number for draw in many] == list(range(8))
    assert [draw.parameters.get("decision_engine") for draw in few] == [None, 1.0, None, 1.0]


def test_the_measures_are_those_of_the_article() -> None:
    assert {"one-stop", "five-star-card"} <= set(measure_ids())
    assert "whole-article" not in measure_ids()
