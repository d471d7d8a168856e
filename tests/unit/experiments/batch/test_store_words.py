"""Both languages say the same of a store."""

from __future__ import annotations

import string
from dataclasses import fields

import pytest

from experiments.batch.status import ArmStatus
from experiments.batch.store_words import STORE_WORDS


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", STORE_WORDS)
def test_both_languages_fill_in_the_same_values(key: str) -> None:
    english, chinese = STORE_WORDS[key]
    assert blanks(english) == blanks(chinese)
    assert english.strip()
    assert chinese.strip()
    assert english != chinese


def test_every_column_of_a_status_has_a_label() -> None:
    assert {field.name for field in fields(ArmStatus)} <= set(STORE_WORDS)
