"""The gallery of figures: each kind drawn in both languages, with its table and its alternative text.

Run it from the root of the repository::

    python -m docs.gallery          # draws again what docs/figures/gallery/figures.json keeps, in seconds
    python -m docs.gallery --run    # makes the numbers anew first: some minutes of simulation
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from docs import gallery_records
from experiments.figures import KINDS, alt, draw
from experiments.report.parts import Column, Figure, Table, flat

DOCS = Path(__file__).parent
FOLDER = DOCS / "figures" / "gallery"
KEPT = FOLDER / "figures.json"
PAGE = DOCS / "gallery.md"
RUNS = (
    "report whole-article category-a-less-stringent one-stop points-based-pr --scale 5000 --replicates 8 --until 2035-12",
    "report whole-article --scale 2000 --replicates 8 --until 2035-12",
)
"""Several scenarios for what compares them, one for what a single one shows."""
OPENING = (
    "# Gallery of figures",
    (
        "Every kind of figure that a report draws (`experiments.figures.KINDS`), each from its table alone. The first drawing is"
        " for a page, the second for a phone, in Chinese. `python -m docs.gallery` writes this page from the numbers kept in"
        " `docs/figures/gallery/figures.json`; `python -m docs.gallery --run` makes these anew."
    ),
    (
        "Numbers come from a small run that shows the way, no more, from numbers published in these pages, or, where the line at"
        " the bottom of a figure says so, are invented to show the drawing."
    ),
)
ROWS_SHOWN = 8
SHOWN = {
    "paths": "What changes when: levels above, differences from today's law below.",
    "forest": "Many effects beside each other, the largest first.",
    "tiles": "Where: one tile a province, without borders.",
    "flows": "Where people come from and what becomes of them.",
    "survival": "How long people stay.",
    "waterfall": "What each part of a package adds.",
    "pareto": "What effect costs what.",
    "points": "Points of people, and where a reform moves the bars.",
    "queue": "How long people wait.",
    "ranking": "Which reforms may be among the best.",
    "lorenz": "How evenly something is shared.",
    "drivers": "Which parameters an effect depends on.",
    "fit": "What the model answers to each observed number.",
}


def main(words: list[str]) -> None:
    """Draw the gallery; with ``--run`` from new runs."""
    if "--run" in words:
        keep(made(reported()))
    figures = kept()
    for figure in figures:
        for name, content in files_of(figure).items():
            (FOLDER / name).write_bytes(content)
    PAGE.write_text(page_of(figures), encoding="utf-8")
    print(f"{len(figures)} figures: {PAGE.relative_to(DOCS.parent)}")


def made(reports: Iterable[Mapping[str, Any]]) -> list[Figure]:
    """Return one figure of each kind: of the first report that has one, else of numbers in these pages."""
    found: dict[str, Figure] = {}
    for figure in (figure for report in reports for figure in figures_in(report)):
        found.setdefault(figure.kind, figure)
    for figure in (gallery_records.ranking(), gallery_records.pareto(), gallery_records.lorenz()):
        found.setdefault(figure.kind, figure)
    return [found[kind] for kind in KINDS]


def reported() -> Iterator[dict[str, Any]]:
    """Yield the reports, run anew."""
    for line in RUNS:
        command = [sys.executable, "-m", "experiments.cli", *line.split(), "--json"]
        yield json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)  # noqa: S603 - our own command


def keep(figures: list[Figure]) -> None:
    """Write down figures with their numbers."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    KEPT.write_text(json.dumps([asdict(figure) for figure in figures], ensure_ascii=False) + "\n", encoding="utf-8")


def figures_in(report: Mapping[str, Any]) -> Iterator[Figure]:
    """Yield the figures of a report's data file."""
    for section in report["sections"]:
        yield from (figure_of(item) for item in section["items"] if item["item"] == "figure")


def kept() -> list[Figure]:
    """Return the figures whose numbers are kept."""
    return [figure_of(one) for one in json.loads(KEPT.read_text(encoding="utf-8"))]


def figure_of(held: Mapping[str, Any]) -> Figure:
    """Return a figure from plain data."""
    table = {key: value for key, value in held["table"].items() if key != "item"}
    columns = tuple(Column(**column) for column in table.pop("columns"))
    rest = {key: value for key, value in held.items() if key not in {"item", "table"}}
    return Figure(**rest, table=Table(**(table | {"columns": columns, "rows": tuple(table["rows"])})))


def files_of(figure: Figure) -> dict[str, bytes]:
    """Return a figure's files by name: wide in English, narrow in Chinese."""
    return {
        f"{figure.kind}.svg": draw(figure, "en", ".svg"),
        f"{figure.kind}-zh-narrow.svg": draw(figure, "zh", ".svg", is_narrow=True),
    }


def page_of(figures: list[Figure]) -> str:
    """Return the page: each figure, its narrow drawing in Chinese, its alternative text, its table."""
    parts = [*OPENING, *(block for figure in figures for block in blocks_of(figure))]
    return "\n\n".join(parts) + "\n"


def blocks_of(figure: Figure) -> Iterator[str]:
    """Yield what the page says of one figure."""
    yield f"## `{figure.kind}`"
    yield SHOWN[figure.kind]
    yield f"![{bare(alt(figure, 'en'))}](figures/gallery/{figure.kind}.svg)"
    yield f"![{bare(alt(figure, 'zh'))}](figures/gallery/{figure.kind}-zh-narrow.svg)"
    yield f"Alternative text: {alt(figure, 'en')}"
    names, rows = flat(figure.table)
    lines = [names, ["---"] * len(names), *rows[:ROWS_SHOWN]]
    yield "\n".join("| " + " | ".join(map(cell, line)) + " |" for line in lines)
    if len(rows) > ROWS_SHOWN:
        yield f"... {len(rows)} rows in all."


def bare(text: str) -> str:
    """Return a text that cannot end an image's description."""
    return text.replace("[", "(").replace("]", ")")


def cell(value: Any) -> str:
    """Return a cell of a Markdown table."""
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value).replace("|", "/")


if __name__ == "__main__":
    main(sys.argv[1:])
