from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from .conftest import Opens, ask, events, last_of, wait_for


def test_a_run_is_told_from_the_beginning_to_its_answer(opens: Opens) -> None:
    with opens().visitor() as student:
        told = list(events(student, ask(student)))
    assert [name for _, name, _ in told][-1] == "answer"
    assert [number for number, _, _ in told] == sorted({number for number, _, _ in told})


def test_a_number_that_is_not_finite_is_null(opens: Opens, tmp_path: Path) -> None:
    with opens().visitor() as student:
        run = ask(student, hold=str(tmp_path / "go"))
        assert wait_for("pairs", events(student, run))["answer"]["not"] is None


def test_whoever_asks_the_same_shares_one_computation(opens: Opens, tmp_path: Path) -> None:
    mark, hold = tmp_path / "mark", tmp_path / "go"
    asked = {"mark": str(mark), "hold": str(hold)}
    classroom = opens(jobs=2)
    with classroom.visitor() as first, classroom.visitor() as second:
        run = ask(first, **asked)
        wait_for("began", events(first, run))
        assert ask(second, **asked) == run
        # Whoever comes later is told what was told before.
        told = events(second, run)
        wait_for("began", told)
        hold.touch()
        assert wait_for("answer", told)["n"] == 4
    assert mark.read_text(encoding="utf-8") == "begun\n"


def test_a_stream_that_broke_goes_on_where_it_was(opens: Opens) -> None:
    with opens().visitor() as student:
        run = ask(student)
        number, _, _ = list(events(student, run))[-1]
        assert [name for _, name, _ in events(student, run, after=number - 1)] == ["answer"]
        assert list(events(student, run, after=number)) == []


def test_a_run_ends_when_its_only_asker_leaves(opens: Opens, tmp_path: Path) -> None:
    classroom = opens()
    with classroom.visitor() as leaving, classroom.visitor() as staying:
        run = ask(leaving, hold=str(tmp_path / "never"))
        stream = events(leaving, run)
        wait_for("pairs", stream)
        stream.close()  # type: ignore[attr-defined]
        # One worker: this is answered only because the other was let go, or gave way.
        assert last_of(staying, ask(staying, seed=2))[0] == "answer"
        errand = classroom.app.state.queue.find(run)
        other = ask(staying, seed=3, hold=str(tmp_path / "never"))
        for _ in events(staying, other):
            if errand.last is not None:
                break
    assert errand.last.name == "stopped"


def test_a_run_goes_on_while_anyone_waits_for_it(opens: Opens, tmp_path: Path) -> None:
    hold = tmp_path / "go"
    classroom = opens()
    with classroom.visitor() as leaving, classroom.visitor() as staying:
        run = ask(leaving, hold=str(hold))
        ask(staying, hold=str(hold))
        told = events(staying, run)
        wait_for("began", told)
        assert leaving.delete(f"/api/runs/{run}").status_code == 204
        hold.touch()
        assert wait_for("answer", told)["n"] == 4


def test_a_newer_run_of_a_visitor_ends_the_older(opens: Opens, tmp_path: Path) -> None:
    with opens().visitor() as student:
        older = ask(student, hold=str(tmp_path / "never"))
        stream = events(student, older)
        wait_for("pairs", stream)
        newer = ask(student, seed=2)
        assert wait_for("stopped", stream) == {}
        assert last_of(student, newer)[0] == "answer"


def test_a_newcomer_is_answered_while_a_long_run_goes_on(opens: Opens, tmp_path: Path) -> None:
    hold = tmp_path / "go"
    classroom = opens(jobs=1)
    with classroom.visitor() as patient, classroom.visitor() as quick:
        stream = events(patient, ask(patient, hold=str(hold)))
        wait_for("pairs", stream)
        assert last_of(quick, ask(quick, seed=2))[0] == "answer"
        hold.touch()
        assert wait_for("answer", stream)["n"] == 4


def test_those_ahead_are_counted(opens: Opens, tmp_path: Path) -> None:
    hold = tmp_path / "go"
    # One worker, which keeps to what it does: the others wait in a line.
    classroom = opens(jobs=1, slice_seconds=3600.0)
    with classroom.visitor() as first, classroom.visitor() as second, classroom.visitor() as third:
        busy = events(first, ask(first, hold=str(hold)))
        wait_for("pairs", busy)
        runs = [ask(student, seed=seed) for seed, student in enumerate([second, third], 2)]
        line = [events(student, run) for student, run in zip([second, third], runs, strict=True)]
        assert [wait_for("queued", one)["ahead"] for one in line] == [0, 1]
        hold.touch()
        assert [wait_for("answer", one)["n"] for one in (busy, *line)] == [4, 4, 4]


def test_a_worker_that_is_killed_fails_its_run_alone(opens: Opens, tmp_path: Path) -> None:
    hold = tmp_path / "go"
    classroom = opens(jobs=1, slice_seconds=3600.0)
    with classroom.visitor() as student, classroom.visitor() as other:
        stream = events(student, ask(student, hold=str(hold)))
        pid = wait_for("began", stream)["pid"]
        wait_for("pairs", stream)
        waiting = ask(other, seed=2)
        os.kill(pid, signal.SIGKILL)
        assert "ended" in wait_for("failed", stream)["text"]
        assert last_of(other, waiting)[0] == "answer"


def test_what_a_dead_worker_held_for_others_is_begun_again(opens: Opens, tmp_path: Path) -> None:
    hold = tmp_path / "go"
    classroom = opens(jobs=1)
    with classroom.visitor() as patient, classroom.visitor() as unlucky:
        stream = events(patient, ask(patient, hold=str(hold)))
        wait_for("pairs", stream)
        assert last_of(unlucky, ask(unlucky, how="memory"))[0] == "failed"
        for pid in classroom.pids:
            os.kill(pid, signal.SIGKILL)
        hold.touch()
        name = ""
        for _, name, data in stream:
            assert name != "began"
            assert data.get("n", 4) == 4
    assert name in {"answer", "failed"}


def test_too_much_memory_is_told_and_the_next_question_is_answered(opens: Opens) -> None:
    with opens(jobs=1).visitor() as student:
        assert "memory" in last_of(student, ask(student, how="memory"))[1]["text"]
        assert last_of(student, ask(student))[0] == "answer"


def test_a_question_that_meets_a_full_worker_is_answered_by_a_new_one(opens: Opens, tmp_path: Path) -> None:
    hold, mark = tmp_path / "go", tmp_path / "mark"
    classroom = opens(jobs=1)
    with classroom.visitor() as patient, classroom.visitor() as unlucky:
        stream = events(patient, ask(patient, hold=str(hold)))
        first = wait_for("began", stream)["pid"]
        told = list(events(unlucky, ask(unlucky, how="full", mark=str(mark))))
        assert told[-1][1] == "answer"
        assert mark.read_text(encoding="utf-8") == "begun\nbegun\n"
        assert first not in classroom.pids
        hold.touch()
        assert [name for _, name, _ in stream][-1] == "answer"


def test_an_error_is_told_in_the_language_of_the_question(opens: Opens) -> None:
    with opens().visitor() as student:
        assert last_of(student, ask(student, how="raise", lang="zh"))[1]["text"].startswith("无法完成")


def test_a_step_that_never_ends_is_ended(opens: Opens, config: object) -> None:
    from dataclasses import replace

    limits = replace(config.limits, step_seconds=0.3)  # type: ignore[attr-defined]
    classroom = opens(limits=limits)
    with classroom.visitor() as student:
        last_of(student, ask(student))
        assert "too long" in last_of(student, ask(student, how="hang"))[1]["text"]
        assert last_of(student, ask(student, seed=9))[0] == "answer"


def test_an_answer_survives_a_restart(opens: Opens, tmp_path: Path) -> None:
    mark, folder = tmp_path / "mark", tmp_path / "folder"
    for _ in range(2):
        with opens(folder=folder).visitor() as student:
            assert last_of(student, ask(student, mark=str(mark)))[0] == "answer"
    assert mark.read_text(encoding="utf-8") == "begun\n"


def test_no_worker_is_left_when_a_classroom_closes(opens: Opens, config: object) -> None:
    from .conftest import serving

    with serving(config) as classroom:  # type: ignore[arg-type]
        with classroom.visitor() as student:
            last_of(student, ask(student))
        pids = classroom.pids
    assert pids
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_whoever_compiles_makes_room_for_another(opens: Opens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = tmp_path / "compiled"
    monkeypatch.setenv("STAND_IN_COMPILES", str(compiled))
    classroom = opens(jobs=2)
    with classroom.visitor() as student:
        assert last_of(student, ask(student))[0] == "answer"
    assert compiled.is_file()
    # What compiled holds much memory, and is gone; nobody compiled a second time.
    assert int(compiled.read_text(encoding="utf-8")) not in classroom.pids
