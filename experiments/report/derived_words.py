"""What a report says of analyses that a store keeps, in English and in Chinese."""

from __future__ import annotations

DERIVED_WORDS: dict[str, tuple[str, str]] = {
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "source": (
        "Source: simulation, talentflow {version}; {replicates} replicates of {draws} draws of parameters from seed {seed}; one row stands for {scale} people.",
        "来源：模拟，talentflow {version}；{draws}组参数各重复{replicates}次，种子从{seed}起；每行代表{scale}人。",
    ),
    "likely": ("Which is likely among the best", "哪些方案可能最好"),
    "likely_caption": (
        "Probability to be among the best {best}, over draws and theories of the decision",
        "在各组参数和各决策理论下位列前{best}的概率",
    ),
    "likely_title": (
        "Likeliest among the best {best}: {title}, {chance} ({low} to {high})",
        "最可能位列前{best}的是{title}，概率{chance}（{low}至{high}）",
    ),
    "likely_open": (
        "{title}: among the best {best} with probability {chance} ({low} to {high}); none is clearly likelier than all others",
        "{title}位列前{best}的概率为{chance}（{low}至{high}）；没有哪项改革明显比其余各项更可能",
    ),
    "likely_rangeless": (
        "{title}: among the best {best} with probability {chance}, no range known",
        "{title}位列前{best}的概率为{chance}，区间未知",
    ),
    "likely_subtitle": (
        "By {what}, {date}; probability over draws and theories, and mean difference with its 95% range",
        "按{what}（{date}）排序；各组参数和理论下的概率，以及平均差异与95%区间",
    ),
    "reform": ("reform", "改革"),
    "chance": ("among the best {best}", "位列前{best}"),
    "probability": ("probability", "概率"),
    "effect": ("difference", "差异"),
    "ties": ("tied with the next", "与下一项不分先后"),
    "shares": ("What each part of the package adds", "组合中各部分的贡献"),
    "shares_caption": (
        "Shares of the parts in the difference that the package makes",
        "各部分在组合总差异中的份额",
    ),
    "shares_title": (
        "{title} has the largest share: {size} ({low} to {high})",
        "份额最大的是{title}：{size}（{low}至{high}）",
    ),
    "shares_none": ("No part of the package has clearly the largest share", "没有哪一部分的份额明显最大"),
    "shares_subtitle": (
        "Shares (Shapley) in the difference in {what}, {date}, with their 95% ranges",
        "各部分对{what}差异的份额（沙普利值，{date}）及95%区间",
    ),
    "shares_note": (
        "Share: what a part adds, averaged over all orders in which the parts could join; shares add up to the whole.",
        "份额：各部分按所有可能的加入次序所增加的平均值，合计等于总体。",
    ),
    "part": ("part", "部分"),
    "share": ("share of the difference", "差异份额"),
    "role": ("role", "角色"),
}  # fmt: skip
