"""Bodies of requests, read with every limit on: type, size, depth; no NaN, no key twice."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, NoReturn

from experiments.classroom.refused import Refused

if TYPE_CHECKING:
    from starlette.requests import Request

MOST_BYTES = 64_000
MOST_DEPTH = 16
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)


async def read_json(request: Request, *, most: int = MOST_BYTES) -> dict[str, Any]:
    """Return the JSON object that a request brings.

    Parameters
    ----------
    request
        A request whose content type is ``application/json``.
    most
        Bytes that are read at most.

    Raises
    ------
    Refused
        415 for another content type, 413 beyond ``most``, 400 where it is no JSON object,
        is nested deeper than 16, names a key twice, or holds a number that is not finite.
    """
    check_type(request, "application/json")
    return parse_object(await read_bytes(request, most=most))


async def read_text(request: Request, content_type: str, *, most: int = MOST_BYTES) -> str:
    """Return the UTF-8 text that a request brings; refused as for :func:`read_json`."""
    check_type(request, content_type)
    content = await read_bytes(request, most=most)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _malformed(f"it is not UTF-8 (byte {error.start})", f"不是UTF-8编码（第{error.start}字节）") from None


def check_type(request: Request, wanted: str) -> None:
    """Refuse a request whose body is of another type than the one wanted, or is packed."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != wanted or request.headers.get("content-encoding", "identity") != "identity":
        raise Refused(
            415,
            "content-type",
            {
                "en": f"This address takes {wanted}, not packed, and nothing else.",
                "zh": f"此地址只接收未经压缩的{wanted}。",
            },
        )


async def read_bytes(request: Request, *, most: int) -> bytes:
    """Return a body, counted while it streams: what the header says about its length is only a claim."""
    claimed = request.headers.get("content-length", "0")
    if not claimed.isdecimal() or int(claimed[:12]) > most:
        raise too_large(most)
    content = bytearray()
    # How long that may take is the guard's to say.
    async for piece in request.stream():
        content += piece
        if len(content) > most:
            raise too_large(most)
    return bytes(content)


def too_large(most: int) -> Refused:
    """Return the refusal of a body of more than ``most`` bytes."""
    return Refused(
        413,
        "too-large",
        {
            "en": f"That is too large: at most {most:,} bytes are taken.",
            "zh": f"内容过大：最多接收{most:,}字节。",
        },
    )


def too_slow() -> Refused:
    """Return the refusal of a body that comes too slowly."""
    return Refused(
        408,
        "too-slow",
        {"en": "The request came too slowly and was let go. Please try again.", "zh": "请求传输过慢，已中断，请重试。"},
    )


def parse_object(content: bytes) -> dict[str, Any]:
    """Return the object that a JSON text holds; refused (400) unless it is one, flat enough and finite.

    >>> parse_object(b'{"seed": 1}')
    {'seed': 1}
    """
    # Before it is parsed: a parser that recurses should never see what is nested without end.
    if _depth(content) > MOST_DEPTH:
        raise _malformed(f"it is nested deeper than {MOST_DEPTH}", f"嵌套超过{MOST_DEPTH}层")
    try:
        value = json.loads(content, object_pairs_hook=_pairs, parse_constant=_refuse_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise _malformed(f"it is not JSON: {error}", f"不是有效的JSON：{error}") from None
    if not isinstance(value, dict):
        raise _malformed("it is not an object", "顶层应为对象")
    return value


def _depth(content: bytes) -> int:
    depth = deepest = 0
    for byte in _STRINGS.sub(b"", content):
        depth += (byte in b"[{") - (byte in b"]}")
        deepest = max(deepest, depth)
    return deepest


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("a key is given twice")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text} is too large a number")
    return value


def _malformed(why: str, why_zh: str) -> Refused:
    return Refused(400, "malformed", {"en": f"This could not be read: {why}.", "zh": f"无法读取：{why_zh}。"})
