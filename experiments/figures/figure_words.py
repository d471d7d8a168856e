"""What figures say besides their titles, in English and in Chinese."""

from __future__ import annotations

from experiments.words import phrase

WORDS: dict[str, tuple[str, str]] = {
    "today": ("Today's law", "现行法律"),
    "level": ("Level", "水平"),
    "difference": ("Difference from today's law", "与现行法律之差"),
    "starts": ("starts {date}", "{date}起施行"),
    "billion": (" billion", " billion"),
    "million": (" million", " million"),
    "yi": ("亿", "亿"),
    "wan": ("万", "万"),
    "percentage_points": (" points", "个百分点"),
    "from_to": ("({low} to {high})", "（{low}至{high}）"),
    "schematic": (
        "Schematic: tiles of equal size, no borders. White: the range includes zero. Grey: no number.",
        "示意图：方块大小相同，不表示边界。白色：区间含0。灰色：没有数字。",
    ),
    "schematic_levels": (
        "Schematic: tiles of equal size, no borders. Grey: no number.",
        "示意图：方块大小相同，不表示边界。灰色：没有数字。",
    ),
    "shared_number": ("{n} provinces share one number: {number}", "{n}个省级行政区共用一个数字：{number}"),
    "number_below": ("{names}: {number}", "{names}：{number}"),
    "flow_node": ("{reform} against {baseline}", "{reform}，现行{baseline}"),
    "flow_note": (
        "Ribbons and first numbers: the reform. Dashed bars and second numbers: today's law, at the same scale.",
        "色带和前一数字：改革之下。虚线条和后一数字：现行法律，比例相同。",
    ),
    "queue_median": ("Half of all wait no longer than, days", "一半的人等待不超过（天）"),
    "queue_p90": ("Nine in ten wait no longer than, days", "九成的人等待不超过（天）"),
    "moved": ("{label}: {before} → {after}", "{label}：{before} → {after}"),
    "kept": ("{label}: {before}", "{label}：{before}"),
    "population_line": ("| share of all people", "| 占总人数"),
    "added_line": ("● share of those added", "● 占增加人数"),
    "today_outline": ("- - Today's law", "- - 现行法律"),
    "reform_outline": ("— Reform", "— 改革"),
    "points_axis": ("Points", "积分"),
    "waterfall_note": (
        "Each bar begins where the one before ends. Open bar: its range includes zero.",
        "每条从前一条的末端开始。空心条：区间含0。",
    ),
    "equal_line": ("Line of equal shares", "平均分配线"),
    "low_third": ("■ parameter in its low third", "■ 参数取低三分之一"),
    "high_third": ("● in its high third", "● 取高三分之一"),
    "observed": ("▬ observed (×1) with its likely range", "▬ 观测值（×1）及可能范围"),
    "met": ("● model, meets it", "● 模型，相符"),
    "missed": ("□ model, misses it", "□ 模型，不符"),
    "reaches_further": ("Triangle: the range reaches further.", "三角：区间超出图外。"),
    "no_ratio": ("no ratio", "无比值"),
    "dominated": ("pale: another costs less and does more", "浅色：另有成本更低、效果更大者"),
    "ties": ("Joined by a bracket: not told apart from the next.", "括号相连：与下一项难分先后。"),
    "hollow_drivers": ("Hollow: the two thirds are not told apart.", "空心：高低三分位之间无法区分。"),
    "hollow": ("Hollow: the range includes zero.", "空心：区间含0。"),
    "people_axis": ("people, from the lowest pay to the highest", "人，按薪酬由低到高"),
    "years_since": ("Years since arrival", "来华后年数"),
    "no_font": ("No Chinese font on this machine: drawn in English.", "本机没有中文字体，图以英文绘制。"),
    # What the picture is, for those who do not see it; {n} is the number of rows or series.
    "alt_paths": (
        "Line chart of {n} series: levels above, difference from today's law with its band below.",
        "{n}条折线：上为水平，下为与现行法律之差及其区间。",
    ),
    "alt_forest": ("Dots with intervals in {n} rows, largest first.", "{n}行带区间的点，由大到小。"),
    "alt_tiles": ("Schematic tile map of provinces with {n} numbers.", "各省方块示意图，含{n}个数字。"),
    "alt_flows": ("Flow diagram of {n} flows.", "{n}股流量的流向图。"),
    "alt_survival": ("Curves of the share that stays, with bands, {n} in all.", "留居比例曲线及区间，共{n}条。"),
    "alt_waterfall": ("Bars that add up step by step, {n} rows, with intervals.", "逐步累加的条形，共{n}行，带区间。"),
    "alt_pareto": ("Cost against effect of {n} packages, each with its interval.", "{n}个组合的成本与效果，各带区间。"),
    "alt_points": ("Histogram of points in {n} classes with the bars of the law.", "积分直方图，共{n}组，标出法定分数线。"),
    "alt_queue": (
        "Two line charts by date, {n} series: median wait, and the wait that nine in ten do not exceed.",
        "按时间的两幅折线图，{n}条：等待时间的中位数，以及九成人不超过的等待时间。",
    ),
    "alt_ranking": ("Bars of probabilities beside effects, {n} rows.", "概率条形与效果并列，共{n}行。"),
    "alt_lorenz": ("Curves of cumulated shares against equality, {n} series.", "累积份额曲线与平均分配线，共{n}条。"),
    "alt_equity": ("Shares of two kinds side by side for {n} groups.", "{n}个群体的两种份额并列。"),
    "alt_drivers": ("Pairs of dots for {n} parameters: effect at low and at high values.", "{n}个参数各一对点：取低值与取高值时的效果。"),
    "alt_fit": ("Model against {n} observed numbers, as ratios on a log axis.", "模型与{n}个观测值之比，对数轴。"),
    "alt_row": ("{label}: {value}{range}.", "{label}：{value}{range}。"),
}  # fmt: skip


def word(key: str, lang: str, **values: object) -> str:
    """Return what a figure says.

    >>> word("today", "en"), word("starts", "zh", date="2027-01")
    ("Today's law", '2027-01起施行')
    """
    return phrase(WORDS, key, lang, **values)
