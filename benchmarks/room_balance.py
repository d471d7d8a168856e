"""Run many packages of the room game and write the parts of their scores: no one should be best whatever counts.

``python -m benchmarks.room_balance FILE.csv`` writes a row a package: its measures, price, and the parts of its score for
weights of 1. All single measures are run, and packages drawn at random that the default budget can pay.
"""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path

from experiments.classroom.rooms.hidden_runs import HiddenRuns, Task
from experiments.classroom.rooms.packages import Package
from experiments.classroom.rooms.prices import menu, price_of
from experiments.classroom.rooms.scores import handed_of, parts_of
from experiments.classroom.rooms.secrecy import Secret
from experiments.classroom.rooms.settings import Settings, Weights
from scenarios import ScenarioProblems

PAIRS, SCALE, DRAWN = 10, 10_000, 90
LEVERS = (
    ("work_permit.category_a.points_min", (60.0, 70.0, 80.0)),
    ("work_permit.category_b.points_min", (45.0, 50.0, 55.0)),
)
"""Levers that drawn packages may move beside reforms."""


def packages(settings: Settings) -> list[Package]:
    """Return the packages to run, the same every time."""
    luck, names = random.Random(1), [one["id"] for one in menu(settings.until, "en")]  # noqa: S311 - no secret
    found = [Package((name,), ()) for name in names]
    found += [Package((), ((path, "2027-01", value),)) for path, values in LEVERS for value in values]
    while len(found) < len(names) + 2 * 3 + DRAWN:
        moved = luck.choice(found[len(names) : len(names) + 6]).changes if luck.random() < 0.4 else ()
        package = Package(tuple(luck.sample(names, luck.randint(2, 7))), moved)
        try:
            package.scenario("drawn")
        except ScenarioProblems:
            continue
        if price_of(package, settings.until).total <= settings.budget:
            found.append(package)
    return [one for one in found if price_of(one, settings.until).total <= settings.budget]


def main() -> None:
    """Run and write."""
    settings = Settings(pairs=PAIRS, scale=SCALE)
    chosen = packages(settings)
    runs = HiddenRuns(Secret(tuple(range(1, PAIRS + 1)), 1, ""), scale=SCALE, until=settings.until)
    named = tuple((f"p{place}", one) for place, one in enumerate(chosen))
    results = [runs(Task(pair, named), lambda _: None) for pair in range(PAIRS)]
    with Path(sys.argv[1]).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["package", "price", "people", "cost", "spread", "fairness"])
        for key, package in named:
            price = price_of(package, settings.until).total
            one = handed_of([result[key] for result in results], price)
            parts = parts_of(one.effects, one.gains, one.before, price=price, weights=Weights(1, 1, 1, 1))
            name = " ".join((*package.reforms, *(f"{path}={value:g}" for path, _, value in package.changes)))
            writer.writerow([name, round(price), *(round(float(value), 3) for value in parts.values())])


if __name__ == "__main__":
    main()
