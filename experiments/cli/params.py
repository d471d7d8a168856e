"""``talentflow params``: the law, lever by lever."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import click

from experiments.cli.options import Month, option, output_options
from experiments.cli.outcome import Verb
from experiments.cli.terminal import Terminal
from experiments.words import group_label, say

if TYPE_CHECKING:
    from experiments.lawbook import Standing

SCHEMA = "talentflow.params/1"
_IN_FULL = 6
"""Levers up to which a search is told in full."""
_EXAMPLES = """\
talentflow params
talentflow params points_min
talentflow params pension --at 2035-01
talentflow params social_insurance.base_cap --json
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("search", default="", metavar="[SEARCH]")
@option("Law", "--at", type=Month(), help="Month in which it is looked up; default this month.")
@output_options
def command(search: str, at: str | None, lang: str, as_json: bool, quiet: bool) -> None:
    """Show levers of the law whose path or name contains SEARCH: value in force, unit, source, exceptions.

    A search that few levers match also shows their history and the reforms that change them.
    """
    from experiments.design import DesignError, unknown
    from experiments.lawbook import standings
    from scenarios import levers

    terminal = Terminal(lang, quiet)
    month = at or f"{dt.datetime.now(tz=dt.UTC):%Y-%m}"
    found = list(standings(search, month))
    if not found:
        # The last part of a path is what people remember.
        raise DesignError(unknown("lever", search, [*levers(), *(path.rpartition(".")[2] for path in levers())]))
    if as_json:
        told = [_plain(standing) for standing in found]
        terminal.say(
            json.dumps({"schema": SCHEMA, "at": month, "params": told}, ensure_ascii=False, allow_nan=False, indent=1)
        )
    elif len(found) <= _IN_FULL:
        for number, standing in enumerate(found):
            if number:
                terminal.say()
            _tell(standing, terminal)
    else:
        _table(found, terminal)


def _table(found: list[Standing], terminal: Terminal) -> None:
    lang = terminal.lang
    headers = [say(name, lang) for name in ("path", "value", "unit", "source", "exceptions", "reforms")]
    rows = [
        [
            standing.lever.path,
            f"{standing.value:,.10g}",
            standing.lever.unit,
            standing.provision.source,
            str(len(standing.exceptions) or ""),
            str(len(standing.reforms) or ""),
        ]
        for standing in found
    ]
    terminal.say(say("law_at", lang, date=found[0].at))
    terminal.table(headers, rows, numbers=(1, 4, 5))


def _tell(standing: Standing, terminal: Terminal) -> None:
    from experiments.lawbook import provision_value
    from simulation.records import month_text

    lang, lever = terminal.lang, standing.lever
    terminal.say(lever.path)
    terminal.say(f"  {lever.label[lang]}")
    low, high = lever.plausible
    terminal.say(
        "  "
        + say(
            "in_force",
            lang,
            date=standing.at,
            value=f"{standing.value:,.10g}",
            unit=lever.unit,
            low=f"{low:g}",
            high=f"{high:g}",
        )
    )
    for place, value in standing.exceptions.items():
        terminal.say("    " + say("exception", lang, place=group_label(place, lang), value=f"{value:,.10g}"))
    terminal.say("  " + say("history", lang))
    for provision in standing.history:
        places = ", ".join(group_label(place, lang) for place in provision.where)
        where = f" ({places})" if places else ""
        terminal.say(
            f"    {month_text(provision.start)}  {provision_value(provision)}{where}  [{_source(provision.source, lang)}]"
        )
        if provision.note:
            terminal.say(f"             {provision.note}")
    terminal.say("  " + say("touched_by", lang, reforms=", ".join(standing.reforms) or say("none", lang)))


def _source(source: str, lang: str) -> str:
    from scenarios import facts

    fact = facts().get(source)
    if fact is None:
        return say("assumption", lang) if source == "assumption" else source
    return f"{source}: {fact.source_title}"


def _plain(standing: Standing) -> dict[str, Any]:
    from simulation.records import month_text

    lever = standing.lever
    return {
        "path": lever.path,
        "label": dict(lever.label),
        "unit": lever.unit,
        "value": standing.value,
        "exceptions": standing.exceptions,
        "range": [lever.low, lever.high],
        "plausible": list(lever.plausible),
        "source": standing.provision.source,
        "history": [
            {
                "from": month_text(provision.start),
                "values": {month_text(month): value for month, value in provision.steps},
                "where": list(provision.where),
                "source": provision.source,
                "note": provision.note,
            }
            for provision in standing.history
        ],
        "reforms": list(standing.reforms),
    }
