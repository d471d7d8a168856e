"""The points table in force since 2017, and the routes to Categories A, B and C, under the law of June 2024."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulation.names import (
    BACHELOR,
    BELOW_BACHELOR,
    CATEGORY_A,
    CATEGORY_B,
    CATEGORY_B1,
    CATEGORY_C,
    DOCTORATE,
    LANGUAGE_TEACHING,
    MASTER,
    NO_CATEGORY,
    ON_A,
    ON_B,
    ON_C,
    ON_PR,
    ON_R,
    REGIONS,
)
from simulation.records import Now
from simulation.rules import traits, work_permit

Make = Callable[..., Any]
SHANGHAI, BEIJING, CHENGDU, NORTH_EAST = (
    REGIONS.index(name) for name in ("shanghai", "beijing", "sichuan-chongqing", "north-east")
)


def blocks(person: Any, now: Now, salary_cny: float, region: int = SHANGHAI) -> list[float]:
    """Return the nine blocks in the order of the table, for twelve months a year."""
    law, month = now.policy[region], now.month
    hsk = traits.hsk_level(person, month, now.behaviour)
    return [
        work_permit.points_for_salary(salary_cny, law),
        work_permit.points_for_education(person.education, law),
        work_permit.points_for_experience(traits.experience_years(person, month), law),
        work_permit.points_for_months(12.0, law),
        work_permit.points_for_chinese(hsk, person.former_national, person.chinese_degree, law),
        work_permit.points_for_place(now.places[region], law),
        work_permit.points_for_age(traits.age_years(person, month), law),
        work_permit.points_for_extra(person, traits.stay_months(person, month) / 12.0, law),
        work_permit.points_for_local(law),
    ]


def category(person: Any, now: Now, salary_cny: float, region: int = SHANGHAI) -> int:
    points = work_permit.total_points(person, now, region, salary_cny, 12.0)
    return work_permit.category_of(person, points, salary_cny, now.places[region], now.policy[region], now.month)


WORKED = {
    "manager": (
        {"age": 42, "experience": 17, "education": BACHELOR}, 300_000, [14, 10, 20, 15, 0, 0, 15, 0, 0], 74, CATEGORY_B,
    ),
    "postdoc": (
        {"age": 32, "experience": 4, "education": DOCTORATE, "top_university": 1},
        300_000, [14, 20, 7, 15, 0, 0, 15, 5, 0], 76, CATEGORY_B,
    ),
    "engineer": (
        {"age": 35, "experience": 10, "education": MASTER}, 400_000, [17, 15, 13, 15, 0, 0, 15, 0, 0], 75, CATEGORY_B,
    ),
    "professor": (
        {"age": 45, "experience": 15, "education": DOCTORATE, "top_university": 1, "hsk_start": 2},
        500_000, [20, 20, 18, 15, 2, 0, 15, 5, 0], 95, CATEGORY_A,
    ),
    "beginner": (
        {"age": 24, "experience": 0, "education": BACHELOR, "hsk_start": 5},
        180_000, [11, 10, 0, 15, 5, 0, 10, 0, 0], 51, CATEGORY_C,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WORKED)
def test_a_worked_case_scores_block_by_block_and_falls_in_its_category(case: str, someone: Make, now: Now) -> None:
    who, salary_cny, expected, total, found = WORKED[case]
    person = someone(**who)
    assert blocks(person, now, salary_cny) == expected
    assert work_permit.total_points(person, now, SHANGHAI, salary_cny, 12.0) == total == sum(expected)
    assert category(person, now, salary_cny) == found


@pytest.mark.parametrize(
    ("salary_cny", "points"),
    [
        (0, 0), (49_999, 0), (50_000, 5), (69_999, 5), (70_000, 8), (149_999, 8), (150_000, 11), (249_999, 11),
        (250_000, 14), (349_999, 14), (350_000, 17), (449_999, 17), (450_000, 20), (5_000_000, 20),
    ],
)  # fmt: skip
def test_salary_bands_are_closed_on_the_left(salary_cny: float, points: float, now: Now) -> None:
    assert work_permit.points_for_salary(salary_cny, now.policy[SHANGHAI]) == points


def test_degrees_earn_nothing_ten_fifteen_and_twenty(now: Now) -> None:
    law = now.policy[SHANGHAI]
    degrees = (BELOW_BACHELOR, BACHELOR, MASTER, DOCTORATE)
    assert [work_permit.points_for_education(degree, law) for degree in degrees] == [0, 10, 15, 20]


@pytest.mark.parametrize(("years", "points"), [(0, 0), (1, 0), (2, 5), (3, 6), (10, 13), (16, 19), (17, 20), (40, 20)])
def test_experience_earns_five_for_two_years_and_one_for_each_further_up_to_twenty(
    years: int, points: float, now: Now
) -> None:
    assert work_permit.points_for_experience(years, now.policy[SHANGHAI]) == points


@pytest.mark.parametrize(
    ("months", "points"), [(0, 0), (2.9, 0), (3, 5), (5.9, 5), (6, 10), (8.9, 10), (9, 15), (12, 15)]
)
def test_months_in_china_a_year_earn_five_ten_and_fifteen(months: float, points: float, now: Now) -> None:
    assert work_permit.points_for_months(months, now.policy[SHANGHAI]) == points


def test_each_hsk_level_earns_a_point_up_to_five(now: Now) -> None:
    law = now.policy[SHANGHAI]
    assert [work_permit.points_for_chinese(hsk, 0, 0, law) for hsk in range(7)] == [0, 1, 2, 3, 4, 5, 5]


def test_former_nationals_and_graduates_taught_in_chinese_have_all_five_points_and_no_more(now: Now) -> None:
    law = now.policy[SHANGHAI]
    assert work_permit.points_for_chinese(0, 1, 0, law) == 5
    assert work_permit.points_for_chinese(0, 0, 1, law) == 5
    assert work_permit.points_for_chinese(5, 1, 1, law) == 5


def test_only_the_west_and_the_north_east_earn_points_for_the_place(now: Now) -> None:
    points = {name: work_permit.points_for_place(now.places[at], now.policy[at]) for at, name in enumerate(REGIONS)}
    assert {name for name, earned in points.items() if earned > 0} == {
        "sichuan-chongqing", "north-east", "west-other",
    }  # fmt: skip
    assert set(points.values()) == {0, 10}


@pytest.mark.parametrize(
    ("age", "points"),
    [(17.9, 0), (18, 10), (25.9, 10), (26, 15), (45.9, 15), (46, 10), (55.9, 10), (56, 5), (60.9, 5), (61, 0), (80, 0)],
)
def test_age_counts_in_completed_years(age: float, points: float, now: Now) -> None:
    assert work_permit.points_for_age(age, now.policy[SHANGHAI]) == points


@pytest.mark.parametrize("trait", ["top_university", "fortune_500", "patent"])
def test_any_one_distinction_earns_five_points(trait: str, someone: Make, now: Now) -> None:
    assert work_permit.points_for_extra(someone(**{trait: 1}), 0.0, now.policy[SHANGHAI]) == 5


def test_five_years_in_china_earn_five_points_and_distinctions_do_not_add_up(someone: Make, now: Now) -> None:
    law = now.policy[SHANGHAI]
    assert work_permit.points_for_extra(someone(), 4.99, law) == 0
    assert work_permit.points_for_extra(someone(), 5.0, law) == 5
    assert work_permit.points_for_extra(someone(top_university=1, fortune_500=1, patent=1), 9.0, law) == 5


@pytest.mark.parametrize(("bonus", "counted"), [(0, 0), (6, 6), (10, 10), (25, 10)])
def test_a_province_adds_at_most_ten_points(bonus: float, counted: float, now: Now, under: Make) -> None:
    law = under(now, local_bonus=bonus).policy[SHANGHAI]
    assert work_permit.points_for_local(law) == counted


def test_the_best_file_there_is_scores_120_points(someone: Make, now: Now, under: Make) -> None:
    best = someone(age=40, experience=30, education=DOCTORATE, hsk_start=6, patent=1)
    generous = under(now, local_bonus=10.0)
    assert work_permit.total_points(best, generous, CHENGDU, 1_000_000, 12.0) == 120


def test_a_talent_plan_opens_category_a_at_any_score_and_age(someone: Make, now: Now, under: Make) -> None:
    chosen = someone(age=70, talent_plan=1, education=BELOW_BACHELOR)
    assert category(chosen, now, 60_000) == CATEGORY_A
    assert category(chosen, under(now, category_a_talent_plan=0.0), 60_000) == NO_CATEGORY


def test_pay_alone_opens_categories_a_and_b_at_the_multiple_of_the_local_wage(someone: Make, now: Now) -> None:
    law, place = now.policy[SHANGHAI], now.places[SHANGHAI]
    unschooled = someone(age=23, education=BELOW_BACHELOR)
    for multiple, reached, missed in (
        (law.category_a_pay_multiple, CATEGORY_A, CATEGORY_B),
        (law.category_b_pay_multiple, CATEGORY_B, CATEGORY_C),
    ):
        bar = multiple * place.average_wage * law.pay_route_enforced_share
        assert category(unschooled, now, bar) == reached
        assert category(unschooled, now, bar - 1.0) == missed


def test_pay_below_the_letter_of_the_multiple_stops_counting_in_shanghai_in_2026(
    someone: Make, facts: Callable[..., Now]
) -> None:
    before, after = facts("2026-01"), facts("2026-02")
    person = someone(age=25, education=BELOW_BACHELOR)
    salary_cny = 5.0 * before.places[SHANGHAI].average_wage
    assert category(person, before, salary_cny) == CATEGORY_A
    assert category(person, after, salary_cny) == CATEGORY_B


def test_a_new_doctorate_opens_category_a_in_shanghai_only_and_within_a_year(someone: Make, now: Now) -> None:
    for age_of_degree, found in ((0, CATEGORY_A), (12, CATEGORY_A), (13, CATEGORY_B)):
        new = someone(age=29, experience=0, education=DOCTORATE, mark=90.0)
        new.degree_month = now.month - age_of_degree
        new.work_month = now.month - 30
        assert category(new, now, 200_000) == found
        assert category(new, now, 200_000, BEIJING) == CATEGORY_B
    master = someone(age=29, experience=0, education=MASTER, mark=90.0)
    assert category(master, now, 200_000) != CATEGORY_A


@pytest.mark.parametrize(
    ("education", "experience", "found"),
    [(BACHELOR, 2.0, CATEGORY_B), (BACHELOR, 1.9, CATEGORY_C), (BELOW_BACHELOR, 2.0, CATEGORY_C)],
)
def test_a_bachelor_with_two_years_of_work_is_in_category_b_at_any_score(
    education: int, experience: float, found: int, someone: Make, now: Now
) -> None:
    assert category(someone(age=24, education=education, experience=experience), now, 60_000) == found


def test_language_teachers_have_a_route_of_their_own(someone: Make, now: Now, under: Make) -> None:
    lenient = under(now, language_teacher_experience_years=0.0)
    teacher = someone(age=24, experience=1, field=LANGUAGE_TEACHING)
    assert category(teacher, now, 100_000) == CATEGORY_C
    assert category(teacher, lenient, 100_000) == CATEGORY_B
    assert category(someone(age=24, experience=1), lenient, 100_000) == CATEGORY_C
    unschooled = someone(age=24, experience=1, field=LANGUAGE_TEACHING, education=BELOW_BACHELOR)
    assert category(unschooled, lenient, 100_000) == CATEGORY_C


@pytest.mark.parametrize(
    ("education", "mark", "age_of_degree", "found"),
    [
        (MASTER, 80.0, 0, CATEGORY_B), (MASTER, 80.0, 12, CATEGORY_B), (MASTER, 80.0, 13, CATEGORY_C),
        (MASTER, 79.9, 6, CATEGORY_C), (BACHELOR, 95.0, 6, CATEGORY_C), (DOCTORATE, 80.0, 6, CATEGORY_B),
    ],
)  # fmt: skip
def test_a_master_with_a_mark_of_80_needs_no_experience_for_a_year(
    education: int, mark: float, age_of_degree: int, found: int, someone: Make, now: Now
) -> None:
    graduate = someone(age=24, education=education, mark=mark)
    graduate.degree_month = now.month - age_of_degree
    assert category(graduate, now, 60_000, BEIJING) == found


def test_a_waiver_for_bachelors_opens_category_b_to_them(someone: Make, now: Now, under: Make) -> None:
    graduate = someone(age=22, mark=85.0)
    assert category(graduate, now, 100_000) == CATEGORY_C
    assert category(graduate, under(now, bachelor_waiver=1.0), 100_000) == CATEGORY_B


def test_past_sixty_only_category_a_is_open(someone: Make, now: Now) -> None:
    assert category(someone(age=60 + 11 / 12, experience=30), now, 150_000) == CATEGORY_B
    assert category(someone(age=61, experience=30), now, 150_000) == NO_CATEGORY
    eminent = someone(age=61, experience=30, education=DOCTORATE, patent=1, hsk_start=5)
    assert work_permit.total_points(eminent, now, SHANGHAI, 500_000, 12.0) == 85
    assert category(eminent, now, 500_000) == CATEGORY_A


@pytest.mark.parametrize(
    ("points", "found"), [(84.9, CATEGORY_B), (85.0, CATEGORY_A), (60.0, CATEGORY_B), (59.9, CATEGORY_C)]
)
def test_the_bars_are_85_and_60_points(points: float, found: int, someone: Make, now: Now) -> None:
    person = someone(age=30, education=BELOW_BACHELOR)
    at = work_permit.category_of(person, points, 100_000, now.places[SHANGHAI], now.policy[SHANGHAI], now.month)
    assert at == found


def test_a_local_supplement_moves_the_bars_within_what_the_nation_allows(someone: Make, now: Now, under: Make) -> None:
    def bar(supplement: float, most: float) -> float:
        law = under(now, local_supplement=supplement, local_supplement_max=most).policy[SHANGHAI]
        return float(work_permit.local_bar(85.0, law))

    assert [bar(5, 0), bar(5, 10), bar(50, 10), bar(-50, 10)] == [85, 80, 75, 95]
    person = someone(age=42, experience=17)
    helped = under(now, local_supplement=11.0, local_supplement_max=20.0)
    assert category(person, helped, 300_000) == CATEGORY_A


def test_a_split_of_category_b_gives_its_upper_part_to_those_above_the_cut(
    someone: Make, now: Now, under: Make
) -> None:
    split = under(now, category_b1_points_min=70.0, category_b1_permit_months=24.0)
    assert category(someone(age=42, experience=17), split, 300_000) == CATEGORY_B1
    assert category(someone(age=24, experience=3), split, 300_000) == CATEGORY_B
    assert work_permit.permit_months(CATEGORY_B1, 1, 0, split.policy[SHANGHAI]) == 24


def test_offices_that_read_the_rules_alike_read_the_points_as_they_are(someone: Make, now: Now, under: Make) -> None:
    person = someone()
    alike = under(now, interpretation_dispersion=0.0)
    assert work_permit.points_as_read(person, 70.0, SHANGHAI, alike) == 70.0
    uneven = under(now, interpretation_dispersion=1.0)
    shifts = {work_permit.points_as_read(person, 70.0, region, uneven) - 70.0 for region in range(len(REGIONS))}
    assert len(shifts) == len(REGIONS)
    again = work_permit.points_as_read(person, 70.0, SHANGHAI, uneven._replace(month=now.month + 5))
    assert again == work_permit.points_as_read(person, 70.0, SHANGHAI, uneven)


def test_permits_last_five_years_for_a_and_a_year_for_b_and_first_permits_of_graduates(now: Now, under: Make) -> None:
    law = now.policy[SHANGHAI]
    shorter = under(now, category_c_permit_months=3.0).policy[SHANGHAI]
    assert [work_permit.permit_months(category, 1, 0, shorter) for category in (CATEGORY_B, CATEGORY_C)] == [12, 3]
    assert work_permit.permit_months(CATEGORY_A, 0, 0, law) == 60
    assert work_permit.permit_months(CATEGORY_B, 0, 0, law) == 12
    assert work_permit.permit_months(CATEGORY_A, 1, 1, law) == 12
    assert work_permit.permit_months(CATEGORY_A, 0, 1, law) == 60


def test_each_status_has_one_lane_a_b_or_c() -> None:
    assert [work_permit.lane_of(status) for status in (ON_A, ON_B, ON_C, ON_R, ON_PR)] == [0, 1, 2, 1, 1]
