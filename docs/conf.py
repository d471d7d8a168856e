"""Settings of the documentation site: ``sphinx-build -W --keep-going -n docs site`` writes it into the folder ``site``.

Pages are plain Markdown that reads well on a code host, too. What only the site has, ``docs/building`` adds while it is built:
the tree of pages, the reference, search in Chinese.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

DOCS = Path(__file__).parent
# The packages of this tree are described, not those of another copy that may be installed.
sys.path.insert(0, str(DOCS.parent))

from docs.building.finishing import AFTER_THE_THEME, finish  # noqa: E402 - found only from here on
from docs.building.pages import complete  # noqa: E402
from docs.building.searching import SearchBoth  # noqa: E402

project = html_title = "talentflow"
author = "The talentflow contributors"
project_copyright = author
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown", ".ipynb": "markdown"}
exclude_patterns = ["building", "examples", "figures", "_static"]

# A heading's anchor is the one that a code host makes.
myst_heading_anchors = 4

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_use_type_comments = False
autodoc_preserve_defaults = True
napoleon_google_docstring = False
napoleon_use_rtype = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
toc_object_entries = False

# Types that no page of this site describes: of Python and the libraries, and records that are met through the doors only.
nitpick_ignore_regex = [("py:.*", r"(?!(simulation|scenarios|experiments)\.\w+$).*")]

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_show_sourcelink = False
html_domain_indices = False
html_search_language = SearchBoth.lang
# A summary is fetched, and a page opened from disk may not fetch.
html_show_search_summary = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#0a5c91", "color-brand-content": "#0a5c91"},
    "dark_css_variables": {"color-brand-primary": "#7cc0ee", "color-brand-content": "#7cc0ee"},
}


def setup(app: Sphinx) -> None:
    """Let the site have what plain pages have not."""
    app.add_search_language(SearchBoth)
    app.connect("source-read", complete)
    app.connect("html-page-context", finish, priority=AFTER_THE_THEME)
