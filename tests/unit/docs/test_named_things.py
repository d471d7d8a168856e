"""What pages name exists: the README's commands are CI's; verbs, files and assumptions that a page cites are there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from experiments.cli.entry import VERBS
from scenarios import catalogue, levers
from simulation import records

ROOT = Path(__file__).parents[3]
ASSUMPTIONS = ROOT / "docs" / "assumptions.md"
PARTS = {
    "behaviour": records.BEHAVIOUR.names,
    "pool": records.POOL.names,
    "regions": records.PLACE.names,
    "origins": records.ORIGIN.names,
    "rivals": records.RIVAL.names,
}
_IN_THE_TREE = re.compile(r"(?:simulation|scenarios|experiments|tests|docs|benchmarks)/[\w./*-]*")


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


def test_every_command_named_in_a_page_exists(page: Any) -> None:
    assert set(re.findall(r"`(?:\.venv/bin/)?talentflow ([a-z]+)", page.text)) <= set(VERBS)


def test_every_file_and_folder_named_in_a_page_exists(page: Any) -> None:
    named = [span for span in page.spans() if _IN_THE_TREE.fullmatch(span)]
    assert [name for name in named if not any(ROOT.glob(name.rstrip("/")))] == []


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


def test_every_assumption_cited_in_a_page_is_listed(page: Any) -> None:
    listed = set(re.findall(r"^\| (A\d+) \|", ASSUMPTIONS.read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"assumption (A\d+)", page.text)) <= listed
