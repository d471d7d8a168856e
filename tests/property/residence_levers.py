"""Levers of permanent residence, put to the test."""

from __future__ import annotations

from simulation.names import AGE_BANDS, EDUCATIONS, ORIGINS

from . import channels as ch
from .cases import LOOKED_AT, MANY_IN_C, MOVERS, Case, all_of, down, up

P = "permanent_residence."
ALL_GRANTED: dict[str, float] = {ch.DECISIONS: 1_000_000, f"{P}approval_share": 1}
RESIDENTS = {ch.OPEN_SHARE: 1, f"{P}employment_route.years": 2} | ALL_GRANTED
WELL_PAID = {f"{P}salary_route.tax_share": 0, f"{P}salary_route.pay_multiple": 3} | ALL_GRANTED
DESCENT = {f"world.origins.{origin}.ethnic_share": 1 for origin in ORIGINS}
MORE_FILE, FEWER_FILE = up("pr_applications", "all", "more may file"), down("pr_applications", "all", "fewer may file")
MORE_REACH, FEWER_REACH = up("pr_granted", "all", "more reach it"), down("pr_granted", "all", "fewer reach it")
CREDITED = ("credited_months",)
DESK = ("resident_share", "residence_turn_share", "residence_queue_months")
BAR = ("residence_bar", "residence_cutoff", "residence_tie_share")
PARENTS = {"world.pool.child_share": 1, "behaviour.public_school_cost": 0} | all_of(
    "world.pool.couple_share", AGE_BANDS, 1
)
VISITORS = {"behaviour.visit_share": 0.5, "behaviour.visit_cost": 0, "visas.r_visa.category_b": 1}
"""Half of the year's visits: six months in China."""


def opened(route: str) -> dict[str, float]:
    """Return the law under which a route exists that the law in force does not have."""
    law: dict[str, float] = {f"{P}{route}.available": 1}
    return law | ALL_GRANTED


INVITED = {f"{P}automatic_invitation": 1} | ALL_GRANTED
ROUTES = [
    Case(f"{P}employment_route.years", 2, ch.NO_RESIDENCE, MORE_FILE, {ch.OPEN_SHARE: 1} | ALL_GRANTED, LOOKED_AT),
    Case(ch.OPEN_SHARE, 0.5, ch.RESIDENCE_AT_ONCE, MORE_FILE),
    Case(f"{P}salary_route.available", 0, ch.RESIDENCE_BY_POST, FEWER_FILE, WELL_PAID),
    Case(f"{P}salary_route.years", 1, ch.NO_PAY_ROUTE, MORE_FILE, WELL_PAID),
    Case(f"{P}salary_route.pay_multiple", 1, ch.NO_PAY_ROUTE, MORE_FILE, {f"{P}salary_route.tax_share": 0}),
    Case(f"{P}salary_route.tax_share", 0, ch.NO_PAY_ROUTE, MORE_FILE, {f"{P}salary_route.pay_multiple": 1}),
    Case(f"{P}kin_route.years", 1, ch.NO_KIN, MORE_FILE, {"world.pool.chinese_spouse_share": 0.5}),
    Case(f"{P}talent_route.open_share", 1, ch.NO_TALENT_PLANS, MORE_FILE, {ch.TALENT_PLANS: 0.2}),
    Case(
        f"{P}investment_route.open_share",
        1,
        ch.RESIDENCE_AT_ONCE,
        up("pr_applications", "mode=entrepreneur", "more may file"),
        INVITED | {f"{P}investment_route.years": 0},
    ),
    Case(
        f"{P}investment_route.years",
        0,
        ch.NO_INVESTMENT,
        up("pr_stock", "all", "investors reach it sooner"),
        INVITED | {f"{P}investment_route.open_share": 1},
    ),
    Case(f"{P}heritage_route.available", 0, ch.RESIDENCE_AT_ONCE, FEWER_FILE, DESCENT),
    Case(f"{P}heritage_route.doctorate_years", 10, ch.NO_HERITAGE, FEWER_FILE, DESCENT),
    Case(f"{P}heritage_route.area_share", 1, ch.NO_HERITAGE, MORE_FILE, DESCENT),
    Case(f"{P}heritage_route.area_years", 0, ch.NO_HERITAGE, MORE_FILE, DESCENT | {f"{P}heritage_route.area_share": 1}),
    *(
        Case(f"{P}{route}.available", 1, ch.RESIDENCE_AT_ONCE, MORE_FILE, INVITED | {f"{P}{route}.years": 0})
        for route in ("degree_route", "key_field_route", "long_stay_route")
    ),
    Case(f"{P}points_route.available", 1, ch.NO_MARK_REACHED, MORE_FILE),
    Case(f"{P}degree_route.years", 0, ch.NO_DEGREE, MORE_FILE, opened("degree_route")),
    Case(
        f"{P}key_field_route.years",
        0,
        ch.NO_KEY_FIELD,
        MORE_FILE,
        opened("key_field_route") | {f"{P}key_field_route.pay_multiple": 0},
    ),
    Case(f"{P}key_field_route.pay_multiple", 0, ch.NO_KEY_FIELD, MORE_FILE, opened("key_field_route")),
    Case(f"{P}long_stay_route.years", 0, ch.NO_LONG_STAY, MORE_FILE, opened("long_stay_route")),
    Case(f"{P}long_stay_route.pay_multiple", 0, ch.NO_LONG_STAY, MORE_FILE, opened("long_stay_route")),
]

FEW_MONTHS = up("pr_applications", "category=R", "fewer months asked for open it to visitors")
MANY_MONTHS = down("pr_applications", "category=R", "more months asked for close it to visitors")
SPOUSES = {f"{P}kin_route.years": 0, "world.pool.chinese_spouse_share": 1} | all_of(
    "world.pool.couple_share", AGE_BANDS, 1
)
PRESENCE = [
    Case(f"{P}employment_route.presence_months", 3, ch.NO_R_VISA, FEW_MONTHS, VISITORS | RESIDENTS),
    Case(f"{P}kin_route.presence_months", 3, ch.NO_R_VISA, FEW_MONTHS, VISITORS | SPOUSES),
    Case(
        f"{P}salary_route.presence_months",
        9,
        ch.NO_R_VISA,
        MANY_MONTHS,
        VISITORS | WELL_PAID | {f"{P}salary_route.years": 0},
    ),
    Case(
        f"{P}heritage_route.presence_months",
        9,
        ch.NO_R_VISA,
        MANY_MONTHS,
        VISITORS | DESCENT | {f"{P}heritage_route.area_share": 1, f"{P}heritage_route.area_years": 0},
    ),
    *(
        Case(
            f"{P}{route}.presence_months",
            9,
            ch.NO_R_VISA,
            MANY_MONTHS,
            VISITORS | opened(route) | {f"{P}{route}.{bar}": 0 for bar in bars},
        )
        for route, bars in {
            "degree_route": ("years",),
            "long_stay_route": ("years", "pay_multiple"),
            "points_route": ("pass_mark",),
        }.items()
    ),
]

SCORED = opened("points_route") | {f"{P}automatic_invitation": 1}
R = f"{P}points_route.points."
MORE_POINTS = {
    f"{R}per_year": 10,
    f"{R}per_pay_multiple": 30,
    **{f"{R}education.{degree}": 100 for degree in EDUCATIONS},
    f"{R}age_under_36": 60,
    f"{R}age_under_46": 60,
    f"{R}per_hsk_level": 30,
    f"{R}key_field": 60,
    f"{R}top_university": 60,
}
HIGH_MARK = SCORED | {f"{P}points_route.pass_mark": 75}
POINTS_ROUTE = [
    Case(f"{P}points_route.pass_mark", 30, ch.NO_POINTS_ROUTE, MORE_REACH, SCORED, BAR),
    Case(
        f"{P}points_route.quota_per_year",
        1_000,
        ch.NO_POINTS_ROUTE,
        down("pr_granted", "all", "only the best are drawn"),
        SCORED | {f"{P}points_route.pass_mark": 40},
        BAR,
    ),
    *(Case(path, to, ch.NO_POINTS_ROUTE, MORE_REACH, HIGH_MARK) for path, to in MORE_POINTS.items()),
    *(Case(f"{R}{cap}", 0, ch.NO_POINTS_ROUTE, FEWER_REACH, SCORED) for cap in ("years_max", "pay_max")),
]

MONTHS_COUNT = {ch.OPEN_SHARE: 1, f"{P}employment_route.years": 6} | ALL_GRANTED
SCIENTISTS = INVITED | {
    ch.OPEN_SHARE: 1,
    f"{P}employment_route.years": 3,
    "visas.k_visa.stay_months": 36,
    "visas.k_visa.age_max": 100,
    "behaviour.refind_prob": 0.1,
    "behaviour.match_efficiency": 0.1,
}
GRADUATES = MONTHS_COUNT | {ch.STUDENTS: 250_000, "graduates.job_seek_months": 24, "graduates.bachelor_waiver": 1}
CREDIT = [
    Case(f"{P}credit.category_a", 3, ch.NO_RESIDENCE, MORE_FILE, MONTHS_COUNT, CREDITED),
    Case(f"{P}credit.category_b", 3, ch.NO_RESIDENCE, MORE_FILE, MONTHS_COUNT, CREDITED),
    Case(f"{P}credit.category_c", 3, ch.NO_RESIDENCE, MORE_FILE, MONTHS_COUNT | MANY_IN_C, CREDITED),
    Case(f"{P}credit.k", 3, ch.NO_K_VISA, MORE_FILE, SCIENTISTS),
    Case(f"{P}credit.student", 3, ch.NO_STUDENTS, MORE_FILE, GRADUATES),
    Case(
        f"{P}credit.portable_share",
        0,
        ch.NO_MOVES,
        "movers file later, and fewer move",
        MONTHS_COUNT | MOVERS,
    ),
    Case(f"{P}credit.kept_share", 1, ch.NO_RESIDENCE, MORE_FILE, MONTHS_COUNT, CREDITED),
]

RESIDENCE = [
    *ROUTES,
    *PRESENCE,
    *POINTS_ROUTE,
    *CREDIT,
    Case(f"{P}automatic_invitation", 1, ch.NO_RESIDENCE, MORE_FILE, MONTHS_COUNT),
    Case(f"{P}approval_share", 0.2, ch.NO_RESIDENCE, FEWER_REACH, {ch.OPEN_SHARE: 0.5, ch.DECISIONS: 1_000_000}, DESK),
    Case(ch.DECISIONS, 1_000_000, ch.NO_RESIDENCE, MORE_REACH, {ch.OPEN_SHARE: 0.5}, DESK),
    Case(
        f"{P}holding.absence_months_max",
        0,
        ch.NO_RESIDENCE,
        down("pr_stock", "all", "fewer come back on it"),
        RESIDENTS,
    ),
    Case(
        f"{P}card.public_enrolment_share",
        1,
        ch.NO_CHILDREN,
        up("family_share", "category=PR", "residents' children find a school"),
        RESIDENTS | PARENTS,
    ),
    Case(
        f"{P}resident_spouse_may_work",
        0,
        ch.NO_COUPLES,
        down("spouse_employment", "category=PR", "fewer may work"),
        RESIDENTS,
    ),
]
