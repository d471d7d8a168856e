"""One self-contained page of a report: nothing of it comes from outside, no number of it is computed here."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache, partial
from html import escape
from pathlib import Path
from typing import Any

from experiments.design import DesignError, version
from experiments.report import cells
from experiments.report.brief import brief_of
from experiments.report.inlining import inlined, is_titled
from experiments.report.page_words import NAMES, provenance_label, word
from experiments.report.parts import AUDIENCES, Command, Dossier, Figure, Table
from experiments.report.tasks import tasks_of
from experiments.words import LANGUAGES, date_label

BOTH = "both"
"""Asks for both languages, with a switch."""
ROWS_MAX = 300
"""Rows of a table that a page shows; its data file holds all."""
_TEMPLATES = Path(__file__).parent / "templates"
_TAGS = {"en": "en", "zh": "zh-Hans"}
_ADDRESS = re.compile(r"https?://[^\s<>\"'，。；）、]+[^\s<>\"'，。；）、.,;:)]")

NARROW = "-narrow"
"""Behind a language, it asks for the drawing made for a phone."""
Drawings = Mapping[str, Mapping[str, bytes]]
"""SVG of each figure by its id, then by language: ``en``, and ``en-narrow`` where there is a drawing for phones."""


def page(dossier: Dossier, lang: str, audience: str, figures: Drawings) -> str:
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

    Raises
    ------
    DesignError
        For a language or an audience that does not exist.
    """
    if audience not in AUDIENCES:
        raise DesignError(f"the audience must be one of {', '.join(AUDIENCES)}, got {audience!r}")
    return _rendered(f"{audience}.html.j2", dossier, lang, audience, figures)


def answers(dossier: Dossier, lang: str) -> str:
    """Return the teacher's answers to the tasks of a class, made from the same tables, as HTML."""
    return _rendered("answers.html.j2", dossier, lang, "class", {}, title="answers_of")


def languages_of(lang: str) -> tuple[str, ...]:
    """Return the languages that are asked for, the one shown first in front.

    >>> languages_of("both"), languages_of("zh")
    (('en', 'zh'), ('zh',))
    """
    if lang == BOTH:
        return LANGUAGES
    if lang not in LANGUAGES:
        raise DesignError(f"the language must be one of {', '.join((*LANGUAGES, BOTH))}, got {lang!r}")
    return (lang,)


def picture_name(figure: str, ending: str, lang: str, langs: tuple[str, ...]) -> str:
    """Return the file of a drawing: the language shown first goes without saying.

    >>> picture_name("paths", "svg", "zh", ("en", "zh")), picture_name("paths", "svg", "zh", ("zh",))
    ('paths.zh.svg', 'paths.svg')
    """
    return f"{figure}.{ending}" if lang == langs[0] else f"{figure}.{lang}.{ending}"


def hashed(text: str) -> str:
    """Return the hash by which a policy lets one script or one style sheet pass."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def asset(name: str) -> str:
    """Return a style sheet or a script, as it is put into a page."""
    return _without_empty_lines((_TEMPLATES / name).read_text(encoding="utf-8"))


def plain(value: Any, lang: str) -> str:
    """Return a value of the provenance in words."""
    if isinstance(value, Mapping):
        return word("list_apart", lang).join(f"{key} {plain(one, lang)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return word("row_apart", lang).join(plain(one, lang) for one in value)
    return word("none", lang) if value is None or value == "" else str(value)


@cache
def environment() -> Any:
    """Return the templates, which escape whatever they are given."""
    import jinja2
    from markupsafe import Markup

    loader = jinja2.FileSystemLoader(_TEMPLATES)
    made = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["linked"] = lambda text: Markup(linked(text))  # noqa: S704 - escaped by `linked`
    made.filters["tag"] = _TAGS.__getitem__
    made.globals |= {
        **{name: getattr(cells, name) for name in ("shown", "header", "is_number", "is_unclear_row", "mark")},
        "big_number": cells.big_number,
        "kind_of": lambda item: type(item).__name__,
        "month": _month,
        "names": NAMES,
        "plain": plain,
        "provenance_label": provenance_label,
        "rows_max": ROWS_MAX,
        "unclear_tags": _has_unclear,
        "version": version(),
        "word": word,
    }
    return made


def linked(text: str) -> str:
    """Return a text as HTML, its addresses as links.

    >>> linked("<b> https://example.org/a?x=1&y=2.")
    '&lt;b&gt; <a href="https://example.org/a?x=1&amp;y=2" rel="noopener noreferrer">https://example.org/a?x=1&amp;y=2</a>.'
    """
    parts, end = [], 0
    for found in _ADDRESS.finditer(text):
        address = escape(found[0])
        parts += [escape(text[end : found.start()]), f'<a href="{address}" rel="noopener noreferrer">{address}</a>']
        end = found.end()
    return "".join(parts) + escape(text[end:])


def _rendered(
    body: str, dossier: Dossier, lang: str, audience: str, figures: Drawings, *, title: str | None = None
) -> str:
    langs = languages_of(lang)
    style, script = asset("page.css"), asset("page.js")
    titles = {
        one: word(title, one, title=dossier.title[one]) if title else _title(dossier, one, audience) for one in langs
    }
    written: str = (
        environment()
        .get_template("frame.html.j2")
        .render(
            audience=audience,
            body=body,
            brief=brief_of(dossier),
            dossier=dossier,
            drawing=partial(_drawing, figures),
            is_told=_tells_command(dossier),
            langs=langs,
            parts=tasks_of(dossier),
            picture_name=picture_name,
            script=_safe(script),
            script_hash=hashed(script),
            sections=[section for section in dossier.sections if audience in section.audiences],
            style=_safe(style),
            style_hash=hashed(style),
            titles=titles,
        )
    )
    return _without_empty_lines(written)


def _without_empty_lines(text: str) -> str:
    return re.sub(r"\n\s*\n", "\n", text)


def _tells_command(dossier: Dossier) -> bool:
    """Return whether a section says how the report is made again, so that the page need not."""
    return any(isinstance(item, Command) and item.line == dossier.command.line for _, item in dossier.placed())


def _title(dossier: Dossier, lang: str, audience: str) -> str:
    kind = {"analyst": "kicker", "minister": "one_page", "class": "task_sheet"}[audience]
    return f"{dossier.title[lang]} · {word(kind, lang)}"


def _drawing(figures: Drawings, figure: Figure, lang: str) -> dict[str, Any]:
    """Return a drawing and, where there is one, that for a phone; whether they bear the figure's title."""
    drawn = figures[figure.id]
    narrow = drawn.get(f"{lang}{NARROW}")
    label = figure.title[lang]
    return {
        "wide": _safe(inlined(drawn[lang], f"{lang}-{figure.id}", label=label)),
        "narrow": _safe(inlined(narrow, f"{lang}-{figure.id}-n", label=label)) if narrow else None,
        "is_titled": is_titled(drawn[lang], label),
    }


def _safe(text: str) -> Any:
    """Return a text of our own that a template must not escape."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - style sheets, scripts and drawings are ours


def _month(date: str, lang: str) -> str:
    return date_label(date, lang) if re.fullmatch(r"\d{4}(-\d{2})?", date) else date


def _has_unclear(table: Table) -> bool:
    return any(cells.mark(column, row) == cells.UNCLEAR for row in table.rows for column in table.columns)
