from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from experiments.comparison import Comparison
from experiments.findings import finding, findings, notes, pairing_line, persons_lines, quantum_of, rounded, rounded_up
from experiments.rows import Row

Make = Callable[..., Comparison]
LABELS = {"stock": {"en": "Foreign professionals in China", "zh": "在华外国专业人才"}}
ROW = Row(
    scenario="a", outcome="stock", group="all", date="2035-12", unit="persons",
    baseline=210_000.0, reform=217_893.0, difference=7_893.0, low=3_412.0, high=12_238.0,
    n=20, same_sign=1.0, error=2_000.0, variance_ratio=15.0, method="bca",
)  # fmt: skip


def said(lang: str = "en", label: str = "Foreign professionals in China", **changed: object) -> str:
    return finding(replace(ROW, **changed), "Reform A", lang, label)  # type: ignore[arg-type]


def test_a_clear_gain_is_said_with_its_range_rounded_to_the_noise() -> None:
    assert said() == "Reform A: adds about 7,900 (3,400 to 12,200) foreign professionals in China by December 2035."


def test_a_clear_loss_is_told_by_its_size_smallest_bound_first() -> None:
    text = said(difference=-7_893.0, low=-12_238.0, high=-3_412.0)
    assert (
        text == "Reform A: leaves about 7,900 (3,400 to 12,200) fewer foreign professionals in China by December 2035."
    )


@pytest.mark.parametrize(("low", "high"), [(-1_900.0, 3_912.0), (-3_912.0, 1_900.0), (0.0, 3_912.0), (-3_912.0, 0.0)])
def test_an_interval_that_holds_zero_supports_no_verb(low: float, high: float) -> None:
    text = said(difference=(low + high) / 2, low=low, high=high)
    assert (
        text
        == "Reform A: no detectable effect on foreign professionals in China larger than 4,000 people by December 2035."
    )


def test_an_outcome_other_than_people_is_raised_or_lowered_in_its_unit() -> None:
    changed = {"outcome": "days_to_permit_median", "unit": "days", "difference": -8.12, "low": -9.3, "high": -7.01}
    text = said(label="Days to a first permit, median", **changed)  # type: ignore[arg-type]
    assert text == "Reform A: lowers days to a first permit (median) by about 8.1 (7.0 to 9.3) days in December 2035."


def test_a_share_keeps_its_digits() -> None:
    text = said(label="Still in China", outcome="stay_3y", unit="share", difference=0.0312, low=0.021, high=0.0415)
    assert "raises still in China by about 0.031 (0.021 to 0.042) in December 2035" in text


def test_one_pair_gives_no_interval_and_no_verb() -> None:
    text = said(n=1, low=float("nan"), high=float("nan"))
    assert text == (
        "Reform A: foreign professionals in China differ by 7,893 people in December 2035 "
        "in one pair of runs, which gives no interval."
    )


def test_no_difference_at_all_is_said_to_change_nothing() -> None:
    assert "changes nothing" in said(difference=0.0, low=0.0, high=0.0)


def test_the_same_difference_in_every_pair_is_said_exactly() -> None:
    assert "adds 250 foreign professionals" in said(difference=250.0, low=250.0, high=250.0)


def test_no_pair_is_said_to_be_no_measure() -> None:
    assert "cannot be measured" in said(n=0, difference=float("nan"), low=float("nan"), high=float("nan"))


def test_a_group_is_named() -> None:
    assert "foreign professionals in China (Category A)" in said(group="category=A")


def test_an_abbreviation_keeps_its_capitals_inside_a_sentence() -> None:
    assert "on PR granted larger" in said(label="PR granted", outcome="pr_granted", low=-1.0, high=2.0)


def test_the_same_finding_is_told_in_chinese() -> None:
    assert said("zh", "在华外国专业人才") == "Reform A：到2035年12月，在华外国专业人才增加约7,900（3,400至12,200）。"
    assert "未发现" in said("zh", "在华外国专业人才", low=-1_900.0, high=3_912.0)


@pytest.mark.parametrize(
    ("value", "noise", "text"),
    [
        (7893.4, 4413.0, "7,900"),
        (-7893.4, 4413.0, "-7,900"),
        (0.03124, 0.0102, "0.031"),
        (1234567.0, 99.0, "1,234,567"),
        (12.0, 0.0, "12"),
        (-0.001, 0.5, "0.00"),
        (95.0, 60_000.0, "0"),
        (float("nan"), 1.0, "-"),
        (float("inf"), 1.0, "-"),
    ],
)
def test_a_number_is_rounded_to_two_digits_of_the_noise(value: float, noise: float, text: str) -> None:
    assert rounded(value, quantum_of(noise)) == text


@pytest.mark.parametrize(
    ("value", "text"), [(3912.0, "4,000"), (4000.0, "4,000"), (0.0341, "0.035"), (0.0, "0"), (99.1, "100")]
)
def test_a_bound_is_never_rounded_down(value: float, text: str) -> None:
    assert rounded_up(value) == text


def test_every_number_of_a_finding_is_in_the_table_it_comes_from(comparison_of: Make) -> None:
    result = comparison_of({"a": [50.0, 61.0, 74.0, 83.0], "b": [-9.0, -4.0, -6.0, -7.0]})
    for row, sentence in zip(result.rows, findings(result, "en", LABELS), strict=True):
        quantum = quantum_of((row.high - row.low) / 2)
        numbers = re.findall(r"\d[\d,.]*\d|\d", sentence.replace(" by December 2019.", ""))
        in_the_table = (row.difference, *sorted([row.low, row.high], key=abs))
        assert numbers == [rounded(abs(value), quantum) for value in in_the_table]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_result_says_what_it_is_not(comparison_of: Make, lang: str) -> None:
    told = " ".join(notes(comparison_of({"a": [50.0, 60.0]}), lang))
    assert ("not a forecast" in told) is (lang == "en")
    assert ("不是预测" in told) is (lang == "zh")


@pytest.mark.parametrize(
    ("differences", "said"),
    [
        ([50.0, 60.0] * 4, "would take 2.5 times as many runs."),
        ([50.0, 60.0], "as many runs (a rough figure from 2 pairs)."),
    ],
)
def test_what_pairing_saves_is_told_and_called_rough_where_it_is(
    comparison_of: Make, differences: list[float], said: str
) -> None:
    result = comparison_of({"a": differences}, levels=[1000.0 + 5 * (i % 3) for i in range(len(differences))])
    line = pairing_line(result, "en")
    assert line is not None
    assert line.endswith(said)
    assert line.split(" would take ")[1].split(" ")[0] == f"{result.rows[0].variance_ratio:.1f}"


@pytest.mark.parametrize("differences", [[50.0], [0.0, 0.0], [50.0, 50.0]])
def test_nothing_is_said_of_what_pairing_saves_where_it_is_unknown(
    comparison_of: Make, differences: list[float]
) -> None:
    assert pairing_line(comparison_of({"a": differences}), "en") is None


@pytest.mark.parametrize(
    ("n", "method", "is_few"), [(2, "(t)", True), (8, "(BCa bootstrap)", False), (30, "(t)", False)]
)
def test_the_notes_say_how_the_interval_was_found_and_where_pairs_are_few(
    comparison_of: Make, n: int, method: str, is_few: bool
) -> None:
    told = " ".join(notes(comparison_of({"a": [50.0 + i % 7 for i in range(n)]}), "en"))
    assert f"interval {method} covers" in told
    assert ("intervals are rough" in told) is is_few


def test_people_reached_are_told_with_those_gained_and_lost(comparison_of: Make) -> None:
    (line,) = persons_lines(comparison_of({"a": [50.0, 60.0]}, touched=120), "en")
    assert line == (
        "Reform a, December 2019: about 60 people are in China who otherwise would not be, 24 the other way round. "
        "Anything at all differs for about 120; 12 of them are in China either way, 30 abroad either way, "
        "often with no more than a date or a plan moved."
    )
    assert persons_lines(comparison_of({"a": [0.0, 0.0]}, touched=0), "en") == []
