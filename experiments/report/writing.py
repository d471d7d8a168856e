"""A report as files: the page, every figure as a drawing, every table as data."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from experiments.batch.durable import write_durably
from experiments.report.parts import Dossier, Table, flat
from experiments.report.writing_json import to_json
from experiments.words import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

REPORT = "data/report.json"
PAGE = "index.html"
EXPERIMENT = "data/experiment.yaml"
"""The file of the batch that a report of a store was made from."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula."""


def write_report(dossier: Dossier, folder: Path, *, lang: str, audience: str) -> list[Path]:
    """Write all files of a report; return the page and the folders of figures and data.

    The page is written last: where it is, everything is.
    """
    from experiments.report.page import page

    svgs = {figure.id: {one: _drawn(figure, one, ".svg") for one in LANGUAGES} for figure in dossier.figures()}
    for path, content in _files(dossier, svgs, lang):
        write_durably(folder / path, content, folder)
    text = page(dossier, lang, audience, svgs)
    write_durably(folder / PAGE, text.encode(), folder)
    return [folder / PAGE, folder / "figures", folder / "data"]


def _files(dossier: Dossier, svgs: Any, lang: str) -> Iterator[tuple[str, bytes]]:
    yield REPORT, (to_json(dossier) + "\n").encode()
    if dossier.provenance.get("experiment_yaml"):
        yield EXPERIMENT, str(dossier.provenance["experiment_yaml"]).encode()
    for table in dossier.tables():
        yield f"data/{table.id}.csv", to_csv(table, lang).encode()
    for figure in dossier.figures():
        yield f"figures/{figure.id}.svg", svgs[figure.id][lang]
        yield f"figures/{figure.id}.png", _drawn(figure, lang, ".png")


def _drawn(figure: Any, lang: str, ending: str) -> bytes:
    from experiments.figures.drawing import draw

    content: bytes = draw(figure, lang, ending)
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
