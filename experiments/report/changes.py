"""Section 2 of a report: every provision that a scenario changes, dated, with its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from experiments.cases import titles_of
from experiments.report.building import both, column, date_text, group_text, joined, said
from experiments.report.parts import Item, Kind, Listing, Paragraph, Section, Table, Text
from experiments.report.section_words import SECTION_WORDS
from experiments.telling import Told, parts_of, source_label, told_changes, values_text
from scenarios import facts
from scenarios.levers import PLACES

if TYPE_CHECKING:
    from experiments.replicate import Case


_KINDS: dict[str, Kind] = {
    "from": "date", "until": "text", "what": "text", "before": "text", "after": "text", "by": "text",
    "source": "text", "link": "text",
}  # fmt: skip
TOLD_MOST = 8
"""Scenarios whose provisions are told one by one."""


def changes_section(cases: Sequence[Case]) -> Section:
    """Return what each scenario changes: a table of provisions, oldest first; of many scenarios, a line each."""
    items: list[Item]
    if len(cases) > TOLD_MOST:
        items = [Listing(tuple(_in_short(case) for case in cases))]
    else:
        items = [item for case in cases for item in _of(case, is_one=len(cases) == 1)]
    return Section("changes", said(SECTION_WORDS, "changes"), tuple(items))


def _in_short(case: Case) -> Text:
    """Return how many provisions a scenario changes, and since when."""
    n, first = len(case.scenario.changes), case.first
    date = date_text(first) if first else {"en": "", "zh": ""}
    return said(
        SECTION_WORDS, "changes_short" if first else "changes_short_none", title=case.title, n=n, date=date, id=case.id
    )


def _of(case: Case, *, is_one: bool) -> Iterator[Item]:
    scenario, title = case.scenario, case.title
    if not is_one:
        yield Paragraph(said(SECTION_WORDS, "changes_of", title=title))
    if scenario.why:
        # What a file says for itself is in the language of the file.
        yield Paragraph(both(lambda lang: scenario.why), "quote")  # noqa: ARG005 - likewise
    told = sorted(told_changes(scenario), key=lambda one: one.view.start)
    if not told:
        yield Paragraph(said(SECTION_WORDS, "changes_none"), "warning")
        return
    yield Paragraph(said(SECTION_WORDS, "changes_first", n=len(told), date=date_text(told[0].view.start)))
    yield _table("changes" if is_one else f"changes-{case.id}", case, told)
    titles = {id_: titles_of(part) for id_, part in parts_of(scenario).items()}
    overruled = {
        text["en"]: text for text in (_overruled(one, titles) for one in told if one.overruled_from is not None)
    }
    if overruled:
        # The same of several places is said once.
        yield Listing(tuple(overruled.values()))
    for key, text in (("acts", scenario.mechanism), ("cannot", scenario.cannot_show)):
        if text:
            yield Paragraph(said(SECTION_WORDS, key, text=text), "note")


def _overruled(one: Told, titles: Mapping[str, Text]) -> Text:
    by = str(one.overruled_by)
    date = date_text(one.overruled_from or one.view.start)
    return said(SECTION_WORDS, "overruled", what=one.view.label, date=date, by=titles.get(by, both(lambda lang: by)))  # noqa: ARG005 - a name is one in both languages


def _table(name: str, case: Case, told: Sequence[Told]) -> Table:
    titles = {id_: titles_of(part) for id_, part in parts_of(case.scenario).items()}
    rows = [_row(one, titles) for one in told]
    # Columns that would say the same in every row are left out.
    left_out = {"by"} if not case.scenario.reforms else set()
    left_out |= {key for key in ("until", "link") if all(row[key] is None for row in rows)}
    return Table(
        id=name,
        caption=said(SECTION_WORDS, "changes_caption"),
        columns=tuple(column(key, said(SECTION_WORDS, key), _KINDS[key]) for key in _KINDS if key not in left_out),
        rows=tuple({key: cell for key, cell in row.items() if key not in left_out} for row in rows),
        note=said(SECTION_WORDS, "changes_note"),
    )


def _row(one: Told, titles: Mapping[str, Any]) -> dict[str, Any]:
    view = one.view
    sources = [source for source in dict.fromkeys((*view.law_sources, view.source)) if source]
    known = facts()
    links = dict.fromkeys(known[source].source_address for source in sources if source in known)
    what: Text = dict(view.label)
    return {
        "from": view.start,
        "until": _until(one),
        "what": said(SECTION_WORDS, "what_in", what=what, places=_where(one)) if view.where else what,
        "before": both(lambda lang: values_text(view.before, view.unit, lang)),
        "after": both(lambda lang: values_text(view.after, view.unit, lang)),
        "by": titles.get(view.by, view.by),
        "source": joined([_source(source) for source in sources], said(SECTION_WORDS, "semicolon"))
        if sources
        else None,
        "link": next((link for link in links if link.startswith(("http://", "https://"))), None),
    }


def _until(one: Told) -> Text | None:
    view = one.view
    if view.reached != view.start:
        return said(SECTION_WORDS, "phased", date=date_text(view.reached))
    return date_text(view.until) if view.until else None


def _where(one: Told) -> Text:
    """Return the places of a change: by name, or where they are most, those that are left out."""
    places = next((known for known in PLACES.values() if set(one.view.where) <= set(known)), one.view.where)
    rest = [place for place in places if place not in one.view.where]
    is_most = 0 < len(rest) < len(one.view.where)
    named = joined([group_text(place) for place in (rest if is_most else one.view.where)], said(SECTION_WORDS, "comma"))
    return said(SECTION_WORDS, "all_but", places=named) if is_most else named


def _source(source: str) -> Text:
    """Return a fact by its id and title, an assumption by that word."""
    fact = facts().get(source)
    if fact is None:
        return both(lambda lang: source_label(source, lang))
    return both(lambda lang: f"{source}: {fact.source_title}" if fact.source_title else source)  # noqa: ARG005 - titles are as published
