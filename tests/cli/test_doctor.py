from __future__ import annotations

import json
import socket
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from experiments import doctor
from experiments.doctor import CHECKS, Finding, examine, wrong_packages
from experiments.doctor_words import WORDS


def look(name: str, lang: str = "en") -> Finding:
    return CHECKS[name](name, lang)


def test_a_machine_that_runs_the_tests_passes_with_the_same_bits_from_both_engines(talentflow: Any) -> None:
    result = talentflow("doctor", "--json")
    told = json.loads(result.stdout)
    assert (told["schema"], told["ok"], result.exit_code) == ("talentflow.doctor/1", True, 0)
    assert [check["check"] for check in told["checks"]] == list(CHECKS)
    assert all(set(check) == {"check", "status", "found", "advice"} for check in told["checks"])
    assert all(bool(check["advice"]) == (check["status"] != "ok") for check in told["checks"])


def test_every_check_has_a_name_in_both_languages() -> None:
    assert {f"check_{name}" for name in CHECKS} <= set(WORDS)
    assert all(all(words) for words in WORDS.values())


def only(monkeypatch: pytest.MonkeyPatch, *findings: Finding) -> None:
    checks = {finding.check: (lambda name, lang, finding=finding: finding) for finding in findings}
    monkeypatch.setattr(doctor, "CHECKS", checks)


def test_a_failure_ends_with_its_own_code_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch, talentflow: Any) -> None:
    only(monkeypatch, Finding("cache", "warn", "so so", "do this"), Finding("port", "fail", "no port", "ask"))
    result = talentflow("doctor", "--lang", "zh")
    assert result.exit_code == 6
    assert [line.strip() for line in result.stdout.splitlines()] == [
        "注意  缓存: so so",
        "do this",
        "有误  端口: no port",
        "ask",
    ]
    assert json.loads(talentflow("doctor", "--json").stdout)["ok"] is False


def test_warnings_alone_are_no_failure(monkeypatch: pytest.MonkeyPatch, talentflow: Any) -> None:
    only(monkeypatch, Finding("font", "warn", "none", "install one"))
    assert talentflow("doctor").exit_code == 0


def test_a_check_that_breaks_is_a_failure_and_the_others_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str, lang: str) -> Finding:
        raise RuntimeError("boom")

    monkeypatch.setattr(doctor, "CHECKS", {"port": broken, "processors": CHECKS["processors"]})
    first, second = examine("en")
    assert (first.status, first.found) == ("fail", "could not be checked: RuntimeError: boom")
    assert second.status == "ok"


REQUIRED = [
    "click>=8.2",
    "numpy>=999",
    "nothing-of-this-name>=1",
    "optuna<0; extra == 'analysis'",
    "absent; extra == 'x'",
]


def test_packages_out_of_range_are_told_and_extras_only_where_they_are_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    versions = {"click": "8.3", "numpy": "2.4", "optuna": "4.5"}

    def version(name: str) -> str:
        if name not in versions:
            raise metadata.PackageNotFoundError(name)
        return versions[name]

    monkeypatch.setattr(metadata, "requires", lambda _: REQUIRED)
    monkeypatch.setattr(metadata, "version", version)
    assert wrong_packages() == (["numpy 2.4 (>=999)", "nothing-of-this-name"], ["optuna 4.5 (<0)"])
    assert look("packages").status == "fail"
    monkeypatch.setattr(metadata, "requires", lambda _: REQUIRED[3:])
    assert look("packages").status == "warn"


def test_a_cache_that_cannot_be_written_is_a_warning(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    monkeypatch.setenv("TALENTFLOW_CACHE_DIR", str(file / "below"))
    found = look("cache")
    assert found.status == "warn"
    assert "TALENTFLOW_CACHE_DIR" in found.advice


def test_a_machine_without_a_port_of_its_own_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def bind(self: socket.socket, address: Any) -> None:
        raise OSError("not here")

    monkeypatch.setattr(socket.socket, "bind", bind)
    assert look("port").status == "fail"


def test_a_browser_that_is_missing_warns_and_one_wrongly_named_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALENTFLOW_BROWSER", "")
    assert look("browser").status == "warn"
    monkeypatch.setenv("TALENTFLOW_BROWSER", "/no/such/program")
    assert look("browser").status == "fail"


def test_runs_that_differ_between_engines_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_smoked", lambda engine: engine.encode())
    monkeypatch.setattr("simulation.compiled.needs_compiling", lambda: False)
    assert look("run").status == "fail"
    monkeypatch.setattr("simulation.compiled.needs_compiling", lambda: True)
    assert look("run").status == "ok"
