"""Headings, labels and notes of the sections that a comparison gives, in English and in Chinese."""

from __future__ import annotations

SECTION_WORDS: dict[str, tuple[str, str]] = {
    # Joints.
    "comma": (", ", "、"),
    "semicolon": ("; ", "；"),
    # What changes.
    "changes": ("What changes", "改变什么"),
    "changes_of": ("What {title} changes", "{title}改变什么"),
    "changes_caption": (
        "Every provision that changes, with the value in force before and the new one",
        "所有变动的条款：变动前的数值与新数值",
    ),
    "changes_first": (
        "{n} provisions change, the first in {date}.",
        "共有{n}项条款变动，最早自{date}起。",
    ),
    "changes_short": (
        "{title}: {n} provisions, the first in {date} (`talentflow explain {id}`).",
        "{title}：{n}项条款，最早自{date}起（`talentflow explain {id}`）。",
    ),
    "changes_short_none": (
        "{title}: the same law as its baseline in these runs.",
        "{title}：在这些模拟中与基准法律相同。",
    ),
    "changes_none": ("It changes no provision.", "没有条款变动。"),
    "changes_note": (
        "A source is that of the law as it is; “assumption” stands where none was found, and the reform itself is illustrative unless it says otherwise.",
        "来源指现行规定的来源；“假设”表示未找到来源；除另有说明外，改革本身为示例。",
    ),
    "acts": ("How it acts: {text}", "作用方式：{text}"),
    "cannot": ("What it cannot show: {text}", "不能说明：{text}"),
    "overruled": ("{what}: from {date} on, {by} has the last word.", "{what}：自{date}起以{by}为准。"),
    "from": ("from", "起始"),
    "until": ("until", "截止"),
    "phased": ("step by step to {date}", "至{date}逐步"),
    "what": ("provision", "条款"),
    "before": ("before", "变动前"),
    "after": ("after", "变动后"),
    "what_in": ("{what} ({places})", "{what}（{places}）"),
    "all_but": ("all but {places}", "{places}以外各地"),
    "by": ("part of", "所属改革"),
    "source": ("source", "来源"),
    "link": ("address", "网址"),
    # Outcomes.
    "outcomes": ("What comes of it", "结果如何"),
    "outcomes_caption": ("Outcomes under today's law and under the reform", "现行法律与改革下的各项结果"),
    "outcomes_earlier_caption": (
        "The same at earlier dates",
        "同样的结果，较早日期",
    ),
    "outcomes_rest": ("All other outcomes", "其他全部结果"),
    "outcomes_rest_caption": (
        "Further outcomes at the last date, under today's law and under the reform",
        "其他结果（最后时间），现行法律与改革对比",
    ),
    "outcomes_few": (
        "{clear} of {total} outcomes in {date} can be told from those under today's law.",
        "{date}的{total}项结果中，{clear}项与现行法律下的结果可以区分。",
    ),
    "outcomes_note": (
        "Differences are of pairs of runs with the same people and the same luck; the range is the 95% interval. Flows count the 12 months up to the date, levels stand at its end; differences of percentages are percentage points. “Cannot be told from zero”: the range includes zero.",
        "差异来自人员和随机性相同的成对模拟，区间为95%区间。流量为截至该月12个月合计，存量为月末值；百分比之差为百分点。“与零无法区分”：区间含零。",
    ),
    "outcome": ("outcome", "指标"),
    "date": ("date", "时间"),
    "unit": ("unit", "单位"),
    "baseline": ("today's law", "现行法律"),
    "reform": ("reform", "改革后"),
    "difference": ("difference", "差异"),
    "by_chance": ("difference, range by chance alone", "差异（仅随机性区间）"),
    "parameter_share": ("share of the variance from parameters", "方差中来自参数的占比"),
    "same_sign": ("pairs with the same sign", "同号配对占比"),
    "pairs": ("pairs", "配对数"),
    "verdict": ("reading", "判断"),
    "clear": ("clear of zero", "不含零"),
    "one_sign": ("one sign in every draw", "各组参数同号"),
    "unclear": ("cannot be told from zero", "与零无法区分"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "same": ("the same under both laws", "两种法律下相同"),
    "no_range": ("no range from so few pairs", "配对过少，无区间"),
    "undefined": ("not measured", "无法测得"),
    "scenario": ("scenario", "方案"),
    # Paths.
    "paths": ("Year by year", "逐年变化"),
    "paths_title_clear": (
        "The difference is clear of zero from {date} on",
        "自{date}起，差异不含零",
    ),
    "paths_title_parts": (
        "The difference is clear of zero in {n} of {total} years",
        "{total}年中有{n}年差异不含零",
    ),
    "paths_title_none": ("No clear difference in people in China in any year", "各年在华人数均无明显差异"),
    "paths_title_many": (
        "{n} of {total} scenarios differ clearly from today's law in {date}",
        "{date}，{total}项方案中有{n}项与现行法律有明显差异",
    ),
    "paths_subtitle": (
        "Foreign professionals in China, people, each December; band: 95% of the paired difference",
        "在华外国专业人才（人），每年12月；色带：配对差异的95%区间",
    ),
    "paths_caption": (
        "Foreign professionals in China each December, under today's law and under the reform",
        "每年12月在华外国专业人才：现行法律与改革",
    ),
    "paths_first": (
        "Drawn are the first {n} of {total} scenarios; all are in the ranking.",
        "图中只画{total}项方案中的前{n}项，全部方案见排序。",
    ),
    # Ranking.
    "ranking": ("The scenarios beside each other", "各方案比较"),
    "ranking_subtitle": (
        "Difference in foreign professionals in China in {date}, people, with its 95% range; hollow: the range includes zero",
        "{date}在华外国专业人才的差异（人）及95%区间；空心：区间含零",
    ),
    "ranking_caption": (
        "Difference in foreign professionals in China in {date}, scenario by scenario",
        "{date}在华外国专业人才的差异（按方案）",
    ),
    "ranking_note": (
        "Ranges that overlap do not tell which of two scenarios adds more; `talentflow rank` and `talentflow regret` answer that.",
        "区间相互重叠时不能判断哪项方案更大；`talentflow rank`与`talentflow regret`回答这一问题。",
    ),
    # Who.
    "who": ("Who gains, who loses", "谁受益，谁受损"),
    "who_title_clear": (
        "Largest clear gain: {most}; {n} of {total} groups differ from today's law",
        "增加最多且明显的是{most}；{total}个群体中有{n}个与现行法律有明显差异",
    ),
    "who_title_losing": (
        "Largest clear loss: {least}; {n} of {total} groups differ from today's law",
        "减少最多且明显的是{least}；{total}个群体中有{n}个与现行法律有明显差异",
    ),
    "who_title_none": ("No clear difference in any of {total} groups", "{total}个群体均无明显差异"),
    "who_subtitle": (
        "Difference in foreign professionals in China in {date}, people, with its 95% range; hollow: the range includes zero",
        "{date}在华外国专业人才的差异（人）及95%区间；空心：区间含零",
    ),
    "who_caption": (
        "People in China by {families} in {date}, under today's law and under the reform",
        "{date}在华人数（按{families}）：现行法律与改革",
    ),
    "who_note": (
        "A group loses where another gains its people: whoever is granted residence leaves the group of permits. The model has no groups by family: couples who live together are among the outcomes.",
        "有的群体减少是因为人员转入另一群体：获永久居留者不再计入许可类别。模型不按家庭分组；夫妻同住的占比见各项结果。",
    ),
    "group": ("group", "群体"),
    "family": ("by", "分组"),
    "persons_caption": (
        "People reached up to {date}: the same people under both laws, one by one (means over pairs)",
        "截至{date}触及的人：两种法律下同一个人逐一比较（配对平均）",
    ),
    "persons_note": (
        "Reached: anything in the record differs, many by no more than a date. Added, displaced: in China under one law alone. Both: in China either way.",
        "触及：记录有任何不同，许多人只是某个时间有变。新增、减少：仅在一种法律下在华。两者均在：两种法律下都在华。",
    ),
    "touched": ("reached", "触及"),
    "additional": ("added", "新增"),
    "displaced": ("displaced", "减少"),
    "deadweight": ("in China either way", "两者均在华"),
    "abroad": ("abroad either way", "两者均在境外"),
    "tiles_title": ("Largest clear gain: {most}; {n} of {total} regions differ from today's law", "增加最多且明显的是{most}；{total}个地区中{n}个有明显差异"),
    "tiles_title_fewer": ("{n} of {total} regions lose people clearly; none clearly gains", "{total}个地区中{n}个明显减少，没有地区明显增加"),
    "tiles_title_none": ("No clear difference in any region", "各地区均无明显差异"),
    "tiles_subtitle": (
        "Difference in foreign professionals in China by region in {date}, people; schematic, no borders",
        "{date}各地区在华外国专业人才的差异（人）；示意图，不表示边界",
    ),
    "tiles_caption": ("People in China by region in {date}", "{date}各地区在华人数"),
    "tiles_note": (
        "The model knows ten regions: six provinces and cities, two pairs, the North-East, and the rest together.",
        "模型分为十个地区：六个省市、两个组合、东北，以及其余地区合计。",
    ),
    "region": ("region", "地区"),
    "code": ("code", "代码"),
    # Cost.
    "cost": ("What it costs", "成本如何"),
    "cost_none": (
        "No cost of its own is stated for it.",
        "未给出其自身成本。",
    ),
    "cost_caption": (
        "Money from the first month of the reform to a date, yuan of 2024",
        "自改革首月至各时间的资金（2024年价，元）",
    ),
    "cost_note": (
        "Cost: of the reform itself, as its file assumes. Balance: tax and contributions less refunds, services, handling and the reform. A cost per added person-year exists only where the added years can be told from zero. {source}",
        "成本：改革自身成本，按方案文件的假设。收支：税费减退费、服务、办理与改革成本。只有净增人年与零可区分时才有每人年成本。{source}",
    ),
    "cost_source": ("Source of the costs: {source}; {note}.", "成本来源：{source}；{note}。"),
    "public_cost": ("cost of the reform", "改革成本"),
    "balance_difference": ("difference in the fiscal balance", "财政收支差异"),
    "added_years": ("added person-years", "净增人年"),
    "per_added_year": ("cost per added person-year", "每净增人年成本"),
    "person_years": ("person-years", "人年"),
    "million_yuan": ("million yuan", "百万元"),
    "yuan": ("yuan", "元"),
    "people": ("people", "人"),
    "days": ("days", "天"),
    # Waiting and staying.
    "waits": ("How long they wait, how long they stay", "等多久，留多久"),
    "queue_clear": (
        "Half of first permits are decided within {before} days under today's law and {after} under the reform in {date}",
        "{date}，半数首次许可在现行法律下于{before}天内办结，改革后于{after}天内办结",
    ),
    "queue_none": ("No clear difference in the days to a first permit", "首次许可办理天数没有明显差异"),
    "queue_subtitle": (
        "Days to a first permit, of those decided in the year: median and nine in ten",
        "当年决定的首次许可的办理天数：中位数与九成以内",
    ),
    "queue_caption": ("Days to a first permit by year", "各年首次许可办理天数"),
    "median": ("median", "中位数"),
    "nine_in_ten": ("nine in ten", "九成以内"),
    "law": ("law", "法律"),
    "stay": ("still in China", "仍在华"),
    "year": ("year", "年份"),
    "survival_clear": (
        "More stay: of a hundred who come, {after} rather than {before} are still in China after {years} years",
        "留下的人更多：每百人中，{years}年后仍在华者由{before}人变为{after}人",
    ),
    "survival_fewer": (
        "Fewer stay: of a hundred who come, {after} rather than {before} are still in China after {years} years",
        "留下的人更少：每百人中，{years}年后仍在华者由{before}人变为{after}人",
    ),
    "survival_none": ("No clear difference in how long people stay", "停留时间没有明显差异"),
    "survival_subtitle": (
        "Share of those who came who are still in China after so many years, seen in {date}",
        "来华者在若干年后仍在华的占比（截至{date}）",
    ),
    "survival_caption": ("Still in China after so many years", "若干年后仍在华的占比"),
    "years_stayed": ("years since entry", "入境年数"),
    # People.
    "flows": ("Who came, and what became of them", "谁来过，后来如何"),
    "flows_title": (
        "{share} of those who were in China are permanent residents there at the end, against {before} under today's law",
        "曾在华者中{share}期末为在华永久居留者，现行法律下为{before}",
    ),
    "flows_title_none": (
        "About {before} of those who were in China are permanent residents there at the end; no clear difference between the laws",
        "曾在华者中约{before}期末为在华永久居留者，两种法律下没有明显差异",
    ),
    "flows_subtitle": (
        "People in China at some time from {since} to {date}, by permit on their latest entry, and where they are at the end",
        "{since}至{date}间曾在华者：最近一次入境的许可，及期末去向",
    ),
    "flows_caption": (
        "People by permit on their latest entry and where they are in {date} (means over runs)",
        "按最近一次入境的许可及{date}去向统计的人数（各次模拟平均）",
    ),
    "entry": ("came on", "入境许可"),
    "end": ("at the end", "期末去向"),
    "entry_other": ("other ways", "其他方式"),
    "end_permit": ("on a work permit", "持工作许可"),
    "end_seeking": ("between posts", "求职期"),
    "end_resident": ("permanent resident", "永久居留"),
    "end_retired": ("retired in China", "在华退休"),
    "end_left": ("left China", "已离华"),
    "points_title_moved": (
        "The bar of {category} moves from {before} to {after} points",
        "{category}分数线由{before}分变为{after}分",
    ),
    "points_title_same": ("The bars stay where they are; {share} of people on a permit reach Category A's", "分数线不变；{share}的持证者达到A类分数线"),
    "points_subtitle": (
        "People on a permit of Category A, B or C in {date}, by points at the last scoring, {bin} points a bar",
        "{date}持A、B、C类许可者，按最近一次评分分组，每组{bin}分",
    ),
    "points_caption": ("People on a permit by points in {date} (means over runs)", "{date}持证者按积分分布（各次模拟平均）"),
    "points_note": (
        "Points are one way among several into a category. Bars are those of most places; {local}",
        "积分只是进入各类别的途径之一。分数线为多数地区的数值；{local}",
    ),
    "points_from": ("points from", "积分（自）"),
    "bars_alike": ("they are the same everywhere.", "各地相同。"),
    "bars_differ": ("some places have others.", "个别地区另有规定。"),
}  # fmt: skip
