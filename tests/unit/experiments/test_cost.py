from __future__ import annotations

from dataclasses import replace

import pytest

from experiments.cases import cases_of
from experiments.cli.compare import _announce
from experiments.cli.terminal import Terminal
from experiments.cost import Cost, cost_of
from experiments.design import Design
from simulation import TalentModel

DESIGN = Design(scale=20_000, until="2030-12", replicates=10)


def test_the_rows_foreseen_are_about_those_that_run() -> None:
    cases = cases_of(["one-stop"], DESIGN.until)
    model = TalentModel(cases[0].baseline, scale=DESIGN.scale, seed=1, until=DESIGN.until)
    assert cost_of(cases, DESIGN, 1).rows == pytest.approx(len(model.people.persons), rel=0.1)


def test_time_grows_with_people_runs_and_reforms_and_falls_with_processors() -> None:
    one, two = cases_of(["one-stop"], DESIGN.until), cases_of(["one-stop", "whole-article"], DESIGN.until)
    cost = cost_of(one, DESIGN, 1).seconds
    assert cost_of(one, replace(DESIGN, scale=10_000), 1).seconds == pytest.approx(2 * cost, rel=0.02)
    assert cost_of(one, replace(DESIGN, replicates=20), 1).seconds == pytest.approx(2 * cost)
    assert cost_of(one, DESIGN, 2).seconds == pytest.approx(cost / 2)
    # A second reform adds its own years only: the past is shared.
    assert cost < cost_of(two, DESIGN, 1).seconds < 1.5 * cost


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (20.0, ""),
        (600.0, "8,000,000 rows a run; expect roughly 10 minutes with 2 at a time, and 6.4 GB of memory."),
        (40_000.0, "expect roughly 11 hours"),
    ],
)
def test_only_a_long_comparison_is_announced(seconds: float, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    _announce(Cost(8_000_000, seconds, 6.4e9, 2), Terminal())
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert bool(told.err) is bool(said)
