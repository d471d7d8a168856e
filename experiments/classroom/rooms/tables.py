"""The tables of rooms in SQLite: how they are opened, brought up to date, or refused."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

APPLICATION_ID = 0x7A1E4701
"""Tells a file of rooms from any other SQLite file."""
STEPS = (
    """
    CREATE TABLE rooms (
        id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, title TEXT NOT NULL, lang TEXT NOT NULL,
        settings TEXT NOT NULL, secret TEXT NOT NULL, commitment TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'open', made INTEGER NOT NULL);
    CREATE TABLE groups (
        id INTEGER PRIMARY KEY, room INTEGER NOT NULL REFERENCES rooms ON DELETE CASCADE,
        name TEXT NOT NULL, folded TEXT NOT NULL, digest TEXT NOT NULL, draft TEXT,
        submission TEXT, price REAL, UNIQUE (room, folded));
    CREATE TABLE results (
        group_id INTEGER NOT NULL REFERENCES groups ON DELETE CASCADE, kind TEXT NOT NULL, pair INTEGER NOT NULL,
        value TEXT NOT NULL, PRIMARY KEY (group_id, kind, pair)) WITHOUT ROWID;
    CREATE TABLE failures (
        room INTEGER NOT NULL REFERENCES rooms ON DELETE CASCADE, task TEXT NOT NULL, error TEXT NOT NULL,
        PRIMARY KEY (room, task)) WITHOUT ROWID;
    """,
)
"""What brings a file from each version to the next; the version is how many have been done."""


class BookError(RuntimeError):
    """A file of rooms cannot be used; the message says why and what to do."""


def opened(file: Path) -> sqlite3.Connection:
    """Return a connection to a file of rooms, made or brought up to date if need be.

    Raises
    ------
    BookError
        If the file is of a newer version, or none of rooms.
    """
    # Hidden seeds are for nobody else on this machine.
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False, timeout=5.0)
    connection.row_factory = sqlite3.Row
    try:
        _prepare(connection, file)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise BookError(f"{file.name} is no file of rooms: {error}; move it away and start again") from None
    except BookError:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, file: Path) -> None:
    version = _checked_version(connection, file)
    connection.execute("PRAGMA journal_mode = WAL")
    # An answer that was told survives the power cut of the next moment.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # What a teacher deletes is gone, not only unlinked.
    connection.execute("PRAGMA secure_delete = ON")
    for step in range(version, len(STEPS)):
        # A step that is cut short has not happened.
        connection.executescript(f"BEGIN IMMEDIATE; {STEPS[step]}; PRAGMA user_version = {step + 1}; COMMIT;")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _checked_version(connection: sqlite3.Connection, file: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    owner = int(connection.execute("PRAGMA application_id").fetchone()[0])
    tables = int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    if owner not in {0, APPLICATION_ID} or (owner == 0 and version == 0 and tables):
        raise BookError(f"{file.name} is a file of something else, not of rooms; name another folder")
    if version > len(STEPS):
        raise BookError(
            f"{file.name} was written by a newer version (tables {version}, this version knows {len(STEPS)}): "
            "update talentflow, or name another folder"
        )
    return version
