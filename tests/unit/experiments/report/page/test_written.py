from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from experiments.report import workbook
from experiments.report.cells import told_once
from experiments.report.page import page
from experiments.report.parts import Column, Dossier, Section, Table, flat
from experiments.report.pdf import NAMED_BY, PrintError, find_browser, print_pdf
from experiments.report.slides import deck_of, slides
from experiments.report.workbook import WorkbookError, sheet_names, write_workbook

LANGUAGES = ("en", "zh")
NAMES = {
    "main": "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "office": "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
}


def sheets_of(path: Path) -> dict[str, dict[str, Any]]:
    """Return the cells of each sheet by their place, read from the file itself; a formula is not a value."""
    with zipfile.ZipFile(path) as book:
        main = NAMES["main"]
        shared = [
            "".join(text.text or "" for text in one.iter(f"{main}t"))
            for one in ET.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{main}si")  # noqa: S314 - our own file
        ] if "xl/sharedStrings.xml" in book.namelist() else []  # fmt: skip
        listed = ET.fromstring(book.read("xl/workbook.xml")).iter(f"{main}sheet")  # noqa: S314 - likewise
        return {
            one.attrib["name"]: _cells(book.read(f"xl/worksheets/sheet{number}.xml"), shared)
            for number, one in enumerate(listed, 1)
        }


def _cells(xml: bytes, shared: list[str]) -> dict[str, Any]:
    main = NAMES["main"]
    found: dict[str, Any] = {}
    for cell in ET.fromstring(xml).iter(f"{main}c"):  # noqa: S314 - our own file
        assert cell.find(f"{main}f") is None
        value = cell.find(f"{main}v")
        if cell.attrib.get("t") == "inlineStr":
            found[cell.attrib["r"]] = "".join(text.text or "" for text in cell.iter(f"{main}t"))
        elif value is not None and value.text is not None:
            found[cell.attrib["r"]] = shared[int(value.text)] if cell.attrib.get("t") == "s" else float(value.text)
    return found


def alike(found: list[Any], wanted: list[Any]) -> bool:
    """Compare cells; a workbook keeps 16 digits of a number."""
    pairs = zip(found, wanted, strict=True)
    return all(a == (pytest.approx(b, rel=1e-15) if isinstance(b, float) else b) for a, b in pairs)


def place(row: int, column: int) -> str:
    return f"{chr(65 + column)}{row + 1}"


@pytest.fixture(scope="module", params=LANGUAGES)
def book(request: pytest.FixtureRequest, dossier: Dossier, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, dict[str, Any]]]:  # fmt: skip
    path = tmp_path_factory.mktemp("book") / "report.xlsx"
    write_workbook(path, dossier, request.param)
    return request.param, sheets_of(path)


def test_every_number_of_every_table_is_in_the_workbook_as_it_is(book: Any, dossier: Dossier) -> None:
    lang, sheets = book
    for table in dossier.tables():
        cells = sheets[table.id]
        assert cells["A1"] == table.caption[lang]
        names, rows = flat(table, lang)
        for column in range(len(names)):
            assert place(1, column) in cells
        for number, row in enumerate(rows, 2):
            assert alike([cells.get(place(number, column)) for column in range(len(names))], row)


def test_headers_tell_units_and_ends_of_ranges(book: Any) -> None:
    lang, sheets = book
    headers = [sheets["who"][place(1, column)] for column in range(6)]
    if lang == "en":
        assert headers == ["group", "today's law, people", "reform, people", "difference, people", "difference, people, low", "difference, people, high"]  # fmt: skip
    else:
        assert headers[3:] == ["差异（人）", "差异（人），下限", "差异（人），上限"]


def test_the_first_sheet_tells_the_finding_where_it_comes_from_and_what_there_is(book: Any, dossier: Dossier) -> None:
    lang, sheets = book
    first = next(iter(sheets))
    told = list(sheets[first].values())
    assert first == ("Read me" if lang == "en" else "说明")
    assert dossier.headline[lang] in told
    assert dossier.command.line in told
    assert {23_000.0, 19_900.0, 26_100.0} <= set(told)
    assert {table.id for table in dossier.tables()} <= set(told)
    assert list(sheets)[1:] == [table.id for table in dossier.tables()]


def test_text_never_becomes_a_formula_or_a_link(make_example: Any, tmp_path: Path) -> None:
    text = {"en": "=1+1", "zh": "=cmd|' /C calc'!A0"}
    table = Table("t", text, (Column("=x", text), Column("y", text, "number")), ({"=x": text, "y": 1.5}, {"=x": "http://example.org", "y": None}), text)  # fmt: skip
    path = tmp_path / "report.xlsx"
    write_workbook(path, make_example(title=text, headline=text, sections=(Section("s", text, (table,)),)), "en")
    assert sheets_of(path)["t"] == {"A1": "=1+1", "A2": "=1+1", "B2": "=1+1", "A3": "=1+1", "B3": 1.5, "A4": "http://example.org", "A6": "=1+1"}  # fmt: skip


def test_the_same_report_gives_the_same_workbook(dossier: Dossier, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(tmp_path / name, dossier, "en")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_names_of_sheets_are_short_and_unlike() -> None:
    names = sheet_names(["Read me", "x" * 40, "X" * 35, "a/b"], "read me")
    assert len({name.lower() for name in names}) == 4
    assert all(len(name) <= 31 for name in names)
    assert names[0] != "Read me"


def test_without_the_library_the_workbook_is_refused_in_one_line(dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(workbook, "find_spec", lambda _: None)
    with pytest.raises(WorkbookError, match="XlsxWriter is missing"):
        write_workbook(tmp_path / "report.xlsx", dossier, "en")


def numbers_in(text: str) -> list[float]:
    found = re.findall(r"[-+−]?\d[\d,]*(?:\.\d+)?", text)
    return [float(one.replace(",", "").replace("−", "-")) for one in found]


def test_page_workbook_and_data_agree_to_what_the_page_rounds(dossier: Dossier, figures: Any, read: Any, tmp_path: Path) -> None:  # fmt: skip
    path = tmp_path / "report.xlsx"
    write_workbook(path, dossier, "en")
    sheets = sheets_of(path)
    found = read(page(dossier, "en", "analyst", figures))
    n_compared = 0
    for table in dossier.tables():
        (node,) = [one for one in found.all("table") if one.attributes["id"] == f"en-table-{table.id}"]
        text = io.StringIO()
        csv.writer(text).writerows(flat(table)[1])
        data = list(csv.reader(io.StringIO(text.getvalue())))
        once = told_once(table)
        kept = json.loads(json.dumps(flat(table)[1]))
        for number, line in enumerate(node.all("tbody")[0].all("tr")):
            cells, at = iter(line.children), 0
            for column in table.columns:
                width = 3 if column.kind == "interval" else 1
                text_shown = "–" if column in once else next(cells).text
                if column.kind in {"interval", "number", "count"} and text_shown != "–":
                    shown = numbers_in(text_shown)
                    written = [float(one) for one in data[number][at : at + width]]
                    assert written == kept[number][at : at + width]
                    assert alike([sheets[table.id][place(number + 2, at + i)] for i in range(width)], written)
                    noise = (written[2] - written[1]) / 2 if width == 3 else 0.02 * abs(written[0])
                    assert shown == pytest.approx(written[: len(shown)], abs=max(noise / 10, 1e-9))
                    n_compared += len(shown)
                at += width
    assert n_compared > 150


def test_slides_tell_the_finding_first_and_ask_last(dossier: Dossier) -> None:
    deck = list(deck_of(dossier))
    kinds = [slide.kind for slide in deck]
    assert kinds == ["opening", "numbers", "list", "table", "figure", "figure", "life", "list", "list", "list"]
    assert deck[0].title == dossier.headline
    assert "Which finding would you act on" in deck[-2].lines[0]["en"]
    assert deck[-1].command == dossier.command


def test_a_long_report_makes_at_most_fourteen_slides(make_example: Any, dossier: Dossier) -> None:
    figure = dossier.figures()[0]
    many = tuple(Section(f"s{i}", figure.title, (replace(figure, id=f"f{i}"),)) for i in range(20))
    assert len(list(deck_of(make_example(sections=(*dossier.sections, *many))))) == 14


@pytest.mark.parametrize("lang", [*LANGUAGES, "both"])
def test_slides_are_one_file_with_notes_and_unique_ids(dossier: Dossier, figures: Any, read: Any, lang: str) -> None:
    found = read(slides(dossier, lang, figures))
    ids = [node.attributes["id"] for node in found.below() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    assert len(found.all("section", class_="slide")) == 10 * (2 if lang == "both" else 1)
    assert found.all("aside", class_="notes")
    assert [node for node in found.below() if {"src", "style"} & set(node.attributes)] == []
    policy = next(node.attributes["content"] for node in found.all("meta") if "http-equiv" in node.attributes)
    assert "unsafe" not in policy


def browser_that(tmp_path: Path, does: str) -> Path:
    """Return a program that stands in for a browser: it knows where the PDF goes."""
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\nfor one in "$@"; do case "$one" in --print-to-pdf=*) to="${{one#*=}}";; esac; done\n{does}\n')  # fmt: skip
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


posix_only = pytest.mark.skipif(os.name == "nt", reason="stands in for a browser by a shell script")


def test_without_a_browser_one_line_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAMED_BY, "")
    with pytest.raises(PrintError, match="TALENTFLOW_BROWSER") as caught:
        print_pdf(tmp_path / "index.html", tmp_path / "report.pdf", lang="en")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "report.pdf").exists()


def test_a_variable_that_names_no_program_is_an_error_in_the_language_asked_for() -> None:
    with pytest.raises(PrintError, match="无法运行：/no/such"):
        find_browser({NAMED_BY: "/no/such"}, lang="zh")


@posix_only
def test_browsers_are_looked_for_on_the_path(tmp_path: Path) -> None:
    browser_that(tmp_path, "true").rename(tmp_path / "chromium")
    assert find_browser({"PATH": str(tmp_path)}) == tmp_path / "chromium"


@posix_only
@pytest.mark.parametrize(
    ("does", "why"),
    [("echo broken >&2; exit 1", "broken"), ('printf nonsense > "$to"', "exit code 0"), ("sleep 30", "no answer within 0.3 s")],
)  # fmt: skip
def test_a_browser_that_fails_leaves_no_pdf_and_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, why: str) -> None:  # fmt: skip
    monkeypatch.setenv(NAMED_BY, str(browser_that(tmp_path, does)))
    (tmp_path / "index.html").write_text("x")
    with pytest.raises(PrintError, match=why):
        print_pdf(tmp_path / "index.html", tmp_path / "out" / "report.pdf", lang="en", seconds=0.3 if "sleep" in does else 20)  # fmt: skip
    assert list((tmp_path / "out").iterdir()) == []


@posix_only
def test_a_browser_that_prints_leaves_the_pdf_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAMED_BY, str(browser_that(tmp_path, 'printf "%%PDF-1.4 x" > "$to"')))
    (tmp_path / "index.html").write_text("x")
    print_pdf(tmp_path / "index.html", tmp_path / "out" / "report.pdf", lang="zh")
    assert (tmp_path / "out" / "report.pdf").read_bytes() == b"%PDF-1.4 x"
    assert len(list((tmp_path / "out").iterdir())) == 1
