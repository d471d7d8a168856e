"""Rankings over draws and theories, from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Call = Callable[..., Result]
QUICK = ("--scale", 50_000, "--date", "2018-06", "--jobs", 1, "--quiet")
BARS = {"low": 0.05, "middle": 0.4, "high": 0.9}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("reforms")
    for name, value in BARS.items():
        line = f"changes: [{{path: work_permit.refusal_prob, from: 2014-01, set: {value}}}]\n"
        text = f"schema: talentflow.scenario/1\nid: {name}\ntitle: {{en: {name.title()}, zh: {name}}}\n{line}"
        (made / f"{name}.yaml").write_text(text, encoding="utf-8")
    (made / "draws.csv").write_text("beta,theta_mean,weight\n2.4,-1.7,1\n2.2,-1.6,1\n2.0,-1.5,1\n", encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def asked(folder: Path) -> tuple[object, ...]:
    reforms = tuple(folder / f"{name}.yaml" for name in BARS)
    return ("rank", *reforms, "--posterior", folder / "draws.csv", "--best", 1, "--assume", "engine-prospect", *QUICK)


def test_draws_and_theories_give_probabilities_and_a_figure(
    talentflow: Call, asked: tuple[object, ...], tmp_path: Path
) -> None:
    out, figure = tmp_path / "out", tmp_path / "ranking.svg"
    result = talentflow(*asked, "--draws", 2, "--out", out, "--plot", figure)
    assert result.exit_code == 0, result.stderr
    first = result.stdout.splitlines()[0]
    assert "over 2 draws of what is uncertain and 2 theories of the decision" in first
    assert "Low" in first
    assert "2 draws: probabilities are coarse" in result.stdout
    assert "2 replicates of each with seeds of their own from 1" in result.stdout
    told = json.loads((out / "derived" / "rank.json").read_text(encoding="utf-8"))
    assert told["schema"] == "talentflow.rank-probabilities/1"
    assert (told["draws"], told["replicates"], told["best"]) == (2, 2, 1)
    assert [one["theory"] for one in told["theories"]] == ["as-it-stands", "engine-prospect"]
    # Fewer refused are more in China: the order of the bars, whatever was drawn.
    assert [one["scenario"] for one in told["arms"]] == ["low", "middle", "high"]
    assert "<svg" in figure.read_text(encoding="utf-8")
    again = talentflow(*asked, "--draws", 2, "--out", out)
    assert again.stdout == result.stdout
    more = talentflow(*asked, "--draws", 3, "--out", out, "--json")
    assert more.exit_code == 0, more.stderr
    assert json.loads(more.stdout)["draws"] == 3
    fewer = talentflow(*asked, "--draws", 2, "--out", out, "--lang", "zh")
    assert "2组不确定参数" in fewer.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rank", "--measures", "one-stop", "--draws", 2), "name none"),
        (("rank",), "SCENARIO"),
        (("rank", "one-stop", "--out", "kept"), "only a ranking over --draws N has it: leave out --out"),
        (("rank", "one-stop", "fast-track", "--best", 1, "--posterior", "x.csv"), "leave out --posterior, --best"),
        (("rank", "one-stop", "fast-track", "--draws", 2, "--plot", "ranking.pdf"), ".svg or .png"),
    ],
)
def test_what_cannot_be_ranked_is_one_clear_line(talentflow: Call, arguments: tuple[object, ...], said: str) -> None:
    result = talentflow(*arguments, "--quiet")
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_two_reforms_are_too_few_for_the_best_three(talentflow: Call, asked: tuple[object, ...]) -> None:
    result = talentflow(*asked[:3], "--posterior", asked[5], "--draws", 1, *QUICK)
    assert result.exit_code == 2
    assert "says something of more than 3 scenarios, got 2" in result.stderr


def test_a_posterior_with_an_unknown_parameter_says_which(talentflow: Call, asked: tuple[object, ...]) -> None:
    file = Path(str(asked[5])).parent / "wrong.csv"
    file.write_text("betta\n2.4\n", encoding="utf-8")
    result = talentflow(*asked[:5], file, *asked[6:], "--draws", 1)
    assert result.exit_code == 3
    assert "betta" in result.stderr
