"""Units of levers as people say them; files and results keep the short names."""

from __future__ import annotations

from experiments.words import unit_label

_UNITS: dict[str, tuple[str, str]] = {
    "years": ("years", "年"),
    "CNY/year": ("yuan a year", "元/年"),
    "ratio": ("times", "倍"),
    "working days": ("working days", "个工作日"),
    "documents": ("documents", "份材料"),
    "months/year": ("months a year", "个月/年"),
    "share of base": ("of the base", "（占基数）"),
    "hours/year": ("hours a year", "小时/年"),
    "permits/year": ("permits a year", "件/年"),
    "points of 100": ("of 100 points", "分（百分制）"),
    "persons/year": ("people a year", "人/年"),
    "decisions/year": ("a year", "件/年"),
    "per year": ("a year", "次/年"),
    "switch": ("", ""),
    "probability": ("", ""),
}
"""What stands after a number of a lever; units that are not here are said as results say them."""


def unit_word(unit: str, lang: str) -> str:
    """Return what stands after a lever's number.

    >>> unit_word("CNY/year", "en"), unit_word("CNY/year", "zh"), unit_word("months", "zh")
    ('yuan a year', '元/年', '个月')
    """
    words = _UNITS.get(unit)
    return words[lang == "zh"] if words else unit_label(unit, lang)
