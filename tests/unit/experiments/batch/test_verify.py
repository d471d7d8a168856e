"""Damage is found wherever it is, and repaired without losing a result."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from experiments.batch.durable import StoreError
from experiments.batch.parts import part_of, sidecar_of
from experiments.batch.store import Store
from experiments.batch.verify import Damage, verify

from .stand_in import failure_of, fill, rows_of

Names = Callable[[Store], set[str]]
FLIPS = 4
"""Flips tried in each file; where they fall differs from file to file."""


@pytest.fixture
def varied(store: Store) -> Store:
    """Return a store with a file of every kind: results, failures, something derived, an extension."""
    chunk = store.left(chunk=0)
    store.write_part(0, rows_of(chunk.iloc[1:]), list(chunk["run"][1:]), [failure_of(chunk.iloc[0])])
    store.extend(replicates=4)
    fill(store)
    store.derive("regret/table.csv", "arm,regret\n")
    return store


def flip(path: Path, position: int) -> bytes:
    """Flip a bit of a file and return what it held."""
    before = path.read_bytes()
    data = bytearray(before)
    data[position // 8] ^= 1 << position % 8
    path.write_bytes(bytes(data))
    return before


def kinds(found: list[Damage]) -> dict[str, str]:
    return {damage.file: damage.kind for damage in found}


def test_an_untouched_store_is_sound(varied: Store) -> None:
    assert varied.verify() == []
    assert varied.verify(repair=True) == []


def test_a_flipped_bit_in_any_file_is_found_by_name(varied: Store, names: Names) -> None:
    luck = random.Random(4)  # noqa: S311 - where to look
    files = sorted(names(varied))
    assert {name.partition("/")[0] for name in files} == {
        "arms.json", "derived", "draws.parquet", "experiment.yaml", "failures", "manifest.json", "plan.parquet",
        "resolved", "runs", "store.lock",
    }  # fmt: skip
    for name in files:
        path = varied.folder / name
        size = 8 * path.stat().st_size
        for position in luck.sample(range(size), min(size, FLIPS)):
            before = flip(path, position)
            assert name in kinds(varied.verify()), f"bit {position} of {name}"
            path.write_bytes(before)
    assert varied.verify() == []


def test_every_bit_of_the_smallest_part_and_its_footer_is_watched(full: Store) -> None:
    part = part_of(full.folder, 0)
    size = part.stat().st_size
    for position in range(8 * (size - 40), 8 * size, 3):
        before = flip(part, position)
        assert full.status().done in {12, 18}
        assert "runs/part-000000.parquet" in kinds(full.verify())
        part.write_bytes(before)


def test_a_repair_makes_results_whole_and_never_loses_one(varied: Store, names: Names) -> None:
    done, digest = varied.done(), varied.content_digest()
    flip(sidecar_of(part_of(varied.folder, 0)), 400)
    flip(part_of(varied.folder, 1), 8 * 200)
    sidecar_of(part_of(varied.folder, 2)).unlink()
    found = varied.verify(repair=True)
    assert {damage.file: damage.repair for damage in found} == {
        "runs/part-000000.json": "rebuilt",
        "runs/part-000001.parquet": "set_aside",
        "runs/part-000002.json": "rebuilt",
    }
    assert not any(damage.needs_repair for damage in found)
    assert varied.verify() == []
    assert {"damaged/runs-part-000001.parquet", "damaged/runs-part-000001.json"} <= names(varied)
    assert set(varied.left()["chunk"]) == {1}
    fill(varied)
    assert varied.done() == done
    assert varied.content_digest() == digest


def test_a_repaired_sidecar_has_the_bytes_of_the_first(full: Store) -> None:
    sidecar, part = sidecar_of(part_of(full.folder, 1)), part_of(full.folder, 1)
    before = sidecar.read_bytes(), part.read_bytes()
    sidecar.unlink()
    full.verify(repair=True)
    assert (sidecar.read_bytes(), part.read_bytes()) == before


def test_a_part_whose_rows_are_whole_is_written_anew_rather_than_run_again(full: Store) -> None:
    part = part_of(full.folder, 0)
    before = part.read_bytes()
    # The name of the program that wrote the file: no reader minds, the sum does.
    place = before.index(b"DuckDB version")
    flip(part, 8 * place)
    found = full.verify(repair=True)
    assert [(damage.file, damage.kind, damage.repair) for damage in found] == [
        ("runs/part-000000.parquet", "changed", "rebuilt")
    ]
    assert part.read_bytes() == before


def test_two_damaged_files_of_one_name_are_both_kept(full: Store, names: Names) -> None:
    for _ in range(2):
        flip(part_of(full.folder, 0), 8 * 200)
        full.verify(repair=True)
        fill(full)
    assert {"damaged/runs-part-000000.parquet", "damaged/runs-part-000000~2.parquet"} <= names(full)


def test_a_part_that_vanished_is_missing_and_its_runs_are_left(full: Store) -> None:
    part_of(full.folder, 1).unlink()
    assert kinds(full.verify()) == {"runs/part-000001.parquet": "missing"}
    assert [damage.repair for damage in full.verify(repair=True)] == ["set_aside"]
    assert full.verify() == []
    assert set(full.left()["chunk"]) == {1}


def test_damaged_failures_are_set_aside_and_their_runs_are_left(varied: Store) -> None:
    retried = varied.left(retry_failed=True)
    flip(varied.folder / "failures" / "part-000000.json", 300)
    assert varied.verify(repair=True)[0].repair == "set_aside"
    assert varied.left().equals(retried)
    assert varied.failures() == []


def test_the_experiments_file_is_put_back_and_the_changed_one_kept(full: Store) -> None:
    (full.folder / "experiment.yaml").write_text("id: other\n", encoding="utf-8")
    assert full.verify(repair=True)[0].repair == "put_back"
    assert (full.folder / "experiment.yaml").read_text(encoding="utf-8") == full.experiment.text
    assert (full.folder / "damaged" / "experiment.yaml").read_text(encoding="utf-8") == "id: other\n"


@pytest.mark.parametrize("name", ["plan.parquet", "draws.parquet", "arms.json", "manifest.json"])
def test_what_has_no_second_copy_stays_damaged_and_is_named_when_opened(full: Store, name: str) -> None:
    flip(full.folder / name, 300)
    found = full.verify(repair=True)
    assert [damage.file for damage in found if damage.needs_repair] == [name]
    with pytest.raises(StoreError, match=f"{name} is damaged"):
        Store.open(full.folder)


def test_a_missing_manifest_is_damage_where_there_are_runs(full: Store, tmp_path: Path) -> None:
    (full.folder / "manifest.json").unlink()
    assert kinds(verify(full.folder))["manifest.json"] == "missing"
    with pytest.raises(StoreError, match="holds no store"):
        verify(tmp_path / "nothing")


def test_derived_files_that_changed_are_set_aside(varied: Store) -> None:
    path = varied.folder / "derived" / "regret" / "table.csv"
    path.write_text("arm,regret\nx,1\n", encoding="utf-8")
    assert [damage.repair for damage in varied.verify(repair=True)] == ["set_aside"]
    assert varied.verify() == []
    varied.derive("regret/table.csv", "arm,regret\n")
    assert varied.verify() == []


def test_what_is_unknown_or_unplanned_is_told_and_harms_nothing(full: Store) -> None:
    (full.folder / "notes.txt").write_text("mine", encoding="utf-8")
    strange = full.plan().iloc[:1].assign(run="f" * 32)
    full.write_part(50, rows_of(strange), list(strange["run"]))
    found = full.verify(repair=True)
    assert kinds(found) == {"notes.txt": "unknown", "runs/part-000050.parquet": "unplanned"}
    assert not any(damage.is_damage for damage in found)
    assert (full.folder / "notes.txt").exists()


def dead_process() -> int:
    """Return the number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_only_the_leftovers_of_dead_processes_are_removed(full: Store) -> None:
    import socket

    host = "".join(letter if letter.isalnum() or letter == "-" else "-" for letter in socket.gethostname())
    runs = full.folder / "runs"
    dead = runs / f".part-000001.parquet.{host}-{dead_process()}-0123abcd"
    alive = runs / f".part-000001.parquet.{host}-{os.getppid()}-0123abcd"
    elsewhere = runs / ".part-000001.parquet.otherhost-1-0123abcd"
    old = runs / ".part-000002.json.x1y2z3w4"
    for path in (dead, alive, elsewhere, old):
        path.write_bytes(b"half")
    os.utime(old, (1, 1))
    (full.folder / f".extension.{host}-{dead_process()}-0123abcd").mkdir()
    assert {damage.kind for damage in full.verify()} == {"temporary"}
    assert len(full.verify(repair=True)) == 3
    assert [path.exists() for path in (dead, alive, elsewhere, old)] == [False, True, True, False]
