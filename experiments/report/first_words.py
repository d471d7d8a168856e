"""What the first page, the assumptions and the limits of a report say, in English and in Chinese."""

from __future__ import annotations

FIRST_WORDS: dict[str, tuple[str, str]] = {
    "headline": ("{finding} (n = {n}).", "{finding}（n = {n}）。"),
    "headline_many": (
        "{n} of {total} scenarios change the number of foreign professionals in China by {date}; {most}.",
        "{total}项方案中有{n}项改变{date}的在华外国专业人才数；{most}。",
    ),
    "most_adds": (
        "the largest estimate is that of {title}: {size} ({low} to {high}, n = {pairs}) people more",
        "估计值最大的是{title}：增加{size}人（{low}至{high}，n = {pairs}）",
    ),
    "most_none": ("none adds people clearly (n = {pairs})", "没有一项明显增加人数（n = {pairs}）"),
    "headline_many_none": (
        "No detectable effect on the number of foreign professionals in China by {date} in any of {total} scenarios; the ranges rule out more than {size} (n = {pairs}).",
        "到{date}，{total}项方案均未发现对在华外国专业人才数的影响；区间排除了大于{size}的影响（n = {pairs}）。",
    ),
    "headline_many_no_range": (
        "Too few pairs of runs (n = {pairs}) for a range: whether any of {total} scenarios changes the number of foreign professionals in China by {date} cannot be told.",
        "配对模拟过少（n = {pairs}），没有区间：无法判断{total}项方案是否改变{date}的在华外国专业人才数。",
    ),
    "levels": (
        "Under today's law about {baseline} are in China in {date}, under the reform about {reform}.",
        "{date}，现行法律下在华约{baseline}人，改革后约{reform}人。",
    ),
    "added_and_lost": (
        "About {additional} of them would otherwise not be in China, and about {displaced} who would be are not.",
        "其中约{additional}人若无改革则不在华，另有约{displaced}人本会在华而不在。",
    ),
    "share_of_draws": (
        "Of what is uncertain about this difference in one pair of runs, {parameters} is how people behave, which is not known well, and {chance} is chance.",
        "一对模拟中这一差异的不确定性，{parameters}来自对行为了解不足，{chance}来自随机性。",
    ),
    "chance_only": (
        "The range covers chance alone, not how well behaviour is known.",
        "区间只反映随机性，不反映对行为的了解程度。",
    ),
    "people_in_china": ("people in China in {date}, against today's law", "{date}在华人数（与现行法律相比）"),
    "people_in_china_of": ("people in China in {date}: {title}", "{date}在华人数：{title}"),
    "of_those": ("{outcome}, {date}, against today's law", "{outcome}（{date}，与现行法律相比）"),
    "of_those_unclear": (
        "{outcome}, {date}: no clear difference from today's law",
        "{outcome}（{date}）：与现行法律无明显差异",
    ),
    "why_unclear": ("{title}: {reason}.", "{title}：{reason}。"),
    # Assumptions.
    "assumptions": ("What is assumed", "有哪些假设"),
    "assumptions_of": (
        "Assumed on both sides by {ids}",
        "{ids}对两侧的共同假设",
    ),
    "assumptions_caption": (
        "How people decide: the parameters that are least known, and what they were set to",
        "人如何决定：最不确定的参数及其取值",
    ),
    "assumptions_note": (
        "{n} of {total} parameters of behaviour; the others are in the data of the model, each with its range. None was measured of foreign professionals in China.",
        "所列为{total}个行为参数中的{n}个，其余见模型数据，各有取值范围。没有一个是对在华外国专业人才直接测得的。",
    ),
    "law_counts": (
        "The law: {sourced} of {total} provisions rest on a published source, {assumed} on an assumption, each marked in `talentflow params`.",
        "法律：{total}项条款中{sourced}项有公开来源，{assumed}项为假设，`talentflow params`逐项注明。",
    ),
    "parameter": ("parameter", "参数"),
    "value": ("value", "取值"),
    "unit": ("unit", "单位"),
    "span": ("range", "范围"),
    "span_draws": ("range over the draws", "各组参数的范围"),
    "known_from": ("known from", "依据"),
    "range_of": ("{low} to {high}", "{low}至{high}"),
    # Limits.
    "limits": ("What is left out, and how to run it again", "未涵盖的内容与重新运行的方法"),
    "limit_forecast": (
        "No forecast: war, closed borders, recessions and other countries' answers are not in it. It ranks reforms under stated assumptions.",
        "不是预测：战争、关闭边境、衰退及他国的应对不在其中。本模型用于在所列假设下比较改革。",
    ),
    "limit_behaviour": (
        "Few numbers of behaviour are observed; most are judgement with a range. Other parameters would give other sizes, sometimes another order.",
        "观测到的行为数字很少，多数是带范围的判断；换一组参数，大小会变，有时先后也会变。",
    ),
    "limit_answers": (
        "Nobody else answers: employers' pay, prices and other countries' rules stay as they are.",
        "其他各方不作反应：用人单位薪酬、物价与他国规则保持不变。",
    ),
    "limit_missing": (
        "Families are seen through the professional who brings them; domestic graduates only as a share of contested posts.",
        "家庭只通过专业人才本人体现；国内毕业生只以竞争岗位的占比出现。",
    ),
    "limit_persons": (
        "Nobody in it is real, and no result is about a person, an origin or a sex as such.",
        "其中没有真实的人；结果不针对任何个人、来源地或性别本身。",
    ),
    "limit_chance": (
        "Ranges say what is left open by chance{parameters}. Mechanisms that are missing are in no range.",
        "区间反映随机性{parameters}所留下的不确定；缺失的机制不在任何区间之中。",
    ),
    "and_parameters": (" and the unknown parameters", "和未知参数"),
    "provenance_caption": ("What this report was made from", "本报告的来源"),
    "provenance_item": ("item", "项目"),
    "provenance_value": ("value", "内容"),
    "version": ("version", "版本"),
    "seeds": ("seeds", "随机种子"),
    "replicates": ("pairs of runs", "配对模拟次数"),
    "scale": ("people that one row stands for", "每行代表的人数"),
    "until": ("last month", "最后月份"),
    "engine": ("engine", "引擎"),
    "draws": ("draws of parameters", "参数组数"),
    "posterior": ("posterior", "后验"),
    "assumed_ids": ("assumed on both sides", "两侧共同假设"),
    "law_hash": ("hash of the law of {id}", "{id}的法律散列值"),
    "rerun": ("Run it again: the same numbers come out", "重新运行：结果数字相同"),
    "facts_from": (
        "Facts come from published law, official statistics and articles: {n} of them, each with its source, are in `scenarios/facts.csv` of the project and in `talentflow params`.",
        "事实取自公布的法律、官方统计与论文，共{n}条，均注明来源，见项目的`scenarios/facts.csv`和`talentflow params`。",
    ),
    "source_line": (
        "Source: simulation, talentflow {version}; {n} pairs of runs from seed {seed}; one row stands for {scale} people{draws}.",
        "来源：模拟，talentflow {version}；{n}对模拟，种子从{seed}起；每行代表{scale}人{draws}。",
    ),
    "source_line_crossed": (
        "Source: simulation, talentflow {version}; {n} pairs of runs under each of {n_draws} draws of parameters from seed {seed}; one row stands for {scale} people.",
        "来源：模拟，talentflow {version}；{n_draws}组参数各{n}对模拟，种子从{seed}起；每行代表{scale}人。",
    ),
    "source_draws": ("; {n} draws of parameters", "；{n}组参数"),
    "and_more": (" and {n} more", "等（另{n}项）"),
    # From what a store keeps.
    "over_draws": (
        "{title}: over {n} draws of the uncertain parameters, nine in ten differences lie between {low} and {high}.",
        "{title}：在{n}组不确定参数下，九成的差异在{low}至{high}之间。",
    ),
    "runs_missing": (
        "of {runs} runs, {left} are not done and {failed} failed: numbers may still move",
        "{runs}次模拟中，{left}次未完成，{failed}次失败，数字可能还会变动",
    ),
    "arms_cut": (
        "of {total} reforms in these runs, the first {n} are told here",
        "这些模拟共有{total}项改革，此处只列前{n}项",
    ),
    "elsewhere": ("Not in these runs", "这些模拟未涵盖的内容"),
    # Parts while they are made, and where they are missing.
    "part_compared": ("pairs of runs", "配对模拟"),
    "part_paths": ("year by year", "逐年变化"),
    "part_who": ("who gains, who loses", "谁受益，谁受损"),
    "part_cost": ("cost", "成本"),
    "part_flows": ("what became of people", "人员去向"),
    "part_decomposition": ("what each part of the package adds", "组合中各部分的贡献"),
    "part_drivers": ("what drives the answer", "什么决定结果"),
    "part_failing": ("when it fails", "何时失效"),
    "part_fit": ("fit to data", "与数据的吻合"),
    "part_stories": ("three lives", "三个人的经历"),
    "part_doing": ("Now: {part} ...", "正在进行：{part}……"),
    "part_kept": ("Kept from before: {part}", "沿用已有结果：{part}"),
    "not_kept": ("{what}: not kept here; {command} gives it.", "{what}：此处未保存；可用{command}得到。"),
}  # fmt: skip
