"""The debrief of a room: of each package what it did, for whom, at what price, and what of it is due to which measure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from experiments import pairing
from experiments.analyses.splits import Estimate
from experiments.cases import outcome_labels, outcome_unit
from experiments.classroom.rooms.book import RoomBook
from experiments.classroom.rooms.evaluation import SCORE, SHARES
from experiments.classroom.rooms.hidden_runs import GROUPS
from experiments.classroom.rooms.prices import part_title, price_of
from experiments.classroom.rooms.records import Group, Room
from experiments.classroom.rooms.scores import Scored
from experiments.classroom.rooms.settings import PAIRS_LEAST
from experiments.classroom.rooms.shares import ORDERS, shares_of
from experiments.classroom.rooms.views import board_of, handed_in, scored
from experiments.classroom.rooms.words import misleads, say
from experiments.design import version
from experiments.findings import finding
from experiments.finite import each_or_none
from experiments.rows import Row
from experiments.words import group_label
from experiments.words import say as say_of_runs

SCHEMA = "talentflow.debrief/1"
_QUEUE_GROWS = 1.2
"""Waits that are a fifth longer than under today's law are worth a warning."""


def debrief_of(book: RoomBook, room: Room, lang: str) -> dict[str, Any]:
    """Return the debrief of a room as plain values."""
    groups = {group.id: group for group in book.groups(room) if group.submission}
    ranked = scored(book, room)
    results, shared = book.results(room, SCORE), book.results(room, SHARES)
    failed = {task.partition("/")[0] for task in book.failures(room)}
    return {
        "schema": SCHEMA,
        "version": version(),
        "lang": lang,
        "code": room.code,
        "title": room.title,
        "settings": room.settings.to_dict(),
        "commitment": room.commitment,
        "secret": room.secret.to_dict(),
        "board": board_of(book, room),
        "interval": say("interval", lang),
        "groups": [
            _told(groups[one.group], one, room, results=results[one.group], lang=lang)
            | {"shares": _shares(groups[one.group], shared.get(one.group, {}), failed, lang)}
            for one in ranked
        ],
        "common": list(_common(list(groups.values()), ranked, lang)),
        "warnings": list(_warnings(book, room, lang)),
        "misleads": [*misleads(lang), say_of_runs("provisional", lang)],
    }


def _told(group: Group, one: Scored, room: Room, *, results: Mapping[int, Any], lang: str) -> dict[str, Any]:
    values = list(results.values())
    rows = [row_of(group.name, values, place, room.settings.until) for place in range(len(GROUPS))]
    return {
        "group": group.id,
        "name": group.name,
        "rank": one.rank,
        "package": group.package.to_dict(),
        "price": price_of(group.package, room.settings.until).to_dict(lang),
        "finding": finding(rows[0], group.name, lang, outcome_labels()["stock"][lang]),
        "who": [_who(row, lang) for row in rows[1:]],
        "warnings": list(_group_warnings(values, lang)),
    }


def row_of(title: str, values: Sequence[Mapping[str, Any]], place: int, until: str) -> Row:
    """Return people in China of one of ``GROUPS`` under both laws, as a row of a comparison."""
    sides = (np.array([one[side][place] for one in values], float) for side in ("baseline", "reform"))
    found = pairing.summarise(*sides)
    return Row(
        scenario=title, outcome="stock", group=GROUPS[place], date=until, unit=outcome_unit("stock"),
        baseline=found.baseline, reform=found.reform, difference=found.difference, low=found.low, high=found.high,
        n=found.n, same_sign=found.same_sign, error=found.error, variance_ratio=found.variance_ratio, method=found.method,
    )  # fmt: skip


def _who(row: Row, lang: str) -> dict[str, Any]:
    numbers = {"difference": row.difference, "low": row.low, "high": row.high, "baseline": row.baseline}
    return {"label": group_label(row.group, lang), "is_clear": row.is_clear, **each_or_none(numbers)}


def _group_warnings(values: Sequence[Mapping[str, Any]], lang: str) -> Iterator[str]:
    if not any(one["touched"] for one in values):
        yield say("touched_nobody", lang)
    waits = [one["days"] for one in values if None not in one["days"]]
    if waits:
        before, after = np.mean(waits, axis=0)
        if after > _QUEUE_GROWS * before:
            yield say("queue_binds", lang, before=before, after=after)


def _warnings(book: RoomBook, room: Room, lang: str) -> Iterator[str]:
    yield say("coarse", lang, scale=room.settings.scale)
    failed = sum(task.startswith(SCORE) for task in book.failures(room))
    if failed:
        yield say("failed", lang, n=failed)
    n = min((len(one.effects) for one in handed_in(book, room).values()), default=0)
    if n < PAIRS_LEAST:
        yield say("few_pairs", lang, n=n, least=PAIRS_LEAST)


def _shares(group: Group, results: Mapping[int, Any], failed: Collection[str], lang: str) -> dict[str, Any]:
    """Return the shares of a package, or why there are none; ``failed`` are kinds of tasks of which some gave nothing."""
    found = shares_of(group.package, results)
    if found is None:
        why = "shares_failed" if f"{SHARES}-{group.id}" in failed else "shares_missing"
        return {"parts": [], "text": say("one_measure" if len(group.package.parts) < 2 else why, lang)}
    told = say("shares_sampled" if found.is_sampled else "shares_exact", lang, pairs=found.pairs, orders=ORDERS)
    parts = [
        {"id": name, "title": part_title(name)[lang], **_plain(share)}
        for name, share in zip(found.parts, found.shares, strict=True)
    ]
    return {"parts": parts, "total": _plain(found.total), "text": told}


def _plain(one: Estimate) -> dict[str, Any]:
    numbers = each_or_none({"value": one.value, "low": one.low, "high": one.high})
    return {**numbers, "is_clear": one.is_clear and math.isfinite(one.low)}


def _common(groups: Sequence[Group], ranked: Sequence[Scored], lang: str) -> Iterator[str]:
    """Yield what packages have in common."""
    chosen = Counter(part for group in groups for part in group.package.parts)
    joint = "、" if lang == "zh" else "; "
    everyone = [part_title(part)[lang] for part, n in chosen.items() if n == len(groups)]
    if len(groups) > 1:
        yield say("all_chose", lang, names=joint.join(everyone)) if everyone else say("none_common", lang)
        names = [f"{part_title(part)[lang]} ({n})" for part, n in chosen.most_common(3)]
        yield say("most_chosen", lang, names=joint.join(names))
        if ranked and all(one.rank == 1 for one in ranked):
            yield say("all_tied", lang)
