"""The views of an answer, made of the pairs that have run so far."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from experiments.cases import outcome_labels
from experiments.classroom.answering.asked import Asked
from experiments.classroom.answering.laws import Law, draws_from
from experiments.classroom.answering.pairs import Pair, group_question, series_question
from experiments.classroom.answering.sources import command_of, python_of
from experiments.classroom.answering.tiles import tile_of
from experiments.classroom.answering.warned import warnings_of
from experiments.classroom.answering.words import told
from experiments.comparison import Comparison, summary_of
from experiments.design import Design, version
from experiments.findings import cost_lines, findings, persons_lines
from experiments.report.people import BIN, ENTRIES, FATES
from experiments.report.section_words import SECTION_WORDS
from experiments.report.went import bars_of
from experiments.rows import Row, rows_of
from experiments.words import group_label, phrase, unit_label
from simulation.catalogue import UNITS
from simulation.names import REGIONS

SCHEMA = "talentflow.class-answer/1"
_DIGITS = 6
_KINDS = {"share": "share", "days": "days"}
_FLOWS = {"inflow", "outflow", "refusals", "public_cost", "fiscal_balance"}
_SERIES = ("baseline", "reform", "difference", "low", "high", "is_clear")
_FAMILIES = ("category", "origin", "field", "age", "mode", "sex")


def answer_of(asked: Asked, law: Law, pairs: Sequence[Pair], *, is_last: bool) -> dict[str, Any]:
    """Return the whole answer that some pairs give (schema talentflow.class-answer/1), in the question's language."""
    lang = asked.lang
    ordered = sorted(pairs, key=lambda pair: pair.series.seed)
    main = comparison_of(asked, law, ordered)
    rows = {row.group: row for row in main.rows if row.date == main.question.dates[-1]}
    plain: dict[str, Any] = _plain({
        "schema": SCHEMA,
        "asked": asked.to_dict(),
        "version": version(),
        "n": len(ordered),
        "of": asked.replicates,
        "is_last": is_last,
        "title": law.case.title[lang],
        "finding": _finding(main, rows["all"], lang),
        "interval": _interval(asked, len(ordered)),
        "warnings": list(warnings_of(asked, law, ordered)),
        "notes": [note[lang] for note in asked.notes],
        "series": _series(asked, law, ordered, is_last=is_last),
        "regions": [_region(rows[f"region={name}"], lang) for name in REGIONS],
        "flows": _flows(asked, ordered),
        "points": _points(asked, law, ordered),
        "groups": list(_groups(rows, lang)),
        "persons": _persons(main, lang),
        "cost": _cost(main, lang),
        "sources": told(
            "sources", lang, n=len(ordered), seed=asked.seed, draws=asked.draws or 1, scale=asked.scale, version=version()
        ),
        "command": command_of(asked),
        "python": python_of(asked),
    })  # fmt: skip
    return plain


def comparison_of(asked: Asked, law: Law, pairs: Sequence[Pair]) -> Comparison:
    """Return the comparison that ``talentflow compare`` makes of the pairs: people in China, every group."""
    design = Design(seed=asked.seed, replicates=asked.replicates, scale=asked.scale, until=asked.until)
    runs = [pair.groups for pair in pairs]
    found = summary_of(design, group_question(asked.until), [law.case], runs, [])
    return replace(found, drawn=draws_from(asked.draws, asked.seed))


def _finding(main: Comparison, row: Row, lang: str) -> dict[str, Any]:
    numbers = {name: getattr(row, name) for name in ("difference", "low", "high", "baseline", "reform")}
    return {"text": findings(main, lang, outcome_labels())[0], "is_clear": row.is_clear, "date": row.date, **numbers}


def _interval(asked: Asked, n: int) -> str:
    if n == 1:
        return told("interval_one", asked.lang)
    key = "interval_draws" if asked.draws else "interval_chance"
    return told(key, asked.lang, draws=asked.draws)


def _series(asked: Asked, law: Law, pairs: Sequence[Pair], *, is_last: bool) -> dict[str, Any]:
    question = series_question(asked.until)
    if not is_last:
        # An answer that is soon replaced has the years alone: half of the bands, half of the time.
        question = replace(question, dates=question.dates[-1::-2][::-1])
    found: dict[str, Any] = {}
    for row in rows_of(law.case, question, [pair.series for pair in pairs], None):
        kept = found.setdefault(row.outcome, _outcome(row.outcome, asked.lang))
        for name in _SERIES:
            kept[name].append(getattr(row, name))
    return {"dates": list(question.dates), "start": law.case.first, "outcomes": found}


def _outcome(outcome: str, lang: str) -> dict[str, Any]:
    kind = "rate" if outcome in _FLOWS else _KINDS.get(UNITS[outcome], "level")
    words = {"label": outcome_labels()[outcome][lang], "unit": unit_label(UNITS[outcome], lang), "kind": kind}
    return words | {name: [] for name in _SERIES}


def _numbers(row: Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _SERIES}


def _region(row: Row, lang: str) -> dict[str, Any]:
    return tile_of(row.group.partition("=")[2], lang) | _numbers(row)


def _groups(rows: dict[str, Row], lang: str) -> Iterator[dict[str, Any]]:
    for group, row in rows.items():
        family = group.partition("=")[0]
        if family in _FAMILIES and (row.baseline or row.reform):
            labels = {"dimension_label": group_label(family, lang), "label": group_label(group, lang)}
            yield {"dimension": family, "group": group, **labels, **_numbers(row)}


def _mean(pairs: Sequence[Pair], side: int, name: str) -> Any:
    return np.mean([getattr(pair.people[side], name) for pair in pairs], axis=0)


def _flows(asked: Asked, pairs: Sequence[Pair]) -> dict[str, Any]:
    """Return the people in China since the reform began, by permit on entry and where they are at the end."""
    lang, sides = asked.lang, [_mean(pairs, side, "fates") for side in (0, 1)]
    labels = [group_label(f"category={name}", lang) for name in ENTRIES] + [phrase(SECTION_WORDS, "entry_other", lang)]
    sources = [
        {"id": f"entry-{name}", "label": label, "side": "from"}
        for name, label in zip((*ENTRIES, "other"), labels, strict=True)
    ]
    targets = [{"id": f"end-{end}", "label": phrase(SECTION_WORDS, f"end_{end}", lang), "side": "to"} for end in FATES]
    links = [
        {"from": source["id"], "to": target["id"], "baseline": sides[0][i, j], "reform": sides[1][i, j]}
        for i, source in enumerate(sources)
        for j, target in enumerate(targets)
        if sides[0][i, j] or sides[1][i, j]
    ]
    used = {link[end] for link in links for end in ("from", "to")}
    return {"date": asked.until, "nodes": [node for node in (*sources, *targets) if node["id"] in used], "links": links}


def _points(asked: Asked, law: Law, pairs: Sequence[Pair]) -> dict[str, Any]:
    """Return people on a permit of A, B or C at the end by points, and the bars of both laws."""
    before, after = (_mean(pairs, side, "points") for side in (0, 1))
    bars, _ = bars_of(law.case, asked.until)
    cuts = {side: {name: bar[side] for name, bar in zip("AB", bars, strict=True)} for side in ("baseline", "reform")}
    return {
        "unit": unit_label("points", asked.lang),
        "date": asked.until,
        "bins": [BIN * place for place in range(len(before))],
        "baseline": list(before),
        "reform": list(after),
        "cuts": cuts,
    }


def _persons(main: Comparison, lang: str) -> dict[str, Any]:
    row = next(row for row in main.persons if row.group == "all" and row.date == main.question.dates[-1])
    text = " ".join(persons_lines(main, lang))
    return {"only_reform": row.additional, "only_baseline": row.displaced, "touched": row.touched, "text": text}


def _cost(main: Comparison, lang: str) -> dict[str, Any]:
    row = next(row for row in main.costs if row.date == main.question.dates[-1])
    text = " ".join(cost_lines(main, lang)) or told("no_cost", lang)
    names = ("public_cost", "balance", "balance_low", "balance_high", "person_years")
    return {"text": text, **{name: getattr(row, name) for name in names}}


def _plain(value: Any) -> Any:
    """Return values that JSON holds: six digits, None where a number does not exist."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float | np.floating):
        return rounded(float(value))
    return value.item() if isinstance(value, np.generic) else value


def rounded(value: float) -> float | None:
    """Return a number with six digits, None where there is none.

    >>> rounded(1234567.8), rounded(float("nan"))
    (1234570.0, None)
    """
    return float(f"{value:.{_DIGITS}g}") if math.isfinite(value) else None
