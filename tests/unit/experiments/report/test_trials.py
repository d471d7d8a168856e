"""Trials: the effect that a comparison finds, run once, kept, and found again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from experiments import compare
from experiments.cases import cases_of
from experiments.report import trials
from experiments.report.asked import Running
from experiments.report.trials import Bench, effects_of, trial_of
from experiments.seeds import RunsFailedError

DATE = "2030-12"
SCALE = 20_000


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Let nothing be known from other tests."""
    trials._KEPT.clear()
    yield
    trials._KEPT.clear()


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench(cases_of(["whole-article"], DATE)[0], SCALE, DATE)


def nothing_may_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise AssertionError("run again")

    monkeypatch.setattr(trials, "TrialRuns", refuse)


def test_at_defaults_the_effect_is_that_of_a_comparison(bench: Bench) -> None:
    found = effects_of(bench, [trial_of({}, seed) for seed in (5, 6)], Running(jobs=1))
    result = compare(["whole-article"], replicates=2, seed=5, scale=SCALE, until=DATE, dates=(DATE,), jobs=1)
    assert found.mean() == pytest.approx(result.rows[0].difference)
    assert found.mean() != 0


def test_a_setting_moves_both_sides_of_a_pair(bench: Bench) -> None:
    settings = [{}, {"theta_mean": -2.5}]
    plain, moved = effects_of(bench, [trial_of(setting, 5) for setting in settings], Running(jobs=1))
    changed = compare(
        [bench.case.scenario.with_defaults({"theta_mean": -2.5})],
        replicates=1, seed=5, scale=SCALE, until=DATE, dates=(DATE,), jobs=1,
    )  # fmt: skip
    assert moved == changed.rows[0].difference
    assert moved != plain


def test_what_was_run_is_not_run_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [trial_of({}, 5), trial_of({}, 6)]
    before = effects_of(bench, asked, Running(jobs=1))
    nothing_may_run(monkeypatch)
    assert effects_of(bench, asked[::-1], Running(jobs=1)).tolist() == before.tolist()[::-1]
    with pytest.raises(RunsFailedError, match="run again"):
        effects_of(bench, [trial_of({}, 7)], Running(jobs=1))


def test_what_a_folder_holds_is_found_by_another_process(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = Running(jobs=1, folder=tmp_path)
    before = effects_of(bench, [trial_of({}, 5)], running)
    (file,) = tmp_path.rglob("*.jsonl")
    # As a process leaves it that is killed while it writes.
    file.write_text(file.read_text(encoding="utf-8") + '\n["half a li', encoding="utf-8")
    trials._KEPT.clear()
    nothing_may_run(monkeypatch)
    assert effects_of(bench, [trial_of({}, 5)], running).tolist() == before.tolist()


def test_another_law_or_scale_finds_nothing_of_it(bench: Bench) -> None:
    other = Bench(cases_of(["one-stop"], DATE)[0], SCALE, DATE)
    finer = Bench(bench.case, SCALE // 2, DATE)
    assert len({bench.name, other.name, finer.name}) == 3


def test_a_run_that_fails_is_missing_and_the_others_count(bench: Bench) -> None:
    found = effects_of(bench, [trial_of({}, 5), trial_of({"no_such_parameter": 1.0}, 5)], Running(jobs=1))
    assert np.isfinite(found).tolist() == [True, False]


def test_asked_to_stop_it_ends_with_what_it_has_in_its_folder(bench: Bench, tmp_path: Path) -> None:
    seen: list[float] = []
    running = Running(
        jobs=1,
        folder=tmp_path,
        on_progress=lambda done, _: seen.append(done),
        should_stop=lambda: bool(seen and seen[-1] >= 1),
    )
    with pytest.raises(KeyboardInterrupt):
        effects_of(bench, [trial_of({}, seed) for seed in range(5, 9)], running)
    (file,) = tmp_path.rglob("*.jsonl")
    assert len(file.read_text(encoding="utf-8").split()) >= 1
