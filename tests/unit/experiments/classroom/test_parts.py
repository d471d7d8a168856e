from __future__ import annotations

from pathlib import Path

import pytest

from experiments.classroom.addresses import is_local, names_of, qr_svg, qr_text
from experiments.classroom.buckets import Buckets
from experiments.classroom.kept import Kept
from experiments.classroom.running.errand import Errand
from experiments.classroom.visitors import Visitors, cookie_in, new_visitor


def test_a_burst_is_granted_again_with_time() -> None:
    clock = [0.0]
    buckets = Buckets(2, 1.0, lambda: clock[0])
    assert [buckets.take("a") for _ in range(3)] == [True, True, False]
    assert buckets.take("b")
    clock[0] = 1.0
    assert [buckets.take("a") for _ in range(2)] == [True, False]


def test_a_kept_file_that_was_changed_counts_as_none(tmp_path: Path) -> None:
    Kept(tmp_path, 100, 1000).put("key", b"answer")
    assert Kept(tmp_path, 100, 1000).get("key") == b"answer"
    (tmp_path / "key").write_bytes((tmp_path / "key").read_bytes().replace(b"answer", b"forged"))
    assert Kept(tmp_path, 100, 1000).get("key") is None


def test_memory_holds_no_more_than_it_may() -> None:
    kept = Kept(None, 10, 0)
    for name in "abc":
        kept.put(name, b"12345")
    assert [kept.get(name) is not None for name in "abc"] == [False, True, True]


def test_a_disk_that_is_full_of_answers_is_tidied_at_the_start(tmp_path: Path) -> None:
    for name in "abc":
        Kept(tmp_path, 100, 1000).put(name, b"1" * 100)
    Kept(tmp_path, 100, 200)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_disk_holds_no_more_than_it_may_while_a_class_goes_on(tmp_path: Path) -> None:
    kept, most = Kept(tmp_path, 100, 1_000), 1_000
    for number in range(30):
        kept.put(f"{number:02}", b"1" * 100)
        assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= most
    assert kept.get("29") == b"1" * 100


def test_a_visitor_is_known_again_after_a_restart(tmp_path: Path) -> None:
    visitor = new_visitor()
    sealed = Visitors(tmp_path).seal(visitor)
    assert Visitors(tmp_path).open(sealed) == visitor
    assert cookie_in(f"a=b; talentflow_visitor={sealed}") == sealed
    assert (tmp_path / "visitors.key").stat().st_mode & 0o077 == 0


def test_of_states_that_replace_one_another_only_the_newest_is_kept() -> None:
    errand = Errand(1, "key", {})
    for ahead in b"3210":
        errand.tell("queued", bytes([ahead]))
    assert [(event.number, event.data) for event in errand.events] == [(4, b"0")]
    errand.tell("answer", b"{}")
    errand.tell("failed", b"{}")
    assert [event.name for event in errand.events] == ["answer"]


def test_what_was_told_is_not_told_again_by_another_worker() -> None:
    errand = Errand(1, "key", {})
    errand.tell("pairs", b"2", 2)
    errand.begin_again()
    for done in (1, 2, 3):
        errand.tell("pairs", str(done).encode(), done)
    assert [(event.number, event.data) for event in errand.events] == [(2, b"3")]


@pytest.mark.parametrize(
    ("host", "is_here"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)],  # noqa: S104 - a name
)
def test_a_server_is_local_unless_told(host: str, is_here: bool) -> None:
    assert is_local(host) is is_here


def test_a_server_never_answers_to_every_name() -> None:
    assert not names_of("0.0.0.0", ["Class.Example"]) & {"0.0.0.0", "*", ""}  # noqa: S104 - a name
    assert "class.example" in names_of("127.0.0.1", ["Class.Example"])


def test_an_address_is_drawn_as_a_code() -> None:
    assert len(qr_text("http://10.0.0.7:8000/").splitlines()) > 10
    assert qr_svg("http://10.0.0.7:8000/").startswith(b"<svg")
