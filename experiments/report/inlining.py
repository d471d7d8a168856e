"""A drawing as it stands inside a page: no style that the page's policy forbids, no id that another drawing has."""

from __future__ import annotations

import re
from html import escape

_OUTSIDE = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>|<style\b.*?</style>", re.DOTALL)
_STYLE = re.compile(r'\sstyle="([^"]*)"')
_ID = re.compile(r'(\sid="|\sxlink:href="#|\shref="#|url\(#)([^")]+)')
_LABELS = re.compile(
    r'\s(?:aria-labelledby|aria-describedby|xmlns:\w+|xmlns|version|role|width|height|class|lang)="[^"]*"'
)
_ACTIVE = re.compile(r"<script\b|<foreignObject\b|<image\b[^>]*href=\"(?!data:)|\son\w+=|javascript:", re.IGNORECASE)
_FONT = re.compile(r"(?:(?P<style>italic|oblique)\s+)?(?:(?P<weight>bold|\d{3})\s+)?(?P<size>[\d.]+)px\b.*")
_FAMILY = {"font-family", "font-stretch", "font-variant", "-inkscape-font-specification"}
"""Left to the page, whose fonts are those that the reader has."""


class DrawingError(ValueError):
    """A drawing that would run or fetch something."""


def inlined(svg: bytes, prefix: str, *, label: str) -> str:
    """Return an SVG to stand in a page.

    Parameters
    ----------
    svg
        As Matplotlib writes it, with a title and a description that say what it shows.
    prefix
        Put before each of its ids.
    label
        What it shows, for a drawing without a title of its own.

    Raises
    ------
    DrawingError
        If it holds a script or a picture from elsewhere.
    """
    text = _OUTSIDE.sub("", svg.decode("utf-8")).strip()
    if _ACTIVE.search(text):
        raise DrawingError(f"the drawing {prefix!r} holds a script or a picture from elsewhere")
    text = _ID.sub(lambda found: f"{found[1]}{prefix}-{found[2]}", text)
    text = _STYLE.sub(lambda found: _attributes(found[1]), text)
    text = re.sub(r"<defs>\s*</defs>", "", text).replace("xlink:href=", "href=")
    return _headed(re.sub(r">\s+<", "><", text), label)


def description_of(svg: str) -> str:
    """Return what a drawing says of itself to those who do not see it: its description, else its title; HTML-escaped."""
    found = re.search(r"<desc>(.*?)</desc>", svg, re.DOTALL) or re.search(r"<title>(.*?)</title>", svg, re.DOTALL)
    return found[1].strip() if found else ""


def _headed(text: str, label: str) -> str:
    """Return a drawing with a root that names its role; lines are joined as Matplotlib's style sheet asked."""
    attributes, close, body = text.removeprefix("<svg").partition(">")
    kept = _LABELS.sub("", attributes)
    title = re.search(r"<title>(.*?)</title>", body, re.DOTALL)
    if not title:
        body = f"<title>{escape(label)}</title>{body}"
    name = title[1].strip() if title else escape(label, quote=True)
    name = name.replace('"', "&quot;")
    return f'<svg role="img" aria-label="{name}" stroke-linejoin="round" stroke-linecap="butt"{kept}{close}{body}'


def _attributes(style: str) -> str:
    """Return declarations as attributes, which a policy without inline styles allows.

    >>> _attributes("font: bold 9px 'DejaVu Sans'; fill: #fff; text-anchor: end")
    ' font-weight="bold" font-size="9" fill="#fff" text-anchor="end"'
    """
    written: list[str] = []
    for declaration in style.replace("&quot;", "'").split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name == "font":
            written += _font(value)
        elif name == "font-size":
            written.append(f'font-size="{value.removesuffix("px")}"')
        elif value and name not in _FAMILY:
            written.append(f'{name}="{value}"')
    return "".join(f" {one}" for one in written)


def _font(value: str) -> list[str]:
    found = _FONT.fullmatch(value)
    if not found:
        return []
    parts = {"font-style": found["style"], "font-weight": found["weight"], "font-size": found["size"]}
    return [f'{name}="{part}"' for name, part in parts.items() if part]
