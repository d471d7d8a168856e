"""What the answers of the page say, in English and Chinese."""

from __future__ import annotations

from experiments.words import phrase

WORDS: dict[str, tuple[str, str]] = {
    "interval_one": (
        "One pair of runs: there is no band yet.",
        "只有一对模拟，尚无区间。",
    ),
    "interval_draws": (
        "Band: where the effect lies with 95% probability, given how little is known of behaviour ({draws} settings of the parameters); chance is averaged out.",
        "区间：考虑到对行为了解有限（{draws}组参数），影响以95%的概率落在其中；随机性已平均。",
    ),
    "interval_chance": (
        "Band: 95% interval of the paired difference. It covers chance only; parameters are at their defaults.",
        "区间：配对差异的95%区间，只反映随机性；参数取默认值。",
    ),
    "touched_nobody": (
        "This change touched nobody in these runs: every difference is zero for that reason alone.",
        "这项变化在模拟中没有触及任何人，所有差异为零仅因如此。",
    ),
    "same_law": (
        "Until {until} this is the same law as today's: no difference is possible.",
        "到{until}为止，这与现行法律相同，不可能有差异。",
    ),
    "quota_binds": (
        "The quota for Category C is full: it admits {share} of the cases under {side}. Other changes for Category C may therefore move nobody.",
        "C类名额已满：{side}下只能满足{share}的申请，因此针对C类的其他调整可能不起作用。",
    ),
    "seats_bind": (
        "School places are scarce: {share} of the children get a public place under {side}.",
        "学位紧张：{side}下只有{share}的儿童获得公办学位。",
    ),
    "posts_bind": (
        "Posts are scarce: of those who look for one, {share} find one in a month under {side}.",
        "岗位稀缺：{side}下每月只有{share}的求职者找到岗位。",
    ),
    "queue_binds": (
        "The queue for permanent residence is long: a reviewed file waits {months} months under {side}. More applications lengthen it.",
        "永久居留排队时间长：{side}下审核后的申请要等{months}个月。申请越多，等得越久。",
    ),
    "reform_law": ("the reform", "改革方案"),
    "today_law": ("today's law", "现行法律"),
    "coarse": (
        "Coarse: one row stands for {scale} people, so differences of a few thousand people rest on a few rows.",
        "精度较粗：每行代表{scale}人，几千人的差异只对应几行。",
    ),
    "few_pairs": (
        "Only {n} pairs of runs: bands are rough.",
        "只有{n}对模拟，区间较粗略。",
    ),
    "outside_plausible": (
        "{label}: {value} lies outside the range in which a reform makes sense ({low} to {high}). The model was not made for it.",
        "{label}：{value}超出合理的改革范围（{low}至{high}），模型并非为此而设。",
    ),
    "no_cost": (
        "The page knows no cost of running this reform; what it changes in taxes and services is counted.",
        "没有这项改革的实施成本数据；税费和公共服务的变化已计入。",
    ),
    "sources": (
        "{n} pairs of runs from seed {seed}, {draws} settings of the parameters, one row for {scale:,} people, talentflow {version}; invented people, drawn from published figures. Ranks reforms; not a forecast.",
        "{n}对模拟，种子从{seed}起，{draws}组参数，每行代表{scale:,}人，talentflow {version}；人物为按公开数据虚构。用于比较改革，不是预测。",
    ),
    "no_life": (
        "Nobody of this kind was found among the people looked at: try another kind, or a larger change.",
        "在所查的人中没有找到这一类：请换一类，或作更大的改变。",
    ),
    "life_note": (
        "An invented person, lived with the parameters at their defaults (seed {seed}, one row for {scale} people); the bands of the page are over other settings too.",
        "虚构的人物，参数取默认值（种子{seed}，每行代表{scale}人）；页面上的区间还包含其他参数。",
    ),
    "life_same": (
        "Both lives are the same: the reform never reached this person.",
        "两种人生相同：改革没有影响到此人。",
    ),
    "any": ("anyone whose life differs", "任何人生有所不同的人"),
    "assumed": ("assumption", "假设"),
    "law_since": ("{label}: {value}, since {since}.", "{label}：{value}，自{since}起。"),
    "law_apart": ("Elsewhere: {places}.", "其他地区：{places}。"),
    "abroad": ("abroad", "境外"),
    "disclaimer": (
        "A model for learning: invented people, few observed numbers, illustrative reforms. It ranks reforms under stated assumptions; it forecasts nothing and gives no legal advice.",
        "教学模型：人物为虚构，观测数据有限，改革为示例。它在既定假设下比较改革，不作预测，也不构成法律意见。",
    ),
    "report_paths": ("Over time", "历年变化"),
    "report_regions": ("Regions", "地区"),
    "report_groups": ("Who", "人群"),
    "report_origins": ("Where from, and which field", "来源地与领域"),
    "report_people": ("People and money", "人与钱"),
    "report_source": ("Where this is from", "数据来源"),
    "report_again": ("The same on the command line", "用命令行得到同样的结果"),
    "legal": ("Law and permits", "法律与许可"),
    "management": ("Management and procedure", "管理与办理"),
    "services": ("Services and family", "服务与家庭"),
    "environment": ("Research, treatment and contact", "科研、待遇与交流"),
}  # fmt: skip


def told(key: str, lang: str, **values: object) -> str:
    """Return a sentence of the page with its values filled in.

    >>> told("abroad", "en")
    'abroad'
    """
    return phrase(WORDS, key, lang, **values)
