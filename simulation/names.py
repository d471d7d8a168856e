"""The names that data, rules and results share, and the numbers that stand for them in a record."""

from __future__ import annotations

REGIONS = (
    "shanghai", "beijing", "guangdong", "jiangsu", "zhejiang", "hainan",
    "sichuan-chongqing", "hubei-hunan", "north-east", "west-other",
)  # fmt: skip
ORIGINS = (
    "united-states", "canada-oceania", "united-kingdom", "germany", "other-western-europe", "japan",
    "south-korea", "russia-east-europe", "south-asia", "south-east-asia", "africa", "latin-america-middle-east",
)  # fmt: skip
RIVALS = (
    "united-states", "germany", "united-kingdom", "canada", "singapore", "japan", "south-korea", "australia", "uae",
)  # fmt: skip
FIELDS = (
    "research", "engineering-it", "manufacturing", "finance-management",
    "education", "language-teaching", "culture-sport", "other",
)  # fmt: skip
EDUCATIONS = ("below-bachelor", "bachelor", "master", "doctorate")
MODES = ("self-initiated", "assignee", "academic", "entrepreneur", "student")
STATUSES = (
    "abroad", "considering", "applying", "A", "B", "C", "R", "K",
    "student", "seeking", "PR", "retired", "left", "out",
)  # fmt: skip
AGE_BANDS = ("under-30", "30-39", "40-49", "50-and-over")
SERVICES = ("health", "school", "finance", "transport", "government")
STATIONS = (
    "legalisation", "notice", "visa", "card", "medical", "residence", "registration", "pr_review",
)  # fmt: skip
TIERS = ("public", "section", "international")
SALARY_BANDS = tuple(f"band_{n}" for n in range(1, 7))
TAX_BANDS = tuple(f"band_{n}" for n in range(1, 8))
LANES = ("A", "B", "C")
BELIEFS = ("pay", "approval", "wait", "services", "school", "residence")
"""What people abroad may see otherwise than it is."""
DECISIONS = ("random-utility", "nested-logit", "planned-behaviour", "prospect", "linear-income")
SEXES = ("male", "female")

(RESEARCH, ENGINEERING, MANUFACTURING, FINANCE, EDUCATION, LANGUAGE_TEACHING, CULTURE, OTHER_FIELD) = range(8)
BELOW_BACHELOR, BACHELOR, MASTER, DOCTORATE = range(4)
SELF_INITIATED, ASSIGNEE, ACADEMIC, ENTREPRENEUR, STUDENT_MODE = range(5)
(ABROAD, CONSIDERING, APPLYING, ON_A, ON_B, ON_C, ON_R, ON_K, STUDENT, SEEKING, ON_PR, RETIRED, LEFT, OUT) = range(14)
NO_CATEGORY, CATEGORY_A, CATEGORY_B1, CATEGORY_B, CATEGORY_C = range(5)
"""Categories of the work permit, best first; B1 exists only where a reform splits Category B."""
HEALTH, SCHOOL, MONEY, TRANSPORT, GOVERNMENT = range(5)
LEGALISATION, NOTICE, VISA, CARD, MEDICAL, RESIDENCE, REGISTRATION, PR_REVIEW = range(8)
TIER_PUBLIC, TIER_SECTION, TIER_INTERNATIONAL, NO_SCHOOL = range(4)
ALONE, WITH_FAMILY = range(2)
NO_TICKET, TICKET_ENTRY, TICKET_RENEWAL, TICKET_ABANDONED, TICKET_APPEAL = range(5)
"""Applications under way: first entry, renewal of a permit, an entry that will be given up for want of patience, an appeal that will be won."""
NO_FILE, FILE_UNDER_REVIEW, FILE_IN_LINE, FILE_IN_POOL, FILE_REFUSED = range(5)
"""A file of permanent residence: none, being reviewed, waiting for a decision, registered for a draw, lately refused."""
MALE, FEMALE = range(2)
(BELIEF_PAY, BELIEF_APPROVAL, BELIEF_WAIT, BELIEF_SERVICES, BELIEF_SCHOOL, BELIEF_RESIDENCE) = range(6)
RANDOM_UTILITY, NESTED_LOGIT, PLANNED_BEHAVIOUR, PROSPECT, LINEAR_INCOME = range(5)
"""Decision engines: how the terms of a decision become the gain of China."""
