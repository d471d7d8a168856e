"""What it would be worth to know an uncertain parameter, or the theory of the decision, before choosing reforms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.analyses.smoothing import curve_over, smoothed

THEORY = "theory"
"""Name under which the theory of the decision is one of the things not known."""
SHUFFLES = 400
FEWEST_DRAWS = 8
"""Draws from which a curve over a parameter says anything."""
_SHUFFLING_SEED = 19_660_320
_ALPHA = 0.05


@dataclass(frozen=True)
class Worth:
    """What knowing one thing is worth.

    ``gain`` is by how much the effect of the choice would be larger on average, in the outcome's unit, if it were known
    before choosing: the expected value of perfect information on it alone, less what chance makes of nothing, at least 0.
    ``changes`` is the share of draws in which the choice would be another; ``chance`` the ``gain`` that chance reaches
    once in twenty for the most telling of all things asked; ``is_told`` whether more than that was found.
    """

    name: str
    gain: float
    changes: float
    chance: float
    is_told: bool


@dataclass(frozen=True)
class Information:
    """What knowing more is worth to a choice of ``best`` reforms: of everything uncertain, and of each thing, best first.

    ``all`` is the gain from knowing everything uncertain; with it, no choice falls short.
    """

    best: int
    all: float
    worths: tuple[Worth, ...]

    @property
    def told(self) -> tuple[Worth, ...]:
        """Those that are told from nothing."""
        return tuple(one for one in self.worths if one.is_told)


def information(effects: Any, everything: float, parameters: Mapping[str, Any], *, best: int) -> Information:
    """Return what each parameter, and the theory, is worth to know.

    Parameters
    ----------
    effects
        Measured means of shape (arms, draws, theories), more is better.
    everything
        The gain from knowing all that is uncertain; see :func:`gain_from_all`.
    parameters
        Values by draw, each of shape (draws,).
    best
        How many reforms are chosen; their effects are taken to add up.

    Notes
    -----
    Mean effects are smoothed over one parameter, which averages luck and all other parameters out, and the best choice is
    made along the curves (Strong, Oakley and Brennan 2014, Medical Decision Making 34). Choosing among noisy curves gains
    even where there is nothing to know: draws are shuffled against the parameters ``SHUFFLES`` times to see how much.
    """
    by_draw = effects.mean(axis=2)
    rng = np.random.default_rng(_SHUFFLING_SEED)
    orders = np.array([rng.permutation(by_draw.shape[1]) for _ in range(SHUFFLES)])
    found = {}
    if by_draw.shape[1] >= FEWEST_DRAWS:
        varied = {name: values for name, values in parameters.items() if np.ptp(values) > 0}
        found = {name: _over_parameter(by_draw, values, orders, best) for name, values in varied.items()}
    worths = _judged(found)
    if effects.shape[2] > 1:
        worths += _judged({THEORY: _over_theories(effects, rng, best)})
    return Information(best, everything, tuple(sorted(worths, key=lambda one: (-one.is_told, -one.gain))))


def gain_from_all(likely: Any, best: int) -> float:
    """Return the mean gain from knowing all that is uncertain, over sets of likely effects.

    ``likely`` is of shape (sets, arms, draws, theories).
    """
    flat = likely.reshape(*likely.shape[:2], -1)
    return float(np.mean([_gain(one, best)[0] for one in flat]))


def _over_parameter(by_draw: Any, values: Any, orders: Any, best: int) -> tuple[float, float, Any]:
    """Return gain and changes of choice of knowing a parameter, and the gains of shuffled draws."""
    n_arms, n_draws = by_draw.shape
    curve = curve_over(values)
    gain, changes = _gain(smoothed(curve, by_draw.T).T, best)
    shuffled = by_draw.T[orders].transpose(1, 0, 2).reshape(n_draws, -1)
    fits = smoothed(curve, shuffled).reshape(n_draws, len(orders), n_arms)
    return gain, changes, np.array([_gain(fits[:, place].T, best)[0] for place in range(len(orders))])


def _over_theories(effects: Any, rng: Any, best: int) -> tuple[float, float, Any]:
    """Likewise for the theory: theories are shuffled within every draw, as they are all run under it."""
    gain, changes = _gain(effects.mean(axis=1), best)
    chance = []
    for _ in range(SHUFFLES):
        orders = rng.permuted(np.tile(np.arange(effects.shape[2]), (effects.shape[1], 1)), axis=1)
        shuffled = np.take_along_axis(effects, orders[None], axis=2)
        chance.append(_gain(shuffled.mean(axis=1), best)[0])
    return gain, changes, np.array(chance)


def _gain(known: Any, best: int) -> tuple[float, float]:
    """Return by how much choosing under each state beats choosing once, and how often the choice is another.

    Parameters
    ----------
    known
        Effects of shape (arms, states).
    """
    best = min(best, len(known))
    once = np.argsort(-known.mean(axis=1), kind="stable")[:best]
    each = np.sort(known, axis=0)[-best:].sum(axis=0)
    lost = each - known[once].sum(axis=0)
    return float(lost.mean()), float((lost > 1e-9 * np.abs(each)).mean())


def _judged(found: Mapping[str, tuple[float, float, Any]]) -> list[Worth]:
    """Return worths beside what chance makes of nothing, the most telling of all names at once."""
    if not found:
        return []
    excess = {name: chance - chance.mean() for name, (_, _, chance) in found.items()}
    bound = float(np.quantile(np.max(list(excess.values()), axis=0), 1 - _ALPHA))
    worths = []
    for name, (gain, changes, chance) in found.items():
        more = float(gain - chance.mean())
        worths.append(Worth(name, max(0.0, more), changes, bound, more > bound))
    return worths
