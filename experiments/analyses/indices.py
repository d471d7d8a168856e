"""What moves one number: the index of every parameter, by any method, ranked beside a dummy that moves nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from experiments.analyses.index import Index, Settings
from experiments.analyses.morris import morris
from experiments.analyses.noise import crossed_covariance, noise_share
from experiments.analyses.pawn import pawn
from experiments.analyses.sampling import Sample
from experiments.analyses.sobol import sobol
from experiments.design import DesignError

_LEAST_BLOCKS = 4
_METHODS = {"morris": morris, "sobol": sobol, "pawn": pawn}


@dataclass(frozen=True)
class Indices:
    """What moves one number, most first.

    ``mean`` and ``sd`` are of the number over the points, the sd without noise. ``noise_share`` is the share of the
    variance between points that is luck, each point the mean of its ``replicates``; nan with one of them. ``blocks`` are
    the trajectories, base rows or points used; ``dropped`` those left out, as a run failed or the number does not exist.
    """

    method: str
    rows: tuple[Index, ...]
    dummy: Index
    mean: float
    sd: float
    noise_share: float
    blocks: int
    dropped: int
    replicates: int

    @property
    def clear(self) -> tuple[str, ...]:
        """Parameters told from the dummy and from 0."""
        return tuple(row.name for row in self.rows if row.is_clear)


def indices_of(sample: Sample, values: Any, settings: Settings | None = None) -> Indices:
    """Return how much each parameter moves a number.

    A parameter is told from nothing where the whole interval of its index lies above 0 and above the dummy's interval. A
    PAWN index is never 0: there, the dummy's interval holds what luck alone gives, and it is enough to lie above it.

    Parameters
    ----------
    sample
        The design.
    values
        Shape (points, replicates): the number at each point of the design with each seed; nan where there is none.
    settings
        How they are reckoned.

    Raises
    ------
    DesignError
        If fewer than four blocks of the design have values.
    """
    by_block = sample.blocks(np.asarray(values, float))
    whole = np.isfinite(by_block).all(axis=(1, 2))
    if whole.sum() < _LEAST_BLOCKS:
        raise DesignError(
            f"only {int(whole.sum())} of {len(whole)} blocks of the design have values; {_LEAST_BLOCKS} are needed"
        )
    unit, kept = sample.blocks(sample.unit)[whole], by_block[whole]
    *found, dummy = _METHODS[sample.method](sample.names, unit, kept, settings or Settings())
    marked = [replace(row, is_clear=_is_clear(row, dummy, sample.method)) for row in found]
    points = kept.reshape(-1, kept.shape[-1])
    n_points, n_replicates = points.shape
    variance = float(crossed_covariance(points, points, np.ones(n_points), np.ones(n_replicates)))
    return Indices(
        method=sample.method,
        rows=tuple(sorted(marked, key=lambda row: (math.isnan(row.index), -row.index, row.name))),
        dummy=dummy,
        mean=float(points.mean()),
        sd=math.sqrt(max(0.0, variance)),
        noise_share=noise_share(points),
        blocks=len(kept),
        dropped=int((~whole).sum()),
        replicates=n_replicates,
    )


def _is_clear(row: Index, dummy: Index, method: str) -> bool:
    told = row.index if method == "pawn" else row.low
    return told > max(0.0, dummy.high)
