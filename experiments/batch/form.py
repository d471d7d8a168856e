"""What an experiment file may hold: strict forms, nothing extra."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from experiments.batch.analysis_forms import DecomposeForm, DiscoverForm, OptimiseForm, SensitivityForm
from experiments.batch.experiment import DEFAULT_CHUNK_RUNS, Limits
from experiments.batch.values import Confidence, Count, Date, Limit, Names, Seed, WholeLimit
from experiments.design import DEFAULT_REPLICATES, DEFAULT_SCALE, DEFAULT_SEED, DEFAULT_UNTIL, ENGINES
from scenarios.schema import Form, Identity, Month, Number, Switch, Text, Title, Whole

SCHEMA = "talentflow.experiment/1"
METHODS = ("sobol", "latin-hypercube")
SOURCES = ("method", "posterior", "points")
"""Where draws come from: a design over priors, a sample that others have made, or points as they are."""
SHIPPED = "shipped"
"""In the place of a file: the posterior that comes with the package."""
DRAWS_MAX = 100_000


class ArmForm(Form):
    """One scenario of an experiment that has a name of its own: reforms joined, then levers set."""

    id: Identity = Field(description="Name of the scenario in the results: a-z, 0-9 and '-'")
    reforms: list[Text] = Field(
        [], description="Ids or files of reforms, in order: where two set a value, the later holds"
    )
    levers: dict[Text, Number] = Field({}, description="Values of levers by path, over those of the reforms")
    from_: Month = Field("2027-01", alias="from", description="First month of the levers, YYYY-MM")


class StopForm(Form):
    """When replicates suffice: once every scenario's difference is known well enough."""

    outcome: Text = Field(description="One of the outcomes kept")
    group: Text = Field("all", description="One of the groups kept")
    date: Date | None = Field(None, description="One of the dates kept; the last of them without it")
    of: Literal["paired_difference"] = "paired_difference"
    half_width: Annotated[Number, Field(gt=0)] = Field(description="Half of the interval's width, at most")
    relative: Switch = Field(
        default=False, description="true: half_width is a share of the difference; false: in its unit"
    )
    confidence: Confidence = 0.95


class ReplicatesForm(Form):
    """How often every scenario and draw is run, each time with other luck."""

    least: Count = Field(alias="min", description="Replicates at least")
    batch: Count | None = Field(None, description="Replicates added at a time; 10 without it")
    most: Count | None = Field(None, alias="max", description="Replicates at which the search gives up; 400 without it")
    stop_when: StopForm | None = None


class DrawsForm(Form):
    """Which settings of the uncertain parameters are run: a design over priors, a posterior, or given points."""

    method: Literal[METHODS] | None = Field(None, description="sobol can grow; latin-hypercube cannot")  # type: ignore[valid-type]
    draws: Annotated[Whole, Field(ge=1, le=DRAWS_MAX)] | None = Field(None, description="How many settings are drawn")
    over: Names | None = Field(
        None, description="Parameters of behaviour that are drawn; all that have a range without it"
    )
    posterior: Text | None = Field(
        None, description="shipped, or a CSV file: a column a parameter, perhaps one called weight"
    )
    points: Text | None = Field(None, description="CSV file: a column a parameter, a row a setting, run as they are")
    seed: Seed | None = Field(None, description="Seed of the draws; that of the runs without it")
    own_seeds: Switch = Field(
        default=False, description="true: every draw is run with seeds of its own, so that luck averages out over draws"
    )


class KeepForm(Form):
    """What is kept of every run."""

    outcomes: Annotated[list[Text], Field(min_length=1)] = Field(
        ["stock"], description="See `talentflow list outcomes`"
    )
    groups: Annotated[list[Text], Field(min_length=1)] = Field(
        ["all"], description="all, one such as category=A, or a family such as category"
    )
    dates: Annotated[list[Date], Field(min_length=1)] | None = Field(
        None, description="Months YYYY-MM, or years for their December; flows count the 12 months up to it"
    )


class RunForm(Form):
    """How runs are made and filed."""

    scale: Count = Field(DEFAULT_SCALE, description="People that one row stands for; 1 is the nation")
    until: Month = Field(DEFAULT_UNTIL, description="Last month simulated")
    engine: Literal[ENGINES] = Field(ENGINES[0], description="agents: the same rules in plain Python")  # type: ignore[valid-type]
    chunk_runs: Count = Field(DEFAULT_CHUNK_RUNS, description="Runs that one file of results holds, about")


class LimitsForm(Form):
    """What the batch may take at most; a plan above is refused. `none` lifts a limit."""

    runs: WholeLimit = Limits.runs
    hours: Limit = Limits.hours
    gigabytes: Limit = Limits.gigabytes


Scenarios: TypeAlias = Annotated[list[Any], Field(min_length=1)]
"""Ids, files, lists of them that are joined, or keys of :class:`ArmForm`: checked one by one."""


class ExperimentForm(Form):
    """An experiment: scenarios under draws of what is uncertain, with one seed after another."""

    schema_: Literal["talentflow.experiment/1"] = Field(alias="schema")
    id: Identity = Field(description="Name of the experiment: a-z, 0-9 and '-'")
    title: Title
    scenarios: Scenarios = Field(
        description="Ids, files of this folder, lists of them joined, or keys: id, reforms, levers"
    )
    assume: list[Text] = Field(
        [], description="Ids or files of other worlds or behaviour, for both sides of every pair"
    )
    seed: Seed = Field(DEFAULT_SEED, description="Seed of the first replicate; the next has the next")
    replicates: Any = Field(DEFAULT_REPLICATES, description="A number, or keys: min, batch, max, stop_when")
    uncertainty: DrawsForm | None = None
    keep: KeepForm = KeepForm()
    run: RunForm = RunForm()
    limits: LimitsForm = LimitsForm()
    sensitivity: SensitivityForm | None = None
    decompose: DecomposeForm | None = None
    discover: DiscoverForm | None = None
    optimise: OptimiseForm | None = None
