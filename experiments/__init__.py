"""Questions asked of the model: what a reform changes, with how much certainty.

This is the door. Nothing heavy is imported until a name is used, so that the command line answers at once.

>>> from experiments import compare
>>> callable(compare)
True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.analyses.decompose import decompose
    from experiments.analyses.discover import discover
    from experiments.analyses.optimise import optimise
    from experiments.analyses.rank_probabilities import rank_probabilities
    from experiments.analyses.regret import regret
    from experiments.analyses.sensitivity import sensitivity
    from experiments.batch.driver import conduct
    from experiments.comparison import Comparison, compare
    from experiments.evaluation import evaluate, evaluate_effect
    from experiments.robustness import Rankings, matched_taste, rank_under
    from experiments.series import RunSeries, run

__all__ = [
    "Comparison",
    "Rankings",
    "RunSeries",
    "compare",
    "conduct",
    "decompose",
    "discover",
    "evaluate",
    "evaluate_effect",
    "matched_taste",
    "optimise",
    "rank_probabilities",
    "rank_under",
    "regret",
    "run",
    "sensitivity",
]

_HOME = {
    "Comparison": "experiments.comparison",
    "Rankings": "experiments.robustness",
    "RunSeries": "experiments.series",
    "compare": "experiments.comparison",
    "conduct": "experiments.batch.driver",
    "decompose": "experiments.analyses.decompose",
    "discover": "experiments.analyses.discover",
    "evaluate": "experiments.evaluation",
    "evaluate_effect": "experiments.evaluation",
    "matched_taste": "experiments.robustness",
    "optimise": "experiments.analyses.optimise",
    "rank_probabilities": "experiments.analyses.rank_probabilities",
    "rank_under": "experiments.robustness",
    "regret": "experiments.analyses.regret",
    "run": "experiments.series",
    "sensitivity": "experiments.analyses.sensitivity",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"experiments has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
