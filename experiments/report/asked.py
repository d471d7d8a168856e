"""What a report is asked about: the same whatever its language and its readers, so every section can be kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.runner import OnProgress

if TYPE_CHECKING:
    from experiments.design import Design
    from experiments.posterior import PosteriorDraws
    from experiments.replicate import Case


@dataclass(frozen=True)
class Asked:
    """Scenarios and how they are run: sections are functions of this alone.

    Attributes
    ----------
    names
        Ids or files of the scenarios, as they were given.
    cases
        The same beside their baselines, under ``assumed``.
    design
        Seeds, replicates, scale, horizon of the comparison; a section that needs fewer runs says so.
    draws
        Settings of the uncertain parameters the comparison is made over; 0 for their defaults.
    posterior
        File of these settings; the shipped one if None.
    drawn
        The settings themselves, None without draws.
    assume
        Ids or files of scenarios whose assumptions hold on both sides, as they were given.
    assumed
        The same, loaded.
    """

    names: tuple[str, ...]
    cases: tuple[Case, ...]
    design: Design
    draws: int = 0
    posterior: Path | None = None
    drawn: PosteriorDraws | None = field(default=None, repr=False)
    assume: tuple[str, ...] = ()
    assumed: tuple[Any, ...] = ()

    @property
    def is_one(self) -> bool:
        """Whether there is one scenario, so that sections about one can be told."""
        return len(self.cases) == 1

    @property
    def is_package(self) -> bool:
        """Whether there is one scenario, and it consists of others."""
        return self.is_one and bool(self.cases[0].scenario.reforms)


@dataclass(frozen=True)
class Running:
    """How the runs of a section are done; nothing of it moves a number.

    Attributes
    ----------
    jobs
        Worker processes; one per processor if None.
    on_progress
        Told of tasks done, with parts of tasks, and of all tasks.
    should_stop
        Asked now and then; once true, the section ends soon by KeyboardInterrupt, with what it ran kept in ``folder``.
    folder
        Where a section may keep its runs, in a folder of its own name; nowhere if None.
    """

    jobs: int | None = None
    on_progress: OnProgress | None = None
    should_stop: Callable[[], bool] | None = None
    folder: Path | None = None
