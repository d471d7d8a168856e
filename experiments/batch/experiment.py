"""What a batch asks: arms, draws of what is uncertain, replicates, and the numbers kept of every run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from experiments.design import Design, DesignError, Question

SEED_STEP = 1000
"""From the seeds of one draw to those of the next, where every draw has its own."""
DEFAULT_CHUNK_RUNS = 100
"""Runs that one file of results holds, unless told."""


@dataclass(frozen=True)
class Arm:
    """One law that is run: reforms joined in their order, then levers set from a month on.

    Without parts and levers it is the baseline itself. ``parts`` are ids or files of scenarios; ``levers`` are values by
    path, such as ``work_permit.category_a.points_min``, and ``levers_from`` is the month, ``YYYY-MM``, they hold from.
    ``folder`` is where files among the parts, and among the experiment's ``assume``, are looked for.
    """

    id: str
    parts: tuple[str, ...] = ()
    levers: Mapping[str, float] = field(default_factory=dict)
    levers_from: str = "2027-01"
    # An experiment stays the same one when its folder is moved.
    folder: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True)
class Draw:
    """One setting of what is uncertain: values of behaviour or the world by name or path, on both sides of a pair.

    Draw 0 of an experiment without uncertainty has no parameters: everything is at its default.
    """

    number: int
    parameters: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Stop:
    """When replicates suffice: the half width of the interval of a paired difference, for every arm.

    ``half_width`` is a share of the difference where ``relative``, else in the outcome's unit. ``outcome``, ``group`` and
    ``date`` are among those kept.
    """

    outcome: str
    group: str
    date: str
    half_width: float
    relative: bool
    confidence: float = 0.95


@dataclass(frozen=True)
class Replicates:
    """Replicates of every arm and draw; replicate i has seed ``seed + i``, unless draws have seeds of their own.

    Without ``stop`` there are ``least`` of them. With it, ``batch`` more are added until it is met or there are ``most``.
    """

    least: int
    batch: int = 10
    most: int | None = None
    stop: Stop | None = None

    def __post_init__(self) -> None:
        if self.least < 1:
            raise DesignError(f"the number of replicates must be 1 or more, got {self.least}")
        if self.batch < 1:
            raise DesignError(f"a batch of replicates must be 1 or more, got {self.batch}")
        if self.most is not None and self.most < self.least:
            raise DesignError(f"at most {self.most} replicates are fewer than the {self.least} asked for at least")


@dataclass(frozen=True)
class Limits:
    """What a batch may take at most; a plan above one of them is refused. None is no limit."""

    runs: int | None = 200_000
    hours: float | None = None
    gigabytes: float | None = 20.0


@dataclass(frozen=True)
class Experiment:
    """A batch: every arm under every draw with every seed, and what is kept of each run.

    ``design.replicates`` is ``replicates.least``. ``assume`` are ids or files of scenarios whose assumptions hold on both
    sides. ``text`` is the experiment's file as given, or one that says the same. ``analyses`` holds the sections of the
    file that other verbs read (sensitivity, decompose, discover, optimise), checked by them. ``own_seeds`` says that
    draw d begins at seed ``seed + SEED_STEP x d`` instead of every draw at the same.
    """

    id: str
    title: Mapping[str, str]
    arms: tuple[Arm, ...]
    design: Design
    question: Question
    replicates: Replicates
    draws: tuple[Draw, ...] = (Draw(0),)
    assume: tuple[str, ...] = ()
    limits: Limits = Limits()
    chunk_runs: int = DEFAULT_CHUNK_RUNS
    text: str = ""
    analyses: Mapping[str, object] = field(default_factory=dict)
    own_seeds: bool = False

    def __post_init__(self) -> None:
        names = [arm.id for arm in self.arms]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise DesignError(f"two arms are called {twice[0]!r}; give one of them an id of its own")
        if not self.arms:
            raise DesignError("an experiment needs at least one scenario")
        if self.chunk_runs < 1:
            raise DesignError(f"a file of results holds 1 run or more, got {self.chunk_runs}")
