"""Rows of a comparison: what its pairs of runs say, number by number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from experiments import components, pairing
from experiments.cases import outcome_unit
from experiments.finite import each_or_none
from experiments.persons import Touched, known_traits
from experiments.replicate import Case, PairedRun, at_date, draws_of

if TYPE_CHECKING:
    from experiments.accounts import CostRow
    from experiments.design import Question


@dataclass(frozen=True)
class Row:
    """One number of one scenario: means over pairs, their difference and its interval.

    ``low`` and ``high`` are nan where no interval exists. See :class:`experiments.pairing.PairSummary`.
    """

    scenario: str
    outcome: str
    group: str
    date: str
    unit: str
    baseline: float
    reform: float
    difference: float
    low: float
    high: float
    n: int
    same_sign: float
    error: float
    variance_ratio: float
    method: str
    precision_reached: bool | None = None

    @property
    def is_clear(self) -> bool:
        """Whether the interval tells the sign."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, kw_only=True)
class DrawnRow(Row):
    """The same over draws of uncertain parameters; see :class:`experiments.components.DrawnSummary`."""

    low_chance: float
    high_chance: float
    var_parameters: float
    var_chance: float
    parameter_share: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval, or one sign of all draws, tells the sign."""
        return self.low > 0 or self.high < 0 or self.method == components.ONE_SIGN


@dataclass(frozen=True)
class PersonsRow:
    """People of a group reached by a scenario up to a date, means over pairs.

    See :class:`experiments.persons.Touched`; years are those of people in China under one law alone.
    """

    scenario: str
    group: str
    date: str
    touched: float
    additional: float
    displaced: float
    abroad: float
    deadweight: float
    additional_years: float
    displaced_years: float
    n: int


def rows_of(case: Case, question: Question, runs: Sequence[PairedRun], precision: float | None) -> Iterator[Row]:
    """Yield one row for each outcome, group and date of a case.

    ``precision`` is the share of its difference that an interval may reach to either side; None where it is not asked.
    """
    draws = draws_of(runs)
    make = Row if draws is None else DrawnRow
    for i, outcome in enumerate(question.outcomes):
        for j, group in enumerate(question.groups):
            for date in question.dates:
                pairs = components.summarise(
                    [at_date(run.baseline[case.id][i, j], date) for run in runs],
                    [at_date(run.reform[case.id][i, j], date) for run in runs],
                    draws,
                )
                yield make(
                    scenario=case.id,
                    outcome=outcome,
                    group=group,
                    date=date,
                    unit=outcome_unit(outcome),
                    **vars(pairs),
                    precision_reached=None if precision is None else _is_precise(pairs, precision),
                )


def _is_precise(pairs: pairing.PairSummary, precision: float) -> bool:
    reach = max(pairs.high - pairs.difference, pairs.difference - pairs.low)
    return bool(reach <= precision * abs(pairs.difference))


def persons_of(case: Case, question: Question, runs: Sequence[PairedRun]) -> Iterator[PersonsRow]:
    """Yield one row for each group of traits and date of a case."""
    n = len(runs)
    for group in known_traits(question.groups):
        for date in question.dates:
            counts = [run.groups[case.id][date][group] for run in runs]
            means = {name: sum(getattr(count, name) for count in counts) / n for name in Touched._fields}
            years = {f"{name}_years": means.pop(f"{name}_months") / 12 for name in ("additional", "displaced")}
            yield PersonsRow(scenario=case.id, group=group, date=date, **means, **years, n=n)


def plain(row: Row | PersonsRow | CostRow) -> dict[str, Any]:
    """Return a row as plain values, without what was not asked for."""
    values = asdict(row)
    if values.get("precision_reached", False) is None:
        del values["precision_reached"]
    return each_or_none(values)
