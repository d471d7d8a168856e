"""An SVG made fit to stand in a page beside others: names of its own, nothing that reaches beyond it."""

from __future__ import annotations

import re
from html import escape

_FONTS = re.compile(r"'DejaVu Sans'(?:, '[^']*')*")
_FALLBACK = "'DejaVu Sans', Verdana, sans-serif"
"""Verdana is as wide and stands where DejaVu is missing; a reader's machine knows its Chinese font."""
_HEAD = re.compile(r"<svg\b[^>]*>")
_VIEW = re.compile(r'viewBox="[^"]*"')


def tidied(svg: str, prefix: str, title: str, description: str, lang: str) -> str:
    """Return an SVG that takes the width it is given, says what it shows, and shares no id with another.

    Parameters
    ----------
    svg
        As Matplotlib writes it.
    prefix
        Put before each id; unique on a page.
    title, description
        What it says and shows, for those who do not see it.
    lang
        Of its text.
    """
    start = _HEAD.search(svg)
    view = _VIEW.search(svg)
    if start is None or view is None:
        raise ValueError("not an SVG of Matplotlib's")
    body = svg[start.end() :]
    body = re.sub(r"\s*<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    # A style sheet inside an SVG would hold for the whole page; on the root, its two rules hold for the figure.
    body = re.sub(r"\s*<defs>\s*<style[^>]*>.*?</style>\s*</defs>", "", body, count=1, flags=re.DOTALL)
    body = _FONTS.sub(_FALLBACK, _own_ids(body, prefix))
    names = f"{prefix}-title", f"{prefix}-desc"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {view.group()} role="img" '
        f'lang="{lang}" aria-labelledby="{names[0]} {names[1]}" stroke-linejoin="round" stroke-linecap="butt">'
    )
    said = f'<title id="{names[0]}">{escape(title)}</title><desc id="{names[1]}">{escape(description)}</desc>'
    return f"{head}\n{said}{body}"


def _own_ids(body: str, prefix: str) -> str:
    """Return the body with its ids prefixed where something refers to them, and dropped where nothing does."""
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', body))
    body = re.sub(r' id="([^"]+)"', lambda found: f' id="{prefix}-{found[1]}"' if found[1] in used else "", body)
    return re.sub(r'(url\(#|href="#)', rf"\g<1>{prefix}-", body)
