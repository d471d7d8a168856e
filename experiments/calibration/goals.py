"""The observed numbers that parameters are fitted to, each as a share of its own observed value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.design import DesignError, unknown

if TYPE_CHECKING:
    from experiments.targets import Target

_WHOLE = 0.05
"""How far shares may be from adding up to one, and still be all parts of one whole."""
_SIGNED = {"elasticity"}
_STRAIGHT = 2.0
"""Times the observed value up to which answers are taken as they are."""


@dataclass(frozen=True, eq=False)
class Goals:
    """Observed numbers, and which of them are fitted.

    Attributes
    ----------
    ids
        Their names.
    values
        Observed, in their units, shape (goals,).
    tolerances
        Standard deviation of observation and discrepancy together, as a share of the value, shape (goals,).
    is_used
        Which are fitted; the others are foretold. Shape (goals,).
    is_signed
        Which may be below 0; counts and shares may not. Shape (goals,).
    """

    ids: tuple[str, ...]
    values: Any
    tolerances: Any
    is_used: Any
    is_signed: Any

    def relative(self, answers: Any) -> Any:
        """Return answers, goals along the last axis, as shares of what was observed."""
        return np.asarray(answers, float) / self.values

    def without(self, place: int) -> Goals:
        """Return the goals with one more that is not fitted."""
        is_used = self.is_used.copy()
        is_used[place] = False
        return replace(self, is_used=is_used)


def bent(shares: Any) -> Any:
    """Return shares of the observed value, those above twice drawn in: they rise with their logarithm.

    A model that answers ten times too much is as implausible as one that answers five times too much; emulators need not
    follow it there.

    >>> bent([0.5, 2.0, 11.0]).round(2).tolist()
    [0.5, 2.0, 4.3]
    """
    shares = np.asarray(shares, float)
    return np.where(shares <= _STRAIGHT, shares, _STRAIGHT + np.log(np.maximum(shares, _STRAIGHT) - _STRAIGHT + 1))


def slope(shares: Any) -> Any:
    """Return how much :func:`bent` changes with its argument."""
    shares = np.asarray(shares, float)
    return 1 / np.maximum(1.0, shares - _STRAIGHT + 1)


def straightened(values: Any) -> Any:
    """Return what :func:`bent` made these of.

    >>> straightened(bent([0.5, 11.0])).round(9).tolist()
    [0.5, 11.0]
    """
    values = np.asarray(values, float)
    return np.where(values <= _STRAIGHT, values, _STRAIGHT + np.expm1(np.maximum(values, _STRAIGHT) - _STRAIGHT))


def fitted_targets(targets: Sequence[Target]) -> tuple[Target, ...]:
    """Return those of some targets that parameters may be fitted to, of the scenario that is calibrated."""
    return tuple(target for target in targets if target.use == "fit" and target.under is None)


def goals_of(targets: Sequence[Target], without: Sequence[str] = ()) -> Goals:
    """Return targets as goals, those of ``without`` and those that follow from others not fitted.

    Raises
    ------
    DesignError
        For an unknown name, and where nothing is left to fit.
    """
    ids = tuple(target.id for target in targets)
    for name in without:
        if name not in ids:
            raise DesignError(unknown("fitted target", name, ids))
    idle = {*without, *(target.id for target in dependent(targets))}
    if set(ids) <= idle:
        raise DesignError("no target is left to fit")
    values = np.array([target.value for target in targets])
    tolerances = np.array([target.tolerance / target.value for target in targets])
    if not (tolerances > 0).all():
        raise DesignError(f"{ids[int(np.argmin(tolerances))]}: a fitted target needs an error above 0")
    is_signed = np.array([target.unit in _SIGNED for target in targets])
    return Goals(ids, values, tolerances, np.array([name not in idle for name in ids]), is_signed)


def dependent(targets: Sequence[Target]) -> list[Target]:
    """Return targets that follow from others: of all parts of one whole, the one with the largest discrepancy.

    Errors are taken as independent, and the last of some shares that add up to one would count the others twice.
    """
    wholes: dict[tuple[str, str], list[Target]] = {}
    for target in targets:
        if target.unit == "share":
            wholes.setdefault((target.outcome, target.period + _kind(target.group)), []).append(target)
    return [
        max(parts, key=lambda part: part.discrepancy)
        for parts in wholes.values()
        if len(parts) > 1 and abs(sum(part.value for part in parts) - 1) <= _WHOLE
    ]


def _kind(group: str) -> str:
    return group.partition("=")[0]
