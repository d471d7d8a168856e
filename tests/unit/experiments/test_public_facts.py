"""What is kept of a run on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import scenarios
from experiments import public_facts
from experiments.design import Design
from experiments.public_facts import Hooks, kept_of, key_of

DESIGN = Design(seed=2, replicates=1, scale=20_000, until="2020-12")


class Heard:
    """Notes who was told what."""

    def __init__(self) -> None:
        self.runs, self.not_kept = 0, ""
        self.progress: list[tuple[float, int]] = []

    def hooks(self) -> Hooks:
        return Hooks(
            on_run=self.ran,
            on_progress=lambda done, total: self.progress.append((done, total)),
            on_not_kept=self.failed,
        )

    def failed(self, reason: str) -> None:
        self.not_kept = reason

    def ran(self) -> None:
        self.runs += 1


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(public_facts, "user_cache", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def baseline() -> Any:
    return scenarios.load("baseline")


def test_a_run_is_made_once_and_then_read(folder: Path, baseline: Any) -> None:
    heard = Heard()
    first, second = (kept_of(baseline, DESIGN, heard.hooks()) for _ in range(2))
    assert heard.runs == 1
    assert list(heard.progress[-1]) == [252, 252]
    assert first.ends.tobytes() == second.ends.tobytes()
    assert first.facts.now_at(251) == second.facts.now_at(251)
    assert (second.ends["applications"] > 0).any()
    assert (np.diff(second.ends["id"]) > 0).all()


def test_a_damaged_file_is_made_again(folder: Path, baseline: Any) -> None:
    heard = Heard()
    kept_of(baseline, DESIGN, heard.hooks())
    (file,) = folder.rglob("*.npz")
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    kept_of(baseline, DESIGN, heard.hooks())
    assert heard.runs == 2


def test_where_nothing_can_be_kept_the_life_is_told_all_the_same(
    tmp_path: Path, baseline: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setattr(public_facts, "user_cache", lambda: blocked)
    heard = Heard()
    assert kept_of(baseline, DESIGN, heard.hooks()).facts.months == 252
    assert heard.not_kept


def test_the_key_follows_all_that_a_run_depends_on(baseline: Any) -> None:
    given = baseline.resolve(DESIGN.until)
    reform = scenarios.load("category-a-less-stringent").resolve("2030-12")
    assumed = baseline.with_assumptions({"beta": 2.0}).resolve(DESIGN.until)
    keys = [
        key_of(given, DESIGN),
        key_of(given, Design(seed=3, replicates=1, scale=20_000)),
        key_of(given, Design(seed=2, replicates=1, scale=20_001)),
        key_of(reform, DESIGN),
        key_of(assumed, DESIGN),
        key_of(baseline.resolve("2030-12"), DESIGN),
    ]
    assert len(set(keys)) == len(keys)
    assert key_of(baseline.resolve(DESIGN.until), DESIGN) == keys[0]


def test_only_the_newest_files_are_kept(folder: Path, baseline: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_facts, "_FILES_KEPT", 2)
    for seed in range(4):
        kept_of(baseline, Design(seed=seed, replicates=1, scale=200_000, until="2018-12"))
    assert len(list(folder.rglob("*.npz"))) == 2
