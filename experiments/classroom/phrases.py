"""What is said of things that could not be answered, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PHRASES: dict[str, tuple[str, str]] = {
    "queue_visitor": (
        "You have {most} questions on the way already. Wait for one to be answered, or stop it.",
        "您已有{most}个问题正在处理，请等其中一个得到答复，或先停止一个。",
    ),
    "queue_full": (
        "Too many questions are on the way at once. Please try again in a few seconds.",
        "目前排队的问题过多，请几秒后再试。",
    ),
    "too_often": (
        "That was asked too often in a short time. Please wait a few seconds.",
        "提问过于频繁，请稍候几秒。",
    ),
    "run_too_long": (
        "This was stopped after {most} seconds of computing. Ask for fewer pairs of runs, or a coarser scale.",
        "计算已达{most}秒，已停止。请减少模拟对数，或改用更粗的规模。",
    ),
    "no_answer": ("The computation ended without an answer.", "计算结束，但没有得出结果。"),
    "worker_died": (
        "The process that computed this ended: too little memory, or ended from outside. Others go on; try again.",
        "计算进程已终止：占用内存过多，或被外部终止。其他人不受影响；可以再试一次。",
    ),
    "worker_memory": (
        "This needs more memory than one question may take. Ask for a coarser scale.",
        "所需内存超过单个问题的上限。请改用更粗的规模。",
    ),
    "worker_too-long": (
        "One step of this took too long, so it was ended. Others go on. Ask for a coarser scale.",
        "其中一步耗时过长，已终止。其他人不受影响。请改用更粗的规模。",
    ),
    "worker_error": ("This could not be computed: {error}", "无法完成计算：{error}"),
    "too_large": (
        "This asks for {asked:,} people x months; the most is {most:,}. Ask for fewer pairs, a coarser scale, an earlier end.",
        "该问题需要计算{asked:,}人月，一次最多{most:,}人月。请减少模拟对数、改用更粗的规模或更早的截止月份。",
    ),
    "problems": ("There is something wrong with this ({n}).", "内容有误（{n}处）。"),
    "unknown_key": ("{key} is not known here.", "此处没有{key}这一项。"),
    "life": (
        "A life is asked for by a kind, and perhaps an id and a number to skip.",
        "查看一个人的经历时，请给出类型，也可给出编号和跳过的人数。",
    ),
    "unknown_run": (
        "This run is not known here any more. Please ask again.",
        "此次运行已不在服务器上，请重新提问。",
    ),
    "not_finished": ("This run has no answer yet.", "此次运行尚无结果。"),
    "closing": ("The classroom is being closed.", "课堂正在关闭。"),
    "unknown_address": ("There is nothing at this address.", "此地址没有内容。"),
    "method": ("This address is not asked in this way.", "不能以这种方式访问此地址。"),
    "host": (
        "This server does not answer to the name {host}. Start it with --allow-host {host} if it should.",
        "本服务器不以{host}这一名称提供服务。如需使用，请在启动时加上 --allow-host {host}。",
    ),
    "origin": (
        "This came from a page of another origin, and only the classroom's own pages may ask.",
        "请求来自其他站点的页面，只有课堂自己的页面可以提问。",
    ),
    "address_too_long": ("That address is too long.", "地址过长。"),
    "broken": ("Something went wrong on the server. Please try again.", "服务器出现问题，请重试。"),
}


def told(phrase: str, **fields: Any) -> dict[str, str]:
    """Return a phrase in both languages."""
    english, chinese = _PHRASES[phrase]
    return {"en": english.format(**fields).strip(), "zh": chinese.format(**fields).strip()}


def failed(phrase: str, task: Mapping[str, Any], **fields: Any) -> dict[str, str]:
    """Return the data of an event ``failed``, in the language of the question."""
    texts = told(phrase, **fields)
    asked = task.get("asked") or {}
    return {"text": texts.get(str(asked.get("lang", "en")), texts["en"])}
