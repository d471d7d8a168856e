"""The page of a biography: words for every event, numbers as people read them, repeats summed up."""

from __future__ import annotations

import string
from typing import Any

import pytest

from experiments import biography_words as words
from experiments.cli.terminal import width, wrapped
from experiments.life_page import Page
from experiments.life_telling import event_line, signed, stay_label
from simulation.biography.event import Event

FACTS: dict[str, Any] = {
    "days": 51.9, "share": 0.4, "age": 44, "points": 78, "category": "A", "route": "points", "read": 78.0, "bar": 75.0,
    "until": 330, "months": 38, "counted": 14.0, "needed": 15.0, "paid": 3.0, "was": "B", "target": "A",
    "family": "together", "from": "hainan", "salary": 500_000.0, "children": 1,
}  # fmt: skip


def event(key: str, month: int = 300, status: int = 4) -> Event:
    kind, _, variant = key.partition("/")
    return Event(month, kind, status, "shanghai", variant, dict(FACTS))


@pytest.mark.parametrize("key", words.EVENTS)
def test_every_event_is_told_in_both_languages_with_its_values(key: str) -> None:
    english, chinese = (event_line(event(key), lang) for lang in ("en", "zh"))
    for text in (english, chinese):
        assert text
        assert not set("{}?") & set(text)
        assert "  " not in text
    assert english.endswith(".")
    assert chinese.endswith("。")
    fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in words.EVENTS[key]]
    assert fields[0] == fields[1]


def test_an_event_without_words_is_told_by_where_it_leads() -> None:
    assert event_line(event("knighted/twice"), "en") == "Status changes from Category B to Category B."


def test_points_read_otherwise_by_an_office_are_told() -> None:
    facts = {**FACTS, "read": 71.2}
    assert "read as 71 by the office" in event_line(Event(300, "entry", 3, "shanghai", "A", facts), "en")
    assert "认定" not in event_line(event("entry/A"), "zh")


@pytest.mark.parametrize(("months", "said"), [(0, "less than a month"), (1, "1 month"), (12, "1 year"), (26, "2 years 2 months")])  # fmt: skip
def test_lengths_of_time_are_said_in_years_and_months(months: int, said: str) -> None:
    assert stay_label(months, "en") == said


def test_a_sign_is_a_minus_not_a_hyphen() -> None:
    assert (signed(-0.204), signed(0.0), signed(1.0)) == ("−0.20", "0.00", "+1.00")


class Clauseless:
    """A life of which no clause is asked."""

    def clauses(self, _: Event) -> list[Any]:
        return []


def story(keys: list[str], *, is_full: bool = False) -> list[str]:
    life: Any = Clauseless()
    events = [event(key, 300 + month) for month, key in enumerate(keys)]
    return list(Page("en", is_full)._story(life, events))


def test_reviews_that_change_nothing_are_summed_up() -> None:
    keys = ["entry/B", "stayed/spontaneous", "stayed/permit", "renewed/B", "left"]
    told = story(keys)
    assert len(told) == 3
    assert "More reviews, to March 2025: 2; stays each time. Renewals of the permit meanwhile: 1." in told[1] or (
        "More reviews" in told[1]
    )
    assert len(story(keys, is_full=True)) == 5


def test_a_change_of_category_is_never_summed_up() -> None:
    life: Any = Clauseless()
    events = [event("entry/B", 300), event("stayed/spontaneous", 301), event("renewed/A", 302, status=3), event("stayed", 303, status=3)]  # fmt: skip
    assert any("renewed" in line for line in Page("en")._story(life, events))


@pytest.mark.parametrize("columns", [20, 40, 60])
def test_chinese_is_broken_between_characters_but_not_before_marks(columns: int) -> None:
    text = "抵达浙江（携家人），获C类工作许可：51分，未达B类的60分。许可至2001年6月。" * 3
    lines = wrapped(text, columns)
    assert "".join(line.strip() for line in lines) == text
    assert all(width(line) <= columns + 2 for line in lines)
    assert not any(line.strip()[0] in "，。：；）" for line in lines)
