"""The data dictionary that goes with every export: what each table, column, outcome, group, arm and parameter is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from experiments.exporting.about import About, both
from experiments.exporting.counted import COUNTED
from experiments.exporting.outcomes import KINDS, kind_of, label_of, unit_of
from experiments.exporting.words import COLUMNS, TABLES
from experiments.words import LANGUAGES, group_label, say, unit_label


@dataclass(frozen=True)
class Entry:
    """One thing that an export names; ``unit``, ``kind`` and ``source`` are empty where there is none."""

    section: str
    name: str
    label_en: str
    label_zh: str
    meaning_en: str
    meaning_zh: str
    unit: str = ""
    kind: str = ""
    source: str = ""


def dictionary_of(
    about: About, tables: Mapping[str, Any], *, outcomes: Sequence[str], groups: Sequence[str]
) -> list[Entry]:
    """Return the dictionary of an export.

    Parameters
    ----------
    about
        What the runs have in common.
    tables
        Data frames by name, those that are written.
    outcomes, groups
        Names that occur in them.
    """
    return [
        *_facts(about),
        *_sentences(about),
        *_tables(tables),
        *map(outcome_entry, outcomes),
        *map(_group, groups),
        *(Entry("arm", arm.id, *arm.title, *arm.does) for arm in about.arms),
        *map(_parameter, about.parameters),
    ]


def frame_of(entries: Iterable[Entry]) -> Any:
    """Return a dictionary as a data frame."""
    import pandas as pd

    table = pd.DataFrame(list(entries), columns=[field.name for field in fields(Entry)])
    return table.replace("", None)


def _facts(about: About) -> Iterator[Entry]:
    yield Entry("about", "title", *both("title"), *about.title)
    facts: dict[str, object] = {
        "version": f"talentflow {about.version}",
        "seed": about.seed,
        "scale": about.scale,
        "until": about.until,
        "engine": about.engine,
        "confidence": about.confidence,
    }
    for name, value in facts.items():
        yield Entry("about", name, *both(name), str(value), str(value))
    done = (str(about.done), str(about.done))
    if about.planned is not None:
        done = both("done_of", done=about.done, planned=about.planned)
    yield Entry("about", "runs_done", *both("runs_done"), *done)
    assumed = (", ".join(about.assumed),) * 2 if about.assumed else both("none")
    yield Entry("about", "assumed", *both("assumed"), *assumed)


def _sentences(about: About) -> Iterator[Entry]:
    """Yield what every reader must know of the numbers."""
    yield Entry("about", "provisional", "", "", *_said("provisional"))
    yield Entry("about", "intervals", "", "", *both("over_draws" if about.is_over_draws else "chance_only"))
    yield Entry("about", "draws", "", "", *both("draws_in_turn" if about.is_over_draws else "averaged"))
    yield Entry("about", "flows", "", "", *_said("flows_are"))


def _tables(tables: Mapping[str, Any]) -> Iterator[Entry]:
    columns: dict[str, list[str]] = {}
    for name, table in tables.items():
        yield Entry("table", name, name, name, *TABLES[name])
        for column in table.columns:
            columns.setdefault(column, []).append(name)
    for column, places in columns.items():
        if column in COLUMNS:
            yield Entry("column", column, *COLUMNS[column], source=", ".join(places))


def outcome_entry(name: str) -> Entry:
    """Return what an outcome is: label, what it counts, unit, kind and where it is documented."""
    counted, kind = COUNTED[name], kind_of(name)
    english, chinese = label_of(name)
    return Entry(
        "outcome",
        name,
        english,
        chinese,
        f"{counted.en}; {KINDS[kind][0]}",
        f"{counted.zh}；{KINDS[kind][1]}",
        unit=unit_of(name),
        kind=kind,
        source=counted.source,
    )


def _group(name: str) -> Entry:
    family = name.partition("=")[0]
    labels, families = ([group_label(one, lang) for lang in LANGUAGES] for one in (name, family))
    meanings = labels if family == name else [f"{of}: {label}" for of, label in zip(families, labels, strict=True)]
    return Entry("group", name, *labels, *meanings)


def _parameter(name: str) -> Entry:
    from scenarios import behaviours, levers

    here = both("parameter_here")
    known = behaviours().get(name.partition(".")[0]) or levers().get(name)
    if known is None:
        return Entry("parameter", name, name, name, *here)
    labels = known.label["en"], known.label["zh"]
    source = getattr(known, "source", "") or "scenarios/law/"
    return Entry("parameter", name, *labels, *here, unit=unit_label(known.unit, "en"), source=source)


def _said(key: str) -> tuple[str, str]:
    english, chinese = (say(key, lang) for lang in LANGUAGES)
    return english, chinese
