from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from experiments.batch.claims import Claims

pytest.importorskip("fcntl")
ROOT = Path(__file__).parents[4]
HOLD = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from experiments.batch.claims import Claims
claims = Claims(Path({folder!r}))
print([claims.take(chunk) for chunk in (3, 4)], flush=True)
sys.stdin.readline()
claims.give_up(4)
print("gave up 4", flush=True)
sys.stdin.readline()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    script = HOLD.format(root=str(ROOT), folder=str(folder))
    return subprocess.Popen([sys.executable, "-c", script], stdin=-1, stdout=-1, text=True)


def line(process: subprocess.Popen[str], said: str = "") -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    if said:
        process.stdin.write(said)
        process.stdin.flush()
    return process.stdout.readline().strip()


def test_a_chunk_is_for_one_process_until_it_is_given_up_or_its_process_dies(tmp_path: Path) -> None:
    with holder(tmp_path) as other, Claims(tmp_path) as claims:
        try:
            assert line(other) == "[True, True]"
            assert [claims.take(chunk) for chunk in (2, 3, 4, 5)] == [True, False, False, True]
            assert line(other, "\n") == "gave up 4"
            assert [claims.take(chunk) for chunk in (3, 4)] == [False, True]
        finally:
            other.kill()
            other.wait()
        assert claims.take(3)


def test_a_claim_is_given_up_when_the_claims_are_closed(tmp_path: Path) -> None:
    with Claims(tmp_path) as claims:
        assert claims.take(3)
    with holder(tmp_path) as other:
        try:
            assert line(other) == "[True, True]"
        finally:
            other.kill()


def test_where_there_are_no_locks_every_claim_is_granted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno
    import fcntl

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "no locks here")

    monkeypatch.setattr(fcntl, "lockf", refuse)
    with Claims(tmp_path) as claims:
        assert claims.take(1)
        claims.give_up(1)
