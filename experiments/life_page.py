"""The page of a biography: lines for people, and the same as plain values for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from experiments import biography_labels as labels
from experiments.amounts import amount, number
from experiments.cases import titles_of
from experiments.life_telling import (
    clause_line,
    end_line,
    event_line,
    gain_line,
    listed_terms,
    month_label,
    person_line,
    sentence,
    signed,
    units_line,
)
from experiments.lives import Life, differing_clauses, parting, same_decision, terms_of
from experiments.words import group_label, phrase
from simulation.biography.event import Event
from simulation.names import REGIONS, STATUSES
from simulation.records import NEVER, month_text

SCHEMA = "talentflow.life/1"
_PASSING = {("considered", "again"), ("considered", ""), ("gave-up", "not-worth-it"), ("gave-up", "no-category")}
_STAYING = {"stayed", "renewal-filed", "renewed"}
_DATES = {"until"}
_TERMS_OF_PARTING = 4
_MARK = "  "


@dataclass(frozen=True)
class Told:
    """A month of a life in words, or several months that repeat each other.

    ``kinds`` are those of its events; ``details`` the clauses that decided and what spoke for and against.
    """

    month: int
    text: str
    kinds: tuple[str, ...]
    details: tuple[str, ...] = ()
    is_summed: bool = False


@dataclass(frozen=True)
class Page:
    """How a page is written: its language, and whether months that repeat each other are told one by one."""

    lang: str = "en"
    is_full: bool = False

    def lines(self, life: Life, other: Life | None = None) -> Iterator[str]:
        """Yield the page of one life, or of a person's two lives; a line is a paragraph, yet to be broken."""
        title, number = titles_of(life.scenario)[self.lang], int(life.born.id)
        if other is None:
            yield sentence("title", self.lang, id=number, title=title)
        else:
            yield sentence("title_two", self.lang, id=number, title=title, other=titles_of(other.scenario)[self.lang])
        yield sentence("invented", self.lang)
        yield person_line(life, self.lang)
        yield ""
        if other is None:
            yield from self._story(life, life.events)
            yield end_line(life, self.lang)
        else:
            yield from self._two(life, other)
        if any(event.gain for each in (life, other) if each for event in each.events):
            yield ""
            yield units_line(life, self.lang)

    def _two(self, first: Life, second: Life) -> Iterator[str]:
        where = parting(first, second)
        if where.month is None:
            yield from self._story(first, first.events)
            yield end_line(first, self.lang)
            yield sentence("never_part", self.lang)
            return
        if where.shared:
            yield f"== {sentence('same_until', self.lang, date=month_label(where.month, self.lang))}"
            yield from self._story(first, first.events[: where.shared])
        else:
            yield sentence("same_from_start", self.lang)
        yield ""
        date = month_label(where.month, self.lang)
        titles = {"first": titles_of(first.scenario)[self.lang], "second": titles_of(second.scenario)[self.lang]}
        yield f"== {sentence('part', self.lang, date=date, **titles)}"
        yield from (f"{_MARK}{reason}" for reason in reasons(first, second, where.month, self.lang))
        for life in (first, second):
            yield ""
            yield f"== {sentence('under', self.lang, title=titles_of(life.scenario)[self.lang])}"
            yield from self._story(life, life.events[where.shared :])
            yield end_line(life, self.lang)

    def _story(self, life: Life, events: Sequence[Event]) -> Iterator[str]:
        """Yield events by month, each with its clause and its terms; months that repeat each other in one line."""
        for told in self.told(life, events):
            if told.is_summed:
                yield _MARK + told.text
                continue
            mark = "：" if self.lang == "zh" else ": "
            yield f"{month_label(told.month, self.lang)}{mark}{told.text}"
            yield from (f"{_MARK}{detail}" for detail in told.details)

    def told(self, life: Life, events: Sequence[Event]) -> Iterator[Told]:
        """Yield events by month, those of months that repeat each other at once."""
        months = [list(month) for _, month in groupby(events, key=lambda event: event.month)]
        at = 0
        while at < len(months):
            n = 0 if self.is_full else _repeated(months, at)
            yield self._month(life, months[at])
            if n:
                repeats = months[at + 1 : at + 1 + n]
                kinds = tuple(event.kind for month in repeats for event in month)
                yield Told(repeats[0][0].month, self._summed(repeats), kinds, is_summed=True)
            at += 1 + n

    def _month(self, life: Life, events: Sequence[Event]) -> Told:
        text = " ".join(event_line(event, self.lang) for event in events)
        text = text if self.lang == "en" else text.replace("。 ", "。")
        clauses = {clause.path: clause for event in events for clause in life.clauses(event)}.values()
        details = [clause_line(clause, self.lang) for clause in clauses]
        gains = {id(event.gain): event.gain for event in events if event.gain is not None}
        if gains:
            # One decision often leads to several events of a month: the last is the one that counted.
            details.append(gain_line(list(gains.values())[-1], self.lang))
        return Told(events[0].month, text, tuple(event.kind for event in events), tuple(details))

    def _summed(self, months: Sequence[Sequence[Event]]) -> str:
        last = month_label(months[-1][0].month, self.lang)
        kinds = [event.kind for month in months for event in month]
        if "considered" in kinds:
            return sentence("let_pass", self.lang, n=kinds.count("considered"), last=last)
        n, renewals = kinds.count("stayed"), kinds.count("renewed")
        key = "stayed_on_renewed" if renewals else "stayed_on"
        return sentence(key, self.lang, n=n, last=last, renewals=renewals)


def _repeated(months: Sequence[Sequence[Event]], at: int) -> int:
    """Return how many months after one only repeat it: thoughts let pass, or reviews and renewals that change nothing."""
    if _lets_pass(months[at]):
        return _run(months, at, _lets_pass)
    status = months[at][-1].status
    if not any(event.kind in {"stayed", "renewed", "entry"} for event in months[at]):
        return 0
    return _run(months, at, lambda month: _stays(month, status))


def _run(months: Sequence[Sequence[Event]], at: int, repeats: Any) -> int:
    n = 0
    while at + 1 + n < len(months) and repeats(months[at + 1 + n]):
        n += 1
    # One such month is as short told as summed up.
    return n if n > 1 else 0


def _lets_pass(month: Sequence[Event]) -> bool:
    return {(event.kind, event.variant) for event in month} <= _PASSING and month[-1].kind == "gave-up"


def _stays(month: Sequence[Event], status: int) -> bool:
    plain = {"", "spontaneous", "permit", "A", "B", "C", "B1"}
    return all(event.kind in _STAYING and event.variant in plain and event.status == status for event in month)


def reasons(first: Life, second: Life, month: int, lang: str) -> Iterator[str]:
    """Yield why two lives part in a month: clauses, the balance of the decision, what differed before."""
    found = False
    for one, other in differing_clauses(first, second, month):
        found = True
        values = {"one": number(one.value, one.unit, lang), "two": amount(other.value, other.unit, lang)}
        yield sentence("why_clause", lang, label=one.label[lang], path=one.path, **values)
    gains = same_decision(first, second, month)
    if gains is not None:
        found = True
        one_terms, two_terms = terms_of(gains[0]), terms_of(gains[1])
        apart = {name: two_terms.get(name, 0.0) - one_terms.get(name, 0.0) for name in {**one_terms, **two_terms}}
        largest = sorted(apart, key=lambda name: (-abs(apart[name]), name))[:_TERMS_OF_PARTING]
        told = listed_terms({name: apart[name] for name in largest if abs(apart[name]) >= 5e-4}, lang)
        values = {"one": signed(gains[0].result), "two": signed(gains[1].result)}
        yield sentence("why_gain", lang, terms=told or "-", **values)
    for what, one_text, two_text in _records_apart(first, second, month, lang):
        found = True
        yield sentence("why_record", lang, what=what, one=one_text, two=two_text)
    if not found:
        yield sentence("why_public", lang)


def _records_apart(first: Life, second: Life, month: int, lang: str) -> Iterator[tuple[str, str, str]]:
    """Yield in what the two lives differed as the month began, in words."""
    people = [_person_before(life, month) for life in (first, second)]
    for name in labels.RECORDS:
        one, two = (getattr(person, name) for person in people)
        shown = _shown(name, one, lang), _shown(name, two, lang)
        if one != two and shown[0] != shown[1]:
            yield phrase(labels.RECORDS, name, lang), *shown


def _person_before(life: Life, month: int) -> Any:
    earlier = [each.after for each in life.months if each.now.month < month]
    return earlier[-1] if earlier else life.born


def _shown(name: str, value: float, lang: str) -> str:
    if name == "status":
        return phrase(labels.STATUSES, STATUSES[int(value)], lang)
    if name == "region":
        return group_label(REGIONS[int(value)], lang)
    if name.endswith(("_until", "_month")):
        return "-" if int(value) == NEVER else month_label(int(value), lang)
    return f"{value:,.0f}"


def to_dict(life: Life, lang: str, other: Life | None = None) -> dict[str, Any]:
    """Return one life, or a person's two lives, as plain values."""
    told: dict[str, Any] = {
        "schema": SCHEMA,
        "id": int(life.born.id),
        "scenario": life.scenario.id,
        "seed": life.kept.facts.seed,
        "scale": life.kept.facts.scale,
        "until": life.until,
        "note": sentence("invented", lang),
        "person": person_line(life, lang),
        "events": [_event(life, event, lang) for event in life.events],
        "end": end_line(life, lang),
    }
    if other is not None:
        where = parting(life, other)
        told["against"] = {
            "scenario": other.scenario.id,
            "events": [_event(other, event, lang) for event in other.events],
            "end": end_line(other, lang),
        }
        told["parting"] = None
        if where.month is not None:
            why = list(reasons(life, other, where.month, lang))
            told["parting"] = {"date": month_text(where.month), "shared_events": where.shared, "reasons": why}
    return told


def _event(life: Life, event: Event, lang: str) -> dict[str, Any]:
    return {
        "date": month_text(event.month),
        "event": event.kind,
        "text": event_line(event, lang),
        "terms": terms_of(event.gain) if event.gain is not None else {},
        "gain": event.gain.result if event.gain is not None else None,
        "variant": event.variant,
        "status": STATUSES[event.status],
        "region": event.region,
        "facts": {name: month_text(int(value)) if name in _DATES else value for name, value in event.facts.items()},
        "clauses": [clause.to_dict() for clause in life.clauses(event)],
    }
