"""Scenarios in sentences: what one changes, dated and sourced, and how two differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from experiments.amounts import amount, number
from experiments.cases import titles_of
from experiments.clauses import overruled_by
from experiments.design import DEFAULT_UNTIL
from experiments.words import date_label, group_label, say
from scenarios import Scenario, describe_changes, facts
from scenarios.explain import ChangeView
from scenarios.facts import ASSUMPTION
from simulation.records import month_index, month_text


class Difference(NamedTuple):
    """Changes that only one of two scenarios makes, that both make differently, and alike."""

    only_first: list[ChangeView]
    only_second: list[ChangeView]
    first: list[ChangeView]
    second: list[ChangeView]
    alike: list[ChangeView]


def heading(scenario: Scenario, lang: str) -> list[str]:
    """Return what a scenario is, before its changes: title, kind, measure, reason, how it acts."""
    parts = [say(f"kind_{scenario.kind}", lang), say(f"status_{scenario.status}", lang)]
    if scenario.measure:
        parts.insert(1, say("measure_number", lang, number=scenario.measure))
    lines = [f"{titles_of(scenario)[lang]} ({scenario.id}; {', '.join(parts)})"]
    if scenario.why:
        lines.append(scenario.why)
    if scenario.mechanism:
        lines.append(say("moves", lang, text=scenario.mechanism))
    if scenario.cannot_show:
        lines.append(say("cannot_show", lang, text=scenario.cannot_show))
    if scenario.reforms:
        lines.append(say("consists_of", lang, reforms=", ".join(reform.id for reform in scenario.reforms)))
    return lines


class Told(NamedTuple):
    """One change of a scenario, and who takes the last word from it, from which month on, if anybody does."""

    view: ChangeView
    overruled_by: str | None
    overruled_from: str | None


def told_changes(scenario: Scenario) -> list[Told]:
    """Return what a scenario changes, change by change, with the overlaps resolved."""
    told = []
    for number_, view in enumerate(describe_changes(scenario)):
        # Views come in the order of the changes; those of assumptions follow and never overlap.
        last = overruled_by(scenario, scenario.changes[number_]) if number_ < len(scenario.changes) else None
        told.append(Told(view, last[0].by if last else None, month_text(last[1]) if last else None))
    return told


def parts_of(scenario: Scenario) -> dict[str, Scenario]:
    """Return a scenario and those that it consists of, at any depth, by id."""
    inner = {name: part for reform in scenario.reforms for name, part in parts_of(reform).items()}
    return {**inner, scenario.id: scenario}


def told_sentence(told: Told, lang: str) -> str:
    """Return one change as a sentence, with who has the last word."""
    text = sentence(told.view, lang)
    if told.overruled_by is None or told.overruled_from is None:
        return text
    return text + say("overruled", lang, by=told.overruled_by, date=date_label(told.overruled_from, lang))


def sentence(view: ChangeView, lang: str) -> str:
    """Return one change as a sentence: when, what, from what to what, where, by which source."""
    phased = view.reached != view.start
    key = "change_phased" if phased else "change_until" if view.until else "change_from"
    sources = [say("law_today", lang, source=source_label(source, lang)) for source in view.law_sources]
    if view.source:
        sources.append(say("this_change", lang, source=source_label(view.source, lang)))
    text = say(
        key,
        lang,
        start=date_label(view.start, lang),
        until=date_label(view.reached if phased else view.until or view.start, lang),
        label=view.label[lang],
        before=values_text(view.before, view.unit, lang, has_unit=False),
        after=values_text(view.after, view.unit, lang, has_unit=True),
        where=_where(view.where, lang),
        path=view.path,
        sources="; ".join(sources) or say("none", lang),
    )
    return f"{text} {view.note}" if view.note else text


def source_label(source: str, lang: str) -> str:
    """Return a source as people read it: a fact by its id, an assumption by that word."""
    return say(ASSUMPTION, lang) if source == ASSUMPTION else source


def sources_of(views: Iterable[ChangeView]) -> list[str]:
    """Return the facts that some changes rest on, each once, with title and address."""
    known = facts()
    ids = dict.fromkeys(source for view in views for source in (*view.law_sources, view.source))
    return [
        f"{fact.id}  {fact.quantity}: {fact.value} {fact.unit} ({fact.year}). {fact.source_title}. {fact.source_address}".rstrip()
        for fact in (known[source] for source in ids if source in known)
    ]


def compare_changes(first: Scenario, second: Scenario) -> Difference:
    """Return how the changes of two scenarios differ, lever by lever."""
    views = [describe_changes(scenario) for scenario in (first, second)]
    by_path: list[dict[str, list[ChangeView]]] = [{}, {}]
    for found, kept in zip(views, by_path, strict=True):
        for view in found:
            kept.setdefault(view.path, []).append(view)
    result = Difference([], [], [], [], [])
    for path in dict.fromkeys([*by_path[0], *by_path[1]]):
        one, two = by_path[0].get(path, []), by_path[1].get(path, [])
        if not two:
            result.only_first.extend(one)
        elif not one:
            result.only_second.extend(two)
        elif [_essence(view) for view in one] == [_essence(view) for view in two]:
            result.alike.extend(one)
        else:
            result.first.extend(one)
            result.second.extend(two)
    return result


def plain_view(view: ChangeView) -> dict[str, Any]:
    """Return one change as plain values."""
    return {
        "path": view.path,
        "label": dict(view.label),
        "unit": view.unit,
        "from": view.start,
        "reached": view.reached,
        "until": view.until,
        "where": list(view.where),
        "before": dict(view.before),
        "after": dict(view.after),
        "source": view.source,
        "law_sources": list(view.law_sources),
        "note": view.note,
        "by": view.by,
    }


def _essence(view: ChangeView) -> tuple[Any, ...]:
    return view.operation, view.steps, view.start, view.until, view.where, dict(view.before), dict(view.after)


class Apart(NamedTuple):
    """A lever that two scenarios leave at different values: from when, where, and the values then and at the end."""

    path: str
    label: Mapping[str, str]
    unit: str
    start: str
    where: tuple[str, ...]
    first: float
    second: float
    first_at_end: float
    second_at_end: float


def clauses_apart(first: Scenario, second: Scenario, until: str = DEFAULT_UNTIL) -> list[Apart]:
    """Return the levers that stand at different values under two scenarios once all overlaps are resolved."""
    paths = dict.fromkeys(change.path for scenario in (first, second) for change in scenario.changes)
    return [apart for path in paths for apart in _apart(path, first, second, month_index(until))]


def _apart(path: str, first: Scenario, second: Scenario, last: int) -> Iterator[Apart]:
    lever = first.library.levers[path]
    one, two = first.column(path)[: last + 1], second.column(path)[: last + 1]
    differs = one != two
    if not differs.any():
        return
    month = int(np.argmax(differs.any(axis=1)))
    columns = np.flatnonzero(differs[month])
    everywhere = len(columns) == len(lever.places)
    where = () if everywhere else tuple(lever.places[column] for column in columns)
    values = [float(table[at, columns[0]]) for at in (month, last) for table in (one, two)]
    yield Apart(path, lever.label, lever.unit, month_text(month), where, *values)


def apart_sentence(apart: Apart, lang: str, until: str = DEFAULT_UNTIL) -> str:
    """Return a lever at different values as a sentence."""
    changes_later = (apart.first, apart.second) != (apart.first_at_end, apart.second_at_end)
    return say(
        "clause_apart_later" if changes_later else "clause_apart",
        lang,
        date=date_label(apart.start, lang),
        where=_where(apart.where, lang),
        label=apart.label[lang],
        one=number(apart.first, apart.unit, lang),
        two=amount(apart.second, apart.unit, lang),
        one_end=number(apart.first_at_end, apart.unit, lang),
        two_end=amount(apart.second_at_end, apart.unit, lang),
        end=date_label(until, lang),
        path=apart.path,
    )


def values_text(values: Mapping[str, float], unit: str, lang: str, *, has_unit: bool = True) -> str:
    """Return one value, or the range over places where they differ."""
    low, high = min(values.values()), max(values.values())
    written = amount if has_unit else number
    if low == high:
        return written(low, unit, lang)
    return say("range_by_place", lang, low=number(low, unit, lang), high=written(high, unit, lang))


def _where(where: tuple[str, ...], lang: str) -> str:
    if not where:
        return ""
    places = [group_label(place, lang) for place in where]
    return say("in_places", lang, places=("、" if lang == "zh" else ", ").join(places))
