"""Figures of the gallery whose numbers stand in these pages already, and one that shows example data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from experiments.report.parts import Column, Figure, Table, Text
from scenarios import catalogue

ANALYSES = Path(__file__).parent / "analyses"
PEOPLE = {"en": "people", "zh": "人"}
SHARE = {"en": "share", "zh": "份额"}
_RANKED = re.compile(r"^\d+=?\s+([\w.-]+?)(\.\.)?\s+([>< \d]+)%\s+(\d+)-(\d+)%\s+([-\d,]+)\s+([-\d,]+) to ([-\d,]+)$")
_EFFECT = re.compile(r"([\d,]+) \(([\d,]+) to ([\d,]+)\)$")


def ranking() -> Figure:
    """Return the reforms that ``docs/analyses/rank.md`` shows, by their probability to be among the best three."""
    rows = list(_ranked(_page("rank")))
    columns = (
        Column("label", {"en": "reform", "zh": "改革"}),
        Column("chance", {"en": "probability to be among the best three", "zh": "名列前三的概率"}, "interval", SHARE),
        Column("effect", {"en": "effect", "zh": "效果"}, "interval", PEOPLE),
    )
    return Figure(
        id="ranking",
        kind="ranking",
        title={
            "en": "Equal treatment and a less stringent Category A are likely among the best three reforms; the others cannot be told apart",
            "zh": "同等对待一般专业人才与放宽A类标准很可能名列前三；其余改革难分先后",
        },
        subtitle={
            "en": "Probability to be among the best three of 31 reforms with its 95% interval; effect on foreign professionals in China in December 2035, people, with the range of 95% of cases",
            "zh": "31项改革中名列前三的概率及95%区间；对2035年12月在华外国专业人才的效果（人）及95%情形的范围",
        },
        source={
            "en": "Simulation: docs/analyses/rank.md, first ten and last three reforms. 16 draws, seven theories; one row stands for 5,000 people. Not a forecast.",
            "zh": "模拟：docs/analyses/rank.md，前十项与末三项。16组参数，7种理论，每行代表5,000人。不是预测。",
        },
        table=Table(
            "ranking", {"en": "Reforms ranked with probabilities", "zh": "改革排名及概率"}, columns, tuple(rows)
        ),
    )


def pareto() -> Figure:
    """Return the front that ``docs/analyses/optimise.md`` shows: cost against effect."""
    rows = list(_front(_page("optimise")))
    columns = (
        Column("label", {"en": "reforms", "zh": "改革"}),
        Column("cost", {"en": "Public cost", "zh": "公共成本"}, "interval", {"en": "million yuan", "zh": "百万元"}),
        Column("effect", {"en": "Foreign professionals added", "zh": "增加的外国专业人才"}, "interval", PEOPLE),
        Column("front", {"en": "beaten by none", "zh": "未被超越"}),
    )
    return Figure(
        id="pareto",
        kind="pareto",
        title={
            "en": "A bar of 70 points costs 6 million yuan for 45,000 people; one-stop service adds some 20,000 more for 2,100 million",
            "zh": "A类分数线降至70分，以600万元增加约45,000人；一站式服务再以21亿元增加约20,000人",
        },
        subtitle={
            "en": "Public cost and effect by December 2035 of the laws on the front, each with Category A from 70 points; lines: 95% interval of the effect",
            "zh": "至2035年12月前沿上各方案的公共成本与效果，A类均为70分；竖线：效果的95%区间",
        },
        source={
            "en": "Simulation: docs/analyses/optimise.md. 12 fresh pairs of runs; one row stands for 2,000 people. Not a forecast.",
            "zh": "模拟：docs/analyses/optimise.md。12对新的模拟，每行代表2,000人。不是预测。",
        },
        table=Table("pareto", {"en": "Laws on the front", "zh": "前沿上的方案"}, columns, tuple(rows)),
    )


def lorenz() -> Figure:
    """Return curves of example data, as no page keeps the pay of single people."""
    laws = (("baseline", {"en": "Today's law", "zh": "现行法律"}, 2.3), ("reform", {"en": "Reform", "zh": "改革"}, 1.9))
    rows = [
        {"law": law, "label": label, "people": x / 10, "held": round((x / 10) ** power, 4)}
        for law, label, power in laws
        for x in range(11)
    ]
    columns = (
        Column("law", {"en": "law", "zh": "法律"}),
        Column("label", {"en": "name", "zh": "名称"}),
        Column("people", {"en": "share of people", "zh": "人数份额"}, "share"),
        Column("held", {"en": "share of pay", "zh": "薪酬份额"}, "share"),
    )
    return Figure(
        id="lorenz",
        kind="lorenz",
        title={"en": "Example: pay is spread more evenly under the reform", "zh": "示例：改革之下薪酬分布较均匀"},
        subtitle={
            "en": "Cumulated share of pay by cumulated share of people",
            "zh": "按人数累积份额计的薪酬累积份额",
        },
        source={
            "en": "Example data: invented to show the drawing, from no run.",
            "zh": "示例数据：为展示图形而虚构，并非模拟所得。",
        },
        table=Table("lorenz", {"en": "Cumulated shares", "zh": "累积份额"}, columns, tuple(rows)),
    )


def _page(name: str) -> list[str]:
    return (ANALYSES / f"{name}.md").read_text(encoding="utf-8").splitlines()


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _ranked(lines: list[str]) -> Iterator[dict[str, Any]]:
    titles: dict[str, Text] = {entry.id: entry.title for entry in catalogue()}
    for found in filter(None, map(_RANKED.match, lines)):
        name, _, chance, low, high, *effect = found.groups()
        # ">99" is told as 99.6%, so that no figure makes it a certainty; "<1" likewise.
        told = {">": 0.996, "<": 0.004}.get(chance[0], _number(chance.strip("><")) / 100)
        yield {
            "label": next(title for key, title in titles.items() if key.startswith(name)),
            "chance": (told, min(told, _number(low) / 100), _number(high) / 100),
            "effect": tuple(map(_number, effect)),
        }


def _front(lines: list[str]) -> Iterator[dict[str, Any]]:
    titles: dict[str, Text] = {entry.id: entry.title for entry in catalogue()}
    for line in lines:
        *_, names, effect, cost, beaten = ["", "", "", "", *re.split(r"\s{2,}", line.strip())]
        found = _EFFECT.match(effect)
        if found is None:
            continue
        ids = [name for name in names.split(", ") if name in titles]
        label = {lang: " + ".join(titles[name][lang] for name in ids) for lang in ("en", "zh")}
        yield {
            "label": label if ids else {"en": "70 points alone", "zh": "仅降至70分"},
            "cost": (_number(cost), None, None),
            "effect": tuple(map(_number, found.groups())),
            "front": not beaten.endswith("?"),
        }
