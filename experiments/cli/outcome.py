"""How a verb ends: its exit code, and what is said where something went wrong."""

from __future__ import annotations

import shlex
from typing import Any, NoReturn

import click

from experiments.words import say

USAGE, INVALID_INPUT, RUNS_FAILED, IMPRECISE, WORSE, INTERRUPTED = 2, 3, 4, 5, 6, 130
ARGUMENTS = "talentflow.arguments"
"""Where the group keeps the arguments it was called with."""
DESIGN_EXIT = "talentflow.design_exit"
"""Where a group keeps the code that a wrong design ends its verbs with, if its designs come from files."""
_NOT_FOUND = "unknown-scenario"


class Verb(click.Command):
    """A verb whose options come in groups, and whose errors end it with the code they deserve."""

    def __init__(self, *args: Any, examples: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._examples = examples

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb; turn errors into messages and exit codes."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            line = shlex.join(["talentflow", *ctx.meta.get(ARGUMENTS, [])])
            click.echo("\n" + say("interrupted", _lang(ctx), command=line), err=True)
            ctx.exit(INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:  # noqa: BLE001 - known errors are told plainly, others raised again
            _end_with(ctx, error)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options group by group."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None and isinstance(parameter, click.Option):
                sections.setdefault(getattr(parameter, "section", "Other"), []).append(record)
        sections["Other"] = sections.pop("Other", [])
        for title, records in sections.items():
            with formatter.section(title):
                formatter.write_dl(records)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the examples as they stand."""
        if self._examples:
            formatter.write_paragraph()
            formatter.write("Examples:\n" + "".join(f"  {line}\n" for line in self._examples.strip().splitlines()))


def _lang(ctx: click.Context) -> str:
    return str(ctx.params.get("lang") or "en")


def _end_with(ctx: click.Context, error: Exception) -> NoReturn:
    from experiments.batch.durable import StoreError
    from experiments.design import DesignError, MissingInputError
    from experiments.seeds import RunsFailedError
    from scenarios import ScenarioProblems

    if isinstance(error, DesignError):
        if DESIGN_EXIT in ctx.meta or isinstance(error, MissingInputError):
            click.echo(str(error), err=True)
            ctx.exit(ctx.meta.get(DESIGN_EXIT, INVALID_INPUT))
        raise click.UsageError(str(error), ctx) from error
    if isinstance(error, StoreError):
        click.echo(error.to_language(_lang(ctx)), err=True)
        ctx.exit(INVALID_INPUT)
    if isinstance(error, ScenarioProblems):
        told = error.to_language(_lang(ctx))
        click.echo(str(told), err=True)
        is_typed = DESIGN_EXIT not in ctx.meta and all(problem.code == _NOT_FOUND for problem in told.problems)
        ctx.exit(USAGE if is_typed else INVALID_INPUT)
    if isinstance(error, OSError) and error.filename is not None:
        # A place that cannot be read or written is the user's to change; a traceback would not help.
        raise click.UsageError(f"{error.filename}: {error.strerror}", ctx) from error
    if isinstance(error, RunsFailedError):
        click.echo(say("failed_runs", _lang(ctx)), err=True)
        for failure in error.failures:
            click.echo(f"  seed {failure.task}: {failure.error}", err=True)
        ctx.exit(RUNS_FAILED)
    raise error
