"""The first page of a report: the finding, what stands behind it, three numbers, what must be known before reading on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from experiments.cases import outcome_labels
from experiments.findings import (
    finding,
    noise_of,
    quantum_of,
    rounded,
    rounded_up,
)
from experiments.reasons import WATCHED, Evidence, binding, reasons_of, told
from experiments.report.building import both, date_text, difference, exists, readable, said, unit_text
from experiments.report.first_words import FIRST_WORDS
from experiments.report.parts import BigNumber, Text
from experiments.rows import DrawnRow
from experiments.words import LANGUAGES

if TYPE_CHECKING:
    from experiments.report.numbers import Numbers
    from experiments.rows import Row

STAY = "stay_3y"
THIRD = ("days_to_permit_median", "pr_granted", "stay_5y", "family_share", "arrivals", "hours_lost", "exits")
"""Outcomes of the third number: the first that the reform clearly changes, or else the first that was measured."""
_NUMBERS = 3


def title_of(numbers: Numbers) -> Text:
    """Return what the report is about: the scenarios, the first three by name."""
    cases, shown = numbers.asked.cases, 3
    mark = {"en": "; ", "zh": "；"}
    more = said(FIRST_WORDS, "and_more", n=len(cases) - shown) if len(cases) > shown else {"en": "", "zh": ""}
    return both(lambda lang: mark[lang].join(case.title[lang] for case in cases[:shown]) + more[lang])


def finding_text(row: Row, title: Text) -> Text:
    """Return what one row says, in the units that reports tell."""
    label = outcome_labels()[row.outcome]
    return both(lambda lang: finding(readable(row), title[lang], lang, label[lang]))


def headline_of(numbers: Numbers) -> Text:
    """Return the finding with its range and its number of pairs; over several scenarios, how many have one."""
    rows = numbers.headline
    titles = {case.id: case.title for case in numbers.asked.cases}
    if len(rows) > 1 and rows[0].outcome == "stock":
        return _headline_of_many(rows, titles)
    # What a store keeps may be about something else: then the clearest finding stands for all.
    row = max(rows, key=lambda row: (row.is_clear, abs(row.difference)))
    whole = finding_text(row, titles[row.scenario])
    return said(FIRST_WORDS, "headline", finding=both(lambda lang: whole[lang].rstrip(".。")), n=row.n)


def _headline_of_many(rows: Sequence[Row], titles: Mapping[str, Text]) -> Text:
    clear = [row for row in rows if row.is_clear]
    values = {"total": len(rows), "date": date_text(rows[0].date), "pairs": min(row.n for row in rows)}
    bounds = [max(-row.low, row.high) for row in rows if exists(row.low)]
    if not bounds:
        return said(FIRST_WORDS, "headline_many_no_range", **values)
    if not clear:
        return said(FIRST_WORDS, "headline_many_none", size=rounded_up(max(bounds)), **values)
    most = _most_added(max(clear, key=lambda row: row.difference), titles)
    return said(FIRST_WORDS, "headline_many", most=most, n=len(clear), **values)


def _most_added(row: Row, titles: Mapping[str, Text]) -> Text:
    """Return what the largest estimate is with its range: it need not be told apart from the next."""
    if row.difference <= 0:
        return said(FIRST_WORDS, "most_none", pairs=row.n)
    quantum = quantum_of(noise_of(row))
    ends = zip(("size", "low", "high"), (row.difference, row.low, row.high), strict=True)
    sizes = {name: rounded(value, quantum) for name, value in ends}
    return said(FIRST_WORDS, "most_adds", title=titles[row.scenario], pairs=row.n, **sizes)


def lead_of(numbers: Numbers) -> tuple[Text, ...]:
    """Return two to four sentences below the headline: levels, who they are, what is uncertain."""
    rows = numbers.headline
    titles = {case.id: case.title for case in numbers.asked.cases}
    if len(rows) > 1:
        named = largest(rows)
        return (*(finding_text(row, titles[row.scenario]) for row in named), uncertainty(named[0]))
    return tuple(_lead_of_one(numbers, rows[0]))


def largest(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that the first page names: those told from zero first, the largest differences first."""
    return sorted(rows, key=lambda row: (not row.is_clear, -abs(row.difference)))[:_NUMBERS]


def _lead_of_one(numbers: Numbers, row: Row) -> Iterator[Text]:
    if row.n and (row.outcome, row.group) == ("stock", "all"):
        quantum = quantum_of(noise_of(row))
        values = {"baseline": rounded(row.baseline, quantum), "reform": rounded(row.reform, quantum)}
        yield said(FIRST_WORDS, "levels", date=date_text(row.date), **values)
    reached = next((one for one in numbers.persons if (one.date, one.group) == (row.date, "all")), None)
    if reached is not None and reached.touched:
        # Means over pairs, as every other count of people reached: two digits are more than they can bear.
        counts = {name: getattr(reached, name) for name in ("additional", "displaced")}
        told_ = {name: rounded(value, quantum_of(value)) for name, value in counts.items()}
        yield said(FIRST_WORDS, "added_and_lost", **told_)
    yield uncertainty(row)


def uncertainty(row: Row) -> Text:
    """Return what of the uncertainty is parameters, what chance; or that the range covers chance alone."""
    if not isinstance(row, DrawnRow) or not exists(row.parameter_share):
        return said(FIRST_WORDS, "chance_only")
    shares = {"parameters": f"{row.parameter_share:.0%}", "chance": f"{1 - row.parameter_share:.0%}"}
    return said(FIRST_WORDS, "share_of_draws", **shares)


def numbers_of(numbers: Numbers) -> tuple[BigNumber, ...]:
    """Return three numbers with their ranges."""
    if not numbers.asked.is_one:
        return _numbers_of_many(numbers)
    wanted = (*dict.fromkeys(("stock", STAY, *THIRD)),)
    rows = [row for row in numbers.rows(wanted) if row.n]
    # A number without a range says little; one is shown where there is no other.
    rows = [row for row in rows if exists(row.low)] or rows
    first = [row for row in rows if row.outcome in {"stock", STAY}]
    others = [row for row in rows if row.outcome not in {"stock", STAY}]
    # Those told from zero first; the order of the list decides among them.
    others.sort(key=lambda row: not row.is_clear)
    found = (_number(row) for row in [*first, *others][:_NUMBERS])
    return tuple(number for number in found if number is not None)


def _number(row: Row) -> BigNumber | None:
    told_, date = readable(row), date_text(row.date)
    cell = difference(told_)
    if cell is None:
        return None
    if row.outcome == "stock":
        return BigNumber(cell, unit_text(told_.unit), said(FIRST_WORDS, "people_in_china", date=date), is_signed=True)
    label = outcome_labels()[row.outcome]
    key = "of_those" if row.is_clear else "of_those_unclear"
    return BigNumber(cell, unit_text(told_.unit), said(FIRST_WORDS, key, outcome=label, date=date), is_signed=True)


def _numbers_of_many(numbers: Numbers) -> tuple[BigNumber, ...]:
    titles = {case.id: case.title for case in numbers.asked.cases}
    found = []
    for row in largest(numbers.headline):
        cell = difference(row)
        if cell is not None and row.outcome == "stock":
            what = said(FIRST_WORDS, "people_in_china_of", title=titles[row.scenario], date=date_text(row.date))
            found.append(BigNumber(cell, unit_text(row.unit), what, is_signed=True))
    return tuple(found)


def warnings_in(numbers: Numbers) -> tuple[Text, ...]:
    """Return what must be known before reading on: runs that say little, a change that reached nobody, what binds."""
    by_language = {lang: numbers.warnings(lang) for lang in LANGUAGES}
    found: list[Text] = [
        {lang: by_language[lang][place] for lang in LANGUAGES} for place in range(len(by_language["en"]))
    ]
    if numbers.asked.is_one:
        found += _of_evidence(numbers)
    return tuple(found)


def _of_evidence(numbers: Numbers) -> Iterator[Text]:
    """Yield what is scarce under the reform, and why nothing can be told where that is so."""
    case, main = numbers.asked.cases[0], numbers.headline[0]
    areas = tuple(dict.fromkeys(change.path.partition(".")[0] for change in case.scenario.changes))
    rows = {row.outcome: row for row in numbers.rows(WATCHED)}
    persons = next((row for row in numbers.persons if row.date == main.date and row.group == "all"), None)
    if persons is None or not set(WATCHED) <= set(rows):
        return
    evidence = Evidence(rows, persons, areas, numbers.asked.design.scale)
    # The first bounds and the size of what may be hidden stand in the headline.
    reasons = list(binding(main, evidence)) if main.is_clear else reasons_of(main, evidence)
    labels = outcome_labels()
    for reason in reasons:
        if reason.code not in {"reason_below", "reason_moves", "reason_same"}:
            yield said(
                FIRST_WORDS,
                "why_unclear",
                title=case.title,
                reason=both(lambda lang, reason=reason: told(reason, lang, labels)),  # type: ignore[misc]
            )
