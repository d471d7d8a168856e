from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from experiments.classroom.rooms.book import RoomBook
from experiments.classroom.rooms.debrief import debrief_of
from experiments.classroom.rooms.evaluation import SHARES, Evaluation, progress_of
from experiments.classroom.rooms.records import Room
from experiments.classroom.rooms.settings import Settings
from experiments.classroom.rooms.shares import shares_of
from experiments.classroom.rooms.views import handed_in, room_view, scored

ROOT = Path(__file__).parents[5]
SERVER = """
import sys, threading
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from experiments.classroom.rooms.book import RoomBook
from experiments.classroom.rooms.evaluation import Evaluation
work = __import__(sys.argv[3])
Evaluation(RoomBook(Path(sys.argv[1])), make_work=work.make_fake).start()
threading.Event().wait()
"""


@pytest.fixture
def busy(book: RoomBook, room: Room) -> Room:
    """Return a room under evaluation: a package of two measures, and one of one."""
    for name, reforms in (("Two", ["fast-track", "split-category-b"]), ("One", ["fast-track"])):
        group, _ = book.join(room, name)
        book.submit(group, {"reforms": reforms, "changes": []}, 1e7)
    book.join(room, "Nothing handed in")
    return book.move(room, "evaluating", among=("open",))


def log_of(fake: Any) -> list[str]:
    return (Path(fake.FOLDER) / "log").read_text().splitlines()


def is_done(book: RoomBook, room: Room) -> Callable[[], bool]:
    def _is_done() -> bool:
        progress = progress_of(book, room)
        return progress.is_scored and progress.shared == progress.to_share

    return _is_done


def test_a_killed_server_loses_nothing_and_repeats_nothing(
    book: RoomBook, busy: Room, fake: Any, tmp_path: Path, evaluate: Any, wait: Any
) -> None:
    hang = Path(fake.FOLDER) / "hang-2"
    hang.touch()
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(tmp_path / "rooms.sqlite"), fake.FOLDER, fake.__name__],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert server.stdout is not None
    with server.stdout:
        assert server.stdout.readline() == b"hanging\n"
        server.send_signal(signal.SIGKILL)
        assert server.wait() == -signal.SIGKILL
        # Its worker goes with it: the pipe ends.
        assert server.stdout.read() == b""
    assert progress_of(book, busy)[:2] == (2, 4)
    hang.unlink()
    evaluate()
    wait(is_done(book, busy))
    pairs = [line.split()[1] for line in log_of(fake) if line.startswith("score")]
    assert pairs == ["0", "1", "2", "2", "3"]
    assert all(list(of) == [0, 1, 2, 3] for of in book.results(busy, "score").values())


def test_all_groups_share_a_run_of_a_pair(book: RoomBook, busy: Room, fake: Any, evaluate: Any, wait: Any) -> None:
    evaluate()
    wait(is_done(book, busy))
    scores = [line for line in log_of(fake) if line.startswith("score")]
    assert scores == [f"score {pair} 2" for pair in range(4)]
    assert len(handed_in(book, busy)) == 2


def test_the_board_comes_before_the_shares(book: RoomBook, busy: Room, fake: Any, evaluate: Any, wait: Any) -> None:
    evaluate()
    wait(is_done(book, busy))
    assert [line.split()[0] for line in log_of(fake)] == ["score"] * 4 + ["shares"] * 4


def test_a_pair_that_fails_twice_is_left_out_for_all_and_told(
    book: RoomBook, busy: Room, fake: Any, evaluate: Any, wait: Any
) -> None:
    order = Path(fake.FOLDER) / "fail-1"
    order.touch()
    evaluate()
    wait(is_done(book, busy))
    assert list(book.failures(busy)) == ["score/1"]
    assert "this pair fails" in book.failures(busy)["score/1"]
    assert [len(one.effects) for one in handed_in(book, busy).values()] == [3, 3]
    order.unlink()
    book.move(busy, "evaluating", among=("evaluating",))
    wait(lambda: len(next(iter(book.results(busy, "score").values()))) == 4)
    assert book.failures(busy) == {}


def test_shares_add_up_to_the_whole(book: RoomBook, busy: Room, evaluate: Any, wait: Any) -> None:
    evaluate()
    wait(is_done(book, busy))
    group = book.groups(busy)[0]
    found = shares_of(group.package, book.results(busy, SHARES)[group.id])
    assert found is not None
    assert found.pairs == 4
    assert sum(share.value for share in found.shares) == pytest.approx(found.total.value)


def test_a_book_that_cannot_be_read_once_does_not_end_the_evaluation(
    book: RoomBook, busy: Room, evaluate: Any, wait: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, broke = book.rooms, threading.Event()

    def rooms(*state: Any) -> list[Room]:
        if not broke.is_set():
            broke.set()
            raise sqlite3.OperationalError("disk I/O error")
        return read(*state)

    monkeypatch.setattr(book, "rooms", rooms)
    evaluate()
    assert broke.wait(60)
    # Whatever changes next wakes it again.
    book.move(busy, "evaluating", among=("evaluating",))
    wait(is_done(book, busy))


def test_an_evaluation_that_is_ended_while_it_works_leaves_no_worker(
    book: RoomBook, busy: Room, fake: Any, wait: Any
) -> None:
    (Path(fake.FOLDER) / "hang-1").touch()
    evaluation = Evaluation(book, make_work=fake.make_fake)
    evaluation.start()
    wait(lambda: progress_of(book, busy).scored == 1)
    evaluation.stop()
    assert evaluation._worker is None
    assert progress_of(book, busy)[:2] == (1, 4)
    assert book.failures(busy) == {}


def test_shares_that_failed_are_not_said_to_be_on_their_way(
    book: RoomBook, busy: Room, evaluate: Any, wait: Any
) -> None:
    evaluate()
    wait(is_done(book, busy))
    group = book.groups(busy)[0]
    results = book.results(busy, SHARES)[group.id]
    book._rows("DELETE FROM results WHERE kind = ?", SHARES)
    for pair in results:
        book.keep_failure(busy, f"{SHARES}-{group.id}/{pair}", "MemoryError")
    told = debrief_of(book, book.move(busy, "revealed", among=("evaluating",)), "en")
    texts = [one["shares"]["text"] for one in told["groups"] if one["group"] == group.id]
    assert texts == ["The runs for the shares failed, so there are none."]


def test_a_deleted_room_is_given_up_and_the_next_is_run(book: RoomBook, busy: Room, evaluate: Any, wait: Any) -> None:
    other = book.make_room("Other", "en", Settings(pairs=2))
    group, _ = book.join(other, "Team")
    book.submit(group, {"reforms": ["fast-track"], "changes": []}, 1e7)
    book.delete_room(busy)
    other = book.move(other, "evaluating", among=("open",))
    evaluate()
    wait(is_done(book, other))
    assert [one.rank for one in scored(book, other)] == [1]


def test_seeds_and_scores_are_hidden_until_the_reveal(book: RoomBook, busy: Room, evaluate: Any, wait: Any) -> None:
    evaluate()
    wait(is_done(book, busy))
    before = str(room_view(book, busy))
    assert busy.commitment in before
    assert busy.secret.salt not in before
    assert not any(str(seed) in before for seed in busy.secret.seeds)
    assert "board" not in room_view(book, busy, is_teacher=True)
    shown = room_view(book, book.move(busy, "revealed", among=("evaluating",)))
    assert shown["secret"] == busy.secret.to_dict()
    assert next(one["name"] for one in shown["board"]) == "Two"
