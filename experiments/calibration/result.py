"""What a calibration gives, as plain data."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from experiments.calibration.foretold import Foretold
from experiments.calibration.goals import Goals
from experiments.calibration.learned import Learned
from experiments.calibration.ranks import Ranks
from experiments.calibration.trial import Settings
from experiments.calibration.validity import Validity
from experiments.calibration.waves import Wave
from experiments.design import version
from experiments.finite import each_or_none, or_none

SCHEMA = "talentflow.calibrate/1"


@dataclass(frozen=True, eq=False)
class WaveRecord:
    """What one wave did: draws, failed runs, the share of the prior left after it, which goals cut it."""

    number: int
    draws: int
    failed: int
    share: float
    cuts: Any
    alone: Any
    validity: Validity | None


def record_of(wave: Wave) -> WaveRecord:
    """Return what is told of a wave."""
    return WaveRecord(
        wave.number, len(wave.points), wave.failed, wave.region.share, wave.cuts, wave.alone, wave.validity
    )


@dataclass(frozen=True, eq=False)
class Calibration:
    """A calibration: its waves, what it says of parameters and targets, what its emulators and its posterior are worth.

    ``effective`` is the number of equally weighted draws that the weighted ones are worth; ``titles`` and ``units`` are
    those of targets, where known; ``scale`` is people a row, 0 for another model.
    """

    names: tuple[str, ...]
    settings: Settings
    luck: float
    goals: Goals
    waves: tuple[WaveRecord, ...]
    parameters: tuple[Learned, ...]
    bound: tuple[tuple[str, str, float], ...]
    targets: tuple[Foretold, ...]
    validity: Validity
    effective: float
    failed: int
    ranks: Ranks | None
    folder: Path
    titles: Mapping[str, Mapping[str, str]] | None = None
    units: Mapping[str, str] | None = None
    scale: int = 0
    engine: str = ""

    def about(self, targets: Sequence[Any], scale: int, engine: str) -> Calibration:
        """Return the same with what targets are called, and how the model was run."""
        titles = {target.id: dict(target.what) | {"period": target.period} for target in targets}
        units = {target.id: target.unit for target in targets}
        return replace(self, titles=titles, units=units, scale=scale, engine=engine)

    @property
    def identified(self) -> tuple[str, ...]:
        """Parameters that data narrow, the most narrowed first."""
        found = [one for one in self.parameters if one.is_identified]
        return tuple(one.name for one in sorted(found, key=lambda one: -one.shrinkage))

    @property
    def unidentified(self) -> tuple[str, ...]:
        """Parameters of which data say hardly anything."""
        return tuple(one.name for one in self.parameters if not one.is_identified)

    @property
    def covered(self) -> tuple[int, int]:
        """How many fitted targets lie in the 90% band of a posterior that did not see them, and how many there are."""
        bands = [(one.left_out, one.observed) for one in self.targets if one.left_out is not None]
        return sum(band.holds(value) for band, value in bands), len(bands)

    def to_dict(self, *, lang: str = "en") -> dict[str, Any]:
        """Return the result as plain data; None where a number does not exist."""
        from experiments.calibration.words import findings

        return {
            "schema": SCHEMA,
            **asdict(self.settings),
            "scale": self.scale,
            "engine": self.engine,
            "version": version(),
            "parameters": [self._parameter(one) for one in self.parameters],
            "unidentified": list(self.unidentified),
            "bound": [{"parameters": [a, b], "correlation": r} for a, b, r in self.bound],
            "targets": [self._target(one) for one in self.targets],
            "left_out_covered": list(self.covered),
            "waves": [self._wave(wave) for wave in self.waves],
            "emulators": self._validity(self.validity),
            "effective_draws": self.effective,
            "failed": self.failed,
            "known_truths": None if self.ranks is None else self._ranks(self.ranks),
            "findings": findings(self, lang),
        }

    def to_json(self, *, lang: str = "en") -> str:
        """Return the result as JSON text (schema talentflow.calibrate/1)."""
        return json.dumps(self.to_dict(lang=lang), ensure_ascii=False, allow_nan=False, indent=1)

    @staticmethod
    def _parameter(one: Learned) -> dict[str, Any]:
        prior, posterior = ({"mean": told[0], "low": told[1], "high": told[2]} for told in (one.prior, one.posterior))
        rest = {"shrinkage": one.shrinkage, "error": one.error, "shift": one.shift, "identified": one.is_identified}
        return {"name": one.name, "prior": prior, "posterior": posterior, **rest}

    def _target(self, one: Foretold) -> dict[str, Any]:
        titles, units = self.titles or {}, self.units or {}
        bands = {name: asdict(getattr(one, name)) for name in ("model", "predictive")}
        left_out = asdict(one.left_out) | {"holds": one.left_out.holds(one.observed)} if one.left_out else None
        return {
            "id": one.id,
            "label": titles.get(one.id),
            "unit": units.get(one.id),
            "fitted": one.is_used,
            "observed": one.observed,
            "likely": list(one.likely),
            **bands,
            "left_out": left_out,
            "runs": or_none(one.runs),
        }

    def _wave(self, wave: WaveRecord) -> dict[str, Any]:
        ids = self.goals.ids
        return {
            "number": wave.number,
            "draws": wave.draws,
            "failed": wave.failed,
            "share_left": wave.share,
            "rules_out": dict(zip(ids, map(float, wave.cuts), strict=True)),
            "rules_out_alone": dict(zip(ids, map(float, wave.alone), strict=True)),
            "foretold_by_last": None if wave.validity is None else self._validity(wave.validity),
        }

    def _validity(self, validity: Validity) -> dict[str, Any]:
        columns = zip(validity.inside, validity.rms, validity.explained, strict=True)
        names = ("inside_90", "rms", "explained")
        each = [each_or_none(dict(zip(names, map(float, row), strict=True))) for row in columns]
        return {
            "draws": validity.n,
            "inside_90": validity.share_inside,
            "targets": dict(zip(self.goals.ids, each, strict=True)),
        }

    def _ranks(self, ranks: Ranks) -> dict[str, Any]:
        columns = zip(ranks.names, ranks.p_values, ranks.inside, ranks.shrinkage, strict=True)
        tested = [name in self.identified for name in ranks.names]
        return {
            "truths": ranks.n,
            "power": ranks.power,
            "least_effective": ranks.least_effective,
            "alarms": ranks.alarms(tested),
            "parameters": [
                {"name": name, "p": float(p), "inside_90": float(inside), "shrinkage": float(shrinkage)}
                for name, p, inside, shrinkage in columns
            ],
            "ranks": {name: column.tolist() for name, column in zip(ranks.names, ranks.ranks.T, strict=True)},
        }
