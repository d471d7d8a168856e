"""Every byte of a store held against what was written; what can be made good is, on request.

Nothing is lost by a repair: what is damaged is moved to ``damaged/``, so that a resume runs it again; results that prove
their own content are written anew; temporary files of dead processes are removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from experiments.batch.durable import StoreError, is_stale, is_temporary, relative, remove, write_durably
from experiments.batch.layout import (
    CLAIMS_LOCK,
    DAMAGED,
    DERIVED,
    DERIVED_SUMS,
    EXPERIMENT,
    FAILURES,
    MANIFEST,
    RUNS,
    STORE_LOCK,
    locked,
    set_aside,
)
from experiments.batch.parts import (
    has_its_sum,
    parts_in,
    read_footers,
    read_rows,
    sidecar_of,
    write_part,
)
from experiments.batch.sealed import read_sealed, sha256_of, write_sealed
from experiments.batch.state import has_sum, load_state, read_manifest, settle_if_due

NOT_REPAIRED = "not_repaired"
_HARMLESS = {"temporary", "unknown", "unplanned"}


@dataclass(frozen=True)
class Damage:
    """One file that is not as it should be.

    ``file`` is its path inside the store. ``kind`` and ``repair`` are keys of ``STORE_WORDS``: what is wrong with it, and
    what was done, which is ``not_repaired`` where nothing was.
    """

    file: str
    kind: str
    repair: str = NOT_REPAIRED

    @property
    def is_damage(self) -> bool:
        """Whether content is affected; what is left over or unknown harms nothing."""
        return self.kind not in _HARMLESS

    @property
    def needs_repair(self) -> bool:
        """Whether it is damage that still stands."""
        return self.is_damage and self.repair == NOT_REPAIRED


def verify(folder: Path, *, repair: bool = False) -> list[Damage]:
    """Return all that is wrong with a store, by file; with ``repair``, make good what can be.

    Raises
    ------
    StoreError
        If there is no store, or a repair cannot be written.
    """
    if not any((folder / name).exists() for name in (MANIFEST, RUNS)):
        raise StoreError("no_store", {"folder": str(folder)})
    settle_if_due(folder)
    return sorted(_Check(folder, repair=repair).all(), key=lambda damage: (damage.file, damage.kind))


class _Check:
    def __init__(self, folder: Path, *, repair: bool) -> None:
        self._folder = folder
        self._repair = repair
        self._known = {MANIFEST, STORE_LOCK, CLAIMS_LOCK, DERIVED_SUMS}

    def all(self) -> Iterator[Damage]:
        yield from self._state()
        yield from self._parts()
        yield from self._failures()
        yield from self._derived()
        yield from self._leftovers()

    def _found(self, path: Path, kind: str, repair: str, make_good: Callable[[], object]) -> Damage:
        """Return a finding, after its repair where repairs are asked for."""
        if self._repair:
            make_good()
        return Damage(relative(path, self._folder), kind, repair if self._repair else NOT_REPAIRED)

    def _state(self) -> Iterator[Damage]:
        with locked(self._folder, exclusive=False):
            try:
                manifest = read_manifest(self._folder)
            except StoreError as error:
                # Without it nothing says what the other files should be; they are known at least.
                self._known |= {path.name for path in self._folder.iterdir() if path.is_file()}
                self._known |= {relative(path, self._folder) for path in (self._folder / "resolved").glob("*")}
                yield Damage(MANIFEST, "missing" if error.code == "no_store" else "changed")
                return
            self._known |= set(manifest["sums"])
            for name, sha256 in manifest["sums"].items():
                path = self._folder / name
                if has_sum(path, sha256):
                    continue
                kind = "changed" if path.exists() else "missing"
                if name == EXPERIMENT:
                    yield self._found(path, kind, "put_back", partial(self._put_back, manifest["text"]))
                else:
                    yield Damage(name, kind)

    def _put_back(self, text: str) -> None:
        set_aside(self._folder / EXPERIMENT, self._folder)
        write_durably(self._folder / EXPERIMENT, text.encode("utf-8"), self._folder)

    def _parts(self) -> Iterator[Damage]:
        parts = parts_in(self._folder)
        for part in parts:
            self._known |= {relative(part, self._folder), relative(sidecar_of(part), self._folder)}
            if not has_its_sum(part):
                yield self._part(part)
        yield from self._unplanned([part for part in parts if part.exists()])
        for sidecar in sorted((self._folder / RUNS).glob("part-*.json")):
            part = sidecar.with_suffix(".parquet")
            if not part.exists():
                self._known.add(relative(sidecar, self._folder))
                yield self._found(part, "missing", "set_aside", partial(set_aside, sidecar, self._folder))

    def _part(self, part: Path) -> Damage:
        sidecar = sidecar_of(part)
        proven = read_rows(part)
        if proven is None:
            return self._found(part, "changed", "set_aside", partial(self._set_both_aside, part))
        rows, runs = proven
        file, kind = part, "changed"
        if not sidecar.exists():
            file, kind = sidecar, "no_sidecar"
        else:
            listed = self._runs_listed(sidecar)
            # A process that died between the two leaves the sidecar of the part that was there before.
            if listed is None or listed != runs:
                file, kind = sidecar, "changed" if listed is None else "stale"
        return self._found(file, kind, "rebuilt", partial(write_part, part, rows, runs, self._folder))

    def _runs_listed(self, sidecar: Path) -> tuple[str, ...] | None:
        try:
            return tuple(read_sealed(sidecar, self._folder)["runs"])
        except (StoreError, FileNotFoundError):
            return None

    def _set_both_aside(self, part: Path) -> None:
        set_aside(part, self._folder)
        set_aside(sidecar_of(part), self._folder)

    def _unplanned(self, parts: list[Path]) -> Iterator[Damage]:
        try:
            planned = set(load_state(self._folder).plan["run"])
        except (StoreError, FileNotFoundError):
            return
        for part, runs in read_footers(parts).runs.items():
            if not planned.issuperset(runs):
                yield Damage(relative(part, self._folder), "unplanned", "left_alone")

    def _failures(self) -> Iterator[Damage]:
        for path in sorted((self._folder / FAILURES).glob("part-*.json")):
            self._known.add(relative(path, self._folder))
            try:
                read_sealed(path, self._folder)
            except StoreError:
                yield self._found(path, "changed", "set_aside", partial(set_aside, path, self._folder))

    def _derived(self) -> Iterator[Damage]:
        sums_file = self._folder / DERIVED_SUMS
        if not sums_file.exists():
            return
        with locked(self._folder, exclusive=self._repair):
            try:
                sums: dict[str, Any] = read_sealed(sums_file, self._folder)
            except StoreError:
                kept = [path for path in sums_file.parent.rglob("*") if path.is_file() and path != sums_file]
                sums = {relative(path, self._folder): sha256_of(path) for path in kept if not is_temporary(path)}
                yield self._found(sums_file, "changed", "rebuilt", partial(write_sealed, sums_file, sums, self._folder))
            self._known |= set(sums)
            bad = [name for name, sha256 in sums.items() if not has_sum(self._folder / name, sha256)]
            for name in bad:
                path = self._folder / name
                kind = "changed" if path.exists() else "missing"
                yield self._found(path, kind, "set_aside", partial(set_aside, path, self._folder))
            if bad and self._repair:
                sums = {name: sha256 for name, sha256 in sums.items() if name not in bad}
                write_sealed(sums_file, sums, self._folder)

    def _leftovers(self) -> Iterator[Damage]:
        folders = [self._folder, *(self._folder / name for name in (RUNS, FAILURES, "resolved", DERIVED))]
        # Files that the experiment names may lie in folders of their own.
        folders += {(self._folder / name).parents[up] for name in self._known for up in range(name.count("/"))}
        inside = {path for folder in folders[1:] for path in [folder, *folder.rglob("*")] if path.is_dir()}
        for path in sorted(path for folder in {*folders, *inside} for path in folder.glob("*")):
            name = relative(path, self._folder)
            if path in inside or name in self._known or name == DAMAGED:
                continue
            if not is_temporary(path):
                yield Damage(name, "unknown", "left_alone")
            elif is_stale(path):
                yield self._found(path, "temporary", "removed", partial(remove, path))
