"""A store keeps what was run: each run once, whoever wrote it and in whatever pieces."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

from experiments.batch.durable import StoreError
from experiments.batch.parts import part_of, sidecar_of, write_part
from experiments.batch.sealed import unsealed
from experiments.batch.store import Store
from experiments.design import DesignError

from .stand_in import QUESTION, experiment_of, failure_of, fill, plan_of, rows_of


def test_a_store_gives_back_the_experiment_it_was_made_for(store: Store) -> None:
    experiment = experiment_of()
    found = Store.open(store.folder).experiment
    assert found == experiment
    assert found != experiment_of(draws=3)
    assert (store.folder / "experiment.yaml").read_text(encoding="utf-8") == experiment.text


def test_numbers_of_draws_come_back_to_the_last_bit(store: Store) -> None:
    draws = Store.open(store.folder).draws()
    assert list(draws.columns) == ["draw", "taste", "it's [odd]"]
    assert math.isnan(draws["taste"][0])
    assert draws["it's [odd]"][1] == 1 / 3


def test_the_plan_is_kept_in_its_order(store: Store) -> None:
    pd.testing.assert_frame_equal(store.plan(), plan_of(experiment_of(), 2), check_dtype=False)


def test_a_plan_that_its_reader_changes_stays_whole(store: Store) -> None:
    mine = store.plan()
    mine["chunk"] = 99
    assert store.plan()["chunk"].max() == 2


def test_two_stores_do_not_share_a_folder(store: Store) -> None:
    with pytest.raises(StoreError, match="holds a store already"):
        Store.create(store.folder, experiment_of())


def test_a_folder_without_a_store_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no store"):
        Store.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_left_shrinks_as_parts_are_written(store: Store) -> None:
    assert store.done() == set()
    fill(store, [1])
    plan = store.plan()
    assert store.done() == set(plan["run"][plan["chunk"] == 1])
    assert set(store.left()["chunk"]) == {0, 2}
    assert len(store.left(chunk=1)) == 0
    assert len(store.left(chunk=2)) == 6


def test_a_failed_run_is_settled_until_it_is_to_be_tried_again(store: Store) -> None:
    chunk = store.left(chunk=0)
    bad, good = chunk.iloc[0], chunk.iloc[1:]
    store.write_part(0, rows_of(good), list(good["run"]), [failure_of(bad)])
    assert [failure.run for failure in store.failures()] == [bad["run"]]
    assert bad["run"] not in set(store.left()["run"])
    assert list(store.left(chunk=0, retry_failed=True)["run"]) == [bad["run"]]
    again = chunk.iloc[:1]
    store.write_part(0, rows_of(again), list(again["run"]))
    assert store.failures() == []
    assert store.done() == set(chunk["run"])
    assert len(store.values(outcomes=["stock"], groups=["all"], dates=["2030-12"])) == 6


def test_a_chunk_of_which_every_run_failed_has_failures_alone(store: Store) -> None:
    chunk = store.left(chunk=0)
    store.write_part(0, rows_of(chunk.iloc[:0]), [], [failure_of(run) for run in chunk.itertuples()])
    assert store.done() == set()
    assert len(store.failures()) == len(chunk)
    assert store.status().failed == len(chunk)


def test_writing_a_chunk_twice_changes_no_byte(full: Store) -> None:
    def content() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (full.folder / "runs").iterdir()}

    before = content()
    plan = full.plan()
    chunk = plan[plan["chunk"] == 0].sample(frac=1, random_state=1)
    full.write_part(0, rows_of(chunk).sample(frac=1, random_state=2), list(chunk["run"]))
    assert content() == before


def test_a_row_that_is_there_twice_or_of_no_run_is_refused(store: Store) -> None:
    chunk = store.left(chunk=0)
    rows = rows_of(chunk)
    with pytest.raises(ValueError, match="two rows"):
        store.write_part(0, pd.concat([rows, rows.iloc[:1]]), list(chunk["run"]))
    with pytest.raises(ValueError, match="not among those done"):
        store.write_part(0, rows, list(chunk["run"])[1:])
    assert store.done() == set()


def test_values_are_those_written_sorted_and_cut_as_asked(full: Store) -> None:
    order = ["arm", "role", "draw", "replicate", "outcome", "group", "date"]
    written = rows_of(full.plan()).drop(columns="run").sort_values(order, ignore_index=True)
    pd.testing.assert_frame_equal(full.values(), written, check_dtype=False)
    some = full.values(outcomes=["stock"], arms=["one-stop"], groups=["all"], dates=["2030-12"])
    assert len(some) == 6
    assert len(full.values(outcomes=[])) == 0
    assert full.values()["value"].isna().any()


def test_values_of_an_empty_store_have_all_columns_and_no_row(store: Store) -> None:
    assert list(store.values().columns) == [*rows_of(store.plan()).columns[1:]]
    assert len(store.values(outcomes=["stock"])) == 0
    assert len(store.paired("stock")) == 0


def test_a_pair_has_the_baseline_of_its_own_draw_and_seed(full: Store) -> None:
    pairs = full.paired("stock", "all", "2030-12")
    assert list(pairs.columns) == ["arm", "draw", "replicate", "seed", "baseline", "reform"]
    assert len(pairs) == 12
    values = full.values(["stock"], groups=["all"], dates=["2030-12"])
    baselines = values[values["role"] == "baseline"].set_index(["draw", "seed"])["value"].to_dict()
    assert [baselines[draw, seed] for draw, seed in zip(pairs["draw"], pairs["seed"], strict=True)] == list(
        pairs["baseline"]
    )
    assert pairs.equals(pairs.sort_values(["arm", "draw", "replicate"], ignore_index=True))


def test_pairs_are_of_the_last_date_unless_told(full: Store) -> None:
    assert full.paired("stock").equals(full.paired("stock", date=QUESTION.dates[-1]))
    assert not full.paired("stock").equals(full.paired("stock", date=QUESTION.dates[0]))


def test_half_a_pair_is_left_out(store: Store) -> None:
    chunk = store.left(chunk=0)
    reforms = chunk[chunk["role"] == "reform"]
    store.write_part(0, rows_of(reforms), list(reforms["run"]))
    assert len(store.paired("stock")) == 0
    fill(store, [0])
    assert len(store.paired("stock")) == 4


@pytest.mark.parametrize(
    ("outcome", "said"), [("pair.touched", "without a baseline"), ("stok", "did you mean 'stock'")]
)
def test_pairs_of_what_has_none_are_refused(full: Store, outcome: str, said: str) -> None:
    with pytest.raises(DesignError, match=said):
        full.paired(outcome)


def test_a_run_in_two_parts_and_one_outside_the_plan_count_once_and_not_at_all(full: Store) -> None:
    before, digest = full.values(), full.content_digest()
    strange = full.plan().iloc[:3].assign(run=["a" * 32, "b" * 32, "c" * 32])
    twice = pd.concat([strange, full.plan().iloc[5:12]])
    write_part(part_of(full.folder, 77), rows_of(twice), list(twice["run"]), full.folder)
    assert len(pd.read_json(sidecar_of(part_of(full.folder, 77)))) > 0
    pd.testing.assert_frame_equal(full.values(), before)
    assert full.content_digest() == digest
    assert len(full.paired("stock")) == 12
    assert full.status().done == 18


def test_the_digest_does_not_depend_on_how_runs_were_cut_into_parts(full: Store, tmp_path: Path) -> None:
    other = Store.create(tmp_path / "other", experiment_of())
    for number, (_, runs) in enumerate(other.plan().groupby("arm")):
        other.write_part(10 + number, rows_of(runs), list(runs["run"]))
    assert other.content_digest() == full.content_digest()


def test_the_digest_sees_one_bit_of_one_number_and_a_missing_run(store: Store, tmp_path: Path) -> None:
    fill(store)
    other = Store.create(tmp_path / "other", experiment_of())
    fill(other, [0, 1])
    assert other.content_digest() != store.content_digest()
    runs = other.left()
    rows = rows_of(runs)
    rows.loc[0, "value"] = math.nextafter(rows["value"][0], math.inf)
    other.write_part(2, rows, list(runs["run"]))
    assert other.content_digest() != store.content_digest()


def test_rollups_add_up_to_the_values(full: Store) -> None:
    listed = [
        rollup for path in (full.folder / "runs").glob("*.json") for rollup in unsealed(path.read_bytes())["rollups"]
    ]
    keys = ["arm", "role", "outcome", "group", "date"]
    sums = pd.DataFrame(listed).groupby(keys)[["n", "sum", "sum_of_squares"]].sum()
    values = full.values().assign(square=lambda rows: rows["value"] ** 2)
    expected = values.groupby(keys).agg(n=("value", "count"), sum=("value", "sum"), sum_of_squares=("square", "sum"))
    pd.testing.assert_frame_equal(sums, expected, check_dtype=False)


def test_status_counts_runs_by_arm_and_whole_replicates(store: Store) -> None:
    fill(store, [0, 2])
    status = store.status()
    assert (status.runs, status.done, status.failed, status.left) == (18, 12, 0, 6)
    assert (status.replicates, status.replicates_complete) == (3, 1)
    assert [(arm.arm, arm.done, arm.left) for arm in status.arms] == [
        ("baseline", 4, 2), ("one-stop", 4, 2), ("fast-track", 4, 2),
    ]  # fmt: skip
    assert status.parts == 2
    assert status.size_bytes > 1000
    assert not status.is_settled


def test_a_part_with_a_damaged_footer_is_not_done_and_named_and_the_rest_is_read(full: Store) -> None:
    part = part_of(full.folder, 1)
    part.write_bytes(part.read_bytes()[:-20])
    status = full.status()
    assert status.damaged == ("runs/part-000001.parquet",)
    assert status.done == 12
    assert set(full.left()["chunk"]) == {1}
    with pytest.raises(StoreError, match=r"runs/part-000001.parquet.*--repair"):
        full.values()
    fill(full)
    assert full.status().done == 18
    assert len(full.values()) > 0
    assert (full.folder / "damaged" / "runs-part-000001.parquet").exists()


def test_numbers_are_not_read_from_a_part_whose_rows_changed(full: Store) -> None:
    assert len(full.values()) > 0
    part = part_of(full.folder, 1)
    data = bytearray(part.read_bytes())
    data[len(data) // 4] ^= 1
    part.write_bytes(bytes(data))
    with pytest.raises(StoreError, match="damaged"):
        full.paired("stock")


def test_derived_files_are_kept_inside_their_folder(store: Store) -> None:
    path = store.derive("sensitivity/morris.json", "{}")
    assert path.read_text(encoding="utf-8") == "{}"
    for name in ("../plan.parquet", "", "sums.json", "/etc/x"):
        with pytest.raises(ValueError, match="no name of a file"):
            store.derive(name, b"")


def test_an_error_survives_the_way_between_processes() -> None:
    import pickle

    error = StoreError("damaged_parts", {"files": "x", "folder": "y"})
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert str(again) == str(error)
    assert "x" in again.to_language("zh")
