"""Uncertainties: how people decide, read from ``behaviour.yaml``, each with a default and a prior."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.checked import check_header, checked
from scenarios.elements import ELEMENTS, values_by_element
from scenarios.events import Document, read_file
from scenarios.facts import Fact, check_source
from scenarios.names import shown
from scenarios.problems import Findings
from scenarios.schema import PriorForm, UncertaintyForm
from simulation.records import BEHAVIOUR

SCHEMA = "talentflow.behaviour/1"


@dataclass(frozen=True)
class Prior:
    """What is believed of an uncertainty before calibration.

    ``kind`` is ``triangular`` (low, mode, high), ``uniform`` (low, high), ``normal`` (mean, sd) or ``fixed``;
    ``parts`` holds those numbers by name.
    """

    kind: str
    parts: Mapping[str, float]


@dataclass(frozen=True)
class Uncertainty:
    """One parameter of behaviour.

    ``default`` is a number or, for a vector, a number by element. ``role`` is ``calibrate``, ``sensitivity`` or
    ``fixed``. ``low`` and ``high`` are hard limits, infinite where none are stated.
    """

    name: str
    label: Mapping[str, str]
    unit: str
    default: float | Mapping[str, float]
    prior: Prior
    role: str
    source: str
    note: str
    file: str
    line: int
    low: float = -math.inf
    high: float = math.inf
    is_whole: bool = False


def read_behaviour(path: Path, facts: Mapping[str, Fact], shown_as: str) -> tuple[dict[str, Uncertainty], Findings]:
    """Return the uncertainties by name, in the order of the records, and what is wrong with the file."""
    document = read_file(path, shown_as)
    names = BEHAVIOUR.names or ()
    read: dict[str, Uncertainty] = {}
    if check_header(document, SCHEMA, *(name for name in names if name in document.data)):
        for name in names:
            uncertainty = _uncertainty(name, document, facts)
            read |= {name: uncertainty} if uncertainty else {}
    return read, document.findings


def _uncertainty(name: str, document: Document, facts: Mapping[str, Fact]) -> Uncertainty | None:
    if name not in document.data:
        document.findings.add(document.mark(), "missing-key", key=name)
        return None
    form = checked(UncertaintyForm, document, (name,))
    if form is None:
        return None
    check_source(document, (name,), facts)
    default = values_by_element(form.default, ELEMENTS.get(name), document, (name, "default"))
    prior = _prior(form.prior, document, name)
    if default is None or prior is None:
        return None
    return Uncertainty(
        name=name,
        label={"en": form.label.en, "zh": form.label.zh},
        unit=form.unit,
        default=default,
        prior=prior,
        role=form.role,
        source=form.source,
        note=form.note or "",
        file=document.file,
        line=document.key_mark(name)[0],
        low=form.range[0] if form.range else -math.inf,
        high=form.range[1] if form.range else math.inf,
        is_whole=form.whole,
    )


def _prior(form: PriorForm, document: Document, name: str) -> Prior | None:
    wanted = PriorForm.PARTS[form.kind]
    parts = form.model_dump(exclude={"kind"}, exclude_none=True)
    if set(parts) != set(wanted):
        rule = {
            "en": f"a {form.kind} prior has {', '.join(wanted) or 'no parts'}",
            "zh": f"{form.kind}先验须有{'、'.join(wanted) or '零个参数'}",
        }
        mark = document.mark(name, "prior")
        document.findings.add(mark, "bad-value", key="prior", value=shown(sorted(parts)), rule=rule)
        return None
    ordered = [parts[part] for part in ("low", "mode", "high") if part in parts]
    if ordered != sorted(ordered):
        rule = {"en": "low, mode and high rise", "zh": "low、mode、high须递增"}
        mark = document.mark(name, "prior")
        document.findings.add(mark, "bad-value", key="prior", value=shown(ordered), rule=rule)
    return Prior(form.kind, {part: parts[part] for part in wanted})


def behaviour_record(uncertainties: Mapping[str, Uncertainty]) -> Any:
    """Return the defaults as the one row of BEHAVIOUR, shape (1,)."""
    record = np.zeros(1, dtype=BEHAVIOUR)
    for name, uncertainty in uncertainties.items():
        default = uncertainty.default
        record[name][0] = list(default.values()) if isinstance(default, Mapping) else default
    return record
