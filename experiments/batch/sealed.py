"""JSON that carries its own checksum: {"content": ..., "sha256": of the canonical JSON of the content}.

The bytes of a file are exactly these, so that any flipped bit is found: in the content, in the checksum, between them.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from experiments.batch.durable import StoreError, relative, write_durably

_HEAD = b'{"content":'
_TAIL = re.compile(rb',"sha256":"([0-9a-f]{64})"}\n\Z')
_TAIL_BYTES = len(',"sha256":""}\n') + 64


def canonical(content: Any) -> bytes:
    """Return the one JSON text of some content: keys sorted, no blanks, UTF-8, no number that does not exist.

    >>> canonical({"b": [1, 0.5], "a": None})
    b'{"a":null,"b":[1,0.5]}'
    """
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8")


def sealed(content: Any) -> bytes:
    """Return the bytes of a sealed file."""
    text = canonical(content)
    return _HEAD + text + b',"sha256":"' + hashlib.sha256(text).hexdigest().encode("ascii") + b'"}\n'


def unsealed(data: bytes) -> Any:
    """Return the content of a sealed file.

    Raises
    ------
    ValueError
        If a byte of it is not as it was written.
    """
    tail = _TAIL.search(data, max(0, len(data) - _TAIL_BYTES))
    if not data.startswith(_HEAD) or tail is None:
        raise ValueError("not a sealed file")
    text = data[len(_HEAD) : tail.start()]
    if hashlib.sha256(text).hexdigest().encode("ascii") != tail[1]:
        raise ValueError("the content does not have its checksum")
    return json.loads(text)


def write_sealed(path: Path, content: Any, folder: Path) -> None:
    """Write a sealed file of the store."""
    write_durably(path, sealed(content), folder)


def read_sealed(path: Path, folder: Path) -> Any:
    """Return the content of a sealed file of the store.

    Raises
    ------
    StoreError
        If it is damaged.
    """
    try:
        return unsealed(path.read_bytes())
    except ValueError as error:
        raise StoreError("damaged_state", {"file": relative(path, folder), "folder": str(folder)}) from error


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
