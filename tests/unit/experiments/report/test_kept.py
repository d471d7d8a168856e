"""Parts of a report are kept: what is done is not done again, and nothing stale or half written is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from experiments.report import gather as gathering
from experiments.report.asked import Asked, Running
from experiments.report.asking import asked_of
from experiments.report.kept import Kept, key_of
from scenarios.library import SHIPPED

from .conftest import SMALL


class Maker:
    """Counts how often a part is made."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Mapping[str, Any]:
        self.times += 1
        return {"value": self.times}


def test_a_part_is_made_once(tmp_path: Path) -> None:
    make, kept = Maker(), Kept(tmp_path, "a" * 64)
    assert kept.part("first", make) == {"value": 1}
    assert Kept(tmp_path, "a" * 64).part("first", make) == {"value": 1}
    assert make.times == 1
    assert kept.has("first")
    assert not kept.has("second")


def test_a_part_of_another_question_is_not_read(tmp_path: Path) -> None:
    make = Maker()
    Kept(tmp_path, "a" * 64).part("first", make)
    assert Kept(tmp_path, "b" * 64).part("first", make) == {"value": 2}


def test_a_damaged_part_is_made_anew(tmp_path: Path) -> None:
    make, kept = Maker(), Kept(tmp_path, "a" * 64)
    kept.part("first", make)
    next(tmp_path.rglob("first-*.json")).write_text('{"value":', encoding="utf-8")
    assert kept.part("first", make) == {"value": 2}


def test_a_part_that_is_not_whole_is_tried_again(tmp_path: Path) -> None:
    make, kept = Maker(), Kept(tmp_path, "a" * 64)
    assert kept.part("first", make, is_whole=lambda found: found["value"] > 1) == {"value": 1}
    assert not kept.has("first")
    assert kept.part("first", make, is_whole=lambda found: found["value"] > 1) == {"value": 2}
    assert kept.has("first")


def test_pairs_that_failed_are_run_again(asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = iter([1, 0])
    whole = gathering.compared(asked, Running(jobs=1))

    def compared(*_: object) -> Mapping[str, Any]:
        return {**whole, "provenance": {**whole["provenance"], "failed": next(failed)}}

    monkeypatch.setattr(gathering, "compared", compared)
    told = [
        gathering.gather(asked, Running(jobs=1), folder=tmp_path, is_quick=True).provenance["failed"] for _ in range(3)
    ]
    assert told == [1, 0, 0]


def test_without_a_folder_nothing_is_kept() -> None:
    make, kept = Maker(), Kept(None, "a" * 64)
    assert [kept.part("first", make)["value"], kept.part("first", make)["value"]] == [1, 2]


def test_the_key_moves_with_law_and_design(asked: Asked) -> None:
    key = key_of(asked)
    assert key_of(replace(asked)) == key
    assert key_of(replace(asked, design=replace(asked.design, seed=2))) != key
    case = asked.cases[0]
    assert key_of(replace(asked, cases=(replace(case, scenario=case.baseline),))) != key


def test_the_key_moves_with_what_a_scenario_says_of_itself_and_with_its_name(tmp_path: Path) -> None:
    shipped = (SHIPPED / "reforms" / "category-a-less-stringent.yaml").read_text(encoding="utf-8")
    file, other = tmp_path / "mine.yaml", tmp_path / "moved.yaml"

    def key(text: str, name: Path = file) -> str:
        name.write_text(text.replace("id: category-a-less-stringent", "id: mine"), encoding="utf-8")
        return key_of(asked_of([str(name)], **SMALL))  # type: ignore[arg-type]

    keys = [key(shipped)]
    assert key(shipped) == keys[0]
    for said in ('why: "', 'mechanism: "', 'cannot_show: "', 'note: "'):
        assert said in shipped
        keys.append(key(shipped.replace(said, f"{said}As others say, ", 1)))
    keys.append(key(shipped, other))
    assert len(set(keys)) == len(keys)


def test_the_key_moves_with_the_posterior_that_sections_read(asked: Asked, tmp_path: Path) -> None:
    file = tmp_path / "posterior.csv"
    file.write_text("beta\n1.6\n2.4\n", encoding="utf-8")
    key = key_of(replace(asked, posterior=file))
    assert key != key_of(asked)
    file.write_text("beta\n1.6\n2.5\n", encoding="utf-8")
    assert key_of(replace(asked, posterior=file)) != key


def test_an_interrupted_report_goes_on_where_it_was(
    asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, bool]] = []

    def interrupted(name: str, *_: object) -> Mapping[str, Any]:
        if name == "stories":
            raise KeyboardInterrupt
        return {"section": None}

    monkeypatch.setattr(gathering, "_analysis", interrupted)
    with pytest.raises(KeyboardInterrupt):
        gathering.gather(asked, Running(jobs=1), folder=tmp_path)
    monkeypatch.setattr(gathering, "_analysis", lambda *_: {"section": None})
    gathering.gather(asked, Running(jobs=1), folder=tmp_path, on_part=lambda name, kept: told.append((name, kept)))
    assert dict(told) == {
        "compared": True, "fit": True, "stories": False, "decomposition": False, "failing": False, "drivers": False,
    }  # fmt: skip


def test_a_wish_to_stop_ends_the_runs(asked: Asked) -> None:
    with pytest.raises(KeyboardInterrupt):
        gathering.gather(asked, Running(jobs=1, should_stop=lambda: True), is_quick=True)
