"""What the documentation says: the tutorial runs as written, the README's commands are CI's, and links lead somewhere."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from experiments.cli.entry import VERBS, command
from scenarios import catalogue, levers
from simulation import records

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial.md"
ASSUMPTIONS = ROOT / "docs" / "assumptions.md"
PARTS = {
    "behaviour": records.BEHAVIOUR.names,
    "pool": records.POOL.names,
    "regions": records.PLACE.names,
    "origins": records.ORIGIN.names,
    "rivals": records.RIVAL.names,
}
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
WRITTEN_BY_A_COMMAND = {"docs/figures/compare.svg"}
"""The README names the command."""
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """One fenced block: its language, its text, its first line in the file."""

    language: str
    text: str
    line: int


def blocks(text: str) -> Iterator[Block]:
    for match in _BLOCK.finditer(text):
        yield Block(match[1], match[2], text.count("\n", 0, match.start()) + 2)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


class Reader:
    """Does what a page says: writes its files, runs its Python in one session and its command lines."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.session: dict[str, Any] = {"__name__": "tutorial"}
        self.said = ""

    def do(self, block: Block) -> None:
        if block.language == "python":
            # As many empty lines before it as in the page, so that a traceback names the page's line.
            exec(compile("\n" * (block.line - 1) + block.text, TUTORIAL, "exec"), self.session)  # noqa: S102
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
        result = CliRunner().invoke(command, words, prog_name="talentflow")
        assert result.exit_code == 0, f"{line}\n{result.output}"
        return result.stdout


def test_the_tutorial_runs_from_top_to_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    reader = Reader(tmp_path)
    for block in blocks(TUTORIAL.read_text(encoding="utf-8")):
        reader.do(block)


def test_a_tutorial_that_shows_other_output_would_be_found(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    reader.do(Block("sh", "talentflow --help\n", 1))
    with pytest.raises(AssertionError):
        reader.do(Block("text", "something else\n", 2))


def test_the_readme_gives_commands_as_whole_lines_that_ci_runs_from_it() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    first = [line for line in lines if line.startswith("python3 -m venv .venv && ")]
    assert len(first) == 1
    assert lines[lines.index(first[0]) - 1] == "```"
    words = first[0].partition(".venv/bin/talentflow ")[2].split()
    assert words[0] in VERBS
    assert set(words[1:]) <= {entry.id for entry in catalogue()}


def test_the_readme_marks_where_output_begins_and_ends() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.count("<!-- output: compare -->") == readme.count("<!-- end of output -->") == 1
    assert readme.index("<!-- output: compare -->") < readme.index("<!-- end of output -->")


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_command_named_in_a_page_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"`(?:\.venv/bin/)?talentflow ([a-z]+)", text)) <= set(VERBS)


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_link_between_pages_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    targets = [(page.parent / link).resolve() for link in links if "://" not in link]
    missing = [target for target in targets if not target.exists()]
    assert [relative(target) for target in missing if relative(target) not in WRITTEN_BY_A_COMMAND] == []


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_file_and_folder_named_in_a_page_exists(page: Path) -> None:
    text = _BLOCK.sub("", page.read_text(encoding="utf-8"))
    named = re.findall(r"`((?:simulation|scenarios|experiments|tests|docs|benchmarks)/[\w./*-]*)`", text)
    assert [name for name in named if not any(ROOT.glob(name.rstrip("/")))] == []


def test_pages_with_python_run_it() -> None:
    pages = [page for page in PAGES if page != TUTORIAL]
    python = [
        block for page in pages for block in blocks(page.read_text(encoding="utf-8")) if block.language == "python"
    ]
    assert python
    for block in python:
        Reader(ROOT).do(block)


def test_assumptions_are_numbered_without_a_gap() -> None:
    numbers = [
        int(number) for number in re.findall(r"^\| A(\d+) \|", ASSUMPTIONS.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers


def test_assumptions_name_numbers_that_exist() -> None:
    known = {f"{part}.{name}" for part, fields in PARTS.items() for name in fields or ()}
    known |= {path for lever in levers() for path in (lever, lever.rpartition(".")[0])}
    named = re.findall(r"`([a-z_]+\.[\w.]+)`", ASSUMPTIONS.read_text(encoding="utf-8"))
    assert len(named) > 30
    assert [name for name in named if name not in known and not name.endswith(".yaml")] == []


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_assumption_cited_in_a_page_is_listed(page: Path) -> None:
    listed = set(re.findall(r"^\| (A\d+) \|", ASSUMPTIONS.read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"assumption (A\d+)", page.read_text(encoding="utf-8"))) <= listed
