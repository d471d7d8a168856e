"""How long people wait for a permit and how long they stay, under both laws."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from experiments.findings import noise_of, quantum_of, rounded
from experiments.report.building import column, date_text, number, said
from experiments.report.figures_of import source_line
from experiments.report.parts import Figure, Section, Table, Text
from experiments.report.section_words import SECTION_WORDS

if TYPE_CHECKING:
    from experiments.replicate import Case
    from experiments.report.numbers import Numbers
    from experiments.rows import Row

LAWS = ("baseline", "reform")
DAYS = ("days_to_permit_median", "days_to_permit_p90")
STAYS = {"stay_1y": 1, "stay_3y": 3, "stay_5y": 5, "stay_10y": 10}
_TOLD = "stay_3y"


def waits_section(numbers: Numbers) -> Section | None:
    """Return days to a permit by year, and who is still there after some years; None for several scenarios."""
    if not numbers.asked.is_one:
        return None
    figures = tuple(figure for figure in (_queue(numbers), _survival(numbers)) if figure.table.rows)
    if not figures:
        return None
    return Section("waits", said(SECTION_WORDS, "waits"), figures, ("analyst", "class"))


def _queue(numbers: Numbers) -> Figure:
    case = numbers.asked.cases[0]
    rows = [row for row in numbers.rows(DAYS, dates=numbers.years) if row.n]
    last = next((row for row in rows if row.outcome == DAYS[0] and row.date == numbers.dates[-1]), None)
    days = said(SECTION_WORDS, "days")
    keys = {"label": "law", "date": "year", "median": "median", "p90": "nine_in_ten", "law": "code"}
    kinds = {"date": "date", "median": "number", "p90": "number"}
    table = Table(
        id="queue",
        caption=said(SECTION_WORDS, "queue_caption"),
        columns=tuple(
            column(
                key, said(SECTION_WORDS, label), kinds.get(key, "text"), days if kinds.get(key) == "number" else None
            )
            for key, label in keys.items()
        ),
        rows=tuple(row for law in LAWS for row in _waits(rows, law, case)),
    )
    return Figure(
        id="queue",
        kind="queue",
        title=_queue_title(last),
        subtitle=said(SECTION_WORDS, "queue_subtitle"),
        source=source_line(numbers),
        table=table,
        options={"baseline": "baseline", "start": case.first or ""},
    )


def _waits(rows: Sequence[Row], law: str, case: Case) -> Iterator[dict[str, Any]]:
    for date in dict.fromkeys(row.date for row in rows):
        waits = {row.outcome: getattr(row, law) for row in rows if row.date == date}
        days = {key: number(waits.get(outcome)) for key, outcome in zip(("median", "p90"), DAYS, strict=True)}
        yield {"law": law, "label": _label(law, case), "date": date, **days}


def _label(law: str, case: Case) -> Text:
    return said(SECTION_WORDS, "baseline") if law == "baseline" else case.title


def _queue_title(last: Row | None) -> Text:
    if last is None or not last.is_clear:
        return said(SECTION_WORDS, "queue_none")
    quantum = max(1.0, quantum_of(noise_of(last)))
    before, after = (rounded(value, quantum) for value in (last.baseline, last.reform))
    if before == after:
        return said(SECTION_WORDS, "queue_none")
    return said(SECTION_WORDS, "queue_clear", before=before, after=after, date=date_text(last.date))


def _survival(numbers: Numbers) -> Figure:
    case = numbers.asked.cases[0]
    rows = [row for row in numbers.rows(tuple(STAYS)) if row.n]
    table = Table(
        id="survival",
        caption=said(SECTION_WORDS, "survival_caption"),
        columns=(
            column("label", said(SECTION_WORDS, "law")),
            column("years", said(SECTION_WORDS, "years_stayed"), "count"),
            column("stay", said(SECTION_WORDS, "stay"), "share"),
            column("law", said(SECTION_WORDS, "code")),
        ),
        rows=tuple(row for law in LAWS for row in _stays(rows, law, case)),
    )
    return Figure(
        id="survival",
        kind="survival",
        title=_survival_title(rows),
        subtitle=said(SECTION_WORDS, "survival_subtitle", date=date_text(numbers.dates[-1])),
        source=source_line(numbers),
        table=table,
        options={"baseline": "baseline"},
    )


def _stays(rows: Sequence[Row], law: str, case: Case) -> Iterator[dict[str, Any]]:
    shares = {0: 1.0} | {STAYS[row.outcome]: getattr(row, law) for row in rows}
    for years, share in shares.items():
        yield {"law": law, "label": _label(law, case), "years": years, "stay": number(share)}


def _survival_title(rows: Sequence[Row]) -> Text:
    """Return how many of a hundred stay, where the range of the difference tells its sign."""
    row = next((row for row in rows if row.outcome == _TOLD), None)
    if row is None or not row.is_clear:
        return said(SECTION_WORDS, "survival_none")
    digits = 0 if math.isfinite(row.low) and abs(row.difference) >= 0.02 else 1
    before, after = (f"{100 * value:.{digits}f}" for value in (row.baseline, row.reform))
    if before == after:
        return said(SECTION_WORDS, "survival_none")
    key = "survival_clear" if row.difference > 0 else "survival_fewer"
    return said(SECTION_WORDS, key, before=before, after=after, years=STAYS[_TOLD])
