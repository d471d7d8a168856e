"""What turns a channel of the law off: laws and assumptions that hold from the start, under which a lever cannot matter."""

from __future__ import annotations

from simulation.names import AGE_BANDS, SERVICES, STATIONS

from .cases import Channel, all_of

A_POINTS, B_POINTS = "work_permit.category_a.points_min", "work_permit.category_b.points_min"
A_PAY, B_PAY = "work_permit.category_a.pay_multiple", "work_permit.category_b.pay_multiple"
EXPERIENCE = "work_permit.category_b.experience_years"
OPEN_SHARE = "permanent_residence.employment_route.open_share"
P = "permanent_residence."
PAY_ROUTE, DECISIONS = "permanent_residence.salary_route", "permanent_residence.decisions_per_year"
TALENT_PLANS = "world.pool.talent_plan_share"
STUDENTS = "world.pool.students_per_year"
JOB_LOSS, WEIGHT_OF_HOURS = "behaviour.job_loss_rate", "behaviour.psych_multiplier"
INSURED = "social_insurance.insurance_enforced_share"

OPEN = Channel("no channel")
NO_POINTS = Channel("no bar can be reached by points", {A_POINTS: 120, B_POINTS: 120})
ALL_IN_A = Channel("Category A asks for no points", {A_POINTS: 0, STUDENTS: 0, JOB_LOSS: 1e-9})
ALL_IN_A_BY_PAY = Channel("Category A asks for no pay", {A_PAY: 0})
ALL_IN_B_BY_PAY = Channel("Category B asks for no pay", {B_PAY: 0})
ALL_IN_B = Channel("Category B asks for no points", {B_POINTS: 0, STUDENTS: 0})
NOBODY_IN_A = Channel(
    "no route to Category A is open",
    {
        A_POINTS: 120,
        A_PAY: 20,
        "work_permit.pay_route.enforced_share": 1,
        "work_permit.category_a.talent_plan": 0,
        "work_permit.category_a.doctorate": 0,
    },
)
NO_B1 = Channel("no bar of Category B1 can be reached", {"work_permit.category_b1.points_min": 120})
NO_EXPERIENCE_ASKED = Channel("graduates need no waiver where no experience is asked for", {EXPERIENCE: 0})
NO_TALENT_PLANS = Channel("no talent programme", {TALENT_PLANS: 0})
NO_SUPPLEMENT = Channel("no region may move a bar", {"work_permit.local_supplement_max": 0})
ZERO_SUPPLEMENT = Channel("no region moves a bar", {"work_permit.local_supplement": 0})
NO_BONUS = Channel("no region may add points", {"work_permit.local_bonus_max": 0})
ZERO_BONUS = Channel("no region adds points", {"work_permit.local_bonus": 0})
NO_JOB_LOSS = Channel("nobody loses a post", {JOB_LOSS: 1e-9})
NO_STUDENTS = Channel("nobody studies in China", {STUDENTS: 0})
ONE_READING = Channel(
    "offices that differ neither refuse, nor send back, nor misread",
    {
        "work_permit.refusal_prob": 0,
        "behaviour.error_per_document": 0,
        "behaviour.interpretation_points": 0,
    },
)
NOBODY_WANTS = Channel("nobody wants to come, so nobody files", {"behaviour.theta_mean": -50}, is_empty=True)

NO_APPEALS = Channel("no appeal succeeds", {"work_permit.appeal_success_share": 0})
NO_REFUSALS = Channel("nobody is refused, so nobody appeals", {"work_permit.refusal_prob": 0})
NO_LEARNING = Channel("reasons teach nobody", {"behaviour.reasons_error_gain": 0})
NO_MOVES = Channel("nobody moves between regions", {"behaviour.internal_move_cost": 1e6})

NOBODY_PASSES = Channel(
    "nobody wants to come, and no visit tells anybody anything",
    {"behaviour.theta_mean": -50, "behaviour.scouting_gain": 0, "behaviour.visit_news": 0},
    is_empty=True,
)
NO_VISITS = Channel("nobody spends time in China on an R visa", {"behaviour.visit_share": 0})
NO_R_VISA = Channel("no R visa", {"visas.r_visa.available": 0})
NO_K_VISA = Channel("no K visa", {"visas.k_visa.available": 0})
NOBODY_YOUNG = Channel("nobody is young enough for a K visa", {"visas.k_visa.age_max": 18})
NO_SCOUTING = Channel(
    "visits change nobody's attention and tell nobody anything",
    {"behaviour.scouting_gain": 0, "behaviour.visit_news": 0},
)
NO_TRANSIT = Channel("no stop on the way is free of visa", {"visas.transit_share": 0})

NO_RESIDENCE = Channel(
    "no route to permanent residence is open",
    {
        OPEN_SHARE: 0,
        f"{PAY_ROUTE}.available": 0,
        "world.pool.chinese_spouse_share": 0,
        f"{P}talent_route.open_share": 0,
        f"{P}investment_route.open_share": 0,
        f"{P}heritage_route.available": 0,
    },
)
NO_INVESTMENT = Channel("no investment opens residence", {f"{P}investment_route.open_share": 0})
NO_HERITAGE = Channel("no residence by descent", {f"{P}heritage_route.available": 0})
NO_DEGREE = Channel("no residence by degree", {f"{P}degree_route.available": 0})
NO_KEY_FIELD = Channel("no residence by key field", {f"{P}key_field_route.available": 0})
NO_LONG_STAY = Channel("no residence by a long stay", {f"{P}long_stay_route.available": 0})
NO_POINTS_ROUTE = Channel("no residence by points", {f"{P}points_route.available": 0})
NO_MARK_REACHED = Channel("nobody reaches the pass mark", {f"{P}points_route.pass_mark": 199})
NO_PAY_ROUTE = Channel("no residence by pay and tax", {f"{PAY_ROUTE}.available": 0})
NO_KIN = Channel("nobody is married to a citizen", {"world.pool.chinese_spouse_share": 0})
RESIDENCE_AT_ONCE = Channel(
    "residence is open to all at once by pay, whatever their post",
    {
        f"{PAY_ROUTE}.available": 1,
        f"{PAY_ROUTE}.pay_multiple": 0,
        f"{PAY_ROUTE}.tax_share": 0,
        f"{PAY_ROUTE}.years": 0,
        f"{PAY_ROUTE}.presence_months": 0,
    },
)
RESIDENCE_BY_POST = Channel("residence is open to all posts, as soon as by pay", {OPEN_SHARE: 1})

NOT_INSURED = Channel("nobody is insured", {INSURED: 0})
NO_SHORT_TERM = Channel("no short-term scheme", {"social_insurance.short_term.available": 0})
NO_SHORT_MONTHS = Channel("the short-term scheme covers no month", {"social_insurance.short_term.months_max": 0})
INSURANCE_IS_NOTHING = Channel(
    "insurance takes nothing and gives nothing",
    {
        "social_insurance.pension.employee_rate": 0,
        "social_insurance.pension.employer_rate": 0,
        "social_insurance.medical.employee_rate": 0,
        "social_insurance.unemployment.employee_rate": 0,
        "social_insurance.medical.employer_rate": 0,
        "social_insurance.unemployment.employer_rate": 0,
        "social_insurance.pension_years_min": 0,
        "social_insurance.retirement_age.men": 80,
        "social_insurance.retirement_age.women": 80,
        "behaviour.pension_accrual": 0,
    },
)
INCOME_IS_NOTHING = Channel(
    "nobody weighs income, and tax opens no residence", {"behaviour.beta": 0, f"{PAY_ROUTE}.available": 0}
)
NO_WEIGHT_OF_INCOME = Channel("nobody weighs income, nor hours of work lost", {"behaviour.beta": 0})
NO_BENEFITS = Channel("no benefits are free of tax", {"tax.exempt_benefits": 0})
NO_BENEFIT_SHARE = Channel("no share of pay may be free of tax", {"tax.exempt_benefits_share_max": 0})

NO_COUPLES = Channel("nobody has a partner", all_of("world.pool.couple_share", AGE_BANDS, 0))
NO_CHILDREN = Channel("nobody has children", {"world.pool.child_share": 0})
NO_TASKS = Channel("daily life has no tasks", all_of("behaviour.tasks_per_year", SERVICES, 0))
NO_LESSONS = Channel("nobody goes to lessons", {"behaviour.lesson_take_up": 0})
NO_MENTORS = Channel(
    "a mentor is no contact and teaches nothing", {"behaviour.contact_gain": 0, "behaviour.mentor_learning_share": 0}
)
NO_FUNDS = Channel("research funds weigh nothing", {"behaviour.research_weight": 0})
NO_LANGUAGE_HOURS = Channel("no hours are lost in labs that work in Chinese", {"behaviour.lab_language_hours": 0})
NO_HOURS = Channel("lost hours weigh nothing", {WEIGHT_OF_HOURS: 0})

NO_ERRORS = Channel("no document is found wanting", {"behaviour.error_per_document": 0})
NO_PAPERWORK = Channel(
    "papers are never wanting, and hours spent on them weigh nothing",
    {"behaviour.error_per_document": 0, WEIGHT_OF_HOURS: 0},
)
AT_ONCE = Channel("every desk must answer at once", {"administration.time_limit_days": 0.01})
NO_DESKS = Channel("no desk takes any time", all_of("administration.service_days", STATIONS, 0))
NO_NOTICE = Channel("no work permit notice", {"administration.service_days.notice": 0})
ONE_DESK = Channel(
    "one desk alone can be side by side with none",
    {"administration.service_days.card": 0, "administration.service_days.medical": 0},
)
