"""Notebooks of the lessons are up to date, and run."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import matplotlib as mpl
import pytest

import experiments
from experiments import compare
from experiments.classroom.lessons.reading import read_lesson, shipped

ROOT = Path(__file__).parents[5]
FOLDER = ROOT / "docs" / "notebooks"


def maker() -> ModuleType:
    """Return docs/notebooks.py, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("notebooks", ROOT / "docs" / "notebooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sources(identity: str) -> list[str]:
    told = json.loads((FOLDER / f"{shipped()[identity].stem}.ipynb").read_text("utf-8"))
    return ["".join(cell["source"]) for cell in told["cells"] if cell["cell_type"] == "code"]


def test_every_lesson_has_a_notebook_and_no_other_is_left() -> None:
    assert {path.stem for path in FOLDER.glob("*.ipynb")} == {path.stem for path in shipped().values()}


@pytest.mark.parametrize("identity", list(shipped()))
def test_a_notebook_is_up_to_date(identity: str) -> None:
    written = (FOLDER / f"{shipped()[identity].stem}.ipynb").read_text("utf-8")
    assert written == maker().text_of(read_lesson(identity)), "run: python -m docs.notebooks"


@pytest.mark.parametrize("identity", list(shipped()))
def test_a_notebook_is_valid_and_holds_no_outputs(identity: str) -> None:
    nbformat = pytest.importorskip("nbformat")
    told = nbformat.read(FOLDER / f"{shipped()[identity].stem}.ipynb", as_version=4)
    nbformat.validate(told)
    assert not any(cell.get("outputs") for cell in told.cells)


@pytest.fixture
def coarse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare with few rows and pairs, whatever a cell asks for: what it prints is not looked at."""

    def compared(*laws: Any, **settings: Any) -> Any:
        return compare(*laws, **{**settings, "replicates": 2, "scale": 50_000})

    monkeypatch.setattr(experiments, "compare", compared)


@pytest.mark.usefixtures("coarse")
@pytest.mark.parametrize("identity", list(shipped()))
def test_the_cells_of_a_notebook_run(identity: str, capsys: pytest.CaptureFixture[str]) -> None:
    backend = mpl.get_backend()
    mpl.use("Agg")
    space: dict[str, Any] = {}
    try:
        for source in sources(identity):
            exec(compile(source, identity, "exec"), space)  # noqa: S102 - our own cells
    finally:
        if "plt" in space:
            space["plt"].close("all")
        mpl.use(backend)
    assert capsys.readouterr().out.count("No answer yet.") == len(read_lesson(identity).questions)


def test_a_notebook_runs_in_a_kernel() -> None:
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    told = nbformat.read(FOLDER / "02-points.ipynb", as_version=4)
    told.cells = [cell for cell in told.cells if "compare" not in cell.source]
    code = next(cell for cell in told.cells if cell.source.startswith("answer("))
    code.source = "answer('points-of-marta', 74)"
    nbclient.NotebookClient(
        told, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}
    ).execute()
    assert "Right: 74 points." in code.outputs[0].text
