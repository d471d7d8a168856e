"""The headline over several scenarios: no more than their ranges allow, and a range where there is one."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

from experiments.report.first import headline_of

from .test_sections import row_of


def headline(*ends: tuple[float, float, float], n: int = 20) -> dict[str, str]:
    rows = [row_of(*cell, n=n) for cell in ends]
    case = SimpleNamespace(id="r", title={"en": "Reform", "zh": "改革"})
    numbers: Any = SimpleNamespace(headline=rows, asked=SimpleNamespace(cases=[case]))
    return dict(headline_of(numbers))


def test_without_a_range_nothing_is_ruled_out() -> None:
    none = (5_000.0, math.nan, math.nan)
    told = headline(none, none, n=1)
    assert "Too few pairs of runs (n = 1) for a range" in told["en"]
    assert "No detectable effect" not in told["en"]
    assert "没有区间" in told["zh"]
    assert "未发现" not in told["zh"]


def test_ranges_that_hold_zero_rule_out_what_lies_beyond_the_widest() -> None:
    told = headline((5.0, -300.0, 310.0), (5.0, -100.0, 110.0))
    assert "rule out more than 310 (n = 20)" in told["en"]


def test_the_largest_estimate_is_told_with_its_range_and_not_as_the_largest_gain() -> None:
    told = headline((5_000.0, 4_000.0, 6_000.0), (4_900.0, 3_900.0, 5_900.0))
    assert "2 of 2 scenarios" in told["en"]
    assert "the largest estimate is that of Reform: 5,000 (4,000 to 6,000, n = 20) people more" in told["en"]
    assert "largest gain" not in told["en"]
    assert "5,000人（4,000至6,000，n = 20）" in told["zh"]


def test_where_all_lose_none_is_said_to_gain() -> None:
    assert "none adds people clearly (n = 20)" in headline((-50.0, -60.0, -40.0), (-50.0, -60.0, -40.0))["en"]
