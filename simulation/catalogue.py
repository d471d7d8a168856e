"""What can be asked of a run: outcomes and groups by name, their units and labels, the counts they come from."""

from __future__ import annotations

from simulation.names import AGE_BANDS, FIELDS, MODES, ORIGINS, REGIONS, SEXES
from simulation.rules import tally

GROUPS = (
    "all",
    *(f"category={name}" for name in tally.CATEGORY_GROUPS),
    *(f"region={name}" for name in REGIONS),
    *(f"origin={name}" for name in ORIGINS),
    *(f"field={name}" for name in FIELDS),
    *(f"age={name}" for name in AGE_BANDS),
    *(f"mode={name}" for name in MODES),
    *(f"sex={name}" for name in SEXES),
)

_CATALOGUE = (
    ("stock", "persons", "Foreign professionals in China, on any permit or residence", "在华外国专业人才存量（各类许可与居留）"),
    ("inflow", "persons", "Entries; in a group also changes into it", "流入（分组含组间转入）"),
    ("outflow", "persons", "Exits; in a group also changes out of it", "流出（分组含组间转出）"),
    ("net", "persons", "Entries less exits", "净流入"),
    ("arrivals", "persons", "New stays begun", "新到华人数"),
    ("exits", "persons", "Stays ended", "离华人数"),
    ("applications", "applications", "First applications filed from abroad", "境外首次申请数"),
    ("permits_issued", "permits", "Work permits issued, renewals included", "签发工作许可数（含延期）"),
    ("refusals", "applications", "Applications refused", "被拒申请数"),
    ("abandoned", "applications", "Applications given up while waiting", "等待中放弃的申请数"),
    ("rework_share", "share", "Files sent back at least once", "至少被退回一次的案件占比"),
    ("days_to_permit_median", "days", "Days to a first permit, median", "首次许可办理天数（中位数）"),
    ("days_to_permit_p90", "days", "Days to a first permit, nine in ten", "首次许可办理天数（90分位）"),
    ("days_to_permit_mean", "days", "Days to a first permit, mean of those who come", "首次许可办理天数（来华者平均）"),
    ("pr_applications", "applications", "Applications for permanent residence", "永久居留申请数"),
    ("pr_granted", "persons", "Permanent residence granted", "永久居留批准数"),
    ("pr_stock", "persons", "Permanent residents, retired ones apart", "永久居留者存量（不含退休）"),
    ("residence_rate", "share", "Decisions on permanent residence in favour", "永久居留申请获批占比"),
    ("residence_odds", "share", "Permanent residence granted a year, of those in China", "每年获批永久居留者占在华人数"),
    ("stay_1y", "share", "Still in China a year after entry", "入境一年后仍在华占比"),
    ("stay_3y", "share", "Still in China three years after entry", "入境三年后仍在华占比"),
    ("stay_5y", "share", "Still in China five years after entry", "入境五年后仍在华占比"),
    ("stay_10y", "share", "Still in China ten years after entry", "入境十年后仍在华占比"),
    ("family_share", "share", "Couples who live together in China", "夫妻同住中国的占比"),
    ("spouse_employment", "share", "Spouses in China who work", "在华配偶就业占比"),
    ("pension_qualifiers", "persons", "People who reach a Chinese pension", "获得养老金资格人数"),
    ("hours_lost", "hours", "Hours a year lost to failed errands and filing, mean", "每年因办事受阻和申报损失的小时数（平均）"),
    ("mean_points", "points", "Points of permits issued, mean", "签发许可的平均积分"),
    ("arrivals_points", "points", "Points of those who come on a permit, mean", "持许可来华者的平均积分"),
    ("leavers_points", "points", "Points of those who leave, mean", "离华者的平均积分"),
    ("arrivals_skill", "log", "Skill of those who come, mean log against the origin's average", "来华者平均技能（对数，相对来源地平均）"),
    ("leavers_skill", "log", "Skill of those who leave, mean log against the origin's average", "离华者平均技能（对数，相对来源地平均）"),
    ("share_of_workforce", "share", "Share of urban employment; of research, in R&D staff", "占城镇就业人员的比重（科研领域占研发人员）"),
    ("contested_posts", "persons", "Posts held that domestic graduates contest", "与国内毕业生形成竞争的岗位数"),
    ("tax", "yuan", "Income tax paid", "缴纳个人所得税"),
    ("contributions", "yuan", "Social insurance paid, employers' share included", "缴纳社会保险费（含单位部分）"),
    ("refunds", "yuan", "Pension contributions paid back to leavers", "退还离华者的养老保险费"),
    ("services_cost", "yuan", "Public schools and health care used", "使用公办教育和医疗的公共支出"),
    ("administration_cost", "yuan", "Cost of handling files", "办理案件的行政成本"),
    ("public_cost", "yuan", "Cost of the reform itself: set-up, running, cases", "改革自身的公共成本（筹建、运行、办案）"),
    ("fiscal_balance", "yuan", "Tax and contributions less refunds, services, handling, the reform", "财政收支差额（税费减退费、服务、行政与改革成本）"),
    ("families_joined", "families", "Families who joined those who came first", "后来随迁的家庭数"),
    ("families_separated", "families", "Families who went back while one stayed", "一方留华、家属返回的家庭数"),
    ("moved_in", "persons", "Moves between regions of China, by region of arrival", "地区间迁移（按迁入地）"),
    ("moved_out", "persons", "Moves between regions of China, by region of departure", "地区间迁移（按迁出地）"),
    ("belief_gap", "share", "How far off the beliefs of those who consider coming are", "有意来华者的认知偏差"),
    ("posts_match_share", "share", "Seekers who find a post in a month", "求职者每月获得岗位的占比"),
    ("posts_filled_share", "share", "Posts for foreign professionals that are filled", "外国专业人才岗位的占用率"),
    ("quota_share", "share", "Category C cases that the quota admits", "C类名额可满足的占比"),
    ("residence_queue", "months", "Months that a reviewed file of permanent residence waits for its decision", "永久居留申请审核后等候决定的月数"),
    ("seat_share", "share", "Children who get a place in a public school", "获得公办学位的儿童占比"),
)  # fmt: skip

UNITS = {name: unit for name, unit, _, _ in _CATALOGUE}
"""Unit of each outcome; flows are counted over the months asked for."""
LABELS = {name: {"en": english, "zh": chinese} for name, _, english, chinese in _CATALOGUE}

FLOWS = {
    "inflow": tally.INFLOW,
    "outflow": tally.OUTFLOW,
    "arrivals": tally.ARRIVALS,
    "exits": tally.EXITS,
    "applications": tally.APPLICATIONS,
    "permits_issued": tally.PERMITS_ISSUED,
    "refusals": tally.REFUSALS,
    "abandoned": tally.ABANDONED,
    "pr_applications": tally.PR_APPLICATIONS,
    "pr_granted": tally.PR_GRANTED,
    "pension_qualifiers": tally.PENSION_QUALIFIERS,
    "refunds": tally.REFUNDS,
    "families_joined": tally.JOINED,
    "families_separated": tally.SEPARATED,
    "moved_in": tally.MOVED_IN,
    "moved_out": tally.MOVED_OUT,
}
FLOW_RATIOS = {
    "rework_share": (tally.SENT_BACK, tally.FILED, 1.0),
    "mean_points": (tally.POINTS, tally.PERMITS_ISSUED, 1.0),
    "arrivals_points": (tally.POINTS_IN, tally.WAITED, 1.0),
    "leavers_points": (tally.POINTS_OUT, tally.EXITS, 1.0),
    "arrivals_skill": (tally.SKILL_IN, tally.ARRIVALS, tally.THOUSAND),
    "leavers_skill": (tally.SKILL_OUT, tally.EXITS, tally.THOUSAND),
    "belief_gap": (tally.BELIEF_GAP, tally.SEARCHES, tally.THOUSAND),
    "days_to_permit_mean": (tally.DAYS_WAITED, tally.WAITED, 1.0),
    "residence_rate": (tally.PR_WON, tally.PR_DECIDED, 1.0),
}
"""Outcomes that divide one count of events by another, and the unit in which the first is counted."""
LEVEL_RATIOS = {
    "family_share": (tally.FAMILIES, tally.COUPLES),
    "spouse_employment": (tally.SPOUSES_WORKING, tally.FAMILIES),
    "hours_lost": (tally.HOURS_LOST, tally.STOCK),
}
STAYS = {"stay_1y": 12, "stay_3y": 36, "stay_5y": 60, "stay_10y": 120}
"""Months of tenure at which staying is measured."""
DAYS = {"days_to_permit_median": 0.5, "days_to_permit_p90": 0.9}
MONEY = (
    "tax", "contributions", "services_cost", "administration_cost", "public_cost", "fiscal_balance",
)  # fmt: skip
LIMITS = ("posts_match_share", "posts_filled_share", "quota_share", "residence_queue", "seat_share")
"""How far scarce things reach: they tell what binds where a reform moves nobody."""
RESIDENTS = tally.FIRST_CATEGORY + tally.RESIDENTS
