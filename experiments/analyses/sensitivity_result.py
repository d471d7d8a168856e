"""What a search for sensitivity found: the indices of each number, and how they were made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from experiments.analyses.index import Index, Settings
from experiments.analyses.indices import Indices
from experiments.analyses.numbers import Target
from experiments.analyses.parameters import parameter_label, parameter_unit
from experiments.design import version
from experiments.finite import each_or_none

SCHEMA = "talentflow.sensitivity/1"


@dataclass(frozen=True)
class Answer:
    """What moves one number: ``title`` is the scenario's, ``unit`` the number's."""

    target: Target
    title: Mapping[str, str]
    unit: str
    indices: Indices


@dataclass(frozen=True)
class Sensitivity:
    """What moves the numbers asked for, one answer each.

    ``points`` are the distinct settings of the ``names`` that were run; ``screened`` are parameters that a Morris screening
    found to do nothing and that stayed at their defaults. ``folder`` holds the runs, None where they were not kept;
    ``failed`` of them gave no result.
    """

    method: str
    answers: tuple[Answer, ...]
    names: tuple[str, ...]
    points: int
    replicates: int
    seed: int
    scale: int
    until: str
    settings: Settings
    folder: Path | None
    failed: int = 0
    screened: tuple[str, ...] = ()

    def to_dict(self, *, lang: str = "en") -> dict[str, Any]:
        """Return the result as plain data; None where a number does not exist."""
        from experiments.analyses.sensitivity_words import finding, notes

        head = {
            name: getattr(self, name) for name in ("method", "points", "replicates", "failed", "seed", "scale", "until")
        }
        return {
            "schema": SCHEMA,
            **head,
            "confidence": self.settings.confidence,
            "parameters_varied": list(self.names),
            "parameters_screened_out": list(self.screened),
            "version": version(),
            "answers": [_plain(answer, finding(answer, lang)) for answer in self.answers],
            "notes": notes(self, lang),
        }

    def to_json(self, *, lang: str = "en") -> str:
        """Return the result as JSON text (schema talentflow.sensitivity/1)."""
        return json.dumps(self.to_dict(lang=lang), ensure_ascii=False, allow_nan=False, indent=1)

    def to_pandas(self) -> Any:
        """Return one row a number and parameter as a pandas DataFrame."""
        import pandas as pd

        rows = [asdict(answer.target) | asdict(row) for answer in self.answers for row in answer.indices.rows]
        return pd.DataFrame(rows)


def _plain(answer: Answer, sentence: str) -> dict[str, Any]:
    indices = answer.indices
    head = {"mean": indices.mean, "sd": indices.sd, "noise_share": indices.noise_share}
    return {
        "scenario": answer.target.arm,
        **{name: getattr(answer.target, name) for name in ("outcome", "group", "date", "of")},
        "unit": answer.unit,
        **each_or_none(head),
        "blocks": indices.blocks,
        "dropped": indices.dropped,
        "finding": sentence,
        "dummy": _plain_index(indices.dummy),
        "parameters": [{"rank": rank, **_plain_index(row)} for rank, row in enumerate(indices.rows, 1)],
    }


def _plain_index(row: Index) -> dict[str, Any]:
    values = each_or_none(asdict(row))
    name, is_clear = values.pop("name"), values.pop("is_clear")
    label = {lang: parameter_label(name, lang) for lang in ("en", "zh")}
    verdict = "clear" if is_clear else "not_distinguishable_from_zero"
    return {"parameter": name, "label": label, "unit": parameter_unit(name), **values, "verdict": verdict}
