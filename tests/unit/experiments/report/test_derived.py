"""What a report says of analyses that a store keeps: nothing is put first that is not clear of all others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from experiments.report.derived import _shares_title, derived_sections
from experiments.report.parts import Figure

Ends = tuple[float, float | None, float | None]


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
    second: Ends, third: Ends, sign: int, *, is_told: bool
) -> None:
    first = share(30.0, 25.0, 35.0, sign) | {"member": "fast-track"}
    title = _shares_title([first, share(*second, sign=sign), share(*third, sign=sign)], sign)["en"]
    assert title.startswith("Fast track" if is_told else "No part of the package has clearly the largest share")


def ranking(folder: Path, *arms: tuple[str, Any, bool]) -> Figure:
    """Return the figure of a ranking; of each reform the chance, with its range, and whether it ties with the next."""
    found: dict[str, Any] = {"schema": "talentflow.rank-probabilities/1", "outcome": "stock", "date": "2030-12"}
    found |= {"unit": "persons", "best": 1, "version": "0", "seed": 1, "replicates": 2, "draws": 8, "scale": 1000}
    found["arms"] = [
        {
            "place": place,
            "scenario": name,
            "p_among_best": dict(zip(("value", "low", "high"), chance, strict=True)),
            "p_beats_next": 0.0,
            "ties_with_next": ties,
            "effect": {"value": 5.0, "low": 1.0, "high": 9.0},
        }
        for place, (name, chance, ties) in enumerate(arms, 1)
    ]
    (folder / "rank.json").write_text(json.dumps(found), encoding="utf-8")
    (section,) = derived_sections(folder)
    return next(item for item in section.items if isinstance(item, Figure))


def test_ties_and_their_order_are_those_of_the_ranking(tmp_path: Path) -> None:
    # One that surely does not beat the next is told apart from it; of chances that round alike the place decides.
    figure = ranking(tmp_path, ("one-stop", (0.398, 0.3, 0.5), False), ("fast-track", (0.402, 0.3, 0.5), True))
    assert [row["label"]["en"][:8] for row in figure.table.rows] == ["One-stop", "Fast tra"]
    assert [row["ties"]["en"] for row in figure.table.rows] == ["no", "yes"]


def test_the_likeliest_is_named_with_its_range_as_the_figure_writes_it(tmp_path: Path) -> None:
    figure = ranking(tmp_path, ("fast-track", (1.0, 0.996, 1.0), False), ("one-stop", (0.4, 0.3, 0.5), False))
    assert figure.title["en"].startswith("Likeliest among the best 1: Fast track")
    assert figure.title["en"].endswith("100% (>99% to 100%)")
    assert figure.title["zh"].endswith("概率100%（>99%至100%）")


def test_none_is_called_likeliest_where_ranges_meet(tmp_path: Path) -> None:
    figure = ranking(tmp_path, ("fast-track", (0.6, 0.4, 0.8), True), ("one-stop", (0.4, 0.2, 0.6), False))
    assert "Likeliest" not in figure.title["en"]
    assert "none is clearly likelier than all others" in figure.title["en"]
    rangeless = ranking(tmp_path, ("fast-track", (0.6, None, None), True), ("one-stop", (0.4, 0.2, 0.6), False))
    assert "no range known" in rangeless.title["en"]
