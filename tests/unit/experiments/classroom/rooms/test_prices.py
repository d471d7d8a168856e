from __future__ import annotations

import csv
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest

from experiments.classroom.answering.asked import check
from experiments.classroom.answering.files import scenario_of
from experiments.classroom.answering.problems import AskedProblems
from experiments.classroom.refused import Refused
from experiments.classroom.rooms.packages import Package, asked_of_link, package_of
from experiments.classroom.rooms.prices import COORDINATION, lever_price, menu, price_of, reform_price
from experiments.classroom.rooms.routes import affordable
from experiments.classroom.rooms.settings import WEIGHTS, Settings, Weights
from experiments.classroom.rooms.shares import coalition_packages, key_of
from scenarios import load

BAR = "work_permit.category_a.points_min"
UNTIL = "2035-12"
MOST_WINS = 0.6


def test_a_reform_costs_what_its_file_states() -> None:
    cost = load("category-a-less-stringent").cost
    # Nine years of which the first rises evenly to the full running cost: 6.5 of 12 parts.
    assert reform_price("category-a-less-stringent", UNTIL) == pytest.approx(
        cost.set_up + cost.per_year * (8 + 6.5 / 12)
    )


def test_cases_cost_at_the_number_of_today() -> None:
    cost = load("technology-immigration").cost
    fixed = cost.set_up + cost.per_year * (8 + 6.5 / 12)
    assert reform_price("technology-immigration", UNTIL) == pytest.approx(fixed + cost.per_case * 80_000 * 9)


def test_more_measures_cost_more_than_their_sum() -> None:
    names = ("fast-track", "split-category-b", "clear-responsibilities")
    totals = [price_of(Package(names[:n], ()), UNTIL).total for n in range(4)]
    alone = [reform_price(name, UNTIL) for name in names]
    assert totals[0] == 0
    assert totals[3] == pytest.approx(sum(alone) * (1 + 2 * COORDINATION))
    assert totals[3] - totals[2] > alone[2]


def test_a_lever_twice_as_far_costs_four_times_as_much() -> None:
    prices = [lever_price(BAR, "2027-01", value, until=UNTIL) for value in (85.0, 80.0, 75.0, 65.0)]
    assert prices[0] == 0
    assert prices[2] == pytest.approx(4 * prices[1])
    assert all(later > earlier for earlier, later in pairwise(prices))


def test_a_lever_moved_later_costs_less() -> None:
    early, late = (lever_price(BAR, start, 75.0, until=UNTIL) for start in ("2027-01", "2031-07"))
    assert late == pytest.approx(early / 2)


def test_every_measure_of_the_menu_has_a_price() -> None:
    assert all(one["price"] > 0 for one in menu(UNTIL, "zh"))
    assert len(menu(UNTIL, "en")) > 25


def test_a_package_beyond_the_budget_is_refused_with_what_it_is_over(room: Any) -> None:
    package = Package(("one-stop", "international-hospitals"), ())
    with pytest.raises(Refused) as refused:
        affordable(package, room)
    over = (price_of(package, UNTIL).total - room.settings.budget) / 1e6
    assert f"{over:,.0f} million more than the budget of 3,000 million" in refused.value.texts["en"]
    assert f"（3,000百万元）{over:,.0f}百万元" in refused.value.texts["zh"]


def test_the_whole_budget_may_be_spent(room: Any) -> None:
    package = Package(("fast-track",), ())
    price = price_of(package, UNTIL).total
    exact = type(room.settings)(budget=price)
    assert affordable(package, type(room)(**{**room.__dict__, "settings": exact})) == price


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"reforms": ["one-stp"]},
        {"reforms": ["../../etc/passwd"]},
        {"reforms": ["/etc/passwd.yaml"]},
        {"reforms": ["one-stop", "optimised-approval"]},
        {"reforms": "one-stop"},
        {"reforms": ["fast-track"] * 13},
        {"reforms": ["fast-track", "fast-track"]},
        {"reforms": ["split-category-b", "equal-treatment"], "changes": [{"path": BAR, "set": 75}]},
        {"reforms": ["baseline"]},
        {"changes": [{"path": BAR, "set": 999}]},
        {"changes": [{"path": BAR, "set": "75"}]},
        {"changes": [{"path": BAR, "set": True}]},
        {"changes": [{"path": "no.such.lever", "set": 1}]},
        {"changes": [{"path": "behaviour.beta", "set": 1}]},
        {"changes": [{"path": BAR, "set": 75, "from": "2036-01"}]},
        {"changes": [{"path": BAR, "set": 75, "from": "2026-12"}]},
        {"changes": [{"path": BAR, "set": 75, "where": {"region": ["beijing"]}}]},
        {"changes": [{"path": BAR, "set": 85}]},
        {"reforms": ["fast-track"], "changes": [{"path": BAR, "set": 85}]},
        {"changes": [{"path": BAR, "add": -10}]},
        {"reforms": ["fast-track"], "changes": [{"path": BAR, "set": 75}, {"path": BAR, "set": 65, "from": "2030-01"}]},
        {"changes": [{"path": BAR, "set": 75, "from": f"2027-{month:02}"} for month in range(1, 13)] * 2},
        {"changes": [7]},
    ],
)
def test_a_package_that_cannot_be_run_is_refused_when_it_comes_in(asked: dict[str, Any]) -> None:
    for lang in ("en", "zh"):
        with pytest.raises(Refused) as refused:
            package_of(asked, lang, until=UNTIL)
        assert refused.value.status == 400
        assert all(problem["text"] for problem in refused.value.problems)


def test_what_the_explorer_refuses_a_room_refuses_in_the_same_words() -> None:
    overlap = {"reforms": ["split-category-b", "equal-treatment"]}
    with pytest.raises(AskedProblems) as problems:
        check(overlap)
    with pytest.raises(Refused) as refused:
        package_of(overlap, "zh", until=UNTIL)
    assert refused.value.problems == problems.value.to_dicts("zh")


def test_a_room_that_ends_later_than_the_explorer_takes_changes_until_then() -> None:
    late = {"changes": [{"path": BAR, "set": 75, "from": "2042-01"}]}
    assert package_of(late, until="2045-12").changes == ((BAR, "2042-01", 75.0),)


def test_a_package_is_run_as_the_explorer_runs_it() -> None:
    asked = {"reforms": ["fast-track"], "changes": [{"path": BAR, "from": "2027-01", "set": 75}]}
    ours, theirs = package_of(asked, until=UNTIL).scenario("g7"), scenario_of(check(asked))
    assert ours.id == "g7"
    assert (ours.resolve(UNTIL).policy == theirs.resolve(UNTIL).policy).all()
    assert (ours.costs() == theirs.costs()).all()


def test_every_combination_of_a_packages_measures_can_be_run() -> None:
    moved = [{"path": BAR, "set": 60}, {"path": "administration.time_limit_days", "set": 5, "from": "2028-01"}]
    package = package_of({"reforms": ["category-a-less-stringent", "one-stop"], "changes": moved}, until=UNTIL)
    combinations = dict(coalition_packages(package))
    assert len(combinations) == 15
    for parts, one in combinations.items():
        assert one.scenario(key_of(parts)).first_difference(UNTIL)


def test_a_link_holds_a_package() -> None:
    link = f"http://192.0.2.7:8000/#v=1&r=one-stop,fast-track&c={BAR}@2027-01=75&u=2035-12&l=zh&ver=0.1.0"
    package = package_of(asked_of_link(link), until=UNTIL)
    assert package == Package(("one-stop", "fast-track"), ((BAR, "2027-01", 75.0),))
    assert asked_of_link(link.partition("#")[2]) == asked_of_link(link)


@pytest.mark.parametrize("link", ["", "hello", "http://x/#", "#c=a.b@2027-01=NaN", "#c=a@b", "#v=1&l=en"])
def test_a_text_that_is_no_link_is_refused(link: str) -> None:
    with pytest.raises(Refused) as refused:
        asked_of_link(link)
    assert refused.value.code == "link"


def test_no_package_wins_under_most_weights() -> None:
    with (Path(__file__).parent / "balance.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if float(row["price"]) <= Settings().budget]
    wins = dict.fromkeys((row["package"] for row in rows), 0)
    grid = [weights for weights in product((0.0, 0.5, 1.0, 2.0), repeat=4) if any(weights)]
    for times in grid:
        weights = {name: getattr(Weights(), name) * one for name, one in zip(WEIGHTS, times, strict=True)}
        best = max(rows, key=lambda row: sum(weights[name] * float(row[name]) for name in WEIGHTS))
        wins[best["package"]] += 1
    assert max(wins.values()) <= MOST_WINS * len(grid), max(wins, key=lambda name: wins[name])
    assert sum(count > 0 for count in wins.values()) >= 4
