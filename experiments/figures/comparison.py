"""The figure of a comparison: levels above, paired differences with their band below."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from experiments import pairing
from experiments.cases import outcome_unit
from experiments.design import FIRST_DATE, DesignError
from experiments.figures.blocks import (
    AXIS,
    GAP,
    MARGIN,
    PANEL,
    WIDTH,
    Lines,
    bytes_of,
    described,
    height_of,
    line_height,
    write,
)
from experiments.figures.look import (
    BASELINE_COLOUR,
    COLOURS,
    MARKERS,
    NO_FONT,
    SERIES_MAX,
    TEXT_COLOURS,
    readable,
    style,
    wrap,
)
from experiments.findings import findings, headline_rows, notes, subject, verb_of
from experiments.words import say, unit_label
from simulation.records import month_index

if TYPE_CHECKING:
    from experiments.comparison import Comparison
    from experiments.replicate import Case

_ENDINGS = (".svg", ".png")
_LABEL_SIZE, _LABEL_COLUMNS = 8.0, 20


class Path_(NamedTuple):  # noqa: N801 - Path is a file
    """One scenario along time: means and the interval of the paired difference."""

    case: Case
    years: Any
    baseline: Any
    reform: Any
    difference: Any
    low: Any
    high: Any
    is_clear: Any


def check_plot(file: Path, n_scenarios: int) -> None:
    """Refuse a figure that cannot be drawn, before anything is run."""
    if file.suffix not in _ENDINGS:
        raise DesignError(f"a figure is drawn as {' or '.join(_ENDINGS)}, got {file.name!r}")
    if n_scenarios > SERIES_MAX:
        raise DesignError(f"a figure holds at most {SERIES_MAX} scenarios, got {n_scenarios}; draw fewer at a time")


def draw_comparison(result: Comparison, ending: str, lang: str, labels: dict[str, dict[str, str]]) -> bytes:
    """Return a figure of the first outcome and group: levels above, paired differences with their band below.

    Parameters
    ----------
    result
        A comparison of at most ``SERIES_MAX`` scenarios.
    ending
        ``.svg`` or ``.png``.
    lang
        ``en`` or ``zh``. A picture of Chinese text needs a Chinese font; without one it is drawn in English and says so.
    labels
        Names of outcomes by language.
    """
    with style(lang) as font_found:
        told = readable(ending, lang, font_found=font_found)
        paths = [_path(result, case) for case in result.cases]
        title, details = _heading(result, told, labels)
        note = [] if told == lang else [NO_FONT]
        figure = _figure(result, paths, told, labels, title=title, details=details, notes_below=note)
        content = bytes_of(figure, ending)
    return _accessible(content, [title, *details], result, told) if ending == ".svg" else content


def _heading(result: Comparison, lang: str, labels: dict[str, dict[str, str]]) -> tuple[str, list[str]]:
    """Return the title, and the finding of each scenario where there are several: no more than the ranges support."""
    rows, sentences = list(headline_rows(result)), findings(result, lang, labels)
    what = subject(labels[rows[0].outcome][lang], rows[0].group, lang)
    clear = [row for row in rows if row.is_clear]
    if len(rows) == 1:
        return (sentences[0] if clear else say("no_clear_difference", lang, what=what)), []
    if not clear:
        return say("no_clear_difference", lang, what=what), sentences
    if len(clear) == len(rows) and len({row.difference > 0 for row in rows}) == 1:
        return say(f"figure_all_{verb_of(rows[0])}", lang, n=len(rows), what=what), sentences
    return say("figure_some", lang, n=len(clear), total=len(rows), what=what), sentences


def _path(result: Comparison, case: Case) -> Path_:
    outcome, group = result.question.outcomes[0], result.question.groups[0]
    before, after = result.paths(case.id, outcome, group)
    years = np.arange(before.shape[1]) / 12 + int(FIRST_DATE[:4])
    pairs = [result.summarise(before[:, i], after[:, i]) for i in range(before.shape[1])]
    columns = [
        np.array([getattr(pair, name) for pair in pairs])
        for name in ("baseline", "reform", "difference", "low", "high", "is_clear")
    ]
    return Path_(case, years, *columns)


def _figure(
    result: Comparison,
    paths: list[Path_],
    lang: str,
    labels: dict[str, dict[str, str]],
    *,
    title: str,
    details: list[str],
    notes_below: list[str],
) -> Any:
    from matplotlib.figure import Figure

    outcome, group = result.question.outcomes[0], result.question.groups[0]
    what = subject(labels[outcome][lang], group, lang)
    key = "figure_subtitle_one" if result.replicates == 1 else "figure_subtitle"
    unit = unit_label(outcome_unit(outcome), lang) or "0-1"
    subtitle = say(key, lang, what=what[:1].upper() + what[1:], unit=unit, percent=round(100 * pairing.CONFIDENCE))
    above = [
        Lines(title, 11, 80, weight="bold"),
        *(Lines(text, 8.5, 108, colour) for text, colour in zip(details, TEXT_COLOURS, strict=False)),
        Lines(subtitle, 8.5, 108, BASELINE_COLOUR),
    ]
    below = [Lines(text, 7, 128, BASELINE_COLOUR) for text in (*notes(result, lang), *notes_below)]
    head, foot = (sum(height_of(lines, lang) for lines in block) for block in (above, below))
    height = MARGIN + head + GAP / 2 + 2 * PANEL + GAP + AXIS + foot + MARGIN
    figure = Figure(figsize=(WIDTH, height))
    write(figure, above, lang, top=height - MARGIN)
    write(figure, below, lang, top=MARGIN + foot)
    bottom = MARGIN + foot + AXIS
    room = {"left": 0.1, "right": 0.78, "top": (bottom + 2 * PANEL + GAP) / height, "bottom": bottom / height}
    levels, differences = figure.subplots(2, 1, sharex=True, gridspec_kw={**room, "hspace": GAP / PANEL})
    _draw_levels(levels, paths, lang)
    _draw_differences(differences, paths, lang)
    return figure


def _draw_levels(axes: Any, paths: list[Path_], lang: str) -> None:
    ends = []
    seen: set[str] = set()
    for path in paths:
        if path.case.baseline_id not in seen:
            seen.add(path.case.baseline_id)
            # Above the others: today's law never disappears behind a reform.
            axes.plot(path.years, path.baseline, color=BASELINE_COLOUR, linestyle="--", linewidth=1.4, zorder=3)
            ends.append((path.years[-1], path.baseline[-1], say("today_law", lang), BASELINE_COLOUR))
    for start in dict.fromkeys(path.case.first for path in paths if path.case.first):
        _mark_start(axes, start, lang)
    for path, colour, ink, marker in zip(paths, COLOURS, TEXT_COLOURS, MARKERS, strict=False):
        axes.plot(path.years, path.reform, color=colour, linewidth=1.6)
        at = _yearly(path)
        axes.plot(path.years[at], path.reform[at], color=colour, marker=marker, markersize=3.5, linestyle="none")
        ends.append((path.years[-1], path.reform[-1], path.case.title[lang], ink))
    axes.set_ylim(bottom=0)
    axes.margins(x=0.01)
    _label_ends(axes, ends, lang)


def _draw_differences(axes: Any, paths: list[Path_], lang: str) -> None:
    ends = []
    axes.axhline(0, color="#333333", linewidth=1)
    for path, colour, ink, marker in zip(paths, COLOURS, TEXT_COLOURS, MARKERS, strict=False):
        axes.fill_between(path.years, path.low, path.high, color=colour, alpha=0.18, linewidth=0)
        axes.plot(path.years, path.difference, color=colour, linewidth=1.6)
        at = _yearly(path)
        is_clear = path.is_clear[at]
        style = {"color": colour, "marker": marker, "markersize": 4.5, "linestyle": "none"}
        axes.plot(path.years[at][is_clear], path.difference[at][is_clear], **style)
        axes.plot(path.years[at][~is_clear], path.difference[at][~is_clear], markerfacecolor="white", **style)
        ends.append((path.years[-1], path.difference[-1], path.case.title[lang], ink))
    axes.set_title(say("difference_panel", lang), fontsize=9, loc="left")
    _label_ends(axes, ends, lang)


def _yearly(path: Path_) -> Any:
    """Return the places of Decembers from the start of the scenario on."""
    decembers = np.arange(11, len(path.years), 12)
    return decembers[decembers >= path.case.first_month - month_index(FIRST_DATE)]


def _mark_start(axes: Any, start: str, lang: str) -> None:
    at = month_index(start) / 12 + 2000
    axes.axvline(at, color=BASELINE_COLOUR, linewidth=0.8, linestyle=":")
    text = say("starts", lang, date=start)
    axes.annotate(
        text,
        (at, 0.02),
        xycoords=("data", "axes fraction"),
        fontsize=7,
        color=BASELINE_COLOUR,
        rotation=90,
        ha="right",
        va="bottom",
    )


def _label_ends(axes: Any, ends: list[tuple[float, float, str, str]], lang: str) -> None:
    """Write each name where its line ends, moved apart where lines end together."""
    low, high = axes.get_ylim()
    wrapped = [(y, wrap(text, _LABEL_COLUMNS, lang)[:3], colour) for _, y, text, colour in ends if np.isfinite(y)]
    wrapped.sort(key=lambda end: end[0])
    step = line_height(_LABEL_SIZE) / PANEL
    places: list[float] = []
    floor = -1.0
    for y, lines, _ in wrapped:
        half = step * len(lines) / 2
        place = max((y - low) / (high - low), floor + half)
        places.append(place)
        floor = place + half + step / 4
    # Pushed out of the panel at the top: all go down together.
    excess = max(0.0, floor - 1.05)
    for place, (_, lines, colour) in zip(places, wrapped, strict=True):
        axes.text(
            1.015,
            place - excess,
            "\n".join(lines),
            transform=axes.transAxes,
            color=colour,
            fontsize=_LABEL_SIZE,
            va="center",
            linespacing=1.2,
        )


def _accessible(svg: bytes, sentences: list[str], result: Comparison, lang: str) -> bytes:
    """Give an SVG a role, a title and a description, and let it take the width it is given."""
    return described(svg, " ".join(sentences), " ".join(notes(result, lang)))
