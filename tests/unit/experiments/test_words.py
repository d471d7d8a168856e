from __future__ import annotations

import string

import pytest

from experiments.words import LANGUAGES, SENTENCES, date_label, group_label
from simulation.outcomes import GROUPS
from simulation.rules.work_permit import ROUTES


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", SENTENCES)
def test_both_languages_fill_in_the_same_values(key: str) -> None:
    english, chinese = SENTENCES[key]
    assert blanks(english) == blanks(chinese)
    assert english.strip()
    assert chinese.strip()


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_group_has_a_name_in_words(group: str, lang: str) -> None:
    assert group_label(group, lang) != group


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_has_words(route: str) -> None:
    assert f"route_{route}" in SENTENCES


def test_dates_are_told_in_words() -> None:
    assert (date_label("2027-01", "en"), date_label("2027-01", "zh")) == ("January 2027", "2027年1月")
