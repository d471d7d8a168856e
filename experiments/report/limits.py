"""Section 12 of a report, second half: what is left out, what it was made from, and the line that makes it again."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from experiments.batch.identity import given_hash
from experiments.design import (
    DEFAULT_SCALE,
    DEFAULT_SEED,
    DEFAULT_UNTIL,
    version,
)
from experiments.report.building import both, column, said
from experiments.report.first_words import FIRST_WORDS
from experiments.report.parts import Command, Listing, Paragraph, Section, Table, Text
from scenarios import facts

if TYPE_CHECKING:
    from experiments.report.asked import Asked

_LIMITS = ("limit_forecast", "limit_behaviour", "limit_chance", "limit_answers", "limit_missing", "limit_persons")
_HASH_SHOWN = 16
FOLDER = "report"
"""Folder that the line to run again writes to."""


def limits_section(provenance: Mapping[str, Any], command: Command, *, is_drawn: bool) -> Section:
    """Return the limits of the model, the table of provenance, the line that makes the report again."""
    parameters = said(FIRST_WORDS, "and_parameters") if is_drawn else both(lambda _: "")
    return Section(
        "limits",
        said(FIRST_WORDS, "limits"),
        (
            Listing(tuple(said(FIRST_WORDS, key, parameters=parameters) for key in _LIMITS)),
            Paragraph(said(FIRST_WORDS, "facts_from", n=len(facts()))),
            provenance_table(provenance),
            command,
        ),
    )


def provenance_of(asked: Asked, replicates: int, *, failed: int = 0) -> dict[str, Any]:
    """Return what a report was made from, as plain values; ``failed`` counts the pairs or runs that gave nothing."""
    design, drawn = asked.design, asked.drawn
    found: dict[str, Any] = {
        "version": version(),
        "scenarios": [case.id for case in asked.cases],
        "seed": design.seed,
        # Of all pairs asked for, those that failed among them.
        "last_seed": design.seed + max(design.replicates, replicates) - 1,
        "replicates": replicates,
        "failed": failed,
        "scale": design.scale,
        "until": design.until,
        "engine": design.engine,
        "assumed": [one.id for one in asked.assumed],
        "draws": 0 if drawn is None else drawn.n,
        "laws": law_hashes(asked),
    }
    return found | ({} if drawn is None else {"posterior": drawn.posterior, "posterior_sha256": drawn.digest})


def law_hashes(asked: Asked) -> dict[str, str]:
    """Return a hash of what each scenario and its baseline are given, by id: laws, world, behaviour, costs."""
    found: dict[str, str] = {}
    for case in asked.cases:
        found.setdefault(case.baseline_id, _short(case.baseline, asked.design.until))
        found[case.id] = _short(case.scenario, asked.design.until)
    return found


def _short(scenario: Any, until: str) -> str:
    return given_hash(scenario.resolve(until))[:_HASH_SHOWN]


def provenance_table(provenance: Mapping[str, Any]) -> Table:
    """Return what a report was made from, line by line."""
    return Table(
        id="provenance",
        caption=said(FIRST_WORDS, "provenance_caption"),
        columns=(
            column("item", said(FIRST_WORDS, "provenance_item")),
            column("value", said(FIRST_WORDS, "provenance_value")),
        ),
        rows=tuple({"item": item, "value": value} for item, value in _lines(provenance)),
    )


def _lines(provenance: Mapping[str, Any]) -> list[tuple[Text, str]]:
    seed, n = provenance["seed"], provenance["replicates"]
    seeds = f"{seed}–{provenance.get('last_seed', seed + n - 1)}"
    lines = [("version", provenance["version"]), ("seeds", seeds), ("replicates", n)]
    lines += [(name, provenance[name]) for name in ("scale", "until", "engine", "draws") if name in provenance]
    if provenance.get("posterior"):
        lines.append(("posterior", f"{provenance['posterior']} (sha256 {provenance['posterior_sha256'][:16]})"))
    if provenance.get("assumed"):
        lines.append(("assumed_ids", ", ".join(provenance["assumed"])))
    named = [(said(FIRST_WORDS, name), str(value)) for name, value in lines]
    hashes = provenance.get("laws", {})
    return [*named, *((said(FIRST_WORDS, "law_hash", id=name), value) for name, value in hashes.items())]


def command_of(asked: Asked, *, is_quick: bool = False) -> Command:
    """Return the line that makes a report again, with every setting that moves a number."""
    design = asked.design
    words = ["talentflow", "report", *asked.names, "--out", FOLDER]
    words += ["--replicates", str(design.replicates), "--draws", str(asked.draws)]
    for flag, value, default in (
        ("--seed", design.seed, DEFAULT_SEED),
        ("--scale", design.scale, DEFAULT_SCALE),
        ("--until", design.until, DEFAULT_UNTIL),
        ("--posterior", asked.posterior, None),
    ):
        words += [flag, str(value)] if value != default else []
    for one in asked.assume:
        words += ["--assume", one]
    words += ["--quick"] if is_quick else []
    return Command(shlex.join(words), said(FIRST_WORDS, "rerun"))
