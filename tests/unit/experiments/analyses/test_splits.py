"""Shares of a package, replicate by replicate: exact sums, intervals, sampled orders, gaps."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest

from experiments import pairing
from experiments.analyses.members import Division, divided
from experiments.analyses.shapley import Coalition, coalitions
from experiments.analyses.splits import Split, needed, orders_of, split_of, worths_of
from experiments.design import DesignError

NUMBER = ("stock", "all", "2035-12", "persons")
REST = {"en": "the rest", "zh": "其余"}


@pytest.fixture(scope="module")
def division() -> Division:
    return divided("whole-article", rest=REST)


def worth(coalition: Coalition, replicate: int) -> float:
    """Return a worth whose shares are no whole numbers: some members need each other, and luck differs by replicate."""
    alone = (1000, 500, -200, 50)
    together = 7 * int({0, 1, 2} <= coalition) - 100 * int({0, 3} <= coalition)
    return float(sum(alone[member] for member in coalition) + together + replicate * len(coalition) ** 2)


def table(division: Division, replicates: Sequence[int] = range(6), draws: Sequence[int] = (0,)) -> pd.DataFrame:
    rows = [
        (division.arm(coalition).id, draw, replicate, worth(coalition, replicate) + 3 * draw * len(coalition))
        for coalition in coalitions(len(division))[1:]
        for draw in draws
        for replicate in replicates
    ]
    return pd.DataFrame(rows, columns=["arm", "draw", "replicate", "effect"])


def arms(division: Division, wanted: Sequence[Coalition]) -> dict[str, Coalition]:
    return {division.arm(coalition).id: coalition for coalition in wanted}


def split(division: Division, effects: pd.DataFrame, permutations: int | None = None) -> Split:
    orders = orders_of(len(division), permutations, seed=1)
    worths, left_out = worths_of(effects, arms(division, needed(len(division), orders)))
    return split_of(worths, division, orders, number=NUMBER, left_out=left_out)


@pytest.mark.parametrize("permutations", [None, 2, 6])
def test_shares_add_up_exactly_in_every_replicate_and_on_average(division: Division, permutations: int | None) -> None:
    found = split(division, table(division), permutations)
    assert [sum(parts) for parts in found.parts] == list(found.totals)
    assert sum(one.exact for one in found.members) == found.exact
    assert found.totals[0] == Fraction(1257)


def test_shares_of_counts_need_no_counts_themselves(division: Division) -> None:
    # Thirds: as floats they would be off in the last digit.
    assert split(division, table(division)).parts[0][1] == Fraction(500) + Fraction(7, 3)


def test_shares_of_numbers_that_are_no_counts_add_up_exactly_too(division: Division) -> None:
    effects = table(division).assign(effect=lambda own: own["effect"] / 7 + 0.1)
    found = split(division, effects)
    assert [sum(parts) for parts in found.parts] == list(found.totals)
    assert float(found.totals[0]) == 1257 / 7 + 0.1


def test_a_share_has_the_interval_of_its_replicates(division: Division) -> None:
    found = split(division, table(division))
    own = [float(parts[1]) for parts in found.parts]
    expected = pairing.summarise([0.0] * 6, own)
    assert found.members[1].share[1:] == (expected.low, expected.high, expected.error, 6)
    # 500 alone, a third of 7, and a quarter of 16 for each further replicate: 2.5 on average.
    assert found.members[1].share.value == pytest.approx(500 + 7 / 3 + 10)


def test_first_in_and_last_in_are_the_ends_of_the_orders(division: Division) -> None:
    found = split(division, table(division, replicates=[0]))
    first, last = found.members[3].first, found.members[3].last
    assert (first.value, last.value) == (50.0, -50.0)
    assert found.members[3].share.value == 0.0


def test_interactions_name_who_helps_and_who_hinders(division: Division) -> None:
    pairs = {(one.first, one.second): one.index.value for one in split(division, table(division, [0])).interactions}
    names = [member.id for member in division.members]
    assert pairs[names[0], names[3]] == pytest.approx(-100)
    assert pairs[names[0], names[1]] == pytest.approx(3.5)
    assert pairs[names[1], names[3]] == 0.0


def test_draws_are_averaged_within_a_replicate(division: Division) -> None:
    one, two = split(division, table(division)), split(division, table(division, draws=(0, 1)))
    assert two.total.n == 6
    assert two.exact - one.exact == Fraction(6)


def test_a_replicate_without_every_coalition_is_left_out_and_counted(division: Division) -> None:
    effects = table(division)
    effects.loc[(effects["arm"] == "coalition-5") & (effects["replicate"] == 2), "effect"] = math.nan
    gone = (effects["arm"] == "coalition-3") & (effects["replicate"] == 4)
    found = split(division, effects[~gone])
    assert found.replicates == (0, 1, 3, 5)
    assert found.left_out == 2


def test_without_a_whole_replicate_there_are_no_shares(division: Division) -> None:
    effects = table(division)
    with pytest.raises(DesignError, match="no replicate has stock"):
        split(division, effects[effects["arm"] != "coalition-f"])


def test_the_error_of_the_sample_of_orders_is_told_apart_from_luck(division: Division) -> None:
    exact, sampled = split(division, table(division)), split(division, table(division), permutations=6)
    assert all(math.isnan(one.order_error) for one in exact.members)
    assert sampled.members[1].order_error > 0
    # Nothing depends on the order of a member that meets nobody: luck is all there is.
    alone = pd.DataFrame(
        [
            (division.arm(coalition).id, 0, replicate, float(len(coalition) * (1 + replicate)))
            for coalition in coalitions(4)[1:]
            for replicate in range(3)
        ],
        columns=["arm", "draw", "replicate", "effect"],
    )
    found = split(division, alone, permutations=6).members[0]
    assert found.order_error == 0.0
    assert found.share.error > 0


def test_few_members_are_divided_exactly_and_many_by_a_sample() -> None:
    assert orders_of(5, None, seed=1) == ()
    assert len(orders_of(6, None, seed=1)) == 20
    assert orders_of(6, None, seed=1, exact_most=6) == ()
    assert len(orders_of(3, 7, seed=1)) == 8
    with pytest.raises(DesignError, match="2 orders or more"):
        orders_of(3, 1, seed=1)


def test_a_sample_needs_its_orders_and_each_member_first_and_last() -> None:
    orders = orders_of(6, 2, seed=1)
    found = needed(6, orders)
    assert frozenset() not in found
    assert len(found) == len(set(found))
    singles = [frozenset({member}) for member in range(6)]
    assert set(singles) | {frozenset(range(6)) - one for one in singles} <= set(found)
    assert len(needed(5, ())) == 31


def test_more_orders_keep_those_before(division: Division) -> None:
    few, many = (orders_of(len(division), n, seed=4) for n in (4, 10))
    assert many[:4] == few


def told(split: Split, division: Division, lang: str) -> list[str]:
    from experiments.analyses.decompose import Decomposition
    from experiments.analyses.decompose_telling import sentences

    experiment: Any = None
    return list(sentences(Decomposition(experiment, division, (), (split,)), split, lang))


def test_sentences_say_what_is_due_to_whom(division: Division) -> None:
    said = " ".join(told(split(division, table(division, range(10))), division, "en"))
    titles: Mapping[str, str] = {member.id: member.title["en"] for member in division.members}
    first, second, third, _ = titles.values()
    assert f"are due to {first}; " in said
    assert f") to {second}" in said
    assert said.index(first) < said.index(second)
    assert f"Working against it: {third}, by" in said
    assert "get in each other's way" in said


def test_sentences_exist_in_chinese(division: Division) -> None:
    said = "".join(told(split(division, table(division, range(10))), division, "zh"))
    assert f"归于{division.members[0].title['zh']}" in said
    assert "相互抵消" in said


def test_what_cannot_be_told_from_nothing_is_not_shared_out(division: Division) -> None:
    luck = {0: 1.0, 1: -1.0, 2: 2.0, 3: -2.0, 4: 0.5, 5: -0.5}
    effects = table(division).assign(effect=lambda own: 10 * own["replicate"].map(luck))
    said = " ".join(told(split(division, effects), division, "en"))
    assert "cannot be told from nothing" in said
    assert "due to" not in said.replace("What is due to", "")


def test_shares_shown_add_up_to_the_total_shown(division: Division) -> None:
    from experiments.analyses.decompose_telling import share_table

    _, rows = share_table(split(division, table(division)), "en", 95)
    shown = [float(row[1].replace(",", "")) for row in rows]
    assert sum(shown[:-1]) == pytest.approx(shown[-1])
