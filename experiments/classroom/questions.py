"""What is asked, checked in the server before anything is queued: known, whole, and not too large."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from experiments.classroom.config import Config
from experiments.classroom.phrases import told
from experiments.classroom.refused import Refused

_PEOPLE = 8_000_000
"""About as many people as the model ever holds, those abroad who may come among them."""
_FIRST_YEAR = 2000


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

    def check(self, asked: Any, lang: str) -> dict[str, Any]:
        """Return a question with its defaults; refused (400) with all that is wrong with it, in a language."""
        try:
            checked = self._check()(asked)
        except Refused:
            raise
        except Exception as error:
            to_dicts = getattr(error, "to_dicts", None)
            if to_dicts is None:
                raise
            problems = to_dicts(lang)
            raise Refused(400, "problems", told("problems", n=len(problems)), problems) from None
        size, most = row_months(checked), self._config.limits.row_months
        # Before it is queued: a runaway question costs the others nothing.
        if size > most:
            raise Refused(400, "too-much", told("too_large", asked=size, most=most))
        return checked

    def start(self, lang: str) -> dict[str, Any]:
        """Return what the page needs to know first."""
        if lang not in self._starts:
            limits = {
                "row_months": self._config.limits.row_months,
                "runs": self._config.limits.runs,
                "queue": self._config.limits.queue,
            }
            found = self._start()(lang)
            self._starts[lang] = {**found, "limits": {**found.get("limits", {}), **limits}}
        return self._starts[lang]

    def _check(self) -> Callable[[Any], dict[str, Any]]:
        if self._config.check is not None:
            return self._config.check
        from experiments.classroom.answering.asked import check

        return lambda asked: check(asked).to_dict()

    def _start(self) -> Callable[[str], dict[str, Any]]:
        if self._config.start is not None:
            return self._config.start
        from experiments.classroom.answering.start import start

        return start


def row_months(asked: Mapping[str, Any]) -> int:
    """Return the rows x months that a checked question computes at most: both laws, all pairs.

    >>> row_months({"scale": 2000, "until": "2040-12", "replicates": 20})
    78720000
    """
    year, month = (int(part) for part in str(asked.get("until", "2040-12")).split("-"))
    months = (year - _FIRST_YEAR) * 12 + month
    rows = _PEOPLE // max(1, int(asked.get("scale", 2000)))
    return 2 * rows * months * max(1, int(asked.get("replicates", 20)))
