"""A finished answer as one page to keep: the finding, its figures with their tables, what it costs, how to make it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from experiments.classroom.answering.drawn import drawings_of, same
from experiments.classroom.answering.words import told
from experiments.figures import draw
from experiments.report.page import page
from experiments.report.parts import Command, Dossier, Figure, Paragraph, Section

_SETTINGS = ("seed", "replicates", "draws", "scale", "until")


def report_of(answer: Mapping[str, Any]) -> str:
    """Return the page of an answer as HTML, in the question's language; its numbers are those of the answer."""
    lang, figures = str(answer["asked"]["lang"]), list(drawings_of(answer))
    drawn = {figure.id: {lang: draw(figure, lang, ".svg")} for figure in figures}
    return page(_dossier(answer, figures, lang), lang, "analyst", drawn, beside=())


def _dossier(answer: Mapping[str, Any], figures: list[Figure], lang: str) -> Dossier:
    asked = answer["asked"]
    return Dossier(
        title=same(answer["title"]),
        headline=same(answer["finding"]["text"]),
        lead=(same(answer["interval"]),),
        numbers=(),
        warnings=tuple(same(one["text"]) for one in answer["warnings"]),
        sections=tuple(_sections(answer, figures, lang)),
        command=Command(str(answer["command"]), same(told("report_again", lang))),
        provenance={"version": answer["version"], **{name: asked[name] for name in _SETTINGS}},
    )


def _sections(answer: Mapping[str, Any], figures: list[Figure], lang: str) -> Iterator[Section]:
    for figure in figures:
        yield Section(figure.id, same(told(f"report_{figure.id}", lang)), (figure,))
    texts = [Paragraph(same(answer[name]["text"])) for name in ("persons", "cost")]
    yield Section("people-and-money", same(told("report_people", lang)), tuple(texts))
    yield Section("source", same(told("report_source", lang)), (Paragraph(same(answer["sources"]), "note"),))
