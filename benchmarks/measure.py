"""What both benchmarks share: clocks, the machine, and lines of a table."""

from __future__ import annotations

import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import metadata
from typing import Any


@dataclass
class Spent:
    """Time spent so far.

    Attributes
    ----------
    wall
        Seconds on the clock.
    cpu
        Seconds of all threads of the process together: what a busy machine disturbs least.
    """

    wall: float = 0.0
    cpu: float = 0.0

    def on(self, work: Callable[[], Any]) -> Any:
        """Do some work, add its time, and return its result."""
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        self.wall += time.perf_counter() - wall
        self.cpu += time.process_time() - cpu
        return result


def peak_memory_mb() -> float:
    """Return the most memory that the process has held so far, MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Kilobytes on Linux, bytes on macOS.
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def machine() -> dict[str, str]:
    """Return what the numbers depend on: processor, cores and versions."""
    versions = {name: metadata.version(name) for name in ("mesa", "numba", "numpy")}
    return {"processor": _processor(), "cores": str(os.cpu_count()), "python": platform.python_version(), **versions}


def _processor() -> str:
    from llvmlite import binding

    return f"{platform.machine()} {binding.get_host_cpu_name()}"


def table(rows: Iterable[dict[str, object]]) -> str:
    """Return rows with the same keys as aligned lines under a line of names; numbers to three digits."""
    rows = list(rows)
    names = list(rows[0])
    cells = [names, *([_cell(row[name]) for name in names] for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(names))]
    return "\n".join(
        "  ".join(_padded(cell, width) for cell, width in zip(line, widths, strict=True)) for line in cells
    )


def _cell(value: object) -> str:
    if not isinstance(value, float):
        return f"{value:,}" if isinstance(value, int) else str(value)
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _padded(cell: str, width: int) -> str:
    return cell.rjust(width) if cell[:1].isdigit() else cell.ljust(width)
