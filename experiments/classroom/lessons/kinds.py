"""The kinds of computation that a question can name, and what each needs to know."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from scenarios.schema import Amount, Form, Month, Number, PersonForm, Share, Text, Whole
from simulation.catalogue import GROUPS, UNITS
from simulation.names import EDUCATIONS, FIELDS, ORIGINS, REGIONS, SERVICES, STATIONS

Months = Annotated[Whole, Field(ge=0, le=1200)]


class Computation(Form):
    """What every computation has."""

    law: Text = Field("baseline", description="A shipped scenario, or a law of the lesson")
    at: Month = Field("2027-01", description="Month of the law")
    region: Literal[tuple(REGIONS)] = "shanghai"  # type: ignore[valid-type]


class Lever(Computation):
    """A value of the law in force."""

    kind: Literal["lever"]
    path: Text


class ChoiceShare(Form):
    """Share of people for whom the gain of coming and a logistic taste together are above zero: one logit choice."""

    kind: Literal["choice-share"]
    gain: Number
    spread: Annotated[Number, Field(gt=0)] | None = Field(
        None, description="Scale of the taste; `nest_scale` unless told"
    )


class PayForHours(Form):
    """Pay rise, as a share, that weighs as much as some hours lost a year."""

    kind: Literal["pay-for-hours"]
    hours: Amount


class ForcedExit(Computation):
    """Chance a year that the loss of a post ends the stay."""

    kind: Literal["forced-exit"]
    category: Literal["A", "B", "C", "PR"]


class YearsWorth(Form):
    """What one unit of gain a year is worth today, over the horizon of a person."""

    kind: Literal["years-worth"]
    exit_rate: Share
    years: Amount | None = None


class StayValue(Computation):
    """What a stay is worth over the horizon, with residence as an option, utility-years."""

    kind: Literal["stay-value"]
    category: Literal["A", "B", "C"]
    gain: Number
    resident_gain: Number
    years: Amount
    chance: Share


class PointsOf(Computation):
    """Points of a person for a work permit, in all or of one block."""

    kind: Literal["points-of"]
    person: PersonForm
    block: (
        Literal["salary", "education", "experience", "months", "chinese", "place", "age", "extra", "local"] | None
    ) = None


class PointsMissing(Computation):
    """Points that miss for the next better category."""

    kind: Literal["points-missing"]
    person: PersonForm


class CategoryOf(Computation):
    """The category that a person reaches."""

    kind: Literal["category-of"]
    person: PersonForm


class ClauseThatDecides(Computation):
    """The route that opens a person's category."""

    kind: Literal["clause-that-decides"]
    person: PersonForm


class ErrandHours(Computation):
    """Hours a year that failed errands take from a person."""

    kind: Literal["errand-hours"]
    hsk: Annotated[Whole, Field(ge=0, le=6)]
    months_in_china: Months = 0
    has_card: Annotated[Whole, Field(ge=0, le=1)] = 0


class ErrandChance(ErrandHours):
    """Chance that one errand works."""

    kind: Literal["errand-chance"]  # type: ignore[assignment]
    service: Literal[tuple(SERVICES)]  # type: ignore[valid-type]


class SentBack(Computation):
    """Chance that a visit to a desk ends with the file sent back."""

    kind: Literal["sent-back"]
    station: Literal[tuple(STATIONS)]  # type: ignore[valid-type]


class VisitsPerFile(Computation):
    """Visits that a file takes at a desk on average."""

    kind: Literal["visits-per-file"]
    station: Literal[tuple(STATIONS)]  # type: ignore[valid-type]


class QueueDays(Form):
    """Mean days in the queue of a desk, by Erlang's formula."""

    kind: Literal["queue-days"]
    use: Annotated[Number, Field(ge=0, lt=1)]
    desks: Annotated[Number, Field(ge=1, le=100)]
    service_days: Amount


class MonthsShort(Computation):
    """Months by which even an unbroken stay misses the minimum of contributions."""

    kind: Literal["months-short"]
    birth: Month
    sex: Literal["male", "female"]
    contributed_months: Months = 0
    years_abroad: Annotated[Whole, Field(ge=0, le=60)] = 0


class PensionWorth(MonthsShort):
    """What the pension contributions of one year are worth to a person today, yuan."""

    kind: Literal["pension-worth"]  # type: ignore[assignment]
    base_cny: Amount


class ResidencePoints(Computation):
    """Points of a person for permanent residence."""

    kind: Literal["residence-points"]
    birth: Month
    education: Literal[tuple(EDUCATIONS)]  # type: ignore[valid-type]
    field: Literal[tuple(FIELDS)] = "other"  # type: ignore[valid-type]
    months_in_china: Months
    salary_cny: Amount
    hsk: Annotated[Whole, Field(ge=0, le=6)] = 0
    top_university: Annotated[Whole, Field(ge=0, le=1)] = 0


class AgeOfNews(Computation):
    """Mean age of what a person abroad knows, months."""

    kind: Literal["age-of-news"]
    contacts: Amount
    origin: Literal[tuple(ORIGINS)] = "germany"  # type: ignore[valid-type]


class Level(Form):
    """An outcome of the runs under a law, mean over pairs."""

    kind: Literal["level"]
    law: Text = "baseline"
    outcome: Literal[tuple(UNITS)]  # type: ignore[valid-type]
    group: Literal[tuple(GROUPS)] = "all"  # type: ignore[valid-type]
    date: Month = "2032-12"
    per: Annotated[Number, Field(gt=0)] = Field(1.0, description="What it is divided by, for example 1e9 for billions")


class Effect(Level):
    """How an outcome differs from that of the baseline, mean over pairs."""

    kind: Literal["effect"]  # type: ignore[assignment]
    law: Text


class Combined(Form):
    """Other computations, two or more, by name."""

    of: dict[str, Any]


class Difference(Combined):
    """The first less the second."""

    kind: Literal["difference"]


class Sum(Combined):
    """All of them together."""

    kind: Literal["sum"]


class Ratio(Combined):
    """The first over the second."""

    kind: Literal["ratio"]


class LargerOf(Combined):
    """The name of the largest."""

    kind: Literal["larger-of"]


class RankOf(Combined):
    """The names, from the largest to the smallest."""

    kind: Literal["rank-of"]


class DifferenceSign(Form):
    """`up`, `down`, `same`, or `unclear` where the interval over pairs holds zero."""

    kind: Literal["difference-sign"]
    of: Any


SIMPLE: tuple[type[Form], ...] = (
    Lever, ChoiceShare, PayForHours, ForcedExit, YearsWorth, StayValue, PointsOf, PointsMissing, CategoryOf,
    ClauseThatDecides, ErrandHours, ErrandChance, SentBack, VisitsPerFile, QueueDays, MonthsShort, PensionWorth,
    ResidencePoints, AgeOfNews, Level, Effect,
)  # fmt: skip
COMBINED: tuple[type[Form], ...] = (Difference, Sum, Ratio, LargerOf, RankOf)
_ALL: tuple[type[Form], ...] = (*SIMPLE, *COMBINED, DifferenceSign)
KINDS: dict[str, type[Form]] = {get_args(form.model_fields["kind"].annotation)[0]: form for form in _ALL}
"""Name of a kind -> its form."""
RUN_KINDS = frozenset({"level", "effect"})
"""Kinds that need pairs of runs."""
CHOICE_KINDS = frozenset({"category-of", "clause-that-decides", "larger-of", "difference-sign"})
ORDER_KINDS = frozenset({"rank-of"})
