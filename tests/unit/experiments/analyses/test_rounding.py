"""Numbers rounded together: they add up, and none is off by a step."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.analyses.rounding import rounded_together


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=9), st.sampled_from([0.1, 1.0, 100.0]))
def test_rounded_numbers_add_up_and_are_off_by_less_than_a_step(values: list[float], step: float) -> None:
    total = math.fsum(values)
    shown = rounded_together(values, total, step)
    assert math.fsum(shown) == pytest.approx(round(total / step) * step, abs=step * 1e-6)
    assert all(abs(value - one) <= step * 1.000001 for value, one in zip(values, shown, strict=True))


def test_numbers_without_a_step_or_that_do_not_exist_stay_as_they_are() -> None:
    assert rounded_together([1.23], 1.23, 0.0) == [1.23]
    assert math.isnan(rounded_together([math.nan, 1.0], 1.0, 1.0)[0])
