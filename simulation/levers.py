"""The levers of the law, file by file: what a reform can change, and which field of a record it sets."""

from __future__ import annotations

from simulation.names import EDUCATIONS, SALARY_BANDS, SERVICES, STATIONS, TAX_BANDS, TIERS

# Levers by file of scenarios/law: path -> names of the elements, or None for a single number.
# The field of POLICY is the path without its file and with "_" for ".", an element being an index of a vector.
POLICY_LEVERS: dict[str, dict[str, tuple[str, ...] | None]] = {
    "work_permit": {
        "category_a.points_min": None,
        "category_b1.points_min": None,
        "category_b.points_min": None,
        "category_a.pay_multiple": None,
        "category_b.pay_multiple": None,
        "pay_route.enforced_share": None,
        "category_a.talent_plan": None,
        "category_a.doctorate": None,
        "category_b.experience_years": None,
        "category_b.age_max": None,
        "category_c.quota": None,
        "category_a.permit_months": None,
        "category_b1.permit_months": None,
        "category_b.permit_months": None,
        "category_c.permit_months": None,
        "language_teacher.experience_years": None,
        "local_supplement": None,
        "local_supplement_max": None,
        "local_bonus": None,
        "local_bonus_max": None,
        "grace_months.category_a": None,
        "grace_months.category_b": None,
        "refusal_prob": None,
        "appeal_success_share": None,
        "appeal_months": None,
        "reasons_given": None,
        "interpretation_dispersion": None,
        "mutual_recognition": None,
        "points.salary_min": SALARY_BANDS,
        "points.salary": SALARY_BANDS,
        "points.education": EDUCATIONS,
        "points.experience_first": None,
        "points.experience_per_year": None,
        "points.experience_max": None,
        "points.months_9": None,
        "points.months_6": None,
        "points.months_3": None,
        "points.hsk": ("level_0", "level_1", "level_2", "level_3", "level_4", "level_5", "level_6"),
        "points.former_national": None,
        "points.chinese_degree": None,
        "points.chinese_max": None,
        "points.place_west": None,
        "points.place_north_east": None,
        "points.age": ("from_18", "from_26", "from_46", "from_56", "from_61"),
        "points.top_university": None,
        "points.fortune_500": None,
        "points.patent": None,
        "points.five_years": None,
        "points.extra_max": None,
    },
    "graduates": {
        "master_waiver": None,
        "bachelor_waiver": None,
        "mark_min": None,
        "window_months": None,
        "job_seek_months": None,
        "first_permit_months": None,
    },
    "visas": {
        "r_visa.available": None,
        "r_visa.stay_days": None,
        "r_visa.validity_months": None,
        "r_visa.category_b": None,
        "k_visa.available": None,
        "k_visa.age_max": None,
        "k_visa.stay_months": None,
        "regional_free_share": None,
        "transit_share": None,
        "port_visa_share": None,
        "border_open_share": None,
    },
    "permanent_residence": {
        "employment_route.years": None,
        "employment_route.open_share": None,
        "salary_route.available": None,
        "salary_route.years": None,
        "salary_route.pay_multiple": None,
        "salary_route.tax_share": None,
        "kin_route.years": None,
        "decisions_per_year": None,
        "resident_spouse_may_work": None,
    },
    "social_insurance": {
        "pension.employee_rate": None,
        "pension.employer_rate": None,
        "medical.employee_rate": None,
        "unemployment.employee_rate": None,
        "base_floor": None,
        "base_cap": None,
        "pension_years_min": None,
        "retirement_age": ("men", "women"),
        "own_account_refund_share": None,
        "refund_pool_share": None,
        "short_term.available": None,
        "short_term.months_max": None,
        "short_term.pension_share": None,
        "top_up_years_max": None,
        "proportional_pension": None,
        "totalisation": None,
        "insurance_enforced_share": None,
    },
    "tax": {
        "band_min": TAX_BANDS,
        "band_rate": TAX_BANDS,
        "basic_deduction": None,
        "exempt_benefits": None,
        "exempt_benefits_share_max": None,
        "effective_rate_max": None,
    },
    "family": {
        "permit_spouse_may_work": ("category_a", "category_b", "category_c"),
        "school_fee": TIERS,
        "seats_multiplier": TIERS,
        "public_enrolment_share": None,
    },
    "services": {
        "passport": SERVICES,
        "english": SERVICES,
        "service_capacity": SERVICES,
        "card_of_residents": SERVICES,
    },
    "communication": {
        "official_reach": None,
    },
    "administration": {
        "service_days": STATIONS,
        "documents": STATIONS,
        "shared_share": None,
        "parallel_share": None,
        "pooled_share": None,
        "desk_capacity": None,
        "priority_lane_share": None,
        "english_share": None,
        "misrouting_prob": None,
        "time_limit_days": None,
        "one_visit_hours_share": None,
    },
}

# Levers that the law sets by origin rather than by region; they live in ORIGIN.
ORIGIN_LEVERS: dict[str, dict[str, tuple[str, ...] | None]] = {
    "treaties": {"posted_exemption_months": None, "visa_free_entry": None, "transit_free_entry": None},
}


def field_of(path: str) -> str:
    """Return the record field that a lever's path names, without the element of a vector.

    >>> field_of("work_permit.category_a.points_min")
    'category_a_points_min'
    """
    return path.partition(".")[2].replace(".", "_")
