"""The tree of pages, by name and pattern: a page that is added is found without an edit."""

from __future__ import annotations

from pathlib import Path

NAVIGATION = {
    "Start": ["tutorial", "classroom", "lessons", "lessons/*", "notebooks/README", "viewer", "estimates"],
    "中文": ["zh/index"],
    "Use": ["experiments", "analyses/README", "reports", "gallery", "export", "store", "clusters", "outside-tools"],
    "Understand": ["model", "concepts/README", "explanation/README", "randomness", "assumptions", "glossary"],
    "Reference": [
        "reference/commands",
        "reference/simulation",
        "reference/scenarios",
        "reference/experiments",
        "reference/*",
    ],
    "Project": ["*", "decisions/README", "changelog", "contributing"],
}
"""Part of the site -> its pages. A page stands where it is named first; one that no name fits is found by ``*``."""

BELOW = {
    "analyses/README": ["analyses/*"],
    "concepts/README": ["concepts/*"],
    "decisions/README": ["decisions/*"],
    "explanation/README": ["explanation/*"],
    "notebooks/README": ["notebooks/*"],
    "zh/index": ["zh/*", "zh/*/*"],
}
"""Page of a part -> the pages below it."""

LISTED = {"decisions/README": "", "explanation/README": "", "notebooks/README": "", "zh/index": "## 其他中文页面\n\n"}
"""Part whose pages are listed at its end, and what stands above the list; the others name theirs in a table."""

SUFFIXES = (".md", ".ipynb")


def navigation(docs: Path) -> str:
    """Return the tree as Markdown that the site reads: a hidden list for every part."""
    named = {pattern for patterns in NAVIGATION.values() for pattern in patterns if "*" not in pattern}
    placed = {"index"}
    parts = []
    for caption, patterns in NAVIGATION.items():
        pages = []
        for pattern in patterns:
            found = [page for page in _matching(docs, pattern) if page not in placed]
            pages += [page for page in found if page == pattern or page not in named]
            placed |= set(pages)
        parts.append(_toctree(pages, f":caption: {caption}", ":hidden:"))
    return "\n".join(parts)


def below(docs: Path, part: str) -> str:
    """Return the pages of a part as a list, in its text or in the navigation only; nothing where there are none."""
    pages = [page for pattern in BELOW[part] for page in _matching(docs, pattern) if page not in BELOW]
    option = ":maxdepth: 1" if part in LISTED else ":hidden:"
    return LISTED.get(part, "") + _toctree(pages, option) if pages else ""


def _matching(docs: Path, pattern: str) -> list[str]:
    found = [path for suffix in SUFFIXES for path in docs.glob(pattern + suffix)]
    return sorted(path.relative_to(docs).with_suffix("").as_posix() for path in found)


def _toctree(pages: list[str], *options: str) -> str:
    return "\n".join(["```{toctree}", *options, "", *(f"/{page}" for page in pages), "```", ""])
