"""Stands in for the model: answers in steps, slowly, wrongly or for ever, as it is asked to."""

from __future__ import annotations

import os
import threading
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

SERIES = {"dates": ["2027-01"], "outcomes": {"stock": {"label": "=people", "unit": "@persons"}}}
KNOWN = {"reforms", "changes", "seed", "replicates", "scale", "until", "lang", "hold", "mark", "how", "schema"}


class AskedProblemsError(Exception):
    def __init__(self, problems: list[dict[str, str]]) -> None:
        super().__init__("problems")
        self._problems = problems

    def to_dicts(self, lang: str) -> list[dict[str, str]]:
        return self._problems


def check(asked: Any) -> dict[str, Any]:
    """Return what is asked with defaults; ``how`` says how the stand-in answers, ``hold`` a file that lets it go on."""
    problems = [{"path": key, "message": f"{key} is not known"} for key in sorted(set(asked) - KNOWN)]
    if problems:
        raise AskedProblemsError(problems)
    return {"reforms": [], "changes": [], "seed": 1, "replicates": 4, "scale": 2000, "until": "2040-12", **asked}


def start(lang: str) -> dict[str, Any]:
    return {"schema": "talentflow.class-start/1", "lang": lang, "limits": {}}


class Answerer:
    def compile(self) -> bool:
        # As a machine does that has never run the model: whoever comes first.
        told = os.environ.get("STAND_IN_COMPILES", "")
        if not told or Path(told).exists():
            return False
        Path(told).write_text(str(os.getpid()), encoding="utf-8")
        return True

    def warm(self) -> bool:
        return False

    def steps(self, task: Mapping[str, Any]) -> Generator[dict[str, Any], None, None]:
        if task["kind"] == "answer":
            yield from _answer(task["asked"])
        elif task["kind"] == "upload" and "bad" in task["text"]:
            yield {"event": "problems", "data": {"problems": [{"line": 1, "column": 1, "message": "bad"}]}}
        else:
            yield {"event": "done", "data": {"text": "id: x\n", "given": task.get("text", ""), "pid": os.getpid()}}


def _answer(asked: Mapping[str, Any]) -> Generator[dict[str, Any], None, None]:
    how, n = asked.get("how", ""), asked["replicates"]
    if "mark" in asked:
        with Path(asked["mark"]).open("a", encoding="utf-8") as file:
            file.write("begun\n")
    yield {"event": "began", "data": {"pairs": n, "pid": os.getpid()}}
    if how == "raise":
        raise ValueError("a wrong turn")
    if how == "hang":
        threading.Event().wait()
    if how == "memory" or (how == "full" and not Path(asked["mark"]).read_text(encoding="utf-8").count("\n") > 1):
        hog = bytearray(1024**4)
        yield {"event": "began", "data": {"pairs": len(hog)}}
    while "hold" in asked and not Path(asked["hold"]).exists():
        # A little at a time, so that others get their turn between two steps.
        threading.Event().wait(0.01)
        yield _pairs(1, n)
        yield {"event": "step", "data": {}}
    for pair in range(1, n + 1):
        yield _pairs(pair, n)
    values = {name: [1.5] for name in ("baseline", "reform", "difference", "low", "high")}
    outcomes = {"stock": {**SERIES["outcomes"]["stock"], **values}}  # type: ignore[index]
    yield {"event": "answer", "data": {"n": n, "asked": asked, "series": {**SERIES, "outcomes": outcomes}}}


def _pairs(done: int, of: int) -> dict[str, Any]:
    return {"event": "pairs", "data": {"done": done, "of": of, "answer": {"n": done, "not": float("nan")}}}
