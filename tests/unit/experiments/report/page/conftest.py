"""An example of a report: every number in it is invented, and it says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from html.parser import HTMLParser
from typing import Any

import pytest

from experiments.report.parts import (
    BigNumber,
    Column,
    Command,
    Dossier,
    Figure,
    Listing,
    Paragraph,
    Section,
    Story,
    Table,
    Text,
)

LANGUAGES = ("en", "zh")
PEOPLE = {"en": "people", "zh": "人"}


def t(en: str, zh: str) -> Text:
    return {"en": en, "zh": zh}


def column(
    key: str, en: str, zh: str, kind: Any = "text", unit: Text | None = None, *, is_difference: bool = False
) -> Column:
    return Column(key, t(en, zh), kind, unit or t("", ""), is_difference=is_difference)


LEVELS = (
    column("baseline", "today's law", "现行法律", "number", PEOPLE),
    column("reform", "reform", "改革后", "number", PEOPLE),
    column("difference", "difference", "差异", "interval", PEOPLE, is_difference=True),
)
SOURCE = t(
    "Source: invented numbers of an example; 20 pairs of runs from seed 1; one row stands for 500 people.",
    "来源：示例，数字均为虚构；20对模拟，种子从1起；每行代表500人。",
)


def levels(baseline: float, difference: float, reach: float, **texts: Any) -> dict[str, Any]:
    cell = (difference, difference - reach, difference + reach)
    return {**texts, "baseline": baseline, "reform": baseline + difference, "difference": cell}


def paths() -> Figure:
    columns = (
        column("scenario", "id", "编号"),
        column("label", "scenario", "方案"),
        column("date", "date", "时间", "date"),
    )
    rows = tuple(
        levels(
            240_000 + 3_100 * i,
            max(0.0, 1_800.0 * (i - 8)) * (1 + i / 60),
            400.0 + 260 * i,
            scenario="category-a-less-stringent",
            label=t("Make Category A less stringent", "放宽A类标准"),
            date=f"{2018 + i}-12",
        )
        for i in range(23)
    )
    return Figure(
        "paths",
        "paths",
        t("The difference is clear of zero from December 2029 on", "自2029年12月起，差异不含零"),
        t("Foreign professionals in China, people, each December; band: 95% of the paired difference",
          "在华外国专业人才（人），每年12月；色带：配对差异的95%区间"),
        SOURCE,
        Table("paths", t("Foreign professionals in China each December", "每年12月在华外国专业人才"), (*columns, *LEVELS), rows),
        {"start": "2027-01"},
    )  # fmt: skip


def who() -> Figure:
    groups = [
        ("Category A", "A类", 61_000, 14_200, 2_100), ("Category B", "B类", 171_000, 6_900, 3_000), ("Category C", "C类", 38_000, -1_200, 1_900),
        ("Shanghai", "上海", 74_000, 6_300, 1_400), ("Beijing", "北京", 52_000, 4_900, 1_300), ("Guangdong", "广东", 58_000, 3_100, 1_500),
        ("Hainan", "海南", 4_000, 160, 420), ("men", "男性", 181_000, 14_900, 2_600), ("women", "女性", 92_000, 8_100, 1_900),
    ]  # fmt: skip
    rows = tuple(levels(b, d, r, label=t(en, zh)) for en, zh, b, d, r in groups)
    return Figure(
        "who",
        "forest",
        t("Category A gains most; 7 of 9 groups differ clearly from today's law", "A类增加最多；9个群体中有7个与现行法律有明显差异"),
        t("Difference in people in China in December 2040, with its 95% range; hollow: the range includes zero",
          "2040年12月在华人数差异及95%区间；空心：区间含零"),
        SOURCE,
        Table(
            "who",
            t("People in China by group in December 2040", "2040年12月在华人数（按群体）"),
            (column("label", "group", "群体"), *LEVELS),
            rows,
            t("A group loses where another gains its people.", "有的群体减少是因为人员转入另一群体。"),
        ),
    )  # fmt: skip


def outcomes() -> Table:
    given = [
        ("People in China", "在华人数", "people", "人", 311_000, 23_000, 3_100),
        ("Arrivals in 12 months", "12个月来华人数", "people", "人", 48_200, 3_900, 900),
        ("Departures in 12 months", "12个月离华人数", "people", "人", 44_100, 310, 760),
        ("Days to a permit, median", "获许可天数（中位数）", "days", "天", 37.2, -1.42, 0.51),
        ("Stay three years or more", "停留三年以上", "%", "%", 54.3, 2.13, 0.64),
        ("Spouses with work", "配偶就业", "%", "%", 31.0, 0.12, 0.55),
        ("Granted permanent residence", "获永久居留", "people", "人", 2_730, 0.0, 0.0),
    ]
    return Table(
        "outcomes",
        t("Outcomes under today's law and under the reform, December 2040", "现行法律与改革下的各项结果，2040年12月"),
        (
            column("outcome", "outcome", "指标"),
            column("unit", "unit", "单位"),
            *(replace(one, unit=t("", "")) for one in LEVELS),
            column("same_sign", "pairs with the same sign", "同号配对占比", "share"),
            column("pairs", "pairs", "配对数", "count"),
        ),
        tuple(
            levels(b, d, r, outcome=t(en, zh), unit=t(unit, unit_zh), same_sign=0.95 if d else None, pairs=20)
            for en, zh, unit, unit_zh, b, d, r in given
        ),
        t("Differences are of pairs of runs with the same people and the same luck; the range is the 95% interval.",
          "差异来自人员和随机性相同的成对模拟，区间为95%区间。"),
    )  # fmt: skip


def changes() -> Table:
    keys = [
        ("from", "from", "起始", "date"), ("what", "provision", "条款", "text"), ("before", "before", "变动前", "text"),
        ("after", "after", "变动后", "text"), ("source", "source", "来源", "text"),
    ]  # fmt: skip
    source = "https://example.org/law?a=1&b=2"
    return Table(
        "changes",
        t("Every provision that changes", "所有变动的条款"),
        tuple(column(key, en, zh, kind) for key, en, zh, kind in keys),
        (
            {"from": "2027-01", "what": t("Points for Category A", "A类所需积分"), "before": t("85 points", "85分"),
             "after": t("75 points", "75分"), "source": source},
            {"from": "2027-01", "what": t("Pay that makes Category A", "A类所需薪酬倍数"), "before": t("6 times", "6倍"),
             "after": t("4.5 times", "4.5倍"), "source": t("assumption", "假设")},
        ),
    )  # fmt: skip


def life(number: int) -> Story:
    start = (
        (
            "2025-03",
            t("Arrives in Suzhou on a two-year permit, Category B, with 74 points.", "持两年许可来到苏州，B类，74分。"),
        ),
    )
    before = (
        ("2027-02", t("Renewal takes 41 days.", "续签用时41天。")),
        ("2029-06", t("A post in Munich is worth more than staying. Leaves.", "慕尼黑的职位优于留下，离开。")),
    )
    after = (
        ("2027-02", t("With 76 points now in Category A: the renewal takes 12 days.", "76分，现属A类：续签用时12天。")),
        ("2031-09", t("Is granted permanent residence.", "获得永久居留。")),
    )
    chapters = ((t("Under both laws", "两种法律下"), start), (t("Under today's law", "现行法律下"), before), (t("Under the reform", "改革下"), after))  # fmt: skip
    title = t(f"Engineer {number}: leaves in 2029, or stays", f"工程师{number}：2029年离开，或留下")
    who_ = t("A materials engineer from Germany, 34 in 2025, married, two children. Invented.", "来自德国的材料工程师，2025年34岁，已婚，两个孩子。虚构人物。")  # fmt: skip
    return Story(f"life-{number}", title, who_, chapters)


def drivers() -> Table:
    given = [
        (
            "Weight of residence prospects",
            "对居留前景的重视",
            0.31,
            "judgement",
            "判断",
            (23_000.0, 16_000.0, 31_000.0),
        ),
        ("Fluency gained in a year", "每年语言进步", 0.062, "literature", "文献", (23_000.0, 20_500.0, 25_900.0)),
        ("Work permits issued to 2021", "2021年前签发的工作许可", 1_180_000, "published data", "公开数据", None),
    ]
    return Table(
        "drivers",
        t("What the answer rests on", "结论的依据"),
        (column("assumption", "assumption", "假设"), column("value", "value", "取值", "number"), column("known", "known from", "依据"),
         column("gain", "if it is 20% off, the gain becomes", "若偏离20%，增加人数变为", "interval", PEOPLE, is_difference=True)),
        tuple({"assumption": t(en, zh), "value": value, "known": t(known, known_zh), "gain": gain}
              for en, zh, value, known, known_zh, gain in given),
    )  # fmt: skip


def limits() -> Listing:
    return Listing((
        t("No forecast: war, closed borders and recessions are not in it.", "不是预测：战争、关闭边境和衰退不在其中。"),
        t("Few numbers of behaviour are observed; most are judgement with a range.", "观测到的行为数字很少，多数是带范围的判断。"),
        t("Nobody else answers: employers' pay and other countries' rules stay as they are.", "其他各方不作反应：用人单位薪酬与他国规则不变。"),
        t("Nobody in it is real.", "其中没有真实的人。"),
    ))  # fmt: skip


def example(**changed: Any) -> Dossier:
    """Return the example; ``changed`` are fields of the dossier."""
    sections = (
        Section("changes", t("What changes", "改变什么"), (
            Paragraph(t("Criteria for Category A are considered too stringent.", "A类标准被认为过严。"), "quote"),
            Paragraph(t("2 provisions change, both in January 2027.", "共有2项条款变动，均自2027年1月起。")), changes())),
        Section("outcomes", t("What comes of it", "结果如何"), (
            Paragraph(t("4 of 7 outcomes in December 2040 can be told from those under today's law.",
                        "2040年12月的7项结果中，4项与现行法律下的结果可以区分。"), "finding"), outcomes())),
        Section("paths", t("Year by year", "逐年变化"), (paths(),)),
        Section("who", t("Who gains, who loses", "谁受益，谁受损"), (who(),)),
        Section("drivers", t("What drives it", "什么在起作用"), (
            drivers(), Paragraph(t("If prospects weigh nothing, nothing is gained.", "若前景无关紧要，则没有增加。"), "warning"))),
        Section("lives", t("Three lives", "三个人生"), (life(1), life(2), life(3))),
        Section("limits", t("What is left out", "未涵盖的内容"), (
            limits(), Command("talentflow compare category-a-less-stringent --seed 2", t("The same with other luck:", "换一种随机性：")),
            Paragraph(t("Ranges say what chance leaves open.", "区间反映随机性留下的不确定。"), "note"))),
    )  # fmt: skip
    given: dict[str, Any] = {
        "title": t("Example: make Category A less stringent", "示例：放宽A类标准"),
        "headline": t("Make Category A less stringent adds about 23,000 (19,900 to 26,100) people in China by December 2040 (n = 20).",
                      "放宽A类标准：到2040年12月，在华人数增加约23,000（19,900至26,100）（n = 20）。"),
        "lead": (t("Under today's law about 311,000 are in China in December 2040, under the reform about 334,000.",
                   "2040年12月，现行法律下在华约311,000人，改革后约334,000人。"),
                 t("The range covers chance alone, not how well behaviour is known.", "区间只反映随机性，不反映对行为的了解程度。")),
        "numbers": (
            BigNumber((23_000.0, 19_900.0, 26_100.0), PEOPLE, t("in China in December 2040, against today's law", "2040年12月在华人数（与现行法律相比）"), is_signed=True),
            BigNumber((-1.42, -1.93, -0.91), t("days", "天"), t("to a permit (median), against today's law", "获许可天数中位数（与现行法律相比）"), is_signed=True),
            BigNumber((310.0, -450.0, 1_070.0), PEOPLE, t("leave in 12 months: no clear difference", "12个月离华人数：无明显差异"), is_signed=True)),
        "warnings": (t("This is an example: every number on it is invented.", "这是示例：所有数字均为虚构。"),),
        "sections": sections,
        "command": Command("talentflow report category-a-less-stringent --replicates 20 --seed 1 --out DIR", t("The same numbers come out:", "得到相同的数字：")),
        "provenance": {"version": "0.1.0", "seed": 1, "replicates": 20, "scale": 500, "scenarios": ["category-a-less-stringent"],
                       "hashes": {"law": "5f3c…", "model": "91ab…"}, "posterior": None},
    }  # fmt: skip
    return Dossier(**{**given, **changed})


def drawn(figure: Figure, lang: str) -> bytes:
    """Return a plain drawing of a figure in the form that Matplotlib writes: prolog, style sheet, styles, ids."""
    rows = [(index, row["difference"]) for index, row in enumerate(figure.table.rows)]
    largest = max(abs(end) for _, cell in rows for end in cell)
    bars = "".join(
        f'<g id="patch_{i}"><rect x="{160 + min(0, cell[0] / largest * 150) + 150:.0f}" y="{70 + 14 * i}" '
        f'width="{abs(cell[0]) / largest * 150:.0f}" height="9" clip-path="url(#clip)" style="fill: #0072b2; opacity: 0.8"/>'
        f'<text style="font: 9px \'DejaVu Sans\'; text-anchor: end" x="150" y="{78 + 14 * i}">'
        f"{escape(figure.table.rows[i].get('date') or figure.table.rows[i]['label'][lang])}</text></g>"
        for i, cell in rows
    )
    height = 90 + 14 * len(rows)
    return (
        '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" version="1.1" '
        f'viewBox="0 0 576 {height}"><title>{escape(figure.title[lang])}</title><desc>{escape(figure.subtitle[lang])}</desc>'
        '<defs><style type="text/css">*{stroke-linejoin: round}</style></defs>'
        f'<defs><clipPath id="clip"><rect width="576" height="{height}"/></clipPath></defs>'
        f'<g id="figure_1">{bars}</g></svg>'
    ).encode()


def drawings(dossier: Dossier) -> Mapping[str, Mapping[str, bytes]]:
    return {figure.id: {lang: drawn(figure, lang) for lang in LANGUAGES} for figure in dossier.figures()}


@pytest.fixture(scope="session")
def dossier() -> Dossier:
    return example()


@pytest.fixture(scope="session")
def figures(dossier: Dossier) -> Mapping[str, Mapping[str, bytes]]:
    return drawings(dossier)


@pytest.fixture(scope="session")
def make_example() -> Any:
    """Return the function that makes an example with other fields."""
    return example


@dataclass
class Node:
    """An element of a page; ``text`` is all that stands in it."""

    tag: str
    attributes: dict[str, str]
    parents: tuple[str, ...]
    texts: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())

    def all(self, tag: str, **attributes: str) -> list[Node]:
        return [node for node in self.below() if node.tag == tag and node.has(**attributes)]

    def below(self) -> Iterator[Node]:
        for child in self.children:
            yield child
            yield from child.below()

    def has(self, **attributes: str) -> bool:
        return all(value in self.attributes.get(name.rstrip("_"), "").split() for name, value in attributes.items())


class Reader(HTMLParser):
    """Reads a page strictly: what is opened is closed, in order."""

    VOID = {"meta", "link", "input", "br", "img", "hr"}  # noqa: RUF012 - a constant

    def __init__(self) -> None:
        super().__init__()
        self.root = Node("", {}, ())
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, tuple(one.tag for one in self.open))
        self.open[-1].children.append(node)
        if tag not in self.VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for node in self.open:
            node.texts.append(data)


@pytest.fixture(scope="session")
def read() -> Callable[[str], Node]:
    """Return the function that reads a page."""

    def _read(html: str) -> Node:
        reader = Reader()
        reader.feed(html)
        reader.close()
        assert reader.open == [reader.root]
        return reader.root

    return _read
