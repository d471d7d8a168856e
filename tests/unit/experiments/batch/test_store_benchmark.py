"""The benchmark of the store checks what it times, and stops where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import store as benchmark
from experiments.batch.store import Store


def test_a_small_store_is_measured_and_right(tmp_path: Path) -> None:
    report = benchmark.measured(tmp_path / "store", 800)
    assert (report["runs"], report["parts"], report["rows"]) == (800, 8, 800 * 24)
    works = {row["work"] for row in report["times"]}
    assert {"what is left", "what is left, one footer damaged", "verify"} <= works


def test_a_wrong_answer_stops_the_benchmark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "left", lambda self: self.plan().iloc[:1])
    with pytest.raises(SystemExit, match="what is left is wrong"):
        benchmark.measured(tmp_path / "store", 800)
