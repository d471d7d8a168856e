"""Whatever stands in a file: it is read or refused in words, and a change does what it says in its months and places."""

from __future__ import annotations

import math
import pickle
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scenarios import Scenario, ScenarioProblems, levers, load, with_changes
from scenarios.changes import Part, combine
from scenarios.events import read_raw
from scenarios.levers import PLACES, Lever
from scenarios.library import SHIPPED
from scenarios.months import MONTHS, month_text
from scenarios.person import person_of
from scenarios.scalars import plain

HEAD = "schema: talentflow.scenario/1\nid: mine\ntitle: {en: Mine}\n"
REFORMS = [path.read_bytes() for path in sorted((SHIPPED / "reforms").glob("*.yaml"))]
PATHS = sorted(levers())
# Signs that mean something to YAML, to this project, or to nobody.
SIGNS = st.text(
    st.sampled_from("{}[]:,-#&*!|>'\"%@`?\n \t\r\\<=~.0127eE+_：，（）аеЕ\u200b\u202e\ufeff\u3000\u00a0中abn"),
    max_size=12,
)


def told(raw: bytes) -> list[str]:
    """Read bytes as a document and return the codes of its problems; nothing else may be raised."""
    try:
        found = read_raw(raw, "x.yaml").findings.problems
    except ScenarioProblems as problems:
        found = problems.problems
        assert found
    for problem in found:
        assert "\n" not in problem.render()
        assert problem.in_languages.keys() == {"en", "zh"}
        assert problem.line >= 1
        assert problem.column >= 1
    return [problem.code for problem in found]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(raw: bytes) -> None:
    told(raw)


@given(st.lists(SIGNS, max_size=20).map("".join))
def test_any_text_of_signs_is_read_or_refused_in_words(text: str) -> None:
    told(text.encode())


@given(st.sampled_from(REFORMS), st.data())
def test_a_reform_with_a_slip_is_read_or_refused_in_words(raw: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(raw)))
    removed = data.draw(st.integers(0, 8))
    added = data.draw(st.one_of(SIGNS.map(str.encode), st.binary(max_size=4)))
    told(raw[:at] + added + raw[at + removed :])


@settings(max_examples=200)
@given(st.sampled_from(REFORMS), st.data())
def test_a_scenario_with_a_slip_loads_or_is_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(raw)))
    words = [b"", b": ", b"\n", b"0", b"-", b"x", b"[", b"{", b"true", b"2027-01", b"1e9", b"set", b"where: {}"]
    removed = data.draw(st.integers(0, 6))
    path = tmp_path_factory.mktemp("slip") / "mine.yaml"
    path.write_bytes(raw[:at] + data.draw(st.sampled_from(words)) + raw[at + removed :])
    try:
        scenario = load(path)
    except ScenarioProblems as problems:
        assert problems.problems  # noqa: PT017 - loading may succeed
    else:
        scenario.resolve("2060-12")


KEYS = st.sampled_from(["path", "from", "until", "was", "set", "add", "phase", "where", "region", "x"])
LEAVES: st.SearchStrategy[Any] = st.one_of(
    st.booleans(),
    st.integers(-100, 3000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(PATHS),
    st.text(max_size=8),
)
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


@settings(max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from(["title", "measure", "status", "why", "baseline", "reforms", "on_overlap", "cost"]),
        TREES,
        max_size=4,
    ),
    st.lists(TREES, max_size=3),
    st.sampled_from(["changes", "assumptions"]),
)
def test_a_tree_of_any_shape_loads_or_is_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, header: dict[str, Any], lines: list[Any], section: str
) -> None:
    data = {"schema": "talentflow.scenario/1", "id": "mine", **header, section: lines}
    path = tmp_path_factory.mktemp("tree") / "mine.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    try:
        load(path)
    except ScenarioProblems as problems:
        assert all(problem.message for problem in problems.problems)  # noqa: PT017 - loading may succeed


@given(st.dictionaries(st.sampled_from(["birth", "education", "hsk", "region", "patent", "salary_cny"]), TREES))
def test_a_person_of_any_shape_is_read_or_refused_in_words(data: dict[str, Any]) -> None:
    try:
        person_of(read_raw(yaml.safe_dump(data).encode(), "person.yaml"))
    except ScenarioProblems as problems:
        assert problems.problems  # noqa: PT017 - reading may succeed


# Text such as 0E0 is left bare by a writer of YAML 1.1 and is a number in YAML 1.2, which scenario files are.
NUMBER_OF_1_2 = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)[eE][-+]?[0-9]+")
WORDS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=["C", "Z"]), max_size=12
).filter(lambda word: NUMBER_OF_1_2.fullmatch(word) is None)


def test_text_that_is_a_number_in_yaml_1_2_is_read_as_one_unless_quoted() -> None:
    assert read_raw(b"a: 0E0", "x.yaml").data == {"a": 0.0}
    assert read_raw(b"a: '0E0'", "x.yaml").data == {"a": "0E0"}


@given(
    st.recursive(
        st.integers(-(10**9), 10**9) | st.booleans() | WORDS, lambda inner: st.lists(inner, max_size=3), max_leaves=10
    )
)
def test_what_a_yaml_library_writes_is_read_as_it_was(value: Any) -> None:
    raw = yaml.safe_dump({"a": value}, allow_unicode=True).encode()
    assume(not told(raw))
    read = read_raw(raw, "x.yaml").data
    # The library writes YAML 1.1, in which a bare `=` or `yes` would be quoted; no value may change on the way.
    assert read == {"a": value}


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_read_to_the_last_bit_or_refused(number: float) -> None:
    reading = plain(repr(number))
    assert reading.code == "too-many-digits" or reading.value == number


LEVERS = st.sampled_from(sorted(levers().values(), key=lambda lever: lever.path))
MONTH = st.integers(0, MONTHS - 1)


@st.composite
def lines(draw: st.DrawFn) -> tuple[Lever, dict[str, Any]]:
    """Draw a change of any lever, in any months and places."""
    lever = draw(LEVERS)
    start, end = sorted((draw(MONTH), draw(MONTH)))
    line: dict[str, Any] = {"path": lever.path, "from": month_text(start)}
    if draw(st.booleans()):
        line["until"] = month_text(end)
    operation = draw(st.sampled_from(["set", "add", "multiply"]))
    span = lever.high - lever.low
    drawn = {
        "set": st.floats(lever.low - 0.1 * span, lever.high + 0.1 * span),
        "add": st.floats(-span, span),
        "multiply": st.floats(0, 3),
    }
    number = draw(drawn[operation])
    line[operation] = float(round(number)) if lever.is_whole else number
    if draw(st.booleans()):
        line["where"] = {lever.scope: draw(st.lists(st.sampled_from(PLACES[lever.scope]), min_size=1, unique=True))}
    return lever, line


def changed(line: dict[str, Any]) -> Scenario | None:
    """Return the baseline with a line, or None if the line is refused for leaving its range."""
    try:
        return with_changes(load("baseline"), [line])
    except ScenarioProblems as problems:
        assert {problem.code for problem in problems.problems} <= {"out-of-range", "not-whole-lever"}  # noqa: PT017
        return None


@given(lines())
def test_a_change_holds_in_its_months_and_places_and_nowhere_else(drawn: tuple[Lever, dict[str, Any]]) -> None:
    lever, line = drawn
    scenario = changed(line)
    assume(scenario is not None)
    assert scenario is not None
    base, values = load("baseline").column(lever.path), scenario.column(lever.path)
    months = np.arange(MONTHS)
    first, last = line["from"], line.get("until", "2060-12")
    inside = np.array([first <= month_text(int(month)) <= last for month in months])[:, None]
    named = np.array([place in line.get("where", {lever.scope: lever.places})[lever.scope] for place in lever.places])
    mask = inside & named
    operated = {
        "set": lambda x: np.full_like(base, x),
        "add": lambda x: base + x,
        "multiply": lambda x: base * x,
    }
    operation = next(name for name in operated if name in line)
    expected = np.where(mask, operated[operation](line[operation]), base)
    assert np.array_equal(values, expected)


@given(lines())
def test_no_value_leaves_the_hard_limits_of_its_lever(drawn: tuple[Lever, dict[str, Any]]) -> None:
    lever, line = drawn
    scenario = changed(line)
    if scenario is not None:
        values = scenario.column(lever.path)
        assert (values >= lever.low).all()
        assert (values <= lever.high).all()
        assert not lever.is_whole or (values == np.floor(values)).all()


@settings(max_examples=25)
@given(lines())
def test_a_reform_dated_later_changes_nothing_before(drawn: tuple[Lever, dict[str, Any]]) -> None:
    lever, line = drawn
    scenario = changed(line)
    assume(scenario is not None)
    assert scenario is not None
    own, base = scenario.tables(), load("baseline").tables()
    first = scenario.first_difference("2060-12")
    before = MONTHS if first is None else next(m for m in range(MONTHS) if month_text(m) == first)
    assert before == MONTHS or month_text(before) >= line["from"]
    assert own.policy[:before].tobytes() == base.policy[:before].tobytes()
    assert own.origins[:before].tobytes() == base.origins[:before].tobytes()
    assert own.places.tobytes() == base.places.tobytes()
    fields = {name for name in own.policy.dtype.names if not np.array_equal(own.policy[name], base.policy[name])}
    assert fields <= {lever.field}


@given(lines(), lines())
def test_overlapping_changes_sum_in_any_order(
    first: tuple[Lever, dict[str, Any]], second: tuple[Lever, dict[str, Any]]
) -> None:
    one, other = first[1], {**second[1], "path": first[1]["path"]}
    other.pop("where", None)
    made = [scenario for line in (one, other) if (scenario := changed(line)) is not None]
    assume(len(made) == 2)
    path, base = one["path"], load("baseline").column(one["path"])
    changes = [scenario.own_changes[0] for scenario in made]
    parts = [Part(f"part {n}", {path: change.effect(base)}) for n, change in enumerate(changes)]
    expected = base + sum(scenario.column(path) - base for scenario in made)
    for order in (parts, parts[::-1]):
        combined, _ = combine(order, lambda _: base, {path: changes[0].target}, "sum")
        assert np.allclose(combined[path].on(base), expected)


@given(st.lists(LEVERS, min_size=1, max_size=4, unique_by=lambda lever: lever.path), MONTH)
def test_a_scenario_written_out_and_read_back_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[Lever], start: int
) -> None:
    lines = [
        {"path": lever.path, "from": month_text(start), "set": lever.low if _differs(lever, start) else lever.high}
        for lever in chosen
    ]
    path = tmp_path_factory.mktemp("round") / "mine.yaml"
    path.write_text(HEAD + yaml.safe_dump({"changes": lines}, sort_keys=False), encoding="utf-8")
    read = load(path)
    made = with_changes(load("baseline"), lines)
    for lever in chosen:
        assert np.array_equal(read.column(lever.path), made.column(lever.path))
    assert [(change.path, change.start) for change in read.changes] == [(lever.path, start) for lever in chosen]


def _differs(lever: Lever, start: int) -> bool:
    return bool((lever.timeline()[start:] != lever.low).any())


@given(st.sampled_from(PATHS), st.floats(allow_nan=True, allow_infinity=True))
def test_a_parameter_is_any_finite_number(path: str, value: float) -> None:
    if math.isfinite(value):
        scenario = load("baseline").with_assumptions({"beta": value})
        assert scenario.resolve("2000-01").behaviour["beta"][0] == value
        assert pickle.loads(pickle.dumps(scenario)).assumptions == scenario.assumptions  # noqa: S301 - our own bytes
    else:
        with pytest.raises(ScenarioProblems):
            load("baseline").with_assumptions({"beta": value})
    assert Path(levers()[path].file).name == f"{path.partition('.')[0]}.yaml"
