"""Section: up to three lives of invented people, each under today's law and under the reform."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from experiments.life_page import Page, Told, reasons
from experiments.life_telling import end_line, month_label, person_line, sentence, units_line
from experiments.lives import Parting, live, parting
from experiments.picking import BY_NAME, Kind, Law, Lives, plainest
from experiments.public_facts import Hooks, kept_of
from experiments.report.building import both, joined, said
from experiments.report.parts import Command, Paragraph, Section, Story
from experiments.report.stories_words import WORDS
from experiments.words import LANGUAGES
from simulation.records import month_text

if TYPE_CHECKING:
    from experiments.lives import Life
    from experiments.report.asked import Asked, Running
    from experiments.report.parts import Item, Text
    from simulation.biography.event import Event

KINDS = ("stayed-only-because", "came-only-because", "left-despite", "kept-out")
TOLD = 3
TRIED_MOST = 24
"""Lives of a kind that are lived again before a search for it ends."""
FOUND_MOST = 5
"""Lives of a kind among which the shortest is told."""
_SHARED_LINES, _WHY_LINES, _BRANCH_LINES = 2, 2, 4
_WEIGHTY = frozenset({
    "entry", "left", "refused", "abandoned", "job-lost", "post-found", "graduated", "retired", "pension-missed",
    "residence-granted", "residence-refused", "family", "moved", "appeal",
})  # fmt: skip
"""Kinds of events that a short life keeps before others."""

Line = tuple[str, "Text"]


class Picked(NamedTuple):
    """A person's two lives, and the kind they are of."""

    kind: Kind
    lives: Lives
    where: Parting


def section(asked: Asked, running: Running) -> Section | None:
    """Return up to three lives; None without one scenario, or where its law never differs."""
    case = asked.cases[0]
    if not asked.is_one or case.first is None:
        return None
    hooks = Hooks() if running.on_progress is None else Hooks(on_progress=running.on_progress)
    design = replace(asked.design, replicates=1)
    reform, today = (Law(one, kept_of(one, design, hooks)) for one in (case.scenario, case.baseline))
    found: list[Picked] = []
    for name in KINDS:
        if len(found) < TOLD and (one := picked(BY_NAME[name], reform, today, running.should_stop)) is not None:
            found.append(one)
    return told(found, asked)


def picked(kind: Kind, reform: Law, today: Law, should_stop: Callable[[], bool] | None = None) -> Picked | None:
    """Return the person of a kind whose lives are shortest to tell among the first few; None if nobody tried is."""
    found: list[Picked] = []
    for one in islice(_of_kind(kind, reform, today), FOUND_MOST):
        if should_stop is not None and should_stop():
            raise KeyboardInterrupt
        found.append(one)
    return min(found, key=_length, default=None)


def _of_kind(kind: Kind, reform: Law, today: Law) -> Iterator[Picked]:
    for person in plainest(kind, reform, today)[:TRIED_MOST]:
        lives = Lives(live(person, reform.scenario, reform.kept), live(person, today.scenario, today.kept))
        if lives.other is not None and kind.is_one(lives):
            where = parting(lives.own, lives.other)
            if where.month is not None:
                yield Picked(kind, lives, where)


def _length(one: Picked) -> tuple[bool, int, int]:
    """Return how hard a life is to tell: whether nothing of its own says why, and how many months it has."""
    first, second = one.lives.own, one.lives.other
    assert second is not None and one.where.month is not None  # noqa: S101, PT018 - how it was picked
    why = list(reasons(first, second, one.where.month, "en"))
    n = sum(len(list(Page().told(life, life.events[one.where.shared :]))) for life in (first, second))
    return why == [sentence("why_public", "en")], n, int(first.born.id)


def told(found: Sequence[Picked], asked: Asked) -> Section:
    """Return the section that some lives make."""
    title, heading = asked.cases[0].title, said(WORDS, f"heading_{len(found)}")
    if not found:
        return Section("stories", heading, (Paragraph(said(WORDS, "none", title=title), "finding"),))
    kinds = joined([said(WORDS, one.kind.name) for one in found], said(WORDS, "comma"))
    items: list[Item] = [Paragraph(said(WORDS, "finding", title=title, kinds=kinds), "finding")]
    for one in found:
        items.append(story_of(one, title))
        items += _commands(one, asked)
    life = found[0].lives.own
    items += [
        Paragraph(both(lambda lang: units_line(life, lang)), "note"),
        Paragraph(said(WORDS, "means"), "note"),
    ]
    return Section("stories", heading, tuple(items))


def story_of(one: Picked, title: Text) -> Story:
    """Return one person's two lives, shortened."""
    reform, today, where = one.lives.own, one.lives.other, one.where
    assert today is not None and where.month is not None  # noqa: S101, PT018 - how it was picked
    month = where.month
    date = both(lambda lang: month_label(month, lang))
    chapters: list[tuple[Text, tuple[Line, ...]]] = []
    if where.shared:
        heading = said(WORDS, "same_until", date=date)
        chapters.append((heading, _lines(reform, reform.events[: where.shared], _SHARED_LINES)))
    why = [list(reasons(today, reform, month, lang))[:_WHY_LINES] for lang in LANGUAGES]
    lines = tuple((month_text(month), {"en": en, "zh": zh}) for en, zh in zip(*why, strict=True))
    chapters.append((said(WORDS, "part", date=date), lines))
    for heading, life in ((said(WORDS, "today"), today), (said(WORDS, "reform", title=title), reform)):
        end = (life.until, both(lambda lang, life=life: end_line(life, lang)))  # type: ignore[misc]
        chapters.append((heading, (*_lines(life, life.events[where.shared :], _BRANCH_LINES), end)))
    who = both(lambda lang: person_line(reform, lang))
    return Story(
        id=f"life-{one.kind.name}",
        title=said(WORDS, f"title_{one.kind.name}"),
        who=said(WORDS, "who", who=who, invented=both(lambda lang: sentence("invented", lang))),
        chapters=tuple(chapters),
    )


def _lines(life: Life, events: Sequence[Event], most: int) -> tuple[Line, ...]:
    """Return what happened, each month a line; of too many, those with most news, and how many are left out."""
    english, chinese = (list(Page(lang).told(life, events)) for lang in LANGUAGES)
    kept = kept_of_many(english, most)
    lines: list[Line] = []
    for place in kept:
        skipped = place - (kept[kept.index(place) - 1] if lines else -1) - 1
        if skipped:
            lines.append(("", said(WORDS, "left_out" if skipped > 1 else "left_out_one", n=skipped)))
        text = {"en": english[place].text, "zh": chinese[place].text}
        lines.append((month_text(english[place].month), text))
    return tuple(lines)


def kept_of_many(told_: Sequence[Told], most: int) -> list[int]:
    """Return the places of the months to tell, in order: the first, the last, then those with the most news."""
    places = range(len(told_))
    last = len(told_) - 1

    def rank(place: int) -> tuple[bool, bool, int]:
        is_weighty = bool(_WEIGHTY & set(told_[place].kinds)) and not told_[place].is_summed
        return place not in {0, last}, not is_weighty, place

    return sorted(sorted(places, key=rank)[:most])


def _commands(one: Picked, asked: Asked) -> list[Item]:
    """Return the line that tells a life in full; none where an assumption holds, as that verb takes none."""
    if asked.assume:
        return []
    design, person = asked.design, int(one.lives.own.born.id)
    line = ["talentflow", "life", str(person), "--scenario", asked.names[0], "--against", asked.cases[0].baseline_id]
    line += ["--seed", str(design.seed), "--scale", str(design.scale), "--until", design.until]
    return [Command(shlex.join(line), said(WORDS, "command"))]
