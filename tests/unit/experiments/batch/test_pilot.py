"""What a batch will take: counted exactly, timed on a pilot, refused above its limits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from experiments.batch.experiment import Limits, Replicates, Stop
from experiments.batch.pilot import (
    Count,
    Estimate,
    LimitError,
    Pilot,
    check_count,
    check_estimate,
    count_of,
    estimate_of,
)
from experiments.batch.plan import families_per_chunk, plan_of
from experiments.batch.writing import experiment_of

SMALL = experiment_of(
    ["one-stop", "easier-visits"],
    replicates=6,
    scale=100_000,
    until="2027-06",
    dates=["2027-03"],
    uncertainty={"method": "sobol", "draws": 8, "over": ["beta"]},
)
GROWING = replace(SMALL, replicates=Replicates(6, 2, 60, Stop("stock", "all", "2027-03", 9.0, relative=False)))


def estimate(seconds: float, size: float) -> Estimate:
    return Estimate(Count(3, 1000, 3000, 30, 3000), Pilot(3, 1.0, seconds, size), jobs=2)


def test_runs_and_files_are_counted_as_they_are_planned() -> None:
    plan = plan_of(SMALL, families_per_chunk=families_per_chunk(SMALL))
    count = count_of(SMALL)
    assert (count.runs, count.families, count.in_family) == (len(plan), plan["family"].nunique(), 3)
    assert count.chunks == plan["chunk"].nunique() == 16
    assert count.most_runs == count.runs


def test_a_search_for_precision_counts_to_its_end() -> None:
    count = count_of(GROWING)
    assert (count.runs, count.most_runs) == (144, 1440)
    check_count(replace(GROWING, limits=Limits(runs=1440)), count)
    with pytest.raises(LimitError, match=r"up to 1,440 runs, above its limit of 1,439: write 'limits: \{runs: 1440\}'"):
        check_count(replace(GROWING, limits=Limits(runs=1439)), count)


def test_time_is_shared_by_workers_and_disk_is_not() -> None:
    found = estimate(seconds=4.8, size=2e6)
    assert (found.hours, found.gigabytes) == pytest.approx((2.0, 6.0))


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(hours=1.9), r"about 2 hours, above its limit of 1.9: write 'limits: \{hours: 2\}'"),
        (Limits(gigabytes=5), r"about 6 GB, above its limit of 5: write 'limits: \{gigabytes: 6\}'"),
    ],
)
def test_a_batch_above_a_limit_is_refused_and_told_how_to_raise_it(limits: Limits, message: str) -> None:
    with pytest.raises(LimitError, match=message):
        check_estimate(replace(SMALL, limits=limits), estimate(seconds=4.8, size=2e6))


def test_a_batch_at_its_limits_is_not_refused() -> None:
    check_estimate(replace(SMALL, limits=Limits(hours=2.0001, gigabytes=6.0001)), estimate(seconds=4.8, size=2e6))
    check_estimate(replace(SMALL, limits=Limits(None, None, None)), estimate(seconds=1e9, size=1e12))


def test_a_pilot_runs_one_family_and_says_what_a_run_takes() -> None:
    found = estimate_of(SMALL, jobs=3)
    assert found.jobs == 3
    assert found.pilot.runs == 3
    assert 0 < found.pilot.seconds_per_run <= found.pilot.seconds
    # A run has one number and eight of its pair: in a file with others, far under a kilobyte each, and not nothing.
    assert 50 < found.pilot.bytes_per_run < 5000


def test_more_numbers_kept_take_more_disk() -> None:
    few, many = (
        estimate_of(replace(SMALL, question=replace(SMALL.question, groups=groups))).pilot.bytes_per_run
        for groups in (("all",), ("all", *(f"category={name}" for name in "ABCRK")))
    )
    assert many > few + 5


def test_a_baseline_alone_can_be_tried() -> None:
    alone = experiment_of(["baseline"], scale=100_000, until="2020-06", dates=["2020-03"], replicates=1)
    assert estimate_of(alone).pilot.runs == 1
