"""Samples of uncertain parameters, read from CSV: a column a parameter, a row a setting."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scenarios.library import SHIPPED, library_at
from scenarios.names import nearest, shown
from scenarios.problems import Findings
from scenarios.targets import Target, assumption_paths, target_of

WEIGHT = "weight"
BYTES_MAX = 64_000_000


@dataclass(frozen=True)
class Sample:
    """Settings of parameters: ``values`` by row in the order of ``names``; ``weights`` by row, None without that column."""

    names: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    weights: tuple[float, ...] | None


def read_sample(path: Path, shown_as: str) -> Sample:
    """Return the settings of a CSV file whose first row holds names.

    A name is that of an uncertainty (``beta``, ``career_gain.research``) or a full path; ``weight`` holds weights, at
    least 0 and not all 0.

    Raises
    ------
    scenarios.ScenarioProblems
        For every cell that is no number or outside its limits, every unknown name, and a file that cannot be read.
    """
    findings = Findings(shown_as)
    rows = _rows(path, findings)
    columns = _columns(rows[0], findings)
    findings.raise_if_any()
    table = [_numbers(line, row, columns, findings) for line, row in enumerate(rows[1:], 2) if row]
    findings.raise_if_any()
    names = tuple(name for name, _ in columns)
    at = names.index(WEIGHT) if WEIGHT in names else None
    weights = None if at is None else tuple(row[at] for row in table)
    if not table or len(names) == (at is not None) or (weights is not None and sum(weights) <= 0):
        findings.stop((1, 1), "bad-value", key="file", value=shown(shown_as, 80), rule=_RULE)
    keep = [index for index in range(len(names)) if index != at]
    return Sample(
        tuple(names[index] for index in keep), tuple(tuple(row[index] for index in keep) for row in table), weights
    )


_RULE = {
    "en": "it holds a row of names of parameters, and a row of numbers for each setting, some of weight above 0",
    "zh": "首行须为参数名，其后每行为一组数值，且至少一行权重大于0",
}


def _rows(path: Path, findings: Findings) -> list[list[str]]:
    """Return the cells of a plain file."""
    value = shown(findings.file, 200)
    if not path.is_file():
        findings.stop((0, 0), "not-a-file" if path.exists() else "no-file", value=value)
    with path.open("rb") as opened:
        raw = opened.read(BYTES_MAX + 1)
    if len(raw) > BYTES_MAX:
        findings.stop((1, 1), "too-large", size=len(raw), limit=BYTES_MAX)
    try:
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
    except UnicodeDecodeError:
        findings.stop((1, 1), "not-utf8")
    except csv.Error as error:
        findings.stop((1, 1), "unreadable", value=value, detail=str(error))
    if not rows or not rows[0]:
        findings.stop((1, 1), "empty-file")
    return rows


def _columns(header: Sequence[str], findings: Findings) -> list[tuple[str, Target | None]]:
    """Return the name of every column and what it sets, None for weights; note what is unknown or named twice."""
    library = library_at(SHIPPED)
    columns: list[tuple[str, Target | None]] = []
    for column, name in enumerate((cell.strip() for cell in header), 1):
        target = None if name == WEIGHT else target_of(parameter_path(name), library)
        if any(name == other for other, _ in columns):
            findings.add((1, column), "duplicate-key", key=name, first=1)
        elif name != WEIGHT and (target is None or name in library.levers):
            paths = assumption_paths(library)
            known = [path.removeprefix("behaviour.") for path in paths]
            findings.add((1, column), "unknown-uncertainty", value=shown(name), nearest=nearest(name, known))
        columns.append((name, target))
    return columns


def parameter_path(name: str) -> str:
    """Return the full path of a parameter of behaviour or the world.

    >>> parameter_path("beta"), parameter_path("world.origins.japan.home_pay")
    ('behaviour.beta', 'world.origins.japan.home_pay')
    """
    return name if name.partition(".")[0] in {"behaviour", "world"} else f"behaviour.{name}"


def _numbers(
    line: int, row: Sequence[str], columns: Sequence[tuple[str, Target | None]], findings: Findings
) -> tuple[float, ...]:
    if len(row) != len(columns):
        rule = {"en": f"a row has {len(columns)} cells", "zh": f"每行须有{len(columns)}格"}
        findings.add((line, 1), "bad-value", key="row", value=len(row), rule=rule)
        return ()
    return tuple(_number((line, at), cell, columns[at - 1], findings) for at, cell in enumerate(row, 1))


def _number(mark: tuple[int, int], cell: str, column: tuple[str, Target | None], findings: Findings) -> float:
    """Return the number of a cell at ``mark``, which is line and column of the table."""
    name, target = column
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    low, high = (target.low, target.high) if target else (0.0, math.inf)
    if not math.isfinite(value):
        findings.add(mark, "not-a-number", key=name, value=shown(cell))
    elif not low <= value <= high:
        rule = {"en": f"{low:g} to {high:g}", "zh": f"{low:g}至{high:g}"}
        findings.add(mark, "out-of-bounds", key=name, value=shown(value), rule=rule)
    elif target is not None and target.is_whole and not value.is_integer():
        findings.add(mark, "not-whole", key=name, value=shown(value))
    return value
