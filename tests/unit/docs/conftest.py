"""Pages of the documentation as Markdown readers see them, shared by all that checks them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin

from experiments.cli.entry import command

ROOT = Path(__file__).parents[3]
FROM_THE_ROOT = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")
PAGES = [*(ROOT / name for name in FROM_THE_ROOT), *sorted((ROOT / "docs").rglob("*.md"))]
_NOT_RUN = re.compile(r"<!-- not run: (\S.*) -->")
_MARKDOWN = MarkdownIt("commonmark").enable("table").use(anchors_plugin, max_level=6)


class Block(NamedTuple):
    """One fenced block: its language, its text, its first line in the file, and why it is not run."""

    language: str
    text: str
    line: int
    not_run: str = ""


class Heading(NamedTuple):
    """One heading: its level, and the anchor that a code host gives it."""

    level: int
    anchor: str


class Page:
    """One page: blocks, headings, and where its links and images lead."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.relative_to(ROOT).as_posix()
        self.text = path.read_text(encoding="utf-8")

    @cached_property
    def tokens(self) -> list[Token]:
        return _MARKDOWN.parse(self.text)

    def inline(self) -> Iterator[Token]:
        for token in self.tokens:
            yield from token.children or ()

    def blocks(self) -> list[Block]:
        blocks, why = [], ""
        for token in self.tokens:
            if token.type == "fence":
                assert token.map is not None
                blocks.append(Block(token.info.strip(), token.content, token.map[0] + 2, why))
            marked = _NOT_RUN.search(token.content) if token.type == "html_block" else None
            why = marked[1] if marked else ""
        return blocks

    def headings(self) -> list[Heading]:
        opened = [token for token in self.tokens if token.type == "heading_open"]
        return [Heading(int(token.tag[1:]), str(token.attrs["id"])) for token in opened]

    def links(self) -> list[str]:
        named = {"link_open": "href", "image": "src"}
        return [str(token.attrs[named[token.type]]) for token in self.inline() if token.type in named]

    def spans(self) -> list[str]:
        return [token.content for token in self.inline() if token.type == "code_inline"]

    def write_files(self, folder: Path) -> None:
        """Write the files that the page shows: YAML that begins with a comment that names it."""
        for block in self.blocks():
            name = re.match(r"# (\S+\.yaml)\n", block.text)
            if block.language == "yaml" and name:
                (folder / name[1]).write_text(block.text, encoding="utf-8")


def execute(block: Block, page: Page, session: dict[str, Any]) -> None:
    """Run a block of Python; a traceback names the page's line."""
    exec(compile("\n" * (block.line - 1) + block.text, page.path, "exec"), session)  # noqa: S102 - our own pages


def run_words(words: list[str]) -> str:
    """Run a command line and return what it prints; it must end well."""
    result = CliRunner().invoke(command, words, prog_name="talentflow")
    assert result.exit_code == 0, f"talentflow {' '.join(words)}\n{result.output}"
    return result.stdout


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask every test that takes a ``page`` about each of them."""
    if "page" in metafunc.fixturenames:
        metafunc.parametrize("page", [Page(path) for path in PAGES], ids=lambda page: page.name)


@pytest.fixture(scope="session")
def pages() -> list[Page]:
    return [Page(path) for path in PAGES]


@pytest.fixture(scope="session")
def reading() -> Any:
    """Return the page that a Markdown text makes, were it in a folder."""

    def _reading(text: str, folder: Path = ROOT / "docs") -> Page:
        page = Page.__new__(Page)
        page.path, page.name, page.text = folder / "page.md", "page.md", text
        return page

    return _reading


@pytest.fixture(scope="session")
def python() -> Any:
    return execute


@pytest.fixture(scope="session")
def say() -> Any:
    return run_words
