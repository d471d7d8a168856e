from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

PATIENCE_SECONDS = 60.0


@contextmanager
def classroom(folder: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, object]]]:
    command = [sys.executable, "-m", "experiments.cli", "classroom", "--no-open", "--json", "--jobs", "1"]
    process = subprocess.Popen(
        [*command, "--folder", str(folder), *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield process, json.loads(process.stdout.readline())
    finally:
        process.kill()
        process.communicate()


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_classroom_says_where_it_is_and_ends_quietly(tmp_path: Path, number: signal.Signals) -> None:
    with classroom(tmp_path, "--teacher-token", "open-sesame", "--no-warm") as (process, told):
        assert httpx.get(f"{told['address']}qr.svg", trust_env=False).headers["content-type"] == "image/svg+xml"
        process.send_signal(number)
        _, messages = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0
    assert "teacher#token=open-sesame" in messages
    assert "Traceback" not in messages


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="children are told by /proc")
def test_no_worker_survives_a_classroom_that_is_killed(tmp_path: Path) -> None:
    with classroom(tmp_path) as (process, _):
        workers = [os.pidfd_open(child) for child in children_of(process.pid)]
        process.kill()
        process.wait(PATIENCE_SECONDS)
        import select

        waiting, left = select.poll(), set(workers)
        for worker in workers:
            waiting.register(worker, select.POLLIN)
        assert workers
        # All of them: one ends by itself as soon as it hears nothing, whatever the others do.
        while left:
            ended = [fd for fd, _ in waiting.poll(PATIENCE_SECONDS * 1000)]
            assert ended, f"{len(left)} outlived the classroom"
            for worker in ended:
                waiting.unregister(worker)
                left.discard(worker)
        for worker in workers:
            os.close(worker)


def test_a_port_that_is_taken_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        command = ["classroom", "--no-open", "--port", str(taken.getsockname()[1]), "--folder", str(tmp_path)]
        ended = subprocess.run(
            [sys.executable, "-m", "experiments.cli", *command], capture_output=True, text=True, check=False
        )
    assert ended.returncode == 3
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "--port" in ended.stderr


def test_a_folder_whose_rooms_cannot_be_read_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "rooms.sqlite").write_bytes(b"no file of rooms, but long enough to be looked at" * 40)
    ended = subprocess.run(
        [sys.executable, "-m", "experiments.cli", "classroom", "--no-open", "--folder", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 3
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "rooms.sqlite is no file of rooms" in ended.stderr


def test_a_short_token_is_refused(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from experiments.cli.entry import command

    ended = CliRunner().invoke(command, ["classroom", "--teacher-token", "abc", "--folder", str(tmp_path)])
    assert ended.exit_code == 2
    assert "at least 8" in ended.output
