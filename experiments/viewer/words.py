"""What the viewer says, in English and in Chinese."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "name": ("Talent flow: one run, month by month", "人才流动：逐月观看一次模拟"),
    "heading": ("{date}: {stock} foreign professionals in China", "{date}：在华外国专业人才{stock}人"),
    "beside": (
        "{title}. Under today's law, with the same people and the same luck: {stock}.",
        "{title}。同样的人、同样的运气，在现行法律之下为{stock}人。",
    ),
    "luck": (
        "This is one run: one roll of luck (seed {seed}), one row for {scale} people. It shows how the model moves, not what "
        "a reform does. For that, compare many runs:",
        "这只是一次模拟、一种运气（种子{seed}），一行代表{scale}人。它展示模型怎样运转，不说明改革有多大效果。"
        "要看效果，请比较多次模拟：",
    ),
    "or_classroom": ("or in a browser, with bands:", "或在浏览器中查看带区间的结果："),
    "levers_left_out": (
        "The levers set by hand are not part of that command.",
        "上述命令不含手工设定的参数。",
    ),
    "how": (
        "Choose on the left, then press Reset: choices hold from the next run on, \u201c-\u201d leaves a lever as the scenario "
        "has it. What comes before January 2027 is run at once.",
        "先在左侧选择，再按“Reset”重新开始，选择才会生效；“-”表示依方案不变。2027年1月之前的月份一次算完。",
    ),
    "map": ("Where they are", "分布地区"),
    "map_subtitle": ("People at the end of {date}", "{date}末人数"),
    "region": ("Region", "地区"),
    "stock": ("People in China", "在华人数"),
    "stock_subtitle": ("At the end of each month", "各月末人数"),
    "moves": ("Coming and going", "流入与流出"),
    "moves_subtitle": ("People in the 12 months up to each month", "截至各月的12个月内人数"),
    "inflow": ("In", "流入"),
    "outflow": ("Out", "流出"),
    "chosen": ("This run", "本次模拟"),
    "today": ("Today's law", "现行法律"),
    "categories": ("On which permit or residence", "许可与居留类别"),
    "categories_subtitle": ("People at the end of {date}", "{date}末人数"),
    "waits": ("Queues at the desks", "各窗口排队"),
    "waits_subtitle": (
        "Mean working days before a file is taken up, in {date}; handling itself apart",
        "{date}材料开始办理前平均排队工作日，不含办理时间",
    ),
    "series": ("Series", "序列"),
    "date": ("Month", "月份"),
    "group": ("Group", "类别"),
    "station": ("Desk", "环节"),
    "label": ("What", "名称"),
    "value": ("This run", "本次模拟"),
    "persons": ("people", "人"),
    "days": ("working days", "工作日"),
    "legalisation": ("Papers", "材料认证"),
    "notice": ("Notice", "许可通知"),
    "visa": ("Visa", "签证"),
    "card": ("Permit card", "工作许可证"),
    "medical": ("Medical", "体检"),
    "residence": ("Residence permit", "居留许可"),
    "registration": ("Registration", "社保税务登记"),
    "pr_review": ("Permanent residence", "永久居留审核"),
    "law": ("Scenario", "方案"),
    "seed": ("Seed (luck)", "种子（运气）"),
    "scale": ("People a row", "每行代表人数"),
    "points_a": ("Points for Category A from 2027", "2027年起A类所需积分"),
    "permit_months_b": ("Months of a Category B permit from 2027", "2027年起B类许可月数"),
    "refund_share": ("Pension share refunded from 2027 (0 to 1)", "2027年起养老金单位缴费退还比例（0至1）"),
    "extra": (
        "The viewer needs Mesa's SolaraViz, which is not installed: pip install -e '.[viewer]'",
        "缺少查看器所需的SolaraViz，请先安装：pip install -e '.[viewer]'",
    ),
}
