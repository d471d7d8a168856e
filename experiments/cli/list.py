"""``talentflow list``: what there is to name."""

from __future__ import annotations

import json

import click

from experiments.cli.options import output_options
from experiments.cli.outcome import Verb
from experiments.cli.terminal import Terminal
from experiments.words import group_label, say, unit_label

SCHEMA = "talentflow.list/1"
KINDS = ("scenarios", "levers", "outcomes", "groups")
_EXAMPLES = """\
talentflow list
talentflow list levers
talentflow list outcomes --lang zh
talentflow list --json
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("kinds", nargs=-1, type=click.Choice(KINDS), metavar="[scenarios|levers|outcomes|groups]...")
@output_options
def command(kinds: tuple[str, ...], lang: str, as_json: bool, quiet: bool) -> None:
    """List shipped scenarios, levers of the law, outcomes and groups, one line each."""
    from experiments.cases import known_groups, outcome_labels, outcome_unit
    from scenarios import catalogue, levers

    terminal = Terminal(lang, quiet)
    wanted = kinds or KINDS
    found: dict[str, list[dict[str, object]]] = {}
    if "scenarios" in wanted:
        found["scenarios"] = [
            {"id": entry.id, "kind": entry.kind, "measure": entry.measure, "title": dict(entry.title)}
            for entry in catalogue()
        ]
    if "levers" in wanted:
        found["levers"] = [
            {"path": path, "unit": lever.unit, "label": dict(lever.label), "range": [lever.low, lever.high]}
            for path, lever in levers().items()
        ]
    if "outcomes" in wanted:
        found["outcomes"] = [
            {"id": name, "unit": outcome_unit(name), "label": label} for name, label in outcome_labels().items()
        ]
    if "groups" in wanted:
        names = known_groups()
        found["groups"] = [
            {"id": name, "label": {one: group_label(name, one) for one in ("en", "zh")}} for name in names
        ]
    if as_json:
        terminal.say(json.dumps({"schema": SCHEMA, **found}, ensure_ascii=False, allow_nan=False, indent=1))
    else:
        _show(found, terminal)


def _show(found: dict[str, list[dict[str, object]]], terminal: Terminal) -> None:
    lang = terminal.lang
    for number, (kind, entries) in enumerate(found.items()):
        if number:
            terminal.say()
        terminal.say(say(kind, lang))
        rows = [[_cell(entry, name, lang) for name in entry if name != "range"] for entry in entries]
        terminal.table([say(name, lang) for name in entries[0] if name != "range"], rows)


def _cell(entry: dict[str, object], name: str, lang: str) -> str:
    value = entry[name]
    if isinstance(value, dict):
        return str(value[lang])
    if name == "kind":
        return say(f"kind_{value}", lang)
    if name == "unit":
        return unit_label(str(value), lang) or str(value)
    return "" if value is None else str(value)
