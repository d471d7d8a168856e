"""Public facts of runs, kept in the user's cache: what ``life`` needs to live any person's life again at once.

A file holds what everybody faced in each month of one run, and where those who ever applied ended. Its name is a hash of
all that a run depends on, so a file is never read for another law, seed, scale or model.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import simulation
from experiments.design import Design
from experiments.files import write_whole
from simulation.compiled import user_cache
from simulation.facts import Facts, Recorder
from simulation.population import pool_record
from simulation.records import PERSON, Given

ENDS = np.dtype(
    [
        (name, PERSON[name])
        for name in (
            "id", "stays", "applications", "residence_applications", "couple", "is_counted",
        )
    ]
)  # fmt: skip
"""What is kept of a person at the end of a run."""
_FILES_KEPT = 24
_FOLDER = "lives"


@dataclass(frozen=True)
class Kept:
    """What was kept of a run: the facts of every month, and the ends of those who ever applied, by rising number."""

    facts: Facts
    ends: Any


@dataclass(frozen=True)
class Hooks:
    """Who is told while a run is made: before it is, with the share done, and if the facts could not be kept."""

    on_run: Callable[[], None] = lambda: None
    on_progress: Callable[[float, int], None] = lambda done, total: None  # noqa: ARG005 - nobody is told
    on_compile: Callable[[], None] = lambda: None
    on_not_kept: Callable[[str], None] = lambda reason: None  # noqa: ARG005 - likewise


def kept_of(scenario: Any, design: Design, hooks: Hooks | None = None) -> Kept:
    """Return what was kept of the run of a scenario; make the run, and keep it, if there is nothing yet.

    Parameters
    ----------
    scenario
        A ``scenarios.Scenario``.
    design
        Its first seed, scale and horizon fix the run.
    hooks
        Told what is going on.
    """
    hooks = hooks or Hooks()
    given = scenario.resolve(design.until)
    path = user_cache() / _FOLDER / f"{key_of(given, design)}.npz"
    found = _read(path)
    if found is None:
        hooks.on_run()
        found = _run(scenario, given, design, hooks)
        _write(path, found, hooks)
    return found


def key_of(given: Given, design: Design) -> str:
    """Return 32 hexadecimal digits for everything that a run's facts depend on."""
    digest = hashlib.sha256(f"{design.seed} {design.scale} {given.until} {np.__version__}".encode())
    for table in (given.policy, given.places, given.origins, given.rivals, given.behaviour, pool_record(given.pool)):
        digest.update(table.tobytes())
    folder = Path(simulation.__file__).parent
    # How a life is told changes no fact.
    sources = (source for source in folder.rglob("*.py") if source.parent.name != "biography")
    for source in sorted(sources):
        digest.update(source.relative_to(folder).as_posix().encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()[:32]


def _run(scenario: Any, given: Given, design: Design, hooks: Hooks) -> Kept:
    from experiments.cases import warm
    from simulation.model import TalentModel

    warm(scenario, design, hooks.on_compile)
    model, recorder = TalentModel(given, scale=design.scale, seed=design.seed), Recorder()
    model.on_facts = recorder
    months = given.until + 1
    while model.month < months:
        model.step()
        hooks.on_progress(model.month, months)
    persons = model.people.persons
    has_applied = (persons["applications"] > 0) | (persons["stays"] > 0)
    ends = np.zeros(int(has_applied.sum()), ENDS)
    for name in ENDS.names or ():
        ends[name] = persons[name][has_applied]
    return Kept(recorder.facts(scale=design.scale, pool=pool_record(given.pool)), ends)


def _read(path: Path) -> Kept | None:
    """Return what a file holds, or None if it is not there, or damaged."""
    try:
        # Read whole first: NumPy leaves the file of a damaged archive open.
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as arrays:
            kept = Kept(Facts.of_arrays(arrays), arrays["ends"])
        path.touch()
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None
    return kept


def _write(path: Path, kept: Kept, hooks: Hooks) -> None:
    content = io.BytesIO()
    arrays: dict[str, Any] = {**kept.facts.arrays(), "ends": kept.ends}
    np.savez(content, **arrays)
    try:
        write_whole(path, content.getvalue())
        oldest_last = sorted(path.parent.glob("*.npz"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in oldest_last[_FILES_KEPT:]:
            file.unlink(missing_ok=True)
    except OSError as error:
        hooks.on_not_kept(str(error))
