"""Plain words of YAML 1.2: what is a number, what is text, what is refused because readers disagree about it."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Scalar: TypeAlias = str | int | float | bool | None

DIGITS_MAX = 18

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_WHOLE = re.compile(r"[-+]?[0-9]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]", re.ASCII)
_OTHER_BASE = re.compile(r"[-+]?0(?:x[0-9a-f]+|o[0-7]+|b[01]+)", re.ASCII | re.IGNORECASE)
_NOT_FINITE = re.compile(r"[-+]?\.?(?:inf|nan|infinity)", re.ASCII | re.IGNORECASE)
_PERCENT = re.compile(r"([-+]?[0-9]+(?:\.[0-9]+)?) *[%\u2030]", re.ASCII)
# One class of characters and a last digit: no nested repetition, so no slow match.
_AMBIGUOUS = re.compile(r"[-+]?[0-9][0-9_,:' ]*[0-9](?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?", re.ASCII)


@dataclass(frozen=True)
class Reading:
    """The value of a word and, if it is refused, the code and the parameters of its problem.

    A refused word still has a value, the one most probably meant, so that reading can go on.
    """

    value: Scalar
    code: str = ""
    params: dict[str, Any] = field(default_factory=dict)


def plain(word: str) -> Reading:
    """Read a word written without quotes, by the core types of YAML 1.2.

    ``NO`` and ``yes`` are text. ``010``, ``12:30``, ``1_000``, ``0x1F``, ``85%``, ``.nan``, ``1e400`` and full-width
    digits are refused.

    >>> plain("NO").value, plain("12e6").value, plain("010").code
    ('NO', 12000000.0, 'leading-zero')
    """
    if word in _WORDS:
        return Reading(_WORDS[word])
    if _FLOAT.fullmatch(word):
        return _number(word)
    return _refused(word) or (Reading(word) if word.isascii() else _wide(word))


def _refused(word: str) -> Reading | None:
    if _NOT_FINITE.fullmatch(word):
        return Reading(0.0, "not-finite", {"value": word})
    if _OTHER_BASE.fullmatch(word):
        return _other_base(word)
    if percent := _PERCENT.fullmatch(word):
        share = _number(percent[1]).value
        value = round(float(share or 0) / 100, 12)
        return Reading(value, "percent", {"value": word, "plain": f"{value:.12g}"})
    return Reading(word, "ambiguous-number", {"value": word}) if _AMBIGUOUS.fullmatch(word) else None


def _number(word: str) -> Reading:
    digits = sum(letter.isdigit() for letter in re.split("[eE]", word)[0])
    if digits > DIGITS_MAX:
        return Reading(0, "too-many-digits", {"size": digits, "limit": DIGITS_MAX})
    value = int(word) if _WHOLE.fullmatch(word) else float(word)
    if not math.isfinite(value):
        return Reading(0.0, "not-finite", {"value": word})
    if _LEADING_ZERO.match(word):
        return Reading(value, "leading-zero", {"value": word, "plain": value})
    return Reading(value)


def _other_base(word: str) -> Reading:
    if len(word) > DIGITS_MAX:
        return Reading(0, "too-many-digits", {"size": len(word), "limit": DIGITS_MAX})
    value = int(word, 0)
    return Reading(value, "other-base", {"value": word, "plain": value})


def _wide(word: str) -> Reading:
    narrow = unicodedata.normalize("NFKC", word)
    if narrow != word and (_FLOAT.fullmatch(narrow) or _PERCENT.fullmatch(narrow)):
        meant = plain(narrow)
        return Reading(meant.value, "full-width-number", {"value": word, "plain": meant.params.get("plain", narrow)})
    return Reading(word)
