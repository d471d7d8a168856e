"""The language of a page: a screen reader and a browser's hyphens go by it."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx


def say_language(
    app: Sphinx,  # noqa: ARG001 - Sphinx's signature
    page: str,
    template: str,  # noqa: ARG001 - likewise
    context: dict[str, Any],
    tree: nodes.document | None,  # noqa: ARG001 - likewise
) -> None:
    """Mark the pages of the folder ``zh`` as Chinese; the others stay what the settings say."""
    if page.startswith("zh/"):
        context["language"] = "zh-CN"
