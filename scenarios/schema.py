"""What each kind of file may hold: strict models, nothing extra, no truth value taken for a number.

An error type is a code of :mod:`scenarios.messages`; :mod:`scenarios.checked` gives it a line and a column.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from scenarios.names import ascii_letters
from simulation.catalogue import GROUPS, UNITS
from simulation.fiscal import CASES
from simulation.names import EDUCATIONS, FIELDS, MODES, REGIONS

_MONTH = re.compile(r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])", re.ASCII)
_LOOSE_MONTH = re.compile(r"([0-9]{4})(?:[-/.年]\s*([0-9]{1,2}))?(?:[-/.月].*)?", re.ASCII)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


def _refusal(code: str, **context: Any) -> PydanticCustomError:
    return PydanticCustomError(code, code, context)


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _refusal("not-a-number")
    return float(value)


def _whole(value: Any) -> Any:
    number = _number(value)
    if not number.is_integer():
        raise _refusal("not-whole")
    return int(number)


def _switch(value: Any) -> Any:
    if not isinstance(value, bool):
        raise _refusal("not-a-switch")
    return value


def _text(value: Any) -> Any:
    if not isinstance(value, str):
        raise _refusal("not-text")
    return value


def _month(value: Any) -> Any:
    if isinstance(value, str) and _MONTH.fullmatch(value):
        return value
    raise _refusal("not-a-month", nearest=_meant_month(str(value)))


def _meant_month(text: str) -> str | None:
    """Return the month that ``text`` was probably meant to be.

    >>> _meant_month("2027-01-15"), _meant_month("2027"), _meant_month("2027-13")
    ('2027-01', '2027-01', None)
    """
    found = _LOOSE_MONTH.fullmatch(ascii_letters(text))
    meant = f"{found[1]}-{int(found[2] or 1):02d}" if found else ""
    return meant if _MONTH.fullmatch(meant) else None


def _year(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(r"(?:19|20)[0-9]{2}", value, re.ASCII):
        raise _refusal("not-a-year")
    return value


def _identity(value: Any) -> Any:
    if not isinstance(value, str) or len(value) > 80 or not _ID.fullmatch(value):
        plain = re.sub(r"[^a-z0-9]+", "-", ascii_letters(str(value)).lower()).strip("-")
        raise _refusal("bad-id", nearest=plain or None)
    return value


def _table(value: Any) -> Any:
    """Check a number, a list of them, or either by element; the elements are checked by who knows their names."""
    if isinstance(value, dict):
        return {key: _table(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_number(item) for item in value]
    return _number(value)


Table: TypeAlias = Annotated[Any, BeforeValidator(_table)]
Number: TypeAlias = Annotated[float, BeforeValidator(_number)]
Whole: TypeAlias = Annotated[int, BeforeValidator(_whole)]
Switch: TypeAlias = Annotated[bool, BeforeValidator(_switch)]
Text: TypeAlias = Annotated[str, BeforeValidator(_text)]
Month: TypeAlias = Annotated[
    str, BeforeValidator(_month), WithJsonSchema({"type": "string", "pattern": "^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$"})
]
Year: TypeAlias = Annotated[str, BeforeValidator(_year)]
Identity: TypeAlias = Annotated[
    str, BeforeValidator(_identity), WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"})
]
Share: TypeAlias = Annotated[Number, Field(ge=0, le=1)]
Amount: TypeAlias = Annotated[Number, Field(ge=0)]


class Form(BaseModel):
    """A part of a file; keys that it does not name are refused."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False, frozen=True, populate_by_name=False)


class Label(Form):
    """A name in English and Chinese."""

    en: Text
    zh: Text


class Title(Form):
    """A title in English, Chinese or both."""

    en: Text | None = None
    zh: Text | None = None


class Where(Form):
    """The places in which a change or a provision holds; everywhere without it."""

    region: list[Text] | None = Field(None, description="Regions, for levers set by region")
    origin: list[Text] | None = Field(None, description="Origins, for levers set by origin")


class ChangeForm(Form):
    """One change: a path, the months it acts in, and one of set, add, multiply, phase."""

    OPERATIONS: ClassVar[tuple[str, ...]] = ("set", "add", "multiply", "phase")

    path: Text = Field(description="Lever of the law, for example work_permit.category_a.points_min")
    from_: Month | None = Field(None, alias="from", description="First month of the change, YYYY-MM")
    until: Month | None = Field(None, description="Last month of the change, YYYY-MM; open without it")
    was: Number | None = Field(None, description="The baseline's value in the first month; checked")
    set: Number | None = Field(None, description="The new value")
    add: Number | None = Field(None, description="Added to the baseline's value")
    multiply: Number | None = Field(None, description="Multiplied with the baseline's value")
    phase: dict[Month, Number] | None = Field(None, description="Values by month, linear between them")
    where: Where | None = None
    source: Text | None = Field(None, description="Where the value comes from: a fact or a reference")
    note: Text | None = None


class CostForm(Form):
    """What a reform costs; an assumption unless it has a source."""

    set_up: Amount = Field(0.0, description="Once, CNY")
    per_year: Amount = Field(0.0, description="CNY a year")
    per_case: Amount = Field(0.0, description="CNY for each case")
    case: Literal[CASES] = Field(CASES[0], description="What a case is: an outcome, or filed for any file of a permit")  # type: ignore[valid-type]
    ramp_months: Annotated[Whole, Field(ge=1, le=480)] = Field(
        12, description="Months over which the set-up is spent and the running cost rises to its full amount"
    )
    source: Text | None = None
    note: Text | None = None


class ScenarioForm(Form):
    """A scenario: a difference from a baseline."""

    schema_: Literal["talentflow.scenario/1"] = Field(alias="schema")
    id: Identity = Field(description="Name of the scenario: a-z, 0-9 and '-'")
    title: Title
    measure: Annotated[Whole, Field(ge=1, le=29)] | None = Field(None, description="Row of the article's measures")
    status: Literal["illustrative", "proposal", "enacted"] = "illustrative"
    why: Text | None = Field(None, description="The reason for it, as its supporters give it")
    mechanism: Text | None = Field(None, description="Which lever moves which rule, and what follows from it")
    cannot_show: Text | None = Field(None, description="What the model leaves out of its effect")
    main_outcome: Literal[tuple(UNITS)] = Field("stock", description="Outcome that the measure is about")  # type: ignore[valid-type]
    main_group: Literal[GROUPS] = Field("all", description="Group whose outcome that is")  # type: ignore[valid-type]
    kind: Literal["transfer"] | None = Field(
        None, description="`transfer` for another country's institutions in the place of China's; else it follows"
    )
    baseline: Text = Field("baseline", description="Everything not named is inherited from it; an id or a file")
    reforms: list[Text] = Field([], description="Ids or files of other reforms: a package is a list")
    changes: list[ChangeForm] = Field([], description="Changes of levers of the law")
    assumptions: list[ChangeForm] = Field(
        [], description="Changes of behaviour or world, which hold for the baseline too"
    )
    on_overlap: Literal["last", "sum"] | None = Field(None, description="What holds where two changes set one value")
    cost: CostForm | None = None


class ProvisionForm(Form):
    """One dated value of a lever."""

    from_: Month | None = Field(None, alias="from")
    value: Number | None = None
    phase: dict[Month, Number] | None = None
    where: Where | None = None
    source: Text
    note: Text | None = None


class LeverForm(Form):
    """One lever of the law: its unit, its limits and its dated values."""

    label: Label
    unit: Text
    range: Annotated[list[Number], Field(min_length=2, max_length=2)]
    plausible: Annotated[list[Number], Field(min_length=2, max_length=2)]
    whole: Switch = False
    note: Text | None = None
    values: Annotated[list[ProvisionForm], Field(min_length=1)]


class GivenForm(Form):
    """One given of the world: `value`, `values` by element, or a `series` by year."""

    label: Label | None = None
    unit: Text
    value: Table = None
    values: Table = None
    series: dict[Year, Number] | None = None
    source: Text
    note: Text | None = None


class PriorForm(Form):
    """What is believed of an uncertainty before it is calibrated."""

    PARTS: ClassVar[dict[str, tuple[str, ...]]] = {
        "triangular": ("low", "mode", "high"),
        "uniform": ("low", "high"),
        "normal": ("mean", "sd"),
        "fixed": (),
    }

    kind: Literal["triangular", "uniform", "normal", "fixed"]
    low: Number | None = None
    mode: Number | None = None
    high: Number | None = None
    mean: Number | None = None
    sd: Annotated[Number, Field(gt=0)] | None = None


class UncertaintyForm(Form):
    """One parameter of behaviour: its default and its prior."""

    label: Label
    unit: Text
    default: Table
    prior: PriorForm
    range: Annotated[list[Number], Field(min_length=2, max_length=2)] | None = None
    whole: Switch = False
    role: Literal["calibrate", "sensitivity", "fixed"]
    source: Text
    note: Text | None = None


class PersonForm(Form):
    """One person to be scored under the points table."""

    schema_: Literal["talentflow.person/1"] | None = Field(None, alias="schema")
    birth: Month = Field(description="Month of birth, YYYY-MM")
    education: Literal[EDUCATIONS]  # type: ignore[valid-type]
    experience_years: Annotated[Number, Field(ge=0, le=60)] = Field(description="Years of work in the field")
    salary_cny: Amount = Field(description="Salary in China, CNY a year")
    months_per_year: Annotated[Number, Field(ge=0, le=12)] = Field(12.0, description="Months worked in China a year")
    hsk: Annotated[Whole, Field(ge=0, le=6)] = Field(0, description="Level of the Chinese test HSK, 0 to 6")
    region: Literal[REGIONS]  # type: ignore[valid-type]
    top_university: Switch = False
    fortune_500: Switch = False
    patent: Switch = False
    years_in_china: Annotated[Number, Field(ge=0, le=80)] = 0.0
    former_chinese_national: Switch = False
    field: Literal[FIELDS] = "other"  # type: ignore[valid-type]
    mode: Literal[MODES] = "self-initiated"  # type: ignore[valid-type]
    talent_plan: Switch = False
    chinese_degree: Switch = False
    mark: Annotated[Number, Field(ge=0, le=100)] | None = Field(None, description="Mean mark of the last degree")
    degree_date: Month | None = None
    sex: Literal["male", "female"] | None = None
