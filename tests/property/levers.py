"""What every lever should do: where it moves lives, what closes its way to them, and its sign where theory gives one."""

from __future__ import annotations

from simulation.names import AGE_BANDS, SERVICES

from . import channels as ch
from .cases import Case, down, up


LOOKED_AT = ("taste", "taste_year")
"""The taste last looked at: dates set by law move the months in which a life is looked at."""
THOUGHT_OF = ("region", "category", "family_mode", "target", "news_month")
"""What was last thought of, and known, by people who do not come."""
QUEUES = ("queue_days", "priority_days", "sent_back_prob", "entry_days", "filing_hours")
"""Public facts of the desks."""

WIDER, NARROWER = "a wider route lowers nobody's category", "a narrower route raises nobody's category"
MORE_POINTS = up("stock", "category=A", "more points lower nobody's category")
FEWER_POINTS = down("stock", "category=A", "fewer points raise nobody's category")
RARER, OFTEN = "longer permits are renewed less often", "shorter permits are renewed more often"

W = "work_permit."
B1_BAR, B1_MONTHS = f"{W}category_b1.points_min", f"{W}category_b1.permit_months"
WORK_PERMIT = [
    Case(f"{W}category_a.points_min", 60, ch.ALL_IN_A_BY_PAY, up("stock", "category=A", WIDER)),
    Case(B1_BAR, 60, ch.ALL_IN_A, down("permits_issued", "category=B", RARER), having={B1_MONTHS: 36}),
    Case(f"{W}category_b.points_min", 40, ch.ALL_IN_B_BY_PAY, down("stock", "category=C", WIDER)),
    Case(f"{W}category_a.pay_multiple", 3, ch.ALL_IN_A, up("stock", "category=A", WIDER)),
    Case(f"{W}category_b.pay_multiple", 1, ch.ALL_IN_B, down("stock", "category=C", WIDER)),
    Case(f"{W}pay_route.enforced_share", 0.2, ch.ALL_IN_A, up("stock", "category=A", WIDER)),
    Case(f"{W}category_a.talent_plan", 0, ch.NO_TALENT_PLANS, down("stock", "category=A", NARROWER)),
    Case(f"{W}category_a.doctorate", 1, ch.ALL_IN_A, up("stock", "category=A", WIDER)),
    Case(f"{W}category_b.experience_years", 10, ch.ALL_IN_B, up("stock", "category=C", NARROWER)),
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
        up("stock", "category=C", NARROWER),
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
        Case(f"{W}grace_months.{name}", 12, ch.NO_JOB_LOSS, up("stock", "all", "fewer must leave after a job loss"))
        for name in ("category_a", "category_b")
    ),
    Case(
        f"{W}refusal_prob",
        0.3,
        ch.NOBODY_WANTS,
        down("stock", "all", "fewer are admitted and renewed"),
        records=THOUGHT_OF,
    ),
    Case(
        f"{W}interpretation_dispersion",
        1,
        ch.ONE_READING,
        up("rework_share", "all", "papers are found wanting more often"),
    ),
]

SALARY_MINS = (70_000, 150_000, 250_000, 350_000, 450_000, 2_000_000)
FEWER = {
    **{f"salary.band_{n}": 0 for n in range(1, 7)},
    **{f"salary_min.band_{n}": low for n, low in enumerate(SALARY_MINS, 1)},
    **{f"education.{degree}": 0 for degree in ("bachelor", "master", "doctorate")},
    **{f"age.from_{years}": 0 for years in (26, 46, 56)},
    **dict.fromkeys(("experience_first", "experience_per_year", "months_9", "place_west", "place_north_east"), 0),
    **{"experience_max": 5, "chinese_max": 0, "extra_max": 0},
}
"""Blocks that most people have points of."""
MORE = (
    *(f"hsk.level_{n}" for n in range(7)),
    "education.below-bachelor",
    "former_national",
    "chinese_degree",
    "age.from_18",
    "age.from_61",
)
MORE += ("top_university", "fortune_500", "patent", "five_years")
"""Blocks that few people have points of."""
NO_CAPS = {f"{W}points.chinese_max": 60, f"{W}points.extra_max": 60}
POINTS = [
    *(Case(f"{W}points.{block}", to, ch.NO_POINTS, FEWER_POINTS, records=("points",)) for block, to in FEWER.items()),
    *(Case(f"{W}points.{block}", 60, ch.ALL_IN_A, MORE_POINTS, having=NO_CAPS, records=("points",)) for block in MORE),
]

G = "graduates."
STAY = "more may stay and work"
MANY_STUDENTS = {ch.STUDENTS: 250_000.0, f"{G}job_seek_months": 12}
GRADUATES = [
    Case(f"{G}master_waiver", 0, ch.NO_EXPERIENCE_ASKED, down("stock", "mode=student", NARROWER), MANY_STUDENTS),
    Case(f"{G}bachelor_waiver", 1, ch.NO_EXPERIENCE_ASKED, up("stock", "mode=student", STAY), MANY_STUDENTS),
    Case(f"{G}mark_min", 50, ch.NO_EXPERIENCE_ASKED, up("stock", "mode=student", STAY), MANY_STUDENTS),
    Case(
        f"{G}window_months",
        60,
        ch.NO_EXPERIENCE_ASKED,
        down("stock", "category=C", WIDER),
        having={f"{G}bachelor_waiver": 1, f"{W}category_b.points_min": 120, f"{W}category_b.experience_years": 20},
    ),
    Case(f"{G}job_seek_months", 24, ch.NO_STUDENTS, up("stock", "mode=student", STAY), {ch.STUDENTS: 250_000}),
    Case(
        f"{G}first_permit_months",
        48,
        ch.NO_STUDENTS,
        down("permits_issued", "mode=student", RARER),
        MANY_STUDENTS,
    ),
]

V = "visas."
SCARCE_POSTS = {"behaviour.refind_prob": 0.05}
VISITORS = {"behaviour.visit_share": 1}
VISAS = [
    Case(f"{V}r_visa.available", 0, ch.NO_VISITS, down("stock", "category=R", "a route less"), VISITORS),
    Case(f"{V}r_visa.stay_days", 365, ch.NO_R_VISA, up("stock", "category=R", "visits are worth more"), VISITORS),
    Case(f"{V}k_visa.available", 0, ch.NOBODY_YOUNG, down("stock", "category=K", "a route less")),
    Case(f"{V}k_visa.age_max", 25, ch.NO_K_VISA, down("arrivals", "category=K", "a route narrower")),
    Case(
        f"{V}k_visa.stay_months", 48, ch.NO_K_VISA, up("stock", "category=K", "more time to find a post"), SCARCE_POSTS
    ),
    Case(
        f"{V}border_open_share", 0.2, ch.NOBODY_WANTS, down("arrivals", "all", "fewer get through"), records=THOUGHT_OF
    ),
]

P = "permanent_residence."
ALL_GRANTED = {ch.DECISIONS: 1_000_000}
RESIDENTS = {ch.OPEN_SHARE: 1, f"{P}employment_route.years": 2} | ALL_GRANTED
LOW_TAX = {f"{P}salary_route.tax_share": 0.05} | ALL_GRANTED
MORE_FILE, FEWER_FILE = up("pr_applications", "all", "more may file"), down("pr_applications", "all", "fewer may file")
RESIDENCE = [
    Case(
        f"{P}employment_route.years",
        2,
        ch.NO_RESIDENCE,
        up("pr_stock", "all", "more reach it"),
        having={ch.OPEN_SHARE: 1} | ALL_GRANTED,
        records=LOOKED_AT,
    ),
    Case(f"{P}employment_route.open_share", 0.5, ch.RESIDENCE_AT_ONCE, MORE_FILE),
    Case(f"{P}salary_route.available", 0, ch.RESIDENCE_BY_POST, FEWER_FILE, having=LOW_TAX),
    Case(f"{P}salary_route.years", 1, ch.NO_PAY_ROUTE, MORE_FILE, having=LOW_TAX, records=LOOKED_AT),
    Case(f"{P}salary_route.pay_multiple", 3, ch.NO_PAY_ROUTE, MORE_FILE, having=LOW_TAX),
    Case(f"{P}salary_route.tax_share", 0.05, ch.NO_PAY_ROUTE, MORE_FILE),
    Case(f"{P}kin_route.years", 1, ch.NO_KIN, MORE_FILE, records=LOOKED_AT),
    Case(
        ch.DECISIONS,
        1_000_000,
        ch.NO_RESIDENCE,
        up("pr_granted", "all", "more are granted"),
        records=("resident_share",),
    ),
    Case(
        f"{P}resident_spouse_may_work",
        0,
        ch.NO_COUPLES,
        down("spouse_employment", "category=PR", "fewer may work"),
        having=RESIDENTS,
    ),
]

S = "social_insurance."
SCHEME = {f"{S}short_term.available": 1}
MORE_QUALIFY = up("pension_qualifiers", "all", "more reach a pension")
LESS_PAY, MORE_PAY = down("stock", "all", "pay is worth less"), up("stock", "all", "pay is worth more")
MIXED = "what is paid in and what is drawn go together"
INSURANCE = [
    Case(
        f"{S}pension.employee_rate", 0.3, ch.NOT_INSURED, down("stock", "all", "a refund returns less than its worth")
    ),
    Case(f"{S}pension.employer_rate", 0.4, ch.NOT_INSURED, MORE_PAY, having={f"{S}refund_pool_share": 0.5}),
    Case(f"{S}medical.employee_rate", 0.2, ch.NOT_INSURED, LESS_PAY),
    Case(f"{S}unemployment.employee_rate", 0.1, ch.NOT_INSURED, LESS_PAY),
    Case(f"{S}base_floor", 3, ch.NOT_INSURED, MIXED),
    Case(f"{S}base_cap", 1, ch.NOT_INSURED, MIXED),
    Case(f"{S}pension_years_min", 2, ch.NOT_INSURED, MORE_QUALIFY, records=LOOKED_AT),
    *(
        Case(f"{S}retirement_age.{sex}", 70, ch.NOT_INSURED, "more years to reach it, fewer to draw", records=LOOKED_AT)
        for sex in ("men", "women")
    ),
    Case(f"{S}own_account_refund_share", 0, ch.NOT_INSURED, LESS_PAY),
    Case(f"{S}refund_pool_share", 0.5, ch.NOT_INSURED, MORE_PAY),
    Case(f"{S}short_term.available", 1, ch.NO_SHORT_MONTHS, MORE_PAY),
    Case(f"{S}short_term.months_max", 6, ch.NO_SHORT_TERM, LESS_PAY, having=SCHEME),
    Case(f"{S}short_term.pension_share", 0.8, ch.NO_SHORT_TERM, LESS_PAY, having=SCHEME),
    Case(f"{S}top_up_years_max", 15, ch.NOT_INSURED, MORE_QUALIFY),
    Case(f"{S}proportional_pension", 1, ch.NOT_INSURED, MORE_QUALIFY),
    Case(f"{S}totalisation", 1, ch.NOT_INSURED, MORE_QUALIFY),
    Case(ch.INSURED, 0, ch.INSURANCE_IS_NOTHING, MIXED, records=("contributing_month", "contributed_months")),
]

STEEP = {f"tax.band_min.band_{n}": 20_000.0 * (n - 1) for n in range(2, 8)}
"""Bands through which everybody's pay runs."""
TAX = [
    *(
        Case(f"tax.band_min.band_{n}", 20_000 * n - 2_000, ch.INCOME_IS_NOTHING, MORE_PAY, having=STEEP)
        for n in range(1, 8)
    ),
    *(Case(f"tax.band_rate.band_{n}", 0.6, ch.INCOME_IS_NOTHING, LESS_PAY, having=STEEP) for n in range(1, 8)),
    Case("tax.basic_deduction", 300_000, ch.INCOME_IS_NOTHING, MORE_PAY),
    Case("tax.exempt_benefits", 0, ch.NO_BENEFIT_SHARE, LESS_PAY),
    Case("tax.exempt_benefits_share_max", 1, ch.NO_BENEFITS, MORE_PAY),
    Case("tax.effective_rate_max", 0.05, ch.INCOME_IS_NOTHING, MORE_PAY),
]

PARENTS = {"world.pool.child_share": 1} | ch.all_of("world.pool.couple_share", AGE_BANDS, 1)
FAMILIES_COME, FAMILIES_STAY = up("family_share", "all", "schools draw"), down("family_share", "all", "schools deter")
SEATS = ("seat_share",)
FAMILY = [
    *(
        Case(
            f"family.permit_spouse_may_work.category_{lane.lower()}",
            1,
            ch.NO_COUPLES,
            up("spouse_employment", f"category={lane}", "more may work"),
        )
        for lane in "ABC"
    ),
    Case("family.school_fee.public", 150_000, ch.NO_CHILDREN, FAMILIES_STAY, PARENTS),
    Case("family.school_fee.section", 0, ch.NO_CHILDREN, FAMILIES_COME, PARENTS),
    Case("family.school_fee.international", 0, ch.NO_CHILDREN, FAMILIES_COME, PARENTS),
    Case("family.seats_multiplier.public", 0, ch.NO_CHILDREN, FAMILIES_STAY, PARENTS, SEATS),
    Case("family.seats_multiplier.section", 0, ch.NO_CHILDREN, FAMILIES_STAY, PARENTS, SEATS),
    Case("family.seats_multiplier.international", 0, ch.NO_CHILDREN, FAMILIES_STAY, PARENTS, SEATS),
    Case("family.public_enrolment_share", 0, ch.NO_CHILDREN, FAMILIES_STAY, PARENTS, SEATS),
]

LOSE_HOURS, SAVE_HOURS = down("stock", "all", "more hours are lost"), up("stock", "all", "fewer hours are lost")
DAILY_LIFE = [
    *(Case(f"services.passport.{name}", 0, ch.NO_TASKS, LOSE_HOURS) for name in SERVICES),
    *(Case(f"services.english.{name}", 1, ch.NO_TASKS, SAVE_HOURS) for name in SERVICES),
    *(
        Case(f"services.service_capacity.{name}", 0.2, ch.NO_TASKS, LOSE_HOURS, records=("service_share",))
        for name in SERVICES
    ),
    *(Case(f"services.card_of_residents.{name}", 0, ch.NO_TASKS, LOSE_HOURS, having=RESIDENTS) for name in SERVICES),
    Case(
        "communication.official_reach",
        12,
        ch.NOBODY_WANTS,
        down("belief_gap", "all", "word is newer"),
        records=THOUGHT_OF,
    ),
]

D = "administration."
ON_THE_WAY = ("legalisation", "notice", "visa", "card", "medical", "residence", "registration")
SLOWER, FASTER = up("days_to_permit_median", "all", "desks are slower"), down("days_to_permit_median", "all", "faster")
RETURNS = up("rework_share", "all", "files come back more often")
FEWER_RETURNS = down("rework_share", "all", "files come back less often")
DESKS = [
    *(Case(f"{D}service_days.{name}", 30, ch.AT_ONCE, SLOWER, records=QUEUES) for name in ON_THE_WAY),
    Case(
        f"{D}service_days.pr_review",
        365,
        ch.NO_RESIDENCE,
        down("pr_stock", "all", "cases are decided later"),
        having=RESIDENTS,
    ),
    *(Case(f"{D}documents.{name}", 15, ch.NO_PAPERWORK, RETURNS, records=QUEUES) for name in ON_THE_WAY),
    Case(f"{D}shared_share", 1, ch.NO_PAPERWORK, FEWER_RETURNS, records=QUEUES),
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
    Case(f"{D}one_visit_hours_share", 1, ch.NO_HOURS, SAVE_HOURS, records=QUEUES),
]

TREATIES = [
    Case(
        "treaties.posted_exemption_months",
        60,
        ch.NOT_INSURED,
        up("stock", "mode=assignee", "contributions that return little are not due"),
    ),
    Case("treaties.visa_free_entry", 1, ch.NO_SCOUTING, up("applications", "all", "visits make people think of it")),
]

CASES = [*WORK_PERMIT, *POINTS, *GRADUATES, *VISAS, *RESIDENCE, *INSURANCE]
CASES += [*TAX, *FAMILY, *DAILY_LIFE, *DESKS, *TREATIES]

ALL_YEAR = "everybody on a permit works twelve months a year"
SILENT = {
    "work_permit.points.months_6": ALL_YEAR,
    "work_permit.points.months_3": ALL_YEAR,
    "administration.documents.pr_review": "no rule reads how often a file for residence is sent back",
}
"""Levers that move no life as the model stands, and why."""
