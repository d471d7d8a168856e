"""What is said of the parts of a package in a report, in English and in Chinese."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "heading": ("Which part does what", "各部分的作用"),
    "most": (
        "{title}: of its parts, “{name}” does most: {size} ({low} to {high}) of about {total} ({total_low} to {total_high}) more people in China by {date}.",
        "{title}：各部分中，“{name}”作用最大：到{date}，在华人数共增加约{total}（{total_low}至{total_high}），其中{size}（{low}至{high}）归于它。",
    ),
    "most_fewer": (
        "{title}: of its parts, “{name}” does most: {size} ({low} to {high}) of about {total} ({total_low} to {total_high}) fewer people in China by {date}.",
        "{title}：各部分中，“{name}”作用最大：到{date}，在华人数共减少约{total}（{total_low}至{total_high}），其中{size}（{low}至{high}）归于它。",
    ),
    "even": (
        "{title}: of about {total} ({total_low} to {total_high}) {more} people in China by {date}, the largest share told from zero is that of “{name}”, {size} ({low} to {high}), but “{next}” is not told to do less.",
        "{title}：到{date}，在华人数共{more}约{total}（{total_low}至{total_high}），可与零区分的份额中最大的是“{name}”，{size}（{low}至{high}），但无法断定“{next}”的作用更小。",
    ),
    "more": ("more", "增加"),
    "fewer": ("fewer", "减少"),
    "undivided": (
        "{title}: its effect cannot be shared among its parts ({reason}).",
        "{title}：其影响无法在各部分之间划分（{reason}）。",
    ),
    "parts_untold": (
        "{title}: about {total} ({total_low} to {total_high}) people in China ({date}), of which no part's share can be told from zero.",
        "{title}：对在华人数的影响约{total}（{total_low}至{total_high}）（{date}），其中没有任何部分的份额可与零区分。",
    ),
    "total_untold": (
        "{title}: the effect of all parts together on people in China ({date}), {total} ({total_low} to {total_high}), cannot be told from zero in these runs.",
        "{title}：各部分合计对在华人数的影响（{date}）为{total}（{total_low}至{total_high}），在这些模拟中无法与零区分。",
    ),
    "figure_most": ("“{name}” does most", "“{name}”作用最大"),
    "figure_one": ("“{name}” is the only part told from zero", "只有“{name}”可与零区分"),
    "figure_even": ("No part is told to do more than all others", "没有哪个部分的作用明显大于其余各部分"),
    "figure_none": ("No part alone is told from zero", "没有任何部分可与零区分"),
    "subtitle": (
        "What each part adds to people in China, {date}: mean over the orders in which the parts could join (Shapley); lines: {percent}% intervals.",
        "各部分增加的在华人数，{date}：按各部分加入的次序平均（沙普利值）；横线：{percent}%区间。",
    ),
    "source": (
        "{n} sets of runs from seed {seed}, {made}; one row stands for {scale} people; talentflow {version}. Simulated.",
        "{n}组模拟，种子从{seed}起，{made}；每行代表{scale}人；talentflow {version}。模拟结果。",
    ),
    "at_defaults": ("parameters at their defaults", "参数取默认值"),
    "over_draws": ("each another draw of the uncertain parameters", "每组取一次不确定参数的抽样"),
    "exact": ("every combination of the parts run", "各部分的每种组合都已模拟"),
    "sampled": ("{orders} orders of joining", "{orders}种加入次序"),
    "caption": ("What is due to each part", "各部分的份额"),
    "note": (
        "Shares are rounded so that they add up to the whole. These runs are fewer or coarser than those of the headline, so that the whole may differ from it within the range. Alone: what a part adds to today's law. Last: what it adds to all others.",
        "份额经四舍五入后之和等于总量。这些模拟比标题结果的少或粗，因此总量可能在区间内与之不同。单独：在现行法律上的增量。最后：在其余各部分之上的增量。",
    ),
    "label": ("part", "部分"),
    "share": ("share", "份额"),
    "role": ("role", "角色"),
    "part": ("part", "部分"),
    "total": ("total", "合计"),
    "running": ("running total", "累计"),
    "alone": ("alone", "单独"),
    "last": ("last", "最后"),
    "together": ("All together", "合计"),
}
