from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from experiments.batch.experiment import Arm, Draw, Experiment, Replicates
from experiments.batch.family import PAIR_OUTCOMES, BaselineFailedError, Families, Planned, RunEnded
from experiments.batch.laws import Laws
from experiments.branching import Branching
from experiments.design import Design, Question
from experiments.replicate import start
from scenarios import joined, load, with_changes
from simulation.records import NEVER, month_index

DESIGN = Design(seed=3, replicates=1, scale=20_000, until="2028-12")
QUESTION = Question(("stock", "inflow", "public_cost"), ("all", "category=A"), ("2027-12", "2028-12"), paths=False)
POINTS = "work_permit.category_a.points_min"
LESS, SHARPER, TWO, SHOCK = "less", "sharper", "two", "shock"
ARMS = (
    Arm(LESS, ("category-a-less-stringent",)),
    # As the first until March 2028, then stricter than it.
    Arm(SHARPER, ("category-a-less-stringent",), {POINTS: 60.0}, "2028-03"),
    Arm(TWO, ("category-a-less-stringent", "one-stop")),
    Arm("lever", (), {POINTS: 70.0}, "2027-05"),
    Arm("theory", ("engine-nested-logit",)),
    Arm(SHOCK, ("us-h1b-shock",)),
)
NOTHING, WEIGHTS = Draw(0), Draw(4, {"beta": 2.2, "world.origins.japan.home_pay": 300_000.0})


def scenario_of(arm: Arm) -> Any:
    scenario, *others = [load(part) for part in arm.parts or ("baseline",)]
    for other in others:
        scenario = joined(scenario, other)
    changes = [{"path": path, "from": arm.levers_from, "set": value} for path, value in arm.levers.items()]
    return with_changes(scenario, changes) if changes else scenario


def experiment_of(*arms: Arm, until: str = DESIGN.until) -> Experiment:
    design = Design(seed=DESIGN.seed, replicates=1, scale=DESIGN.scale, until=until)
    return Experiment("x", {"en": "x", "zh": "x"}, arms, design, QUESTION, Replicates(1), (NOTHING, WEIGHTS))


def planned(arms: Sequence[Arm], draw: Draw, baselines: dict[str, str] | None = None) -> list[Planned]:
    """Return the runs of a family: one baseline, unless ``baselines`` names another for an arm."""
    against = {arm.id: (baselines or {}).get(arm.id, "b") for arm in arms}
    runs = [Planned(name, "baseline", "baseline", None, draw.number, 0, 3) for name in dict.fromkeys(against.values())]
    return runs + [Planned(arm.id, arm.id, "reform", against[arm.id], draw.number, 0, 3) for arm in arms]


def run(arms: Sequence[Arm], draw: Draw = NOTHING, wanted: Sequence[str] | None = None) -> dict[str, RunEnded]:
    experiment = experiment_of(*arms)
    runs = planned(arms, draw)
    chosen = [one.run for one in runs] if wanted is None else wanted
    families = Families(experiment, Laws(experiment, scenario_of))
    return {ended.planned.run: ended for ended in families.run(runs, chosen, lambda share: None)}


def by_itself(scenario: Any) -> Any:
    """Return the model of a scenario, run from the first month to the last with nobody beside it."""
    model = start(scenario.resolve(DESIGN.until), DESIGN, DESIGN.seed)
    model.run_until(DESIGN.until)
    return model


def numbers_of(model: Any) -> Any:
    return np.array(
        [
            [[model.outcomes.value(outcome, group, month_index(date)) for date in QUESTION.dates] for group in QUESTION.groups]
            for outcome in QUESTION.outcomes
        ]
    )  # fmt: skip


@pytest.mark.parametrize("draw", [NOTHING, WEIGHTS])
def test_every_arm_gives_the_bits_it_gives_when_run_from_the_start_by_itself(draw: Draw) -> None:
    found = run(ARMS, draw)
    for arm in ARMS:
        scenario = scenario_of(arm).with_assumptions(draw.parameters)
        assert found[arm.id].values.tobytes() == numbers_of(by_itself(scenario)).tobytes(), arm.id
    baseline = load("baseline").with_assumptions(draw.parameters)
    assert found["b"].values.tobytes() == numbers_of(by_itself(baseline)).tobytes()
    # The control: these arms are not all the same law, so equal bits are no accident.
    assert len({ended.values.tobytes() for ended in found.values()}) > len(ARMS) / 2


def test_an_arm_leaves_the_one_it_has_most_months_in_common_with(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def note(_: Branching, __: Any, branches: list[Any]) -> Any:
        seen.extend(branches)
        return iter(())

    monkeypatch.setattr(Branching, "run", note)
    run(ARMS)
    less, sharper, two, lever, theory, shock = seen
    assert (less.leaves, sharper.leaves, sharper.month) == (None, 0, month_index("2028-03"))
    assert sharper.first == less.first == month_index("2027-01")
    assert [branch.leaves for branch in (two, lever, theory, shock)] == [None] * 4
    assert theory.month == 0


def test_people_reached_are_those_whose_records_differ_between_two_whole_runs() -> None:
    found = run(ARMS)
    for arm in (LESS, SHARPER, SHOCK):
        assert (
            found[arm].pair.tolist() == by_brute_force(scenario_of(next(one for one in ARMS if one.id == arm))).tolist()
        )
    assert found["b"].pair is None


def by_brute_force(scenario: Any) -> Any:
    """Return the pair's numbers from two models side by side, each from the start."""
    models = [start(law.resolve(DESIGN.until), DESIGN, DESIGN.seed) for law in (scenario.baseline, scenario)]
    months = np.zeros(2)
    columns = []
    while models[0].month <= month_index(DESIGN.until):
        for model in models:
            model.step()
        before, after = (model.people.persons for model in models)
        here, there = before["is_counted"] == 1, after["is_counted"] == 1
        weight = before["weight"].astype(int)
        months += [weight[there & ~here].sum(), weight[here & ~there].sum()]
        date = models[0].month - 1
        if date in {month_index(date) for date in QUESTION.dates}:
            touched = np.zeros(len(before), bool)
            for name in before.dtype.names:
                touched |= before[name] != after[name]
            groups = [touched, there & ~here, here & ~there, touched & ~here & ~there, touched & here & there]
            first = month_index(scenario.first_difference(DESIGN.until))
            cost = models[1].outcomes.value("public_cost", "all", date, months=date - first + 1)
            columns.append([*(weight[who].sum() for who in groups), *months, cost])
    return np.array(columns, float).T


def test_what_is_kept_of_a_pair_has_a_name_each() -> None:
    assert PAIR_OUTCOMES[0] == "pair.touched"
    assert len(run(ARMS[:1])[LESS].pair) == len(PAIR_OUTCOMES)


def test_only_the_runs_that_are_wanted_are_given_and_they_are_the_same_bits() -> None:
    everything, some = run(ARMS), run(ARMS, wanted=[SHARPER])
    assert list(some) == [SHARPER]
    assert some[SHARPER].values.tobytes() == everything[SHARPER].values.tobytes()
    assert some[SHARPER].pair.tobytes() == everything[SHARPER].pair.tobytes()


def test_an_arm_that_cannot_be_resolved_fails_alone() -> None:
    found = run([Arm("nowhere", ("no-such-reform",)), *ARMS[:1]])
    assert found["nowhere"].stage == "resolve"
    assert "no-such-reform" in str(found["nowhere"].error)
    assert found[LESS].error is None
    assert found["b"].error is None


def test_a_run_that_raises_fails_alone_with_what_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    fail_in(monkeypatch, "2028-06", lambda model: model.given.name == "category-a-less-stringent")
    found = run(ARMS[:3])
    assert (found[LESS].stage, str(found[LESS].error)) == ("run", "out of order")
    # It had left the first arm before the month in which that one failed.
    assert [found[name].error for name in ("b", SHARPER, TWO)] == [None] * 3


def test_a_past_that_fails_fails_for_all_who_share_it(monkeypatch: pytest.MonkeyPatch) -> None:
    fail_in(monkeypatch, "2028-01", lambda model: model.given.name == "category-a-less-stringent")
    found = run(ARMS[:3])
    assert [str(found[name].error) for name in (LESS, SHARPER)] == ["out of order"] * 2
    assert found[TWO].error is None


def test_a_baseline_that_fails_leaves_its_reforms_without_a_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    fail_in(monkeypatch, "2028-06", lambda model: model.given.name == "baseline")
    found = run(ARMS[:1])
    assert (found["b"].stage, str(found["b"].error)) == ("run", "out of order")
    assert isinstance(found[LESS].error, BaselineFailedError)


def test_people_that_cannot_be_drawn_are_a_stage_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> Any:
        raise MemoryError("too many people")

    monkeypatch.setattr("experiments.batch.family.start", refuse)
    assert {(ended.stage, type(ended.error)) for ended in run(ARMS[:1]).values()} == {
        ("draw", MemoryError),
        ("draw", BaselineFailedError),
    }


def test_an_outcome_that_cannot_be_read_is_a_stage_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> Any:
        raise ZeroDivisionError("no such number")

    monkeypatch.setattr("experiments.batch.family.values_of", refuse)
    assert {ended.stage for ended in run(ARMS[:1]).values()} == {"outcomes"}


def test_the_share_done_rises_to_all_of_it() -> None:
    told: list[float] = []
    experiment = experiment_of(*ARMS[:3])
    runs = planned(ARMS[:3], NOTHING)
    list(Families(experiment, Laws(experiment, scenario_of)).run(runs, [one.run for one in runs], told.append))
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)


def fail_in(monkeypatch: pytest.MonkeyPatch, month: str, who: Any) -> None:
    from simulation.model import TalentModel

    step = TalentModel.step

    def fail(self: Any) -> None:
        if self.month == month_index(month) and who(self):
            raise RuntimeError("out of order")
        step(self)

    monkeypatch.setattr(TalentModel, "step", fail)


@pytest.mark.parametrize("draw", [NOTHING, WEIGHTS])
@pytest.mark.parametrize("arm", ARMS, ids=lambda arm: arm.id)
def test_an_arm_is_given_under_a_draw_what_its_scenario_resolves_to(arm: Arm, draw: Draw) -> None:
    law = Laws(experiment_of(*ARMS), scenario_of).law(arm.id, draw)
    expected = scenario_of(arm).with_assumptions(draw.parameters).resolve(DESIGN.until)
    for name in ("policy", "places", "origins", "rivals", "behaviour", "accounts", "costs"):
        held, wanted = getattr(law.given, name), getattr(expected, name)
        assert all((held[column] == wanted[column]).all() for column in wanted.dtype.names), name
    assert (law.given.pool, law.given.until, law.given.name) == (expected.pool, expected.until, expected.name)


def test_laws_differ_from_the_first_month_in_which_a_lever_does() -> None:
    laws = Laws(experiment_of(*ARMS, Arm("again", ("category-a-less-stringent",))), scenario_of)
    assert laws.first_difference(LESS, SHARPER) == month_index("2028-03")
    assert laws.first_difference(LESS, "again") == NEVER
    assert laws.first_difference(LESS, SHOCK) == 0


def test_who_is_in_china_is_known_from_those_whose_month_it_was() -> None:
    from experiments.branching import _Present

    model = start(load("flexible-social-insurance").resolve(DESIGN.until), DESIGN, DESIGN.seed)
    present = _Present(model)
    while model.month <= model.given.until:
        model.step()
        assert present.bits().tolist() == np.packbits(model.people.persons["is_counted"] == 1).tolist()
    assert 0 < len(present._lived) < model.people.n
