"""The frame of every HTML file of a report: languages with their switch, a policy that lets nothing in from outside."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from html import escape
from pathlib import Path
from typing import Any

from experiments.design import DesignError, version
from experiments.report import cells
from experiments.report.inlining import inlined, is_tall, is_titled
from experiments.report.page_words import NAMES, provenance_label, word
from experiments.report.parts import Dossier, Figure, Item, Table, Text
from experiments.words import LANGUAGES, date_label

BOTH = "both"
"""Asks for both languages, with a switch."""
ROWS_MAX = 300
"""Rows of a table that a page shows; its data file holds all."""
ROWS_OPEN = 25
"""Rows of a table that stands open on a page; a longer one is in a closed box."""
NARROW = "-narrow"
"""Behind a language, it asks for the drawing made for a phone."""
Drawings = Mapping[str, Mapping[str, bytes]]
"""SVG of each figure by its id, then by language: ``en``, and ``en-narrow`` where there is a drawing for phones."""
_TEMPLATES = Path(__file__).parent / "templates"
_TAGS = {"en": "en", "zh": "zh-Hans"}
_ADDRESS_MAX = 42
_MARKED = re.compile(r"`(?P<code>[^`\n]+)`|(?P<address>https?://[^\s<>\"'`，。；）、]+[^\s<>\"'`，。；）、.,;:)])")
"""What stands out in a text: what is typed, between backticks, and addresses."""


def framed(
    body: str,
    dossier: Dossier,
    lang: str,
    figures: Drawings,
    *,
    titles: Text,
    kind: str,
    assets: Sequence[str] = ("page.css", "page.js"),
    **context: Any,
) -> str:
    """Return a whole HTML file.

    Parameters
    ----------
    body
        Template of what stands in it, once for each language.
    dossier
        What it tells.
    lang
        ``en``, ``zh`` or ``both``.
    figures
        Drawings of the figures.
    titles
        Of the window, by language.
    kind
        Class of the body, by which the style sheet knows it.
    assets
        Style sheets, and one script.
    context
        Whatever else the template needs.
    """
    langs = languages_of(lang)
    style = "\n".join(_asset(name) for name in assets if name.endswith(".css"))
    script = "\n".join(_asset(name) for name in assets if name.endswith(".js"))
    written: str = (
        _environment()
        .get_template("frame.html.j2")
        .render(
            body=body,
            dossier=dossier,
            drawing=partial(_drawing, figures),
            kind=kind,
            langs=langs,
            script=_safe(script),
            script_hash=_hash(script),
            style=_safe(style),
            style_hash=_hash(style),
            titles=titles,
            **context,
        )
    )
    return _without_empty_lines(written)


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


def plain(value: Any, lang: str) -> str:
    """Return a value of the provenance in words.

    >>> plain({"seeds": [1, 2]}, "en"), plain(None, "zh")
    ('seeds 1, 2', '无')
    """
    if isinstance(value, Mapping):
        return word("list_apart", lang).join(f"{key} {plain(one, lang)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return word("row_apart", lang).join(plain(one, lang) for one in value)
    return word("none", lang) if value is None or value == "" else str(value)


def in_groups(items: Sequence[Item]) -> list[list[Item]]:
    """Return items as they stand on a page: figures that follow each other together, all else alone."""
    groups: list[list[Item]] = []
    for item in items:
        if groups and isinstance(item, Figure) and isinstance(groups[-1][-1], Figure):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def provenance_lines(dossier: Dossier, lang: str) -> list[tuple[str, str]]:
    """Return what a report was made from, as labels and values; whole files among it are in its data alone."""
    values = {key: plain(value, lang) for key, value in dossier.provenance.items()}
    return [(provenance_label(key, lang), value) for key, value in values.items() if "\n" not in value]


def linked(text: str) -> str:
    """Return a text as HTML: its addresses as links, what is typed as code.

    >>> linked("<b> `run` https://example.org/a?x=1&y=2.")
    '&lt;b&gt; <code>run</code> <a href="https://example.org/a?x=1&amp;y=2" rel="noopener noreferrer">https://example.org/a?x=1&amp;y=2</a>.'
    """
    return "".join(_linked_parts(text))


def _linked_parts(text: str) -> Iterator[str]:
    end = 0
    for found in _MARKED.finditer(text):
        yield escape(text[end : found.start()])
        if found["code"]:
            yield f"<code>{escape(found['code'])}</code>"
        else:
            address = found["address"]
            yield f'<a href="{escape(address)}" rel="noopener noreferrer">{escape(_shortened(address))}</a>'
        end = found.end()
    yield escape(text[end:])


def _shortened(address: str) -> str:
    """Return an address as a page shows it: of a long one, whose site it is on."""
    return address if len(address) <= _ADDRESS_MAX else f"{address.split('/')[2]}/…"


@cache
def _environment() -> Any:
    """Return the templates, which escape whatever they are given."""
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["linked"] = lambda text: _safe(linked(text))
    made.filters["steady"] = lambda text: text.replace(" = ", "\u00a0=\u00a0")
    made.filters["tag"] = _TAGS.__getitem__
    made.globals |= {
        **{
            name: getattr(cells, name)
            for name in ("shown", "header", "is_number", "is_unclear_row", "mark", "big_number", "told_once", "is_long")
        },
        "in_groups": in_groups,
        "kind_of": lambda item: type(item).__name__,
        "month": _month,
        "names": NAMES,
        "picture_name": picture_name,
        "provenance_lines": provenance_lines,
        "has_verdict": lambda table: any(column.key == "verdict" for column in table.columns),
        "rows_max": ROWS_MAX,
        "rows_open": ROWS_OPEN,
        "unclear_tags": _has_unclear,
        "version": version(),
        "word": word,
    }
    return made


def _drawing(figures: Drawings, figure: Figure, lang: str) -> dict[str, Any]:
    """Return a drawing and, where there is one, that for a phone; whether they bear the figure's title."""
    drawn = figures[figure.id]
    narrow = drawn.get(f"{lang}{NARROW}")
    label = figure.title[lang]
    return {
        "wide": _safe(inlined(drawn[lang], f"{lang}-{figure.id}", label=label)),
        "narrow": _safe(inlined(narrow, f"{lang}-{figure.id}-n", label=label)) if narrow else None,
        "is_tall": is_tall(drawn[lang]),
        "is_titled": is_titled(drawn[lang], label),
    }


def _month(date: str, lang: str) -> str:
    return date_label(date, lang) if re.fullmatch(r"\d{4}(-\d{2})?", date) else date


def _has_unclear(table: Table) -> bool:
    return any(cells.mark(column, row) == cells.UNCLEAR for row in table.rows for column in table.columns)


def _safe(text: str) -> Any:
    """Return a text of our own that a template must not escape."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - style sheets, scripts, drawings, and links that were escaped


def _hash(text: str) -> str:
    """Return the hash by which a policy lets one script or one style sheet pass."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _asset(name: str) -> str:
    return _without_empty_lines((_TEMPLATES / name).read_text(encoding="utf-8")).strip()


def _without_empty_lines(text: str) -> str:
    return re.sub(r"\n\s*\n", "\n", text)
