"""What the numbers of a batch are called: scenarios, outcomes, units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from experiments.analyses.numbers import EFFECT, Target
from experiments.cases import known_outcomes, outcome_labels, outcome_unit, titles_of
from experiments.words import LANGUAGES, date_label, phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from experiments.batch.experiment import Arm

_OF_PAIRS: dict[str, tuple[str, str, str]] = {
    "pair.touched": ("People whose record differs", "记录有任何不同的人数", "persons"),
    "pair.additional": ("People in China who otherwise would not be", "因此在华的人数", "persons"),
    "pair.displaced": ("People not in China who otherwise would be", "因此不在华的人数", "persons"),
    "pair.abroad": ("People reached who are abroad either way", "触及但都在境外的人数", "persons"),
    "pair.deadweight": ("People reached who are in China either way", "触及但都在华的人数", "persons"),
    "pair.additional_months": ("Months in China that otherwise would not be", "因此增加的在华人月", "months"),
    "pair.displaced_months": ("Months in China lost", "因此减少的在华人月", "months"),
    "pair.cost": ("Public cost since the first difference", "自首次不同起的公共成本", "CNY"),
}
_WORDS: dict[str, tuple[str, str]] = {
    "effect": ("the effect of {title} on {what} ({date})", "“{title}”对{what}的影响（{date}）"),
    "level": ("{what} ({date}) under {title}", "“{title}”下的{what}（{date}）"),
    "of_pair": ("{what} because of {title} ({date})", "“{title}”的{what}（{date}）"),
}


def title_of(arm: Arm, assume: Sequence[str] = ()) -> Mapping[str, str]:
    """Return the title of an arm in every language."""
    from experiments.batch.arms import scenario_of_arm

    return titles_of(scenario_of_arm(arm, assume))


def unit_of(outcome: str) -> str:
    """Return the unit of an outcome, of a run or of a pair; nothing for an unknown one."""
    if outcome in known_outcomes():
        return outcome_unit(outcome)
    return _OF_PAIRS.get(outcome, ("", "", ""))[2]


def label_of(outcome: str, lang: str) -> str:
    """Return what an outcome is called; its name where it has no label."""
    if outcome in known_outcomes():
        return outcome_labels()[outcome][lang]
    return _OF_PAIRS.get(outcome, (outcome, outcome, ""))[LANGUAGES.index(lang)]


def number_label(target: Target, title: Mapping[str, str], lang: str) -> str:
    """Return what a number is called inside a sentence: the effect of a reform on an outcome, or its level."""
    from experiments.findings import subject

    kind = "of_pair" if target.outcome in _OF_PAIRS else ("effect" if target.of == EFFECT else "level")
    what = subject(label_of(target.outcome, lang), target.group, lang)
    return phrase(_WORDS, kind, lang, title=title[lang], what=what, date=date_label(target.date, lang))
