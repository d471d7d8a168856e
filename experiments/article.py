"""The measures that the article asks for, numbered as the scenarios number them."""

from __future__ import annotations

from experiments.words import LANGUAGES

MEASURES: tuple[tuple[str, str], ...] = (
    ("Law on foreigners working in China", "外国人在华工作立法"),
    ("Rule-of-law governance of talent", "人才治理法治化"),
    ("High-tech talent immigration system", "高技术人才移民制度"),
    ("Points-based permanent residence", "积分制永久居留"),
    ("Fast-track channels", "快速通道"),
    ("Link from work residence to permanent residence", "工作居留与永久居留衔接"),
    ("Classification of work permits revised", "修订工作许可分类标准"),
    ("National baseline plus local supplements", "国家基准加地方补充"),
    ("Clear responsibilities of departments", "明确部门职责"),
    ("Information shared across agencies", "跨部门信息共享"),
    ("Optimised approval", "优化审批流程"),
    ("Integrated issuance of documents", "证件联办"),
    ("One-stop service for work and life", "工作生活一站式服务"),
    ("Health care and international hospitals", "医疗便利与国际化定点医院"),
    ("Schools for children", "子女教育便利"),
    ("Financial services", "金融服务便利"),
    ("Transport and accommodation", "交通住宿便利"),
    ("Outstanding foreign graduates", "优秀外国毕业生"),
    ("Flexible social insurance", "灵活社会保险"),
    ("Fifteen years of pension contributions", "养老保险十五年缴费"),
    ("Passports accepted in services", "护照应用场景"),
    ("International research environment", "科研环境国际化"),
    ("Foreigners in national science programmes", "参与国家科技计划"),
    ("English applications and international review", "英文申报与国际同行评议"),
    ("Policy communication and English manuals", "政策宣传与英文服务指南"),
    ("Equal treatment of general professionals", "一般人才同等待遇"),
    ("Welcoming atmosphere", "友好社会氛围"),
    ("Port visas, transit and visa-free entry", "口岸签证、过境和区域免签"),
    ("Uses of the Five-Star Card", "五星卡应用"),
)
"""Titles in English and Chinese, measure 1 first."""


def title_of(measure: int, lang: str) -> str:
    """Return the title of a measure, 1 to 29.

    >>> title_of(29, "en")
    'Uses of the Five-Star Card'
    """
    return MEASURES[measure - 1][LANGUAGES.index(lang)]
