"""Section: when a scenario fails, over draws of what is uncertain, and under other theories of the decision."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from experiments.analyses.boxes import find_box
from experiments.analyses.discover_words import limit_inside
from experiments.components import components_of
from experiments.findings import quantum_of, rounded
from experiments.report.building import both, column, date_text, interval, joined, said, unit_text
from experiments.report.failing_words import WORDS
from experiments.report.parts import Paragraph, Section, Table
from experiments.report.thirds import Mean, mean_of
from experiments.report.uncertain import MIDDLE_SEEDS, REPLICATES, drawn_of, near_middle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from experiments.analyses.boxes import Found
    from experiments.analyses.theories import Theory
    from experiments.report.asked import Asked, Running
    from experiments.report.parts import Item, Text
    from experiments.report.uncertain import Drawn

FEWEST = 8
"""Draws of each kind from which a part of the range is looked for."""
QUARTER = 0.25
_NORMAL = 1.959964


class Share(NamedTuple):
    """How many of some draws are so; ``low`` and ``high`` bound their share of all draws."""

    n: int
    share: float
    low: float
    high: float


class Short(NamedTuple):
    """Where effects fall short of their mean.

    ``sign`` is that of the mean, 1 or -1; 1 where it cannot be told. ``half`` and ``zero`` are shares of draws.
    """

    mean: Mean
    sign: int
    half: Share
    zero: Share
    luck: float


def section(asked: Asked, running: Running) -> Section | None:
    """Return when it fails; None without one scenario, or where its law never differs."""
    if not asked.is_one or asked.cases[0].first is None:
        return None
    drawn = drawn_of(asked, running)
    short = short_of(drawn.effects)
    title, date = asked.cases[0].title, date_text(drawn.bench.date)
    items: list[Item] = [Paragraph(finding(short, drawn.n, title, date), "finding")]
    if short.mean.is_clear:
        items += [Paragraph(text) for text in part_of_range(drawn, short)]
    items.append(share_table(short, drawn.n))
    items += _theories(asked, drawn, date, running)
    return Section("failing", said(WORDS, "heading"), tuple(items))


def short_of(effects: Any) -> Short:
    """Return how often effects fall short of half of their mean, and of nothing.

    Parameters
    ----------
    effects
        Shape (draws, replicates).
    """
    means = effects.mean(axis=1)
    mean, n = mean_of(means), len(means)
    sign = -1 if mean.is_clear and mean.value < 0 else 1
    half = int((sign * means < sign * mean.value / 2).sum())
    zero = int((sign * means <= 0).sum())
    return Short(mean, sign, share_of(half, n), share_of(zero, n), _luck(effects))


def share_of(n: int, total: int) -> Share:
    """Return a share with its 95% interval (Wilson 1927, Journal of the American Statistical Association 22).

    >>> [round(end, 3) for end in share_of(0, 96)[1:]]
    [0.0, 0.0, 0.038]
    """
    share, z2 = n / total, _NORMAL**2
    centre = (share + z2 / (2 * total)) / (1 + z2 / total)
    reach = _NORMAL * math.sqrt(share * (1 - share) / total + z2 / (4 * total**2)) / (1 + z2 / total)
    return Share(n, share, max(0.0, centre - reach) if n else 0.0, min(1.0, centre + reach))


def _luck(effects: Any) -> float:
    """Return the share of the variance between means of draws that is luck, 0 to 1."""
    n, replicates = effects.shape
    variance = float(effects.mean(axis=1).var(ddof=1))
    if replicates < 2 or variance == 0.0:
        return math.nan
    found = components_of(effects.ravel(), np.repeat(np.arange(n), replicates))
    return float(min(1.0, found.chance / replicates / variance))


def finding(short: Short, n: int, title: Text, date: Text) -> Text:
    """Return how often it fails, in a sentence."""
    quantum = quantum_of((short.mean.high - short.mean.low) / 2)
    value, low, high = (rounded(one, quantum) for one in short.mean)
    shares = {
        f"{name}_{part}": text for name in ("half", "zero") for part, text in _percentages(getattr(short, name)).items()
    }
    words: dict[str, Any] = {"title": title, "date": date, "n": n, **shares}
    if not short.mean.is_clear:
        return said(WORDS, "no_mean", mean=value, mean_low=low, mean_high=high, **words)
    size, half = rounded(abs(short.mean.value), quantum), rounded(abs(short.mean.value) / 2, quantum)
    if short.half.n == 0 and short.sign > 0:
        return said(WORDS, "never", mean=size, half=half, most=_percent(short.half.high), **words)
    return said(WORDS, "some" if short.sign > 0 else "some_fewer", mean=size, half=half, **words)


def _percentages(share: Share) -> dict[str, str]:
    return {"n": str(share.n), **{name: _percent(getattr(share, name)) for name in ("share", "low", "high")}}


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%" if share == 0 or share >= 0.01 else f"{100 * share:.1f}%"


def part_of_range(drawn: Drawn, short: Short) -> list[Text]:
    """Return where in the range of the parameters it falls short, or that no such part was found."""
    sizes = short.sign * drawn.means
    half = sizes < abs(short.mean.value) / 2
    few: list[Text] = []
    if min(half.sum(), (~half).sum()) >= FEWEST:
        of_interest, what = half, said(WORDS, "below_half")
    else:
        at = float(np.quantile(sizes, QUARTER))
        of_interest = sizes <= at
        key = "least" if short.sign > 0 else "least_fall"
        what = said(WORDS, key, at=rounded(at, quantum_of(abs(at))))
        few = [said(WORDS, "few", n=int(half.sum()), what=what)]
    found = find_box(drawn.inputs, of_interest, drawn.names)
    return few + ([] if found is None else told_box(found, what))


def told_box(found: Found, what: Text) -> list[Text]:
    """Return a box in sentences; one is claimed only if it holds on draws that it was not found on."""
    base = _percent(found.base)
    if not found.is_convincing:
        return [said(WORDS, "no_box", what=what, base=base)]
    limits = [both(lambda lang, limit=limit: limit_inside(limit, lang)) for limit in found.limits]  # type: ignore[misc]
    head = [joined(limits[:-1], said(WORDS, "comma"))] if limits[:-1] else []
    where = joined([*head, limits[-1]], said(WORDS, "and"))
    box = {"density": _percent(found.box.density), "coverage": _percent(found.box.coverage)}
    again = {"density": _percent(found.held_out_density), "coverage": _percent(found.held_out_coverage)}
    return [said(WORDS, "box", what=what, limits=where, base=base, **box), said(WORDS, "again", **again)]


def share_table(short: Short, n: int) -> Table:
    """Return how often it falls short."""
    fall = "" if short.sign > 0 else "_fall"
    at = rounded(abs(short.mean.value) / 2, quantum_of((short.mean.high - short.mean.low) / 2))
    columns = (
        column("label", said(WORDS, "condition")),
        column("draws", said(WORDS, "draws"), "count"),
        column("share", said(WORDS, "share"), "interval", {"en": "share", "zh": "占比"}),
    )
    named = [(said(WORDS, f"zero_row{fall}"), short.zero)]
    if short.mean.is_clear:
        named.insert(0, (said(WORDS, f"half_row{fall}", at=at), short.half))
    rows = tuple({"label": label, "draws": share.n, "share": tuple(share[1:])} for label, share in named)
    note = said(
        WORDS, "shares_note", replicates=REPLICATES, luck="-" if math.isnan(short.luck) else _percent(short.luck)
    )
    return Table("failing", said(WORDS, "shares_caption", n=n), columns, rows, note)


def _theories(asked: Asked, drawn: Drawn, date: Text, running: Running) -> list[Item]:
    """Return the effect under each theory; nothing where an assumption sets the theory already."""
    from experiments.analyses.theories import shipped_rules, theories_of

    theories = theories_of(shipped_rules())
    decided = {name for theory in theories for name in theory.sets}
    assumed = {change.path.removeprefix("behaviour.") for change in asked.cases[0].scenario.assumptions}
    if decided & assumed:
        return []
    effects = near_middle(asked, [theory.under(drawn.middle) for theory in theories], running)
    return theory_items(theories, effects, date)


def theory_items(theories: Sequence[Theory], effects: Any, date: Text) -> list[Item]:
    """Return whether the sign of the effect holds under theories of the decision, the first the model as it stands.

    Parameters
    ----------
    effects
        Shape (theories, seeds); nan where a run failed.
    """
    means = [mean_of(row[np.isfinite(row)]) for row in effects]
    sign = np.sign(means[0].value)
    held = [mean.is_clear and np.sign(mean.value) == sign for mean in means]
    if not held[0]:
        text = said(WORDS, "open_here")
    elif all(held):
        text = said(WORDS, "all_theories", n=len(theories))
    else:
        names = joined(
            [theory.title for theory, holds in zip(theories, held, strict=True) if not holds], said(WORDS, "comma")
        )
        text = said(WORDS, "some_theories", held=sum(held), n=len(theories), names=names)
    return [Paragraph(text), _theory_table(theories, effects, means, date)]


def _theory_table(theories: Sequence[Theory], effects: Any, means: Sequence[Mean], date: Text) -> Table:
    columns = (
        column("label", said(WORDS, "theory")),
        column("difference", said(WORDS, "effect"), "interval", unit_text("persons"), is_difference=True),
        column("same_sign", said(WORDS, "same_sign"), "share"),
        column("holds", said(WORDS, "holds")),
    )
    sign = np.sign(means[0].value)
    rows = tuple(
        {
            "label": theory.title,
            "difference": interval(*mean),
            "same_sign": float((np.sign(row[np.isfinite(row)]) == np.sign(mean.value)).mean()),
            "holds": said(WORDS, ("yes" if np.sign(mean.value) == sign else "no") if mean.is_clear else "not_told"),
        }
        for theory, row, mean in zip(theories, effects, means, strict=True)
    )
    note = said(WORDS, "theories_note", seeds=MIDDLE_SEEDS)
    return Table("theories", said(WORDS, "theories_caption", date=date), columns, rows, note)
