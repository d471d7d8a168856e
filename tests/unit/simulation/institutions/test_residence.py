"""The desk of permanent residence: yearly numbers, the line, the cut-off."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from simulation.institutions import residence
from simulation.rules import tally


def law(**changes: Any) -> Any:
    usual = {
        "decisions_per_year": 1_200.0, "approval_share": 0.84, "points_route_pass_mark": 60.0,
        "points_route_quota_per_year": 0.0,
    }  # fmt: skip
    return SimpleNamespace(**(usual | changes))


def files(waiting: int = 0, decided: int = 0, drawn: int = 0, **register: int) -> np.ndarray[Any, Any]:
    counts = np.zeros(tally.FIRST_RESIDENCE_POINTS + tally.N_RESIDENCE_POINTS, np.int64)
    counts[: tally.FIRST_RESIDENCE_POINTS] = waiting, decided, drawn
    for points, people in register.items():
        counts[tally.FIRST_RESIDENCE_POINTS + int(points[1:])] = people
    return counts


def test_a_yearly_number_comes_in_twelfths_and_is_kept_for_a_year() -> None:
    left = 0.0
    for _ in range(30):
        left = residence.left_of_number(left, 1_200.0, 0.0)
    assert left == 1_200.0
    assert residence.left_of_number(left, 1_200.0, 500.0) == 800.0
    assert residence.left_of_number(left, 0.0, 0.0) == 0.0


def test_over_the_years_no_more_is_decided_than_the_number_allows() -> None:
    left, waiting, decided = 0.0, 0.0, 0.0
    for month in range(240):
        waiting += 5_000.0 if month % 60 == 50 else 90.0
        left = residence.left_of_number(left, 1_200.0, decided)
        share = residence.turn_share(left, waiting)
        assert 0.0 <= share <= 1.0
        decided = share * waiting
        waiting -= decided
        assert decided <= 1_200.0 + 1e-9
    assert waiting > 0.0


def test_nobody_is_served_where_nothing_is_left() -> None:
    assert [residence.turn_share(left, 100.0) for left in (-5.0, 0.0, 50.0, 100.0, 900.0)] == [0, 0, 0.5, 1, 1]
    assert residence.turn_share(0.0, 0.0) == 0.0


def test_a_line_of_a_months_files_is_no_wait_and_one_of_a_year_is_eleven_months_more() -> None:
    assert residence.queue_months(100.0, 1_200.0) == 0.0
    assert residence.queue_months(1_200.0, 1_200.0) == pytest.approx(11.0)
    assert residence.queue_months(1.0, 0.0) == residence.QUEUE_MONTHS_MAX


@pytest.mark.parametrize(
    ("left", "cutoff", "share"), [(5.0, 80, 0.5), (10.0, 70, 0.0), (25.0, 70, 0.75), (30.0, 65, 0.0), (35.0, 60, 1.0)]
)
def test_the_best_are_drawn_and_those_at_the_cut_off_share_the_rest(left: float, cutoff: int, share: float) -> None:
    here = SimpleNamespace()
    # Five people at 65, and 900 below the mark who do not count.
    residence.find_cutoff(here, law(points_route_quota_per_year=60.0), files(p80=10, p70=20, p65=5, p40=900), left)
    assert (here.residence_cutoff, here.residence_tie_share) == (cutoff, share)


def test_with_nothing_left_nobody_is_drawn_and_an_empty_register_leaves_the_mark() -> None:
    here = SimpleNamespace()
    residence.find_cutoff(here, law(points_route_quota_per_year=60.0), files(p80=10), -3.0)
    assert (here.residence_cutoff, here.residence_tie_share) == (80.0, 0.0)
    residence.find_cutoff(here, law(points_route_quota_per_year=60.0), files(), -3.0)
    assert (here.residence_cutoff, here.residence_tie_share) == (60.0, 1.0)


def test_the_bar_of_a_mark_is_known_at_once_and_that_of_draws_over_a_year() -> None:
    here, kept = SimpleNamespace(), np.array([0.0, 0.0, 60.0])
    residence.update_desk(here, law(), files(), kept, 0.0)
    assert (here.residence_bar, here.resident_share) == (60.0, 0.84)
    ranked = law(points_route_quota_per_year=12.0)
    for _ in range(12):
        residence.update_desk(here, ranked, files(p80=10_000), kept, 0.0)
    assert 70.0 < here.residence_bar < 76.0
    residence.update_desk(here, law(points_route_pass_mark=55.0), files(), kept, 0.0)
    assert here.residence_bar == 55.0


def test_without_decisions_nothing_is_granted() -> None:
    here = SimpleNamespace()
    residence.update_desk(here, law(decisions_per_year=0.0), files(waiting=10), np.zeros(3), 10.0)
    assert (here.residence_turn_share, here.resident_share) == (0.0, 0.0)
