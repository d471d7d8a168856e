"""``talentflow experiment expand``: more replicates, draws or scenarios for a batch that there is."""

from __future__ import annotations

from pathlib import Path

import click

from experiments.cli.options import language_option, option
from experiments.cli.outcome import Verb
from experiments.cli.terminal import Terminal

_EXAMPLES = """\
talentflow experiment expand study --replicates 40
talentflow experiment expand study --draws 1024
talentflow experiment expand study --add points-based-pr --add study/mine.yaml
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR")
@option("Runs", "--replicates", type=click.IntRange(min=1), metavar="N", help="Replicates there shall be in all.")
@option("Runs", "--draws", type=click.IntRange(min=1), metavar="N", help="Draws there shall be in all.")
@option("Runs", "--add", multiple=True, metavar="SCENARIO", help="A scenario to add, an id or a file; repeat for more.")
@language_option
def command(folder: Path, replicates: int | None, draws: int | None, add: tuple[str, ...], lang: str) -> None:
    """Add runs to the batch in DIR; what it has stays as it is, and `experiment resume` runs what is new."""
    from experiments.batch.pilot import check_count, count_of
    from experiments.batch.store import Store
    from experiments.batch.words import told
    from experiments.batch.writing import expanded

    terminal = Terminal(lang)
    store = Store.open(folder)
    before, planned = store.experiment, len(store.plan())
    larger = expanded(before, scenarios=add, replicates=replicates, draws=draws, folder=folder)
    check_count(larger, count_of(larger))
    store.extend(
        arms=larger.arms[len(before.arms) :],
        draws=larger.draws[len(before.draws) :],
        replicates=larger.replicates.least,
        text=larger.text,
    )
    total, left = len(store.plan()), len(store.left())
    resume = f"talentflow experiment resume {folder}"
    terminal.say(
        told("expanded", lang, runs=f"{total - planned:,}", total=f"{total:,}", left=f"{left:,}", command=resume)
    )
