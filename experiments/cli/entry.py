"""The group of verbs: each is imported only when it is named, so that help answers at once."""

from __future__ import annotations

from collections.abc import Sequence

import click

from experiments.cli.group import Verbs
from experiments.cli.outcome import ARGUMENTS

VERBS = {
    "list": ("shipped scenarios, levers and outcomes, one line each", "experiments.cli.list"),
    "validate": ("check scenario, experiment and person files: all problems at once", "experiments.cli.validate"),
    "schema": ("JSON Schema of these files, for editors", "experiments.cli.schema"),
    "params": ("the law: values in force, sources, history, which reforms touch them", "experiments.cli.params"),
    "explain": ("what a scenario changes, in sentences; or how two differ", "experiments.cli.explain"),
    "score": ("work permit points of one person, block by block", "experiments.cli.score"),
    "run": ("one scenario: outcomes by month", "experiments.cli.run"),
    "compare": ("scenarios against their baseline, paired: difference and interval", "experiments.cli.compare"),
    "experiment": ("batches: plan, run, resume, grow and check many runs", "experiments.cli.experiment"),
    "sensitivity": ("which uncertain parameters move an outcome or an effect", "experiments.cli.sensitivity"),
    "calibrate": ("fit uncertain parameters to observed numbers", "experiments.cli.calibrate"),
    "discover": ("where among the draws an effect falls below or above a threshold", "experiments.cli.discover"),
    "rank": ("the order of reforms under other theories of the decision", "experiments.cli.rank"),
    "decompose": ("the effect of a package shared among its reforms", "experiments.cli.decompose"),
    "optimise": ("levers under a budget: what cannot be bettered without a loss elsewhere", "experiments.cli.optimise"),
    "regret": ("which scenario is likely the best, and what another choice would cost", "experiments.cli.regret"),
    "report": ("a report to be read: page, figures and data of scenarios, or of runs", "experiments.cli.report"),
    "classroom": ("the classroom: a page in the browser where policy is played", "experiments.cli.classroom"),
    "life": ("one invented person's biography, each decision with its reasons", "experiments.cli.life"),
    "export": ("results as CSV, XLSX, Parquet, NetCDF or IAMC, with a data dictionary", "experiments.cli.export"),
    "check": ("the model against data, target by target", "experiments.cli.check"),
    "lesson": ("lessons that check themselves: list, start, check", "experiments.cli.lesson"),
    "viewer": ("one run, month by month, in Mesa's own viewer (an extra)", "experiments.cli.viewer"),
    "doctor": ("whether this machine is ready, and what to do where it is not", "experiments.cli.doctor"),
}
"""Verb -> (its line in the help, its module, which has a ``command``)."""

_EXAMPLES = """\
Examples:
  talentflow list
  talentflow compare category-a-less-stringent flexible-social-insurance
  talentflow explain whole-article
  talentflow params points_min --at 2027-01
  talentflow life --pick came-only-because --scenario whole-article

Exit codes: 0 done; 2 usage; 3 invalid input; 4 some runs failed;
5 precision not reached; 6 not passed (check, doctor, lesson check);
130 interrupted.
"""


class _Root(Verbs):
    """The outermost group, which knows what was called."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the verbs."""
        click.Group.format_options(self, ctx, formatter)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the arguments, to print the line that runs an interrupted command again."""
        ctx.meta[ARGUMENTS] = list(args)
        return super().parse_args(ctx, args)


def _print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001 - likewise
    if value and not ctx.resilient_parsing:
        from experiments.design import version

        click.echo(f"talentflow {version()}")
        ctx.exit()


@click.group(
    cls=_Root,
    verbs=VERBS,
    examples=_EXAMPLES,
    subcommand_metavar="VERB [ARGUMENTS]...",
    options_metavar="",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_print_version, help="Print the version."
)
def command() -> None:
    """Simulate how policy reforms change which foreign professionals come to China and stay."""


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    command.main(args=args, prog_name="talentflow")
