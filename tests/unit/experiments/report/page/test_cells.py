from __future__ import annotations

from typing import Any

import pytest

from experiments.report.cells import big_number, header, is_unclear_row, mark, measured, named, shown, told_once
from experiments.report.parts import BigNumber, Column, Dossier, Table
from experiments.report.section_words import SECTION_WORDS

LABEL = {"en": "effect", "zh": "影响"}
LABELS = {key: {"en": en, "zh": zh} for key, (en, zh) in SECTION_WORDS.items()}


def cell(key: str, kind: Any, value: Any, lang: str = "en", **others: Any) -> str:
    return shown(Column(key, LABEL, kind), {key: value, **others}, lang)


def difference(key: str = "difference") -> Column:
    return Column(key, LABEL, "interval", is_difference=True)


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        ((23_012.4, 19_870.1, 26_004.0), "+23,000 (+19,900 to +26,000)", "+23,000（+19,900至+26,000）"),
        ((-1.4213, -1.93, -0.91), "−1.42 (−1.93 to −0.91)", "−1.42（−1.93至−0.91）"),
        ((310.0, -450.0, 1070.0), "+310 (−450 to +1,070)", "+310（−450至+1,070）"),
        ((0.0, 0.0, 0.0), "0", "0"),
        ((27_000.0, None, None), "+27,000", "+27,000"),
        (None, "–", "–"),
    ],
)
def test_a_difference_is_rounded_to_its_noise_and_signed(value: Any, en: str, zh: str) -> None:
    assert shown(difference(), {"difference": value}, "en") == en
    assert shown(difference(), {"difference": value}, "zh") == zh


def test_a_level_with_a_range_bears_no_sign() -> None:
    assert cell("model", "interval", (23_000.0, 20_000.0, 26_000.0)) == "23,000 (20,000 to 26,000)"


def test_a_column_is_a_difference_by_what_it_says_of_itself_not_by_its_name() -> None:
    unclear = (1.0, -1.0, 3.0)
    assert mark(difference("value"), {"value": unclear}) == "unclear"
    assert mark(Column("difference", LABEL, "interval"), {"difference": unclear}) == ""


def test_a_level_is_rounded_to_the_noise_of_its_difference() -> None:
    assert cell("baseline", "number", 311_234.4, difference=(23_000.0, 19_900.0, 26_100.0)) == "311,200"
    assert cell("baseline", "number", 311_234.0) == "311,000"


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("share", 0.9512, "95.1%"),
        ("share", 0.0, "0%"),
        ("share", 1.0, "100%"),
        ("count", 12_345, "12,345"),
        ("number", 13_333.3, "13,300"),
        ("number", 85, "85"),
        ("number", 0.0625, "0.0625"),
        ("number", float("nan"), "–"),
        ("date", "2035-12", "December 2035"),
        ("date", "2035", "2035"),
        ("text", "id", "id"),
        ("text", {"en": "men", "zh": "男性"}, "men"),
    ],
)
def test_each_kind_of_cell_reads_as_people_write_it(kind: str, value: Any, text: str) -> None:
    assert cell("value", kind, value) == text


def test_dates_are_in_the_language_of_the_page() -> None:
    assert cell("date", "date", "2035-12", "zh") == "2035年12月"


def test_a_range_that_holds_zero_is_unclear_where_its_row_says_nothing() -> None:
    column = difference()
    given = {"over": (1.0, -1.0, 3.0), "cut": (1.0, 0.0, 3.0), "clear": (1.0, 0.5, 3.0), "same": (0.0, 0.0, 0.0), "one": (1.0, None, None)}  # fmt: skip
    marks = {name: mark(column, {"difference": value}) for name, value in given.items()}
    assert marks == {"over": "unclear", "cut": "unclear", "clear": "", "same": "same", "one": ""}


@pytest.mark.parametrize(
    ("key", "clear", "unclear"),
    [
        ("clear", LABELS["yes"], LABELS["no"]),
        ("told", LABELS["yes"], LABELS["no"]),
        ("verdict", LABELS["one_sign"], LABELS["unclear"]),
        ("verdict", LABELS["clear"], LABELS["unclear"]),
    ],
)
def test_what_a_row_says_of_its_difference_decides(key: str, clear: Any, unclear: Any) -> None:
    for cell in ((1.0, 0.0, 3.0), (1.0, 0.5, 3.0)):
        assert mark(difference(), {"difference": cell, key: clear}) == ""
        assert mark(difference(), {"difference": cell, key: unclear}) == "unclear"
    assert mark(difference("difference_by_chance"), {"difference_by_chance": (1.0, -1.0, 3.0), key: clear}) == "unclear"


def test_a_level_whose_range_holds_zero_is_not_called_unclear() -> None:
    assert mark(Column("model", LABEL, "interval"), {"model": (1.0, -1.0, 3.0)}) == ""


def test_a_row_is_pale_by_its_first_difference() -> None:
    columns = (difference(), difference("difference_by_chance"))
    unclear, clear = (1.0, -1.0, 3.0), (1.0, 0.5, 1.5)
    table = Table("t", LABEL, columns, ())
    assert is_unclear_row(table, {"difference": unclear, "difference_by_chance": clear})
    assert not is_unclear_row(table, {"difference": clear, "difference_by_chance": unclear})
    assert not is_unclear_row(Table("t", LABEL, (), ()), {})


def test_a_row_is_called_by_its_texts_without_its_unit(dossier: Dossier) -> None:
    table = next(table for table in dossier.tables() if table.id == "outcomes")
    assert [named(table, table.rows[0], lang) for lang in ("en", "zh")] == ["People in China", "在华人数"]
    column = measured(table)
    assert column is not None
    assert column.key == "difference"


def test_a_header_tells_the_unit() -> None:
    column = Column("x", {"en": "gain", "zh": "增加"}, "number", {"en": "people", "zh": "人"})
    assert (header(column, "en"), header(column, "zh")) == ("gain, people", "增加（人）")


def test_a_big_number_stands_apart_from_its_range() -> None:
    number = BigNumber((23_000.0, 19_900.0, 26_100.0), LABEL, LABEL, is_signed=True)
    assert big_number(number, "en") == ("+23,000", "range +19,900 to +26,100")
    assert big_number(BigNumber((3.0, None, None), LABEL, LABEL), "en") == ("3", "")


def test_what_every_row_says_alike_is_told_once(dossier: Dossier) -> None:
    tables = {table.id: [column.key for column in told_once(table)] for table in dossier.tables()}
    assert tables == {"changes": [], "outcomes": ["pairs"], "paths": ["label"], "who": [], "drivers": []}
