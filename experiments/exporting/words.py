"""What exports say of themselves: columns, sheets and sentences, in English and in Chinese."""

from __future__ import annotations

COLUMNS: dict[str, tuple[str, str, str, str]] = {
    "arm": ("arm", "方案", "law that was run: an arm of the experiment, or the baseline", "所模拟的法律：试验中的一个方案，或基准"),
    "title": ("title", "名称", "what the arm is called", "方案名称"),
    "role": ("role", "角色", "baseline, or reform", "baseline为基准，reform为改革"),
    "against": ("against", "对照", "run of the baseline that a run of a reform is compared with", "与改革模拟相对照的基准模拟"),
    "run": ("run", "模拟", "name of the run: a hash of all that determines it", "模拟编号：由决定其结果的全部内容算出的散列值"),
    "chunk": ("chunk", "分块", "file of results that the run is written to", "模拟结果所在的文件编号"),
    "family": ("family", "组", "runs that share people, luck and past", "共用人群、随机性和历史的一组模拟"),
    "draw": ("draw", "抽样", "setting of the uncertain parameters, a row of the table of draws", "不确定参数的一组取值，见抽样表"),
    "replicate": ("replicate", "重复", "number of the replicate, from 0", "重复编号，从0起"),
    "seed": ("seed", "种子", "number that fixes all luck of the replicate", "决定该次重复全部随机性的数"),
    "outcome": ("outcome", "指标", "name of the outcome", "指标代号"),
    "label": ("what", "指标名称", "what the outcome is called", "指标名称"),
    "group": ("group", "群体", "people counted: all, or those with one trait", "所计人群：all为全部，或具有某一特征者"),
    "group_label": ("who", "群体名称", "what the group is called", "群体名称"),
    "date": ("date", "时间", "month, YYYY-MM", "月份，YYYY-MM"),
    "unit": ("unit", "单位", "unit of the numbers of the row", "该行数值的单位"),
    "value": ("value", "数值", "the outcome in one run; empty where it is not defined", "一次模拟的指标值；无定义时为空"),
    "baseline": ("baseline", "基准", "mean under the baseline", "基准下的平均值"),
    "reform": ("reform", "改革后", "mean under the reform", "改革下的平均值"),
    "difference": ("difference", "差异", "mean of reform less baseline, pair by pair", "逐对计算的改革减基准之平均"),
    "low": ("low", "下限", "lower end of the interval of the difference; empty where there is none", "差异区间下限；无区间时为空"),
    "high": ("high", "上限", "upper end of the interval of the difference", "差异区间上限"),
    "n": ("n", "n", "replicates that the row comes from", "该行所依据的重复数"),
    "same_sign": ("same sign", "同号比例", "share of replicates whose difference has the sign of the mean", "差异与平均差异同号的重复占比"),
    "error": ("MC error", "模拟误差", "Monte Carlo standard error of the difference", "差异的蒙特卡罗标准误"),
    "method": ("method", "方法", "how the interval was found: t, bca (bootstrap), predictive (over draws; -one-sign: cut at 0), point (all differences equal), none", "区间方法：t；bca（自助法）；predictive（跨参数抽样；-one-sign：到零为止）；point（差异全部相同）；none（无）"),
    "draws": ("draws", "抽样数", "draws of the uncertain parameters that the row averages over", "该行所平均的参数抽样数"),
    "draw_low": ("5% of draws", "抽样5%分位", "difference (mean over replicates) that 5% of the draws fall below; empty for one draw; chance is in it", "5%的抽样低于此差异（重复平均）；只有一次抽样时为空；含随机性"),
    "draw_mid": ("median of draws", "抽样中位数", "median over draws of the difference", "差异在抽样间的中位数"),
    "draw_high": ("95% of draws", "抽样95%分位", "difference that 95% of the draws fall below", "95%的抽样低于此差异"),
    "model": ("model", "模型", "model and its version", "模型及版本"),
    "scenario": ("scenario", "情景", "arm of the experiment, or the baseline", "试验中的方案，或基准"),
    "region": ("region", "地区", "China, or a region of it", "中国或其中一个地区"),
    "variable": ("variable", "变量", "outcome and group, see the section of variables", "指标与群体，见“变量”部分"),
    "section": ("section", "部分", "part of the dictionary", "字典的部分"),
    "name": ("name", "代号", "name as it stands in the files", "文件中的代号"),
    "label_en": ("label (en)", "名称（英）", "what it is called in English", "英文名称"),
    "label_zh": ("label (zh)", "名称（中）", "what it is called in Chinese", "中文名称"),
    "meaning_en": ("meaning (en)", "含义（英）", "what it is or counts, in English", "英文含义"),
    "meaning_zh": ("meaning (zh)", "含义（中）", "what it is or counts, in Chinese", "中文含义"),
    "kind": ("kind", "类型", "level, flow, ratio or other kind of number", "存量、流量、比率等"),
    "source": ("source", "来源", "where it is documented, or the assumption behind it", "文档位置或所依据的假设"),
}  # fmt: skip
"""Column -> header in English and Chinese, meaning in English and Chinese."""

SHEETS: dict[str, tuple[str, str]] = {
    "readme": ("read me", "说明"),
    "effects": ("effects", "效果"),
    "runs": ("runs", "模拟结果"),
    "draws": ("draws", "参数抽样"),
    "plan": ("plan", "计划"),
    "dictionary": ("dictionary", "数据字典"),
}

TABLES: dict[str, tuple[str, str]] = {
    "effects": (
        "one row for each arm, outcome, group and date: reform against baseline",
        "每个方案、指标、群体和时间一行：改革与基准的比较",
    ),
    "runs": (
        "one row for each run, outcome, group and date",
        "每次模拟、指标、群体和时间一行",
    ),
    "draws": ("one row for each setting of what is uncertain", "不确定参数的每组取值一行"),
    "plan": ("one row for each run that the experiment asks for", "试验要求的每次模拟一行"),
    "dictionary": ("this dictionary", "本字典"),
    "iamc": (
        "one row for each scenario, region and variable: means over replicates and draws, a column for each year's December",
        "每个情景、地区和变量一行：重复与抽样的平均值，每年（12月）一列",
    ),
    "netcdf": (
        "a variable for each outcome, along arm, draw, replicate, group and date",
        "每个指标一个变量，按方案、抽样、重复、群体和时间排列",
    ),
}

SECTIONS: dict[str, tuple[str, str]] = {
    "about": ("about", "概况"),
    "table": ("table", "表"),
    "column": ("column", "列"),
    "variable": ("variable", "变量"),
    "outcome": ("outcome", "指标"),
    "group": ("group", "群体"),
    "arm": ("arm", "方案"),
    "parameter": ("parameter", "参数"),
}

SENTENCES: dict[str, tuple[str, str]] = {
    "title": ("experiment", "试验"),
    "comparison_title": ("means of a comparison", "比较结果的平均值"),
    "version": ("version of the model", "模型版本"),
    "seed": ("first seed", "起始种子"),
    "scale": ("people that one row stands for", "每行代表的人数"),
    "until": ("last month simulated", "模拟的最后一月"),
    "engine": ("engine", "引擎"),
    "confidence": ("coverage of intervals", "区间的置信水平"),
    "runs_done": ("runs done, of those planned", "已完成的模拟数/计划数"),
    "assumed": ("assumed on both sides", "两侧共同的假设"),
    "none": ("nothing", "无"),
    "done_of": ("{done} of {planned}", "{planned}次中的{done}次"),
    "chance_only": (
        "Intervals are of the difference within pairs that share people and luck; they cover chance only, not how well behaviour is known.",
        "区间针对共用人群和随机性的配对差异；只反映随机性，不反映对行为的了解程度。",
    ),
    "over_draws": (
        "Intervals are where the effect lies given that the parameters are not known, chance averaged out (method predictive); pairs share people, luck and parameters.",
        "区间为参数未知、平均掉随机性之后效果所在的范围（方法为predictive）；每对共用人群、随机性和参数。",
    ),
    "draws_in_turn": (
        "Every pair has one draw of the uncertain parameters, in turn, and luck of its own; n counts pairs.",
        "每对模拟依次取一组不确定参数，随机性各不相同；n为对数。",
    ),
    "averaged": (
        "With several draws, each replicate first averages over the draws; n counts replicates. Where runs are missing, the most pairs are kept for which every replicate has the same draws.",
        "有多次参数抽样时，先在每次重复内对抽样取平均，n为重复数。有模拟缺失时，保留各重复抽样相同的最多配对。",
    ),
    "arm_levers": ("sets {levers} from {month}", "自{month}起设定{levers}"),
    "arm_parts": ("joins {parts}", "合并{parts}"),
    "arm_plain": ("the reform as shipped or given in its file", "随附或文件所给的改革"),
    "arm_baseline": ("the law as enacted, continued", "现行法律的延续"),
    "parameter_here": ("uncertain; its value in each draw", "不确定参数；各次抽样中的取值"),
    "nothing_done": ("{folder}: no run has finished yet; nothing to export", "{folder}：尚无完成的模拟，无可导出"),
    "exists": ("{path} exists; --force replaces it, --out names another place", "{path}已存在；--force替换，或用--out另选位置"),
    "too_many_rows": (
        "{rows} rows are more than the {most} of an Excel sheet: leave out single runs (--no-runs), ask for fewer outcomes or arms (--outcome, --arm), or use --format parquet",
        "{rows}行超过Excel工作表的{most}行：请略去单次模拟（--no-runs），减少指标或方案（--outcome、--arm），或用--format parquet",
    ),
    "too_many_numbers": (
        "the file would hold {numbers} numbers, more than {most}: ask for fewer outcomes or arms (--outcome, --arm), or use --format parquet",
        "文件将含{numbers}个数，超过{most}个：请减少指标或方案（--outcome、--arm），或用--format parquet",
    ),
    "needs_runs": (
        "these results are means and hold no single runs; NetCDF needs those of an experiment: use --format csv, xlsx, parquet or iamc",
        "这些结果只有平均值，没有单次模拟；NetCDF需要试验的单次模拟：请用csv、xlsx、parquet或iamc",
    ),
    "no_year": (
        "IAMC tables have one number a year, that of December; these runs kept {dates} only",
        "IAMC表每年一个数（12月）；这些模拟只保留了{dates}",
    ),
    "months_left_out": (
        "IAMC tables have one number a year, that of December: left out {dates}",
        "IAMC表每年一个数（12月）：已略去{dates}",
    ),
    "missing_library": (
        "--format {format} needs {library}: pip install 'talentflow[export]'",
        "--format {format}需要{library}：pip install 'talentflow[export]'",
    ),
    "not_a_store": (
        "{folder} holds neither an experiment (manifest.json) nor a comparison (compare.json)",
        "{folder}中既没有试验（manifest.json）也没有比较结果（compare.json）",
    ),
}  # fmt: skip
