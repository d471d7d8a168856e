"""Section: how the model fits the data, read from the record that is shipped with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experiments.calibration.pages import read_calibration
from experiments.patterns import Pattern, read_patterns
from experiments.record import read_record
from experiments.report.building import both, column, interval, number, said
from experiments.report.fit_words import UNITS, WORDS
from experiments.report.parts import Figure, Listing, Paragraph, Section, Table
from experiments.targets import read_targets
from experiments.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from experiments.report.asked import Asked, Running
    from experiments.report.parts import Item, Text

_VERDICTS = ("predicted", "not predicted", "unclear")


def section(asked: Asked, running: Running) -> Section:  # noqa: ARG001 - the model is the same whatever is asked
    """Return how the shipped model fits the data; nothing is run."""
    return told(read_calibration(), read_record())


def told(calibration: Mapping[str, Any], record: Mapping[str, Any]) -> Section:
    """Return the section that a calibration and a record of checks make."""
    holds, total = _holds(calibration)
    scores = record["scores"]["held-out"]
    counts = {"holds": holds, "total": total, "held_out": scores["total"]}
    counts |= {name: scores[name] for name in ("met", "implausible")}
    made = {name: calibration[name] for name in ("sample", "seed", "version")} | {"scale": f"{calibration['scale']:,}"}
    title = said(WORDS, "figure_all" if holds == total else "figure", holds=holds, total=total)
    figure = Figure("fit", "fit", title, said(WORDS, "subtitle"), said(WORDS, "source", **made), fit_table(calibration))
    items: list[Item] = [
        Paragraph(said(WORDS, "finding", **counts), "finding"),
        Paragraph(said(WORDS, "today")),
        figure,
        *_missed(record),
        *_patterns(record),
    ]
    return Section("fit", said(WORDS, "heading"), tuple(items))


def _holds(calibration: Mapping[str, Any]) -> tuple[int, int]:
    """Return how many observed numbers lie in the range foretold without them, and how many there are."""
    targets = calibration["targets"]
    return sum(_is_met(one) for one in targets), len(targets)


def _is_met(one: Mapping[str, Any]) -> bool:
    return bool(_foretold(one)["low"] <= one["observed"] <= _foretold(one)["high"])


def _foretold(one: Mapping[str, Any]) -> Mapping[str, float]:
    """Return what is foretold of a number without fitting to it; the rest of a whole was never fitted to."""
    found: Mapping[str, float] = one["left_out"] or one["predictive"]
    return found


def fit_table(calibration: Mapping[str, Any]) -> Table:
    """Return observed numbers beside what is foretold of them."""
    columns = (
        column("label", said(WORDS, "label")),
        column("observed", said(WORDS, "observed"), "interval"),
        column("model", said(WORDS, "model"), "interval"),
        column("unit", said(WORDS, "unit")),
        column("met", said(WORDS, "met")),
    )
    rows = tuple(_fit_row(one) for one in calibration["targets"])
    return Table("fit", said(WORDS, "caption"), columns, rows, said(WORDS, "note"))


def _fit_row(one: Mapping[str, Any]) -> dict[str, Any]:
    band = _foretold(one)
    label = {lang: one["label"][lang] for lang in ("en", "zh")}
    key = "label_of" if one["fitted"] else "rest_of_whole"
    return {
        "label": said(WORDS, key, label=label, period=one["label"]["period"]),
        "observed": interval(one["observed"], *one["likely"]),
        "model": interval(band["mean"], band["low"], band["high"]),
        "unit": {"en": one["unit"], "zh": UNITS.get(one["unit"], one["unit"])},
        "met": said(WORDS, "yes" if _is_met(one) else "no"),
    }


def _missed(record: Mapping[str, Any]) -> list[Item]:
    """Return the held-out numbers that the model gets wrong."""
    met = record["met"]["held-out"]
    wrong = [one for one in read_targets() if one.use == "held-out" and one.under is None and one.id not in met]
    if not wrong:
        return [Paragraph(said(WORDS, "missed_none"))]
    lines = tuple(said(WORDS, "label_of", label=one.what, period=one.period) for one in wrong)
    return [Paragraph(said(WORDS, "missed")), Listing(lines)]


def _patterns(record: Mapping[str, Any]) -> list[Item]:
    verdicts = record["patterns"]
    patterns = sorted(
        (one for one in read_patterns() if one.id in verdicts), key=lambda one: _VERDICTS.index(verdicts[one.id])
    )
    counts = [sum(verdicts[one.id] == verdict for one in patterns) for verdict in _VERDICTS]
    words = dict(zip(("predicted", "wrong", "unclear"), counts, strict=True))
    columns = (
        column("label", said(WORDS, "pattern")),
        column("expected", said(WORDS, "expected")),
        column("verdict", said(WORDS, "verdict")),
    )
    rows = tuple(
        {
            "label": one.what,
            "expected": _expected(one),
            "verdict": both(lambda lang, verdict=verdicts[one.id]: say(verdict, lang)),  # type: ignore[misc]
        }
        for one in patterns
    )
    made = {name: record[name] for name in ("replicates", "seed")} | {"scale": f"{record['scale']:,}"}
    note = said(WORDS, "pattern_note", **made)
    return [
        Paragraph(said(WORDS, "patterns", total=len(patterns), **words)),
        Table("patterns", said(WORDS, "pattern_caption"), columns, rows, note),
    ]


def _expected(one: Pattern) -> Text:
    ends = {"low": number(one.low), "high": number(one.high)}
    known = {name: f"{end:g}" for name, end in ends.items() if end is not None}
    key = "between" if len(known) == 2 else "above" if "low" in known else "below"
    return both(lambda lang: say(key, lang, **known))
