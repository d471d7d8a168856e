"""Shares calculations among worker processes, whose order of finishing does not matter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from experiments.calibration.answering import Running
from experiments.runner import Failure, Work, Workers, default_jobs


def shared(make_work: Callable[[], Work], n: int, running: Running, names: Sequence[str]) -> list[Any]:
    """Return what the work makes of 0, 1, ... n - 1.

    Parameters
    ----------
    make_work
        Builds the work in a worker.
    names
        Of the parts, for one that fails, shape (n,).

    Raises
    ------
    KeyboardInterrupt
        If it is to stop.
    RuntimeError
        If a part fails.
    """
    found: dict[int, Any] = {}
    with Workers(make_work, min(running.jobs or default_jobs(), n)) as workers:
        for place, made in workers.run(range(n), should_stop=running.should_stop):
            if isinstance(made, Failure):
                failed = f"{names[place]} failed: {made.details}"
                raise RuntimeError(failed)  # noqa: TRY004 - a failure handed over, not an argument's type
            found[place] = made
    if len(found) < n:
        raise KeyboardInterrupt
    return [found[place] for place in range(n)]
