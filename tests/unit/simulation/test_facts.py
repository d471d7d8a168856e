"""What everybody faced, kept and given back."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.facts import Calendar, Facts, Recorder, changed_rows
from simulation.plain import plain_now
from simulation.records import BEHAVIOUR, COMMUNITY, ORIGIN, PLACE, POLICY, POOL, PUBLIC, RIVAL, Now

TYPES = {"policy": POLICY, "places": PLACE, "public": PUBLIC, "origins": ORIGIN, "rivals": RIVAL}
TYPES["communities"] = COMMUNITY
PASTS = ("policy", "public")


def now_at(month: int, tables: dict[str, Any], past: dict[str, Any] | None = None) -> Now:
    history = past or {f"{name}_by_month": np.zeros((1, 3), TYPES[name]) for name in PASTS}
    return Now(month=month, seed=7, behaviour=np.ones(1, BEHAVIOUR), **tables, **history)


def present(now: Now) -> Now:
    """Return plain facts without the past."""
    return now._replace(policy_by_month=None, public_by_month=None)


def tables_of(n_rows: int = 3) -> dict[str, Any]:
    return {name: np.zeros(n_rows, dtype) for name, dtype in TYPES.items()}


def record(months: int) -> tuple[Facts, list[Now]]:
    """Return facts of months in which the queues of one region change, and the plain facts as they were."""
    recorder, tables, seen = Recorder(), tables_of(), []
    for month in range(months):
        tables["public"]["quota_share"][month % 3] = month / 10
        if month == 2:
            tables["policy"]["points_months_9"] = 15.0
        now = now_at(month, tables)
        recorder(now)
        seen.append(present(plain_now(now)))
    return recorder.facts(scale=5, pool=np.zeros(1, POOL)), seen


def test_every_month_comes_back_as_it_was() -> None:
    facts, seen = record(6)
    calendar = Calendar(facts)
    assert [present(calendar.turn_to(month)) for month in range(6)] == seen
    assert seen[0] != seen[5]


@given(st.sets(st.integers(0, 19), min_size=1))
def test_months_may_be_passed_over(months: set[int]) -> None:
    facts, seen = record(20)
    calendar = Calendar(facts)
    assert [present(calendar.turn_to(month)) for month in sorted(months)] == [seen[month] for month in sorted(months)]


def test_a_calendar_never_goes_back_nor_past_its_end() -> None:
    facts, _ = record(4)
    calendar = Calendar(facts)
    calendar.turn_to(2)
    for month in (1, 4):
        with pytest.raises(ValueError, match="not kept"):
            calendar.turn_to(month)


def test_only_rows_that_change_are_kept() -> None:
    facts, _ = record(6)
    assert facts.courses["public"].changed.tolist() == [3, 1, 1, 1, 1, 1]
    assert facts.courses["policy"].changed.tolist() == [3, 0, 3, 0, 0, 0]


def test_a_table_may_grow_and_shrink() -> None:
    recorder, seen = Recorder(), []
    for month, rows in enumerate((2, 4, 3)):
        tables = {**tables_of(), "rivals": np.zeros(rows, RIVAL)}
        tables["rivals"]["pay"] = np.arange(rows) + 1.0
        now = now_at(month, tables)
        recorder(now)
        seen.append(present(plain_now(now)))
    calendar = Calendar(recorder.facts(scale=1, pool=np.zeros(1, POOL)))
    assert [present(calendar.turn_to(month)) for month in range(3)] == seen


def test_facts_survive_being_stored() -> None:
    facts, seen = record(5)
    stored = io.BytesIO()
    np.savez(stored, allow_pickle=False, **facts.arrays())
    stored.seek(0)
    again = Facts.of_arrays(np.load(stored, allow_pickle=False))
    assert (again.seed, again.scale, again.months) == (7, 5, 5)
    assert present(again.now_at(4)) == seen[4]


def test_facts_without_a_table_are_refused() -> None:
    arrays = record(2)[0].arrays()
    del arrays["public.rows"]
    with pytest.raises(KeyError):
        Facts.of_arrays(arrays)


def test_a_month_passed_over_while_recording_is_refused() -> None:
    recorder = Recorder()
    recorder(now_at(0, tables_of()))
    with pytest.raises(ValueError, match="expected month 1, got 2"):
        recorder(now_at(2, tables_of()))


def test_a_row_has_changed_if_any_of_its_bits_has() -> None:
    old = np.array([0.0, 1.0, 2.0])
    assert changed_rows(old, np.array([0.0, 1.0, 2.0])).tolist() == []
    assert changed_rows(old, np.array([-0.0, 1.0, 2.5, 9.0])).tolist() == [0, 2, 3]


def test_the_past_is_there_up_to_the_month_even_where_months_were_passed_over() -> None:
    facts, seen = record(8)
    now = Calendar(facts).turn_to(6)
    for month in range(7):
        assert now.public_by_month[month] == seen[month].public
        assert now.policy_by_month[month] == seen[month].policy
    assert seen[6].public != seen[5].public
