"""What a room shows, and to whom: to groups, to the teacher, to all once it is revealed."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, NamedTuple

from experiments.classroom.rooms.book import RoomBook
from experiments.classroom.rooms.evaluation import SCORE, progress_of
from experiments.classroom.rooms.records import Group, Room
from experiments.classroom.rooms.scores import Handed, Scored, handed_of, leaderboard
from experiments.classroom.rooms.settings import Weights

SCHEMA = "talentflow.room/1"


def room_view(book: RoomBook, room: Room, *, is_teacher: bool = False, own: Group | None = None) -> dict[str, Any]:
    """Return the state of a room; what others drafted or paid stays hidden until the reveal."""
    is_open = is_teacher or room.state == "revealed"
    view: dict[str, Any] = {
        "schema": SCHEMA,
        "code": room.code,
        "title": room.title,
        "lang": room.lang,
        "state": room.state,
        "settings": room.settings.to_dict(),
        "commitment": room.commitment,
        "groups": [_group(group, shows_all=is_open) for group in book.groups(room)],
        "progress": progress_of(book, room)._asdict(),
    }
    if is_teacher:
        view["failures"] = book.failures(room)
    if own is not None:
        view["own"] = {"id": own.id, "name": own.name, "draft": own.draft, "submission": own.submission, "price": own.price}  # fmt: skip
    if room.state == "revealed":
        view["secret"] = room.secret.to_dict()
        view["board"] = board_of(book, room)
    return view


def _group(group: Group, *, shows_all: bool) -> dict[str, Any]:
    view: dict[str, Any] = {"id": group.id, "name": group.name, "has_submitted": group.submission is not None}
    return view | ({"price": group.price, "parts": list(group.package.parts)} if shows_all else {})


def handed_in(book: RoomBook, room: Room) -> dict[int, Handed]:
    """Return what the hidden pairs say of each package, over the pairs that every group has."""
    return _handed(_kept(book, room))


def scored(book: RoomBook, room: Room) -> list[Scored]:
    """Return the leaderboard of a room; nothing before every group has two pairs."""
    return list(_ranked(_kept(book, room), room.settings.weights))


def _kept(book: RoomBook, room: Room) -> tuple[_Kept, ...]:
    groups = [group for group in book.groups(room) if group.submission]
    results = book.results(room, SCORE)
    pairs = sorted(set.intersection(*(set(results.get(group.id, ())) for group in groups))) if groups else []
    if len(pairs) < 2:
        return ()
    return tuple(_Kept(one.id, one.price, json.dumps([results[one.id][pair] for pair in pairs])) for one in groups)


def _handed(kept: tuple[_Kept, ...]) -> dict[int, Handed]:
    return {one.group: handed_of(json.loads(one.results), one.price) for one in kept}


@lru_cache(maxsize=32)
def _ranked(kept: tuple[_Kept, ...], weights: Weights) -> tuple[Scored, ...]:
    # Every page that watches asks for the same board again and again.
    return tuple(leaderboard(_handed(kept), weights))


class _Kept(NamedTuple):
    """What the hidden pairs gave one group, as text, so that a board is known again by it."""

    group: int
    price: float
    results: str


def board_of(book: RoomBook, room: Room) -> list[dict[str, Any]]:
    """Return the leaderboard as plain values."""
    names = {group.id: group.name for group in book.groups(room)}
    return [
        one.__dict__ | {"ties": list(one.ties), "parts": dict(one.parts), "name": names[one.group]}
        for one in scored(book, room)
    ]
