from __future__ import annotations

import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest

from experiments.classroom.refused import Refused
from experiments.classroom.rooms import tables
from experiments.classroom.rooms.book import KEPT_DAYS, RoomBook
from experiments.classroom.rooms.records import Room
from experiments.classroom.rooms.secrecy import CODE_LENGTH, LETTERS, is_kept, new_secret
from experiments.classroom.rooms.settings import Settings, settings_of

ASKED = {"reforms": ["fast-track"], "changes": []}


def test_what_was_accepted_is_there_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "rooms.sqlite"
    first = RoomBook(file)
    room = first.make_room("Class", "zh", Settings(pairs=3))
    group, key = first.join(room, "Team 1")
    first.submit(group, ASKED, 28e6)
    first.keep_results(room, "score", 0, {group.id: {"reform": [1]}})
    first.close()
    second = RoomBook(file)
    again = second.room(room.code.lower())
    assert again == room
    found = second.group(again, key)
    assert (found.submission, found.price) == (ASKED, 28e6)
    assert second.results(again, "score") == {group.id: {0: {"reform": [1]}}}
    second.close()


def test_only_the_one_who_runs_it_can_read_the_file(tmp_path: Path) -> None:
    RoomBook(tmp_path / "rooms.sqlite").close()
    assert stat.S_IMODE((tmp_path / "rooms.sqlite").stat().st_mode) == 0o600


def test_a_change_that_cannot_be_kept_leaves_the_book_open_to_the_next(book: RoomBook, room: Room) -> None:
    # A rule that is looked at only at the end of a transaction stands in for a full disk.
    book._rows("CREATE TABLE notes (room INTEGER REFERENCES rooms DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(sqlite3.IntegrityError), book._writing() as connection:
        connection.execute("INSERT INTO notes VALUES (99)")
    assert book.join(room, "Team")[0].name == "Team"


def test_nobody_is_told_of_a_draft(book: RoomBook, room: Room) -> None:
    group, key = book.join(room, "Team")
    told: list[int] = []
    book.listen(told.append)
    book.draft(group, ASKED)
    assert told == []
    book.submit(group, ASKED, 1.0)
    assert told == [room.id]
    assert book.group(room, key).draft == ASKED


def test_an_answer_is_on_disk_before_it_is_told(book: RoomBook) -> None:
    assert book._rows("PRAGMA synchronous")[0][0] == 2  # 2 is FULL
    assert book._rows("PRAGMA journal_mode")[0][0] == "wal"


def test_a_code_has_six_letters_that_cannot_be_misread(room: Room) -> None:
    assert len(room.code) == CODE_LENGTH
    assert set(room.code) <= set(LETTERS)
    assert not set("IO") & set(LETTERS)


def test_the_promise_holds_for_the_seeds_and_for_no_others(room: Room) -> None:
    told = room.secret.to_dict()
    assert is_kept(room.commitment, told)
    assert not is_kept(room.commitment, told | {"seeds": [*told["seeds"][:-1], told["seeds"][-1] + 1]})
    assert not is_kept(room.commitment, told | {"draws_seed": told["draws_seed"] + 1})
    assert not is_kept(room.commitment, told | {"salt": "0" * 32})


def test_hidden_seeds_differ_within_and_between_rooms() -> None:
    first, second = new_secret(20), new_secret(20)
    assert len(set(first.seeds)) == 20
    assert first.seeds != second.seeds
    assert first.commitment != second.commitment


def test_two_results_of_one_pair_count_once(book: RoomBook, room: Room) -> None:
    group, _ = book.join(room, "Team")
    book.keep_results(room, "score", 0, {group.id: "first"})
    book.keep_results(room, "score", 0, {group.id: "second"})
    assert book.results(room, "score") == {group.id: {0: "first"}}


def test_a_name_is_taken_in_any_case_and_width(book: RoomBook, room: Room) -> None:
    book.join(room, "Team A")
    for name in ("team a", "ＴＥＡＭ Ａ", " Team   A "):
        with pytest.raises(Refused, match="Another group has this name"):
            book.join(room, name)


def test_a_group_comes_back_with_its_key_and_with_no_other(book: RoomBook, room: Room) -> None:
    group, key = book.join(room, "Team")
    book.move(room, "closed", among=("open",))
    assert book.join(room, "Team", key)[0].id == group.id
    with pytest.raises(Refused):
        book.join(room, "Team", key[:-1] + ("a" if key[-1] != "a" else "b"))


def test_keys_are_not_kept(book: RoomBook, room: Room, tmp_path: Path) -> None:
    _, key = book.join(room, "Team")
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("rooms.sqlite*"))
    assert b"Team" in kept
    assert key.encode() not in kept


@pytest.mark.parametrize("name", ["", "   ", "x" * 33, "\u202e\u0000", None, 7, ["a"]])
def test_a_name_is_one_to_thirty_two_signs(book: RoomBook, room: Room, name: Any) -> None:
    with pytest.raises(Refused) as refused:
        book.join(room, name)
    assert refused.value.code == "name"


def test_a_full_room_takes_no_more(book: RoomBook) -> None:
    room = book.make_room("Small", "en", Settings(groups=1))
    book.join(room, "One")
    with pytest.raises(Refused) as refused:
        book.join(room, "Two")
    assert refused.value.code == "room-full"


def test_a_closed_room_takes_no_package_and_keeps_what_it_has(book: RoomBook, room: Room) -> None:
    group, key = book.join(room, "Team")
    book.submit(group, ASKED, 1.0)
    book.move(room, "closed", among=("open",))
    with pytest.raises(Refused) as refused:
        book.submit(group, None, 0.0)
    assert refused.value.status == 409
    assert book.group(room, key).submission == ASKED


def test_a_deleted_room_leaves_nothing_behind(book: RoomBook, room: Room, tmp_path: Path) -> None:
    book.join(room, "Unforgettable")
    book.delete_room(room)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("rooms.sqlite*"))
    assert b"Unforgettable" not in kept
    with pytest.raises(Refused):
        book.room(room.code)


def test_old_rooms_are_forgotten_and_young_ones_are_not(tmp_path: Path) -> None:
    file, day = tmp_path / "rooms.sqlite", 86_400
    first = RoomBook(file, clock=lambda: 0.0)
    old = first.make_room("Old", "en", Settings())
    first.close()
    second = RoomBook(file, clock=lambda: float(KEPT_DAYS * day - 1))
    assert [one.code for one in second.rooms()] == [old.code]
    second.close()
    third = RoomBook(file, clock=lambda: float(KEPT_DAYS * day + 1))
    assert third.rooms() == []
    third.close()


def test_a_server_that_runs_for_months_forgets_old_rooms_as_well(tmp_path: Path) -> None:
    now = [0.0]
    book = RoomBook(tmp_path / "rooms.sqlite", clock=lambda: now[0])
    book.join(book.make_room("Old", "en", Settings()), "Unforgettable")
    now[0] = KEPT_DAYS * 86_400 + 1.0
    young = book.make_room("Young", "en", Settings())
    assert [room.code for room in book.rooms()] == [young.code]
    assert b"Unforgettable" not in b"".join(path.read_bytes() for path in tmp_path.glob("rooms.sqlite*"))
    book.close()


def test_a_file_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "rooms.sqlite"
    RoomBook(file).close()
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(tables.BookError, match=r"rooms\.sqlite was written by a newer version \(tables 99"):
        RoomBook(file)
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 99
    connection.close()


def test_a_file_of_an_older_version_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "rooms.sqlite"
    first = RoomBook(file)
    code = first.make_room("Class", "en", Settings()).code
    first.close()
    monkeypatch.setattr(tables, "STEPS", (*tables.STEPS, "ALTER TABLE rooms ADD COLUMN note TEXT"))
    second = RoomBook(file)
    assert second.room(code).title == "Class"
    assert second._rows("SELECT note FROM rooms")[0]["note"] is None
    second.close()


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to look at" * 40, None])
def test_a_file_of_something_else_is_refused(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "rooms.sqlite"
    if content is None:
        with sqlite3.connect(file) as connection:
            connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.close()
    else:
        file.write_bytes(content)
    with pytest.raises(tables.BookError, match=r"rooms\.sqlite is"):
        RoomBook(file)


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({"budget": 1}, "budget"),
        ({"pairs": 4}, "pairs"),
        ({"pairs": True}, "pairs"),
        ({"scale": "5000"}, "scale"),
        ({"until": "2035-06"}, "until"),
        ({"weights": {"people": -1}}, "weights.people"),
        ({"weights": {"luck": 1}}, "weights.luck"),
        ({"budgett": 1e9}, "budgett"),
        ({"weights": {"people": 0, "cost": 0, "spread": 0, "fairness": 0}}, "weights"),
    ],
)
def test_settings_outside_their_limits_are_refused_by_name(asked: dict[str, Any], path: str) -> None:
    with pytest.raises(Refused) as refused:
        settings_of(asked)
    assert path in [problem["path"] for problem in refused.value.problems]
