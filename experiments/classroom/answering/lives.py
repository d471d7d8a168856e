"""One person's life under both laws: somebody of a kind, or the person of a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from experiments.classroom.answering.asked import Asked
from experiments.classroom.answering.files import scenario_of
from experiments.classroom.answering.problems import AskedProblem, AskedProblems
from experiments.classroom.answering.words import told
from experiments.design import Design, DesignError
from experiments.life_page import Page, reasons
from experiments.life_telling import end_line, person_line, sentence
from experiments.lives import Life, Parting, live, parting
from experiments.picking import BY_NAME, Kind, Law, Lives, plainest
from experiments.public_facts import kept_of
from scenarios import Scenario, load
from simulation.records import month_text

SCHEMA = "talentflow.class-life/1"
KINDS = ("came-only-because", "stayed-only-because", "left-despite", "kept-out")
ANY = "any"
_PATH = re.compile(r"\s*\[[a-z0-9_.]+\]")
TRIED_MOST = 12
"""Lives of a kind that are lived again before a search ends: each pair takes about 0.3 s."""


def life_of(asked: Asked, kind: str = ANY, number: Any = None, skip: int = 0) -> dict[str, Any]:
    """Return what :func:`life_steps` ends with."""
    *_, last = life_steps(asked, kind, number, skip)
    assert last is not None  # noqa: S101 - the last of its steps
    return last


def life_steps(asked: Asked, kind: str = ANY, number: Any = None, skip: int = 0) -> Iterator[dict[str, Any] | None]:
    """Yield a life under both laws as plain values (schema talentflow.class-life/1); before it None, a place for others.

    Parameters
    ----------
    asked
        The question. Parameters are at their defaults: a life is of one setting, and this is the one that can be named.
    kind
        One of KINDS, or ANY for the first of them that is found.
    number
        The person's number; None to look for somebody of the kind.
    skip
        Persons of the kind that are passed over.

    Raises
    ------
    AskedProblems
        For an unknown kind or number.
    """
    _check(kind, number, skip)
    reform = _law(scenario_of(asked), asked)
    yield None
    today = _law(load("baseline"), asked)
    yield None
    for name in (kind,) if kind != ANY else KINDS:
        tried = (
            [_numbered(number, reform, today)] if number is not None else _of_kind(BY_NAME[name], reform, today, skip)
        )
        for found in tried:
            if found is not None:
                yield _told(found, name if number is None else kind, asked)
                return
            yield None
    yield {"schema": SCHEMA, "kind": kind, "none": told("no_life", asked.lang)}


def _check(kind: str, number: Any, skip: int) -> None:
    if kind not in {ANY, *KINDS}:
        text = {
            "en": f"the kind must be one of {', '.join((*KINDS, ANY))}",
            "zh": f"类型必须是 {'、'.join((*KINDS, ANY))}",
        }
        raise AskedProblems([AskedProblem("kind", text)])
    if number is not None and (isinstance(number, bool) or not isinstance(number, int)):
        raise AskedProblems([AskedProblem("id", {"en": "the number must be a whole number", "zh": "编号必须是整数"})])
    if skip < 0:
        raise AskedProblems([AskedProblem("skip", {"en": "skip must be 0 or more", "zh": "skip 不得小于0"})])


def _law(scenario: Scenario, asked: Asked) -> Law:
    return Law(scenario, kept_of(scenario, Design(seed=asked.seed, replicates=1, scale=asked.scale, until=asked.until)))


def _lives(number: int, reform: Law, today: Law) -> Lives:
    return Lives(live(number, reform.scenario, reform.kept), live(number, today.scenario, today.kept))


def _numbered(number: int, reform: Law, today: Law) -> Lives:
    try:
        return _lives(number, reform, today)
    except DesignError as error:
        raise AskedProblems([AskedProblem("id", {"en": str(error), "zh": f"没有编号为{number}的人"})]) from None


def _of_kind(kind: Kind, reform: Law, today: Law, skip: int) -> Iterator[Lives | None]:
    """Yield the lives of a kind, the first ones left out; None for everybody else who was tried."""
    for number in plainest(kind, reform, today)[:TRIED_MOST]:
        lives = _lives(number, reform, today)
        is_one = kind.is_one(lives) and lives.other is not None and parting(lives.own, lives.other).month is not None
        yield lives if is_one and not skip else None
        skip -= is_one and skip > 0


def _told(lives: Lives, kind: str, asked: Asked) -> dict[str, Any]:
    first, second, lang = lives.own, lives.other, asked.lang
    assert second is not None  # noqa: S101 - both were lived
    where = parting(first, second)
    return {
        "schema": SCHEMA,
        "kind": kind,
        "kind_label": BY_NAME[kind].label[0 if lang == "en" else 1] if kind in BY_NAME else told(ANY, lang),
        "id": int(first.born.id),
        "who": person_line(first, lang),
        "why": _why(first, second, where, lang),
        "parting": None if where.month is None else month_text(where.month),
        "shared": where.shared,
        "today": _lines(second, lang),
        "reform": _lines(first, lang),
        "ends": {"today": end_line(second, lang), "reform": end_line(first, lang)},
        "note": f"{sentence('invented', lang)} {told('life_note', lang, seed=asked.seed, scale=f'{asked.scale:,}')}",
    }


def _why(first: Life, second: Life, where: Parting, lang: str) -> list[str]:
    """Return what decided at the parting: clauses, the balance of the decision, what differed before."""
    if where.month is None:
        return [told("life_same", lang)]
    # The path of a lever is for files; its name stands before it.
    return [_PATH.sub("", reason) for reason in reasons(first, second, where.month, lang)]


def _lines(life: Life, lang: str) -> list[dict[str, Any]]:
    return [
        {"date": month_text(one.month), "text": one.text, "details": list(one.details), "kinds": list(one.kinds)}
        for one in Page(lang).told(life, life.events)
    ]
