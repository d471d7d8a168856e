"""What is due to each part of a package, told: shares add up, and no part is put first that is not told apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from experiments.analyses.decompose import REST
from experiments.analyses.members import Division, divided
from experiments.analyses.shapley import Coalition, coalitions
from experiments.analyses.splits import Split, split_of
from experiments.cases import cases_of
from experiments.design import Design
from experiments.posterior import posterior_draws
from experiments.report.asked import Asked, Running
from experiments.report.decomposition import Shared, _experiment, finding, section, share_table, told
from experiments.report.parts import Figure, Paragraph, Section

TITLE = {"en": "The package", "zh": "组合"}
DATE = {"en": "2030", "zh": "2030年"}
LUCK = (-30, -10, 0, 5, 10, 25)


@pytest.fixture(scope="module")
def division() -> Division:
    return divided("whole-article", rest=REST)


@pytest.fixture
def split(division: Division) -> Callable[..., Split]:
    """Return a maker of shares out of what each part adds alone, with luck that each part has to itself."""

    def make(*alone: int, luck: int | tuple[int, ...] = 1) -> Split:
        each = luck if isinstance(luck, tuple) else (luck,) * 4

        def worth(coalition: Coalition, number: int) -> Fraction:
            return Fraction(sum(alone[i] + each[i] * LUCK[(number + i) % len(LUCK)] for i in coalition))

        games = {n: {c: worth(c, n) for c in coalitions(4)} for n in range(len(LUCK))}
        return split_of(games, division, (), number=("stock", "all", "2030-12", "persons"))

    return make


def numbers(text: str) -> list[str]:
    return re.findall(r"-?\d[\d,]*", text)


def test_the_part_that_does_most_is_named_with_its_share(split: Callable[..., Split]) -> None:
    found = split(1_000, 5_000, 500, -200)
    text = finding(found, TITLE, DATE)
    assert "“Strengthen the legal framework” does most: 5,000" in text["en"]
    assert sorted(numbers(text["en"])) == sorted(numbers(text["zh"]))


def test_a_part_that_is_not_told_apart_from_the_next_is_not_said_to_do_most(split: Callable[..., Split]) -> None:
    text = finding(split(1_000, 1_004, 100, 100), TITLE, DATE)["en"]
    assert "does most" not in text
    assert "is not told to do less" in text


def figure_title(division: Division, found: Split) -> str:
    made = told(Shared(_experiment(asked("whole-article"), division), division, found, ()))
    return next(item.title["en"] for item in made.items if isinstance(item, Figure))


def test_a_part_whose_range_reaches_further_competes_though_it_is_not_told_from_zero(
    division: Division, split: Callable[..., Split]
) -> None:
    found = split(5_000, 4_000, 3_000, 2_000, luck=(1, 400, 1, 1))
    assert [one.share.is_clear for one in found.members] == [True, False, True, True]
    assert found.total.is_clear
    name = found.members[1].title["en"]
    text = finding(found, TITLE, DATE)["en"]
    assert "does most" not in text
    assert f"but “{name}” is not told to do less" in text
    assert figure_title(division, found) == "No part is told to do more than all others"
    # The same part does not compete where its range ends short of the first one's.
    assert "does most" in finding(split(5_000, 0, 3_000, 2_000, luck=(1, 100, 1, 1)), TITLE, DATE)["en"]


@pytest.mark.parametrize("sign", [1, -1])
def test_a_part_that_pulls_the_other_way_competes_by_its_size(
    division: Division, split: Callable[..., Split], sign: int
) -> None:
    found = split(*(sign * size for size in (5_000, -5_500, 2_000, 3_000)))
    text = finding(found, TITLE, DATE)
    assert f"but “{found.members[1].title['en']}” is not told to do less" in text["en"]
    assert f"无法断定“{found.members[1].title['zh']}”的作用更小" in text["zh"]
    assert "does most" not in figure_title(division, found)
    assert "does most" in finding(split(*(sign * size for size in (5_000, -500, 2_000, 3_000))), TITLE, DATE)["en"]


def test_a_package_that_leaves_fewer_people_is_told_by_sizes(split: Callable[..., Split]) -> None:
    text = finding(split(-1_000, -5_000, -500, 200), TITLE, DATE)["en"]
    assert "6,300" in text
    assert "-" not in "".join(numbers(text))
    assert "fewer people" in text


def test_an_effect_told_from_nothing_shares_nothing(split: Callable[..., Split]) -> None:
    text = finding(split(0, 0, 0, 0, luck=100), TITLE, DATE)["en"]
    assert "cannot be told from zero" in text


def test_the_running_total_ends_where_the_whole_does(split: Callable[..., Split]) -> None:
    table = share_table(split(1_000, 5_000, 500, -200))
    *parts, total = table.rows
    assert sum(row["share"][0] for row in parts) == pytest.approx(total["share"][0])
    assert parts[-1]["running"] == pytest.approx(total["running"])
    assert [row["role"]["en"] for row in table.rows] == ["part"] * 4 + ["total"]
    assert {column.key for column in table.columns if column.is_difference} == {"share", "running", "alone", "last"}


def asked(name: str | Path, **more: object) -> Asked:
    design = Design(replicates=2, scale=50_000, until="2028-12")
    return Asked((str(name),), tuple(cases_of([name], design.until)), design, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["category-a-less-stringent", "one-stop", "baseline"])
def test_a_scenario_that_is_not_made_of_parts_alone_has_no_such_section(name: str) -> None:
    assert section(asked(name), Running()) is None


def test_a_package_is_run_and_told_and_its_runs_are_kept(tmp_path: Path) -> None:
    made = section(asked("management-mechanism"), Running(jobs=1, folder=tmp_path))
    assert isinstance(made, Section)
    (figure,) = [item for item in made.items if isinstance(item, Figure)]
    assert (figure.kind, len(figure.table.rows)) == ("waterfall", 4)
    assert list(tmp_path.iterdir()) == [tmp_path / "shares"]
    assert section(asked("management-mechanism"), Running(jobs=1, folder=tmp_path)) == made


def test_over_draws_every_set_has_another_one(division: Division) -> None:
    drawn = posterior_draws(4, None, seed=1)
    found = _experiment(asked("whole-article", drawn=drawn, draws=4), division)
    assert found.own_seeds
    assert len(found.draws) == 2
    assert found.replicates.least == 1


def test_a_package_that_cannot_be_divided_says_why(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "schema: talentflow.scenario/1\nid: mine\ntitle: {en: Mine, zh: 我的}\nstatus: illustrative\nwhy: A test.\n"
        "baseline: baseline\nreforms: [one-stop, five-star-card]\n"
        "cost: {set_up: 12e6, source: assumption, note: of the whole}\n",
        encoding="utf-8",
    )
    made = section(asked(file), Running(jobs=1))
    assert isinstance(made, Section)
    (text,) = made.items
    assert isinstance(text, Paragraph)
    assert "cannot be shared among its parts" in text.text["en"]
    assert "differ in costs" in text.text["en"]


def test_numbers_of_the_finding_are_those_of_the_sentence_below(
    division: Division, split: Callable[..., Split]
) -> None:
    found = split(1_003, 5_007, 509, -202, luck=3)
    made = told(Shared(_experiment(asked("whole-article"), division), division, found, ()))
    first, rest = (item.text["en"] for item in made.items if isinstance(item, Paragraph))
    size = re.findall(r"does most: ([\d,]+)", first)
    assert size
    assert f"{size[0]} people" in rest
    (table,) = [item.table for item in made.items if isinstance(item, Figure)]
    most = max(table.rows[:-1], key=lambda row: row["share"][0])
    assert f"{most['share'][0]:,.0f}" == size[0]
