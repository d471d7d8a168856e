"""One self-contained page of a report: nothing of it comes from outside, no number of it is computed here."""

from __future__ import annotations

from collections.abc import Collection

from experiments.design import DesignError
from experiments.report.brief import brief_of
from experiments.report.frame import Drawings, framed
from experiments.report.page_words import word
from experiments.report.parts import AUDIENCES, Command, Dossier, Text
from experiments.report.tasks import tasks_of
from experiments.words import LANGUAGES

BESIDE = {
    "report.xlsx": "workbook_file",
    "report.pdf": "print_file",
    "slides.html": "slides_file",
    "data/report.json": "report_file",
}
"""Files beside a page, and what they are called there."""
_KINDS = {"analyst": "kicker", "minister": "one_page", "class": "task_sheet"}
"""What the page of each audience is called in the title of its window."""


def page(
    dossier: Dossier, lang: str, audience: str, figures: Drawings, *, beside: Collection[str] = tuple(BESIDE)
) -> str:
    """Return the page of a report as HTML.

    Parameters
    ----------
    dossier
        All that it says.
    lang
        ``en``, ``zh``, or ``both``: English first, with a switch.
    audience
        ``minister``: one sheet of paper; ``analyst``: everything; ``class``: tasks, with the numbers in closed boxes.
    figures
        Drawings of the figures.
    beside
        Which of ``BESIDE`` stand beside the page: it links to these alone.

    Raises
    ------
    DesignError
        For a language or an audience that does not exist.
    """
    if audience not in AUDIENCES:
        raise DesignError(f"the audience must be one of {', '.join(AUDIENCES)}, got {audience!r}")
    return framed(
        f"{audience}.html.j2",
        dossier,
        lang,
        figures,
        titles=_titles(dossier, _KINDS[audience]),
        kind=audience,
        beside={file: key for file, key in BESIDE.items() if file in beside},
        brief=brief_of(dossier),
        is_told=_tells_command(dossier),
        parts=tasks_of(dossier) if audience == "class" else [],
        sections=[section for section in dossier.sections if audience in section.audiences],
    )


def answers(dossier: Dossier, lang: str) -> str:
    """Return the teacher's answers to the tasks of a class, made from the same tables, as HTML."""
    titles = {one: word("answers_of", one, title=dossier.title[one]) for one in LANGUAGES}
    return framed("answers.html.j2", dossier, lang, {}, titles=titles, kind="class", parts=tasks_of(dossier))


def _titles(dossier: Dossier, kind: str) -> Text:
    return {lang: f"{dossier.title[lang]} · {word(kind, lang)}" for lang in LANGUAGES}


def _tells_command(dossier: Dossier) -> bool:
    """Return whether a section says how the report is made again, so that the page need not."""
    return any(isinstance(item, Command) and item.line == dossier.command.line for _, item in dossier.placed())
