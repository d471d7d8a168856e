from __future__ import annotations

import numpy as np
import pytest

from experiments.design import Design, Question
from experiments.persons import Touched
from experiments.replicate import Case, PairedRun, PairedRuns, at_date
from simulation.records import month_index

QUESTION = Question(outcomes=("stock",), groups=("all",), dates=("2018-06",))
DESIGN = Design(replicates=1, scale=1, until="2018-12")
ROW = np.dtype([("id", "i4"), ("weight", "i4"), ("is_counted", "i1"), ("skill", "f8")])


class Law:
    """A scenario that only knows how many people it lets in each month."""

    def __init__(self, entries: int) -> None:
        self.entries = entries

    def resolve(self, _until: str) -> Law:
        return self


class Counter:
    """A model in which the law's number of people, in the order of rows, comes in each month and nobody leaves."""

    started: list[int]

    def __init__(self, law: Law, seed: int) -> None:
        self.law, self.seed, self.month = law, seed, 0
        self.stock: list[int] = []
        persons = np.zeros(2000, ROW)
        persons["id"], persons["weight"] = np.arange(2000), 3
        self.people = type("People", (), {"persons": persons})()
        self.outcomes = self

    def step(self) -> None:
        in_china = int(self.people.persons["is_counted"].sum()) + self.law.entries
        self.people.persons["is_counted"][:in_china] = 1
        self.stock.append(in_china)
        self.month += 1

    def branch(self, law: Law) -> Counter:
        other = Counter(law, self.seed)
        other.month, other.stock = self.month, list(self.stock)
        other.people.persons[:] = self.people.persons
        return other

    def value(self, _outcome: str, _group: str, month: int, **_: int) -> float:
        return float(self.stock[month])


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Law]:
    """Return the laws that models were built with, as they are built."""
    laws: list[Law] = []

    def start(given: Law, design: Design, seed: int) -> Counter:
        laws.append(given)
        return Counter(given, seed)

    monkeypatch.setattr("experiments.replicate.start", start)
    return laws


def case(name: str, entries: int, first: str | None, *, baseline: Law, family: str = "") -> Case:
    return Case(name, {"en": name, "zh": name}, Law(entries), "baseline", baseline, first, family)


def run(cases: list[Case], told: list[float] | None = None) -> PairedRun:
    return PairedRuns(DESIGN, QUESTION, cases)(7, [].append if told is None else told.append)  # type: ignore[arg-type]


def test_a_reform_shares_the_past_and_differs_from_its_first_month_on(started: list[Law]) -> None:
    result = run([case("a", 5, "2018-04", baseline=Law(1))])
    difference = (result.reform["a"] - result.baseline["a"])[0, 0]
    assert difference.tolist() == [0, 0, 0, 4, 8, 12, 16, 20, 24, 28, 32, 36]


def test_one_baseline_serves_every_case_of_its_family(started: list[Law]) -> None:
    baseline = Law(1)
    result = run([case("late", 4, "2018-09", baseline=baseline), case("early", 2, "2018-02", baseline=baseline)])
    assert started == [baseline]
    assert at_date(result.reform["late"] - result.baseline["late"], "2018-12").item() == 3 * 4
    assert at_date(result.reform["early"] - result.baseline["early"], "2018-12").item() == 1 * 11


def test_other_assumptions_have_a_baseline_of_their_own(started: list[Law]) -> None:
    first, second = Law(1), Law(2)
    result = run(
        [case("a", 5, "2018-04", baseline=first, family="1"), case("b", 5, "2018-04", baseline=second, family="2")]
    )
    assert started == [first, second]
    assert at_date(result.baseline["a"], "2018-01").item() != at_date(result.baseline["b"], "2018-01").item()


def test_a_difference_from_the_start_is_run_anew_and_not_branched(started: list[Law]) -> None:
    result = run([case("a", 2, "2000-01", baseline=Law(1))])
    assert len(started) == 2
    n_months = month_index("2018-12") + 1
    assert at_date(result.reform["a"] - result.baseline["a"], "2018-12").item() == n_months


def test_a_law_that_never_differs_is_its_baseline_to_the_last_bit(started: list[Law]) -> None:
    result = run([case("a", 1, None, baseline=Law(1))])
    assert np.array_equal(result.reform["a"], result.baseline["a"])
    assert set(result.persons["a"].values()) == {Touched(0, 0, 0, 0)}


def test_people_reached_are_counted_by_their_weights_at_each_date(started: list[Law]) -> None:
    result = run([case("a", 5, "2018-04", baseline=Law(1))])
    # By June three months have let in four more people each, and a row stands for three.
    june, december = (result.persons["a"][date] for date in ("2018-06", "2018-12"))
    assert june == Touched(touched=36, additional=36, additional_months=3 * (4 + 8 + 12))
    assert december == Touched(touched=108, additional=108, additional_months=3 * sum(range(4, 37, 4)))


def test_people_kept_out_are_displaced(started: list[Law]) -> None:
    result = run([case("a", 0, "2018-04", baseline=Law(1))])
    assert result.persons["a"]["2018-06"] == Touched(touched=9, displaced=9, displaced_months=3 * (1 + 2 + 3))


def test_nobody_is_reached_before_the_reform_begins(started: list[Law]) -> None:
    assert run([case("a", 5, "2018-07", baseline=Law(1))]).persons["a"]["2018-06"] == Touched(0, 0, 0, 0)


def test_a_change_of_any_field_touches_its_person(started: list[Law], monkeypatch: pytest.MonkeyPatch) -> None:
    class Teaching(Counter):
        def branch(self, law: Law) -> Counter:
            other = super().branch(law)
            other.people.persons["skill"][3] = 1e-300
            return other

    monkeypatch.setattr("experiments.replicate.start", lambda given, _design, seed: Teaching(given, seed))
    result = run([case("a", 1, "2018-04", baseline=Law(1))])
    assert result.persons["a"]["2018-06"] == Touched(touched=3, deadweight=3)


def test_people_whom_only_one_law_holds_are_matched_by_identity(
    started: list[Law], monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(given: Law, design: Design, seed: int) -> Counter:
        model = Counter(given, seed)
        if given.entries == 2:
            model.people.persons = model.people.persons[10:].copy()
        return model

    monkeypatch.setattr("experiments.replicate.start", start)
    persons = run([case("a", 2, "2000-01", baseline=Law(1))]).persons["a"]["2018-06"]
    n_months = month_index("2018-06") + 1
    # Rows 0 to 9 are abroad under the second law, which lets in the next ones, twice as many.
    assert persons.displaced == 3 * 10
    assert persons.additional == 3 * (n_months + 10)


def test_progress_is_the_share_of_all_months(started: list[Law]) -> None:
    told: list[float] = []
    run([case("a", 5, "2018-04", baseline=Law(1))], told)
    assert told == sorted(told)
    assert 0.9 < told[-1] <= 1.0
