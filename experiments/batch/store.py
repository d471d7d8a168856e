"""The store of a batch: a folder with what is to be run, and the results of what was."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from experiments.batch.durable import StoreError, relative, write_durably
from experiments.batch.experiment import Arm, Draw, Experiment
from experiments.batch.failure import RunFailure, record_failures, recorded_failures
from experiments.batch.layout import DERIVED, DERIVED_SUMS, FAILURES, MANIFEST, locked, set_aside
from experiments.batch.parts import (
    Footers,
    has_its_sum,
    part_of,
    parts_in,
    read_footers,
    read_rows,
    sidecar_of,
    write_part,
)
from experiments.batch.sealed import canonical, read_sealed, write_sealed
from experiments.batch.state import (
    State,
    commit_extension,
    draws_frame,
    extended_experiment,
    lay_out,
    load_state,
    read_state,
)
from experiments.batch.status import Status, status_of
from experiments.design import DesignError, unknown

if TYPE_CHECKING:
    import pandas as pd

    from experiments.batch.results import Results
    from experiments.batch.verify import Damage

_PAIR = "pair."
_FILES_NAMED = 3


class Store:
    """A folder of runs; open it with :meth:`open`, make it with :meth:`create`.

    Several processes may read and write one store: what it holds is read from its files each time.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._state_seen: tuple[tuple[int, ...], State] | None = None
        self._proven: dict[Path, tuple[int, ...]] = {}

    @classmethod
    def create(cls, folder: str | Path, experiment: Experiment) -> Self:
        """Make the store of an experiment, with its plan, and nothing run.

        Raises
        ------
        StoreError
            If the folder has a store, or cannot be written to.
        scenarios.ScenarioProblems
            If an arm is no law.
        """
        from experiments.batch import planning

        place = Path(folder).resolve()
        if (place / MANIFEST).exists():
            raise StoreError("store_exists", {"folder": str(place)})
        lay_out(place, experiment, planning.planned(experiment))
        return cls.open(place)

    @classmethod
    def open(cls, folder: str | Path) -> Self:
        """Open a store, and finish an extension that was cut short.

        Raises
        ------
        StoreError
            If there is none, or what says what it holds is damaged.
        """
        store = cls(Path(folder).resolve())
        store._state()
        return store

    @property
    def experiment(self) -> Experiment:
        """What the batch asks, with all that was added."""
        return self._state().experiment

    @property
    def families_per_chunk(self) -> int:
        """Families of runs that share a file of results."""
        return int(self._state().manifest["families_per_chunk"])

    def plan(self) -> pd.DataFrame:
        """Return one row a run, in the order in which they are run: columns of ``PLAN_COLUMNS``."""
        return self._state().plan.copy()

    def draws(self) -> pd.DataFrame:
        """Return one row a draw, and a column a parameter; nan where a draw leaves it at its default."""
        return draws_frame(self.experiment.draws)

    def done(self) -> set[str]:
        """Return the ids of runs that have a result, planned or not, as the footers of readable parts say."""
        return {run for runs in self._footers().runs.values() for run in runs}

    def left(self, *, chunk: int | None = None, retry_failed: bool = False) -> pd.DataFrame:
        """Return the rows of the plan that are neither done nor failed; with ``retry_failed``, the failed ones too.

        With ``chunk``, those of one chunk, and only its own files are looked at: quick enough to ask before each chunk.
        """
        plan = self._state().plan
        if chunk is None:
            settled = self.done()
        else:
            plan = plan[plan["chunk"] == chunk]
            settled = {run for runs in read_footers([part_of(self.folder, chunk)]).runs.values() for run in runs}
        if not retry_failed:
            settled |= {failure.run for failure in recorded_failures(self.folder, chunk)}
        return plan[~plan["run"].isin(settled)].reset_index(drop=True)

    def write_part(
        self, chunk: int, rows: pd.DataFrame, runs: Iterable[str], failures: Sequence[RunFailure] = ()
    ) -> None:
        """Keep the results of some runs of a chunk; those of its other runs, written before, stay.

        Parameters
        ----------
        rows
            Columns of ``ROW_COLUMNS``; nan where there is no number.
        runs
            Ids of the runs that gave a result.
        failures
            Runs that gave none; an earlier failure of a run that now is done is forgotten.

        Raises
        ------
        StoreError
            If they cannot be written, as on a full disk; nothing that was there is lost.
        """
        part, done = part_of(self.folder, chunk), set(runs)
        rows = rows.astype({"value": "float64"})
        if part.exists():
            earlier = read_rows(part)
            if earlier is None:
                set_aside(part, self.folder)
            elif set(earlier[1]) - done:
                import pandas as pd

                others = earlier[0][~earlier[0]["run"].isin(done)]
                rows, done = pd.concat([others, rows], ignore_index=True), done | set(earlier[1])
        if done:
            write_part(part, rows, done, self.folder)
        record_failures(self.folder, chunk, failures, done)

    def failures(self) -> list[RunFailure]:
        """Return the planned runs that failed and have no result, sorted."""
        waiting = set(self._state().plan["run"]) - self.done()
        return sorted(failure for failure in recorded_failures(self.folder) if failure.run in waiting)

    def values(
        self,
        outcomes: Collection[str] | None = None,
        arms: Collection[str] | None = None,
        groups: Collection[str] | None = None,
        dates: Collection[str] | None = None,
    ) -> pd.DataFrame:
        """Return arm, role, draw, replicate, seed, outcome, group, date and value of what was asked, sorted.

        Only planned runs count, and each once.

        Raises
        ------
        StoreError
            If a part is damaged: numbers never come from what is left by chance.
        """
        return self._results().values(outcome=outcomes, arm=arms, group=groups, date=dates)

    def paired(self, outcome: str, group: str = "all", date: str | None = None) -> pd.DataFrame:
        """Return arm, draw, replicate, seed, and the number under baseline and reform: a row a pair, sorted.

        Pairs of which one run is missing are left out. ``date`` is the last one kept, unless told.

        Raises
        ------
        StoreError
            Likewise :meth:`values`.
        DesignError
            If the outcome was not kept, or is a number of the pair itself, such as ``pair.touched``: :meth:`values` has
            those.
        """
        if outcome.startswith(_PAIR):
            raise DesignError(f"{outcome} is a number of the pair itself, without a baseline; read it with values()")
        pairs = self._results().paired(outcome, group, date)
        if pairs.empty and outcome not in self.experiment.question.outcomes:
            raise DesignError(unknown("outcome", outcome, self.experiment.question.outcomes))
        return pairs

    def extend(
        self,
        arms: Sequence[Arm] = (),
        draws: Sequence[Draw] = (),
        replicates: int | None = None,
        text: str | None = None,
    ) -> bool:
        """Add arms, draws and replicates to what is to be run; return whether anything was added.

        What is there already is not added again, so that two processes may ask for the same.

        Parameters
        ----------
        replicates
            How many there shall be in all.
        text
            The experiment's file as it now reads, where it was changed.

        Raises
        ------
        DesignError
            If an arm or a draw has the name of one that differs.
        StoreError
            If the new state cannot be written; the old one then holds.
        """
        from experiments.batch import planning

        self._state()
        with locked(self.folder, exclusive=True):
            before = load_state(self.folder)
            experiment = extended_experiment(before.experiment, arms, draws, replicates, text)
            if experiment == before.experiment:
                return False
            grown = planning.planned_on(before.plan, experiment, int(before.manifest["families_per_chunk"]))
            commit_extension(self.folder, experiment, grown, before.manifest)
        return True

    def content_digest(self) -> str:
        """Return a digest of what the batch found: the same whoever ran it, in whatever order, pieces and attempts."""
        results, done = self._results(), self.done()
        plan = self._state().plan
        planned = plan[plan["run"].isin(done)].drop(columns=["chunk", "family"]).sort_values("run")
        listed = canonical(planned.astype(object).where(planned.notna(), None).to_numpy().tolist())
        return hashlib.sha256(listed + results.digest().encode()).hexdigest()

    def status(self) -> Status:
        """Return how far the batch is."""
        footers = self._footers()
        files = [path for name in ("runs", FAILURES) for path in (self.folder / name).glob("part-*")]
        return status_of(
            self._state().plan,
            {run for runs in footers.runs.values() for run in runs},
            {failure.run for failure in recorded_failures(self.folder)},
            len(footers.runs),
            sum(path.stat().st_size for path in files),
            [relative(part, self.folder) for part in footers.damaged],
        )

    def verify(self, *, repair: bool = False) -> list[Damage]:
        """Look at every byte of the store; see :func:`experiments.batch.verify.verify`."""
        from experiments.batch.verify import verify

        return verify(self.folder, repair=repair)

    def derive(self, name: str, content: bytes | str) -> Path:
        """Keep what an analysis made of the runs, under ``derived/``, and return where it is.

        ``name`` may have folders in it, such as ``sensitivity/morris.json``. What was there under it is replaced.
        """
        path = (self.folder / DERIVED / name).resolve()
        if not path.is_relative_to(self.folder / DERIVED) or name in {"", ".", "sums.json"}:
            raise ValueError(f"{name!r} is no name of a file in {DERIVED}/")
        data = content.encode("utf-8") if isinstance(content, str) else content
        sums = self.folder / DERIVED_SUMS
        with locked(self.folder, exclusive=True):
            known = read_sealed(sums, self.folder) if sums.exists() else {}
            write_durably(path, data, self.folder)
            known[relative(path, self.folder)] = hashlib.sha256(data).hexdigest()
            write_sealed(sums, known, self.folder)
        return path

    def _state(self) -> State:
        stamp = stamp_of(self.folder / MANIFEST)
        if self._state_seen is None or self._state_seen[0] != stamp:
            state = read_state(self.folder)
            self._state_seen = (stamp_of(self.folder / MANIFEST), state)
        return self._state_seen[1]

    def _footers(self) -> Footers:
        return read_footers(parts_in(self.folder))

    def _results(self) -> Results:
        from experiments.batch.results import Results

        footers = self._footers()
        damaged = [*footers.damaged, *(part for part in footers.runs if not self._is_sound(part))]
        if damaged:
            names = ", ".join(relative(part, self.folder) for part in damaged[:_FILES_NAMED])
            more = " ..." if len(damaged) > _FILES_NAMED else ""
            raise StoreError("damaged_parts", {"files": names + more, "folder": str(self.folder)})
        return Results(footers.runs, self._state().plan)

    def _is_sound(self, part: Path) -> bool:
        """Say whether a part has the content it was written with; its bytes are looked at again only if they changed."""
        stamp = (*stamp_of(part), *stamp_of(sidecar_of(part)))
        if self._proven.get(part) != stamp:
            if not has_its_sum(part) and read_rows(part) is None:
                return False
            self._proven[part] = stamp
        return True


def stamp_of(path: Path) -> tuple[int, ...]:
    """Return what tells one content of a file from the next, without reading it; empty if there is none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns
