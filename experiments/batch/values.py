"""Values that several parts of an experiment file hold: dates, counts, names, limits."""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema

from scenarios.schema import Month, Number, Whole

EVERY = "all"
"""Stands for every name there is."""
NO_LIMIT = "none"
_YEAR = re.compile(r"(?:19|20)[0-9]{2}", re.ASCII)


def _date(value: Any) -> Any:
    """Return the month that a date means; a year stands for its December."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str) and _YEAR.fullmatch(value):
        return f"{value}-12"
    return value


def _limit(value: Any) -> Any:
    return None if value == NO_LIMIT else value


Date: TypeAlias = Annotated[
    Month,
    BeforeValidator(_date),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": "^(19|20)[0-9]{2}(-(0[1-9]|1[0-2]))?$"}, {"type": "integer"}]}
    ),
]
Confidence: TypeAlias = Annotated[Number, Field(gt=0.5, lt=1)]
Seed: TypeAlias = Annotated[Whole, Field(ge=0)]
Count: TypeAlias = Annotated[Whole, Field(ge=1)]
Names: TypeAlias = Annotated[
    Any, WithJsonSchema({"anyOf": [{"const": "all"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]})
]
"""``all``, or a list of names: checked by who knows them."""
WholeLimit: TypeAlias = Annotated[
    Count | None,
    BeforeValidator(_limit),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1}, {"const": NO_LIMIT}]}),
]
Limit: TypeAlias = Annotated[
    Annotated[Number, Field(gt=0)] | None,
    BeforeValidator(_limit),
    WithJsonSchema({"anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"const": NO_LIMIT}]}),
]
