"""Options that verbs share that fill a store, and the experiment that they were given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from experiments.cli.options import Month, option
from experiments.cli.running import kind_of
from experiments.design import DEFAULT_SCALE, DEFAULT_SEED

if TYPE_CHECKING:
    from experiments.batch.experiment import Experiment

_F = TypeVar("_F", bound=Callable[..., Any])


class Asked(NamedTuple):
    """An experiment that was named, and the folder of its store; None where its runs are to be made elsewhere."""

    experiment: Experiment
    folder: Path | None


def runs_options(replicates: int) -> Callable[[_F], _F]:
    """Add how the runs of an analysis are made; ``replicates`` is the default."""

    def decorate(function: _F) -> _F:
        options = [
            option(
                "Runs", "--replicates", type=click.IntRange(min=1), default=replicates, show_default=True, metavar="N",
                help="Runs with different luck.",
            ),
            option(
                "Runs", "--seed", type=click.IntRange(min=0), default=DEFAULT_SEED, show_default=True, metavar="S",
                help="First seed; the same seed gives the same numbers.",
            ),
            option(
                "Runs", "--scale", type=click.IntRange(min=1), default=DEFAULT_SCALE, show_default=True, metavar="K",
                help="People that one row stands for; 1 is the nation, person by person.",
            ),
            option("Runs", "--until", type=Month(), help="Last month simulated; the last date asked for without it."),
        ]  # fmt: skip
        for one in reversed(options):
            function = one(function)
        return function

    return decorate


def workers_options(function: _F) -> _F:
    """Add who does the runs."""
    cluster = "Dask scheduler whose workers do the runs; `local` starts one here with --jobs workers."
    function = option("Runs", "--cluster", metavar="ADDRESS", help=cluster)(function)
    jobs = "Worker processes; default one per processor."
    return option("Runs", "--jobs", type=click.IntRange(min=1), metavar="N", help=jobs)(function)


def figure_option(function: _F) -> _F:
    """Add the file of a figure."""
    path = click.Path(dir_okay=False, path_type=Path)
    return option("Output", "--plot", type=path, metavar="FILE", help="Also draw it to this .svg or .png file.")(
        function
    )


def store_option(function: _F) -> _F:
    """Add the folder that keeps the runs."""
    out = "Keep runs and result in this folder; runs that are there are not made again."
    path = click.Path(file_okay=False, path_type=Path)
    return option("Output", "--out", type=path, metavar="DIR", help=out)(function)


def check_output(plot: Path | None, out: Path | None) -> None:
    """Refuse a figure or a folder that cannot be written, before anything is run."""
    from experiments.files import check_folder

    if plot is not None:
        from experiments.figures import check_plot

        check_plot(plot, 1)
        check_folder(plot.parent)
    if out is not None:
        check_folder(out)


def asked_of(what: str, lang: str) -> Asked | None:
    """Return the experiment of a store, of a folder with a file, or of a file; None for a scenario."""
    from experiments.batch.reading import read_experiment
    from experiments.batch.store import Store

    kind, path = kind_of(what), Path(what)
    if kind == "store":
        return Asked(Store.open(path).experiment, path)
    if kind == "experiment":
        return Asked(read_experiment(path, lang=lang), path if path.is_dir() else None)
    return None
