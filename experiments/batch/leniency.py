"""Forms of files that are wrong in places, without those places, so that the rest is checked, too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

FormT = TypeVar("FormT", bound=BaseModel)


def lenient(form: type[FormT], data: Mapping[str, Any], stand_ins: Mapping[str, Any]) -> tuple[FormT, set[str]]:
    """Return a form of what is right in ``data``, and the names of its sections in which something is not.

    ``stand_ins`` holds a good value of every key that the form cannot do without.
    """
    bad: set[str] = set()
    while True:
        try:
            return form.model_validate({**stand_ins, **data}), bad
        except ValidationError as error:
            for one in error.errors(include_url=False):
                bad.add(str(one["loc"][0]))
                data = _without(data, one["loc"], is_missing=one["type"] == "missing")


def _without(data: Mapping[str, Any], place: tuple[int | str, ...], *, is_missing: bool) -> dict[str, Any]:
    """Return ``data`` without the innermost key on the way to ``place``, or the one around it if that key is missing."""
    first, *rest = place
    inner = data.get(str(first))
    kept = {key: value for key, value in data.items() if key != first}
    # The items of a list stay together: without one, the others' places would be numbered anew.
    if isinstance(inner, Mapping) and rest and str(rest[0]) in inner and not (is_missing and len(rest) == 1):
        kept[str(first)] = _without(inner, tuple(rest), is_missing=is_missing)
    return kept
