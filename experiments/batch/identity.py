"""What a run is known by: a hash of all that its numbers depend on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import simulation
from simulation.records import Given

ID_LENGTH = 32
_TABLES = ("policy", "places", "origins", "rivals", "behaviour", "accounts", "costs")


@cache
def source_sha256() -> str:
    """Return a hash of the model's source, the same wherever it is installed."""
    root = Path(simulation.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        # A checkout may end lines otherwise.
        source = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(source).digest())
    return digest.hexdigest()


def given_hash(given: Given) -> str:
    """Return a hash of everything a model is given, its name aside."""
    digest = hashlib.sha256()
    for name in _TABLES:
        table = getattr(given, name)
        shape = "none" if table is None else f"{table.shape} {table.dtype.descr}"
        digest.update(f"{name} {shape}\n".encode())
        if table is not None:
            digest.update(table.tobytes())
    digest.update(canonical(given.pool).encode())
    return digest.hexdigest()


def canonical(value: Any) -> str:
    """Return a value as JSON in its one form: keys sorted, no blanks, numbers as short as they read back.

    >>> canonical({"b": 1.0, "a": [2]})
    '{"a":[2],"b":1.0}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False, ensure_ascii=True)


class RunNames:
    """Names the runs of an experiment: by law, draw and seed.

    ``scale`` and ``until`` are those of the design. A reform's run is compared with its baseline's while it goes on, so
    its name depends on both laws.
    """

    def __init__(self, scale: int, until: str) -> None:
        self._common = canonical([source_sha256(), scale, until])

    def law(self, given: str, against: str | None) -> str:
        """Return the part of a name that the law decides; hashes of what is given, here and in the baseline."""
        return _hex(canonical([self._common, given, against]))

    def run(self, law: str, draw: str, seed: int) -> str:
        """Return a run's name."""
        return _hex(f"{law} {draw} {seed}")[:ID_LENGTH]

    @staticmethod
    def draw(parameters: Mapping[str, float]) -> str:
        """Return the part of a name that the values of uncertain parameters decide."""
        return _hex(canonical({name: float(value) for name, value in parameters.items()}))


def _hex(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()
