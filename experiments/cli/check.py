"""``talentflow check``: the model against data."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli.context import show_context
from experiments.cli.options import option, output_options
from experiments.cli.outcome import RUNS_FAILED, WORSE, Verb
from experiments.cli.terminal import Terminal
from experiments.design import CHECK_SCALE, DEFAULT_SEED, ENGINES, Design, DesignError
from experiments.words import say, unit_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from experiments.checks import Answer, Check
    from experiments.patterns import Pattern, Readings
    from experiments.record import Worsening

_REPLICATES = 4
_EXAMPLES = """\
talentflow check
talentflow check --replicates 20 --scale 200
talentflow check my-assumptions.yaml --json
talentflow check --plot check.svg --record record.json
talentflow check --against record.json
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("scenario", default="baseline", metavar="[SCENARIO]")
@option(
    "Runs",
    "--replicates",
    type=click.IntRange(min=1),
    default=_REPLICATES,
    show_default=True,
    metavar="N",
    help="Runs to average.",
)
@option(
    "Runs",
    "--seed",
    type=click.IntRange(min=0),
    default=DEFAULT_SEED,
    show_default=True,
    metavar="S",
    help="First seed.",
)
@option(
    "Runs",
    "--scale",
    type=click.IntRange(min=1),
    default=CHECK_SCALE,
    show_default=True,
    metavar="K",
    help="People that one row stands for.",
)
@option("Runs", "--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes; default one per processor.")
@option(
    "Runs", "--engine", type=click.Choice(ENGINES), default="compiled", show_default=True, help="How the rules are run."
)
@option(
    "Runs",
    "--patterns/--no-patterns",
    default=True,
    show_default=True,
    help="Also read shapes of stay and signs of policy effects, which the model was not fitted to.",
)
@option(
    "Record",
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Record of scores to hold this check against; default that of the package, where it was made alike.",
)
@option(
    "Record",
    "--record",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the scores to this file.",
)
@output_options
@option(
    "Output",
    "--plot",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also draw the answers to this .svg or .png file.",
)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    against: Path | None,
    record: Path | None,
    plot: Path | None,
    scenario: str,
    replicates: int,
    seed: int,
    scale: int,
    jobs: int | None,
    engine: str,
    patterns: bool,
    lang: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Hold the model against observed numbers, target by target: observed, model, ratio, and whether it is close enough.

    SCENARIO is the baseline unless told; another set of assumptions may be checked as well. Ends with exit code 6 if a score is
    worse than on record.
    """
    from experiments.batch.durable import write_durably
    from experiments.check_figure import draw
    from experiments.checks import check
    from experiments.figures import check_plot
    from experiments.patterns import check_patterns
    from experiments.record import record_of, worsenings

    terminal = Terminal(lang, quiet)
    if plot is not None:
        check_plot(plot, 1)
    known = _known(scenario, Design(seed=seed, replicates=replicates, scale=scale), against)
    how: dict[str, Any] = {"replicates": replicates, "seed": seed, "scale": scale, "jobs": jobs, "engine": engine}
    how["on_compile"] = lambda: terminal.note(say("compiling", lang))
    readings = None
    with terminal.progress() as tell:
        result = check(scenario, on_progress=tell, **how)
    if patterns:
        with terminal.progress() as tell:
            readings = check_patterns(scenario, on_progress=tell, **how)
    made = record_of(result, readings)
    worse = worsenings(known, made) if known and not _failed(result, readings) else []
    if record is not None:
        write_durably(record, (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode(), record.parent)
    if plot is not None:
        write_durably(plot, draw(result, plot.suffix, lang), plot.parent)
    if as_json:
        told = result.to_dict() | ({"patterns": readings.to_dict()["patterns"]} if readings else {})
        told["record"] = (
            None if known is None else {"version": known["version"], "worse": [asdict(one) for one in worse]}
        )
        terminal.say(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1))
    else:
        show(result, terminal)
        if readings:
            show_patterns(readings, terminal)
        show_context(result.context, terminal, has_reasons=True)
        show_origin(result, terminal)
        show_record(known, worse, terminal)
    if _failed(result, readings):
        ctx.exit(RUNS_FAILED)
    if worse:
        ctx.exit(WORSE)


def _failed(result: Check, readings: Readings | None) -> bool:
    return bool(result.failures or (readings and readings.failures))


def _known(scenario: str, design: Design, against: Path | None) -> dict[str, Any] | None:
    """Return the record to hold a check against: the one named, or that of the package if it was made alike."""
    from experiments.record import FILE, is_comparable, read_record

    if against is None and not FILE.exists():
        return None
    found = read_record(against or FILE)
    if is_comparable(found, scenario, design):
        return found
    if against is not None:
        made = ", ".join(f"{name} {found[name]}" for name in ("scenario", "seed", "replicates", "scale"))
        raise DesignError(f"{against}: that record was made with other settings: {made}")
    return None


def show(result: Check, terminal: Terminal) -> None:
    """Write the answers for people: fitted, held out, of other institutions, then what the model does not answer."""
    from experiments.checks import score_of

    lang = terminal.lang
    terminal.say(say("check_met", lang, met=result.n_met, total=len(result.answers)))
    terminal.say()
    for section, answers in result.sections.items():
        terminal.say(say(f"check_{section}", lang, **score_of(answers)))
        _show_answers(answers, terminal)
        terminal.say()
    terminal.say(say("check_z", lang))
    _show_unanswered(result, terminal)
    terminal.say()


def _show_answers(answers: Sequence[Answer], terminal: Terminal) -> None:
    from experiments.findings import quantum_of, rounded

    lang = terminal.lang
    names = ("target", "period", "unit", "observed", "model", "sd", "ratio", "allowed", "met", "z", "source")
    rows = [
        {
            "target": answer.target.what[lang],
            "period": answer.target.period,
            "unit": unit_label(answer.target.unit, lang),
            "observed": f"{answer.target.value:,.6g}",
            "model": rounded(answer.model, quantum_of(abs(answer.model)) / 10),
            "sd": rounded(answer.sd, quantum_of(answer.sd)),
            "ratio": rounded(answer.ratio, 0.01),
            "allowed": f"{1 / answer.target.factor:.2f}-{answer.target.factor:.2f}",
            "met": say("yes" if answer.is_met else "no", lang),
            "z": f"{answer.z:+.1f}" if math.isfinite(answer.z) else "-",
            "source": answer.target.source,
        }
        for answer in answers
    ]
    terminal.rows({name: say(name, lang) for name in names}, rows, numbers=("observed", "model", "sd", "ratio", "z"))


def _show_unanswered(result: Check, terminal: Terminal) -> None:
    if not result.unanswered:
        return
    lang = terminal.lang
    terminal.say(say("check_unanswered", lang, n=len(result.unanswered)))
    for why in dict.fromkeys(one.why for one in result.unanswered):
        sources = [one.source for one in result.unanswered if one.why == why]
        told = say(f"why_{why}", lang)
        terminal.say(say("check_unanswered_of", lang, why=told, n=len(sources), sources=", ".join(sources)))


def show_patterns(readings: Readings, terminal: Terminal) -> None:
    """Write the patterns for people, failures too."""
    lang = terminal.lang
    verdicts = [answer.verdict for answer in readings.answers]
    n, missed = verdicts.count("predicted"), verdicts.count("not predicted")
    total = len(verdicts)
    terminal.say(say("patterns_read", lang, total=total, n=n, missed=missed, rest=total - n - missed))
    terminal.say()
    rows = [
        {
            "pattern": answer.pattern.what[lang],
            "unit": unit_label(answer.pattern.unit, lang),
            "expected": _expected(answer.pattern, lang),
            "model": f"{answer.mean:.3f}",
            "likely": say("between", lang, low=f"{answer.interval[0]:.3f}", high=f"{answer.interval[1]:.3f}"),
            "verdict": say(answer.verdict, lang),
            "source": answer.pattern.source,
        }
        for answer in readings.answers
    ]
    names = ("pattern", "unit", "expected", "model", "likely", "verdict", "source")
    terminal.rows({name: say(name, lang) for name in names}, rows, numbers=("model",))
    terminal.say()


def _expected(pattern: Pattern, lang: str) -> str:
    if math.isinf(pattern.high):
        return say("above", lang, low=f"{pattern.low:g}")
    if math.isinf(pattern.low):
        return say("below", lang, high=f"{pattern.high:g}")
    return say("between", lang, low=f"{pattern.low:g}", high=f"{pattern.high:g}")


def show_record(known: dict[str, Any] | None, worse: Sequence[Worsening], terminal: Terminal) -> None:
    """Write what is worse than on record, or that nothing is."""
    if known is None:
        return
    lang = terminal.lang
    code = "record_worse" if worse else "record_kept"
    terminal.say(say(code, lang, n=len(worse), version=known["version"]))
    for one in worse:
        names = {"name": one.name, "before": one.before, "now": one.now, "lost": ", ".join(one.lost)}
        terminal.say(say(f"record_{one.kind}", lang, **names))


def show_origin(result: Check, terminal: Terminal) -> None:
    """Write what the numbers were made from."""
    from experiments.design import version

    lang, design = terminal.lang, result.design
    n = design.replicates - len(result.failures)
    terminal.say(say("made_from_runs", lang, n=n, seed=design.seed, scale=f"{design.scale:,}", version=version()))
    terminal.say(say("provisional", lang))
