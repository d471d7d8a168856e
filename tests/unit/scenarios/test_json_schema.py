"""The JSON Schema that editors complete and check files with."""

import json
from typing import Any

import pytest

from scenarios import json_schema, levers
from simulation.names import ORIGINS, REGIONS


def test_it_is_a_schema_of_draft_2020_12_without_null() -> None:
    for kind in ("scenario", "person"):
        schema = json_schema(kind)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert '"null"' not in json.dumps(schema)
        assert schema["additionalProperties"] is False


def test_changes_may_name_every_lever_and_nothing_else() -> None:
    definitions = json_schema("scenario")["$defs"]
    assert definitions["Change"]["properties"]["path"]["enum"] == list(levers())
    assert "behaviour.beta" in definitions["Assumption"]["properties"]["path"]["enum"]
    assert not set(definitions["Assumption"]["properties"]["path"]["enum"]) & set(levers())


def test_a_change_has_one_operation_and_places_that_exist() -> None:
    definitions = json_schema("scenario")["$defs"]
    assert {option["required"][0] for option in definitions["Change"]["oneOf"]} == {"set", "add", "multiply", "phase"}
    assert definitions["Where"]["properties"]["region"]["items"] == {"enum": list(REGIONS)}
    assert definitions["Where"]["properties"]["origin"]["items"] == {"enum": list(ORIGINS)}


def test_every_reference_inside_a_schema_is_defined() -> None:
    schema = json_schema("scenario")

    def references(node: Any) -> set[str]:
        if isinstance(node, dict):
            own = {node["$ref"].rpartition("/")[2]} if isinstance(node.get("$ref"), str) else set()
            return own.union(*(references(value) for value in node.values()))
        return set().union(*(references(item) for item in node)) if isinstance(node, list) else set()

    assert references(schema) <= set(schema["$defs"])


def test_keys_are_those_of_files() -> None:
    assert {"schema", "id", "title", "changes", "on_overlap"} <= set(json_schema("scenario")["properties"])
    assert "from" in json_schema("scenario")["$defs"]["Change"]["properties"]
    assert json_schema("scenario")["required"] == ["schema", "id", "title"]


def test_a_kind_of_file_that_nobody_writes_is_refused() -> None:
    with pytest.raises(ValueError, match="kind must be one of scenario, person"):
        json_schema("law")  # type: ignore[arg-type]
