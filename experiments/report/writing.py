"""A report as files: the page, slides, a workbook, every figure as a drawing, every table as data."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experiments.batch.durable import aside, write_durably
from experiments.design import DesignError
from experiments.report.parts import Dossier, Figure, Table, flat
from experiments.report.writing_json import ReportFileError, read_report, to_json
from experiments.words import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

    from experiments.report.frame import Drawings

REPORT = "data/report.json"
PAGE, SLIDES, ANSWERS, WORKBOOK, PRINTED = "index.html", "slides.html", "answers.html", "report.xlsx", "report.pdf"
EXPERIMENT = "data/experiment.yaml"
"""The file of the batch that a report of a store was made from."""
CLASS = "class"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula."""
_ENDINGS = (".svg", ".png")

OnNote = Callable[[str], None]


@dataclass(frozen=True)
class Form:
    """How a report is written: its language, for whom, whether the page holds both languages, whether it is printed."""

    lang: str = "en"
    audience: str = "analyst"
    is_both: bool = False
    is_printed: bool = True

    @property
    def of_page(self) -> str:
        """Languages of the page, as it is asked for them."""
        return "both" if self.is_both else self.lang


def write_report(dossier: Dossier, folder: Path, form: Form, *, on_note: OnNote) -> list[Path]:
    """Write all files of a report; return the page and what else was written.

    What this machine cannot write, for want of a browser or a library, is left out and told. The page comes after all
    that it links to; its own print, which is made from it, is linked once it is there. What an earlier report left in
    the folder goes first, its page before all else.
    """
    from experiments.report.frame import languages_of
    from experiments.report.page import answers
    from experiments.report.slides import slides

    langs = languages_of(form.of_page)
    svgs = {figure.id: _drawings(figure, langs) for figure in dossier.figures()}
    _clear(folder)
    for path, content in _files(dossier, svgs, langs, form.lang):
        write_durably(folder / path, content, folder)
    pages = {SLIDES: slides(dossier, form.of_page, svgs)}
    if form.audience == CLASS:
        pages[ANSWERS] = answers(dossier, form.of_page)
    written = _written_if_possible(WORKBOOK, lambda: _workbook(dossier, folder, form), folder, on_note)
    for name, text in pages.items():
        write_durably(folder / name, text.encode(), folder)
    beside = [REPORT, SLIDES, *written]
    _write_page(dossier, folder, form, svgs, beside)
    if form.is_printed and _written_if_possible(PRINTED, lambda: _print(folder, form), folder, on_note):
        written.append(PRINTED)
        _write_page(dossier, folder, form, svgs, [*beside, PRINTED])
    return [folder / name for name in (PAGE, *pages, *written, "figures", "data")]


def _clear(folder: Path) -> None:
    """Remove what an earlier report wrote into a folder, the page first; a file of any other name stays."""
    for name in (PAGE, PRINTED, SLIDES, ANSWERS, WORKBOOK):
        (folder / name).unlink(missing_ok=True)
    for path in _of_report(folder):
        (folder / path).unlink(missing_ok=True)


def _of_report(folder: Path) -> Iterator[str]:
    """Yield the files that the report kept in a folder has for its figures and tables, whatever its language."""
    try:
        kept = read_report(folder / REPORT)
    except (OSError, ReportFileError):
        return
    for table in kept.tables():
        yield f"data/{table.id}.csv"
    for figure in kept.figures():
        for ending in _ENDINGS:
            yield from (f"figures/{figure.id}{lang}{ending}" for lang in ("", *(f".{one}" for one in LANGUAGES)))
    if kept.provenance.get("experiment_yaml"):
        yield EXPERIMENT


def _write_page(dossier: Dossier, folder: Path, form: Form, svgs: Drawings, beside: Collection[str]) -> None:
    """Write the page, which links to the files that stand beside it."""
    from experiments.report.page import page

    text = page(dossier, form.of_page, form.audience, svgs, beside=beside)
    write_durably(folder / PAGE, text.encode(), folder)


def _written_if_possible(name: str, write: Callable[[], None], folder: Path, on_note: OnNote) -> list[str]:
    """Write a file that not every machine can write, and return its name; if not, say why and leave no older one."""
    try:
        write()
    except DesignError as error:
        on_note(str(error))
        (folder / name).unlink(missing_ok=True)
        return []
    return [name]


def _workbook(dossier: Dossier, folder: Path, form: Form) -> None:
    from experiments.report.workbook import write_workbook

    with aside(folder / WORKBOOK, folder) as temporary:
        write_workbook(temporary, dossier, form.lang)


def _print(folder: Path, form: Form) -> None:
    from experiments.report.pdf import print_pdf

    print_pdf(folder / PAGE, folder / PRINTED, lang=form.lang)


def _files(dossier: Dossier, svgs: Drawings, langs: tuple[str, ...], lang: str) -> Iterator[tuple[str, bytes]]:
    from experiments.report.frame import picture_name

    yield REPORT, (to_json(dossier) + "\n").encode()
    if dossier.provenance.get("experiment_yaml"):
        yield EXPERIMENT, str(dossier.provenance["experiment_yaml"]).encode()
    for table in dossier.tables():
        yield f"data/{table.id}.csv", to_csv(table, lang).encode()
    for figure in dossier.figures():
        for one in langs:
            pictures = zip(_ENDINGS, (svgs[figure.id][one], _drawn(figure, one, ".png")), strict=True)
            for ending, content in pictures:
                yield f"figures/{picture_name(figure.id, ending.removeprefix('.'), one, langs)}", content


def _drawings(figure: Figure, langs: tuple[str, ...]) -> dict[str, bytes]:
    """Return the drawings of a figure for a page, each language also for phones."""
    from experiments.report.frame import NARROW

    wide = {lang: _drawn(figure, lang, ".svg") for lang in langs}
    return wide | {f"{lang}{NARROW}": _drawn(figure, lang, ".svg", is_narrow=True) for lang in langs}


def _drawn(figure: Figure, lang: str, ending: str, *, is_narrow: bool = False) -> bytes:
    from experiments.figures.drawing import draw

    content: bytes = draw(figure, lang, ending, is_narrow=is_narrow)
    return content


def to_csv(table: Table, lang: str) -> str:
    """Return a table as CSV text with a header; an empty cell where there is no number.

    Text that a spreadsheet would take for a formula begins with a quote; a number never does.
    """
    names, rows = flat(table, lang)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
