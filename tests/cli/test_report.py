"""The verb ``report``: what it writes, what it says, how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from experiments.report.writing_json import from_json

Call = Callable[..., Result]
ROOT = Path(__file__).parents[2]
REFORM = "category-a-less-stringent"
BRIEF = ("--scale", "20000", "--until", "2028-12", "--replicates", "2", "--draws", "0", "--jobs", "1")
AT_FIRST_REPORT = """
import os, signal, sys
from contextlib import contextmanager
from experiments.cli import main
from experiments.cli.terminal import Terminal

@contextmanager
def progress(self, counted=""):
    yield lambda done, total: os.kill(0, signal.SIGINT)

Terminal.progress = progress
main(sys.argv[1:])
"""


def test_the_report_as_json_says_what_compare_says(talentflow: Call) -> None:
    result = talentflow("report", REFORM, *BRIEF, "--quick", "--json", "--quiet")
    assert result.exit_code == 0, result.output
    dossier = from_json(result.stdout)
    compared = json.loads(talentflow("compare", REFORM, *BRIEF, "--json", "--quiet").stdout)
    row = compared["rows"][-1]
    assert dossier.numbers[0].cell == (row["difference"], row["low"], row["high"])
    assert dossier.provenance["scenarios"] == [REFORM]


def test_the_line_that_makes_a_report_again_makes_the_same_one(talentflow: Call) -> None:
    first = talentflow("report", REFORM, *BRIEF, "--quick", "--json", "--quiet")
    line = from_json(first.stdout).command.line.split()
    assert line[:2] == ["talentflow", "report"]
    place = line.index("--out")
    again = talentflow(*line[1:place], *line[place + 2 :], "--json", "--quiet", "--jobs", "1")
    assert again.stdout == first.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((REFORM,), "--out DIR"),
        ((REFORM, "--out", "x", "--draws", "1"), "2 and more"),
        ((REFORM, REFORM, "--out", "x"), "named twice"),
        (("no-such-reform", "--out", "x"), "no-such-reform"),
        ((REFORM, "--out", "x", "--audience", "king"), "minister"),
    ],
)
def test_what_cannot_be_done_is_a_matter_of_usage(
    talentflow: Call, arguments: tuple[str, ...], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = talentflow("report", *arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert not list(tmp_path.iterdir())


def test_a_folder_that_holds_nothing_to_report_is_refused(talentflow: Call, tmp_path: Path) -> None:
    result = talentflow("report", tmp_path)
    assert result.exit_code == 2
    assert "neither" in result.output


def test_options_of_runs_are_refused_where_nothing_is_run(talentflow: Call, tmp_path: Path) -> None:
    result = talentflow("report", tmp_path, "--scale", "1000")
    assert result.exit_code == 2
    assert "leave out --scale" in result.output


def test_an_interrupted_report_says_how_to_go_on(tmp_path: Path) -> None:
    arguments = ("report", REFORM, *BRIEF, "--quick", "--out", str(tmp_path / "out"))
    result = subprocess.run(
        [sys.executable, "-c", AT_FIRST_REPORT, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )
    assert result.returncode == 130, result.stderr
    assert f"talentflow {' '.join(arguments)}" in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    assert not (tmp_path / "out" / "index.html").exists()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a report that was written."""
    from click.testing import CliRunner

    from experiments.cli.entry import command

    folder = tmp_path_factory.mktemp("report") / "out"
    result = CliRunner().invoke(command, ["report", REFORM, *BRIEF, "--quick", "--no-pdf", "--out", str(folder)])
    assert result.exit_code == 0, result.output
    return folder


def test_every_figure_and_every_table_has_its_files(written: Path) -> None:
    dossier = from_json((written / "data" / "report.json").read_text(encoding="utf-8"))
    for figure in dossier.figures():
        assert (written / "figures" / f"{figure.id}.svg").stat().st_size > 1000
        assert (written / "figures" / f"{figure.id}.png").read_bytes().startswith(b"\x89PNG")
    for table in dossier.tables():
        assert (written / "data" / f"{table.id}.csv").is_file()
    for name in ("index.html", "slides.html"):
        page = (written / name).read_text(encoding="utf-8")
        assert dossier.headline["en"] in page.replace("\N{NO-BREAK SPACE}", " ")
    assert (written / "report.xlsx").read_bytes().startswith(b"PK")
    assert not list(written.rglob(".*"))


def test_a_report_is_written_anew_in_another_language_without_a_run(
    talentflow: Call, written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.report.pairs.run_pairs", None)
    result = talentflow(
        "report", written, "--lang", "zh", "--audience", "minister", "--no-pdf", "--out", tmp_path / "zh"
    )
    assert result.exit_code == 0, result.output
    page = (tmp_path / "zh" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="zh' in page
    told = from_json((written / "data" / "report.json").read_text(encoding="utf-8"))
    assert told.headline["zh"] in result.stdout.splitlines()


def test_a_report_read_as_json_is_not_written_anew(talentflow: Call, written: Path, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in written.rglob("*") if path.is_file()}
    result = talentflow("report", written, "--json")
    assert result.exit_code == 0, result.output
    assert from_json(result.stdout) == from_json((written / "data" / "report.json").read_text(encoding="utf-8"))
    assert {path: path.stat().st_mtime_ns for path in written.rglob("*") if path.is_file()} == before
    assert talentflow("report", written, "--json", "--no-pdf", "--out", tmp_path / "told").exit_code == 0
    assert (tmp_path / "told" / "index.html").is_file()


def test_the_same_call_again_writes_the_same_bytes_without_a_run(
    talentflow: Call, written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in written.rglob("*") if path.is_file()}
    monkeypatch.setattr("experiments.report.pairs.run_pairs", None)
    assert talentflow("report", REFORM, *BRIEF, "--quick", "--no-pdf", "--out", written).exit_code == 0
    assert {path: path.read_bytes() for path in written.rglob("*") if path.is_file()} == before


def test_a_page_in_both_languages_has_drawings_in_both(talentflow: Call, written: Path, tmp_path: Path) -> None:
    result = talentflow("report", written, "--both", "--no-pdf", "--audience", "class", "--out", tmp_path / "both")
    assert result.exit_code == 0, result.output
    dossier = from_json((written / "data" / "report.json").read_text(encoding="utf-8"))
    page = (tmp_path / "both" / "index.html").read_text(encoding="utf-8")
    # A task sheet gives no answers away: the headline stands in the answers.
    assert dossier.title["en"] in page
    assert dossier.title["zh"] in page
    assert (tmp_path / "both" / "figures" / "paths.zh.svg").is_file()
    assert (tmp_path / "both" / "answers.html").is_file()


def test_a_page_that_cannot_be_printed_is_there_and_its_old_print_is_not(
    talentflow: Call, written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.report.pdf.find_browser", lambda *_, **__: None)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "report.pdf").write_bytes(b"of another report")
    result = talentflow("report", written, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "index.html").is_file()
    assert not (tmp_path / "out" / "report.pdf").exists()
    assert "browser" in result.stderr.lower()
