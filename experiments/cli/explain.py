"""``talentflow explain``: what a scenario changes, or how two differ."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from experiments.cli.options import output_options
from experiments.cli.outcome import Verb
from experiments.cli.terminal import Terminal
from experiments.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from experiments.telling import Told
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
    from experiments.telling import heading, parts_of, told_changes

    told = told_changes(scenario)
    parts = parts_of(scenario)
    if as_json:
        changes = [{**_plain(each), "mechanism": _mechanism(parts.get(each.view.by))} for each in told]
        result: dict[str, Any] = {
            "schema": SCHEMA,
            "scenario": scenario.id,
            "why": scenario.why,
            "mechanism": _mechanism(scenario),
        }
        result |= {"cannot_show": scenario.cannot_show, "changes": changes}
        terminal.say(json.dumps(result, ensure_ascii=False, allow_nan=False, indent=1))
        return
    for line in heading(scenario, terminal.lang):
        terminal.say(line)
    if not told:
        terminal.say(say("changes_nothing", terminal.lang))
    for by, own in groupby(told, key=lambda each: each.view.by):
        # What a package says of itself does not tell why each of its reforms is there.
        if by != scenario.id and by in parts:
            terminal.say()
            for line in heading(parts[by], terminal.lang):
                terminal.say(line)
        _tell(list(own), terminal)
    if scenario.overlaps:
        rule = scenario.on_overlap or "last"
        paths = ", ".join(dict.fromkeys(overlap.path for overlap in scenario.overlaps))
        terminal.say("\n" + say("overlaps", terminal.lang, paths=paths, rule=rule))
    _sources([each.view for each in told], terminal)


def _mechanism(scenario: Scenario | None) -> str:
    return scenario.mechanism or scenario.why if scenario else ""


def _plain(told: Told) -> dict[str, Any]:
    from experiments.telling import plain_view

    return {**plain_view(told.view), "overruled_by": told.overruled_by, "overruled_from": told.overruled_from}


def _contrast(first: Scenario, second: Scenario, terminal: Terminal, *, as_json: bool) -> None:
    from experiments.telling import apart_sentence, clauses_apart, compare_changes, heading, plain_view, sentence

    difference, apart = compare_changes(first, second), clauses_apart(first, second)
    if as_json:
        parts = {name: [plain_view(view) for view in views] for name, views in difference._asdict().items()}
        law = [each._asdict() for each in apart]
        told = {"schema": SCHEMA, "scenario": first.id, "other": second.id, **parts, "law_apart": law}
        terminal.say(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1))
        return
    lang = terminal.lang
    for scenario in (first, second):
        terminal.say(heading(scenario, lang)[0])
    if apart:
        terminal.say("\n" + say("law_apart", lang, first=first.id, second=second.id))
        for each in apart:
            terminal.say(f"- {apart_sentence(each, lang)}")
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
            for view in views:
                terminal.say(f"- {sentence(view, lang)}")
    if not any(views for _, views in sections):
        terminal.say(say("changes_nothing", lang))
    _sources([view for _, views in sections for view in views], terminal)


def _tell(told: Sequence[Told], terminal: Terminal) -> None:
    from experiments.telling import told_sentence

    for each in told:
        terminal.say(f"- {told_sentence(each, terminal.lang)}")


def _sources(views: Sequence[ChangeView], terminal: Terminal) -> None:
    from experiments.telling import sources_of

    lines = sources_of(views)
    if lines:
        terminal.say("\n" + say("sources", terminal.lang))
    for line in lines:
        terminal.say(f"  {line}")
