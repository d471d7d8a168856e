"""Links lead to a file and a heading that are there; headings do not jump. Nothing outside this machine is asked."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[3]
WRITTEN_BY_A_COMMAND = {"docs/figures/compare.svg"}
"""The README names the command."""


def problems(page: Any, known: dict[Path, list[str]]) -> list[str]:
    """Return the links of a page that lead nowhere, each with what is missing."""
    return [f"{link}: {why}" for link in page.links() if (why := problem(page, link, known))]


def problem(page: Any, link: str, known: dict[Path, list[str]]) -> str:
    parts = urlsplit(link)
    if parts.scheme:
        is_whole = parts.scheme in {"https", "mailto"} and (parts.netloc or parts.path) and " " not in unquote(link)
        return "" if is_whole else "an address outside is https://host/..."
    target = (page.path.parent / unquote(parts.path)).resolve() if parts.path else page.path
    if parts.path.startswith("/") or not target.is_relative_to(ROOT):
        return "leads out of the project"
    if not target.exists():
        is_made = target.relative_to(ROOT).as_posix() in WRITTEN_BY_A_COMMAND
        return "" if is_made else "no such file"
    return "no such heading" if parts.fragment and unquote(parts.fragment) not in known.get(target, []) else ""


@pytest.fixture(scope="module")
def known(pages: Any) -> dict[Path, list[str]]:
    return {page.path: [heading.anchor for heading in page.headings()] for page in pages}


def test_every_link_leads_to_a_file_and_a_heading_that_exist(page: Any, known: Any) -> None:
    assert problems(page, known) == []


def test_links_that_lead_nowhere_would_be_found(reading: Any, known: Any) -> None:
    text = (
        "[a](no-such.md) [b](model.md#no-such-heading) ![c](figures/no.svg) [d](http://x.org) [e](../../up.md)\n"
        "[f](model.md#1-purpose-and-patterns) [g](tutorial.md)"
    )
    assert [line.partition(":")[2].strip() for line in problems(reading(text), known) if "x.org" not in line] == [
        "no such file", "no such heading", "no such file", "leads out of the project",
    ]  # fmt: skip
    assert len(problems(reading(text), known)) == 5


def test_links_in_code_are_not_links(reading: Any) -> None:
    assert reading("`[a](b.md)`\n\n```text\n[c](d.md)\n```\n").links() == []


def test_a_page_begins_with_its_one_title_and_headings_do_not_jump(page: Any) -> None:
    levels = [heading.level for heading in page.headings()]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_headings_inside_quotes_of_code_do_not_count() -> None:
    assert [token.type for token in MarkdownIt("commonmark").parse("```sh\n# no\n```")] == ["fence"]
