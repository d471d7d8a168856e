"""Draws out of a posterior, as a comparison is made over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.design import MissingInputError

if TYPE_CHECKING:
    from experiments.batch.experiment import Draw
    from experiments.replicate import Case


@dataclass(frozen=True)
class PosteriorDraws:
    """Settings of uncertain parameters that a comparison is made over.

    ``posterior`` names their file, ``digest`` is the SHA-256 of its bytes. ``assumed`` are the drawn parameters that
    assumptions change: these act on the draws, and where they set a value, they hold.
    """

    draws: tuple[Draw, ...] = field(repr=False)
    posterior: str
    digest: str
    assumed: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """Number of draws."""
        return len(self.draws)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters that are drawn."""
        return tuple(self.draws[0].parameters)

    def number_at(self, seed: int, first_seed: int) -> int:
        """Return the draw that a seed has: they take turns, so that every round of seeds has each once."""
        return (seed - first_seed) % self.n

    def to_dict(self) -> dict[str, Any]:
        """Return what they are as plain values."""
        return {
            "n": self.n,
            "posterior": self.posterior,
            "sha256": self.digest,
            "parameters": list(self.parameters),
            "assumed": list(self.assumed),
        }


def posterior_draws(n: int, posterior: str | Path | None, *, seed: int) -> PosteriorDraws:
    """Return ``n`` settings out of a posterior, each as often as its weight asks.

    Parameters
    ----------
    n
        At least 1. More keep the earlier ones.
    posterior
        CSV file, a column a parameter, perhaps one called weight; the shipped one if None.
    seed
        At least 0; shifts which settings are taken.

    Raises
    ------
    MissingInputError
        If no posterior is shipped.
    scenarios.ScenarioProblems
        If the file is not there or wrong.
    """
    from experiments.batch.draws import draws_from
    from experiments.batch.form import DrawsForm
    from scenarios import posterior_file

    if posterior is None and not posterior_file().is_file():
        raise MissingInputError(
            "no posterior is shipped with this version: name one with --posterior, or use --draws 0"
        )
    file = posterior_file() if posterior is None else Path(posterior)
    form, folder = (file.name, file.parent) if posterior is None else (str(posterior), "")
    draws = draws_from(DrawsForm(posterior=form, draws=n), folder=str(folder), seed=seed)
    return PosteriorDraws(draws, form, sha256(file.read_bytes()).hexdigest())


def assumed_among(drawn: PosteriorDraws, cases: Sequence[Case]) -> tuple[str, ...]:
    """Return the drawn parameters that assumptions of some cases change."""
    from experiments.batch.samples import parameter_path

    assumed = {change.path for case in cases for change in case.scenario.assumptions}
    return tuple(name for name in drawn.parameters if parameter_path(name) in assumed)


def check_draws(drawn: PosteriorDraws, cases: Sequence[Case]) -> None:
    """Raise ScenarioProblems where an assumption that acts on a draw leaves its limits, before anything is run."""
    if not drawn.assumed:
        return
    assuming = {case.family: case.baseline for case in cases} | {case.id: case.scenario for case in cases}
    for scenario in assuming.values():
        if any(change.operation in {"add", "multiply"} for change in scenario.assumptions):
            for draw in drawn.draws:
                scenario.with_defaults(draw.parameters)
