"""Names in a biography, in English and in Chinese: statuses, terms of decisions, what a person is."""

from __future__ import annotations

TARGETS: dict[str, tuple[str, str]] = {
    "A": ("a Category A permit", "A类工作许可"),
    "B": ("a Category B permit", "B类工作许可"),
    "C": ("a Category C permit", "C类工作许可"),
    "R": ("an R visa", "R字签证"),
    "K": ("a K visa", "K字签证"),
}
FAMILIES: dict[str, tuple[str, str]] = {
    "single": ("", ""),
    "alone": (" without the family", "（家人不随行）"),
    "together": (" with the family", "（携家人）"),
}
STATUSES: dict[str, tuple[str, str]] = {
    "abroad": ("abroad", "境外"), "considering": ("looking for a post from abroad", "境外求职"),
    "applying": ("waiting for an answer", "等待审批"), "A": ("Category A", "A类"), "B": ("Category B", "B类"),
    "C": ("Category C", "C类"), "R": ("R visa", "R字签证"), "K": ("K visa", "K字签证"),
    "student": ("student in China", "在华留学"), "seeking": ("looking for a post in China", "在华求职"),
    "PR": ("permanent resident", "永久居留"), "retired": ("retired in China", "在华退休"),
    "left": ("abroad again", "已离境"), "out": ("past the age of moving", "已过迁移年龄"),
}  # fmt: skip

TERMS: dict[str, tuple[str, str]] = {
    "moving": ("moving", "搬迁"), "wait": ("the wait", "等待"), "doubt": ("doubts about approval", "对获批的疑虑"),
    "travel": ("travel", "往返"), "residence": ("the prospect of residence", "永居前景"),
    "risk": ("the risk of having to leave", "被迫离境的风险"), "filing": ("paperwork", "办证耗时"),
    "services": ("daily services", "日常服务"), "lab": ("hours lost in the lab", "实验室耗时"), "career": ("career", "事业"), "settling": ("being settled", "已经安定"),
    "contacts": ("contacts", "熟人"), "parents": ("parents at home", "家中父母"), "taste": ("taste for China", "对中国的偏好"),
    "separation": ("living apart", "家庭分离"), "children": ("the children's school", "子女就学"),
    "spouse": ("the spouse's work", "配偶就业"), "rent": ("rent", "房租"), "pension": ("pension", "养老金"),
    "insurance": ("contributions", "社保缴费"), "tax": ("tax", "个人所得税"), "pay": ("pay", "薪酬"), "other": ("other", "其他"),
}  # fmt: skip

ORIGINS: dict[str, tuple[str, str]] = {
    "united-states": ("the United States", "美国"), "canada-oceania": ("Canada or Oceania", "加拿大或大洋洲"),
    "united-kingdom": ("the United Kingdom", "英国"), "germany": ("Germany", "德国"),
    "other-western-europe": ("Western Europe", "西欧"), "japan": ("Japan", "日本"), "south-korea": ("South Korea", "韩国"),
    "russia-east-europe": ("Russia or Eastern Europe", "俄罗斯或东欧"), "south-asia": ("South Asia", "南亚"),
    "south-east-asia": ("South-East Asia", "东南亚"), "africa": ("Africa", "非洲"),
    "latin-america-middle-east": ("Latin America or the Middle East", "拉美或中东"),
}  # fmt: skip
EDUCATIONS: dict[str, tuple[str, str]] = {
    "below-bachelor": ("no degree", "无学位"), "bachelor": ("a bachelor's degree", "本科学历"),
    "master": ("a master's degree", "硕士学位"), "doctorate": ("a doctorate", "博士学位"),
}  # fmt: skip
MODES: dict[str, tuple[str, str]] = {
    "self-initiated": ("comes on their own initiative", "自主来华"), "assignee": ("is posted by an employer", "由雇主派遣"),
    "academic": ("is an academic", "从事学术工作"), "entrepreneur": ("is an entrepreneur", "自主创业"),
    "student": ("studies in China", "在华留学"),
}  # fmt: skip

RECORDS: dict[str, tuple[str, str]] = {
    "points": ("Points", "积分"), "salary_cny": ("Salary, yuan a year", "年薪（元）"), "wait_days": ("Days of the case", "办理天数"),
    "status": ("Status", "身份"), "permit_until": ("Permit runs to", "许可至"), "grace_until": ("May look for work until", "求职期至"),
    "ticket_month": ("Answer comes in", "出结果时间"), "region": ("Region", "地区"), "pr_month": ("Answer on residence comes in", "永居结果时间"),
    "search_until": ("Looks for a post until", "求职至"), "contributed_months": ("Months of contributions", "缴费月数"),
}  # fmt: skip
"""Fields of the person that a parting of two lives is explained by."""
