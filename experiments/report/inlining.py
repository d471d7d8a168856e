"""A drawing as it stands inside a page: no style that the page's policy forbids, no id that another drawing has."""

from __future__ import annotations

import re
from html import escape, unescape

_OUTSIDE = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>|<style\b.*?</style>", re.DOTALL)
_STYLE = re.compile(r'\sstyle="([^"]*)"')
_REFERENCE = re.compile(r'(\sid="|\sxlink:href="#|\shref="#|url\(#)([^")]+)')
_ROOT = re.compile(r'\s(?:aria-\w+|xmlns(?::\w+)?|version|role|width|height|class|lang|stroke-line\w+)="[^"]*"')
_ACTIVE = re.compile(r"<script\b|<foreignObject\b|\bhref=\"(?!#|data:image/)|\son\w+=|javascript:", re.IGNORECASE)
_FONT = re.compile(r"(?:(?P<style>italic|oblique)\s+)?(?:(?P<weight>bold|\d{3})\s+)?(?P<size>[\d.]+)px\b.*")
_SAID = re.compile(r"<(title|desc)\b[^>]*>(.*?)</\1>", re.DOTALL)
_WRITTEN = re.compile(r"<(?:text|tspan)\b[^>]*>([^<]*)")
_FAMILY = {"font-family", "font-stretch", "font-variant"}
"""Left to the page, whose fonts are those that the reader has."""
_VIEW = re.compile(r'viewBox="\S+ \S+ (?P<width>[\d.]+) (?P<height>[\d.]+)"')
_COMPARED = 24
_TALL = 0.85


class DrawingError(ValueError):
    """A drawing that would run or fetch something."""


def inlined(svg: bytes, prefix: str, *, label: str) -> str:
    """Return an SVG to stand in a page; what its title and description say becomes its label.

    Parameters
    ----------
    svg
        As Matplotlib writes it.
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
        raise DrawingError(f"the drawing {prefix!r} holds a script, or something from elsewhere")
    said = [found[2].strip() for found in _SAID.finditer(text)] or [escape(label)]
    text = _SAID.sub("", text)
    text = _REFERENCE.sub(lambda found: f"{found[1]}{prefix}-{found[2]}", text)
    text = _STYLE.sub(lambda found: _attributes(found[1]), text).replace("xlink:href=", "href=")
    text = re.sub(r">\s+<", "><", re.sub(r"<defs>\s*</defs>", "", text))
    return _headed(text, said)


def is_titled(svg: bytes, title: str) -> bool:
    """Return whether a title is written inside a drawing, so that a page need not write it again.

    >>> is_titled(b"<svg><text>A gain &amp;</text><text>a loss</text></svg>", "A gain & a loss")
    True
    """
    found = "".join(_WRITTEN.findall(_SAID.sub("", svg.decode("utf-8"))))
    return _bare(title)[:_COMPARED] in _bare(unescape(found))


def is_tall(svg: bytes) -> bool:
    """Return whether a drawing is about as tall as wide, or taller.

    >>> is_tall(b'<svg viewBox="0 0 100 50">'), is_tall(b'<svg viewBox="0 0 100 120">')
    (False, True)
    """
    found = _VIEW.search(svg.decode("utf-8"))
    return found is not None and float(found["height"]) > _TALL * float(found["width"])


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _headed(text: str, said: list[str]) -> str:
    attributes, close, body = text.removeprefix("<svg").partition(">")
    label = " ".join(one if one.endswith((".", "。")) else f"{one}." for one in dict.fromkeys(said))
    # Joins and ends of lines are those that Matplotlib's own style sheet asks for.
    head = (
        f'<svg role="img" aria-label="{label.replace(chr(34), "&quot;")}" stroke-linejoin="round" stroke-linecap="butt"'
    )
    return f"{head}{_ROOT.sub('', attributes)}{close}{body}"


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
