"""The shipped data: complete, sourced, and one with the records that the model reads."""

import re
from pathlib import Path

import pytest

import scenarios
from scenarios import behaviours, catalogue, describe_changes, facts, levers, load
from scenarios.elements import ELEMENTS, POOL_ELEMENTS
from scenarios.facts import ASSUMPTION
from scenarios.givens import POOL_TABLES, TABLES, fields_of
from scenarios.levers import lever_slots
from scenarios.library import SHIPPED, library_at
from scenarios.reading import shipped_ids
from scenarios.world_words import FIELD_WORDS, label_of
from simulation.records import BEHAVIOUR, ORIGIN, PLACE, POLICY, POOL, RIVAL

IDS = ("baseline", *shipped_ids(library_at(SHIPPED)))
TRANSFERS = [identity for identity in IDS if load(identity).kind == "transfer"]
REFORMS = [identity for identity in IDS if load(identity).changes and identity not in TRANSFERS]
WORLDS = [identity for identity in IDS if load(identity).kind == "world"]
HEADINGS = ("legal-framework", "management-mechanism", "inclusive-services", "international-environment")
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
        changes = (*scenario.own_changes, *scenario.assumptions)
        for source in (scenario.cost.source, *(change.source for change in changes)):
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


def test_every_given_of_the_world_has_a_name_in_both_languages() -> None:
    fields = {name for table in TABLES for name in fields_of(table)}
    assert fields == set(FIELD_WORDS)
    for rows, _ in TABLES.values():
        for row in rows:
            label = label_of(row, "pay", "")
            assert label["en"].endswith(": log pay")
            assert re.match(r"[\u4e00-\u9fff]", label["zh"])


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
    assert len(describe_changes(scenario)) == len(scenario.changes) + len(scenario.assumptions)


@pytest.mark.parametrize("identity", REFORMS)
def test_a_shipped_reform_says_why_and_what_it_costs(identity: str) -> None:
    scenario = load(identity)
    assert scenario.why
    assert scenario.cost.set_up + scenario.cost.per_year + scenario.cost.per_case > 0
    assert scenario.first_difference("2040-12") is not None


@pytest.mark.parametrize("identity", [*REFORMS, *WORLDS, *TRANSFERS])
def test_a_shipped_scenario_says_through_what_it_acts_and_what_it_cannot_show(identity: str) -> None:
    scenario = load(identity)
    texts = [scenario.why, scenario.mechanism, scenario.cannot_show]
    assert all(len(text.split()) >= 6 and text.endswith((".", ")")) for text in texts), texts
    assert len(set(texts)) == 3


def test_no_two_reforms_act_through_the_same_words() -> None:
    told = [load(identity).mechanism for identity in [*REFORMS, *WORLDS]]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("identity", WORLDS)
def test_a_shipped_world_changes_the_world_alone_from_a_month_on_and_says_whence(identity: str) -> None:
    world = load(identity)
    assert world.baseline is load("baseline")
    assert all(change.path.startswith("world.") and change.source and change.note for change in world.assumptions)
    first = world.first_difference("2040-12")
    assert first is not None
    assert first > "2018-01"
    before, after = (load(name).resolve("2040-12") for name in ("baseline", identity))
    assert before.policy.tobytes() == after.policy.tobytes()
    assert before.pool == after.pool
    assert before.origins[0].tobytes() == after.origins[0].tobytes()


@pytest.mark.parametrize("identity", TRANSFERS)
def test_a_transfer_leaves_behaviour_as_it_is_and_says_whence_each_value_is(identity: str) -> None:
    transfer = load(identity)
    lines = [*transfer.own_changes, *transfer.assumptions]
    assert all(line.source and line.note for line in lines)
    assert all(line.path.startswith("world.") for line in transfer.assumptions)
    given, today = transfer.resolve("2019-12"), load("baseline").resolve("2019-12")
    assert given.behaviour.tobytes() == today.behaviour.tobytes()
    assert given.policy.tobytes() != today.policy.tobytes()


def test_a_transfer_is_no_reform() -> None:
    assert set(TRANSFERS) == {"german-institutions", "dutch-institutions"}
    lever = "family.permit_spouse_may_work.category_a"
    assert {change.path for change in load("german-institutions").changes} >= {lever}
    assert not set(scenarios.reforms_touching(lever)) & set(TRANSFERS)
    assert all(entry.measure is None for entry in catalogue() if entry.kind == "transfer")


def test_the_worlds_of_the_brief_are_shipped() -> None:
    assert set(WORLDS) >= {"us-h1b-shock", "german-easing", "home-boom"}


def parts_of(identity: str) -> set[str]:
    inner = {reform.id for reform in load(identity).reforms}
    return inner.union(*(parts_of(reform) for reform in inner)) if inner else set()


# A second way to encode a measure, and an example that is no measure of the article.
IN_NO_PACKAGE = {"points-based-pr-quota", "bidding-guangdong-zhejiang"}


def test_the_four_packages_share_out_every_reform_and_the_whole_holds_them() -> None:
    parts = [parts_of(heading) for heading in HEADINGS]
    assert sum(map(len, parts)) == len(set.union(*parts))
    assert set.union(*parts) == set(REFORMS) - {*HEADINGS, "whole-article", *IN_NO_PACKAGE}
    assert {reform.id for reform in load("whole-article").reforms} == set(HEADINGS)


def test_in_the_whole_the_measure_that_goes_further_has_the_last_word() -> None:
    whole = load("whole-article")
    assert whole.value_at("services.english.health", "2030-01", "shanghai") == 0.75
    assert whole.value_at("permanent_residence.decisions_per_year", "2031-01") == 12000
    assert whole.value_at("work_permit.category_b1.permit_months", "2030-01") == 60
    assert whole.value_at("work_permit.appeal_success_share", "2030-01") == 0.5
    assert whole.value_at("administration.time_limit_days", "2030-01") == 10


def test_scenarios_named_in_the_brief_are_shipped() -> None:
    assert set(IDS) >= NAMED_IN_THE_BRIEF


def test_every_measure_of_the_article_has_a_reform_and_is_in_the_package() -> None:
    entries = {entry.id: entry.measure for entry in catalogue()}
    assert set(range(1, 30)) <= set(entries.values())
    package = load("whole-article")
    inside = {change.by for change in package.changes} | {reform.id for reform in package.reforms}
    assert set(range(1, 30)) <= {entries.get(name) for name in inside}


def test_a_plausible_range_leaves_room_for_the_law() -> None:
    for lever in levers().values():
        assert lever.low <= lever.plausible[0] < lever.plausible[1] <= lever.high, lever.path
        assert not lever.is_whole or float(lever.plausible[0]).is_integer(), lever.path


def test_the_door_knows_levers_by_their_full_path() -> None:
    lever = scenarios.levers()["work_permit.category_a.points_min"]
    assert (lever.unit, lever.low, lever.high, lever.scope) == ("points", 0, 120, "region")
