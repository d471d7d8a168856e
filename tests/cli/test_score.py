from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Person = Callable[[str], Path]

BLOCKS = ("salary", "education", "experience", "months", "chinese", "place", "age", "extra", "local")
BACHELOR_42 = "birth: 1982-01, education: bachelor, experience_years: 17, salary_cny: 300000"
POSTDOC_32 = "birth: 1992-01, education: doctorate, experience_years: 4, salary_cny: 300000, top_university: true"
MASTER_35 = "birth: 1989-01, education: master, experience_years: 10, salary_cny: 400000"
DOCTOR_45 = (
    "birth: 1979-01, education: doctorate, experience_years: 15, salary_cny: 500000, hsk: 2, top_university: true"
)
GRADUATE_24 = "birth: 2000-01, education: bachelor, experience_years: 0, salary_cny: 180000, hsk: 5"


@pytest.fixture
def person(tmp_path: Path) -> Person:
    """Write the file of somebody in Guangdong, which gives no points of its own."""

    def write(text: str) -> Path:
        path = tmp_path / "person.yaml"
        path.write_text(f"{{{text}, region: guangdong}}\n", encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("text", "points", "category"),
    [(BACHELOR_42, 74, "B"), (POSTDOC_32, 76, "B"), (MASTER_35, 75, "B"), (DOCTOR_45, 95, "A"), (GRADUATE_24, 51, "C")],
)
def test_a_worked_case_of_the_points_table_comes_out(
    talentflow: Run, person: Person, text: str, points: int, category: str
) -> None:
    result = talentflow("score", person(text), "--at", "2024-06", "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert (found["points"], found["category"]) == (points, category)
    assert tuple(found["blocks"]) == BLOCKS
    assert sum(found["blocks"].values()) == points


def test_the_documented_person_gets_the_documented_answer(talentflow: Run, person: Person) -> None:
    found = json.loads(talentflow("score", person(BACHELOR_42), "--at", "2024-06", "--json").stdout)
    expected = {
        "schema": "talentflow.score/1",
        "blocks": dict(zip(BLOCKS, (14, 10, 20, 15, 0, 0, 15, 0, 0), strict=True)),
        "points": 74,
        "category": "B",
        "route": "points",
        "to_next": 11,
    }
    assert expected.items() <= found.items()


def test_a_reform_stands_beside_the_law(talentflow: Run, person: Person) -> None:
    args = ("--rules", "baseline,category-a-less-stringent", "--at", "2027-06", "--json")
    today, reformed = json.loads(talentflow("score", person(POSTDOC_32), *args).stdout)["rules"]
    assert (today["scenario"], reformed["scenario"]) == ("baseline", "category-a-less-stringent")
    assert reformed["to_next"] < today["to_next"] or reformed["category"] == "A"


def test_a_wrong_person_file_is_refused_with_its_place(talentflow: Run, person: Person) -> None:
    file = person(BACHELOR_42.replace("education", "educaton"))
    result = talentflow("score", file, "--at", "2024-06")
    assert result.exit_code == 3
    assert f"{file}:1:18" in result.stderr
    assert "education" in result.stderr


def test_no_rules_are_a_usage_error(talentflow: Run, person: Person) -> None:
    assert talentflow("score", person(BACHELOR_42), "--rules", ",").exit_code == 2
