"""Where results and messages go: data to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import click

from experiments.cli.sparks import BLOCKS, spark, thinned
from experiments.words import say

_GAP = "  "
_SECONDS_BETWEEN_LINES = 10.0
_READABLE = 100
"""Columns beyond which a line of prose is hard to read."""
_LEAST_PATH = 8
"""Columns below which a path says nothing."""
_OPENING, _CLOSING = "（“《〔", "，。；：、）”》〕？！%"


@dataclass(frozen=True)
class Terminal:
    """The ways to speak: ``lang`` is en or zh; ``quiet`` silences everything but the result and errors."""

    lang: str = "en"
    quiet: bool = False

    def say(self, text: str = "") -> None:
        """Write a line of the result."""
        click.echo(text)

    def note(self, text: str) -> None:
        """Write a message beside the result."""
        if not self.quiet:
            click.echo(text, err=True)

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[int] = ()) -> None:
        """Write a table: ruled on a terminal, aligned lines elsewhere, one block a row where it is too wide.

        ``numbers`` are the columns set to the right.
        """
        if not _is_terminal(sys.stdout):
            for line in aligned(headers, rows, numbers):
                self.say(line)
            return
        console = _console(sys.stdout)
        if max(width(line) for line in aligned(headers, rows, numbers)) + len(headers) > console.width:
            for line in stacked(headers, rows, console.width):
                self.say(line)
            return
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for column, header in enumerate(headers):
            table.add_column(header, justify="right" if column in numbers else "left", no_wrap=True)
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        console.print(table)

    def rows(
        self,
        headers: Mapping[str, str],
        rows: Sequence[Mapping[str, str]],
        *,
        numbers: Sequence[str],
        shared: Sequence[str] = (),
    ) -> None:
        """Write a table of named columns; columns of ``shared`` that say the same in every row stand above it."""
        same = [name for name in shared if len({row[name] for row in rows}) == 1]
        caption = [rows[0][name] for name in same if rows[0][name]] if rows else []
        if caption:
            self.say(", ".join(caption))
        names = [name for name in headers if name not in same]
        cells = [[row[name] for name in names] for row in rows]
        self.table(
            [headers[name] for name in names], cells, numbers=[names.index(name) for name in numbers if name in names]
        )

    def path(self, name: str, values: Sequence[float]) -> None:
        """Draw values in one line after their name, on a terminal that has the characters; nothing elsewhere."""
        if not (_is_terminal(sys.stdout) and _can_write(sys.stdout, BLOCKS)):
            return
        room = _console(sys.stdout).width - width(name) - len(_GAP)
        if room >= _LEAST_PATH:
            self.say(f"{name}{_GAP}{spark(thinned(values, room))}")

    def paragraphs(self, lines: Iterable[str]) -> None:
        """Write paragraphs: broken to the width of a terminal, at most ``_READABLE``; whole elsewhere."""
        columns = min(_console(sys.stdout).width, _READABLE) if _is_terminal(sys.stdout) else 0
        for line in lines:
            text = line.lstrip(" ")
            lead = line[: len(line) - len(text)]
            for part in wrapped(text, columns - len(lead), indent=2) if columns else [text]:
                self.say((lead + part).rstrip())

    @contextmanager
    def progress(self, counted: str = "replicates") -> Iterator[Callable[[float, int], None]]:
        """Yield a function to call with what is done and in all, replicates or months; shows them unless quiet."""
        if self.quiet:
            yield lambda done, total: None  # noqa: ARG005 - nobody is told
        elif _is_terminal(sys.stderr):
            with _bar(say(f"{counted}_bar", self.lang)) as update:
                yield update
        else:
            yield _Lines(self, "progress" if counted == "replicates" else f"progress_{counted}")


class _Lines:
    """Progress as a plain line now and then, for logs."""

    def __init__(self, terminal: Terminal, sentence: str) -> None:
        self._terminal, self._sentence = terminal, sentence
        self._began = self._last = time.monotonic()

    def __call__(self, done: float, total: int) -> None:
        now = time.monotonic()
        if now - self._last >= _SECONDS_BETWEEN_LINES:
            self._last = now
            seconds = round(now - self._began)
            self._terminal.note(say(self._sentence, self._terminal.lang, done=int(done), total=total, seconds=seconds))


@contextmanager
def _bar(name: str) -> Iterator[Callable[[float, int], None]]:
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=_console(sys.stderr), transient=True) as progress:
        task = progress.add_task(name, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _is_terminal(stream: Any) -> bool:
    return bool(stream.isatty()) and os.environ.get("TERM") != "dumb"


def _can_write(stream: Any, text: str) -> bool:
    try:
        text.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _console(stream: Any) -> Any:
    from rich.console import Console

    return Console(file=stream, highlight=False, soft_wrap=False)


def width(text: str) -> int:
    """Return the columns that text takes on a terminal; Chinese characters take two.

    >>> width("A类")
    3
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def aligned(headers: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> list[str]:
    """Return a table as lines whose columns are two blanks apart."""
    lines = [headers, *rows]
    widths = [max(width(line[column]) for line in lines) for column in range(len(headers))]
    text = []
    for line in lines:
        cells = []
        for column, cell in enumerate(line):
            pad = " " * (widths[column] - width(cell))
            cells.append(pad + cell if column in numbers else cell + pad)
        text.append(_GAP.join(cells).rstrip())
    return text


def stacked(headers: Sequence[str], rows: Sequence[Sequence[str]], columns: int) -> list[str]:
    """Return a table as one block a row, for terminals narrower than the table."""
    label = max(width(header) for header in headers)
    text: list[str] = []
    for row in rows:
        for header, cell in zip(headers, row, strict=True):
            pad = " " * (label - width(header))
            text.extend(wrapped(f"{header}{pad}{_GAP}{cell}", columns, indent=label + len(_GAP)))
        text.append("")
    return text[:-1]


def wrapped(text: str, columns: int, *, indent: int = 0) -> list[str]:
    """Return text broken at blanks into lines of at most ``columns``, later lines indented; long words stay whole.

    Chinese, which has no blanks, is broken between characters, but not before closing marks nor after opening ones.
    """
    lines, line = [], ""
    for word, glue in _pieces(text):
        trial = f"{line}{glue}{word}" if line else word
        if line.strip() and width(trial) > columns:
            lines.append(line.rstrip())
            line = " " * max(0, min(indent, columns // 2, columns - width(word))) + word
        else:
            line = trial
    return [*lines, line.rstrip()]


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield what a line may not break, each with what stands between it and the one before."""
    for number, word in enumerate(text.split(" ")):
        glue, piece = " " if number else "", ""
        for letter in word:
            is_whole = piece and (width(piece[-1]) == 2 or width(letter) == 2)
            if is_whole and letter not in _CLOSING and piece[-1] not in _OPENING:
                yield piece, glue
                glue, piece = "", ""
            piece += letter
        yield piece, glue
