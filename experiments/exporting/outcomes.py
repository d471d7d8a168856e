"""Outcomes as exports name them: unit, label and kind, for those of a run and for those of a pair of runs."""

from __future__ import annotations

from experiments.cases import known_outcomes, outcome_labels, outcome_unit
from experiments.design import DesignError, unknown
from experiments.exporting.counted import COUNTED

PAIR = "pair."
"""What begins the names of outcomes that a pair of runs has, and not a run."""

_PAIR: dict[str, tuple[str, str, str]] = {
    "pair.touched": ("persons", "People reached by the reform", "改革触及人数"),
    "pair.additional": ("persons", "People added by the reform", "改革新增人数"),
    "pair.displaced": ("persons", "People displaced by the reform", "改革减少人数"),
    "pair.abroad": ("persons", "People reached who stay abroad", "受触及但仍在境外人数"),
    "pair.deadweight": ("persons", "People reached who are in China either way", "受触及但两种情况下都在华人数"),
    "pair.additional_months": ("person-months", "Months in China added", "新增在华人月"),
    "pair.displaced_months": ("person-months", "Months in China taken away", "减少在华人月"),
    "pair.cost": ("yuan", "Cost of the reform since it began", "改革自开始以来的成本"),
}

KINDS: dict[str, tuple[str, str]] = {
    "level": ("level at the end of the month", "月末存量"),
    "flow": ("flow over the 12 months up to the date", "截至该月12个月的流量"),
    "ratio of flows": ("ratio of flows over the 12 months up to the date", "截至该月12个月流量之比"),
    "ratio of levels": ("ratio of levels at the end of the month", "月末存量之比"),
    "quantile": ("quantile over the cases of the 12 months up to the date", "截至该月12个月案件的分位数"),
    "cohort share": ("share of a cohort of entrants", "入境队列的占比"),
    "state": ("state of the month", "当月状态"),
    "pair": (
        "count over a pair of runs, at the date or since the laws differ",
        "一对模拟的计数（该时间或自法律不同起）",
    ),
}
"""Kinds of outcomes, and what they mean."""


def unit_of(outcome: str) -> str:
    """Return the unit of an outcome."""
    return _PAIR[outcome][0] if outcome in _PAIR else outcome_unit(outcome)


def label_of(outcome: str) -> tuple[str, str]:
    """Return what an outcome is called, in English and in Chinese.

    >>> label_of("net")
    ('Entries less exits', '净流入')
    """
    if outcome in _PAIR:
        return _PAIR[outcome][1:]
    label = outcome_labels()[outcome]
    return label["en"], label["zh"]


def kind_of(outcome: str) -> str:
    """Return the kind of an outcome, a key of ``KINDS``, as the catalogue of the simulation has it.

    >>> kind_of("stock"), kind_of("inflow"), kind_of("stay_3y"), kind_of("pair.cost")
    ('level', 'flow', 'cohort share', 'pair')
    """
    from simulation import catalogue

    families = {
        "flow": (*catalogue.FLOWS, *catalogue.MONEY, "net"),
        "ratio of flows": (*catalogue.FLOW_RATIOS, "residence_odds"),
        "ratio of levels": (*catalogue.LEVEL_RATIOS, "share_of_workforce"),
        "quantile": catalogue.DAYS,
        "cohort share": catalogue.STAYS,
        "state": catalogue.LIMITS,
        "level": ("stock", "pr_stock", "contested_posts"),
        "pair": _PAIR,
    }
    return next(kind for kind, names in families.items() if outcome in names)


def every_outcome() -> tuple[str, ...]:
    """Return the names of all outcomes, of runs and of pairs."""
    return (*known_outcomes(), *_PAIR)


def check_outcomes(asked: tuple[str, ...], held: list[str]) -> tuple[str, ...]:
    """Return the outcomes asked for, or all that are held.

    Raises
    ------
    DesignError
        Naming one that is not held and the nearest that is.
    """
    for name in asked:
        if name not in held:
            raise DesignError(unknown("outcome of these runs", name, held))
    return asked or tuple(held)


def iamc_name(outcome: str) -> str:
    """Return the part of an IAMC variable that names an outcome."""
    return COUNTED[outcome].iamc
