"""A file of permanent residence: from filing to the card, and the card abroad."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulation.model import new_tally
from simulation.names import (
    CATEGORY_B,
    CONSIDERING,
    DOCTORATE,
    FILE_IN_LINE,
    FILE_IN_POOL,
    FILE_REFUSED,
    FILE_UNDER_REVIEW,
    LEFT,
    NO_FILE,
    ON_B,
    ON_PR,
    ON_R,
    REGIONS,
    TIER_PUBLIC,
)
from simulation.records import NEVER, Now
from simulation.rules import coming, family, life, month_in_china, residing, staying, tally

Make = Callable[..., Any]
SHANGHAI = REGIONS.index("shanghai")


@pytest.fixture
def spouse(someone: Make, now: Now) -> Any:
    """Return someone married to a citizen for five years in China, who would not dream of leaving."""
    since = now.month - 60
    return someone(
        status=ON_B, category=CATEGORY_B, is_counted=1, experience=8, theta=50.0, stays=1, couple=1, chinese_spouse=1,
        entry_month=since, resident_month=since, permit_until=now.month + 8, review_month=NEVER, job_loss_month=NEVER,
        age_band=1, taste_year=now.month // 12, salary_cny=300_000.0, family_mode=1, spouse_works=1,
    )  # fmt: skip


@pytest.fixture
def eager(now: Now, under: Make) -> Now:
    """Return a law under which everyone is invited."""
    return under(now, automatic_invitation=1.0)


def facing(now: Now, **changes: Any) -> Now:
    return now._replace(public=tuple(public._replace(**changes) for public in now.public))


def filed(person: Any, now: Now) -> tally.Tally:
    counts = new_tally(500)
    residing.file(person, now, counts)
    return counts


def step(person: Any, now: Now) -> tuple[int, tally.Tally]:
    counts = new_tally(500)
    return residing.take_step(person, now._replace(month=person.pr_month), counts), counts


def test_a_file_is_reviewed_for_months_then_waits_in_line_then_is_decided(spouse: Any, eager: Now) -> None:
    counts = filed(spouse, eager)
    assert (spouse.pr_stage, spouse.residence_applications, spouse.pr_points) == (FILE_UNDER_REVIEW, 1, 0)
    assert 3 <= spouse.pr_month - eager.month <= 14
    assert counts.filed[SHANGHAI, tally.LOAD_PR] == spouse.weight
    _, counts = step(spouse, eager)
    assert spouse.pr_stage == FILE_IN_LINE
    assert counts.residence[tally.RESIDENCE_WAITING] == spouse.weight
    refused, counts = step(spouse, eager)
    assert (refused, spouse.status, spouse.pr_stage, spouse.pr_month) == (0, ON_PR, NO_FILE, NEVER)
    assert (spouse.permit_until, spouse.grace_until) == (NEVER, NEVER)
    assert counts.residence[tally.RESIDENCE_WAITING] == -spouse.weight
    assert counts.residence[tally.RESIDENCE_DECIDED] == spouse.weight
    assert counts.events[tally.PR_GRANTED, 0] == spouse.weight


def test_without_decisions_a_file_waits_and_one_refused_may_be_filed_again_after_a_year(
    spouse: Any, eager: Now
) -> None:
    filed(spouse, eager)
    step(spouse, eager)
    none = facing(eager, residence_turn_share=0.0)
    for _ in range(30):
        refused, _ = step(spouse, none)
        assert (refused, spouse.pr_stage) == (0, FILE_IN_LINE)
    refused, _ = step(spouse, facing(eager, resident_share=0.0))
    assert (refused, spouse.pr_stage, spouse.status) == (1, FILE_REFUSED, ON_B)
    month = spouse.pr_month - residing.RETRY_MONTHS
    assert filed(spouse, eager._replace(month=month)).filed.sum() == 0
    step(spouse, eager)
    assert spouse.pr_stage == NO_FILE
    assert filed(spouse, eager._replace(month=month + residing.RETRY_MONTHS)).filed.sum() == spouse.weight


def test_uninvited_people_file_at_a_review_and_invited_ones_in_the_month_a_route_opens(
    spouse: Any, now: Now, eager: Now
) -> None:
    spouse.resident_month = spouse.entry_month = now.month - 57
    wakes = {}
    for name, law in (("uninvited", now), ("invited", eager)):
        wakes[name] = residing.opening_month(spouse, law)
    assert wakes == {"uninvited": NEVER, "invited": now.month + 3}
    quiet = now._replace(month=now.month + 3)
    assert residing.opening_month(spouse, quiet) == NEVER
    counts = new_tally(500)
    month_in_china.permit_events(spouse, quiet, counts)
    assert spouse.pr_stage == NO_FILE
    month_in_china.permit_events(spouse, eager._replace(month=quiet.month), counts)
    assert spouse.pr_stage == FILE_UNDER_REVIEW


def test_points_at_a_mark_are_granted_for_sure_and_need_no_other_route(
    someone: Make, spouse: Any, eager: Now, under: Make
) -> None:
    scored = under(eager, points_route_available=1.0, employment_route_open_share=0.0, heritage_route_available=0.0)
    spouse.chinese_spouse, spouse.education = 0, DOCTORATE
    spouse.salary_cny = 5.0 * scored.places[SHANGHAI].average_wage
    strict = under(scored, salary_route_available=0.0)
    filed(spouse, strict)
    assert spouse.pr_points >= 60
    step(spouse, strict)
    step(spouse, facing(strict, resident_share=0.0))
    assert spouse.status == ON_PR


def test_under_a_quota_people_register_follow_their_points_and_are_drawn(spouse: Any, eager: Now, under: Make) -> None:
    law = under(
        eager, points_route_available=1.0, points_route_quota_per_year=1_000.0, kin_route_years=20.0,
        employment_route_open_share=0.0, salary_route_available=0.0,
    )  # fmt: skip
    spouse.education, spouse.salary_cny = DOCTORATE, 5.0 * law.places[SHANGHAI].average_wage
    counts = filed(spouse, law)
    held = spouse.pr_points
    assert (spouse.pr_stage, spouse.pr_month) == (FILE_IN_POOL, law.month + 1)
    assert counts.residence[tally.FIRST_RESIDENCE_POINTS + held] == spouse.weight
    later = law._replace(month=law.month + 24)
    counts = filed(spouse, later)
    assert spouse.pr_points > held
    assert counts.residence[tally.FIRST_RESIDENCE_POINTS + held] == -spouse.weight
    assert counts.residence.sum() == 0
    assert spouse.residence_applications == 1
    step(spouse, facing(law, residence_cutoff=120.0))
    assert spouse.pr_stage == FILE_IN_POOL
    _, counts = step(spouse, facing(law, residence_cutoff=60.0))
    assert spouse.status == ON_PR
    assert counts.residence[tally.RESIDENCE_DRAWN] == spouse.weight


def test_a_register_that_the_law_closes_lets_its_people_go(spouse: Any, eager: Now, under: Make) -> None:
    spouse.pr_stage, spouse.pr_points, spouse.pr_month = FILE_IN_POOL, 70, eager.month
    _, counts = step(spouse, eager)
    assert (spouse.pr_stage, spouse.pr_month, spouse.status) == (NO_FILE, NEVER, ON_B)
    assert counts.residence[tally.FIRST_RESIDENCE_POINTS + 70] == -spouse.weight


def test_those_who_leave_take_their_file_along(spouse: Any, eager: Now) -> None:
    filed(spouse, eager)
    step(spouse, eager)
    counts = new_tally(500)
    staying.leave(spouse, eager, counts)
    assert (spouse.pr_stage, spouse.pr_month, spouse.card_until) == (NO_FILE, NEVER, 0)
    assert counts.residence[tally.RESIDENCE_WAITING] == -spouse.weight
    assert spouse.credited_months == 60


def test_visitors_file_only_if_life_here_beats_the_visits(someone: Make, now: Now, under: Make) -> None:
    law = under(now, automatic_invitation=1.0, talent_route_open_share=1.0)
    for theta, stage in ((50.0, FILE_UNDER_REVIEW), (-50.0, NO_FILE)):
        visitor = someone(status=ON_R, talent_plan=1, entry_month=law.month - 6, theta=theta, salary_cny=9e5)
        filed(visitor, law)
        assert visitor.pr_stage == stage


def test_a_resident_who_leaves_keeps_the_card_and_comes_back_without_a_case(
    spouse: Any, eager: Now, under: Make
) -> None:
    spouse.status = ON_PR
    counts = new_tally(500)
    staying.leave(spouse, eager, counts)
    assert (spouse.status, spouse.card_until) == (LEFT, eager.month + 48)
    back = eager._replace(month=eager.month + 1, policy=under(eager, border_open_share=1.0).policy)
    nothing = facing(back, match_share=(0.0,) * 8)
    spouse.status, spouse.search_until, spouse.news_month = CONSIDERING, back.month, back.month
    counts = new_tally(500)
    coming.search(spouse, nothing._replace(policy_by_month={back.month: back.policy}, public_by_month={
        back.month: nothing.public}), counts)  # fmt: skip
    assert (spouse.status, spouse.is_counted, spouse.permit_until) == (ON_PR, 1, NEVER)
    assert spouse.applications == 0
    assert counts.events[tally.PERMITS_ISSUED, 0] == 0
    assert counts.events[tally.ARRIVALS, 0] == spouse.weight


def test_a_card_that_has_run_out_opens_nothing(spouse: Any, eager: Now) -> None:
    spouse.status = ON_PR
    staying.leave(spouse, eager, new_tally(500))
    late = eager._replace(month=int(spouse.card_until))
    assert coming.status_sought(spouse, late, CATEGORY_B) == ON_B
    assert coming.status_sought(spouse, eager._replace(month=late.month - 1), CATEGORY_B) == ON_PR


def test_children_of_residents_enrol_in_public_schools_as_local_ones_do(someone: Make, now: Now, under: Make) -> None:
    full = facing(now, seat_share=(0.0,) * 3)
    for share, place in ((1.0, 1), (0.0, 0)):
        law = under(full, card_public_enrolment_share=share)
        assert family.has_seat(someone(), law, SHANGHAI, TIER_PUBLIC, ON_PR) == place
        assert family.has_seat(someone(), law, SHANGHAI, TIER_PUBLIC, ON_B) == 0
        assert family.has_seat(someone(), law, SHANGHAI, TIER_PUBLIC + 1, ON_PR) == 0


def test_a_month_with_a_file_in_line_wakes_its_owner_the_next_month(spouse: Any, eager: Now) -> None:
    spouse.pr_stage, spouse.pr_month = FILE_IN_LINE, eager.month
    wake = life.live(spouse, facing(eager, residence_turn_share=0.0), new_tally(500))
    assert wake == spouse.pr_month == eager.month + 1
