"""A report as JSON: nothing is lost on the way there and back."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.report.parts import (
    BigNumber,
    Column,
    Command,
    Dossier,
    Figure,
    Listing,
    Paragraph,
    Section,
    Story,
    Table,
)
from experiments.report.writing_json import ReportFileError, from_json, read_report, to_json

WORDS = st.text(max_size=8)
TEXTS = st.fixed_dictionaries({"en": WORDS, "zh": WORDS})
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
INTERVALS = st.tuples(FLOATS, st.none() | FLOATS, st.none() | FLOATS)
CELLS: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXTS | WORDS,
    "number": FLOATS,
    "interval": INTERVALS,
    "share": st.floats(0, 1),
    "date": st.just("2030-12"),
    "count": st.integers(0, 10**9),
}
COMMANDS = st.builds(Command, WORDS, TEXTS)
PLAIN = st.dictionaries(
    WORDS, WORDS | FLOATS | st.lists(st.dictionaries(WORDS, FLOATS, max_size=2), max_size=2), max_size=2
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    kinds = draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=4))
    columns = tuple(Column(f"c{i}", draw(TEXTS), kind, draw(TEXTS)) for i, kind in enumerate(kinds))  # type: ignore[arg-type]
    row = st.fixed_dictionaries({column.key: st.none() | CELLS[column.kind] for column in columns})
    return Table(draw(WORDS), draw(TEXTS), columns, tuple(draw(st.lists(row, max_size=3))), draw(TEXTS))


LINES = st.lists(st.tuples(WORDS, TEXTS), max_size=2).map(tuple)
ITEMS = st.one_of(
    st.builds(Paragraph, TEXTS, st.sampled_from(["plain", "finding", "warning", "note", "quote"])),
    st.builds(Listing, st.lists(TEXTS, max_size=3).map(tuple), st.booleans()),
    tables(),
    st.builds(Figure, WORDS, WORDS, TEXTS, TEXTS, TEXTS, tables(), PLAIN),
    st.builds(Story, WORDS, TEXTS, TEXTS, st.lists(st.tuples(TEXTS, LINES), max_size=2).map(tuple)),
    COMMANDS,
)
SECTIONS = st.builds(Section, WORDS, TEXTS, st.lists(ITEMS, max_size=3).map(tuple))
DOSSIERS = st.builds(
    Dossier,
    title=TEXTS,
    headline=TEXTS,
    lead=st.lists(TEXTS, max_size=2).map(tuple),
    numbers=st.lists(st.builds(BigNumber, INTERVALS, TEXTS, TEXTS, st.booleans()), max_size=2).map(tuple),
    warnings=st.lists(TEXTS, max_size=2).map(tuple),
    sections=st.lists(SECTIONS, max_size=2).map(tuple),
    command=COMMANDS,
    provenance=PLAIN,
)


@given(DOSSIERS)
def test_a_report_comes_back_from_json_as_it_was(dossier: Dossier) -> None:
    assert from_json(to_json(dossier)) == dossier


def test_a_real_report_comes_back_from_json_as_it_was(dossier: Dossier) -> None:
    text = to_json(dossier)
    assert from_json(text) == dossier
    assert "NaN" not in text


def test_a_number_that_is_none_is_refused(dossier: Dossier) -> None:
    wrong = replace(dossier, numbers=(BigNumber((math.nan, None, None), {"en": "", "zh": ""}, {"en": "", "zh": ""}),))
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json(wrong)


@pytest.mark.parametrize(
    "spoil", [lambda text: text[:-200], lambda text: text.replace("report/1", "report/9"), lambda _: "[]"]
)
def test_what_is_no_report_is_refused_by_the_name_of_its_file(spoil: Any, dossier: Dossier, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(spoil(to_json(dossier)), encoding="utf-8")
    with pytest.raises(ReportFileError, match=r"report\.json"):
        read_report(path)


def test_a_report_that_lacks_a_part_is_refused(dossier: Dossier) -> None:
    plain = json.loads(to_json(dossier))
    del plain["sections"][0]["items"]
    with pytest.raises(ReportFileError, match="no whole report"):
        from_json(json.dumps(plain))
