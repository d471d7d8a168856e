"""What to run and what to ask of it, checked before anything starts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata

DEFAULT_SCALE = 500
"""People that one row stands for, unless told: 3 reforms x 20 replicates then answer within a minute on 2 cores."""
CHECK_SCALE = 100
"""The same for the check against data, finer because some targets count a thousand people."""
DEFAULT_REPLICATES = 20
DEFAULT_DRAWS = 10
"""Draws of the uncertain parameters that a comparison is made over, unless told: two of 20 replicates have each."""
DEFAULT_SEED = 1
DEFAULT_UNTIL = "2040-12"
MAX_REPLICATES = 400
"""Replicates at which a search for precision gives up, unless told."""
FIRST_DATE = "2018-01"
"""First month reported; the years before only fill the country."""
LAST_UNTIL = "2060-12"
ENGINES = ("compiled", "agents")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")


class DesignError(ValueError):
    """A run that cannot be done as asked: a date outside the horizon, a number out of range, an unknown name."""


class MissingInputError(DesignError):
    """A file that a run needs is not there."""


@dataclass(frozen=True)
class Design:
    """How a set of runs is made: the same design gives the same numbers.

    ``seed`` is the first seed, at least 0; replicate i has seed + i. ``scale`` is people a row, at least 1. ``until``
    is the last month simulated.
    """

    seed: int = DEFAULT_SEED
    replicates: int = DEFAULT_REPLICATES
    scale: int = DEFAULT_SCALE
    until: str = DEFAULT_UNTIL
    engine: str = "compiled"

    def __post_init__(self) -> None:
        if self.seed < 0:
            raise DesignError(f"the seed must be 0 or more, got {self.seed}")
        if self.replicates < 1:
            raise DesignError(f"the number of replicates must be 1 or more, got {self.replicates}")
        if self.scale < 1:
            raise DesignError(f"the scale must be 1 person a row or more, got {self.scale}")
        if self.engine not in ENGINES:
            raise DesignError(f"the engine must be one of {', '.join(ENGINES)}, got {self.engine!r}")
        if not _DATE.fullmatch(self.until) or len(self.until) != 7:
            raise DesignError(f"the horizon must be a month, YYYY-MM, got {self.until!r}")
        if not FIRST_DATE <= self.until <= LAST_UNTIL:
            raise DesignError(f"the horizon must be {FIRST_DATE} to {LAST_UNTIL}, got {self.until}")

    @property
    def seeds(self) -> range:
        """Seeds of the replicates, in order."""
        return range(self.seed, self.seed + self.replicates)


def luck_and_draws(replicates: int | None, draws: int | None, *, least: int = DEFAULT_REPLICATES) -> tuple[int, int]:
    """Return the number of replicates and of draws of the uncertain parameters.

    Parameters
    ----------
    replicates
        None for ``least``, or for two of each draw where those are more, each draw equally often.
    draws
        0, or 2 and more. None for :data:`DEFAULT_DRAWS`, or 0 where fewer replicates are asked for than those take.

    Raises
    ------
    DesignError
        If the variance over draws could not be told from that over seeds.

    >>> luck_and_draws(None, None), luck_and_draws(8, None), luck_and_draws(None, 0), luck_and_draws(None, 30)
    ((20, 10), (8, 0), (20, 0), (60, 30))
    """
    if draws is None:
        draws = DEFAULT_DRAWS if replicates is None or replicates >= 2 * DEFAULT_DRAWS else 0
    if draws < 0 or draws == 1:
        raise DesignError(f"draws of the uncertain parameters are 0, or 2 and more, got {draws}")
    if not draws:
        return (least if replicates is None else replicates), 0
    if replicates is None:
        return draws * max(2, -(-least // draws)), draws
    if replicates < 2 * draws:
        raise DesignError(
            f"{draws} draws need {2 * draws} replicates or more, two of each to tell parameters from chance, "
            f"got {replicates}"
        )
    return replicates, draws


@dataclass(frozen=True)
class Question:
    """Which numbers are asked for: every outcome for every group at every date.

    A date is a month, ``YYYY-MM``; ``YYYY`` stands for its December. Levels are those at its end; flows, and shares of
    flows, count the 12 months up to it. With ``paths`` every month is worked out, as figures need; else the dates alone.
    """

    outcomes: tuple[str, ...] = ("stock",)
    groups: tuple[str, ...] = ("all",)
    dates: tuple[str, ...] = ()
    paths: bool = True


def check_question(
    question: Question, until: str, *, known_outcomes: Iterable[str], known_groups: Iterable[str]
) -> Question:
    """Return the question with its defaults filled in and its families of groups written out.

    ``category`` stands for every ``category=...``. Without dates, those of :func:`default_dates` are asked for.

    Raises
    ------
    DesignError
        Naming what is unknown and the nearest known name.
    """
    groups = list(known_groups)
    outcomes = _each_known("outcome", question.outcomes, list(known_outcomes))
    families = {group.partition("=")[0] for group in groups if "=" in group}
    wanted: list[str] = []
    for name in question.groups:
        if name in families:
            wanted.extend(group for group in groups if group.startswith(f"{name}="))
        else:
            wanted.append(name)
    dates = [checked_date(date, until) for date in question.dates] or default_dates(until)
    return Question(outcomes, _each_known("group", wanted, groups), _unique(dates), question.paths)


def default_dates(until: str) -> tuple[str, ...]:
    """Return the dates shown unless told: December 2035, where it is simulated, and the last December.

    >>> default_dates("2040-12"), default_dates("2030-06")
    (('2035-12', '2040-12'), ('2029-12',))
    """
    year, month = int(until[:4]), int(until[5:])
    last = f"{year if month == 12 else year - 1}-12"
    dates = _unique([date for date in ("2035-12", last) if FIRST_DATE <= date <= until])
    return dates or (until,)


def checked_date(date: str, until: str) -> str:
    """Return the month that a date means; refuse one that is not simulated and reported.

    >>> checked_date("2035", "2040-12")
    '2035-12'
    """
    if not _DATE.fullmatch(date):
        raise DesignError(f"a date is a month, YYYY-MM, or a year, YYYY; got {date!r}")
    month = date if len(date) == 7 else f"{date}-12"
    if not FIRST_DATE <= month <= until:
        raise DesignError(f"the date must lie in {FIRST_DATE} to {until}, got {date}")
    return month


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Return the sentence for an unknown name, with the nearest known one.

    >>> unknown("outcome", "stok", ["stock", "inflow"])
    "unknown outcome 'stok'; did you mean 'stock'?"
    """
    from scenarios.names import listed, nearest

    known = list(known)
    close = nearest(name, known)
    if close:
        return f"unknown {what} {name!r}; did you mean {close!r}?"
    return f"unknown {what} {name!r}; known: {listed(known)}"


def version() -> str:
    """Return the version of the installed package, or ``unreleased`` when run from source."""
    try:
        return metadata.version("talentflow")
    except metadata.PackageNotFoundError:
        return "unreleased"


def _each_known(what: str, names: Sequence[str], known: list[str]) -> tuple[str, ...]:
    for name in names:
        if name not in known:
            raise DesignError(unknown(what, name, known))
    return _unique(names)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
