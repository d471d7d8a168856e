"""Where, among the draws of what is uncertain, an outcome or a reform's effect falls where it matters."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.analyses.boxes import BoxSettings, Found, Limit, find_box
from experiments.analyses.numbers import EFFECT, LEVEL, Target, drawn_in, numbers_of, one_target
from experiments.analyses.parameters import parameter_label, parameter_unit
from experiments.design import DesignError, unknown, version
from experiments.finite import each_or_none, or_none

if TYPE_CHECKING:
    from experiments.batch.experiment import Experiment
    from experiments.batch.store import Store

SCHEMA = "talentflow.discover/1"
RESULT = "discover.json"
"""The file that a store keeps the result in, under ``derived/``."""
LEAST_DRAWS = 40
BELOW, ABOVE, BOTTOM, TOP = "below", "above", "bottom", "top"
_STANDARD_ERRORS = 1.96


@dataclass(frozen=True)
class Condition:
    """Which draws are of interest: those whose number lies below or above ``value``.

    ``kind`` is ``below`` or ``above`` a value, or ``bottom`` or ``top``: the share ``value``, 0 to 1, of draws with the lowest
    or the highest numbers.
    """

    kind: str
    value: float

    def threshold(self, numbers: Any) -> float:
        """Return the number that draws of interest lie below or above."""
        if self.kind == BOTTOM:
            return float(np.quantile(numbers, self.value))
        return float(np.quantile(numbers, 1 - self.value)) if self.kind == TOP else self.value

    def holds(self, numbers: Any) -> Any:
        """Return which draws are of interest, shape (draws,)."""
        at = self.threshold(numbers)
        if self.kind == BELOW:
            return numbers < at
        if self.kind == ABOVE:
            return numbers > at
        return numbers <= at if self.kind == BOTTOM else numbers >= at

    @property
    def is_low(self) -> bool:
        """Whether it asks for low numbers."""
        return self.kind in {BELOW, BOTTOM}


@dataclass(frozen=True)
class Discovery:
    """The box of the draws of interest, or None with too few of one kind.

    ``threshold`` is in the number's ``unit``; ``draws`` is how many have a number, ``of_interest`` how many are, ``unsure``
    how many lie so near the threshold that their replicates do not tell the side (95%). ``dropped`` have no number.
    """

    target: Target
    title: Mapping[str, str]
    unit: str
    condition: Condition
    threshold: float
    draws: int
    of_interest: int
    unsure: int
    dropped: int
    replicates: int
    parameters: int
    found: Found | None
    folder: Path

    def to_dict(self, *, lang: str = "en") -> dict[str, Any]:
        """Return the result as plain data; None where a number does not exist."""
        from experiments.analyses.discover_words import findings, notes

        counts = ("threshold", "draws", "of_interest", "unsure", "dropped", "replicates", "parameters")
        return {
            "schema": SCHEMA,
            "scenario": self.target.arm,
            **{name: getattr(self.target, name) for name in ("outcome", "group", "date", "of")},
            "unit": self.unit,
            "condition": asdict(self.condition),
            **{name: or_none(getattr(self, name)) for name in counts},
            "box": _plain(self.found) if self.found else None,
            "findings": findings(self, lang),
            "notes": notes(self, lang),
            "version": version(),
        }

    def to_json(self, *, lang: str = "en") -> str:
        """Return the result as JSON text (schema talentflow.discover/1)."""
        return json.dumps(self.to_dict(lang=lang), ensure_ascii=False, allow_nan=False, indent=1)


def discover(
    store: Store,
    condition: Condition,
    *,
    scenario: str | None = None,
    outcome: str | None = None,
    group: str | None = None,
    date: str | None = None,
    of: str = EFFECT,
    over: Sequence[str] = (),
    settings: BoxSettings | None = None,
) -> Discovery:
    """Find the box of parameters in which a number of a batch meets a condition.

    Parameters
    ----------
    store
        A batch with draws of uncertain parameters; each draw counts with the mean of its replicates.
    condition
        Which draws are of interest.
    scenario, outcome, group, date
        The number; the first reform, outcome and group, and the last date the batch holds unless told.
    of
        ``effect`` (reform less baseline) or ``level``.
    over
        Parameters that the box may limit; all that differ between draws if empty.

    Raises
    ------
    DesignError
        If the batch does not hold the number, or has fewer than 40 draws with one.
    """
    from experiments.analyses.titles import title_of, unit_of

    experiment = store.experiment
    target = one_target(experiment, scenario=scenario, outcome=outcome, group=group, date=date, of=of)
    table = store.draws()
    names = _names(store, over)
    values = numbers_of(store, target, table["draw"].tolist())
    known = np.isfinite(values).all(axis=1)
    if known.sum() < LEAST_DRAWS:
        raise DesignError(f"a box needs {LEAST_DRAWS} draws with a number or more, got {int(known.sum())}")
    inputs, values = table[list(names)].to_numpy(float)[known], values[known]
    numbers = values.mean(axis=1)
    of_interest = condition.holds(numbers)
    arm = next(arm for arm in experiment.arms if arm.id == target.arm)
    result = Discovery(
        target=target,
        title=title_of(arm, experiment.assume),
        unit=unit_of(target.outcome),
        condition=condition,
        threshold=condition.threshold(numbers),
        draws=len(numbers),
        of_interest=int(of_interest.sum()),
        unsure=_unsure(values, condition.threshold(numbers)),
        dropped=int((~known).sum()),
        replicates=values.shape[1],
        parameters=len(names),
        found=find_box(inputs, of_interest, names, settings),
        folder=store.folder,
    )
    store.derive(RESULT, result.to_json() + "\n")
    return result


def asked_of_file(experiment: Experiment) -> tuple[Condition, dict[str, Any]]:
    """Return what the section ``discover`` of an experiment's file asks: the condition, and arguments of :func:`discover`.

    Raises
    ------
    DesignError
        If the file has no such section, or it asks for no condition or for two.
    """
    from experiments.batch.analysis_forms import DiscoverForm, section_of

    form = section_of(experiment, DiscoverForm)
    if form is None:
        raise DesignError("the file has no section `discover`; name a condition, such as --below 20000")
    condition = condition_of(below=form.below, above=form.above, bottom=form.bottom, top=form.top)
    place = {name: getattr(form, name) for name in ("scenario", "outcome", "group", "date")}
    settings = BoxSettings(form.most_parameters, form.peel, form.least_share, form.resamples, form.seed or 0)
    over = () if isinstance(form.over, str) else tuple(form.over)
    return condition, {**place, "of": LEVEL if form.of == "level" else EFFECT, "over": over, "settings": settings}


def condition_of(**kinds: float | None) -> Condition:
    """Return the one condition that is given, of ``below``, ``above``, ``bottom`` and ``top``.

    Raises
    ------
    DesignError
        For none, for two, and for a share that is not between 0 and 1.
    """
    given = [(kind, value) for kind, value in kinds.items() if value is not None]
    if len(given) != 1:
        raise DesignError(f"name one condition of below, above, bottom and top, got {len(given)}")
    kind, value = given[0]
    if kind in {BOTTOM, TOP} and not 0 < value < 1:
        raise DesignError(f"{kind} takes a share of draws between 0 and 1, got {value:g}")
    return Condition(kind, float(value))


def _names(store: Store, over: Sequence[str]) -> tuple[str, ...]:
    drawn = drawn_in(store)
    for name in over:
        if name not in drawn:
            raise DesignError(unknown("drawn parameter", name, drawn))
    return tuple(over or drawn)


def _unsure(values: Any, threshold: float) -> int:
    n = values.shape[1]
    if n < 2:
        return 0
    error = values.std(axis=1, ddof=1) / np.sqrt(n)
    return int((np.abs(values.mean(axis=1) - threshold) < _STANDARD_ERRORS * error).sum())


def _plain(found: Found) -> dict[str, Any]:
    box = found.box
    held_out = {name: getattr(found, f"held_out_{name}") for name in ("density", "coverage", "base")}
    return {
        "is_convincing": found.is_convincing,
        "base_rate": found.base,
        "coverage": box.coverage,
        "density": box.density,
        "mass": box.mass,
        "draws": box.n,
        "of_interest": box.n_of_interest,
        "limits": [_plain_limit(limit) for limit in found.limits],
        "held_out": each_or_none(held_out) | {"better": found.better},
        "others": [{"parameter": name, "reproduced": share} for name, share in found.others],
        "trajectory": [dict(zip(("coverage", "density", "mass", "limited"), step, strict=True)) for step in found.path],
    }


def _plain_limit(limit: Limit) -> dict[str, Any]:
    values = asdict(limit)
    name = values.pop("name")
    label = {lang: parameter_label(name, lang) for lang in ("en", "zh")}
    return {"parameter": name, "label": label, "unit": parameter_unit(name), **values}
