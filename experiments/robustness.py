"""The ranking of reforms under other assumptions, such as another theory of how people decide.

Every set of assumptions holds for the baseline and the reforms alike, with the same people and the same luck. Levels may
then differ from those of the model as it stands; what is compared across assumptions is the order of the reforms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from experiments.cases import assumptions_of
from experiments.comparison import compare
from experiments.design import DEFAULT_SCALE, DEFAULT_SEED, DesignError
from experiments.evaluation import DEFAULT_DATE, evaluate

AS_IT_STANDS = "as-it-stands"
"""Name of the model without further assumptions."""
TASTE = "theta_mean"
"""Parameter of behaviour that sets the level: what is left after pay, time and family."""
_TASTES = (-8.0, 6.0)
_HALVINGS = 12


@dataclass(frozen=True)
class RankedReform:
    """One reform under one set of assumptions: means over pairs, their difference, its interval, its rank from 1."""

    assumption: str
    scenario: str
    baseline: float
    difference: float
    low: float
    high: float
    n: int
    rank: int


@dataclass(frozen=True)
class Rankings:
    """Reforms ranked by how much they add, under each set of assumptions.

    ``agreement`` is Kendall's tau of each ranking with that of the model as it stands, -1 to 1: the share of pairs of
    reforms in the same order less the share in the other. nan with fewer than two reforms.
    """

    outcome: str
    date: str
    rows: tuple[RankedReform, ...]
    agreement: dict[str, float]

    def to_pandas(self) -> Any:
        """Return the rows as a pandas DataFrame."""
        import pandas as pd

        return pd.DataFrame([asdict(row) for row in self.rows])


def shipped_theories() -> list[str]:
    """Return the ids of the shipped assumptions that set another decision engine."""
    from scenarios import catalogue, load

    path = "behaviour.decision_engine"
    own = [entry.id for entry in catalogue() if entry.kind == "baseline"]
    return [name for name in own if any(change.path == path for change in load(name).assumptions)]


def rank_under(
    scenarios: Sequence[Any],
    assumptions: Sequence[Any],
    *,
    outcome: str = "stock",
    date: str = DEFAULT_DATE,
    **options: Any,
) -> Rankings:
    """Rank reforms by their effect, as the model stands and under each set of assumptions.

    Parameters
    ----------
    scenarios
        Ids or files of reforms, or Scenario objects; at least one.
    assumptions
        Ids or files of sets of assumptions; each is held alone.
    outcome, date
        What reforms are ranked by, largest difference first; reforms that tie keep the order in which they were named.
    options
        As in :func:`experiments.compare`: ``replicates``, ``seed``, ``scale``, ``until``, ``jobs`` and more; parameters are
        at their defaults unless ``draws`` is given. See :func:`experiments.rank_probabilities` for a ranking over draws.

    Raises
    ------
    DesignError
        If something cannot be run as asked, or two sets of assumptions have one name.
    """
    sets: dict[str, Sequence[Any]] = {AS_IT_STANDS: ()}
    for one in assumptions:
        name = getattr(one, "id", None) or str(one)
        if name in sets:
            raise DesignError(f"assumption {name!r} is named twice")
        # Before anything is run.
        assumptions_of(one)
        sets[name] = (one,)
    rows: list[RankedReform] = []
    for name, assumed in sets.items():
        result = compare(scenarios, assume=assumed, outcomes=(outcome,), dates=(date,), **{"draws": 0, **options})
        (date,) = result.question.dates
        ordered = sorted(result.rows, key=lambda row: -row.difference)
        rows += [
            RankedReform(name, row.scenario, row.baseline, row.difference, row.low, row.high, row.n, rank)
            for rank, row in enumerate(ordered, 1)
        ]
    ranks = {name: {row.scenario: row.rank for row in rows if row.assumption == name} for name in sets}
    first = ranks[AS_IT_STANDS]
    return Rankings(outcome, date, tuple(rows), {name: kendall_tau(first, other) for name, other in ranks.items()})


def kendall_tau(first: dict[str, int], other: dict[str, int]) -> float:
    """Return Kendall's tau of two rankings of the same names, -1 to 1; nan for fewer than two names.

    >>> kendall_tau({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 3, "c": 2})
    0.3333333333333333
    """
    names = list(first)
    pairs = [(a, b) for index, a in enumerate(names) for b in names[index + 1 :]]
    if not pairs:
        return float("nan")
    agreeing = sum((first[a] < first[b]) == (other[a] < other[b]) for a, b in pairs)
    return (2 * agreeing - len(pairs)) / len(pairs)


def matched_taste(
    parameters: dict[str, float],
    *,
    date: str = "2026-12",
    seeds: Sequence[int] = (DEFAULT_SEED,),
    scale: int = DEFAULT_SCALE,
) -> float:
    """Return the mean taste for China under which the baseline has the stock of the model as it stands.

    Another theory of the decision moves the level of everything; this sets it back, so that reforms are compared from one
    start. Bisection: the stock rises with the taste.

    Parameters
    ----------
    parameters
        The assumptions by name, such as ``{"decision_engine": 1}``.
    date
        Month in which the stocks agree, ``YYYY-MM``.
    seeds, scale
        Runs over which the stock is averaged; two decimals need 2,000 rows or more in China.
    """

    def stock(values: dict[str, float]) -> float:
        asked = (f"stock@{date}",)
        return sum(sum(evaluate("baseline", values, seed, scale, asked).values()) for seed in seeds)

    target = stock({})
    low, high = _TASTES
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if stock(parameters | {TASTE: middle}) < target:
            low = middle
        else:
            high = middle
    return (low + high) / 2
