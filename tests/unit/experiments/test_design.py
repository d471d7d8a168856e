from __future__ import annotations

import pytest

from experiments.design import Design, DesignError, Question, check_question, checked_date, default_dates

OUTCOMES = ("stock", "inflow", "days_to_permit_median")
GROUPS = ("all", "category=A", "category=B", "region=hainan")


def checked(question: Question, until: str = "2040-12") -> Question:
    return check_question(question, until, known_outcomes=OUTCOMES, known_groups=GROUPS)


def test_seed_zero_is_a_seed() -> None:
    assert list(Design(seed=0, replicates=3).seeds) == [0, 1, 2]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"seed": -1}, "seed must be 0 or more"),
        ({"replicates": 0}, "1 or more"),
        ({"scale": 0}, "scale must be 1"),
        ({"until": "2040"}, "must be a month"),
        ({"until": "2040-13"}, "must be a month"),
        ({"until": "2017-12"}, "2018-01 to 2060-12"),
        ({"until": "2061-01"}, "2018-01 to 2060-12"),
        ({"engine": "fast"}, "compiled, agents"),
    ],
)
def test_a_design_that_cannot_be_run_is_refused(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(DesignError, match=said):
        Design(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("until", "dates"),
    [
        ("2040-12", ("2035-12", "2040-12")),
        ("2035-12", ("2035-12",)),
        ("2030-06", ("2029-12",)),
        ("2018-05", ("2018-05",)),
    ],
)
def test_default_dates_are_december_2035_and_the_last_december(until: str, dates: tuple[str, ...]) -> None:
    assert default_dates(until) == dates
    assert checked(Question(), until).dates == dates


@pytest.mark.parametrize(
    ("date", "month"), [("2018", "2018-12"), ("2018-01", "2018-01"), ("2040", "2040-12"), ("2040-12", "2040-12")]
)
def test_a_date_is_a_month_inside_the_horizon_or_the_december_of_a_year(date: str, month: str) -> None:
    assert checked_date(date, "2040-12") == month


@pytest.mark.parametrize("date", ["2017", "2017-12", "2041-01", "2040-1", "40-12", "soon"])
def test_a_date_that_is_not_reported_is_refused(date: str) -> None:
    with pytest.raises(DesignError, match=date):
        checked_date(date, "2040-12")


def test_a_year_is_refused_when_its_december_is_not_simulated() -> None:
    with pytest.raises(DesignError, match="2040"):
        checked_date("2040", "2040-11")


def test_a_family_of_groups_is_written_out_once() -> None:
    assert checked(Question(groups=("category", "category=B"))).groups == ("category=A", "category=B")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (Question(outcomes=("stok",)), "unknown outcome 'stok'; did you mean 'stock'"),
        (Question(groups=("region=hainn",)), "unknown group 'region=hainn'; did you mean 'region=hainan'"),
        (Question(outcomes=("xyzzy",)), "known: stock, inflow"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_known_one(question: Question, said: str) -> None:
    with pytest.raises(DesignError, match=said):
        checked(question)
