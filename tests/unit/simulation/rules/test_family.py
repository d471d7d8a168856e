"""The spouse's right to work and search for it, and the children's schools."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulation.names import ON_A, ON_B, ON_C, ON_K, ON_PR, REGIONS, TIER_INTERNATIONAL, WITH_FAMILY
from simulation.records import NEVER, Now
from simulation.rules import family

Make = Callable[..., Any]
SHANGHAI = REGIONS.index("shanghai")


@pytest.mark.parametrize(("lane", "statuses"), [(0, [ON_A]), (1, [ON_B, ON_K]), (2, [ON_C])])
def test_each_category_gives_its_own_dependants_the_right_to_work(
    lane: int, statuses: list[int], someone: Make, now: Now, under: Make
) -> None:
    rights = tuple(1.0 if index == lane else 0.0 for index in range(3))
    law = under(now, permit_spouse_may_work=rights, resident_spouse_may_work=0.0).policy[SHANGHAI]
    allowed = [status for status in (ON_A, ON_B, ON_C, ON_K, ON_PR) if family.spouse_may_work(someone(), status, law)]
    assert allowed == statuses


def test_a_spouse_with_the_right_finds_work_after_their_own_months_of_search(
    someone: Make, now: Now, under: Make
) -> None:
    free = under(now, permit_spouse_may_work=(1.0,) * 3)
    person = someone(couple=1, family_mode=WITH_FAMILY, status=ON_B, stays=1)
    months = family.spouse_search_months(person, free)
    assert months >= 1
    family.update_spouse(person, free)
    assert (person.spouse_from_month, person.spouse_works) == (now.month, 0)
    family.update_spouse(person, free._replace(month=now.month + months - 1))
    assert person.spouse_works == 0
    family.update_spouse(person, free._replace(month=now.month + months))
    assert (person.spouse_from_month, person.spouse_works) == (now.month, 1)


@pytest.mark.parametrize("change", [{"couple": 0}, {"family_mode": 0}, {}])
def test_work_ends_with_the_right_the_marriage_or_the_life_together(
    change: dict[str, int], someone: Make, now: Now, under: Make
) -> None:
    fields = {
        "couple": 1,
        "family_mode": WITH_FAMILY,
        "status": ON_B,
        "spouse_works": 1,
        "spouse_from_month": 5,
    } | change
    person = someone(**fields)
    family.update_spouse(person, under(now, permit_spouse_may_work=(0.0 if not change else 1.0,) * 3))
    assert (person.spouse_works, person.spouse_from_month) == (0, NEVER)


def test_fees_are_paid_for_each_child(someone: Make, now: Now) -> None:
    one, two = (family.school_fee(someone(**ages), now, SHANGHAI, TIER_INTERNATIONAL) for ages in (
        {"child_1": now.month - 100}, {"child_1": now.month - 100, "child_2": now.month - 60},
    ))  # fmt: skip
    assert one == now.policy[SHANGHAI].school_fee[TIER_INTERNATIONAL]
    assert two == 2.0 * one
