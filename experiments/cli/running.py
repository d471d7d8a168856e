"""A batch that an analysis runs: its progress, its notes, and what is said when it is interrupted."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from experiments.cli.outcome import ARGUMENTS, INTERRUPTED, RUNS_FAILED
from experiments.cli.stopping import Stopping
from experiments.cli.terminal import Terminal
from experiments.words import phrase

_WORDS: dict[str, tuple[str, str]] = {
    "kept": (
        "Interrupted; what was run is kept in {folder}. To go on: {command}",
        "已中断，已完成的模拟保存在{folder}。继续运行：{command}",
    ),
    "failed": (
        "{n} runs failed and were left out; `talentflow experiment failures {folder}` lists them",
        "{n}次模拟失败，未计入；用 `talentflow experiment failures {folder}` 查看",
    ),
    "failed_unkept": (
        "{n} runs failed and were left out; keep the runs with --out DIR to see why",
        "{n}次模拟失败，未计入；用 --out DIR 保存模拟以查看原因",
    ),
}


@contextmanager
def running(ctx: click.Context, terminal: Terminal, folder: Path | None) -> Iterator[dict[str, Any]]:
    """Yield what a function that runs a batch is told: ``on_progress``, ``on_note``, ``should_stop``.

    The first Ctrl-C lets the runs going on finish, the second does not; either ends the verb with the line that goes on.
    """
    from experiments.batch.run_words import told

    def note(key: str, fields: dict[str, Any]) -> None:
        terminal.note(told(key, terminal.lang, **fields))

    try:
        with Stopping(lambda: note("finishing", {})) as stopping, terminal.progress("runs") as tell:
            yield {"on_progress": tell, "on_note": note, "should_stop": stopping}
    except KeyboardInterrupt:
        if folder is None:
            raise
        command = shlex.join(["talentflow", *ctx.meta.get(ARGUMENTS, [])])
        click.echo("\n" + phrase(_WORDS, "kept", terminal.lang, folder=folder, command=command), err=True)
        ctx.exit(INTERRUPTED)


def end_with_failures(ctx: click.Context, terminal: Terminal, failed: int, folder: Path | None) -> None:
    """End with the code for failed runs, where a batch had any."""
    if failed:
        terminal.note(phrase(_WORDS, "failed" if folder else "failed_unkept", terminal.lang, n=failed, folder=folder))
        ctx.exit(RUNS_FAILED)


def kind_of(what: str) -> str:
    """Return what an argument names: ``store``, ``experiment`` or ``scenario``."""
    from experiments.batch.layout import MANIFEST
    from scenarios.events import read_file

    path = Path(what)
    if path.is_dir():
        return "store" if (path / MANIFEST).exists() else "experiment"
    if path.suffix in {".yaml", ".yml"} and path.is_file():
        schema = read_file(path, what).data.get("schema")
        return "experiment" if str(schema).startswith("talentflow.experiment") else "scenario"
    return "scenario"


def refuse(ctx: click.Context, names: tuple[str, ...], why: str) -> None:
    """Refuse options that were given though something else says them."""
    given = [name for name in names if ctx.get_parameter_source(name) == click.core.ParameterSource.COMMANDLINE]
    if given:
        flags = {parameter.name: parameter.opts[0] for parameter in ctx.command.params}
        raise click.UsageError(f"{why}: leave out {', '.join(flags[name] for name in given)}", ctx)
