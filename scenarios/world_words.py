"""What the givens of the world are called in words, by field and by row."""

from __future__ import annotations

from collections.abc import Mapping

FIELD_WORDS: Mapping[str, tuple[str, str]] = {
    "pay_premium": ("log pay relative to the nation", "相对全国的薪酬（对数）"),
    "average_wage": ("average wage that pay multiples refer to", "薪酬倍数参照的社会平均工资"),
    "rent_cny": ("rent above the nation's average", "高于全国平均的房租"),
    "posts": ("posts open to foreign professionals", "面向外籍人才的岗位"),
    "seats": ("school seats for foreign children", "外籍子女学位"),
    "local_load": ("desks' work for other applicants", "窗口其他业务量"),
    "reference_load": ("applications that desks are staffed for", "窗口基准业务量"),
    "is_west": ("counts as the west", "属于西部地区"),
    "is_north_east": ("counts as the north-east or an old industrial base", "属于东北或老工业基地"),
    "pool_share": ("share of the pool", "人才池占比"),
    "home_pay": ("log pay at home", "来源国薪酬（对数）"),
    "china_pay": ("log pay in China", "在华薪酬（对数）"),
    "home_tax": ("tax and contributions at home", "来源国税费比例"),
    "rival_access": ("access to third countries", "进入第三国的便利程度"),
    "distance": ("cost of distance", "距离成本"),
    "contacts_mean": ("people known in China, mean", "在华熟人平均数"),
    "ethnic_share": ("share of Chinese descent", "华裔占比"),
    "female_share": ("share of women", "女性占比"),
    "hsk_mean": ("mean HSK level", "平均汉语水平"),
    "pay": ("log pay", "薪酬（对数）"),
    "tax": ("tax and contributions", "税费比例"),
    "access": ("chance of a work visa", "获得工作签证的概率"),
    "wait_years": ("years to permanent residence", "获得永久居留所需年限"),
    "queue_years": ("further years in the queue for it", "额外排队年限"),
    "named_share": ("share of would-be movers who name it", "意向移居者提及比例"),
    "field_premium": ("log pay premium by field", "各领域薪酬溢价（对数）"),
    "urban_workforce": ("people employed in cities and towns", "城镇就业人员"),
    "research_workforce": ("staff in research and development", "研发人员（全时当量）"),
    "pupil_cost": ("public spending on a pupil", "生均公共教育支出"),
    "health_cost": ("public spending on the health of an insured person", "参保人员人均医保支出"),
    "permit_file_cost": ("cost of a file of a work permit", "工作许可案件成本"),
    "residence_file_cost": ("cost of a file of permanent residence", "永久居留案件成本"),
    "plentiful_share": ("share of posts filled up to which they are plentiful", "岗位充裕的占用率上限"),
}
"""Fields of the tables of the world, in English and Chinese."""

_CHINESE_ROWS: Mapping[str, str] = {
    "shanghai": "上海", "beijing": "北京", "guangdong": "广东", "jiangsu": "江苏", "zhejiang": "浙江", "hainan": "海南",
    "sichuan-chongqing": "四川、重庆", "hubei-hunan": "湖北、湖南", "north-east": "东北", "west-other": "西部及其他",
    "united-states": "美国", "canada-oceania": "加拿大和大洋洲", "united-kingdom": "英国", "germany": "德国",
    "other-western-europe": "其他西欧", "japan": "日本", "south-korea": "韩国", "russia-east-europe": "俄罗斯和东欧",
    "south-asia": "南亚", "south-east-asia": "东南亚", "africa": "非洲", "latin-america-middle-east": "拉美和中东",
    "canada": "加拿大", "singapore": "新加坡", "australia": "澳大利亚", "uae": "阿联酋",
    "nation": "全国",
}  # fmt: skip


def label_of(row: str, field: str, element: str) -> dict[str, str]:
    """Return what a given of the world is called, by language.

    >>> label_of("germany", "wait_years", "")["en"]
    'Germany: years to permanent residence'
    """
    english, chinese = FIELD_WORDS[field]
    place = row.upper() if row == "uae" else row.replace("-", " ").title()
    inner = f" ({element})" if element else ""
    return {"en": f"{place}: {english}{inner}", "zh": f"{_CHINESE_ROWS[row]}：{chinese}{inner}"}
