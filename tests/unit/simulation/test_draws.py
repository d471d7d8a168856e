from __future__ import annotations

import hashlib
import math
import random
import struct
from collections.abc import Callable
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

from simulation import draws
from simulation.compiled import compiled, rule

SEEDS = (0, 1, 2**32 - 1, 2**32, 2**63 - 1)
PEOPLE = (0, 1, 7, 2**31 - 1)
TIMES = (-3, -1, 0, 251, 32_000)
KEYS = [(seed, person, when, 12, index) for seed in SEEDS for person in PEOPLE for when in TIMES for index in (0, 5)]

KEYED = (
    draws.words,
    draws.uniform,
    draws.uniform_pair,
    draws.exponential,
    draws.gumbel,
    draws.normal,
)

# Published with the generator: kat_vectors of Random123, philox4x32 with 10 rounds.
KNOWN_ANSWERS = {
    "zeros": ((0,) * 6, (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    "ones": ((0xFFFFFFFF,) * 6, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    "digits of pi": (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
}


@rule
def _constants_are_widened(seed: int, person: int) -> float:
    return draws.uniform(seed, person, -3, draws.TASTE) + draws.uniform(seed, person, 4, draws.MATCH, 2)


def spread(low: float, high: float, n: int = 20_000) -> list[float]:
    values = random.Random(20_180)  # noqa: S311 - test points, not luck
    return [values.uniform(low, high) for _ in range(n)]


def units_off(value: float, right: float) -> float:
    return abs(value - right) / math.ulp(right)


@pytest.mark.parametrize("engine", [lambda f: f, compiled], ids=["plain", "compiled"])
@pytest.mark.parametrize(("given", "expected"), KNOWN_ANSWERS.values(), ids=KNOWN_ANSWERS)
def test_philox_gives_the_published_answers(
    engine: Callable[[Any], Any], given: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    assert engine(draws.philox)(*given) == expected


@pytest.mark.parametrize("draw", KEYED, ids=lambda draw: draw.__name__)
def test_a_keyed_draw_has_the_same_bits_compiled(draw: Callable[..., Any]) -> None:
    twin = compiled(draw)
    assert [draw(*key) for key in KEYS] == [twin(*key) for key in KEYS]


@pytest.mark.parametrize("prob", [-1.0, 0.0, 1e-17, 0.3, 1 - 1e-16, 1.0, 2.0, math.nan])
def test_a_chance_has_the_same_answer_compiled(prob: float) -> None:
    twin = compiled(draws.bernoulli)
    assert [draws.bernoulli(prob, *key) for key in KEYS] == [twin(prob, *key) for key in KEYS]


@pytest.mark.parametrize("mean", [-1.0, 0.0, 0.02, 3.0, 80.0, 500.0, 1e9])
def test_a_count_has_the_same_value_compiled(mean: float) -> None:
    twin = compiled(draws.poisson)
    assert [draws.poisson(mean, *key) for key in KEYS] == [twin(mean, *key) for key in KEYS]


@pytest.mark.parametrize("n", [1, 2, 12, 1_000_003, 2**31])
def test_a_whole_number_has_the_same_value_compiled_and_lies_below_n(n: int) -> None:
    twin = compiled(draws.integer)
    values = [draws.integer(n, *key) for key in KEYS]
    assert values == [twin(n, *key) for key in KEYS]
    assert all(0 <= value < n for value in values)


@pytest.mark.parametrize(
    ("function", "low", "high"),
    [
        (draws.exp, -710.0, 710.0),
        (draws.log, 1e-9, 3.0),
        (draws.log, 1.0, 1e300),
        (draws.tanh, -25.0, 25.0),
        (draws.tanh, -0.6, 0.6),
        (draws.normal_quantile, 1e-6, 1.0 - 1e-6),
    ],
)
def test_a_function_has_the_same_bits_compiled(function: Callable[[float], float], low: float, high: float) -> None:
    twin = compiled(function)
    points = spread(low, high, 5_000)
    assert [function(x) for x in points] == [twin(x) for x in points]


def test_a_rule_that_passes_constants_draws_the_same_bits_compiled() -> None:
    twin = compiled(_constants_are_widened)
    assert [twin(seed, person) for seed in SEEDS for person in PEOPLE] == [
        _constants_are_widened(seed, person) for seed in SEEDS for person in PEOPLE
    ]


def test_purposes_are_many_and_no_two_share_a_number() -> None:
    assert len(draws.PURPOSES) == 60
    assert len(set(draws.PURPOSES.values())) == len(draws.PURPOSES)


def test_purposes_are_the_constants_of_the_module_and_fit_a_word() -> None:
    assert all(getattr(draws, name) == number for name, number in draws.PURPOSES.items())
    assert all(type(number) is int and 0 < number < 2**32 for number in draws.PURPOSES.values())


def test_each_part_of_the_key_changes_the_draw() -> None:
    key = (11, 12, 13, 14, 15)
    others = [(*key[:place], key[place] + step, *key[place + 1 :]) for place in range(5) for step in (-1, 1)]
    assert len({draws.uniform(*each) for each in [key, *others]}) == 11


def test_both_halves_of_a_long_seed_count() -> None:
    assert len({draws.uniform(seed, 1, 1, 1) for seed in (5, 5 + 2**32, 5 + 2**62)}) == 3


def test_the_last_argument_of_a_key_is_zero_unless_given() -> None:
    assert draws.normal(3, 4, 5, 6) == draws.normal(3, 4, 5, 6, 0)


def test_the_first_of_a_pair_is_the_uniform_draw_of_the_key() -> None:
    first, second = draws.uniform_pair(3, 4, 5, 6, 7)
    assert first == draws.uniform(3, 4, 5, 6, 7) != second


@pytest.mark.parametrize(("word", "expected"), [(0, 2.0**-53), (0xFFFFFFFF, 1.0 - 2.0**-53)])
def test_the_extreme_uniform_draws_stay_off_0_and_1(
    monkeypatch: pytest.MonkeyPatch, word: int, expected: float
) -> None:
    monkeypatch.setattr(draws, "words", lambda *_: (word,) * 4)
    assert draws.uniform(0, 0, 0, 0) == expected
    assert draws.uniform_pair(0, 0, 0, 0) == (expected, expected)


@pytest.mark.parametrize("word", [0, 0xFFFFFFFF])
def test_the_extreme_draws_of_every_law_are_finite(monkeypatch: pytest.MonkeyPatch, word: int) -> None:
    monkeypatch.setattr(draws, "words", lambda *_: (word,) * 4)
    assert 0.0 < draws.exponential(0, 0, 0, 0) < 36.8
    assert -3.7 < draws.gumbel(0, 0, 0, 0) < 36.8
    assert abs(draws.normal(0, 0, 0, 0)) < 8.3
    assert draws.integer(10, 0, 0, 0, 0) in {0, 9}
    assert draws.poisson(5.0, 0, 0, 0, 0) < 60


@pytest.mark.parametrize("word", [0, 0xFFFFFFFF])
def test_no_luck_makes_an_impossible_thing_happen_or_a_certain_one_fail(
    monkeypatch: pytest.MonkeyPatch, word: int
) -> None:
    monkeypatch.setattr(draws, "words", lambda *_: (word,) * 4)
    assert [draws.bernoulli(prob, 0, 0, 0, 0) for prob in (-1.0, 0.0, 1.0, 1.5)] == [False, False, True, True]


def test_a_probability_is_rounded_down_to_its_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draws, "words", lambda *_: (0,) * 4)
    cell = 2.0**-52
    assert [draws.bernoulli(prob, 0, 0, 0, 0) for prob in (0.999 * cell, cell)] == [False, True]


def test_a_chance_that_is_not_a_number_never_happens() -> None:
    assert not any(draws.bernoulli(math.nan, *key) for key in KEYS)


def test_what_happens_at_one_probability_happens_at_every_larger_one() -> None:
    probs = sorted(spread(-0.1, 1.1, 200))
    for key in KEYS:
        answers = [draws.bernoulli(prob, *key) for prob in probs]
        assert answers == sorted(answers)


def test_a_chance_agrees_with_the_uniform_draw_of_its_key() -> None:
    assert all(draws.bernoulli(0.37, *key) == (draws.uniform(*key) < 0.37) for key in KEYS)


def test_a_larger_mean_never_gives_a_smaller_count() -> None:
    means = sorted(spread(0.0, 60.0, 100))
    for key in KEYS[:100]:
        counts = [draws.poisson(mean, *key) for mean in means]
        assert counts == sorted(counts)


def test_exp_is_within_one_unit_in_the_last_place_of_a_library_that_is_too() -> None:
    assert max(units_off(draws.exp(x), math.exp(x)) for x in spread(-700.0, 700.0) + spread(-1.0, 1.0)) <= 2.0


def test_log_is_within_one_unit_in_the_last_place_of_a_library_that_is_too() -> None:
    points = spread(0.4, 2.1) + spread(1.0 - 1e-6, 1.0 + 1e-6) + [math.exp(x) for x in spread(-708.0, 709.0)]
    assert max(units_off(draws.log(x), math.log(x)) for x in points if x != 1) <= 2.0


def test_tanh_is_within_five_units_in_the_last_place() -> None:
    points = spread(1e-9, 0.6) + spread(0.4, 25.0)
    assert max(units_off(draws.tanh(x), math.tanh(x)) for x in points) <= 5.0


def test_power_is_exact_to_the_size_of_its_logarithm() -> None:
    for x, y in zip(spread(0.01, 50.0), spread(-9.0, 9.0)[::-1], strict=True):
        assert draws.power(x, y) == pytest.approx(x**y, rel=3e-16 * (1.0 + abs(y * math.log(x))), abs=0.0)


def test_the_normal_quantile_agrees_with_the_standard_library() -> None:
    points = spread(0.0, 1.0) + [10.0**x for x in spread(-15.5, -1.0)]
    for u in points:
        assert draws.normal_quantile(u) == pytest.approx(NormalDist().inv_cdf(u), rel=2e-15, abs=1e-16)


def test_the_normal_quantile_is_odd() -> None:
    grid = [draws.uniform(1, person, 0, 1) for person in range(1_000)]
    assert all(draws.normal_quantile(1.0 - u) == -draws.normal_quantile(u) for u in grid)


@pytest.mark.parametrize("function", [draws.exp, draws.log, draws.tanh, draws.normal_quantile])
def test_a_function_never_falls(function: Callable[[float], float]) -> None:
    ranges = {draws.log: (1e-3, 50.0), draws.normal_quantile: (1e-6, 1.0 - 1e-6)}
    points = sorted(spread(*ranges.get(function, (-30.0, 30.0))))
    values = [function(x) for x in points]
    assert values == sorted(values)


def test_the_values_that_everybody_knows_are_exact() -> None:
    assert (draws.exp(0.0), draws.log(1.0), draws.tanh(0.0), draws.normal_quantile(0.5)) == (1.0, 0.0, 0.0, 0.0)
    assert (draws.power(7.0, 0.0), draws.power(0.0, 0.5), draws.power(0.0, 0.0)) == (1.0, 0.0, 1.0)


@pytest.mark.parametrize("engine", [lambda f: f, compiled], ids=["plain", "compiled"])
def test_the_ends_are_finite(engine: Callable[[Any], Any]) -> None:
    exp, log, tanh = engine(draws.exp), engine(draws.log), engine(draws.tanh)
    assert exp(math.inf) == exp(draws.EXP_MAX) == pytest.approx(math.exp(700.0))
    assert exp(-math.inf) == exp(-701.0) == 0.0
    assert log(0.0) == log(-5.0) == log(5e-324) == log(2.0**-1022) == pytest.approx(-708.4, abs=0.1)
    assert log(math.inf) == pytest.approx(709.78, abs=0.01)
    assert (tanh(math.inf), tanh(-math.inf)) == (1.0, -1.0)


@pytest.mark.parametrize("engine", [lambda f: f, compiled], ids=["plain", "compiled"])
@pytest.mark.parametrize("function", [draws.exp, draws.log, draws.tanh])
def test_what_is_not_a_number_stays_so(engine: Callable[[Any], Any], function: Callable[[float], float]) -> None:
    assert math.isnan(engine(function)(math.nan))


def test_numbers_as_records_hold_them_give_the_same_draws() -> None:
    narrow = draws.normal(5, np.int32(9), np.int16(-4), np.int8(3), np.int8(2))  # type: ignore[arg-type]
    assert narrow == draws.normal(5, 9, -4, 3, 2)
    assert draws.exp(np.float64(1.5)) == draws.exp(1.5)


def test_the_bits_are_the_same_on_every_machine() -> None:
    points = [0.0137 * n - 27.0 for n in range(4_000)]
    values = [function(x) for function in (draws.exp, draws.log, draws.tanh) for x in points]
    values += [draw(*key) for draw in (draws.uniform, draws.normal, draws.exponential, draws.gumbel) for key in KEYS]
    bits = struct.pack(f"<{len(values)}d", *values)
    assert hashlib.sha256(bits).hexdigest()[:16] == "65c476983bbbb1e0"
