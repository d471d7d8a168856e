"""Observed numbers: how they are read, what they ask of a run, how near an answer is."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from experiments import evaluate
from experiments.checks import Answer, check, score_of, section_of
from experiments.design import DesignError
from experiments.standing import share_of_stock, traits_of
from experiments.targets import SCHEMA, Target, read_targets, read_unanswered
from scenarios import facts
from simulation.names import DOCTORATE, MASTER, REGIONS
from simulation.records import PERSON

TARGETS = {target.id: target for target in read_targets()}
UNANSWERED = read_unanswered()
WORKED_OUT = {
    "share-a-2017": (0.11 + 0.16) / 2,
    "elapsed-0": 103754 / 1020145,
    "elapsed-3": 90078 / 1020145,
    "elapsed-6": 143210 / 1020145,
    "elapsed-12": 183001 / 1020145,
    "elapsed-24": 249668 / 1020145,
    "elapsed-60": 250434 / 1020145,
    "pay-elasticity": math.sqrt(1 * 2.7),
    "days-2018": (30 + 60) / 2,
    "days-2025": 7 * (4 + 8) / 2,
    "europeans-2022": 1 - 0.5,
    "japanese-2024": 97538 / 150000,
    "stay-germany": 1 - 0.67,
    "stay-netherlands": 1 - 0.75,
}
"""Values that are not the number of their fact, and how they follow from facts."""


def target(**changed: Any) -> Target:
    plain = Target("x", {"en": "x", "zh": "某"}, "stock", "all", "2022", 100.0, "persons", "F2-10", 1.5)
    return Target(**{**vars(plain), **changed})


@pytest.mark.parametrize("name", TARGETS)
def test_a_shipped_value_is_that_of_its_fact_or_follows_from_facts(name: str) -> None:
    one = TARGETS[name]
    fact = facts()[one.source]
    expected = WORKED_OUT.get(name)
    if expected is None:
        expected = float(fact.value) / (100.0 if fact.unit == "%" else 1.0)
    assert one.value == pytest.approx(expected, rel=0.006)


@pytest.mark.parametrize("name", TARGETS)
def test_a_shipped_target_says_whom_it_counts_how_sure_it_is_and_in_both_languages(name: str) -> None:
    one = TARGETS[name]
    assert one.definition
    assert 0 < one.error <= 0.35
    assert 0 < one.discrepancy <= 0.5
    assert one.what["en"]
    assert re.search(r"[\u4e00-\u9fff]", one.what["zh"])
    assert one.is_met(one.value)


def test_shipped_ids_are_told_apart() -> None:
    ids = [*(one.id for one in read_targets()), *(one.id for one in UNANSWERED)]
    assert len(set(ids)) == len(ids)


def test_shares_of_one_whole_add_up_to_one() -> None:
    for whole in ("share-[abc]-2017", r"elapsed-\d+"):
        shares = [one.value for name, one in TARGETS.items() if re.fullmatch(whole, name)]
        assert len(shares) in {3, 6}
        assert sum(shares) == pytest.approx(1.0, abs=0.04)


def test_what_other_countries_tell_is_never_fitted() -> None:
    transfers = [one for one in TARGETS.values() if one.under]
    assert {one.under for one in transfers} == {"german-institutions", "dutch-institutions"}
    assert {one.use for one in transfers} == {"held-out"}
    assert {section_of(one) for one in transfers} == {"transfer"}


def test_a_number_without_an_answer_is_told_with_its_reason_and_fact() -> None:
    assert len(UNANSWERED) > 40
    for one in UNANSWERED:
        assert one.source in facts()
        assert one.why
    assert not {one.source for one in UNANSWERED if one.why == "other-count"} & {one.source for one in TARGETS.values()}


def test_a_target_is_met_within_its_factor() -> None:
    factor, value = 1.5, 100.0
    one = target()
    assert one.is_met(value * factor)
    assert one.is_met(value / factor)
    assert not one.is_met(value * factor * 1.01)
    assert not one.is_met(value / factor / 1.01)
    assert not one.is_met(math.nan)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [("2022", 264, 275), ("2022-03", 266, 266), ("2017-04/2018-01", 207, 216), ("2017/2018", 204, 227)],
)
def test_a_period_is_a_year_a_month_or_from_one_to_another(period: str, first: int, last: int) -> None:
    assert target(period=period).months == (first, last)


def answer(model: float, sd: float, n: int, **changed: Any) -> Answer:
    one = target(**changed)
    return Answer(one, model, sd, one.is_met(model), n)


def test_z_counts_observation_discrepancy_and_chance_as_independent() -> None:
    assert answer(150.0, 0.0, 4, error=0.3, discrepancy=0.4).z == pytest.approx(1.0)
    assert answer(50.0, 0.0, 4, error=0.3, discrepancy=0.4).z == pytest.approx(-1.0)
    # The mean of four runs is twice as sure as one run.
    assert answer(150.0, 24.0, 4, error=0.03, discrepancy=0.04).z == pytest.approx(50.0 / 13.0)
    assert answer(150.0, 24.0, 16, error=0.03, discrepancy=0.04).z > 50.0 / 13.0


def test_z_of_one_run_or_of_no_number_does_not_exist() -> None:
    assert math.isnan(answer(150.0, math.nan, 1, error=0.1).z)
    assert math.isnan(answer(math.nan, math.nan, 0, error=0.1).z)
    assert math.isnan(answer(150.0, 0.0, 4).z)


def test_a_score_counts_what_is_met_and_what_is_implausible() -> None:
    answers = [answer(100.0, 0.0, 4, error=0.1), answer(140.0, 0.0, 4, error=0.1), answer(300.0, 0.0, 4, error=1.0)]
    assert score_of(answers) == {"total": 3, "met": 2, "implausible": 1, "rms_z": pytest.approx(math.sqrt(20.0 / 3.0))}
    assert score_of(answers[:1])["rms_z"] == 0.0


def model_of(**columns: list[int]) -> Any:
    persons = np.zeros(len(next(iter(columns.values()))), PERSON)
    persons["is_counted"], persons["weight"] = 1, 10
    for name, values in columns.items():
        persons[name] = values
    return SimpleNamespace(people=SimpleNamespace(persons=persons))


def test_a_share_of_the_stock_crosses_traits_and_counts_those_in_china_alone() -> None:
    beijing, shanghai = REGIONS.index("beijing"), REGIONS.index("shanghai")
    model = model_of(
        region=[beijing, beijing, beijing, shanghai, beijing],
        education=[MASTER, DOCTORATE, 0, MASTER, MASTER],
        is_counted=[1, 1, 1, 1, 0],
    )
    group = "region=beijing,education=master+doctorate"
    assert share_of_stock(model, group, "region=beijing") == pytest.approx(2 / 3)
    assert share_of_stock(model, group, "all") == pytest.approx(2 / 4)
    assert math.isnan(share_of_stock(model, group, "region=hainan"))


@pytest.mark.parametrize(("group", "said"), [("regoin=beijing", "region"), ("region=bejing", "beijing")])
def test_an_unknown_trait_is_refused_with_the_nearest(group: str, said: str) -> None:
    with pytest.raises(DesignError, match=said):
        traits_of(group)


def value_of(outcome: str, group: str, month: int, *, months: int) -> float:
    """Answer for a model: more with every month and every letter of the group."""
    assert outcome == "stock"
    return float(month + len(group)) * months


COUNTED = SimpleNamespace(outcomes=SimpleNamespace(value=value_of))


def test_groups_that_are_joined_add_up_and_a_target_over_another_period_is_a_ratio() -> None:
    one = target(group="origin=germany+japan", period="2022-12")
    assert one.of(COUNTED) == 2 * 275 + len("origin=germany") + len("origin=japan")
    ratio = target(period="2022-12", over="2019-12")
    assert ratio.of(COUNTED) == pytest.approx((275 + 3) / (239 + 3))


GOOD = {
    "id": "x", "what": "x", "outcome": "stock", "group": "all", "period": "2022", "value": 5, "unit": "persons", "source": "F2-10",
    "factor": 1.5,
}  # fmt: skip
UNKNOWN = {
    "id": "x", "what": "x", "period": "2022", "value": "many", "unit": "persons", "source": "F2-10", "use": "context",
    "why": "weak",
}  # fmt: skip


def file_of(folder: Path, entry: dict[str, Any], changed: dict[str, Any]) -> Path:
    kept = {key: value for key, value in {**entry, **changed}.items() if value is not None}
    file = folder / "targets.yaml"
    file.write_text(json.dumps({"schema": SCHEMA, "targets": [kept]}))
    return file


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"outcome": "stok"}, "did you mean 'stock'"),
        ({"group": "category=Z"}, "unknown group"),
        ({"group": "origin=germany+japn"}, "unknown group"),
        ({"outcome": "stay_5y", "group": "origin=germany+japan"}, "unknown group"),
        ({"outcome": "standing_share", "group": "region=bejing"}, "target 1: unknown region"),
        ({"outcome": "elapsed_share", "over": "2019"}, "no value over another period"),
        ({"source": "Z9-99"}, "unknown fact"),
        ({"share_of": "nobody"}, "unknown group"),
        ({"value": 0}, "above 0"),
        ({"factor": 1}, "above 1"),
        ({"error": -0.1}, "no error below 0"),
        ({"use": "holdout"}, "unknown use"),
        ({"fator": 1}, "did you mean 'factor'"),
        ({"why": "weak"}, "unknown key"),
        ({"unit": None}, "has no unit"),
    ],
)
def test_a_wrong_target_is_refused(tmp_path: Path, changed: dict[str, Any], said: str) -> None:
    with pytest.raises(DesignError, match=said):
        read_targets(file_of(tmp_path, GOOD, changed))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"why": "whatever"}, "unknown reason"),
        ({"why": None}, "has no why"),
        ({"factor": 1.5}, "unknown key"),
        ({"source": "Z9-99"}, "unknown fact"),
    ],
)
def test_a_wrong_number_without_an_answer_is_refused(tmp_path: Path, changed: dict[str, Any], said: str) -> None:
    with pytest.raises(DesignError, match=said):
        read_unanswered(file_of(tmp_path, UNKNOWN, changed))


def test_one_s_own_targets_need_no_errors_and_may_be_fitted(tmp_path: Path) -> None:
    (one,) = read_targets(file_of(tmp_path, GOOD, {}))
    assert (one.use, one.error, one.discrepancy, one.under) == ("fit", 0.0, 0.0, None)
    assert one.what == {"en": "x", "zh": "x"}
    file = file_of(tmp_path, UNKNOWN, {})
    assert read_targets(file) == []
    assert [one.value for one in read_unanswered(file)] == ["many"]


def test_a_file_of_something_else_is_no_file_of_targets(tmp_path: Path) -> None:
    file = tmp_path / "targets.yaml"
    file.write_text("schema: talentflow.law/1\n")
    with pytest.raises(DesignError, match=r"talentflow\.targets/1"):
        read_targets(file)


def test_a_check_holds_the_model_against_every_target() -> None:
    targets = [TARGETS["permits-2022"], TARGETS["share-b-2017"]]
    result = check(targets=targets, replicates=2, scale=2_000, jobs=1)
    assert [answer.target for answer in result.answers] == targets
    assert all(math.isfinite(answer.z) for answer in result.answers)
    assert result.n_met == sum(target["met"] for target in result.to_dict()["targets"])
    observed = evaluate("baseline", {}, 1, 2_000, ["permits_issued@2022"])["permits_issued@2022"]
    again = evaluate("baseline", {}, 2, 2_000, ["permits_issued@2022"])["permits_issued@2022"]
    assert result.answers[0].model == (observed + again) / 2


def test_other_institutions_answer_under_the_assumptions_that_are_checked(tmp_path: Path) -> None:
    bolder = tmp_path / "bolder.yaml"
    bolder.write_text(
        "schema: talentflow.scenario/1\nid: bolder\ntitle: {en: x}\nassumptions:\n  - {path: behaviour.beta, set: 1.2}\n"
    )
    shared = {"outcome": "stay_5y", "period": "2015-01/2018-12", "value": 0.3}
    asked = [target(**shared), target(**shared, id="y", under="german-institutions")]
    result = check(targets=asked, replicates=1, scale=4_000, jobs=1)
    here, there = result.answers
    assert list(result.sections) == ["fit", "transfer"]
    assert here.model != there.model
    (bold,) = check(bolder, targets=asked[1:], replicates=1, scale=4_000, jobs=1).answers
    assert bold.model != there.model
