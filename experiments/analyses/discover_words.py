"""What is said of boxes, in English and in Chinese: where it happens, how often, and whether it would again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.amounts import amount, number
from experiments.analyses.parameters import parameter_label, parameter_unit
from experiments.analyses.sensitivity_words import label_inside
from experiments.analyses.titles import number_label
from experiments.design import version
from experiments.findings import rounded
from experiments.words import phrase, say, unit_label

if TYPE_CHECKING:
    from experiments.analyses.boxes import Found, Limit
    from experiments.analyses.discover import Discovery

WORDS: dict[str, tuple[str, str]] = {
    "box": (
        "{number} is {side} {threshold} where {limits}: {coverage} of such draws lie in this box (coverage), and {density} of the draws in it are such (density), against {base} of all draws.",
        "当{limits}时，{number}{side}{threshold}：这类抽样中{coverage}落在此范围内（覆盖率），范围内的抽样有{density}属于这类（密度），而全部抽样中为{base}。",
    ),
    "again": (
        "On draws that a box was not found on, density is {density} and coverage {coverage}, and density exceeds the base rate in {better} of {halves}.",
        "在未用于寻找范围的抽样上，密度为{density}，覆盖率为{coverage}；{halves}中有{better}密度高于基准比例。",
    ),
    "halves": ("random halves", "随机对半划分"),
    "no_box": (
        "No box is claimed for {number} {side} {threshold}, which holds in {base} of the draws: no box holds more of them than all draws do, on draws it was not found on.",
        "{number}{side}{threshold}的抽样占{base}，但不给出范围：在未用于寻找范围的抽样上，没有范围明显高于这一比例。",
    ),
    "none_such": (
        "{number} is {side} {threshold} in {n} of {total} draws: too few of one kind to look for a box.",
        "{total}次抽样中有{n}次{number}{side}{threshold}：其中一类太少，无法寻找范围。",
    ),
    "below": ("below", "低于"),
    "above": ("above", "高于"),
    "is_below": ("{name} is below {upper}", "{name}低于{upper}"),
    "is_above": ("{name} is above {lower}", "{name}高于{lower}"),
    "is_between": ("{name} is between {lower} and {upper}", "{name}在{lower}与{upper}之间"),
    "comma": (", ", "、"),
    "and": (" and ", "且"),
    # The table of limits.
    "parameter": ("parameter", "参数"),
    "limits": ("limits", "范围"),
    "limits_again": ("limits found again", "重复得到的范围"),
    "reproduced": ("found again", "重现比例"),
    "quasi_p": ("quasi-p", "准p值"),
    "from": ("above {lower}", "高于{lower}"),
    "to": ("below {upper}", "低于{upper}"),
    "from_to": ("{lower} to {upper}", "{lower}至{upper}"),
    "range": ("{low} to {high}", "{low}至{high}"),
    "side_lower": ("from {range}", "下限{range}"),
    "side_upper": ("up to {range}", "上限{range}"),
    # What the numbers mean.
    "means": (
        "Found again: share of random halves of the draws whose box limits the parameter on the same side. Limits found again: the middle 80% of those halves' limits. Quasi-p: how likely such a density is by chance without the limit; it is too small, as the box was found on the same draws.",
        "重现比例：随机取一半抽样所得的范围在同侧限制该参数的比例；重复得到的范围为其中间80%。准p值：去掉该限制后偶然达到这一密度的概率；因范围由同一批抽样得到，数值偏小。",
    ),
    "others": (
        "Boxes of many halves also limit {names}: what they say is not settled by these draws.",
        "许多对半划分的范围还限制{names}：这些抽样尚不能定论。",
    ),
    "other": ("{name} ({share})", "{name}（{share}）"),
    "unsure": (
        "{n} of {total} draws lie so near the threshold that their {replicates} runs do not tell the side.",
        "{total}次抽样中有{n}次离阈值很近，{replicates}次模拟不足以判断在哪一侧。",
    ),
    "one_run": (
        "Each draw was run once: luck puts some on the wrong side of the threshold.",
        "每次抽样只模拟一次，部分抽样会因偶然落在阈值的另一侧。",
    ),
    "dropped": ("{n} draws have no number and were left out.", "{n}次抽样没有数值，未计入。"),
    "made_from": (
        "{draws} draws of {n} parameters, {replicates} runs each; talentflow {version}.",
        "{n}个参数的{draws}次抽样，每次{replicates}次模拟；talentflow {version}。",
    ),
}


def tell(key: str, lang: str, **values: object) -> str:
    """Return a sentence or label about a box."""
    return phrase(WORDS, key, lang, **values)


def findings(result: Discovery, lang: str) -> list[str]:
    """Return what was found as sentences; a box is claimed only if it holds on draws it was not found on."""
    unit = unit_label(result.unit, lang)
    quantum = 0.0 if abs(result.threshold) < 100 else 10.0 ** (len(f"{abs(result.threshold):.0f}") - 3)
    name = number_label(result.target, result.title, lang)
    words = {
        "number": name[:1].upper() + name[1:] if result.found and result.found.is_convincing else name,
        "side": tell("below" if result.condition.is_low else "above", lang),
        "threshold": f"{rounded(result.threshold, quantum)}{' ' if unit and lang == 'en' else ''}{unit}",
    }
    found = result.found
    if found is None:
        words["number"] = name[:1].upper() + name[1:]
        return [tell("none_such", lang, n=result.of_interest, total=result.draws, **words)]
    if not found.is_convincing:
        return [tell("no_box", lang, base=_percent(found.base), **words)]
    if lang == "zh":
        words["number"] = name
    shares = {name: _percent(value) for name, value in _shares(found).items()}
    limits = [limit_inside(limit, lang) for limit in found.limits]
    joined = tell("and", lang).join([part for part in (tell("comma", lang).join(limits[:-1]), limits[-1]) if part])
    again = {"density": _percent(found.held_out_density), "coverage": _percent(found.held_out_coverage)}
    return [
        tell("box", lang, limits=joined, **shares, **words),
        tell("again", lang, better=_percent(found.better), halves=tell("halves", lang), **again),
    ]


def _shares(found: Found) -> dict[str, float]:
    return {"coverage": found.box.coverage, "density": found.box.density, "base": found.base}


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def limit_inside(limit: Limit, lang: str) -> str:
    """Return a limit as part of a sentence: the weight of income is below 1.4."""
    kind = (
        "is_between" if None not in {limit.lower, limit.upper} else ("is_above" if limit.upper is None else "is_below")
    )
    return tell(kind, lang, name=label_inside(limit.name, lang), **_ends(limit, lang))


def limit_cell(limit: Limit, lang: str) -> str:
    """Return a limit as a cell of a table, with its unit."""
    kind = "from_to" if None not in {limit.lower, limit.upper} else ("from" if limit.upper is None else "to")
    return tell(kind, lang, **_ends(limit, lang))


def again_cell(limit: Limit, lang: str) -> str:
    """Return where halves of the draws put a limit."""
    unit, parts = parameter_unit(limit.name), []
    for key, ends in (("side_lower", limit.lower_range), ("side_upper", limit.upper_range)):
        if ends is not None:
            low, high = (number(_three_digits(end), unit, lang) for end in ends)
            parts.append(tell(key, lang, range=tell("range", lang, low=low, high=high)))
    return tell("comma", lang).join(parts)


def _ends(limit: Limit, lang: str) -> dict[str, str]:
    unit = parameter_unit(limit.name)
    lower, upper = limit.lower, limit.upper
    ends = {}
    if lower is not None:
        # The unit stands once, at the upper end.
        ends["lower"] = (number if upper is not None else amount)(_three_digits(lower), unit, lang)
    if upper is not None:
        ends["upper"] = amount(_three_digits(upper), unit, lang)
    return ends


def _three_digits(value: float) -> float:
    return float(f"{value:.3g}")


def notes(result: Discovery, lang: str) -> list[str]:
    """Return what stands under a box: what its numbers mean, what is not settled, what it was made from."""
    found = result.found
    lines = [tell("means", lang)] if found is not None and found.is_convincing else []
    if found is not None and found.is_convincing and found.others:
        named = [
            tell("other", lang, name=label_inside(name, lang), share=_percent(share)) for name, share in found.others
        ]
        lines.append(tell("others", lang, names=tell("comma", lang).join(named)))
    if result.replicates == 1:
        lines.append(tell("one_run", lang))
    elif result.unsure:
        lines.append(tell("unsure", lang, n=result.unsure, total=result.draws, replicates=result.replicates))
    if result.dropped:
        lines.append(tell("dropped", lang, n=result.dropped))
    made = {"draws": result.draws, "n": result.parameters, "replicates": result.replicates}
    return [*lines, tell("made_from", lang, version=version(), **made), say("provisional", lang)]


def label_cell(limit: Limit, lang: str) -> str:
    """Return what the parameter of a limit is called in a table."""
    return parameter_label(limit.name, lang)
