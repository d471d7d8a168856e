"""What is said of reforms ranked with probabilities, in English and in Chinese."""

from __future__ import annotations

from experiments.words import phrase

WORDS: dict[str, tuple[str, str]] = {
    "joint": (", ", "、"),
    "and": (" and ", "和"),
    # The headline.
    "over": (
        "{what}, {date}, over {draws} draws of what is uncertain and {theories} theories of the decision:",
        "{what}（{date}），{draws}组不确定参数、{theories}种决策理论：",
    ),
    "one_leads": (
        "{title} is {among} of {all} reforms with a probability of {p}{range}",
        "在{all}项改革中，{title}{among}的概率为{p}{range}",
    ),
    "some_lead": (
        "{titles} are likely {among} of {all} reforms",
        "在{all}项改革中，{titles}很可能{among}",
    ),
    "some_tie": (
        "likeliest to be {among} of {all} reforms are {titles}, which cannot be told apart",
        "在{all}项改革中，最可能{among}的是{titles}，彼此无法区分",
    ),
    "none_leads": (
        "no reform stands out: the first {n} of {all} cannot be told one from the next; {title} is {among} with a probability of {p}{range}",
        "没有明显领先的改革：{all}项中前{n}项依次无法区分；{title}{among}的概率为{p}{range}",
    ),
    "next_is": ("; next comes {titles}", "；其次是{titles}"),
    "next_alike": ("; the next {n}, {titles}, cannot be told apart", "；其后{n}项（{titles}）彼此无法区分"),
    "next_many_alike": (
        "; the next {n} cannot be told one from the next, {titles} being the likeliest",
        "；其后{n}项依次无法区分，其中最可能的是{titles}",
    ),
    "next_many": ("; the next {n} cannot be told one from the next", "；其后{n}项依次无法区分"),
    "among_one": ("the best", "位列第一"),
    "among_some": ("among the best {n}", "位列前{n}"),
    "choose_one": ("To choose one reform", "若要选出一项改革"),
    "choose_some": ("To choose {n} reforms", "若要选出{n}项改革"),
    "with_p": ("{title} ({p})", "{title}（{p}）"),
    "range": (" ({low} to {high})", "（{low}至{high}）"),
    # What else follows.
    "theories_agree": (
        "Kendall's tau with the model as it stands, on mean effects, is {low} ({lowest}) to {high} ({highest}).",
        "按平均影响，与模型现状的肯德尔τ系数为{low}（{lowest}）至{high}（{highest}）。",
    ),
    "theory_agrees": (
        "Kendall's tau of {title} with the model as it stands, on mean effects, is {value}.",
        "按平均影响，{title}与模型现状的肯德尔τ系数为{value}。",
    ),
    "theories_less": (
        "Draw by draw, these rank otherwise than the luck of the runs explains: {titles}.",
        "逐组参数看，以下理论的排序差异超出模拟随机性所能解释：{titles}。",
    ),
    "theories_alike": (
        "Draw by draw, no theory is found to rank otherwise than the luck of the runs explains.",
        "逐组参数看，没有理论的排序差异超出模拟随机性所能解释。",
    ),
    "worth_told": (
        "{choose}, knowing {titles} first would help most: by {gain}{unit} on average; everything uncertain, by {all}.",
        "{choose}，事先最值得了解的是{titles}：平均可多得{gain}{unit}；了解全部不确定因素可多得{all}。",
    ),
    "worth_untold": (
        "{choose}, no single unknown is found to be worth knowing first: chance alone reaches {chance}{unit} with {draws} draws; knowing everything uncertain would be worth {all}.",
        "{choose}，没有发现单独值得事先了解的因素：{draws}组参数下仅随机性即可达{chance}{unit}；了解全部不确定因素可多得{all}。",
    ),
    "worth_nothing": (
        "{choose}, nothing that is uncertain is worth knowing first: the choice is the same under every draw and theory.",
        "{choose}，无需了解任何不确定因素：在各组参数和理论下选择相同。",
    ),
    "datum": (
        "Missing datum: {title} ({unit}); {known}.",
        "缺失的数据：{title}（{unit}）；{known}。",
    ),
    "known_facts": ("what there is of it: {facts}", "现有依据：{facts}"),
    "known_nothing": ("no fact informs it, it is assumed", "尚无事实依据，为假设"),
    "theory": ("the theory of the decision", "决策理论"),
    "no_unit": ("no unit", "无单位"),
    # Tables.
    "place": ("#", "序号"),
    "reform": ("reform", "改革"),
    "p_among": ("P", "概率"),
    "interval": ("{percent}%", "{percent}%区间"),
    "effect": ("effect", "影响"),
    "over_all": ("{percent}% of cases", "{percent}%的情形"),
    "theory_column": ("theory", "理论"),
    "level": ("level", "水平"),
    "shared": ("same best", "最优相同"),
    "tau": ("tau of means", "均值τ"),
    "tau_draw": ("by draw", "逐组τ"),
    "tau_chance": ("chance", "仅随机"),
    "to_choose": ("best", "前几"),
    "unknown": ("known first", "事先了解"),
    "gain": ("gain", "可多得"),
    "chance": ("chance", "随机可达"),
    "changes": ("other choice", "改变选择"),
    "is_told": ("told from 0", "可与零区分"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    # Notes and warnings.
    "table_means": (
        "P: probability to be {among}, over draws, theories (each counting alike) and the luck of the runs, with its {percent}% interval: what luck and the number of draws leave open. Effect: mean difference from the baseline, and where {percent}% of likely effects lie over draws and theories. = marks a reform that is better than the next with a probability of less than {apart}.",
        "概率：{among}的概率，综合各组参数、各理论（权重相同）和模拟随机性；{percent}%区间反映随机性和参数组数。影响：与基准差异的均值，及{percent}%的可能影响所在范围。=表示优于下一项的概率不足{apart}。",
    ),
    "tau_means": (
        "Level: the baseline under a theory as a share of that of the model as it stands. Same best: share of the reforms {among} as the model stands that are so under the theory, on mean effects. Tau of means: Kendall's tau with the model as it stands on mean effects. By draw: the same under one draw, between runs with other luck, averaged; chance: what runs of one theory with other luck agree. * less than chance.",
        "水平：该理论下基准值与模型现状之比。最优相同：按平均影响，模型现状下{among}的改革在该理论下仍如此的占比。均值τ：按平均影响与模型现状的肯德尔τ。逐组τ：同组参数、不同随机数下的平均τ；仅随机：同一理论不同随机数下的τ。*低于随机。",
    ),
    "gain_means": (
        "Gain: by how much the chosen reforms' effects, added up, would be larger on average if it were known before choosing, less what chance makes of nothing. Chance: the gain that chance reaches once in twenty. Other choice: share of draws in which the choice would be another.",
        "可多得：若事先了解，所选改革的影响之和平均可增加多少（已扣除随机性）。随机可达：仅随机性二十次中有一次达到的数值。改变选择：选择会不同的参数组占比。",
    ),
    "less_is_better": ("Less is better.", "数值越低越好。"),
    "one_replicate": (
        "one replicate: luck cannot be told from effect, so probabilities are of the measured numbers",
        "只有一次重复：无法区分随机性与影响，概率按实测数值计算",
    ),
    "few_draws": (
        "{n} draws: probabilities are coarse, and hardly any parameter can be told to matter; {more} or more are better",
        "仅{n}组参数：概率粗略，几乎无法判断哪个参数重要；{more}组以上为宜",
    ),
    "repeats": (
        "of {n} draws {distinct} differ: the sample gives few settings most of its weight",
        "{n}组参数中仅有{distinct}组不同：样本权重集中于少数几组",
    ),
    "draws_left_out": ("{n} draws are left out: a run of them is missing or failed", "略去{n}组参数：有模拟缺失或失败"),
    "levels_apart": (
        "under {titles} the baseline is more than {percent}% off that of the model as it stands: reforms meet other numbers of people there",
        "在{titles}下，基准值与模型现状相差超过{percent}%：改革面对的人数不同",
    ),
    "made_of": (
        "{arms} reforms, {draws} draws, {theories} theories, {n} replicates of each with seeds of their own from {seed}; one row stands for {scale} people; talentflow {version}.",
        "{arms}项改革、{draws}组参数、{theories}种理论，各{n}次重复、种子各不相同（从{seed}起），每行代表{scale}人，talentflow {version}。",
    ),
    # The figure.
    "figure_left": ("Probability to be {among}", "{among}的概率"),
    "figure_right": ("Change in {what}, {date}", "{what}的变化（{date}）"),
    "figure_bars": (
        "Bars: probability over draws of what is uncertain and theories of the decision; lines on them: its {percent}% interval. Bracketed: better than the next with a probability of less than {apart}. Dots: mean difference from today's law, hollow where its range includes 0; lines: where {percent}% of likely effects lie over draws and theories.",
        "条形：综合不确定参数和决策理论的概率；其上线段：{percent}%区间。括线：优于下一项的概率不足{apart}。圆点：与现行法律差异的均值，范围含0时为空心；线段：{percent}%的可能影响所在范围。",
    ),
    "figure_alike": ("not told apart", "无法区分"),
    "figure_rest": (
        "Not shown: {n} more reforms, the likeliest of them with {p}.",
        "另有{n}项未列出，其中概率最高者为{p}。",
    ),
}


def tell(key: str, lang: str, **values: object) -> str:
    """Return a sentence or label with its values filled in.

    >>> tell("gain", "en")
    'gain'
    """
    return phrase(WORDS, key, lang, **values)
