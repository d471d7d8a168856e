"""Shares of a package told to people and to programs."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from experiments.analyses.decision_words import tell
from experiments.analyses.rounding import rounded_together
from experiments.analyses.splits import Estimate, Interaction, MemberShare, Split
from experiments.analyses.titles import label_of
from experiments.design import version
from experiments.findings import finding, quantum_of, rounded, rounded_up
from experiments.finite import each_or_none
from experiments.rows import Row
from experiments.words import say, unit_label

if TYPE_CHECKING:
    from experiments.analyses.decompose import Decomposition

SCHEMA = "talentflow.decompose/1"
_PAIRS_TOLD = 3


def to_json(found: Decomposition, lang: str) -> str:
    """Return the result as JSON text (schema talentflow.decompose/1)."""
    design = found.experiment.design
    plain = {
        "schema": SCHEMA,
        "package": found.division.package.id,
        "title": found.division.package.title[lang],
        "method": "sampled" if found.orders else "exact",
        "orders": len(found.orders) or math.factorial(len(found.division)),
        "seed": design.seed,
        "replicates": found.experiment.replicates.least,
        "draws": len(found.experiment.draws),
        "scale": design.scale,
        "until": design.until,
        "confidence": found.confidence,
        "version": version(),
        "assumed": list(found.experiment.assume),
        "members": [
            {"id": member.id, "title": member.title[lang], "reforms": [found.division.parts[i] for i in member.places]}
            for member in found.division.members
        ],
        "splits": [_plain(split) for split in found.splits],
        "warnings": list(warnings_of(found, lang)),
        "notes": notes_of(found, lang),
    }
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=1)


def _plain(split: Split) -> dict[str, Any]:
    total = {"total": each_or_none(split.total._asdict()), "total_exact": str(split.exact)}
    return {
        "outcome": split.outcome,
        "group": split.group,
        "date": split.date,
        "unit": split.unit,
        **total,
        "members": [_plain_share(one) for one in split.members],
        "interactions": [
            {"first": one.first, "second": one.second, **each_or_none(one.index._asdict())}
            for one in split.interactions
        ],
    }


def _plain_share(one: MemberShare) -> dict[str, Any]:
    parts = {
        name: each_or_none(value._asdict())
        for name, value in (("of_total", one.of_total), ("first_in", one.first), ("last_in", one.last))
    }
    return {
        "member": one.member,
        "share": each_or_none(one.share._asdict()),
        "share_exact": str(one.exact),
        **parts,
        "order_error": each_or_none({"value": one.order_error})["value"],
    }


def sentences(found: Decomposition, split: Split, lang: str) -> Iterator[str]:
    """Yield what is due to whom, no more surely than the intervals say."""
    title = found.division.package.title[lang]
    yield finding(_row(found, split), title, lang, label_of(split.outcome, lang))
    unit, titles = _unit(split, lang), {member.id: member.title[lang] for member in found.division.members}
    if not split.total.is_clear:
        yield tell("total_untold", lang)
    along = sorted((one for one in split.members if _pulls(one, split) > 0), key=lambda one: -abs(one.share.value))
    if along:
        shown = dict(zip((one.member for one in split.members), shown_shares(split), strict=True))
        due = [
            _due("share_next" if place else "share_first", one, shown[one.member], split, lang)
            for place, one in enumerate(along)
        ]
        yield tell("shares", lang, parts=tell("joint", lang).join(due))
    against = [one for one in split.members if _pulls(one, split) < 0]
    if against:
        parts = tell("joint", lang).join(_told("against", one, unit, lang) for one in against)
        yield tell("works_against", lang, parts=parts)
    untold = [one for one in split.members if _pulls(one, split) == 0]
    bounds = [_bound(one.share) for one in untold if _bound(one.share) > 0]
    if bounds:
        named = tell("joint", lang).join(one.title[lang] for one in untold)
        yield tell("share_untold", lang, titles=named, size=rounded_up(max(bounds)), unit=unit)
    yield from _pair_sentences(split, titles, unit, lang)


def _row(found: Decomposition, split: Split) -> Row:
    """Return the package's effect as a row of a comparison, to be told in the same words."""
    total = split.total
    return Row(
        scenario=found.division.package.id, outcome=split.outcome, group=split.group, date=split.date, unit=split.unit,
        baseline=math.nan, reform=math.nan, difference=total.value, low=total.low, high=total.high, n=total.n,
        same_sign=math.nan, error=total.error, variance_ratio=math.nan, method="",
    )  # fmt: skip


def _pulls(one: MemberShare, split: Split) -> int:
    """Return 1 for a share in the direction of the total, -1 for one against it, 0 for one that cannot be told from 0."""
    if not one.share.is_clear:
        return 0
    return 1 if one.share.value * (split.total.value or 1.0) > 0 else -1


def _bound(estimate: Estimate) -> float:
    return max(-estimate.low, estimate.high) if math.isfinite(estimate.low) else abs(estimate.value)


def _unit(split: Split, lang: str) -> str:
    unit = unit_label(split.unit, lang)
    return f" {unit}" if unit and lang == "en" else unit


def _due(key: str, one: MemberShare, shown: float, split: Split, lang: str) -> str:
    """Return a share as it is shown in the table, with its interval."""
    share, quantum = one.of_total.value, step_of(split)
    percent = tell("percent_of", lang, percent=f"{100 * share:.0f}") if math.isfinite(share) else ""
    ends = sorted((abs(one.share.low), abs(one.share.high)))
    size, low, high = (rounded(value, quantum) for value in (abs(shown), *ends))
    told = {"size": size, "low": low, "high": high, "percent": percent}
    return tell(key, lang, title=one.title[lang], unit=_unit(split, lang), **told)


def _told(key: str, one: MemberShare, unit: str, lang: str) -> str:
    return tell(key, lang, title=one.title[lang], unit=unit, **_sizes(one.share))


def _sizes(estimate: Estimate) -> dict[str, str]:
    """Return the size of a number that is clear and the ends of its interval, smallest first, rounded to its noise."""
    quantum = quantum_of((estimate.high - estimate.low) / 2)
    ends = sorted((abs(estimate.low), abs(estimate.high)))
    size, low, high = (rounded(value, quantum) for value in (abs(estimate.value), *ends))
    return {"size": size, "low": low, "high": high}


def _pair_sentences(split: Split, titles: dict[str, str], unit: str, lang: str) -> Iterator[str]:
    clear = sorted((one for one in split.interactions if one.index.is_clear), key=lambda one: -abs(one.index.value))
    for one in clear[:_PAIRS_TOLD]:
        key = "pair_helps" if one.index.value * (split.total.value or 1.0) > 0 else "pair_hinders"
        yield tell(key, lang, first=titles[one.first], second=titles[one.second], unit=unit, **_sizes(one.index))
    if len(clear) > _PAIRS_TOLD:
        yield tell("pairs_more", lang, n=len(clear) - _PAIRS_TOLD)
    bounds = [_bound(one.index) for one in split.interactions]
    if bounds and not clear and max(bounds) > 0:
        yield tell("pairs_none", lang, size=rounded_up(max(bounds)), unit=unit)


def share_table(split: Split, lang: str, percent: int) -> tuple[list[str], list[list[str]]]:
    """Return headers and cells of the members' shares, the last row all together; shares shown add up.

    ``percent`` is the confidence of the intervals.
    """
    quantum = step_of(split)
    shown = shown_shares(split)
    is_sampled = any(math.isfinite(one.order_error) for one in split.members)
    names = ["member", "share", "of_total", "first_in", "last_in"]
    headers = [tell(name, lang) for name in names]
    headers.insert(2, say("interval", lang, percent=percent))
    rows = [
        [
            one.title[lang],
            rounded(value, quantum),
            _span(one.share, quantum, lang),
            _percent(one),
            _with_span(one.first, quantum, lang),
            _with_span(one.last, quantum, lang),
        ]
        for one, value in zip(split.members, shown, strict=True)
    ]
    whole = rounded(sum(shown) if quantum > 0 else split.total.value, quantum)
    rows.append([tell("together", lang), whole, _span(split.total, quantum, lang), "", "", ""])
    if is_sampled:
        headers.append(tell("order_error", lang))
        errors = [rounded(one.order_error, quantum_of(one.order_error)) for one in split.members]
        rows = [[*row, error] for row, error in zip(rows, [*errors, ""], strict=True)]
    return headers, rows


def shown_shares(split: Split) -> list[float]:
    """Return the shares as they are shown: rounded, and adding up."""
    return rounded_together([one.share.value for one in split.members], split.total.value, step_of(split))


def step_of(split: Split) -> float:
    """Return the step to which a split is rounded: that of the least noisy share, to show it as well as it is known."""
    reaches = [(one.share.high - one.share.low) / 2 for one in split.members]
    known = [reach for reach in reaches if math.isfinite(reach) and reach > 0]
    return quantum_of(min(known)) if known else 0.0


def _percent(one: MemberShare) -> str:
    return f"{100 * one.of_total.value:.0f}%" if math.isfinite(one.of_total.value) else "-"


def _span(estimate: Estimate, quantum: float, lang: str) -> str:
    if not math.isfinite(estimate.low):
        return say("none", lang)
    return say("range_text", lang, low=rounded(estimate.low, quantum), high=rounded(estimate.high, quantum))


def _with_span(estimate: Estimate, quantum: float, lang: str) -> str:
    span = f" ({_span(estimate, quantum, lang)})" if math.isfinite(estimate.low) else ""
    return rounded(estimate.value, quantum) + span


def pair_table(split: Split, lang: str, percent: int) -> tuple[list[str], list[list[str]]]:
    """Return headers and cells of the interactions of pairs, the strongest first."""
    titles = {one.member: one.title[lang] for one in split.members}
    headers = [tell("pair", lang), tell("interaction", lang), say("interval", lang, percent=percent)]
    ordered = sorted(split.interactions, key=lambda one: -abs(one.index.value))
    return headers, [_pair_cells(one, titles, lang) for one in ordered]


def _pair_cells(one: Interaction, titles: dict[str, str], lang: str) -> list[str]:
    reach = (one.index.high - one.index.low) / 2
    quantum = quantum_of(reach if math.isfinite(reach) else 0.0)
    return [
        f"{titles[one.first]} + {titles[one.second]}",
        rounded(one.index.value, quantum),
        _span(one.index, quantum, lang),
    ]


def warnings_of(found: Decomposition, lang: str) -> Iterator[str]:
    """Yield what a reader must know before reading the shares."""
    for split in found.splits:
        if split.left_out:
            yield tell("left_out", lang, n=split.left_out, outcome=split.outcome)
        if len(split.replicates) == 1:
            yield say("no_interval", lang)


def notes_of(found: Decomposition, lang: str) -> list[str]:
    """Return what stands under the shares: what they are, what they were made from, what they are not."""
    design, n = found.experiment.design, len(found.division)
    count = math.factorial(n)
    key = "shares_sampled" if found.orders else "shares_mean"
    told = {"n": f"{len(found.orders) or count:,}", "all": f"{count:,}" if n < 10 else f"{float(count):.1e}"}
    draws = len(found.experiment.draws)
    return [
        tell(key, lang, members=n, **told),
        *([tell("over_draws", lang, n=draws)] if draws > 1 else []),
        say("interval_means", lang, percent=round(100 * found.confidence), method=""),
        say(
            "made_from",
            lang,
            n=max((len(split.replicates) for split in found.splits), default=0),
            seed=design.seed,
            scale=f"{design.scale:,}",
            version=version(),
        ),
        say("provisional", lang),
    ]
