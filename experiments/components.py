"""Paired differences over draws of parameters: what of their variance is ignorance, what is chance, where the effect lies.

A pair has the parameters of its draw and the luck of its seed. Pairs of one draw differ by luck alone; means of draws
differ by both. One-way analysis of variance with random effects, the draws as groups, tells the two apart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from experiments import pairing

METHOD = "predictive"
"""How a summary over draws says that its interval was found."""
ONE_SIGN = "predictive-one-sign"
"""The same, cut at 0 as every draw gives the same sign."""
_NODES = 48
"""Points of a quadrature over one variance: the reach is then right to five digits for 2 draws and more."""


@dataclass(frozen=True)
class DrawnSummary(pairing.PairSummary):
    """What pairs over draws of parameters say of one number.

    ``low`` and ``high`` are where the effect lies given that the parameters are not known; see :func:`reach_of` and
    :func:`is_one_sign`.
    ``low_chance`` and ``high_chance`` bound the mean over these draws for luck alone. ``var_parameters`` and
    ``var_chance`` are the components of the variance of a single pair, in the square of the unit; ``parameter_share``, 0
    to 1, is that of the first, nan where nothing varies. ``error`` is the standard error of the mean, from the number of
    draws and of pairs. What does not exist is nan: with fewer than two draws, or no draw with two pairs.
    """

    low_chance: float
    high_chance: float
    var_parameters: float
    var_chance: float
    parameter_share: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval, or one sign of all draws, tells the sign."""
        return super().is_clear or self.method == ONE_SIGN


class Components(NamedTuple):
    """One-way analysis of variance of values in groups.

    ``between`` and ``within`` are sums of squares with ``groups - 1`` and ``n - groups`` degrees of freedom. ``size`` is
    how many values a group counts for, their number where all have the same; ``overlap`` is the sum of squared shares of
    the groups in all values, 1 / groups where all have the same.
    """

    between: float
    within: float
    groups: int
    n: int
    size: float
    overlap: float

    @property
    def chance(self) -> float:
        """Variance within groups."""
        return self.within / (self.n - self.groups)

    @property
    def parameters(self) -> float:
        """Variance of the expectations of groups, at least 0."""
        return max(0.0, (self.between / (self.groups - 1) - self.chance) / self.size)

    @property
    def error(self) -> float:
        """Standard error of the mean of all values, as a mean over groups not seen, too."""
        return math.sqrt(self.parameters * self.overlap + self.chance / self.n)


def components_of(values: Any, groups: Any) -> Components:
    """Return the analysis of variance of some values by group.

    Parameters
    ----------
    values
        Shape (n,), finite.
    groups
        Number of the group of each, shape (n,); at least two groups, one of them with two values.

    Notes
    -----
    Searle, Casella and McCulloch (1992, Variance Components, chapter 3). Groups need not be equally large.

    >>> found = components_of([1.0, 3.0, 5.0, 7.0], [0, 0, 1, 1])
    >>> found.between, found.within, found.chance, found.parameters
    (16.0, 4.0, 2.0, 7.0)
    """
    values = np.asarray(values, float)
    means, places, sizes = _grouped(values, groups)
    n, k = values.size, sizes.size
    overlap = float((sizes**2).sum()) / n**2
    return Components(
        between=float((sizes * (means - values.mean()) ** 2).sum()),
        within=float(((values - means[places]) ** 2).sum()),
        groups=k,
        n=n,
        size=n * (1 - overlap) / (k - 1),
        overlap=overlap,
    )


def means_of(values: Any, groups: Any) -> Any:
    """Return the mean of each group, in the order of their numbers."""
    return _grouped(np.asarray(values, float), groups)[0]


def _grouped(values: Any, groups: Any) -> tuple[Any, Any, Any]:
    """Return the means of groups, the place of each value among them, their sizes."""
    _, places, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    return np.bincount(places, values) / sizes, places, sizes


def reach_of(found: Components, confidence: float = pairing.CONFIDENCE) -> float:
    """Return how far from the mean the effect under parameters drawn anew may lie, chance averaged out.

    Parameters
    ----------
    found
        Not both of its sums of squares 0.
    confidence
        Probability that the effect lies within, 0 to 1.

    Notes
    -----
    The effect under a new draw less the mean of all pairs is normal with variance
    ``parameters x (1 + overlap) + chance / n``: what parameters do to a new draw and to the mean of those run, and what
    luck does to that mean. With both variances put in as estimated and the t distribution with ``groups - 1`` degrees of
    freedom, this is the prediction interval of meta-analysis (Higgins, Thompson and Spiegelhalter 2009, A re-evaluation
    of random-effects meta-analysis, Journal of the Royal Statistical Society A 172). It takes the estimate of
    ``parameters``, often 0 by accident, for the truth: at 20 draws of 2 pairs and parameters that make up a fifth of the
    variance it holds 86% instead of 95%.

    So the variances are integrated over their confidence distributions instead: each sum of squares over a chi-square
    variable, with ``parameters`` at least 0 (Nagashima, Noma and Furukawa 2019, Prediction intervals for random-effects
    meta-analysis: a confidence distribution approach, Statistical Methods in Medical Research 28). That holds 93% or
    more for any share of parameters, 99% where they do nothing. It becomes the t interval of the means of draws as
    chance vanishes. Effects are taken to be normal over draws. Where they are as skewed as a lognormal of sigma 0.6 it
    still holds 93%, as an exponential 92%, nearly all misses on the long side. Quantiles of the draws would show the skew
    but need 40 draws or more to hold 95%, and are widened by luck.
    """
    from scipy import optimize, special

    u, u_weights = _chi_square(found.groups - 1)
    c, c_weights = _chi_square(found.n - found.groups)
    chance = (found.within / c)[None, :]
    parameters = np.maximum(0.0, ((found.between / u)[:, None] - chance) / found.size)
    sd = np.sqrt(parameters * (1 + found.overlap) + chance / found.n)
    unit, weights = float(sd.max()), np.outer(u_weights, c_weights)
    sd /= unit

    def excess(reach: float) -> float:
        return float((weights * (2 * special.ndtr(reach / sd) - 1)).sum()) - confidence

    # No deviation is above 1, so that this reach is more than enough.
    return unit * float(optimize.brentq(excess, 0.0, 1 + _normal_reach(confidence)))


def is_one_sign(means: Any, confidence: float = pairing.CONFIDENCE) -> bool:
    """Return whether means of draws tell the sign of the effect under parameters drawn anew.

    They do where all have one sign and are enough for it: 7 or more for 95%.

    Notes
    -----
    An effect that often grows with the number of people is skewed over draws, and then a normal interval may reach
    beyond 0 though no draw comes near it. Signs need no distribution. If the sign is right with probability p, then N
    draws all show it, and one drawn anew does not, with probability p^N (1 - p): at most N^N / (N + 1)^(N + 1),
    which is 3.5% for 10 draws.

    >>> is_one_sign([3.0] * 6), is_one_sign([3.0] * 7), is_one_sign([3.0] * 7 + [-0.1])
    (False, True, False)
    """
    signs, n = np.sign(means), len(means)
    return bool(abs(signs.sum()) == n and (n / (n + 1)) ** n / (n + 1) <= 1 - confidence)


@cache
def _normal_reach(confidence: float) -> float:
    from scipy import stats

    return float(stats.norm.ppf((1 + confidence) / 2))


@cache
def _t_reach(confidence: float, df: int) -> float:
    from scipy import stats

    return float(stats.t.ppf((1 + confidence) / 2, df))


@cache
def _chi_square(df: int) -> tuple[Any, Any]:
    """Return points and weights of a quadrature over a chi-square variable, dense in both tails."""
    from scipy import stats

    x, weights = np.polynomial.legendre.leggauss(_NODES)
    x, weights = (x + 1) / 2, weights / 2
    return stats.chi2.ppf(x * x * (3 - 2 * x), df), weights * 6 * x * (1 - x)


def summarise(
    baseline: Any, reform: Any, draws: Sequence[int] | None, *, confidence: float = pairing.CONFIDENCE
) -> pairing.PairSummary:
    """Summarise pairs of one number: over draws where there are any, else as :func:`experiments.pairing.summarise`.

    Parameters
    ----------
    baseline, reform
        Values under each law, shape (n,). A pair with a nan is left out.
    draws
        Number of the draw of each pair, shape (n,); None without draws.
    """
    if draws is None:
        return pairing.summarise(baseline, reform, confidence=confidence)
    before, after = np.asarray(baseline, float), np.asarray(reform, float)
    kept = np.isfinite(before) & np.isfinite(after)
    before, after, groups = before[kept], after[kept], np.asarray(draws)[kept]
    if before.size == 0:
        return _summary(before, after, math.nan, _Spread())
    differences = after - before
    if np.ptp(differences) == 0.0 and before.size > 1:
        # A mean of equal numbers may be off in its last digit.
        same = float(differences[0])
        spread = _Spread(same, same, 0.0, "point", same, same, 0.0, 0.0)
        return _summary(before, after, same, spread)
    mean = float(differences.mean())
    return _summary(before, after, mean, _spread_of(differences, groups, mean, confidence))


class _Spread(NamedTuple):
    low: float = math.nan
    high: float = math.nan
    error: float = math.nan
    method: str = "none"
    low_chance: float = math.nan
    high_chance: float = math.nan
    var_parameters: float = math.nan
    var_chance: float = math.nan


def _spread_of(differences: Any, groups: Any, mean: float, confidence: float) -> _Spread:
    n, k = differences.size, np.unique(groups).size
    if k < 2 or n == k:
        return _Spread()
    found = components_of(differences, groups)
    reach = reach_of(found, confidence)
    low, high, method = mean - reach, mean + reach, METHOD
    if low <= 0 <= high and is_one_sign(means_of(differences, groups), confidence):
        low, high, method = (0.0, high, ONE_SIGN) if mean > 0 else (low, 0.0, ONE_SIGN)
    luck = _t_reach(confidence, n - k) * math.sqrt(found.chance / n)
    return _Spread(low, high, found.error, method, mean - luck, mean + luck, found.parameters, found.chance)


def _summary(before: Any, after: Any, mean: float, spread: _Spread) -> DrawnSummary:
    n = int(before.size)
    total = spread.var_parameters + spread.var_chance
    return DrawnSummary(
        baseline=float(before.mean()) if n else math.nan,
        reform=float(after.mean()) if n else math.nan,
        difference=mean,
        n=n,
        same_sign=float(np.mean(np.sign(after - before) == np.sign(mean))) if n else math.nan,
        variance_ratio=pairing.variance_ratio(before, after, after - before),
        parameter_share=spread.var_parameters / total if total > 0 else math.nan,
        **spread._asdict(),
    )
