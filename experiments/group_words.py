"""What groups of people and units are called in English and in Chinese."""

from __future__ import annotations

GROUPS: dict[str, tuple[str, str]] = {
    "all": ("everyone", "全部"),
    "category": ("Category", "类别"), "region": ("Region", "地区"), "origin": ("Origin", "来源"),
    "field": ("Field", "领域"), "age": ("Age", "年龄"), "mode": ("Mode", "方式"), "sex": ("Sex", "性别"),
    "category=A": ("Category A", "A类"), "category=B": ("Category B", "B类"), "category=C": ("Category C", "C类"),
    "category=R": ("R visa", "R字签证"), "category=K": ("K visa", "K字签证"), "category=PR": ("permanent residents", "永久居留"),
    "category=seeking": ("between posts", "求职期"), "category=retired": ("retired in China", "在华退休"),
    "shanghai": ("Shanghai", "上海"), "beijing": ("Beijing", "北京"), "guangdong": ("Guangdong", "广东"),
    "jiangsu": ("Jiangsu", "江苏"), "zhejiang": ("Zhejiang", "浙江"), "hainan": ("Hainan", "海南"),
    "sichuan-chongqing": ("Sichuan and Chongqing", "四川、重庆"), "hubei-hunan": ("Hubei and Hunan", "湖北、湖南"),
    "north-east": ("North-East", "东北"), "west-other": ("West and other", "西部及其他"),
    "united-states": ("United States", "美国"), "canada-oceania": ("Canada and Oceania", "加拿大和大洋洲"),
    "united-kingdom": ("United Kingdom", "英国"), "germany": ("Germany", "德国"),
    "other-western-europe": ("other Western Europe", "其他西欧"), "japan": ("Japan", "日本"), "south-korea": ("South Korea", "韩国"),
    "russia-east-europe": ("Russia and Eastern Europe", "俄罗斯和东欧"), "south-asia": ("South Asia", "南亚"),
    "south-east-asia": ("South-East Asia", "东南亚"), "africa": ("Africa", "非洲"),
    "latin-america-middle-east": ("Latin America and Middle East", "拉美和中东"),
    "research": ("research", "科研"), "engineering-it": ("engineering and IT", "工程和信息技术"), "manufacturing": ("manufacturing", "制造"),
    "finance-management": ("finance and management", "金融和管理"), "education": ("education", "教育"),
    "language-teaching": ("language teaching", "语言教学"), "culture-sport": ("culture and sport", "文化体育"), "other": ("other", "其他"),
    "under-30": ("under 30", "30岁以下"), "30-39": ("30 to 39", "30至39岁"), "40-49": ("40 to 49", "40至49岁"), "50-and-over": ("50 and over", "50岁及以上"),
    "self-initiated": ("self-initiated", "自主来华"), "assignee": ("company assignees", "企业派遣"), "academic": ("academics", "学术"),
    "entrepreneur": ("entrepreneurs", "创业"), "student": ("former students", "留学生"), "male": ("men", "男性"), "female": ("women", "女性"),
}  # fmt: skip

UNITS: dict[str, tuple[str, str]] = {
    "persons": ("people", "人"),
    "days": ("days", "天"),
    "points": ("points", "分"),
    "share": ("", ""),
    "hours": ("hours", "小时"),
    "families": ("families", "户"),
    "yuan": ("yuan", "元"),
    "months": ("months", "个月"),
    "percentage points": ("percentage points", "个百分点"),
    "million yuan": ("million yuan", "百万元"),
    "log": ("log points", "对数点"),
    "applications": ("applications", "件"),
    "permits": ("permits", "件"),
}
"""Units whose everyday word differs from their name; others are said as they are."""
