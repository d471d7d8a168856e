"""Answers of the page hold the numbers of a comparison with the same settings, bit for bit."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from experiments import compare
from experiments.classroom.answering.asked import Asked, check
from experiments.classroom.answering.files import file_of, scenario_of
from experiments.classroom.answering.kept import Baselines, key_at
from experiments.classroom.answering.laws import law_of
from experiments.classroom.answering.pairs import Pair, PairReading, run_pair, series_question
from experiments.classroom.answering.start import OUTCOMES
from experiments.classroom.answering.views import answer_of, comparison_of, rounded
from experiments.classroom.answering.work import Answerer, order_of
from experiments.cli import main
from experiments.rows import rows_of
from simulation.catalogue import GROUPS

POINTS = {"path": "work_permit.category_a.points_min", "from": "2027-01", "set": 70}
SMALL = {"scale": 20000, "replicates": 2, "draws": 0, "until": "2030-12"}
BASELINES = Baselines(PairReading())


def ask(**asked: Any) -> Asked:
    """Return a small question."""
    return check({**SMALL, **asked})


def pairs_of(asked: Asked) -> list[Pair]:
    """Return all pairs of a question, in the order of their seeds."""
    law, found = law_of(asked), []
    for place in order_of(asked):
        found += [one for one in run_pair(asked, law, place, BASELINES) if isinstance(one, Pair)]
    return sorted(found, key=lambda pair: pair.series.seed)


QUESTIONS = [
    pytest.param({"reforms": ["one-stop"]}, id="a reform that holds others"),
    pytest.param({"reforms": ["easier-visits", "flexible-social-insurance"]}, id="a package"),
    pytest.param({"changes": [POINTS]}, id="a lever"),
    pytest.param({"changes": [{**POINTS, "from": "2025-07"}]}, id="a change before the kept month"),
    pytest.param({"changes": [{**POINTS, "from": "2028-04"}]}, id="a change after the kept month"),
    pytest.param({"reforms": ["easier-visits"], "changes": [POINTS], "draws": 2, "replicates": 4}, id="over draws"),
]


@pytest.mark.parametrize("content", QUESTIONS)
def test_rows_people_and_costs_are_those_of_compare(content: dict[str, Any]) -> None:
    asked = ask(**content)
    law, pairs = law_of(asked), pairs_of(asked)
    settings: dict[str, Any] = {"replicates": asked.replicates, "draws": asked.draws, "seed": asked.seed, "scale": asked.scale,
                "until": asked.until, "jobs": 1}  # fmt: skip
    by_group = compare([scenario_of(asked)], groups=GROUPS, paths=False, **settings)
    found = comparison_of(asked, law, pairs)
    assert repr(found.rows) == repr(by_group.rows)
    assert repr(found.persons) == repr(by_group.persons)
    assert repr(found.costs) == repr(by_group.costs)
    dates = series_question(asked.until).dates[-3:]
    by_date = compare([scenario_of(asked)], outcomes=OUTCOMES, dates=dates, paths=False, **settings)
    rows = rows_of(law.case, series_question(asked.until), [pair.series for pair in pairs], None)
    assert repr([row for row in rows if row.date in dates]) == repr(list(by_date.rows))
    assert any(row.difference for row in found.rows)


def test_the_python_of_an_answer_gives_its_numbers(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.seeds.default_jobs", lambda: 1)
    asked = ask(changes=[POINTS])
    answer = answer_of(asked, law_of(asked), pairs_of(asked), is_last=True)
    names: dict[str, Any] = {}
    exec(answer["python"], names)  # noqa: S102 - what the page shows must run
    row = names["result"].rows[-1]
    assert [answer["finding"][name] for name in ("difference", "low", "high")] == [
        rounded(getattr(row, name)) for name in ("difference", "low", "high")
    ]
    assert "stock" in capsys.readouterr().out


def test_the_command_of_an_answer_gives_its_numbers_from_the_file_of_the_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ask(reforms=["easier-visits"], changes=[POINTS])
    answer = answer_of(asked, law_of(asked), pairs_of(asked), is_last=True)
    (tmp_path / "class-question.yaml").write_text(file_of(asked), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", [*shlex.split(answer["command"]), "--jobs", "1", "--json", "--quiet"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    row = json.loads(capsys.readouterr().out)["rows"][-1]
    assert [answer["finding"][name] for name in ("difference", "low", "high")] == [
        rounded(row[name]) for name in ("difference", "low", "high")
    ]


def test_a_run_streams_months_then_growing_answers_then_the_answer() -> None:
    asked = ask(changes=[POINTS], replicates=3)
    events = list(Answerer().steps({"kind": "answer", "asked": asked.to_dict()}))
    assert [one["event"] for one in events] == ["began", *["months"] * 4, "pairs", "pairs", "step", "answer"]
    assert [one["data"]["done"] for one in events if one["event"] == "pairs"] == [1, 2]
    dates = [date for one in events if one["event"] == "months" for date in one["data"]["dates"]]
    assert dates[0] == "2027-01"
    assert dates[-1] == "2030-12"
    final = events[-1]["data"]
    assert final["is_last"]
    assert final["n"] == 3
    assert len(json.dumps(final, ensure_ascii=False, allow_nan=False)) < 150_000


def test_parts_of_a_view_add_up_to_the_whole() -> None:
    asked = ask(changes=[POINTS])
    answer = answer_of(asked, law_of(asked), pairs_of(asked), is_last=True)
    stock = answer["finding"]["baseline"]
    assert sum(row["baseline"] for row in answer["regions"]) == pytest.approx(stock, rel=1e-5)
    for dimension in ("origin", "field", "age", "mode", "sex"):
        parts = [row["baseline"] for row in answer["groups"] if row["dimension"] == dimension]
        assert sum(parts) == pytest.approx(stock, rel=1e-5)
    links = answer["flows"]["links"]
    assert sum(link["baseline"] for link in links if link["to"] != "end-left") == pytest.approx(stock, rel=1e-5)
    assert answer["points"]["cuts"] == {"baseline": {"A": 85.0, "B": 60.0}, "reform": {"A": 70.0, "B": 60.0}}


def test_a_change_that_touches_nobody_is_told_so() -> None:
    # Nobody reaches 120 points, so a permit of B1 is granted to nobody, however long it is.
    asked = ask(changes=[{"path": "work_permit.category_b1.permit_months", "from": "2027-01", "set": 48}])
    answer = answer_of(asked, law_of(asked), pairs_of(asked), is_last=True)
    assert answer["warnings"][0]["code"] == "touched-nobody"
    assert answer["finding"]["difference"] == 0


def test_a_lever_beyond_what_makes_sense_and_few_pairs_are_told() -> None:
    asked = ask(changes=[{**POINTS, "set": 20}])
    codes = {one["code"] for one in answer_of(asked, law_of(asked), pairs_of(asked), is_last=True)["warnings"]}
    assert {"outside-plausible", "few-pairs", "coarse"} <= codes


def test_warming_runs_one_baseline_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    from experiments.classroom.answering import work

    monkeypatch.setattr(work, "DEFAULTS", {**SMALL, "seed": 7, "lang": "en"})
    answerer = Answerer()
    assert answerer.warm()
    assert not answerer.warm()
    asked = ask(changes=[POINTS], seed=7)
    assert all(key_at(asked, place) in answerer._baselines for place in range(2))


def test_the_baseline_used_longest_ago_is_dropped() -> None:
    kept = Baselines(PairReading(), most_bytes=1)
    first, second = (key_at(ask(changes=[POINTS], seed=seed, until="2028-12"), 0) for seed in (1, 2))
    kept.get(first)
    kept.get(second)
    assert first not in kept
    assert second in kept
