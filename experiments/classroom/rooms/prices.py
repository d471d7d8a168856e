"""What a package costs in the game, yuan of 2024 from its first month to the room's horizon.

A shipped reform has the costs that its file states: set-up, running, and cases at the number of today's law. A lever that
a group moves by itself has none, so it gets an assumed price: ``LEVER_YUAN_PER_YEAR`` a year for a move across the whole
plausible range, and the square of the share of it for less, as large steps meet more resistance. Each measure beyond the
first makes all of them ``COORDINATION`` dearer, as departments must agree. The two last are rules of the game (assumptions
without a source, in the order of magnitude of the files' costs), made so that no package is the best one whatever counts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from experiments.classroom.rooms.packages import Package
from simulation.records import month_index

LEVER_YUAN_PER_YEAR = 400e6
COORDINATION = 0.05
CASES_PER_YEAR = (80_000.0, 2_000.0, 1_000.0, 80_000.0)
"""Filed, residence applications, new pension qualifiers, arrivals a year under today's law: the mean of three runs of the
baseline at scale 2,000 in 2027 to 2040, to one digit. Prices are told while designing, so nothing is simulated for them."""
TEXTS = {
    "en": f"Shipped reforms cost what their files state (assumptions unless sourced), with today's number of cases. A lever you move yourself costs, by a rule of this game, {LEVER_YUAN_PER_YEAR / 1e6:,.0f} million yuan a year for its whole plausible range and the square of the share for less. Each measure beyond the first makes all {COORDINATION:.0%} dearer.",
    "zh": f"现有改革按其文件所列费用计价（无出处者为假定），办件量按现行法律计。自行调整的参数按本游戏规则计价：跨越整个合理范围每年{LEVER_YUAN_PER_YEAR / 1e6:,.0f}百万元，幅度较小时按所占比例的平方计。从第二项措施起，每多一项，总费用增加{COORDINATION:.0%}。",
}


class PricedPart(NamedTuple):
    """One measure and its price, yuan; ``is_assumed`` where the game's rule made it."""

    id: str
    title: dict[str, str]
    price: float
    is_assumed: bool


class Price(NamedTuple):
    """The price of a package, yuan: measures, what acting together adds, all."""

    parts: tuple[PricedPart, ...]
    coordination: float
    total: float

    def to_dict(self, lang: str) -> dict[str, Any]:
        """Return the price as plain values."""
        parts = [
            {"id": one.id, "title": one.title[lang], "price": one.price, "is_assumed": one.is_assumed}
            for one in self.parts
        ]
        return {"parts": parts, "coordination": self.coordination, "total": self.total, "text": TEXTS[lang]}


def price_of(package: Package, until: str) -> Price:
    """Return what a checked package costs to the end of ``until``: at least 0, and more for every measure more."""
    reforms = [
        PricedPart(name, reform_title(name), reform_price(name, until), is_assumed=False) for name in package.reforms
    ]
    moved = [
        PricedPart(path, lever_title(path), lever_price(path, start, value, until=until), is_assumed=True)
        for path, start, value in package.changes
    ]
    parts = (*reforms, *moved)
    base = sum(part.price for part in parts)
    extra = base * COORDINATION * max(0, len(parts) - 1)
    return Price(parts, extra, base + extra)


@lru_cache(maxsize=512)
def reform_price(identity: str, until: str) -> float:
    """Return what a shipped reform costs by the end of a month, as its file states, yuan."""
    from scenarios import load

    costs = load(identity).costs()[: month_index(until) + 1]
    cases = sum(costs["per_case"][:, kind].sum() * n / 12 for kind, n in enumerate(CASES_PER_YEAR))
    return float(costs["fixed"].sum() + cases)


def lever_price(path: str, start: str, value: float, *, until: str) -> float:
    """Return what moving one lever costs by the end of a month, yuan: convex in the size of the move."""
    from scenarios import levers, load

    lever = levers()[path]
    low, high = lever.plausible
    today = list(load("baseline").values_at(path, start).values())
    share = max(abs(value - one) for one in today) / ((high - low) or (lever.high - lever.low) or 1.0)
    years = max(0, month_index(until) + 1 - month_index(start)) / 12
    return LEVER_YUAN_PER_YEAR * share**2 * years


def reform_title(identity: str) -> dict[str, str]:
    """Return the title of a shipped reform by language."""
    from experiments.cases import titles_of
    from scenarios import load

    return titles_of(load(identity))


def lever_title(path: str) -> dict[str, str]:
    """Return the label of a lever by language."""
    from scenarios import levers

    label = levers()[path].label
    return {"en": label["en"], "zh": label.get("zh", label["en"])}


def part_title(part: str) -> dict[str, str]:
    """Return the title of a measure: a reform, or a lever moved."""
    return lever_title(part) if "." in part else reform_title(part)


def menu(until: str, lang: str) -> list[dict[str, Any]]:
    """Return the shipped reforms with their prices alone, in the order of the article's measures."""
    from scenarios import catalogue, load

    return [
        {
            "id": one.id,
            "measure": one.measure,
            "title": one.title[lang],
            "why": load(one.id).why,
            "price": reform_price(one.id, until),
        }
        for one in catalogue()
        if one.kind in ("reform", "package") and one.measure is not None
    ]
