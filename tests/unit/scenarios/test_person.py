"""The file of a person to be scored."""

from pathlib import Path

import pytest

from scenarios import ScenarioProblems, load_person

GOOD = (
    "{birth: 1984-03, education: bachelor, experience_years: 17, salary_cny: 300000, months_per_year: 12, hsk: 0,\n"
    " region: shanghai, top_university: false, fortune_500: false, patent: false, years_in_china: 0,\n"
    " former_chinese_national: false}\n"
)


def write(folder: Path, text: str) -> Path:
    path = folder / "person.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_person_is_read_as_written(tmp_path: Path) -> None:
    person = load_person(write(tmp_path, GOOD))
    assert (person.birth, person.education, person.experience_years, person.salary_cny) == (
        "1984-03",
        "bachelor",
        17,
        3e5,
    )
    assert (person.region, person.top_university, person.hsk) == ("shanghai", False, 0)


def test_what_a_person_does_not_say_is_the_usual(tmp_path: Path) -> None:
    text = "birth: 1984-03\neducation: master\nexperience_years: 2.5\nsalary_cny: 3e5\nregion: hainan\n"
    person = load_person(write(tmp_path, text))
    assert (person.months_per_year, person.hsk, person.field, person.mode) == (12, 0, "other", "self-initiated")
    assert (person.talent_plan, person.chinese_degree, person.mark, person.degree_date, person.sex) == (
        False,
        False,
        None,
        None,
        None,
    )


FAULTS = [
    ("education: bachelor", "education: bachelors", ("bad-choice", 1, 29, "bachelor")),
    ("education: bachelor", "education: Bachelor", ("bad-choice", 1, 29, "bachelor")),
    ("birth: 1984-03", "birth: 1984", ("not-a-month", 1, 9, "1984-01")),
    ("experience_years: 17", "experience_years: -1", ("out-of-bounds", 1, 57, None)),
    ("salary_cny: 300000", "salary_cny: 300,000", ("ambiguous-number", 1, 73, None)),
    ("salary_cny: 300000", "salary_cny: '300000'", ("not-a-number", 1, 73, "300000")),
    ("salary_cny: 300000", "salary: 300000", ("unknown-key", 1, 61, "salary_cny")),
    ("hsk: 0", "hsk: 7", ("out-of-bounds", 1, 107, None)),
    ("hsk: 0", "hsk: 2.5", ("not-whole", 1, 107, None)),
    ("region: shanghai", "region: shanghia", ("bad-choice", 2, 10, "shanghai")),
    ("patent: false", "patent: 0", ("not-a-switch", 2, 71, None)),
    ("patent: false", "patent: no", ("not-a-switch", 2, 71, None)),
    ("region: shanghai, ", "", ("missing-key", 1, 1, None)),
    ("months_per_year: 12", "months_per_year: 13", ("out-of-bounds", 1, 98, None)),
]


@pytest.mark.parametrize(("right", "wrong", "told"), FAULTS, ids=[case[1] for case in FAULTS])
def test_a_fault_of_a_person_is_told_at_its_column(
    right: str, wrong: str, told: tuple[str, int, int, str | None], tmp_path: Path
) -> None:
    with pytest.raises(ScenarioProblems) as caught:
        load_person(write(tmp_path, GOOD.replace(right, wrong)))
    problem = caught.value.problems[0]
    assert (problem.code, problem.line, problem.column, problem.nearest) == told


def test_faults_of_a_person_are_told_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(ScenarioProblems, match="缺少键'region'"):
        load_person(write(tmp_path, GOOD.replace("region: shanghai, ", "")), lang="zh")
