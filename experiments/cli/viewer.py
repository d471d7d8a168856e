"""``talentflow viewer``: one run, month by month, in Mesa's own viewer."""

from __future__ import annotations

import click

from experiments.cli.options import language_option, option
from experiments.cli.outcome import Verb
from experiments.cli.terminal import Terminal
from experiments.words import say

_EXAMPLES = """\
talentflow viewer
talentflow viewer --lang zh --port 8765 --no-open
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@option("Server", "--host", default="127.0.0.1", show_default=True, help="Address to listen on: this machine's alone.")
@option("Server", "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes a free one.")
@option("Server", "--open/--no-open", "is_opened", default=True, show_default=True, help="Open it in a browser.")
@language_option
def command(host: str, port: int, is_opened: bool, lang: str) -> None:
    """Watch one run in Mesa's viewer: play, step, reset; regions, permits and queues.

    Needs the extra `viewer`. One run is one run of luck: to learn what a reform does, use `compare` or `classroom`.
    """
    from experiments.cases import scenario_of, warm
    from experiments.design import Design
    from experiments.viewer.serving import prepare, serve

    prepare(lang)
    terminal = Terminal(lang)
    warm(scenario_of("baseline"), Design(), lambda: terminal.note(say("compiling", lang)))
    serve(host=host, port=port, is_opened=is_opened)
