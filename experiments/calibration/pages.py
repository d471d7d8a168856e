"""Tables of a calibration's record as Markdown, for pages that must not drift from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.analyses.parameters import parameter_label
from experiments.calibration.words import percent
from experiments.design import DesignError
from scenarios.library import SHIPPED

RECORD = SHIPPED / "world" / "calibration.json"
"""The record of the calibration that the shipped posterior comes from."""
SCHEMA = "talentflow.calibrate/1"
_NAMED = 3


def read_calibration(file: Path = RECORD) -> dict[str, Any]:
    """Return the record of a calibration, as :meth:`experiments.calibration.result.Calibration.to_json` wrote it.

    Raises
    ------
    DesignError
        If it cannot be read or is something else.
    """
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DesignError(f"{file}: not the record of a calibration: {error}") from error
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise DesignError(f"{file}: not the record of a calibration ({SCHEMA})")
    return found


def targets_table(record: Mapping[str, Any]) -> str:
    """Return observed numbers beside what the posterior says of them, and would have said without them."""
    head = ("observed number", "period", "unit", "observed", "mean", "foretold, 90%", "without it, 90%", "holds")
    rows = []
    for one in record["targets"]:
        out = one["left_out"]
        rows.append(
            (
                one["label"]["en"] + ("" if one["fitted"] else " (not fitted: the rest of a whole)"),
                one["label"]["period"],
                one["unit"],
                _number(one["observed"]),
                _number(one["predictive"]["mean"]),
                _band(one["predictive"]),
                "" if out is None else _band(out),
                "" if out is None else "yes" if out["holds"] else "no",
            )
        )
    return _table(head, rows)


def waves_table(record: Mapping[str, Any]) -> str:
    """Return what each wave left of the prior, and which observed numbers ruled out most."""
    titles = {one["id"]: f"{one['label']['en']} ({one['label']['period']})" for one in record["targets"]}
    rows = []
    for wave in record["waves"]:
        most = sorted(wave["rules_out"].items(), key=lambda item: -item[1])[:_NAMED]
        told = wave["foretold_by_last"]
        rows.append(
            (
                str(wave["number"]),
                str(wave["draws"]),
                percent(wave["share_left"]),
                "" if told is None else percent(told["inside_90"]),
                "; ".join(f"{titles[name]} {percent(share)}" for name, share in most),
            )
        )
    head = ("wave", "draws", "left of the prior", "runs inside the last wave's 90% bands", "ruled out most by")
    return _table(head, rows)


def parameters_table(record: Mapping[str, Any]) -> str:
    """Return prior and posterior of each parameter, the most narrowed first, with the check on known truths."""
    truths = {one["name"]: one for one in (record["known_truths"] or {"parameters": ()})["parameters"]}
    rows = []
    for one in sorted(record["parameters"], key=lambda one: -one["shrinkage"]):
        truth = truths.get(one["name"])
        rows.append(
            (
                parameter_label(one["name"], "en"),
                f"`{one['name']}`",
                _band(one["prior"]),
                _band(one["posterior"]),
                percent(max(0.0, one["shrinkage"])),
                "yes" if one["identified"] else "no",
                "" if truth is None else percent(truth["inside_90"]),
                "" if truth is None else f"{truth['p']:.2f}",
            )
        )
    head = ("parameter", "id", "prior, 90%", "posterior, 90%", "narrower by", "identified", "truths inside 90%", "p")
    return _table(head, rows)


TABLES = {"targets": targets_table, "waves": waves_table, "parameters": parameters_table}


def filled(page: str, record: Mapping[str, Any]) -> str:
    """Return a page with the tables of a record between its marks, ``<!-- table: NAME -->`` and ``<!-- end of table -->``."""
    for name, table in TABLES.items():
        before, mark, rest = page.partition(f"<!-- table: {name} -->\n")
        if mark:
            _, end, after = rest.partition("<!-- end of table -->")
            page = f"{before}{mark}\n{table(record)}\n{end}{after}"
    return page


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _band(ends: Mapping[str, float]) -> str:
    return f"{_number(ends['low'])} to {_number(ends['high'])}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
