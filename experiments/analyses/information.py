"""What it would be worth to know an uncertain parameter, or the theory of the decision, before choosing reforms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from experiments.analyses.smoothing import curve_over, smoothed

THEORY = "theory"
"""Name under which the theory of the decision is one of the things not known."""
SHUFFLES = 200
FEWEST_DRAWS = 8
"""Draws from which a curve over a parameter says anything."""
_SHUFFLING_SEED = 19_660_320
_ALPHA = 0.05
_ROUNDING = 1e-9


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


class _Found(NamedTuple):
    """What knowing one thing seems worth, and how often the choice is another.

    ``luck`` is what of the gain is luck in the curves; ``chance`` are the gains where draws are shuffled.
    """

    gain: float
    changes: float
    luck: float
    chance: Any


def information(
    effects: Any, likely: Any, parameters: Mapping[str, Any], *, bests: Sequence[int]
) -> tuple[Information, ...]:
    """Return what each parameter, and the theory, is worth to know for each number of reforms that may be chosen.

    Parameters
    ----------
    effects
        Measured means of shape (arms, draws, theories), more is better, each draw another setting.
    likely
        Sets of likely effects, shape (sets, arms, draws, theories).
    parameters
        Values by draw, each of shape (draws,).
    bests
        How many reforms are chosen; their effects are taken to add up.

    Notes
    -----
    Mean effects are smoothed over one parameter, which averages luck and all other parameters out, and the best choice is
    made along the curves (Strong, Oakley and Brennan 2014, Medical Decision Making 34). Choosing among noisy curves gains
    even where there is nothing to know. So draws are shuffled against the parameter, to see what gain is told from nothing;
    and of a gain that is, what shuffling the rest around its curves gains is taken away.
    """
    rng = np.random.default_rng(_SHUFFLING_SEED)
    by_draw = effects.mean(axis=2)
    n_draws, n_theories = effects.shape[1:]
    orders = np.array([rng.permutation(n_draws) for _ in range(SHUFFLES)])
    varied = {name: values for name, values in parameters.items() if np.ptp(values) > 0 and n_draws >= FEWEST_DRAWS}
    over = {name: _over_parameter(by_draw, values, orders, bests) for name, values in varied.items()}
    theory = _over_theories(effects, rng, bests) if n_theories > 1 and n_draws > 1 else ()
    found = []
    for place, best in enumerate(bests):
        everything = gain_from_all(likely, best)
        found.append(Information(best, everything, _judged(over, theory, place, everything)))
    return tuple(found)


def gain_from_all(likely: Any, best: int) -> float:
    """Return the mean gain from knowing all that is uncertain, over sets of likely effects.

    ``likely`` is of shape (sets, arms, draws, theories).
    """
    flat = likely.reshape(*likely.shape[:2], -1)
    return float(np.mean([_gain(one, best)[0] for one in flat]))


def _over_parameter(by_draw: Any, values: Any, orders: Any, bests: Sequence[int]) -> tuple[_Found, ...]:
    """Return what knowing a parameter is worth, for each number of choices."""
    n_draws = by_draw.shape[1]
    curve = curve_over(values)
    fit = smoothed(curve, by_draw.T)
    # What a curve leaves is smaller than what it was drawn through, by as much as it bent.
    rest = (by_draw.T - fit.values) * np.sqrt(n_draws / (n_draws - fit.freedom))

    def refitted(numbers: Any) -> Any:
        curves = smoothed(curve, numbers[orders].transpose(1, 2, 0).reshape(n_draws, -1)).values
        return curves.reshape(n_draws, len(by_draw), -1).transpose(1, 0, 2)

    nothing, luck = refitted(by_draw.T), by_draw.mean(axis=1)[:, None, None] + refitted(rest)
    return tuple(
        _Found(*_gain(fit.values.T, best), float(_gains(luck, best).mean()), _gains(nothing, best)) for best in bests
    )


def _over_theories(effects: Any, rng: Any, bests: Sequence[int]) -> tuple[_Found, ...]:
    """Likewise for the theory: theories are shuffled within every draw, as they are all run under it."""
    n_draws, n_theories = effects.shape[1:]
    of_theory = effects.mean(axis=1)
    rest = (effects - of_theory[:, None]) * np.sqrt(n_draws / (n_draws - 1))
    orders = rng.permuted(np.tile(np.arange(n_theories), (SHUFFLES, n_draws, 1)), axis=2)

    def refitted(numbers: Any) -> Any:
        means = [np.take_along_axis(numbers, order[None], axis=2).mean(axis=1) for order in orders]
        return np.array(means).transpose(1, 2, 0)

    nothing, luck = refitted(effects), of_theory.mean(axis=1)[:, None, None] + refitted(rest)
    return tuple(
        _Found(*_gain(of_theory, best), float(_gains(luck, best).mean()), _gains(nothing, best)) for best in bests
    )


def _gain(known: Any, best: int) -> tuple[float, float]:
    """Return by how much choosing under each state beats choosing once, and how often the choice is another.

    Parameters
    ----------
    known
        Effects of shape (arms, states).
    """
    lost = _lost(known, best)
    return float(lost.mean()), float((lost > _ROUNDING * np.abs(known).max()).mean())


def _gains(known: Any, best: int) -> Any:
    """Return the gain for each of many sets of effects, shape (arms, states, sets)."""
    return np.array([_lost(known[..., place], best).mean() for place in range(known.shape[2])])


def _lost(known: Any, best: int) -> Any:
    """Return by how much the choice that is best on average falls short under each state."""
    best = min(best, len(known))
    once = np.argsort(-known.mean(axis=1), kind="stable")[:best]
    return np.partition(known, len(known) - best, axis=0)[-best:].sum(axis=0) - known[once].sum(axis=0)


def _judged(
    over: Mapping[str, Sequence[_Found]], theory: Sequence[_Found], place: int, everything: float
) -> tuple[Worth, ...]:
    """Return worths beside what chance makes of nothing; the most telling of all parameters is one question."""
    asked = {name: found[place] for name, found in over.items()}
    worths = _beside_chance(asked, everything)
    worths += _beside_chance({THEORY: theory[place]}, everything) if theory else []
    return tuple(sorted(worths, key=lambda one: (not one.is_told, -one.gain)))


def _beside_chance(found: Mapping[str, _Found], everything: float) -> list[Worth]:
    if not found:
        return []
    excess = [one.chance - one.chance.mean() for one in found.values()]
    bound = float(np.quantile(np.max(excess, axis=0), 1 - _ALPHA))
    worths = []
    for name, one in found.items():
        least = float(one.gain - one.chance.mean())
        is_told = least > bound
        more = one.gain - one.luck if is_told else least
        # No part of what is uncertain is worth more than all of it.
        worths.append(Worth(name, min(max(0.0, more), everything), one.changes, bound, is_told))
    return worths
