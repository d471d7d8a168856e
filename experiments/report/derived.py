"""Sections from what analyses left in a store: the order of reforms with probabilities, the shares of a package."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.cases import known_outcomes, outcome_labels, outcome_unit
from experiments.exporting.about import told_scenario
from experiments.findings import quantum_of, rounded, subject
from experiments.report.building import both, column, date_text, interval, said, unit_text
from experiments.report.derived_words import DERIVED_WORDS
from experiments.report.parts import Figure, Section, Table, Text
from experiments.words import LANGUAGES

RANK, DECOMPOSE = "rank.json", "decompose.json"
_SCHEMAS = {RANK: "talentflow.rank-probabilities/1", DECOMPOSE: "talentflow.decompose/1"}
_MEMBERS_MOST = 31


def derived_sections(folder: Path) -> Iterator[Section]:
    """Yield the sections that the analyses of a store give; ``folder`` is where these keep what they found."""
    ranking = _read(folder / RANK)
    if ranking is not None:
        yield _likely(ranking)
    shares = _read(folder / DECOMPOSE)
    if shares is not None and shares["splits"]:
        yield _shares(shares)


def _read(path: Path) -> dict[str, Any] | None:
    """Return what an analysis left; None where it left nothing, or of another version, or about no outcome of a run."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(found, dict) or found.get("schema") != _SCHEMAS[path.name]:
        return None
    about = found if path.name == RANK else next(iter(found["splits"]), {})
    return found if about.get("outcome") in known_outcomes() else None


def _title(name: str) -> Text:
    return dict(zip(LANGUAGES, told_scenario(name).title, strict=True))


def _cell(found: Mapping[str, Any]) -> Any:
    return interval(found["value"], found.get("low"), found.get("high"))


def _source(found: Mapping[str, Any]) -> Text:
    return said(
        DERIVED_WORDS, "source", **{name: found[name] for name in ("version", "replicates", "draws", "seed", "scale")}
    )


def _what(outcome: str) -> Text:
    return both(lambda lang: subject(outcome_labels()[outcome][lang], "all", lang))


def _likely(found: Mapping[str, Any]) -> Section:
    # In the ranking's own order: a tie is one with the reform that stands next there.
    arms, best = sorted(found["arms"], key=lambda arm: arm["place"]), found["best"]
    table = Table(
        id="likely",
        caption=said(DERIVED_WORDS, "likely_caption", best=best),
        columns=(
            column("label", said(DERIVED_WORDS, "reform")),
            column("chance", said(DERIVED_WORDS, "chance", best=best), "interval", said(DERIVED_WORDS, "probability")),
            column("effect", said(DERIVED_WORDS, "effect"), "interval", unit_text(found["unit"]), is_difference=True),
            column("ties", said(DERIVED_WORDS, "ties")),
        ),
        rows=tuple(
            {
                "label": _title(arm["scenario"]),
                "chance": _cell(arm["p_among_best"]),
                "effect": _cell(arm["effect"]),
                "ties": said(DERIVED_WORDS, "yes" if arm["ties_with_next"] else "no"),
            }
            for arm in arms[:_MEMBERS_MOST]
        ),
    )
    figure = Figure(
        id="likely",
        kind="ranking",
        title=_likely_title(arms, best),
        subtitle=said(DERIVED_WORDS, "likely_subtitle", what=_what(found["outcome"]), date=date_text(found["date"])),
        source=_source(found),
        table=table,
    )
    return Section("likely", said(DERIVED_WORDS, "likely"), (figure,))


def _likely_title(arms: Sequence[Mapping[str, Any]], best: int) -> Text:
    """Return which reform is likeliest among the best, if the range of its chance is clear of those of all others."""
    # The package of figures is heavy.
    from experiments.figures.numerals import percent

    first = max(arms, key=lambda arm: arm["p_among_best"]["value"])
    chance = first["p_among_best"]
    low, _ = _ends(chance)
    most = max((_ends(arm["p_among_best"])[1] for arm in arms if arm is not first), default=-math.inf)
    words: dict[str, Any] = {"title": _title(first["scenario"]), "best": best, "chance": percent(chance["value"])}
    if not math.isfinite(low):
        return said(DERIVED_WORDS, "likely_rangeless", **words)
    words |= {"low": percent(low), "high": percent(chance["high"])}
    return said(DERIVED_WORDS, "likely_title" if low > most else "likely_open", **words)


def _shares(found: Mapping[str, Any]) -> Section:
    split = found["splits"][0]
    sign = -1 if split["total"]["value"] < 0 else 1
    members = sorted(split["members"], key=lambda one: -sign * one["share"]["value"])
    unit = unit_text(outcome_unit(split["outcome"]))
    whole = {"label": _title(found["package"]), "share": _cell(split["total"]), "role": "total"}
    table = Table(
        id="decomposition",
        caption=said(DERIVED_WORDS, "shares_caption"),
        columns=(
            column("label", said(DERIVED_WORDS, "part")),
            column("share", said(DERIVED_WORDS, "share"), "interval", unit, is_difference=True),
            column("role", said(DERIVED_WORDS, "role")),
        ),
        rows=(
            *({"label": _title(one["member"]), "share": _cell(one["share"]), "role": "part"} for one in members),
            whole,
        ),
        note=said(DERIVED_WORDS, "shares_note"),
    )
    figure = Figure(
        id="decomposition",
        kind="waterfall",
        title=_shares_title(members, sign),
        subtitle=said(DERIVED_WORDS, "shares_subtitle", what=_what(split["outcome"]), date=date_text(split["date"])),
        source=_source(found),
        table=table,
    )
    return Section("decomposition", said(DERIVED_WORDS, "shares"), (figure,))


def _shares_title(members: list[Mapping[str, Any]], sign: int) -> Text:
    """Return which part has the largest share, if its range is clear of those of all others.

    Parameters
    ----------
    members
        The largest share first.
    sign
        Way the whole goes, 1 or -1: shares of a fall are large where they are far below zero.
    """
    first, *rest = (_ends(one["share"], sign) for one in members)
    if not first[0] > max((most for _, most in rest), default=-math.inf):
        return said(DERIVED_WORDS, "shares_none")
    share = members[0]["share"]
    low, high = share["low"], share["high"]
    quantum = quantum_of((high - low) / 2)
    size, least, most = (rounded(value, quantum) for value in (share["value"], low, high))
    title = _title(members[0]["member"])
    return said(DERIVED_WORDS, "shares_title", title=title, size=size, low=least, high=most)


def _ends(found: Mapping[str, Any], sign: int = 1) -> tuple[float, float]:
    """Return the ends of a range, the lower one first once signed; without a range, anything is possible."""
    low, high = found.get("low"), found.get("high")
    if low is None or high is None:
        return -math.inf, math.inf
    return (low, high) if sign > 0 else (-high, -low)
