"""Finished answers, kept in memory and on disk, so that a question asked before is answered at once."""

from __future__ import annotations

import os
from collections import OrderedDict
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

_DIGEST = 64
_LEFT = 0.9
"""Share of what a disk may hold that is left after tidying, so that it is not done at every answer."""


class Kept:
    """Answers by key; the least used are let go.

    Parameters
    ----------
    folder
        Where answers outlive the server; None for memory alone.
    most_bytes, most_bytes_on_disk
        What may be kept in either place.
    """

    def __init__(self, folder: Path | None, most_bytes: int, most_bytes_on_disk: int) -> None:
        self._folder, self._most, self._most_on_disk = folder, most_bytes, most_bytes_on_disk
        self._answers: OrderedDict[str, bytes] = OrderedDict()
        self._size = self._on_disk = 0
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            self._tidy(folder)

    def get(self, key: str) -> bytes | None:
        """Return an answer, or None. A file that is not what was written counts as none."""
        if key in self._answers:
            self._answers.move_to_end(key)
            return self._answers[key]
        answer = None if self._folder is None else _read(self._folder / key)
        if answer is not None:
            self._remember(key, answer)
        return answer

    def put(self, key: str, answer: bytes) -> None:
        """Keep an answer; a disk that is full or gone keeps nothing, and that is no error."""
        self._remember(key, answer)
        if self._folder is not None:
            with suppress(OSError):
                _write(self._folder / key, answer)
                self._on_disk += _DIGEST + len(answer)
                # A class that asks all day must not fill the disk of its laptop.
                if self._on_disk > self._most_on_disk:
                    self._tidy(self._folder)

    def _remember(self, key: str, answer: bytes) -> None:
        self._size += len(answer) - len(self._answers.pop(key, b""))
        self._answers[key] = answer
        while self._size > self._most and self._answers:
            self._size -= len(self._answers.popitem(last=False)[1])

    def _tidy(self, folder: Path) -> None:
        files = sorted((file.stat().st_mtime, file) for file in folder.iterdir() if file.is_file())
        size = sum(file.stat().st_size for _, file in files)
        for _, file in files:
            if size > self._most_on_disk * _LEFT or file.suffix:
                size -= file.stat().st_size
                file.unlink()
        self._on_disk = size


def _read(path: Path) -> bytes | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    digest, answer = content[:_DIGEST], content[_DIGEST:]
    return answer if sha256(answer).hexdigest().encode() == digest else None


def _write(path: Path, answer: bytes) -> None:
    aside = path.with_suffix(f".{os.getpid()}")
    aside.write_bytes(sha256(answer).hexdigest().encode() + answer)
    aside.replace(path)
