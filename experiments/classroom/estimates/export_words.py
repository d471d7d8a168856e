"""What the exported page says, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Policy choices, estimated", "政策选择：估算"),
    "language": ("Language", "语言"),
    "loud": (
        "Everything here is an estimate. Nothing is simulated on this page.",
        "本页全部为估算，不作任何模拟。",
    ),
    "loud_more": (
        "{laws} laws were simulated beforehand; the page reads between them. How wrong that is was measured on {tests} laws that it had not seen, and stands beside every number. To run the model itself, see the end of the page.",
        "模型事先模拟了{laws}种法律方案，本页在其间推算。推算误差以另外{tests}种未参与拟合的方案测得，列于每个数字旁。要运行模型本身，请看页末。",
    ),
    "choices": ("Measures of the article", "文章提出的措施"),
    "levers": ("Single rules, from January 2027 on", "单项规则（自2027年1月起）"),
    "family_packages": ("Whole packages", "整套方案"),
    "family_legal": ("Law and permits", "法律与许可"),
    "family_management": ("Management and procedure", "管理与办理"),
    "family_services": ("Services and family", "服务与家庭"),
    "family_environment": ("Research, treatment and contact", "科研、待遇与交流"),
    "family_other": ("Examples", "示例"),
    "today": ("today {value}", "现行值 {value}"),
    "on": ("yes", "是"),
    "off": ("no", "否"),
    "clear": ("Back to today’s law", "恢复现行法律"),
    "chip_estimate": ("estimate", "估算"),
    "chip_exact": ("simulated beforehand, {n} pairs", "事先模拟，{n}对"),
    "chip_none": ("no estimate", "无估算"),
    "nothing": ("Choose a measure, or move a rule.", "请选择一项措施，或调整一项规则。"),
    "adds": (
        "Adds about {size} foreign professionals in China by December 2040",
        "到2040年12月，在华外国专业人才约增加{size}人",
    ),
    "removes": (
        "Leaves about {size} fewer foreign professionals in China by December 2040",
        "到2040年12月，在华外国专业人才约减少{size}人",
    ),
    "too_small": (
        "Too small to tell by an estimate: only an effect on foreign professionals in China above {size} by December 2040 could be told.",
        "影响过小，估算无法判断：到2040年12月，只有在华外国专业人才变化超过{size}人才能判断。",
    ),
    "wrong_by": (
        "; such estimates were wrong by {error} (root mean square over laws not seen).",
        "；此类估算的误差为{error}人（对未参与拟合方案的均方根误差）。",
    ),
    "simulated_in": (" ({low} to {high}).", "（{low}至{high}）。"),
    "no_effect": (
        "No detectable effect on foreign professionals in China larger than {size} by December 2040.",
        "到2040年12月，未发现对在华外国专业人才有大于{size}人的影响。",
    ),
    "stock_poor": (
        "People in China: no estimate, as estimates of this kind were too far from the simulation.",
        "在华人数：此类估算与模拟相差过大，不予估算。",
    ),
    "no_estimate": ("No estimate: {why}.", "无估算：{why}。"),
    "chart": ("Foreign professionals in China, each December, persons", "在华外国专业人才（每年12月，人）"),
    "chart_baseline": ("today’s law", "现行法律"),
    "chart_reform": ("this choice, simulated", "所选方案（模拟）"),
    "chart_dots": ("this choice, estimated", "所选方案（估算）"),
    "chart_note": (
        "Lines were simulated. Dots are estimates; the bar shows twice the error either way.",
        "实线为模拟结果；圆点为估算，竖线表示正负两倍误差。",
    ),
    "policy_start": ("from January 2027", "2027年1月起"),
    "numbers": ("Numbers: difference from today’s law", "数字：与现行法律之差"),
    "outcome": ("Outcome", "结果"),
    "baseline_2040": ("Today’s law, 2040", "现行法律，2040年"),
    "by_2035": ("December 2035", "2035年12月"),
    "by_2040": ("December 2040", "2040年12月"),
    "not_told": ("not estimated", "不估算"),
    "flows": (
        "Flows count the twelve months up to the date. ± is the error of such estimates, root mean square; of simulated numbers, half of the 95% interval over draws of the uncertain parameters.",
        "流量为截至该日的12个月合计。±为此类估算的均方根误差；模拟数字则为不确定参数各组取值下95%区间的半宽。",
    ),
    "poor_are": (
        "Not estimated for single rules, as errors were half of the effects or more: {names}.",
        "对单项规则不作估算（误差达到影响的一半以上）：{names}。",
    ),
    "not_quadratic": (
        "An estimate cannot see a threshold: where a queue jams, a quota binds or a rule first applies, only the simulation tells.",
        "估算看不到临界点：排队拥堵、配额用尽或规则开始生效之处，只有模拟才能给出答案。",
    ),
    "provisional": (
        "The model is calibrated to few observed numbers. It is not a forecast; it compares reforms.",
        "模型仅按少量观测值校准；不是预测；用于比较改革方案。",
    ),
    "real": ("Run the real thing", "运行模型"),
    "real_how": (
        "Install talentflow, then type the first line and open the address it prints; put the second behind that address to find this choice again.",
        "安装 talentflow 后输入第一行命令，打开所显示的网址；在网址后接第二行即可恢复当前选择。",
    ),
    "command": ("Command", "命令"),
    "fragment": ("Behind the address", "接在网址后"),
    "made": ("How this was made", "制作说明"),
    "made_line": (
        "talentflow {version}; {made_with}; {runs} pairs of runs, {scale} people a row, {draws} draws of the uncertain parameters, first seed {seed}; model {source}.",
        "talentflow {version}；{made_with}；共{runs}对模拟，每行代表{scale}人，不确定参数{draws}组，首个随机种子{seed}；模型 {source}。",
    ),
    "no_script": ("This page needs JavaScript, which runs in the page alone.", "本页需要 JavaScript，仅在页面内运行。"),
}
"""Each text by its key: English, Chinese."""
