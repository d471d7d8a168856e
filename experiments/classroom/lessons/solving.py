"""The right answer to a question, computed by the model when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.classroom.lessons.form import LessonForm, QuestionForm
from experiments.classroom.lessons.kinds import COMBINED, KINDS, RUN_KINDS
from experiments.classroom.lessons.laws import law_named
from experiments.classroom.lessons.rule_values import RULES
from experiments.classroom.lessons.run_values import Pairs, pairs_of
from experiments.pairing import interval


@dataclass(frozen=True)
class Answer:
    """What a computation gives.

    ``value`` is a number, a name, or names in order; ``pairs`` the number of each pair of runs, empty where a rule
    gave it; ``is_clear`` whether the pairs support the answer that is a name or an order.
    """

    value: float | str | tuple[str, ...]
    pairs: tuple[float, ...] = ()
    is_clear: bool = True

    @property
    def number(self) -> float:
        """The value of a computation that gives a number."""
        if not isinstance(self.value, float):
            raise TypeError(f"{self.value!r} is no number")
        return self.value

    @property
    def range(self) -> tuple[float, float]:
        """The 95% interval over pairs; the number itself where a rule gave it."""
        if not self.pairs:
            return self.number, self.number
        low, high, _ = interval(np.array(self.pairs))
        return low, high


def solve(lesson: LessonForm, question: QuestionForm) -> Answer:
    """Return the right answer to a question of a lesson; runs that it needs are made once in a process."""
    return _solve(lesson, question.compute)


def needs_runs(compute: Mapping[str, Any]) -> bool:
    """Return whether a computation needs pairs of runs."""
    return any(True for _ in run_parts(compute))


def run_parts(compute: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the parts of a computation that need runs."""
    if compute["kind"] in RUN_KINDS:
        yield compute
    for part in parts(compute).values():
        yield from run_parts(part)


def parts(compute: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the computations that another is made of, by name."""
    if compute["kind"] == "difference-sign":
        return {"of": compute["of"]}
    is_combined = KINDS[compute["kind"]] in COMBINED
    return dict(compute["of"]) if is_combined else {}


def _solve(lesson: LessonForm, compute: Mapping[str, Any]) -> Answer:
    kind = compute["kind"]
    asked = KINDS[kind].model_validate(dict(compute))
    if kind in RUN_KINDS:
        return _of_runs(lesson, asked, as_effect=kind == "effect")
    if kind in RULES:
        return Answer(RULES[kind](asked, law_named(getattr(asked, "law", "baseline"), lesson.laws)))
    found = {name: _solve(lesson, part) for name, part in parts(compute).items()}
    if kind == "difference-sign":
        return _sign(found["of"])
    if kind in {"larger-of", "rank-of"}:
        return _order(found, only_first=kind == "larger-of")
    if kind == "sum":
        return _summed(list(found.values()))
    first, second = list(found.values())[:2]
    return _joined(first, second, as_ratio=kind == "ratio")


def _of_runs(lesson: LessonForm, asked: Any, *, as_effect: bool) -> Answer:
    before, after = _pairs(lesson).values(asked.law, asked.outcome, asked.group, asked.date)
    values = after - before if as_effect else before if asked.law == "baseline" else after
    values = values[np.isfinite(values)] / asked.per
    return Answer(float(values.mean()) if values.size else float("nan"), tuple(map(float, values)))


def _pairs(lesson: LessonForm) -> Pairs:
    asked = [part for question in lesson.questions for part in run_parts(question.compute)]
    forms: list[Any] = [KINDS[part["kind"]].model_validate(dict(part)) for part in asked]
    names = dict.fromkeys(form.law for form in forms if form.law != "baseline")
    wanted = tuple(dict.fromkeys((form.outcome, form.group, form.date) for form in forms))
    own = {name: law.model_dump(mode="json") for name, law in lesson.laws.items() if name in names}
    key = repr((tuple(names), own, wanted, lesson.runs.model_dump()))
    return pairs_of(key, {name: law_named(name, lesson.laws) for name in names}, wanted, lesson.runs)


def _sign(found: Answer) -> Answer:
    low, high = found.range
    if not found.pairs:
        number = found.number
        return Answer("same" if number == 0.0 else "up" if number > 0.0 else "down")
    if low == high == 0.0:
        return Answer("same", found.pairs)
    return Answer("up" if low > 0.0 else "down" if high < 0.0 else "unclear", found.pairs)


def _order(found: Mapping[str, Answer], *, only_first: bool) -> Answer:
    names = sorted(found, key=lambda name: -found[name].number)
    looked_at = names[:1] if only_first else names[:-1]
    is_clear = all(
        _is_larger(found[name], found[other]) for place, name in enumerate(looked_at) for other in names[place + 1 :]
    )
    return Answer(names[0] if only_first else tuple(names), is_clear=is_clear)


def _is_larger(first: Answer, second: Answer) -> bool:
    """Return whether pairs (or, where rules gave both, the numbers) tell that one is larger."""
    return _joined(first, second, as_ratio=False).range[0] > 0.0


def _summed(found: list[Answer]) -> Answer:
    if all(one.pairs for one in found):
        pairs = tuple(sum(values) for values in zip(*(one.pairs for one in found), strict=True))
        return Answer(float(np.mean(pairs)), pairs)
    return Answer(sum(one.number for one in found))


def _joined(first: Answer, second: Answer, *, as_ratio: bool) -> Answer:
    if as_ratio:
        return Answer(first.number / second.number)
    if first.pairs and second.pairs and len(first.pairs) == len(second.pairs):
        pairs = tuple(one - other for one, other in zip(first.pairs, second.pairs, strict=True))
        return Answer(float(np.mean(pairs)), pairs)
    return Answer(first.number - second.number)
