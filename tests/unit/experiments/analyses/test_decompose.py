"""Decompositions of real runs: the members together are the package, and a store is filled but never twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from experiments import compare
from experiments.analyses.decompose import REST, check_whole, decompose, decompose_in
from experiments.analyses.members import divided
from experiments.batch.reading import read_experiment_text
from experiments.batch.store import Store
from experiments.batch.writing import experiment_of
from experiments.design import DesignError

QUICK: dict[str, Any] = {"scale": 50_000, "dates": ["2018-12"], "jobs": 1}
HEAD = "schema: talentflow.scenario/1\n"
PAIR = HEAD + "id: pair\ntitle: {en: Pair, zh: 一对}\nreforms: [high.yaml, higher.yaml]\non_overlap: last\n"


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a package of two reforms of one lever: the second overrules the first."""
    folder = tmp_path_factory.mktemp("pair")
    line = "changes: [{{path: work_permit.refusal_prob, from: 2018-01, set: {}}}]\n"
    for name, value in (("high", 0.5), ("higher", 0.9)):
        text = f"{HEAD}id: {name}\ntitle: {{en: {name.title()}, zh: {name}}}\n{line.format(value)}"
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "pair.yaml").write_text(PAIR, encoding="utf-8")
    return folder / "pair.yaml"


@pytest.mark.parametrize("depth", [1, 2])
@pytest.mark.parametrize(
    "package", ["whole-article", "legal-framework", "management-mechanism", "inclusive-services", "international-environment"]
)  # fmt: skip
def test_the_members_of_a_shipped_package_together_are_the_package(package: str, depth: int) -> None:
    division = divided(package, depth=depth, rest=REST)
    check_whole(division, division.arm(division.everyone), experiment_of(["baseline"]))


def test_a_package_with_a_cost_of_its_own_is_not_the_sum_of_its_members(pair: Path) -> None:
    file = pair.parent / "dear.yaml"
    file.write_text(PAIR.replace("id: pair", "id: dear") + "cost: {per_year: 1000000}\n", encoding="utf-8")
    division = divided(file, rest=REST)
    with pytest.raises(DesignError, match="are not the package: they differ in costs"):
        check_whole(division, division.arm(division.everyone), experiment_of(["baseline"]))


def test_runs_of_all_members_are_those_of_the_package_and_are_shared_out_exactly(pair: Path) -> None:
    found = decompose(pair, replicates=2, outcomes=["stock", "refusals"], **QUICK)
    whole = compare(
        [pair], replicates=2, scale=50_000, until="2018-12", dates=["2018-12"], outcomes=["stock", "refusals"], jobs=1
    )  # fmt: skip
    for split, row in zip(found.splits, whole.rows, strict=True):
        assert (split.total.value, split.total.low, split.total.high) == (row.difference, row.low, row.high)
        assert [sum(parts) for parts in split.parts] == list(split.totals)
    assert any(found.splits[0].totals)


def test_a_law_that_two_coalitions_share_is_run_once(pair: Path, tmp_path: Path) -> None:
    # higher overrules high: alone and together are one law.
    decompose(pair, replicates=2, folder=tmp_path / "store", **QUICK)
    store = Store.open(tmp_path / "store")
    assert {arm.id for arm in store.experiment.arms} == {"coalition-1", "coalition-3"}
    assert store.status().done == 6


def test_more_replicates_are_added_to_the_store_and_nothing_is_run_again(pair: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    first = decompose(pair, replicates=1, folder=folder, **QUICK)
    parts = {path.name: path.read_bytes() for path in (folder / "runs").glob("*.parquet")}
    second = decompose(pair, replicates=2, folder=folder, **QUICK)
    assert all((folder / "runs" / name).read_bytes() == content for name, content in parts.items())
    assert second.splits[0].totals[0] == first.splits[0].totals[0]
    assert len(second.splits[0].totals) == 2


def test_a_folder_of_another_question_is_refused(pair: Path, tmp_path: Path) -> None:
    decompose(pair, replicates=1, folder=tmp_path / "store", **QUICK)
    with pytest.raises(DesignError, match="holds another experiment"):
        decompose(pair, replicates=1, folder=tmp_path / "store", outcomes=["inflow"], **QUICK)


def test_an_experiment_is_divided_as_its_section_says_and_under_its_draws(pair: Path, tmp_path: Path) -> None:
    experiment = read_experiment_text(
        "schema: talentflow.experiment/1\nid: study\ntitle: {en: Study}\nscenarios: [baseline]\nreplicates: 2\n"
        "uncertainty: {method: sobol, draws: 2, over: [beta]}\nrun: {scale: 100000, until: 2018-12}\n"
        "keep: {outcomes: [inflow, stock], dates: [2018-12]}\ndecompose: {package: pair.yaml, outcome: stock}\n",
        pair.parent,
    )
    found = decompose_in(experiment, tmp_path / "store", jobs=1)
    assert [split.outcome for split in found.splits] == ["stock"]
    assert found.splits[0].replicates == (0, 1)
    told = json.loads(found.to_json())
    assert told["draws"] == 2
    parts = sum(Fraction(one["share_exact"]) for one in told["splits"][0]["members"])
    assert parts == Fraction(told["splits"][0]["total_exact"])
    assert any("2 draws" in note for note in told["notes"])


def test_an_experiment_without_the_section_is_told_so() -> None:
    with pytest.raises(DesignError, match="no section 'decompose'"):
        decompose_in(experiment_of(["one-stop"]))


def test_every_replicate_is_in_the_table(pair: Path) -> None:
    frame = decompose(pair, replicates=2, **QUICK).to_pandas()
    assert list(frame["member"]) == ["high", "higher"] * 2
    assert [Fraction(one) for one in frame["exact"]] == [Fraction(one) for one in frame["share"]]


def test_a_stopped_decomposition_ends_like_an_interruption(pair: Path, tmp_path: Path) -> None:
    stop: Callable[[], bool] = lambda: True  # noqa: E731 - the shortest wish to stop
    with pytest.raises(KeyboardInterrupt):
        decompose(pair, replicates=2, folder=tmp_path / "store", should_stop=stop, **QUICK)
    assert decompose(pair, replicates=2, folder=tmp_path / "store", **QUICK).splits[0].left_out == 0
