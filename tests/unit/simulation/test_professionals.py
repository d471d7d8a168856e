"""The people of a model as a Mesa AgentSet, and as Mesa's own tools see it."""

from __future__ import annotations

import copy
import pickle
import statistics
import warnings
from collections.abc import MutableSet, Sequence
from typing import Any

import mesa
import numpy as np
import pytest

from simulation.names import ON_A, ON_B
from simulation.people import COSTLY_FROM, CostWarning
from simulation.professional import AgentSet, Professional, Professionals


def ids(agents: Any) -> list[int]:
    return [agent.unique_id for agent in agents]


def test_the_people_of_a_model_are_an_agent_set_that_holds_no_agents(village: Any) -> None:
    agents = village.agents
    assert all(isinstance(agents, kind) for kind in (AgentSet, MutableSet, Sequence))
    assert len(agents) == 50
    assert ids(agents) == ids(agents.to_list()) == list(range(1, 51))
    assert repr(agents.select(at_most=7)) == "<Professionals: 7 of 50 rows, lazy: agents are made as they are read>"


def test_every_method_that_mesa_gives_an_agent_set_is_lazy_here_too() -> None:
    mesa_methods = {name for kind in AgentSet.__mro__ if kind.__module__.startswith("mesa") for name in vars(kind)}
    special = {name for name in mesa_methods if name.startswith("_") and not hasattr(MutableSet, name)}
    own = set(vars(Professionals))
    assert {name for name in mesa_methods - special if callable(getattr(AgentSet, name))} <= own | set(dir(Sequence))
    assert {"__len__", "__iter__", "__contains__", "__getitem__"} <= own


def test_people_are_found_by_number_and_by_slice(village: Any) -> None:
    agents = village.agents
    assert agents[0].unique_id == 1
    assert agents[-1].unique_id == 50
    assert agents[np.int64(3)].unique_id == 4
    assert ids(agents[10:13]) == [11, 12, 13]
    assert isinstance(agents[10:13], list)
    with pytest.raises(IndexError):
        _ = agents[50]


def test_a_set_knows_whom_it_contains(village: Any, settle: Any) -> None:
    agents = village.agents
    part = agents.select(at_most=10)
    assert agents[9] in part
    assert agents[10] not in part
    assert agents[10] in agents
    assert settle().agents[0] not in agents
    assert "somebody" not in agents
    assert agents.index(agents[4]) == 4
    assert agents.count(agents[4]) == 1


def test_sets_are_joined_and_cut_like_sets(village: Any, settle: Any) -> None:
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
        _ = agents | settle().agents


def test_nobody_is_added_or_removed(village: Any) -> None:
    agents, person = village.agents, village.agents[3]
    for refused in (agents.add, agents.discard, agents.remove):
        with pytest.raises(TypeError, match="never added or removed by hand"):
            refused(person)
    with pytest.raises(TypeError, match="never added or removed by hand"):
        agents.clear()
    with pytest.raises(TypeError, match="never added or removed by hand"):
        agents.pop()
    assert len(village.agents) == 50


def test_a_function_and_a_mask_select_the_same_people(village: Any) -> None:
    agents = village.agents
    by_function = agents.select(lambda person: person.status == ON_A)
    by_mask = agents.select(agents.array("status") == ON_A)
    assert 0 < len(by_mask) < 50
    assert ids(by_function) == ids(by_mask)
    pay = by_mask.array("salary_cny") > 300_000
    assert ids(by_mask.select(pay)) == [p.unique_id for p in by_function if p.salary_cny > 300_000]


@pytest.mark.parametrize(("at_most", "n"), [(5, 5), (1, 1), (0, 0), (-3, 0), (0.3, 15), (1.0, 50), (2.5, 3), (99, 50)])
def test_at_most_counts_people_or_a_share_of_them(village: Any, at_most: float, n: int) -> None:
    assert ids(village.agents.select(at_most=at_most)) == list(range(1, n + 1))
    assert len(village.agents.select(lambda _: True, at_most=at_most)) == n


def test_a_limit_stops_asking_once_it_is_reached(village: Any) -> None:
    asked = []

    def ask(person: Any) -> bool:
        asked.append(person)
        return True

    village.agents.select(ask, at_most=4)
    assert len(asked) == 4


def test_people_are_selected_by_class(village: Any) -> None:
    assert len(village.agents.select(agent_type=Professional)) == 50
    assert len(village.agents.select(agent_type=mesa.Agent)) == 50
    assert len(village.agents.select(agent_type=str)) == 0


@pytest.mark.parametrize("mask", [np.ones(49, bool), np.ones(50, int), np.ones((50, 2), bool)])
def test_a_mask_of_another_shape_is_refused(village: Any, mask: np.ndarray[Any, Any]) -> None:
    with pytest.raises(ValueError, match="a mask needs one boolean for each of 50 people"):
        village.agents.select(mask)


def test_selecting_in_place_changes_that_set_alone(village: Any) -> None:
    agents = village.agents
    assert agents[20] in agents
    assert agents.select(at_most=10, inplace=True) is agents
    assert len(agents) == 10
    assert village.agents[20] not in agents
    assert len(village.agents) == 50


def test_a_subset_stays_valid_while_people_change(village: Any) -> None:
    rich = village.agents.select(lambda person: person.salary_cny > 500_000)
    members = ids(rich)
    village.agents.set("salary_cny", 1.0)
    for _ in range(3):
        village.step()
    assert ids(rich) == members
    assert set(rich.get("salary_cny")) == {2.0}


def test_sorting_puts_the_largest_first_and_keeps_ties_in_order_as_mesa_does(village: Any) -> None:
    agents = village.agents
    pay = agents.get("salary_cny")
    assert agents.sort("salary_cny").get("salary_cny") == sorted(pay, reverse=True)
    assert agents.sort("salary_cny", ascending=True).get("salary_cny") == sorted(pay)
    by_status = sorted(agents, key=lambda person: person.status, reverse=True)
    assert ids(agents.sort("status")) == ids(by_status)
    assert ids(agents.sort(lambda person: (person.status, person.salary_cny))) == [
        person.unique_id for person in sorted(agents, key=lambda p: (p.status, p.salary_cny), reverse=True)
    ]


def test_shuffling_keeps_everybody_and_follows_the_models_seed(settle: Any) -> None:
    first, second, other = (settle(seed=seed).agents.shuffle() for seed in (3, 3, 4))
    assert ids(first) == ids(second)
    assert ids(first) != ids(other)
    assert sorted(ids(first)) == list(range(1, 51))


def test_do_calls_methods_by_name_and_functions_with_arguments(village: Any) -> None:
    agents = village.agents
    before = agents.array("salary_cny")

    def raise_pay(person: Any, by: float, *, times: int) -> None:
        person.salary_cny += by * times

    assert agents.do(raise_pay, 2.0, times=3) is agents
    assert (agents.array("salary_cny") == before + 6.0).all()
    village.month = 1
    agents.do("step")
    assert len(village.tally) == 50


def test_order_does_not_matter_to_what_is_done(village: Any, settle: Any) -> None:
    other = settle()
    village.month = other.month = 1
    village.agents.do("step")
    other.agents.shuffle_do("step")
    assert (village.people.persons == other.people.persons).all()
    assert village.tally != other.tally
    assert sorted(village.tally) == sorted(other.tally)


def test_map_returns_what_each_gives(village: Any) -> None:
    agents = village.agents
    assert agents.map(lambda person, by: person.id * by, 3) == [3 * n for n in range(1, 51)]
    assert agents.select(at_most=2).map("__repr__") == ["<Ageing 1>", "<Ageing 2>"]


def test_get_reads_fields_and_what_a_subclass_adds(village: Any) -> None:
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


def test_an_array_is_a_copy_of_one_field(village: Any) -> None:
    agents = village.agents
    column = agents.array("salary_cny")
    column[:] = 0.0
    assert min(agents.get("salary_cny")) > 0.0
    assert agents.array("wake").dtype == np.int16
    assert agents.select(at_most=4).array("id").tolist() == [1, 2, 3, 4]
    with pytest.raises(AttributeError, match="nearest name is 'salary_cny'"):
        agents.array("salry_cny")


def test_set_writes_one_value_to_all_or_to_none(village: Any) -> None:
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


def test_agg_gives_what_the_function_gives_on_the_values(village: Any) -> None:
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


def test_a_property_that_a_subclass_puts_over_a_field_is_used_everywhere(settle: Any) -> None:
    class Modest(Professional):
        @property
        def salary_cny(self) -> float:
            return 1.0

    agents = settle(professional=Modest).agents
    assert agents.get("salary_cny") == [1.0] * 50
    assert agents.agg("salary_cny", np.mean) == 1.0
    assert set(agents.groupby("salary_cny").count()) == {1.0}


def test_groups_cover_everybody_once(village: Any) -> None:
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


def test_groups_are_made_by_functions_and_properties_and_as_lists(village: Any) -> None:
    agents = village.agents
    by_function = agents.groupby(lambda person: person.salary_cny > 500_000)
    assert by_function.count()[True] == int((agents.array("salary_cny") > 500_000).sum())
    assert len(agents.groupby("double_pay")) == len(set(agents.get("double_pay")))
    as_lists = agents.groupby("status", result_type="list")
    assert as_lists.count() == agents.groupby("status").count()
    assert all(isinstance(group, list) for _, group in as_lists)
    assert as_lists.agg("salary_cny", max) == agents.groupby("status").agg("salary_cny", max)
    assert len(agents.select(at_most=0).groupby("status")) == 0


def test_copies_and_pickles_of_a_set_hold_the_same_rows(village: Any) -> None:
    part = village.agents.select(at_most=7).sort("salary_cny")
    assert ids(copy.copy(part)) == ids(part.copy()) == ids(part)
    restored, model = pickle.loads(pickle.dumps((part, village.people)))  # noqa: S301 - our own bytes
    assert ids(restored) == ids(part)
    assert restored.people is model
    restored.set("salary_cny", 5.0)
    assert model.persons["salary_cny"][restored.rows].tolist() == [5.0] * 7


def test_reading_very_many_people_one_by_one_says_once_what_it_costs(settle: Any) -> None:
    village = settle(n=COSTLY_FROM)
    with pytest.warns(CostWarning, match="200,000 people are read one agent at a time: 0.2 s") as told:
        village.agents.select(lambda person: person.id < 5, at_most=1)
    assert told[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        iter(village.agents)


def test_columns_and_small_parts_of_very_many_people_cost_nothing_to_mention(settle: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        agents = settle(n=COSTLY_FROM).agents
        few = agents.select(agents.array("id") <= 5)
        assert ids(few) == ids(agents[:5]) == [1, 2, 3, 4, 5]
        assert agents.groupby("status").agg("weight", np.sum).keys() == {ON_A, ON_B}
        assert len(agents.sort("salary_cny")) == len(agents.shuffle()) == COSTLY_FROM
        assert repr(agents)


def test_a_model_of_people_shows_them_to_mesa_by_class(village: Any) -> None:
    class Region(mesa.Agent):
        pass

    region = Region(village)
    assert len(village.agents) == 50
    assert village.agent_types == [village.people.professional, Region]
    assert list(village.agents_by_type[Region]) == [region]
    assert len(village.agents_by_type[village.people.professional]) == 50


def test_a_data_collector_reads_people_as_agents(village: Any) -> None:
    kind = village.people.professional
    village.datacollector = mesa.DataCollector(
        model_reporters={"mean_pay": lambda model: model.agents.agg("salary_cny", np.mean)},
        agent_reporters={"status": "status", "pay": lambda person: person.salary_cny},
        agenttype_reporters={kind: {"wake": "wake"}, Professional: {"status": "status"}},
    )
    for _ in range(3):
        village.step()
    collected = village.datacollector
    agents = collected.get_agent_vars_dataframe()
    assert agents.shape == (150, 2)
    assert agents.loc[(3, 8), "pay"] == village.agents[7].salary_cny
    assert collected.get_agenttype_vars_dataframe(kind)["wake"].tolist() == [1] * 50 + [4] * 100
    assert collected.get_agenttype_vars_dataframe(Professional)["status"].tolist() == agents["status"].tolist()
    assert collected.get_model_vars_dataframe()["mean_pay"].diff().tolist()[1:] == [1.0, 0.0]


def test_batch_run_runs_a_model_of_people(settle: Any) -> None:
    rows = mesa.batch_run(settle, {"n": [3, 5]}, max_steps=2, display_progress=False)
    assert {row["n"] for row in rows} == {3, 5}
    assert all(100_000 < row["mean_pay"] < 900_000 for row in rows)
