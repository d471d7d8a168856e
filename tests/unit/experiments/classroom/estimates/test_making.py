"""Making the file, with a handful of rows."""

import json
from pathlib import Path

import pytest

from experiments.classroom.estimates import renewal
from experiments.classroom.estimates.featured import featured_levers
from experiments.classroom.estimates.intervals import intervals_of
from experiments.classroom.estimates.made import made, model_hashes, written
from experiments.classroom.estimates.points import Size, points_of
from experiments.classroom.estimates.running import Setting, ran
from experiments.design import DesignError

SETTING = Setting(scale=50_000, draws=2)
SIZE = Size(fill=8, one=2, some=2, many=1, pair=1, mixed=1, pairs=2, full=4)
PRESETS = {"one-stop": frozenset({"administration.one_visit_hours_share"}), "fast-track": frozenset({"a.b"})}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the file made of few points, and the runs it was made from."""
    place = tmp_path_factory.mktemp("estimates")
    points = points_of(featured_levers()[:3], PRESETS, SIZE)
    found = ran(points, SETTING, place / "runs")
    intervals = intervals_of(list(PRESETS), SETTING, SIZE.full, place / "runs")
    content = made(featured_levers()[:3], found, intervals, SETTING, SIZE, "a test")
    (place / "estimates.json").write_text(written(content), encoding="utf-8")
    return place


def test_what_is_run_is_not_run_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.classroom.estimates.running._run", None)
    told: list[tuple[int, int]] = []
    points = points_of(featured_levers()[:3], PRESETS, SIZE)
    found = ran(points, SETTING, folder / "runs", lambda done, total: told.append((done, total)))
    assert told[-1] == (len(points), len(points))
    assert {one.point.id for one in found} == {point.id for point in points}


def test_the_file_is_json_with_a_line_a_part(folder: Path) -> None:
    text = (folder / "estimates.json").read_text(encoding="utf-8")
    content = json.loads(text)
    assert content["schema"] == "talentflow.estimates/1"
    assert content["model"] == model_hashes()
    assert set(content["presets"]) == set(PRESETS)
    assert '\n"levers": ' in text


def test_intervals_are_not_run_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.classroom.estimates.intervals._compared", None)
    found = intervals_of(list(PRESETS), SETTING, SIZE.full, folder / "runs")
    low, high = found["one-stop"]["hours_lost@2040-12"]
    assert low is not None
    assert high is not None
    assert low <= high


def test_a_file_whose_numbers_have_not_moved_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewal, "WITNESSES", ("one-stop",))
    file = folder / "old.json"
    content = json.loads((folder / "estimates.json").read_text(encoding="utf-8"))
    file.write_text(json.dumps({**content, "model": {"source": "older"}}), encoding="utf-8")
    assert renewal.renewed(file) == content


def test_a_file_whose_numbers_have_moved_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewal, "WITNESSES", ("one-stop",))
    file = folder / "moved.json"
    content = json.loads((folder / "estimates.json").read_text(encoding="utf-8"))
    content["presets"]["one-stop"]["differences"]["inflow@2040-12"] = 1
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(DesignError, match="inflow@2040-12 of one-stop has moved"):
        renewal.renewed(file)
