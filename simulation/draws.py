"""Keyed random numbers, and the few functions that would otherwise differ between machines.

A draw is a pure function of a key: seed, person, time, purpose, index. Nothing is streamed, so a person whose policy
changes one decision keeps every other piece of luck, and two scenarios can be compared person by person. The bits
come from Philox 4x32-10 (Salmon and others, 2011, https://doi.org/10.1145/2063384.2063405).

``exp``, ``log``, ``power`` and ``tanh`` use ``+ - * /``, exact scaling by powers of two and correctly rounded square roots
only. The C library's versions differ in the last bit between machines; these do not.

Every rule here holds its words in signed 64-bit integers. A product of two 32-bit words may wrap when compiled and
does not in plain Python; bits 0 to 63 are the same, and only those are read.
"""

from __future__ import annotations

import math

import numpy as np

from simulation.compiled import inlined, rule

# Purposes: what a draw decides. Two decisions never share one. A number, once released, keeps its meaning:
# add at the end of a block, and never reuse.
TASTE = 1  # yearly shock of the moving taste; by year
ATTENTION_GAP = 2  # time to the next candidate moment of attention; by ordinal
ATTENTION_ACCEPT = 3
REVIEW_GAP = 4  # time to the next candidate review; by ordinal
JOB_LOSS_GAP = 6  # time to the next candidate loss of the job; by ordinal
MATCH = 8  # a post is found from abroad
FIND_POST = 9  # a new post is found in the months of grace
REGION = 10
STATION_SERVICE = 12  # index: station
STATION_QUEUE = 13  # index: station
SENT_BACK = 14  # index: station
REPAIR = 15
PATIENCE = 16
OFFER_PATIENCE = 17
REFUSAL = 18
QUOTA = 19
INTERPRETATION = 20
TERM_RETURN = 21
SPOUSE_SEARCH = 22
SCHOOL_SEAT = 23
PR_DECISION = 24
PR_POST = 25
FILING_DAY = 26
BORDER = 27
ENROLMENT = 29
PARALLEL = 30
NEWS = 31  # age of the last word from China; by month
MOVE_CANDIDATE = 38  # the region of China that a person hears of; by month
MOVE_POST = 39  # a post is found there
NEST = 43  # lasting taste for a nest of places; index: nest
WELCOME = 44  # who would take up a mentor, who lessons in Chinese; index: which
APPEAL = 45  # an appeal against a refusal is won; by ordinal
RIVAL = 46  # lasting pull towards a third country; by country
PR_TAKE_UP = 34  # whether a person is one who applies for permanent residence; once
PR_TURN = 35  # whether the desk takes up a waiting file; by month
PR_DRAW = 36  # who is drawn among equal points; by month
PR_TRAIT = 37  # what a route to permanent residence asks and no other rule does; once, index: trait
# Who people are, drawn once.
ORIGIN = 102
FIELD = 103
MODE = 104
EDUCATION = 105
SEX = 106
AGE = 107
SKILL = 108
HOME_GAP = 109
RIVAL_GAP = 110
CHINA_GAP = 111
THETA = 112
COUPLE = 113
CHILDREN = 114
CHILD_AGE = 115  # index: child
SPOUSE = 116
FLAGS = 117  # index: flag
LANGUAGE = 118
DEGREE = 119
MARK = 120
PARENT_CARE = 121
TERM = 122
CONTACTS = 123
ACTIVE = 124

# Taken before any other constant is defined, so that it holds the purposes and nothing else.
PURPOSES: dict[str, int] = {name: value for name, value in list(globals().items()) if name.isupper()}

_WORD = 0xFFFFFFFF
_MULTIPLIER_0, _MULTIPLIER_1 = 0xD2511F53, 0xCD9E8D57
_WEYL_0, _WEYL_1 = 0x9E3779B9, 0xBB67AE85
_GRID = 2.0**52
_CELL = 2.0**-52

EXP_MAX = 700.0
"""``exp`` of anything larger is ``exp(700)``, of anything below -700 is 0."""
POISSON_MEAN_MAX = 500.0
"""Larger means are taken as this one: the draw walks up from 0."""


@inlined
@rule
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Return the Philox 4x32-10 block of a counter and a key, all 32-bit words."""
    for _ in range(10):
        p0 = _MULTIPLIER_0 * c0
        p1 = _MULTIPLIER_1 * c2
        c0 = ((p1 >> 32) & _WORD) ^ c1 ^ k0
        c2 = ((p0 >> 32) & _WORD) ^ c3 ^ k1
        c1 = p1 & _WORD
        c3 = p0 & _WORD
        k0 = (k0 + _WEYL_0) & _WORD
        k1 = (k1 + _WEYL_1) & _WORD
    return c0, c1, c2, c3


@inlined
@rule
def words(seed: int, person: int, when: int, purpose: int, index: int = 0) -> tuple[int, int, int, int]:
    """Return the four 32-bit words of a key.

    Parameters
    ----------
    seed
        Seed of the run, 0 to 2**63 - 1; 0 is a seed like any other.
    person
        Identity of the person.
    when
        A month for what happens in calendar time, an ordinal for what happens by count; may be negative.
    purpose
        One of ``PURPOSES``.
    index
        Tells apart draws of one purpose at one time: the option, station, child.
    """
    long_seed = int(seed)
    return philox(
        int(person) & _WORD,
        int(when) & _WORD,
        int(purpose) & _WORD,
        int(index) & _WORD,
        long_seed & _WORD,
        (long_seed >> 32) & _WORD,
    )


@inlined
@rule
def uniform(seed: int, person: int, when: int, purpose: int, index: int = 0) -> float:
    """Return a uniform draw, strictly between 0 and 1.

    Notes
    -----
    The middle of one of 2**52 equal cells: exact in 53 bits, never 0 or 1, and ``1 - u`` is on the same grid.
    See ``words`` for the key.
    """
    w0, w1, _, _ = words(seed, person, when, purpose, index)
    return (float((w0 << 20) | (w1 >> 12)) + 0.5) * _CELL


@inlined
@rule
def uniform_pair(seed: int, person: int, when: int, purpose: int, index: int = 0) -> tuple[float, float]:
    """Return two independent uniform draws for the price of one; the first is ``uniform`` of the same key."""
    w0, w1, w2, w3 = words(seed, person, when, purpose, index)
    first = (float((w0 << 20) | (w1 >> 12)) + 0.5) * _CELL
    second = (float((w2 << 20) | (w3 >> 12)) + 0.5) * _CELL
    return first, second


@inlined
@rule
def bernoulli(prob: float, seed: int, person: int, when: int, purpose: int, index: int = 0) -> bool:
    """Return whether something of probability ``prob`` happens.

    Notes
    -----
    The draw is an integer of 0 to 2**52 - 1, and the answer is ``draw < int(prob * 2**52)``: one rounding, towards
    zero. So 0 and less never happens, 1 and more always does, and what happens at one probability happens at
    every larger one. Costs less than ``uniform``, and agrees with ``uniform < prob`` but for 1 in 2**52.
    """
    if not prob > 0.0:
        return False
    if prob >= 1.0:
        return True
    w0, w1, _, _ = words(seed, person, when, purpose, index)
    return ((w0 << 20) | (w1 >> 12)) < int(prob * _GRID)


@rule
def integer(n: int, seed: int, person: int, when: int, purpose: int, index: int = 0) -> int:
    """Return a whole number of 0 to ``n - 1``, each as likely as the next to within ``n`` parts in 2**32.

    ``n`` is 1 to 2**31.
    """
    w0, _, _, _ = words(seed, person, when, purpose, index)
    return (w0 * int(n)) >> 32


@rule
def exponential(seed: int, person: int, when: int, purpose: int, index: int = 0) -> float:
    """Return an exponential draw of mean 1, above 0."""
    return -log(uniform(seed, person, when, purpose, index))


@rule
def gumbel(seed: int, person: int, when: int, purpose: int, index: int = 0) -> float:
    """Return a standard Gumbel draw, -3.7 to 36.8; the noise of a choice among options, one ``index`` each."""
    return -log(-log(uniform(seed, person, when, purpose, index)))


@rule
def normal(seed: int, person: int, when: int, purpose: int, index: int = 0) -> float:
    """Return a standard normal draw, between -8.3 and 8.3, rising in the uniform draw of the same key."""
    return normal_quantile(uniform(seed, person, when, purpose, index))


@rule
def poisson(mean: float, seed: int, person: int, when: int, purpose: int, index: int = 0) -> int:
    """Return a Poisson draw, non-decreasing in ``mean``, which is capped at ``POISSON_MEAN_MAX``.

    Notes
    -----
    By inversion, walking up from 0: takes time in proportion to the mean. The walk ends where the sum of the
    probabilities, rounded, stops growing.
    """
    if not mean > 0.0:
        return 0
    if mean > POISSON_MEAN_MAX:
        mean = POISSON_MEAN_MAX
    u = uniform(seed, person, when, purpose, index)
    count = 0
    term = exp(-mean)
    total = term
    while u >= total:
        term = term * mean / float(count + 1)
        if total + term == total:
            break
        total = total + term
        count += 1
    return count


@rule
def normal_quantile(u: float) -> float:
    """Return the standard normal quantile of ``u``, which lies strictly between 0 and 1.

    Notes
    -----
    Rational approximations of Wichura's algorithm AS 241 (1988, https://doi.org/10.2307/2347330), accurate to about
    1 part in 10**16.
    """
    q = u - 0.5
    if -0.425 <= q <= 0.425:
        return q * _middle(0.180625 - q * q)
    r = math.sqrt(-log(u if q < 0.0 else 1.0 - u))
    tail = _near_tail(r - 1.6) if r <= 5.0 else _far_tail(r - 5.0)
    return -tail if q < 0.0 else tail


@rule
def _middle(r: float) -> float:
    top = 2509.0809287301226727 * r + 33430.575583588128105
    top = (top * r + 67265.770927008700853) * r + 45921.953931549871457
    top = (top * r + 13731.693765509461125) * r + 1971.5909503065514427
    top = (top * r + 133.14166789178437745) * r + 3.387132872796366608
    low = 5226.495278852854561 * r + 28729.085735721942674
    low = (low * r + 39307.89580009271061) * r + 21213.794301586595867
    low = (low * r + 5394.1960214247511077) * r + 687.1870074920579083
    low = (low * r + 42.313330701600911252) * r + 1.0
    return top / low


@rule
def _near_tail(r: float) -> float:
    top = 7.7454501427834140764e-4 * r + 2.27238449892691845833e-2
    top = (top * r + 2.4178072517745061177e-1) * r + 1.27045825245236838258
    top = (top * r + 3.64784832476320460504) * r + 5.7694972214606914055
    top = (top * r + 4.6303378461565452959) * r + 1.42343711074968357734
    low = 1.05075007164441684324e-9 * r + 5.475938084995344946e-4
    low = (low * r + 1.51986665636164571966e-2) * r + 1.4810397642748007459e-1
    low = (low * r + 6.8976733498510000455e-1) * r + 1.6763848301838038494
    low = (low * r + 2.05319162663775882187) * r + 1.0
    return top / low


@rule
def _far_tail(r: float) -> float:
    top = 2.01033439929228813265e-7 * r + 2.71155556874348757815e-5
    top = (top * r + 1.2426609473880784386e-3) * r + 2.6532189526576123093e-2
    top = (top * r + 2.9656057182850489123e-1) * r + 1.7848265399172913358
    top = (top * r + 5.4637849111641143699) * r + 6.6579046435011037772
    low = 2.04426310338993978564e-15 * r + 1.4215117583164458887e-7
    low = (low * r + 1.8463183175100546818e-5) * r + 7.868691311456132591e-4
    low = (low * r + 1.48753612908506148525e-2) * r + 1.3692988092273580531e-1
    low = (low * r + 5.9983220655588793769e-1) * r + 1.0
    return top / low


# ln 2 in two parts: the first has 12 trailing zero bits, so its product with an exponent is exact.
_LN2_HIGH = float.fromhex("0x1.62e42fefa38p-1")
_LN2_LOW = float.fromhex("0x1.ef35793c7673p-45")
_LOG2_E = float.fromhex("0x1.71547652b82fep+0")
_SQRT_HALF_BITS = 0x3FE6A09E667F3BCD
_SMALLEST = 2.0**-1022
_LARGEST = float.fromhex("0x1.fffffffffffffp+1023")


@rule
def exp(x: float) -> float:
    """Return e to the power ``x``, within one unit in the last place; see ``EXP_MAX`` for the ends.

    Notes
    -----
    ``x = k ln 2 + r`` with ``r`` at most half of ln 2 in size, and the Taylor series of ``exp(r)`` to degree 13, whose
    remainder is below 5e-18.
    """
    x = float(x)
    if x != x:
        return x
    if x < -EXP_MAX:
        return 0.0
    if x > EXP_MAX:
        x = EXP_MAX
    k = int(x * _LOG2_E + (0.5 if x >= 0.0 else -0.5))
    r = (x - float(k) * _LN2_HIGH) - float(k) * _LN2_LOW
    r2 = r * r
    r4 = r2 * r2
    # In pairs, so that a processor can work on several at once.
    low = (1.0 / 2.0 + r * (1.0 / 6.0)) + r2 * (1.0 / 24.0 + r * (1.0 / 120.0))
    middle = (1.0 / 720.0 + r * (1.0 / 5040.0)) + r2 * (1.0 / 40320.0 + r * (1.0 / 362880.0))
    high = (1.0 / 3628800.0 + r * (1.0 / 39916800.0)) + r2 * (1.0 / 479001600.0 + r * (1.0 / 6227020800.0))
    series = low + r4 * (middle + r4 * high)
    return (1.0 + (r + r2 * series)) * float(np.int64((k + 1023) << 52).view(np.float64))


@rule
def log(x: float) -> float:
    """Return the natural logarithm of ``x``, within about one unit in the last place.

    Notes
    -----
    ``x = m 2**e`` with ``m`` between the square roots of 1/2 and 2, and the series of ``2 atanh(s)``, ``s = (m-1)/(m+1)``.
    Anything below the smallest normal number, 0 and negative numbers too, counts as that number (-708.4).
    """
    x = float(x)
    if x != x:
        return x
    if not _SMALLEST <= x <= _LARGEST:
        x = _SMALLEST if x < _SMALLEST else _LARGEST
    # Exponent and fraction from the bits, without a branch: frexp costs ten times as much compiled.
    bits = int(np.float64(x).view(np.int64))
    e = (bits - _SQRT_HALF_BITS) >> 52
    m = float(np.int64(bits - (e << 52)).view(np.float64))
    k = float(e)
    f = m - 1.0
    s = f / (2.0 + f)
    z = s * s
    z2 = z * z
    z4 = z2 * z2
    low = (2.0 / 3.0 + z * (2.0 / 5.0)) + z2 * (2.0 / 7.0 + z * (2.0 / 9.0))
    middle = (2.0 / 11.0 + z * (2.0 / 13.0)) + z2 * (2.0 / 15.0 + z * (2.0 / 17.0))
    high = (2.0 / 19.0 + z * (2.0 / 21.0)) + z2 * (2.0 / 23.0)
    series = z * (low + z4 * (middle + z4 * high))
    half = 0.5 * f * f
    return k * _LN2_HIGH - ((half - (s * (half + series) + k * _LN2_LOW)) - f)


@rule
def power(x: float, y: float) -> float:
    """Return ``x`` to the power ``y``, for ``x`` of at least 0, with a relative error of about ``1e-16 * |y log x|``.

    0 to a positive power is 0; the ends are those of ``exp``.
    """
    if x <= 0.0 and y > 0.0:
        return 0.0
    return exp(y * log(x))


@rule
def tanh(x: float) -> float:
    """Return the hyperbolic tangent of ``x``, within a few units in the last place."""
    x = float(x)
    size = -x if x < 0.0 else x
    if size < 0.5:
        z = x * x
        sinh = 1.0 / 39916800.0 + z * (1.0 / 6227020800.0 + z * (1.0 / 1307674368000.0))
        sinh = 1.0 / 120.0 + z * (1.0 / 5040.0 + z * (1.0 / 362880.0 + z * sinh))
        sinh = 1.0 + z * (1.0 / 6.0 + z * sinh)
        cosh = 1.0 / 3628800.0 + z * (1.0 / 479001600.0 + z * (1.0 / 87178291200.0))
        cosh = 1.0 / 24.0 + z * (1.0 / 720.0 + z * (1.0 / 40320.0 + z * cosh))
        cosh = 1.0 + z * (1.0 / 2.0 + z * cosh)
        return x * sinh / cosh
    value = 1.0 - 2.0 / (exp(size + size) + 1.0)
    return -value if x < 0.0 else value
