from __future__ import annotations

import inspect
from typing import Any

import pytest

from experiments.viewer.choices import VALUES, choices
from experiments.viewer.note import note
from experiments.viewer.watched import AS_CHOSEN, FROM, LEVERS, WatchedModel
from scenarios import levers, load
from simulation import TalentModel
from simulation.records import month_index

COARSE: dict[str, Any] = {"scale": 20_000, "start": "2027-06", "until": "2028-12"}


@pytest.fixture(scope="module")
def model() -> WatchedModel:
    return WatchedModel(law="whole-article", seed=3, **COARSE)


@pytest.mark.parametrize("law", ["whole-article", "baseline"])
def test_both_runs_are_those_of_the_model_itself(law: str) -> None:
    watched = WatchedModel(law=law, seed=3, **COARSE)
    watched.step()
    for run, scenario in ((watched, load(law)), (watched.today, load("baseline"))):
        alone = TalentModel(scenario, scale=20_000, seed=3, until="2028-12")
        alone.run_until("2027-07")
        assert run.outcomes.values(run.month - 1) == alone.outcomes.values(alone.month - 1)
        assert (run.people.persons == alone.people.persons).all()


def test_it_starts_where_it_is_told_and_stops_at_the_horizon(model: WatchedModel) -> None:
    fresh = WatchedModel(**COARSE)
    assert (fresh.date, fresh.today.month, fresh.running) == ("2027-06", fresh.month, True)
    fresh.run_until("2028-12")
    assert not fresh.running


@pytest.mark.parametrize("name", LEVERS)
def test_a_lever_set_by_hand_holds_over_the_scenario_from_its_month_on(name: str) -> None:
    path, value = LEVERS[name], VALUES[name][1]
    field = levers()[path].field
    watched = WatchedModel(law="whole-article", **{**COARSE, name: value})
    first = month_index(FROM)
    assert (watched.given.policy[field][first:] == value).all()
    assert (watched.given.policy[field][:first] == watched.today.given.policy[field][:first]).all()
    assert not (watched.today.given.policy[field][first:] == value).all()


@pytest.mark.parametrize("name", LEVERS)
def test_every_value_that_is_offered_is_within_the_law(name: str) -> None:
    lever = levers()[LEVERS[name]]
    assert all(lever.low <= value <= lever.high for value in VALUES[name])


def test_a_lever_that_is_left_changes_nothing(model: WatchedModel) -> None:
    left = WatchedModel(law="whole-article", seed=3, **{**COARSE, **dict.fromkeys(LEVERS, AS_CHOSEN)})
    assert left.given.policy.tobytes() == model.given.policy.tobytes()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_may_be_chosen_are_arguments_of_the_model_with_their_defaults(lang: str) -> None:
    arguments = inspect.signature(WatchedModel.__init__).parameters
    # Mesa 3.5 passes an object of its own to an argument called scenario.
    assert "scenario" not in arguments
    for name, choice in choices(lang).items():
        assert choice["value"] == arguments[name].default
        assert choice["value"] in choice.get("values", range(1, 101))


def test_the_note_gives_the_month_both_stocks_and_where_to_compare(model: WatchedModel) -> None:
    text = note(model, "en")
    last = model.month - 1
    assert f"June 2027: {model.outcomes.value('stock', 'all', last):,.0f} foreign" in text
    assert f"same luck: {model.today.outcomes.value('stock', 'all', last):,.0f}." in text
    assert "one roll of luck (seed 3)" in text
    assert "<code>talentflow compare whole-article</code>" in text
    assert "2027年6月" in note(model, "zh")


def test_the_note_says_that_levers_set_by_hand_are_not_in_the_command() -> None:
    left_out = "not part of that command"
    assert left_out in note(WatchedModel(**COARSE, points_a=70), "en")
    assert left_out not in note(WatchedModel(**COARSE), "en")


def test_the_baseline_is_not_compared_with_itself() -> None:
    text = note(WatchedModel(law="baseline", **COARSE), "en")
    assert "compare baseline" not in text
