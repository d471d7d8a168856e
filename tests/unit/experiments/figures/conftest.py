from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from experiments.report.parts import Column, Figure, Kind, Table, Text
from simulation.names import REGIONS

KINDS_OF: dict[str, Kind] = {
    "scenario": "text", "label": "text", "group": "text", "date": "date", "baseline": "number", "reform": "number",
    "difference": "interval", "clear": "text", "region": "text", "value": "interval", "source": "text", "target": "text",
    "law": "text", "years": "number", "stay": "interval", "share": "interval", "role": "text", "cost": "interval",
    "effect": "interval", "front": "text", "points": "number", "median": "interval", "p90": "interval",
    "chance": "interval", "ties": "text", "people": "share", "held": "share", "population": "share", "added": "interval",
    "low": "interval", "high": "interval", "observed": "interval", "model": "interval",
}  # fmt: skip
UNITS_OF = {"stay": "share", "chance": "share", "added": "share", "cost": "million yuan", "effect": "people"}
LONG = {
    "en": "Make the criteria for Category A less stringent and let cities add points of their own",
    "zh": "放宽A类标准，允许地方在全国基准之外给予加分，并统一外国人来华工作许可的办理时限",
}
SHORT = {"en": "One-stop service", "zh": "一站式服务"}


def both(text: str | Text) -> Text:
    return text if isinstance(text, Mapping) else {"en": text, "zh": text}


def figure_of(kind: str, rows: Sequence[Mapping[str, Any]], **options: Any) -> Figure:
    """Return a figure whose title, subtitle and source are sentences of common length."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    columns = tuple(Column(key, both(key), KINDS_OF[key], both(UNITS_OF.get(key, ""))) for key in keys)
    return Figure(
        id=f"{kind}-example",
        kind=kind,
        title={
            "en": "The package adds about 79,000 people (34,000 to 122,000) by December 2040, most of whom stay longer",
            "zh": "到2040年12月，组合方案使在华外国专业人才增加约79,000人（34,000至122,000），多数是因为留得更久",
        },
        subtitle={
            "en": "Foreign professionals in China, people; the band is the 95% interval of the paired difference",
            "zh": "在华外国专业人才，人；带状区域为配对差异的95%区间",
        },
        source={
            "en": "Example data. Pairs of runs: 20, from seed 1; one row stands for 1,000 people; talentflow 0.1.0.",
            "zh": "示例数据。20对模拟，种子从1起，每行代表1,000人，talentflow 0.1.0。",
        },
        table=Table(f"{kind}-example", both("Example"), columns, tuple(rows)),
        options=options,
    )


def path_rows(
    names: Mapping[str, Text], *, scale: float = 1.0, n_months: int = 120, sign: int = 1
) -> list[dict[str, Any]]:
    rows = []
    for place, (name, label) in enumerate(names.items()):
        for month in range(n_months):
            gain = sign * scale * 420 * max(0, month - 24) * (1 - 0.3 * place)
            reach = 0.4 * abs(gain) + 900 * scale * (month > 24)
            before = scale * (640_000 + 1500 * month)
            rows.append(
                {
                    "scenario": name, "label": label, "date": f"{2025 + month // 12}-{month % 12 + 1:02d}",
                    "baseline": before, "reform": before + gain, "difference": (gain, gain - reach, gain + reach),
                }
            )  # fmt: skip
    return rows


def forest_rows(n: int, *, scale: float = 1.0, label: Text = SHORT) -> list[dict[str, Any]]:
    return [
        {
            "label": {lang: f"{text} {i + 1}" for lang, text in label.items()},
            "difference": (
                scale * (60_000 * math.cos(i) + 4000),
                scale * (60_000 * math.cos(i) + 4000 - 9000 * (1 + i % 4)),
                scale * (60_000 * math.cos(i) + 4000 + 9000 * (1 + i % 4)),
            ),
        }
        for i in range(n)
    ]


def tile_rows(*, scale: float = 1.0, is_mixed: bool = True) -> list[dict[str, Any]]:
    values = {region: 1.9 ** (9 - i) * 60 * (-1 if is_mixed and i % 4 == 3 else 1) for i, region in enumerate(REGIONS)}
    return [
        {"region": region, "value": (scale * x, scale * (x - 500), scale * (x + 500))} for region, x in values.items()
    ]


def flow_rows(*, scale: float = 1.0) -> list[dict[str, Any]]:
    sources = [both("Category A"), both("Category B"), both("Category C")]
    targets = [
        {"en": "Still on a work permit", "zh": "仍持工作许可"}, {"en": "Permanent residence", "zh": "永久居留"},
        {"en": "Left for a career elsewhere", "zh": "因职业离开"}, {"en": "Left for want of a school", "zh": "因子女就学离开"},
        {"en": "Retired in China", "zh": "在华退休"},
    ]  # fmt: skip
    return [
        {
            "source": source, "target": target,
            "baseline": scale * 900 * (i + 2) * (5 - j), "reform": scale * 1000 * (i + 2) * (5 - j + (j == 1)),
        }
        for i, source in enumerate(sources)
        for j, target in enumerate(targets)
    ]  # fmt: skip


LAWS = {"baseline": {"en": "Today's law", "zh": "现行法律"}, "one-stop": SHORT, "whole": LONG}


def stay_rows() -> list[dict[str, Any]]:
    rows = []
    for place, (law, label) in enumerate(LAWS.items()):
        for half in range(13):
            stay = math.exp(-half / (5 + 2 * place))
            reach = 0.04 * (half > 0)
            rows.append({"law": law, "label": label, "years": half / 2, "stay": (stay, stay - reach, stay + reach)})
    return rows


def queue_rows(*, scale: float = 1.0) -> list[dict[str, Any]]:
    rows = []
    for place, (law, label) in enumerate(LAWS.items()):
        for year in range(2024, 2036):
            days = scale * (46 - (year > 2026) * 12 * place)
            row = {"median": (days, 0.9 * days, 1.1 * days), "p90": (2.1 * days, 1.8 * days, 2.6 * days)}
            rows.append({"law": law, "label": label, "date": f"{year}-12", **row})
    return rows


def waterfall_rows(*, scale: float = 1.0) -> list[dict[str, Any]]:
    shares = [31_000, 24_000, -6000, 900]
    rows: list[dict[str, Any]] = [
        {"label": {lang: f"{LONG[lang]} {i}" if i == 1 else f"{SHORT[lang]} {i}" for lang in LONG},
         "share": (scale * x, scale * (x - 4000), scale * (x + 4000)), "role": "part"}
        for i, x in enumerate(shares)
    ]  # fmt: skip
    total = scale * sum(shares)
    whole = {"en": "The whole article", "zh": "全部措施"}
    return [*rows, {"label": whole, "share": (total, total - scale * 7000, total + scale * 7000), "role": "total"}]


def pareto_rows(n: int = 14, *, scale: float = 1.0) -> list[dict[str, Any]]:
    rows = []
    for i in range(n):
        is_front = i % 3 == 0
        cost = 20.0 + 37 * i
        effect = (9000 * math.sqrt(i + 1)) * (1 if is_front else 0.55)
        rows.append(
            {
                "label": {lang: f"{text} {i}" for lang, text in (LONG if i == 6 else SHORT).items()},
                "cost": (scale * cost, scale * cost * 0.9, scale * cost * 1.1),
                "effect": (scale * effect, scale * (effect - 3000), scale * (effect + 3000)), "front": is_front,
            }
        )  # fmt: skip
    return rows


def point_rows(*, scale: float = 1.0) -> list[dict[str, Any]]:
    return [
        {
            "points": float(x),
            "baseline": scale * 9e4 * math.exp(-(((x - 62) / 14) ** 2)),
            "reform": scale * 9.4e4 * math.exp(-(((x - 65) / 14) ** 2)),
        }
        for x in range(30, 120, 5)
    ]


BARS = [
    {"label": {"en": "Category A", "zh": "A类"}, "baseline": 85, "reform": 75},
    {"label": {"en": "Category B", "zh": "B类"}, "baseline": 60, "reform": 60},
]


def rank_rows(n: int = 9) -> list[dict[str, Any]]:
    rows = []
    for i in range(n):
        chance, effect = 0.97 * 0.62**i, 40_000 * 0.7**i - 3000
        rows.append(
            {
                "label": {lang: f"{text} {i}" for lang, text in (LONG if i == 2 else SHORT).items()},
                "chance": (chance, 0.8 * chance, min(1.0, 1.2 * chance)), "effect": (effect, effect - 5000, effect + 5000),
                "ties": i in {2, 3, 6},
            }
        )  # fmt: skip
    return rows


def lorenz_rows() -> list[dict[str, Any]]:
    return [
        {"law": law, "label": label, "people": x / 10, "held": (x / 10) ** (2.2 - 0.3 * place)}
        for place, (law, label) in enumerate(LAWS.items())
        for x in range(11)
    ]


def equity_rows() -> list[dict[str, Any]]:
    return [
        {
            "group": both(family),
            "label": both(f"{family} {i}"),
            "population": 0.1 + 0.2 * i,
            "added": (0.35 - 0.1 * i, 0.3 - 0.1 * i, 0.4 - 0.1 * i),
        }
        for family in ("Category", "Origin")
        for i in range(3)
    ]


def driver_rows(n: int = 7, *, scale: float = 1.0) -> list[dict[str, Any]]:
    rows = []
    for i in range(n):
        low, high = scale * (30_000 - 22_000 / (i + 1)), scale * (30_000 + 26_000 / (i + 1) * (-1) ** i)
        reach = scale * 6000
        label = {lang: f"{text} {i}" for lang, text in (LONG if i == 1 else SHORT).items()}
        rows.append(
            {"label": label, "low": (low, low - reach, low + reach), "high": (high, high - reach, high + reach)}
        )
    return rows


def fit_rows(n: int = 12) -> list[dict[str, Any]]:
    rows = []
    for i in range(n):
        model = 1000 * (0.7 + 0.07 * i) * (4 if i == 5 else 1)
        rows.append(
            {
                "label": {lang: f"{text} {i}" for lang, text in (LONG if i == 4 else SHORT).items()},
                "group": {"en": "Fitted" if i < 7 else "Held out", "zh": "用于校准" if i < 7 else "留作检验"},
                "observed": (1000.0, 850.0, 1200.0), "model": (model, 0.9 * model, 1.1 * model),
            }
        )  # fmt: skip
    return rows


NAMES = {
    "whole": LONG,
    "one-stop": SHORT,
    "third": {"en": "Points-based residence", "zh": "积分制永久居留"},
    "fourth": LONG,
}
NONE = (1.0, None, None)


def variants(kind: str) -> dict[str, Figure]:
    """Return figures of a kind, from the common one to those that break a layout."""
    one = {
        "paths": {
            "common": figure_of("paths", path_rows(dict(list(NAMES.items())[:2])), start="2027-01"),
            "four": figure_of("paths", path_rows(NAMES), start={"whole": "2027-01", "one-stop": "2027-07", "third": "2028-01"}),
            "one row": figure_of("paths", path_rows({"whole": LONG}, n_months=1)),
            "huge": figure_of("paths", path_rows({"whole": LONG}, scale=1e5), start="2027-01"),
            "tiny": figure_of("paths", path_rows({"whole": SHORT}, scale=1e-9), start="2027-01"),
            "negative": figure_of("paths", path_rows({"whole": SHORT}, sign=-1), start="2027-01"),
            "no interval": figure_of("paths", [{**row, "difference": (row["difference"][0], None, None)} for row in path_rows({"whole": SHORT})]),
        },
        "forest": {
            "common": figure_of("forest", forest_rows(8)),
            "31": figure_of("forest", forest_rows(31, label=LONG)),
            "one row": figure_of("forest", forest_rows(1)),
            "none clear": figure_of("forest", [{"label": SHORT, "difference": (1.0, -4.0, 6.0)}] * 3),
            "no interval": figure_of("forest", [{"label": SHORT, "difference": NONE}, {"label": LONG, "difference": None}]),
            "negative": figure_of("forest", [{"label": SHORT, "difference": (-9.0, -14.0, -6.0)}] * 3),
            "huge": figure_of("forest", forest_rows(5, scale=1e6)),
            "tiny": figure_of("forest", forest_rows(5, scale=1e-12)),
            "groups": figure_of("forest", [{**row, "group": both(f"Group {i // 4}")} for i, row in enumerate(forest_rows(8))]),
        },
        "tiles": {
            "common": figure_of("tiles", tile_rows(is_mixed=False)),
            "both signs": figure_of("tiles", tile_rows()),
            "one row": figure_of("tiles", tile_rows()[:1]),
            "huge": figure_of("tiles", tile_rows(scale=1e5)),
            "tiny": figure_of("tiles", tile_rows(scale=1e-8)),
            "no interval": figure_of("tiles", [{"region": "HK", "value": NONE}, {"region": "SC CQ", "value": None}]),
            "levels": figure_of("tiles", tile_rows(is_mixed=False), is_level=True),
        },
        "flows": {
            "common": figure_of("flows", flow_rows()),
            "one row": figure_of("flows", flow_rows()[:1]),
            "huge": figure_of("flows", flow_rows(scale=1e5)),
            "nobody": figure_of("flows", flow_rows(scale=0.0)),
            "long": figure_of("flows", [{**row, "target": LONG} for row in flow_rows()] + flow_rows()),
        },
        "survival": {
            "common": figure_of("survival", stay_rows()),
            "one row": figure_of("survival", stay_rows()[:1]),
            "no interval": figure_of("survival", [{**row, "stay": (row["stay"][0], None, None)} for row in stay_rows()]),
        },
        "waterfall": {
            "common": figure_of("waterfall", waterfall_rows()),
            "one row": figure_of("waterfall", waterfall_rows()[-1:]),
            "negative": figure_of("waterfall", waterfall_rows(scale=-1.0)),
            "huge": figure_of("waterfall", waterfall_rows(scale=1e6)),
            "no interval": figure_of("waterfall", [{**row, "share": (row["share"][0], None, None)} for row in waterfall_rows()]),
        },
        "pareto": {
            "common": figure_of("pareto", pareto_rows()),
            "31": figure_of("pareto", pareto_rows(31)),
            "one row": figure_of("pareto", pareto_rows(1)),
            "crowded": figure_of("pareto", [{**row, "cost": (1.0, 0.9, 1.1), "front": True} for row in pareto_rows(9)]),
            "negative": figure_of("pareto", pareto_rows(scale=-1.0)),
            "no interval": figure_of("pareto", [{"label": LONG, "cost": NONE, "effect": NONE, "front": True}]),
        },
        "points": {
            "common": figure_of("points", point_rows(), bars=BARS),
            "one row": figure_of("points", point_rows()[:1]),
            "huge": figure_of("points", point_rows(scale=1e6), bars=BARS),
            "tiny": figure_of("points", point_rows(scale=1e-9), bars=[{**bar, "label": LONG} for bar in BARS]),
        },
        "queue": {
            "common": figure_of("queue", queue_rows(), start="2027-01"),
            "one row": figure_of("queue", queue_rows()[:1]),
            "huge": figure_of("queue", queue_rows(scale=1e7)),
        },
        "ranking": {
            "common": figure_of("ranking", rank_rows()),
            "31": figure_of("ranking", rank_rows(31)),
            "one row": figure_of("ranking", rank_rows(1)),
            "no interval": figure_of("ranking", [{"label": LONG, "chance": (0.5, None, None), "effect": None}]),
        },
        "lorenz": {
            "common": figure_of("lorenz", lorenz_rows()),
            "equity": figure_of("lorenz", equity_rows()),
            "one row": figure_of("lorenz", equity_rows()[:1]),
            "one point": figure_of("lorenz", lorenz_rows()[:1]),
        },
        "drivers": {
            "common": figure_of("drivers", driver_rows()),
            "31": figure_of("drivers", driver_rows(31)),
            "one row": figure_of("drivers", driver_rows(1)),
            "huge": figure_of("drivers", driver_rows(scale=1e6)),
            "no interval": figure_of("drivers", [{"label": LONG, "low": NONE, "high": None}]),
        },
        "fit": {
            "common": figure_of("fit", fit_rows()),
            "one row": figure_of("fit", fit_rows(1)),
            "31": figure_of("fit", fit_rows(31)),
            "no ratio": figure_of("fit", [{"label": LONG, "observed": (0.0, 0.0, 1.0), "model": NONE}]),
            "far": figure_of("fit", [{"label": LONG, "observed": (1.0, 0.5, 2.0), "model": (4000.0, 3000.0, 9000.0)}]),
        },
    }  # fmt: skip
    return one[kind]


@pytest.fixture
def figures_of() -> Callable[[str], dict[str, Figure]]:
    """Return a maker of figures of a kind, by what is particular about them."""
    return variants


@pytest.fixture
def path_figure() -> Callable[..., Figure]:
    """Return a maker of any figure from its rows."""
    return figure_of
