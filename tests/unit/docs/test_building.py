"""What the site adds to plain pages: a tree that finds new pages, a reference that cannot be old, Chinese that is found."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest

from experiments.cli.entry import VERBS

ROOT = Path(__file__).parents[3]


@pytest.fixture
def building(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what imports a module of ``docs/building``."""
    monkeypatch.syspath_prepend(str(ROOT))
    return lambda name: importlib.import_module(f"docs.building.{name}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "index.md",
        "tutorial.md",
        "classroom.md",
        "new.md",
        "zh/index.md",
        "zh/classroom.md",
        "notebooks/README.md",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def test_a_page_that_is_added_stands_in_the_tree_once(building: Any, folder: Path) -> None:
    lines = building("tree").navigation(folder).splitlines()
    pages = [line for line in lines if line.startswith("/")]
    assert pages == ["/tutorial", "/classroom", "/notebooks/README", "/zh/index", "/new"]


def test_a_page_below_a_part_stands_there(building: Any, folder: Path) -> None:
    below = building("tree").below(folder, "zh/index")
    assert [line for line in below.splitlines() if line.startswith("/")] == ["/zh/classroom"]
    assert building("tree").below(folder, "decisions/README") == ""


def test_a_notebook_that_is_added_stands_below_its_part(building: Any, folder: Path) -> None:
    (folder / "notebooks" / "one.ipynb").touch()
    assert "/notebooks/one\n" in building("tree").below(folder, "notebooks/README")


def test_a_link_to_a_folder_leads_to_what_a_code_host_shows_there(building: Any, folder: Path) -> None:
    text = building("pages").to_folders("[a](notebooks) [b](notebooks/) [c](tutorial.md) [d](zh)", folder)
    assert text == "[a](notebooks/README.md) [b](notebooks/README.md) [c](tutorial.md) [d](zh)"


def test_every_page_of_today_is_in_the_tree(building: Any) -> None:
    tree, docs = building("tree"), ROOT / "docs"
    text = tree.navigation(docs) + "".join(tree.below(docs, part) for part in tree.BELOW)
    listed = {line[1:] for line in text.splitlines() if line.startswith("/")}
    pages = {path.relative_to(docs).with_suffix("").as_posix() for path in docs.rglob("*.md")}
    assert pages - listed == {"index"}


def test_the_reference_has_every_verb_with_its_own_help(building: Any) -> None:
    text = building("commands").reference()
    assert [verb for verb in VERBS if f"## talentflow {verb}\n" not in text] == []
    assert "## talentflow experiment plan\n" in text
    assert "Usage: talentflow compare" in text


def test_the_reference_has_every_name_behind_the_doors(building: Any) -> None:
    doors = building("doors")
    for door in doors.DOORS:
        text = doors.reference(door)
        assert [name for name in importlib.import_module(door).__all__ if f":: {door}.{name}\n" not in text] == []


def test_a_notebook_becomes_a_page_without_its_outputs(building: Any) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Title\n", "text"]},
        {"cell_type": "code", "source": ["1 + 1"], "outputs": ["2"]},
    ]
    page = building("pages").from_notebook(json.dumps({"cells": cells}))
    assert page == "# Title\ntext\n\n```python\n1 + 1\n```"


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("工作许可", ["工作", "作许", "许可"]),
        ("A类标准 2027", ["A", "类标", "标准", "2027"]),
        ("人", ["人"]),
        ("one-stop", ["one", "stop"]),
    ],
)
def test_chinese_is_indexed_by_pairs_and_english_by_words(building: Any, text: str, terms: list[str]) -> None:
    assert building("searching").SearchBoth({}).split(text) == terms


def test_lines_of_chinese_are_joined_outside_code_only(building: Any) -> None:
    finished = building("finishing").finished("<p>工作\n许可 a\nb</p><pre>工作\n许可</pre>")
    assert finished == '<p>工作许可 a\nb</p><pre tabindex="0">工作\n许可</pre>'
