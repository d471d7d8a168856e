"""Search in English and Chinese without a dictionary.

Chinese has no spaces. A run of it is indexed as all pairs of neighbouring characters, and so is what a reader types: 工作许可
asks for pages with 工作, 作许 and 许可. Nothing is cut in the wrong place, and a part of a word finds the whole.
"""

from __future__ import annotations

import re
from itertools import pairwise

from sphinx.search.en import SearchEnglish

_WORD = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+")

_SPLITTER = r"""
var splitQuery = (query) =>
  (query.match(/[\u3400-\u9fff]+|[\p{Letter}\p{Number}_]+/gu) ?? []).flatMap((run) =>
    run.split(/([\u3400-\u9fff]+)/u).filter(Boolean).flatMap((part) =>
      /^[\u3400-\u9fff]{2,}$/u.test(part)
        ? [...part].slice(1).map((character, i) => [...part][i] + character)
        : [part]));
"""


class SearchBoth(SearchEnglish):
    """English words by their stem, Chinese by pairs of characters."""

    lang = "en-zh"
    js_splitter_code = _SPLITTER

    def split(self, text: str) -> list[str]:
        """Return words and pairs of characters, in the order of the text; one character alone stays."""
        return [term for run in _WORD.findall(text) for term in _terms(run)]


def _terms(run: str) -> list[str]:
    if len(run) == 1 or not "\u3400" <= run[0] <= "\u9fff":
        return [run]
    return [before + after for before, after in pairwise(run)]
