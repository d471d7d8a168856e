"""Two reforms together, ratios between groups, and ratios of means: against sums done by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from experiments.cases import outcome_labels
from experiments.design import DesignError
from experiments.equity import change_of_ratio
from experiments.interaction import InteractionRow, finding_of, together
from experiments.pairing import ratio, summarise

SMALL = {"scale": 10_000, "replicates": 2, "until": "2028-12", "jobs": 1}


def finding(left: list[float], lang: str = "en") -> str:
    none = [0.0] * len(left)
    row = InteractionRow(
        outcome="stock", group="all", date="2035-12", unit="persons",
        first=summarise(none, [100.0] * len(left)), second=summarise(none, [50.0] * len(left)),
        both=summarise(none, [150.0 + more for more in left]), interaction=summarise(none, left),
    )  # fmt: skip
    return finding_of(row, lang, outcome_labels())


def test_more_than_the_sum_is_a_complement_less_a_substitute_and_neither_is_said_without_an_interval() -> None:
    assert finding([40.0, 50.0, 60.0]).startswith("They help each other")
    assert finding([-40.0, -50.0, -60.0]).startswith("They get in each other's way")
    assert finding([-40.0, 50.0, 10.0]).startswith("No interaction")
    assert "50" in finding([40.0, 50.0, 60.0], "zh")


def test_the_parts_add_up_in_every_pair() -> None:
    result = together("category-a-less-stringent", "split-category-b", **(SMALL | {"outcomes": ("mean_points",)}))
    (row,) = result.rows
    parts = row.first.difference + row.second.difference + row.interaction.difference
    assert parts == pytest.approx(row.both.difference)
    assert row.first.difference != 0 != row.interaction.difference
    assert result.overlaps == ()


def test_reforms_that_set_the_same_value_say_which() -> None:
    result = together("work-residence-to-pr", "points-based-pr", **SMALL)
    assert result.overlaps == ("permanent_residence.decisions_per_year",)


def test_a_second_scenario_may_be_another_world(tmp_path: object) -> None:
    from pathlib import Path

    file = Path(str(tmp_path)) / "posts.yaml"
    file.write_text(
        "schema: talentflow.scenario/1\nid: more-posts\ntitle: {en: More posts, zh: 岗位增加}\nassumptions:\n"
        "  - {path: world.regions.shanghai.posts.research, from: 2027-01, multiply: 3}\n",
        encoding="utf-8",
    )
    result = together("category-a-less-stringent", str(file), **SMALL)
    (row,) = result.rows
    parts = row.first.difference + row.second.difference + row.interaction.difference
    assert parts == pytest.approx(row.both.difference)
    # Until the posts come, the second world is the first.
    before = together("category-a-less-stringent", str(file), **(SMALL | {"dates": ("2026-12",)})).rows[0]
    assert before.second.difference == 0.0


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("one-stop", "optimised-approval", "one-stop contains optimised-approval"),
        ("optimised-approval", "one-stop", "one-stop contains optimised-approval"),
        ("one-stop", "one-stop", "contains"),
        ("baseline", "one-stop", "changes no law"),
        ("one-stop", "baseline", "changes nothing"),
    ],
)
def test_what_cannot_be_added_up_is_refused(first: str, second: str, said: str) -> None:
    with pytest.raises(DesignError, match=said):
        together(first, second, **SMALL)


def test_the_interval_of_a_ratio_holds_it_and_covers_as_often_as_it_says() -> None:
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(400):
        whole = rng.normal(5.0, 2.0, 12)
        part = 3.0 * whole + rng.normal(0.0, 4.0, 12)
        size, low, high = ratio(part, whole)
        assert low <= size <= high
        held += low <= 3.0 <= high
    # 380 expected, standard deviation 4.4.
    assert 358 <= held <= 398


def test_a_ratio_over_what_may_be_nothing_does_not_exist() -> None:
    assert all(math.isnan(value) for value in ratio([5.0, 5.0, 5.0], [-1.0, 0.5, 1.0]))
    assert all(math.isnan(value) for value in ratio([5.0], [2.0]))
    assert ratio([6.0, 6.0], [2.0, 2.0]) == (3.0, 3.0, 3.0)


def test_a_ratio_between_groups_is_that_of_their_means_before_and_after() -> None:
    before, after, low, high = change_of_ratio([[2.0, 4.0], [1.0, 1.0]], [[3.0, 3.0], [1.0, 2.0]])
    assert (before, after) == (3.0, 2.0)
    assert low < after - before < high


def test_a_pair_without_a_value_is_left_out_of_a_ratio() -> None:
    some = change_of_ratio([[2.0, math.nan], [1.0, 1.0]], [[3.0, 3.0], [1.0, 2.0]])
    assert some[:2] == (2.0, 3.0)
    assert math.isnan(some[2])
    assert math.isnan(change_of_ratio([[math.nan], [1.0]], [[1.0], [1.0]])[0])
