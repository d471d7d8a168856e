"""Problems of a file, as an analyst reads them: where, what, the rule, the nearest name, what to do.

``ScenarioProblems`` (a ``ValueError``) is the only error that reading a file raises. It holds every
``Problem`` found, not the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn, TypeAlias

from scenarios.messages import LANGUAGES, texts

Mark: TypeAlias = tuple[int, int]
"""Line and column, both from 1; (0, 0) where a problem has no place in a file."""

PROBLEMS_MAX = 100
"""Problems kept of one file: a reader mends the first ones anyway."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend in a file.

    ``line`` and ``column`` count from 1 and are 0 where the problem has no line (a missing file). ``code`` is a
    stable name such as ``unknown-path``; ``nearest`` is the name that was probably meant. ``in_languages`` holds the
    message in every language.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    nearest: str | None = field(default=None, compare=False)
    in_languages: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def render(self) -> str:
        """Return ``file:line:column  message``, one line."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}  {self.message}"

    def to_language(self, lang: str) -> Problem:
        """Return the same problem told in ``lang``, ``en`` or ``zh``."""
        return replace(self, message=self.in_languages.get(lang, self.message))


class ScenarioProblems(ValueError):  # noqa: N818 - it holds problems; it is not one error
    """A file cannot be used; ``problems`` says why, all at once, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(problem.render() for problem in self.problems)

    def to_language(self, lang: str) -> ScenarioProblems:
        """Return the same problems told in ``lang``, ``en`` or ``zh``."""
        return ScenarioProblems(problem.to_language(lang) for problem in self.problems)


class Findings:
    """The problems found so far in one file.

    Once :meth:`settle` is called, a place that already has a problem gets no second one: what follows from a
    misread value is noise.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._settled: set[Mark] = set()

    def add(self, mark: Mark, code: str, *, nearest: str | None = None, **params: Any) -> None:
        """Note a problem at ``mark``; ``params`` fill the message of ``code``."""
        if mark in self._settled or len(self.problems) >= PROBLEMS_MAX:
            return
        told = texts(code, nearest=nearest, **params)
        line, column = mark
        self.problems.append(Problem(self.file, line, column, code, told["en"], nearest, told))

    def stop(self, mark: Mark, code: str, *, nearest: str | None = None, **params: Any) -> NoReturn:
        """Note a problem after which nothing more can be read, and raise all found."""
        self.add(mark, code, nearest=nearest, **params)
        raise ScenarioProblems(self.problems)

    def settle(self) -> None:
        """Refuse further problems at the places noted so far."""
        self._settled = {(problem.line, problem.column) for problem in self.problems}

    def raise_if_any(self) -> None:
        """Raise ScenarioProblems unless nothing was found."""
        if self.problems:
            raise ScenarioProblems(self.problems)


def raise_all(findings: Sequence[Findings]) -> None:
    """Raise the problems of several files together, if there are any."""
    problems = [problem for found in findings for problem in found.problems]
    if problems:
        raise ScenarioProblems(problems)


def check_language(lang: str) -> str:
    """Return ``lang`` if it is one that messages are written in; raise ValueError otherwise."""
    if lang not in LANGUAGES:
        raise ValueError(f"lang must be one of {', '.join(LANGUAGES)}, got {lang!r}")
    return lang
