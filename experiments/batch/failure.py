"""A run that failed, kept as data."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, order=True)
class RunFailure:
    """One run that gave no result, and why.

    ``stage`` says where it failed, such as ``population`` or ``run``. ``command`` is the one line that repeats it.
    """

    run: str
    arm: str
    draw: int
    replicate: int
    seed: int
    stage: str
    message: str
    traceback: str
    command: str

    def to_plain(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return asdict(self)
