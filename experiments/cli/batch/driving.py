"""What ``experiment run`` and ``experiment resume`` share: options, the drive, and what is told at its end."""

from __future__ import annotations

import math
import re
import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from experiments.batch.run_words import told
from experiments.cli.options import option, output_options
from experiments.cli.outcome import IMPRECISE, INTERRUPTED, RUNS_FAILED
from experiments.cli.stopping import Stopping
from experiments.words import group_label, say, unit_label

if TYPE_CHECKING:
    from experiments.batch.effects import Effect
    from experiments.batch.store import Store
    from experiments.cli.terminal import Terminal

_F = TypeVar("_F", bound=Callable[..., Any])
_ROWS_SHOWN = 60
_COLUMNS = ("arm", "outcome", "group", "date", "unit", "difference", "interval", "spread", "n")
_NUMBERS = ("difference", "interval", "spread", "n")


class ShardText(click.ParamType[tuple[int, int]]):
    """A shard, ``i/n``."""

    name = "i/n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Return its number and how many there are."""
        match = re.fullmatch(r"(\d{1,6})/(\d{1,6})", str(value))
        number, count = (int(match[1]), int(match[2])) if match else (1, 0)
        if number > count or count == 0:
            self.fail(
                f"{value!r} is no shard: write i/n, such as 3/16, with i from 0 to n - 1 or from 1 to n", param, ctx
            )
        return number, count


def drive_options(function: _F) -> _F:
    """Add how a batch is run."""
    options = [
        option("Runs", "--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes; default one per processor."),
        option(
            "Runs", "--shard", type=ShardText(), metavar="i/n",
            help="Run one of n shares of the batch, as $SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT; no precision stop.",
        ),
        option(
            "Runs", "--cluster", metavar="ADDRESS",
            help="Dask scheduler whose workers run the batch; `local` starts one here with --jobs workers.",
        ),
        option(
            "Runs", "--only", metavar="RUN_ID",
            help="Run one run in the foreground, with its traceback if it fails; keeps nothing.",
        ),
    ]  # fmt: skip
    for one in reversed(options):
        function = one(function)
    return output_options(function)


def drive(
    ctx: click.Context,
    store_of: Callable[[], Store],
    terminal: Terminal,
    *,
    as_json: bool,
    retry_failed: bool = False,
    **how: Any,
) -> None:
    """Run what is left of a store, tell what came of it, and end with the code it deserves."""
    from experiments.batch.driver import conduct, run_batch
    from experiments.batch.rounds import Shard

    shard, only = how.pop("shard"), how.pop("only")
    store = store_of()
    if only is not None:
        repeat(ctx, store, only, terminal)
        return
    resume = resume_line(store, shard=shard, **how)

    def note(key: str, fields: dict[str, Any]) -> None:
        terminal.note(told(key, terminal.lang, **fields))

    stopping = Stopping(lambda: note("finishing", {}))
    try:
        with stopping, terminal.progress("runs") as tell:
            common = {
                "retry_failed": retry_failed,
                "on_progress": tell,
                "on_note": note,
                "should_stop": stopping,
                **how,
            }
            if shard is None:
                conduct(store.experiment, store.folder, **common)
            else:
                run_batch(store.folder, shard=Shard(*shard), **common)
    except KeyboardInterrupt:
        _end_stopped(ctx, store, resume, terminal)
    if stopping() and (shard is not None or not store.status().is_settled):
        _end_stopped(ctx, store, resume, terminal)
    tell_results(store, terminal, as_json=as_json)
    _end(ctx, store, resume, terminal, is_whole=shard is None)


def resume_line(store: Store, *, jobs: int | None, shard: tuple[int, int] | None, cluster: str | None) -> str:
    """Return the command that goes on with a batch."""
    words = ["talentflow", "experiment", "resume", str(store.folder)]
    words += [] if jobs is None else ["--jobs", str(jobs)]
    words += [] if shard is None else ["--shard", f"{shard[0]}/{shard[1]}"]
    words += [] if cluster is None else ["--cluster", cluster]
    return shlex.join(words)


def _end_stopped(ctx: click.Context, store: Store, resume: str, terminal: Terminal) -> None:
    status = store.status()
    click.echo(told("stopped", terminal.lang, done=status.done, runs=status.runs, command=resume), err=True)
    ctx.exit(INTERRUPTED)


def _end(ctx: click.Context, store: Store, resume: str, terminal: Terminal, *, is_whole: bool) -> None:
    from experiments.batch.precision import unmet

    failures = store.failures()
    if failures:
        first = min(failures, key=lambda failure: (failure.replicate, failure.draw, failure.arm))
        fields = {"arm": first.arm, "seed": first.seed, "stage": first.stage, "message": first.message}
        terminal.note(told("failed_head", terminal.lang, n=len(failures), **fields))
        terminal.note(told("repeat_with", terminal.lang, command=first.command))
        terminal.note(told("retry_with", terminal.lang, command=f"{resume} --retry-failed"))
        ctx.exit(RUNS_FAILED)
    arms = unmet(store) if is_whole else []
    if arms:
        n = store.experiment.replicates.least
        terminal.note(told("imprecise", terminal.lang, n=n, arms=", ".join(arms)))
        ctx.exit(IMPRECISE)


def repeat(ctx: click.Context, store: Store, run: str, terminal: Terminal) -> None:
    """Run one run again in this process; its error is told whole."""
    import traceback

    from experiments.batch.repeating import repeated

    ended = repeated(store, run)
    if ended.error is not None:
        traceback.print_exception(ended.error)
        ctx.exit(RUNS_FAILED)
    question = store.experiment.question
    cells = [
        [outcome, group, date, f"{ended.values[i, j, k]:,.6g}"]
        for i, outcome in enumerate(question.outcomes)
        for j, group in enumerate(question.groups)
        for k, date in enumerate(question.dates)
    ]
    terminal.table([say(name, terminal.lang) for name in ("outcome", "group", "date", "value")], cells, numbers=(3,))
    line = shlex.join(["talentflow", "experiment", "resume", str(store.folder), "--retry-failed"])
    terminal.note(told("repeated", terminal.lang, command=line))


def tell_results(store: Store, terminal: Terminal, *, as_json: bool) -> None:
    """Write how far a batch is and what its arms do."""
    from experiments.batch.effects import effects_json, effects_of
    from experiments.cases import outcome_labels
    from experiments.pairing import CONFIDENCE

    if as_json:
        terminal.say(effects_json(store))
        return
    lang, status, labels = terminal.lang, store.status(), outcome_labels()
    counts = {"done": status.done, "runs": status.runs, "failed": status.failed, "left": status.left}
    terminal.say(told("batch_head", lang, title=store.experiment.title[lang], folder=store.folder, **counts))
    terminal.say()
    effects = effects_of(store)
    if not effects:
        terminal.say(told("no_pairs", lang))
        return
    has_spread = any(effect.draws > 1 for effect in effects)
    names = [name for name in _COLUMNS if has_spread or name != "spread"]
    headers = {
        name: told(name, lang) if name in {"arm", "spread"} else say(name, lang, percent=round(100 * CONFIDENCE))
        for name in names
    }
    cells = [_cells(effect, lang, labels) for effect in effects[:_ROWS_SHOWN]]
    terminal.rows(
        headers,
        [{name: row[name] for name in names} for row in cells],
        numbers=[name for name in _NUMBERS if name in names],
        shared=("outcome", "group", "unit"),
    )
    terminal.say()
    if len(effects) > _ROWS_SHOWN:
        terminal.say(told("more_rows", lang, n=len(effects) - _ROWS_SHOWN, folder=store.folder))
    terminal.paragraphs([told("effects_mean", lang), *([told("spread_means", lang)] if has_spread else [])])


def _cells(effect: Effect, lang: str, labels: dict[str, dict[str, str]]) -> dict[str, str]:
    from experiments.findings import quantum_of, rounded

    def ends(low: float, high: float) -> str:
        if not math.isfinite(low):
            return say("none", lang)
        return say("range_text", lang, low=rounded(low, quantum), high=rounded(high, quantum))

    reach = (effect.high - effect.low) / 2
    quantum = quantum_of(reach if math.isfinite(reach) else abs(effect.difference) / 10)
    return {
        "arm": effect.arm,
        "outcome": labels[effect.outcome][lang],
        "group": group_label(effect.group, lang),
        "date": effect.date,
        "unit": unit_label(effect.unit, lang),
        "difference": rounded(effect.difference, quantum),
        "interval": ends(effect.low, effect.high),
        "spread": ends(effect.draws_low, effect.draws_high),
        "n": str(effect.n),
    }
