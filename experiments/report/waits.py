"""How long people wait for a permit and how long they stay, under both laws."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from experiments.findings import noise_of, quantum_of, rounded
from experiments.report.building import column, date_text, readable, said
from experiments.report.figures_of import source_line
from experiments.report.pairs import decembers
from experiments.report.paths import levels
from experiments.report.parts import Figure, Section, Table, Text
from experiments.report.section_words import SECTION_WORDS

if TYPE_CHECKING:
    from experiments.report.pairs import Pairs
    from experiments.rows import Row

DAYS = {"days_to_permit_median": "median", "days_to_permit_p90": "nine_in_ten"}
STAYS = {"stay_1y": 1, "stay_3y": 3, "stay_5y": 5, "stay_10y": 10}
_TOLD = "stay_3y"
_NUMBERS = {"baseline": "number", "reform": "number", "difference": "interval"}


def waits_section(pairs: Pairs) -> Section | None:
    """Return days to a permit by year, and who is still there after some years; None for several scenarios."""
    if not pairs.asked.is_one:
        return None
    figures = (_queue(pairs), _survival(pairs))
    return Section("waits", said(SECTION_WORDS, "waits"), figures, ("analyst", "class"))


def _queue(pairs: Pairs) -> Figure:
    since = pairs.asked.cases[0].first or pairs.dates[-1]
    rows = [row for row in pairs.rows(tuple(DAYS), dates=decembers(pairs.asked.design.until)) if row.n]
    last = next((row for row in rows if row.outcome == "days_to_permit_median" and row.date == pairs.dates[-1]), None)
    days = said(SECTION_WORDS, "days")
    table = Table(
        id="queue",
        caption=said(SECTION_WORDS, "queue_caption"),
        columns=(
            column("label", said(SECTION_WORDS, "measure")),
            column("date", said(SECTION_WORDS, "year"), "date"),
            *(column(key, said(SECTION_WORDS, key), kind, days) for key, kind in _NUMBERS.items()),
            column("clear", said(SECTION_WORDS, "clear")),
        ),
        rows=tuple(
            {"label": said(SECTION_WORDS, DAYS[row.outcome]), "date": row.date, **levels(row)} for row in rows
        ),
    )
    return Figure(
        id="queue",
        kind="queue",
        title=_queue_title(last),
        subtitle=said(SECTION_WORDS, "queue_subtitle"),
        source=source_line(pairs),
        table=table,
        options={"start": since},
    )


def _queue_title(last: Row | None) -> Text:
    if last is None or not last.is_clear:
        return said(SECTION_WORDS, "queue_none")
    quantum = max(1.0, quantum_of(noise_of(last)))
    before, after = (rounded(value, quantum) for value in (last.baseline, last.reform))
    return said(SECTION_WORDS, "queue_clear", before=before, after=after, date=date_text(last.date))


def _survival(pairs: Pairs) -> Figure:
    rows = [row for row in pairs.rows(tuple(STAYS)) if row.n]
    date = date_text(pairs.dates[-1])
    percent = {"en": "%", "zh": "%"}
    table = Table(
        id="survival",
        caption=said(SECTION_WORDS, "survival_caption"),
        columns=(
            column("years", said(SECTION_WORDS, "years_stayed"), "count"),
            *(column(key, said(SECTION_WORDS, key), kind, percent) for key, kind in _NUMBERS.items()),
            column("clear", said(SECTION_WORDS, "clear")),
        ),
        rows=tuple({"years": STAYS[row.outcome], **levels(readable(row))} for row in rows),
    )
    return Figure(
        id="survival",
        kind="survival",
        title=_survival_title(rows),
        subtitle=said(SECTION_WORDS, "survival_subtitle", date=date),
        source=source_line(pairs),
        table=table,
    )


def _survival_title(rows: Sequence[Row]) -> Text:
    """Return how many of a hundred stay, where the range of the difference tells its sign."""
    row = next((row for row in rows if row.outcome == _TOLD), None)
    if row is None or not row.is_clear:
        return said(SECTION_WORDS, "survival_none")
    digits = 0 if math.isfinite(row.low) and abs(row.difference) >= 0.02 else 1  # noqa: PLR2004 - two of a hundred
    before, after = (f"{100 * value:.{digits}f}" for value in (row.baseline, row.reform))
    key = "survival_clear" if row.difference > 0 else "survival_fewer"
    return said(SECTION_WORDS, key, before=before, after=after, years=STAYS[_TOLD])
