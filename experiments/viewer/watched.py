"""The model as the viewer steps it: chosen by plain arguments, run up to today, with today's law beside it."""

from __future__ import annotations

from typing import TypeAlias

from experiments.evaluation import under
from scenarios import load
from simulation import TalentModel
from simulation.records import month_text

Setting: TypeAlias = float | str
"""A number, or ``AS_CHOSEN``."""

FROM = "2027-01"
"""First month in which a lever that is set beside the scenario holds."""
LEVERS = {
    "points_a": "work_permit.category_a.points_min",
    "permit_months_b": "work_permit.category_b.permit_months",
    "refund_share": "social_insurance.refund_pool_share",
}
"""Levers that may be set beside the scenario, by argument."""
AS_CHOSEN = "-"
"""The value of a lever that is left as the scenario has it."""


class WatchedModel(TalentModel):
    """A scenario and today's law, side by side with the same people and the same luck.

    Mesa's viewer builds it anew at each reset, so every argument is a plain value. What it adds to ``TalentModel`` is
    ``today``, the same seed under the baseline of the scenario, which each step takes along.

    Parameters
    ----------
    law
        Id of a shipped scenario, or a file. It is not called ``scenario``: the viewer of Mesa 3.5 passes an object of
        its own to an argument of that name.
    seed, scale
        As for ``TalentModel``; the scale is coarse, so that a step is quick.
    points_a
        Points that Category A needs from ``FROM`` on; ``-`` leaves them as the scenario has them, and so below.
    permit_months_b
        Length of a Category B permit from ``FROM`` on, months.
    refund_share
        Share of the employer's pension contributions refunded on leaving from ``FROM`` on, 0 to 1.
    start
        Last month run before it is first shown, ``YYYY-MM``: what comes before is history and a warm-up.
    until
        Last month that can be reached, ``YYYY-MM``.
    """

    def __init__(
        self,
        *,
        law: str = "whole-article",
        seed: int = 1,
        scale: int = 5000,
        points_a: Setting = AS_CHOSEN,
        permit_months_b: Setting = AS_CHOSEN,
        refund_share: Setting = AS_CHOSEN,
        start: str = "2026-12",
        until: str = "2040-12",
    ) -> None:
        chosen = load(law)
        asked = {"points_a": points_a, "permit_months_b": permit_months_b, "refund_share": refund_share}
        levers = {LEVERS[name]: float(value) for name, value in asked.items() if value != AS_CHOSEN}
        scenario = under(chosen, levers, FROM)
        super().__init__(scenario, scale=scale, seed=seed, until=until)
        self.chosen, self.set_levers = chosen, levers
        # First month in which the law differs from today's, YYYY-MM; None if it never does.
        self.start = scenario.first_difference(until)
        self.today = TalentModel(chosen.baseline, scale=scale, seed=seed, until=until)
        self.run_until(start)

    @property
    def last(self) -> int:
        """The month just run, counted from January 2000."""
        return self.month - 1

    @property
    def date(self) -> str:
        """The month just run, ``YYYY-MM``."""
        return month_text(self.last)

    def step(self) -> None:
        """Run one month under both laws."""
        super().step()
        self.today.step()
