"""What is said of a calibration, in English and in Chinese: what was learned first, then what that is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.analyses.parameters import parameter_label
from experiments.calibration.ranks import TOO_NARROW
from experiments.words import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from experiments.calibration.result import Calibration, WaveRecord

_NAMED = 4
"""Names that a sentence gives."""
_OUT = 0.05
"""Share of the space from which on a target is told as one that cuts it."""
WORDS: dict[str, tuple[str, str]] = {
    "left": (
        "{draws} draws in {n} waves leave {share} of the prior; the targets that rule out most are {names}.",
        "{n}轮共{draws}组参数后，先验空间余下{share}；排除最多的目标是{names}。",
    ),
    "left_one": (
        "{draws} draws in 1 wave leave {share} of the prior; the targets that rule out most are {names}.",
        "1轮{draws}组参数后，先验空间余下{share}；排除最多的目标是{names}。",
    ),
    "no_cut": ("none in particular", "无特别突出者"),
    "learned": (
        "The data identify {n} of {total} parameters: {names}.",
        "数据可识别{total}个参数中的{n}个：{names}。",
    ),
    "learned_none": ("The data identify none of the {total} parameters.", "数据无法识别{total}个参数中的任何一个。"),
    "named": ("{name} ({size} narrower)", "{name}（收窄{size}）"),
    "rest": (
        "They say hardly anything of the other {n}, which stay as uncertain as their priors: {names}.",
        "对其余{n}个参数几乎没有信息，其不确定性仍与先验相同：{names}。",
    ),
    "bound": (
        "Bound together, so that neither may be varied alone: {names}.",
        "相互关联、不宜单独变动的参数：{names}。",
    ),
    "pair": ("{first} with {second} ({r:+.2f})", "{first}与{second}（{r:+.2f}）"),
    "covered": (
        "Left out of the fit one by one, {n} of {total} targets lie in the 90% band of what the others foretell.",
        "逐一留出后，{total}个目标中有{n}个落在其余目标所预测的90%区间内。",
    ),
    "outside": ("Outside: {names}.", "区间之外：{names}。"),
    "weights": (
        "The {n} draws are worth {effective:.0f} equally weighted ones; the emulators held {inside} of the runs there in their 90% bands.",
        "{n}组抽样相当于{effective:.0f}组等权抽样；仿真器的90%区间包含了其中{inside}的模拟结果。",
    ),
    "few": (
        "That is few: the emulators and the model disagree; add draws or a wave.",
        "有效数量偏少：仿真器与模型不一致，请增加抽样或轮次。",
    ),
    "truths": (
        "Of {n} known truths, identified parameters lie in the middle nine tenths of their posteriors {inside} of the time; the test, which would see posteriors {narrow} times too narrow {power} of the time, finds {found}.",
        "在{n}组已知真值中，可识别参数的真值有{inside}落在后验的中间九成；检验（若后验过窄{narrow}倍，发现的概率为{power}）{found}。",
    ),
    "truths_well": ("nothing wrong", "未发现问题"),
    "truths_wrong": ("something wrong with {names}", "发现问题：{names}"),
    "independent": (
        "Errors are taken as independent. Not fitted, only foretold (left out on request, or the last of shares that add up to one): {names}.",
        "误差视为相互独立。不参与拟合、仅作预测的目标（按要求留出，或合计为一的占比中的最后一项）：{names}。",
    ),
    "joint": (", ", "、"),
    "wave": ("wave", "轮次"),
    "draws": ("draws", "抽样数"),
    "share": ("left", "余下"),
    "cuts": ("ruled out by", "由何目标排除"),
    "inside": ("runs in 90% band", "90%区间内的模拟"),
    "parameter": ("parameter", "参数"),
    "prior": ("prior 90%", "先验90%"),
    "posterior": ("posterior 90%", "后验90%"),
    "mean": ("mean", "均值"),
    "narrower": ("narrower", "收窄"),
    "target": ("target", "目标"),
    "period": ("period", "时期"),
    "unit": ("unit", "单位"),
    "observed": ("observed", "观测值"),
    "likely": ("its band", "观测区间"),
    "predictive": ("foretold 90%", "预测90%"),
    "model": ("model 90%", "模型90%"),
    "left_out": ("left out 90%", "留出预测90%"),
    "fitted": ("fitted", "参与拟合"),
    "kept": (
        "{folder}: posterior.csv holds the draws; an experiment file names it under `uncertainty: {{posterior: posterior.csv}}`.",
        "{folder}：posterior.csv保存抽样，可在实验文件的 `uncertainty: {{posterior: posterior.csv}}` 中引用。",
    ),
}


def findings(result: Calibration, lang: str) -> list[str]:
    """Return what was learned and what it is worth, a sentence each."""
    return [
        _left(result, lang),
        _learned(result, lang),
        *_rest(result, lang),
        *_bound(result, lang),
        *_covered(result, lang),
        *_weights(result, lang),
        *_truths(result, lang),
        *_independent(result, lang),
    ]


def target_title(result: Calibration, name: str, lang: str) -> str:
    """Return what a target is called, with its period; its id where there is no title."""
    title = (result.titles or {}).get(name)
    if title is None:
        return name
    return f"{title[lang]} ({title['period']})" if lang == "en" else f"{title[lang]}（{title['period']}）"


def cutters(result: Calibration, wave: WaveRecord, lang: str) -> str:
    """Return the targets that rule out most in a wave, with their shares."""
    pairs = sorted(zip(wave.cuts, result.goals.ids, strict=True), key=lambda pair: -pair[0])
    found = [f"{target_title(result, name, lang)} {percent(cut)}" for cut, name in pairs[:_NAMED] if cut >= _OUT]
    return _joined(found, lang) or phrase(WORDS, "no_cut", lang)


def percent(share: float) -> str:
    """Return a share in percent.

    >>> percent(0.374), percent(0.0042)
    ('37%', '0.42%')
    """
    return f"{100 * share:.0f}%" if share >= 0.1 or share == 0 else f"{100 * share:.2g}%"


def _left(result: Calibration, lang: str) -> str:
    n = len(result.waves)
    return phrase(
        WORDS,
        "left" if n > 1 else "left_one",
        lang,
        n=n,
        draws=sum(wave.draws for wave in result.waves),
        share=percent(result.waves[-1].share),
        names=cutters(result, result.waves[0], lang),
    )


def _learned(result: Calibration, lang: str) -> str:
    total = len(result.parameters)
    by_name = {one.name: one for one in result.parameters}
    names = [
        phrase(WORDS, "named", lang, name=parameter_label(name, lang), size=percent(by_name[name].shrinkage))
        for name in result.identified
    ]
    if not names:
        return phrase(WORDS, "learned_none", lang, total=total)
    return phrase(WORDS, "learned", lang, n=len(names), total=total, names=_joined(names, lang))


def _rest(result: Calibration, lang: str) -> list[str]:
    names = [parameter_label(name, lang) for name in result.unidentified]
    return [phrase(WORDS, "rest", lang, n=len(names), names=_joined(names, lang))] if names else []


def _bound(result: Calibration, lang: str) -> list[str]:
    pairs = [
        phrase(WORDS, "pair", lang, first=parameter_label(a, lang), second=parameter_label(b, lang), r=r)
        for a, b, r in result.bound
    ]
    return [phrase(WORDS, "bound", lang, names=_joined(pairs, lang))] if pairs else []


def _covered(result: Calibration, lang: str) -> list[str]:
    n, total = result.covered
    told = [phrase(WORDS, "covered", lang, n=n, total=total)]
    outside = [
        target_title(result, one.id, lang)
        for one in result.targets
        if one.left_out is not None and not one.left_out.holds(one.observed)
    ]
    return told + ([phrase(WORDS, "outside", lang, names=_joined(outside, lang))] if outside else [])


def _weights(result: Calibration, lang: str) -> list[str]:
    n = result.validity.n
    told = [
        phrase(WORDS, "weights", lang, n=n, effective=result.effective, inside=percent(result.validity.share_inside))
    ]
    return told + ([phrase(WORDS, "few", lang)] if result.effective < n / 4 else [])


def _truths(result: Calibration, lang: str) -> list[str]:
    ranks = result.ranks
    if ranks is None:
        return []
    tested = [name in result.identified for name in ranks.names]
    if not any(tested):
        return []
    alarms = [parameter_label(name, lang) for name in ranks.alarms(tested)]
    found = (
        phrase(WORDS, "truths_wrong", lang, names=_joined(alarms, lang))
        if alarms
        else phrase(WORDS, "truths_well", lang)
    )
    inside = float(ranks.inside[tested].mean())
    words = {"inside": percent(inside), "narrow": TOO_NARROW, "power": percent(ranks.power), "found": found}
    return [phrase(WORDS, "truths", lang, n=ranks.n, **words)]


def _independent(result: Calibration, lang: str) -> list[str]:
    idle = [target_title(result, one.id, lang) for one in result.targets if not one.is_used]
    return [phrase(WORDS, "independent", lang, names=_joined(idle, lang))] if idle else []


def _joined(names: Sequence[str], lang: str) -> str:
    return phrase(WORDS, "joint", lang).join(names)
