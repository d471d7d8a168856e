"""What a finished run can be taken home as: data, figures, a report."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from experiments.classroom.phrases import told
from experiments.classroom.refused import Refused
from experiments.classroom.runs import Runs, attachment

_SERIES = ("baseline", "reform", "difference", "low", "high")
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
_FROM_WORKERS = {"figures.zip": ("figures", "application/zip"), "report.html": ("report", "text/html; charset=utf-8")}


class Downloads:
    """The routes of files of finished runs.

    Parameters
    ----------
    runs
        Finds runs, and asks workers for what only they can draw.
    """

    def __init__(self, runs: Runs) -> None:
        self._runs = runs

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/api/runs/{run}/answer.json", self._answer, methods=["GET"]),
            Route("/api/runs/{run}/data.csv", self._data, methods=["GET"]),
            Route("/api/runs/{run}/{name}", self._drawn, methods=["GET"]),
        ]

    async def _answer(self, request: Request) -> Response:
        return Response(self._content(request), media_type="application/json", headers=attachment("answer.json"))

    async def _data(self, request: Request) -> Response:
        content = to_csv(json.loads(self._content(request)))
        return Response(content, media_type="text/csv; charset=utf-8", headers=attachment("data.csv"))

    async def _drawn(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _FROM_WORKERS:
            raise Refused(404, "unknown-address", told("unknown_address"))
        answer = json.loads(self._content(request))
        kind, media_type = _FROM_WORKERS[name]
        task = self._runs.find(request).task
        found = await self._runs.done(request, {"kind": kind, "asked": task["asked"], "answer": answer})
        content = base64.b64decode(found["base64"]) if "base64" in found else found["text"].encode()
        return Response(content, media_type=media_type, headers=attachment(name))

    def _content(self, request: Request) -> bytes:
        last = self._runs.find(request).last
        if last is None or last.name != "answer":
            raise Refused(409, "not-finished", told("not_finished"))
        return last.data


def to_csv(answer: Mapping[str, Any]) -> str:
    """Return the series of an answer as CSV: a row for each outcome and month, with a mark that Excel knows UTF-8 by."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["outcome", "label", "unit", "date", *_SERIES])
    writer.writerows(_rows(answer["series"]))
    return "\ufeff" + text.getvalue()


def _rows(series: Mapping[str, Any]) -> Iterator[list[Any]]:
    for name, outcome in series["outcomes"].items():
        texts = [safe_cell(text) for text in (name, outcome.get("label", ""), outcome.get("unit", ""))]
        for place, date in enumerate(series["dates"]):
            values = [outcome[column][place] if place < len(outcome[column]) else None for column in _SERIES]
            yield [*texts, safe_cell(date), *values]


def safe_cell(text: Any) -> str:
    """Return text that no spreadsheet takes for a formula; numbers do not come through here, and stay numbers.

    >>> safe_cell("=1+1"), safe_cell("stock")
    ("'=1+1", 'stock')
    """
    cell = str(text)
    return f"'{cell}" if cell.startswith(_RISKY) else cell
