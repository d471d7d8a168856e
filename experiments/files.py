"""Files that are whole or not there: written aside, then renamed."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file so that a reader sees the old content or all of the new, even after a crash.

    Missing folders are made. Text is written as UTF-8 with LF.
    """
    content = content.encode("utf-8") if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files private; results are for others to read, as the user's umask allows.
        Path(aside).chmod(0o666 & ~_umask())
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def check_folder(folder: Path) -> None:
    """Make a folder, and refuse one that cannot be written to: before the work whose result it is to hold.

    Raises
    ------
    OSError
        Naming the folder or what stands in its way.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def _umask() -> int:
    now = os.umask(0o077)
    os.umask(now)
    return now
