from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from experiments.batch import planning
from experiments.batch.store import Store

from . import stand_in


@pytest.fixture(autouse=True)
def planner(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have stores planned by the stand-in, so that no law is read."""
    monkeypatch.setattr(planning, "planned", stand_in.planned)
    monkeypatch.setattr(planning, "planned_on", stand_in.planned_on)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a store of 18 runs in 3 chunks, none done; its folder has a name that needs care."""
    return Store.create(tmp_path / "it's [a] store*", stand_in.experiment_of())


@pytest.fixture
def full(store: Store) -> Store:
    """Return a store of which every run is done."""
    stand_in.fill(store)
    return store


@pytest.fixture
def names() -> Callable[[Store], set[str]]:
    """Return what lists the files of a store, hidden ones too."""
    return lambda store: {
        path.relative_to(store.folder).as_posix() for path in store.folder.rglob("*") if path.is_file()
    }
