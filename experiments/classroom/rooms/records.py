"""What the book of rooms hands out: rooms and groups as they are at a moment."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from experiments.classroom.rooms.packages import Package, kept_package
from experiments.classroom.rooms.secrecy import Secret
from experiments.classroom.rooms.settings import Settings, settings_from

State: TypeAlias = Literal["open", "closed", "evaluating", "revealed"]


@dataclass(frozen=True)
class Room:
    """One room. ``secret`` is for the evaluation, and for everybody once it is revealed."""

    id: int
    code: str
    title: str
    lang: str
    settings: Settings
    secret: Secret
    commitment: str
    state: State
    made: int


@dataclass(frozen=True)
class Group:
    """One group: what it has drafted and what it has handed in, questions or None; the price in yuan."""

    id: int
    room: int
    name: str
    draft: dict[str, Any] | None
    submission: dict[str, Any] | None
    price: float

    @property
    def package(self) -> Package:
        """What it has handed in; nothing if it has not."""
        return kept_package(self.submission or {})


def room_of(row: sqlite3.Row) -> Room:
    """Return a room as its row holds it."""
    secret = json.loads(row["secret"])
    return Room(
        id=row["id"],
        code=row["code"],
        title=row["title"],
        lang=row["lang"],
        settings=settings_from(json.loads(row["settings"])),
        secret=Secret(tuple(secret["seeds"]), secret["draws_seed"], secret["salt"]),
        commitment=row["commitment"],
        state=row["state"],
        made=row["made"],
    )


def group_of(row: sqlite3.Row) -> Group:
    """Return a group as its row holds it."""
    draft, submission = (json.loads(row[name]) if row[name] else None for name in ("draft", "submission"))
    return Group(row["id"], row["room"], row["name"], draft, submission, row["price"] or 0.0)
