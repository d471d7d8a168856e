"""What is said of costs, measures, interactions, equity and differences in the law, in English and in Chinese."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    # Costs.
    "cost_line": (
        "{title}, {date}: the reform itself has cost {cost} million yuan and added {years} years of people in China; {per}. The fiscal balance changes by {balance} million yuan in all{span}.",
        "{title}，{date}：改革自身累计成本{cost}百万元，净增在华人年{years}；{per}。财政收支累计变化{balance}百万元{span}。",
    ),
    "cost_per_year": (
        "each added year cost {size} yuan ({low} to {high})",
        "每增加一人年的成本为{size}元（{low}至{high}）",
    ),
    "cost_without_ratio": (
        "the interval of those years ({low} to {high}) holds 0, so there is no cost per added year",
        "净增人年的区间（{low}至{high}）含零，因此没有每人年成本",
    ),
    "cost_of_one_pair": (
        "one pair of runs bounds no cost per added year",
        "一对运行无法给出每人年成本的区间",
    ),
    "cost_span": (" ({low} to {high})", "（{low}至{high}）"),
    "cost_of_fewer": (
        "it takes years away rather than adding them, so there is no cost per added year",
        "人年不增反减，因此没有每人年成本",
    ),
    # The table of measures.
    "number": ("#", "序号"),
    "levers_short": ("levers", "政策变量"),
    "touched": ("reached", "触及人数"),
    "additional": ("added", "新增人数"),
    "displaced": ("displaced", "减少人数"),
    "cost_millions": ("cost, m yuan", "成本（百万元）"),
    "per_person_year": ("yuan per added year", "每人年成本（元）"),
    "table_means": (
        "Reached: people whose record differs in anything, in China or abroad, many by no more than a date. Added, displaced: in China under one law alone at that date. Cost: of the reform itself up to then. A difference marked ? cannot be told from 0.",
        "触及人数：记录有任何不同者（含境外），许多人只是某个时间有变。新增、减少：该时间仅在一种法律下在华者。成本：改革自身截至该时间的累计成本。带“?”的差异无法与零区分。",
    ),
    "no_file": ("no scenario", "无方案"),
    "measures_head": (
        "The {n} measures of the article against their baseline in {date}",
        "文章{n}项措施与基准的比较（{date}）",
    ),
    "measure_silent": ("{number} {id}: {why}.", "{number} {id}：{why}。"),
    "measure_without_file": ("{number} {title}: no shipped scenario stands for it.", "{number} {title}：没有对应的方案文件。"),
    "silent_head": (
        "Measures whose main outcome cannot be told from the baseline's, and why, as the runs show it:",
        "主要指标与基准无法区分的措施，及模拟显示的原因：",
    ),
    "reason_joint": ("; ", "；"),
    "reason_nobody": ("it reaches nobody by this date", "到该时间未触及任何人"),
    "reason_moves": (
        "it does move {outcome} by {size} ({low} to {high}){unit}",
        "它改变了{outcome}：{size}（{low}至{high}）{unit}",
    ),
    "reason_posts": (
        "posts bind: {share} of the posts for foreigners are filled, and a seeker finds one in {match} of months",
        "岗位受限：外国专业人才岗位占用率{share}，求职者每月找到岗位的概率为{match}",
    ),
    "reason_quota_share": (
        "the Category C quota binds: it admits {share} of cases",
        "C类名额受限：只能满足{share}的申请",
    ),
    "reason_decisions": (
        "grants are bound by the decisions that can be made in a year: a reviewed file waits {months} months for its decision",
        "批准数受年度决定数限制：审核后的申请等候{months}个月才有决定",
    ),
    "reason_seat_share": (
        "school places bind: {share} of children get a public place",
        "学位受限：{share}的儿童获得公办学位",
    ),
    "reason_few": (
        "it reaches only {n} people in China, {share} of the stock",
        "在华人员中只触及{n}人，占存量的{share}",
    ),
    "reason_cancel": (
        "{additional} people added and {displaced} displaced nearly cancel",
        "新增{additional}人与被替代{displaced}人几乎相抵",
    ),
    "reason_rare": (
        "the outcome is rare: {n} a year in the baseline, with one row for {scale} people",
        "该指标较少发生：基准每年{n}，每行代表{scale}人",
    ),
    "reason_below": (
        "an effect, if there is one, is below {bound}{unit} in {pairs} pairs",
        "{pairs}对模拟中，即使有影响也低于{bound}{unit}",
    ),
    "reason_undefined": (
        "its main outcome could be measured in {pairs} pairs, too few for an interval",
        "主要指标只在{pairs}对模拟中可测，不足以给出区间",
    ),
    "reason_unmoved": (
        "it reaches {n} people in China, none of whom comes or goes for it",
        "触及在华{n}人，但没有人因此来华或离开",
    ),
    "reason_same": ("it is the same under both laws in all {pairs} pairs", "{pairs}对模拟中两种法律下完全相同"),
    "million_yuan": ("million yuan", "百万元"),
    # Two reforms together.
    "together_head": (
        "{what}, {date}, {unit}: {a} and {b}, each alone and together",
        "{what}（{date}，{unit}）：{a}与{b}，单独与共同",
    ),
    "part": ("part", "部分"),
    "part_first": ("{a} alone", "仅{a}"),
    "part_second": ("{b} alone", "仅{b}"),
    "part_both": ("both", "两者"),
    "part_interaction": ("interaction", "交互作用"),
    "complements": (
        "They help each other: together they change {what} by {size} ({low} to {high}){unit} more than one by one.",
        "两者互补：共同实施比分别实施之和多改变{what}{size}（{low}至{high}）{unit}。",
    ),
    "substitutes": (
        "They get in each other's way: together they change {what} by {size} ({low} to {high}){unit} less than one by one.",
        "两者相互抵消：共同实施比分别实施之和少改变{what}{size}（{low}至{high}）{unit}。",
    ),
    "additive": (
        "No interaction in {what} larger than {size}{unit} can be told: together they do what they do one by one.",
        "未发现对{what}有大于{size}{unit}的交互作用：共同实施与分别实施之和相当。",
    ),
    "overlap_last": (
        "Both set {paths}: together, the later one named decides.",
        "两者都设定{paths}：共同实施时以后者为准。",
    ),
    # Equity.
    "equity_head": (
        "Ratios between groups in {date}, before and after: 1 is equal",
        "群体之间的比值（{date}，改革前后）：1为相等",
    ),
    "ratio_of": ("ratio", "比值"),
    "before": ("before", "之前"),
    "after": ("after", "之后"),
    "against": ("{group} against {reference}", "{group}与{reference}之比"),
    # The law of scenarios.
    "moves": ("How it acts: {text}", "作用方式：{text}"),
    "cannot_show": ("What it cannot show: {text}", "不能说明：{text}"),
    "overruled": (" From {date} on, {by} has the last word.", "自{date}起以{by}为准。"),
    "law_apart": ("Where the law then differs ({first} against {second}):", "结果上的法律差别（{first}对{second}）："),
    "clause_apart": (
        "From {date}{where}: {label} is {one} against {two} ({path}).",
        "自{date}起{where}：{label}为{one}，对{two}（{path}）。",
    ),
    "clause_apart_later": (
        "From {date}{where}: {label} is {one} against {two}, and {one_end} against {two_end} by {end} ({path}).",
        "自{date}起{where}：{label}为{one}，对{two}；到{end}为{one_end}，对{two_end}（{path}）。",
    ),
    # Runs told month by month.
    "progress_months": ("{done} of {total} months, {seconds} s", "已完成{done}/{total}个月，{seconds}秒"),
    "months_bar": ("months", "月份"),
}  # fmt: skip
