"""Levers of work permits, graduates, visas and treaties, put to the test."""

from __future__ import annotations

from simulation.names import EDUCATIONS

from . import channels as ch
from .cases import MOVERS, QUEUES, THOUGHT_OF, Case, all_of, down, up

WIDER, NARROWER = "a wider route lowers nobody's category", "a narrower route raises nobody's category"
MORE_POINTS = up("stock", "category=A", "more points lower nobody's category")
FEWER_POINTS = down("stock", "category=A", "fewer points raise nobody's category")
RARER, OFTEN = "longer permits are renewed less often", "shorter permits are renewed more often"

W = "work_permit."
B1_BAR, B1_MONTHS = f"{W}category_b1.points_min", f"{W}category_b1.permit_months"
NEW_DOCTORS = {ch.STUDENTS: 250_000} | all_of("world.pool.student_education_share", EDUCATIONS, 0)
NEW_DOCTORS |= {"world.pool.student_education_share.doctorate": 1, "graduates.job_seek_months": 12}
WORK_PERMIT = [
    Case(f"{W}category_a.points_min", 60, ch.ALL_IN_A_BY_PAY, up("stock", "category=A", WIDER)),
    Case(B1_BAR, 60, ch.ALL_IN_A, down("permits_issued", "category=B", RARER), having={B1_MONTHS: 36}),
    Case(f"{W}category_b.points_min", 40, ch.ALL_IN_B_BY_PAY, down("stock", "category=C", WIDER)),
    Case(f"{W}category_a.pay_multiple", 3, ch.ALL_IN_A, up("stock", "category=A", WIDER)),
    Case(f"{W}category_b.pay_multiple", 1, ch.ALL_IN_B, down("stock", "category=C", WIDER)),
    Case(f"{W}pay_route.enforced_share", 0.2, ch.ALL_IN_A, up("stock", "category=A", WIDER)),
    Case(f"{W}category_a.talent_plan", 0, ch.NO_TALENT_PLANS, down("stock", "category=A", NARROWER)),
    Case(f"{W}category_a.doctorate", 1, ch.ALL_IN_A, up("stock", "category=A", WIDER), NEW_DOCTORS),
    Case(f"{W}category_b.experience_years", 20, ch.ALL_IN_B, down("stock", "category=B", NARROWER), {ch.B_POINTS: 120}),
    Case(f"{W}category_b.age_max", 45, ch.ALL_IN_A, down("stock", "age=50-and-over", "fewer may have a permit")),
    Case(
        f"{W}category_c.quota",
        0,
        ch.ALL_IN_B,
        down("stock", "category=C", "fewer are let in"),
        records=("quota_share",),
    ),
    Case(f"{W}category_a.permit_months", 12, ch.NOBODY_IN_A, up("permits_issued", "category=A", OFTEN), records=QUEUES),
    Case(B1_MONTHS, 36, ch.NO_B1, down("permits_issued", "category=B", RARER), having={B1_BAR: 60}),
    Case(f"{W}category_b.permit_months", 36, ch.ALL_IN_A, down("permits_issued", "category=B", RARER), records=QUEUES),
    Case(f"{W}category_c.permit_months", 36, ch.ALL_IN_B, down("permits_issued", "category=C", RARER), records=QUEUES),
    Case(
        f"{W}language_teacher.experience_years",
        40,
        ch.NO_EXPERIENCE_ASKED,
        down("stock", "category=B", NARROWER),
        having={f"{W}category_b.points_min": 120, f"{W}category_b.experience_years": 20},
    ),
    Case(
        f"{W}local_supplement",
        10,
        ch.NO_SUPPLEMENT,
        up("stock", "category=A", WIDER),
        having={f"{W}local_supplement_max": 30},
    ),
    Case(
        f"{W}local_supplement_max",
        10,
        ch.ZERO_SUPPLEMENT,
        up("stock", "category=A", WIDER),
        having={f"{W}local_supplement": 10},
    ),
    Case(f"{W}local_bonus", 10, ch.NO_BONUS, MORE_POINTS),
    Case(f"{W}local_bonus_max", 0, ch.ZERO_BONUS, FEWER_POINTS, having={f"{W}local_bonus": 10}),
    *(
        Case(f"{W}grace_months.{name}", 12, ch.NO_JOB_LOSS, up("stock", "all", "fewer must leave"), {ch.JOB_LOSS: 0.3})
        for name in ("category_a", "category_b")
    ),
    Case(
        f"{W}refusal_prob",
        0.3,
        ch.NOBODY_WANTS,
        down("stock", "all", "fewer are admitted and renewed"),
        records=THOUGHT_OF,
    ),
    Case(f"{W}appeal_success_share", 0.8, ch.NO_REFUSALS, down("refusals", "all", "some refusals are overturned")),
    Case(
        f"{W}appeal_months",
        12,
        ch.NO_APPEALS,
        up("days_to_permit_mean", "all", "appeals take longer"),
        having={f"{W}appeal_success_share": 0.8, f"{W}refusal_prob": 0.2},
    ),
    Case(
        f"{W}reasons_given",
        1,
        ch.NO_LEARNING,
        down("days_to_permit_mean", "all", "fewer files come back twice"),
        having={"behaviour.error_per_document": 0.1},
    ),
    Case(
        f"{W}mutual_recognition",
        1,
        ch.NO_MOVES,
        up("moved_in", "all", "a move puts no permit at risk"),
        having=MOVERS | {f"{W}refusal_prob": 0.3},
    ),
    Case(
        f"{W}interpretation_dispersion",
        1,
        ch.ONE_READING,
        up("rework_share", "all", "papers are found wanting more often"),
    ),
]

FEWER = {
    **{f"education.{degree}": 0 for degree in ("bachelor", "master", "doctorate")},
    **dict.fromkeys(("experience_first", "experience_per_year", "months_9", "place_west"), 0),
    "experience_max": 5,
    "age.from_26": 0,
    "age.from_46": 0,
    "chinese_max": 0,
    "extra_max": 0,
}
"""Blocks that many people have points of."""
MORE = (
    *(f"salary.band_{n}" for n in range(1, 7)),
    *(f"hsk.level_{n}" for n in range(7)),
    *(
        "education.below-bachelor",
        "former_national",
        "chinese_degree",
        "age.from_18",
        "age.from_56",
        "age.from_61",
        "place_north_east",
    ),
    *("top_university", "fortune_500", "patent", "five_years"),
)
"""Blocks that few people have points of."""
NO_CAPS = {f"{W}points.chinese_max": 60, f"{W}points.extra_max": 60}
HIGHER_MINS = {1: 70_000, 2: 150_000, 3: 250_000, 4: 350_000, 5: 450_000, 6: 2_000_000}
SCORED = ("points",)
POINTS = [
    *(Case(f"{W}points.{block}", to, ch.NO_POINTS, FEWER_POINTS, records=SCORED) for block, to in FEWER.items()),
    *(Case(f"{W}points.{block}", 60, ch.ALL_IN_A, MORE_POINTS, NO_CAPS, SCORED) for block in MORE),
    *(
        Case(
            f"{W}points.salary_min.band_{band}",
            low,
            ch.ALL_IN_A,
            FEWER_POINTS,
            {f"{W}points.salary.band_{band}": 60},
            SCORED,
        )
        for band, low in HIGHER_MINS.items()
    ),
]

G = "graduates."
STAY = "more may stay and work"
GRADUATING = {ch.STUDENTS: 250_000, f"{G}mark_min": 0, "behaviour.refind_prob": 0.1}
MANY_STUDENTS = {ch.STUDENTS: 250_000, f"{G}job_seek_months": 12}
ANY_MARK = {f"{G}mark_min": 0}
MASTERS = MANY_STUDENTS | all_of("world.pool.student_education_share", EDUCATIONS, 0)
MASTERS |= {"world.pool.student_education_share.master": 1}
GRADUATES = [
    Case(f"{G}master_waiver", 0, ch.NO_EXPERIENCE_ASKED, down("arrivals", "mode=student", NARROWER), MASTERS),
    Case(
        f"{G}bachelor_waiver", 1, ch.NO_EXPERIENCE_ASKED, up("arrivals", "mode=student", STAY), MANY_STUDENTS | ANY_MARK
    ),
    Case(f"{G}mark_min", 50, ch.NO_EXPERIENCE_ASKED, up("arrivals", "mode=student", STAY), MASTERS),
    Case(
        f"{G}window_months",
        60,
        ch.NO_EXPERIENCE_ASKED,
        up("stock", "category=B", WIDER),
        having={f"{G}bachelor_waiver": 1, f"{W}category_b.points_min": 120, f"{W}category_b.experience_years": 20},
    ),
    Case(f"{G}job_seek_months", 24, ch.NO_STUDENTS, up("stock", "mode=student", STAY), GRADUATING),
    Case(
        f"{G}first_permit_months",
        48,
        ch.NO_STUDENTS,
        down("permits_issued", "mode=student", RARER),
        MANY_STUDENTS,
    ),
]

V = "visas."
SCARCE_POSTS = {"behaviour.refind_prob": 0.05, "behaviour.match_efficiency": 0.1}
VISITORS = {"behaviour.visit_share": 0.5, "behaviour.visit_cost": 0}
SCOUTS = {"behaviour.scouting_gain": 3}
MORE_THINK = up("applications", "all", "visits make people think of it")
VISAS = [
    Case(f"{V}r_visa.available", 0, ch.NO_VISITS, down("stock", "category=R", "a route less"), VISITORS),
    Case(f"{V}r_visa.stay_days", 365, ch.NO_R_VISA, up("stock", "category=R", "visits are worth more"), VISITORS),
    Case(f"{V}r_visa.category_b", 1, ch.NO_R_VISA, up("stock", "category=R", "a route wider"), VISITORS),
    Case(f"{V}r_visa.validity_months", 12, ch.NO_R_VISA, "its end is a moment to think again", VISITORS),
    Case(f"{V}regional_free_share", 1, ch.NO_SCOUTING, MORE_THINK, SCOUTS),
    Case(f"{V}transit_share", 1, ch.NO_SCOUTING, MORE_THINK, SCOUTS | {"treaties.transit_free_entry": 1}),
    Case(f"{V}port_visa_share", 1, ch.NO_SCOUTING, MORE_THINK, SCOUTS),
    Case(f"{V}k_visa.available", 0, ch.NOBODY_YOUNG, down("stock", "category=K", "a route less"), SCARCE_POSTS),
    Case(f"{V}k_visa.age_max", 25, ch.NO_K_VISA, down("arrivals", "category=K", "a route narrower"), SCARCE_POSTS),
    Case(
        f"{V}k_visa.stay_months", 48, ch.NO_K_VISA, up("stock", "category=K", "more time to find a post"), SCARCE_POSTS
    ),
    Case(
        f"{V}border_open_share", 0.2, ch.NOBODY_PASSES, down("arrivals", "all", "fewer get through"), records=THOUGHT_OF
    ),
]

TREATIES = [
    Case(
        "treaties.posted_exemption_months",
        60,
        ch.NOT_INSURED,
        up("stock", "mode=assignee", "contributions that return nothing are not due"),
        {"social_insurance.pension.employee_rate": 0.2, "social_insurance.own_account_refund_share": 0},
    ),
    Case("treaties.visa_free_entry", 1, ch.NO_SCOUTING, MORE_THINK, SCOUTS),
    Case("treaties.transit_free_entry", 1, ch.NO_TRANSIT, MORE_THINK, SCOUTS | {f"{V}transit_share": 1}),
]
