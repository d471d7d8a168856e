"""``talentflow experiment run``: a batch, from its file to its effects."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli.batch.driving import drive, drive_options
from experiments.cli.options import option
from experiments.cli.outcome import Verb
from experiments.cli.terminal import Terminal

if TYPE_CHECKING:
    from experiments.batch.store import Store

_EXAMPLES = """\
talentflow experiment run study.yaml --out study
talentflow experiment run study --jobs 4
talentflow experiment run study --shard $SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT
talentflow experiment run study --cluster tcp://node1:8786
talentflow experiment run study --only 3f2a90
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("place", type=click.Path(exists=True, path_type=Path), metavar="FILE_OR_DIR")
@drive_options
@option(
    "Output",
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder of the results, for an experiment given as a file.",
)
@click.pass_context
def command(
    ctx: click.Context, /, place: Path, out: Path | None, lang: str, as_json: bool, quiet: bool, **how: Any
) -> None:
    """Run the experiment of a FILE, or of the file experiment.yaml in a folder.

    What the folder has of it already is not run again. Interrupt once to finish the runs going on, twice to stop.
    """
    if place.is_dir() and out is not None:
        raise click.UsageError("a folder keeps its own results: leave out --out", ctx)
    if not place.is_dir() and out is None:
        raise click.UsageError("name the folder of the results: --out DIR", ctx)
    drive(ctx, lambda: _store(place, out or place, lang), Terminal(lang, quiet), as_json=as_json, **how)


def _store(place: Path, folder: Path, lang: str) -> Store:
    from experiments.batch.driver import store_of
    from experiments.batch.pilot import check_count, count_of
    from experiments.batch.reading import read_experiment

    experiment = read_experiment(place, lang=lang)
    check_count(experiment, count_of(experiment))
    return store_of(experiment, folder)
