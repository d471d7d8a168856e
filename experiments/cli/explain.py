"""``talentflow explain``: what a scenario changes, or how two differ."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from experiments.cli.options import output_options
from experiments.cli.outcome import Verb
from experiments.cli.terminal import Terminal
from experiments.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scenarios import Scenario
    from scenarios.explain import ChangeView

SCHEMA = "talentflow.explain/1"
_EXAMPLES = """\
talentflow explain category-a-less-stringent
talentflow explain one-stop whole-article
talentflow explain my-reform.yaml --lang zh
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("scenario", metavar="A")
@click.argument("other", required=False, metavar="[B]")
@output_options
def command(scenario: str, other: str | None, lang: str, as_json: bool, quiet: bool) -> None:
    """Tell what scenario A changes, in sentences with dates and sources; or how B differs from A."""
    from experiments.cases import scenario_of

    terminal = Terminal(lang, quiet)
    first = scenario_of(scenario)
    if other is None:
        _explain(first, terminal, as_json=as_json)
    else:
        _contrast(first, scenario_of(other), terminal, as_json=as_json)


def _explain(scenario: Scenario, terminal: Terminal, *, as_json: bool) -> None:
    from experiments.telling import heading, plain_view
    from scenarios import describe_changes

    views = describe_changes(scenario)
    if as_json:
        told = {"schema": SCHEMA, "scenario": scenario.id, "changes": [plain_view(view) for view in views]}
        terminal.say(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1))
        return
    for line in heading(scenario, terminal.lang):
        terminal.say(line)
    if not views:
        terminal.say(say("changes_nothing", terminal.lang))
    _tell(views, terminal)
    if scenario.overlaps:
        rule = scenario.on_overlap or "last"
        paths = ", ".join(dict.fromkeys(overlap.path for overlap in scenario.overlaps))
        terminal.say(say("overlaps", terminal.lang, paths=paths, rule=rule))
    _sources(views, terminal)


def _contrast(first: Scenario, second: Scenario, terminal: Terminal, *, as_json: bool) -> None:
    from experiments.telling import compare_changes, heading, plain_view

    difference = compare_changes(first, second)
    if as_json:
        parts = {name: [plain_view(view) for view in views] for name, views in difference._asdict().items()}
        told = {"schema": SCHEMA, "scenario": first.id, "other": second.id, **parts}
        terminal.say(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1))
        return
    lang = terminal.lang
    for scenario in (first, second):
        terminal.say(heading(scenario, lang)[0])
    sections = [
        (say("only_in", lang, id=first.id), difference.only_first),
        (say("only_in", lang, id=second.id), difference.only_second),
        (say("differently_in", lang, id=first.id), difference.first),
        (say("differently_in", lang, id=second.id), difference.second),
        (say("alike", lang), difference.alike),
    ]
    for title, views in sections:
        if views:
            terminal.say("\n" + title)
            _tell(views, terminal)
    if not any(views for _, views in sections):
        terminal.say(say("changes_nothing", lang))
    _sources([view for _, views in sections for view in views], terminal)


def _tell(views: Sequence[ChangeView], terminal: Terminal) -> None:
    from experiments.telling import sentence

    for view in views:
        terminal.say(f"- {sentence(view, terminal.lang)}")


def _sources(views: Sequence[ChangeView], terminal: Terminal) -> None:
    from experiments.telling import sources_of

    lines = sources_of(views)
    if lines:
        terminal.say("\n" + say("sources", terminal.lang))
    for line in lines:
        terminal.say(f"  {line}")
