"""What analyses do unless told, for those who only tell of it: importing this imports nothing else."""

from __future__ import annotations

METHODS = ("morris", "sobol", "pawn")
"""Ways to ask which uncertain parameters matter."""
DEFAULT_DRAWS = {"morris": 12, "sobol": 64, "pawn": 256}
"""Trajectories, base rows, points of each method."""
REGRET_DRAWS, REGRET_REPLICATES = 32, 4
"""Draws over which scenarios are ranked, and replicates of each."""
REGRET_DATE = "2035-12"
RANK_DRAWS, RANK_REPLICATES, RANK_BEST = 32, 2, 3
"""Draws over which reforms are ranked with probabilities, replicates of each, and how many count as the best."""
RANK_DATE = "2035-12"
