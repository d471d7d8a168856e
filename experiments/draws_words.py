"""What is said of comparisons over draws of the uncertain parameters, in English and in Chinese."""

from __future__ import annotations

DRAWS: dict[str, tuple[str, str]] = {
    "sign_open": (
        "{title}: {what} by {date} differ by about {size}{unit} on average over the draws, but as little as is known of parameters it may be {low} to {high}: even the sign is open.",
        "{title}：到{date}，{what}在各组参数下平均相差约{size}{unit}，但参数未知，可能为{low}至{high}，连正负也不能确定。",
    ),
    "few_to_bound": (
        "{title}: {what} differ by {size}{unit} in {date} in {n} pairs of runs, too few of a draw to give an interval.",
        "{title}：{date}，{n}对模拟中{what}相差{size}{unit}；每组参数的模拟过少，不能给出区间。",
    ),
    "drawn_from": (
        "Averaged over {n} draws of {parameters} uncertain parameters out of {posterior}, the same on both sides of a pair.",
        "对取自{posterior}的{n}组不确定参数（{parameters}个）取平均，每对两侧参数相同。",
    ),
    "drawn_assumed": (
        "Assumptions hold over the draws of {names}.",
        "对{names}，假设优先于抽样值。",
    ),
    "interval_over_draws": (
        "Paired by person and seed; the {percent}% interval is where the effect lies given that the parameters are not known, chance averaged out.",
        "按人和随机种子配对；{percent}%区间是在参数未知、平均掉随机性之后效果所在的范围。",
    ),
    "cut_at_zero": (
        "An interval that would reach beyond 0 ends there where every draw gives the same sign.",
        "各组参数所得符号一致时，区间到零为止。",
    ),
    "chance_means": (
        "By chance alone: what luck leaves open about the mean over these draws. Parameters: their share of the variance of one pair.",
        "“仅随机性”：对这些参数取平均后，随机性仍留下的范围。“参数占比”：一对模拟的方差中来自参数的部分。",
    ),
    "parameters_share_is": (
        "Of the variance of one pair, {share} is parameters and the rest chance.",
        "一对模拟的方差中，{share}来自参数，其余来自随机性。",
    ),
    "interval_chance": ("by chance alone", "仅随机性"),
    "parameter_share": ("parameters", "参数占比"),
}
