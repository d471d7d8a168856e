"""What a classroom server is told when it starts."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_MB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What one visitor, one address and the whole server may ask for at a time.

    Parameters
    ----------
    runs
        Runs of a visitor at a time; a newer one ends the oldest beyond that.
    queue
        Things of any kind that a visitor may have on the way.
    per_address
        Times what a visitor may, for all visitors of one address together. A whole class often shares the one address of
        its school's router: 60 lets every one of them in, and still bounds a program that takes a new cookie each time.
    everyone
        Things of any kind on the way in all.
    asks, asks_per_second
        Posts of a visitor in one burst, and what is granted again each second.
    row_months
        Rows x months of a question, both laws and all pairs of runs; five times what a question asks unless told.
    run_seconds
        Processor time of one run.
    step_seconds
        Time between two events of a run, after which its worker is ended.
    worker_bytes
        Memory of one worker process.
    piece_seconds, body_seconds
        How long the server waits for the next piece of a body, and for all of it: one that drips a byte at a time would
        hold a connection for ever.
    connections, connections_per_address
        Open connections in all, and from one address.
    kept_bytes, kept_bytes_on_disk
        Finished answers.
    """

    runs: int = 1
    queue: int = 4
    per_address: int = 60
    everyone: int = 240
    asks: int = 30
    asks_per_second: float = 2.0
    row_months: int = 400_000_000
    run_seconds: float = 90.0
    step_seconds: float = 45.0
    worker_bytes: int = 2048 * _MB
    piece_seconds: float = 10.0
    body_seconds: float = 30.0
    connections: int = 600
    connections_per_address: int = 300
    kept_bytes: int = 64 * _MB
    kept_bytes_on_disk: int = 512 * _MB


@dataclass(frozen=True)
class Config:
    """How the classroom is run.

    Parameters
    ----------
    folder
        Where rooms and answers are kept; None for memory alone.
    hosts
        Names, without ports, under which pages may ask this server.
    answerer
        Where workers find who answers, ``package.module:Class``.
    check
        Returns a question with its defaults, or raises an error that has ``to_dicts(lang)``.
    start
        Returns what the page needs to know first, in a language.
    version
        Part of every key: another version's answers are never shown.
    jobs
        Worker processes.
    is_warmed
        Whether workers prepare today's law before anybody asks: a minute of a processor each, for first answers at once.
    slice_seconds
        About how long a worker goes on with one task before others have their turn.
    beat_seconds
        Silence after which a stream shows that it lives.
    leave_seconds
        How long a visitor whose stream broke off is waited for.
    pages
        Folders of static files; the first that has a name wins.
    teacher_token
        Opens the teacher's page.
    addresses
        Where the server is reached, for links and the QR code; filled in once it listens.
    """

    folder: Path | None = None
    hosts: frozenset[str] = frozenset({"127.0.0.1", "localhost", "[::1]"})
    answerer: str = "experiments.classroom.answering.work:Answerer"
    check: Callable[[Any], dict[str, Any]] | None = None
    start: Callable[[str], dict[str, Any]] | None = None
    version: str = ""
    jobs: int = 1
    is_warmed: bool = True
    slice_seconds: float = 0.6
    beat_seconds: float = 10.0
    leave_seconds: float = 5.0
    pages: Sequence[Path] = (_HERE / "page", _HERE / "rooms" / "page")
    teacher_token: str = field(default_factory=lambda: secrets.token_urlsafe(16), repr=False)
    limits: Limits = Limits()
    addresses: list[str] = field(default_factory=list)
