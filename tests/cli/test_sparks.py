from __future__ import annotations

import io
import sys

import pytest

from experiments.cli.terminal import Terminal


class Screen(io.TextIOWrapper):
    """A terminal that writes in one encoding."""

    def isatty(self) -> bool:
        return True


def written(monkeypatch: pytest.MonkeyPatch, columns: int, encoding: str = "utf-8", *, name: str = "stock") -> str:
    content = io.BytesIO()
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stdout", Screen(content, encoding=encoding, write_through=True))
    Terminal().path(name, [float(value) for value in range(200)])
    return content.getvalue().decode(encoding)


def test_a_path_takes_no_more_than_the_width_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    line = written(monkeypatch, 80).rstrip("\n")
    assert line.startswith("stock  ▁")
    assert line.endswith("█")
    assert len(line) <= 80


def test_a_path_is_left_out_where_it_cannot_be_written_or_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert written(monkeypatch, 80, "ascii") == ""
    assert written(monkeypatch, 14) == ""
    assert written(monkeypatch, 24, name="在华外国专业人才") == ""
    file = io.StringIO()
    monkeypatch.setattr(sys, "stdout", file)
    Terminal().path("stock", [1.0, 2.0])
    assert file.getvalue() == ""
