"""The files of ``law/``, read into levers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from scenarios.checked import check_header, checked, note_unknown_keys
from scenarios.events import Document, Location, read_file
from scenarios.facts import Fact, check_source
from scenarios.levers import Lever, Provision, lever_slots
from scenarios.months import FIRST_MONTH, is_inside, month_index, steps_of
from scenarios.names import shown
from scenarios.places import places_of
from scenarios.problems import Findings
from scenarios.schema import LeverForm, ProvisionForm

SCHEMA = "talentflow.law/1"


def read_law(folder: Path, facts: Mapping[str, Fact], shown_in: str) -> tuple[dict[str, Lever], list[Findings]]:
    """Return the levers of a folder by full path, in the order of the records, and what is wrong with the files."""
    paths_by_area: dict[str, list[str]] = {}
    for path in lever_slots():
        paths_by_area.setdefault(path.partition(".")[0], []).append(path)
    levers: dict[str, Lever] = {}
    findings: list[Findings] = []
    for area, paths in paths_by_area.items():
        document = read_file(folder / f"{area}.yaml", f"{shown_in}/{area}.yaml")
        findings.append(document.findings)
        levers |= {lever.path: lever for lever in _levers_in(document, area, paths, facts)}
    return levers, findings


def _levers_in(document: Document, area: str, paths: list[str], facts: Mapping[str, Fact]) -> Iterator[Lever]:
    if not check_header(document, SCHEMA, area):
        return
    leaves = [path.partition(".")[2] for path in paths]
    meant = note_unknown_keys(document, (area,), leaves)
    for path, leaf in zip(paths, leaves, strict=True):
        if leaf not in document.data[area]:
            if leaf not in meant:
                document.findings.add(document.mark(area), "missing-key", key=leaf)
            continue
        form = checked(LeverForm, document, (area, leaf))
        if form is not None:
            yield _lever(form, path, document, facts)


def _lever(form: LeverForm, path: str, document: Document, facts: Mapping[str, Fact]) -> Lever:
    slot, location = lever_slots()[path], (*path.split(".", 1), "values")
    provisions = []
    for index, entry in enumerate(form.values):
        provisions.append(_provision(entry, path, document, (*location, index)))
        check_source(document, (*location, index), facts)
    lever = Lever(
        path=path,
        scope=slot.scope,
        field=slot.field,
        element=slot.element,
        label={"en": form.label.en, "zh": form.label.zh},
        unit=form.unit,
        low=form.range[0],
        high=form.range[1],
        plausible=(form.plausible[0], form.plausible[1]),
        is_whole=form.whole or form.unit == "switch",
        provisions=tuple(provision for provision in provisions if provision is not None),
        file=document.file,
        line=document.key_mark(*location[:-1])[0],
    )
    _check_limits(lever, document, location[:-1])
    return lever


def _provision(entry: ProvisionForm, path: str, document: Document, location: Location) -> Provision | None:
    where = places_of(entry.where, lever_slots()[path].scope, path, document, (*location, "where"))
    dates = sorted(entry.phase or (entry.from_ or "",))
    is_dated = entry.phase is None or entry.from_ in {None, dates[0]}
    if (entry.value is None) == (entry.phase is None) or not is_dated or not all(is_inside(date) for date in dates):
        _refuse(
            document,
            location,
            "a value has `from` and `value`, or `phase`, inside the horizon",
            "须有from和value，或phase",
        )
        return None
    steps = steps_of(entry.phase) if entry.phase else ((month_index(dates[0]), entry.value or 0.0),)
    return Provision(steps, where or (), entry.source, entry.note or "")


def _check_limits(lever: Lever, document: Document, location: Location) -> None:
    if not lever.low <= lever.plausible[0] <= lever.plausible[1] <= lever.high:
        _refuse(document, (*location, "plausible"), "it must lie inside the range", "须在range之内")
    first = document.part(*location, "values", 0)
    if first.get("from") != FIRST_MONTH or "where" in first:
        _refuse(
            document,
            (*location, "values", 0),
            f"the first value holds everywhere from {FIRST_MONTH}",
            "首个值须自始全国适用",
        )
    for provision in lever.provisions:
        for _, value in provision.steps:
            if not lever.admits(value):
                rule = f"a value lies in the range {lever.low:g} to {lever.high:g}"
                _refuse(
                    document,
                    (*location, "values"),
                    f"{rule}, got {value:g}",
                    f"值须在{lever.low:g}至{lever.high:g}之间",
                )


def _refuse(document: Document, location: Location, en: str, zh: str) -> None:
    part = document.part(*location)
    key = next(str(step) for step in reversed(location) if isinstance(step, str))
    document.findings.add(document.mark(*location), "bad-value", key=key, value=shown(part), rule={"en": en, "zh": zh})
