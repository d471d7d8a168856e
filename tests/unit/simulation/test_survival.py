from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.survival import TENURE_MAX, kaplan_meier, stay_share


def exits_of(cohorts: list[list[int]]) -> np.ndarray:
    """Return exits by month of entry and months of tenure, from the first tenures of each month."""
    exits = np.zeros((len(cohorts), TENURE_MAX + 1), int)
    for month, row in enumerate(cohorts):
        exits[month, : len(row)] = row
    return exits


def test_stays_cut_off_by_the_end_of_observation_count_for_as_long_as_they_were_seen() -> None:
    # Seen from the end of month 2: those of month 0 for three steps, of month 1 for two, of month 2 for one.
    entries, exits = [10, 8, 6], exits_of([[0, 2, 1], [0, 2], [1]])
    # At risk 24, 18, 8; gone 1, 4, 1.
    by_hand = (23 / 24) * (14 / 18) * (7 / 8)
    assert stay_share(entries, exits, tenure=3, first=0, last=2) == pytest.approx(by_hand)


def test_what_comes_after_the_month_looked_from_is_not_known() -> None:
    entries, exits = [10, 8, 6], exits_of([[0, 2, 1], [0, 2], [1]])
    later = exits_of([[0, 2, 1, 9], [0, 2, 7, 1], [1, 5, 0]])
    for tenure in (1, 2, 3):
        looked = [stay_share(entries, table, tenure=tenure, first=0, last=2) for table in (exits, later)]
        assert looked[0] == looked[1]


def test_a_tenure_that_nobody_was_seen_for_has_no_share() -> None:
    entries, exits = [10, 8, 6], exits_of([[0, 2, 1], [0, 2], [1]])
    assert math.isnan(stay_share(entries, exits, tenure=4, first=0, last=2))
    assert math.isnan(stay_share(entries, exits, tenure=3, first=1, last=2))
    assert math.isnan(stay_share([0, 0], exits_of([[], []]), tenure=1, first=0, last=1))


def test_leaving_the_censored_out_would_give_another_share() -> None:
    entries, exits = [10, 8, 6], exits_of([[0, 2, 1], [0, 2], [1]])
    whole = stay_share([10, 0, 0], exits_of([[0, 2, 1], [], []]), tenure=3, first=0, last=2)
    assert whole == pytest.approx(7 / 10)
    assert stay_share(entries, exits, tenure=3, first=0, last=2) != pytest.approx(whole)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30), st.integers(1, 200))
def test_with_nobody_cut_off_the_estimate_is_the_share_left(exits: list[int], more: int) -> None:
    left = np.array(exits)
    entered = int(left.sum()) + more
    at_risk = entered - np.concatenate([[0], np.cumsum(left)[:-1]])
    assert kaplan_meier(at_risk, left)[-1] == pytest.approx(more / entered)


@given(st.lists(st.tuples(st.integers(1, 90), st.floats(0, 1)), min_size=1, max_size=30))
def test_shares_lie_between_0_and_1_and_fall(steps: list[tuple[int, float]]) -> None:
    shares = kaplan_meier([n for n, _ in steps], [int(n * part) for n, part in steps])
    assert (shares >= 0).all()
    assert (np.diff(np.concatenate([[1.0], shares])) <= 0).all()
