"""What rooms say about results, in both languages."""

from __future__ import annotations

from experiments.words import phrase

_SENTENCES: dict[str, tuple[str, str]] = {
    "touched_nobody": (
        "The package touched nobody in the hidden runs: its measures concern people or cases that did not come up.",
        "在隐藏的模拟中，该方案没有影响到任何人：相关人群或情形没有出现。",
    ),
    "queue_binds": (
        "Offices get fuller: nine in ten permits are out within {after:.0f} days, {before:.0f} under today's law. Part of the gain is lost in the queue.",
        "窗口更加拥挤：九成许可在{after:.0f}天内办结，现行法律下为{before:.0f}天。部分效果被排队抵消。",
    ),
    "coarse": (
        "One simulated person stands for {scale:,} people: a change of fewer cannot be seen, least of all in Category C.",
        "一个模拟个体代表{scale:,}人，更小的变化无法看到，C类尤其如此。",
    ),
    "failed": (
        "{n} of the hidden pairs gave no result and are left out for every group.",
        "隐藏的模拟中有{n}对未得出结果，所有小组均不计入。",
    ),
    "few_pairs": (
        "Only {n} hidden pairs count. Fewer than {least} tell no two groups apart, so all are tied, and the intervals hold less than 95%.",
        "仅有{n}对隐藏模拟有效，少于{least}对无法区分任何两组，因此全部并列，区间的可信程度也低于95%。",
    ),
    "shares_exact": (
        "Shapley shares from runs of every combination of measures on {pairs} hidden pairs; they add up to the whole.",
        "根据{pairs}对隐藏模拟中措施的全部组合计算的沙普利份额，各份额之和等于总效果。",
    ),
    "shares_sampled": (
        "Shapley shares from a sample of {orders} orders in which measures join (not all combinations), on {pairs} hidden pairs; they add up to the whole.",
        "根据{pairs}对隐藏模拟中{orders}种加入顺序的抽样（并非全部组合）估计的沙普利份额，各份额之和等于总效果。",
    ),
    "one_measure": ("One measure: all of the effect is due to it.", "仅一项措施：全部效果来自该措施。"),
    "shares_failed": ("The runs for the shares failed, so there are none.", "计算份额的模拟失败，因此没有份额。"),
    "shares_missing": ("The shares are still being computed.", "各项措施的份额仍在计算中。"),
    "all_chose": ("All groups chose: {names}.", "所有小组都选择了：{names}。"),
    "none_common": ("No measure was chosen by all groups.", "没有一项措施被所有小组选中。"),
    "most_chosen": ("Most chosen: {names}.", "选择最多的措施：{names}。"),
    "all_tied": (
        "No two groups can be told apart on these hidden pairs: the board shows one shared rank.",
        "在这些隐藏模拟中，任何两组都无法区分：各组并列。",
    ),
    "interval": (
        "Bars: 95% bootstrap interval of the score over the hidden pairs, each with luck and a draw of uncertain parameters of its own. Rank = 1 + the number of groups clearly better, pair by pair; groups that cannot be told apart are tied. Each comparison is made at its own 95%, so among many groups some err. The score takes the median over pairs, the tables below the mean. Intervals are of these averages: under one setting of the parameters, as the explorer's bands show, the effect may lie well outside.",
        "横线：按隐藏模拟对作自助抽样得到的得分95%区间，每对模拟各有其随机数和不确定参数取值。名次=1+逐对比较明显更好的小组数；无法区分的小组并列。每次比较各按95%计，小组较多时难免有个别误判。得分取各对的中位数，下面各表取平均数。区间针对这些平均数；在某一组参数下（如探索页的区间所示），影响可能远在区间之外。",
    ),
    "misleads_1": (
        "Not a forecast: the model is calibrated to few observed numbers. Ranks of packages carry further than sizes.",
        "不是预测：模型仅按少量观测值校准。方案的先后比数值大小更可信。",
    ),
    "misleads_2": (
        "Most costs are assumptions, and the price of a lever you move yourself is a rule of the game.",
        "多数费用为假定；自行调整参数的价格是游戏规则。",
    ),
    "misleads_3": (
        "The score counts people, money and the categories of the permit. It does not count what else may matter: those who stay at home, other countries, trust in the law.",
        "得分只计人数、费用和许可类别，不计其他可能重要的方面：本国居民、其他国家、对法律的信任等。",
    ),
    "misleads_4": (
        "A lower bar moves people from one category into another without anybody coming or going. Fairness counts that as a loss of the category they leave.",
        "降低门槛会使一些人从一类转入另一类，而并无人来去；公平一项把这算作原类别的损失。",
    ),
    "misleads_5": (
        "The weights were chosen before play. Other weights would rank the same results differently.",
        "权重在开始前选定；换一组权重，同样的结果会有不同的名次。",
    ),
}


def say(key: str, lang: str, **values: object) -> str:
    """Return a sentence in a language with its values filled in."""
    return phrase(_SENTENCES, key, lang, **values)


def misleads(lang: str) -> list[str]:
    """Return where the model misleads, for the debrief."""
    return [say(f"misleads_{number}", lang) for number in range(1, 6)]
