"""``talentflow life``: one person's biography, under one law or two."""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from experiments.cli.options import Month, option, output_options
from experiments.cli.outcome import Verb
from experiments.cli.terminal import Terminal
from experiments.design import DEFAULT_SCALE, DEFAULT_SEED, DEFAULT_UNTIL
from experiments.words import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from experiments.design import Design
    from experiments.picking import Kind, Law, Lives
    from scenarios import Scenario

_KINDS = (
    "came-only-because", "stayed-only-because", "left-despite", "kept-out", "stuck-in-queue", "refused", "lost-post",
    "came-back", "family-separated", "family-joined", "pension-missed", "pension-reached", "residence-granted",
    "residence-refused",
)  # fmt: skip
"""Those of ``experiments.picking``, which imports what help must not wait for."""
_EXAMPLES = """\
talentflow life 1109 --scenario whole-article --against baseline
talentflow life --pick came-only-because --scenario category-a-less-stringent
talentflow life --pick residence-granted --lang zh
talentflow life 1109 --scale 1 --json
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("person", type=int, required=False, metavar="[ID]")
@option("Life", "--scenario", default="baseline", show_default=True, metavar="S", help="Law to live under, an id or a file.")  # fmt: skip
@option("Life", "--against", metavar="T", help="Another law, to tell where the two lives part, and why.")
@option(
    "Life", "--pick", type=click.Choice(_KINDS), metavar="KIND",
    help="Instead of an ID: the first person of a kind under S; with --against, and not so under T. "
    f"Kinds: {', '.join(_KINDS)}. Those about two laws take S's baseline as T unless told.",
)  # fmt: skip
@option("Life", "--full", is_flag=True, help="Tell every event; otherwise those that repeat each other are summed up.")
@option(
    "Run", "--seed", type=click.IntRange(min=0), default=DEFAULT_SEED, show_default=True, metavar="S",
    help="Seed of the run that the person lives in.",
)  # fmt: skip
@option(
    "Run", "--scale", type=click.IntRange(min=1), default=DEFAULT_SCALE, show_default=True, metavar="K",
    help="People that one row stands for; people are numbered anew at each scale, and 1 is the nation.",
)  # fmt: skip
@option("Run", "--until", type=Month(), default=DEFAULT_UNTIL, show_default=True, help="Last month simulated.")
@output_options
def command(
    person: int | None,
    scenario: str,
    against: str | None,
    pick: str | None,
    full: bool,
    seed: int,
    scale: int,
    until: str,
    lang: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Tell the life of one person of a run: what happened, which clause decided, what spoke for and against.

    The first life of a run makes that run once, which takes seconds, or minutes at scale 1, and keeps what everybody
    faced in it; later lives are told at once. The people are invented: no life is a forecast.
    """
    from experiments.cases import scenario_of
    from experiments.design import Design
    from experiments.picking import BY_NAME
    from experiments.picking import pick as find

    if (person is None) == (pick is None):
        raise click.UsageError("name a person by number, or a kind with --pick, and not both")
    terminal, design = Terminal(lang, quiet), Design(seed=seed, replicates=1, scale=scale, until=until)
    law = scenario_of(scenario)
    kind = BY_NAME[pick] if pick else None
    if against is None and kind is not None and kind.needs_two and law.baseline is not law:
        against = law.baseline.id
    other = scenario_of(against) if against else None
    laws = [_law(each, design, terminal) for each in (law, other) if each is not None]
    lives = find(kind, *laws) if kind else _lives(person or 0, laws)
    _tell(lives, kind, terminal, as_json=as_json, is_full=full)


def _law(scenario: Scenario, design: Design, terminal: Terminal) -> Law:
    """Return a law with what is kept of its run, made now if need be."""
    from experiments.life_telling import sentence
    from experiments.picking import Law as FoundLaw
    from experiments.public_facts import Hooks, kept_of

    lang, shown = terminal.lang, ExitStack()
    told: list[Callable[[float, int], None]] = []

    def begin() -> None:
        terminal.note(sentence("running", lang, scenario=scenario.id, scale=f"{design.scale:,}"))
        told.append(shown.enter_context(terminal.progress("months")))

    def go_on(done: float, total: int) -> None:
        told[0](done, total)

    hooks = Hooks(
        on_run=begin,
        on_progress=go_on,
        on_compile=lambda: terminal.note(say("compiling", lang)),
        on_not_kept=lambda reason: terminal.note(sentence("not_kept", lang, reason=reason)),
    )
    with shown:
        return FoundLaw(scenario, kept_of(scenario, design, hooks))


def _lives(person: int, laws: Sequence[Law]) -> Lives:
    from experiments.lives import live
    from experiments.picking import Lives as FoundLives

    first, *others = [live(person, law.scenario, law.kept) for law in laws]
    return FoundLives(first, others[0] if others else None)


def _tell(lives: Lives | None, kind: Kind | None, terminal: Terminal, *, as_json: bool, is_full: bool) -> None:
    """Write one life or two, or that nobody of the kind was found."""
    from experiments.life_page import SCHEMA, Page, to_dict
    from experiments.life_telling import sentence

    lang = terminal.lang
    label = kind.label[LANGUAGES.index(lang)] if kind else ""
    if as_json:
        told = {"schema": SCHEMA, "id": None, "events": []} if lives is None else to_dict(lives[0], lang, lives[1])
        picked = {"picked": kind.name} if kind else {}
        terminal.say(json.dumps({**told, **picked}, ensure_ascii=False, allow_nan=False, indent=1))
    elif lives is None:
        terminal.paragraphs([sentence("none_found", lang, kind=label)])
    else:
        head = [sentence("picked", lang, kind=label)] if kind else []
        terminal.paragraphs([*head, *Page(lang, is_full).lines(*lives)])
