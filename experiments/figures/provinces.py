"""Provinces as tiles: where each stands in the grid, what it is called, which region of the model holds it."""

from __future__ import annotations

from typing import NamedTuple

from simulation.names import REGIONS


class Province(NamedTuple):
    """One tile: its column from the west, its row from the north, its names."""

    column: int
    row: int
    en: str
    zh: str


PROVINCES: dict[str, Province] = {
    "HL": Province(7, 0, "Heilongjiang", "黑龙江"),
    "NM": Province(5, 1, "Inner Mongolia", "内蒙古"), "JL": Province(7, 1, "Jilin", "吉林"),
    "XJ": Province(0, 2, "Xinjiang", "新疆"), "GS": Province(2, 2, "Gansu", "甘肃"), "NX": Province(3, 2, "Ningxia", "宁夏"),
    "BJ": Province(5, 2, "Beijing", "北京"), "TJ": Province(6, 2, "Tianjin", "天津"), "LN": Province(7, 2, "Liaoning", "辽宁"),
    "QH": Province(1, 3, "Qinghai", "青海"), "SN": Province(3, 3, "Shaanxi", "陕西"), "SX": Province(4, 3, "Shanxi", "山西"),
    "HE": Province(5, 3, "Hebei", "河北"), "SD": Province(6, 3, "Shandong", "山东"), "JS": Province(7, 3, "Jiangsu", "江苏"),
    "XZ": Province(0, 4, "Xizang (Tibet)", "西藏"), "SC": Province(2, 4, "Sichuan", "四川"), "CQ": Province(3, 4, "Chongqing", "重庆"),
    "HB": Province(4, 4, "Hubei", "湖北"), "HA": Province(5, 4, "Henan", "河南"), "AH": Province(6, 4, "Anhui", "安徽"),
    "ZJ": Province(7, 4, "Zhejiang", "浙江"), "SH": Province(8, 4, "Shanghai", "上海"),
    "YN": Province(2, 5, "Yunnan", "云南"), "GZ": Province(3, 5, "Guizhou", "贵州"), "HN": Province(4, 5, "Hunan", "湖南"),
    "JX": Province(5, 5, "Jiangxi", "江西"), "FJ": Province(6, 5, "Fujian", "福建"),
    "GX": Province(4, 6, "Guangxi", "广西"), "GD": Province(5, 6, "Guangdong", "广东"), "HI": Province(4, 7, "Hainan", "海南"),
}  # fmt: skip
"""The 31 that the model's regions cover, by the letters of the national standard."""
FURTHER: dict[str, Province] = {
    "HK": Province(6, 6, "Hong Kong", "香港"),
    "MO": Province(5, 7, "Macao", "澳门"),
    "TW": Province(7, 5, "Taiwan", "台湾"),
}
"""Shown only where a table has a number for them."""
_SINGLE = {
    "shanghai": "SH", "beijing": "BJ", "guangdong": "GD", "jiangsu": "JS", "zhejiang": "ZJ", "hainan": "HI",
}  # fmt: skip
_SHARED = {
    "sichuan-chongqing": ("SC", "CQ"),
    "hubei-hunan": ("HB", "HN"),
    "north-east": ("HL", "JL", "LN"),
}


def region_provinces() -> dict[str, tuple[str, ...]]:
    """Return the provinces of each region of the model; the last one holds all that no other names."""
    named = {**{region: (code,) for region, code in _SINGLE.items()}, **_SHARED}
    rest = tuple(code for code in PROVINCES if not any(code in codes for codes in named.values()))
    return {region: named.get(region, rest) for region in REGIONS}


def provinces_of(codes: str) -> tuple[str, ...]:
    """Return the provinces that a cell names: a region of the model, a group of it, or letters apart by spaces.

    Raises
    ------
    KeyError
        If there is no such province.

    >>> provinces_of("region=hubei-hunan"), provinces_of("SC CQ"), len(provinces_of("west-other"))
    (('HB', 'HN'), ('SC', 'CQ'), 18)
    """
    name = codes.removeprefix("region=")
    if name in REGIONS:
        return region_provinces()[name]
    found = tuple(name.replace(",", " ").split())
    for code in found:
        if code not in PROVINCES and code not in FURTHER:
            raise KeyError(code)
    return found
