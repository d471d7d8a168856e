"""The reference of the command line: what each verb says of itself, asked while the site is built."""

from __future__ import annotations

from collections.abc import Iterator

import click

from experiments.cli.entry import command

WIDTH = 92


def reference() -> str:
    """Return the help of every verb, each under a heading of its own, as Markdown."""
    return "\n\n".join(_section(context) for context in verbs(click.Context(command, info_name="talentflow")))


def verbs(context: click.Context) -> Iterator[click.Context]:
    """Yield a verb and, of a group, the verbs in it, in the order of the help."""
    context.terminal_width = WIDTH
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            verb = context.command.get_command(context, name)
            if verb is not None:
                yield from verbs(click.Context(verb, info_name=name, parent=context))


def _section(context: click.Context) -> str:
    return f"## {context.command_path}\n\n```text\n{context.get_help().rstrip()}\n```"
