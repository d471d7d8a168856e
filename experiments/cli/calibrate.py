"""``talentflow calibrate``: fit uncertain parameters to observed numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli.options import option, output_options
from experiments.cli.outcome import Verb
from experiments.cli.running import end_with_failures, running
from experiments.cli.terminal import Terminal
from experiments.design import DEFAULT_SEED

if TYPE_CHECKING:
    from experiments.calibration.foretold import Foretold
    from experiments.calibration.result import Calibration

_EXAMPLES = """\
talentflow calibrate --out calibration
talentflow calibrate --out calibration --known-truths 50
talentflow calibrate --out quick --scale 2000 --waves 2 --draws 100 --sample 100
talentflow calibrate --out fewer --over beta --over theta_mean --without pay-elasticity
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@option(
    "Question",
    "--over",
    multiple=True,
    metavar="NAME",
    help="Parameter to fit, or a role; repeat for more. Default the role calibrate.",
)
@option(
    "Question",
    "--without",
    multiple=True,
    metavar="ID",
    help="Target that is not fitted, only foretold; repeat for more.",
)
@option(
    "Question",
    "--targets",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Observed numbers; default those of the package.",
)
@option(
    "Question",
    "--known-truths",
    "truths",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    metavar="N",
    help="Also recover N known truths from the last wave's runs, 20 or more, which takes long: are posteriors as wide as they say?",
)
@option(
    "Runs",
    "--waves",
    type=click.IntRange(min=1, max=6),
    default=3,
    show_default=True,
    metavar="N",
    help="Waves at most; fewer where one rules out hardly anything.",
)
@option(
    "Runs",
    "--draws",
    type=click.IntRange(min=1),
    metavar="N",
    help="Draws of each wave; default 10 for each parameter.",
)
@option(
    "Runs",
    "--sample",
    type=click.IntRange(min=1),
    default=400,
    show_default=True,
    metavar="N",
    help="Draws of the posterior.",
)
@option(
    "Runs",
    "--replicates",
    type=click.IntRange(min=2),
    default=2,
    show_default=True,
    metavar="R",
    help="Runs of each draw with other luck.",
)
@option(
    "Runs",
    "--scale",
    type=click.IntRange(min=1),
    default=500,
    show_default=True,
    metavar="K",
    help="People that one row stands for.",
)
@option(
    "Runs",
    "--seed",
    type=click.IntRange(min=0),
    default=DEFAULT_SEED,
    show_default=True,
    metavar="S",
    help="First seed; also that of the searches.",
)
@option("Runs", "--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes; default one per processor.")
@output_options
@option(
    "Output",
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="DIR",
    help="Folder of the runs and of posterior.csv; the same command goes on where it was interrupted.",
)
@click.pass_context
def command(
    ctx: click.Context, /, out: Path, lang: str, as_json: bool, quiet: bool, over: tuple[str, ...], **asked: Any
) -> None:
    """Rule out parameters that cannot give the observed numbers, and sample those that can."""
    from experiments.calibration.calibrate import calibrate

    terminal = Terminal(lang, quiet)
    with running(ctx, terminal, out) as run:
        run.pop("on_note")
        result = calibrate(out, over=over or None, **asked, **run)
    if as_json:
        terminal.say(result.to_json(lang=lang))
    else:
        show(result, terminal)
    end_with_failures(ctx, terminal, result.failed, None)


def show(result: Calibration, terminal: Terminal) -> None:
    """Write what was learned, then the waves, the parameters and the targets."""
    from experiments.calibration.words import WORDS, findings
    from experiments.words import phrase

    lang = terminal.lang
    terminal.paragraphs(findings(result, lang))
    terminal.say()
    _show_waves(result, terminal)
    terminal.say()
    _show_parameters(result, terminal)
    terminal.say()
    _show_targets(result, terminal)
    terminal.say()
    terminal.say(phrase(WORDS, "kept", lang, folder=result.folder))


def _show_waves(result: Calibration, terminal: Terminal) -> None:
    from experiments.calibration.words import cutters, percent

    rows = [
        {
            "wave": str(wave.number),
            "draws": str(wave.draws),
            "share": percent(wave.share),
            "inside": "-" if wave.validity is None else percent(wave.validity.share_inside),
            "cuts": cutters(result, wave, terminal.lang),
        }
        for wave in result.waves
    ]
    _rows(terminal, rows, ("wave", "draws", "share", "inside"))


def _show_parameters(result: Calibration, terminal: Terminal) -> None:
    from experiments.analyses.parameters import parameter_label
    from experiments.calibration.words import percent

    rows = [
        {
            "parameter": parameter_label(one.name, terminal.lang),
            "prior": _band(*one.prior[1:]),
            "posterior": _band(*one.posterior[1:]),
            "mean": f"{one.posterior[0]:.3g}",
            "narrower": percent(max(0.0, one.shrinkage)) if one.is_identified else "-",
        }
        for one in sorted(result.parameters, key=lambda one: -one.shrinkage)
    ]
    _rows(terminal, rows, ("mean", "narrower"))


def _show_targets(result: Calibration, terminal: Terminal) -> None:
    from experiments.calibration.words import target_title
    from experiments.words import say, unit_label

    def row(one: Foretold) -> dict[str, str]:
        left_out = one.left_out
        return {
            "target": target_title(result, one.id, terminal.lang),
            "unit": unit_label((result.units or {}).get(one.id, ""), terminal.lang),
            "observed": _number(one.observed),
            "likely": _band(*one.likely),
            "mean": _number(one.predictive.mean),
            "model": _band(one.model.low, one.model.high),
            "predictive": _band(one.predictive.low, one.predictive.high),
            "left_out": "-" if left_out is None else _band(left_out.low, left_out.high),
            "fitted": say("yes" if one.is_used else "no", terminal.lang),
        }

    _rows(terminal, [row(one) for one in result.targets], ("observed", "mean"))


def _rows(terminal: Terminal, rows: list[dict[str, str]], numbers: tuple[str, ...]) -> None:
    from experiments.calibration.words import WORDS
    from experiments.words import phrase

    terminal.rows({name: phrase(WORDS, name, terminal.lang) for name in rows[0]}, rows, numbers=numbers)


def _band(low: float, high: float) -> str:
    return f"{_number(low)} .. {_number(high)}" if low < 0 else f"{_number(low)}-{_number(high)}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
