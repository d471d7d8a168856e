"""Arms: the scenario that each one stands for, beside the baseline it departs from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from experiments.batch.experiment import Arm
from experiments.cases import case_of, under
from experiments.replicate import Case
from scenarios.events import Document, read_data
from scenarios.library import SHIPPED, library_at
from scenarios.names import shown
from scenarios.problems import ScenarioProblems
from scenarios.reading import BASELINE, SCHEMA, Reading, baseline_of, is_path
from scenarios.scenario import Scenario

ID_MAX = 80
BESIDE = "experiment.yaml"
"""The file that parts are named beside."""


def scenario_of_arm(arm: Arm, assume: Sequence[str] = ()) -> Scenario:
    """Return the scenario of an arm, and with it its baseline, under the assumptions of an experiment.

    Parameters
    ----------
    arm
        Its parts are joined in their order, and its levers hold over them; without either it is the law as it stands.
    assume
        Ids or files, looked for in the arm's folder.

    Raises
    ------
    scenarios.ScenarioProblems
        For what cannot be found or joined, with everything that is wrong.
    DesignError
        For an assumption that changes the law.
    """
    law = law_of(arm, read_data(arm_data(arm), arm.id))
    named = law if law.id == arm.id else replace(law, id=arm.id)
    made: Scenario = under(named, [located(one, arm.folder) for one in assume])
    return made


def case_of_arm(arm: Arm, assume: Sequence[str], until: str, parameters: Mapping[str, float] | None = None) -> Case:
    """Return an arm beside its baseline, both under ``parameters`` of a draw; see :func:`scenario_of_arm`."""
    scenario = scenario_of_arm(arm, assume)
    return case_of(scenario.with_defaults(parameters) if parameters else scenario, until)


def located(reference: str, folder: str) -> str:
    """Return an id as it is, and a file as a path that is found from here.

    >>> located("one-stop", "study"), located("mine.yaml", "study")
    ('one-stop', 'study/mine.yaml')
    """
    return (Path(folder) / reference).as_posix() if is_path(reference) else reference


def arm_data(arm: Arm) -> dict[str, Any]:
    """Return what a scenario file that says the same as an arm would hold, its title aside."""
    changes = [{"path": path, "from": arm.levers_from, "set": value} for path, value in arm.levers.items()]
    data = {"schema": SCHEMA, "id": arm.id, "reforms": list(arm.parts), "changes": changes}
    return data | {"on_overlap": "last"}


def law_of(arm: Arm, document: Document) -> Scenario:
    """Return the scenario of an arm by its document, see :func:`arm_data`; raise everything that is wrong with it.

    An arm of one part and no levers is that part, be it a reform or another world.
    """
    library = library_at(SHIPPED)
    # A search over levers may well try what holds today.
    reading, beside = Reading(library, takes_equal=True), Path(arm.folder) / BESIDE
    if is_baseline(arm):
        return baseline_of(library)
    if not arm.levers and len(arm.parts) == 1:
        part = reading.referenced(arm.parts[0], document, beside, ("reforms", 0))
        if part is None:
            raise ScenarioProblems(document.findings.problems)
        return part
    parts = reading.reforms(document, beside)
    _note_other_baselines(parts, document)
    document.data["title"] = _titles(parts, arm.id)
    base = parts[0].baseline if parts else baseline_of(library)
    return reading.scenario(document, None, baseline=base, reforms=parts)


def _note_other_baselines(parts: Sequence[Scenario], document: Document) -> None:
    for index, part in enumerate(parts):
        if part.baseline.key != parts[0].baseline.key:
            rule = {
                "en": f"it departs from another baseline than {parts[0].id!r}; scenarios that are joined share one",
                "zh": f"其基准与{parts[0].id!r}不同；合并的方案须有同一基准",
            }
            mark = document.mark("reforms", index)
            document.findings.add(mark, "bad-value", key="reforms", value=shown(part.id, ID_MAX), rule=rule)


def _titles(parts: Sequence[Scenario], identity: str) -> dict[str, str]:
    if not parts:
        return {"en": identity, "zh": identity}
    return {lang: " + ".join(part.title[lang] for part in parts) for lang in ("en", "zh")}


def joined_id(parts: Sequence[str]) -> str:
    """Return the name of scenarios joined without a name of their own.

    >>> joined_id(["one-stop", "points-based-pr"])
    'one-stop-with-points-based-pr'
    """
    return "-with-".join(parts)


def is_baseline(arm: Arm) -> bool:
    """Return whether an arm is the law as it stands, with nothing to compare."""
    return not arm.levers and arm.parts in {(), (BASELINE,)}
