"""What is said of the parameters that an effect depends on, in English and in Chinese."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "heading": ("What drives it", "什么在起作用"),
    # Findings.
    "told": (
        "{title}: of {total} uncertain parameters, the effect on people in China ({date}) is found to depend on {names}.",
        "{title}：在{total}个不确定参数中，对在华人数的影响（{date}）取决于{names}。",
    ),
    "one_told": (
        "{name}: about {high} ({high_low} to {high_high}) where it is high, {low} ({low_low} to {low_high}) where it is low.",
        "{name}：取值高时约{high}（{high_low}至{high_high}），取值低时约{low}（{low_low}至{low_high}）。",
    ),
    "untold": (
        "For the other {n}, no dependence is told from luck: between the lowest and the highest third of their values the effect differs by less than {size} people.",
        "其余{n}个参数的作用无法与偶然性区分：取值最低与最高三分之一之间，影响相差不到{size}人。",
    ),
    "none_told": (
        "{title}: none of {total} uncertain parameters is found to move the effect on people in China ({date}); between the lowest and the highest third of their values it differs by less than {size} people.",
        "{title}：{total}个不确定参数中，没有一个被发现会改变对在华人数的影响（{date}）；取值最低与最高三分之一之间，影响相差不到{size}人。",
    ),
    "constant": (
        "{title}: the effect on people in China ({date}) is the same in all draws of the uncertain parameters.",
        "{title}：在不确定参数的所有抽样中，对在华人数的影响（{date}）都相同。",
    ),
    "and": (" and ", "和"),
    "comma": (", ", "、"),
    # The figure.
    "figure_told": (
        "One of {total} assumptions is found to move the effect: {name}",
        "{total}个假设中，有1个被发现会改变影响：{name}",
    ),
    "figure_told_some": (
        "{n} of {total} assumptions are found to move the effect; of these, the largest estimate is for {name}",
        "{total}个假设中，有{n}个被发现会改变影响；其中估计作用最大的是{name}",
    ),
    "figure_none": (
        "No assumption alone is found to move the effect",
        "未发现任何单个假设会改变影响",
    ),
    "subtitle": (
        "Effect on people in China, {date}: mean over the draws with the lowest and with the highest third of each parameter's values; lines: {percent}% intervals.",
        "对在华人数的影响，{date}：各参数取值最低与最高三分之一的抽样均值；横线：{percent}%区间。",
    ),
    "source": (
        "{draws} draws out of {posterior}{dropped}, {replicates} pairs of runs each, seeds of their own; one row stands for {scale} people; talentflow {version}. Simulated.",
        "取自{posterior}的{draws}组参数{dropped}，每组{replicates}对模拟，种子各自独立；每行代表{scale}人；talentflow {version}。模拟结果。",
    ),
    "dropped": (" ({n} more failed)", "（另有{n}组失败）"),
    "caption": (
        "Effect where each parameter is low and where it is high: those told from luck, then the largest differences",
        "各参数取值低与取值高时的影响：先列可辨者，再按差异大小",
    ),
    "note": (
        "Told: the rank correlation over all draws is larger than the largest of all parameters gives by luck in 95 of 100 shuffles, and the interval of the difference leaves out 0. Parameters that the data tie together cannot be told apart. The other parameters vary along in every third.",
        "“可辨”：全部抽样的秩相关大于随机打乱时所有参数最大值的95%分位，且差异区间不含0。受同一数据约束的参数，其作用无法分开。各三分之一中其余参数同时变动。",
    ),
    "label": ("parameter", "参数"),
    "low": ("effect where low", "取值低时的影响"),
    "high": ("effect where high", "取值高时的影响"),
    "difference": ("difference", "差异"),
    "correlation": ("rank correlation", "秩相关"),
    "is_told": ("told from luck", "可辨"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    # What 20% off would do.
    "known_caption": (
        "What is known of them, and what 20% off would do to the effect",
        "对它们了解多少，偏差20%会使影响如何变化",
    ),
    "known_note": (
        "With every parameter at its mean the effect is {size} ({low} to {high}) people. Changes are against that, the same people and luck in both ({seeds} pairs of runs each); a range that includes 0 tells nothing. Judgement: set by us, no source gives it. A dash: it cannot be moved so far.",
        "所有参数取均值时，影响为{size}（{low}至{high}）人。变化均与之相比，人和随机性相同（各{seeds}对模拟）；区间含0则说明不了什么。判断：由我们设定，没有来源给出。短横线：不能移动那么远。",
    ),
    "value": ("mean and 90% range", "均值与90%范围"),
    "unit": ("unit", "单位"),
    "known": ("known from", "依据"),
    "facts": ("facts beside it", "相关事实"),
    "less": ("change if 20% lower", "低20%时的变化"),
    "more": ("change if 20% higher", "高20%时的变化"),
    "all_judged": (
        "All {n} parameters of behaviour that are varied are judgement within ranges; the data narrow {narrowed} of them. The table below says what 20% off would do to {moved}: those told from luck first, then those with the largest differences.",
        "所变动的{n}个行为参数都是给定范围内的判断，数据收窄了其中{narrowed}个。下表列出{moved}个参数偏差20%的后果：先列可辨者，再列差异最大者。",
    ),
}

UNITS: dict[str, str] = {
    "share": "比例", "utility": "效用", "per year": "每年", "months": "月", "log": "对数", "ratio": "比值", "utility a year": "每年效用",
    "utility-years": "效用年", "hours": "小时", "utility per log contact": "每对数熟人的效用", "probability": "概率",
    "exponent": "指数", "days": "天", "elasticity": "弹性", "utility per log income": "每对数收入的效用",
    "utility per log funding": "每对数经费的效用", "hours/year": "每年小时", "log per year": "每年对数", "share of income": "收入比例",
    "points": "分", "per month": "每月", "tasks/year": "每年事务", "desks": "窗口", "log per unit": "每单位对数",
    "share of base": "基数比例", "share of an international move": "跨国迁移的比例", "switch": "开关",
    "utility per log chance": "每对数机会的效用", "CNY/year": "每年元",
}  # fmt: skip
"""Units of parameters of behaviour in Chinese."""
