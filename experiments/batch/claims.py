"""Which process works on which chunk: locks on single bytes of one file, which end with their process."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from types import TracebackType
from typing import Self

NAME = "claims.lock"
_TAKEN = {errno.EACCES, errno.EAGAIN}


class Claims:
    """The claims of this process on the chunks of one store.

    Where the system or the file system knows no such locks every claim is granted: two processes may then do one chunk
    twice, which costs time and harms nothing, as both write the same.

    A process may have one of these for a store at a time: closing the file gives up every claim on it.
    """

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def take(self, chunk: int) -> bool:
        """Claim a chunk; say no if another process has it."""
        try:
            import fcntl
        except ImportError:
            return True
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, chunk)
        except OSError as error:
            return error.errno not in _TAKEN
        return True

    def give_up(self, chunk: int) -> None:
        """Let others have a chunk."""
        try:
            import fcntl
        except ImportError:
            return
        try:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, chunk)
        except OSError:
            return  # no such locks here

    def close(self) -> None:
        """Give up every claim."""
        os.close(self._file)
