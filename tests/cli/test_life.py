"""``talentflow life``: biographies, and the people picked to tell of."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from experiments import biography_labels, public_facts
from experiments.cli.life import _KINDS
from experiments.picking import KINDS
from simulation.biography import terms

Call = Callable[..., Result]
REFORM = "whole-article"
RUN = ("--scale", "8000", "--until", "2032-12")


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep facts in a folder of the tests."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(public_facts, "user_cache", lambda: folder)
        yield folder


@pytest.fixture
def life(talentflow: Call) -> Call:
    def call(*arguments: object) -> Result:
        return talentflow("life", *arguments, *RUN)

    return call


@pytest.fixture
def somebody(life: Call) -> int:
    """Return the number of a person who came back to China."""
    return int(json.loads(life("--pick", "came-back", "--json", "--quiet").stdout)["id"])


def test_the_first_life_makes_the_run_and_later_ones_read_it(life: Call, cache: Path) -> None:
    first, second = life(1, "--seed", 5), life(2, "--seed", 5)
    assert "running baseline once at scale 8,000" in first.stderr
    assert second.stderr == ""
    assert list(cache.rglob("*.npz"))


def test_a_life_is_told_with_dates_reasons_and_a_warning(life: Call, somebody: int) -> None:
    text = life(somebody).stdout
    assert "nobody real, and no forecast" in text
    assert re.search(r"^[A-Z][a-z]+ 20\d\d: ", text, re.MULTILINE)
    assert re.search(r"Balance [+−]\d\.\d\d a year against life", text)
    assert re.search(r"\[work_permit\.[a-z_.]+; ([A-Z]\d-\d\d|assumption)\]", text)
    assert "where the model ends" in text


def test_a_life_is_told_in_chinese(life: Call, somebody: int) -> None:
    text = life(somebody, "--lang", "zh").stdout
    assert "此人由模型虚构" in text
    assert re.search(r"^20\d\d年\d+月：", text, re.MULTILINE)
    without_paths = re.sub(r"\[[^\]]*\]", "", text)
    assert set(re.findall(r"[A-Za-z]{2,}", without_paths)) <= {"HSK"}


def test_the_json_of_a_life_has_the_fixed_form(life: Call, somebody: int) -> None:
    told = json.loads(life(somebody, "--json", "--quiet").stdout)
    assert (told["schema"], told["id"], told["scenario"]) == ("talentflow.life/1", somebody, "baseline")
    assert {"application", "entry", "left"} <= {event["event"] for event in told["events"]}
    for event in told["events"]:
        assert re.fullmatch(r"20\d\d-\d\d", event["date"])
        assert event["text"]
        assert set(event["terms"]) <= set(terms.NAMES)
        if event["gain"] is not None:
            assert sum(event["terms"].values()) == pytest.approx(event["gain"], abs=1e-9)


def test_the_full_story_tells_every_event(life: Call, somebody: int) -> None:
    events = json.loads(life(somebody, "--json", "--quiet").stdout)["events"]
    full = life(somebody, "--full").stdout
    assert len(re.findall(r"^[A-Z][a-z]+ 20\d\d: ", full, re.MULTILINE)) == len({event["date"] for event in events})
    assert len(life(somebody).stdout) <= len(full)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_same_command_gives_the_same_bytes(life: Call, somebody: int, lang: str) -> None:
    arguments = (somebody, "--against", REFORM, "--lang", lang)
    life(*arguments)
    assert life(*arguments).stdout_bytes == life(*arguments).stdout_bytes
    assert life(*arguments, "--json").stdout_bytes == life(*arguments, "--json").stdout_bytes


def test_two_lives_are_the_same_until_they_part(life: Call) -> None:
    result = life("--pick", "came-only-because", "--scenario", REFORM, "--json", "--quiet")
    told = json.loads(result.stdout)
    own, other = told["events"], told["against"]["events"]
    shared = told["parting"]["shared_events"]
    kept = ("date", "event", "variant")
    assert [[event[name] for name in kept] for event in own[:shared]] == [
        [event[name] for name in kept] for event in other[:shared]
    ]
    assert told["parting"]["reasons"]
    assert "entry" in {event["event"] for event in own}
    assert not {"entry"} & {event["event"] for event in other}
    assert told["parting"]["date"] >= "2026-01"


def test_two_lives_under_one_law_never_part(life: Call, somebody: int) -> None:
    told = json.loads(life(somebody, "--against", "baseline", "--json", "--quiet").stdout)
    assert told["parting"] is None
    assert "the same to the end" in life(somebody, "--against", "baseline").stdout


def test_a_comparison_tells_both_lives_apart_with_the_reason(life: Call) -> None:
    text = life("--pick", "came-only-because", "--scenario", REFORM).stdout
    assert "Picked as a person of this kind: came under this law only." in text
    assert re.search(r"^== In [A-Z][a-z]+ 20\d\d the two lives part", text, re.MULTILINE)
    assert text.count("== Under “") == 2


def test_a_pick_is_always_the_same_person(life: Call) -> None:
    picks = [json.loads(life("--pick", "left-despite", "--scenario", REFORM, "--json").stdout)["id"] for _ in range(2)]
    assert picks[0] == picks[1] > 0


def test_a_pick_beside_another_law_is_not_of_the_kind_there(life: Call) -> None:
    arguments = ("--pick", "came-back", "--scenario", REFORM, "--against", "baseline", "--json", "--quiet")
    told = json.loads(life(*arguments).stdout)
    entries = [sum(event["event"] == "entry" for event in side) for side in (told["events"], told["against"]["events"])]
    assert entries[0] > entries[1]


def test_a_kind_of_which_there_is_nobody_is_said_to_have_nobody(talentflow: Call) -> None:
    few = ("--scale", "200000", "--until", "2018-12")
    result = talentflow("life", "--pick", "pension-reached", *few)
    assert result.exit_code == 0
    assert "Nobody of this kind" in result.stdout
    assert json.loads(talentflow("life", "--pick", "pension-reached", *few, "--json").stdout)["id"] is None


def test_help_lists_the_kinds_there_are(talentflow: Call) -> None:
    assert tuple(kind.name for kind in KINDS) == _KINDS
    text = re.sub(r"-\s+", "-", talentflow("life", "--help").stdout)
    assert all(name in text for name in _KINDS)


@pytest.mark.parametrize("number", ["0", "9999999"])
def test_a_number_that_nobody_has_is_refused_with_the_range(life: Call, number: str) -> None:
    result = life(number)
    assert result.exit_code == 2
    assert re.search(r"people are numbered 1 to \d+ where one row stands for 8000", result.stderr)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name a person by number, or a kind with --pick"),
        (("3", "--pick", "refused"), "and not both"),
        (("three",), "'three' is not a valid integer"),
        (("--pick", "refusal"), "is not one of"),
        (("--pick", "came-only-because"), "is about two laws"),
        (("3", "--scenario", "whole-artcle"), "whole-article"),
        (("3", "--seed", "-1"), "--seed"),
    ],
)
def test_what_cannot_be_told_is_refused_with_code_2(life: Call, arguments: tuple[str, ...], said: str) -> None:
    result = life(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_seed_0_is_a_seed_of_its_own(life: Call) -> None:
    lines = [life(1, "--seed", seed, "--quiet").stdout.splitlines() for seed in (0, 5)]
    assert lines[0][0] == lines[1][0]
    assert lines[0][2] != lines[1][2]


def test_a_person_to_whom_nothing_happens_has_a_life_too(life: Call) -> None:
    quiet = (number for number in range(1, 200) if not json.loads(life(number, "--json", "--quiet").stdout)["events"])
    text = life(next(quiet)).stdout
    assert "Nothing that concerns China happens" in text


def test_every_term_has_a_name() -> None:
    assert set(biography_labels.TERMS) == set(terms.NAMES)
