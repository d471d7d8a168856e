"""Ranks and regrets told to people and to programs."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from experiments import pairing
from experiments.analyses.decision_words import tell
from experiments.analyses.regret import ArmStanding, Duel, Number
from experiments.analyses.titles import label_of
from experiments.design import version
from experiments.findings import quantum_of, rounded, subject
from experiments.finite import each_or_none
from experiments.words import date_label, say, unit_label

if TYPE_CHECKING:
    from experiments.analyses.regret import Regrets

SCHEMA = "talentflow.regret/1"
_OFTEN = 0.1
"""Share of draws from which a reversal is worth a sentence."""
_RANKS_SHOWN = 6


def to_json(found: Regrets, lang: str) -> str:
    """Return the result as JSON text (schema talentflow.regret/1)."""
    design = found.experiment.design
    plain = {
        "schema": SCHEMA,
        "outcome": found.outcome,
        "group": found.group,
        "date": found.date,
        "unit": found.unit,
        "better": "less" if found.is_less_better else "more",
        "draws": found.n_draws,
        "replicates": found.n_replicates,
        "seed": design.seed,
        "scale": design.scale,
        "until": design.until,
        "version": version(),
        "arms": [_plain(one, lang) for one in found.arms],
        "pairs": [_plain_duel(one) for one in found.duels],
        "warnings": list(warnings_of(found, lang)),
        "notes": notes_of(found, lang),
    }
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=1)


def _plain(one: ArmStanding, lang: str) -> dict[str, Any]:
    numbers = {
        "effect": one.effect,
        "p_best": one.is_best,
        "mean_regret": one.mean_regret,
        "p95_regret": one.high_regret,
        "max_regret": one.most_regret,
    }
    plain = {name: each_or_none(number._asdict()) for name, number in numbers.items()}
    ranks = {"p_ranks": list(one.ranks), "p_best_as_measured": one.seems_best}
    return {"scenario": one.arm, "title": one.title[lang], **plain, **ranks}


def _plain_duel(one: Duel) -> dict[str, Any]:
    return {
        "first": one.first,
        "second": one.second,
        "p_first_better": one.first_is_better,
        "better_by": each_or_none(one.difference._asdict()),
        "told_apart": one.is_told_apart,
    }


def sentences(found: Regrets, lang: str) -> Iterator[str]:
    """Yield which choice is likely the best, which one regrets least, and what the runs cannot tell."""
    what = subject(label_of(found.outcome, lang), found.group, lang)
    by_chance = sorted(found.arms, key=lambda one: -one.is_best.value)
    best, others = by_chance[0], [one for one in by_chance[1:3] if one.is_best.value >= 0.01]
    nexts = "".join(tell("best_next", lang, title=one.title[lang], p=percent(one.is_best.value)) for one in others)
    yield tell(
        "best_is" if found.n_draws > 1 else "best_of_one",
        lang,
        what=what[:1].upper() + what[1:],
        date=date_label(found.date, lang),
        draws=found.n_draws,
        title=best.title[lang],
        p=percent(best.is_best.value),
        low=percent(best.is_best.low),
        high=percent(best.is_best.high),
        next=nexts,
    )
    yield from _regret_sentences(found, lang)
    yield from _comparisons(found, lang)


def _regret_sentences(found: Regrets, lang: str) -> Iterator[str]:
    least = found.arms[0]
    if least.most_regret.value == 0:
        yield tell("no_regret", lang, title=least.title[lang])
        return
    regret, unit = least.mean_regret, unit_label(found.unit, lang)
    unit = f" {unit}" if unit and lang == "en" else unit
    quantum = _quantum(regret)
    mean, low, high = (rounded(value, quantum) for value in regret)
    most = _rounded(least.high_regret)
    yield tell("regret_of", lang, title=least.title[lang], unit=unit, mean=mean, low=low, high=high, most=most)
    careful = min(found.arms, key=lambda one: one.high_regret.value)
    if careful.high_regret.high < least.high_regret.low:
        yield tell("careful", lang, title=careful.title[lang], unit=unit, most=_rounded(careful.high_regret))


def _quantum(number: Number) -> float:
    """Return the step to round a number to: two digits of what luck leaves open, or of the number itself."""
    reach = (number.high - number.low) / 2
    return quantum_of(reach if math.isfinite(reach) and reach > 0 else abs(number.value))


def _rounded(number: Number) -> str:
    return rounded(number.value, _quantum(number))


def _comparisons(found: Regrets, lang: str) -> Iterator[str]:
    """Yield what keeps the arm with the least regret from being the choice."""
    least, others = found.arms[0], found.arms[1:]
    duels = {one.arm: found.duel(least.arm, one.arm) for one in others}
    alike = [one.title[lang] for one in others if not duels[one.arm].is_told_apart]
    if alike:
        names = tell("joint", lang).join(alike)
        yield tell("not_apart", lang, n=found.n_replicates, title=least.title[lang], others=names)
    for one in others:
        duel = duels[one.arm]
        if duel.is_told_apart and duel.difference.value > 0 and 1 - duel.first_is_better >= _OFTEN:
            share = percent(1 - duel.first_is_better)
            yield tell("other_draws", lang, title=least.title[lang], other=one.title[lang], p=share)


def percent(value: float) -> str:
    """Return a probability in percent, sure only where it is.

    >>> percent(0.996), percent(1.0), percent(0.004), percent(0.25)
    ('>99%', '100%', '<1%', '25%')
    """
    if 0 < value < 0.01:
        return "<1%"
    return ">99%" if 0.99 < value < 1 else f"{100 * value:.0f}%"


def arm_table(found: Regrets, lang: str) -> tuple[list[str], list[list[str]]]:
    """Return headers and cells of the arms, the one with the least mean regret first."""
    names = ["effect", "p_best", "seems_best", "ranks", "mean_regret", "high_regret", "most_regret"]
    return [say("scenario", lang), *(tell(name, lang) for name in names)], [_cells(one, lang) for one in found.arms]


def _cells(one: ArmStanding, lang: str) -> list[str]:
    ranks = " ".join(f"{100 * rank:.0f}" for rank in one.ranks[:_RANKS_SHOWN])
    return [
        one.arm,
        _ranged(one.effect, lang),
        _probability(one.is_best, lang),
        percent(one.seems_best),
        ranks + (" ..." if len(one.ranks) > _RANKS_SHOWN else ""),
        *(_ranged(value, lang) for value in (one.mean_regret, one.high_regret, one.most_regret)),
    ]


def _probability(number: Number, lang: str) -> str:
    if number.low == number.high:
        return percent(number.value)
    ends = say("range_text", lang, low=percent(number.low), high=percent(number.high))
    return f"{percent(number.value)} ({ends})"


def _ranged(number: Number, lang: str) -> str:
    if not math.isfinite(number.low) or number.low == number.high:
        return _rounded(number)
    quantum = _quantum(number)
    ends = say("range_text", lang, low=rounded(number.low, quantum), high=rounded(number.high, quantum))
    return f"{_rounded(number)} ({ends})"


def duel_table(found: Regrets, lang: str) -> tuple[list[str], list[list[str]]]:
    """Return headers and cells of each two arms, the one with the lower mean regret first."""
    headers = [
        say("scenario", lang), tell("better_than", lang), tell("probability", lang),
        say("difference", lang), tell("told_apart", lang),
    ]  # fmt: skip
    order = [one.arm for one in found.arms]
    duels = (found.duel(first, second) for place, first in enumerate(order) for second in order[place + 1 :])
    return headers, [_duel_cells(one, lang) for one in duels]


def _duel_cells(one: Duel, lang: str) -> list[str]:
    size = _ranged(one.difference, lang)
    return [one.first, one.second, percent(one.first_is_better), size, tell("yes" if one.is_told_apart else "no", lang)]


def warnings_of(found: Regrets, lang: str) -> Iterator[str]:
    """Yield what a reader must know before reading the numbers."""
    if found.n_draws == 1:
        yield tell("one_draw", lang)
    if found.n_replicates == 1:
        yield tell("one_replicate", lang)
    elif found.n_replicates < pairing.BOOTSTRAP_FROM:
        yield tell("few_replicates", lang, n=found.n_replicates)
    for key, n in (("draws_left_out", found.draws_left_out), ("replicates_left_out", found.replicates_left_out)):
        if n:
            yield tell(key, lang, n=n)


def _source(found: Regrets, lang: str) -> list[str]:
    """Return what the draws are out of, where the experiment says more than their values."""
    from experiments.batch.inputs import section_uncertainty

    form = section_uncertainty(found.experiment)
    if form is None or form.points is not None:
        return []
    return [tell("out_of_posterior", lang, file=form.posterior) if form.posterior else tell("out_of_priors", lang)]


def notes_of(found: Regrets, lang: str) -> list[str]:
    """Return what stands under the numbers: what they are, what they were made from, what they are not."""
    design = found.experiment.design
    unit = unit_label(found.unit, lang) or found.unit
    return [
        *([tell("less_is_better", lang)] if found.is_less_better else []),
        tell("regret_means", lang, unit=unit, n=found.n_replicates),
        *_source(found, lang),
        tell(
            "made_of", lang, draws=found.n_draws, n=found.n_replicates, seed=design.seed,
            scale=f"{design.scale:,}", version=version(),
        ),
        say("provisional", lang),
    ]  # fmt: skip
