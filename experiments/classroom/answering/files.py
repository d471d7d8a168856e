"""A question as a scenario, as a scenario file, and read back from one."""

from __future__ import annotations

import json
from typing import Any

from experiments.classroom.answering.asked import DEFAULTS, SCHEMA, Asked, check
from experiments.classroom.answering.problems import AskedProblem, AskedProblems, problems_of
from scenarios import Scenario, ScenarioProblems, load
from scenarios.events import read_data, read_raw
from scenarios.library import SHIPPED, library_at
from scenarios.reading import SCHEMA as SCENARIO_SCHEMA
from scenarios.reading import Reading

ID = "class-question"
FILE = "class-question.yaml"
_TOLD_MOST = 3


def scenario_of(asked: Asked) -> Scenario:
    """Return the scenario that ``talentflow compare`` takes: a shipped one, or a package of reforms and changes.

    Raises ScenarioProblems where reforms overlap. Where a change meets a reform, the change holds.
    """
    if len(asked.reforms) == 1 and not asked.changes:
        return load(asked.reforms[0])
    return Reading(library_at(SHIPPED)).scenario(read_data(_document(asked), ID), None)


def _document(asked: Asked) -> dict[str, Any]:
    document: dict[str, Any] = {"schema": SCENARIO_SCHEMA, "id": ID, "title": _titles(asked)}
    if asked.reforms:
        document["reforms"] = list(asked.reforms)
    if asked.changes:
        document["changes"] = [dict(change) for change in asked.changes]
    if asked.reforms and asked.changes:
        _check_reforms(asked)
        document["on_overlap"] = "last"
    return document


def _check_reforms(asked: Asked) -> None:
    """Refuse reforms that overlap among themselves: the rule for changes must not settle that unseen."""
    if len(asked.reforms) > 1:
        document = {"schema": SCENARIO_SCHEMA, "id": ID, "title": _titles(asked), "reforms": list(asked.reforms)}
        Reading(library_at(SHIPPED)).scenario(read_data(document, ID), None)


def _titles(asked: Asked) -> dict[str, str]:
    levers = library_at(SHIPPED).levers
    titles = {}
    for lang in ("en", "zh"):
        names = [load(name).title[lang] for name in asked.reforms]
        names += [levers[str(one["path"])].label[lang] for one in asked.changes if str(one["path"]) in levers]
        mark, more = (" + ", f" +{len(names) - _TOLD_MOST}") if lang == "en" else ("＋", f"等{len(names)}项")
        titles[lang] = mark.join(names[:_TOLD_MOST]) + (more if len(names) > _TOLD_MOST else "")
    return titles


def file_of(asked: Asked) -> str:
    """Return the question as the text of a scenario file."""
    document = _document(asked)
    lines = [f"schema: {document['schema']}", f"id: {document['id']}"]
    # JSON is YAML: each value on its line is read as it was written.
    lines += [f"{key}: {_flow(document[key])}" for key in ("title", "reforms", "on_overlap") if key in document]
    if "changes" in document:
        lines += ["changes:", *(f"  - {_flow(change)}" for change in document["changes"])]
    return "\n".join(lines) + "\n"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def asked_of(text: str | bytes) -> Asked:
    """Return the question that an uploaded scenario file asks.

    The text is read as data; a file that it names is refused, as it has no folder.

    Raises
    ------
    AskedProblems
        With line and column.
    """
    raw = text.encode() if isinstance(text, str) else text
    try:
        document = read_raw(raw, FILE)
        Reading(library_at(SHIPPED)).scenario(document, None)
    except ScenarioProblems as found:
        raise AskedProblems(problems_of(found, "file")) from None
    data = document.data
    kept_out = [key for key in ("assumptions", "baseline") if data.get(key) not in (None, [], "baseline")]
    if kept_out:
        en = f"{kept_out[0]} cannot be asked on the page: use talentflow compare with the file"
        zh = f"页面不支持 {kept_out[0]}：请用 talentflow compare 运行该文件"
        line, column = document.key_mark(kept_out[0])
        raise AskedProblems([AskedProblem("file", {"en": en, "zh": zh}, None, line, column)])
    changes = [
        {key: value for key, value in one.items() if key not in {"was", "source", "note"}}
        for one in data.get("changes", [])
    ]
    return check({"schema": SCHEMA, "reforms": data.get("reforms", []), "changes": changes, **DEFAULTS})
