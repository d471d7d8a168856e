"""What stands around the lives that a report tells, in English and in Chinese."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "heading_0": ("Lives under both laws", "两种法律下的人生"),
    "heading_1": ("One life", "一段人生"),
    "heading_2": ("Two lives", "两段人生"),
    "heading_3": ("Three lives", "三段人生"),
    "finding": (
        "The same invented people live twice, under today's law and under “{title}”: {kinds}.",
        "同样的虚构人物分别在现行法律和“{title}”之下各活一次：{kinds}。",
    ),
    "none": (
        "Nobody's life was found to differ under “{title}” in a way that can be told: of the people tried, none comes, stays or leaves otherwise.",
        "在“{title}”之下，没有找到可以讲述的不同人生：所试的人中，没有谁因此来华、留下或离开。",
    ),
    "means": (
        "They show how the rules work on one person. They are picked for being short to tell, so they are no evidence of how many live so, and nobody's life is foretold.",
        "这些人生展示规则如何作用于个人。挑选时取其便于讲述者，不说明有多少人如此，也不预测任何人的人生。",
    ),
    "comma": ("; ", "；"),
    # Kinds.
    "stayed-only-because": ("one is in China at the end only under the reform", "一人只在改革之下最终留在中国"),
    "came-only-because": ("one comes only under the reform", "一人只在改革之下来华"),
    "left-despite": ("one leaves all the same", "一人仍然离开"),
    "kept-out": ("one comes only under today's law", "一人只在现行法律下来华"),
    "title_stayed-only-because": ("In China at the end only under the reform", "只在改革之下最终留在中国"),
    "title_came-only-because": ("Comes only under the reform", "只在改革之下来华"),
    "title_left-despite": ("Leaves all the same", "仍然离开"),
    "title_kept-out": ("Comes only under today's law", "只在现行法律下来华"),
    # Chapters.
    "same_until": ("The same under both laws until {date}", "{date}之前，两种法律下相同"),
    "part": (
        "In {date} the two lives part; why (today's law against the reform)",
        "{date}起，两种人生分开；原因（现行法律之下对改革之下）",
    ),
    "today": ("Under today's law", "现行法律之下"),
    "reform": ("Under “{title}”", "“{title}”之下"),
    "left_out": ("{n} months with less news in between are left out.", "其间{n}个月变化较少，从略。"),
    "left_out_one": ("A month with less news in between is left out.", "其间1个月变化较少，从略。"),
    "who": ("{who} {invented}", "{who}{invented}"),
    "command": ("The whole of this life, each decision with its reasons", "此人的完整经历与每次决定的理由"),
}
