"""Levers of families, daily life, research and the desks, put to the test."""

from __future__ import annotations

from simulation.names import AGE_BANDS, SERVICES

from . import channels as ch
from .cases import MANY_IN_C, QUEUES, THOUGHT_OF, Case, all_of, down, up

COUPLES = all_of("world.pool.couple_share", AGE_BANDS, 1)
PARENTS = {"world.pool.child_share": 1} | COUPLES
PUPILS = PARENTS | {"behaviour.public_school_cost": 0}
FAMILIES_COME, FAMILIES_STAY = up("family_share", "all", "schools draw"), down("family_share", "all", "schools deter")
SEATS = ("seat_share",)
FAMILY = [
    *(
        Case(
            f"family.permit_spouse_may_work.category_{lane.lower()}",
            1,
            ch.NO_COUPLES,
            up("spouse_employment", f"category={lane}", "more may work"),
            having,
        )
        for lane, having in (("A", COUPLES), ("B", COUPLES), ("C", COUPLES | MANY_IN_C))
    ),
    Case("family.school_fee.public", 150_000, ch.NO_CHILDREN, FAMILIES_STAY, PUPILS),
    Case("family.school_fee.section", 0, ch.NO_CHILDREN, FAMILIES_COME, PARENTS),
    Case("family.school_fee.international", 0, ch.NO_CHILDREN, FAMILIES_COME, PARENTS),
    Case("family.seats_multiplier.public", 0, ch.NO_CHILDREN, FAMILIES_STAY, PUPILS, SEATS),
    Case(
        "family.seats_multiplier.section",
        0,
        ch.NO_CHILDREN,
        FAMILIES_STAY,
        PARENTS | {"family.school_fee.section": 0, "family.seats_multiplier.international": 0},
        SEATS,
    ),
    Case("family.seats_multiplier.international", 0, ch.NO_CHILDREN, FAMILIES_STAY, PARENTS, SEATS),
    Case("family.public_enrolment_share", 0, ch.NO_CHILDREN, FAMILIES_STAY, PUPILS, SEATS),
]

RESIDENTS = {
    ch.OPEN_SHARE: 1,
    ch.DECISIONS: 1_000_000,
    "permanent_residence.employment_route.years": 2,
}
RESIDENTS_LOSE = up("hours_lost", "category=PR", "the card opens fewer doors")
LOSE_HOURS, SAVE_HOURS = down("stock", "all", "more hours are lost"), up("stock", "all", "fewer hours are lost")
DAILY_LIFE = [
    *(Case(f"services.passport.{name}", 0, ch.NO_TASKS, LOSE_HOURS) for name in SERVICES),
    *(Case(f"services.english.{name}", 1, ch.NO_TASKS, SAVE_HOURS) for name in SERVICES),
    *(
        Case(f"services.service_capacity.{name}", 0.2, ch.NO_TASKS, LOSE_HOURS, records=("service_share",))
        for name in SERVICES
    ),
    Case("services.language_hours", 1_000, ch.NO_LESSONS, SAVE_HOURS, records=("lesson_month", "lesson_hours")),
    Case("services.mentoring_share", 1, ch.NO_MENTORS, up("stock", "all", "newcomers are less alone")),
    *(
        Case(f"services.card_of_residents.{name}", 0, ch.NO_TASKS, RESIDENTS_LOSE, having=RESIDENTS)
        for name in SERVICES
    ),
    Case(
        "communication.official_reach",
        12,
        ch.NOBODY_WANTS,
        down("belief_gap", "all", "word is newer"),
        records=THOUGHT_OF,
    ),
]


FUNDED = up("stock", "field=research", "more funds can be won")
LESS_FUNDED = down("stock", "field=research", "less funds can be won")
FUNDS_COUNT = {"behaviour.research_weight": 1}
BIG = {"research.grant_cny": 5_000_000} | FUNDS_COUNT
RESEARCH = [
    Case("research.eligibility.category_a", 0, ch.NO_FUNDS, LESS_FUNDED, BIG | {ch.A_POINTS: 60}),
    Case("research.eligibility.category_b", 0, ch.NO_FUNDS, LESS_FUNDED, BIG | {ch.A_POINTS: 120}),
    Case("research.eligibility.category_c", 1, ch.NO_FUNDS, FUNDED, BIG | MANY_IN_C),
    Case(
        "research.eligibility.resident",
        0,
        ch.NO_FUNDS,
        LESS_FUNDED,
        BIG | RESIDENTS | {"permanent_residence.employment_route.years": 0},
    ),
    Case("research.grant_cny", 5_000_000, ch.NO_FUNDS, FUNDED, FUNDS_COUNT),
    Case("research.english_applications", 1, ch.NO_FUNDS, FUNDED, BIG),
    Case("research.international_review", 1, ch.NO_FUNDS, FUNDED, BIG | {"behaviour.foreign_review_bias": 0.9}),
    Case(
        "research.english_labs",
        1,
        ch.NO_LANGUAGE_HOURS,
        up("stock", "field=research", "fewer hours are lost"),
        {"behaviour.lab_language_hours": 600},
    ),
    Case(
        "research.administrative_hours",
        500,
        ch.NO_WEIGHT_OF_INCOME,
        down("stock", "field=research", "more hours are lost"),
    ),
]

D = "administration."
ON_THE_WAY = ("legalisation", "notice", "visa", "card", "medical", "residence", "registration")
SLOWER, FASTER = up("days_to_permit_median", "all", "desks are slower"), down("days_to_permit_median", "all", "faster")
RETURNS = up("rework_share", "all", "files come back more often")
FEWER_RETURNS = down("rework_share", "all", "files come back less often")
PAPERS = (*QUEUES, "hours_lost")
DESKS = [
    *(Case(f"{D}service_days.{name}", 30, ch.AT_ONCE, SLOWER, records=QUEUES) for name in ON_THE_WAY),
    Case(
        f"{D}service_days.pr_review",
        365,
        ch.NO_RESIDENCE,
        down("pr_stock", "all", "cases are decided later"),
        having=RESIDENTS,
    ),
    Case(f"{D}documents.pr_review", 50, ch.NO_RESIDENCE, down("pr_stock", "all", "files come back"), RESIDENTS, QUEUES),
    *(Case(f"{D}documents.{name}", 15, ch.NO_PAPERWORK, RETURNS, records=PAPERS) for name in ON_THE_WAY),
    Case(f"{D}shared_share", 1, ch.NO_PAPERWORK, FEWER_RETURNS, records=PAPERS),
    Case(f"{D}parallel_share", 1, ch.ONE_DESK, FASTER, records=("entry_days",)),
    Case(f"{D}pooled_share", 1, ch.AT_ONCE, FASTER, records=QUEUES),
    Case(f"{D}desk_capacity", 0.8, ch.AT_ONCE, SLOWER, records=QUEUES),
    Case(
        f"{D}priority_lane_share",
        0.8,
        ch.AT_ONCE,
        down("days_to_permit_median", "category=A", "Category A goes first"),
        records=QUEUES,
    ),
    Case(f"{D}english_share", 1, ch.NO_ERRORS, FEWER_RETURNS),
    Case(f"{D}misrouting_prob", 0.5, ch.NO_NOTICE, RETURNS, records=QUEUES),
    Case(f"{D}time_limit_days", 2, ch.NO_DESKS, FASTER),
    Case(f"{D}one_visit_hours_share", 1, ch.NO_HOURS, SAVE_HOURS, records=PAPERS),
]
