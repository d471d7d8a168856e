"""The folder of a report: what is linked is there, and nothing of an earlier report is left."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from experiments.report import writing
from experiments.report.parts import Dossier
from experiments.report.workbook import WorkbookError
from experiments.report.writing import Form, write_report

QUIET = Form(is_printed=False)


@pytest.fixture(autouse=True)
def plain_drawings(figures: Mapping[str, Mapping[str, bytes]], monkeypatch: pytest.MonkeyPatch) -> None:
    def drawn(figure: Any, lang: str, *_: object, **__: object) -> bytes:
        return next(iter(figures.values()))[lang]

    monkeypatch.setattr(writing, "_drawn", drawn)


def write(dossier: Dossier, folder: Path, form: Form = QUIET) -> str:
    folder.mkdir(exist_ok=True)
    write_report(dossier, folder, form, on_note=lambda _: None)
    return (folder / writing.PAGE).read_text(encoding="utf-8")


def printing(folder: Path, _form: Form) -> None:
    assert not (folder / writing.PRINTED).exists()
    assert (folder / writing.PAGE).is_file()
    (folder / writing.PRINTED).write_bytes(b"%PDF-")


def test_a_page_links_to_its_print_only_where_it_was_printed(
    dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_print", printing)
    assert 'href="report.pdf"' in write(dossier, tmp_path, Form())
    page = write(dossier, tmp_path)
    assert 'href="report.pdf"' not in page
    assert 'href="slides.html"' in page
    assert not (tmp_path / "report.pdf").exists()


def test_a_page_does_not_link_to_a_workbook_that_could_not_be_written(
    dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise WorkbookError("XlsxWriter is missing")

    monkeypatch.setattr(writing, "_workbook", refused)
    assert 'href="report.xlsx"' not in write(dossier, tmp_path)


def names_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_nothing_of_an_earlier_report_stays_and_all_else_does(
    dossier: Dossier, make_example: Any, tmp_path: Path
) -> None:
    write(dossier, tmp_path, Form(audience="class", is_both=True, is_printed=False))
    (tmp_path / "data" / "mine.csv").write_text("a\n1\n", encoding="utf-8")
    (tmp_path / "figures" / "who.txt").write_text("a note", encoding="utf-8")
    before = names_in(tmp_path)
    assert {"answers.html", "figures/who.zh.svg", "data/who.csv", "data/outcomes.csv"} <= before
    sections = tuple(
        section for section in dossier.sections if not any(item in section.items for item in dossier.figures()[1:])
    )
    shorter = make_example(sections=sections)
    write(shorter, tmp_path)
    write(shorter, tmp_path / "fresh")
    fresh = {f"fresh/{name}" for name in names_in(tmp_path / "fresh")}
    kept = {"data/mine.csv", "figures/who.txt"}
    assert names_in(tmp_path) - fresh == {name.removeprefix("fresh/") for name in fresh} | kept
    assert "data/who.csv" not in names_in(tmp_path)


def test_an_interrupted_rewrite_leaves_no_page_of_the_earlier_report(
    dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    write(dossier, tmp_path)
    monkeypatch.setattr(writing, "_workbook", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(dossier, tmp_path)
    assert not (tmp_path / "index.html").exists()
    assert (tmp_path / "data" / "report.json").is_file()


def test_data_files_of_a_page_in_both_languages_are_in_the_one_asked_for(dossier: Dossier, tmp_path: Path) -> None:
    for lang, word in (("en", "Category A"), ("zh", "A类")):
        write(dossier, tmp_path, Form(lang, is_both=True, is_printed=False))
        assert word in (tmp_path / "data" / "who.csv").read_text(encoding="utf-8")
