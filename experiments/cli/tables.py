"""What ``talentflow compare`` asks beside differences: all measures, two reforms together, ratios between groups."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.words import date_label, group_label, say, unit_label

if TYPE_CHECKING:
    from experiments.cli.terminal import Terminal
    from experiments.comparison import Comparison
    from experiments.equity import EquityRow
    from experiments.interaction import InteractionRow, Together
    from experiments.measures import MeasureRow, MeasureTable

_MILLION = 1e6


def run_measures(
    _scenarios: tuple[str, ...], terminal: Terminal, runs: dict[str, Any], *, as_json: bool, out: Path | None
) -> bool:
    """Run the table of measures and write it; return whether every run succeeded."""
    import click

    from experiments.measures import measures

    runs.pop("until", None)
    for name in ("outcomes", "groups", "precision"):
        if runs.pop(name, None) is not None:
            raise click.UsageError(f"--measures asks for the main outcome of each measure: leave out --{name}")
    dates = runs.pop("dates", ())
    if len(dates) > 1:
        raise click.UsageError("--measures takes one --date")
    if dates:
        runs["date"] = dates[0] if len(dates[0]) == 7 else f"{dates[0]}-12"
    with terminal.progress() as tell:
        table = measures(on_progress=tell, on_compile=_compiling(terminal), **runs)
    _write(table.to_json(lang=terminal.lang), "measures.json", terminal, as_json=as_json, out=out)
    if not as_json:
        show_measures(table, terminal)
    return not table.comparison.failures


def run_together(
    scenarios: tuple[str, ...], terminal: Terminal, runs: dict[str, Any], *, as_json: bool, out: Path | None
) -> bool:
    """Run two scenarios alone and together and write what they do; return whether every run succeeded."""
    from experiments.interaction import together

    with terminal.progress() as tell:
        result = together(*scenarios, paths=False, on_progress=tell, on_compile=_compiling(terminal), **runs)
    _write(result.to_json(lang=terminal.lang), "together.json", terminal, as_json=as_json, out=out)
    if not as_json:
        show_together(result, terminal)
    return not result.comparison.failures


def run_equity(
    scenarios: tuple[str, ...], terminal: Terminal, runs: dict[str, Any], *, as_json: bool, out: Path | None
) -> bool:
    """Run scenarios for ratios between groups and write them; return whether every run succeeded."""
    from experiments.comparison import compare
    from experiments.equity import GROUPS, OUTCOMES, to_json

    # Ratios are bounded over pairs alone, which says nothing of parameters.
    asked = runs | {"outcomes": OUTCOMES, "groups": GROUPS, "draws": 0}
    with terminal.progress() as tell:
        result = compare(scenarios, paths=False, on_progress=tell, on_compile=_compiling(terminal), **asked)
    _write(to_json(result), "equity.json", terminal, as_json=as_json, out=out)
    if not as_json:
        show_equity(result, terminal)
    return not result.failures


def _compiling(terminal: Terminal) -> Any:
    return lambda: terminal.note(say("compiling", terminal.lang))


def _write(text: str, name: str, terminal: Terminal, *, as_json: bool, out: Path | None) -> None:
    if as_json:
        terminal.say(text)
    if out is not None:
        from experiments.files import write_whole

        write_whole(out / name, text + "\n")
        terminal.note(say("written", terminal.lang, files=str(out / name)))


def show_measures(table: MeasureTable, terminal: Terminal) -> None:
    """Write the table of measures for people: the numbers, why some move nothing, what they mean."""
    from experiments.article import MEASURES
    from experiments.cases import outcome_labels
    from experiments.findings import notes, warnings_of
    from experiments.measures import reason_lines
    from experiments.pairing import CONFIDENCE

    lang, labels = terminal.lang, outcome_labels()
    for warning in warnings_of(table.comparison, lang):
        terminal.say(say("warning", lang, text=warning))
    terminal.say(say("measures_head", lang, n=len(MEASURES), date=date_label(table.date, lang)))
    terminal.say()
    columns = (
        "number", "scenario", "levers_short", "outcome", "difference", "interval", "touched", "additional", "displaced",
        "cost_millions", "per_person_year",
    )  # fmt: skip
    headers = {name: say(name, lang, percent=round(100 * CONFIDENCE)) for name in columns}
    cells = [_measure_cells(row, lang, labels) for row in table.rows]
    terminal.rows(headers, cells, numbers=columns[4:])
    terminal.say()
    terminal.say(say("table_means", lang))
    terminal.say()
    lines = list(reason_lines(table, lang, labels))
    if lines:
        terminal.say(say("silent_head", lang))
        for line in lines:
            terminal.say(line)
        terminal.say()
    for note in notes(table.comparison, lang):
        terminal.say(note)


def _measure_cells(row: MeasureRow, lang: str, labels: dict[str, dict[str, str]]) -> dict[str, str]:
    from experiments.article import title_of
    from experiments.findings import noise_of, quantum_of, rounded, subject
    from experiments.measures import short_levers

    number = str(row.measure)
    if row.main is None or row.persons is None:
        empty = dict.fromkeys(
            ("levers_short", "difference", "interval", "touched", "additional", "displaced", "cost_millions"), "-"
        )
        title = title_of(row.measure, lang)
        return {**empty, "number": number, "scenario": title, "outcome": say("no_file", lang), "per_person_year": "-"}
    main, quantum = row.main, quantum_of(noise_of(row.main))
    ends = say("range_text", lang, low=rounded(main.low, quantum), high=rounded(main.high, quantum))
    unit = unit_label(main.unit, lang)
    # The first words of a label are enough in a table.
    what = subject(labels[main.outcome][lang].partition(",")[0], main.group, lang)
    people = {name: getattr(row.persons, name) for name in ("touched", "additional", "displaced")}
    cost = (row.public_cost or 0.0) / _MILLION
    return {
        "number": number,
        "scenario": row.scenario or "",
        "levers_short": short_levers(row.levers),
        "outcome": f"{what} [{unit}]" if unit else what,
        "difference": rounded(main.difference, quantum) + ("" if row.is_detected else " ?"),
        "interval": ends if math.isfinite(main.low) else say("none", lang),
        **{name: rounded(value, quantum_of(value)) for name, value in people.items()},
        "cost_millions": rounded(cost, quantum_of(cost)),
        "per_person_year": _per_year(row),
    }


def _per_year(row: MeasureRow) -> str:
    """Return the cost of an added year with its interval; a dash where there is no such number."""
    from experiments.findings import quantum_of, rounded

    ends = (row.per_person_year, row.per_person_year_low, row.per_person_year_high)
    if row.person_years is None or row.person_years <= 0 or any(end is None or not math.isfinite(end) for end in ends):
        return "-"
    size, low, high = (rounded(float(end or 0.0), quantum_of(abs(float(end or 0.0)))) for end in ends)
    return f"{size} ({low}-{high})"


def show_together(result: Together, terminal: Terminal) -> None:
    """Write, for each number, what two scenarios do alone and together, the finding first."""
    from experiments.cases import outcome_labels
    from experiments.findings import notes, warnings_of
    from experiments.interaction import finding_of
    from experiments.pairing import CONFIDENCE

    lang, labels = terminal.lang, outcome_labels()
    for warning in warnings_of(result.comparison, lang):
        terminal.say(say("warning", lang, text=warning))
    if result.overlaps:
        terminal.say(say("overlap_last", lang, paths=", ".join(result.overlaps)))
    titles = {"a": result.titles[0][lang], "b": result.titles[1][lang]}
    columns = ("part", "difference", "interval", "n", "same_sign")
    headers = {name: say(name, lang, percent=round(100 * CONFIDENCE)) for name in columns}
    for row in result.rows:
        terminal.say(finding_of(row, lang, labels))
        words = {"what": labels[row.outcome][lang], "date": date_label(row.date, lang)}
        unit = unit_label(row.unit, lang) or say("ratio_of", lang)
        group = "" if row.group == "all" else f" ({group_label(row.group, lang)})"
        terminal.say(say("together_head", lang, **{**words, "what": words["what"] + group}, unit=unit, **titles))
        terminal.rows(headers, _together_cells(row, lang, titles), numbers=columns[1:])
        terminal.say()
    for note in notes(result.comparison, lang):
        terminal.say(note)


def _together_cells(row: InteractionRow, lang: str, titles: dict[str, str]) -> list[dict[str, str]]:
    from experiments.findings import quantum_of, rounded
    from experiments.interaction import PARTS

    cells = []
    for part in PARTS:
        summary = getattr(row, part)
        reach = (summary.high - summary.low) / 2
        quantum = quantum_of(reach if math.isfinite(reach) else 0.0)
        ends = say("range_text", lang, low=rounded(summary.low, quantum), high=rounded(summary.high, quantum))
        cells.append(
            {
                "part": say(f"part_{part}", lang, **titles),
                "difference": rounded(summary.difference, quantum),
                "interval": ends if math.isfinite(summary.low) else say("none", lang),
                "n": str(summary.n),
                "same_sign": f"{100 * summary.same_sign:.0f}%" if summary.n else "-",
            }
        )
    return cells


def show_equity(result: Comparison, terminal: Terminal) -> None:
    """Write ratios between groups, before and after."""
    from experiments.cases import outcome_labels
    from experiments.equity import equity_rows
    from experiments.findings import notes, warnings_of
    from experiments.pairing import CONFIDENCE

    lang, labels = terminal.lang, outcome_labels()
    for warning in warnings_of(result, lang):
        terminal.say(say("warning", lang, text=warning))
    terminal.say(say("equity_head", lang, date=", ".join(date_label(date, lang) for date in result.question.dates)))
    terminal.say()
    columns = ("scenario", "outcome", "ratio_of", "date", "before", "after", "difference", "interval")
    headers = {name: say(name, lang, percent=round(100 * CONFIDENCE)) for name in columns}
    cells = [_equity_cells(row, lang, labels) for row in equity_rows(result)]
    terminal.rows(headers, cells, numbers=columns[4:], shared=("scenario", "date"))
    terminal.say()
    for note in notes(result, lang):
        terminal.say(note)


def _equity_cells(row: EquityRow, lang: str, labels: dict[str, dict[str, str]]) -> dict[str, str]:
    ends = say("range_text", lang, low=f"{row.low:.2f}", high=f"{row.high:.2f}")
    pair = say("against", lang, group=group_label(row.group, lang), reference=group_label(row.reference, lang))
    return {
        "scenario": row.scenario,
        "outcome": labels[row.outcome][lang],
        "ratio_of": pair,
        "date": row.date,
        "before": f"{row.before:.2f}",
        "after": f"{row.after:.2f}",
        "difference": f"{row.difference:.2f}",
        "interval": ends if math.isfinite(row.low) else say("none", lang),
    }
