"""Parameters that assumptions hold: what was asked for by name is not drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from experiments.batch.arms import located
from experiments.batch.draws import drawn_names
from experiments.batch.experiment import Draw, Experiment
from experiments.batch.samples import parameter_path
from experiments.batch.values import EVERY
from experiments.cases import assumptions_of
from scenarios.events import Document
from scenarios.months import MONTHS
from scenarios.names import shown
from scenarios.problems import ScenarioProblems

if TYPE_CHECKING:
    from scenarios.changes import Change
    from scenarios.scenario import Scenario


def held_by(assumptions: Iterable[Change], names: Iterable[str]) -> tuple[str, ...]:
    """Return those of some parameters that assumptions set in every month and place, so that no draw moves them.

    An assumption that adds or multiplies, or that holds for some months or places alone, leaves its parameter to the
    draws and acts on them. ``names`` are as draws have them.
    """
    held = {change.path for change in assumptions if _holds_throughout(change)}
    return tuple(name for name in names if parameter_path(name) in held)


def held_in(experiment: Experiment, names: Iterable[str]) -> tuple[str, ...]:
    """Return those of some parameters that the section ``assume`` of an experiment holds."""
    folder = experiment.arms[0].folder
    assumed = (assumptions_of(located(one, folder)) for one in experiment.assume)
    return held_by((change for changes in assumed for change in changes), names)


def _holds_throughout(change: Change) -> bool:
    last = MONTHS - 1 if change.target.is_dated else 0
    is_set = change.operation == "set" and len(change.steps) == 1
    return is_set and not change.where and change.start == 0 and change.end >= last


def left_to_draw(
    document: Document, draws: Sequence[Draw], assumed: Sequence[Scenario], over: Any
) -> tuple[Draw, ...] | None:
    """Return draws without the parameters that assumptions hold; None once a problem is noted.

    It is one to name a parameter in ``over`` and to assume its value, to leave nothing to draw, and to move a draw
    beyond the limits of its parameter.
    """
    drawn = tuple(draws[0].parameters)
    changes = [change for scenario in assumed for change in scenario.assumptions]
    held = held_by(changes, drawn)
    if not held:
        kept = tuple(draws)
    else:
        _note_named(document, over, held)
        if len(held) == len(drawn) and not document.findings.problems:
            _note(document, ("uncertainty",), held[0])
        kept = tuple(
            Draw(draw.number, {name: value for name, value in draw.parameters.items() if name not in held})
            for draw in draws
        )
    _check_limits(document, kept, assumed)
    return None if document.findings.problems else kept


def _note_named(document: Document, over: Any, held: Sequence[str]) -> None:
    if over is None or over == EVERY:
        return
    for index, name in enumerate(over):
        if set(drawn_names([name])) <= set(held):
            _note(document, ("uncertainty", "over", index), name)


def _note(document: Document, location: tuple[str | int, ...], name: str) -> None:
    rule = {
        "en": "the section 'assume' sets it, and what is assumed holds over draws: leave out one of the two",
        "zh": "assume已设定该值，假设优先于抽样：请删除其一",
    }
    mark = document.mark(*location)
    document.findings.add(mark, "bad-value", key=str(location[:2][-1]), value=shown(name, 80), rule=rule)


def _check_limits(document: Document, draws: Sequence[Draw], assumed: Sequence[Scenario]) -> None:
    """Note an assumption that adds or multiplies and takes a draw beyond the limits of its parameter."""
    paths = {parameter_path(name) for name in draws[0].parameters}
    for scenario in assumed:
        if any(change.path in paths and change.operation in {"add", "multiply"} for change in scenario.assumptions):
            try:
                for draw in draws:
                    scenario.with_defaults(draw.parameters)
            except ScenarioProblems as problems:
                document.findings.problems.extend(problems.problems)
