"""What happened to a person, read off the rules that were called.

One table leads from a rule to the function that tells its call (``BY_RULE``), another tells what a month changed
whichever rule did it (``BY_CHANGE``). A change of status that nothing told is told as such, so that no event is lost
when a rule is added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from simulation.biography import arrival, residence, stay
from simulation.biography.event import Call, Event, Told, is_here
from simulation.biography.replay import Month, Step
from simulation.names import ABROAD, ALONE, CONSIDERING, LEFT, OUT, REGIONS, STATUSES

BY_RULE: dict[str, Callable[[Call], Told]] = {
    "coming.consider": arrival.considered,
    "coming.choose": arrival.chosen,
    "coming.search": arrival.searched,
    "coming.apply": arrival.applied,
    "coming.decide_application": arrival.application_decided,
    "coming.enter": arrival.entered,
    "filing.wait_for_appeal": arrival.appealed,
    "moving.change_region": stay.moved,
    "residing.submit": residence.filed,
    "residing.register": residence.registered,
    "residing.wait_in_line": residence.refused,
    "residing.grant": residence.granted,
    "staying.graduate": stay.graduated,
    "staying.find_post": stay.post_found,
    "staying.lose_job": stay.job_lost,
    "staying.review": stay.reviewed,
    "staying.leave": stay.left,
    "staying.file_renewal": stay.renewal_filed,
    "staying.decide_renewal": stay.renewed,
    "staying.end_term": stay.term_ended,
    "staying.retire": stay.retired,
    "staying.seat_children": stay.seated,
}
"""What tells a call, by rule."""


def events(months: Iterable[Month]) -> Iterator[Event]:
    """Yield what happened in some months, in order."""
    for month in months:
        calls = (call for call in _calls(month, month.steps, ()) if call.step.rule in BY_RULE)
        told = [event for event in (BY_RULE[call.step.rule](call) for call in calls) if event is not None]
        known = {event.kind for event in told}
        changed = (tell(month) for tell in BY_CHANGE)
        told += [event for event in changed if event is not None and event.kind not in known]
        yield from told
        yield from _untold(month, told)


def _calls(month: Month, steps: Iterable[Step], above: tuple[Step, ...]) -> Iterator[Call]:
    for step in steps:
        yield Call(step, above, month)
        yield from _calls(month, step.inner, (*above, step))


def _whole_month(month: Month, kind: str, variant: str = "", **facts: Any) -> Event:
    person = month.after
    return Event(month.now.month, kind, int(person.status), REGIONS[int(person.region)], variant, facts)


def _moved(month: Month) -> Told:
    before, after = month.before, month.after
    if not (is_here(before) and is_here(after)) or int(before.region) == int(after.region):
        return None
    return _whole_month(month, "moved", **{"from": REGIONS[int(before.region)]})


def _family_moved(month: Month) -> Told:
    before, after = month.before, month.after
    if not (is_here(before) and is_here(after)) or int(before.family_mode) == int(after.family_mode):
        return None
    return _whole_month(month, "family", "apart" if int(after.family_mode) == ALONE else "joins")


def _spouse_worked(month: Month) -> Told:
    before, after = int(month.before.spouse_works), int(month.after.spouse_works)
    if not is_here(month.after) or before == after:
        return None
    return _whole_month(month, "spouse", "works" if after == 1 else "stops")


def _left_pool(month: Month) -> Told:
    return _whole_month(month, "out") if int(month.after.status) == OUT != int(month.before.status) else None


BY_CHANGE: tuple[Callable[[Month], Told], ...] = (_moved, _family_moved, _spouse_worked, _left_pool)
"""What tells the difference that a month made, in order, unless a call told an event of that kind."""


def _untold(month: Month, told: list[Event]) -> Iterator[Event]:
    """Yield the change of status that nothing else has told, if there is one."""
    before, after = int(month.before.status), int(month.after.status)
    is_quiet = {before, after} <= {ABROAD, LEFT, CONSIDERING}
    if before != after and not is_quiet and all(event.status != after for event in told):
        yield _whole_month(month, "changed", STATUSES[after], was=STATUSES[before])
