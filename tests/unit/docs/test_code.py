"""What a page shows as code works: Python runs, command lines parse and cheap ones run, files validate."""

from __future__ import annotations

import json
import re
import shlex
from collections import Counter
from pathlib import Path
from typing import Any

import click
import pytest

from experiments.cli.entry import VERBS, command
from scenarios import catalogue

ROOT = Path(__file__).parents[3]
TUTORIAL = "docs/tutorial.md"
"""Run whole by a test of its own."""
NOT_RUN = {"docs/clusters.md": 1, "docs/export.md": 1, "docs/store.md": 1}
"""Page -> blocks of Python with the comment ``<!-- not run: why -->``: a new one is added here, or run."""
SHELLS = {"sh", "bash", "console"}
GROUPS = {"experiment", "lesson"}
"""Verbs that have verbs."""
CHEAP = {"explain", "list", "params", "schema", "score", "validate"}
NAMES = {"scenario", "scenarios", "other", "package", "sources", "what", "rules", "assume", "against"}
"""Parameters of verbs that take ids."""
PLACEHOLDER = re.compile(r"[A-Z]+(\.\.\.)?(\|[A-Z]+)*$|\.\.\.$")


def command_lines(page: Any) -> list[list[str]]:
    """Return the words after ``talentflow`` of every command line in a page, in blocks and between backticks.

    Between backticks, a verb alone is a mention; words in capitals stand for others.
    """
    texts = [block.text.replace("\\\n", " ") for block in page.blocks() if block.language in SHELLS]
    shown = [words_of(line.removeprefix("$ ")) for text in texts for line in text.splitlines()]
    named = [words for span in page.spans() if (words := words_of(span)) and not is_mention(words)]
    return [words for words in [*filter(None, shown), *named] if not any(map(PLACEHOLDER.match, words))]


def is_mention(words: list[str]) -> bool:
    return len(words) == 1 or (words[0] in GROUPS and len(words) == 2)


def words_of(line: str) -> list[str]:
    """Return the words of one command of the program, up to a comment, a pipe or a redirection; none of another's."""
    called = re.match(r"\s*(?:\.venv/bin/)?talentflow\s(.*)", line)
    words = shlex.split(re.sub(r"\$\w+", "1", called[1]), comments=True) if called else []
    ends = [i for i, word in enumerate(words) if word in {">", "|", "&&", ";"}]
    return words[: ends[0]] if ends else words


def parsed(words: list[str]) -> click.Context:
    """Parse a command line as the program does, without running it."""
    context = command.make_context("talentflow", list(words))
    while isinstance(context.command, click.Group):
        name, verb, rest = context.command.resolve_command(context, [*context._protected_args, *context.args])
        assert verb is not None
        context = verb.make_context(name, rest, parent=context)
    return context


def ids_in(context: click.Context) -> list[str]:
    given = [value for name, value in context.params.items() if name in NAMES and value]
    values = [value for each in given for value in (each if isinstance(each, list | tuple) else [each])]
    parts = [part for value in values if isinstance(value, str) for part in value.split(",")]
    return [part for part in parts if "/" not in part and not part.endswith((".yaml", ".csv"))]


def known_ids(pages: list[Any]) -> set[str]:
    """Return ids of scenarios, words that verbs know, and folders that some command on some page writes."""
    folders = {match for page in pages for match in re.findall(r"--out (\w[\w-]*)", page.text)}
    return {entry.id for entry in catalogue()} | folders | {"none"}


@pytest.fixture
def no_files_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(click.Path, "convert", lambda self, value, param, context: Path(value))


def test_python_on_a_page_runs_from_top_to_bottom(
    page: Any, python: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = [block for block in page.blocks() if block.language == "python" and not block.not_run]
    if page.name == TUTORIAL or not blocks:
        return
    monkeypatch.chdir(tmp_path)
    page.write_files(tmp_path)
    session: dict[str, Any] = {"__name__": "page"}
    for block in blocks:
        python(block, page, session)


def test_blocks_that_are_not_run_are_counted_so_that_they_cannot_grow_unseen(pages: Any) -> None:
    marked = Counter(page.name for page in pages for block in page.blocks() if block.not_run)
    assert dict(marked) == NOT_RUN
    assert any(block.language == "python" and not block.not_run for page in pages for block in page.blocks())


def test_a_mark_holds_for_the_next_block_only(reading: Any) -> None:
    block = "```python\n1\n```\n"
    marked = reading(f"<!-- not run: costs an hour -->\n{block}\n{block}").blocks()
    assert [each.not_run for each in marked] == ["costs an hour", ""]


@pytest.mark.usefixtures("no_files_needed")
def test_command_lines_on_a_page_are_those_of_the_program(page: Any, pages: Any) -> None:
    known = known_ids(pages)
    for words in command_lines(page):
        unknown = [name for name in ids_in(parsed(words)) if name not in known] if words[0] in VERBS else words[:1]
        assert unknown == [], " ".join(words)


@pytest.mark.usefixtures("no_files_needed")
@pytest.mark.parametrize("line", ["talentflow comparee one-stop", "talentflow compare one-stop --replicats 3"])
def test_a_verb_or_flag_that_does_not_exist_would_be_found(reading: Any, line: str) -> None:
    (words,) = command_lines(reading(f"```sh\n{line}\n```\n"))
    with pytest.raises(click.UsageError, match=r"[Dd]id you mean|No such option"):
        parsed(words)


@pytest.mark.usefixtures("no_files_needed")
def test_an_id_that_does_not_exist_would_be_found(reading: Any, pages: Any) -> None:
    (words,) = command_lines(reading("`talentflow compare one-stopp`"))
    assert set(ids_in(parsed(words))) - known_ids(pages) == {"one-stopp"}


def test_cheap_command_lines_on_a_page_run(
    page: Any, say: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page.write_files(tmp_path)
    for words in command_lines(page):
        has_files = all((tmp_path / word).exists() for word in words if word.endswith(".yaml"))
        if page.name != TUTORIAL and has_files and (words[0] in CHEAP or "--help" in words):
            say(words)


def test_scenarios_experiments_and_json_on_a_page_are_valid(page: Any, say: Any, tmp_path: Path) -> None:
    for block in page.blocks():
        if block.language == "yaml" and re.search(
            r"^schema: talentflow\.(scenario|experiment)/", block.text, re.MULTILINE
        ):
            file = tmp_path / f"line-{block.line}.yaml"
            file.write_text(block.text, encoding="utf-8")
            say(["validate", str(file)])
        elif block.language == "json":
            json.loads(block.text)


def test_every_block_says_its_language(page: Any) -> None:
    # The README's first command is copied by CI from a block without one; so are the commands of CONTRIBUTING.
    if page.path.is_relative_to(ROOT / "docs"):
        assert [block.line for block in page.blocks() if not block.language] == []
