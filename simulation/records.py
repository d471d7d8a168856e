"""The vocabulary: what is written down about a person, a law, a region, an origin, a behaviour.

Every record is a row of a NumPy structured array, so that a rule reads ``person.birth_month`` whether the
person is a row in compiled code or a plain Python object. Floats are ``f8``; integers are small in the record and
widened where they are used. Months count from January 2000 (month 0); money is in yuan of 2024 a year.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from simulation.levers import POLICY_LEVERS, field_of
from simulation.names import BELIEFS, EDUCATIONS, FIELDS, LANES, MODES, ORIGINS, SERVICES, STATIONS, TIERS
from simulation.pool import POOL_FIELDS

Person: TypeAlias = Any
"""One professional and their household: a row of PERSON, a Mesa agent, or any object with those attributes."""
Policy: TypeAlias = Any
"""The law that applies in one region in one month: a row of POLICY."""
Place: TypeAlias = Any
"""One region as it is given: a row of PLACE."""
Origin: TypeAlias = Any
"""One group of origins as it is given, with the law that treats it separately: a row of ORIGIN."""
Rival: TypeAlias = Any
"""One competing destination: a row of RIVAL."""
Public: TypeAlias = Any
"""What everybody in a region faces this month, from last month's counts: a row of PUBLIC."""
Community: TypeAlias = Any
"""What people of one origin and field know of China: a row of COMMUNITY."""
Behaviour: TypeAlias = Any
"""How people decide: the one row of BEHAVIOUR."""

FIRST_YEAR = 2000
NEVER = 32_000
"""A month that does not come (later than any horizon)."""

Spec: TypeAlias = tuple[tuple[str, str, str], ...]

PERSON_FIELDS: Spec = (
    # Who they are: drawn before any policy is known, never changed by one.
    ("theta", "f8", "fixed taste for China, utility"),
    ("skill", "f8", "log of skill relative to the origin's average professional"),
    ("home_gap", "f8", "log pay at home relative to what skill predicts"),
    ("rival_gap", "f8", "log pay in third countries relative to what skill predicts"),
    ("china_gap", "f8", "log pay in China relative to what skill predicts"),
    ("spouse_pay_share", "f8", "spouse's pay as a share of the lead's, 0 to 1"),
    ("mark", "f8", "average mark of the last degree, 0 to 100"),
    ("id", "i4", "identity, from 1; keys every draw"),
    ("weight", "i4", "people this row stands for"),
    ("birth_month", "i2", "month of birth"),
    ("pool_month", "i2", "month of entering the pool"),
    ("work_month", "i2", "month of the first job in the field"),
    ("child_1", "i2", "month of birth of the first child, or NEVER"),
    ("child_2", "i2", "month of birth of the second child, or NEVER"),
    ("child_3", "i2", "month of birth of the third child, or NEVER"),
    ("degree_month", "i2", "month of the last degree"),
    ("parent_care_month", "i2", "month in which a parent at home first needs care, or NEVER"),
    ("term_months", "i2", "length of an assignment, for assignees"),
    ("contacts", "i2", "people known in China on entering the pool"),
    ("sex", "i1", "MALE or FEMALE"),
    ("origin", "i1", "index in ORIGINS"),
    ("field", "i1", "index in FIELDS"),
    ("education", "i1", "index in EDUCATIONS"),
    ("mode", "i1", "index in MODES"),
    ("hsk_start", "i1", "HSK level on entering the pool, 0 to 6"),
    ("ethnic_chinese", "i1", "1 for people of Chinese descent"),
    ("former_national", "i1", "1 for former Chinese nationals"),
    ("chinese_degree", "i1", "1 with a degree taught in Chinese"),
    ("top_university", "i1", "1 for graduates of a high-level university abroad"),
    ("fortune_500", "i1", "1 after work for a Fortune Global 500 firm"),
    ("patent", "i1", "1 with a patent or other intellectual property"),
    ("talent_plan", "i1", "1 if selected by a talent programme or of recognised achievement"),
    ("active", "i1", "1 if often open to a move, 0 if rarely"),
    ("couple", "i1", "1 with a spouse or partner"),
    ("chinese_spouse", "i1", "1 if the spouse is a Chinese citizen"),
    # Where they stand: changed by the rules alone.
    ("taste", "f8", "moving taste for China at the last January seen, standard deviations"),
    ("salary_cny", "f8", "salary in China at the last decision, yuan of 2024 a year"),
    ("lesson_hours", "f8", "hours of lessons in Chinese taken under a programme so far"),
    ("wait_days", "f8", "days that the application under way takes in all"),
    ("tax_cny", "i4", "income tax as of the last event, yuan a year"),
    ("insurance_cny", "i4", "social insurance as of the last event, employer's share included, yuan a year"),
    ("ticket_month", "i2", "month in which the application under way is decided"),
    ("taste_year", "i2", "year of the taste held, counted from FIRST_YEAR"),
    ("attention_month", "i2", "next candidate month of attention"),
    ("attention_count", "i2", "candidate moments of attention drawn so far"),
    ("review_month", "i2", "next candidate month of a spontaneous review"),
    ("review_count", "i2", "candidate reviews drawn so far"),
    ("job_loss_month", "i2", "next candidate month of losing the job"),
    ("job_loss_count", "i2", "candidate job losses drawn so far"),
    ("search_until", "i2", "last month of the present search for a post"),
    ("term_end", "i2", "month in which the assignment ends, or NEVER"),
    ("permit_until", "i2", "last month of the permit held"),
    ("grace_until", "i2", "last month allowed without a job"),
    ("entry_month", "i2", "month of the present entry to China, or NEVER"),
    ("resident_month", "i2", "month from which the present status counts towards permanent residence, or NEVER"),
    ("past_months", "i2", "months in China in earlier stays"),
    ("contributing_month", "i2", "month from which pension contributions run, or NEVER"),
    ("contributed_months", "i2", "months of pension contributions in earlier spells"),
    ("credited_months", "i2", "months that count towards permanent residence from before ``resident_month``"),
    ("pr_month", "i2", "month of the next step of a file of permanent residence, or NEVER"),
    ("pr_points", "i2", "points that the file of permanent residence rests on, 0 for the other routes"),
    ("card_until", "i2", "month from which a resident abroad may no longer come back on the card, 0 without one"),
    ("left_month", "i2", "month of last leaving China, or NEVER"),
    ("news_month", "i2", "month of the last word from China: what is known abroad of law and facts is as of then"),
    ("lesson_month", "i2", "month up to which lessons are counted"),
    ("points", "i2", "points at the last scoring"),
    ("hours_lost", "i2", "hours lost to failed errands and filing as of the last event, a year"),
    ("applications", "i2", "first applications filed so far"),
    ("renewals", "i2", "renewals filed so far"),
    ("residence_applications", "i2", "applications for permanent residence so far"),
    ("stays", "i2", "entries to China so far"),
    ("status", "i1", "index in STATUSES"),
    ("category", "i1", "category of the permit held or applied for"),
    ("region", "i1", "index in REGIONS; meaningful once a region is chosen"),
    ("family_mode", "i1", "ALONE or WITH_FAMILY"),
    ("spouse_works", "i1", "1 if the spouse works in China"),
    ("spouse_from_month", "i2", "month from which the spouse looks for work, or NEVER"),
    ("family_month", "i2", "month from which the family lives together in China, or NEVER"),
    ("spouse_right", "i1", "1 if the spouse might work in China at the last event"),
    ("tier", "i1", "school tier of the children in China, or NO_SCHOOL"),
    ("ticket", "i1", "application under way"),
    ("pr_stage", "i1", "where the file of permanent residence stands"),
    ("target", "i1", "status applied for, index in STATUSES"),
    ("age_band", "i1", "index in AGE_BANDS at the last event"),
    ("is_counted", "i1", "1 if counted in the stock of foreign professionals in China"),
    ("pupils", "i1", "children in public schools in China as of the last event"),
    ("entry_category", "i1", "group of category on the present entry to China, index in CATEGORY_GROUPS"),
    ("entry_region", "i1", "region of the present entry to China, index in REGIONS"),
)


def _policy_spec() -> list[tuple[str, str] | tuple[str, str, tuple[int]]]:
    spec: list[tuple[str, str] | tuple[str, str, tuple[int]]] = []
    for area, levers in POLICY_LEVERS.items():
        for path, elements in levers.items():
            name = field_of(f"{area}.{path}")
            spec.append((name, "f8") if elements is None else (name, "f8", (len(elements),)))
    return spec


PLACE_FIELDS = (
    ("pay_premium", "f8", "log pay in the region relative to the nation"),
    ("average_wage", "f8", "average wage that pay multiples refer to, yuan of 2024 a year"),
    ("rent_cny", "f8", "rent above the nation's average, yuan of 2024 a year"),
    ("posts", "f8", "posts open to foreign professionals, by field, people", len(FIELDS)),
    ("seats", "f8", "school seats for children of foreign professionals, by tier, children", len(TIERS)),
    ("local_load", "f8", "desks' work for other applicants at the reference load, applications a month"),
    ("reference_load", "f8", "applications of foreign professionals that desks are staffed for, a month"),
    ("is_west", "f8", "1 if a western region of the points table"),
    ("is_north_east", "f8", "1 if the north-east or an old industrial base"),
)

ORIGIN_FIELDS = (
    ("pool_share", "f8", "share of the pool, 0 to 1"),
    ("home_pay", "f8", "log of an average professional's pay at home, yuan of 2024 at purchasing power"),
    ("china_pay", "f8", "log of an average professional's pay in China, yuan of 2024"),
    ("home_tax", "f8", "tax and contributions at home as a share of pay"),
    ("rival_access", "f8", "log odds-weighted access to third countries, at most 0"),
    ("distance", "f8", "cost of distance, share of income"),
    ("contacts_mean", "f8", "contacts in China on entering the pool, mean"),
    ("ethnic_share", "f8", "share of Chinese descent"),
    ("female_share", "f8", "share of women"),
    ("hsk_mean", "f8", "mean HSK level on entering the pool"),
    ("posted_exemption_months", "f8", "lever: months that a posted worker is exempt from contributions"),
    ("visa_free_entry", "f8", "lever: share of the group whose short visits need no visa, 0 to 1"),
    ("transit_free_entry", "f8", "lever: share of the group who may pass through without a visa, 0 to 1"),
)

RIVAL_FIELDS = (
    ("pay", "f8", "log of an average professional's pay, yuan of 2024 at purchasing power"),
    ("tax", "f8", "tax and contributions as a share of pay"),
    ("access", "f8", "chance of a work visa, 0 to 1"),
    ("wait_years", "f8", "years to permanent residence"),
    ("named_share", "f8", "share of would-be movers who name the country, above 0"),
    ("queue_years", "f8", "further years in the queue for it, by origin", len(ORIGINS)),
    ("field_premium", "f8", "log pay premium by field", len(FIELDS)),
)

PUBLIC_FIELDS = (
    ("queue_days", "f8", "mean days in the queue of each station, ordinary lane", len(STATIONS)),
    ("priority_days", "f8", "mean days in the queue of each station, priority lane", len(STATIONS)),
    ("sent_back_prob", "f8", "chance that a case is sent back at each station", len(STATIONS)),
    ("entry_days", "f8", "mean days from application to decision, by lane A, B, C", len(LANES)),
    ("filing_hours", "f8", "hours a year spent on filing, by lane A, B, C", len(LANES)),
    ("match_share", "f8", "share of seekers matched to a post this month, by field", len(FIELDS)),
    ("seat_share", "f8", "share of applicants given a school seat, by tier", len(TIERS)),
    ("service_share", "f8", "share of demand that each service can meet", len(SERVICES)),
    ("quota_share", "f8", "share of Category C cases that the quota admits"),
    ("resident_share", "f8", "share of permanent residence cases decided in favour"),
    ("residence_turn_share", "f8", "share of waiting files of permanent residence that are decided this month"),
    ("residence_queue_months", "f8", "months that a file of permanent residence waits once it has been reviewed"),
    ("residence_bar", "f8", "points that permanent residence has lately taken"),
    ("residence_cutoff", "f8", "points of the last who are drawn for permanent residence this month"),
    ("residence_tie_share", "f8", "share of those at the cut-off who are drawn"),
)

COMMUNITY_FIELDS = (
    ("network", "f8", "contacts in China, relative to those at the reference stock"),
    ("belief", "f8", "what members abroad believe, relative to what is so, by belief, ratio", len(BELIEFS)),
)

BEHAVIOUR_FIELDS = (
    ("beta", "f8", "utility per log income"),
    ("theta_mean", "f8", "mean fixed taste for China, utility"),
    ("theta_sd", "f8", "spread of the fixed taste, utility"),
    ("gap_sd", "f8", "spread of log pay gaps between places"),
    ("taste_sd", "f8", "spread of the moving taste, utility"),
    ("taste_memory_months", "f8", "memory of the moving taste, months"),
    ("inertia", "f8", "gain below which people stay where they are, utility"),
    ("review_rate", "f8", "spontaneous reviews, per year"),
    ("discount_rate", "f8", "discount rate, per year"),
    ("horizon_years", "f8", "years that people look ahead"),
    ("move_cost", "f8", "cost of an international move, utility-years"),
    ("settle_gain", "f8", "utility of being settled"),
    ("settle_months", "f8", "months to settle"),
    ("contact_gain", "f8", "utility per log contact"),
    ("region_scale", "f8", "weight of posts and own preference in the choice of region, utility"),
    ("career_fade_months", "f8", "months over which the career gain fades"),
    ("career_gain", "f8", "career gain on arrival by field, utility", len(FIELDS)),
    ("research_weight", "f8", "weight of research funding"),
    ("grant_scale_cny", "f8", "scale of research funding, yuan a year"),
    ("grant_success_prob", "f8", "chance that an application in a language it may be written in is funded, 0 to 1"),
    ("foreign_review_bias", "f8", "share of that chance lost by foreigners where no review is international"),
    ("lab_language_hours", "f8", "hours a year lost without Chinese in labs that work in Chinese alone"),
    ("education_pay", "f8", "log pay by degree relative to a bachelor", len(EDUCATIONS)),
    ("experience_pay", "f8", "log pay per year of experience, to 20 years"),
    ("rival_access_weight", "f8", "weight of the log chance of a visa in rivals' value"),
    ("rival_taste_sd", "f8", "spread of what third countries are worth to different people, log"),
    ("rival_move_share", "f8", "cost of a move to a third country, share of income"),
    ("spouse_home_work_prob", "f8", "share of spouses at work outside China, 0 to 1"),
    ("spouse_idle_cost", "f8", "cost to a spouse of being without work, utility a year"),
    ("interpretation_points", "f8", "points by which offices differ at full dispersion, standard deviation"),
    ("field_pay", "f8", "log pay premium of each field", len(FIELDS)),
    ("mode_pay", "f8", "log pay premium of each mode in China", len(MODES)),
    ("category_a_pay", "f8", "log pay premium of Category A"),
    ("term_return_share", "f8", "share of assignees recalled at the end of the term"),
    ("job_loss_rate", "f8", "job losses on a work permit, per year"),
    ("refind_prob", "f8", "chance of a new post in a month of grace"),
    ("spouse_search_rate", "f8", "spouses finding work where they may, per year"),
    ("separation_cost", "f8", "cost of living apart from the family, utility a year"),
    ("lead_weight", "f8", "weight of the lead in the household, 0 to 1"),
    ("children_weight", "f8", "utility of a good school, per household"),
    ("public_school_cost", "f8", "cost of a public school in Chinese to foreign children, utility"),
    ("tasks_per_year", "f8", "daily-life tasks a year, by service", len(SERVICES)),
    ("hours_per_failure", "f8", "hours lost per failed task, by service", len(SERVICES)),
    ("psych_multiplier", "f8", "weight of an hour lost, relative to a working hour"),
    ("loss_max", "f8", "largest share of pay that lost hours can take"),
    ("congestion_exponent", "f8", "exponent of congestion in services"),
    ("payment_learning_months", "f8", "months in which e-payment is learnt"),
    ("language_months_per_level", "f8", "months in China per HSK level"),
    ("lesson_take_up", "f8", "share of people who go to lessons in Chinese where they are offered"),
    ("lesson_hours_per_level", "f8", "hours of lessons per HSK level"),
    ("mentor_learning_share", "f8", "share of the months of learning e-payment that a mentor saves"),
    ("error_per_document", "f8", "chance that a document is found wanting"),
    ("english_error_gain", "f8", "share of errors that English forms avoid"),
    ("reasons_error_gain", "f8", "share of repeated errors that full reasons avoid"),
    ("repair_days", "f8", "mean days to mend a file that was sent back"),
    ("desk_load", "f8", "utilisation of the desks at the reference load"),
    ("staffing_months", "f8", "months over which staff follows the load"),
    ("desks_per_station", "f8", "desks per station at the reference load of an average region"),
    ("patience_days", "f8", "mean days that applicants and employers wait"),
    ("visit_hours", "f8", "hours per filing at one station"),
    ("attention_rate", "f8", "moments of attention of people often open to a move, per year"),
    ("passive_rate", "f8", "moments of attention of people rarely open to a move, per year"),
    ("attention_bound", "f8", "bound of the attention hazard relative to its rate"),
    ("attention_gain", "f8", "response of attention to the believed gain"),
    ("network_elasticity", "f8", "elasticity of attention to contacts"),
    ("network_growth_elasticity", "f8", "elasticity of contacts to the stock in China"),
    ("leaver_attention", "f8", "attention of leavers relative to never-movers"),
    ("scouting_gain", "f8", "rise of attention where short visits need no visa, share"),
    ("visit_news", "f8", "visits a year that bring word, where no visa need be asked for in advance"),
    ("contact_news", "f8", "words from China that reach a person abroad through one contact there, per year"),
    ("leaver_news", "f8", "rate at which a community learns from returning members, per year and returning member per member"),
    ("belief_forgetting", "f8", "rate at which a community falls back to first impressions, per year"),
    ("initial_pessimism", "f8", "first impressions: how much worse China is taken to be than it is, share"),
    ("refusal_cost", "f8", "cost of an application that fails, utility-years"),
    ("search_months", "f8", "months of search for a post from abroad"),
    ("match_efficiency", "f8", "efficiency of matching"),
    ("parent_care_cost", "f8", "cost of being away when a parent needs care, utility a year"),
    ("refund_value_share", "f8", "value of the refundable account per yuan paid in"),
    ("employer_saving_share", "f8", "share of employers' savings that reaches pay"),
    ("stay_prob_to_pension", "f8", "believed yearly chance of staying, for pensions"),
    ("pension_accrual", "f8", "capital value, at retirement, of the pension earned by a contributed year, share of the base"),
    ("resident_belief", "f8", "believed chance of permanent residence when its rules are met"),
    ("published_belief", "f8", "believed chance of permanent residence at a published mark that is reached"),
    ("residence_take_up", "f8", "share of people who apply for permanent residence uninvited once they may"),
    ("student_return_taste", "f8", "taste of students for China above the pool's, utility"),
    ("age_exit", "f8", "age at which people leave the pool, years"),
    ("visit_share", "f8", "share of a year in China on an R visa"),
    ("family_move_share", "f8", "cost of a family's move to join or to go back, share of an international move"),
    ("spouse_veto", "f8", "1 if a spouse who would live worse than away can refuse to come, 0 if not"),
    ("internal_move_cost", "f8", "cost of a move to another region of China, utility-years"),
    ("visit_cost", "f8", "cost of travelling to and fro on a talent visa, utility a year"),
    ("decision_engine", "f8", "decision engine, index in DECISIONS"),
    ("nest_scale", "f8", "scale of the lasting taste for a nest, nested logit, utility"),
    ("nest_dissimilarity", "f8", "dissimilarity of the places in the nest outside China, nested logit, 0 to 1"),
    ("norm_weight", "f8", "weight of the norm, planned behaviour, utility per log contact"),
    ("control_weight", "f8", "weight of perceived control, planned behaviour, utility per log chance"),
    ("loss_aversion", "f8", "weight of a loss against a gain, prospect theory"),
    ("value_curvature", "f8", "exponent of gains and losses, prospect theory, 0 to 1"),
    ("linear_income_cny", "f8", "income at which a linear utility has the slope of the default, yuan a year"),
)  # fmt: skip


def _dtype(spec: Any) -> np.dtype[Any]:
    columns = [(f[0], f[1]) if len(f) == 3 else (f[0], f[1], (f[3],)) for f in spec]
    return np.dtype(columns, align=True)


PERSON = _dtype(PERSON_FIELDS)
POOL = _dtype(POOL_FIELDS)
POLICY = np.dtype(_policy_spec(), align=True)
PLACE = _dtype(PLACE_FIELDS)
ORIGIN = _dtype(ORIGIN_FIELDS)
RIVAL = _dtype(RIVAL_FIELDS)
PUBLIC = _dtype(PUBLIC_FIELDS)
COMMUNITY = _dtype(COMMUNITY_FIELDS)
BEHAVIOUR = _dtype(BEHAVIOUR_FIELDS)


class Now(NamedTuple):
    """Everything a person's month may depend on, besides the person: the same bundle in every engine."""

    month: int
    seed: int
    policy: Any  # POLICY by region
    places: Any  # PLACE by region
    public: Any  # PUBLIC by region
    origins: Any  # ORIGIN by origin
    rivals: Any  # RIVAL by rival
    behaviour: Any  # BEHAVIOUR, one row
    communities: Any  # COMMUNITY by origin and field
    policy_by_month: Any  # POLICY by month and region, up to this month at least
    public_by_month: Any  # PUBLIC by month and region, up to this month


def month_index(text: str) -> int:
    """Return the month of ``YYYY-MM`` counted from January 2000.

    >>> month_index("2018-01")
    216
    """
    year, month = text.split("-")
    return (int(year) - FIRST_YEAR) * 12 + int(month) - 1


def month_text(month: int) -> str:
    """Return a counted month as ``YYYY-MM``.

    >>> month_text(216)
    '2018-01'
    """
    return f"{FIRST_YEAR + month // 12:04d}-{month % 12 + 1:02d}"


@dataclass(frozen=True)
class Given:
    """What a model is given: the law, the world and the behaviour, resolved month by month.

    ``policy``, ``places`` have shape (months, regions), ``origins`` (months, origins), ``rivals``
    (months, rivals), ``behaviour`` (1,); row 0 is ``FIRST_YEAR``-01. ``pool`` holds the tables that
    ``population.draw`` reads, by name. ``accounts`` of shape (months, 1) and ``costs`` of shape (months,) value what
    happens and never change it; None stands for zeros.
    """

    name: str
    until: int
    policy: Any
    places: Any
    origins: Any
    rivals: Any
    behaviour: Any
    pool: dict[str, Any]
    accounts: Any = None
    costs: Any = None
