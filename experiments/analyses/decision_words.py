"""What is said of shares of a package, of fronts and of regrets, in English and in Chinese."""

from __future__ import annotations

from experiments.words import phrase

WORDS: dict[str, tuple[str, str]] = {
    "rest": ("all other reforms of the package", "组合中的其余改革"),
    "joint": ("; ", "；"),
    "and": (" and ", "和"),
    # Shares of a package.
    "shares": (
        "Of this, about {parts}.",
        "其中{parts}。",
    ),
    "share_first": (
        "{size}{unit} ({low} to {high}{percent}) are due to {title}",
        "约{size}{unit}（{low}至{high}{percent}）归于{title}",
    ),
    "share_next": ("{size} ({low} to {high}{percent}) to {title}", "{size}（{low}至{high}{percent}）归于{title}"),
    "percent_of": ("; {percent}%", "；{percent}%"),
    "works_against": (
        "Working against it: {parts}.",
        "起反作用的有：{parts}。",
    ),
    "against": (
        "{title}, by {size}{unit} ({low} to {high})",
        "{title}，{size}{unit}（{low}至{high}）",
    ),
    "share_untold": (
        "What is due to {titles} cannot be told from nothing: at most {size}{unit} each.",
        "归于{titles}的部分无法与零区分：各不超过{size}{unit}。",
    ),
    "total_untold": (
        "The effect of all together cannot be told from nothing, so shares are not given in percent.",
        "全部合计的影响无法与零区分，因此不给出百分比。",
    ),
    "pair_helps": (
        "{first} and {second} help each other: together they do {size}{unit} ({low} to {high}) more than one by one.",
        "{first}与{second}互补：共同实施比分别实施之和多{size}{unit}（{low}至{high}）。",
    ),
    "pair_hinders": (
        "{first} and {second} get in each other's way: together they do {size}{unit} ({low} to {high}) less than one by one.",
        "{first}与{second}相互抵消：共同实施比分别实施之和少{size}{unit}（{low}至{high}）。",
    ),
    "pairs_more": ("{n} more pairs help or hinder each other; see the table.", "另有{n}对相互促进或抵消，见下表。"),
    "pairs_none": (
        "No pair of members is found to help or hinder each other by more than {size}{unit}.",
        "未发现任何两项相互促进或抵消超过{size}{unit}。",
    ),
    "member": ("member", "组成部分"),
    "share": ("share", "份额"),
    "of_total": ("of total", "占比"),
    "first_in": ("alone", "单独实施"),
    "last_in": ("last", "最后加入"),
    "order_error": ("order error", "次序误差"),
    "together": ("all together", "合计"),
    "pair": ("pair", "组合对"),
    "interaction": ("interaction", "交互作用"),
    "shares_mean": (
        "Share: what a member adds, averaged over all {n} orders in which the {members} could join (Shapley). Alone: what it adds to today's law. Last: what it adds to all others. Shares add up to the total exactly in every replicate; those shown are rounded so that they still do.",
        "份额：各部分的新增量，按{members}个部分加入的全部{n}种次序平均（沙普利值）。单独实施：在现行法律上的新增量。最后加入：在其余全部之上的新增量。每次重复中份额之和恰等于总量；所示数字四舍五入后仍可相加。",
    ),
    "shares_sampled": (
        "Share: what a member adds, averaged over {n} of the {all} orders in which the {members} could join (Shapley), drawn in opposite pairs. Intervals cover the luck of the runs; the order error is the standard error that the sample of orders adds. Alone: what it adds to today's law. Last: what it adds to all others. Shares add up to the total exactly in every replicate; those shown are rounded so that they still do.",
        "份额：各部分的新增量，按{members}个部分全部{all}种加入次序中成对反向抽取的{n}种平均（沙普利值）。区间只反映模拟的随机性；次序误差是抽样次序带来的标准误差。单独实施：在现行法律上的新增量。最后加入：在其余全部之上的新增量。每次重复中份额之和恰等于总量；所示数字四舍五入后仍可相加。",
    ),
    "over_draws": (
        "Means over {n} draws of what is uncertain, the same in every replicate.",
        "对{n}组不确定参数取平均，各次重复相同。",
    ),
    "left_out": (
        "{n} replicates are left out: a run failed, or {outcome} is not defined in it.",
        "略去{n}次重复：有模拟失败，或{outcome}在其中没有定义。",
    ),
    "figure_shares": (
        "{title}: who adds what to {what}, {date}",
        "{title}：各部分对{what}的贡献（{date}）",
    ),
    "figure_shares_axis": ("difference, {unit}; lines: {percent}% intervals", "差异（{unit}）；线段：{percent}%区间"),
    # Regret.
    "best_is": (
        "{what}, {date}: over {draws} draws of what is uncertain, {title} is the best choice with a probability of {p} ({low} to {high}){next}.",
        "{what}（{date}）：在{draws}组不确定参数下，{title}为最优选择的概率是{p}（{low}至{high}）{next}。",
    ),
    "best_next": (", {title} with {p}", "，{title}为{p}"),
    "best_of_one": (
        "{what}, {date}: {title} is the best choice with a probability of {p} ({low} to {high}); nothing uncertain was drawn, so this is luck in the runs alone{next}.",
        "{what}（{date}）：{title}为最优选择的概率是{p}（{low}至{high}）；未抽取不确定参数，故只反映模拟的随机性{next}。",
    ),
    "regret_of": (
        "Least mean regret: {title}. Whoever chooses it falls short of the best choice by {mean}{unit} ({low} to {high}) on average over the draws, and by {most}{unit} or more in the worst 5%.",
        "平均遗憾最小的是{title}：选择它，平均比同组参数下的最优选择差{mean}{unit}（{low}至{high}），在最差的5%中差{most}{unit}或更多。",
    ),
    "careful": (
        "Least regret in the worst 5% of the draws: {title}, with {most}{unit} or more.",
        "最差5%情况下遗憾最小的是{title}：差{most}{unit}或更多。",
    ),
    "no_regret": (
        "Least mean regret: {title}. In these runs no other choice is ever better.",
        "平均遗憾最小的是{title}：在这些模拟中没有更好的选择。",
    ),
    "not_apart": (
        "{n} replicates do not tell {title} and {others} apart on average: more replicates may.",
        "{n}次重复无法在平均意义上区分{title}与{others}；增加重复次数或可区分。",
    ),
    "other_draws": (
        "{title} is better than {other} on average, yet under {p} of the draws it is the other way round: which is better depends on what is uncertain.",
        "{title}平均优于{other}，但在{p}的参数下相反：孰优取决于不确定参数。",
    ),
    "effect": ("effect", "影响"),
    "p_best": ("P(best)", "最优概率"),
    "seems_best": ("as measured", "按实测"),
    "ranks": ("P(rank 1, 2, ...)", "各名次概率"),
    "mean_regret": ("mean regret", "平均遗憾"),
    "high_regret": ("95th percentile", "95分位"),
    "most_regret": ("largest", "最大"),
    "better_than": ("better than", "优于"),
    "probability": ("probability", "概率"),
    "told_apart": ("told apart on average", "平均可区分"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "regret_means": (
        "Regret: by how much a choice falls short of the best one under the same draw, {unit}. Probabilities and regrets are of likely true effects, with the luck of {n} replicates taken out as far as it can be told; the range in brackets is what that luck leaves open. As measured: the share of draws in which it had the best number, luck included.",
        "遗憾：与同组参数下最优选择的差距（{unit}）。概率和遗憾针对可能的真实影响，尽可能剔除{n}次重复中的随机性；括号内为随机性造成的不确定范围。按实测：实测数值最优的参数组占比（含随机性）。",
    ),
    "less_is_better": ("Less is better.", "数值越低越好。"),
    "one_replicate": (
        "one replicate: luck cannot be told from effect, so probabilities are of the measured numbers and too sure",
        "只有一次重复：无法区分随机性与影响，概率按实测数值计算，过于确定",
    ),
    "few_replicates": (
        "{n} replicates: how large luck is, is itself poorly known; 8 or more are better",
        "{n}次重复：随机性的大小本身不易估计；8次以上为宜",
    ),
    "one_draw": (
        "nothing uncertain was drawn: give the experiment a section 'uncertainty' to rank over what is not known",
        "未抽取不确定参数：请在实验文件中加入'uncertainty'，以便在未知因素下排序",
    ),
    "draws_left_out": (
        "{n} draws are left out: a scenario has no number under them",
        "略去{n}组参数：其中有方案没有数值",
    ),
    "replicates_left_out": (
        "{n} replicates are left out: a run of them is missing or failed",
        "略去{n}次重复：有模拟缺失或失败",
    ),
    "made_of": (
        "{draws} draws, {n} replicates of each from seed {seed}; one row stands for {scale} people; talentflow {version}.",
        "{draws}组参数，每组{n}次重复，种子从{seed}起，每行代表{scale}人，talentflow {version}。",
    ),
    "out_of_posterior": ("Draws are out of a posterior: {file}.", "抽样取自后验分布：{file}。"),
    "out_of_priors": (
        "Draws are out of priors, which hold settings that observed numbers rule out, too.",
        "抽样取自先验分布，其中也有与观测值不符的取值。",
    ),
    # Fronts.
    "front_head": (
        "Of {tried} laws tried, {n} are on the front{budget}: no other one tried is better in one aim without being worse in another.",
        "试算的{tried}种法律中，{n}种位于前沿{budget}：没有另一种能在某一目标上更好而不在其他目标上更差。",
    ),
    "front_none": (
        "None of {tried} laws tried keeps the budget of {budget} million yuan and has a value in every aim.",
        "试算的{tried}种法律中，没有一种既不超出{budget}百万元预算又在各目标上有数值。",
    ),
    "within": (" within {budget} million yuan", "（预算{budget}百万元以内）"),
    "best_in": (
        "Best in {what}: {law}, with {value} ({low} to {high}){unit}.",
        "{what}最优：{law}，为{value}（{low}至{high}）{unit}。",
    ),
    "best_in_one": ("Best in {what}: {law}, with {value}{unit}.", "{what}最优：{law}，为{value}{unit}。"),
    "curse": (
        "Seen again with {n} seeds that the search had not used, the front has {fresh}{unit} in {what} on average, where the search saw {searched}: part of what a search picks is luck.",
        "用搜索未用过的{n}个种子重新计算，前沿在{what}上平均为{fresh}{unit}，而搜索时为{searched}：搜索所选的一部分是运气。",
    ),
    "no_curse": (
        "Seen again with {n} seeds that the search had not used, the front has {fresh}{unit} in {what} on average; the search saw {searched}.",
        "用搜索未用过的{n}个种子重新计算，前沿在{what}上平均为{fresh}{unit}；搜索时为{searched}。",
    ),
    "fallen": (
        "Beaten by others of the front with the fresh seeds: {n} (marked ?). What they seemed to add was luck, or is too little to tell.",
        "其中{n}种用新种子计算时被前沿上的其他方案超过（标?）：其优势是运气，或小到无法分辨。",
    ),
    "over_budget": (
        "Over the budget with the fresh seeds: {n} (marked !).",
        "其中{n}种用新种子计算时超出预算（标!）。",
    ),
    "at_bound": (
        "{path} is at {value}, the end of what was searched, in all of them: better laws may lie beyond.",
        "所有方案中{path}均为{value}，即搜索范围的端点：更好的取值可能在范围之外。",
    ),
    "lever_today": ("{path} (today {today})", "{path}（现行{today}）"),
    "reforms": ("reforms", "改革"),
    "law_levers": ("{path} {value}", "{path} {value}"),
    "law_reforms": ("with {names}", "并实施{names}"),
    "law_none": ("without a reform", "不实施改革"),
    "cost": ("cost, million yuan", "成本（百万元）"),
    "cost_name": ("public cost", "公共成本"),
    "change_of": ("{what}, difference", "{what}（差异）"),
    "level_of": ("{what}", "{what}"),
    "ratio_apart": ("{what}, {group} against {against}: ratio from 1", "{what}，{group}对{against}：比值与1的距离"),
    "gap_apart": ("{what}, {group} against {against}: gap", "{what}，{group}对{against}：差距"),
    "robust_mean": ("on average over {n} draws of what is uncertain", "对{n}组不确定参数取平均"),
    "robust_worst": ("in the worst of {n} draws of what is uncertain", "取{n}组不确定参数中最差者"),
    "robust_quantile": (
        "in the worst but {share}% of {n} draws of what is uncertain",
        "取{n}组不确定参数中除最差{share}%外的最差者",
    ),
    "robust_default": ("with everything uncertain at its default", "不确定参数取默认值"),
    "front_means": (
        "Values {robust}, with {n} seeds that the search did not use; differences are from today's law, with the interval that luck in the runs leaves. Cost is that of the reforms up to {date}{assumed}.",
        "数值{robust}，用搜索未用过的{n}个种子计算；差异相对现行法律，区间只反映模拟的随机性。成本为改革截至{date}的成本{assumed}。",
    ),
    "assumed_cost": (" and what the file assumes for the levers", "，以及文件对政策变量假设的成本"),
    "free_levers": (
        "No cost is stated for the levers: in this search moving them is free, which in life it is not.",
        "未给出政策变量的成本：在本次搜索中改变它们不花钱，现实中并非如此。",
    ),
    "searched_with": (
        "Search: {trials} trials in generations of {population} (NSGA-II), seed {search_seed}; {n} replicates from seed {seed}; one row stands for {scale} people; talentflow {version}.",
        "搜索：{trials}次试算，每代{population}个（NSGA-II），种子{search_seed}；{n}次重复，种子从{seed}起；每行代表{scale}人；talentflow {version}。",
    ),
    "no_recommendation": (
        "A search over what the model can represent, not a recommendation: what it leaves out, such as rights, politics and what offices can bear, has no price here.",
        "这是对模型可表示内容的搜索，不是建议：模型之外的因素（权利、政治、机构承受力等）在此没有价格。",
    ),
    "trials_bar": ("trials", "试算"),
    "figure_front": (
        "{n} laws, none better in one aim without a loss in another: {first}; {second}",
        "{n}种方案，任一目标的改善都以其他目标为代价：{first}；{second}",
    ),
    "figure_tried": ("tried", "试算过"),
    "figure_on_front": ("on the front, fresh seeds", "前沿（新种子）"),
}


def tell(key: str, lang: str, **values: object) -> str:
    """Return a sentence or label with its values filled in.

    >>> tell("share", "en")
    'share'
    """
    return phrase(WORDS, key, lang, **values)
