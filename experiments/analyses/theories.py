"""Theories of how people decide, as values of parameters beside those that are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from experiments.analyses.parameters import parameter_name
from experiments.cases import assumptions_of, scenario_of, titles_of
from experiments.design import DesignError
from experiments.robustness import AS_IT_STANDS, TASTE

if TYPE_CHECKING:
    from experiments.batch.experiment import Draw

_DECIDES = ("behaviour.decision_engine", "behaviour.spouse_veto", "behaviour.lead_weight")
"""Parameters that say by which rule a person or a family decides."""
_TITLE = {"en": "As the model stands", "zh": "模型现状"}


@dataclass(frozen=True)
class Theory:
    """One way of deciding: ``sets`` are parameters by name; ``taste`` is what it adds to the mean taste for China.

    A theory moves the level of everything, so its file sets the taste at which the stock is that of the model as it
    stands with all else at its default. Under a draw, whose taste is drawn, the taste is moved by as much.
    """

    id: str = AS_IT_STANDS
    title: Mapping[str, str] = field(default_factory=lambda: dict(_TITLE))
    sets: Mapping[str, float] = field(default_factory=dict)
    taste: float = 0.0

    def under(self, parameters: Mapping[str, float]) -> dict[str, float]:
        """Return a draw's parameters under the theory: what it sets holds, whatever was drawn."""
        from scenarios import behaviours

        taste = behaviours()[TASTE]
        drawn = {parameter_name(name): value for name, value in parameters.items()}
        moved = drawn.get(TASTE, float(taste.default)) + self.taste  # type: ignore[arg-type]
        level = {TASTE: min(max(moved, taste.low), taste.high)} if self.taste else {}
        return drawn | level | dict(self.sets)


def shipped_rules() -> list[str]:
    """Return the ids of the shipped assumptions that change how a person or a family decides."""
    from scenarios import catalogue, load

    own = [entry.id for entry in catalogue() if entry.kind == "baseline"]
    return [name for name in own if any(change.path in _DECIDES for change in load(name).assumptions)]


def theories_of(names: Sequence[Any]) -> tuple[Theory, ...]:
    """Return the model as it stands, and the theories of some assumptions, each held alone.

    Parameters
    ----------
    names
        Ids or files of assumptions, or Scenario objects.

    Raises
    ------
    DesignError
        If one changes the law, assumes nothing, sets more than numbers of all months, or is named twice.
    scenarios.ScenarioProblems
        For a file that is wrong.
    """
    found = (Theory(), *(_theory(name) for name in names))
    ids = [theory.id for theory in found]
    twice = next((name for name in ids if ids.count(name) > 1), None)
    if twice:
        raise DesignError(f"assumption {twice!r} is named twice")
    return found


def _theory(name: Any) -> Theory:
    from scenarios import behaviours

    scenario = scenario_of(name)
    sets: dict[str, float] = {}
    for change in assumptions_of(scenario):
        is_plain = change.operation == "set" and not change.where and len(change.steps) == 1
        if not is_plain or not change.path.startswith("behaviour.") or change.start > 0:
            raise DesignError(
                f"{scenario.id!r} does more than set parameters of behaviour in all months ({change.path}): "
                f"it cannot be ranked over draws"
            )
        sets[parameter_name(change.path)] = float(change.steps[0][1])
    level = float(behaviours()[TASTE].default)  # type: ignore[arg-type]
    taste = sets.pop(TASTE) - level if TASTE in sets else 0.0
    return Theory(scenario.id, titles_of(scenario), sets, taste)


def crossed(draws: Iterable[Draw], theories: Sequence[Theory]) -> tuple[Draw, ...]:
    """Return every draw under every theory, draw by draw: more draws keep the earlier ones."""
    from experiments.batch.experiment import Draw

    points = (theory.under(draw.parameters) for draw in draws for theory in theories)
    return tuple(Draw(number, parameters) for number, parameters in enumerate(points))
