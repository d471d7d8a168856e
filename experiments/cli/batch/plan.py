"""``talentflow experiment plan``: what a batch will take, before it is run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli.options import option, output_options
from experiments.cli.outcome import Verb
from experiments.cli.terminal import Terminal

if TYPE_CHECKING:
    from experiments.batch.experiment import Experiment
    from experiments.batch.pilot import Estimate

SCHEMA = "talentflow.plan/1"
_EXAMPLES = """\
talentflow experiment plan study.yaml
talentflow experiment plan study --jobs 8
talentflow experiment plan study.yaml --json
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("place", type=click.Path(path_type=Path), metavar="FILE_OR_DIR")
@option("Runs", "--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes; default one per processor.")
@output_options
def command(place: Path, jobs: int | None, lang: str, as_json: bool, quiet: bool) -> None:
    """Count the runs of an experiment (a FILE, or experiment.yaml in a folder) and tell the time and disk they take.

    A small pilot is timed. A batch above the limits of its file is refused.
    """
    from experiments.batch.pilot import check_count, check_estimate, count_of, estimate_of
    from experiments.batch.reading import read_experiment
    from experiments.words import say

    terminal = Terminal(lang, quiet)
    experiment = read_experiment(place, lang=lang)
    # A batch that is too large by its number is refused before anything is timed.
    check_count(experiment, count_of(experiment))
    estimate = estimate_of(experiment, jobs=jobs, on_compile=lambda: terminal.note(say("compiling", lang)))
    if as_json:
        terminal.say(json.dumps(_plain(experiment, estimate), ensure_ascii=False, allow_nan=False, indent=1))
    else:
        _show(place, experiment, estimate, terminal)
    check_estimate(experiment, estimate)


def _plain(experiment: Experiment, estimate: Estimate) -> dict[str, Any]:
    count, pilot, limits = estimate.count, estimate.pilot, experiment.limits
    return {
        "schema": SCHEMA,
        "experiment": experiment.id,
        "scenarios": [arm.id for arm in experiment.arms],
        "draws": len(experiment.draws),
        "replicates": experiment.replicates.least,
        "most_replicates": experiment.replicates.most,
        "runs": count.runs,
        "most_runs": count.most_runs,
        "families": count.families,
        "runs_in_family": count.in_family,
        "chunks": count.chunks,
        "jobs": estimate.jobs,
        "hours": estimate.hours,
        "gigabytes": estimate.gigabytes,
        "seconds_per_run": pilot.seconds_per_run,
        "bytes_per_run": pilot.bytes_per_run,
        "pilot": {"runs": pilot.runs, "seconds": pilot.seconds},
        "limits": {"runs": limits.runs, "hours": limits.hours, "gigabytes": limits.gigabytes},
    }


def _show(place: Path, experiment: Experiment, estimate: Estimate, terminal: Terminal) -> None:
    from experiments.batch.words import told

    lang = terminal.lang
    terminal.say(experiment.title[lang])
    terminal.say()
    rows = [[told(name, lang), text] for name, text in _lines(experiment, estimate, lang).items()]
    terminal.table([told("what", lang), told("how_much", lang)], rows)
    terminal.say()
    for note in (_balance(experiment, lang), _held(experiment, lang)):
        if note:
            terminal.say(note)
    out = "" if place.is_dir() else f" --out {experiment.id}"
    terminal.say(told("nothing_run", lang, command=f"talentflow experiment run {place}{out}"))


def _lines(experiment: Experiment, estimate: Estimate, lang: str) -> dict[str, str]:
    from experiments.batch.words import duration, size, told

    count, pilot = estimate.count, estimate.pilot
    runs = told(
        "runs_in_families", lang, runs=f"{count.runs:,}", families=f"{count.families:,}", in_family=count.in_family
    )
    most = told("runs_at_most", lang, most=f"{count.most_runs:,}") if count.most_runs > count.runs else ""
    compared = len(experiment.arms)
    baselines = count.in_family - compared
    return {
        "scenarios": told("and_baselines", lang, n=compared, baselines=baselines) if baselines else str(compared),
        "draws": _draws(experiment, lang),
        "replicates": _replicates(experiment, lang),
        "runs": runs + most,
        "files": told("files_of", lang, chunks=f"{count.chunks:,}"),
        "time": told("time_with", lang, time=duration(estimate.hours, lang), jobs=estimate.jobs),
        "disk": told("disk_of", lang, size=size(estimate.gigabytes * 1e9), each=size(pilot.bytes_per_run)),
        "pilot": told("pilot_of", lang, n=pilot.runs, seconds=f"{pilot.seconds:.1f}"),
    }


def _draws(experiment: Experiment, lang: str) -> str:
    from experiments.batch.form import DrawsForm
    from experiments.batch.inputs import section_uncertainty
    from experiments.batch.words import told

    form: DrawsForm | None = section_uncertainty(experiment)
    if form is None:
        return told("no_draws", lang)
    kind = form.method or ("posterior" if form.posterior else "points")
    parameters = len(experiment.draws[0].parameters)
    values = {"n": f"{len(experiment.draws):,}", "parameters": parameters}
    return told(f"drawn_{kind}", lang, **values, **({"file": form.posterior} if kind == "posterior" else {}))


def _held(experiment: Experiment, lang: str) -> str:
    """Return a note on the parameters that would be drawn if nothing were assumed of them."""
    from experiments.batch.draws import drawn_names
    from experiments.batch.held import held_in
    from experiments.batch.inputs import section_uncertainty
    from experiments.batch.words import told

    form = section_uncertainty(experiment)
    if form is None or form.points is not None:
        return ""
    held = held_in(experiment, drawn_names(form.over))
    return told("held", lang, names=", ".join(held)) if held else ""


def _replicates(experiment: Experiment, lang: str) -> str:
    from experiments.batch.experiment import SEED_STEP
    from experiments.batch.words import told

    replicates, first = experiment.replicates, experiment.design.seed
    n = replicates.least
    if replicates.stop is None:
        kind = "seeds_own" if experiment.own_seeds else "seeds"
        return told(kind, lang, n=n, first=first, last=first + n - 1, step=f"{SEED_STEP:,}")
    return told("seeds_growing", lang, n=n, first=first, batch=replicates.batch, most=replicates.most)


def _balance(experiment: Experiment, lang: str) -> str:
    """Return a note where Sobol points stop between two powers of two."""
    from experiments.batch.inputs import section_uncertainty
    from experiments.batch.words import told

    form, n = section_uncertainty(experiment), len(experiment.draws)
    if form is None or form.method != "sobol" or n & (n - 1) == 0:
        return ""
    return told("balanced", lang, n=n, below=1 << (n.bit_length() - 1), above=1 << n.bit_length())
