"""Lines of a scenario turned into changes; every fault noted where it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Literal, TypeAlias

from scenarios.changes import LAST, Base, Change, Fault, Operation, faults_of
from scenarios.checked import checked
from scenarios.events import Document, Location
from scenarios.levers import elements_of, lever_slots
from scenarios.library import Library
from scenarios.months import FIRST_MONTH, LAST_MONTH, Steps, is_inside, month_index, month_text, steps_of
from scenarios.names import ascii_letters, first_odd_letter, listed, nearest, shown
from scenarios.places import places_of
from scenarios.problems import Findings, Mark
from scenarios.schema import ChangeForm
from scenarios.targets import Target, assumption_paths, target_of

Section: TypeAlias = Literal["changes", "assumptions"]

_NOUN = {
    "changes": {"en": "lever", "zh": "杠杆"},
    "assumptions": {"en": "parameter of behaviour or the world", "zh": "行为参数或外部条件"},
}


def read_changes(section: Section, document: Document, library: Library, by: str) -> list[tuple[Location, Change]]:
    """Return the changes of a section with where they stand; those with a fault are left out and noted."""
    entries = document.data.get(section, [])
    if not isinstance(entries, list):
        document.findings.add(document.mark(section), "not-a-list", key=section, value=shown(entries))
        return []
    read: list[tuple[Location, Change]] = []
    for index in range(len(entries)):
        form = checked(ChangeForm, document, (section, index))
        change = _ChangeReader(form, document, library, section, index).change(by) if form else None
        read += [((section, index), change)] if change else []
    return read


def note_faults(
    changes: Iterable[tuple[Location, Change]], base: Base, document: Document, ignored: Collection[str] = ()
) -> None:
    """Note what is wrong with changes once they meet the values of the baseline, codes in ``ignored`` apart."""
    for location, change in changes:
        for fault in faults_of(change, base(change.path)):
            if fault.code not in ignored:
                add_fault(fault, document.mark(*location, fault.key), document.findings)


def add_fault(fault: Fault, mark: Mark, findings: Findings) -> None:
    """Note a fault at ``mark``, its numbers and months in words."""
    params = dict(fault.params)
    for name in ("value", "was", "low", "high"):
        if name in params:
            params[name] = shown(round(params[name], 9))
    if "month" in params:
        params["month"] = month_text(params["month"])
    if "place" in params:
        place = params["place"]
        params["place"] = {"en": f" in {place}" if place else "", "zh": f"（{place}）" if place else ""}
    findings.add(mark, fault.code, **params)


class _ChangeReader:
    """One line of a section, with the document that holds it."""

    def __init__(self, form: ChangeForm, document: Document, library: Library, section: Section, index: int) -> None:
        self.form = form
        self.document = document
        self.library = library
        self.section: Section = section
        self.location: Location = (section, index)
        self.start = month_index(FIRST_MONTH)
        self.end = LAST

    def change(self, by: str) -> Change | None:
        """Return the change, or None once its faults are noted."""
        target = self._target()
        operation = self._operation()
        are_dates_good = self._read_dates(target)
        scope = target.scope if target else None
        # Without a target nothing tells which places may be named.
        where = (
            places_of(self.form.where, scope, self.form.path, self.document, (*self.location, "where"))
            if target
            else ()
        )
        if target is None or operation is None or where is None or not are_dates_good:
            return None
        line, column = self.document.mark(*self.location, "path")
        return Change(
            target=target,
            operation=operation,
            steps=self._steps(operation),
            start=self.start,
            end=self.end,
            where=where,
            was=self.form.was,
            source=self.form.source or "",
            note=self.form.note or "",
            by=by,
            file=self.document.file,
            line=line,
            column=column,
        )

    def _note(self, key: str, code: str, **params: Any) -> None:
        self.document.findings.add(self.document.mark(*self.location, key), code, **params)

    def _target(self) -> Target | None:
        path = self.form.path
        target = target_of(path, self.library)
        is_lever = path in lever_slots() or bool(elements_of(path))
        if is_lever and self.section == "assumptions":
            self._note("path", "not-an-assumption", value=shown(path, 80))
            return None
        if elements := elements_of(path):
            names = listed(element.rpartition(".")[2] for element in elements)
            self._note("path", "incomplete-path", value=shown(path, 80), known=names)
            return None
        if not is_lever and self.section == "changes" and path.partition(".")[0] in {"behaviour", "world"}:
            self._note("path", "not-a-lever", value=shown(path, 80))
            return None
        if target is None:
            self._note_unknown_path(path)
        return target

    def _note_unknown_path(self, path: str) -> None:
        known = list(lever_slots()) if self.section == "changes" else list(assumption_paths(self.library))
        inner = [name.rpartition(".")[2] for name in known if name.rpartition(".")[0] == path]
        plain = ascii_letters(path)
        if inner:
            self._note("path", "incomplete-path", value=shown(path, 80), known=listed(inner))
        elif plain != path and plain in known:
            self._note("path", "look-alike", name=shown(path, 80), letter=first_odd_letter(path), nearest=plain)
        else:
            meant = nearest(path, known)
            self._note("path", "unknown-path", what=_NOUN[self.section], value=shown(path, 80), nearest=meant)

    def _operation(self) -> Operation | None:
        operations: tuple[Operation, ...] = ("set", "add", "multiply", "phase")
        given = [name for name in operations if getattr(self.form, name) is not None]
        if len(given) > 1:
            written = sorted(given, key=lambda name: self.document.key_mark(*self.location, name))
            mark = self.document.key_mark(*self.location, written[1])
            self.document.findings.add(mark, "two-operations", first=written[0], second=written[1])
            return None
        if not given:
            self.document.findings.add(self.document.mark(*self.location), "no-operation")
            return None
        if given == ["phase"] and len(self.form.phase or {}) < 2:
            self._note("phase", "short-phase", count=len(self.form.phase or {}))
            return None
        return given[0]

    def _steps(self, operation: Operation) -> Steps:
        if operation == "phase":
            return steps_of(self.form.phase or {})
        return ((self.start, getattr(self.form, operation)),)

    def _read_dates(self, target: Target | None) -> bool:
        """Set the first and the last month; return whether they can be used."""
        form, found = self.form, self.document.findings
        before = len(found.problems)
        if target is not None and not target.is_dated:
            for key, value in (("from", form.from_), ("until", form.until), ("phase", form.phase)):
                if value is not None:
                    mark = self.document.key_mark(*self.location, key)
                    found.add(mark, "date-not-used", value=target.path, key=key)
            self.end = self.start
            return len(found.problems) == before
        if form.phase is not None and form.from_ is not None:
            found.add(self.document.key_mark(*self.location, "from"), "date-with-phase")
        elif form.phase is None and form.from_ is None and self.section == "changes":
            found.add(self.document.mark(*self.location), "missing-date")
        self._check_horizon()
        if len(found.problems) > before:
            return False
        start = min(form.phase) if form.phase else form.from_ or FIRST_MONTH
        self.start, self.end = month_index(start), month_index(form.until or LAST_MONTH)
        if self.end < self.start:
            self._note("until", "until-before-from", until=form.until, start=start)
        return self.end >= self.start

    def _check_horizon(self) -> None:
        limits = {"first": FIRST_MONTH, "last": LAST_MONTH}
        for key, value in (("from", self.form.from_), ("until", self.form.until)):
            if value is not None and not is_inside(value):
                self._note(key, "outside-horizon", value=value, **limits)
        for month in self.form.phase or ():
            if not is_inside(month):
                mark = self.document.key_mark(*self.location, "phase", month)
                self.document.findings.add(mark, "outside-horizon", value=month, **limits)
