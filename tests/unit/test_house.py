"""The rules of the house that no linter knows: what may stand where, and how long a module may get."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("simulation", "scenarios", "experiments")
LINES_MAX = 400
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "process", "info", "data", "misc", "common"}

EFFECTS = {"print", "open", "input", "exec", "eval", "breakpoint"}
EDGES = {"pathlib", "os", "io", "shutil", "subprocess", "yaml", "json", "csv", "matplotlib", "logging", "random"}
KEEPS_MACHINE_CODE = "compiled.py"
"""The one module of the simulation that touches the disk: it keeps what Numba has compiled."""

MEETS_MESA = {"model.py", "professional.py", "places.py"}
"""Mesa hands a generator to whoever asks for shuffled agents; no rule sees it."""

TRANSCENDENTAL = re.compile(
    r"a?(sin|cos|tan)h?|arc(sin|cos|tan)h?2?|atan2|exp2?|expm1|log|log1p|log2|log10|logaddexp2?|pow|power|float_power"
    r"|cbrt|hypot|erfc?|l?gamma|dist"
)
"""Functions of math and numpy whose last bit depends on the machine; ``simulation.draws`` has ours."""


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and full name of everything imported, at the top or inside a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def effects(source: str) -> list[str]:
    """Return what in some source prints, reads or reaches outside."""
    tree = ast.parse(source)
    calls = [
        f"line {node.lineno} calls {node.func.id}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in EFFECTS
    ]
    reached = [f"line {line} imports {name}" for line, name in imports(tree) if name.partition(".")[0] in EDGES]
    return calls + reached


def inexact(source: str) -> list[str]:
    """Return what in some source may give other bits on another machine, or other luck in another order."""
    tree = ast.parse(source)
    found = [
        f"line {line} imports {name}"
        for line, name in imports(tree)
        if name.startswith("numpy.random") or (_from_mathematics(name) and _is_transcendental(name.rpartition(".")[2]))
    ]
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in {"math", "np", "numpy"}
        ):
            if node.attr == "random" or _is_transcendental(node.attr):
                found.append(f"line {node.lineno} uses {node.value.id}.{node.attr}")
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and not _is_constant(node):
            found.append(f"line {node.lineno} uses **")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "pow":
            found.append(f"line {node.lineno} calls pow")
    return found


def _from_mathematics(name: str) -> bool:
    return name.partition(".")[0] in {"math", "cmath", "numpy", "scipy"}


def _is_transcendental(name: str) -> bool:
    return TRANSCENDENTAL.fullmatch(name) is not None


def _is_constant(node: ast.BinOp) -> bool:
    """Say whether a power is a constant, which Python folds exactly: 2**32, 2.0**-52."""
    return all(not isinstance(part, ast.Name | ast.Attribute | ast.Call | ast.Subscript) for part in ast.walk(node))


@pytest.mark.parametrize("path", modules(*PACKAGES, "tests"), ids=relative)
def test_a_module_is_at_most_400_lines_long(path: Path) -> None:
    n_lines = path.read_text(encoding="utf-8").count("\n")
    assert n_lines <= LINES_MAX


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [relative(path) for path in modules(*PACKAGES, "tests") if path.stem in EMPTY_NAMES] == []


@pytest.mark.parametrize(
    "path", [path for path in modules("simulation") if path.name != KEEPS_MACHINE_CODE], ids=relative
)
def test_the_simulation_prints_nothing_and_reads_no_file(path: Path) -> None:
    assert effects(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", [path for path in modules("simulation") if path.name not in MEETS_MESA], ids=relative)
def test_the_simulation_draws_and_computes_the_same_bits_everywhere(path: Path) -> None:
    assert inexact(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "print(1)",
        "def f():\n    open('x')",
        "from pathlib import Path",
        "def f():\n    import yaml",
        "import matplotlib.pyplot as plt",
    ],
)
def test_an_effect_in_the_simulation_would_be_found(source: str) -> None:
    assert len(effects(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "import numpy.random",
        "from numpy import random",
        "np.random.default_rng(1)",
        "from math import exp",
        "math.log1p(x)",
        "np.tanh(x)",
        "math.atan2(y, x)",
        "x ** 0.5",
        "2.0 ** n",
        "pow(x, y)",
    ],
)
def test_an_inexact_computation_would_be_found(source: str) -> None:
    assert len(inexact(source)) == 1


@pytest.mark.parametrize("source", ["math.sqrt(x)", "2**32 - 1", "math.floor(x)", "draws.exp(x)", "np.full(3, 1.0)"])
def test_an_exact_computation_is_left_alone(source: str) -> None:
    assert inexact(source) == []
