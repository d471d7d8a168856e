"""The shipped data: complete, sourced, and one with the records that the model reads."""

import re
from pathlib import Path

import pytest

import scenarios
from scenarios import behaviours, catalogue, describe_changes, facts, levers, load
from scenarios.elements import ELEMENTS, POOL_ELEMENTS
from scenarios.facts import ASSUMPTION
from scenarios.givens import POOL_TABLES
from scenarios.levers import lever_slots
from scenarios.library import SHIPPED, library_at
from scenarios.reading import shipped_ids
from simulation.records import BEHAVIOUR, ORIGIN, PLACE, POLICY, POOL, RIVAL

IDS = ("baseline", *shipped_ids(library_at(SHIPPED)))
NAMED_IN_THE_BRIEF = {
    "category-a-less-stringent",
    "flexible-social-insurance",
    "one-stop",
    "points-based-pr",
    "national-baseline-local-supplements",
    "whole-article",
}


def cited() -> dict[str, list[str]]:
    """Return every source of the project's data, and who cites it."""
    found: dict[str, list[str]] = {}
    library = library_at(SHIPPED)
    for path, lever in levers().items():
        for provision in lever.provisions:
            found.setdefault(provision.source, []).append(path)
    for name, uncertainty in behaviours().items():
        found.setdefault(uncertainty.source, []).append(name)
    for path, citation in library.world.sources.items():
        found.setdefault(citation.source, []).append(path)
    for identity in IDS:
        scenario = load(identity)
        for source in (scenario.cost.source, *(change.source for change in scenario.own_changes)):
            if source:
                found.setdefault(source, []).append(identity)
    return found


def test_levers_and_fields_of_the_policy_are_the_same() -> None:
    fields = {slot.field for slot in lever_slots().values() if slot.scope == "region"}
    assert fields == set(POLICY.names or ())
    by_origin = {slot.field for slot in lever_slots().values() if slot.scope == "origin"}
    assert by_origin <= set(ORIGIN.names or ())
    assert list(levers()) == list(lever_slots())


def test_uncertainties_and_fields_of_behaviour_are_the_same() -> None:
    assert tuple(behaviours()) == BEHAVIOUR.names


def test_every_vector_of_the_records_names_its_elements() -> None:
    for dtype in (PLACE, ORIGIN, RIVAL, BEHAVIOUR):
        for name in dtype.names or ():
            assert (dtype[name].shape or (0,))[0] == len(ELEMENTS.get(name, ())), name
    assert set(POOL_ELEMENTS) == {name for name in POOL_TABLES if POOL[name].shape}


def test_every_cited_fact_is_kept_and_every_kept_fact_is_cited() -> None:
    own = set(cited()) - {ASSUMPTION}
    texts = [path.read_text(encoding="utf-8") for path in Path(SHIPPED).rglob("*.yaml")]
    noted = {word for text in texts for word in re.findall(r"\b[A-Z][0-9]?-[0-9]{2,3}[a-z]?\b", text)}
    assert own <= set(facts()), sorted(own - set(facts()))
    assert set(facts()) <= own | noted, sorted(set(facts()) - own - noted)


def test_every_fact_has_a_value_and_an_address_or_admits_that_it_has_none() -> None:
    for fact in facts().values():
        assert fact.quantity, fact.id
        assert fact.value, fact.id
        assert fact.source_title, fact.id
        assert fact.source_address.startswith("http") or not fact.source_address, fact.id
        assert fact.source_address or fact.confidence != "page", fact.id


@pytest.mark.parametrize("identity", IDS)
def test_a_shipped_scenario_resolves_and_is_explained(identity: str) -> None:
    scenario = load(identity)
    assert scenario.id == identity
    assert scenario.title["en"]
    assert re.search(r"[\u4e00-\u9fff]", scenario.title["zh"])
    scenario.resolve("2040-12")
    assert len(describe_changes(scenario)) == len(scenario.changes)


@pytest.mark.parametrize("identity", IDS[1:])
def test_a_shipped_reform_says_why_and_what_it_costs(identity: str) -> None:
    scenario = load(identity)
    assert scenario.why
    assert scenario.cost.set_up + scenario.cost.per_year + scenario.cost.per_case > 0
    assert scenario.first_difference("2040-12") is not None


def test_scenarios_named_in_the_brief_are_shipped() -> None:
    assert set(IDS) >= NAMED_IN_THE_BRIEF


def test_every_measure_of_the_article_but_the_atmosphere_has_a_reform() -> None:
    measures = {entry.measure for entry in catalogue()}
    assert set(range(1, 30)) - {22, 23, 24, 27} <= measures


def test_a_plausible_range_leaves_room_for_the_law() -> None:
    for lever in levers().values():
        assert lever.low <= lever.plausible[0] < lever.plausible[1] <= lever.high, lever.path
        assert not lever.is_whole or float(lever.plausible[0]).is_integer(), lever.path


def test_the_door_knows_levers_by_their_full_path() -> None:
    lever = scenarios.levers()["work_permit.category_a.points_min"]
    assert (lever.unit, lever.low, lever.high, lever.scope) == ("points", 0, 120, "region")
