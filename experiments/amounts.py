"""A value of the law with its unit, as people read it: 4% rather than 0.04 share, yes rather than 1 switch."""

from __future__ import annotations

import re

from experiments.words import LANGUAGES

_PERCENT = {"share", "probability", "share of base"}
_UNITS: dict[str, tuple[str, str]] = {
    "share": ("{n}%", "{n}%"),
    "probability": ("{n}%", "{n}%"),
    "share of base": ("{n}% of the base", "缴费基数的{n}%"),
    "ratio": ("{n} times", "{n}倍"),
    "points": ("{n} points", "{n}分"),
    "points of 100": ("{n} points of 100", "{n}分（满分100）"),
    "years": ("{n} years", "{n}年"),
    "months": ("{n} months", "{n}个月"),
    "days": ("{n} days", "{n}天"),
    "working days": ("{n} working days", "{n}个工作日"),
    "documents": ("{n} documents", "{n}份材料"),
    "CNY/year": ("{n} yuan a year", "每年{n}元"),
    "hours/year": ("{n} hours a year", "每年{n}小时"),
    "months/year": ("{n} months a year", "每年{n}个月"),
    "per year": ("{n} a year", "每年{n}次"),
    "persons/year": ("{n} people a year", "每年{n}人"),
    "decisions/year": ("{n} decisions a year", "每年{n}件"),
    "permits/year": ("{n} permits a year", "每年{n}张"),
}
_ONE = re.compile(r"^1 (working )?(\w+)s\b")
"""One of a thing, still said in the plural."""
_SWITCH = (("no", "否"), ("yes", "是"))


def number(value: float, unit: str, lang: str) -> str:
    """Return a value without its unit; a share as a percentage, a switch as yes or no.

    >>> number(0.04, "share", "en"), number(1, "switch", "zh"), number(1576, "decisions/year", "en")
    ('4%', '是', '1,576')
    """
    if unit == "switch" and value in {0, 1}:
        return _SWITCH[int(value)][LANGUAGES.index(lang)]
    if unit in _PERCENT:
        return f"{100 * value:,.6g}%"
    return f"{value:,.6g}"


def amount(value: float, unit: str, lang: str) -> str:
    """Return a value with its unit; a unit without words of its own is said as it is.

    >>> amount(6, "ratio", "en"), amount(15.5, "years", "zh"), amount(3, "parsec", "en"), amount(1, "working days", "en")
    ('6 times', '15.5年', '3 parsec', '1 working day')
    """
    if unit == "switch":
        return number(value, unit, lang)
    if unit not in _UNITS:
        return f"{value:,.6g} {unit}".rstrip()
    said = _UNITS[unit][LANGUAGES.index(lang)].format(n=number(value, unit, lang).rstrip("%"))
    return _ONE.sub(r"1 \1\2", said) if lang == "en" else said
