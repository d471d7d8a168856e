"""What became of the people of a report, and how their points lie to the bars."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.report.building import column, date_text, group_text, said
from experiments.report.figures_of import source_line
from experiments.report.parts import Figure, Section, Table, Text
from experiments.report.people import BIN, ENTRIES, FATES, N_BINS, Counted
from experiments.report.section_words import SECTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from experiments.replicate import Case
    from experiments.report.pairs import Pairs

BARS = {"A": "work_permit.category_a.points_min", "B": "work_permit.category_b.points_min"}
_LAWS = ("baseline", "reform")


def went_section(pairs: Pairs) -> Section | None:
    """Return flows and points, means over all runs; None for several scenarios, or one that never differs."""
    case = pairs.asked.cases[0]
    if not pairs.asked.is_one or case.first is None:
        return None
    sides = pairs.people(case.id)
    figures = (_flows(pairs, case, [_mean(side, "fates") for side in sides]),
               _points(pairs, case, [_mean(side, "points") for side in sides]))  # fmt: skip
    return Section("flows", said(SECTION_WORDS, "flows"), figures, ("analyst", "class"))


def _mean(side: Sequence[Counted], name: str) -> Any:
    return np.mean([getattr(counted, name) for counted in side], axis=0)


def _flows(pairs: Pairs, case: Case, fates: Sequence[Any]) -> Figure:
    date, people = date_text(pairs.asked.design.until), said(SECTION_WORDS, "people")
    table = Table(
        id="flows",
        caption=said(SECTION_WORDS, "flows_caption", date=date),
        columns=(
            column("source", said(SECTION_WORDS, "entry")),
            column("target", said(SECTION_WORDS, "end")),
            *(column(law, said(SECTION_WORDS, law), "number", people) for law in _LAWS),
        ),
        rows=tuple(
            {
                "source": _entry(row),
                "target": said(SECTION_WORDS, f"end_{end}"),
                **{law: float(counts[row, place]) for law, counts in zip(_LAWS, fates, strict=True)},
            }
            for row in range(len(ENTRIES) + 1)
            for place, end in enumerate(FATES)
            if any(counts[row, place] for counts in fates)
        ),
    )
    return Figure(
        id="flows",
        kind="flows",
        title=_flows_title(pairs, case),
        subtitle=said(SECTION_WORDS, "flows_subtitle", since=date_text(case.first or ""), date=date),
        source=source_line(pairs),
        table=table,
    )


def _entry(row: int) -> Text:
    return group_text(f"category={ENTRIES[row]}") if row < len(ENTRIES) else said(SECTION_WORDS, "entry_other")


def _flows_title(pairs: Pairs, case: Case) -> Text:
    """Return how many are residents at the end, where the paired difference of the share can be told from zero."""
    place = list(FATES).index("resident")
    shares = [
        [counted.fates[:, place].sum() / max(1.0, counted.fates.sum()) for counted in side]
        for side in pairs.people(case.id)
    ]
    found = pairs.main.summarise(*shares)
    before, after = f"{found.baseline:.1%}", f"{found.reform:.1%}"
    key = "flows_title" if found.is_clear and before != after else "flows_title_none"
    return said(SECTION_WORDS, key, share=after, before=before)


def _points(pairs: Pairs, case: Case, points: Sequence[Any]) -> Figure:
    date, people = date_text(pairs.asked.design.until), said(SECTION_WORDS, "people")
    bars, is_alike = bars_of(case, pairs.asked.design.until)
    local = said(SECTION_WORDS, "bars_alike" if is_alike else "bars_differ")
    held = [place for place in range(N_BINS) if any(counts[place] for counts in points)]
    table = Table(
        id="points",
        caption=said(SECTION_WORDS, "points_caption", date=date),
        columns=(
            column("points", said(SECTION_WORDS, "points_from"), "count"),
            *(column(law, said(SECTION_WORDS, law), "number", people) for law in _LAWS),
        ),
        rows=tuple(
            {
                "points": place * BIN,
                **{law: float(counts[place]) for law, counts in zip(_LAWS, points, strict=True)},
            }
            for place in range(min(held, default=0), max(held, default=-1) + 1)
        ),
        note=said(SECTION_WORDS, "points_note", local=local),
    )
    return Figure(
        id="points",
        kind="points",
        title=_points_title(bars, points),
        subtitle=said(SECTION_WORDS, "points_subtitle", date=date, bin=BIN),
        source=source_line(pairs),
        table=table,
        options={"width": BIN, "bars": bars},
    )


def bars_of(case: Case, until: str) -> tuple[list[dict[str, Any]], bool]:
    """Return the bar of each category at the end under both laws, and whether all places have the same ones."""
    bars, is_alike = [], True
    for category, path in BARS.items():
        values = [scenario.values_at(path, until).values() for scenario in (case.baseline, case.scenario)]
        is_alike = is_alike and all(len(set(held)) == 1 for held in values)
        before, after = (Counter(held).most_common(1)[0][0] for held in values)
        bars.append({"label": group_text(f"category={category}"), "baseline": before, "reform": after})
    return bars, is_alike


def _points_title(bars: Sequence[dict[str, Any]], points: Sequence[Any]) -> Text:
    moved = next((bar for bar in bars if bar["baseline"] != bar["reform"]), None)
    if moved is not None:
        values = {"before": f"{moved['baseline']:g}", "after": f"{moved['reform']:g}"}
        return said(SECTION_WORDS, "points_title_moved", category=moved["label"], **values)
    reached = points[1][int(bars[0]["reform"]) // BIN :].sum() / max(1.0, points[1].sum())
    return said(SECTION_WORDS, "points_title_same", share=f"{reached:.0%}")
