"""What is wrong with a question, in both languages.

::

    ValueError
    +-- AskedProblems   a question that cannot be asked: everything that is wrong with it
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scenarios import ScenarioProblems


@dataclass(frozen=True)
class AskedProblem:
    """One thing to mend: where in the question, what, in English and Chinese, and the name probably meant.

    ``line`` and ``column`` count from 1 in an uploaded file and are 0 elsewhere.
    """

    where: str
    text: Mapping[str, str] = field(hash=False)
    nearest: str | None = None
    line: int = 0
    column: int = 0

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return it as plain values, told in one language or, without one, in both."""
        text: Any = dict(self.text) if lang is None else self.text[lang]
        told = {"where": self.where, "text": text, "nearest": self.nearest}
        return told | ({"line": self.line, "column": self.column} if self.line else {})


class AskedProblems(ValueError):  # noqa: N818 - it holds every problem, as ScenarioProblems does
    """A question that cannot be asked; ``problems`` are all that was found."""

    def __init__(self, problems: Iterable[AskedProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{one.where}: {one.text['en']}" for one in self.problems))

    def to_dicts(self, lang: str | None = None) -> list[dict[str, Any]]:
        """Return the problems as plain values."""
        return [one.to_dict(lang) for one in self.problems]


def problems_of(found: ScenarioProblems, where: str) -> list[AskedProblem]:
    """Return what scenarios say is wrong as problems of a question."""
    return [
        AskedProblem(
            where,
            {lang: one.in_languages.get(lang, one.message) for lang in ("en", "zh")},
            one.nearest,
            one.line,
            one.column,
        )
        for one in found.problems
    ]
