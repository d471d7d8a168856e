"""Names in an experiment file: outcomes, groups, dates, parameters, levers and scenarios that there are and are kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from experiments.batch.analysis_forms import DecomposeForm, DiscoverForm, OptimiseForm, RangeForm
from experiments.batch.arm_reading import named_beside
from experiments.batch.draws import is_drawn, uncertain_elements
from experiments.batch.experiment import Arm
from experiments.batch.family import PAIR_OUTCOMES
from experiments.batch.form import ExperimentForm
from experiments.batch.values import EVERY
from experiments.cases import known_groups, known_outcomes
from experiments.design import FIRST_DATE, Question, check_question
from scenarios import behaviours, levers
from scenarios.events import Document, Location
from scenarios.names import listed, nearest, shown

_KINDS = {
    "outcome": {"en": "outcomes", "zh": "指标"},
    "group": {"en": "groups", "zh": "群体"},
    "against": {"en": "groups", "zh": "群体"},
    "date": {"en": "dates", "zh": "日期"},
}
_LEVER = {"en": "lever", "zh": "杠杆"}
_INTERESTS = ("above", "below", "top", "bottom")


def read_question(document: Document, form: ExperimentForm) -> Question | None:
    """Return what is kept of every run, defaults filled in; None once a name is noted that there is not."""
    keep, until = form.keep, form.run.until
    groups = known_groups()
    families = {group.partition("=")[0] for group in groups if "=" in group}
    before = len(document.findings.problems)
    _note_unknown(document, ("keep", "outcomes"), keep.outcomes, known_outcomes(), "unknown-outcome")
    _note_unknown(document, ("keep", "groups"), keep.groups, [*groups, *families], "unknown-group")
    for index, date in enumerate(keep.dates or ()):
        if not FIRST_DATE <= date <= until:
            mark = document.mark("keep", "dates", index)
            document.findings.add(mark, "outside-horizon", value=date, first=FIRST_DATE, last=until)
    if len(document.findings.problems) > before:
        return None
    asked = Question(tuple(keep.outcomes), tuple(keep.groups), tuple(keep.dates or ()), paths=False)
    return check_question(asked, until, known_outcomes=known_outcomes(), known_groups=groups)


def _note_unknown(
    document: Document, location: Location, names: Sequence[str], known: Iterable[str], code: str
) -> None:
    known = list(known)
    for index, name in enumerate(names):
        if name not in known:
            mark = document.mark(*location, index)
            document.findings.add(mark, code, value=shown(name), nearest=nearest(name, known))


def check_kept(document: Document, location: Location, form: Any, question: Question) -> None:
    """Note an outcome, group or date of the part at ``location`` that is not among those kept."""
    groups = question.groups
    kept = {"outcome": question.outcomes, "group": groups, "against": groups, "date": question.dates}
    for kind, names in kept.items():
        name = getattr(form, kind, None)
        if name is None or name in names or (kind == "group" and kind not in form.model_fields_set and "all" in names):
            continue
        # Numbers of pairs, such as costs, are kept of every run.
        if kind == "outcome" and name in PAIR_OUTCOMES:
            continue
        mark = document.mark(*location, kind)
        document.findings.add(
            mark, "not-kept", value=shown(name), what=_KINDS[kind], known=listed(names), nearest=nearest(name, names)
        )


def check_over(document: Document, location: Location, over: Any) -> None:
    """Note names of uncertain parameters that there are not, or that are held fixed; ``all`` is every one."""
    if over is None or over == EVERY:
        return
    if not isinstance(over, list) or not over or not all(isinstance(name, str) for name in over):
        document.findings.add(document.mark(*location), "not-a-list", key=str(location[-1]), value=shown(over))
        return
    elements = uncertain_elements()
    known = [*behaviours(), *elements]
    for index, name in enumerate(over):
        mark = document.mark(*location, index)
        if name not in known:
            document.findings.add(mark, "unknown-uncertainty", value=shown(name), nearest=nearest(name, known))
        elif not is_drawn(elements.get(name) or behaviours()[name]):
            document.findings.add(mark, "not-drawn", value=shown(name))


def check_analyses(
    document: Document, form: ExperimentForm, question: Question | None, arms: Sequence[Arm], folder: str
) -> None:
    """Note what is wrong with the names in the sections of analyses."""
    for section in ("sensitivity", "decompose", "discover"):
        part = getattr(form, section)
        if part is None:
            continue
        if question is not None:
            check_kept(document, (section,), part, question)
        _check_scenario(document, (section, "scenario"), part.scenario, arms)
        check_over(document, (section, "over"), getattr(part, "over", None))
    _check_package(document, form.decompose, folder)
    _check_interest(document, form.discover)
    if form.optimise is not None:
        _check_optimise(document, form.optimise, question, folder)


def _check_scenario(document: Document, location: Location, name: str | None, arms: Sequence[Arm]) -> None:
    known = [arm.id for arm in arms]
    if name is not None and arms and name not in known:
        mark = document.mark(*location)
        document.findings.add(
            mark, "not-of-this-file", value=shown(name), known=listed(known), nearest=nearest(name, known)
        )


def _check_package(document: Document, form: DecomposeForm | None, folder: str) -> None:
    location: Location = ("decompose", "package")
    found = named_beside(document, folder, form.package, location) if form else None
    if found is not None and len(found.reforms) < 2:
        rule = {"en": "a package has two reforms or more", "zh": "组合须含两项或更多改革"}
        mark = document.mark(*location)
        document.findings.add(mark, "bad-value", key="package", value=shown(found.id, 80), rule=rule)


def _check_interest(document: Document, form: DiscoverForm | None) -> None:
    stated = [name for name in _INTERESTS if form is not None and name in document.data["discover"]]
    if form is not None and len(stated) != 1:
        mark, known = document.mark("discover"), ", ".join(_INTERESTS)
        document.findings.add(mark, "one-of", key="discover", value=_counted(stated), known=known)


def _counted(stated: Sequence[str]) -> Any:
    return ", ".join(stated) or {"en": "none of them", "zh": "零个"}


def _check_optimise(document: Document, form: OptimiseForm, question: Question | None, folder: str) -> None:
    for path, values in form.levers.items():
        _check_range(document, path, values)
    for key in ("reforms", "choose"):
        for index, reference in enumerate(getattr(form, key)):
            named_beside(document, folder, reference, ("optimise", key, index))
    if question is not None:
        check_kept(document, ("optimise",), form, question)
        for index, objective in enumerate(form.objectives):
            check_kept(document, ("optimise", "objectives", index), objective, question)


def _check_range(document: Document, path: str, values: RangeForm) -> None:
    location: Location = ("optimise", "levers", path)
    lever = levers().get(path)
    if lever is None:
        mark, near = document.key_mark(*location), nearest(path, levers())
        document.findings.add(mark, "unknown-path", what=_LEVER, value=shown(path, 80), nearest=near)
        return
    for key in ("low", "high"):
        value = getattr(values, key)
        if value is not None and not lever.low <= value <= lever.high:
            rule = {"en": f"{lever.low:g} to {lever.high:g}", "zh": f"{lever.low:g}至{lever.high:g}"}
            mark = document.mark(*location, key)
            document.findings.add(mark, "out-of-bounds", key=key, value=shown(value), rule=rule)
    if values.low is not None and values.high is not None and values.low >= values.high:
        rule = {"en": f"below high, {values.high:g}", "zh": f"小于high（{values.high:g}）"}
        mark = document.mark(*location, "low")
        document.findings.add(mark, "out-of-bounds", key="low", value=shown(values.low), rule=rule)
