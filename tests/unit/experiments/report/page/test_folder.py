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
