"""Section: what drives the effect, over draws of what is uncertain, and what 20% off would do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from experiments import pairing
from experiments.analyses.parameters import parameter_label, parameter_unit
from experiments.analyses.sensitivity_words import label_inside
from experiments.design import version
from experiments.findings import quantum_of, rounded, rounded_up
from experiments.report.building import both, column, date_text, interval, joined, said, unit_text
from experiments.report.drivers_words import UNITS, WORDS
from experiments.report.knowledge import knowledge_of, narrowed_by
from experiments.report.parts import Figure, Paragraph, Section, Table
from experiments.report.thirds import Driver, Mean, drivers_of, mean_of
from experiments.report.uncertain import MIDDLE_SEEDS, REPLICATES, drawn_of, near_middle, uncertainty_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from experiments.report.asked import Asked, Running
    from experiments.report.parts import Text
    from experiments.report.uncertain import Drawn

SHOWN = 8
MOVED = 5
"""Parameters of which is tried what 20% off would do."""
OFF = 0.2
_UP_TO_ONE = {"share", "probability"}


class Off(NamedTuple):
    """By how much the effect changes where a parameter is lower and where it is higher; None where it cannot be."""

    less: Mean | None
    more: Mean | None


def section(asked: Asked, running: Running) -> Section | None:
    """Return what the effect depends on; None without one scenario, or where its law never differs."""
    if not asked.is_one or asked.cases[0].first is None:
        return None
    drawn = drawn_of(asked, running)
    drivers = drivers_of(drawn.names, drawn.inputs, drawn.means)
    middle, off = _off(asked, drawn, drivers[:MOVED], running)
    title = asked.cases[0].title
    return told(drawn, drivers, title, middle, off)


def told(drawn: Drawn, drivers: Sequence[Driver], title: Text, middle: Mean, off: Mapping[str, Off]) -> Section:
    """Return the section about some drivers, the most telling first."""
    date = date_text(drawn.bench.date)
    source = _source(drawn)
    table = driver_table(drivers[:SHOWN])
    subtitle = said(WORDS, "subtitle", date=date, percent=round(100 * pairing.CONFIDENCE))
    figure = Figure("drivers", "drivers", _figure_title(drivers), subtitle, source, table)
    known = known_table(drawn, [driver.name for driver in drivers[:MOVED]], off, middle)
    return Section(
        "drivers",
        said(WORDS, "heading"),
        (
            *findings(drivers, title, date),
            figure,
            Paragraph(_judged(drawn, len(known.rows))),
            known,
        ),
    )


def findings(drivers: Sequence[Driver], title: Text, date: Text) -> list[Paragraph]:
    """Return what the effect depends on, no more surely than the draws tell."""
    clear = [one for one in drivers if one.is_told]
    rest = [one for one in drivers if not one.is_told]
    bound = max((max(-one.difference.low, one.difference.high) for one in rest), default=0.0)
    words: dict[str, Any] = {"title": title, "date": date, "total": len(drivers), "size": rounded_up(bound)}
    if not clear:
        key = "none_told" if bound > 0 else "constant"
        return [Paragraph(said(WORDS, key, **words), "finding")]
    names = _listed([_inside(one.name) for one in clear])
    found = [Paragraph(said(WORDS, "told", names=names, **words), "finding")]
    found += [Paragraph(_one_told(one)) for one in clear[:3]]
    return [*found, Paragraph(said(WORDS, "untold", n=len(rest), size=rounded_up(bound)))] if rest else found


def _one_told(one: Driver) -> Text:
    noise = min((mean.high - mean.low) / 2 for mean in (one.low, one.high))
    quantum = quantum_of(noise)
    ends = {
        f"{side}{end}": rounded(getattr(getattr(one, side), name), quantum)
        for side in ("low", "high")
        for end, name in (("", "value"), ("_low", "low"), ("_high", "high"))
    }
    return said(WORDS, "one_told", name=_label(one.name), **ends)


def _figure_title(drivers: Sequence[Driver]) -> Text:
    clear = [one for one in drivers if one.is_told]
    if not clear:
        return said(WORDS, "figure_none")
    key = "figure_told" if len(clear) == 1 else "figure_told_some"
    return said(WORDS, key, name=_inside(clear[0].name), n=len(clear), total=len(drivers))


def driver_table(drivers: Sequence[Driver]) -> Table:
    """Return the effect in the lowest and the highest third of each parameter."""
    people = unit_text("persons")
    columns = (
        column("label", said(WORDS, "label")),
        column("low", said(WORDS, "low"), "interval", people),
        column("high", said(WORDS, "high"), "interval", people),
        column("difference", said(WORDS, "difference"), "interval", people, is_difference=True),
        column("correlation", said(WORDS, "correlation"), "number"),
        column("told", said(WORDS, "is_told")),
    )
    rows = tuple(
        {
            "label": _label(one.name),
            "low": interval(*one.low),
            "high": interval(*one.high),
            "difference": interval(*one.difference),
            "correlation": round(one.correlation, 2),
            "told": said(WORDS, "yes" if one.is_told else "no"),
        }
        for one in drivers
    )
    return Table("drivers", said(WORDS, "caption"), columns, rows, said(WORDS, "note"))


def known_table(drawn: Drawn, names: Sequence[str], off: Mapping[str, Off], middle: Mean) -> Table:
    """Return what is known of parameters, and what 20% off would do."""
    people = unit_text("persons")
    columns = (
        column("label", said(WORDS, "label")),
        column("value", said(WORDS, "value"), "interval"),
        column("unit", said(WORDS, "unit")),
        column("known", said(WORDS, "known")),
        column("facts", said(WORDS, "facts")),
        column("less", said(WORDS, "less"), "interval", people, is_difference=True),
        column("more", said(WORDS, "more"), "interval", people, is_difference=True),
    )
    rows = tuple(_known_row(drawn, name, off[name]) for name in names)
    quantum = quantum_of((middle.high - middle.low) / 2)
    size, low, high = (rounded(value, quantum) for value in middle)
    note = said(WORDS, "known_note", size=size, low=low, high=high, seeds=MIDDLE_SEEDS)
    return Table("known", said(WORDS, "known_caption"), columns, rows, note)


def _known_row(drawn: Drawn, name: str, off: Off) -> dict[str, Any]:
    known = drawn.known[name]
    found = knowledge_of(name, uncertainty_of(name), narrowed=narrowed_by(drawn.digest))
    return {
        "label": _label(name),
        "value": interval(known.mean, known.low, known.high),
        "unit": {"en": (unit := parameter_unit(name)), "zh": UNITS.get(unit, unit)},
        "known": found.text,
        "facts": found.facts,
        "less": None if off.less is None else interval(*off.less),
        "more": None if off.more is None else interval(*off.more),
    }


def _judged(drawn: Drawn, moved: int) -> Text:
    narrowed = narrowed_by(drawn.digest) & set(drawn.names)
    return said(WORDS, "all_judged", n=len(drawn.names), narrowed=len(narrowed), moved=moved)


def _off(asked: Asked, drawn: Drawn, drivers: Sequence[Driver], running: Running) -> tuple[Mean, dict[str, Off]]:
    """Return the effect in the middle, and how it changes where each parameter is 20% off."""
    middle = drawn.middle
    moved = {(one.name, side): moved_by(middle, one.name, side * OFF) for one in drivers for side in (-1, 1)}
    tried = {key: setting for key, setting in moved.items() if setting is not None}
    effects = near_middle(asked, [middle, *tried.values()], running)
    changes = {
        key: mean_of((row - effects[0])[_known(row - effects[0])]) for key, row in zip(tried, effects[1:], strict=True)
    }
    found = {one.name: Off(changes.get((one.name, -1)), changes.get((one.name, 1))) for one in drivers}
    return mean_of(effects[0][_known(effects[0])]), found


def _known(values: Any) -> Any:
    import numpy as np

    return np.isfinite(values)


def moved_by(setting: Mapping[str, float], name: str, share: float) -> dict[str, float] | None:
    """Return a setting with one parameter moved by a share of its value; None where that leaves its limits."""
    limits = uncertainty_of(name)
    if limits is None:
        # Limits of the world's givens differ by place: they are not moved blindly.
        return None
    value = setting[name] * (1 + share)
    value = round(value) if limits.is_whole else value
    most = min(limits.high, 1.0) if limits.unit in _UP_TO_ONE else limits.high
    if not limits.low <= value <= most or value == setting[name]:
        return None
    return {**setting, name: value}


def _source(drawn: Drawn) -> Text:
    dropped = said(WORDS, "dropped", n=drawn.dropped) if drawn.dropped else both(lambda _: "")
    return said(
        WORDS,
        "source",
        draws=drawn.n,
        dropped=dropped,
        posterior=drawn.posterior,
        replicates=REPLICATES,
        scale=f"{drawn.bench.scale:,}",
        version=version(),
    )


def _label(name: str) -> Text:
    return both(lambda lang: parameter_label(name, lang))


def _inside(name: str) -> Text:
    return both(lambda lang: label_inside(name, lang))


def _listed(names: Sequence[Text]) -> Text:
    head, last = names[:-1], names[-1]
    if not head:
        return last
    return joined([joined(head, said(WORDS, "comma")), last], said(WORDS, "and"))
