"""The book of rooms: what was accepted is committed to disk before it is told."""

from __future__ import annotations

import hmac
import json
import sqlite3
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from experiments.classroom.rooms import refusals
from experiments.classroom.rooms.records import Group, Room, State, group_of, room_of
from experiments.classroom.rooms.secrecy import digest_of, new_code, new_key, new_secret
from experiments.classroom.rooms.settings import Settings
from experiments.classroom.rooms.tables import opened

ROOMS_MOST = 100
NAME_MOST, TITLE_MOST = 32, 80
KEPT_DAYS = 30
_DAY_SECONDS = 86_400


class RoomBook:
    """Rooms, groups, packages and results in one SQLite file; safe to use from several threads.

    Parameters
    ----------
    file
        Made if it is not there, with its folder.
    clock
        Seconds since 1970; rooms older than ``KEPT_DAYS`` are forgotten when the book is opened, and when one is made.

    Raises
    ------
    BookError
        If the file cannot be used.
    """

    def __init__(self, file: Path, *, clock: Callable[[], float] = time.time) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._clock, self._lock = clock, threading.RLock()
        self._listeners: list[Callable[[int], None]] = []
        self._connection = opened(file)
        self.forget_old()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def listen(self, listener: Callable[[int], None]) -> Callable[[], None]:
        """Call ``listener`` with the id of every room that changes, from any thread; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @contextmanager
    def _writing(self, room: int | None = None) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # A full disk may have undone it already; left open, it would block every later one.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        if room is not None:
            for listener in tuple(self._listeners):
                listener(room)

    def _rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    # Rooms

    def make_room(self, title: str, lang: str, settings: Settings) -> Room:
        """Make a room with a code and hidden seeds of its own."""
        title = clean_name(title, TITLE_MOST)
        self.forget_old()
        secret = new_secret(settings.pairs)
        with self._writing() as book:
            if book.execute("SELECT count(*) FROM rooms").fetchone()[0] >= ROOMS_MOST:
                raise refusals.too_many_rooms(ROOMS_MOST)
            taken = {row[0] for row in book.execute("SELECT code FROM rooms")}
            code = next(code for code in iter(new_code, "") if code not in taken)
            kept = (code, title, lang, json.dumps(settings.to_dict()), json.dumps(secret.to_dict()), secret.commitment)
            book.execute(
                "INSERT INTO rooms (code, title, lang, settings, secret, commitment, made) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*kept, int(self._clock())),
            )
        return self.room(code)

    def room(self, code: str) -> Room:
        """Return the room of a code, in any case; refused (404) if there is none."""
        rows = self._rows("SELECT * FROM rooms WHERE code = ?", code.strip().upper()[:20])
        if not rows:
            raise refusals.no_room()
        return room_of(rows[0])

    def rooms(self, state: State | None = None) -> list[Room]:
        """Return all rooms, or those in a state, the newest first."""
        found = [room_of(row) for row in self._rows("SELECT * FROM rooms ORDER BY id DESC")]
        return [room for room in found if state in (None, room.state)]

    def move(self, room: Room, to: State, *, among: tuple[State, ...]) -> Room:
        """Put a room into another state; refused (409) unless it is in one of ``among``."""
        with self._writing(room.id) as book:
            _check_state(book, room.id, among)
            book.execute("UPDATE rooms SET state = ? WHERE id = ?", (to, room.id))
            if to in ("open", "evaluating"):
                # What is asked for again is tried again.
                book.execute("DELETE FROM failures WHERE room = ?", (room.id,))
        return self.room(room.code)

    def delete_room(self, room: Room) -> None:
        """Forget a room and all that belongs to it."""
        with self._writing(room.id) as book:
            book.execute("DELETE FROM rooms WHERE id = ?", (room.id,))
        # The log would still hold what was deleted.
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def forget_old(self, days: int = KEPT_DAYS) -> None:
        """Forget rooms that were made more than some days ago."""
        with self._writing() as book:
            done = book.execute("DELETE FROM rooms WHERE made < ?", (int(self._clock()) - days * _DAY_SECONDS,))
        if done.rowcount:
            # As where a teacher deletes one.
            self._rows("PRAGMA wal_checkpoint(TRUNCATE)")

    # Groups

    def join(self, room: Room, name: str, key: str = "", *, late: bool = False) -> tuple[Group, str]:
        """Return a new group with its key, or, with the key of a group that is there, that one; ``late``: after closing, too.

        Refused for a bad or taken name, a full room, a room that is not open.
        """
        name = clean_name(name, NAME_MOST)
        there = self._named(room, name)
        if there:
            if key and hmac.compare_digest(digest_of(key), there[0]["digest"]):
                return group_of(there[0]), key
            raise refusals.name_taken()
        key = new_key()
        with self._writing(room.id) as book:
            _check_state(book, room.id, ("open", "closed") if late else ("open",))
            if book.execute("SELECT count(*) FROM groups WHERE room = ?", (room.id,)).fetchone()[0] >= room.settings.groups:  # fmt: skip
                raise refusals.room_full(room.settings.groups)
            try:
                book.execute(
                    "INSERT INTO groups (room, name, folded, digest) VALUES (?, ?, ?, ?)",
                    (room.id, name, folded(name), digest_of(key)),
                )
            except sqlite3.IntegrityError:
                raise refusals.name_taken() from None
        return self.group(room, key), key

    def group_named(self, room: Room, name: str) -> Group | None:
        """Return the group of a name, in any case and width."""
        return next((group_of(row) for row in self._named(room, clean_name(name, NAME_MOST))), None)

    def _named(self, room: Room, name: str) -> list[sqlite3.Row]:
        return self._rows("SELECT * FROM groups WHERE room = ? AND folded = ?", room.id, folded(name))

    def group(self, room: Room, key: str) -> Group:
        """Return the group of a room whose key this is; refused (403) if there is none."""
        rows = self._rows("SELECT * FROM groups WHERE room = ? AND digest = ?", room.id, digest_of(key))
        if not rows:
            raise refusals.not_in_room()
        return group_of(rows[0])

    def groups(self, room: Room) -> list[Group]:
        """Return the groups of a room in the order in which they joined."""
        return [group_of(row) for row in self._rows("SELECT * FROM groups WHERE room = ? ORDER BY id", room.id)]

    def remove_group(self, room: Room, group: int) -> None:
        """Forget a group, as a teacher may where a name offends; only before evaluation."""
        with self._writing(room.id) as book:
            _check_state(book, room.id, ("open", "closed"))
            book.execute("DELETE FROM groups WHERE room = ? AND id = ?", (room.id, group))

    def draft(self, group: Group, asked: Mapping[str, Any]) -> None:
        """Keep what a group is designing."""
        # Nobody else sees it, so nobody is told.
        with self._writing() as book:
            _check_state(book, group.room, ("open",))
            book.execute("UPDATE groups SET draft = ? WHERE id = ?", (json.dumps(asked), group.id))

    def submit(self, group: Group, asked: Mapping[str, Any] | None, price: float, *, late: bool = False) -> None:
        """Hand in a checked question at its price, or take back what was handed in; ``late``: after closing, too."""
        with self._writing(group.room) as book:
            _check_state(book, group.room, ("open", "closed") if late else ("open",))
            text = None if asked is None else json.dumps(asked)
            book.execute(
                "UPDATE groups SET submission = ?, price = ?, draft = coalesce(?, draft) WHERE id = ?",
                (text, price, text, group.id),
            )

    # Results

    def keep_results(self, room: Room, kind: str, pair: int, values: Mapping[int, Any]) -> None:
        """Keep what one hidden pair gave each group, all at once; what is there already stays."""
        with self._writing(room.id) as book:
            book.executemany(
                "INSERT OR IGNORE INTO results (group_id, kind, pair, value) SELECT id, ?, ?, ? FROM groups WHERE id = ?",
                [(kind, pair, json.dumps(value), group) for group, value in values.items()],
            )

    def results(self, room: Room, kind: str) -> dict[int, dict[int, Any]]:
        """Return the results of a kind by group, then by pair in their order."""
        found: dict[int, dict[int, Any]] = {}
        rows = self._rows(
            "SELECT group_id, pair, value FROM results JOIN groups ON id = group_id "
            "WHERE room = ? AND kind = ? ORDER BY group_id, pair",
            room.id,
            kind,
        )
        for row in rows:
            found.setdefault(row["group_id"], {})[row["pair"]] = json.loads(row["value"])
        return found

    def keep_failure(self, room: Room, task: str, error: str) -> None:
        """Keep that a task gave nothing, and why."""
        with self._writing(room.id) as book:
            book.execute("INSERT OR REPLACE INTO failures VALUES (?, ?, ?)", (room.id, task, error[:500]))

    def failures(self, room: Room) -> dict[str, str]:
        """Return the tasks of a room that gave nothing, and why."""
        return {row["task"]: row["error"] for row in self._rows("SELECT * FROM failures WHERE room = ?", room.id)}


def _check_state(book: sqlite3.Connection, room: int, among: tuple[State, ...]) -> None:
    row = book.execute("SELECT state FROM rooms WHERE id = ?", (room,)).fetchone()
    if row is None:
        raise refusals.no_room()
    if row["state"] not in among:
        raise refusals.wrong_state(row["state"])


def folded(name: str) -> str:
    """Return a name as names are compared.

    >>> folded("ＴＥＡＭ a")
    'team a'
    """
    return unicodedata.normalize("NFKC", name).casefold()


def clean_name(name: Any, most: int) -> str:
    r"""Return a name without what cannot be seen, its spaces single; refused (400) if empty or too long.

    It may hold any sign, so that it must be escaped wherever it is shown.

    >>> clean_name("  Team \u202e  1 ", 32)
    'Team 1'
    """
    text = "".join(sign for sign in name if sign == " " or sign.isprintable()) if isinstance(name, str) else ""
    text = " ".join(text.split())
    if not 0 < len(text) <= most:
        raise refusals.bad_name(most)
    return text
