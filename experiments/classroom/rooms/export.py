"""The debrief as one HTML file that opens from disk: no script, nothing from outside, every name escaped."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

_WORDS = {
    "en": {"rank": "Rank", "tie": "tied", "group": "Group", "score": "Score", "interval": "95% interval", "price": "Price, million yuan", "board": "Leaderboard", "who": "Who gained (people in China)", "shares": "What is due to which measure (people in China)", "all": "All together", "misleads": "Where the model misleads", "common": "What packages have in common", "secret": "Hidden seeds", "promise": "Promised before play (SHA-256)", "package": "Measures and prices", "acting": "Acting together", "difference": "Difference"},
    "zh": {"rank": "名次", "tie": "并列", "group": "小组", "score": "得分", "interval": "95%区间", "price": "费用（百万元）", "board": "排行榜", "who": "谁受益（在华人数）", "shares": "各项措施的贡献（在华人数）", "all": "合计", "misleads": "模型在哪里会误导", "common": "各方案的共同点", "secret": "隐藏的随机种子", "promise": "开始前公布的承诺值（SHA-256）", "package": "措施与费用", "acting": "协同成本", "difference": "差异"},
}  # fmt: skip
_STYLE = (
    "table.numbers{margin:.5rem 0 1.2rem}table.numbers th:first-child,table.numbers td:first-child{min-width:9rem}"
    "h2{margin:2.2rem 0 .7rem;padding-top:.8rem;border-top:2px solid var(--rule)}table.numbers td.n{text-align:right}"
    "table.numbers thead th:not(:first-child){text-align:right}code{overflow-wrap:anywhere}"
)
_LANGUAGES = {"en": "en", "zh": "zh-Hans"}


def debrief_page(told: Mapping[str, Any]) -> str:
    """Return the debrief of a room as HTML; ``told`` is what :func:`..debrief.debrief_of` returns."""
    words = _WORDS[told["lang"]]
    title = escape(told["title"])
    return (
        f'<!doctype html>\n<html lang="{_LANGUAGES[told["lang"]]}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_shared_style()}{_STYLE}</style></head>'
        f'<body><main class="page"><h1 class="finding">{title}</h1>{"".join(_body(told, words))}</main></body></html>\n'
    )


@cache
def _shared_style() -> str:
    """Return the style of all pages of the classroom."""
    return files("experiments.classroom").joinpath("page", "style.css").read_text(encoding="utf-8")


def _body(told: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[str]:
    yield f"<h2>{words['board']}</h2>"
    groups = {one["group"]: one for one in told["groups"]}
    yield _table(
        [words[name] for name in ("group", "rank", "score", "interval", "price")],
        [
            (one["name"], _rank(one, words), _minus(f"{one['score']:.1f}"), _minus(f"{one['low']:.1f} … {one['high']:.1f}"), _millions(groups[one["group"]]["price"]["total"]))
            for one in told["board"]
        ],
    )  # fmt: skip
    yield f"<p>{escape(told['interval'])}</p>{_list(told['warnings'])}"
    for one in told["groups"]:
        yield from _group(one, words)
    yield f"<h2>{words['common']}</h2>{_list(told['common'])}<h2>{words['misleads']}</h2>{_list(told['misleads'])}"
    secret = escape(json.dumps(told["secret"]))
    yield f"<h2>{words['secret']}</h2><p><code>{secret}</code></p>"
    yield f"<p>{words['promise']}: <code>{escape(told['commitment'])}</code></p>"


def _group(one: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[str]:
    yield f'<h2>{one["rank"]}. {escape(one["name"])}</h2><p class="strong">{escape(one["finding"])}</p>{_list(one["warnings"])}'
    price = one["price"]
    lines = [(part["title"], _millions(part["price"])) for part in price["parts"]]
    lines += [(words["acting"], _millions(price["coordination"])), (words["all"], _millions(price["total"]))]
    yield _table([words["package"], words["price"]], lines)
    yield _table([words["who"], words["difference"], words["interval"]], [_numbers(who["label"], who, "difference") for who in one["who"]])  # fmt: skip
    shares = one["shares"]
    if shares["parts"]:
        rows = [_numbers(part["title"], part, "value") for part in shares["parts"]]
        yield _table([words["shares"], words["difference"], words["interval"]], [*rows, _numbers(words["all"], shares["total"], "value")])  # fmt: skip
    yield f"<p>{escape(shares['text'])}</p>"


def _numbers(title: str, one: Mapping[str, Any], name: str) -> tuple[str, str, str]:
    low, high = one["low"], one["high"]
    if low is None:
        return title, _minus(f"{one[name]:,.0f}"), "–"
    # Two digits of the noise are kept, as on the pages.
    step = 10 ** max(0, math.floor(math.log10(max(high - low, 1) / 2)) - 1)
    value, low, high = (round(number / step) * step for number in (one[name], low, high))
    return title, _minus(f"{value:,.0f}"), _minus(f"{low:,.0f} … {high:,.0f}")


def _rank(one: Mapping[str, Any], words: Mapping[str, str]) -> str:
    return f"{one['rank']} ({words['tie']})" if one["ties"] else str(one["rank"])


def _minus(text: str) -> str:
    return text.replace("-", "−")


def _millions(yuan: float) -> str:
    return f"{yuan / 1e6:,.0f}"


def _table(headers: list[str], rows: list[tuple[Any, ...]]) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in headers)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' if place < 1 else f'<td class=n>{escape(str(cell))}</td>' for place, cell in enumerate(row))}</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll"><table class="numbers"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _list(lines: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>" if lines else ""
