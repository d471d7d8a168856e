"""Options that verbs share, in groups, with the same names and meanings everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from experiments.design import DEFAULT_DRAWS, DEFAULT_SCALE, DEFAULT_SEED, DEFAULT_UNTIL, ENGINES, MAX_REPLICATES
from experiments.words import LANGUAGES

_F = TypeVar("_F", bound=Callable[..., Any])


class Grouped(click.Option):
    """An option that knows under which heading of the help it stands."""

    def __init__(self, *args: Any, section: str = "Other", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section


class Share(click.ParamType[float]):
    """A share above 0, written ``5%`` or ``0.05``."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the share as a number."""
        if isinstance(value, float):
            return value
        match = re.fullmatch(r"(\d+(?:\.\d+)?|\.\d+)\s*(%?)", str(value).strip())
        share = float(match[1]) / (100 if match[2] else 1) if match else 0.0
        if not 0 < share < 1:
            self.fail(f"{value!r} is no share: write 5% or 0.05, above 0 and below 100%", param, ctx)
        return share


class Month(click.ParamType[str]):
    """A month, ``YYYY-MM``."""

    name = "YYYY-MM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the month as text."""
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", str(value)):
            self.fail(f"{value!r} is no month: write YYYY-MM, for example 2027-01", param, ctx)
        return str(value)


def _all(options: list[Callable[[_F], _F]]) -> Callable[[_F], _F]:
    def decorate(function: _F) -> _F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def option(section: str, *names: str, **settings: Any) -> Callable[[_F], _F]:
    """Return an option that stands under ``section`` in the help."""
    return click.option(*names, cls=Grouped, section=section, **settings)


def language_option(function: _F) -> _F:
    """Add the language of messages alone, for verbs whose result has none."""
    language = click.Choice(LANGUAGES)
    return option("Output", "--lang", type=language, default="en", show_default=True, help="Language of messages.")(
        function
    )


def output_options(function: _F) -> _F:
    """Add how results are told: language, JSON, silence."""
    return _all(
        [
            option(
                "Output",
                "--lang",
                type=click.Choice(LANGUAGES),
                default="en",
                show_default=True,
                help="Language of results.",
            ),
            option("Output", "--json", "as_json", is_flag=True, help="Result as JSON on standard output."),
            option("Output", "--quiet", is_flag=True, help="No progress and no messages, errors aside."),
        ]
    )(function)


def run_options(*, with_precision: bool, replicates: int | None) -> Callable[[_F], _F]:
    """Add how runs are made.

    Parameters
    ----------
    with_precision
        Whether replicates may grow until a precision is reached.
    replicates
        Shown as the default.
    """
    count = f"Runs with different luck; default {replicates}"
    options = [
        option(
            "Runs", "--replicates", type=click.IntRange(min=1), metavar="N",
            help=f"{count}; with --precision the most, default {MAX_REPLICATES}." if with_precision else f"{count}.",
        ),
        option(
            "Runs", "--seed", type=click.IntRange(min=0), default=DEFAULT_SEED, show_default=True, metavar="S",
            help="First seed; the same seed gives the same numbers.",
        ),
        option(
            "Runs", "--scale", type=click.IntRange(min=1), default=DEFAULT_SCALE, show_default=True, metavar="K",
            help="People that one row stands for; 1 is the nation, person by person.",
        ),
        option("Runs", "--until", type=Month(), default=DEFAULT_UNTIL, show_default=True, help="Last month simulated."),
        option("Runs", "--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes; default one per processor."),
        option(
            "Runs", "--engine", type=click.Choice(ENGINES), default="compiled", show_default=True,
            help="agents: the same rules in plain Python, slow, the same numbers.",
        ),
    ]  # fmt: skip
    if with_precision:
        precise = "Add replicates until each interval is within this share of its difference, for example 5%."
        options.insert(1, option("Runs", "--precision", type=Share(), metavar="SHARE", help=precise))
    return _all(options)


def question_options(function: _F) -> _F:
    """Add what is asked of the runs."""
    outcome = "Outcome to report, default stock; repeat for more. See `talentflow list outcomes`."
    group = "Group to report, default all, such as category=A, or a family, such as category; repeat for more."
    date = "Month YYYY-MM, or YYYY for its December; flows count the 12 months up to it; repeat for more."
    return _all(
        [
            option(
                "Question", "--outcome", "outcomes", multiple=True, default=("stock",), metavar="NAME", help=outcome
            ),
            option("Question", "--group", "groups", multiple=True, default=("all",), metavar="NAME", help=group),
            option("Question", "--date", "dates", multiple=True, metavar="DATE", help=date),
        ]
    )(function)


def assume_option(function: _F) -> _F:
    """Add what is assumed of behaviour and the world."""
    assume = "Another world or behaviour, for both sides alike: an id or a file with `assumptions`; repeat for more."
    return option("Question", "--assume", multiple=True, metavar="ID", help=assume)(function)


def draws_options(function: _F) -> _F:
    """Add over which settings of the uncertain parameters runs are made."""
    draws = (
        f"Settings of the uncertain parameters out of a posterior; 0 leaves them at their defaults; default {DEFAULT_DRAWS},"
        f" or 0 with --precision, with --equity and with fewer than {2 * DEFAULT_DRAWS} replicates."
        " Intervals over draws say what is not known, not chance alone."
    )
    posterior = "CSV file of settings, a column a parameter, perhaps one called weight; default the shipped one."
    path = click.Path(dir_okay=False, path_type=Path)
    return _all(
        [
            option("Runs", "--draws", type=click.IntRange(min=0), metavar="N", help=draws),
            option("Runs", "--posterior", type=path, metavar="FILE", help=posterior),
        ]
    )(function)


def folder_option(function: _F) -> _F:
    """Add the folder that results are written to."""
    out = "Also write the result to this folder, as JSON and CSV."
    path = click.Path(file_okay=False, path_type=Path)
    return option("Output", "--out", type=path, metavar="DIR", help=out)(function)
