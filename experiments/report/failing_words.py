"""What is said of where a scenario fails, in English and in Chinese."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "heading": ("When it fails", "何时会失效"),
    "never": (
        "{title}: in none of {n} draws of the uncertain parameters is the effect on people in China ({date}) below {half}, half of its mean of {mean}; with 95% confidence that is at most {most} of all.",
        "{title}：在不确定参数的{n}组抽样中，没有一组对在华人数的影响（{date}）低于{half}（均值{mean}的一半）；在95%置信度下，此类至多占{most}。",
    ),
    "some": (
        "{title}: in {half_n} of {n} draws of the uncertain parameters ({half_share}; {half_low} to {half_high}) the effect on people in China ({date}) is below {half}, half of its mean of {mean}; it is zero or has the other sign in {zero_n} ({zero_share}; {zero_low} to {zero_high}).",
        "{title}：在不确定参数的{n}组抽样中，{half_n}组（{half_share}；{half_low}至{half_high}）对在华人数的影响（{date}）低于{half}（均值{mean}的一半）；{zero_n}组（{zero_share}；{zero_low}至{zero_high}）为零或符号相反。",
    ),
    "some_fewer": (
        "{title}: in {half_n} of {n} draws of the uncertain parameters ({half_share}; {half_low} to {half_high}) the fall in people in China ({date}) is smaller than {half}, half of its mean of {mean}; it is none at all in {zero_n} ({zero_share}; {zero_low} to {zero_high}).",
        "{title}：在不确定参数的{n}组抽样中，{half_n}组（{half_share}；{half_low}至{half_high}）在华人数的减少（{date}）不到{half}（均值{mean}的一半）；{zero_n}组（{zero_share}；{zero_low}至{zero_high}）没有减少。",
    ),
    "no_mean": (
        "{title}: the mean effect on people in China ({date}) over {n} draws of the uncertain parameters, {mean} ({mean_low} to {mean_high}), cannot be told from zero, so there is nothing that could fail; it is at or below zero in {zero_n} of them ({zero_share}; {zero_low} to {zero_high}).",
        "{title}：在不确定参数的{n}组抽样中，对在华人数的平均影响（{date}）为{mean}（{mean_low}至{mean_high}），无法与零区分，谈不上失效；其中{zero_n}组（{zero_share}；{zero_low}至{zero_high}）不大于零。",
    ),
    # A part of the range.
    "box": (
        "A part of the range was found where {what}: where {limits}, that holds in {density} of the draws, against {base} of all; this part holds {coverage} of such draws.",
        "找到了{what}的参数范围：当{limits}时，{density}的抽样如此，而全部抽样中为{base}；此范围涵盖了这类抽样的{coverage}。",
    ),
    "again": (
        "On draws that such a part was not found on it holds in {density}, and {coverage} of such draws lie in it.",
        "在未用于寻找范围的抽样上，这一比例为{density}，涵盖{coverage}。",
    ),
    "no_box": (
        "No part of the range was found where {what}: no combination of limits reliably holds more such draws than all do ({base}) on draws it was not found on.",
        "未找到{what}的参数范围：在未用于寻找的抽样上，没有任何组合的比例能可靠地高于全部抽样的{base}。",
    ),
    "few": (
        "Too few draws are so ({n}) to look for a part of the range; looked for instead is where {what}.",
        "此类抽样太少（{n}组），无法寻找其范围；改为寻找{what}的范围。",
    ),
    "below_half": ("the effect is below half of its mean", "影响低于均值一半"),
    "least": ("the effect is in its lowest quarter (below {at} people)", "影响处于最低四分之一（低于{at}人）"),
    "least_fall": (
        "the fall is in its smallest quarter (less than {at} people)",
        "减少量处于最小四分之一（不到{at}人）",
    ),
    # The table of shares.
    "shares_caption": (
        "How often it falls short, over draws of the uncertain parameters",
        "不确定参数的抽样中效果不足的频率",
    ),
    "shares_note": (
        "Each draw is the mean of {replicates} pairs of runs; luck is {luck} of the variance between draws and makes these shares, if anything, larger. Range: 95% (Wilson).",
        "每组抽样取{replicates}对模拟的均值；抽样间方差的{luck}来自偶然性，只会使这些比例偏大。区间：95%（Wilson）。",
    ),
    "condition": ("condition", "条件"),
    "draws": ("draws", "抽样数"),
    "share": ("share of draws", "抽样占比"),
    "half": ("below half of the mean", "低于均值一半"),
    "zero": ("of the other sign, or none", "符号相反或为零"),
    "half_row": ("effect below {at} people, half of the mean", "影响低于{at}人（均值的一半）"),
    "half_row_fall": ("fall of less than {at} people, half of the mean", "减少不到{at}人（均值的一半）"),
    "zero_row": ("effect at or below zero", "影响不大于零"),
    "zero_row_fall": ("no fall", "没有减少"),
    # Theories.
    "all_theories": (
        "Under all {n} theories of how people decide, the sign is the same, and told from zero.",
        "在{n}种决策理论下，符号都相同，且都可与零区分。",
    ),
    "some_theories": (
        "The sign is the same, and told from zero, under {held} of {n} theories of how people decide; not under {names}.",
        "{n}种决策理论中，有{held}种符号相同且可与零区分；{names}除外。",
    ),
    "open_here": (
        "As the model stands, the sign cannot be told from zero in these runs, so theories are not held against it.",
        "按模型现状，这些模拟中符号无法与零区分，因此不与其他理论比较。",
    ),
    "theories_caption": (
        "Effect on people in China ({date}) under other theories of how people decide",
        "其他决策理论下对在华人数的影响（{date}）",
    ),
    "theories_note": (
        "All other parameters at their means; each theory starts from the same number of people in China. {seeds} pairs of runs each, the same seeds; ranges are chance alone.",
        "其余参数均取均值；各理论的起始在华人数相同。各{seeds}对模拟，种子相同；区间只反映随机性。",
    ),
    "theory": ("theory", "理论"),
    "effect": ("effect", "影响"),
    "same_sign": ("pairs with this sign", "同号的模拟对占比"),
    "holds": ("sign holds", "符号成立"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "not_told": ("not told from zero", "无法与零区分"),
    "and": (" and ", "且"),
    "comma": (", ", "、"),
}
