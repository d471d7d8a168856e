"""The measures of the article in one table: what each moves, for whom, at what cost, or why it moves nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.article import MEASURES, title_of
from experiments.comparison import Comparison, compare
from experiments.design import DEFAULT_SEED, luck_and_draws, version
from experiments.findings import notes, warnings_of
from experiments.finite import each_or_none
from experiments.reasons import WATCHED, Evidence, Reason, is_detected, reasons_of, told

if TYPE_CHECKING:
    from experiments.cost import Cost
    from experiments.replicate import Case
    from experiments.rows import PersonsRow, Row
    from experiments.runner import OnProgress

SCHEMA = "talentflow.measures/1"
DATE = "2035-12"
REPLICATES = 8
"""Pairs where parameters are at their defaults: intervals are by bootstrap from here on."""
_LEVERS_SHOWN = 1


@dataclass(frozen=True)
class MeasureRow:
    """One scenario of a measure: its main outcome against the baseline, the people it reaches, what it costs.

    ``scenario`` and all numbers are None where no shipped scenario stands for the measure. Numbers of people and of
    money are those of :class:`experiments.rows.PersonsRow` and :class:`experiments.accounts.CostRow`.
    """

    measure: int
    scenario: str | None = None
    levers: tuple[str, ...] = ()
    main: Row | None = None
    persons: PersonsRow | None = None
    public_cost: float | None = None
    balance: float | None = None
    person_years: float | None = None
    per_person_year: float | None = None
    per_person_year_low: float | None = None
    per_person_year_high: float | None = None
    is_detected: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class MeasureTable:
    """All measures at one date; ``comparison`` holds every number they were read from."""

    rows: tuple[MeasureRow, ...]
    date: str
    comparison: Comparison

    def to_dict(self, *, lang: str = "en") -> dict[str, Any]:
        """Return the table as plain values, with None where a number does not exist."""
        from experiments.cases import outcome_labels

        labels, design = outcome_labels(), self.comparison.design
        return {
            "schema": SCHEMA,
            "seed": design.seed,
            "replicates": self.comparison.replicates,
            "scale": design.scale,
            "date": self.date,
            "version": version(),
            **self.comparison.drawn_to_dict(),
            "rows": [_plain(row, lang, labels) for row in self.rows],
            "warnings": list(warnings_of(self.comparison, lang)),
            "notes": notes(self.comparison, lang),
        }

    def to_json(self, *, lang: str = "en") -> str:
        """Return the table as JSON text (schema talentflow.measures/1)."""
        return json.dumps(self.to_dict(lang=lang), ensure_ascii=False, allow_nan=False, indent=1)


def measures(
    *,
    date: str = DATE,
    replicates: int | None = None,
    seed: int = DEFAULT_SEED,
    scale: int | None = None,
    jobs: int | None = None,
    engine: str = "compiled",
    assume: Sequence[Any] = (),
    draws: int | None = None,
    posterior: str | Path | None = None,
    on_progress: OnProgress | None = None,
    on_compile: Callable[[], None] | None = None,
    on_start: Callable[[Cost], None] | None = None,
) -> MeasureTable:
    """Compare every shipped scenario of a measure with its baseline at a date, and say what each does or why nothing.

    Runs end with ``date``; there are ``REPLICATES`` unless told, or two of each draw if that is more. Other arguments are those of :func:`experiments.comparison.compare`; so are the errors.
    """
    from experiments.cases import scenario_of
    from scenarios import catalogue

    named = [scenario_of(entry.id) for entry in catalogue() if entry.measure is not None]
    asked = dict.fromkeys((*WATCHED, *(scenario.main_outcome for scenario in named)))
    groups = dict.fromkeys(("all", *(scenario.main_group for scenario in named)))
    pairs, n_draws = luck_and_draws(replicates, draws, least=REPLICATES)
    result = compare(
        named, replicates=pairs, draws=n_draws, posterior=posterior, seed=seed, scale=scale, until=date, jobs=jobs, engine=engine, assume=assume,
        outcomes=tuple(asked), groups=tuple(groups), dates=(date,), paths=False,
        on_progress=on_progress, on_compile=on_compile, on_start=on_start,
    )  # fmt: skip
    rows = [row_of(case, result, date) for case in result.cases]
    there = {row.measure for row in rows}
    rows += [MeasureRow(number) for number in range(1, len(MEASURES) + 1) if number not in there]
    return MeasureTable(tuple(sorted(rows, key=lambda row: row.measure)), date, result)


def row_of(case: Case, result: Comparison, date: str) -> MeasureRow:
    """Return what a comparison says of one scenario at a date."""
    scenario = case.scenario
    rows = {row.outcome: row for row in result.rows if (row.scenario, row.date, row.group) == (case.id, date, "all")}
    persons = next(row for row in result.persons if (row.scenario, row.date, row.group) == (case.id, date, "all"))
    cost = next(row for row in result.costs if (row.scenario, row.date) == (case.id, date))
    place = (case.id, date, scenario.main_outcome, scenario.main_group)
    main = next(row for row in result.rows if (row.scenario, row.date, row.outcome, row.group) == place)
    paths = tuple(dict.fromkeys(change.path for change in scenario.changes))
    areas = tuple(dict.fromkeys(path.partition(".")[0] for path in paths))
    detected = is_detected(main)
    evidence = Evidence(rows, persons, areas, result.design.scale)
    return MeasureRow(
        measure=scenario.measure,
        scenario=case.id,
        levers=paths,
        main=main,
        persons=persons,
        public_cost=cost.public_cost,
        balance=cost.balance,
        person_years=cost.person_years,
        per_person_year=cost.per_person_year,
        per_person_year_low=cost.per_person_year_low,
        per_person_year_high=cost.per_person_year_high,
        is_detected=detected,
        reasons=() if detected else tuple(reasons_of(main, evidence)),
    )


def short_levers(paths: tuple[str, ...]) -> str:
    """Return the levers of a scenario in a few words: the first without their area, and how many more.

    >>> short_levers(("services.english.health", "services.english.finance", "tax.band_rate.band_1"))
    'english.health +2'
    """
    shown = [path.partition(".")[2] for path in paths[:_LEVERS_SHOWN]]
    more = f" +{len(paths) - _LEVERS_SHOWN}" if len(paths) > _LEVERS_SHOWN else ""
    return ", ".join(shown) + more


def reason_lines(table: MeasureTable, lang: str, labels: dict[str, dict[str, str]]) -> Iterator[str]:
    """Yield, for each measure without a detectable effect, a line that says why, and for each without a scenario."""
    from experiments.words import say

    for row in table.rows:
        title = title_of(row.measure, lang)
        if row.scenario is None:
            yield say("measure_without_file", lang, number=row.measure, title=title)
        elif not row.is_detected:
            why = say("reason_joint", lang).join(told(reason, lang, labels) for reason in row.reasons)
            yield say("measure_silent", lang, number=row.measure, id=row.scenario, why=why)


def _plain(row: MeasureRow, lang: str, labels: dict[str, dict[str, str]]) -> dict[str, Any]:
    values = asdict(row)
    main, persons = values.pop("main") or {}, values.pop("persons") or {}
    plain = {"measure": row.measure, "title": title_of(row.measure, lang), "scenario": row.scenario}
    plain |= {"levers": list(row.levers)}
    names = ("outcome", "group", "unit", "baseline", "reform", "difference", "low", "high", "n", "same_sign", "method")
    plain |= {name: main.get(name) for name in names}
    plain |= {name: main[name] for name in ("low_chance", "high_chance", "parameter_share") if name in main}
    people = ("touched", "additional", "displaced", "deadweight", "additional_years", "displaced_years")
    plain |= {name: persons.get(name) for name in people}
    money = ("public_cost", "balance", "person_years")
    per_year = ("per_person_year", "per_person_year_low", "per_person_year_high")
    plain |= {name: values[name] for name in (*money, *per_year, "is_detected")}
    plain["reasons"] = [{"code": reason.code, "text": told(reason, lang, labels)} for reason in row.reasons]
    return each_or_none(plain)
