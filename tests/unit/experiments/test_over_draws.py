"""Comparisons over draws of a posterior: who gets which draw, what is told apart, what holds over what."""

from __future__ import annotations

import csv
import io
import json
import pickle
from dataclasses import asdict
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments import compare
from experiments.cases import case_of
from experiments.comparison import Comparison
from experiments.components import METHOD, ONE_SIGN
from experiments.design import DEFAULT_DRAWS, Design, DesignError, MissingInputError, Question, luck_and_draws
from experiments.drawn_laws import drawn_runs
from experiments.findings import findings, notes
from experiments.interaction import together
from experiments.measures import measures
from experiments.pairing import summarise
from experiments.posterior import posterior_draws
from experiments.replicate import PairedRun, PairedRuns, at_date
from experiments.rows import DrawnRow, Row
from scenarios import ScenarioProblems, catalogue, load

REFORM, SHOCK, ENGINE = "category-a-less-stringent", "us-h1b-shock", "engine-nested-logit"
POSTERIOR = "beta,inertia,weight\n1.2,0.02,1\n2.0,0.01,1\n3.2,0.04,1\n4.0,0.03,1\n"
SMALL: dict[str, Any] = {"scale": 20_000, "until": "2028-06", "jobs": 1, "paths": False}
N = 4


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("posterior") / "four.csv"
    path.write_text(POSTERIOR, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def over(file: Path) -> Comparison:
    return compare([REFORM, SHOCK], replicates=2 * N, draws=N, posterior=file, **SMALL)


def told(_: float) -> None:
    """Take a report of progress."""


def same(one: PairedRun, other: PairedRun, case: str) -> bool:
    values = ((run.baseline[case], run.reform[case]) for run in (one, other))
    return all(np.array_equal(first, second, equal_nan=True) for first, second in zip(*values, strict=True))


def test_pair_i_has_draw_i_modulo_their_number_and_a_seed_of_its_own(over: Comparison) -> None:
    assert [run.seed for run in over.runs] == list(range(1, 2 * N + 1))
    assert [run.draw for run in over.runs] == [0, 1, 2, 3, 0, 1, 2, 3]
    assert over.drawn is not None
    assert sorted(draw.parameters["beta"] for draw in over.drawn.draws) == [1.2, 2.0, 3.2, 4.0]


def test_both_sides_of_a_pair_are_run_under_its_draw(over: Comparison) -> None:
    run = over.runs[6]
    assert over.drawn is not None
    assert run.draw is not None
    parameters = over.drawn.draws[run.draw].parameters
    for name in (REFORM, SHOCK):
        case = case_of(load(name).with_assumptions(parameters), SMALL["until"])
        plain = PairedRuns(over.design, over.question, [case])(run.seed, told)
        assert same(run, plain, name), name
        assert run.persons[name] == plain.persons[name]
        assert run.money[name] == plain.money[name]
    still = PairedRuns(over.design, over.question, [case_of(load(REFORM), SMALL["until"])])(run.seed, told)
    assert not same(run, still, REFORM)


def test_rows_tell_parameters_and_chance_apart(over: Comparison) -> None:
    for row in over.rows:
        assert isinstance(row, DrawnRow)
        assert row.n == 2 * N
        assert row.low < row.low_chance < row.difference < row.high_chance < row.high
        assert row.parameter_share == row.var_parameters / (row.var_parameters + row.var_chance)
    row = over.rows[0]
    laws = ([getattr(run, law)[REFORM][0, 0] for run in over.runs] for law in ("baseline", "reform"))
    pairs = summarise(*([at_date(values, row.date) for values in law] for law in laws))
    assert (row.baseline, row.reform, row.difference) == (pairs.baseline, pairs.reform, pairs.difference)


def test_costs_are_means_over_pairs_with_the_wider_interval(over: Comparison) -> None:
    cost = next(row for row in over.costs if row.scenario == REFORM)
    balances = [
        one.balance_reform - one.balance_baseline for run in over.runs for one in [run.money[REFORM][cost.date]]
    ]
    low, high = (value for value in (cost.balance_low, cost.balance_high))
    plain = summarise(np.zeros(len(balances)), balances)
    assert cost.balance == pytest.approx(np.mean(balances))
    assert high - low > plain.high - plain.low


def test_a_worker_gives_the_same_whatever_it_did_before(over: Comparison) -> None:
    assert over.drawn is not None
    sent = pickle.dumps(partial(drawn_runs, over.design, over.question, over.cases, over.drawn))
    work = pickle.loads(sent)()  # noqa: S301 - our own bytes
    for run in reversed(over.runs[1:6]):
        again = work(run.seed, told)
        assert same(run, again, REFORM)
        assert same(run, again, SHOCK)
        assert (again.draw, again.money) == (run.draw, run.money)


def test_the_result_says_which_draws_it_was_made_over(over: Comparison, file: Path) -> None:
    plain = json.loads(over.to_json())
    assert plain["draws"] == {
        "n": N,
        "posterior": str(file),
        "sha256": sha256(POSTERIOR.encode()).hexdigest(),
        "parameters": ["beta", "inertia"],
        "assumed": [],
    }
    assert {"low_chance", "high_chance", "var_parameters", "var_chance", "parameter_share"} <= plain["rows"][0].keys()
    (first, _) = csv.DictReader(io.StringIO(over.to_csv()))
    assert float(first["low_chance"]) == over.rows[0].low_chance  # type: ignore[attr-defined]


@pytest.mark.parametrize(("lang", "said"), [("en", "Averaged over 4 draws of 2"), ("zh", "4组不确定参数（2个）")])
def test_notes_name_the_draws_and_the_share_of_parameters(over: Comparison, lang: str, said: str, file: Path) -> None:
    text = " ".join(notes(over, lang))
    assert said in text
    assert str(file) in text
    shares = sorted(row.parameter_share for row in over.rows if isinstance(row, DrawnRow))
    assert f"{shares[0]:.0%}" in text
    assert f"{shares[-1]:.0%}" in text
    # What is said without draws would now be wrong.
    assert "covers chance only" not in text
    assert "只反映随机性" not in text


def test_unless_told_pairs_are_made_over_ten_draws_of_the_shipped_posterior() -> None:
    tiny = SMALL | {"scale": 100_000, "until": "2027-06"}
    plain = compare([REFORM], **tiny)
    assert plain.drawn is not None
    assert (plain.drawn.posterior, plain.drawn.n, plain.replicates) == ("posterior.csv", DEFAULT_DRAWS, 20)
    assert plain.to_json() == compare([REFORM], draws=DEFAULT_DRAWS, replicates=20, **tiny).to_json()


@pytest.mark.parametrize("asked", [{"replicates": 19}, {"precision": 9.0, "replicates": 20}, {"draws": 0}])
def test_where_draws_give_way_the_result_says_in_one_line_that_parameters_are_at_their_defaults(
    asked: dict[str, Any],
) -> None:
    result = compare([REFORM], **asked, **(SMALL | {"scale": 100_000, "until": "2027-06"}))
    assert result.drawn is None
    for lang, said in (
        ("en", ("Parameters at their defaults", "chance only")),
        ("zh", ("参数取默认值", "只反映随机性")),
    ):
        (line,) = (note for note in notes(result, lang) if said[0] in note)
        assert said[1] in line


def test_without_draws_nothing_is_new(file: Path) -> None:
    none = compare([REFORM], replicates=2, draws=0, **SMALL)
    assert none.to_json() == compare([REFORM], replicates=2, **SMALL).to_json()
    assert none.drawn is None
    assert all(type(row) is Row and run.draw is None for row, run in zip(none.rows, none.runs, strict=False))
    assert "draws" not in none.to_dict()
    assert none.to_csv().splitlines()[0].endswith(",method,precision_reached")
    with pytest.raises(DesignError, match="ask for 2 draws or more"):
        compare([REFORM], replicates=2, draws=0, posterior=file, **SMALL)


def test_assumptions_hold_over_the_draws(file: Path, tmp_path: Path) -> None:
    held = tmp_path / "held.yaml"
    held.write_text(
        "schema: talentflow.scenario/1\nid: held\ntitle: {en: Held, zh: 固定}\n"
        "assumptions:\n  - {path: behaviour.beta, set: 2.8}\n",
        encoding="utf-8",
    )
    result = compare([REFORM], replicates=2 * N, draws=N, posterior=file, assume=[held], **SMALL)
    assert result.drawn is not None
    assert result.drawn.assumed == ("beta",)
    assert "Assumptions hold over the draws of beta." in notes(result, "en")
    run = result.runs[1]
    assert run.draw is not None
    inertia = result.drawn.draws[run.draw].parameters["inertia"]
    case = case_of(load(REFORM).with_assumptions({"beta": 2.8, "inertia": inertia}), SMALL["until"])
    assert same(run, PairedRuns(result.design, result.question, [case])(run.seed, told), REFORM)


def test_an_assumption_that_leaves_its_limits_under_a_draw_is_refused_before_any_run(
    tmp_path: Path,
) -> None:
    wide = tmp_path / "wide.csv"
    wide.write_text("lesson_take_up\n0.3\n0.6\n", encoding="utf-8")
    much = tmp_path / "much.yaml"
    much.write_text(
        "schema: talentflow.scenario/1\nid: much\ntitle: {en: Much, zh: 甚多}\n"
        "assumptions:\n  - {path: behaviour.lesson_take_up, multiply: 2}\n",
        encoding="utf-8",
    )
    with pytest.raises(ScenarioProblems, match=r"much.yaml:5:.*lesson_take_up must be 0 to 1"):
        compare([REFORM], draws=2, posterior=wide, assume=[much], **SMALL)


def test_a_scenario_of_assumptions_holds_over_the_draws_on_its_own_side(file: Path, tmp_path: Path) -> None:
    sharp = tmp_path / "sharp.yaml"
    sharp.write_text(
        "schema: talentflow.scenario/1\nid: sharp\ntitle: {en: Sharp, zh: 敏感}\n"
        "assumptions:\n  - {path: behaviour.beta, set: 4}\n",
        encoding="utf-8",
    )
    drawn = posterior_draws(N, file, seed=1)
    case = case_of(load(sharp), SMALL["until"])
    design = Design(replicates=2 * N, scale=20_000, until=SMALL["until"])
    runs = drawn_runs(design, Question(dates=("2028-06",)), [case], drawn)
    for seed in design.seeds[:N]:
        run = runs(seed, told)
        assert run.draw is not None
        is_drawn_alike = drawn.draws[run.draw].parameters["beta"] == 4.0
        assert np.array_equal(run.baseline["sharp"], run.reform["sharp"], equal_nan=True) is is_drawn_alike


def test_two_reforms_together_are_told_over_draws(file: Path) -> None:
    result = together("one-stop", "fast-track", replicates=2 * N, draws=N, posterior=file, **SMALL)
    (row,) = result.rows
    assert {part.method for part in (row.first, row.second, row.both)} <= {"predictive", "point"}
    assert row.interaction.method in {"predictive", "point"}
    assert result.to_dict()["draws"]["n"] == N


def test_the_table_of_measures_is_made_over_draws(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two = [entry for entry in catalogue() if entry.measure is not None][:2]
    monkeypatch.setattr("scenarios.catalogue", lambda: two)
    table = measures(date="2028-02", scale=50_000, draws=2, replicates=4, posterior=file, jobs=1)
    mains = [row.main for row in table.rows if row.main is not None]
    assert all(isinstance(main, DrawnRow) for main in mains)
    plain = table.to_dict()
    assert plain["draws"]["n"] == 2
    assert {"low_chance", "parameter_share"} <= next(row for row in plain["rows"] if row["scenario"]).keys()


def test_a_sign_that_parameters_leave_open_is_told_as_open(over: Comparison) -> None:
    base = asdict(over.rows[0]) | {"difference": 5000.0, "low_chance": 4000.0, "high_chance": 6000.0}
    said = {}
    cut = over
    cases = (
        ("clear", 3000.0, 7000.0, METHOD),
        ("open", -2000.0, 12_000.0, METHOD),
        ("cut", 0.0, 12_000.0, ONE_SIGN),
    )
    for name, low, high, method in cases:
        row = DrawnRow(**(base | {"low": low, "high": high, "method": method}))
        cut = Comparison(**(vars(over) | {"rows": (row,), "cases": over.cases[:1]}))
        (said[name],) = findings(cut, "en", {"stock": {"en": "Foreign professionals in China"}})
    assert "adds about 5,000 (3,000 to 7,000)" in said["clear"]
    assert "even the sign is open" in said["open"]
    assert "-2,000 to 12,000" in said["open"]
    assert "adds" not in said["open"]
    assert "adds about 5,000 (0 to 12,000)" in said["cut"]
    assert "ends there where every draw" in " ".join(notes(cut, "en"))


def test_the_shipped_posterior_is_the_default(file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("scenarios.posterior_file", lambda: file)
    drawn = posterior_draws(3, None, seed=1)
    assert (drawn.n, drawn.posterior, drawn.parameters) == (3, "four.csv", ("beta", "inertia"))
    assert drawn.draws == posterior_draws(3, file, seed=1).draws
    monkeypatch.setattr("scenarios.posterior_file", lambda: tmp_path / "nothing.csv")
    with pytest.raises(MissingInputError, match="no posterior is shipped"):
        posterior_draws(3, None, seed=1)


def test_more_draws_keep_the_earlier_ones(file: Path) -> None:
    few, many = (posterior_draws(n, file, seed=7).draws for n in (3, 9))
    assert many[:3] == few


@pytest.mark.parametrize(
    ("replicates", "draws", "expected"),
    [
        (None, None, (20, 10)),
        (20, None, (20, 10)),
        (19, None, (19, 0)),
        (None, 0, (20, 0)),
        (7, 0, (7, 0)),
        (None, 10, (20, 10)),
        (None, 7, (21, 7)),
        (None, 50, (100, 50)),
        (9, 4, (9, 4)),
    ],
)
def test_each_draw_has_two_pairs_and_as_many_as_the_others(
    replicates: int | None, draws: int | None, expected: tuple[int, int]
) -> None:
    assert luck_and_draws(replicates, draws) == expected


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"draws": 1}, "0, or 2 and more"),
        ({"draws": -1}, "0, or 2 and more"),
        ({"draws": 5, "replicates": 9}, "5 draws need 10 replicates or more"),
        ({"draws": 5, "precision": 0.1}, "leave it out, or ask for 0 draws"),
    ],
)
def test_draws_that_cannot_be_had_are_refused(asked: dict[str, Any], said: str, file: Path) -> None:
    with pytest.raises(DesignError, match=said):
        compare([REFORM], posterior=file, **asked, **SMALL)


def test_no_draw_takes_back_what_a_scenario_assumes(file: Path) -> None:
    drawn = posterior_draws(2, file, seed=1)
    under = load(ENGINE).with_defaults(drawn.draws[0].parameters)
    engines = [one.resolve("2028-06").behaviour["decision_engine"].item() for one in (under, under.baseline)]
    assert engines == [load(ENGINE).resolve("2028-06").behaviour["decision_engine"].item(), 0]
