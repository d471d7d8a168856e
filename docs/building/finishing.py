"""Last touches to the HTML of a page, for readers who use a keyboard or a screen reader, and for Chinese."""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx

AFTER_THE_THEME = 900
"""Priority of ``finish`` among those who handle a page: the theme has made its navigation by then."""

_CODE = re.compile(r"(<pre.*?</pre>)", re.DOTALL)
_BREAK_IN_CHINESE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])")
_PARAMETERS = re.compile(r'<dl>\n((?:<dd><em class="sig-param">.*</dd>\n)+)</dl>')


def finish(
    app: Sphinx,  # noqa: ARG001 - Sphinx's signature
    page: str,
    template: str,  # noqa: ARG001 - likewise
    context: dict[str, Any],
    tree: Any,  # noqa: ARG001 - likewise
) -> None:
    """Mark pages of the folder ``zh``, and those called so, as Chinese, and mend what the theme leaves open in every page."""
    if page.startswith("zh/") or page.endswith((".zh", "-zh")):
        context["language"] = "zh-CN"
    if "body" in context:
        context["body"] = finished(context["body"])
    # The captions of the navigation are called headings without a level.
    tree_of_pages = context.get("furo_navigation_tree", "")
    context["furo_navigation_tree"] = tree_of_pages.replace('role="heading"', 'role="heading" aria-level="2"')


def finished(body: str) -> str:
    """Return the HTML of a page with what scrolls reachable by keyboard, and lines of Chinese joined without a space."""
    parts = _CODE.split(body)
    parts[::2] = [_BREAK_IN_CHINESE.sub("", part) for part in parts[::2]]
    body = "".join(parts).replace("<pre>", '<pre tabindex="0">')
    body = body.replace('<div class="table-wrapper', '<div tabindex="0" class="table-wrapper')
    return _PARAMETERS.sub(_as_list, body)


def _as_list(match: re.Match[str]) -> str:
    # Sphinx writes the parameters of a long signature as a list of definitions without terms.
    return '<ul class="sig-params">\n' + match[1].replace("<dd>", "<li>").replace("</dd>", "</li>") + "</ul>"
