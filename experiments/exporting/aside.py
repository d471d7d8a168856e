"""Files that other libraries write: made aside, then put in their place whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def files_aside(folder: Path) -> Iterator[Path]:
    """Yield an empty folder; leaving it without an error moves its files into ``folder``.

    A ``folder`` that does not exist appears with all of its files at once; into one that does they are moved one by
    one, each whole. After an error nothing is left and ``folder`` is as it was.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    home = folder if folder.is_dir() else folder.parent
    aside = Path(tempfile.mkdtemp(dir=home, prefix=f".{folder.name}."))
    try:
        yield aside
        for path in sorted(aside.iterdir()):
            _settle(path)
        if folder.is_dir():
            for path in sorted(aside.iterdir()):
                path.replace(folder / path.name)
        else:
            # mkdtemp makes folders private; results are for others to read, as the user's umask allows.
            aside.chmod(0o777 & ~_umask())
            aside.rename(folder)
        _sync(home)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _settle(path: Path) -> None:
    path.chmod(0o666 & ~_umask())
    _sync(path)


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return  # a folder cannot be opened there
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    now = os.umask(0o077)
    os.umask(now)
    return now
