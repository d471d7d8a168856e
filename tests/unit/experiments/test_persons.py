from __future__ import annotations

import numpy as np
import pytest

from experiments.persons import Pairing, digest_of
from simulation.records import PERSON


def in_china(rows: np.ndarray) -> np.ndarray:
    return np.packbits(rows["is_counted"] == 1)


def people(n: int = 21) -> np.ndarray:
    rows = np.zeros(n, PERSON)
    rows["id"], rows["weight"] = np.arange(n), 2
    return rows


@pytest.mark.parametrize("name", PERSON.names or ())
def test_a_digest_differs_where_any_field_does_and_nowhere_else(name: str) -> None:
    before, after = people(), people()
    after[name][3] += 1
    assert np.flatnonzero(digest_of(before) != digest_of(after)).tolist() == [3]


def test_what_lies_between_fields_is_left_to_chance() -> None:
    before, after = people(), people()
    held = np.zeros(PERSON.itemsize, bool)
    for kind, start, *_ in (PERSON.fields or {}).values():
        held[start : start + kind.itemsize] = True
    assert not held.all()
    after.view(np.uint8).reshape(len(after), -1)[:, ~held] = 7
    assert (digest_of(before) == digest_of(after)).all()


def test_a_record_may_have_any_size() -> None:
    odd = np.dtype([("id", "i4"), ("x", "f8"), ("is_counted", "i1")])
    before = np.zeros(5, odd)
    after = before.copy()
    after["is_counted"][4] = 1
    assert np.flatnonzero(digest_of(before) != digest_of(after)).tolist() == [4]


@pytest.mark.parametrize("same", [True, False])
def test_months_are_counted_for_those_in_china_in_one_run_alone(same: bool) -> None:
    before, after = people(), people()
    after["id"] += not same
    pairing = Pairing(before, after, ["all"])
    luck = np.random.default_rng(3)
    months = [0, 0]
    for _ in range(5):
        before["is_counted"], after["is_counted"] = luck.integers(0, 2, (2, len(before)))
        pairing.add_month(in_china(before), in_china(after))
        here, there = (dict(zip(rows["id"].tolist(), rows["is_counted"] == 1, strict=True)) for rows in (before, after))
        for one in here.keys() | there.keys():
            months[0] += 2 * (there.get(one, False) and not here.get(one, False))
            months[1] += 2 * (here.get(one, False) and not there.get(one, False))
    counted = pairing.copy()
    pairing.add_month(in_china(before), in_china(after))
    assert months_of(counted) == months
    assert months_of(pairing) != months


def months_of(pairing: Pairing) -> list[int]:
    return [int((pairing._weight * months).sum()) for months in pairing._months]
