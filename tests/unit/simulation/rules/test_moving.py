"""Moves between regions: who hears of where, what makes a move worth it, and what the new office decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from simulation.model import new_tally
from simulation.names import (
    ALONE,
    ASSIGNEE,
    CATEGORY_A,
    CATEGORY_B,
    CATEGORY_C,
    FILE_UNDER_REVIEW,
    NO_CATEGORY,
    NO_TICKET,
    ON_A,
    ON_B,
    ON_C,
    ON_PR,
    ON_R,
    REGIONS,
    RETIRED,
    SEEKING,
    STUDENT_MODE,
    TICKET_RENEWAL,
)
from simulation.records import NEVER, Now
from simulation.rules import attention, career, coming, moving, staying, tally, value, work_permit

Make = Callable[..., Any]
HERE = REGIONS.index("north-east")


@pytest.fixture
def settled(someone: Make, now: Now) -> Make:
    """Return what makes someone on a Category B permit in the north-east, by number, to whom China is dear."""

    def of(number: int = 1, **fields: Any) -> Any:
        kept = {
            "id": number, "region": HERE, "status": ON_B, "category": CATEGORY_B, "is_counted": 1, "experience": 8,
            "theta": 5.0, "stays": 1, "entry_month": now.month - 36, "resident_month": now.month - 36,
            "permit_until": now.month + 8, "review_month": NEVER, "job_loss_month": NEVER, "age_band": 1,
            "taste_year": now.month // 12,
        }  # fmt: skip
        return someone(**(kept | fields))

    return of


def behaving(now: Now, **changes: Any) -> Now:
    return now._replace(behaviour=now.behaviour._replace(**changes))


def easy(now: Now) -> Now:
    """Return a month in which a move costs nothing and no region appeals for itself."""
    return behaving(now, internal_move_cost=0.0, region_scale=0.0)


def posts(now: Now, share: float, region: int | None = None) -> Now:
    """Return a month with a share of seekers matched in one region, or in all."""
    return now._replace(
        public=tuple(
            public._replace(match_share=(share,) * 8) if region in (None, at) else public
            for at, public in enumerate(now.public)
        )
    )


def richer(now: Now, region: int, log_pay: float = 1.0) -> Now:
    """Return a month in which one region pays better."""
    return now._replace(
        places=tuple(
            place._replace(pay_premium=place.pay_premium + (log_pay if at == region else 0.0))
            for at, place in enumerate(now.places)
        )
    )


def hearing_of(settled: Make, now: Now, region: int, **fields: Any) -> Any:
    """Return the first of people like these who hears of a region this month."""
    people = (settled(number, **fields) for number in range(1, 2_000))
    return next(person for person in people if moving.region_heard_of(person, now) == region)


def test_people_hear_of_regions_as_they_have_posts_and_never_of_their_own(settled: Make, now: Now) -> None:
    n = 6_000
    heard = Counter(moving.region_heard_of(settled(number), now) for number in range(1, n + 1))
    open_posts = [place.posts[settled().field] for place in now.places]
    assert heard[HERE] == 0
    for region in range(len(REGIONS)):
        if region != HERE:
            share = open_posts[region] / sum(open_posts)
            # Five standard errors: a false alarm once in about two million regions.
            assert abs(heard[region] / n - share) < 5.0 * (share * (1.0 - share) / n) ** 0.5, REGIONS[region]
    assert heard[moving.NOWHERE] > 0


def test_a_better_region_with_a_post_is_moved_to_and_the_move_is_counted(settled: Make, now: Now) -> None:
    there = REGIONS.index("shanghai")
    person = hearing_of(settled, now, there)
    counts = new_tally(500)
    staying.review(person, richer(easy(now), there), counts)
    assert (person.region, person.status) == (there, ON_B)
    assert person.salary_cny == career.salary(person, richer(now, there), there)
    assert counts.seekers[there, person.field] == person.weight
    first = tally.FIRST_REGION
    assert counts.events[tally.MOVED_IN, first : first + 10].tolist() == [person.weight, *[0] * 9]
    assert counts.events[tally.MOVED_OUT, first + HERE] == counts.events[tally.MOVED_OUT, 0] == person.weight


@pytest.mark.parametrize(
    ("why", "fields"),
    [
        ("a renewal is under way", {"ticket": TICKET_RENEWAL, "ticket_month": 400}),
        ("residence is applied for", {"pr_stage": FILE_UNDER_REVIEW}),
        ("the employer posted them", {"mode": ASSIGNEE, "term_end": 400}),
        ("a visitor has no post here", {"status": ON_R, "category": CATEGORY_A}),
        ("the retired stay", {"status": RETIRED}),
        ("someone without a post looks for one", {"status": SEEKING}),
    ],
)
def test_some_do_not_think_of_moving(why: str, fields: dict[str, int], settled: Make, now: Now) -> None:
    assert moving.may_move(settled(), now.month) == 1, why
    assert moving.may_move(settled(**fields), now.month) == 0, why
    person = hearing_of(settled, now, 0, **fields)
    staying.review(person, richer(easy(now), 0), new_tally(500))
    assert person.region == HERE


def test_nobody_moves_where_there_is_no_post_or_the_move_costs_more_than_it_brings(settled: Make, now: Now) -> None:
    better = richer(easy(now), 0)
    for law, region in (
        (better, 0), (posts(better, 0.0, 0), HERE), (behaving(better, internal_move_cost=50.0), HERE),
    ):  # fmt: skip
        person = hearing_of(settled, now, 0)
        staying.review(person, law, new_tally(500))
        assert person.region == region


def test_a_lasting_pull_keeps_people_where_they_are_or_draws_them(settled: Make, now: Now) -> None:
    """Pay and posts alike, those move whose own preference for the other region is the greater by the move's cost."""
    plain = behaving(now, internal_move_cost=0.0, region_scale=3.0)
    plain = plain._replace(places=(plain.places[HERE],) * len(REGIONS), policy=(plain.policy[HERE],) * len(REGIONS))
    plain = plain._replace(policy=tuple(law._replace(refusal_prob=0.0) for law in plain.policy))
    moved = 0
    for number in range(1, 60):
        person = settled(number)
        region = moving.region_heard_of(person, plain)
        if region == moving.NOWHERE:
            continue
        likes = attention.region_pull(person, plain, region) > attention.region_pull(person, plain, HERE)
        staying.review(person, plain, new_tally(500))
        assert (person.region == region) == likes
        moved += likes
    assert 5 < moved < 50


def test_someone_who_would_leave_moves_instead_if_another_region_holds_them(settled: Make, now: Now) -> None:
    gone = hearing_of(settled, now, 0, theta=-1.0)
    poor = behaving(easy(now), settle_gain=0.0)
    staying.review(gone, posts(poor, 0.0), new_tally(500))
    assert gone.left_month == now.month
    kept = hearing_of(settled, now, 0, theta=-1.0)
    staying.review(kept, richer(poor, 0, 3.0), new_tally(500))
    assert (kept.region, kept.left_month) == (0, NEVER)
    # Better than here is not enough: it must be worth more than life abroad.
    neither = hearing_of(settled, now, 0, theta=-20.0)
    staying.review(neither, richer(poor, 0, 3.0), new_tally(500))
    assert (neither.region, neither.left_month) == (HERE, now.month)


def test_without_recognition_the_new_office_decides_the_category_afresh(settled: Make, now: Now, under: Make) -> None:
    """A Category A given elsewhere for the points becomes B where the same file earns fewer."""
    there = REGIONS.index("shanghai")
    certain = under(richer(easy(now), there), refusal_prob=0.0, interpretation_dispersion=0.0)
    person = hearing_of(settled, now, there, status=ON_A, category=CATEGORY_A, permit_until=now.month + 50)
    counts = new_tally(500)
    staying.review(person, certain, counts)
    assert (person.region, person.status, person.ticket) == (there, ON_A, TICKET_RENEWAL)
    assert person.ticket_month > now.month
    assert counts.filed[there, tally.LOAD_RENEWAL] == counts.events[tally.FILED, 0] == person.weight
    staying.decide_renewal(person, certain._replace(month=person.ticket_month), counts)
    expected = coming.expected_category(person, certain, there, person.salary_cny)
    assert (person.category, person.status) == (expected, ON_B)


def test_with_recognition_the_category_and_the_permit_are_kept_and_no_case_runs(
    settled: Make, now: Now, under: Make
) -> None:
    there = REGIONS.index("shanghai")
    law = under(richer(easy(now), there), mutual_recognition=1.0)
    person = hearing_of(settled, now, there, status=ON_A, category=CATEGORY_A, permit_until=now.month + 50)
    counts = new_tally(500)
    staying.review(person, law, counts)
    assert (person.region, person.status, person.category) == (there, ON_A, CATEGORY_A)
    assert (person.ticket, person.permit_until) == (NO_TICKET, now.month + 50)
    assert counts.filed.sum() == 0


def test_a_move_when_the_renewal_is_due_renews_in_the_new_region(settled: Make, now: Now, under: Make) -> None:
    there = REGIONS.index("shanghai")
    for recognised in (0.0, 1.0):
        law = under(richer(easy(now), there), mutual_recognition=recognised)
        counts = new_tally(500)
        person = hearing_of(settled, now, there, permit_until=now.month + staying.RENEWAL_LEAD_MONTHS)
        staying.review(person, law, counts)
        assert person.region == there
        assert (person.ticket == TICKET_RENEWAL) == (recognised == 0.0)


def test_residents_move_without_a_case_and_need_a_post(settled: Make, now: Now) -> None:
    better = richer(easy(now), 0)
    for law, region in ((better, 0), (posts(better, 0.0), HERE)):
        person = hearing_of(settled, now, 0, status=ON_PR, permit_until=NEVER)
        counts = new_tally(500)
        staying.review(person, law, counts)
        assert (person.region, person.status, person.ticket) == (region, ON_PR, NO_TICKET)
        assert counts.filed.sum() == 0


def test_a_resident_who_loses_the_post_may_move_to_one_elsewhere(settled: Make, now: Now) -> None:
    person = hearing_of(settled, now, 0, status=ON_PR, permit_until=NEVER)
    staying.lose_job(person, richer(easy(now), 0), new_tally(500))
    assert (person.region, person.status) == (0, ON_PR)


def test_the_risk_of_a_refusal_weighs_against_a_move_that_needs_a_case(settled: Make, now: Now, under: Make) -> None:
    person = hearing_of(settled, now, 0, status=ON_B)
    law = under(easy(now), interpretation_dispersion=0.0)
    status = moving.status_there(person, law, 0)
    here = 0.9 * moving.gain_there(person, law, 0, status, ALONE, value.utility_away(person, law))
    assert here > 0.0
    found = [
        moving.better_region(person, under(law, **change), new_tally(500), ALONE, here, value.utility_away(person, law))
        for change in (
            {"refusal_prob": 0.05}, {"refusal_prob": 0.15}, {"refusal_prob": 0.15, "mutual_recognition": 1.0},
        )
    ]  # fmt: skip
    assert found == [0, moving.NOWHERE, 0]


def test_a_category_is_recognised_only_if_a_work_permit_gave_it(settled: Make, now: Now, under: Make) -> None:
    law = under(now, mutual_recognition=1.0)
    assert moving.keeps_category(settled(), law, 0) == 1
    assert moving.keeps_category(settled(), now, 0) == 0
    assert moving.keeps_category(settled(category=NO_CATEGORY), law, 0) == 0
    graduate = settled(status=SEEKING, resident_month=NEVER, mode=STUDENT_MODE)
    assert moving.keeps_category(graduate, law, 0) == 0


def test_those_who_lost_a_post_look_in_one_other_region_too(settled: Make, now: Now, under: Make) -> None:
    """No posts at home, and a sure one in the region heard of."""
    only_there = behaving(posts(posts(easy(now), 0.0), 1.0, 0), refind_prob=1.0)
    counts = new_tally(500)
    person = hearing_of(settled, now, 0, status=SEEKING, grace_until=now.month)
    staying.find_post(person, only_there, counts)
    assert (person.region, person.status, person.ticket) == (0, ON_B, NO_TICKET)
    assert counts.seekers[[HERE, 0], person.field].tolist() == [person.weight] * 2
    assert counts.events[tally.MOVED_IN, 0] == person.weight
    unwilling = hearing_of(settled, now, 0, status=SEEKING, grace_until=now.month, theta=-50.0)
    staying.find_post(unwilling, only_there, counts)
    assert unwilling.left_month == now.month


def test_a_recognised_category_outlasts_the_loss_of_the_post(settled: Make, now: Now, under: Make) -> None:
    only_there = under(behaving(posts(posts(easy(now), 0.0), 1.0, 0), refind_prob=1.0), interpretation_dispersion=0.0)
    fields = {"status": SEEKING, "category": CATEGORY_A, "grace_until": now.month}
    for recognised, category in ((0.0, CATEGORY_B), (1.0, CATEGORY_A)):
        person = hearing_of(settled, now, 0, **fields)
        staying.find_post(person, under(only_there, mutual_recognition=recognised), new_tally(500))
        assert (person.region, person.category) == (0, category)


def test_graduates_do_not_move_to_a_post_of_category_c(settled: Make, now: Now, under: Make) -> None:
    strict = under(posts(easy(now), 0.0), category_b_points_min=120.0, category_b_pay_multiple=20.0)
    strict = under(strict, category_b_experience_years=50.0, interpretation_dispersion=0.0, master_waiver=0.0)
    only_there = behaving(posts(strict, 1.0, 0), refind_prob=1.0)
    for mode, resident, region, status in (
        (STUDENT_MODE, NEVER, HERE, SEEKING), (0, now.month - 36, 0, ON_C),
    ):  # fmt: skip
        fields = {"status": SEEKING, "mode": mode, "resident_month": resident, "grace_until": now.month + 5}
        person = hearing_of(settled, now, 0, **fields)
        staying.find_post(person, only_there, new_tally(500))
        assert (person.region, person.status) == (region, status)
        assert person.category == (CATEGORY_B if region == HERE else CATEGORY_C)


def test_uneven_interpretation_raises_refusals_and_lets_offices_read_one_file_apart(
    settled: Make, now: Now, under: Make
) -> None:
    even, uneven = (under(now, interpretation_dispersion=share) for share in (0.0, 1.0))
    refused = [
        [coming.is_refused(settled(number), law, HERE, 0) for number in range(1, 2_000)] for law in (even, uneven)
    ]
    assert sum(refused[0]) < sum(refused[1])
    assert all(before <= after for before, after in zip(*refused, strict=True))
    person = settled()
    readings = [
        [work_permit.points_as_read(person, 75.0, region, law) for region in range(10)] for law in (even, uneven)
    ]
    assert readings[0] == [75.0] * 10
    assert len(set(readings[1])) == 10
    assert readings[1] == [work_permit.points_as_read(person, 75.0, region, uneven) for region in range(10)]
