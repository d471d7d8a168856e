"""What cases are given under the draw that each seed of a comparison has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from experiments.batch.experiment import Arm, Experiment, Replicates
from experiments.batch.laws import Laws
from experiments.replicate import Case, CaseLaw, PairedRuns

if TYPE_CHECKING:
    from experiments.design import Design, Question
    from experiments.posterior import PosteriorDraws


class DrawnLaws:
    """Cases under the draw that each seed has; see :class:`experiments.replicate.CaseLaws`.

    What the latest draw makes of the baselines is kept: seeds are best taken draw by draw.
    """

    def __init__(self, design: Design, question: Question, cases: Sequence[Case], drawn: PosteriorDraws) -> None:
        scenarios = {case.id: case.scenario for case in cases}
        arms = tuple(Arm(case.id) for case in cases)
        asked = Experiment("compare", {}, arms, design, question, Replicates(design.replicates), drawn.draws)
        self._first_seed, self._drawn = design.seed, drawn
        self._laws = Laws(asked, lambda arm: scenarios[arm.id])
        self._families = {self._laws.baseline_of(case.id) for case in cases}

    def draw(self, seed: int) -> int:
        """Return the number of the draw of a seed."""
        return self._drawn.number_at(seed, self._first_seed)

    def baseline(self, family: str, seed: int) -> Any:
        """Return what a baseline is given."""
        return self._laws.baseline(family, self._drawn.draws[self.draw(seed)])

    def law(self, case: Case, seed: int) -> CaseLaw:
        """Return what a case is given."""
        law = self._laws.law(case.id, self._drawn.draws[self.draw(seed)])
        return CaseLaw(law.given, law.first)


def drawn_runs(design: Design, question: Question, cases: Sequence[Case], drawn: PosteriorDraws) -> PairedRuns:
    """Return what does replicates over draws, as a worker builds it."""
    return PairedRuns(design, question, cases, DrawnLaws(design, question, cases, drawn))
