"""What is said in English and in Chinese: sentences, labels and headers of results, side by side."""

from __future__ import annotations

from collections.abc import Mapping

from experiments.draws_words import DRAWS
from experiments.evidence_words import EVIDENCE
from experiments.group_words import GROUPS, UNITS
from experiments.phrases import PHRASES

LANGUAGES = ("en", "zh")

SENTENCES: dict[str, tuple[str, str]] = {
    # Findings: the verb says no more than the interval does.
    "adds": (
        "{title}: adds about {size} ({low} to {high}) {what} by {date}.",
        "{title}：到{date}，{what}增加约{size}（{low}至{high}）。",
    ),
    "removes": (
        "{title}: leaves about {size} ({low} to {high}) fewer {what} by {date}.",
        "{title}：到{date}，{what}减少约{size}（{low}至{high}）。",
    ),
    "raises": (
        "{title}: raises {what} by about {size} ({low} to {high}){unit} in {date}.",
        "{title}：{date}，{what}提高约{size}（{low}至{high}）{unit}。",
    ),
    "lowers": (
        "{title}: lowers {what} by about {size} ({low} to {high}){unit} in {date}.",
        "{title}：{date}，{what}降低约{size}（{low}至{high}）{unit}。",
    ),
    "adds_exactly": (
        "{title}: adds {size} {what} by {date}, the same in every pair of runs.",
        "{title}：到{date}，{what}增加{size}，每对模拟都相同。",
    ),
    "removes_exactly": (
        "{title}: leaves {size} fewer {what} by {date}, the same in every pair of runs.",
        "{title}：到{date}，{what}减少{size}，每对模拟都相同。",
    ),
    "raises_exactly": (
        "{title}: raises {what} by {size}{unit} in {date}, the same in every pair of runs.",
        "{title}：{date}，{what}提高{size}{unit}，每对模拟都相同。",
    ),
    "lowers_exactly": (
        "{title}: lowers {what} by {size}{unit} in {date}, the same in every pair of runs.",
        "{title}：{date}，{what}降低{size}{unit}，每对模拟都相同。",
    ),
    "no_effect": (
        "{title}: no detectable effect on {what} larger than {size}{unit} by {date}.",
        "{title}：到{date}，未发现对{what}有大于{size}{unit}的影响。",
    ),
    "no_change": (
        "{title}: changes nothing in {what} by {date} in these runs.",
        "{title}：到{date}，{what}在这些模拟中没有变化。",
    ),
    "one_pair": (
        "{title}: {what} differ by {size}{unit} in {date} in one pair of runs, which gives no interval.",
        "{title}：{date}，一对模拟中{what}相差{size}{unit}；一对模拟不能给出区间。",
    ),
    "undefined": (
        "{title}: {what} cannot be measured in {date} in these runs.",
        "{title}：{date}，这些模拟无法得出{what}。",
    ),
    "in_group": ("{what} ({group})", "{what}（{group}）"),
    "no_clear_difference": ("No clear difference in {what}", "{what}没有明显差异"),
    # Warnings.
    "same_law": (
        "{id} is the same law as {baseline} until {until}: no difference is possible",
        "{id}在{until}之前与{baseline}的法律相同，不可能有差异",
    ),
    "touched_nobody": (
        "{id} touched nobody in these runs: its differences are zero for that reason alone",
        "{id}在这些模拟中没有触及任何人，差异为零仅因如此",
    ),
    "no_interval": (
        "one pair of runs gives no interval: ask for --replicates 2 or more",
        "一对模拟不能给出区间：请用 --replicates 2 或更多",
    ),
    "few_pairs": (
        "With {n} pairs of runs, intervals are rough; the default is {default}.",
        "只有{n}对模拟，区间较粗略；默认为{default}对。",
    ),
    "some_failed": ("{failed} of {total} runs failed ({listed})", "{total}次模拟中有{failed}次失败（{listed}）"),
    "imprecise": (
        "precision of {asked} not reached in {missed} of {rows} rows after {n} replicates",
        "{n}次重复后，{rows}行中有{missed}行未达到{asked}的精度",
    ),
    # What every result says about itself.
    "cost_ahead": (
        "This is large: about {rows} rows a run; expect roughly {time} with {jobs} at a time, and {memory} GB of memory.",
        "规模较大：每次模拟约{rows}行；同时运行{jobs}个，约需{time}，内存约{memory} GB。",
    ),
    "minutes": ("{n} minutes", "{n}分钟"),
    "hours": ("{n} hours", "{n}小时"),
    "by_year": ("{what}, {first} to {last}", "{what}，{first}至{last}年"),
    "provisional": (
        "Provisional: calibrated to few observed numbers; not a forecast; ranks reforms.",
        "暂定结果：仅按少量观测值校准；不是预测；用于比较改革的先后。",
    ),
    "agreement": ("agreement with the first column", "与首列的一致程度"),
    "rank_means": (
        "Each cell: rank, difference from the baseline; ~ where the interval holds 0. Agreement is Kendall's tau, from -1 to 1. Ranks of reforms marked ~ are chance as much as effect.",
        "每格为名次和与基准的差异；~表示区间含0。一致程度为肯德尔τ系数（-1至1）。标有~的改革，名次多属偶然。",
    ),
    "interval_means": (
        "Parameters at their defaults, paired by person and seed: the {percent}% interval{method} covers chance only, not how well behaviour is known (--draws covers it).",
        "参数取默认值，按人和随机种子配对：{percent}%区间{method}只反映随机性，不反映对行为的了解程度（对参数抽样可计入）。",
    ),
    "method_t": (" (t)", "（t）"),
    "method_bca": (" (BCa bootstrap)", "（BCa自助法）"),
    "pairing_saves": (
        "Pairing: the same answer without it would take {times} times as many runs.",
        "配对的作用：不配对要得到同样的结果，需要{times}倍的模拟次数。",
    ),
    "pairing_saves_roughly": (
        "Pairing: the same answer without it would take {times} times as many runs (a rough figure from {n} pairs).",
        "配对的作用：不配对要得到同样的结果，需要{times}倍的模拟次数（由{n}对模拟粗略估计）。",
    ),
    "both_assume": ("Assumed on both sides: {ids}.", "两侧共同的假设：{ids}。"),
    "assumes": ("Assumed: {ids}.", "假设：{ids}。"),
    "flows_are": (
        "Flows, and shares of flows, count the 12 months up to the date; levels are those at its end.",
        "流量及其占比按截至该月的12个月计；存量为月末值。",
    ),
    "made_from": (
        "Pairs of runs: {n}, from seed {seed}; one row stands for {scale} people; talentflow {version}.",
        "{n}对模拟，种子从{seed}起，每行代表{scale}人，talentflow {version}。",
    ),
    "made_from_runs": (
        "Runs: {n}, from seed {seed}; one row stands for {scale} people; talentflow {version}.",
        "{n}次模拟，种子从{seed}起，每行代表{scale}人，talentflow {version}。",
    ),
    "persons_line": (
        "{title}, {date}: about {additional} people are in China who otherwise would not be, {displaced} the other way round. Anything at all differs for about {touched}; {deadweight} of them are in China either way, {abroad} abroad either way, often with no more than a date or a plan moved.",
        "{title}，{date}：约{additional}人因此在华，约{displaced}人因此不在华。记录有任何不同的约{touched}人，其中约{deadweight}人在两种法律下都在华，约{abroad}人都在境外，往往只是某个时间或计划有变。",
    ),
    "compiling": (
        "Compiling the rules once for this machine; this takes a minute or so ...",
        "正在为本机编译规则（仅一次，约一分钟）……",
    ),
    "progress": ("{done} of {total} replicates, {seconds} s", "已完成{done}/{total}次重复，{seconds}秒"),
    "replicates_bar": ("replicates", "重复"),
    "progress_runs": ("{done} of {total} runs, {seconds} s", "已完成{done}/{total}次模拟，{seconds}秒"),
    "runs_bar": ("runs", "模拟"),
    "interrupted": (
        "Interrupted; nothing was written. To run it again: {command}",
        "已中断，未写入任何结果。重新运行：{command}",
    ),
    "written": ("Written: {files}", "已写入：{files}"),
    "warning": ("Warning: {text}", "注意：{text}"),
    "failed_runs": ("Runs that failed:", "失败的模拟："),
    "valid": ("{file}: no problem found", "{file}：未发现问题"),
    "score": (
        "{title}, {date}: {points} points, Category {category} (by {route}).",
        "{title}，{date}：{points}分，{category}类（依据：{route}）。",
    ),
    "score_none": (
        "{title}, {date}: {points} points, no category is open.",
        "{title}，{date}：{points}分，没有可用类别。",
    ),
    "score_next": (" {to_next} points short of Category {next}.", "距{next}类差{to_next}分。"),
    # The model against data.
    "patterns_read": (
        "Of {total} patterns that the model was not fitted to, {n} are predicted, {missed} not, {rest} unclear.",
        "在{total}项未经拟合的规律中，{n}项得到预测，{missed}项未得到，{rest}项不明确。",
    ),
    "pattern": ("pattern", "规律"),
    "expected": ("expected", "预期"),
    "likely": ("95% interval", "95%区间"),
    "verdict": ("verdict", "判断"),
    "predicted": ("predicted", "已预测"),
    "not predicted": ("not predicted", "未预测"),
    "unclear": ("unclear", "不明确"),
    "above": ("above {low}", "高于{low}"),
    "below": ("below {high}", "低于{high}"),
    "between": ("{low} to {high}", "{low}至{high}"),
    "context": (
        "The article's numbers beside ours, for context:",
        "文章数字与本模型对照（仅供参考）：",
    ),
    "article_counts": ("the article's number", "文章数字"),
    "article": ("article", "文章"),
    "ours": ("ours", "本模型"),
    "nearest": ("our nearest outcome", "本模型最接近的指标"),
    "differs": ("why they differ", "差异原因"),
    "target": ("target", "目标"),
    "period": ("period", "时期"),
    "observed": ("observed", "观测值"),
    "model": ("model", "模型"),
    "sd": ("sd", "标准差"),
    "ratio": ("ratio", "比值"),
    "allowed": ("allowed", "允许范围"),
    "met": ("met", "符合"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    # The law.
    "law_at": ("The law in {date}", "{date}的法律"),
    "in_force": (
        "in {date}: {value} {unit}; a reform would sensibly use {low} to {high}",
        "{date}：{value} {unit}；合理的改革范围为{low}至{high}",
    ),
    "exception": ("{place}: {value}", "{place}：{value}"),
    "exceptions": ("exceptions", "例外"),
    "history": ("history:", "沿革："),
    "touched_by": ("reforms that change it: {reforms}", "涉及的改革：{reforms}"),
    "assumption": ("assumption", "假设"),
    "reforms": ("reforms", "改革"),
    "measure_number": ("measure {number}", "措施{number}"),
    "status_illustrative": ("illustrative", "示例"),
    "status_proposal": ("proposal", "建议"),
    "status_enacted": ("enacted", "已实施"),
    "consists_of": ("Consists of: {reforms}", "包含：{reforms}"),
    "change_from": (
        "From {start}{where}: {label} goes from {before} to {after} ({path}; {sources}).",
        "自{start}起{where}：{label}由{before}变为{after}（{path}；{sources}）。",
    ),
    "change_until": (
        "From {start} to {until}{where}: {label} goes from {before} to {after} ({path}; {sources}).",
        "{start}至{until}{where}：{label}由{before}变为{after}（{path}；{sources}）。",
    ),
    "change_phased": (
        "From {start} to {until}, step by step{where}: {label} goes from {before} to {after} ({path}; {sources}).",
        "{start}至{until}逐步{where}：{label}由{before}变为{after}（{path}；{sources}）。",
    ),
    "law_today": ("law: {source}", "现行法律：{source}"),
    "this_change": ("change: {source}", "本变化：{source}"),
    "range_by_place": ("{low} to {high}, by place", "{low}至{high}（因地而异）"),
    "in_places": (" in {places}", "在{places}"),
    "changes_nothing": ("It changes nothing.", "没有任何变化。"),
    "overlaps": ("Set by more than one reform, the rule is '{rule}': {paths}", "多项改革涉及，规则为“{rule}”：{paths}"),
    "sources": ("Sources", "来源"),
    "only_in": ("Only in {id}:", "仅见于{id}："),
    "differently_in": ("Differently in {id}:", "{id}的不同做法："),
    "alike": ("Alike in both:", "两者相同："),
    # Headers and labels.
    "block": ("block", "项目"),
    "points": ("points", "总分"),
    "block_salary": ("salary", "年薪"),
    "block_education": ("education", "受教育程度"),
    "block_experience": ("experience", "工作年限"),
    "block_months": ("months a year", "每年工作时间"),
    "block_chinese": ("Chinese", "汉语水平"),
    "block_place": ("place", "工作地区"),
    "block_age": ("age", "年龄"),
    "block_extra": ("extra", "附加"),
    "block_local": ("local", "省级鼓励性加分"),
    "route_none": ("no route", "无"),
    "route_points": ("points", "积分"),
    "route_pay multiple": ("pay", "薪酬倍数"),
    "route_talent plan": ("talent plan", "人才计划"),
    "route_new doctorate": ("new doctorate", "应届博士"),
    "route_bachelor and experience": ("degree and experience", "学历和工作经历"),
    "route_language teacher": ("language teaching", "语言教学"),
    "route_master's graduate": ("recent master's degree", "硕士应届毕业"),
    "route_bachelor's graduate": ("recent bachelor's degree", "本科应届毕业"),
    "route_below Category B": ("what is left below Category B", "未达B类标准"),
    "kind_baseline": ("baseline", "基准"),
    "kind_reform": ("reform", "改革"),
    "kind_package": ("package", "组合"),
    "kind_world": ("world", "外部环境"),
    "kind_transfer": ("other institutions", "他国制度"),
    "scenario": ("scenario", "方案"),
    "outcome": ("outcome", "指标"),
    "group": ("group", "群体"),
    "date": ("date", "时间"),
    "unit": ("unit", "单位"),
    "baseline": ("baseline", "基准"),
    "reform": ("reform", "改革后"),
    "difference": ("difference", "差异"),
    "interval": ("{percent}% interval", "{percent}%区间"),
    "n": ("n", "n"),
    "same_sign": ("same sign", "同号比例"),
    "error": ("MC error", "模拟误差"),
    "value": ("value", "数值"),
    "range_text": ("{low} to {high}", "{low}至{high}"),
    "none": ("none", "无"),
    "id": ("id", "编号"),
    "kind": ("kind", "类型"),
    "measure": ("measure", "措施"),
    "title": ("title", "名称"),
    "path": ("lever", "政策变量"),
    "source": ("source", "来源"),
    "label": ("label", "名称"),
    "scenarios": ("Scenarios", "方案"),
    "levers": ("Levers", "政策变量"),
    "outcomes": ("Outcomes", "指标"),
    "groups": ("Groups", "群体"),
    "today_law": ("today's law", "现行法律"),
    "starts": ("starts {date}", "{date}起"),
    "difference_panel": ("Difference from the baseline", "与基准的差异"),
    "figure_all_adds": (
        "All {n} add {what}; the range of each difference excludes zero",
        "{n}项方案都使{what}增加，各差异的区间均不含零",
    ),
    "figure_all_removes": (
        "All {n} leave fewer {what}; the range of each difference excludes zero",
        "{n}项方案都使{what}减少，各差异的区间均不含零",
    ),
    "figure_all_raises": (
        "All {n} raise {what}; the range of each difference excludes zero",
        "{n}项方案都使{what}提高，各差异的区间均不含零",
    ),
    "figure_all_lowers": (
        "All {n} lower {what}; the range of each difference excludes zero",
        "{n}项方案都使{what}降低，各差异的区间均不含零",
    ),
    "figure_some": (
        "{n} of {total} change {what}: there the range of the difference excludes zero",
        "{total}项方案中有{n}项改变{what}：其差异的区间不含零",
    ),
    "figure_subtitle": (
        "{what}, {unit}; bands: {percent}% of the paired difference",
        "{what}，{unit}；色带：配对差异的{percent}%区间",
    ),
    "figure_subtitle_one": ("{what}, {unit}; one pair of runs, no interval", "{what}，{unit}；一对模拟，无区间"),
    **DRAWS,
    **EVIDENCE,
    **PHRASES,
}

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def say(key: str, lang: str, **values: object) -> str:
    """Return a sentence or label of the catalogue with its values filled in.

    >>> say("interval", "en", percent=95)
    '95% interval'
    """
    return phrase(SENTENCES, key, lang, **values)


def phrase(table: Mapping[str, tuple[str, str]], key: str, lang: str, **values: object) -> str:
    """Return the words of a table of sentences in a language, with their values filled in."""
    return table[key][_column(lang)].format(**values)


def group_label(group: str, lang: str) -> str:
    """Return the words for a group.

    >>> group_label("region=hainan", "en"), group_label("category=A", "zh")
    ('Hainan', 'A类')
    """
    words = GROUPS.get(group) or GROUPS.get(group.partition("=")[2])
    return words[_column(lang)] if words else group


def unit_label(unit: str, lang: str) -> str:
    """Return the everyday word for a unit."""
    words = UNITS.get(unit)
    return words[_column(lang)] if words else unit


def date_label(date: str, lang: str) -> str:
    """Return a month or a year in words.

    >>> date_label("2035-12", "en"), date_label("2035", "en"), date_label("2035-12", "zh")
    ('December 2035', '2035', '2035年12月')
    """
    year, _, month = date.partition("-")
    if lang == "zh":
        return f"{year}年{int(month)}月" if month else f"{year}年"
    return f"{_MONTHS[int(month) - 1]} {year}" if month else year


def _column(lang: str) -> int:
    return LANGUAGES.index(lang)
