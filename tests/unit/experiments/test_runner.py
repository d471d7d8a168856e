from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from experiments.runner import Failure, Tries, Workers, WorkersLostError, default_jobs

ROOT = Path(__file__).parents[3]
# Workers import their work by name; a module of its own stands in for the model.
WORK = """
import os, signal, threading

def make_square():
    return square

def square(task, report):
    report(0.5)
    if task == "fail":
        raise ValueError("this task fails")
    if task == "die":
        os._exit(7)
    if isinstance(task, tuple):
        how, folder, times = task
        deaths = len(os.listdir(folder))
        if deaths < times:
            open(os.path.join(folder, str(deaths)), "w").close()
            os.kill(os.getpid(), signal.SIGKILL) if how == "kill" else os._exit(7)
        return deaths
    if task == "last":
        while not report(0.5):
            pass
        return "ended early"
    if task == "where":
        return os.getpid(), os.environ.get("NUMBA_NUM_THREADS"), os.environ.get("OMP_NUM_THREADS")
    if task == "hang":
        # One write: lines of two workers must not run into each other, unbuffered ones neither.
        os.write(1, f"{os.getpid()}\\n".encode())
        threading.Event().wait()
    return task * task

def make_dead():
    os._exit(9)

def make_nothing():
    raise RuntimeError("cannot start")
"""


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    (tmp_path / "work_of_test.py").write_text(WORK)
    monkeypatch.syspath_prepend(tmp_path)
    import work_of_test  # type: ignore[import-not-found]

    return work_of_test


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_task_gives_its_result_whatever_the_number_of_jobs(work: Any, jobs: int) -> None:
    with Workers(work.make_square, jobs) as workers:
        assert dict(workers.run(range(7))) == {n: n * n for n in range(7)}
        assert dict(workers.run([9])) == {9: 81}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_task_that_fails_is_a_result_and_the_others_go_on(work: Any, jobs: int) -> None:
    with Workers(work.make_square, jobs) as workers:
        results = dict(workers.run([1, "fail", 2]))
    assert isinstance(results["fail"], Failure)
    assert results["fail"].error == "ValueError: this task fails"
    assert "Traceback" in results["fail"].details
    assert (results[1], results[2]) == (1, 4)


def test_a_worker_that_dies_costs_its_task_alone(work: Any) -> None:
    with Workers(work.make_square, 2) as workers:
        results = dict(workers.run([1, "die", 2, 3]))
    assert results["die"].error == "the worker process ended with code 7"
    assert (results[1], results[2], results[3]) == (1, 4, 9)


@pytest.mark.parametrize(("how", "deaths"), [("crash", 2), ("kill", 3)])
def test_a_task_is_tried_again_while_it_may_cost_another_worker(
    work: Any, tmp_path: Path, how: str, deaths: int
) -> None:
    tries = Tries(crashes=3, kills=4)
    for times, expected in ((deaths, deaths), (deaths + 1, None)):
        folder = tmp_path / str(times)
        folder.mkdir()
        task = (how, str(folder), times)
        with Workers(work.make_square, 2) as workers:
            results = dict(workers.run([task, 3], tries=tries))
        assert results[3] == 9
        assert isinstance(results[task], Failure) if expected is None else results[task] == expected
        assert len(list(folder.iterdir())) == times


def test_workers_that_die_before_they_begin_are_not_the_tasks_fault_and_end_the_round(work: Any) -> None:
    with Workers(work.make_dead, 2) as workers, pytest.raises(WorkersLostError, match="with code 9"):
        list(workers.run([1, 2, 3], tries=Tries(crashes=3, kills=9)))


def test_asked_to_stop_workers_end_what_they_do_and_begin_nothing_more(work: Any) -> None:
    with Workers(work.make_square, 2) as workers:
        results = workers.run(["last", "last", 1, 2], should_stop=lambda: True)
        assert list(results) == []
        told: list[float] = []
        results = workers.run(
            ["last", "last", 1, 2], lambda done, _: told.append(done), should_stop=lambda: len(told) > 2
        )
        assert list(results) == [("last", "ended early")] * 2


def test_asked_to_stop_tasks_in_this_process_end_likewise(work: Any) -> None:
    told: list[float] = []
    with Workers(work.make_square, 1) as workers:
        results = workers.run(["last", 1], lambda done, _: told.append(done), should_stop=lambda: len(told) > 2)
        assert list(results) == [("last", "ended early")]


@pytest.mark.parametrize("jobs", [1, 2])
def test_work_that_cannot_be_built_fails_every_task(work: Any, jobs: int) -> None:
    with Workers(work.make_nothing, jobs) as workers:
        results = dict(workers.run([1, 2, 3]))
    assert {result.error for result in results.values()} == {"RuntimeError: cannot start"}


def test_a_worker_is_another_process_with_one_thread(work: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUMBA_NUM_THREADS", raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", "8")
    with Workers(work.make_square, 2) as workers:
        pid, numba_threads, omp_threads = dict(workers.run(["where", 1]))["where"]
    assert pid != os.getpid()
    assert (numba_threads, omp_threads) == ("1", "1")
    assert os.environ.get("NUMBA_NUM_THREADS") is None
    assert os.environ["OMP_NUM_THREADS"] == "8"


@pytest.mark.parametrize("jobs", [1, 2])
def test_progress_counts_parts_of_tasks_and_ends_at_all(work: Any, jobs: int) -> None:
    told: list[float] = []
    with Workers(work.make_square, jobs) as workers:
        list(workers.run([1, 2, 3], lambda done, total: told.append(done / total)))
    assert told[-1] == 1.0
    assert any(0 < share < 1 and not (3 * share).is_integer() for share in told)


def test_no_job_at_all_is_refused(work: Any) -> None:
    with pytest.raises(ValueError, match="at least 1 job"):
        Workers(work.make_square, 0)


def test_there_is_at_least_one_job_by_default() -> None:
    assert default_jobs() >= 1


def test_leaving_early_ends_the_workers(work: Any) -> None:
    with Workers(work.make_square, 2) as workers:
        pid = next(result[0] for _, result in workers.run(["where", "where", "where"]))
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_worker_outlives_its_driver(work: Any, tmp_path: Path, how: signal.Signals) -> None:
    # A plain script, without a guard for its main part.
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent(f"""
        import sys
        sys.path[:0] = [{str(ROOT)!r}, {str(tmp_path)!r}]
        from experiments.runner import Workers
        from work_of_test import make_square
        with Workers(make_square, 2) as workers:
            list(workers.run(["hang", "hang"]))
        """)
    )
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as driver:
        try:
            assert driver.stdout is not None
            pids = [int(driver.stdout.readline()) for _ in range(2)]
            assert len(set(pids)) == 2
            driver.send_signal(how)
            # The workers hold the same output: it ends when the last of them does.
            driver.communicate(timeout=30)
        finally:
            driver.kill()
