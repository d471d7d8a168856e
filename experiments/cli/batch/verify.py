"""``talentflow experiment verify``: every byte of a store held against what was written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from experiments.batch.store_words import told
from experiments.cli.options import option, output_options
from experiments.cli.outcome import INVALID_INPUT, Verb
from experiments.cli.terminal import Terminal

if TYPE_CHECKING:
    from experiments.batch.verify import Damage

SCHEMA = "talentflow.verify/1"
_EXAMPLES = """\
talentflow experiment verify my-batch
talentflow experiment verify my-batch --repair
talentflow experiment verify my-batch --json
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR")
@option(
    "Repair", "--repair", is_flag=True, help="Make good what can be; damaged results are moved aside, never deleted."
)
@output_options
@click.pass_context
def command(ctx: click.Context, /, folder: Path, repair: bool, lang: str, as_json: bool, quiet: bool) -> None:
    """Check every file of the batch in DIR against what was written; exit code 3 if damage stays."""
    from experiments.batch.verify import verify

    terminal, found = Terminal(lang, quiet), verify(folder.resolve(), repair=repair)
    is_sound = not any(damage.needs_repair for damage in found)
    if as_json:
        listed = [asdict(damage) | {"is_damage": damage.is_damage} for damage in found]
        terminal.say(json.dumps({"schema": SCHEMA, "ok": is_sound, "found": listed}, ensure_ascii=False, indent=1))
    else:
        show(found, terminal, folder, repair=repair)
    if not is_sound:
        ctx.exit(INVALID_INPUT)


def show(found: Sequence[Damage], terminal: Terminal, folder: Path, *, repair: bool) -> None:
    """Write what was found for people, and what to do about it."""
    lang = terminal.lang
    if not found:
        files = sum(path.is_file() for path in folder.rglob("*"))
        terminal.say(told("sound", lang, files=files))
        return
    n_damage = sum(damage.is_damage for damage in found)
    terminal.say(told("damage_head", lang, damage=n_damage, rest=len(found) - n_damage))
    terminal.say()
    rows = [
        {"file": damage.file, "finding": told(damage.kind, lang), "repair": told(damage.repair, lang)}
        for damage in found
    ]
    terminal.rows({name: told(name, lang) for name in ("file", "finding", "repair")}, rows, numbers=())
    terminal.say()
    if not repair:
        terminal.say(told("damage_to_repair", lang, folder=folder))
    elif any(damage.repair == "set_aside" for damage in found):
        terminal.say(told("damage_repaired", lang, folder=folder))
    if repair and any(damage.needs_repair for damage in found):
        terminal.say(told("damage_stays", lang))
