"""The reference of the command line: what each verb says of itself, asked while the site is built."""

from __future__ import annotations

from collections.abc import Iterator

import click

from experiments.cli.entry import command

WIDTH = 88
"""Characters of a line, as many as a block of code holds without scrolling."""


def reference() -> str:
    """Return the help of every verb, each under a heading of its own, as Markdown."""
    return "\n\n".join(_section(context) for context in verbs(_context(command, "talentflow")))


def verbs(context: click.Context) -> Iterator[click.Context]:
    """Yield a verb and, of a group, the verbs in it, in the order of the help."""
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            verb = context.command.get_command(context, name)
            if verb is not None:
                yield from verbs(_context(verb, name, context))


def _context(verb: click.Command, name: str, parent: click.Context | None = None) -> click.Context:
    return click.Context(verb, parent, name, **{**verb.context_settings, "terminal_width": WIDTH})


def _section(context: click.Context) -> str:
    return f"## {context.command_path}\n\n```text\n{context.get_help().rstrip()}\n```"
