"""What a report says of analyses that a store keeps: nothing is put first that is not clear of all others."""

from __future__ import annotations

from typing import Any

import pytest

from experiments.report.derived import _shares_title


def share(value: float, low: float | None, high: float | None, sign: int = 1) -> dict[str, Any]:
    ends = [None if end is None else sign * end for end in (low, high)][::sign]
    return {"member": "one-stop", "share": {"value": sign * value, "low": ends[0], "high": ends[1]}}


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(
    ("second", "third", "is_told"),
    [
        ((10.0, 8.0, 12.0), (9.0, 0.0, 18.0), True),
        # The third reaches further than the second.
        ((10.0, 8.0, 12.0), (9.0, -20.0, 38.0), False),
        # Of the second no range is known.
        ((10.0, None, None), (9.0, 0.0, 18.0), False),
    ],
)
def test_a_share_is_the_largest_only_if_clear_of_every_other(
    second: Any, third: Any, sign: int, *, is_told: bool
) -> None:
    first = share(30.0, 25.0, 35.0, sign) | {"member": "fast-track"}
    title = _shares_title([first, share(*second, sign), share(*third, sign)], sign)["en"]
    assert title.startswith("Fast track" if is_told else "No part of the package has clearly the largest share")
