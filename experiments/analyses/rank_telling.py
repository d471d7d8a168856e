"""Reforms ranked with probabilities, told to people and to programs."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from experiments import pairing
from experiments.analyses.information import THEORY, Information, Worth
from experiments.analyses.parameters import parameter_label, parameter_unit
from experiments.analyses.rank_probabilities import TOLD_APART, RankedArm
from experiments.analyses.rank_words import tell
from experiments.analyses.regret_telling import percent
from experiments.analyses.titles import label_of
from experiments.design import version
from experiments.findings import quantum_of, rounded, subject
from experiments.finite import each_or_none
from experiments.words import date_label, say, unit_label

if TYPE_CHECKING:
    from experiments.analyses.agreement import Agreement
    from experiments.analyses.places import Range
    from experiments.analyses.rank_probabilities import RankProbabilities

SCHEMA = "talentflow.rank-probabilities/1"
CONFIDENCE = round(100 * pairing.CONFIDENCE)
_ENOUGH_DRAWS = 32
_LEVEL_APART = 0.25
_LIKELY = 0.5
_NAMED = 3
_ID_WIDTH = 28
_WORTHS_SHOWN = 5
_TITLE_WIDTH = 34
_COUNTS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_FACT = re.compile(r"\b[A-Z]\d?-\d{2}\b")


def to_json(found: RankProbabilities, lang: str) -> str:
    """Return the result as JSON text (schema talentflow.rank-probabilities/1)."""
    design = found.experiment.design
    plain = {
        "schema": SCHEMA,
        "outcome": found.outcome,
        "date": found.date,
        "unit": found.unit,
        "better": "less" if found.is_less_better else "more",
        "best": found.best,
        "draws": found.n_draws,
        "posterior": {"file": found.drawn.posterior, "sha256": found.drawn.digest},
        "settings": found.n_settings,
        "replicates": found.n_replicates,
        "seed": design.seed,
        "scale": design.scale,
        "until": design.until,
        "version": version(),
        "headline": headline(found, lang),
        "arms": [_plain(one, place, lang) for place, one in enumerate(found.arms, 1)],
        "theories": [
            {"theory": one.theory.id, "title": one.theory.title[lang], "level": _number(one.level)}
            for one in found.theories
        ],
        "agreement": [_plain_agreement(one) for one in found.agreements],
        "information": [_plain_information(one, lang) for one in found.information],
        "warnings": list(warnings_of(found, lang)),
        "notes": notes_of(found, lang),
    }
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=1)


def _plain(one: RankedArm, place: int, lang: str) -> dict[str, Any]:
    return {
        "place": place,
        "scenario": one.arm,
        "title": one.title[lang],
        "effect": each_or_none(one.effect._asdict()),
        "p_among_best": each_or_none(one.is_among_best._asdict()),
        "p_best": each_or_none(one.is_best._asdict()),
        "p_beats_next": _number(one.beats_next),
        "ties_with_next": one.ties_with_next,
    }


def _plain_agreement(one: Agreement) -> dict[str, Any]:
    return {
        "first": one.first,
        "second": one.second,
        "tau_of_means": each_or_none({"value": one.of_means, "low": one.low, "high": one.high}),
        "tau_by_draw": _number(one.by_draw),
        "tau_by_draw_median": _number(one.median),
        "tau_by_chance": _number(one.by_chance),
        "is_less_than_chance": one.is_less,
        "shared_best": one.shared,
    }


def _plain_information(one: Information, lang: str) -> dict[str, Any]:
    worths = [
        {
            "name": worth.name,
            "title": title_of_unknown(worth.name, lang),
            "unit": parameter_unit(worth.name),
            "facts": facts_of(worth.name),
            "gain": worth.gain,
            "changes": worth.changes,
            "chance": worth.chance,
            "is_told": worth.is_told,
        }
        for worth in one.worths
    ]
    return {"best": one.best, "gain_from_all": one.all, "unknowns": worths}


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def title_of_unknown(name: str, lang: str) -> str:
    """Return what a parameter, or the theory, is called."""
    return tell("theory", lang) if name == THEORY else parameter_label(name, lang)


def facts_of(name: str) -> list[str]:
    """Return the ids of the facts that are cited for a parameter."""
    from scenarios import behaviours

    found = behaviours().get(name.partition(".")[0])
    return [] if found is None else list(dict.fromkeys(_FACT.findall(f"{found.source} {found.note}")))


def among(best: int, lang: str) -> str:
    """Return how it is said that a reform is one of the best.

    >>> among(1, "en"), among(3, "en")
    ('the best', 'among the best three')
    """
    return tell("among_one", lang) if best == 1 else tell("among_some", lang, n=_count(best, lang))


def _count(n: int, lang: str) -> str:
    return _COUNTS[n] if lang == "en" and n < len(_COUNTS) else str(n)


def headline(found: RankProbabilities, lang: str, *, is_brief: bool = False) -> str:
    """Return the finding: who is likely among the best, and who cannot be told apart.

    A brief one leaves out intervals, and names of the second rank.
    """
    first, stop = found.arms[0], "." if lang == "en" else "。"
    words = {"among": among(found.best, lang), "all": len(found.arms), "title": first.title[lang]}
    words |= {"p": percent(first.is_among_best.value), "range": "" if is_brief else _ends(first.is_among_best, lang)}
    n_leading = _leading(found)
    if not n_leading:
        tied = _chain(found.arms)
        if len(tied) > _NAMED:
            return tell("none_leads", lang, n=len(tied), **words) + stop
        return tell("some_tie", lang, titles=_named(tied, lang), **words) + stop
    leading, after = found.arms[:n_leading], _chain(found.arms[n_leading:])
    key = "one_leads" if n_leading == 1 else "some_lead"
    said = tell(key, lang, titles=_named(leading, lang, last="and"), **words)
    if len(after) <= _NAMED:
        return (
            said
            + tell("next_is" if len(after) == 1 else "next_alike", lang, n=len(after), titles=_named(after, lang))
            + stop
        )
    if is_brief:
        return said + tell("next_many", lang, n=len(after)) + stop
    return said + tell("next_many_alike", lang, n=len(after), titles=_named(after[:2], lang, last="and")) + stop


def _leading(found: RankProbabilities) -> int:
    """Return how many of the best reforms are each told apart from the next, those after the first likely among them."""
    for place, one in enumerate(found.arms[: found.best]):
        if one.ties_with_next or (place and one.is_among_best.value < _LIKELY):
            return place
    return found.best


def _named(arms: Sequence[RankedArm], lang: str, *, last: str = "joint") -> str:
    """Return the names of reforms with their probabilities; ``last`` is what stands before the last of them."""
    names = [tell("with_p", lang, title=one.title[lang], p=percent(one.is_among_best.value)) for one in arms]
    return tell(last, lang).join([text for text in (tell("joint", lang).join(names[:-1]), names[-1]) if text])


def _chain(arms: tuple[RankedArm, ...]) -> tuple[RankedArm, ...]:
    """Return the first reforms of which each ties with the next."""
    n = next((place for place, one in enumerate(arms) if not one.ties_with_next), len(arms) - 1)
    return arms[: n + 1]


def _ends(number: Range, lang: str) -> str:
    return tell("range", lang, low=percent(number.low), high=percent(number.high))


def sentences(found: RankProbabilities, lang: str) -> Iterator[str]:
    """Yield what follows: the headline, how far theories agree, what would be worth knowing."""
    what = subject(label_of(found.outcome, lang), "all", lang)
    over = tell(
        "over", lang, what=what[:1].upper() + what[1:], date=date_label(found.date, lang),
        draws=found.n_draws, theories=len(found.theories),
    )  # fmt: skip
    yield over + (" " if lang == "en" else "") + headline(found, lang)
    yield from _on_theories(found, lang)
    for one in found.information:
        yield from _on_information(found, one, lang)


def _on_theories(found: RankProbabilities, lang: str) -> Iterator[str]:
    own = of_model(found)
    if not own:
        return
    titles = {one.theory.id: one.theory.title[lang] for one in found.theories}
    by_size = sorted(own, key=lambda one: one.of_means)
    low, high = by_size[0], by_size[-1]
    if len(own) == 1:
        yield tell("theory_agrees", lang, title=titles[low.second], value=f"{low.of_means:.2f}")
    else:
        ends = {"low": f"{low.of_means:.2f}", "high": f"{high.of_means:.2f}"}
        yield tell("theories_agree", lang, **ends, lowest=titles[low.second], highest=titles[high.second])
    if all(math.isfinite(one.by_draw) for one in own):
        less = [titles[one.second] for one in own if one.is_less]
        names = tell("joint", lang).join(less)
        yield tell("theories_less", lang, titles=names) if less else tell("theories_alike", lang)


def of_model(found: RankProbabilities) -> list[Agreement]:
    """Return how far each theory agrees with the model as it stands."""
    first = found.theories[0].theory.id
    return [one for one in found.agreements if one.first == first]


def _on_information(found: RankProbabilities, one: Information, lang: str) -> Iterator[str]:
    unit = _unit(found, lang)
    choose = tell("choose_one", lang) if one.best == 1 else tell("choose_some", lang, n=_count(one.best, lang))
    words = {"choose": choose, "unit": unit, "all": _sized(one.all), "draws": found.n_draws}
    if one.all == 0:
        yield tell("worth_nothing", lang, **words)
    elif one.told:
        first = one.told[0]
        yield tell("worth_told", lang, titles=title_of_unknown(first.name, lang), gain=_sized(first.gain), **words)
        yield from (_datum(worth, lang) for worth in one.told[:_NAMED] if worth.name != THEORY)
    elif one.worths:
        yield tell("worth_untold", lang, chance=_sized(max(worth.chance for worth in one.worths)), **words)


def _datum(worth: Worth, lang: str) -> str:
    facts = facts_of(worth.name)
    known = tell("known_facts", lang, facts=tell("joint", lang).join(facts)) if facts else tell("known_nothing", lang)
    unit = parameter_unit(worth.name) or tell("no_unit", lang)
    return tell("datum", lang, title=title_of_unknown(worth.name, lang), unit=unit, known=known)


def _unit(found: RankProbabilities, lang: str) -> str:
    unit = unit_label(found.unit, lang)
    return f" {unit}" if unit and lang == "en" else unit


def _sized(value: float) -> str:
    return rounded(value, quantum_of(abs(value)))


def arm_table(found: RankProbabilities, lang: str) -> tuple[list[str], list[list[str]]]:
    """Return headers and cells of the reforms; long ids are cut where the beginning says which one it is."""
    headers = [
        tell("place", lang), tell("reform", lang), tell("p_among", lang),
        tell("interval", lang, percent=CONFIDENCE), tell("effect", lang), tell("over_all", lang, percent=CONFIDENCE),
    ]  # fmt: skip
    cut = {one.arm: _cut(one.arm) for one in found.arms}
    if len(set(cut.values())) < len(cut):
        cut = {arm: arm for arm in cut}
    return headers, [_cells(one, place, cut[one.arm], lang) for place, one in enumerate(found.arms, 1)]


def _cut(name: str, columns: int = _ID_WIDTH) -> str:
    return name if len(name) <= columns else name[: columns - 2] + ".."


def _cells(one: RankedArm, place: int, name: str, lang: str) -> list[str]:
    quantum = quantum_of((one.effect.high - one.effect.low) / 2)
    ends = say("range_text", lang, low=rounded(one.effect.low, quantum), high=rounded(one.effect.high, quantum))
    among = one.is_among_best
    return [
        f"{place}{'=' if one.ties_with_next else ''}",
        name,
        percent(among.value),
        f"{100 * among.low:.0f}-{100 * among.high:.0f}%",
        rounded(one.effect.value, quantum),
        ends,
    ]


def theory_table(found: RankProbabilities, lang: str) -> tuple[list[str], list[list[str]]]:
    """Return headers and cells of the theories beside the model as it stands."""
    headers = [tell(name, lang) for name in ("theory_column", "level", "shared", "tau", "tau_draw", "tau_chance")]
    levels = {one.theory.id: one for one in found.theories}
    rows = []
    for one in of_model(found):
        level = levels[one.second]
        tau = f"{_tau(one.of_means)} ({say('range_text', lang, low=_tau(one.low), high=_tau(one.high))})"
        by_draw = _tau(one.by_draw) + ("*" if one.is_less else "")
        rows.append(
            [
                level.theory.title[lang],
                f"{100 * level.level:.0f}%",
                percent(one.shared),
                tau,
                by_draw,
                _tau(one.by_chance),
            ]
        )
    return headers, rows


def _tau(value: float) -> str:
    return f"{value:.2f}" if math.isfinite(value) else "-"


def information_table(found: RankProbabilities, lang: str) -> tuple[list[str], list[list[str]]]:
    """Return headers and cells of what would be worth knowing, the most telling first."""
    headers = [tell(name, lang) for name in ("to_choose", "unknown", "gain", "chance", "changes", "is_told")]
    rows = [
        [
            str(one.best),
            _cut(title_of_unknown(worth.name, lang), _TITLE_WIDTH),
            _sized(worth.gain),
            _sized(worth.chance),
            percent(worth.changes),
            tell("yes" if worth.is_told else "no", lang),
        ]
        for one in found.information
        for worth in one.worths[:_WORTHS_SHOWN]
    ]
    return headers, rows


def warnings_of(found: RankProbabilities, lang: str) -> Iterator[str]:
    """Yield what a reader must know before reading the numbers."""
    if found.n_replicates == 1:
        yield tell("one_replicate", lang)
    if found.n_settings < _ENOUGH_DRAWS:
        yield tell("few_draws", lang, n=found.n_settings, more=_ENOUGH_DRAWS)
    if found.n_settings < found.n_draws:
        yield tell("repeats", lang, n=found.n_draws, distinct=found.n_settings)
    if found.draws_left_out:
        yield tell("draws_left_out", lang, n=found.draws_left_out)
    apart = [one.theory.title[lang] for one in found.theories if abs(one.level - 1) > _LEVEL_APART]
    if apart:
        yield tell("levels_apart", lang, titles=tell("joint", lang).join(apart), percent=round(100 * _LEVEL_APART))


def made_of(found: RankProbabilities, lang: str) -> str:
    """Return what the numbers were made from."""
    design = found.experiment.design
    return tell(
        "made_of", lang, arms=len(found.arms), draws=found.n_draws, theories=len(found.theories), n=found.n_replicates,
        seed=design.seed, scale=f"{design.scale:,}", version=version(),
    )  # fmt: skip


def notes_of(found: RankProbabilities, lang: str) -> list[str]:
    """Return what stands under the numbers: what they are, what they were made from, what they are not."""
    return [
        *([tell("less_is_better", lang)] if found.is_less_better else []),
        tell("table_means", lang, among=among(found.best, lang), percent=CONFIDENCE, apart=percent(TOLD_APART)),
        *([tell("tau_means", lang, among=among(found.best, lang))] if of_model(found) else []),
        tell("gain_means", lang),
        made_of(found, lang),
        say("provisional", lang),
    ]
