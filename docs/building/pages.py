"""What the site adds to plain pages while it reads them: the tree, the reference, files of the root, notebooks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sphinx.application import Sphinx

from docs.building import commands, doors, tree

DOCS = Path(__file__).parents[1]
FROM_THE_ROOT = {"changelog": "CHANGELOG.md", "contributing": "CONTRIBUTING.md"}
"""Page -> the file of the root that is shown in its place."""

ADDED: dict[str, Callable[[], str]] = {
    "index": partial(tree.navigation, DOCS),
    "reference/commands": commands.reference,
    **{f"reference/{door}": partial(doors.reference, door) for door in doors.DOORS},
    **{page: partial(tree.below, DOCS, page) for page in tree.BELOW},
}
"""Page -> what stands at its end."""


def complete(app: Sphinx, page: str, content: list[str]) -> None:
    """Complete a page's text in place, as Sphinx asks of its event ``source-read``."""
    path = app.env.doc2path(page)
    if page in FROM_THE_ROOT:
        content[0] = f"```{{include}} ../{FROM_THE_ROOT[page]}\n:relative-docs: docs/\n:relative-images:\n```\n"
    elif path.suffix == ".ipynb":
        content[0] = from_notebook(content[0])
    content[0] = to_folders(content[0], path.parent)
    if page in ADDED:
        content[0] += f"\n\n{ADDED[page]()}\n"
    if page in ADDED or page in FROM_THE_ROOT:
        # What is added depends on more than the page's own file.
        app.env.note_reread()


def to_folders(text: str, folder: Path) -> str:
    """Return a page's text with links to a folder leading to what a code host shows there: its ``README.md``."""

    def whole(match: re.Match[str]) -> str:
        page = folder / match[1] / "README.md"
        return f"]({match[1].rstrip('/')}/README.md)" if page.is_file() else match[0]

    return re.sub(r"\]\(([\w./-]+)\)", whole, text)


def from_notebook(text: str) -> str:
    """Return a notebook as Markdown: its texts and its code, without outputs."""
    return "\n\n".join(_cell(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(text)["cells"])


def _cell(kind: str, source: str) -> str:
    return f"```python\n{source}\n```" if kind == "code" else source
