"""A group of verbs, each imported only when it is named, so that help answers at once."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class Verbs(click.Group):
    """A group that knows the names and lines of its verbs without importing them.

    ``verbs`` is verb -> (its line in the help, its module, which has a ``command``), in the order in which people meet
    them. ``examples`` stand at the end of the help.
    """

    def __init__(self, *args: Any, verbs: Mapping[str, tuple[str, str]], examples: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._verbs, self._examples = verbs, examples

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the verbs."""
        return list(self._verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - likewise
        """Import a verb."""
        if cmd_name not in self._verbs:
            return None
        command = import_module(self._verbs[cmd_name][1]).command
        if not isinstance(command, click.Command):
            raise TypeError(f"{self._verbs[cmd_name][1]}.command is no click command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or name the one that was probably meant."""
        if args and not args[0].startswith("-") and args[0] not in self._verbs:
            close = difflib.get_close_matches(args[0].lower(), self._verbs, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"known: {', '.join(self._verbs)}"
            ctx.fail(f"unknown verb {args[0]!r}; {hint}")
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs, then the options."""
        self.format_commands(ctx, formatter)
        records = [record for one in self.get_params(ctx) if (record := one.get_help_record(ctx)) is not None]
        with formatter.section("Other"):
            formatter.write_dl(records)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - likewise
        """Write the verbs without importing them."""
        with formatter.section("Verbs"):
            formatter.write_dl([(verb, line) for verb, (line, _) in self._verbs.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - likewise
        """Write the examples as they stand."""
        formatter.write_paragraph()
        formatter.write(self._examples)
