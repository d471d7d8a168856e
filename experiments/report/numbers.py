"""Where the sections of a report take their numbers from: runs made for it, or those that a store keeps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from experiments.accounts import CostRow
    from experiments.report.asked import Asked
    from experiments.rows import PersonsRow, Row


class Numbers(Protocol):
    """Numbers of some scenarios against their baselines; what is not kept is left out."""

    @property
    def asked(self) -> Asked:
        """Scenarios, and how they were run."""

    @property
    def dates(self) -> tuple[str, ...]:
        """Dates of the tables, the last one the headline's."""

    @property
    def years(self) -> tuple[str, ...]:
        """Dates of paths."""

    @property
    def replicates(self) -> int:
        """Pairs of runs."""

    @property
    def version(self) -> str:
        """Version of the model that ran, which need not be the one that tells."""

    @property
    def is_crossed(self) -> bool:
        """Whether every pair is run under every draw, rather than under one of them in turn."""

    @property
    def headline(self) -> list[Row]:
        """One row a scenario: people in China at the last date, or what comes first where these are not kept."""

    @property
    def persons(self) -> tuple[PersonsRow, ...]:
        """People reached, by every trait that nobody changes."""

    @property
    def costs(self) -> tuple[CostRow, ...]:
        """Costs at every date."""

    def rows(self, outcomes: Sequence[str], groups: Sequence[str] = ("all",), dates: Sequence[str] = ()) -> list[Row]:
        """Return rows of each scenario, in the order asked; at the last date unless told."""

    def told_costs(self, lang: str) -> list[str]:
        """Return one sentence on its costs for each scenario that has any."""

    def warnings(self, lang: str) -> list[str]:
        """Return what must be known before reading the rows."""
