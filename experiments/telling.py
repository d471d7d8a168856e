"""Scenarios in sentences: what one changes, dated and sourced, and how two differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from experiments.cases import titles_of
from experiments.words import date_label, group_label, say
from scenarios import Scenario, describe_changes, facts
from scenarios.explain import ChangeView


class Difference(NamedTuple):
    """Changes that only one of two scenarios makes, that both make differently, and alike."""

    only_first: list[ChangeView]
    only_second: list[ChangeView]
    first: list[ChangeView]
    second: list[ChangeView]
    alike: list[ChangeView]


def heading(scenario: Scenario, lang: str) -> list[str]:
    """Return what a scenario is, before its changes: title, kind, measure, reason."""
    parts = [say(f"kind_{scenario.kind}", lang), say(f"status_{scenario.status}", lang)]
    if scenario.measure:
        parts.insert(1, say("measure_number", lang, number=scenario.measure))
    lines = [f"{titles_of(scenario)[lang]} ({scenario.id}; {', '.join(parts)})"]
    if scenario.why:
        lines.append(scenario.why)
    if scenario.reforms:
        lines.append(say("consists_of", lang, reforms=", ".join(reform.id for reform in scenario.reforms)))
    return lines


def sentence(view: ChangeView, lang: str) -> str:
    """Return one change as a sentence: when, what, from what to what, where, by which source."""
    phased = view.reached != view.start
    key = "change_phased" if phased else "change_until" if view.until else "change_from"
    sources = [say("law_today", lang, source=source) for source in view.law_sources]
    if view.source:
        sources.append(say("this_change", lang, source=view.source))
    text = say(
        key,
        lang,
        start=date_label(view.start, lang),
        until=date_label(view.reached if phased else view.until or view.start, lang),
        label=view.label[lang],
        before=_values(view.before, lang),
        after=_values(view.after, lang),
        unit=view.unit,
        where=_where(view, lang),
        path=view.path,
        sources="; ".join(sources) or say("none", lang),
    )
    return f"{text} {view.note}" if view.note else text


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


def _values(values: Mapping[str, float], lang: str) -> str:
    """Return one value, or the range over places where they differ."""
    low, high = min(values.values()), max(values.values())
    if low == high:
        return f"{low:,.6g}"
    return say("range_by_place", lang, low=f"{low:,.6g}", high=f"{high:,.6g}")


def _where(view: ChangeView, lang: str) -> str:
    if not view.where:
        return ""
    places = [group_label(place, lang) for place in view.where]
    return say("in_places", lang, places=("、" if lang == "zh" else ", ").join(places))
