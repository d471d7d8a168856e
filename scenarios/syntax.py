"""Why a text is no YAML, as somebody who wrote it by hand would put it."""

from __future__ import annotations

import re
from typing import NoReturn

from scenarios.problems import Findings

_KEY_WITH_WIDE_COLON = re.compile(r"(?:^|[{,]|- )\s*[A-Za-z_][\w.-]*\s*(：)", re.ASCII)
_WIDE = re.compile("([：，｛｝［］“”＂\u3000\u00a0])")
_NARROW = {"：": ":", "，": ",", "｛": "{", "｝": "}", "［": "[", "］": "]", "“": '"', "”": '"', "＂": '"', "\u3000": " ", "\u00a0": " "}  # fmt: skip


def explain_syntax(error: Exception, text: str, last_line: int, findings: Findings, *, deepest: int) -> NoReturn:
    """Raise what a parser's error means to somebody who wrote the file by hand, nested at most ``deepest`` deep."""
    at = getattr(error, "problem_mark", None)
    line, column = (at.line + 1, at.column + 1) if at is not None else (last_line, 1)
    explain_wide(text, last_line, line, findings)
    if "nesting depth" in str(error):
        # libyaml from 0.2.6 on ends at a depth of its own, before it tells of the levels that were too many.
        findings.stop((line, column), "too-deep", limit=deepest)
    detail = str(getattr(error, "problem", None) or error).partition("\n")[0]
    findings.stop((line, column), "syntax", detail=detail)


def explain_wide(text: str, first: int, last: int, findings: Findings) -> None:
    """Raise the first full-width sign that stands where YAML needs a plain one, in lines ``first`` to ``last``."""
    lines = text.split("\n")[first - 1 : last]
    for pattern in (_KEY_WITH_WIDE_COLON, _WIDE):
        for number, line in enumerate(lines, first):
            found = pattern.search(line)
            if found:
                mark = (number, found.start(1) + 1)
                findings.stop(mark, "full-width", letter=found[1], plain=_NARROW[found[1]])
