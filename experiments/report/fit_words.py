"""What is said of the model beside data in a report, in English and in Chinese."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "heading": ("How it fits the data", "与数据的符合程度"),
    "finding": (
        "{holds} of {total} observed numbers lie in the 90% range that the model foretells when it is fitted to the others alone. Of {held_out} numbers that it was never fitted to it meets {met}, and {implausible} are implausible.",
        "{total}个观测数字中，有{holds}个落在模型只用其余数字拟合时所预测的90%范围内。从未用于拟合的{held_out}个数字中，符合{met}个，{implausible}个不可信。",
    ),
    "today": (
        "This is the model under today's law, as shipped: the same for every report. No run was made for it.",
        "这是随版本发布的模型在现行法律下的表现，各份报告相同，未另作模拟。",
    ),
    "figure": (
        "{holds} of {total} observed numbers lie in the range foretold without them",
        "{total}个观测数字中有{holds}个落在未用其拟合的预测范围内",
    ),
    "figure_all": (
        "All {total} observed numbers lie in the range foretold without them",
        "{total}个观测数字全部落在未用其拟合的预测范围内",
    ),
    "subtitle": (
        "Observed numbers with the range in which they likely lie, against what the model foretells of each when fitted to the others alone; 90% ranges.",
        "观测数字及其可能范围，与只用其余数字拟合时模型的预测相比；均为90%范围。",
    ),
    "source": (
        "Calibration shipped with the model: a posterior of {sample} draws, seed {seed}, one row stands for {scale} people; talentflow {version}. Observed numbers: official counts and surveys.",
        "随模型发布的校准：后验样本{sample}组，种子{seed}，每行代表{scale}人；talentflow {version}。观测数字：官方统计与调查。",
    ),
    "caption": ("Observed numbers, and what the model foretells without them", "观测数字与模型未经其拟合的预测"),
    "note": (
        "Likely range: error of observation and what the model leaves out (an assumption), together. Numbers marked as the rest of a whole follow from others and were not fitted; what is foretold of them is with all others fitted.",
        "可能范围：观测误差与模型缺失（假设）之和。标为其余部分者由其他数字得出，未经拟合；其预测是用全部其他数字拟合的结果。",
    ),
    "rest_of_whole": ("{label}, {period} (the rest of a whole)", "{label}，{period}（其余部分）"),
    "label_of": ("{label}, {period}", "{label}，{period}"),
    "label": ("observed number", "观测数字"),
    "observed": ("observed, likely range", "观测值与可能范围"),
    "model": ("foretold without it", "未用其拟合的预测"),
    "unit": ("unit", "单位"),
    "met": ("in the range", "在范围内"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "missed": ("Wrong, of the numbers never fitted to:", "从未用于拟合而未符合的数字："),
    "missed_none": ("All numbers never fitted to are met.", "从未用于拟合的数字全部符合。"),
    "patterns": (
        "Of {total} patterns that theory or evidence expects, and the model was not fitted to, {predicted} are predicted, {wrong} are not, and {unclear} are unclear.",
        "在{total}项由理论或证据预期、模型未经拟合的规律中，{predicted}项得到预测，{wrong}项未得到，{unclear}项不明确。",
    ),
    "pattern_caption": ("Patterns that the model was not fitted to", "模型未经拟合的规律"),
    "pattern_note": (
        "Read once for this version, {replicates} runs from seed {seed}, one row stands for {scale} people. Unclear: the model's range reaches into the expected one and out of it.",
        "为本版本读取一次：{replicates}次模拟，种子从{seed}起，每行代表{scale}人。不明确：模型的区间与预期范围部分重叠。",
    ),
    "pattern": ("pattern", "规律"),
    "expected": ("expected", "预期"),
    "verdict": ("verdict", "判断"),
}

UNITS: dict[str, str] = {
    "permits": "件", "persons": "人", "share": "占比", "days": "天", "arrivals": "人次", "cards": "张", "elasticity": "弹性",
    "ratio": "比值", "applications": "件",
}  # fmt: skip
"""Units of observed numbers in Chinese."""
