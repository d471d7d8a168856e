"""What each outcome counts, in English and in Chinese, with its name in IAMC tables and where it is written down."""

from __future__ import annotations

from typing import NamedTuple


class Counted(NamedTuple):
    """What an outcome counts; ``iamc`` is its part of an IAMC variable, ``source`` a page or file of the project."""

    iamc: str
    en: str
    zh: str
    source: str


_LABOUR, _PERMIT, _DESKS = "docs/concepts/labour.md", "docs/concepts/work-permit.md", "docs/concepts/administration.md"
_MODEL, _RESIDENCE, _FAMILY = "docs/model.md", "docs/concepts/permanent-residence.md", "docs/concepts/family.md"
_ACCOUNTS, _BELIEFS = "docs/concepts/accounts.md", "docs/concepts/beliefs.md"
_PRICES = "docs/concepts/accounts.md; assumption A75"

COUNTED: dict[str, Counted] = {
    "stock": Counted("Stock", "people in China from entry to exit: permits A, B and C, R and K visas, seekers, residents, the retired; students not", "从入境到离境在华的人：A、B、C类许可，R、K字签证，求职者，永久居留者，退休者；不含留学生", _MODEL),
    "inflow": Counted("Inflow", "people who begin a stay; in a group also those who change into it", "开始在华停留的人；分组时含转入该组的人", _MODEL),
    "outflow": Counted("Outflow", "people who end a stay; in a group also those who change out of it", "结束在华停留的人；分组时含转出该组的人", _MODEL),
    "net": Counted("Net Inflow", "inflow less outflow", "流入减流出", _MODEL),
    "arrivals": Counted("Arrivals", "stays begun, without changes between groups", "新开始的停留，不含组间变动", _MODEL),
    "exits": Counted("Exits", "stays ended, without changes between groups", "已结束的停留，不含组间变动", _MODEL),
    "applications": Counted("Applications", "first applications filed from abroad", "从境外提交的首次申请", _PERMIT),
    "permits_issued": Counted("Permits Issued", "work permits decided in favour, first and renewed", "批准的工作许可（首次与延期）", _PERMIT),
    "refusals": Counted("Refusals", "applications refused at their end", "最终被拒的申请", _PERMIT),
    "abandoned": Counted("Applications Abandoned", "applications given up because patience ended first", "因等待过久而放弃的申请", _DESKS),
    "rework_share": Counted("Rework Share", "files sent back at least once, of files filed", "至少被退回一次的案件占已递交案件之比", _DESKS),
    "days_to_permit_median": Counted("Days to First Permit|Median", "days from filing to a first permit within which half of the cases are decided", "半数案件从申请到首次许可所需天数", _DESKS),
    "days_to_permit_p90": Counted("Days to First Permit|90th Percentile", "days from filing to a first permit within which nine cases in ten are decided", "九成案件从申请到首次许可所需天数", _DESKS),
    "days_to_permit_mean": Counted("Days to First Permit|Mean", "days from filing to a first permit, mean of those who come", "来华者从申请到首次许可的平均天数", _DESKS),
    "pr_applications": Counted("Permanent Residence|Applications", "applications for permanent residence filed", "提交的永久居留申请", _RESIDENCE),
    "pr_granted": Counted("Permanent Residence|Granted", "people who become permanent residents", "获得永久居留的人", _RESIDENCE),
    "pr_stock": Counted("Permanent Residence|Stock", "permanent residents in China who are not retired", "在华且未退休的永久居留者", _RESIDENCE),
    "residence_rate": Counted("Permanent Residence|Share in Favour", "decisions in favour, of all decisions on permanent residence", "批准占全部永久居留决定之比", _RESIDENCE),
    "residence_odds": Counted("Permanent Residence|Granted per Person", "grants over the year, of the mean stock of the year", "全年批准数与全年平均存量之比", _RESIDENCE),
    "stay_1y": Counted("Share Staying|1 Year", "of those who entered, on entry in this group, those still in China a year later (Kaplan and Meier)", "入境时属该组的人中一年后仍在华者（Kaplan–Meier估计）", _MODEL),
    "stay_3y": Counted("Share Staying|3 Years", "of those who entered, on entry in this group, those still in China three years later (Kaplan and Meier)", "入境时属该组的人中三年后仍在华者（Kaplan–Meier估计）", _MODEL),
    "stay_5y": Counted("Share Staying|5 Years", "of those who entered, on entry in this group, those still in China five years later (Kaplan and Meier)", "入境时属该组的人中五年后仍在华者（Kaplan–Meier估计）", _MODEL),
    "stay_10y": Counted("Share Staying|10 Years", "of those who entered, on entry in this group, those still in China ten years later (Kaplan and Meier)", "入境时属该组的人中十年后仍在华者（Kaplan–Meier估计）", _MODEL),
    "family_share": Counted("Families|Share Together", "couples who live together in China, of the couples of people in China", "在华人员的夫妻中同住中国者", _FAMILY),
    "spouse_employment": Counted("Families|Spouse Employment", "spouses who work, of spouses in China", "在华配偶中就业者", _FAMILY),
    "pension_qualifiers": Counted("Pension Qualifiers", "people who reach the months of contribution that a pension asks", "缴费满养老金所需年限的人", "docs/concepts/pension.md"),
    "hours_lost": Counted("Hours Lost", "hours a year that a person in China loses to failed errands and filing", "在华人员每年因办事受阻和申报损失的小时", "docs/concepts/services.md; assumption A38"),
    "mean_points": Counted("Points|Permits Issued", "points of the work permit, mean of permits issued", "签发的工作许可的平均积分", _PERMIT),
    "arrivals_points": Counted("Points|Arrivals", "points of the work permit, mean of those who come on one", "持许可来华者的平均积分", _PERMIT),
    "leavers_points": Counted("Points|Leavers", "points of the work permit, mean of those who leave", "离华者的平均积分", _PERMIT),
    "arrivals_skill": Counted("Skill|Arrivals", "log skill against the average of the origin, mean of those who come", "来华者技能的对数（相对来源地平均）之平均", "docs/concepts/value.md"),
    "leavers_skill": Counted("Skill|Leavers", "log skill against the average of the origin, mean of those who leave", "离华者技能的对数（相对来源地平均）之平均", "docs/concepts/value.md"),
    "share_of_workforce": Counted("Share of Workforce", "the stock, of people employed in towns; for research, the stock in research of R&D staff", "存量占城镇就业人员之比；科研领域为占研发人员之比", "scenarios/world/accounts.yaml"),
    "contested_posts": Counted("Posts|Contested", "posts held by foreigners beyond the share up to which posts are plentiful, by region and field", "各地区各领域中外国人占用岗位超过“岗位充裕”比例的部分", f"{_LABOUR}; assumption A75"),
    "tax": Counted("Public Purse|Income Tax", "income tax of people in China, yuan of 2024", "在华人员缴纳的个人所得税，2024年价", _ACCOUNTS),
    "contributions": Counted("Public Purse|Social Insurance", "social insurance paid by people in China and their employers, yuan of 2024", "在华人员及其单位缴纳的社会保险费，2024年价", _ACCOUNTS),
    "refunds": Counted("Public Purse|Refunds", "pension contributions paid back to people who leave, yuan of 2024", "向离华者退还的养老保险费，2024年价", _ACCOUNTS),
    "services_cost": Counted("Public Purse|Services", "public schools and health care used by people in China and their families, yuan of 2024", "在华人员及家属使用公办教育和医疗的支出，2024年价", _PRICES),
    "administration_cost": Counted("Public Purse|Administration", "handling of permit and residence files, yuan of 2024", "办理许可和居留案件的费用，2024年价", _PRICES),
    "public_cost": Counted("Public Purse|Reform", "set-up, running and cases of the reform itself, yuan of 2024", "改革自身的筹建、运行和办案费用，2024年价", f"{_ACCOUNTS}; assumption A92"),
    "fiscal_balance": Counted("Public Purse|Balance", "tax and contributions less refunds, services, handling and the reform's own cost, yuan of 2024", "税费减退费、服务、行政和改革成本，2024年价", _ACCOUNTS),
    "families_joined": Counted("Families|Joined", "families who follow a person already in China", "随已在华人员而来的家庭", _FAMILY),
    "families_separated": Counted("Families|Separated", "families who go back while the person stays", "本人留华而返回的家庭", _FAMILY),
    "moved_in": Counted("Moves|In", "moves between regions of China, by region of arrival", "国内地区间迁移，按迁入地", "docs/concepts/regions.md"),
    "moved_out": Counted("Moves|Out", "moves between regions of China, by region of departure", "国内地区间迁移，按迁出地", "docs/concepts/regions.md"),
    "belief_gap": Counted("Belief Gap", "distance of beliefs from the truth, mean of those who consider coming", "有意来华者认知与事实的平均差距", _BELIEFS),
    "posts_match_share": Counted("Posts|Match Share", "chance that a seeker finds a post in the month, mean over posts", "求职者当月找到岗位的概率，按岗位平均", _LABOUR),
    "posts_filled_share": Counted("Posts|Filled Share", "posts for foreign professionals that are filled at the end of the month", "月末外国专业人才岗位的占用率", f"{_LABOUR}; assumption A19"),
    "quota_share": Counted("Quota Share", "Category C cases of the month that the quota admits", "当月名额可满足的C类案件", f"{_PERMIT}; assumption A50"),
    "residence_queue": Counted("Permanent Residence|Queue", "months that a reviewed file waits for its decision, at the pace of the month", "审核后的申请按当月速度等候决定的月数", f"{_RESIDENCE}; assumption A51"),
    "seat_share": Counted("School Seats|Share", "children who ask for a public school and get a place, in the month", "当月申请公办学校并获得学位的儿童", _FAMILY),
    "pair.touched": Counted("People|Touched", "people whose record differs in anything between the two laws, in China or abroad", "两种法律下记录有任何不同的人（含境外）", _ACCOUNTS),
    "pair.additional": Counted("People|Additional", "people in China under the reform who under the baseline are not", "仅在改革下在华的人", _ACCOUNTS),
    "pair.displaced": Counted("People|Displaced", "people in China under the baseline who under the reform are not", "仅在基准下在华的人", _ACCOUNTS),
    "pair.abroad": Counted("People|Touched Abroad", "people touched who are abroad under both laws", "受触及而在两种法律下都在境外的人", _ACCOUNTS),
    "pair.deadweight": Counted("People|Deadweight", "people touched who are in China under both laws", "受触及而在两种法律下都在华的人", _ACCOUNTS),
    "pair.additional_months": Counted("Person-Months|Additional", "months in China under the reform alone, summed over people and time since the laws differ", "自法律不同起，仅在改革下在华的人月之和", _ACCOUNTS),
    "pair.displaced_months": Counted("Person-Months|Displaced", "months in China under the baseline alone, summed over people and time since the laws differ", "自法律不同起，仅在基准下在华的人月之和", _ACCOUNTS),
    "pair.cost": Counted("Public Purse|Reform Since Start", "public cost of the reform itself since the laws differ, yuan of 2024", "自法律不同起改革自身的公共成本，2024年价", _ACCOUNTS),
}  # fmt: skip
