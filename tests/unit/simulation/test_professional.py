"""A person as a Mesa agent."""

from __future__ import annotations

import copy
import inspect
import pickle
from typing import Any

import mesa
import numpy as np
import pytest

from simulation.names import ON_A, ON_B
from simulation.people import FIELDS
from simulation.plain import PlainPerson
from simulation.professional import Professional
from simulation.records import BEHAVIOUR, COMMUNITY, ORIGIN, PERSON, PLACE, POLICY, PUBLIC, RIVAL, Now
from simulation.rules import life


def test_a_professional_is_a_mesa_agent_with_every_field_and_its_meaning() -> None:
    assert issubclass(Professional, mesa.Agent)
    assert set(FIELDS) == {*(PERSON.names or ()), "wake"}
    assert inspect.getdoc(Professional.salary_cny) == "Salary in China at the last decision, yuan of 2024 a year."


def test_fields_are_read_as_plain_numbers(village: Any) -> None:
    person = village.agents[7]
    assert type(person.salary_cny) is float
    assert type(person.status) is int
    assert type(person.wake) is int
    assert person.unique_id == person.id == 8
    assert person.model is village
    assert person.pos is None


def test_what_is_set_is_in_the_row_and_in_every_other_view_of_it(village: Any) -> None:
    person = village.agents[7]
    person.salary_cny = 1.5
    person.wake = 12
    assert village.people.persons["salary_cny"][7] == village.agents[7].salary_cny == 1.5
    assert village.people.wake[7] == 12


def test_two_views_are_equal_if_they_show_one_row_of_one_model(village: Any, settle: Any) -> None:
    person = village.agents[7]
    assert person == village.agents[7]
    assert person is not village.agents[7]
    assert len({person, village.agents[7]}) == 1
    assert person != village.agents[8]
    assert person != settle().agents[7]
    assert person != 8
    assert copy.copy(person) == person
    assert repr(person) == "<Ageing 8>"


def test_an_unknown_attribute_is_refused_with_the_nearest_name(village: Any) -> None:
    person = village.agents[0]
    with pytest.raises(AttributeError, match=r"Ageing has no field 'salary'.*nearest name is 'salary_cny'"):
        _ = person.salary
    with pytest.raises(AttributeError, match=r"Ageing has no field 'statsu'.*nearest name is 'status'"):
        person.statsu = ON_A
    with pytest.raises(AttributeError, match=r"has no field 'qqq' and keeps nothing else$"):
        person.qqq = 1
    with pytest.raises(AttributeError):
        person.decide = None


def test_who_a_person_is_cannot_be_changed(village: Any) -> None:
    for name in ("id", "unique_id", "model"):
        with pytest.raises(AttributeError):
            setattr(village.agents[0], name, 5)


@pytest.mark.parametrize("value", [300, -129, 1.5, 1e30])
def test_a_number_that_does_not_fit_its_field_is_refused_and_not_kept(village: Any, value: float) -> None:
    person = village.agents[0]
    before = person.status
    with pytest.raises(ValueError, match="status takes whole numbers from -128 to 127, got"):
        person.status = value
    assert person.status == before


def test_a_whole_number_in_any_form_fits(village: Any) -> None:
    person = village.agents[0]
    for value in (4, 4.0, np.int64(4), np.float64(4.0), True):
        person.status = value
        assert person.status == int(value)


def test_people_are_not_made_by_hand_and_not_removed(village: Any) -> None:
    with pytest.raises(TypeError, match="never added or removed by hand"):
        Professional(village)
    with pytest.raises(TypeError, match="never added or removed by hand"):
        village.people.professional.create_agents(village, 3)
    with pytest.raises(TypeError, match="never added or removed by hand"):
        village.agents[0].remove()


def test_a_step_decides_only_in_the_month_of_waking(village: Any) -> None:
    person = village.agents[7]
    pay = []
    for _ in range(6):
        person.step()
        pay.append(person.salary_cny)
        village.month += 1
    start = pay[0]
    assert pay == [start, start + 1, start + 1, start + 1, start + 2, start + 2]
    assert person.wake == 7
    assert village.tally == [8, 8]


def test_the_rules_of_the_model_decide_unless_a_subclass_does(monkeypatch: pytest.MonkeyPatch, settle: Any) -> None:
    seen = []

    def live(person: Any, now: Any, tally: Any) -> np.int64:
        seen.append((type(person), now, tally))
        person.status = ON_B
        person.salary_cny *= 2
        return np.int64(40)

    monkeypatch.setattr(life, "live", live)
    village = settle(professional=Professional)
    village.month = 1
    person = village.agents[3]
    others = np.delete(village.people.persons, 3)
    before = person.salary_cny
    person.step()
    assert (person.status, person.salary_cny, person.wake) == (ON_B, 2 * before, 40)
    assert seen == [(PlainPerson, village.now, village.tally)]
    assert (np.delete(village.people.persons, 3) == others).all()


def test_a_step_hands_over_plain_facts_whatever_the_model_holds(settle: Any) -> None:
    seen = []

    class Attentive(Professional):
        def decide(self, now: Any, tally: Any) -> int:
            seen.append(now.policy[1].category_a_points_min)
            return 2

    village = settle(professional=Attentive)
    policy = np.zeros(3, POLICY)
    policy["category_a_points_min"] = (80.0, 85.0, 90.0)
    nothing: Any = (np.zeros(1, dtype) for dtype in (PLACE, PUBLIC, ORIGIN, RIVAL, BEHAVIOUR))
    months: Any = (np.zeros(1, COMMUNITY), policy[None], np.zeros((1, 1), PUBLIC))
    village.month, village.now = 1, Now(1, 1, policy, *nothing, *months)
    village.agents[0].step()
    assert seen == [85.0]


def test_a_rule_that_fails_leaves_the_person_as_they_were(monkeypatch: pytest.MonkeyPatch, settle: Any) -> None:
    def live(person: Any, *_: Any) -> int:
        person.status = ON_B + 1
        raise ZeroDivisionError

    monkeypatch.setattr(life, "live", live)
    village = settle(professional=Professional)
    before = village.people.persons.copy()
    with pytest.raises(ZeroDivisionError):
        village.agents[0].decide(village.now, village.tally)
    assert (village.people.persons == before).all()


def test_a_subclass_may_begin_with_the_rules_and_then_differ(monkeypatch: pytest.MonkeyPatch, settle: Any) -> None:
    class Stubborn(Professional):
        def decide(self, now: Any, tally: Any) -> int:
            self.salary_cny = 10.0
            wake = super().decide(now, tally)
            self.status = ON_A
            return wake

    def live(person: Any, *_: Any) -> int:
        person.status = ON_B
        person.salary_cny += 1.0
        return 9

    monkeypatch.setattr(life, "live", live)
    village = settle(professional=Stubborn)
    village.month = 1
    person = village.agents[0]
    person.step()
    assert (person.status, person.salary_cny, person.wake) == (ON_A, 11.0, 9)


def test_a_pickled_person_takes_their_model_along(village: Any) -> None:
    people = village.people
    person, again = pickle.loads(pickle.dumps((people.person(7), people.person(7))))  # noqa: S301 - our own bytes
    person.salary_cny = 4.0
    assert again == person
    assert again.salary_cny == person.people.persons["salary_cny"][7] == 4.0
    assert people.person(7).salary_cny != 4.0
