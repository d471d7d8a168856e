"""Section 12 of a report, first half: what is assumed, at which value, and what kind of knowledge it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from experiments.amounts import amount
from experiments.report.building import both, column, said
from experiments.report.first_words import FIRST_WORDS
from experiments.report.knowledge import knowledge_of, narrowed_by
from experiments.report.parts import Item, Paragraph, Section, Table, Text
from experiments.telling import sentence
from scenarios import behaviours, describe_changes, levers
from scenarios.facts import ASSUMPTION

if TYPE_CHECKING:
    from experiments.report.asked import Asked
    from scenarios import Uncertainty


def assumptions_section(asked: Asked) -> Section:
    """Return the parameters that are least known, and how many provisions rest on a source."""
    return Section("assumptions", said(FIRST_WORDS, "assumptions"), tuple(_items(asked)), ("analyst", "class"))


def _items(asked: Asked) -> Iterator[Item]:
    for scenario in dict.fromkeys((*asked.assumed, *(case.scenario for case in asked.cases))):
        views = [view for view in describe_changes(scenario) if view.path not in levers()]
        if views:
            heading = said(FIRST_WORDS, "assumptions_of", ids=scenario.id)
            sentences = both(lambda lang, views=views: " ".join(sentence(view, lang) for view in views))  # type: ignore[misc]
            yield Paragraph(both(lambda lang, one=(heading, sentences): f"{one[0][lang]}: {one[1][lang]}"))  # type: ignore[misc]
    provisions = [provision for lever in levers().values() for provision in lever.provisions]
    assumed = sum(provision.source == ASSUMPTION for provision in provisions)
    counts = {"total": len(provisions), "assumed": assumed, "sourced": len(provisions) - assumed}
    yield Paragraph(said(FIRST_WORDS, "law_counts", **counts))
    yield _table(asked)


def _table(asked: Asked) -> Table:
    drawn = set(asked.drawn.parameters) if asked.drawn else set()
    shown = [one for one in behaviours().values() if one.role == "calibrate" or one.name in drawn]
    keys = {"parameter": "parameter", "value": "value", "span": "span_draws" if drawn else "span"}
    columns = [column(key, said(FIRST_WORDS, label)) for key, label in keys.items()]
    return Table(
        id="parameters",
        caption=said(FIRST_WORDS, "assumptions_caption"),
        columns=(*columns, column("known_from", said(FIRST_WORDS, "known_from"))),
        rows=tuple(_row(one, asked) for one in shown),
        note=said(FIRST_WORDS, "assumptions_note", n=len(shown), total=len(behaviours())),
    )


def _row(one: Uncertainty, asked: Asked) -> dict[str, Any]:
    values = (
        [float(draw.parameters[one.name]) for draw in asked.drawn.draws if one.name in draw.parameters]
        if asked.drawn
        else []
    )
    if values:
        value = both(lambda lang: amount(_shortened(sum(values) / len(values)), one.unit, lang))
        ends = min(values), max(values)
    else:
        value = both(lambda lang: _default(one, lang))
        ends = _ends(one.prior.parts)
    span = said(FIRST_WORDS, "range_of", low=f"{ends[0]:,.4g}", high=f"{ends[1]:,.4g}")
    # Where a parameter is not drawn, its value is the default: no data have narrowed that.
    narrowed = narrowed_by(asked.drawn.digest) if asked.drawn and values else frozenset()
    known = knowledge_of(one.name, one, narrowed=narrowed)
    return {"parameter": dict(one.label), "value": value, "span": span, "known_from": known.text}


def _ends(parts: Mapping[str, float]) -> tuple[float, float]:
    """Return the limits of a prior; two standard deviations to either side where it has none."""
    if "low" in parts:
        return parts["low"], parts["high"]
    mean, sd = parts.get("mean", parts.get("value", 0.0)), parts.get("sd", 0.0)
    return mean - 2 * sd, mean + 2 * sd


def _default(one: Uncertainty, lang: str) -> str:
    if isinstance(one.default, Mapping):
        low, high = min(one.default.values()), max(one.default.values())
        text: Text = said(FIRST_WORDS, "range_of", low=f"{low:,.4g}", high=amount(high, one.unit, lang))
        return text[lang]
    return amount(one.default, one.unit, lang)


def _shortened(value: float) -> float:
    return float(f"{value:.3g}")
