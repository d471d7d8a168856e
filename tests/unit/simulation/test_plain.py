"""Records as light Python objects."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest

from simulation.plain import PlainPerson, load_person, plain_now, plain_record, plain_table, store_person
from simulation.records import BEHAVIOUR, COMMUNITY, ORIGIN, PERSON, PLACE, POLICY, PUBLIC, RIVAL, Now

TYPES = [POLICY, PLACE, PUBLIC, ORIGIN, RIVAL, BEHAVIOUR]


def numbered(dtype: np.dtype[Any], n: int = 3) -> Any:
    """Return records in which every number differs."""
    table = np.zeros(n, dtype)
    for row in range(n):
        for position, name in enumerate(dtype.names or ()):
            table[name][row] = (row + 1) * 0.1 + position
            if table[name].ndim == 2:
                table[name][row] += np.arange(table[name].shape[1]) * 1e-3
    return table


@pytest.fixture
def now() -> Now:
    policy, places, public, origins, rivals = map(numbered, (POLICY, PLACE, PUBLIC, ORIGIN, RIVAL))
    months = (np.stack([policy, policy]), np.stack([public, public]))
    return Now(5, 1, policy, places, public, origins, rivals, numbered(BEHAVIOUR, 1), numbered(COMMUNITY), *months)


@pytest.mark.parametrize("dtype", TYPES)
def test_a_plain_record_holds_the_same_numbers_as_python_numbers(dtype: np.dtype[Any]) -> None:
    record = numbered(dtype)[1]
    plain = plain_record(record)
    for name in dtype.names or ():
        value = getattr(plain, name)
        if dtype[name].shape:
            assert type(value) is tuple
            assert all(type(element) is float for element in value)
            assert list(value) == record[name].tolist()
        else:
            assert type(value) is float
            assert value == record[name]


@pytest.mark.parametrize("dtype", TYPES)
def test_plain_facts_cannot_be_changed_and_can_be_pickled(dtype: np.dtype[Any]) -> None:
    plain = plain_record(numbered(dtype)[0])
    with pytest.raises(AttributeError):
        setattr(plain, (dtype.names or ())[0], 1.0)
    assert pickle.loads(pickle.dumps(plain)) == plain  # noqa: S301 - our own bytes


def test_a_plain_person_holds_every_field_and_no_other() -> None:
    persons = np.zeros(2, PERSON)
    persons[1]["salary_cny"], persons[1]["status"] = 1.5, 4
    person = load_person(persons, 1)
    kind = type(person)
    assert kind is PlainPerson
    assert isinstance(plain_record(persons[1]), PlainPerson)
    assert type(person.salary_cny) is float
    assert type(person.status) is int
    assert {name: getattr(person, name) for name in PERSON.names or ()} == dict(
        zip(PERSON.names or (), persons[1].item(), strict=True)
    )
    with pytest.raises(AttributeError):
        person.salery_cny = 2.0


def test_what_is_loaded_is_a_copy_until_it_is_stored() -> None:
    persons = np.zeros(3, PERSON)
    person = load_person(persons, 1)
    person.salary_cny, person.status = 7.5, 3
    assert persons[1]["salary_cny"] == 0.0
    store_person(persons, 1, person)
    assert persons["salary_cny"].tolist() == [0.0, 7.5, 0.0]
    assert persons["status"].tolist() == [0, 3, 0]


def test_a_fraction_is_stored_as_compiled_code_stores_it_and_an_overflow_is_not() -> None:
    persons = np.zeros(1, PERSON)
    person = load_person(persons, 0)
    person.points = 12.9
    store_person(persons, 0, person)
    assert persons["points"][0] == 12
    person.points = -12.9
    store_person(persons, 0, person)
    assert persons["points"][0] == -12
    person.points = 40_000
    with pytest.raises(OverflowError):
        store_person(persons, 0, person)


def test_equal_tables_share_their_objects_and_changed_ones_do_not(now: Now) -> None:
    plain = plain_now(now)
    again = plain_now(now._replace(policy=now.policy.copy()))
    assert again.policy is plain.policy
    now.public["seat_share"][1] = 9.0
    changed = plain_now(now)
    assert changed.public[1].seat_share[0] == 9.0
    assert plain.public[1].seat_share[0] != 9.0
    assert changed.policy is plain.policy


def test_plain_facts_are_the_facts_of_the_month(now: Now) -> None:
    plain = plain_now(now)
    assert (plain.month, plain.seed) == (5, 1)
    assert [policy.grace_months_category_a for policy in plain.policy] == now.policy["grace_months_category_a"].tolist()
    assert plain.behaviour.beta == now.behaviour["beta"][0]
    assert plain_now(plain) is plain
    assert plain_table(plain.policy) is plain.policy


def test_the_behaviour_may_come_as_a_record_or_as_an_array_of_one(now: Now) -> None:
    assert plain_now(now._replace(behaviour=now.behaviour[0])) == plain_now(now)
