"""Packages divided into members, and the arms that coalitions of them are."""

from __future__ import annotations

from pathlib import Path

import pytest

from experiments.analyses.members import divided
from experiments.design import DesignError
from scenarios import load

OTHERS = {"en": "the rest", "zh": "其余"}


def test_a_package_is_divided_into_its_own_reforms_in_their_order() -> None:
    found = divided("whole-article", rest=OTHERS)
    assert [member.id for member in found.members] == [reform.id for reform in load("whole-article").reforms]
    assert len(found) == 4


def test_deeper_down_the_members_are_the_reforms_of_the_reforms() -> None:
    found = divided("whole-article", depth=2, rest=OTHERS)
    wanted = [reform.id for package in load("whole-article").reforms for reform in package.reforms]
    assert [member.id for member in found.members] == wanted


def test_a_reform_that_changes_something_by_itself_is_never_opened() -> None:
    # one-stop holds two reforms and a lever of its own.
    found = divided("management-mechanism", depth=9, rest=OTHERS)
    assert [member.id for member in found.members][-1] == "one-stop"


def test_reforms_that_are_not_named_are_one_member_and_keep_their_places() -> None:
    found = divided("whole-article", members=["legal-framework", "one-stop"], rest=OTHERS)
    assert [member.id for member in found.members] == ["legal-framework", "one-stop", "rest"]
    assert found.parts[0] == "international-environment"
    rest = found.arm(frozenset({2})).parts
    assert rest == (
        "international-environment", "clear-responsibilities", "cross-agency-information-sharing", "inclusive-services",
    )  # fmt: skip
    assert found.arm(found.everyone).parts == found.parts


def test_a_coalition_joins_its_members_in_the_order_of_the_package() -> None:
    found = divided("whole-article", rest=OTHERS)
    arm = found.arm(frozenset({3, 0}))
    assert arm.parts == ("international-environment", "inclusive-services")
    assert arm.id == "coalition-9"


@pytest.mark.parametrize(
    ("package", "members", "said"),
    [
        ("fast-track", (), "is no package"),
        ("one-stop", (), "changes values by itself"),
        ("whole-article", ("fast-trak",), "did you mean 'fast-track'"),
        ("whole-article", ("legal-framework", "fast-track"), "is inside member 'legal-framework'"),
        ("whole-article", ("fast-track", "fast-track"), "named twice"),
        ("whole-article", ("integrated-documents",), "no part of it can be a member"),
    ],
)
def test_what_cannot_be_divided_is_refused_with_its_reason(package: str, members: tuple[str, ...], said: str) -> None:
    with pytest.raises(DesignError, match=said):
        divided(package, members=members, rest=OTHERS)


def test_a_package_of_one_reform_has_nothing_to_share(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "schema: talentflow.scenario/1\nid: mine\ntitle: {en: Mine}\nreforms: [fast-track]\n", encoding="utf-8"
    )
    with pytest.raises(DesignError, match="one member"):
        divided(file, rest=OTHERS)


def test_a_reform_from_a_file_of_ones_own_is_named_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "schema: talentflow.scenario/1\nid: own\ntitle: {en: Own}\n"
        "changes: [{path: work_permit.category_a.points_min, from: 2027-01, set: 70}]\n",
        encoding="utf-8",
    )
    (tmp_path / "mine.yaml").write_text(
        "schema: talentflow.scenario/1\nid: mine\ntitle: {en: Mine}\nreforms: [fast-track, own.yaml]\n",
        encoding="utf-8",
    )
    found = divided(tmp_path / "mine.yaml", rest=OTHERS)
    assert found.parts == ("fast-track", "own.yaml")
    assert found.folder == str(tmp_path.resolve())
