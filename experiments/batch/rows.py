"""What is kept of runs, as rows: one for each run, outcome, group and date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.batch.family import PAIR_OUTCOMES, RunEnded
from experiments.design import Question

if TYPE_CHECKING:
    import pandas as pd

_OF_RUN = ("run", "arm", "role", "draw", "replicate", "seed")
_OF_NUMBER = ("outcome", "group", "date")
_Key = tuple[str, str, str]


def rows_of(question: Question, done: Sequence[RunEnded]) -> pd.DataFrame:
    """Return the numbers of runs that gave a result.

    Returns
    -------
        Columns run, arm, role, draw, replicate, seed, outcome, group, date, value; nan where an outcome is not defined.
    """
    import pandas as pd

    outcomes = [
        (outcome, group, date) for outcome in question.outcomes for group in question.groups for date in question.dates
    ]
    pairs = [(outcome, "all", date) for outcome in PAIR_OUTCOMES for date in question.dates]
    keys = [outcomes if one.pair is None else outcomes + pairs for one in done]
    return pd.DataFrame(
        {
            **{name: _repeated([getattr(one.planned, name) for one in done], keys) for name in _OF_RUN},
            **{name: [key[column] for listed in keys for key in listed] for column, name in enumerate(_OF_NUMBER)},
            "value": np.concatenate([np.empty(0), *(part.ravel() for one in done for part in _numbers(one))]),
        }
    )


def _numbers(one: RunEnded) -> list[Any]:
    return [one.values] if one.pair is None else [one.values, one.pair]


def _repeated(values: Sequence[Any], keys: Sequence[Sequence[_Key]]) -> list[Any]:
    return [value for value, listed in zip(values, keys, strict=True) for _ in listed]
