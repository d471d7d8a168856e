"""Files of a store, whole or not there: written aside, synced, renamed, their folder synced.

What was written aside carries the machine and the process in its name, so that a leftover of a process that was killed
can be told from a file being written now. Every failure to write is one error, :class:`StoreError`, which says what to do.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from experiments.batch.store_words import told

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SECONDS_BEFORE_STALE = 3600.0
"""Age at which a temporary file of another machine, or of nobody known, counts as left over."""
_ASIDE = re.compile(r"\.(?P<name>.+)\.(?P<host>[A-Za-z0-9-]+)-(?P<pid>\d+)-[0-9a-f]{8}")
_ANY_ASIDE = re.compile(r"\..+\.[\w-]{6,}")
_being_written: set[Path] = set()


class StoreError(Exception):
    """A store that cannot be read or written as asked; its text says what to do.

    ``code`` is a key of ``STORE_WORDS``, and ``fields`` are the values of its sentence.
    """

    def __init__(self, code: str, fields: Mapping[str, object]) -> None:
        super().__init__(code, dict(fields))
        self.code, self.fields = code, dict(fields)

    def __str__(self) -> str:
        return self.to_language("en")

    def to_language(self, lang: str) -> str:
        """Return the sentence in a language."""
        return told(self.code, lang, **self.fields)


@contextmanager
def aside(path: Path, folder: Path) -> Iterator[Path]:
    """Yield the path of a temporary neighbour, which becomes ``path`` when the block ends well, and else is removed.

    Missing folders are made. ``folder`` is the store, for the error's text.

    Raises
    ------
    StoreError
        If it cannot be written: the disk is full, or the place forbids it.
    """
    temporary = path.with_name(f".{path.name}.{_host()}-{os.getpid()}-{secrets.token_hex(4)}")
    _being_written.add(temporary)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        sync(temporary)
        temporary.replace(path)
        sync(path.parent)
    except OSError as error:
        remove(temporary)
        raise cannot_write(path, folder, error) from error
    except BaseException:
        remove(temporary)
        raise
    finally:
        _being_written.discard(temporary)


def write_durably(path: Path, content: bytes, folder: Path) -> None:
    """Write a file of the store whole; see :func:`aside`."""
    with aside(path, folder) as temporary, temporary.open("xb") as file:
        file.write(content)


def cannot_write(path: Path, folder: Path, error: OSError) -> StoreError:
    """Return what to tell of a file that could not be written."""
    code = "disk_full" if error.errno in _FULL else "cannot_write"
    reason = error.strerror or str(error)
    return StoreError(code, {"file": relative(path, folder), "folder": str(folder), "reason": reason})


def relative(path: Path, folder: Path) -> str:
    """Return a path as it is named inside the store."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def sync(path: Path) -> None:
    """Ask that a file, or the names in a folder, be on the disk."""
    if path.is_dir() and not hasattr(os, "O_DIRECTORY"):
        return  # Windows opens no folders, and keeps names in order by itself
    handle = os.open(path, os.O_RDONLY if path.is_dir() or hasattr(os, "O_DIRECTORY") else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_temporary(path: Path) -> bool:
    """Say whether a name is that of something written aside, by this module or by :mod:`experiments.files`."""
    return _ANY_ASIDE.fullmatch(path.name) is not None


def is_stale(path: Path) -> bool:
    """Say whether nobody can be writing a temporary file any more."""
    made = _ASIDE.fullmatch(path.name)
    if made is None or made["host"] != _host() or os.name == "nt":
        return _age(path) > _SECONDS_BEFORE_STALE
    if int(made["pid"]) == os.getpid():
        return path not in _being_written
    return not _is_alive(int(made["pid"]))


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    try:
        # A killed process whose parent has not asked for it yet still has a number, but writes nothing.
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] not in {"Z", "X"}
    except (OSError, IndexError):
        return True


def _host() -> str:
    return re.sub(r"[^A-Za-z0-9-]", "-", socket.gethostname()) or "here"


def remove(path: Path) -> None:
    """Remove what was written aside, a file or a folder."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
