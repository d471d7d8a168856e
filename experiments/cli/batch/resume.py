"""``talentflow experiment resume``: what is left of a batch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from experiments.cli.batch.driving import drive, drive_options
from experiments.cli.options import option
from experiments.cli.outcome import Verb
from experiments.cli.terminal import Terminal

_EXAMPLES = """\
talentflow experiment resume study
talentflow experiment resume study --retry-failed
talentflow experiment resume study --jobs 1
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR")
@drive_options
@option("Runs", "--retry-failed", is_flag=True, help="Try runs that failed again, too.")
@click.pass_context
def command(
    ctx: click.Context, /, folder: Path, lang: str, as_json: bool, quiet: bool, retry_failed: bool, **how: Any
) -> None:
    """Run what is left of the batch in DIR. Several may do so at once and share the work."""
    from experiments.batch.store import Store

    drive(ctx, lambda: Store.open(folder), Terminal(lang, quiet), as_json=as_json, retry_failed=retry_failed, **how)
