"""A life lived again is the life of the run."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

import numpy as np
import pytest

from simulation.biography.replay import (
    NOTED,
    WATCHED,
    Counts,
    Month,
    Witness,
    draw,
    last_id,
    law_changes,
    live_again,
    name_of,
)
from simulation.compiled import rules
from simulation.names import ABROAD
from simulation.plain import store_person
from simulation.records import PERSON
from simulation.rules import staying
from simulation.rules.tally import EVENTS


@pytest.fixture(scope="module")
def lives(run: Any) -> dict[int, list[Month]]:
    everybody: dict[int, list[Month]] = run.lives()
    return everybody


def as_row(person: Any) -> Any:
    row = np.zeros(1, PERSON)
    store_person(row, 0, person)
    return row[0]


def test_everybody_ends_as_in_the_run_in_every_field(run: Any, lives: dict[int, list[Month]]) -> None:
    wrong = []
    for row, (person_id, months) in enumerate(lives.items()):
        last = months[-1].after if months else draw(person_id, run.facts)[0]
        if as_row(last).item() != run.persons[row].item():
            wrong.append(person_id)
    assert len(lives) > 150
    assert wrong == []


def test_everybody_ends_as_in_the_run_under_every_reform_together(reformed: Any) -> None:
    assert law_changes(reformed.facts)
    came = reformed.persons[reformed.persons["stays"] > 0]
    wrong = []
    for expected in came:
        *_, last = live_again(*draw(int(expected["id"]), reformed.facts), reformed.facts, is_told=False)
        if as_row(last.after).item() != expected.item():
            wrong.append(int(expected["id"]))
    assert len(came) > 40
    assert wrong == []


def test_everybody_has_the_status_of_the_run_in_every_month(run: Any, lives: dict[int, list[Month]]) -> None:
    expected = np.array(run.statuses)
    for row, (person_id, months) in enumerate(lives.items()):
        statuses = np.full(len(expected), months[0].before.status if months else ABROAD)
        for month in months:
            statuses[month.now.month :] = month.after.status
        assert np.array_equal(statuses, expected[:, row]), person_id
    assert len(set(expected.ravel().tolist())) > 8


def test_what_lives_count_sums_to_what_the_run_counted(run: Any, lives: dict[int, list[Month]]) -> None:
    counted: Counter[tuple[int, int]] = Counter()
    for months in lives.values():
        for month in months:
            for place, amount in month.counted.get("events", {}).items():
                if place[1] == 0:
                    counted[month.now.month, place[0]] += amount
    expected = {(int(m), int(e)): int(run.events[m, e]) for m, e in np.argwhere(run.events)}
    assert counted == expected
    assert len({event for _, event in expected}) >= len(EVENTS) - 3


def test_hearing_the_rules_changes_nothing(run: Any, told: dict[int, list[Month]]) -> None:
    for person_id, months in list(told.items())[:5]:
        silent = list(live_again(*draw(person_id, run.facts), run.facts, is_told=False))
        assert [as_row(month.after).item() for month in silent] == [as_row(month.after).item() for month in months]
        assert all(not month.steps for month in silent)


def test_another_seed_or_law_would_be_noticed(run: Any) -> None:
    other = type(run.facts)(
        run.facts.seed + 1, *(getattr(run.facts, name) for name in ("scale", "months", "pool", "courses"))
    )
    ids = run.persons["id"][:20].tolist()
    same = [as_row(draw(each, other)[0]).item() == as_row(draw(each, run.facts)[0]).item() for each in ids]
    assert not any(same)


def test_people_beyond_the_horizon_live_no_month(run: Any) -> None:
    listed = set(run.persons["id"].tolist())
    beyond = next(each for each in range(1, last_id(run.facts) + 1) if each not in listed)
    person, wake = draw(beyond, run.facts)
    assert list(live_again(person, wake, run.facts)) == []
    assert person.status == ABROAD


def test_every_rule_watched_is_a_rule_and_looks_at_a_person() -> None:
    assert set(WATCHED) | set(NOTED) <= set(rules())
    assert len(NOTED) > 8
    assert all("person" in rule.__code__.co_varnames[: rule.__code__.co_argcount] for rule in WATCHED)


def test_calls_are_heard_inside_the_calls_that_made_them(told: dict[int, list[Month]]) -> None:
    searches = [
        step for months in told.values() for month in months for step in month.steps if step.rule == "coming.search"
    ]
    assert searches
    for search in searches:
        assert search.inner[0].rule == "coming.choose"
        assert search.before.status == search.inner[0].before.status


def test_a_witness_puts_back_who_listened_before() -> None:
    def listener(*_: object) -> None:
        """Hear nothing."""

    sys.setprofile(listener)
    try:
        Witness((), ()).hear(lambda: None)
        assert sys.getprofile() is listener
    finally:
        sys.setprofile(None)


def test_a_name_says_the_module_and_the_rule() -> None:
    assert name_of(staying.leave) == "staying.leave"


def test_counts_have_a_place_wherever_a_rule_writes() -> None:
    counts = Counts()
    counts[2, 3] += 5
    row: Any = counts[1]
    row[4] += 2
    row[4] -= 3
    counts[0] += 7
    assert counts.amounts == {(2, 3): 5, (1, 4): -1, (0,): 7}
