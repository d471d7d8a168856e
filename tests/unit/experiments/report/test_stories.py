"""Lives told in a report: short, the same in both languages, and the same as the verb tells in full."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from experiments import public_facts
from experiments.cases import cases_of
from experiments.design import Design
from experiments.life_page import Told
from experiments.report import stories as module
from experiments.report.asked import Asked, Running
from experiments.report.parts import Command, Paragraph, Section, Story
from experiments.report.stories import kept_of_many, section, told

UNTIL = "2032-12"
LINES_MOST = 14
"""What is the same, why it parts, what follows under each law, each with where it ends."""


def asked(name: str = "whole-article", **more: object) -> Asked:
    design = Design(scale=8_000, until=UNTIL)
    return Asked((name,), tuple(cases_of([name], UNTIL)), design, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep facts in a folder of the tests."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(public_facts, "user_cache", lambda: folder)
        patch.setattr(module, "TRIED_MOST", 5)
        yield folder


@pytest.fixture(scope="module")
def made() -> Section:
    found = section(asked(), Running())
    assert isinstance(found, Section)
    return found


def stories(found: Section) -> list[Story]:
    return [item for item in found.items if isinstance(item, Story)]


def test_lives_of_different_kinds_are_told_and_said_to_be_invented(made: Section) -> None:
    told_ = stories(made)
    assert 1 <= len(told_) <= 3
    assert len({story.id for story in told_}) == len(told_)
    for story in told_:
        assert "Invented by the model" in story.who["en"]
        assert "虚构" in story.who["zh"]


def test_a_story_is_short_and_in_both_languages(made: Section) -> None:
    for story in stories(made):
        lines = [line for _, chapter in story.chapters for line in chapter]
        assert len(lines) <= LINES_MOST
        for date, text in lines:
            assert date == "" or len(date) == 7
            assert text["en"] != text["zh"]
            assert all(text.values())


def test_both_laws_are_told_to_the_end_of_the_run(made: Section) -> None:
    for story in stories(made):
        headings = [heading["en"] for heading, _ in story.chapters]
        assert "Under today's law" in headings
        assert "Under “Every measure of the article”" in headings
        assert [chapter[-1][0] for _, chapter in story.chapters[-2:]] == [UNTIL, UNTIL]


def test_dates_of_a_chapter_rise(made: Section) -> None:
    for story in stories(made):
        for _, chapter in story.chapters:
            dates = [date for date, _ in chapter if date]
            assert dates == sorted(dates)


def test_the_command_tells_the_same_person(made: Section, capsys: pytest.CaptureFixture[str]) -> None:
    from experiments.cli.entry import main

    command = next(item for item in made.items if isinstance(item, Command))
    verb, *arguments = command.line.split()[1:]
    with pytest.raises(SystemExit) as ended:
        main([verb, *arguments, "--full"])
    assert ended.value.code == 0
    text = " ".join(capsys.readouterr().out.split())
    story = stories(made)[0]
    _, lines = story.chapters[-1]
    assert lines[0][1]["en"] in text
    assert lines[-1][1]["en"] in text


def test_nobody_told_is_said_as_a_finding_of_the_people_tried() -> None:
    section_ = told([], asked())
    (text,) = section_.items
    assert isinstance(text, Paragraph)
    assert "Nobody's life was found to differ" in text.text["en"]
    assert section_.heading == {"en": "Lives under both laws", "zh": "两种法律下的人生"}


def test_the_heading_counts_the_lives_that_are_told(made: Section, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = ("One life", "Two lives", "Three lives")
    assert made.heading["en"] == counts[len(stories(made)) - 1]
    monkeypatch.setattr(module, "TOLD", 1)
    found = section(asked(), Running())
    assert found is not None
    assert (found.heading["en"], found.heading["zh"], len(stories(found))) == ("One life", "一段人生", 1)


def test_the_same_lives_are_picked_again_and_an_assumption_takes_the_command_away(made: Section) -> None:
    # The assumption is named only: a verb that takes none would tell another life.
    found = section(asked(assume=("engine-prospect",)), Running())
    assert isinstance(found, Section)
    assert stories(found) == stories(made)
    assert not [item for item in found.items if isinstance(item, Command)]


def test_asked_to_stop_it_does() -> None:
    with pytest.raises(KeyboardInterrupt):
        section(asked(), Running(should_stop=lambda: True))


@pytest.mark.parametrize(
    ("kinds", "kept"),
    [
        (["entry", "stayed", "renewed", "refused", "stayed", "left"], [0, 3, 5]),
        (["entry", "stayed"], [0, 1]),
        (["entry", "stayed", "stayed", "stayed"], [0, 1, 3]),
    ],
)
def test_of_many_months_the_first_the_last_and_those_with_news_are_kept(kinds: list[str], kept: list[int]) -> None:
    months = [Told(month, kind, (kind,)) for month, kind in enumerate(kinds)]
    assert kept_of_many(months, 3) == kept
