"""Settings of a room, decided in the open before play: budget, hidden pairs, scale, horizon, weights of the score."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from experiments.classroom.refused import LANGUAGES, Refused

MONTH = re.compile(r"20[2-5]\d-12")
PAIRS_LEAST = 5
"""Hidden pairs from which on intervals hold what they should; see decision 13 for what fewer gave."""
LIMITS: Mapping[str, tuple[float, float]] = {
    "budget": (1e7, 1e12),
    "pairs": (PAIRS_LEAST, 60),
    "scale": (500, 20_000),
    "groups": (1, 40),
}
"""What each number of a room may be: yuan, hidden pairs, people a row, groups."""
WEIGHT_MOST = 100.0
WEIGHTS = ("people", "cost", "spread", "fairness")


@dataclass(frozen=True)
class Weights:
    """Points that the parts of a score are worth.

    ``people`` for 1,000 more people in China, ``cost`` off for 100 million yuan, ``spread`` off for a spread of 1,000
    people over hidden pairs, ``fairness`` for each percent by which the category that gains least gains.
    """

    people: float = 1.0
    cost: float = 2.0
    spread: float = 0.5
    fairness: float = 0.25


@dataclass(frozen=True)
class Settings:
    """What holds for all groups of a room.

    ``budget`` is in yuan of 2024 from 2027 to ``until``; ``pairs`` are the hidden pairs of runs, each with luck and a
    draw of the uncertain parameters of its own; one row stands for ``scale`` people; at most ``groups`` may join.
    """

    budget: float = 3e9
    pairs: int = 12
    scale: int = 5_000
    until: str = "2035-12"
    groups: int = 12
    weights: Weights = field(default_factory=Weights)

    def to_dict(self) -> dict[str, Any]:
        """Return the settings as plain values."""
        return asdict(self)


def settings_of(asked: Mapping[str, Any]) -> Settings:
    """Return checked settings; what is not named has its default.

    Raises
    ------
    Refused
        400, with every problem, for unknown names and for numbers outside their limits.
    """
    known = [one.name for one in fields(Settings)]
    problems = [_problem(name, f"{', '.join(known)}", "?") for name in asked if name not in known]
    values: dict[str, Any] = {}
    for name, (low, high) in LIMITS.items():
        value = asked.get(name, getattr(Settings(), name))
        if not _is_number(value) or not low <= value <= high:
            problems.append(_problem(name, f"{low:,.0f} - {high:,.0f}", value))
        else:
            values[name] = float(value) if name == "budget" else int(value)
    until = asked.get("until", Settings().until)
    if not isinstance(until, str) or not MONTH.fullmatch(until) or not "2028-12" <= until <= "2050-12":
        problems.append(_problem("until", "2028-12 - 2050-12 (YYYY-12)", until))
    weights, wrong = _weights(asked.get("weights", {}))
    if problems or wrong:
        raise _refused([*problems, *wrong])
    return Settings(**values, until=until, weights=weights)


def settings_from(kept: Mapping[str, Any]) -> Settings:
    """Return settings as they were kept; they were checked when they came in."""
    return Settings(**{**kept, "weights": Weights(**kept["weights"])})


def _weights(asked: Any) -> tuple[Weights, list[dict[str, str]]]:
    if not isinstance(asked, dict):
        return Weights(), [_problem("weights", "{...}", asked)]
    problems = [_problem(f"weights.{name}", ", ".join(WEIGHTS), "?") for name in asked if name not in WEIGHTS]
    for name in WEIGHTS:
        value = asked.get(name, 0.0)
        if not _is_number(value) or not 0 <= value <= WEIGHT_MOST:
            problems.append(_problem(f"weights.{name}", f"0 - {WEIGHT_MOST:g}", value))
    if problems:
        return Weights(), problems
    given = {name: float(asked[name]) for name in WEIGHTS if name in asked}
    found = Weights(**given)
    return found, [] if any(asdict(found).values()) else [_problem("weights", "> 0", 0)]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _problem(name: str, rule: str, value: Any) -> dict[str, str]:
    return {"path": name[:60], "text": f"{name[:60]}: {rule}; {str(value)[:60]!r}"}


def _refused(problems: list[dict[str, str]]) -> Refused:
    texts = {"en": "Some settings of the room cannot be used.", "zh": "房间的部分设置无法使用。"}
    return Refused(400, "settings", texts, problems)


def checked_language(lang: Any) -> str:
    """Return a language that is spoken here, English for any other."""
    return lang if lang in LANGUAGES else "en"
