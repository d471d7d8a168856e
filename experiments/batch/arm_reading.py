"""The scenarios that an experiment file lists, with line and column of what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.batch.arms import BESIDE, ID_MAX, arm_data, is_baseline, joined_id, law_of
from experiments.batch.experiment import Arm
from experiments.batch.form import ArmForm
from scenarios.checked import checked
from scenarios.events import Document, Location, read_data
from scenarios.library import SHIPPED, library_at
from scenarios.months import month_index, month_text
from scenarios.names import shown
from scenarios.problems import Findings, Mark, ScenarioProblems
from scenarios.reading import BASELINE, Reading
from scenarios.scenario import Scenario

_UNNAMED = "unnamed"


def read_arms(document: Document, folder: str, until: str) -> list[Arm]:
    """Return the scenarios of the section ``scenarios``; those with a problem are left out and noted.

    An entry is an id or a file, a list of them that are joined, or keys (:class:`experiments.batch.form.ArmForm`).
    """
    entries = document.data.get("scenarios")
    arms: list[Arm] = []
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        location: Location = ("scenarios", index)
        arm = _Entry(document, location, folder, until).arm(entry)
        if arm is not None and any(arm.id == other.id for other in arms):
            document.findings.add(document.mark(*location), "same-id", value=shown(arm.id, ID_MAX))
        elif arm is not None:
            arms.append(arm)
    return arms


def read_assumptions(document: Document, folder: str) -> list[Scenario]:
    """Return the scenarios of the section ``assume``; note one that changes the law or makes no assumption."""
    assumed: list[Scenario] = []
    for index, reference in enumerate(_texts(document.data.get("assume", []))):
        found = named_beside(document, folder, reference, ("assume", index))
        if found is None:
            continue
        if found.changes or not found.assumptions:
            code = "assumes-law" if found.changes else "assumes-nothing"
            document.findings.add(document.mark("assume", index), code, value=found.id)
        assumed.append(found)
    return assumed


def named_beside(document: Document, folder: str, reference: str, location: Location) -> Scenario | None:
    """Return the scenario that a file names at ``location``, or None once a problem is noted."""
    return Reading(library_at(SHIPPED)).referenced(reference, document, Path(folder) / BESIDE, location)


def _texts(value: Any) -> list[str]:
    """Return a list of texts; nothing else, which the form has noted already."""
    return value if isinstance(value, list) and all(isinstance(item, str) for item in value) else []


class _Entry:
    """One entry of ``scenarios``, with the document that holds it."""

    def __init__(self, document: Document, location: Location, folder: str, until: str) -> None:
        self.document, self.location = document, location
        self.folder, self.until = folder, until

    def arm(self, entry: Any) -> Arm | None:
        """Return the arm, or None once its problems are noted."""
        if isinstance(entry, Mapping):
            return self._of_keys()
        parts = [entry] if isinstance(entry, str) else entry
        if not _texts(parts):
            self._note(self.location, "not-a-scenario", value=shown(entry))
            return None
        if parts == [BASELINE]:
            return Arm(BASELINE, folder=self.folder)
        arm = Arm(_UNNAMED, tuple(parts), folder=self.folder)
        within = self.location if isinstance(entry, str) else None
        law = self._law(arm, lambda index: (*self.location, index) if within is None else within)
        return Arm(self._name_of(law, arm), arm.parts, folder=self.folder) if law else None

    def _of_keys(self) -> Arm | None:
        form = checked(ArmForm, self.document, self.location)
        if form is None:
            return None
        if not form.levers and "from_" in form.model_fields_set:
            self._note((*self.location, "from"), "goes-with", key="from", other="levers")
        arm = Arm(form.id, tuple(form.reforms), dict(form.levers), form.from_, self.folder)
        if is_baseline(arm) and arm.id != BASELINE:
            self._note(self.location, "changes-nothing")
            return None
        law = self._law(arm, lambda index: (*self.location, "reforms", index))
        return arm if law else None

    def _note(self, location: Location, code: str, **params: Any) -> None:
        self.document.findings.add(self.document.mark(*location), code, **params)

    def _name_of(self, law: Scenario, arm: Arm) -> str:
        if len(arm.parts) == 1:
            return law.id
        name = joined_id([part.id for part in law.reforms])
        if len(name) > ID_MAX:
            self._note(self.location, "needs-id", size=len(name))
        return name

    def _law(self, arm: Arm, where: Any) -> Scenario | None:
        """Return the scenario of an arm, or None once its problems are noted; ``where`` says where a part stands."""
        view = self._view(arm, where)
        try:
            law = law_of(arm, view)
        except ScenarioProblems as problems:
            self.document.findings.problems.extend(problems.problems)
            return None
        late = next((change for change in law.changes if change.start > month_index(self.until)), None)
        if late is not None:
            start = month_text(late.start)
            self._note(self.location, "after-the-run", path=late.path, value=start, last=self.until)
        return law

    def _view(self, arm: Arm, where: Any) -> Document:
        """Return the arm as the document of a scenario whose places are those of the experiment file."""
        view = read_data(arm_data(arm), self.document.file)
        view.findings = Findings(self.document.file)
        view.values |= {(): self.document.mark(*self.location), ("id",): self.document.mark(*self.location, "id")}
        view.values |= {("reforms", index): self.document.mark(*where(index)) for index in range(len(arm.parts))}
        for index, path in enumerate(arm.levers):
            line: Location = ("changes", index)
            value: Mark = self.document.mark(*self.location, "levers", path)
            view.values |= {line: value, (*line, "set"): value}
            view.values[*line, "path"] = self.document.key_mark(*self.location, "levers", path)
            view.values[*line, "from"] = self.document.mark(*self.location, "from")
        return view
