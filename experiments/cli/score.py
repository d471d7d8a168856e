"""``talentflow score``: work permit points of one person, block by block."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from experiments.cli.options import Month, option, output_options
from experiments.cli.outcome import Verb
from experiments.cli.terminal import Terminal
from experiments.words import date_label, say

if TYPE_CHECKING:
    from experiments.scoring import Score

_EXAMPLES = """\
talentflow score person.yaml
talentflow score person.yaml --rules baseline,category-a-less-stringent
talentflow score person.yaml --at 2027-06 --json
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("person", metavar="PERSON.yaml")
@option(
    "Rules",
    "--rules",
    default="baseline",
    show_default=True,
    metavar="A,B",
    help="Scenarios to score under, ids or files.",
)
@option(
    "Rules",
    "--at",
    type=Month(),
    help="Month of the application; default this month, or later where the rules then differ.",
)
@output_options
def command(person: str, rules: str, at: str | None, lang: str, as_json: bool, quiet: bool) -> None:
    """Score a PERSON file: points of each block, the category, the route that opened it, what misses for the next.

    Such a file holds, for example: {birth: 1984-03, education: bachelor, experience_years: 17, salary_cny: 300000,
    region: shanghai}. The keys that may be left out are in `talentflow schema --kind person`.
    """
    from experiments.cases import scenario_of, titles_of
    from experiments.scoring import SCHEMA, default_month, score
    from scenarios import load_person

    terminal = Terminal(lang, quiet)
    someone = load_person(Path(person), lang=lang)
    scenarios = [scenario_of(name.strip()) for name in rules.split(",") if name.strip()]
    if not scenarios:
        raise click.UsageError("name at least one scenario in --rules")
    month = at or default_month(scenarios)
    scores = [score(someone, scenario, month) for scenario in scenarios]
    if as_json:
        told = [found.to_dict() for found in scores]
        result = {"schema": SCHEMA, **told[0], **({"rules": told} if len(told) > 1 else {})}
        terminal.say(json.dumps(result, ensure_ascii=False, allow_nan=False, indent=1))
        return
    for found, scenario in zip(scores, scenarios, strict=True):
        terminal.say(_sentence(found, titles_of(scenario)[lang], lang))
    terminal.say()
    rows = [
        [say(f"block_{name}", lang), *(_number(found.blocks[name]) for found in scores)] for name in scores[0].blocks
    ]
    rows.append([say("points", lang), *(_number(found.points) for found in scores)])
    terminal.table([say("block", lang), *(found.scenario for found in scores)], rows, numbers=range(1, len(scores) + 1))


def _sentence(found: Score, title: str, lang: str) -> str:
    words = {
        "title": title,
        "date": date_label(found.at, lang),
        "points": _number(found.points),
        "category": found.category,
        "route": say(f"route_{found.route}", lang),
        "next": found.next_category,
        "to_next": _number(found.to_next),
    }
    text = say("score_none" if found.category == "none" else "score", lang, **words)
    if found.next_category is None:
        return text
    return text + say("score_next", lang, **words)


def _number(points: float) -> str:
    return f"{points:g}"
