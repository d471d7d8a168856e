"""Slides of a report for teaching: one self-contained HTML file, turned by keys, printed a slide a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from experiments.report.brief import CHANGES, LIMITS, brief_of, lines_of
from experiments.report.cells import measured, told_once
from experiments.report.frame import Drawings, framed
from experiments.report.page_words import word
from experiments.report.parts import Command, Dossier, Figure, Paragraph, Section, Story, Table, Text
from experiments.words import LANGUAGES

_FIGURES_MAX, _ROWS_MAX, _COLUMNS_MAX, _LIMITS_MAX = 6, 7, 5, 5
_CHAPTERS_MAX, _LINES_MAX = 2, 4
_QUESTIONS = ("discuss_unclear", "discuss_who", "discuss_missing", "discuss_evidence")


@dataclass(frozen=True)
class Slide:
    """One slide: its heading and what stands below it; ``notes`` are for whoever speaks."""

    kind: str
    title: Text
    lines: tuple[Text, ...] = ()
    figure: Figure | None = None
    table: Table | None = None
    story: Story | None = None
    command: Command | None = None
    notes: tuple[Text, ...] = ()


def slides(dossier: Dossier, lang: str, figures: Drawings) -> str:
    """Return the slides of a report as HTML.

    Parameters
    ----------
    dossier
        All that they say.
    lang
        ``en``, ``zh``, or ``both``: English first, with a switch.
    figures
        Drawings of the figures.
    """
    return framed(
        "slides.html.j2",
        dossier,
        lang,
        figures,
        titles={one: f"{dossier.title[one]} · {word('slides', one)}" for one in LANGUAGES},
        kind="slides",
        assets=("page.css", "slides.css", "slides.js"),
        deck=list(deck_of(dossier)),
    )


def deck_of(dossier: Dossier) -> Iterator[Slide]:
    """Yield the slides: the finding first, questions last."""
    yield Slide("opening", dossier.headline, lines=dossier.lead[:2], notes=dossier.warnings)
    yield Slide("numbers", _said("numbers"), notes=dossier.lead[2:])
    brief = brief_of(dossier)
    if brief.changes:
        yield Slide("list", _heading(dossier, CHANGES, "changes_short"), lines=brief.changes)
    yield from _results(dossier)
    stories = [item for _, item in dossier.placed() if isinstance(item, Story)]
    for story in stories[:1]:
        yield Slide("life", story.title, story=_told_short(story), notes=(_said("a_life"),))
    limits = [line for section in dossier.sections if section.id == LIMITS for line in lines_of(section)]
    if limits:
        yield Slide("list", _said("limits_short"), lines=tuple(limits[:_LIMITS_MAX]))
    yield Slide("list", _said("discuss"), lines=tuple(_said(key) for key in _QUESTIONS))
    given = ("version", "seed", "replicates", "scale")
    told = {key: dossier.provenance[key] for key in given if key in dossier.provenance}
    made = ", ".join(f"{key} {value}" for key, value in told.items())
    lines = ({lang: f"{word('provenance', lang)}{word('colon', lang)} {made}" for lang in LANGUAGES},) if made else ()
    yield Slide("list", _said("rerun"), lines=lines, command=dossier.command)


def _results(dossier: Dossier) -> Iterator[Slide]:
    """Yield a slide for the first table of differences, and for the first figure of each section."""
    n_figures, has_table = 0, False
    for section in dossier.sections:
        for item in section.items:
            if isinstance(item, Table) and not has_table and measured(item):
                has_table = True
                yield Slide("table", section.heading, table=_shortened(item), notes=_notes(section, item.note))
        figure = next((item for item in section.items if isinstance(item, Figure)), None)
        if figure is not None and n_figures < _FIGURES_MAX:
            n_figures += 1
            yield Slide("figure", figure.title, figure=figure, notes=_notes(section, figure.subtitle, figure.source))


def _shortened(table: Table) -> Table:
    """Return what of a table fits on a slide: its first rows, its columns up to the first difference."""
    once = told_once(table)
    columns = [column for column in table.columns if column not in once]
    keep = [column.key for column in columns].index(getattr(measured(table), "key", "")) + 1
    columns = columns[: max(keep, _COLUMNS_MAX)] + [column for column in once if column.kind == "date"]
    return replace(table, columns=tuple(columns), rows=table.rows[:_ROWS_MAX], note=_EMPTY)


def _told_short(story: Story) -> Story:
    """Return what of a life fits on a slide: where its two courses differ, the first lines of each."""
    chapters = story.chapters[-_CHAPTERS_MAX:]
    return replace(story, chapters=tuple((heading, lines[:_LINES_MAX]) for heading, lines in chapters))


_EMPTY: Text = {"en": "", "zh": ""}


def _notes(section: Section, *texts: Text) -> tuple[Text, ...]:
    told = [item.text for item in section.items if isinstance(item, Paragraph) and item.role != "quote"]
    return tuple(text for text in (*told, *texts) if text["en"])


def _heading(dossier: Dossier, section_id: str, otherwise: str) -> Text:
    return next((section.heading for section in dossier.sections if section.id == section_id), _said(otherwise))


def _said(key: str) -> Text:
    return {lang: word(key, lang) for lang in LANGUAGES}
