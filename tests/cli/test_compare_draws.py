"""``talentflow compare --draws``: what is asked, what is told, what is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

REFORM = "category-a-less-stringent"
SMALL = ("--scale", "20000", "--until", "2028-06", "--jobs", "1")
Call = Callable[..., Result]


@pytest.fixture
def posterior(tmp_path: Path) -> Path:
    path = tmp_path / "posterior.csv"
    path.write_text("beta,inertia,weight\n1.2,0.02,1\n2.0,0.01,3\n3.2,0.04,1\n", encoding="utf-8")
    return path


def test_draws_are_told_in_the_finding_the_table_and_the_notes(talentflow: Call, posterior: Path) -> None:
    asked = ("compare", REFORM, "--draws", "2", "--posterior", posterior, "--replicates", "4", *SMALL)
    result = talentflow(*asked)
    assert result.exit_code == 0, result.output
    header, row = result.stdout[result.stdout.index("scenario  ") :].splitlines()[:2]
    assert re.split(r"\s{2,}", header)[5:8] == ["95% interval", "by chance alone", "parameters"]
    assert "MC error" not in header
    assert re.search(r"\d%|-", re.split(r"\s{2,}", row)[7])
    assert f"Averaged over 2 draws of 2 uncertain parameters out of {posterior}" in result.stdout
    assert "given that the parameters are not known" in result.stdout
    told = json.loads(talentflow(*asked, "--json").stdout)
    assert (told["draws"]["n"], told["replicates"]) == (2, 4)
    # The bounds of the finding are those of the wider interval.
    (found,) = told["rows"]
    assert found["low"] < found["low_chance"] < found["difference"] < found["high_chance"] < found["high"]
    assert ("no detectable effect" in result.stdout or "sign is open" in result.stdout) is (
        found["low"] <= 0 <= found["high"]
    )


def test_chinese_reaches_what_is_said_of_draws(talentflow: Call, posterior: Path) -> None:
    asked = ("--draws", "2", "--posterior", posterior, "--replicates", "4", "--lang", "zh")
    result = talentflow("compare", REFORM, *asked, *SMALL)
    text = result.stdout.replace(REFORM, "").replace("talentflow", "").replace(str(posterior), "")
    assert "2组不确定参数" in text
    assert "仅随机性" in text
    assert re.findall(r"[A-Za-z]{3,}", text.replace("unreleased", "")) == []


def test_a_figure_has_bands_over_draws(talentflow: Call, posterior: Path, tmp_path: Path) -> None:
    figure = tmp_path / "gain.svg"
    asked = ("--draws", "2", "--posterior", posterior, "--replicates", "4", "--plot", figure)
    assert talentflow("compare", REFORM, *asked, *SMALL).exit_code == 0
    assert "given that the parameters are not known" in figure.read_text(encoding="utf-8")


def test_no_draws_is_what_was_always_done(talentflow: Call) -> None:
    plain, none = (
        talentflow("compare", REFORM, "--replicates", "2", "--json", *more, *SMALL).stdout
        for more in ((), ("--draws", "0"))
    )
    assert plain == none
    assert "draws" not in json.loads(plain)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--draws", "1"), "0, or 2 and more"),
        (("--draws", "-2"), "x>=0"),
        (("--draws", "4", "--replicates", "7"), "4 draws need 8 replicates or more"),
        (("--draws", "4", "--precision", "5%"), "a precision is sought with parameters at their defaults"),
        (("--draws", "4", "--equity"), "leave out --draws"),
        (("--draws", "0"), "ask for 2 draws or more"),
    ],
)
def test_a_wrong_use_of_draws_ends_with_2(
    talentflow: Call, posterior: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = talentflow("compare", REFORM, "--posterior", posterior, *arguments, *SMALL)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_posterior_that_is_not_there_or_wrong_ends_with_3(talentflow: Call, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("betta\n2.0\n", encoding="utf-8")
    for file, said in ((tmp_path / "none.csv", "there is no file"), (wrong, "betta")):
        result = talentflow("compare", REFORM, "--draws", "2", "--posterior", file, *SMALL)
        assert (result.exit_code, result.stdout) == (3, "")
        assert said in result.stderr
        assert "Traceback" not in result.stderr


def test_without_a_shipped_posterior_one_line_says_what_to_do(
    talentflow: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("scenarios.posterior_file", lambda: tmp_path / "none.csv")
    result = talentflow("compare", REFORM, "--draws", "2", *SMALL)
    assert (result.exit_code, result.stdout) == (3, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("no posterior is shipped")
    assert "--posterior" in line
