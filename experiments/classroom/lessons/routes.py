"""Lessons over HTTP: the list, one lesson, one answer marked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from experiments.classroom.bodies import read_json
from experiments.classroom.lessons import check, is_quick, lesson, listing
from experiments.classroom.lessons.reading import shipped
from experiments.classroom.refused import LANGUAGES, Refused
from experiments.design import DesignError

Checker: TypeAlias = Callable[[Request, str, str, Any, str], Awaitable[dict[str, Any]]]
"""Marks an answer that needs runs: whose request it is, lesson, question, answer, language -> what :func:`check` returns."""
_MOST_LETTERS = 200
_MOST_NAMES = 20


def lesson_routes(checker: Checker) -> list[Route]:
    """Return the routes of lessons.

    Parameters
    ----------
    checker
        Runs :func:`experiments.classroom.lessons.check` where runs are made, in a worker of the server. Answers that a
        rule gives are marked here.
    """

    async def mark(request: Request) -> JSONResponse:
        identity, lang = _identity(request), _lang(request)
        question, answer = _asked(await read_json(request))
        try:
            quick = is_quick(identity, question)
        except DesignError:
            raise _no_question() from None
        if quick:
            return JSONResponse(await run_in_threadpool(check, identity, question, answer, lang))
        return JSONResponse(await checker(request, identity, question, answer, lang))

    return [
        Route("/api/lessons", _list, methods=["GET"]),
        Route("/api/lessons/{identity}", _one, methods=["GET"]),
        Route("/api/lessons/{identity}/check", mark, methods=["POST"]),
    ]


async def _list(request: Request) -> JSONResponse:
    return JSONResponse({"lessons": await run_in_threadpool(listing, _lang(request))})


async def _one(request: Request) -> JSONResponse:
    return JSONResponse(await run_in_threadpool(lesson, _identity(request), _lang(request)))


def _lang(request: Request) -> str:
    told = request.query_params.get("lang", "en")
    return told if told in LANGUAGES else "en"


def _identity(request: Request) -> str:
    """Return the id of a shipped lesson: a visitor names no files."""
    identity = str(request.path_params["identity"])
    if identity not in shipped():
        raise Refused(404, "unknown-lesson", {"en": "There is no such lesson.", "zh": "没有这一课。"})
    return identity


def _asked(body: dict[str, Any]) -> tuple[str, Any]:
    """Return the question and the answer of a body: a number, a text, or a short list of texts."""
    question, answer = body.get("question"), body.get("answer")
    if set(body) - {"question", "answer"} or not isinstance(question, str) or not _may_be_answer(answer):
        raise Refused(
            400,
            "malformed",
            {
                "en": "Send a question's id and an answer: a number, a text or a list of texts.",
                "zh": "请发送问题编号和答案：数字、文字或文字列表。",
            },
        )
    return question, answer


def _may_be_answer(answer: Any) -> bool:
    if isinstance(answer, list):
        return len(answer) <= _MOST_NAMES and all(isinstance(one, str) and len(one) <= _MOST_LETTERS for one in answer)
    if isinstance(answer, str):
        return len(answer) <= _MOST_LETTERS
    return answer is None or (isinstance(answer, int | float) and not isinstance(answer, bool))


def _no_question() -> Refused:
    return Refused(404, "unknown-question", {"en": "This lesson has no such question.", "zh": "本课没有这个问题。"})
