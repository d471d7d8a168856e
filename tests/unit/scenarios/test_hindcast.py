"""The dated history of 2010 to 2026 stands in the law, and the page that tells it says what the law says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from scenarios import load
from scenarios.scenario import Scenario
from simulation.records import month_index, month_text

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "hindcast.md"
BASELINE = load("baseline")


class Event(NamedTuple):
    """One row of the page."""

    month: str
    what: str
    lever: str
    place: str
    before: float
    after: float
    source: str


def events_of(text: str) -> list[Event]:
    rows = re.findall(r"^\| (\d{4}-\d{2}) \|(.*)\|$", text, re.MULTILINE)
    cells = [(month, *(cell.strip().strip("`") for cell in rest.split("|"))) for month, rest in rows]
    return [Event(m, what, lever, place, float(old), float(new), source) for m, what, lever, place, old, new, source in cells]  # fmt: skip


def faults(event: Event, law: Scenario) -> list[str]:
    """Return what the law does not say of an event."""
    last_month = month_text(month_index(event.month) - 1)
    places = [event.place] if event.place else list(law.values_at(event.lever, event.month))
    found = []
    for month, value in ((last_month, event.before), (event.month, event.after)):
        told = {law.value_at(event.lever, month, place) for place in places}
        found += [f"{event.lever} is {told} in {month}, not {value}"] if told != {value} else []
    setting = [one for one in law.history(event.lever) if one.start == month_index(event.month)]
    words = " ".join(f"{one.source} {one.note}" for one in setting)
    return [*found, *([] if event.source in words else [f"{event.what}: the law does not name {event.source}"])]


EVENTS = events_of(PAGE.read_text(encoding="utf-8"))
NAMED = {
    "points of April 2017": ("work_permit.category_b.points_min", "2017-04"),
    "residence by salary in Shanghai": ("permanent_residence.salary_route.available", "2015-07"),
    "twelve measures of 2019": ("permanent_residence.salary_route.available", "2019-08"),
    "residence for people of Chinese descent": ("permanent_residence.heritage_route.available", "2019-08"),
    "the border closes": ("visas.border_open_share", "2020-04"),
    "the border reopens": ("visas.border_open_share", "2023-01"),
    "end of the opt-out of Shanghai": ("social_insurance.insurance_enforced_share", "2021-08"),
    "merged card": ("administration.service_days.card", "2024-12"),
    "K visa": ("visas.k_visa.available", "2025-10"),
    "enforcement of 2026": ("work_permit.pay_route.enforced_share", "2026-02"),
    "visits without a visa": ("treaties.visa_free_entry", "2023-12"),
}


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: f"{event.month} {event.what}")
def test_the_law_changes_as_the_record_says(event: Event) -> None:
    assert faults(event, BASELINE) == []


@pytest.mark.parametrize(("lever", "month"), NAMED.values(), ids=NAMED)
def test_the_record_holds_the_events_that_anybody_would_look_for(lever: str, month: str) -> None:
    assert (lever, month) in {(event.lever, event.month) for event in EVENTS}


def test_an_event_that_the_law_does_not_hold_would_be_found() -> None:
    event = next(event for event in EVENTS if event.lever == "visas.k_visa.available")
    assert faults(event._replace(month="2025-09"), BASELINE)
    assert faults(event._replace(after=0.0), BASELINE)
    assert faults(event._replace(source="B-08"), BASELINE)


def test_the_record_goes_forward_in_time_and_reaches_from_2010_to_2026() -> None:
    months = [event.month for event in EVENTS]
    assert months == sorted(months)
    assert months[0] < "2012"
    assert months[-1] >= "2026"


def test_nobody_is_in_a_category_by_points_before_there_were_points() -> None:
    for category in ("a", "b"):
        lever = f"work_permit.category_{category}.points_min"
        assert set(BASELINE.values_at(lever, "2017-03").values()) == {120.0}
        assert max(BASELINE.values_at(lever, "2017-04").values()) < 120.0
