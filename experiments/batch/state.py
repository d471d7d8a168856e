"""What a store is for: its manifest, its experiment and its plan, each checked against its sum when it is read."""

from __future__ import annotations

import datetime as dt
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.batch.durable import StoreError, aside, write_durably
from experiments.batch.experiment import Arm, Draw, Experiment
from experiments.batch.layout import (
    ARMS,
    DRAWS,
    EXPERIMENT,
    EXTENSION,
    MANIFEST,
    PLAN,
    RESOLVED,
    locked,
    settle,
)
from experiments.batch.parquet import PLAN_COLUMNS, read_frame, save_frame
from experiments.batch.sealed import read_sealed, sha256_of, write_sealed
from experiments.design import DesignError, version

if TYPE_CHECKING:
    import pandas as pd

SCHEMA = "talentflow.store/1"
_ELSEWHERE = {"arms", "draws", "text"}
"""Fields of an experiment that the manifest does not hold with the others."""


@dataclass(frozen=True)
class Planned:
    """What is to be run: the plan, how it is cut into chunks, and every value of each arm not yet written, as CSV by arm.

    ``source_sha256`` is the hash of the model's source that is part of every run's id. ``inputs`` are files that the
    experiment names, by path, kept so that the store needs no other folder.
    """

    plan: pd.DataFrame
    families_per_chunk: int
    resolved: Mapping[str, str]
    source_sha256: str
    inputs: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class State:
    """The state of a store: content of the manifest, experiment, plan (columns of ``PLAN_COLUMNS``)."""

    manifest: Mapping[str, Any]
    experiment: Experiment
    plan: pd.DataFrame


def lay_out(folder: Path, experiment: Experiment, planned: Planned) -> None:
    """Make a store; the manifest is written last and makes it one.

    Raises
    ------
    StoreError
        If there is one already, or the folder cannot be written to.
    """
    if (folder / MANIFEST).exists():
        raise StoreError("store_exists", {"folder": str(folder)})
    created = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    _write_state(folder, folder, experiment, planned, {"created": created, "sums": {}})


def commit_extension(folder: Path, experiment: Experiment, planned: Planned, before: Mapping[str, Any]) -> None:
    """Replace the state of a store as a whole; the exclusive lock is held."""
    with aside(folder / EXTENSION, folder) as temporary:
        temporary.mkdir()
        _write_state(temporary, folder, experiment, planned, before)
    settle(folder)


def _write_state(
    place: Path, folder: Path, experiment: Experiment, planned: Planned, before: Mapping[str, Any]
) -> None:
    write_durably(place / EXPERIMENT, experiment.text.encode("utf-8"), folder)
    write_sealed(place / ARMS, [_plain_arm(arm) for arm in experiment.arms], folder)
    draws, columns = _draws_table(experiment.draws)
    save_frame(draws, columns, place / DRAWS, folder)
    save_frame(planned.plan, PLAN_COLUMNS, place / PLAN, folder)
    tables = {f"{RESOLVED}/{_file_name(arm)}.csv": text for arm, text in planned.resolved.items()}
    for name, text in tables.items():
        write_durably(place / name, text.encode("utf-8"), folder)
    for name, content in planned.inputs.items():
        write_durably(place / name, content, folder)
    names = [EXPERIMENT, ARMS, DRAWS, PLAN, *tables, *planned.inputs]
    manifest = {
        "schema": SCHEMA,
        "created": before["created"],
        "versions": _versions(),
        "platform": platform.platform(),
        "source_sha256": planned.source_sha256,
        "families_per_chunk": planned.families_per_chunk,
        "experiment": _adapter().dump_python(experiment, mode="json", exclude=_ELSEWHERE),
        "text": experiment.text,
        "sums": {**before["sums"], **{name: sha256_of(place / name) for name in names}},
    }
    write_sealed(place / MANIFEST, manifest, folder)


def read_state(folder: Path) -> State:
    """Return the state of a store, after finishing an extension that was cut short.

    Raises
    ------
    StoreError
        If there is no store, it is of another version, or a file of its state is damaged.
    """
    settle_if_due(folder)
    with locked(folder, exclusive=False):
        return load_state(folder)


def settle_if_due(folder: Path) -> None:
    """Finish an extension that was cut short after it was committed."""
    if (folder / EXTENSION).is_dir():
        with locked(folder, exclusive=True):
            settle(folder)


def load_state(folder: Path) -> State:
    """Return the state of a store whose lock is held; see :func:`read_state`."""
    manifest = read_manifest(folder)
    for name in (ARMS, DRAWS, PLAN):
        if not has_sum(folder / name, manifest["sums"][name]):
            raise StoreError("damaged_state", {"file": name, "folder": str(folder)})
    rest = {
        "text": manifest["text"],
        "arms": _arms_at(read_sealed(folder / ARMS, folder), folder),
        "draws": _plain_draws(read_frame(folder / DRAWS)),
    }
    experiment = _adapter().validate_python({**manifest["experiment"], **rest})
    return State(manifest, experiment, read_frame(folder / PLAN))


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the content of a store's manifest.

    Raises
    ------
    StoreError
        If there is none, it is damaged, or of another version.
    """
    try:
        manifest: dict[str, Any] = read_sealed(folder / MANIFEST, folder)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreError("no_store", {"folder": str(folder)}) from error
    if manifest["schema"] != SCHEMA:
        raise StoreError("newer_store", {"folder": str(folder), "found": manifest["schema"], "known": SCHEMA})
    return manifest


def has_sum(path: Path, sha256: str) -> bool:
    """Say whether a file is there and has a SHA-256."""
    try:
        return sha256_of(path) == sha256
    except OSError:
        return False


def extended_experiment(
    before: Experiment, arms: Sequence[Arm], draws: Sequence[Draw], replicates: int | None, text: str | None
) -> Experiment:
    """Return an experiment with arms, draws and replicates added; what it has already is not added twice.

    ``replicates`` is the number there shall be; a smaller one than there is changes nothing.

    Raises
    ------
    DesignError
        If an arm or a draw has the name of one that differs.
    """
    known_arms, known_draws = {arm.id: arm for arm in before.arms}, {draw.number: draw for draw in before.draws}
    for arm in arms:
        if known_arms.setdefault(arm.id, arm) != arm:
            raise DesignError(f"the store has another scenario called {arm.id!r}; give the new one an id of its own")
    for draw in draws:
        if known_draws.setdefault(draw.number, draw) != draw:
            raise DesignError(f"the store has another draw {draw.number}; number the new ones from {len(known_draws)}")
    least = max(before.replicates.least, replicates or 0)
    return replace(
        before,
        arms=tuple(known_arms.values()),
        draws=tuple(known_draws.values()),
        replicates=replace(before.replicates, least=least),
        design=replace(before.design, replicates=least),
        text=before.text if text is None else text,
    )


def draws_frame(draws: Sequence[Draw]) -> pd.DataFrame:
    """Return draws as a table: ``draw``, and a column for each parameter, nan where a draw leaves it at its default."""
    import pandas as pd

    names = list(dict.fromkeys(name for draw in draws for name in draw.parameters))
    columns: dict[str, Any] = {"draw": [draw.number for draw in draws]}
    return pd.DataFrame(columns | {name: [draw.parameters.get(name, float("nan")) for draw in draws] for name in names})


def _draws_table(draws: Sequence[Draw]) -> tuple[pd.DataFrame, dict[str, str]]:
    frame = draws_frame(draws)
    return frame, {name: "INTEGER" if name == "draw" else "DOUBLE" for name in frame.columns}


def _plain_draws(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows = frame.to_dict("records")
    return [
        {"number": row.pop("draw"), "parameters": {str(name): value for name, value in row.items() if value == value}}  # noqa: PLR0124 - nan is no value
        for row in rows
    ]


def _plain_arm(arm: Arm) -> dict[str, Any]:
    return {"id": arm.id, "parts": list(arm.parts), "levers": dict(arm.levers), "levers_from": arm.levers_from}


def _arms_at(arms: list[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    # The store holds the files that arms name, and moves with them.
    return [arm | {"folder": str(folder)} for arm in arms]


def _file_name(arm: str) -> str:
    return re.sub(r'[/\\:*?"<>|%\x00-\x1f]', lambda found: f"%{ord(found[0]):02X}", arm)


def _versions() -> dict[str, str]:
    libraries = {name: metadata.version(name) for name in ("duckdb", "mesa", "numba", "numpy")}
    return {"talentflow": version(), "python": platform.python_version(), **libraries}


def _adapter() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(Experiment)
