import copy
import inspect
import pickle
import statistics
import warnings
from collections.abc import MutableSet, Sequence
from typing import Any

import mesa
import numpy as np
import pytest

from simulation.people import COSTLY_FROM, FIELDS, CostWarning, People
from simulation.plain import PlainPerson
from simulation.professional import AgentSet, PeopledModel, Professional, Professionals
from simulation.records import ON_A, ON_B, PERSON
from simulation.rules import life


class Ageing(Professional):
    """Someone whose pay grows by one yuan in every third month."""

    def decide(self, now: Any, tally: Any) -> int:
        self.salary_cny += 1.0
        tally.append(self.unique_id)
        return int(self.wake) + 3

    @property
    def double_pay(self) -> float:
        return 2.0 * self.salary_cny


def mean_pay(model: PeopledModel) -> float:
    return float(model.agents.agg("salary_cny", np.mean))


class Village(PeopledModel):
    """The smallest model of people: fifty of them, and a month that counts on."""

    def __init__(self, n: int = 50, seed: int | None = 3, professional: type = Ageing) -> None:
        super().__init__(rng=seed or 0)
        drawn = np.random.default_rng(seed)
        persons = np.zeros(n, PERSON)
        persons["id"] = np.arange(1, n + 1)
        persons["salary_cny"] = drawn.integers(100_000, 900_000, n)
        persons["status"] = drawn.choice([ON_A, ON_B], n)
        persons["weight"] = 100
        self.people = People(persons, np.full(n, 1, np.int16), model=self, professional=professional)
        self.month = 0
        self.now: Any = None
        self.tally: list[int] = []
        self.datacollector = mesa.DataCollector(
            model_reporters={"mean_pay": mean_pay},
            agent_reporters={"status": "status", "pay": "salary_cny"},
            agenttype_reporters={professional: {"wake": "wake"}},
        )

    def step(self) -> None:
        self.agents.do("step")
        self.month += 1
        self.datacollector.collect(self)


@pytest.fixture
def village() -> Village:
    return Village()


def ids(agents: Any) -> list[int]:
    return [agent.unique_id for agent in agents]


# One person.


def test_a_professional_is_a_mesa_agent_with_every_field_and_its_meaning() -> None:
    assert issubclass(Professional, mesa.Agent)
    assert set(FIELDS) == {*(PERSON.names or ()), "wake"}
    assert inspect.getdoc(Professional.salary_cny) == "Salary in China at the last decision, yuan of 2024 a year."


def test_fields_are_read_as_plain_numbers(village: Village) -> None:
    person = village.agents[7]
    assert type(person.salary_cny) is float
    assert type(person.status) is int
    assert type(person.wake) is int
    assert person.unique_id == person.id == 8
    assert person.model is village
    assert person.pos is None


def test_what_is_set_is_in_the_row_and_in_every_other_view_of_it(village: Village) -> None:
    person = village.agents[7]
    person.salary_cny = 1.5
    person.wake = 12
    assert village.people.persons["salary_cny"][7] == village.agents[7].salary_cny == 1.5
    assert village.people.wake[7] == 12


def test_two_views_are_equal_if_they_show_one_row_of_one_model(village: Village) -> None:
    person = village.agents[7]
    assert person == village.agents[7]
    assert person is not village.agents[7]
    assert len({person, village.agents[7]}) == 1
    assert person != village.agents[8]
    assert person != Village().agents[7]
    assert person != 8
    assert copy.copy(person) == person
    assert repr(person) == "<Ageing 8>"


def test_an_unknown_attribute_is_refused_with_the_nearest_name(village: Village) -> None:
    person = village.agents[0]
    with pytest.raises(AttributeError, match="Ageing has no field 'salary'.*nearest name is 'salary_cny'"):
        _ = person.salary
    with pytest.raises(AttributeError, match="Ageing has no field 'statsu'.*nearest name is 'status'"):
        person.statsu = ON_A
    with pytest.raises(AttributeError, match="has no field 'qqq' and keeps nothing else$"):
        person.qqq = 1
    with pytest.raises(AttributeError):
        person.decide = None


def test_who_a_person_is_cannot_be_changed(village: Village) -> None:
    for name in ("id", "unique_id", "model"):
        with pytest.raises(AttributeError):
            setattr(village.agents[0], name, 5)


@pytest.mark.parametrize("value", [300, -129, 1.5, 1e30])
def test_a_number_that_does_not_fit_its_field_is_refused_and_not_kept(village: Village, value: float) -> None:
    person = village.agents[0]
    before = person.status
    with pytest.raises(ValueError, match="status takes whole numbers from -128 to 127, got"):
        person.status = value
    assert person.status == before


def test_a_whole_number_in_any_form_fits(village: Village) -> None:
    person = village.agents[0]
    for value in (4, 4.0, np.int64(4), np.float64(4.0), True):
        person.status = value
        assert person.status == int(value)


def test_people_are_not_made_by_hand_and_not_removed(village: Village) -> None:
    with pytest.raises(TypeError, match="never added or removed by hand"):
        Professional(village)
    with pytest.raises(TypeError, match="never added or removed by hand"):
        Ageing.create_agents(village, 3)
    with pytest.raises(TypeError, match="never added or removed by hand"):
        village.agents[0].remove()


def test_a_step_decides_only_in_the_month_of_waking(village: Village) -> None:
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


def test_the_rules_of_the_model_decide_unless_a_subclass_does(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def live(person: Any, now: Any, tally: Any) -> np.int64:
        seen.append((type(person), now, tally))
        person.status = ON_B
        person.salary_cny *= 2
        return np.int64(40)

    monkeypatch.setattr(life, "live", live)
    village = Village(professional=Professional)
    village.month, village.now = 1, "the facts"
    person = village.agents[3]
    others = np.delete(village.people.persons, 3)
    before = person.salary_cny
    person.step()
    assert (person.status, person.salary_cny, person.wake) == (ON_B, 2 * before, 40)
    assert seen == [(PlainPerson, "the facts", village.tally)]
    assert (np.delete(village.people.persons, 3) == others).all()


def test_a_rule_that_fails_leaves_the_person_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    def live(person: Any, *_: Any) -> int:
        person.status = ON_B + 1
        raise ZeroDivisionError

    monkeypatch.setattr(life, "live", live)
    village = Village(professional=Professional)
    before = village.people.persons.copy()
    with pytest.raises(ZeroDivisionError):
        village.agents[0].decide(village.now, village.tally)
    assert (village.people.persons == before).all()


def test_a_subclass_may_begin_with_the_rules_and_then_differ(monkeypatch: pytest.MonkeyPatch) -> None:
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
    village = Village(professional=Stubborn)
    village.month = 1
    person = village.agents[0]
    person.step()
    assert (person.status, person.salary_cny, person.wake) == (ON_A, 11.0, 9)


def test_a_pickled_person_takes_their_model_along(village: Village) -> None:
    people = village.people
    person, again = pickle.loads(pickle.dumps((people.person(7), people.person(7))))  # noqa: S301 - our own bytes
    person.salary_cny = 4.0
    assert again == person
    assert again.salary_cny == person.people.persons["salary_cny"][7] == 4.0
    assert people.person(7).salary_cny != 4.0


# The set of people.


def test_the_people_of_a_model_are_an_agent_set_that_holds_no_agents(village: Village) -> None:
    agents = village.agents
    assert isinstance(agents, AgentSet)
    assert isinstance(agents, MutableSet)
    assert isinstance(agents, Sequence)
    assert len(agents) == 50
    assert ids(agents) == ids(agents.to_list()) == list(range(1, 51))
    assert repr(agents.select(at_most=7)) == "<Professionals: 7 of 50 rows, lazy: agents are made as they are read>"


def test_every_method_that_mesa_gives_an_agent_set_is_lazy_here_too() -> None:
    mesa_methods = {name for kind in AgentSet.__mro__ if kind.__module__.startswith("mesa") for name in vars(kind)}
    special = {name for name in mesa_methods if name.startswith("_") and not hasattr(MutableSet, name)}
    own = set(vars(Professionals))
    assert {name for name in mesa_methods - special if callable(getattr(AgentSet, name))} <= own | set(dir(Sequence))
    assert {"__len__", "__iter__", "__contains__", "__getitem__"} <= own


def test_people_are_found_by_number_and_by_slice(village: Village) -> None:
    agents = village.agents
    assert agents[0].unique_id == 1
    assert agents[-1].unique_id == 50
    assert agents[np.int64(3)].unique_id == 4
    assert ids(agents[10:13]) == [11, 12, 13]
    assert isinstance(agents[10:13], list)
    with pytest.raises(IndexError):
        _ = agents[50]


def test_a_set_knows_whom_it_contains(village: Village) -> None:
    agents = village.agents
    part = agents.select(at_most=10)
    assert agents[9] in part
    assert agents[10] not in part
    assert agents[10] in agents
    assert Village().agents[0] not in agents
    assert "somebody" not in agents
    assert agents.index(agents[4]) == 4
    assert agents.count(agents[4]) == 1


def test_sets_are_joined_and_cut_like_sets(village: Village) -> None:
    agents = village.agents
    low, high = agents.select(at_most=30), agents.select(np.arange(50) >= 20)
    assert ids(low & high) == list(range(21, 31))
    assert ids(low | high) == list(range(1, 51))
    assert ids(low - high) == list(range(1, 21))
    assert len(low ^ high) == 40
    assert low | high == agents
    assert low <= agents
    assert low.isdisjoint(agents - low)
    assert agents.select(agents.array("id") > 1000) == agents - agents
    with pytest.raises(ValueError, match="two models"):
        _ = agents | Village().agents


def test_nobody_is_added_or_removed(village: Village) -> None:
    agents, person = village.agents, village.agents[3]
    for refused in (agents.add, agents.discard, agents.remove):
        with pytest.raises(TypeError, match="never added or removed by hand"):
            refused(person)
    with pytest.raises(TypeError, match="never added or removed by hand"):
        agents.clear()
    with pytest.raises(TypeError, match="never added or removed by hand"):
        agents.pop()
    assert len(village.agents) == 50


def test_a_function_and_a_mask_select_the_same_people(village: Village) -> None:
    agents = village.agents
    by_function = agents.select(lambda person: person.status == ON_A)
    by_mask = agents.select(agents.array("status") == ON_A)
    assert 0 < len(by_mask) < 50
    assert ids(by_function) == ids(by_mask)
    pay = by_mask.array("salary_cny") > 300_000
    assert ids(by_mask.select(pay)) == [p.unique_id for p in by_function if p.salary_cny > 300_000]


@pytest.mark.parametrize(("at_most", "n"), [(5, 5), (1, 1), (0, 0), (-3, 0), (0.3, 15), (1.0, 50), (2.5, 3), (99, 50)])
def test_at_most_counts_people_or_a_share_of_them(village: Village, at_most: float, n: int) -> None:
    assert ids(village.agents.select(at_most=at_most)) == list(range(1, n + 1))
    assert len(village.agents.select(lambda _: True, at_most=at_most)) == n


def test_a_limit_stops_asking_once_it_is_reached(village: Village) -> None:
    asked = []
    village.agents.select(lambda person: asked.append(person) is None, at_most=4)
    assert len(asked) == 4


def test_people_are_selected_by_class(village: Village) -> None:
    assert len(village.agents.select(agent_type=Professional)) == 50
    assert len(village.agents.select(agent_type=mesa.Agent)) == 50
    assert len(village.agents.select(agent_type=str)) == 0


@pytest.mark.parametrize("mask", [np.ones(49, bool), np.ones(50, int), np.ones((50, 2), bool)])
def test_a_mask_of_another_shape_is_refused(village: Village, mask: np.ndarray[Any, Any]) -> None:
    with pytest.raises(ValueError, match="a mask needs one boolean for each of 50 people"):
        village.agents.select(mask)


def test_selecting_in_place_changes_that_set_alone(village: Village) -> None:
    agents = village.agents
    assert agents[20] in agents
    assert agents.select(at_most=10, inplace=True) is agents
    assert len(agents) == 10
    assert village.agents[20] not in agents
    assert len(village.agents) == 50


def test_a_subset_stays_valid_while_people_change(village: Village) -> None:
    rich = village.agents.select(lambda person: person.salary_cny > 500_000)
    members = ids(rich)
    village.agents.set("salary_cny", 1.0)
    for _ in range(3):
        village.step()
    assert ids(rich) == members
    assert set(rich.get("salary_cny")) == {2.0}


def test_sorting_puts_the_largest_first_and_keeps_ties_in_order_as_mesa_does(village: Village) -> None:
    agents = village.agents
    pay = agents.get("salary_cny")
    assert agents.sort("salary_cny").get("salary_cny") == sorted(pay, reverse=True)
    assert agents.sort("salary_cny", ascending=True).get("salary_cny") == sorted(pay)
    by_status = sorted(agents, key=lambda person: person.status, reverse=True)
    assert ids(agents.sort("status")) == ids(by_status)
    assert ids(agents.sort(lambda person: (person.status, person.salary_cny))) == [
        person.unique_id for person in sorted(agents, key=lambda p: (p.status, p.salary_cny), reverse=True)
    ]


def test_shuffling_keeps_everybody_and_follows_the_models_seed() -> None:
    first, second, other = (Village(seed=seed).agents.shuffle() for seed in (3, 3, 4))
    assert ids(first) == ids(second)
    assert ids(first) != ids(other)
    assert sorted(ids(first)) == list(range(1, 51))


def test_do_calls_methods_by_name_and_functions_with_arguments(village: Village) -> None:
    agents = village.agents
    before = agents.array("salary_cny")

    def raise_pay(person: Any, by: float, *, times: int) -> None:
        person.salary_cny += by * times

    assert agents.do(raise_pay, 2.0, times=3) is agents
    assert (agents.array("salary_cny") == before + 6.0).all()
    village.month = 1
    agents.do("step")
    assert len(village.tally) == 50


def test_order_does_not_matter_to_what_is_done(village: Village) -> None:
    other = Village()
    village.month = other.month = 1
    village.agents.do("step")
    other.agents.shuffle_do("step")
    assert (village.people.persons == other.people.persons).all()
    assert village.tally != other.tally
    assert sorted(village.tally) == sorted(other.tally)


def test_map_returns_what_each_gives(village: Village) -> None:
    agents = village.agents
    assert agents.map(lambda person, by: person.id * by, 3) == [3 * n for n in range(1, 51)]
    assert agents.select(at_most=2).map("__repr__") == ["<Ageing 1>", "<Ageing 2>"]


def test_get_reads_fields_and_what_a_subclass_adds(village: Village) -> None:
    agents = village.agents.select(at_most=3)
    assert agents.get("id") == [1, 2, 3]
    assert [type(value) for value in agents.get("status")] == [int] * 3
    assert agents.get(["id", "status"]) == [[person.id, person.status] for person in agents]
    assert agents.get("double_pay") == [2 * pay for pay in agents.get("salary_cny")]
    assert agents.get("nothing", handle_missing="default", default_value=-1) == [-1] * 3
    with pytest.raises(AttributeError, match="nearest name is 'status'"):
        agents.get("statuss")
    with pytest.raises(ValueError, match="must be 'error' or 'default'"):
        agents.get("id", handle_missing="ignore")


def test_an_array_is_a_copy_of_one_field(village: Village) -> None:
    agents = village.agents
    column = agents.array("salary_cny")
    column[:] = 0.0
    assert min(agents.get("salary_cny")) > 0.0
    assert agents.array("wake").dtype == np.int16
    assert agents.select(at_most=4).array("id").tolist() == [1, 2, 3, 4]
    with pytest.raises(AttributeError, match="nearest name is 'salary_cny'"):
        agents.array("salry_cny")


def test_set_writes_one_value_to_all_or_to_none(village: Village) -> None:
    part = village.agents.select(at_most=10)
    assert part.set("status", 3) is part
    assert village.agents.get("status")[:10] == [3] * 10
    with pytest.raises(ValueError, match="status takes whole numbers"):
        part.set("status", 500)
    with pytest.raises(AttributeError):
        part.set("id", 5)
    with pytest.raises(AttributeError, match="nearest name is 'status'"):
        part.set("statuss", 5)
    assert village.agents.get("status")[:10] == [3] * 10
    village.agents.select(at_most=0).set("status", 4)


def test_agg_gives_what_the_function_gives_on_the_values(village: Village) -> None:
    agents = village.agents
    pay = agents.get("salary_cny")
    assert agents.agg("salary_cny", [min, max, sum]) == [min(pay), max(pay), sum(pay)]
    assert agents.agg("salary_cny", np.mean) == pytest.approx(statistics.fmean(pay))
    assert agents.agg("status", statistics.mode) == statistics.mode(agents.get("status"))
    assert agents.agg("double_pay", max) == 2 * max(pay)
    # 100 in one byte: sums are as wide as numbers can be.
    agents.set("status", 100)
    assert agents.agg("status", sum) == agents.agg("status", np.sum) == 5_000
    assert agents.agg("status", np.ptp) == 0


def test_a_property_that_a_subclass_puts_over_a_field_is_used_everywhere() -> None:
    class Modest(Professional):
        @property
        def salary_cny(self) -> float:
            return 1.0

    agents = Village(professional=Modest).agents
    assert agents.get("salary_cny") == [1.0] * 50
    assert agents.agg("salary_cny", np.mean) == 1.0
    assert set(agents.groupby("salary_cny").count()) == {1.0}


def test_groups_cover_everybody_once(village: Village) -> None:
    groups = village.agents.groupby("status")
    assert list(groups.groups) == [ON_A, ON_B]
    assert sum(groups.count().values()) == 50
    for status, group in groups:
        assert isinstance(group, Professionals)
        assert set(group.get("status")) == {status}
        assert ids(group) == sorted(ids(group))
    means = groups.agg("salary_cny", np.mean)
    assert means[ON_A] == pytest.approx(np.mean([p.salary_cny for p in village.agents if p.status == ON_A]))
    assert groups.map(len) == groups.count()


def test_groups_are_made_by_functions_and_properties_and_as_lists(village: Village) -> None:
    agents = village.agents
    by_function = agents.groupby(lambda person: person.salary_cny > 500_000)
    assert by_function.count()[True] == int((agents.array("salary_cny") > 500_000).sum())
    assert len(agents.groupby("double_pay")) == len(set(agents.get("double_pay")))
    as_lists = agents.groupby("status", result_type="list")
    assert as_lists.count() == agents.groupby("status").count()
    assert all(isinstance(group, list) for _, group in as_lists)
    assert as_lists.agg("salary_cny", max) == agents.groupby("status").agg("salary_cny", max)
    assert len(agents.select(at_most=0).groupby("status")) == 0


def test_copies_and_pickles_of_a_set_hold_the_same_rows(village: Village) -> None:
    part = village.agents.select(at_most=7).sort("salary_cny")
    assert ids(copy.copy(part)) == ids(part.copy()) == ids(part)
    restored, model = pickle.loads(pickle.dumps((part, village.people)))  # noqa: S301 - our own bytes
    assert ids(restored) == ids(part)
    assert restored.people is model
    restored.set("salary_cny", 5.0)
    assert model.persons["salary_cny"][restored.rows].tolist() == [5.0] * 7


def test_reading_very_many_people_one_by_one_says_once_what_it_costs() -> None:
    village = Village(n=COSTLY_FROM)
    with pytest.warns(CostWarning, match="200,000 people are read one agent at a time: 0.2 s") as told:
        iter(village.agents)
        village.agents.select(lambda person: person.id < 5, at_most=1)
    assert len(told) == 1
    assert told[0].filename == __file__


def test_columns_and_small_parts_of_very_many_people_cost_nothing_to_mention() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        agents = Village(n=COSTLY_FROM).agents
        few = agents.select(agents.array("id") <= 5)
        assert ids(few) == ids(agents[:5]) == [1, 2, 3, 4, 5]
        assert agents.groupby("status").agg("weight", np.sum).keys() == {ON_A, ON_B}
        assert len(agents.sort("salary_cny")) == len(agents.shuffle()) == COSTLY_FROM
        assert repr(agents)


# Mesa's own tools.


def test_a_model_of_people_shows_them_to_mesa_by_class(village: Village) -> None:
    class Region(mesa.Agent):
        pass

    region = Region(village)
    assert len(village.agents) == 50
    assert village.agent_types == [Ageing, Region]
    assert list(village.agents_by_type[Region]) == [region]
    assert len(village.agents_by_type[Ageing]) == 50


def test_a_data_collector_reads_people_as_agents(village: Village) -> None:
    for _ in range(3):
        village.step()
    collected = village.datacollector
    agents = collected.get_agent_vars_dataframe()
    assert agents.shape == (150, 2)
    assert agents.loc[(3, 8), "pay"] == village.agents[7].salary_cny
    assert collected.get_agenttype_vars_dataframe(Ageing)["wake"].tolist() == [1] * 50 + [4] * 100
    assert collected.get_model_vars_dataframe()["mean_pay"].diff().tolist()[1:] == [1.0, 0.0]


def test_a_data_collector_takes_the_base_class_for_all_people(village: Village) -> None:
    collector = mesa.DataCollector(agenttype_reporters={Professional: {"pay": "salary_cny"}})
    collector.collect(village)
    assert len(collector.get_agenttype_vars_dataframe(Professional)) == 50


def test_batch_run_runs_a_model_of_people() -> None:
    rows = mesa.batch_run(Village, {"n": [3, 5], "seed": [1]}, max_steps=2, display_progress=False)
    assert [row["n"] for row in rows] == [3] * 3 + [5] * 5
    assert {row["AgentID"] for row in rows} == {1, 2, 3, 4, 5}
