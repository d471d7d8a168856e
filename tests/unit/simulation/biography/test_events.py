"""What a life tells of itself: events with their reasons, and no change of status left out."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from simulation.biography import residence
from simulation.biography.event import ROUTE_PATHS, Event
from simulation.biography.events import BY_RULE, events
from simulation.biography.replay import NOTED, WATCHED, Month, name_of
from simulation.levers import POLICY_LEVERS
from simulation.names import ABROAD, APPLYING, CONSIDERING, LEFT, ON_A, ON_B, ON_PR, REGIONS, STATUSES
from simulation.records import NEVER
from simulation.rules import tally

Told = dict[int, list[Month]]


@pytest.fixture(scope="module")
def stories(told: Told) -> dict[int, list[Event]]:
    return {person_id: list(events(months)) for person_id, months in told.items()}


def of_kind(stories: dict[int, list[Event]], *kinds: str) -> list[Event]:
    return [event for story in stories.values() for event in story if event.kind in kinds]


def test_every_rule_told_is_watched() -> None:
    assert set(BY_RULE) <= {name_of(rule) for rule in WATCHED}


def test_every_route_ends_in_a_lever_that_exists() -> None:
    paths = {f"{area}.{leaf}" for area, leaves in POLICY_LEVERS.items() for leaf in leaves}
    assert set(ROUTE_PATHS.values()) <= paths


def test_events_come_in_order_and_nothing_is_told_only_as_a_change(stories: dict[int, list[Event]]) -> None:
    for story in stories.values():
        assert [event.month for event in story] == sorted(event.month for event in story)
    assert of_kind(stories, "changed") == []


def test_what_is_counted_is_told(told: Told, stories: dict[int, list[Event]]) -> None:
    """Arrivals, applications, refusals and grants are counted by the rules themselves: each has its event."""
    pairs = [
        (tally.ARRIVALS, ("entry", "graduated/stays")),
        (tally.APPLICATIONS, ("application",)),
        (tally.ABANDONED, ("abandoned",)),
        (tally.PR_GRANTED, ("residence-granted",)),
        (tally.PR_APPLICATIONS, ("residence-filed", "residence-registered")),
        (tally.PENSION_QUALIFIERS, ("retired",)),
    ]
    for counted, kinds in pairs:
        for person_id, months in told.items():
            expected = [month.now.month for month in months if (counted, 0) in month.counted.get("events", {})]
            found = [
                event.month
                for event in stories[person_id]
                if event.kind in kinds or f"{event.kind}/{event.variant}" in kinds
            ]
            assert found == expected, (kinds, person_id)


def test_refusals_are_told_with_the_person_abroad_or_gone(told: Told, stories: dict[int, list[Event]]) -> None:
    for person_id, months in told.items():
        expected = [m.now.month for m in months if (tally.REFUSALS, 0) in m.counted.get("events", {})]
        found = [
            event.month
            for event in stories[person_id]
            if event.kind == "refused" or event.variant.startswith("renewal-")
        ]
        assert found == expected


def test_an_arrival_names_the_category_the_bar_and_the_lever(stories: dict[int, list[Event]]) -> None:
    entries = [event for event in of_kind(stories, "entry") if event.variant in {"A", "B", "C"}]
    assert {event.variant for event in entries} >= {"B", "C"}
    for event in entries:
        assert STATUSES[event.status] == event.variant
        assert event.paths
        if event.facts["route"] == "points":
            assert event.facts["read"] >= event.facts["bar"]
        if event.variant == "C":
            assert event.facts["points"] <= event.facts["bar"] + 10


def is_same_household(month: Month) -> bool:
    """Return whether nobody joined, went back or moved in a month: a change costs, and another region may be better."""
    same = all(getattr(month.before, name) == getattr(month.after, name) for name in ("region", "family_mode"))
    return same or (month.after.status == LEFT and month.before.couple == 0)


def test_who_decides_to_stay_had_reason_to(told: Told, stories: dict[int, list[Event]]) -> None:
    inertia = float(next(iter(told.values()))[0].now.behaviour.inertia)
    alike = {(each, month.now.month) for each, months in told.items() for month in months if is_same_household(month)}
    settled = [event for each, story in stories.items() for event in story if (each, event.month) in alike]
    stayed = [event for event in settled if event.kind == "stayed" and event.gain]
    left = [event for event in settled if event.kind == "left" and event.gain]
    assert len(stayed) > 50
    assert left
    assert all(event.gain is not None and event.gain.result >= -inertia for event in stayed)
    assert all(event.gain is not None and event.gain.result < -inertia for event in left)


def test_an_application_carries_the_balance_of_the_region_chosen(stories: dict[int, list[Event]]) -> None:
    for event in of_kind(stories, "application"):
        assert event.gain is not None
        assert event.gain.result > 0.0
        assert REGIONS[event.gain.given["region"]] == event.region


def test_every_route_to_residence_has_a_lever_that_exists() -> None:
    paths = {f"{area}.{leaf}" for area, leaves in POLICY_LEVERS.items() for leaf in leaves}
    assert {*residence.ROUTE_PATHS.values(), *residence.AVAILABLE.values()} <= paths
    rules = {f"permanent_residence.by_{name}" for name in residence.ROUTE_PATHS if name != "points"}
    assert {name_of(rule) for rule in NOTED if rule.__name__.startswith("by_")} == rules


def month_between(before: dict[str, Any], after: dict[str, Any]) -> Month:
    """Return a month in which no rule was heard."""
    usual = {"is_counted": 1, "region": 0, "family_mode": 0, "spouse_works": 0, "left_month": NEVER, "couple": 0}
    return Month(
        SimpleNamespace(month=300),  # type: ignore[arg-type]
        SimpleNamespace(**usual | before),
        SimpleNamespace(**usual | after),
        301,
        {},
        [],
    )


def test_a_change_of_status_that_no_rule_tells_is_told_all_the_same() -> None:
    (event,) = events([month_between({"status": ON_B}, {"status": ON_PR})])
    assert (event.kind, event.variant, event.facts, event.status) == ("changed", "PR", {"was": "B"}, ON_PR)


def test_a_move_between_regions_is_told_whichever_rule_makes_it() -> None:
    (event,) = events([month_between({"status": ON_A, "region": 0}, {"status": ON_A, "region": 3})])
    assert (event.kind, event.region, event.facts) == ("moved", "jiangsu", {"from": "shanghai"})


@pytest.mark.parametrize(
    ("before", "after", "kind", "variant"),
    [
        ({"family_mode": 0}, {"family_mode": 1}, "family", "joins"),
        ({"family_mode": 1}, {"family_mode": 0}, "family", "apart"),
        ({"spouse_works": 0}, {"spouse_works": 1}, "spouse", "works"),
        ({"spouse_works": 1}, {"spouse_works": 0}, "spouse", "stops"),
    ],
)
def test_changes_of_the_household_are_told(before: Any, after: Any, kind: str, variant: str) -> None:
    (event,) = events([month_between({"status": ON_A, **before}, {"status": ON_A, **after})])
    assert (event.kind, event.variant) == (kind, variant)


@pytest.mark.parametrize(("before", "after"), [(ABROAD, CONSIDERING), (CONSIDERING, LEFT)])
def test_a_thought_that_comes_and_goes_is_no_change_of_status(before: int, after: int) -> None:
    assert list(events([month_between({"status": before}, {"status": after})])) == []


def test_a_change_to_waiting_is_one() -> None:
    (event,) = events([month_between({"status": ABROAD}, {"status": APPLYING})])
    assert event.kind == "changed"
