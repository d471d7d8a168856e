"""The reading of a scenario's document, and of the scenarios that it names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from scenarios.change_forms import add_fault, note_faults, read_changes
from scenarios.changes import Change, Fault, faults_of, limits_fault
from scenarios.checked import checked
from scenarios.costs import Cost
from scenarios.events import Document, Location, read_file
from scenarios.library import Library
from scenarios.months import month_text
from scenarios.names import nearest, shown
from scenarios.problems import ScenarioProblems
from scenarios.scenario import BASELINES, Kind, Scenario
from scenarios.schema import ScenarioForm

BASELINE = "baseline"
SCHEMA = "talentflow.scenario/1"
FOLDERS = ("reforms", "packages", "worlds", "assumptions", "transfer")
_BASELINE_TITLE = {"en": "The law as it stands", "zh": "现行法律"}

_Lines: TypeAlias = Sequence[tuple[Location, Change]]


class _Contents(NamedTuple):
    """What a document says, read: its baseline, the reforms it includes, its own lines."""

    baseline: Scenario
    reforms: Sequence[Scenario]
    changes: _Lines
    assumptions: _Lines


@cache
def shipped_ids(library: Library) -> tuple[str, ...]:
    """Return the ids of a library's reforms, packages, worlds and other assumptions: the names of their files."""
    return tuple(path.stem for folder in FOLDERS for path in sorted((library.root / folder).glob("*.yaml")))


@cache
def baseline_of(library: Library) -> Scenario:
    """Return the law of a library as it stands."""
    return Scenario(id=BASELINE, kind="baseline", title=_BASELINE_TITLE, library=library, key=BASELINE)


def is_path(text: str) -> bool:
    """Return whether ``text`` names a file rather than an id.

    >>> is_path("one-stop"), is_path("mine.yaml")
    (False, True)
    """
    return text.endswith((".yaml", ".yml")) or "/" in text or "\\" in text


class Reading:
    """The reading of one scenario and the files it names; ``chain`` holds those being read.

    ``takes_equal`` lets changes pass that set a value to what it is already: a search over values may meet it.
    """

    def __init__(self, library: Library, chain: tuple[str, ...] = (), *, takes_equal: bool = False) -> None:
        self.library = library
        self.chain = chain
        self.ignored = {"no-change"} if takes_equal else set()

    def named(self, identity: str) -> Scenario:
        """Return a shipped scenario by an id that is known to exist."""
        if identity == BASELINE:
            return baseline_of(self.library)
        paths = (self.library.root / folder / f"{identity}.yaml" for folder in FOLDERS)
        path = next(path for path in paths if path.exists())
        return self.file(path, str(path.relative_to(self.library.root.parent)))

    def file(self, path: Path, shown_as: str) -> Scenario:
        """Return the scenario of a file."""
        document = read_file(path, shown_as)
        return Reading(self.library, (*self.chain, str(path.resolve()))).scenario(document, path)

    def scenario(
        self,
        document: Document,
        path: Path | None,
        *,
        baseline: Scenario | None = None,
        reforms: Sequence[Scenario] | None = None,
    ) -> Scenario:
        """Return the scenario of a document, whose baseline and reforms are read unless they are given."""
        _stop_at_foreign_schema(document)
        header = {key: value for key, value in document.data.items() if key not in {"changes", "assumptions"}}
        form = checked(ScenarioForm, document, (), header)
        identity = form.id if form else str(document.data.get("id", "?"))
        if identity == BASELINE:
            rule = {"en": "this id names the law as it stands", "zh": "此id专指现行法律"}
            document.findings.add(document.mark("id"), "bad-value", key="id", value=shown(identity), rule=rule)
        base = baseline or self._baseline(document, path)
        included = list(reforms) if reforms is not None else self.reforms(document, path, base)
        changes = read_changes("changes", document, self.library, identity)
        assumptions = read_changes("assumptions", document, self.library, identity)
        if base is not None:
            note_faults(changes, base.column, document, self.ignored)
            _note_assumption_faults(assumptions, base, document)
        if not included and not any(document.data.get(key) for key in ("changes", "reforms", "assumptions")):
            document.findings.add(document.mark(), "changes-nothing")
        if form is None or base is None:
            raise ScenarioProblems(document.findings.problems)
        key = str(path.resolve()) if path else identity
        scenario = _built(form, document, key, _Contents(base, included, changes, assumptions))
        _note_overlaps(scenario, changes, document)
        document.findings.raise_if_any()
        return scenario

    def _baseline(self, document: Document, path: Path | None) -> Scenario | None:
        reference = document.data.get("baseline", BASELINE)
        return self.referenced(reference, document, path, ("baseline",)) if isinstance(reference, str) else None

    def reforms(self, document: Document, path: Path | None, base: Scenario | None = None) -> list[Scenario]:
        """Return the reforms that a document lists; what keeps one out is noted, and what ``base`` makes wrong."""
        references = document.data.get("reforms", [])
        included: list[Scenario] = []
        for index, reference in enumerate(references if isinstance(references, list) else ()):
            location: Location = ("reforms", index)
            reform = self.referenced(reference, document, path, location) if isinstance(reference, str) else None
            if reform is not None and may_join(reform, included, document, location):
                included.append(reform)
                if base is not None and reform.baseline.key != base.key:
                    _note_faults_on(base, reform.changes, document, location)
        return included

    def referenced(self, reference: str, document: Document, path: Path | None, location: Location) -> Scenario | None:
        """Return the scenario that the file at ``path`` names at ``location``, or None once a problem is noted."""
        mark, found = document.mark(*location), document.findings
        try:
            if not is_path(reference):
                return self._referenced_id(reference, document, path, location)
            folder = (path or Path()).resolve().parent
            target = (folder / reference).resolve()
            if not target.is_relative_to(folder):
                found.add(mark, "outside-folder", value=shown(reference, 80))
            elif str(target) in self.chain:
                self._note_cycle(str(target), document, location)
            elif not target.is_file():
                found.add(mark, "no-file", value=shown(reference, 80))
            else:
                return self.file(target, str(Path(document.file).parent / reference))
        except ScenarioProblems as inner:
            found.problems.extend(inner.problems)
        except (OSError, ValueError):  # a name that no file can have
            found.add(mark, "no-file", value=shown(reference, 80))
        return None

    def _referenced_id(
        self, reference: str, document: Document, path: Path | None, location: Location
    ) -> Scenario | None:
        known = (BASELINE, *shipped_ids(self.library))
        if reference in known:
            shipped = (str((self.library.root / folder / f"{reference}.yaml").resolve()) for folder in FOLDERS)
            cycle = next((file for file in shipped if file in self.chain), None)
            if cycle is None:
                return self.named(reference)
            self._note_cycle(cycle, document, location)
            return None
        beside = path is not None and len(reference) < 100 and (path.parent / f"{reference}.yaml").is_file()
        meant = f"{reference}.yaml" if beside else nearest(reference, known)
        document.findings.add(document.mark(*location), "unknown-scenario", value=shown(reference), nearest=meant)
        return None

    def _note_cycle(self, file: str, document: Document, location: Location) -> None:
        names = [Path(item).name for item in (*self.chain[self.chain.index(file) :], file)]
        mark = document.mark(*location)
        document.findings.add(mark, "cycle", value=shown(names[0], 80), chain=" > ".join(names))


def may_join(reform: Scenario, included: Sequence[Scenario], document: Document, location: Location) -> bool:
    """Note why a scenario may not be part of a package, if so."""
    mark = document.mark(*location)
    taken = {inner.id for other in included for inner in _all_of(other)}
    again = next((inner.id for inner in _all_of(reform) if inner.id in taken), None)
    if again is not None:
        document.findings.add(mark, "duplicate-reform", value=again)
    elif reform.assumptions:
        document.findings.add(mark, "reform-with-assumptions", value=reform.id)
    elif not reform.changes:
        document.findings.add(mark, "not-a-reform", value=reform.id)
    return again is None and not reform.assumptions and bool(reform.changes)


def _all_of(scenario: Scenario) -> list[Scenario]:
    return [scenario, *(inner for reform in scenario.reforms for inner in _all_of(reform))]


def _note_faults_on(base: Scenario, changes: Sequence[Change], document: Document, location: Location) -> None:
    for change in changes:
        for fault in faults_of(change, base.column(change.path)):
            add_fault(fault, document.mark(*location), document.findings)


def _note_assumption_faults(changes: _Lines, base: Scenario, document: Document) -> None:
    if changes:
        tables = base.tables()
        values = {change.path: change.target.read(tables) for _, change in changes}
        note_faults(changes, values.__getitem__, document)


def _note_overlaps(scenario: Scenario, changes: _Lines, document: Document) -> None:
    """Note where parts overlap without a rule, and where their sum leaves its limits."""
    effects, overlaps = scenario.effects(scenario.baseline.column)
    count = len(scenario.reforms)
    for overlap in overlaps:
        inside = overlap.part >= count
        mark = (
            document.mark(*changes[overlap.part - count][0], "path")
            if inside
            else document.mark("reforms", overlap.part)
        )
        if scenario.on_overlap is None:
            place = {"en": f" in {overlap.place}", "zh": f"（{overlap.place}）"} if overlap.place else ""
            params: dict[str, Any] = {"path": overlap.path, "month": month_text(overlap.month), "place": place}
            document.findings.add(mark, "overlap", first=overlap.first, second=overlap.second, **params)
        elif scenario.on_overlap == "sum":
            target = next(change.target for change in scenario.changes if change.path == overlap.path)
            fault = limits_fault(target, effects[overlap.path])
            if fault:
                add_fault(Fault("on_overlap", *fault), mark, document.findings)


def _stop_at_foreign_schema(document: Document) -> None:
    """Raise at once for a file of another kind: its other problems would all be the same one."""
    schema = document.data.get("schema")
    if isinstance(schema, str) and schema.startswith("talentflow.") and not schema.startswith("talentflow.scenario"):
        document.findings.stop(document.mark("schema"), "wrong-schema", value=shown(schema), expected=SCHEMA)


def _kind_of(reforms: Sequence[Scenario], changes: _Lines, assumed: Sequence[Change]) -> Kind:
    if reforms:
        return "package"
    if changes:
        return "reform"
    return "world" if any(change.path.startswith("world.") for change in assumed) else "baseline"


def _built(form: ScenarioForm, document: Document, key: str, contents: _Contents) -> Scenario:
    base, reforms = contents.baseline, tuple(contents.reforms)
    assumed = tuple(change for _, change in contents.assumptions)
    kind = form.kind or _kind_of(reforms, contents.changes, assumed)
    stated = Cost(**form.cost.model_dump(exclude_none=True)) if form.cost else None
    title = form.title.en or form.title.zh or form.id
    return Scenario(
        id=form.id,
        kind=kind,
        title={"en": title, "zh": form.title.zh or title},
        library=base.library,
        measure=form.measure,
        status=form.status,
        why=form.why or "",
        mechanism=form.mechanism or "",
        cannot_show=form.cannot_show or "",
        file=document.file,
        key=key,
        # A reform is compared under its assumptions; assumptions alone are compared with the law as it stands.
        parent=base if kind in BASELINES else base.assuming(assumed),
        reforms=reforms,
        own_changes=tuple(change for _, change in contents.changes),
        assumptions=(*base.assumptions, *assumed),
        on_overlap=form.on_overlap,
        cost=stated or sum((reform.cost for reform in reforms), Cost()),
        states_cost=stated is not None,
        main_outcome=form.main_outcome,
        main_group=form.main_group,
    )
