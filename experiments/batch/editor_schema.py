"""JSON Schema of experiment files, so that an editor completes and checks them."""

from __future__ import annotations

from typing import Any

from experiments.batch.form import ArmForm, ExperimentForm, ReplicatesForm
from experiments.cases import known_groups, known_outcomes
from scenarios import levers
from scenarios.json_schema import schema_of


def experiment_schema() -> dict[str, Any]:
    """Return the JSON Schema of an experiment file, with the names it may hold."""
    schema = schema_of(ExperimentForm, "talentflow experiment file")
    parts = schema["$defs"]
    for form in (ArmForm, ReplicatesForm):
        made = schema_of(form, form.__name__)
        parts |= made.pop("$defs", {}) | {form.__name__: {key: made[key] for key in made if key != "$schema"}}
    text = {"type": "string"}
    joined = {"type": "array", "items": text, "minItems": 1}
    schema["properties"]["scenarios"]["items"] = {"anyOf": [text, joined, {"$ref": "#/$defs/ArmForm"}]}
    count = {"type": "integer", "minimum": 1}
    schema["properties"]["replicates"]["anyOf"] = [count, {"$ref": "#/$defs/ReplicatesForm"}]
    _name_what_is_known(parts)
    return schema


def _name_what_is_known(parts: dict[str, Any]) -> None:
    """List the outcomes, groups and levers that a file may name."""
    groups = known_groups()
    families = sorted({group.partition("=")[0] for group in groups if "=" in group})
    parts["KeepForm"]["properties"]["outcomes"]["items"] = {"enum": list(known_outcomes())}
    parts["KeepForm"]["properties"]["groups"]["items"] = {"enum": [*groups, *families]}
    for form in ("ArmForm", "OptimiseForm"):
        parts[form]["properties"]["levers"]["propertyNames"] = {"enum": list(levers())}
