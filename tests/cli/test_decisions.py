"""The verbs decompose, optimise and regret, from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Call = Callable[..., Result]
HEAD = "schema: talentflow.scenario/1\n"
STUDY = """\
schema: talentflow.experiment/1
id: study
title: {en: A study, zh: 研究}
scenarios: [high.yaml, higher.yaml]
replicates: 2
uncertainty: {method: sobol, draws: 2, over: [beta]}
keep: {outcomes: [stock], dates: [2018-06]}
run: {scale: 50000, until: 2018-06}
decompose: {package: pair.yaml}
optimise:
  from: 2018-01
  levers: {work_permit.refusal_prob: {low: 0, high: 0.8, step: 0.2, yuan_per_unit_year: 1e6}}
  trials: 4
  population: 4
  replicates: 1
  fresh_replicates: 2
"""
QUICK = ("--scale", 50_000, "--date", "2018-06", "--jobs", 1, "--quiet")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("study")
    for name, value in (("high", 0.5), ("higher", 0.9)):
        line = f"changes: [{{path: work_permit.refusal_prob, from: 2018-01, set: {value}}}]\n"
        text = f"{HEAD}id: {name}\ntitle: {{en: {name.title()}, zh: {name}}}\n{line}"
        (made / f"{name}.yaml").write_text(text, encoding="utf-8")
    pair = "id: pair\ntitle: {en: Pair, zh: 一对}\nreforms: [high.yaml, higher.yaml]\non_overlap: last\n"
    (made / "pair.yaml").write_text(HEAD + pair, encoding="utf-8")
    (made / "study.yaml").write_text(STUDY, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def pair(folder: Path) -> Path:
    return folder / "pair.yaml"


def test_decompose_tells_shares_and_keeps_runs_figure_and_table(talentflow: Call, pair: Path, tmp_path: Path) -> None:
    figure, out = tmp_path / "shares.svg", tmp_path / "out"
    result = talentflow("decompose", pair, "--replicates", 3, *QUICK, "--plot", figure, "--out", out)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert any(line.split()[:2] == ["member", "share"] for line in lines)
    assert any(line.startswith("High ") for line in lines)
    assert "orders in which the 2 could join" in result.stdout
    assert figure.read_text(encoding="utf-8").count("<title>") == 1
    assert {path.name for path in (out / "derived").iterdir()} >= {"decompose.json", "decompose.csv"}
    again = talentflow("decompose", pair, "--replicates", 3, *QUICK, "--out", out)
    assert again.stdout == result.stdout


def test_decompose_as_json_has_the_fields_that_scripts_rely_on(talentflow: Call, pair: Path) -> None:
    told = json.loads(talentflow("decompose", pair, "--replicates", 2, *QUICK, "--json").stdout)
    assert told["schema"] == "talentflow.decompose/1"
    assert (told["package"], told["method"], told["orders"], told["replicates"]) == ("pair", "exact", 2, 2)
    split = told["splits"][0]
    assert {"total", "total_exact", "members", "interactions"} <= set(split)
    assert {"share", "share_exact", "of_total", "first_in", "last_in", "order_error"} <= set(split["members"][0])


def test_a_sample_of_orders_is_named_as_one_in_chinese_too(talentflow: Call, pair: Path) -> None:
    options = ("--permutations", 4, "--replicates", 2, "--lang", "zh")
    result = talentflow("decompose", pair, *options, *QUICK)
    assert "成对反向抽取的4种" in result.stdout
    assert "次序误差" in result.stdout


def test_an_experiment_says_what_to_decompose(talentflow: Call, folder: Path) -> None:
    told = json.loads(talentflow("decompose", folder / "study.yaml", "--jobs", 1, "--quiet", "--json").stdout)
    assert (told["package"], told["draws"]) == ("pair", 2)
    refused = talentflow("decompose", folder / "study.yaml", "--replicates", 3)
    assert refused.exit_code == 2
    assert "leave out --replicates" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("decompose", "fast-track"), "is no package"),
        (("decompose", "whole-article", "--members", "fast-trak"), "did you mean 'fast-track'"),
        (("decompose", "whole-artcle"), "whole-article"),
        (("decompose", "whole-article", "--plot", "shares.pdf"), ".svg or .png"),
        (("regret", "fast-track", "fast-trak"), "fast-track"),
        (("regret", "fast-track", "--quiet"), "two scenarios or more"),
    ],
)
def test_what_cannot_be_asked_is_one_clear_line(talentflow: Call, arguments: tuple[str, ...], said: str) -> None:
    result = talentflow(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_optimise_tells_the_front_and_what_it_is_not(talentflow: Call, folder: Path, tmp_path: Path) -> None:
    out, figure = tmp_path / "out", tmp_path / "front.svg"
    result = talentflow("optimise", folder / "study.yaml", "--jobs", 1, "--quiet", "--out", out, "--plot", figure)
    assert result.exit_code == 0
    assert "laws tried" in result.stdout
    assert "not a recommendation" in result.stdout
    assert "refusal_prob (today 0" in result.stdout
    assert "<svg" in figure.read_text(encoding="utf-8")
    assert json.loads((out / "optimise.json").read_text(encoding="utf-8"))["trials"] == 4
    assert len((out / "optimise.csv").read_text(encoding="utf-8").splitlines()) == 5
    zh = talentflow("optimise", folder / "study.yaml", "--jobs", 1, "--quiet", "--out", out, "--lang", "zh")
    assert "不是建议" in zh.stdout


def test_optimise_asks_for_an_experiment(talentflow: Call, pair: Path) -> None:
    result = talentflow("optimise", pair)
    assert result.exit_code == 2
    assert "is no experiment" in result.stderr


def test_regret_ranks_scenarios_that_it_runs_and_then_their_batch(
    talentflow: Call, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "choice"
    two = (folder / "high.yaml", folder / "higher.yaml")
    result = talentflow("regret", *two, "--draws", 2, "--replicates", 3, *QUICK, "--out", out)
    assert result.exit_code == 0
    assert "over 2 draws of what is uncertain" in result.stdout
    assert "Draws are out of a posterior: shipped." in result.stdout
    priors = talentflow("regret", *two, "--priors", "--draws", 1, "--replicates", 1, *QUICK)
    assert "Draws are out of priors" in priors.stdout
    told = json.loads(talentflow("regret", out, "--json").stdout)
    assert told["schema"] == "talentflow.regret/1"
    assert (told["draws"], told["replicates"]) == (2, 3)
    # Fewer refusals are better wherever talent is.
    assert told["arms"][0]["scenario"] == "high"
    assert {"p_best", "p_ranks", "mean_regret", "p95_regret", "max_regret"} <= set(told["arms"][0])
    turned = json.loads(talentflow("regret", out, "--less-is-better", "--json").stdout)
    assert turned["arms"][0]["scenario"] == "higher"
    assert "最优选择的概率" in talentflow("regret", out, "--lang", "zh").stdout


def test_regret_of_a_batch_takes_no_options_of_runs(talentflow: Call, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "choice"
    two = (folder / "high.yaml", folder / "higher.yaml")
    talentflow("regret", *two, "--draws", 1, "--replicates", 1, *QUICK, "--out", out)
    refused = talentflow("regret", out, "--draws", 4)
    assert refused.exit_code == 2
    assert "leave out --draws" in refused.stderr
    warned = talentflow("regret", out)
    assert "luck cannot be told from effect" in warned.stdout
    unknown = talentflow("regret", out, "hig")
    assert unknown.exit_code == 2
    assert "did you mean 'high'" in unknown.stderr
