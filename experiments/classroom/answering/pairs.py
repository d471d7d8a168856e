"""One pair of runs: a kept baseline, and the reform that branches off it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.classroom.answering.asked import Asked
from experiments.classroom.answering.kept import Baselines, KeptBaseline, Key, key_at, let_go, new_model
from experiments.classroom.answering.laws import Law, baseline_under, given_under
from experiments.classroom.answering.start import OUTCOMES
from experiments.design import FIRST_DATE, Question, default_dates
from experiments.persons import Pairing, Touched, known_traits, snapshot_of
from experiments.replicate import Money, PairedRun, money_of
from experiments.report.people import Counted, count_people
from simulation.catalogue import GROUPS
from simulation.records import NEVER, month_index, month_text

SCARCE = ("quota_share", "seat_share", "posts_match_share", "residence_queue")
"""Scarce things that warnings tell of, at the last date."""
_HALF_YEAR = 6


@dataclass
class Pair:
    """One pair: ``series`` and ``groups`` as comparisons hold runs; people counted at the end; scarce things by law."""

    series: PairedRun
    groups: PairedRun
    people: tuple[Counted, Counted]
    scarce: tuple[dict[str, float], dict[str, float]]


def series_question(until: str) -> Question:
    """Return the outcomes of everybody, every June and December and in the last month."""
    first, last = month_index(FIRST_DATE), month_index(until)
    months = [month for month in range(first, last + 1) if (month + 1) % _HALF_YEAR == 0 or month == last]
    return Question(OUTCOMES, ("all",), tuple(month_text(month) for month in months), paths=False)


def group_question(until: str) -> Question:
    """Return the people in China of every group, at the dates that a comparison shows unless told."""
    return Question(("stock",), GROUPS, default_dates(until), paths=False)


def compared_at(until: str) -> tuple[int, ...]:
    """Return the months at whose end people are compared one by one, counted from January 2000."""
    return tuple(sorted({month_index(date) for date in (*default_dates(until), until)}))


class PairReading:
    """What pairs ask of baselines; see :class:`experiments.classroom.answering.kept.Reading`."""

    def dates(self, until: str) -> tuple[int, ...]:
        """Return the months in which people are compared, counted from January 2000."""
        return compared_at(until)

    def values(self, outcomes: Any, until: str) -> dict[str, Any]:
        """Return what is read of the outcomes of a whole run."""
        questions = {"series": series_question(until), "groups": group_question(until)}
        return {name: _values(outcomes, question, until) for name, question in questions.items()}


def months_of(asked: Asked, law: Law) -> range:
    """Return the months of the reform's own."""
    return range(law.first, month_index(asked.until) + 1) if law.first != NEVER else range(0)


def run_pair(asked: Asked, law: Law, place: int, baselines: Baselines) -> Iterator[Pair | tuple[int, Any, Any]]:
    """Run one pair, counted from 0: yield (month, baseline's outcomes, reform's outcomes) at each month, then the pair."""
    key = key_at(asked, place)
    kept = baselines.get(key)
    months = months_of(asked, law)
    if not months:
        yield _pair_of(asked, law, kept, None, {}, key)
        return
    before = _at(kept, law, key)
    model = before.branch(given_under(law, asked, key.number))
    if before is not kept.model:
        let_go(before)
    pairing = Pairing(kept.persons, model.people.persons, known_traits(GROUPS))
    touched: dict[int, dict[str, Touched]] = {}
    try:
        for month in months:
            model.step()
            persons = model.people.persons
            pairing.add_month(kept.in_china[month], np.packbits(persons["is_counted"] == 1))
            if month in kept.snapshots:
                touched[month] = pairing.at(kept.snapshots[month], snapshot_of(persons))
            yield month, kept.outcomes, model.outcomes
        yield _pair_of(asked, law, kept, model, touched, key)
    finally:
        let_go(model)


def _at(kept: KeptBaseline, law: Law, key: Key) -> Any:
    """Return the baseline's model before the reform's first month; it is not to be stepped."""
    if kept.model.month == law.first:
        return kept.model
    given = baseline_under(key.until, key.draws, key.first_seed, key.number)
    model = kept.model.branch(given) if kept.model.month < law.first else new_model(key, given)
    while model.month < law.first:
        model.step()
    return model


def _pair_of(asked: Asked, law: Law, kept: KeptBaseline, model: Any, touched: Any, key: Key) -> Pair:
    outcomes = kept.outcomes if model is None else model.outcomes
    people = kept.persons if model is None else model.people.persons
    sides = {name: PairedRun(key.seed, key.number) for name in ("series", "groups")}
    for name, question in (("series", series_question(asked.until)), ("groups", group_question(asked.until))):
        before = kept.values[name]
        sides[name].baseline[law.case.id] = before
        sides[name].reform[law.case.id] = _values(outcomes, question, asked.until, (law.first, before))
    _keep_persons(sides["groups"], law, kept, model, touched, asked)
    since = law.first if law.first != NEVER else month_index(asked.until)
    counted = kept.counted(since), count_people(people, since=since)
    last = month_index(asked.until)
    scarce = [{name: held.value(name, "all", last) for name in SCARCE} for held in (kept.outcomes, outcomes)]
    return Pair(sides["series"], sides["groups"], counted, (scarce[0], scarce[1]))


def _values(outcomes: Any, question: Question, until: str, base: tuple[int, Any] | None = None) -> Any:
    """Return values, shape (outcomes, groups, months from FIRST_DATE); months before a reform are the baseline's."""
    first = month_index(FIRST_DATE)
    shape = (len(question.outcomes), len(question.groups), month_index(until) + 1 - first)
    values = np.full(shape, np.nan) if base is None else base[1].copy()
    begins = first if base is None else base[0]
    for month in sorted({month_index(date) for date in question.dates}):
        if month < begins:
            continue
        for i, outcome in enumerate(question.outcomes):
            for j, group in enumerate(question.groups):
                values[i, j, month - first] = outcomes.value(outcome, group, month)
    return values


def _keep_persons(run: PairedRun, law: Law, kept: KeptBaseline, model: Any, touched: Any, asked: Asked) -> None:
    """Write the people reached and the money into a run, as a comparison has them."""
    name, nobody = law.case.id, {group: Touched() for group in known_traits(GROUPS)}
    dates = {date: month_index(date) for date in (*default_dates(asked.until), asked.until)}
    run.groups[name] = {date: touched.get(month, nobody) for date, month in dates.items()}
    run.persons[name] = {date: counts["all"] for date, counts in run.groups[name].items()}
    holder, other = _Holding(kept.outcomes), _Holding(kept.outcomes if model is None else model.outcomes)
    run.money[name] = {
        date: Money() if model is None else money_of(holder, other, law.first, month) for date, month in dates.items()
    }


@dataclass(frozen=True)
class _Holding:
    """What money is read of: a run by its outcomes."""

    outcomes: Any
