"""JSON Schema (draft 2020-12) of the files that people write, so that an editor completes and checks them."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from pydantic import BaseModel

from scenarios.levers import PLACES, lever_slots
from scenarios.library import SHIPPED, library_at
from scenarios.schema import ChangeForm, PersonForm, ScenarioForm
from scenarios.targets import assumption_paths

DRAFT = "https://json-schema.org/draft/2020-12/schema"
FileKind: TypeAlias = Literal["scenario", "person"]
_FORMS: dict[FileKind, type[BaseModel]] = {"scenario": ScenarioForm, "person": PersonForm}


def json_schema(kind: FileKind = "scenario") -> dict[str, Any]:
    """Return the JSON Schema of a kind of file: ``scenario`` or ``person``."""
    if kind not in _FORMS:
        raise ValueError(f"kind must be one of {', '.join(_FORMS)}, got {kind!r}")
    schema = schema_of(_FORMS[kind], f"talentflow {kind} file")
    if kind == "scenario":
        _name_paths_and_places(schema)
    return schema


def schema_of(form: type[BaseModel], title: str) -> dict[str, Any]:
    """Return the JSON Schema of a form of files."""
    made: dict[str, Any] = _without_null(form.model_json_schema(by_alias=True))
    return {"$schema": DRAFT, "title": title, **{key: value for key, value in made.items() if key != "title"}}


def _name_paths_and_places(schema: dict[str, Any]) -> None:
    """List the paths and places that a scenario may name, and say that a change has one operation."""
    definitions = schema["$defs"]
    change = definitions.pop("ChangeForm")
    change["oneOf"] = [{"required": [name]} for name in ChangeForm.OPERATIONS]
    for name, paths in (("Change", list(lever_slots())), ("Assumption", list(assumption_paths(library_at(SHIPPED))))):
        path = {**change["properties"]["path"], "enum": paths}
        definitions[name] = {**change, "title": name, "properties": {**change["properties"], "path": path}}
    schema["properties"]["changes"]["items"] = {"$ref": "#/$defs/Change"}
    schema["properties"]["assumptions"]["items"] = {"$ref": "#/$defs/Assumption"}
    definitions["Change"]["anyOf"] = [{"required": ["from"]}, {"required": ["phase"]}]
    for scope, names in PLACES.items():
        places = definitions["Where"]["properties"][scope]
        places |= {"items": {"enum": list(names)}, "minItems": 1, "uniqueItems": True}


def _without_null(node: Any) -> Any:
    """Return a schema without the null that stands for an absent key: files may leave a key out, not empty."""
    if isinstance(node, list):
        return [_without_null(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _without_null(value) for key, value in node.items() if not (key == "default" and value is None)}
    options = kept.get("anyOf")
    if isinstance(options, list) and {"type": "null"} in options:
        rest = [option for option in options if option != {"type": "null"}]
        del kept["anyOf"]
        kept |= rest[0] if len(rest) == 1 else {"anyOf": rest}
    return kept
