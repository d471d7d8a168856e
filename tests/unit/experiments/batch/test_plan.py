"""The plan of a batch: who is run, under which name, in which file, and how it grows."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pandas as pd
import pytest

from experiments.batch.experiment import Arm, Draw, Experiment
from experiments.batch.identity import canonical, given_hash
from experiments.batch.plan import COLUMNS, extended, families_per_chunk, plan_of, planned_arms, run_ids
from experiments.batch.writing import expanded, experiment_of
from experiments.design import DesignError
from scenarios import load

BAR = "work_permit.category_a.points_min"
DRAWS = tuple(Draw(number, {"beta": 1 + number / 8}) for number in range(3))


@cache
def study() -> Experiment:
    return experiment_of(
        ["one-stop", "points-based-pr"], draws=DRAWS, replicates=2, seed=5, scale=20_000, until="2030-12", chunk_runs=6
    )


def plan(experiment: Experiment, per_chunk: int = 2) -> pd.DataFrame:
    return plan_of(experiment, families_per_chunk=per_chunk)


def test_every_arm_and_its_baseline_are_run_under_every_draw_and_seed() -> None:
    found = plan(study())
    assert tuple(found.columns) == COLUMNS
    assert len(found) == found["run"].nunique() == 3 * 3 * 2
    assert (found["seed"] - found["replicate"]).unique().tolist() == [5]
    per_arm = found.groupby("arm")[["draw", "replicate"]].agg(["min", "max", "count"]).to_numpy().tolist()
    assert per_arm == [[0, 2, 6, 0, 1, 6]] * 3


def test_families_stay_together_and_come_replicate_by_replicate() -> None:
    found = plan(study())
    assert found["family"].tolist() == [family for family in range(6) for _ in range(3)]
    assert found["replicate"].tolist() == [0] * 9 + [1] * 9
    assert found["draw"].tolist() == [draw for _ in range(2) for draw in range(3) for _ in range(3)]
    assert found["chunk"].tolist() == [chunk for chunk in range(3) for _ in range(6)]
    assert found["arm"].tolist()[:3] == ["baseline", "one-stop", "points-based-pr"]


def test_draws_with_seeds_of_their_own_share_none() -> None:
    found = plan(replace(study(), own_seeds=True))
    seeds = found.groupby(["draw", "replicate"])["seed"].unique()
    assert all(len(one) == 1 for one in seeds)
    assert seeds.str[0].is_unique
    assert found[found["draw"] == 0]["seed"].tolist() == plan(study())[found["draw"] == 0]["seed"].tolist()


def test_a_reform_is_paired_with_the_baseline_of_its_family() -> None:
    found = plan(study())
    baselines = found[found["role"] == "baseline"]
    assert set(baselines["against"]) == {None}
    reforms = found[found["role"] == "reform"].merge(baselines, left_on="against", right_on="run")
    assert len(reforms) == 12
    assert (reforms["family_x"] == reforms["family_y"]).all()


def test_a_small_batch_has_several_files_and_a_large_one_files_of_about_a_hundred_runs() -> None:
    assert families_per_chunk(study()) == 1
    many = replace(study(), replicates=replace(study().replicates, least=100), chunk_runs=100)
    assert families_per_chunk(many) == min(100 // 3, 300 // 16)
    assert families_per_chunk(replace(many, chunk_runs=2)) == 1


def test_a_name_is_the_same_each_time_and_another_wherever_a_number_could_be_another() -> None:
    base = run_ids(study())
    assert base == run_ids(study())
    others = [
        replace(study(), design=replace(study().design, seed=50)),
        replace(study(), design=replace(study().design, scale=10_000)),
        replace(study(), design=replace(study().design, until="2031-12")),
        replace(study(), draws=tuple(replace(draw, parameters={"beta": 2.0 + draw.number}) for draw in DRAWS)),
        replace(study(), draws=tuple(replace(draw, parameters={"inertia": 0.1 * draw.number}) for draw in DRAWS)),
        replace(study(), assume=("engine-prospect",)),
    ]
    names = [set(run_ids(one)) for one in (study(), *others)]
    assert len(set.union(*names)) == sum(map(len, names))


def test_a_name_does_not_depend_on_how_a_law_is_called_or_how_it_is_run() -> None:
    renamed = replace(
        study(),
        arms=(Arm("other-name", ("one-stop",)), study().arms[1]),
        design=replace(study().design, engine="agents"),
        chunk_runs=1,
    )
    assert run_ids(renamed) == run_ids(study())


def test_a_lever_that_another_arm_sets_moves_no_name_of_this_one() -> None:
    more = replace(study(), arms=(Arm("bar", (), {BAR: 70.0}), *study().arms))
    assert set(run_ids(study())) < set(run_ids(more))


def test_one_law_under_two_names_is_refused() -> None:
    twice = replace(study(), arms=(*study().arms, Arm("again", ("one-stop",))))
    with pytest.raises(DesignError, match="'again' is the same law as 'one-stop'"):
        planned_arms(twice)


def test_a_reform_that_changes_nothing_is_no_baseline() -> None:
    today = load("baseline").value_at(BAR, "2030-01")
    arms = planned_arms(replace(study(), arms=(Arm("still", (), {BAR: today}),)))
    assert [(arm.arm, arm.role) for arm in arms] == [("baseline", "baseline"), ("still", "reform")]
    assert arms[0].law != arms[1].law


def test_arms_that_depart_from_one_law_share_its_run_and_others_have_their_own() -> None:
    assumed = load("one-stop").with_assumptions({"beta": 1.0})
    assert planned_arms(replace(study(), arms=(Arm("baseline"), *study().arms)))[0].arm == "baseline"
    assert len(planned_arms(replace(study(), arms=(Arm("baseline"), *study().arms)))) == 3
    assert given_hash(assumed.baseline.resolve("2030-12")) != given_hash(load("baseline").resolve("2030-12"))


def test_what_is_given_is_hashed_whole_but_for_its_name() -> None:
    given = load("one-stop").resolve("2030-12")
    assert given_hash(replace(given, name="x")) == given_hash(given)
    for table in ("policy", "places", "origins", "rivals", "behaviour", "accounts", "costs"):
        changed = getattr(given, table).copy()
        changed.view("u1").reshape(-1)[0] ^= 1
        assert given_hash(replace(given, **{table: changed})) != given_hash(given)
    assert given_hash(replace(given, pool=given.pool | {"degree_age": [0.0]})) != given_hash(given)


def test_the_one_form_of_a_value_does_not_depend_on_the_order_it_was_made_in() -> None:
    assert canonical({"a": 1.0, "b": 2.0}) == canonical({"b": 2.0, "a": 1.0})
    with pytest.raises(ValueError, match="JSON"):
        canonical(float("nan"))


GROWN = {
    "replicates": {"replicates": 4},
    "draws": {"draws": [*DRAWS, Draw(3, {"beta": 3.0})]},
    "a scenario": {"scenarios": ["easier-visits"]},
    "all at once": {"replicates": 3, "scenarios": ["easier-visits"], "draws": [*DRAWS, Draw(3, {"beta": 3.0})]},
}


@pytest.mark.parametrize("how", GROWN)
def test_a_plan_that_grows_keeps_its_rows_and_ends_with_what_a_new_one_would_hold(how: str) -> None:
    before, larger = plan(study()), expanded(study(), **GROWN[how])  # type: ignore[arg-type]
    after = extended(before, larger)
    pd.testing.assert_frame_equal(after.iloc[: len(before)], before)
    added = after.iloc[len(before) :]
    assert added["chunk"].min() > before["chunk"].max()
    assert added.groupby("chunk")["family"].nunique().max() <= 2
    assert added.groupby("family")["chunk"].nunique().max() == 1
    whole = plan(larger)
    keys = ["run", "arm", "role", "against", "draw", "replicate", "seed"]
    assert set(after[keys].itertuples(index=False)) == set(whole[keys].itertuples(index=False))
    assert after["run"].is_unique
    assert after.groupby("family")[["draw", "replicate"]].nunique().max().max() == 1


def test_a_plan_read_from_a_file_grows_likewise() -> None:
    before = plan(study())
    # As pandas has it from Parquet: text, and nan for what is missing.
    read = before.astype(dict.fromkeys(("run", "arm", "role"), "str")).assign(against=before["against"].astype("str"))
    larger = expanded(study(), replicates=3)
    assert extended(read, larger)["run"].tolist() == extended(before, larger)["run"].tolist()


def test_a_plan_of_the_same_experiment_does_not_grow() -> None:
    before = plan(study())
    pd.testing.assert_frame_equal(extended(before, study()), before)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"arms": (Arm("one-stop", ("one-stop",)),)}, "no more"),
        ({"draws": DRAWS[:1]}, "can only grow"),
        ({"design": replace(study().design, seed=6)}, "another seed"),
    ],
)
def test_a_plan_does_not_shrink(change: dict[str, object], message: str) -> None:
    with pytest.raises(DesignError, match=message):
        extended(plan(study()), replace(study(), **change))  # type: ignore[arg-type]
