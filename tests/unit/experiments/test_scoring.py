from __future__ import annotations

from pathlib import Path

import pytest

from experiments.scoring import Score, default_month, score
from scenarios import load, load_person

AT = "2026-06"


def scored(tmp_path: Path, text: str, scenario: str = "baseline", at: str = AT) -> Score:
    file = tmp_path / "person.yaml"
    file.write_text("{" + text + "}\n")
    return score(load_person(file), load(scenario), at)


MANAGER = "birth: 1984-03, education: bachelor, experience_years: 17, salary_cny: 300000, region: shanghai"
WORKED = {
    "manager": (MANAGER, 74, "B", 11),
    "postdoc": (
        "birth: 1994-01, education: doctorate, experience_years: 4, salary_cny: 300000, region: shanghai, top_university: true",
        76, "B", 9,
    ),
    "engineer": ("birth: 1991-01, education: master, experience_years: 10, salary_cny: 400000, region: shanghai", 75, "B", 10),
    "professor": (
        "birth: 1981-01, education: doctorate, experience_years: 15, salary_cny: 500000, hsk: 2, region: shanghai, top_university: true",
        95, "A", 0,
    ),
    "graduate": ("birth: 2002-01, education: bachelor, experience_years: 0, salary_cny: 180000, hsk: 5, region: shanghai", 51, "C", 9),
}  # fmt: skip


@pytest.mark.parametrize("who", WORKED)
def test_a_worked_case_earns_its_points(tmp_path: Path, who: str) -> None:
    text, points, category, to_next = WORKED[who]
    found = scored(tmp_path, text)
    assert (found.points, found.category, found.to_next) == (points, category, to_next)


def test_blocks_add_up_to_the_points(tmp_path: Path) -> None:
    found = scored(tmp_path, MANAGER)
    assert found.blocks == {
        "salary": 14, "education": 10, "experience": 20, "months": 15, "chinese": 0, "place": 0, "age": 15, "extra": 0, "local": 0,
    }  # fmt: skip
    assert found.to_dict()["points"] == sum(found.blocks.values()) == 74


def test_the_west_earns_points_of_place(tmp_path: Path) -> None:
    assert scored(tmp_path, MANAGER.replace("shanghai", "west-other")).blocks["place"] == 10


def test_five_years_in_china_earn_extra_points(tmp_path: Path) -> None:
    assert scored(tmp_path, f"{MANAGER}, years_in_china: 5").blocks["extra"] == 5


def test_a_lower_bar_is_nearer(tmp_path: Path) -> None:
    found = scored(tmp_path, MANAGER, "category-a-less-stringent", "2027-06")
    assert (found.points, found.category, found.next_category, found.to_next) == (74, "B", "A", 1)


def test_a_reform_does_not_act_before_its_date(tmp_path: Path) -> None:
    assert scored(tmp_path, MANAGER, "category-a-less-stringent", "2026-12").to_next == 11


def test_pay_alone_opens_category_a(tmp_path: Path) -> None:
    found = scored(tmp_path, MANAGER.replace("300000", "3000000"))
    assert (found.category, found.route, found.next_category) == ("A", "pay multiple", None)


def test_the_best_category_has_no_next_one(tmp_path: Path) -> None:
    assert scored(tmp_path, WORKED["professor"][0]).to_dict()["next"] is None


def test_below_category_b_the_rest_is_category_c(tmp_path: Path) -> None:
    found = scored(tmp_path, WORKED["graduate"][0])
    assert (found.route, found.next_category) == ("below Category B", "B")


def test_a_split_category_names_the_upper_part_as_next(tmp_path: Path) -> None:
    graduate = scored(tmp_path, WORKED["graduate"][0], "split-category-b", "2028-01")
    assert graduate.next_category == "B"
    law = load("split-category-b")
    bar = law.value_at("work_permit.category_b1.points_min", "2028-01")
    found = scored(tmp_path, MANAGER.replace("300000", "60000"), "split-category-b", "2028-01")
    assert found.category == "B"
    assert (found.next_category, found.to_next) == ("B1", bar - found.points)


def test_the_default_month_is_one_in_which_the_rules_differ() -> None:
    assert default_month([load("baseline"), load("category-a-less-stringent")]) >= "2027-01"
