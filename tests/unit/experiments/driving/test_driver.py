from __future__ import annotations

import os
import signal
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from experiments.batch.chunk import Chunks, ChunkTask, run_chunk
from experiments.batch.driver import conduct, run_batch, store_of
from experiments.batch.effects import effects_of
from experiments.batch.precision import by_replicate, unmet
from experiments.batch.repeating import repeated
from experiments.batch.rounds import Shard
from experiments.batch.store import Store
from experiments.design import DesignError

from .conftest import (
    ARMS,
    N_CHUNK,
    N_RUNS,
    Driving,
    children_of,
    is_alive,
    lines_until,
    temporary_files,
    tiny,
    until_precise,
)

POISON = """
import os

def make_work(folder):
    work = None

    def or_die(task, report):
        nonlocal work
        if task.chunk == 2:
            with open(os.path.join(folder, "..", "deaths"), "a") as file:
                file.write("x")
            os._exit(7)
        if work is None:
            from experiments.batch import local

            work = local._make_work(folder)
        return work(task, report)

    return or_die
"""


def done_once(store: Store) -> None:
    """Check that every run is there, and once."""
    assert store.status().done == N_RUNS
    values = store.values()
    keys = Counter(zip(*(values[name] for name in ("arm", "replicate", "outcome", "date")), strict=True))
    assert set(keys.values()) == {1}
    assert temporary_files(store.folder) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_same_content_comes_from_any_number_of_jobs(store: Store, undisturbed: Store, jobs: int) -> None:
    told: list[float] = []
    status = run_batch(store.folder, jobs=jobs, on_progress=lambda done, total: told.append(done / total))
    assert (status.done, status.failed, status.left) == (N_RUNS, 0, 0)
    assert store.content_digest() == undisturbed.content_digest()
    assert told[-1] == 1.0
    done_once(store)


def test_what_is_done_is_not_run_again(undisturbed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.batch.family.start", None)
    assert run_batch(undisturbed.folder, jobs=1).done == N_RUNS


def test_asked_to_stop_a_chunk_keeps_the_runs_that_ended_and_the_rest_follows(store: Store, undisturbed: Store) -> None:
    with Chunks(store.folder) as chunks:
        done = chunks(ChunkTask(0), lambda share: share > 0.3)
        assert 0 < done.done < done.done + done.left
        assert len(store.done()) == done.done
        rest = chunks(ChunkTask(0), lambda share: False)
    assert (rest.done, rest.left) == (done.left, 0)
    run_batch(store.folder, jobs=1)
    assert store.content_digest() == undisturbed.content_digest()


def test_an_interrupted_batch_says_how_far_it_is_and_goes_on(
    store: Store, undisturbed: Store, driving: Driving
) -> None:
    with driving(store.folder, jobs=1) as process:
        lines_until(process, "done")
        process.send_signal(signal.SIGTERM)
        lines_until(process, "asked to stop")
        left = int(lines_until(process, "left")[-1].split()[1])
    assert 0 < left < N_RUNS
    assert store.status().left == left
    run_batch(store.folder, jobs=1)
    assert store.content_digest() == undisturbed.content_digest()
    done_once(store)


def test_interrupted_twice_a_batch_stops_at_once_and_loses_nothing_finished(
    store: Store, undisturbed: Store, driving: Driving
) -> None:
    with driving(store.folder) as process:
        lines_until(process, "done")
        process.send_signal(signal.SIGINT)
        lines_until(process, "asked to stop")
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
    run_batch(store.folder, jobs=1)
    assert store.content_digest() == undisturbed.content_digest()
    done_once(store)


def test_a_killed_driver_takes_its_workers_along_and_another_goes_on(
    store: Store, undisturbed: Store, driving: Driving
) -> None:
    with driving(store.folder) as process:
        lines_until(process, "done")
        workers = children_of(process.pid)
        process.kill()
        # The workers hold the same output: it ends when the last of them does.
        process.communicate(timeout=30)
    assert workers
    assert not [pid for pid in workers if is_alive(pid)]
    run_batch(store.folder, jobs=1)
    assert store.content_digest() == undisturbed.content_digest()
    done_once(store)


def test_killed_workers_are_replaced_and_nothing_is_lost(store: Store, undisturbed: Store, driving: Driving) -> None:
    with driving(store.folder) as process:
        for kill in range(2):
            lines_until(process, "done")
            workers = children_of(process.pid)
            os.kill(workers[kill % len(workers)], signal.SIGKILL)
        assert lines_until(process, "left")[-1] == "left 0"
    assert store.content_digest() == undisturbed.content_digest()
    done_once(store)


def test_two_drivers_share_the_work_and_neither_repeats_it(store: Store, undisturbed: Store, driving: Driving) -> None:
    with driving(store.folder, jobs=1) as first:
        lines_until(first, "done")
        run_batch(store.folder, jobs=1)
        assert lines_until(first, "left")[-1] == "left 0"
    assert store.content_digest() == undisturbed.content_digest()
    done_once(store)


def test_a_chunk_that_another_process_has_is_left_to_it_or_waited_for(store: Store, holding: Any) -> None:
    with holding(store.folder, 0) as other, Chunks(store.folder) as chunks:
        assert chunks(ChunkTask(0), lambda share: False).is_claimed
        assert chunks(ChunkTask(1), lambda share: False).done == N_CHUNK
        asked: list[float] = []

        def wait(share: float) -> bool:
            asked.append(share)
            other.kill()
            return False

        assert chunks(ChunkTask(0, is_waiting=True), wait).done == N_CHUNK
    assert asked


def test_a_wait_for_another_process_ends_when_it_is_asked_to(store: Store, holding: Any) -> None:
    with holding(store.folder, 0), Chunks(store.folder) as chunks:
        assert chunks(ChunkTask(0, is_waiting=True), lambda share: True).is_claimed


def test_a_chunk_that_kills_its_workers_is_set_aside_and_the_batch_goes_on(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "poison_of_test.py").write_text(POISON)
    monkeypatch.syspath_prepend(tmp_path)
    import poison_of_test  # type: ignore[import-not-found]

    monkeypatch.setattr("experiments.batch.local._make_work", poison_of_test.make_work)
    notes: list[tuple[str, dict[str, Any]]] = []
    status = run_batch(store.folder, jobs=2, on_note=lambda key, fields: notes.append((key, fields)))
    assert (status.done, status.failed, status.left) == (N_RUNS - N_CHUNK, N_CHUNK, 0)
    assert (tmp_path / "deaths").read_text() == "xxx"
    assert [(key, fields["chunk"]) for key, fields in notes] == [("chunk_aside", 2)]
    failure = store.failures()[0]
    assert (failure.stage, failure.message) == ("worker", "the worker process ended with code 7")
    assert run_batch(store.folder, jobs=1).failed == N_CHUNK, "a failure is not tried again unasked"
    monkeypatch.undo()
    assert run_batch(store.folder, jobs=1, retry_failed=True).done == N_RUNS
    assert store.failures() == []


def test_shards_make_a_whole_whether_numbered_from_0_or_from_1(tmp_path: Path, undisturbed: Store) -> None:
    for numbers in [(0, 1), (1, 2)]:
        store = store_of(tiny(), tmp_path / f"from-{numbers[0]}")
        status = [run_batch(store.folder, jobs=1, shard=Shard(number, 2)) for number in numbers]
        assert 0 < status[0].done < status[1].done == N_RUNS
        assert store.content_digest() == undisturbed.content_digest()


def test_a_run_that_fails_is_data_and_can_be_repeated_by_itself(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_under(monkeypatch, "points-60")
    status = run_batch(store.folder, jobs=1)
    assert (status.done, status.failed, status.left) == (18, 6, 0)
    failure = store.failures()[0]
    assert (failure.arm, failure.stage, failure.message) == ("points-60", "run", "RuntimeError: out of order")
    assert "in fail" in failure.traceback
    assert failure.command == f"talentflow experiment run {store.folder} --only {failure.run}"
    again = repeated(store, failure.run[:12])
    assert str(again.error) == "out of order"
    monkeypatch.undo()
    assert repeated(store, failure.run).error is None
    assert store.status().failed == 6, "repeating keeps nothing"
    with pytest.raises(DesignError, match="no run called 'xyz'"):
        repeated(store, "xyz")


def fail_under(monkeypatch: pytest.MonkeyPatch, law: str) -> None:
    from simulation.model import TalentModel

    step = TalentModel.step

    def fail(self: Any) -> None:
        if self.given.name == law and self.month > 217:
            raise RuntimeError("out of order")
        step(self)

    monkeypatch.setattr(TalentModel, "step", fail)


def test_replicates_are_added_until_the_interval_is_narrow_enough(tmp_path: Path) -> None:
    notes: list[int] = []
    store = conduct(
        until_precise(half_width=1e9, most=9),
        tmp_path / "loose",
        jobs=1,
        on_note=lambda key, fields: notes.append(fields["n"]),
    )
    assert (store.experiment.replicates.least, unmet(store), notes) == (3, [], [])
    store = conduct(
        until_precise(half_width=1e-9, most=6),
        tmp_path / "tight",
        jobs=1,
        on_note=lambda key, fields: notes.append(fields["n"]),
    )
    assert notes == [5, 6]
    assert (store.experiment.replicates.least, store.status().left) == (6, 0)
    wide = [effect.arm for effect in effects_of(store) if effect.outcome == "stock" and effect.high > effect.low]
    assert unmet(store) == list(dict.fromkeys(wide))
    assert wide


def test_grown_batches_hold_what_they_would_have_held_from_the_start(tmp_path: Path) -> None:
    grown = conduct(until_precise(half_width=1e-9, most=6), tmp_path / "grown", jobs=1)
    whole = conduct(until_precise(half_width=1e-9, most=6, least=6), tmp_path / "whole", jobs=1)
    assert grown.values().to_csv() == whole.values().to_csv()


def test_a_folder_is_for_one_experiment(store: Store) -> None:
    assert store_of(tiny(), store.folder).folder == store.folder
    with pytest.raises(DesignError, match=r"another experiment \(differs in scenarios\)"):
        store_of(tiny(arms=(*ARMS, replace(ARMS[0], id="more", levers_from="2013-01"))), store.folder)
    with pytest.raises(DesignError, match=r"\(differs in design\)"):
        store_of(tiny(seed=6), store.folder)


def test_a_store_planned_by_another_version_of_the_model_is_refused(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.batch.identity.source_sha256", lambda: "another")
    with pytest.raises(DesignError, match="another version of the model"):
        run_batch(store.folder, jobs=1)


def test_an_effect_is_the_mean_over_pairs_and_its_interval_counts_replicates(undisturbed: Store) -> None:
    effects = effects_of(undisturbed)
    assert len(effects) == 3 * 2 * 2
    for effect in effects:
        pairs = undisturbed.paired(effect.outcome, effect.group, effect.date)
        pairs = pairs[pairs["arm"] == effect.arm]
        assert effect.difference == pytest.approx((pairs["reform"] - pairs["baseline"]).mean())
        assert (effect.n, effect.replicates, effect.draws) == (6, 6, 1)
        assert effect.low <= effect.difference <= effect.high
    assert any(effect.low < effect.high for effect in effects)


def test_draws_that_share_their_luck_count_as_one_replicate() -> None:
    import pandas as pd

    rows = [
        {"replicate": replicate, "draw": draw, "baseline": 100.0 * draw, "reform": 100.0 * draw + replicate}
        for replicate in range(3)
        for draw in range(4)
    ]
    # The last replicate lacks draws; it would be another mix of them.
    before, after = by_replicate(pd.DataFrame(rows[:-2]))
    assert (after - before).tolist() == [0.0, 1.0]
    assert before.tolist() == [150.0, 150.0]
    before, after = by_replicate(pd.DataFrame(rows))
    assert (after - before).tolist() == [0.0, 1.0, 2.0]


def test_a_chunk_is_a_pure_function_of_its_number(tmp_path: Path, undisturbed: Store) -> None:
    store = store_of(tiny(), tmp_path / "again")
    assert run_chunk(store.folder, 1, lambda share: False).done == N_CHUNK
    part = "runs/part-000001.parquet"
    assert (store.folder / part).read_bytes() == (undisturbed.folder / part).read_bytes()
    assert run_chunk(store.folder, 1, lambda share: False).done == 0
