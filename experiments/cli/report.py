"""``talentflow report``: a report of scenarios, or of the runs in a folder, to be read by people who never run anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli.options import assume_option, draws_options, option, output_options, run_options
from experiments.cli.outcome import RUNS_FAILED, Verb
from experiments.cli.running import refuse, running
from experiments.cli.terminal import Terminal
from experiments.design import DEFAULT_REPLICATES
from experiments.words import phrase, say

if TYPE_CHECKING:
    from experiments.report.parts import Dossier

_AUDIENCES = ("minister", "analyst", "class")
_OF_RUNS = ("replicates", "seed", "scale", "until", "jobs", "engine", "draws", "posterior", "assume", "quick")
_KEPT_REPORT, _KEPT_STORE = Path("data/report.json"), Path("manifest.json")
_EXAMPLES = """\
talentflow report category-a-less-stringent --out report
talentflow report whole-article --out report --lang zh --audience minister
talentflow report one-stop points-based-pr fast-track --out report --quick
talentflow report my-reform.yaml --out report --replicates 40 --until 2035-12
talentflow report points-based-pr --out report --both
talentflow report my-batch
talentflow report report --lang zh
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("what", nargs=-1, required=True, metavar="SCENARIO...|DIR")
@run_options(with_precision=False, replicates=DEFAULT_REPLICATES)
@draws_options
@assume_option
@option("Question", "--quick", is_flag=True, help="Leave out the sections that need runs of their own.")
@output_options
@option(
    "Output",
    "--audience",
    type=click.Choice(_AUDIENCES),
    default="analyst",
    show_default=True,
    help="minister: the first page; analyst: all of it; class: a task sheet.",
)
@option("Output", "--both", is_flag=True, help="Both languages in one page, with a switch.")
@option("Output", "--no-pdf", is_flag=True, help="Do not print the page with a browser.")
@option(
    "Output",
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder of the report; after an interruption, what is done there is kept.",
)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    what: tuple[str, ...],
    lang: str,
    as_json: bool,
    quiet: bool,
    audience: str,
    both: bool,
    no_pdf: bool,
    out: Path | None,
    **runs: Any,
) -> None:
    """Write a report of each SCENARIO (an id or a file) against its baseline, or of the runs that a folder keeps.

    DIR is the folder of an experiment, or of an earlier report, which is then written anew in another language or for
    another audience, without a run.
    """
    terminal = Terminal(lang, quiet)
    folder = Path(what[0]) if len(what) == 1 and Path(what[0]).is_dir() else None
    if folder is None:
        dossier = _of_scenarios(ctx, what, terminal, runs, out, as_json=as_json)
        place = out
    else:
        refuse(ctx, _OF_RUNS, f"{folder} holds runs that are done")
        dossier, place = _of_folder(folder)
        # As JSON, a report goes to the terminal alone, unless told where else.
        place = out or (None if as_json else place)
    written: list[Path] = []
    if place is not None:
        from experiments.report.writing import Form, write_report

        form = Form(lang, audience, is_both=both, is_printed=not no_pdf)
        written = write_report(dossier, place, form, on_note=terminal.note)
    show(dossier, terminal, as_json=as_json)
    if written:
        terminal.note(say("written", lang, files=", ".join(map(str, written))))
    if dossier.provenance.get("failed"):
        ctx.exit(RUNS_FAILED)


def _of_folder(folder: Path) -> tuple[Dossier, Path]:
    """Return the report of a folder, and where it is written unless told."""
    from experiments.report.stored import gather_stored
    from experiments.report.writing_json import read_report

    if (folder / _KEPT_REPORT).is_file():
        return read_report(folder / _KEPT_REPORT), folder
    if (folder / _KEPT_STORE).is_file():
        return gather_stored(folder), folder / "derived" / "report"
    raise click.UsageError(f"{folder} holds neither an experiment with runs nor an earlier report")


def _of_scenarios(
    ctx: click.Context,
    names: Sequence[str],
    terminal: Terminal,
    runs: dict[str, Any],
    out: Path | None,
    *,
    as_json: bool,
) -> Dossier:
    """Run what is asked, and return its report."""
    from experiments.files import check_folder
    from experiments.report.asked import Running
    from experiments.report.asking import asked_of
    from experiments.report.gather import gather

    if out is None and not as_json:
        raise click.UsageError("say where the report goes: --out DIR", ctx)
    is_quick, jobs = runs.pop("quick"), runs.pop("jobs")
    asked = asked_of(names, **runs)
    if out is not None:
        check_folder(out)
    with running(ctx, terminal, out) as told:
        own = Running(jobs, told["on_progress"], told["should_stop"], None if out is None else out / "data" / "runs")
        return gather(asked, own, folder=out, is_quick=is_quick, on_part=lambda name, kept: _tell(terminal, name, kept))


def _tell(terminal: Terminal, name: str, is_kept: bool) -> None:
    from experiments.report.first_words import FIRST_WORDS

    part = phrase(FIRST_WORDS, f"part_{name}", terminal.lang)
    terminal.note(phrase(FIRST_WORDS, "part_kept" if is_kept else "part_doing", terminal.lang, part=part))


def show(dossier: Dossier, terminal: Terminal, *, as_json: bool) -> None:
    """Write the report as JSON, or what its first page says."""
    from experiments.report.writing_json import to_json

    if as_json:
        terminal.say(to_json(dossier))
        return
    lang = terminal.lang
    terminal.paragraphs([dossier.headline[lang], *(text[lang] for text in dossier.lead)])
    for name, dates, values in paths_in(dossier, lang):
        terminal.path(say("by_year", lang, what=name, first=dates[0][:4], last=dates[-1][:4]), values)
    terminal.paragraphs(say("warning", lang, text=warning[lang]) for warning in dossier.warnings)


def paths_in(dossier: Dossier, lang: str) -> Iterator[tuple[str, list[str], list[float]]]:
    """Yield the name, dates and differences of each scenario's path in a report; nothing without such a figure."""
    for figure in dossier.figures():
        if figure.kind != "paths":
            continue
        for name in dict.fromkeys(row["label"][lang] for row in figure.table.rows):
            rows = [row for row in figure.table.rows if row["label"][lang] == name]
            values = [float("nan") if row["difference"] is None else float(row["difference"][0]) for row in rows]
            yield name, [str(row["date"]) for row in rows], values
