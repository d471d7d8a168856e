"""What a report was made from."""

from __future__ import annotations

from experiments.report.asked import Asked
from experiments.report.limits import provenance_of, provenance_table


def test_seeds_are_those_asked_for_even_where_a_pair_failed(asked: Asked) -> None:
    table = provenance_table(provenance_of(asked, replicates=2, failed=1))
    told = {row["item"]["en"]: row["value"] for row in table.rows}
    assert told["seeds"] == f"{asked.design.seed}–{asked.design.seed + 2}"
    assert told["pairs of runs"] == "2"
