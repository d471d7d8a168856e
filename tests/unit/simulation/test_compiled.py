from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation import compiled as machinery
from simulation import draws
from simulation.compiled import NotARuleError, compiled, inlined, rule, rules

ROOT = Path(__file__).parents[3]
HALF = 0.5


@rule
def half(x: float) -> float:
    return HALF * x


@inlined
@rule
def quarter(x: float, times: int = 1) -> float:
    for _ in range(times):
        x = half(half(x))
    return x


@rule
def is_even(n: int) -> bool:
    return True if n == 0 else is_odd(n - 1)


@rule
def is_odd(n: int) -> bool:
    return False if n == 0 else is_even(n - 1)


@rule
def factorial(n: int) -> int:
    return 1 if n < 2 else n * factorial(n - 1)


@rule
def root_of(x: float) -> float:
    if x < 0.0:
        raise ValueError("a root of a negative number")
    return x * HALF


@rule
def twice_the_root_of(x: float) -> float:
    return root_of(x) + root_of(x)


@rule
def through_a_module(x: float) -> float:
    return draws.exp(x) + float(draws.TASTE)


@rule
def with_widths(row: Any) -> float:
    return quarter(1.0, row.short) + quarter(1.0, row.long) + quarter(1.0, 3) + quarter(1.0)


def forgotten(x: float) -> float:
    return x + 1.0


@rule
def calls_forgotten(x: float) -> float:
    return forgotten(x)


@rule
def calls_what_calls_forgotten(x: float) -> float:
    return calls_forgotten(x)


@rule
def attribute_of_the_same_name(row: Any) -> float:
    return float(row.forgotten)


def with_a_free_variable(step: float) -> Any:
    def moved(x: float) -> float:
        return x + step

    return moved


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the test a cache of its own and forget it afterwards."""
    monkeypatch.setenv("TALENTFLOW_CACHE_DIR", str(tmp_path / "cache"))
    machinery.cache_folder.cache_clear()
    yield tmp_path / "cache"
    machinery.cache_folder.cache_clear()


def python(code: str, **environment: str) -> str:
    """Run some code in a process of its own and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_marking_a_rule_returns_the_function_itself() -> None:
    assert rule(half) is half
    assert inlined(quarter) is quarter
    assert half(3.0) == 1.5


def test_rules_are_listed_in_the_order_of_their_definition() -> None:
    listed = rules()
    assert listed.index(draws.philox) < listed.index(draws.uniform) < listed.index(half) < listed.index(quarter)


def test_a_rule_is_compiled_once() -> None:
    assert compiled(half) is compiled(half)


def test_compiled_code_is_compiled_and_the_rule_stays_plain() -> None:
    assert compiled(half)(8.0) == half(8.0) == 4.0
    assert len(compiled(half).nopython_signatures) == 1
    assert not hasattr(half, "nopython_signatures")


@pytest.mark.parametrize("function", [is_even, is_odd, factorial])
def test_a_rule_that_calls_itself_is_refused(function: Any) -> None:
    for _ in range(2):
        with pytest.raises(NotARuleError, match=f"{function.__name__} calls itself, directly or through others"):
            compiled(function)


def test_an_error_in_a_rule_that_a_kernel_calls_reaches_python() -> None:
    twin = compiled(twice_the_root_of)
    assert twin(4.0) == 4.0
    with pytest.raises(ValueError, match="a root of a negative number"):
        twin(-4.0)


def test_two_kernels_share_a_rule() -> None:
    assert compiled(half)(3.0) + compiled(twice_the_root_of)(3.0) + compiled(quarter)(4.0) == 5.5


def test_a_rule_is_found_through_the_module_that_holds_it() -> None:
    assert compiled(through_a_module)(1.0) == through_a_module(1.0)
    assert draws.exp.__class__ is half.__class__


def test_a_callee_is_compiled_once_for_all_widths_of_integers_and_all_constants() -> None:
    rows = np.array([(2, 5)], dtype=[("short", "i1"), ("long", "i8")])
    assert compiled(with_widths)(rows[0]) == with_widths(rows.view(np.recarray)[0])
    inner = machinery._twin(quarter, inner=True)
    assert [str(each) for each in inner.nopython_signatures] == ["(float64, int64) -> float64"]


def test_a_division_by_zero_does_not_stop_compiled_code() -> None:
    @rule
    def inverse(x: float) -> float:
        return 1.0 / x

    assert compiled(inverse)(0.0) == float("inf")


@pytest.mark.parametrize("function", [calls_forgotten, calls_what_calls_forgotten])
def test_a_call_of_what_is_no_rule_is_refused_with_both_names(function: Any) -> None:
    for _ in range(2):
        with pytest.raises(NotARuleError, match=r"calls_forgotten calls .*forgotten, which is not a rule: mark it"):
            compiled(function)


def test_an_attribute_may_have_the_name_of_a_function_that_is_no_rule() -> None:
    rows = np.array([(2.5,)], dtype=[("forgotten", "f8")])
    assert compiled(attribute_of_the_same_name)(rows[0]) == 2.5


@pytest.mark.parametrize("thing", [with_a_free_variable(1.0), len, type("Thing", (), {})])
def test_only_plain_functions_without_free_variables_are_compiled(thing: Any) -> None:
    with pytest.raises(NotARuleError, match="must be a plain function without free variables"):
        compiled(thing)


def test_importing_rules_does_not_import_numba() -> None:
    code = "import sys, simulation.draws, simulation.compiled; print('numba' in sys.modules, 'llvmlite' in sys.modules)"
    assert python(code) == "False False"


def test_numba_finds_its_own_cache_folder_unchanged(own_cache: Path) -> None:
    import numba

    before = numba.config.CACHE_DIR
    compiled(through_a_module, cache=True)
    assert before == numba.config.CACHE_DIR


KERNEL = """
from simulation import draws
from simulation.compiled import rule

@rule
def total(n, seed):
    result = 0.0
    for person in range(n):
        result += draws.normal(seed, person, 3, draws.TASTE)
    return result
"""
RUN = """
import kernel_of_a_test
from simulation.compiled import compiled, mark_compiled, needs_compiling
needed = needs_compiling()
twin = compiled(kernel_of_a_test.total, cache=True)
value = twin(10, 5)
mark_compiled()
print(needed, sum(twin.stats.cache_hits.values()), value == kernel_of_a_test.total(10, 5))
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a folder with a kernel and its own copy of the machinery, which nobody edits meanwhile."""
    (tmp_path / "simulation").mkdir()
    (tmp_path / "simulation" / "__init__.py").touch()
    for name in ("compiled.py", "draws.py"):
        shutil.copy(ROOT / "simulation" / name, tmp_path / "simulation")
    (tmp_path / "kernel_of_a_test.py").write_text(KERNEL, encoding="utf-8")
    return tmp_path


def test_a_second_process_finds_the_kernel_on_disk_and_says_so_before(place: Path) -> None:
    outcomes = [python(RUN, PYTHONPATH=str(place), TALENTFLOW_CACHE_DIR=str(place / "cache")) for _ in range(2)]
    assert outcomes == ["True 0 True", "False 1 True"]


def test_an_edited_rule_is_compiled_again(place: Path) -> None:
    def run() -> str:
        return python(RUN, PYTHONPATH=str(place), TALENTFLOW_CACHE_DIR=str(place / "cache"))

    assert run() == "True 0 True"
    source = place / "simulation" / "draws.py"
    before = source.read_text(encoding="utf-8")
    source.write_text(before.replace("range(10)", "range(9)"), encoding="utf-8")
    assert source.read_text(encoding="utf-8") != before
    assert run() == "True 0 True"


def test_a_place_that_cannot_be_written_costs_the_cache_and_nothing_else(place: Path) -> None:
    (place / "a-file").write_text("in the way", encoding="utf-8")
    shown = python(RUN, PYTHONPATH=str(place), TALENTFLOW_CACHE_DIR=str(place / "a-file"), TMPDIR=str(place))
    assert shown == "True 0 True"
    assert not list(place.glob("talentflow-*"))


def test_the_cache_has_a_folder_that_names_its_key(own_cache: Path) -> None:
    assert machinery.cache_folder() == own_cache / machinery.cache_key(ROOT / "simulation")
    assert machinery.needs_compiling()
    machinery.mark_compiled()
    assert not machinery.needs_compiling()


@pytest.mark.parametrize("variable", ["XDG_CACHE_HOME", "LOCALAPPDATA"])
def test_without_a_choice_the_cache_lies_with_the_users_other_caches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.delenv("TALENTFLOW_CACHE_DIR", raising=False)
    monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.setattr(sys, "platform", "win32" if variable == "LOCALAPPDATA" else "linux")
    assert machinery.user_cache() == tmp_path / "talentflow"


def test_editing_adding_or_renaming_a_source_changes_the_key(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    source = tmp_path / "rules" / "tax.py"
    source.write_text("RATE = 3", encoding="utf-8")
    first = machinery.cache_key(tmp_path)
    assert machinery.cache_key(tmp_path) == first
    source.write_text("RATE = 4", encoding="utf-8")
    edited = machinery.cache_key(tmp_path)
    source.rename(tmp_path / "rules" / "duty.py")
    renamed = machinery.cache_key(tmp_path)
    (tmp_path / "more.py").touch()
    assert len({first, edited, renamed, machinery.cache_key(tmp_path)}) == 4


def test_another_processor_has_another_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = machinery.cache_key(tmp_path)
    monkeypatch.setattr(machinery, "_processor", lambda: "another")
    assert machinery.cache_key(tmp_path) != here


def test_only_old_folders_of_ours_are_dropped(own_cache: Path) -> None:
    for age in range(12):
        old = own_cache / f"version-{age}"
        old.mkdir(parents=True)
        (old / machinery._MARKER).touch()
        os.utime(old / machinery._MARKER, (1e9 - age, 1e9 - age))
    (own_cache / "holiday-photos").mkdir()
    machinery.mark_compiled()
    kept = {path.name for path in own_cache.iterdir()}
    assert kept == {"holiday-photos", machinery.cache_folder().name} | {f"version-{age}" for age in range(7)}
