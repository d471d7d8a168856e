"""Section: what of a package's effect is due to each of its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experiments import pairing
from experiments.analyses.decompose import REST, check_whole
from experiments.analyses.decompose_telling import sentences, shown_shares, step_of
from experiments.analyses.filling import Filling, place_for
from experiments.analyses.members import divided
from experiments.analyses.splits import EXACT_MOST, Split, needed, orders_of, split_of, worths_of
from experiments.analyses.titles import unit_of
from experiments.design import DesignError, default_dates, version
from experiments.findings import rounded
from experiments.report.building import both, column, date_text, interval, said, unit_text
from experiments.report.decomposition_words import WORDS
from experiments.report.parts import Figure, Paragraph, Section, Table

if TYPE_CHECKING:
    from experiments.analyses.decompose import Decomposition
    from experiments.analyses.members import Division
    from experiments.analyses.shapley import Order
    from experiments.analyses.splits import Estimate, MemberShare
    from experiments.batch.experiment import Experiment
    from experiments.report.asked import Asked, Running
    from experiments.report.parts import Text

OUTCOME = "stock"
SETS = 8
"""Sets of runs: one of every combination of parts, with the same seed."""
SCALE = 1000
ORDERS = 8
"""Orders of joining where there are too many parts to run every combination."""
_FOLDER = "shares"


@dataclass(frozen=True)
class Shared:
    """A package's effect shared among its parts, and the runs that say so; no ``orders`` where all were run."""

    experiment: Experiment
    division: Division
    split: Split
    orders: tuple[Order, ...]


def section(asked: Asked, running: Running) -> Section | None:
    """Return what is due to each part; None for several scenarios, and for one that is not made of parts alone."""
    scenario = asked.cases[0].scenario
    if not asked.is_package or asked.cases[0].first is None or len(scenario.reforms) < 2 or scenario.own_changes:
        return None
    try:
        division = divided(scenario, rest=REST)
        experiment = _experiment(asked, division)
        check_whole(division, division.arm(division.everyone), experiment)
    except DesignError as error:
        text = said(WORDS, "undivided", title=asked.cases[0].title, reason=error)
        return Section("decomposition", said(WORDS, "heading"), (Paragraph(text, "finding"),))
    return told(shared_of(division, experiment, asked, running))


def shared_of(division: Division, experiment: Experiment, asked: Asked, running: Running) -> Shared:
    """Run the combinations of parts, at defaults, or each set under another draw where the comparison is over draws.

    Raises
    ------
    KeyboardInterrupt
        If it was asked to stop.
    """
    n = len(division)
    orders = orders_of(n, None if n <= EXACT_MOST else ORDERS, asked.design.seed)
    arms = {coalition: division.arm(coalition) for coalition in needed(n, orders)}
    with place_for(running.folder and running.folder / _FOLDER) as place:
        run = {"jobs": running.jobs, "on_progress": running.on_progress, "should_stop": running.should_stop}
        filled = Filling(experiment, place, run).fill(list(arms.values()))
        (date,) = experiment.question.dates
        table = filled.effects(OUTCOME, "all", date)
        if asked.drawn is not None:
            # A set has a draw and a seed of its own: it counts as a replicate.
            table = table.assign(replicate=table["draw"], draw=0)
        worths, left_out = worths_of(table, {arm.id: coalition for coalition, arm in arms.items()})
    number = (OUTCOME, "all", date, unit_of(OUTCOME))
    return Shared(experiment, division, split_of(worths, division, orders, number=number, left_out=left_out), orders)


def _experiment(asked: Asked, division: Division) -> Experiment:
    from experiments.batch.writing import experiment_of

    design, date = asked.design, default_dates(asked.design.until)[-1]
    sets = min(SETS, design.replicates)
    draws = None if asked.drawn is None else asked.drawn.draws[:sets]
    return experiment_of(
        arms=[division.arm(division.everyone)], id=f"report-{division.package.id}"[:80],
        title=dict(division.package.title), replicates=1 if draws else sets, seed=design.seed,
        scale=max(SCALE, design.scale), until=date, engine=design.engine,
        outcomes=(OUTCOME,), dates=(date,), assume=asked.assume, folder=division.folder,
        draws=draws, own_seeds=draws is not None,
    )  # fmt: skip


def told(shared: Shared) -> Section:
    """Return the section that a package's shares make."""
    split, title = shared.split, _title(shared)
    date = date_text(split.date)
    subtitle = said(WORDS, "subtitle", date=date, percent=round(100 * pairing.CONFIDENCE))
    figure = Figure("waterfall", "waterfall", _figure_title(split), subtitle, _source(shared), share_table(split))
    rest = both(lambda lang: ("" if lang == "zh" else " ").join(_rest(shared, lang)))
    return Section(
        "decomposition",
        said(WORDS, "heading"),
        (Paragraph(finding(split, title, date), "finding"), figure, Paragraph(rest)),
    )


def _rest(shared: Shared, lang: str) -> list[str]:
    """Return what is due to each part, and which help each other; the whole is told in the finding."""
    return list(sentences(_as_decomposition(shared), shared.split, lang))[1:]


def finding(split: Split, title: Text, date: Text) -> Text:
    """Return which part does most, as far as the intervals tell."""
    step = step_of(split)
    shown = dict(zip((one.member for one in split.members), shown_shares(split), strict=True))
    total = split.total._replace(value=sum(shown.values())) if step > 0 else split.total
    words: dict[str, Any] = {"title": title, "date": date}
    if not split.total.is_clear:
        return said(WORDS, "total_untold", **words, **_sizes(total, step, "total", sign=1))
    sign = 1 if total.value > 0 else -1
    words |= _sizes(total, step, "total", sign=sign)
    along = _along(split)
    if not along:
        return said(WORDS, "parts_untold", **words)
    first = along[0]
    words |= _sizes(first.share._replace(value=shown[first.member]), step, "", sign=sign) | {"name": first.title}
    rival = _rival(split, first)
    if rival is not None:
        return said(WORDS, "even", next=rival.title, more=said(WORDS, "more" if sign > 0 else "fewer"), **words)
    return said(WORDS, "most" if sign > 0 else "most_fewer", **words)


def _along(split: Split) -> list[MemberShare]:
    """Return the parts that clearly pull the way of the whole, the largest first."""
    pulling = [one for one in split.members if one.share.is_clear and one.share.value * split.total.value > 0]
    return sorted(pulling, key=lambda one: -abs(one.share.value))


def _sizes(one: Estimate, step: float, name: str, *, sign: int) -> dict[str, str]:
    """Return a number and its ends as text; a fall, sign -1, is told by its size, the smallest end first."""
    value, low, high = (one.value, one.low, one.high) if sign > 0 else (-one.value, -one.high, -one.low)
    names = (name or "size", f"{name}_low" if name else "low", f"{name}_high" if name else "high")
    return dict(zip(names, (rounded(end, step) for end in (value, low, high)), strict=True))


def _figure_title(split: Split) -> Text:
    along = _along(split)
    if not along:
        return said(WORDS, "figure_none")
    if len([one for one in split.members if one.share.is_clear]) == 1:
        return said(WORDS, "figure_one", name=along[0].title)
    if _rival(split, along[0]) is not None:
        return said(WORDS, "figure_even")
    return said(WORDS, "figure_most", name=along[0].title)


def _rival(split: Split, first: MemberShare) -> MemberShare | None:
    """Return the part that is not told to do less than the first; of several, the largest.

    An unclear part is one if its range reaches as far; so is one that pulls the other way, as sizes are compared.
    """
    place = split.members.index(first)
    rivals = [one for at, one in enumerate(split.members) if at != place and not _is_larger(split, place, at)]
    return max(rivals, key=lambda one: abs(one.share.value), default=None)


def _is_larger(split: Split, first: int, second: int) -> bool:
    """Return whether a share is larger than another, set by set, whichever way that one pulls."""
    sign = 1 if split.total.value > 0 else -1
    ends = (
        pairing.interval([float(sign * (part[first] + way * part[second])) for part in split.parts]) for way in (-1, 1)
    )
    return all(low > 0 for low, _, _ in ends)


def share_table(split: Split) -> Table:
    """Return the parts in the package's order with the running total, then all together."""
    people = unit_text("persons")
    columns = (
        column("label", said(WORDS, "label")),
        column("share", said(WORDS, "share"), "interval", people, is_difference=True),
        column("running", said(WORDS, "running"), "number", people, is_difference=True),
        column("alone", said(WORDS, "alone"), "interval", people, is_difference=True),
        column("last", said(WORDS, "last"), "interval", people, is_difference=True),
        column("role", said(WORDS, "role")),
    )
    rows: list[dict[str, Any]] = []
    running = 0.0
    # Rounded so that they still add up, as the sentences tell them.
    for one, shown in zip(split.members, shown_shares(split), strict=True):
        running += shown
        ends = {"share": one.share._replace(value=shown), "alone": one.first, "last": one.last}
        cells = {name: interval(*estimate[:3]) for name, estimate in ends.items()}
        rows.append({"label": one.title, "running": running, "role": said(WORDS, "part"), **cells})
    total = interval(running, *split.total[1:3])
    whole = {"label": said(WORDS, "together"), "share": total, "running": running, "role": said(WORDS, "total")}
    rows.append({**whole, "alone": None, "last": None})
    return Table("waterfall", said(WORDS, "caption"), columns, tuple(rows), said(WORDS, "note"))


def _source(shared: Shared) -> Text:
    design = shared.experiment.design
    is_drawn = any(draw.parameters for draw in shared.experiment.draws)
    made = said(WORDS, "sampled", orders=len(shared.orders)) if shared.orders else said(WORDS, "exact")
    where = said(WORDS, "over_draws" if is_drawn else "at_defaults")
    both_made = both(lambda lang: ("，" if lang == "zh" else ", ").join((made[lang], where[lang])))
    counts = {"n": len(shared.split.replicates), "seed": design.seed, "scale": f"{design.scale:,}"}
    return said(WORDS, "source", made=both_made, version=version(), **counts)


def _title(shared: Shared) -> Text:
    from experiments.cases import titles_of

    return titles_of(shared.division.package)


def _as_decomposition(shared: Shared) -> Decomposition:
    from experiments.analyses.decompose import Decomposition

    return Decomposition(shared.experiment, shared.division, shared.orders, (shared.split,))
