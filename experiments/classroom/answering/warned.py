"""What must be known before an answer is read: nobody touched, something scarce binds, a coarse run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from experiments import pairing
from experiments.amounts import amount, number
from experiments.classroom.answering.asked import Asked
from experiments.classroom.answering.laws import Law
from experiments.classroom.answering.pairs import Pair
from experiments.classroom.answering.words import told

_FULL = 0.995
"""Share from which a thing is not scarce."""
_POSTS = 0.05
_LONG_QUEUE = 12.0
_COARSE = 5000
_BINDING = (("quota_share", "quota-binds", "quota_binds", _FULL), ("seat_share", "seats-bind", "seats_bind", 0.9),
            ("posts_match_share", "posts-bind", "posts_bind", _POSTS))  # fmt: skip


def warnings_of(asked: Asked, law: Law, pairs: Sequence[Pair]) -> Iterator[dict[str, Any]]:
    """Yield code and text of each warning, the most important first."""
    for code, key, values in _found(asked, law, pairs):
        yield {"code": code, "text": told(key, asked.lang, **values)}


def _found(asked: Asked, law: Law, pairs: Sequence[Pair]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    name = law.case.id
    if law.case.first is None:
        yield "touched-nobody", "same_law", {"until": asked.until}
    elif not any(count.touched for pair in pairs for count in pair.groups.persons[name].values()):
        yield "touched-nobody", "touched_nobody", {}
    yield from _binding(asked, pairs)
    yield from _outside(asked, law)
    if asked.scale >= _COARSE:
        yield "coarse", "coarse", {"scale": f"{asked.scale:,}"}
    if len(pairs) < pairing.BOOTSTRAP_FROM:
        yield "few-pairs", "few_pairs", {"n": len(pairs)}


def _binding(asked: Asked, pairs: Sequence[Pair]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    side = told("reform_law", asked.lang)
    for name, code, key, least in _BINDING:
        share = _mean(pairs, name)
        if share < least:
            yield code, key, {"share": f"{share:.0%}", "side": side}
    months = _mean(pairs, "residence_queue")
    if months > _LONG_QUEUE:
        yield "queue-binds", "queue_binds", {"months": f"{months:.0f}", "side": side}


def _mean(pairs: Sequence[Pair], name: str) -> float:
    return float(np.mean([pair.scarce[1][name] for pair in pairs]))


def _outside(asked: Asked, law: Law) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the levers moved beyond the range in which a reform makes sense."""
    levers = law.case.scenario.library.levers
    for change in asked.changes:
        lever, value = levers[str(change["path"])], change.get("set")
        low, high = lever.plausible
        if value is not None and not low <= value <= high:
            values = {"label": lever.label[asked.lang], "value": amount(value, lever.unit, asked.lang)}
            ends = {"low": number(low, lever.unit, asked.lang), "high": amount(high, lever.unit, asked.lang)}
            yield "outside-plausible", "outside_plausible", values | ends
