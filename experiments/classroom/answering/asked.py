"""A question of the page, checked once: which reforms and changes, and how it is run."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any

from experiments.classroom.answering.problems import AskedProblem, AskedProblems, problems_of
from scenarios import ScenarioProblems, catalogue, load, with_changes
from scenarios.load import reforms_touching
from scenarios.months import month_text
from scenarios.names import nearest, shown

SCHEMA = "talentflow.asked/1"
DEFAULTS: dict[str, Any] = {
    "seed": 1, "replicates": 20, "draws": 10, "scale": 2000, "until": "2040-12", "lang": "en",
}  # fmt: skip
"""What a question is run with unless it says otherwise; see decision 16 for the measurements."""
LIMITS: dict[str, tuple[int, int]] = {
    "seed": (0, 2**31), "replicates": (1, 40), "draws": (0, 10), "scale": (1000, 20000),
}  # fmt: skip
UNTIL = ("2028-12", "2050-12")
MOST_REFORMS = 12
MOST_CHANGES = 24
_KEYS = ("schema", "reforms", "changes", *DEFAULTS)
_CHANGE_KEYS = ("path", "from", "until", "set", "add", "multiply", "phase", "where")


@dataclass(frozen=True)
class Asked:
    """A question that can be asked.

    ``reforms`` are shipped ids; ``changes`` lines of a scenario file. ``replicates`` are pairs of runs, over ``draws``
    settings of the uncertain parameters (0: all at their defaults); one row stands for ``scale`` people. ``notes`` say
    what was left out of the question as asked, in English and Chinese.
    """

    reforms: tuple[str, ...]
    changes: tuple[dict[str, Any], ...]
    seed: int
    replicates: int
    draws: int
    scale: int
    until: str
    lang: str
    notes: tuple[dict[str, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the question as plain values, as it may be asked again."""
        plain = {name: value for name, value in asdict(self).items() if name != "notes"}
        return {
            "schema": SCHEMA,
            **plain,
            "reforms": list(self.reforms),
            "changes": [dict(one) for one in self.changes],
        }


def check(raw: Any) -> Asked:
    """Return the question that plain values ask.

    Raises
    ------
    AskedProblems
        With everything that is wrong.
    """
    if isinstance(raw, Asked):
        return raw
    if not isinstance(raw, Mapping):
        raise AskedProblems([_problem("question", "a question is an object of keys", "问题必须是由键组成的对象")])
    problems = [_unknown(str(key), str(key), _KEYS) for key in raw if key not in _KEYS]
    if raw.get("schema", SCHEMA) != SCHEMA:
        problems.append(_problem("schema", f"the schema must be {SCHEMA}", f"schema 必须是 {SCHEMA}"))
    values = {name: raw.get(name, value) for name, value in DEFAULTS.items()}
    if "draws" not in raw and isinstance(values["replicates"], int) and values["replicates"] < 2 * DEFAULTS["draws"]:
        # As `compare` does: too few pairs to tell parameters from chance.
        values["draws"] = 0
    problems += _wrong_settings(values)
    reforms = _list_of(raw, "reforms", str, MOST_REFORMS, problems)
    changes = _list_of(raw, "changes", Mapping, MOST_CHANGES, problems)
    problems += _wrong_reforms(reforms) + _wrong_changes(changes)
    if not problems and not reforms and not changes:
        problems.append(_problem("question", "choose a reform or move a lever", "请选择一项改革或调整一个政策变量"))
    if problems:
        raise AskedProblems(problems)
    asked = Asked(tuple(reforms), tuple({str(key): one[key] for key in one} for one in changes), **values)
    return _checked_together(_without_idle(asked))


def _problem(where: str, en: str, zh: str, near: str | None = None) -> AskedProblem:
    return AskedProblem(where, {"en": en, "zh": zh}, near)


def _unknown(where: str, name: str, known: Any) -> AskedProblem:
    near = nearest(name, known)
    value = shown(name)
    hint = ("", "") if near is None else (f"; did you mean {near}?", f"；是否指 {near}？")
    return _problem(where, f"unknown name {value}{hint[0]}", f"未知名称 {value}{hint[1]}", near)


def _wrong_settings(values: Mapping[str, Any]) -> list[AskedProblem]:
    problems = []
    for name, (low, high) in LIMITS.items():
        value = values[name]
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            said = f"{name} must be a whole number from {low} to {high}, got {shown(value)}"
            problems.append(_problem(name, said, f"{name} 必须是 {low} 至 {high} 的整数，现为 {shown(value)}"))
    until, lang = values["until"], values["lang"]
    if not _is_month(until) or not UNTIL[0] <= until <= UNTIL[1]:
        said = f"until must be a month, YYYY-MM, from {UNTIL[0]} to {UNTIL[1]}, got {shown(until)}"
        problems.append(_problem("until", said, f"until 必须是 {UNTIL[0]} 至 {UNTIL[1]} 的月份，现为 {shown(until)}"))
    if not isinstance(lang, str) or lang not in {"en", "zh"}:
        problems.append(_problem("lang", f"lang must be en or zh, got {shown(lang)}", "lang 必须是 en 或 zh"))
    return problems or _wrong_draws(values["draws"], values["replicates"])


def _wrong_draws(draws: int, replicates: int) -> list[AskedProblem]:
    """Return what is wrong with a number of draws: fewer than two pairs of each tell nothing apart."""
    if draws == 0 or (draws > 1 and replicates >= 2 * draws):
        return []
    en = f"draws must be 0, or 2 and more with at least two pairs of each, got {draws} with {replicates} pairs"
    return [_problem("draws", en, f"draws 必须为0，或不少于2且每组参数至少两对模拟，现为{draws}组、{replicates}对")]


def _is_month(value: Any) -> bool:
    parts = value.split("-") if isinstance(value, str) and len(value) == 7 and value.isascii() else ()
    return len(parts) == 2 and all(part.isdecimal() for part in parts) and 1 <= int(parts[1]) <= 12


def _list_of(raw: Mapping[str, Any], name: str, kind: Any, most: int, problems: list[AskedProblem]) -> list[Any]:
    values = raw.get(name, [])
    if not isinstance(values, list | tuple) or not all(isinstance(one, kind) for one in values):
        problems.append(_problem(name, f"{name} must be a list", f"{name} 必须是列表"))
        return []
    if len(values) > most:
        problems.append(_problem(name, f"{name}: at most {most}, got {len(values)}", f"{name} 最多{most}项"))
        return []
    return list(values)


@cache
def shipped() -> dict[str, str]:
    """Return the kind of each shipped scenario that can be asked about: reforms and packages."""
    return {entry.id: entry.kind for entry in catalogue() if entry.kind in {"reform", "package"}}


def _wrong_reforms(reforms: list[Any]) -> list[AskedProblem]:
    known = shipped()
    problems = [_unknown(f"reforms[{i}]", name, known) for i, name in enumerate(reforms) if name not in known]
    twice = [name for i, name in enumerate(reforms) if name in reforms[:i]]
    return problems + [_problem("reforms", f"{name} is named twice", f"{name} 重复") for name in twice]


def _wrong_changes(changes: list[Any]) -> list[AskedProblem]:
    problems: list[AskedProblem] = []
    for i, change in enumerate(changes):
        where = f"changes[{i}]"
        odd = [_unknown(where, str(key), _CHANGE_KEYS) for key in change if key not in _CHANGE_KEYS]
        odd += [
            _problem(where, f"{key} must be a finite number", f"{key} 必须是有限数")
            for key in ("set", "add", "multiply")
            if key in change and not _is_number(change[key])
        ]
        if not odd:
            try:
                with_changes(load("baseline"), [change])
            except ScenarioProblems as found:
                odd += problems_of(found, where)
        problems += odd
    return problems


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _without_idle(asked: Asked) -> Asked:
    """Return the question without changes to the value that the law has anyway: a slider may come back to it."""
    baseline, kept, notes, problems = load("baseline"), [], [], []
    named = _all_reforms(asked.reforms)
    for change in asked.changes:
        changed = with_changes(baseline, [change])
        path = str(change["path"])
        if (changed.column(path) != baseline.column(path)).any():
            kept.append(change)
            continue
        label = baseline.library.levers[path].label
        touching = [name for name in reforms_touching(path) if name in named]
        en, zh = f"{label['en']}: this is today's value", f"{label['zh']}：这就是现行值"
        if touching:
            en += f", but {touching[0]} sets another; choose another value or leave that reform out"
            problems.append(_problem(path, en, f"{zh}，但{touching[0]}另有规定；请改用其他数值或去掉该改革"))
        else:
            notes.append({"en": f"{en}; left out.", "zh": f"{zh}，已略去。"})
    if not kept and not asked.reforms and not problems:
        problems.append(_problem("changes", "; ".join(n["en"] for n in notes), "".join(n["zh"] for n in notes)))
    if problems:
        raise AskedProblems(problems)
    return replace(asked, changes=tuple(kept), notes=tuple(notes))


def _all_reforms(names: Any) -> set[str]:
    """Return ids of scenarios and of all that they consist of."""
    found: set[str] = set()
    for name in names:
        found |= {name} | _all_reforms(reform.id for reform in load(name).reforms)
    return found


def _checked_together(asked: Asked) -> Asked:
    """Return the question; refuse parts that do not go together, or that begin after the run."""
    from experiments.classroom.answering.files import scenario_of

    try:
        scenario = scenario_of(asked)
    except ScenarioProblems as found:
        raise AskedProblems(problems_of(found, "reforms")) from None
    late = [change for change in scenario.changes if month_text(change.start) > asked.until]
    if late:
        path = late[0].path
        en, zh = f"{path} changes only after {asked.until}", f"{path} 在 {asked.until} 之后才变化"
        raise AskedProblems([_problem(path, en, zh)])
    return asked
