"""Regions and departments as Mesa agents."""

from __future__ import annotations

import gc
import weakref
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from simulation import places
from simulation.names import CARD, NOTICE, ORIGINS, REGIONS, RIVALS, STATIONS
from simulation.places import DEPARTMENTS, Department, Region, handovers, owners
from simulation.plain import plain_now
from simulation.records import BEHAVIOUR, COMMUNITY, ORIGIN, PLACE, POLICY, PUBLIC, RIVAL, Now, month_index
from simulation.rules import tally

AT_FIRST, UNDER_SCIENCE, AFTER = (month_index(text) for text in ("2017-06", "2020-06", "2023-03"))


@pytest.fixture
def founded(village: Any) -> Any:
    """Return a village with regions and departments, whose facts are easy to tell apart."""
    regions = len(REGIONS)
    policy, given, public = np.zeros(regions, POLICY), np.zeros(regions, PLACE), np.zeros(regions, PUBLIC)
    policy["seats_multiplier"] = (1.0, 1.0, 2.0)
    given["seats"] = np.arange(regions)[:, None] * 100.0
    given["posts"][:, 0] = 7.0
    given["reference_load"] = [1.0] * (regions - 1) + [11.0]
    public["queue_days"] = np.arange(regions)[:, None] + np.arange(len(STATIONS)) * 0.01
    public["entry_days"] = (30.0, 45.0, 60.0)
    public["seat_share"] = (1.0, 0.5, 0.25)
    public["sent_back_prob"][:, NOTICE] = 0.2
    nothing = (np.zeros(len(ORIGINS), ORIGIN), np.zeros(len(RIVALS), RIVAL), np.zeros(1, BEHAVIOUR))
    months = (np.zeros(1, COMMUNITY), policy[None], public[None])
    village.now = Now(AFTER, 1, policy, given, public, *nothing, *months)
    levels = np.zeros((len(tally.LEVELS), tally.N_GROUPS), np.int64)
    levels[tally.STOCK, tally.FIRST_REGION + 1] = 4_000
    village.memory = SimpleNamespace(levels=levels, backlog=np.ones((regions, len(STATIONS))))
    village.regions, village.departments, village.network = places.found(village)
    return village


def department(founded: Any, name: str) -> Any:
    return next(agent for agent in founded.departments if agent.name == name)


def test_there_is_an_agent_for_every_region_and_for_the_six_departments_of_the_article(founded: Any) -> None:
    gc.collect()
    assert [region.name for region in founded.regions] == list(REGIONS)
    assert [agent.name for agent in founded.departments] == list(DEPARTMENTS)
    assert len(DEPARTMENTS) == 6
    assert founded.agent_types == [founded.people.professional, Region, Department]
    assert list(founded.agents_by_type[Region]) == list(founded.regions)
    assert len(founded.agents) == 50


def test_every_agent_stands_alone_on_a_cell_and_cells_are_numbered_as_mesas_viewer_needs(founded: Any) -> None:
    agents = [*founded.regions, *founded.departments]
    assert [agent.cell for agent in agents] == [founded.network[node] for node in range(len(agents))]
    assert all(list(agent.cell.agents) == [agent] for agent in agents)
    assert list(founded.network.G.nodes) == list(range(len(agents)))


def test_all_regions_are_neighbours_and_none_of_a_department(founded: Any) -> None:
    for region in founded.regions:
        near = {agent.name for agent in region.cell.neighborhood.agents}
        assert near == set(REGIONS) - {region.name}


def test_departments_are_linked_where_files_pass(founded: Any) -> None:
    links = {frozenset((agent.name, other)) for agent in founded.departments for other in agent.partners}
    assert links == handovers()
    assert department(founded, "foreign-affairs").partners == ("human-resources", "science-technology")
    assert department(founded, "education").partners == ("immigration",)


@pytest.mark.parametrize(
    ("month", "owner"),
    [(0, "human-resources"), (month_index("2018-02"), "human-resources"), (month_index("2018-03"), "science-technology"),
     (month_index("2023-02"), "science-technology"), (month_index("2023-03"), "human-resources"), (491, "human-resources")],
)  # fmt: skip
def test_work_permits_went_to_science_and_technology_and_came_back(month: int, owner: str) -> None:
    assert owners("notice", month) == owners("card", month) == (owner,)


@pytest.mark.parametrize("month", [0, AT_FIRST, UNDER_SCIENCE, AFTER])
def test_every_station_has_an_owner_among_the_departments(month: int) -> None:
    assert all(owners(station, month) and set(owners(station, month)) <= set(DEPARTMENTS) for station in STATIONS)


@pytest.mark.parametrize("month", [AT_FIRST, UNDER_SCIENCE, AFTER])
def test_a_file_never_passes_between_departments_that_are_not_linked(month: int) -> None:
    for station, following in pairwise(STATIONS):
        for one in owners(station, month):
            for other in owners(following, month):
                assert one == other or frozenset((one, other)) in handovers()


def test_a_region_reads_its_own_row_of_this_month(founded: Any) -> None:
    beijing = next(region for region in founded.regions if region.name == "beijing")
    assert beijing.seats == {"public": 100.0, "section": 100.0, "international": 200.0}
    assert beijing.seat_share == {"public": 1.0, "section": 0.5, "international": 0.25}
    assert beijing.posts["research"] == 7.0
    assert list(beijing.waits) == list(STATIONS)
    assert beijing.waits["card"] == 1.0 + CARD * 0.01
    assert beijing.days_to_permit == {"A": 30.0, "B": 45.0, "C": 60.0}
    assert beijing.stock == 4_000
    founded.now.public["queue_days"][1, CARD] = 50.0
    assert beijing.waits["card"] == 50.0


def test_a_region_knows_the_people_who_make_up_its_stock(founded: Any) -> None:
    persons = founded.people.persons
    persons["region"] = 1
    persons["is_counted"][:20] = 1
    persons["region"][15:20] = 2
    assert [len(region.people) for region in founded.regions] == [0, 15, 5] + [0] * 7
    assert list(founded.regions)[1].people.get("id") == list(range(1, 16))


def test_a_department_averages_its_desks_over_the_applications_they_are_staffed_for(founded: Any) -> None:
    human_resources = department(founded, "human-resources")
    assert human_resources.stations == ("notice", "card", "registration")
    # Nine regions of load 1, days 0 to 8, and one of load 11, 9 days.
    assert human_resources.waits["card"] == pytest.approx((36.0 + 11 * 9.0) / 20 + CARD * 0.01)
    assert human_resources.sent_back == pytest.approx({"notice": 0.2, "card": 0.0, "registration": 0.0})
    assert human_resources.backlog == {"notice": 10.0, "card": 10.0, "registration": 10.0}


def test_desks_follow_the_department_that_owns_them_this_month(founded: Any) -> None:
    science, resources = (department(founded, name) for name in ("science-technology", "human-resources"))
    assert science.stations == ()
    assert science.waits == science.backlog == {}
    founded.now = founded.now._replace(month=UNDER_SCIENCE)
    assert science.stations == ("notice", "card")
    assert resources.stations == ("registration",)
    assert department(founded, "taxation").stations == ("registration",)


def test_places_read_plain_facts_as_they_read_arrays(founded: Any) -> None:
    before = [(region.waits, region.seats) for region in founded.regions]
    means = [agent.waits for agent in founded.departments]
    founded.now = plain_now(founded.now)
    assert [(region.waits, region.seats) for region in founded.regions] == before
    assert [agent.waits for agent in founded.departments] == means


def test_places_do_not_touch_numpys_global_generator(settle: Any) -> None:
    np.random.seed(5)  # noqa: NPY002 - it is the global generator that is watched
    expected = np.random.random(3).tolist()  # noqa: NPY002 - likewise
    np.random.seed(5)  # noqa: NPY002 - likewise
    places.found(settle())
    assert np.random.random(3).tolist() == expected  # noqa: NPY002 - likewise


def test_a_model_that_is_dropped_leaves_memory(settle: Any) -> None:
    village = settle()
    village.regions, village.departments, village.network = places.found(village)
    dropped = weakref.ref(village)
    del village
    gc.collect()
    assert dropped() is None
