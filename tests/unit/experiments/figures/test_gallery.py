"""The gallery shows every kind of figure, and what it keeps is what is drawn today: by structure, not by pixels."""

from __future__ import annotations

import importlib
import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from experiments.figures import KINDS, alt

ROOT = Path(__file__).parents[4]


@pytest.fixture
def gallery(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT))
    return importlib.import_module("docs.gallery")


def structure(svg: bytes) -> tuple[Counter[str], list[str]]:
    """Return how many marks of each sort an SVG has, and its texts."""
    root = ET.fromstring(svg)  # noqa: S314 - our own file
    tags = Counter(element.tag.rpartition("}")[2] for element in root.iter())
    texts = ["".join(element.itertext()) for element in root.iter() if element.tag.endswith("}text")]
    return tags, texts


def test_the_gallery_shows_every_kind_of_figure(gallery: Any) -> None:
    assert [figure.kind for figure in gallery.kept()] == list(KINDS) == list(gallery.SHOWN)


def test_drawn_again_every_figure_has_the_structure_that_is_kept(gallery: Any) -> None:
    for figure in gallery.kept():
        for name, content in gallery.files_of(figure).items():
            assert structure(content) == structure((gallery.FOLDER / name).read_bytes()), name


def test_a_figure_with_another_row_would_be_found(gallery: Any) -> None:
    figure = next(figure for figure in gallery.kept() if figure.kind == "forest")
    held = {**figure.__dict__, "table": {**figure.table.__dict__, "rows": figure.table.rows[1:]}}
    held["table"]["columns"] = [column.__dict__ for column in figure.table.columns]
    shorter = gallery.files_of(gallery.figure_of(held))["forest.svg"]
    assert structure(shorter) != structure((gallery.FOLDER / "forest.svg").read_bytes())


def test_the_page_is_what_the_command_writes_and_says_each_finding(gallery: Any) -> None:
    page = gallery.PAGE.read_text(encoding="utf-8")
    assert page == gallery.page_of(gallery.kept())
    for figure in gallery.kept():
        assert f"Alternative text: {alt(figure, 'en')}" in page
        assert figure.title["en"].rstrip(".") in page


def test_invented_numbers_are_called_so_in_the_figure_itself(gallery: Any) -> None:
    invented = {figure.kind for figure in gallery.kept() if figure.source["en"].startswith("Example data: invented")}
    assert invented == {"lorenz"}
    for figure in gallery.kept():
        is_traced = re.search(r"talentflow \d|docs/analyses/\w+\.md", figure.source["en"])
        assert is_traced or figure.kind in invented, figure.kind
