"""A store grows as a whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from experiments.batch import layout, state
from experiments.batch.durable import StoreError
from experiments.batch.experiment import Arm, Draw
from experiments.batch.store import Store
from experiments.design import DesignError

from .stand_in import experiment_of, fill

Names = Callable[[Store], set[str]]


def test_what_is_added_is_left_to_run_and_what_was_done_stays_done(full: Store) -> None:
    before = full.plan()
    assert full.extend(arms=[Arm("third", ("one-stop",))], draws=[Draw(2, {"taste": 0.7})], replicates=4)
    assert full.experiment.replicates.least == full.experiment.design.replicates == 4
    assert len(full.plan()) == 4 * 3 * 4
    assert full.plan().iloc[:18].equals(before)
    assert len(full.left()) == 48 - 18
    assert (full.folder / "resolved" / "third.csv").exists()
    fill(full)
    assert len(full.left()) == 0
    assert full.verify() == []
    assert Store.open(full.folder).experiment == full.experiment


def test_asking_for_what_is_there_changes_nothing(full: Store) -> None:
    manifest = (full.folder / "manifest.json").read_bytes()
    arms, draws = full.experiment.arms, full.experiment.draws
    assert not full.extend(arms=arms, draws=draws, replicates=2)
    assert (full.folder / "manifest.json").read_bytes() == manifest


def test_another_process_sees_what_was_added(full: Store) -> None:
    other = Store.open(full.folder)
    full.extend(replicates=5)
    assert other.plan().equals(full.plan())
    assert not other.extend(replicates=5)


def test_an_arm_or_draw_under_the_name_of_another_is_refused(full: Store) -> None:
    with pytest.raises(DesignError, match="another scenario called 'one-stop'"):
        full.extend(arms=[Arm("one-stop", ("fast-track",))])
    with pytest.raises(DesignError, match="another draw 1"):
        full.extend(draws=[Draw(1, {"taste": 9.0})])


def test_the_file_of_an_experiment_may_change_with_it(full: Store) -> None:
    full.extend(text="id: trial\nseed: 1\n")
    assert (full.folder / "experiment.yaml").read_text(encoding="utf-8") == "id: trial\nseed: 1\n"
    assert Store.open(full.folder).experiment.text == "id: trial\nseed: 1\n"
    assert full.verify() == []


class DiedError(BaseException):
    """Stands for the death of a process: nothing handles it."""


def dies_after(monkeypatch: pytest.MonkeyPatch, renames: int) -> None:
    """Let so many files be renamed, and then die."""
    left = iter(range(renames))
    rename = os.replace

    def counted(source: Any, target: Any) -> None:
        if next(left, None) is None:
            raise DiedError
        rename(source, target)

    monkeypatch.setattr(Path, "replace", counted)


@pytest.mark.parametrize("renames", range(15))
def test_an_extension_cut_short_anywhere_leaves_the_old_state_or_the_new(
    full: Store, monkeypatch: pytest.MonkeyPatch, renames: int, names: Names
) -> None:
    old = full.experiment
    with monkeypatch.context() as patched:
        dies_after(patched, renames)
        # Clean-up by a living process must not hide what a dead one leaves.
        patched.setattr("experiments.batch.durable.remove", lambda path: None)
        with pytest.raises(DiedError):
            full.extend(replicates=4)
    found = Store.open(full.folder)
    is_new = renames > 7
    assert found.experiment == (replace(old, **_grown(old)) if is_new else old)
    assert len(found.plan()) == (24 if is_new else 18)
    assert len(found.values()) > 0
    found.verify(repair=True)
    assert found.verify() == []
    assert not any(".extension" in name or name.startswith("extension") for name in names(found))
    found.extend(replicates=4)
    fill(found)
    assert len(found.done()) == 24


def _grown(experiment: Any) -> dict[str, Any]:
    return {
        "replicates": replace(experiment.replicates, least=4),
        "design": replace(experiment.design, replicates=4),
    }


def test_an_extension_without_room_leaves_the_old_state(full: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(state, "write_sealed", no_room)
        with pytest.raises(StoreError, match="disk is full"):
            full.extend(replicates=4)
    assert len(Store.open(full.folder).plan()) == 18
    assert full.verify() == []


def test_two_processes_that_extend_at_once_do_it_one_after_the_other(
    full: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[bool] = []
    commit = state.commit_extension

    def watched(*arguments: Any) -> None:
        import fcntl

        with (full.folder / layout.STORE_LOCK).open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held.append(True)
        commit(*arguments)

    monkeypatch.setattr("experiments.batch.store.commit_extension", watched)
    full.extend(replicates=4)
    assert held == [True]
    assert experiment_of(replicates=4).replicates == full.experiment.replicates
