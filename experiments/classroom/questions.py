"""What is asked, checked in the server before anything is queued: known, whole, and not too large."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from experiments.classroom.config import Config
from experiments.classroom.phrases import told
from experiments.classroom.refused import Refused


class Questions:
    """Checks questions, and tells the page what may be asked.

    Parameters
    ----------
    config
        Its ``check`` and ``start``; where it has none, those of ``experiments.classroom.answering``, met at first use.
    """

    def __init__(self, config: Config) -> None:
        self._config = config
        self._starts: dict[str, dict[str, Any]] = {}

    def check(self, asked: Any) -> dict[str, Any]:
        """Return a question with its defaults; refused (400) with all that is wrong with it."""
        try:
            return self._check()(asked)
        except Refused:
            raise
        except Exception as error:
            problems = getattr(error, "problems", None)
            if problems is None:
                raise
            raise Refused(400, "problems", told("problems", n=len(problems)), problems) from None

    def start(self, lang: str) -> dict[str, Any]:
        """Return what the page needs to know first."""
        if lang not in self._starts:
            limits = {"runs": self._config.limits.runs, "queue": self._config.limits.queue}
            found = self._start()(lang)
            self._starts[lang] = {**found, "limits": {**found.get("limits", {}), **limits}}
        return self._starts[lang]

    def _check(self) -> Callable[[Any], dict[str, Any]]:
        if self._config.check is not None:
            return self._config.check
        from experiments.classroom.answering.asked import check

        return check

    def _start(self) -> Callable[[str], dict[str, Any]]:
        if self._config.start is not None:
            return self._config.start
        from experiments.classroom.answering.start import start

        return start
