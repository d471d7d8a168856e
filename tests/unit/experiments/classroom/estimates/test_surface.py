import numpy as np

from experiments.classroom.estimates.featured import Featured, featured_levers
from experiments.classroom.estimates.holding import held_out, held_out_by_kind
from experiments.classroom.estimates.points import Size, points_of
from experiments.classroom.estimates.running import law_of
from experiments.classroom.estimates.surface import features_of, fitted, terms_of

BAR = Featured("a.bar", low=70.0, today=85.0, high=100.0, is_whole=False, is_switch=False)
DAYS = Featured("a.days", low=0.0, today=5.0, high=15.0, is_whole=False, is_switch=False)
SWITCH = Featured("a.switch", low=0.0, today=0.0, high=1.0, is_whole=True, is_switch=True)
LEVERS = (BAR, DAYS, SWITCH)
HELD = np.array([min(2, len(term)) for term in terms_of(LEVERS)])
ALONE = Featured("b.alone", low=0.0, today=1.0, high=3.0, is_whole=False, is_switch=False, is_alone=True)


def drawn_changes(n: int, seed: int) -> list[dict[str, float]]:
    rng = np.random.default_rng(seed)
    return [{lever.path: lever.at(float(rng.random())) for lever in LEVERS if rng.random() < 0.7} for _ in range(n)]


def effects_of(changes: list[dict[str, float]]) -> np.ndarray:
    """Return the effects in a world that is quadratic, with an interaction: a surface can follow it to the end."""
    moved = features_of(changes, LEVERS, [(0,), (1,), (2,)])
    bar, days, switch = moved.T
    return np.stack([900 * bar - 300 * bar**2 - 500 * days + 400 * bar * switch], axis=1)


def test_a_world_that_is_quadratic_is_found_again() -> None:
    changes, terms = drawn_changes(80, 1), terms_of(LEVERS)
    features = features_of(changes, LEVERS, terms)
    surface = fitted(features, effects_of(changes), np.ones(80), np.ones(80, bool), HELD)[0]
    unseen = drawn_changes(50, 2)
    guessed, true = surface.at(features_of(unseen, LEVERS, terms)), effects_of(unseen)[:, 0]
    assert held_out(guessed, true).error < 0.01 * held_out(guessed, true).effect


def test_a_cliff_is_not_found_and_its_test_says_so() -> None:
    def cliff(changes: list[dict[str, float]]) -> np.ndarray:
        return np.array([[1_000.0 if change.get("a.days", 5.0) > 14 else 0.0] for change in changes])

    changes, terms = drawn_changes(80, 1), terms_of(LEVERS)
    surface = fitted(features_of(changes, LEVERS, terms), cliff(changes), np.ones(80), np.ones(80, bool), HELD)[0]
    unseen = drawn_changes(200, 3)
    assert not held_out(surface.at(features_of(unseen, LEVERS, terms)), cliff(unseen)[:, 0]).is_on


def test_nothing_moved_is_no_difference() -> None:
    changes, terms = drawn_changes(40, 1), terms_of(LEVERS)
    surface = fitted(
        features_of(changes, LEVERS, terms), effects_of(changes) + 50, np.ones(40), np.ones(40, bool), HELD
    )[0]
    assert surface.at(features_of([{}], LEVERS, terms)).tolist() == [0.0]


def test_a_switch_has_no_curve() -> None:
    assert (2, 2) not in terms_of(LEVERS)
    assert (0, 2) in terms_of(LEVERS)


def test_a_lever_that_is_taken_alone_has_no_interactions() -> None:
    assert terms_of((BAR, ALONE)) == [(0,), (1,), (0, 0), (1, 1)]
    points = points_of((*LEVERS, ALONE), {}, Size(fill=4, one=2, some=2, many=2, pair=0, mixed=0))
    own = [point for point in points if ALONE.path in point.changes]
    assert [point.kind for point in own] == ["ends", "ends", "one"]
    assert all(len(point.changes) == 1 for point in own)


def test_an_outcome_that_is_nowhere_defined_is_off() -> None:
    kinds = ["one", "pair"]
    found = held_out_by_kind(kinds, np.array([np.nan, np.nan]), np.array([1.0, np.nan]))
    assert not found["levers"].is_on
    assert found["levers"].n == 0


def test_values_are_such_as_a_person_sets() -> None:
    assert DAYS.at(0.33) == 5.0
    assert SWITCH.at(0.49) == 0.0
    assert SWITCH.at(0.51) == 1.0
    assert BAR.at(1.0) == 100.0


def test_points_are_the_same_every_time_and_never_at_today() -> None:
    presets = {"one-stop": frozenset({"a.bar"}), "fast-track": frozenset({"a.days"}), "other": frozenset({"b.c"})}
    size = Size(fill=16, pair=2)
    points = points_of(LEVERS, presets, size)
    assert points == points_of(LEVERS, presets, size)
    assert len({point.id for point in points}) == len(points)
    today = {lever.path: lever.today for lever in LEVERS}
    assert all(value != today[path] for point in points for path, value in point.changes.items())


def test_what_is_joined_sets_no_lever_twice() -> None:
    presets = {"one-stop": frozenset({"a.bar"}), "fast-track": frozenset({"a.days"}), "other": frozenset({"a.bar"})}
    points = points_of(LEVERS, presets, Size(fill=4, pair=2, mixed=20))
    assert {point.reforms for point in points if point.kind == "pair"} == {
        ("fast-track", "one-stop"),
        ("fast-track", "other"),
    }
    assert not any(set(point.changes) & presets[point.reforms[0]] for point in points if point.kind == "mixed")


def test_a_law_holds_what_its_point_names() -> None:
    levers = featured_levers()
    points = points_of(levers, {"one-stop": frozenset(), "fast-track": frozenset()}, Size(fill=2, pair=1, mixed=1))
    mixed = next(point for point in points if point.kind == "mixed")
    law = law_of(mixed)
    assert law.id == mixed.id
    assert all(law.column(path)[-1, 0] == value for path, value in mixed.changes.items())
