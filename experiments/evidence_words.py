"""What is said of the model beside data, in English and in Chinese."""

from __future__ import annotations

EVIDENCE: dict[str, tuple[str, str]] = {
    "check_met": (
        "{met} of {total} observed numbers are met within their factor.",
        "{total}个观测数字中，{met}个在允许倍数之内。",
    ),
    "check_fit": (
        "Numbers that parameters may be fitted to: {met} of {total} met, {implausible} implausible.",
        "可用于拟合参数的数字：{total}个中{met}个符合，{implausible}个不可信。",
    ),
    "check_held-out": (
        "Numbers held out, never fitted to: {met} of {total} met, {implausible} implausible.",
        "留作检验、从不用于拟合的数字：{total}个中{met}个符合，{implausible}个不可信。",
    ),
    "check_transfer": (
        "The same behaviour under other countries' institutions: {met} of {total} met, {implausible} implausible.",
        "相同行为、他国制度下的检验：{total}个中{met}个符合，{implausible}个不可信。",
    ),
    "check_z": (
        "z: standard deviations off, of observation, discrepancy (an assumption) and chance together; implausible from 3 on.",
        "z：偏离的标准差倍数，合计观测误差、模型偏差（假设）与随机误差；达到3即为不可信。",
    ),
    "check_unanswered": (
        "{n} more observed numbers have no answer in the model:",
        "另有{n}个观测数字，模型无法回答：",
    ),
    "check_unanswered_of": ("- {why}: {n} ({sources})", "- {why}：{n}个（{sources}）"),
    "z": ("z", "z"),
    "check_axis": ("the model's number over the observed one", "模型数字与观测数字之比"),
    "check_label_fit": ("{what}, {period}", "{what}，{period}"),
    "check_label_held-out": ("held out: {what}, {period}", "留作检验：{what}，{period}"),
    "check_label_transfer": ("transfer: {what}", "他国制度：{what}"),
    "check_figure_note": (
        "Hollow: not within its factor. Lines: nine tenths of the error of observation, discrepancy (an assumption) and chance.",
        "空心表示超出允许倍数；横线为观测误差、模型偏差（假设）与随机误差的九成范围。",
    ),
    "record_kept": ("No score is worse than on record (version {version}).", "各项得分均不低于记录（版本{version}）。"),
    "record_worse": (
        "WORSE THAN ON RECORD (version {version}), {n} scores:",
        "低于记录（版本{version}）的得分共{n}项：",
    ),
    "record_met": (
        "- {name}: {now} met, {before} on record; lost: {lost}",
        "- {name}：符合{now}个，记录为{before}个；失去：{lost}",
    ),
    "record_implausible": (
        "- {name}: {now} implausible, {before} on record",
        "- {name}：不可信{now}个，记录为{before}个",
    ),
    "record_rms_z": (
        "- {name}: root mean square of z {now:.2f}, {before:.2f} on record",
        "- {name}：z的均方根{now:.2f}，记录为{before:.2f}",
    ),
    "record_pattern": ("- {name}: {now}, {before} on record", "- {name}：{now}，记录为{before}"),
    "why_no-outcome": ("the model has no such outcome", "模型无此指标"),
    "why_crossed": ("no outcome crosses these groups", "模型指标不含此类交叉分组"),
    "why_other-people": ("counts people whom the model does not hold", "统计对象包含模型以外的人群"),
    "why_other-count": ("another way of counting, not to be mixed with permits", "统计口径不同，不可与许可数混用"),
    "why_same-count": ("the same count as a target, told again", "与某一目标为同一统计，不重复计入"),
    "why_input": ("the model is given it", "为模型输入"),
    "why_weak": ("a weak or unsourced claim", "来源薄弱或无来源"),
    "why_other-country": ("another country, whose institutions are not written down", "他国数字，其制度未编入"),
}
"""Sentences and labels; ``why_`` are the reasons of ``experiments.targets.Why``."""
