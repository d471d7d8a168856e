"""The record of how well the model has agreed with data, so that a version that agrees less is noticed.

The same seeds, scale and replicates give the same numbers; so what differs from the record is the model's doing. A number
that stays on the same side of its limit, and moves no further than luck may move it, is not told.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from experiments.checks import Check
from experiments.design import Design, DesignError
from experiments.patterns import Readings
from scenarios.library import SHIPPED

SCHEMA = "talentflow.record/1"
FILE = SHIPPED / "world" / "record.json"
RMS_SLACK = 0.1
"""How much the root mean square of z may rise before it counts: other luck moves it by about half as much."""
_VERDICTS = ("not predicted", "unclear", "predicted")

Kind = Literal["met", "implausible", "rms_z", "pattern"]


@dataclass(frozen=True)
class Worsening:
    """One score that is worse than on record: that of a section, or the verdict on a pattern.

    ``lost`` are the targets of a section that were met on record and are not now.
    """

    kind: Kind
    name: str
    before: Any
    now: Any
    lost: tuple[str, ...] = ()


def record_of(check: Check, readings: Readings | None) -> dict[str, Any]:
    """Return the record that a check makes, as plain values."""
    told = check.to_dict()
    return {
        "schema": SCHEMA,
        **{name: told[name] for name in ("scenario", "seed", "replicates", "scale", "version", "scores")},
        "met": {
            name: [answer.target.id for answer in answers if answer.is_met] for name, answers in check.sections.items()
        },
        "patterns": {one.pattern.id: one.verdict for one in readings.answers} if readings else {},
    }


def read_record(file: Path = FILE) -> dict[str, Any]:
    """Return a record that :func:`record_of` made.

    Raises
    ------
    DesignError
        If there is none, or the file holds something else.
    """
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise DesignError(f"{file}: the record cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise DesignError(f"{file}: the record is not JSON: {error}") from error
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise DesignError(f"{file}: not a record of checks ({SCHEMA})")
    return found


def is_comparable(record: Mapping[str, Any], scenario: str, design: Design) -> bool:
    """Return whether a check of a scenario with a design was made as the record was."""
    asked = {"scenario": scenario, "seed": design.seed, "replicates": design.replicates, "scale": design.scale}
    return all(record[name] == value for name, value in asked.items())


def worsenings(record: Mapping[str, Any], now: Mapping[str, Any]) -> list[Worsening]:
    """Return what is worse now than on record; both as :func:`record_of` gives them.

    Sections and patterns that only one of them has, and sections with another number of targets, are not compared.
    """
    found: list[Worsening] = []
    for name in (section for section in record["scores"] if section in now["scores"]):
        lost = tuple(target for target in record["met"][name] if target not in now["met"][name])
        found += _of_section(name, record["scores"][name], now["scores"][name], lost)
    for name, before in record["patterns"].items():
        verdict = now["patterns"].get(name, before)
        if _VERDICTS.index(verdict) < _VERDICTS.index(before):
            found.append(Worsening("pattern", name, before, verdict))
    return found


def _of_section(
    name: str, before: Mapping[str, Any], after: Mapping[str, Any], lost: tuple[str, ...]
) -> list[Worsening]:
    if after["total"] != before["total"]:
        return []
    found: list[Worsening] = []
    if after["met"] < before["met"]:
        found.append(Worsening("met", name, before["met"], after["met"], lost))
    if after["implausible"] > before["implausible"]:
        found.append(Worsening("implausible", name, before["implausible"], after["implausible"]))
    rises = None not in (before["rms_z"], after["rms_z"]) and after["rms_z"] > before["rms_z"] + RMS_SLACK
    if rises:
        found.append(Worsening("rms_z", name, before["rms_z"], after["rms_z"]))
    return found
