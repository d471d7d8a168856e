"""What the classroom says no to.

::

    Exception
    └── Refused            a request that is not answered: a status, a code, what to do in both languages
        └── TooMuch        one that may be tried again later, with the seconds to wait

Anyone who answers a request raises these; one handler turns them into an answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

LANGUAGES = ("en", "zh")


class Refused(Exception):  # noqa: N818 - the request is in error, the server is not
    """A request that is not answered, and why.

    Parameters
    ----------
    status
        HTTP status, 400 to 599.
    code
        A short word for programs, such as ``too-large``.
    texts
        What is wrong and what to do, in ``en`` and ``zh``.
    problems
        What is wrong with a question, one entry each, where there is more to say.
    """

    def __init__(self, status: int, code: str, texts: Mapping[str, str], problems: Sequence[Any] = ()) -> None:
        super().__init__(texts["en"])
        self.status, self.code, self.texts, self.problems = status, code, dict(texts), list(problems)

    @property
    def headers(self) -> dict[str, str]:
        """Headers that the answer needs beside the usual ones."""
        return {}

    def body(self, lang: str) -> dict[str, Any]:
        """Return the answer's JSON in a language (English for one that is not spoken here)."""
        error: dict[str, Any] = {"code": self.code, "text": self.texts.get(lang, self.texts["en"])}
        if self.problems:
            error["problems"] = self.problems
        return {"error": error}


class TooMuch(Refused):
    """A request beyond what one visitor, one address or the whole server may ask at a time.

    Parameters
    ----------
    code
        A short word for programs.
    texts
        What is too much and what to do, in ``en`` and ``zh``.
    wait_seconds
        When trying again may help, at least 1.
    """

    def __init__(self, code: str, texts: Mapping[str, str], wait_seconds: int = 5) -> None:
        super().__init__(429, code, texts)
        self.wait_seconds = wait_seconds

    @property
    def headers(self) -> dict[str, str]:
        """When to try again."""
        return {"Retry-After": str(self.wait_seconds)}
