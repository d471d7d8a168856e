"""What the page is told when it opens."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from experiments.classroom.answering.asked import check
from experiments.classroom.answering.start import FEATURED, OUTCOMES, start
from scenarios import levers


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_lever_has_its_law_range_and_source(lang: str) -> None:
    told = start(lang)
    assert set(told["levers"]) == set(levers())
    for path, lever in told["levers"].items():
        assert lever["low"] <= lever["today"] <= lever["high"], path
        assert lever["law"], path
        assert lever["is_assumption"] or lever["source_url"] or lever["source"], path
    json.dumps(told, allow_nan=False)


def test_featured_levers_exist_and_are_few() -> None:
    told = start("en")
    featured = {path for family in told["families"] for path in family["featured"]}
    assert featured == set(FEATURED)
    assert len(featured) <= 26


def test_every_lever_is_in_one_family() -> None:
    counts = Counter(path for family in start("en")["families"] for path in family["levers"])
    assert set(counts) == set(levers())
    assert set(counts.values()) == {1}


def test_every_preset_can_be_asked() -> None:
    presets = start("en")["presets"]
    assert {one["measure"] for one in presets} >= set(range(1, 30))
    assert all(check({"reforms": [one["id"]]}) for one in presets)


def test_a_preset_tells_what_it_changes_in_both_languages() -> None:
    texts = [
        next(one["changes"][0]["text"] for one in start(lang)["presets"] if one["id"] == "category-a-less-stringent")
        for lang in ("en", "zh")
    ]
    assert "was 85" in texts[0]
    assert "原为85" in texts[1]


def test_units_are_words_of_the_language() -> None:
    raw = {"CNY/year", "ratio", "working days", "points of 100", "months/year", "per year", "switch", "probability"}
    english, chinese = ({lever["unit"] for lever in start(lang)["levers"].values()} for lang in ("en", "zh"))
    assert raw & english <= {"working days"}
    assert not [unit for unit in chinese if any(letter.isascii() and letter.isalpha() for letter in unit)]


def test_texts_hold_no_numbers_of_facts() -> None:
    told = start("en")
    assert not re.search(r"\([A-Z]\d+-\d+", " ".join(f"{one['why']} {one['how']}" for one in told["presets"]))


def test_every_tile_has_a_short_name() -> None:
    codes = [tile["code"] for region in start("en")["regions"] for tile in region["tiles"]]
    assert len(set(codes)) == 31
    assert {len(code) for code in codes} == {2}


def test_the_outcomes_told_are_those_of_answers() -> None:
    assert tuple(one["id"] for one in start("en")["outcomes"]) == OUTCOMES
