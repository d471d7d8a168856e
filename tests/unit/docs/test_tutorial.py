"""The tutorial runs as written, in an empty folder: its files, its Python in one session, its command lines and their output."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

TUTORIAL = "docs/tutorial.md"


class Reader:
    """Does what a page says, block by block."""

    def __init__(self, page: Any, folder: Path, python: Any, say: Any) -> None:
        self.page, self.folder, self.python, self.say = page, folder, python, say
        self.session: dict[str, Any] = {"__name__": "tutorial"}
        self.said = ""

    def do(self, block: Any) -> None:
        if block.language == "python":
            self.python(block, self.page, self.session)
        elif block.language == "yaml":
            name = re.match(r"# (\S+\.yaml)\n", block.text)
            assert name, f"line {block.line}: a file begins with a comment that names it"
            (self.folder / name[1]).write_text(block.text, encoding="utf-8")
        elif block.language == "sh":
            for line in block.text.splitlines():
                self.said = self.run(line)
        elif block.language == "text":
            assert self.said.rstrip() == block.text.rstrip()
        else:
            pytest.fail(f"line {block.line}: nobody knows how to read {block.language!r}")

    def run(self, line: str) -> str:
        program, *words = shlex.split(line)
        assert program == "talentflow"
        return str(self.say(words))


def test_the_tutorial_runs_from_top_to_bottom(
    pages: Any, python: Any, say: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (page,) = (page for page in pages if page.name == TUTORIAL)
    reader = Reader(page, tmp_path, python, say)
    for block in page.blocks():
        reader.do(block)


def test_a_tutorial_that_shows_other_output_would_be_found(reading: Any, python: Any, say: Any, tmp_path: Path) -> None:
    page = reading("```sh\ntalentflow --help\n```\n\n```text\nsomething else\n```\n")
    reader = Reader(page, tmp_path, python, say)
    command, output = page.blocks()
    reader.do(command)
    with pytest.raises(AssertionError):
        reader.do(output)
