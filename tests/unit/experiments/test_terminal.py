from __future__ import annotations

import pytest

from experiments.cli.terminal import Terminal, aligned, stacked, width, wrapped

HEADERS = ("scenario", "difference")
ROWS = [("one-stop", "7,900"), ("改革", "-12")]


def test_columns_line_up_with_numbers_to_the_right() -> None:
    assert aligned(HEADERS, ROWS, numbers=[1]) == [
        "scenario  difference",
        "one-stop       7,900",
        "改革             -12",
    ]


def test_chinese_characters_take_two_columns() -> None:
    assert width("A类") == 3
    assert {width(line) for line in aligned(HEADERS, ROWS, numbers=[1])} == {20}


@pytest.mark.parametrize("columns", [20, 30, 40])
def test_a_narrow_terminal_gets_blocks_that_fit(columns: int) -> None:
    rows = [("one-stop", "adds about 7,900 people"), ("whole-article", "adds about 9,100 people")]
    lines = stacked(HEADERS, rows, columns)
    assert all(width(line) <= columns for line in lines)
    assert " ".join(" ".join(lines).split()).count("adds about") == 2


def test_a_word_longer_than_the_terminal_stays_whole() -> None:
    assert wrapped("a category-a-less-stringent b", 10) == ["a", "category-a-less-stringent", "b"]


def test_output_that_is_no_terminal_gets_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    Terminal().table(HEADERS, ROWS, numbers=[1])
    assert capsys.readouterr().out.splitlines() == aligned(HEADERS, ROWS, numbers=[1])


def test_quiet_silences_messages_but_not_results(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(quiet=True)
    terminal.note("message")
    terminal.say("result")
    with terminal.progress() as tell:
        tell(1, 2)
    said = capsys.readouterr()
    assert (said.out, said.err) == ("result\n", "")


def test_progress_of_a_log_is_sparse(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 1.0, 11.0, 12.0, 25.0])
    monkeypatch.setattr("experiments.cli.terminal.time.monotonic", lambda: next(clock))
    with Terminal().progress() as tell:
        for done in (0.5, 1.0, 1.5, 2.0):
            tell(done, 4)
    assert capsys.readouterr().err.splitlines() == ["1 of 4 replicates, 11 s", "2 of 4 replicates, 25 s"]
