"""Why a measure moves nothing: each reason follows the numbers it is read from."""

from __future__ import annotations

import pytest

from experiments.cases import outcome_labels, outcome_unit
from experiments.reasons import CHANNELS, LIMITS, WATCHED, Evidence, is_detected, reasons_of, told
from experiments.rows import PersonsRow, Row
from simulation.catalogue import UNITS
from simulation.levers import ORIGIN_LEVERS, POLICY_LEVERS


def row(outcome: str, difference: float = 0.0, reach: float = 10.0, **values: float) -> Row:
    return Row(
        scenario="a",
        outcome=outcome,
        group="all",
        date="2035-12",
        unit=outcome_unit(outcome),
        baseline=values.get("baseline", 400_000.0),
        reform=values.get("reform", 1.0),
        difference=difference,
        low=difference - reach,
        high=difference + reach,
        n=8,
        same_sign=0.5,
        error=1.0,
        variance_ratio=2.0,
        method="bca",
    )


def persons(**counts: float) -> PersonsRow:
    empty = dict.fromkeys(
        ("touched", "additional", "displaced", "abroad", "deadweight", "additional_years", "displaced_years"), 0.0
    )
    return PersonsRow(scenario="a", group="all", date="2035-12", n=8, **(empty | counts))


def codes(main: Row, people: PersonsRow, areas: list[str], **rows: Row) -> list[str]:
    known = {name: row(name) for name in WATCHED} | rows | {main.outcome: main}
    return [reason.code for reason in reasons_of(main, Evidence(known, people, areas, 500))]


MANY = {"touched": 200_000.0, "deadweight": 90_000.0, "additional": 900.0, "displaced": 100.0}


def test_a_reform_that_reaches_nobody_says_that_and_nothing_else() -> None:
    assert codes(row("stock"), persons(), ["work_permit"]) == ["reason_nobody"]


@pytest.mark.parametrize(("months", "binds"), [(40.0, True), (3.1, True), (2.9, False), (0.0, False)])
def test_grants_are_bound_where_the_line_is_long_and_only_on_the_way_to_residence(months: float, binds: bool) -> None:
    found = codes(
        row("pr_granted"),
        persons(**MANY),
        ["permanent_residence"],
        residence_queue=row("residence_queue", reform=months),
    )
    assert ("reason_decisions" in found) is binds
    other = codes(
        row("hours_lost"), persons(**MANY), ["services"], residence_queue=row("residence_queue", reform=months)
    )
    assert "reason_decisions" not in other


@pytest.mark.parametrize(("filled", "binds"), [(1.05, True), (0.8, False)])
def test_full_posts_bind_who_comes_but_not_the_hours_they_lose(filled: float, binds: bool) -> None:
    posts = {"posts_filled_share": row("posts_filled_share", reform=filled)}
    assert ("reason_posts" in codes(row("arrivals"), persons(**MANY), ["visas"], **posts)) is binds
    assert "reason_posts" not in codes(row("hours_lost"), persons(**MANY), ["administration"], **posts)


def test_what_a_reform_does_move_is_the_clearest_of_its_channels() -> None:
    clear, clearest = row("rework_share", -0.05, 0.02), row("days_to_permit_median", -6.0, 0.5)
    rows = {"rework_share": clear, "days_to_permit_median": clearest, "pr_granted": row("pr_granted", 900.0, 1.0)}
    known = {name: row(name) for name in WATCHED} | rows
    found = reasons_of(row("stock"), Evidence(known, persons(**MANY), ["administration"], 500))
    assert [reason.values["outcome"] for reason in found if reason.code == "reason_moves"] == ["days_to_permit_median"]


@pytest.mark.parametrize(("here", "is_few"), [(3_000.0, True), (5_000.0, False)])
def test_few_are_less_than_one_in_a_hundred_of_the_stock(here: float, is_few: bool) -> None:
    people = persons(touched=here, deadweight=here)
    assert ("reason_few" in codes(row("hours_lost"), people, ["services"])) is is_few


def test_people_added_and_displaced_in_like_numbers_cancel() -> None:
    alike, unlike = (persons(**(MANY | {"additional": 900.0, "displaced": n})) for n in (800.0, 100.0))
    assert "reason_cancel" in codes(row("stock"), alike, ["treaties"])
    assert "reason_cancel" not in codes(row("stock"), unlike, ["treaties"])


def test_a_count_of_a_few_rows_is_rare_and_a_share_never() -> None:
    assert "reason_rare" in codes(row("pr_granted", baseline=4_000.0), persons(**MANY), ["tax"])
    assert "reason_rare" not in codes(row("pr_granted", baseline=6_000.0), persons(**MANY), ["tax"])
    assert "reason_rare" not in codes(row("family_share", baseline=0.4), persons(**MANY), ["tax"])


def test_the_bound_is_the_far_end_of_the_interval_and_no_difference_is_called_that() -> None:
    assert codes(row("stock", 3.0, 10.0), persons(**MANY), [])[-1] == "reason_below"
    assert codes(row("stock", 0.0, 0.0), persons(**MANY), [])[-1] == "reason_same"


@pytest.mark.parametrize(("difference", "reach", "detected"), [(5, 4, True), (-5, 4, True), (5, 6, False)])
def test_an_effect_is_detected_where_its_interval_leaves_out_zero(
    difference: float, reach: float, detected: bool
) -> None:
    assert is_detected(row("stock", difference, reach)) is detected


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_words_of_a_reason_hold_its_numbers(lang: str) -> None:
    labels = outcome_labels()
    bound = {"residence_queue": row("residence_queue", reform=61.0)}
    known = {name: row(name) for name in WATCHED} | bound
    evidence = Evidence(known, persons(**MANY), ["permanent_residence"], 500)
    text = " ".join(told(reason, lang, labels) for reason in reasons_of(row("pr_granted", 2.0, 7.0), evidence))
    assert "61" in text
    assert "9.0" in text
    money = row("refunds", 2.5e9, 0.4e9)
    evidence = Evidence(known | {"refunds": money}, persons(**MANY), ["social_insurance"], 500)
    text = " ".join(told(reason, lang, labels) for reason in reasons_of(row("stay_3y", 0.0, 0.1), evidence))
    assert "2,500" in text


def test_channels_and_limits_name_areas_of_the_law_and_outcomes_that_exist() -> None:
    areas = {*POLICY_LEVERS, *ORIGIN_LEVERS}
    assert areas <= set(CHANNELS)
    assert set(LIMITS) <= set(CHANNELS)
    assert set(WATCHED) <= set(UNITS)
