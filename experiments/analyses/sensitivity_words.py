"""What is said of sensitivity, in English and in Chinese: the finding first, then what the numbers mean."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from experiments.analyses.parameters import parameter_label
from experiments.analyses.titles import number_label
from experiments.design import version
from experiments.dots import Dot, Dots
from experiments.findings import quantum_of, rounded, subject
from experiments.words import phrase, say, unit_label

if TYPE_CHECKING:
    from experiments.analyses.index import Index
    from experiments.analyses.sensitivity_result import Answer, Sensitivity

_NAMED = 3
"""Parameters that a sentence names."""
_DOTS = 15
"""Parameters that a figure shows, and however many are clear."""
_FEW_REPLICATES = 3
WORDS: dict[str, tuple[str, str]] = {
    "morris": (
        "{number}: {first} moves it most; half of its range changes it by about {size}{unit} ({low} to {high}) on average, {sign}{then}.{rest}",
        "{number}：{first}的作用最大，取值移动半个范围平均改变约{size}{unit}（{low}至{high}），{sign}{then}。{rest}",
    ),
    "sobol": (
        "{number}: {first} accounts for {size} of its variance ({low} to {high}), alone and together with others{then}.{rest}",
        "{number}：{first}（含与其他参数的共同作用）解释其方差的{size}（{low}至{high}）{then}。{rest}",
    ),
    "pawn": (
        "{number}: {first} shifts it most, by a distance of {size} ({low} to {high}); luck alone gives up to {dummy}{then}.{rest}",
        "{number}：{first}使其分布变化最大，距离为{size}（{low}至{high}）；纯属偶然时至多{dummy}{then}。{rest}",
    ),
    "nothing": (
        "{number}: none of the {n} parameters is distinguishable from zero.",
        "{number}：{n}个参数都无法与零区分。",
    ),
    "constant": ("{number}: it is the same in all runs.", "{number}：所有模拟中都相同。"),
    "then": ("; next come {names}", "；其次是{names}"),
    "then_one": ("; next comes {names}", "；其次是{names}"),
    "named": ("{name} ({size})", "{name}（{size}）"),
    "joint": (" and ", "和"),
    "rest": (
        " {n} of {total} parameters are not distinguishable from zero.",
        "{total}个参数中有{n}个无法与零区分。",
    ),
    "rest_one": (
        " 1 of {total} parameters is not distinguishable from zero.",
        "{total}个参数中有1个无法与零区分。",
    ),
    "up": ("upwards as it rises", "取值越高数值越高"),
    "down": ("downwards as it rises", "取值越高数值越低"),
    "both_ways": ("up in some places and down in others", "方向因情形而异"),
    # Headers.
    "rank": ("rank", "名次"),
    "parameter": ("parameter", "参数"),
    "index_morris": ("mean change, {unit}", "平均改变（{unit}）"),
    "index_sobol": ("total share of variance", "总方差占比"),
    "index_pawn": ("distance", "距离"),
    "second_morris": ("spread of it", "改变的离散度"),
    "second_sobol": ("alone", "单独占比"),
    "direction": ("direction", "方向"),
    "sign_up": ("up", "升"),
    "sign_down": ("down", "降"),
    "sign_both": ("both", "不定"),
    "verdict": ("verdict", "判断"),
    "clear": ("clear", "明确"),
    "not_clear": ("not distinguishable from zero", "无法与零区分"),
    "dummy": ("a dummy that does nothing", "不起作用的虚设参数"),
    "more": (
        "{n} more parameters are not distinguishable from zero (all are in the JSON).",
        "另有{n}个参数无法与零区分（全部见JSON）。",
    ),
    # What the numbers mean.
    "means_morris": (
        "Mean change: how much the number changes, up or down, when a parameter moves by half of its prior's probability, over {blocks} places of the space. A spread as large as the change means that other parameters decide what it does.",
        "平均改变：参数移动其先验分布一半概率时，该数值（不论升降）的平均改变，取自空间中{blocks}处。离散度与改变相当时，其作用取决于其他参数。",
    ),
    "means_sobol": (
        "Total share: the part of the number's variance over the priors that would be gone if all else were known; shares add up to more than 1 where parameters act together. Alone: the part that would be gone if it were known. From {blocks} base rows.",
        "总方差占比：其他参数都已知时仍余的方差份额；参数共同作用时各占比之和大于1。单独占比：该参数已知时减少的方差份额。取自{blocks}个基础样本。",
    ),
    "means_pawn": (
        "Distance: the largest gap between the distribution of the number where the parameter lies in one slice of its range and that of all draws, 0 to 1, median over slices. It is never 0 in {blocks} draws; compare it with the dummy's.",
        "距离：参数处于某一分段时该数值的分布与总体分布之间的最大差距（0至1），取各分段的中位数。{blocks}次抽样中它不会为0，须与虚设参数比较。",
    ),
    "noise": (
        "Replicate noise is {share} of the variance between points, each the mean of {n} runs; indices are freed of it, and intervals cover it.",
        "重复噪声占各点（每点为{n}次模拟的均值）之间方差的{share}；指数已去除噪声，区间已包含噪声。",
    ),
    "noise_pawn": (
        "Replicate noise is {share} of the variance between points, each the mean of {n} runs; it blurs distances, which are not freed of it.",
        "重复噪声占各点（每点为{n}次模拟的均值）之间方差的{share}；噪声使距离变小，且未去除。",
    ),
    "one_replicate": (
        "One run a point: noise cannot be told from effects; what is not above the dummy is not told from zero. Ask for --replicates 4.",
        "每点只有一次模拟，无法区分噪声与作用；不高于虚设参数者无法与零区分。请用 --replicates 4。",
    ),
    "two_replicates": (
        "Two runs a point: how seeds differ is hardly known, so intervals are too narrow. Ask for --replicates 4.",
        "每点只有两次模拟，种子之间的差异难以估计，区间偏窄。请用 --replicates 4。",
    ),
    "chance": (
        "Intervals are {percent}%: of {n} parameters that do nothing, about {wrong} would be called clear by chance.",
        "区间为{percent}%：{n}个毫无作用的参数中，约有{wrong}个会偶然被判为明确。",
    ),
    "dropped": (
        "{n} of {total} blocks of the design were left out, as a run failed or the number does not exist there.",
        "设计的{total}组中有{n}组因模拟失败或数值不存在而未计入。",
    ),
    "screened": (
        "A Morris screening left out {n} parameters that do not move it; they stayed at their defaults.",
        "Morris筛选排除了{n}个不起作用的参数，这些参数保持默认值。",
    ),
    "made_from": (
        "{points} settings of {n} parameters, {replicates} runs each, from seed {seed}; one row stands for {scale} people, until {until}; talentflow {version}.",
        "{n}个参数的{points}组取值，每组{replicates}次模拟，种子从{seed}起，每行代表{scale}人，截至{until}；talentflow {version}。",
    ),
}


def tell(key: str, lang: str, **values: object) -> str:
    """Return a sentence or label about sensitivity."""
    return phrase(WORDS, key, lang, **values)


def finding(answer: Answer, lang: str) -> str:
    """Return what moves a number, as one or two sentences; nothing that intervals do not bear out."""
    indices = answer.indices
    number = number_label(answer.target, answer.title, lang)
    number = number[:1].upper() + number[1:]
    clear = [row for row in indices.rows if row.is_clear]
    if not clear:
        return tell("constant" if _is_constant(answer) else "nothing", lang, number=number, n=len(indices.rows))
    first, *others = clear
    quantum = quantum_of((first.high - first.low) / 2)
    unit = unit_label(answer.unit, lang)
    n_unclear = len(indices.rows) - len(clear)
    rest = "rest_one" if n_unclear == 1 else "rest"
    return tell(
        indices.method,
        lang,
        number=number,
        first=label_inside(first.name, lang),
        size=size_text(first.index, quantum, indices.method),
        low=size_text(max(0.0, first.low), quantum, indices.method),
        high=size_text(first.high, quantum, indices.method),
        unit=f" {unit}" if unit and lang == "en" else unit,
        sign=tell(_sign(first), lang),
        dummy=size_text(indices.dummy.high, 0.01, indices.method),
        then=_then(others, indices.method, lang),
        rest=tell(rest, lang, n=n_unclear, total=len(indices.rows)) if n_unclear else "",
    )


def _is_constant(answer: Answer) -> bool:
    indices = answer.indices
    return indices.sd == 0.0 and math.isnan(indices.noise_share) and indices.replicates > 1


def _then(rows: list[Index], method: str, lang: str) -> str:
    named = [
        tell(
            "named",
            lang,
            name=label_inside(row.name, lang),
            size=size_text(row.index, quantum_of((row.high - row.low) / 2), method),
        )
        for row in rows[: _NAMED - 1]
    ]
    if not named:
        return ""
    return tell("then" if len(named) > 1 else "then_one", lang, names=tell("joint", lang).join(named))


def label_inside(name: str, lang: str) -> str:
    """Return what a parameter is called inside a sentence."""
    return subject(parameter_label(name, lang), "all", lang)


def size_text(value: float, quantum: float, method: str) -> str:
    """Return an index as text: a share of variance as a percentage, a distance with two digits.

    >>> size_text(0.437, 0.01, "sobol"), size_text(0.437, 0.01, "pawn"), size_text(5678.0, 100.0, "morris")
    ('44%', '0.44', '5,700')
    """
    if not math.isfinite(value):
        return "-"
    if method == "sobol":
        return f"{100 * value:.0f}%"
    return f"{value:.2f}" if method == "pawn" else rounded(value, quantum)


def _sign(row: Index) -> str:
    """Return the word for a direction: one way where the mean change is nearly all of the mean absolute change."""
    if not row.index > 0 or abs(row.direction) < 0.8 * row.index:
        return "both_ways"
    return "up" if row.direction > 0 else "down"


def sign_label(row: Index, lang: str) -> str:
    """Return the direction of a parameter's change as a word for a table."""
    return tell({"up": "sign_up", "down": "sign_down", "both_ways": "sign_both"}[_sign(row)], lang)


def dots_of(result: Sensitivity, lang: str) -> Dots:
    """Return what a figure of the first number shows: parameters from the one that moves it most."""
    answer = result.answers[0]
    method = answer.indices.method
    shown = answer.indices.rows[: max(_DOTS, len(answer.indices.clear))]
    unit = unit_label(answer.unit, lang)
    return Dots(
        title=finding(answer, lang),
        axis=tell(f"index_{method}", lang, unit=unit or "0-1"),
        rows=tuple(
            Dot(parameter_label(row.name, lang), row.index, row.low, row.high, is_clear=row.is_clear) for row in shown
        ),
        bound=max(0.0, answer.indices.dummy.high),
        notes=tuple(notes(result, lang)),
    )


def notes(result: Sensitivity, lang: str) -> list[str]:
    """Return what stands under a result: what its numbers mean, what they were made from, what they are not."""
    first = result.answers[0].indices
    dropped = max(answer.indices.dropped for answer in result.answers)
    percent = round(100 * result.settings.confidence)
    wrong = len(result.names) * (1 - result.settings.confidence) / 2
    lines = [tell(f"means_{result.method}", lang, blocks=first.blocks), *_noise_lines(result, lang)]
    if wrong >= 1:
        lines.append(tell("chance", lang, percent=percent, n=len(result.names), wrong=round(wrong)))
    if dropped:
        lines.append(tell("dropped", lang, n=dropped, total=first.blocks + first.dropped))
    if result.screened:
        lines.append(tell("screened", lang, n=len(result.screened)))
    made = {
        "points": f"{result.points:,}",
        "n": len(result.names),
        "replicates": result.replicates,
        "seed": result.seed,
    }
    lines.append(tell("made_from", lang, **made, scale=f"{result.scale:,}", until=result.until, version=version()))
    return [*lines, say("provisional", lang)]


def _noise_lines(result: Sensitivity, lang: str) -> list[str]:
    if result.replicates == 1:
        return [tell("one_replicate", lang)]
    shares = [answer.indices.noise_share for answer in result.answers if math.isfinite(answer.indices.noise_share)]
    lines = [tell("two_replicates", lang)] if result.replicates < _FEW_REPLICATES else []
    if not shares:
        return lines
    ends = [f"{100 * share:.0f}%" for share in (min(shares), max(shares))]
    share = ends[0] if ends[0] == ends[1] else say("range_text", lang, low=ends[0], high=ends[1])
    key = "noise_pawn" if result.method == "pawn" else "noise"
    return [tell(key, lang, share=share, n=result.replicates), *lines]
