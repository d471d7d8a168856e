"""A browser that prints a page: it ends with what started it."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
from pathlib import Path

import pytest

from experiments.report.pdf import NAMED_BY, print_pdf


@pytest.mark.skipif(os.name == "nt", reason="stands in for a browser by a shell script")
def test_an_interrupt_ends_the_browser_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "browser"
    program.write_text("#!/bin/sh\nsleep 30\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv(NAMED_BY, str(program))
    started: list[subprocess.Popen[str]] = []

    def interrupted(running: subprocess.Popen[str], **_: object) -> tuple[str, str]:
        started.append(running)
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess.Popen, "communicate", interrupted)
    with pytest.raises(KeyboardInterrupt):
        print_pdf(tmp_path / "index.html", tmp_path / "out" / "report.pdf", lang="en")
    assert started[0].wait(timeout=2) == -signal.SIGKILL
    assert list((tmp_path / "out").iterdir()) == []
