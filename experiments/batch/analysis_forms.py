"""What an experiment file may say of the analyses: the sections that other verbs read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field

from experiments.batch.experiment import Experiment
from experiments.batch.values import Confidence, Count, Date, Names, Seed
from scenarios.schema import Amount, Form, Month, Number, Share, Switch, Text, Whole

OF = Literal["level", "paired_difference"]
"""A level under one law, or what a law changes."""


class TargetForm(Form):
    """The one number that an analysis is about; without a key, the first outcome, group or the last date kept."""

    outcome: Text | None = Field(None, description="Outcome; the first one kept without it")
    group: Text | None = Field(None, description="Group; the first one kept without it")
    date: Date | None = Field(None, description="Month; the last one kept without it")
    of: OF = Field("paired_difference", description="level under the law, or difference from its baseline")
    scenario: Text | None = Field(None, description="A scenario of this file; the first that is no baseline without it")


class SensitivityForm(TargetForm):
    """Which uncertain parameters matter: Morris to screen, Sobol to share out the variance, PAWN for any sample."""

    method: Literal["morris", "sobol", "pawn"] = "morris"
    over: Names = Field("all", description="Parameters of behaviour; all that have a range without it")
    trajectories: Annotated[Whole, Field(ge=2)] = Field(20, description="morris: walks through the parameters")
    levels: Literal[2, 4, 6, 8, 10] = Field(4, description="morris: steps of the grid, even")
    base: Annotated[Whole, Field(ge=2)] = Field(64, description="sobol: size of the base sample, best a power of 2")
    second_order: Switch = Field(default=False, description="sobol: pairs of parameters too")
    slices: Annotated[Whole, Field(ge=2)] = Field(10, description="pawn: slices of each parameter")
    replicates: Count = Field(4, description="Runs with different luck at every point, to take noise out")
    resamples: Annotated[Whole, Field(ge=100)] = Field(1000, description="Resamples behind the intervals")
    confidence: Confidence = 0.95
    seed: Seed | None = Field(None, description="Seed of the design; that of the runs without it")


class DecomposeForm(TargetForm):
    """What each member of a package adds: Shapley shares, first in, last in, interactions."""

    package: Text = Field(description="Id or file of a package, whose reforms are shared out")
    members: list[Text] = Field([], description="Reforms inside it that are members; all others are one more")
    depth: Count = Field(1, description="Levels of packages within packages that are opened")
    exact_up_to: Annotated[Whole, Field(ge=2, le=10)] = Field(5, description="Members up to which every subset is run")
    orders: Annotated[Whole, Field(ge=2)] = Field(20, description="Orders drawn where there are more members")
    confidence: Confidence = 0.95
    seed: Seed | None = Field(None, description="Seed of the orders; that of the runs without it")


class DiscoverForm(TargetForm):
    """Under which values of the uncertain parameters an outcome falls where it matters: PRIM boxes."""

    above: Number | None = Field(None, description="Cases of interest lie above this")
    below: Number | None = Field(None, description="Cases of interest lie below this")
    top: Annotated[Share, Field(gt=0, lt=1)] | None = Field(None, description="The highest share of cases, 0 to 1")
    bottom: Annotated[Share, Field(gt=0, lt=1)] | None = Field(None, description="The lowest share of cases, 0 to 1")
    over: Names = Field("all", description="Parameters that boxes may limit; all that were drawn without it")
    most_parameters: Annotated[Whole, Field(ge=1, le=10)] = Field(4, description="Parameters that a box limits at most")
    peel: Annotated[Share, Field(gt=0, lt=0.5)] = Field(0.05, description="Share of cases taken off at each step")
    least_share: Annotated[Share, Field(gt=0, lt=1)] = Field(
        0.05, description="Share of cases that a box holds at least"
    )
    resamples: Annotated[Whole, Field(ge=10)] = Field(50, description="Halves of the draws on which a box is tried")
    seed: Seed | None = Field(None, description="Seed of the resampling; that of the runs without it")


class RangeForm(Form):
    """The values of a lever that are searched."""

    low: Number | None = Field(None, description="Lowest value; that of the plausible range without it")
    high: Number | None = Field(None, description="Highest value; that of the plausible range without it")
    step: Annotated[Number, Field(gt=0)] | None = Field(
        None,
        description="Distance of the values tried; without it 1 for whole levers, a twentieth of the range for others",
    )
    yuan_per_unit_year: Amount = Field(0.0, description="What a unit away from today's value is assumed to cost a year")


class ObjectiveForm(Form):
    """One thing to raise or to lower."""

    outcome: Text = Field(description="One of the outcomes kept")
    group: Text = Field("all", description="One of the groups kept")
    date: Date | None = Field(None, description="One of the dates kept; the last of them without it")
    of: OF = "paired_difference"
    goal: Literal["raise", "lower"] = "raise"
    against: Text | None = Field(None, description="A second group: how unequal the two are is what counts")
    measure: Literal["ratio", "gap"] = Field("ratio", description="against: distance of the ratio from 1, or the gap")


class OptimiseForm(Form):
    """Which levers to set under a budget: the front of what cannot be bettered without a loss elsewhere."""

    levers: dict[Text, RangeForm] = Field({}, description="Levers by path, with the values searched")
    from_: Month = Field("2027-01", alias="from", description="First month of the levers, YYYY-MM")
    reforms: list[Text] = Field([], description="Ids or files of reforms that hold under every candidate")
    choose: list[Text] = Field([], description="Ids or files of reforms that each may hold or not")
    objectives: list[ObjectiveForm] = Field([], description="Talent, cost and equity without it")
    budget: Amount | None = Field(
        None, description="Public cost at most, CNY from the first month of difference to the date"
    )
    date: Date | None = Field(None, description="Month up to which cost counts; the last one kept without it")
    trials: Count = Field(200, description="Candidates tried in all")
    population: Annotated[Whole, Field(ge=4)] = Field(20, description="Candidates of one generation")
    replicates: Count = Field(4, description="Runs with different luck of every candidate and draw")
    fresh_replicates: Count = Field(
        8, description="Runs with luck that the search has not seen, of every law on the front"
    )
    robust: Literal["mean", "worst", "quantile"] = Field("mean", description="What counts over draws")
    quantile: Annotated[Share, Field(gt=0, lt=1)] = Field(
        0.1, description="robust: quantile; the share of draws that may be worse"
    )
    seed: Seed | None = Field(None, description="Seed of the search; that of the runs without it")


SECTIONS: Mapping[str, type[Form]] = {
    "sensitivity": SensitivityForm,
    "decompose": DecomposeForm,
    "discover": DiscoverForm,
    "optimise": OptimiseForm,
}
"""Sections of analyses by name."""

FormT = TypeVar("FormT", bound=Form)


def section_of(experiment: Experiment, form: type[FormT]) -> FormT | None:
    """Return the section of an experiment that ``form`` describes; None where its file has none."""
    name = next(name for name, other in SECTIONS.items() if other is form)
    data = experiment.analyses.get(name)
    return None if data is None else form.model_validate(data)


def plain(section: Form) -> dict[str, Any]:
    """Return a section as plain values, as a file would hold it, its defaults filled in."""
    return section.model_dump(mode="json", by_alias=True, exclude_none=True)
