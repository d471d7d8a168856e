"""Part of a document against a model: an object, or problems with line, column and nearest name."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scenarios.events import Document, Location
from scenarios.messages import CODES
from scenarios.names import ascii_letters, first_odd_letter, listed, nearest, shown

FormT = TypeVar("FormT", bound=BaseModel)

_CODE_OF = {
    "model_type": "not-keys",
    "model_attributes_type": "not-keys",
    "dict_type": "not-keys",
    "list_type": "not-a-list",
    "finite_number": "not-a-number",
    "float_type": "not-a-number",
    "string_type": "not-text",
}
_RULE_OF = {
    "greater_than_equal": ("at least {ge:g}", "不小于{ge:g}"),
    "greater_than": ("above {gt:g}", "大于{gt:g}"),
    "less_than_equal": ("at most {le:g}", "不大于{le:g}"),
    "less_than": ("below {lt:g}", "小于{lt:g}"),
    "too_short": ("of at least {min_length} values", "至少{min_length}个值"),
    "too_long": ("of at most {max_length} values", "至多{max_length}个值"),
}


def checked(form: type[FormT], document: Document, location: Location = (), data: Any = None) -> FormT | None:
    """Return the part of ``document`` at ``location`` as ``form``, or None once its problems are noted.

    ``data`` stands in for that part, for a caller that checks some of its keys by itself.
    """
    value = document.part(*location) if data is None else data
    try:
        return form.model_validate(value)
    except ValidationError as error:
        note(error.errors(include_url=False), form, document, location)
        return None


def note(errors: Iterable[ErrorDetails], form: type[BaseModel], document: Document, location: Location) -> None:
    """Note pydantic's errors about the part at ``location`` as problems of the document."""
    by_parent: dict[Location, list[ErrorDetails]] = {}
    for error in errors:
        place = _place(error, location)
        by_parent.setdefault(place[:-1], []).append(error)
    for parent, found in by_parent.items():
        missing = [str(error["loc"][-1]) for error in found if error["type"] == "missing"]
        for error in found:
            if error["type"] == "extra_forbidden":
                _note_unknown(error, form, document, _place(error, location), missing)
        for key in missing:
            document.findings.add(document.mark(*parent), "missing-key", key=key)
        for error in found:
            if error["type"] not in {"missing", "extra_forbidden"}:
                _note_value(error, document, _place(error, location))


def check_header(document: Document, schema: str, *keys: str) -> bool:
    """Note a missing or foreign ``schema``, and keys other than ``keys``; return whether each of ``keys`` holds keys."""
    data, found = document.data, document.findings
    if "schema" not in data:
        found.add(document.mark(), "missing-key", key="schema")
    elif data["schema"] != schema:
        found.add(document.mark("schema"), "wrong-schema", value=shown(data["schema"]), expected=schema)
    meant = note_unknown_keys(document, (), ["schema", *keys])
    for key in keys:
        if key not in data and key not in meant:
            found.add(document.mark(), "missing-key", key=key)
        elif key in data and not isinstance(data[key], dict):
            found.add(document.mark(key), "not-keys", key=key, value=shown(data[key]))
    return all(isinstance(data.get(key), dict) for key in keys)


def note_unknown_keys(document: Document, location: Location, known: Sequence[str]) -> set[str]:
    """Note the keys at ``location`` that are not ``known``, and return those that they were meant to be."""
    written = document.part(*location)
    meant_keys = set()
    for key in written:
        if key not in known:
            meant = nearest(key, [name for name in known if name not in written]) or nearest(key, known)
            mark = document.key_mark(*location, key)
            document.findings.add(mark, "unknown-key", key=key, known=listed(known), nearest=meant)
            meant_keys.add(meant or "")
    return meant_keys


def _place(error: ErrorDetails, location: Location) -> Location:
    return (*location, *(step for step in error["loc"] if step != "[key]"))


def _note_unknown(
    error: ErrorDetails, form: type[BaseModel], document: Document, place: Location, missing: list[str]
) -> None:
    """Note an unknown key; if it is a mistyped required key, say so once and not that one is missing, too."""
    key = str(place[-1])
    names = known_keys(form, error["loc"][:-1])
    meant = nearest(key, missing) or nearest(key, names)
    if meant in missing:
        missing.remove(meant)
    document.findings.add(document.key_mark(*place), "unknown-key", key=key, known=listed(names, 20), nearest=meant)


def _note_value(error: ErrorDetails, document: Document, place: Location) -> None:
    kind, value = error["type"], error["input"]
    context = error.get("ctx", {})
    mark = document.mark(*place)
    key = _name(place)
    if error["loc"] and error["loc"][-1] == "[key]":
        mark = document.key_mark(*place)
    if isinstance(value, str) and "：" in value and kind in {"model_type", "model_attributes_type", "dict_type"}:
        document.findings.add((mark[0], mark[1] + value.index("：")), "full-width", letter="：", plain=":")
    elif kind in CODES:
        document.findings.add(
            mark, kind, key=key, value=shown(value), nearest=context.get("nearest") or _number_in(value)
        )
    elif kind == "literal_error":
        _note_choice(document, place, value, str(context.get("expected", "")))
    elif kind in _RULE_OF:
        rule = {lang: text.format(**context) for lang, text in zip(("en", "zh"), _RULE_OF[kind], strict=True)}
        document.findings.add(mark, "out-of-bounds", key=key, value=shown(value), rule=rule)
    elif kind in _CODE_OF:
        document.findings.add(mark, _CODE_OF[kind], key=key, value=shown(value), nearest=_number_in(value))
    else:
        document.findings.add(mark, "bad-value", key=key, value=shown(value), rule=error["msg"])


def _name(place: Location) -> str:
    """Return what a message calls the value at ``place``.

    >>> _name(("changes", 0, "set")), _name(("changes", 0))
    ('set', 'changes 1')
    """
    *outer, last = place or ("",)
    return last if isinstance(last, str) else f"{outer[-1] if outer else ''} {last + 1}"


def _note_choice(document: Document, place: Location, value: Any, expected: str) -> None:
    names = [name.strip(" '") for name in expected.replace(" or ", ", ").split(",")]
    mark, key = document.mark(*place), str(place[-1])
    if key == "schema":
        document.findings.add(mark, "wrong-schema", value=shown(value), expected=names[0])
        return
    meant = nearest(value, names) if isinstance(value, str) else None
    if isinstance(value, str) and not value.isascii() and ascii_letters(value) in names:
        letter = first_odd_letter(value)
        document.findings.add(mark, "look-alike", name=shown(value), letter=letter, nearest=meant)
        return
    document.findings.add(mark, "bad-choice", key=key, value=shown(value), known=listed(names, 20), nearest=meant)


def _number_in(value: Any) -> str | None:
    """Return the number that a text spells, as it should have been written.

    >>> _number_in("75"), _number_in("85%"), _number_in("many")
    ('75', '0.85', None)
    """
    if isinstance(value, bool):
        return str(int(value))
    text = ascii_letters(value).strip() if isinstance(value, str) else ""
    try:
        return f"{float(text.removesuffix('%')) / 100:g}" if text.endswith("%") else f"{float(text):g}"
    except ValueError:
        return None


def known_keys(form: type[BaseModel], location: Iterable[str | int] = ()) -> list[str]:
    """Return the keys that a form has at ``location`` inside it."""
    current: Any = form
    # A place in a list has the form that the list is of.
    for step in (one for one in location if isinstance(one, str)):
        if isinstance(current, type) and issubclass(current, BaseModel):
            fields = {info.alias or name: info.annotation for name, info in current.model_fields.items()}
            current = _model_in(fields.get(step))
    if not (isinstance(current, type) and issubclass(current, BaseModel)):
        return []
    return [info.alias or name for name, info in current.model_fields.items()]


def _model_in(annotation: Any) -> Any:
    """Return the model that an annotation such as ``list[Model] | None`` speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in typing.get_args(annotation) if (found := _model_in(part)) is not None), None)
