"""Means as a table of the Integrated Assessment Modeling Consortium: a row a variable, a column a year."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from experiments.exporting.about import About
from experiments.exporting.dictionary import Entry, outcome_entry
from experiments.exporting.outcomes import iamc_name, kind_of, unit_of
from experiments.words import group_label

ROOT = "Foreign Professionals"
"""First part of every variable."""
COUNTRY = "China"
_LOW, _HIGH = "5th Percentile", "95th Percentile"
_PLAIN = {"category", "mode", "age"}
"""Families whose groups say themselves what they are."""


def years_and_rest(dates: list[str]) -> tuple[list[str], list[str]]:
    """Return the dates in December, which stand for their years, and the others.

    >>> years_and_rest(["2030-12", "2031-06"])
    (['2030-12'], ['2031-06'])
    """
    decembers = [date for date in dates if date.endswith("-12")]
    return decembers, [date for date in dates if date not in decembers]


def iamc_table(levels: Any, about: About) -> Any:
    """Return means over runs as a data frame with columns model, scenario, region, variable, unit and years.

    Parameters
    ----------
    levels
        Columns arm, outcome, group, date, value, low, high: means over replicates and draws, and 5% and 95% of means
        over replicates among draws, nan for one draw.

    Notes
    -----
    Arms, the baseline among them, are the scenarios. A number is the mean over all runs of the arm; where parameters
    were drawn, variables that end in ``5th Percentile`` and ``95th Percentile`` give the spread over draws. A group of
    a region is a region ``China|Shanghai``. Rows without a number are left out.
    """
    import pandas as pd

    decembers, _ = years_and_rest(list(levels["date"]))
    kept = levels[levels["date"].isin(decembers)]
    rows = pd.DataFrame(
        [row for level in kept.itertuples() for row in _rows(level)],
        columns=["scenario", "region", "variable", "unit", "year", "value"],
    )
    keys = ["model", "scenario", "region", "variable", "unit"]
    named = rows.assign(model=f"talentflow {about.version}")
    table = named.pivot(index=keys, columns="year", values="value").reset_index()  # noqa: PD010 - likewise effects
    table.columns.name = None
    return table


def variables_in(levels: Any) -> list[Entry]:
    """Return what the variables of a table are, for its dictionary."""
    found: dict[str, Entry] = {}
    for outcome, group in levels[["outcome", "group"]].drop_duplicates().itertuples(index=False):
        who = "all" if group.startswith("region=") else group
        told = outcome_entry(outcome)
        labels = (
            f"{label} ({group_label(who, lang)})" for label, lang in ((told.label_en, "en"), (told.label_zh, "zh"))
        )
        name = variable_of(outcome, group)
        found[name] = replace(
            told, section="variable", name=name, **dict(zip(("label_en", "label_zh"), labels, strict=True)),
            unit=iamc_unit(outcome),
        )  # fmt: skip
    return list(found.values())


def variable_of(outcome: str, group: str) -> str:
    """Return the IAMC variable of an outcome of a group; a region is no part of it.

    >>> variable_of("stock", "category=A"), variable_of("stock", "region=shanghai"), variable_of("inflow", "origin=japan")
    ('Foreign Professionals|Stock|Category A', 'Foreign Professionals|Stock', 'Foreign Professionals|Inflow|Origin|Japan')
    """
    family, _, name = group.partition("=")
    parts = [ROOT, iamc_name(outcome)]
    if name and family != "region":
        parts += ([] if family in _PLAIN else [_titled(family)]) + [_titled(group_label(group, "en"))]
    return "|".join(parts)


def region_of(group: str) -> str:
    """Return the IAMC region of a group.

    >>> region_of("all"), region_of("region=shanghai")
    ('China', 'China|Shanghai')
    """
    return f"{COUNTRY}|{group_label(group, 'en')}" if group.startswith("region=") else COUNTRY


def iamc_unit(outcome: str) -> str:
    """Return the unit of an outcome in an IAMC table; a flow is a year's.

    >>> iamc_unit("stock"), iamc_unit("inflow"), iamc_unit("tax"), iamc_unit("stay_3y")
    ('persons', 'persons/yr', 'CNY_2024/yr', '1')
    """
    unit = {"share": "1", "log": "1", "yuan": "CNY_2024"}.get(unit_of(outcome), unit_of(outcome))
    return f"{unit}/yr" if kind_of(outcome) == "flow" else unit


def _rows(level: Any) -> Iterator[tuple[str, str, str, str, int, float]]:
    variable = variable_of(level.outcome, level.group)
    numbers = {variable: level.value, f"{variable}|{_LOW}": level.low, f"{variable}|{_HIGH}": level.high}
    for name, value in numbers.items():
        if math.isfinite(value):
            unit, year = iamc_unit(level.outcome), int(level.date[:4])
            yield str(level.arm), region_of(level.group), name, unit, year, float(value)


def _titled(label: str) -> str:
    return label[:1].upper() + label[1:]
