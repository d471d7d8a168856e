"""Why a reform moves nothing that can be told from chance: what it does move, and what binds, read off its runs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from experiments.findings import quantum_of, rounded, rounded_up, subject
from experiments.words import say, unit_label

if TYPE_CHECKING:
    from experiments.rows import PersonsRow, Row

CHANNELS: dict[str, tuple[str, ...]] = {
    "work_permit": ("permits_issued", "mean_points", "applications", "refusals"),
    "permanent_residence": ("pr_applications", "pr_granted", "residence_rate"),
    "administration": ("days_to_permit_median", "rework_share", "hours_lost", "abandoned"),
    "services": ("hours_lost",),
    "family": ("family_share", "spouse_employment"),
    "social_insurance": ("pension_qualifiers", "contributions", "refunds"),
    "visas": ("applications", "arrivals"),
    "graduates": ("arrivals", "permits_issued"),
    "treaties": ("contributions", "applications"),
    "research": ("arrivals", "hours_lost"),
    "tax": ("tax",),
    "communication": ("belief_gap", "applications"),
}
"""First outcomes that the levers of each area move, before anybody comes or goes for them."""
LIMITS: dict[str, tuple[str, ...]] = {
    "work_permit": ("posts_filled_share", "quota_share"),
    "permanent_residence": ("residence_queue",),
    "administration": ("posts_filled_share",),
    "family": ("seat_share",),
    "visas": ("posts_filled_share",),
    "graduates": ("posts_filled_share",),
    "research": ("posts_filled_share",),
}
"""What may be scarce on the way from the levers of an area to more people in China."""
NEEDS_POSTS = {"stock", "arrivals", "inflow", "net", "applications", "permits_issued"}
WATCHED = tuple(
    dict.fromkeys(
        ("stock", *(name for names in (*CHANNELS.values(), *LIMITS.values()) for name in names), "posts_match_share")
    )
)
"""Outcomes that reasons are read from."""
_BINDS = 0.95
"""Served share below which, or filled share above which, something binds."""
_LONG_QUEUE = 3.0
"""Months in the line beyond which decisions on permanent residence bind."""
_FEW = 0.01
"""Share of the stock below which those reached in China are few."""
_MILLION = 1e6
_RARE_ROWS = 10
"""Rows a year under which a count is too rare for its changes to be told."""


class Reason(NamedTuple):
    """One reason: its kind, and the numbers it was read from."""

    code: str
    values: dict[str, float | str]


class Evidence(NamedTuple):
    """What the runs of one scenario say: its rows by outcome, the people reached, the areas of its levers."""

    rows: dict[str, Row]
    persons: PersonsRow
    areas: Sequence[str]
    scale: int


def is_detected(row: Row) -> bool:
    """Return whether the sign of a difference can be told."""
    return row.is_clear


def reasons_of(main: Row, evidence: Evidence) -> list[Reason]:
    """Return why a scenario's main outcome cannot be told from the baseline's, the most telling reason first."""
    persons = evidence.persons
    if persons.touched == 0:
        return [Reason("reason_nobody", {})]
    found = [*_moved(main, evidence), *binding(main, evidence)]
    stock = evidence.rows["stock"].baseline
    here = persons.deadweight + persons.additional + persons.displaced
    if persons.additional == persons.displaced == 0:
        found.append(Reason("reason_unmoved", {"n": persons.deadweight}))
    if here < _FEW * stock:
        found.append(Reason("reason_few", {"n": here, "share": here / stock}))
    if main.outcome in NEEDS_POSTS and min(persons.additional, persons.displaced) > 0.5 * max(
        persons.additional, persons.displaced
    ):
        found.append(Reason("reason_cancel", {"additional": persons.additional, "displaced": persons.displaced}))
    if main.unit not in {"share", "points", "hours", "days", "log"} and main.baseline < _RARE_ROWS * evidence.scale:
        found.append(Reason("reason_rare", {"n": main.baseline, "scale": evidence.scale}))
    if not math.isfinite(main.low):
        found.append(Reason("reason_undefined", {"pairs": main.n}))
    elif main.low == main.high == 0:
        found.append(Reason("reason_same", {"pairs": main.n}))
    else:
        bound = max(-main.low, main.high)
        found.append(Reason("reason_below", {"bound": bound, "unit": main.unit, "pairs": main.n}))
    return found


def _moved(main: Row, evidence: Evidence) -> Iterator[Reason]:
    """Yield the outcome of its channels that a scenario moves most clearly, or that it moves none."""
    channels = dict.fromkeys(name for area in evidence.areas for name in CHANNELS.get(area, ()))
    rows = [evidence.rows[name] for name in channels if name != main.outcome]
    clear = [row for row in rows if is_detected(row)]
    if clear:
        row = max(clear, key=lambda row: abs(row.difference) / max(row.high - row.low, 1e-300))
        yield Reason(
            "reason_moves",
            {"outcome": row.outcome, "size": row.difference, "low": row.low, "high": row.high, "unit": row.unit},
        )


def binding(main: Row, evidence: Evidence) -> Iterator[Reason]:
    """Yield what is scarce under the reform on the way from its levers to its main outcome."""
    for name in dict.fromkeys(name for area in evidence.areas for name in LIMITS.get(area, ())):
        share = evidence.rows[name].reform
        if name == "posts_filled_share":
            if share > _BINDS and main.outcome in NEEDS_POSTS:
                match = evidence.rows["posts_match_share"].reform
                yield Reason("reason_posts", {"share": share, "match": match})
        elif name == "residence_queue":
            if share > _LONG_QUEUE:
                yield Reason("reason_decisions", {"months": share})
        elif share < _BINDS:
            yield Reason(f"reason_{name}", {"share": share})


def told(reason: Reason, lang: str, labels: dict[str, dict[str, str]]) -> str:
    """Return a reason in words."""
    values = dict(reason.values)
    unit_name = str(values.pop("unit", ""))
    million = _MILLION if unit_name == "yuan" else 1.0
    unit = say("million_yuan", lang) if unit_name == "yuan" else unit_label(unit_name, lang)
    words = {"unit": f" {unit}" if unit and lang == "en" else unit}
    for name, value in values.items():
        if name in {"share", "match"}:
            words[name] = f"{100 * float(value):.0f}%" if float(value) >= 0.01 else f"{100 * float(value):.2g}%"
        elif name == "outcome":
            words[name] = subject(labels[str(value)][lang], "all", lang)
        elif name in {"pairs", "scale"}:
            words[name] = f"{int(value):,}"
        elif name == "bound":
            words[name] = rounded_up(float(value) / million)
        else:
            noise = abs(float(values["high"]) - float(values["low"])) / 2 if "high" in values else abs(float(value))
            words[name] = rounded(float(value) / million, quantum_of(noise / million))
    return say(reason.code, lang, **words)
