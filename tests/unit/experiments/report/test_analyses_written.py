"""Sections with runs of their own: they come back from JSON, and their figures can be drawn from their tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from experiments import public_facts
from experiments.cases import cases_of
from experiments.design import Design
from experiments.figures.drawing import draw
from experiments.report import drivers, stories, uncertain
from experiments.report.asked import Asked, Running
from experiments.report.gather import ANALYSES
from experiments.report.parts import Figure, Section
from experiments.report.writing_json import section_from_dict, section_to_dict

UNTIL = "2029-12"


@pytest.fixture(scope="module", autouse=True)
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Make few runs, and keep facts in a folder of the tests."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(public_facts, "user_cache", lambda: folder)
        patch.setattr(stories, "TRIED_MOST", 2)
        patch.setattr(uncertain, "DRAWS", 12)
        patch.setattr(drivers, "MOVED", 1)
        yield


@pytest.fixture(scope="module")
def made() -> dict[str, Section]:
    design = Design(replicates=2, scale=50_000, until=UNTIL)
    asked = Asked(("management-mechanism",), tuple(cases_of(["management-mechanism"], UNTIL)), design)
    sections = {name: import_module(f"experiments.report.{name}").section(asked, Running(jobs=1)) for name in ANALYSES}
    return {name: section for name, section in sections.items() if section is not None}


def test_each_module_makes_the_section_of_its_name(made: dict[str, Section]) -> None:
    assert {name: section.id for name, section in made.items()} == {name: name for name in ANALYSES}


def test_sections_come_back_from_json_as_they_were(made: dict[str, Section]) -> None:
    for section in made.values():
        text = json.dumps(section_to_dict(section), allow_nan=False, ensure_ascii=False)
        assert section_to_dict(section_from_dict(json.loads(text))) == json.loads(text)


def texts(value: Any) -> Iterator[dict[str, str]]:
    """Yield every text in both languages inside plain values."""
    if isinstance(value, dict):
        if set(value) == {"en", "zh"}:
            yield value
        else:
            yield from (text for part in value.values() for text in texts(part))
    elif isinstance(value, list | tuple):
        yield from (text for part in value for text in texts(part))


def test_every_text_is_said_in_both_languages_without_gaps(made: dict[str, Section]) -> None:
    found = [text for section in made.values() for text in texts(section_to_dict(section))]
    assert len(found) > 100
    for text in found:
        assert bool(text["en"]) == bool(text["zh"])
        assert not set("{}") & set(text["en"] + text["zh"])
    sentences = [text["zh"] for text in found if len(text["en"]) > 60]
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in sentence) for sentence in sentences)


def test_the_first_paragraph_of_each_is_its_finding(made: dict[str, Section]) -> None:
    for section in made.values():
        assert getattr(section.items[0], "role", "") == "finding"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_figures_are_drawn_from_their_tables(made: dict[str, Section], lang: str) -> None:
    figures = [item for section in made.values() for item in section.items if isinstance(item, Figure)]
    assert {figure.kind for figure in figures} == {"waterfall", "drivers", "fit"}
    for figure in figures:
        assert b"<svg" in draw(figure, lang, ".svg")


def test_identifiers_are_unique_within_a_report(made: dict[str, Section]) -> None:
    found = [item.id for section in made.values() for item in section.items if hasattr(item, "id")]
    assert len(found) == len(set(found))
