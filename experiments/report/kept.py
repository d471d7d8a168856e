"""What is done of a report, kept in its folder part by part: an interrupted one makes only what is missing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import scenarios
from experiments.batch.durable import write_durably
from experiments.batch.identity import canonical, given_hash, source_sha256
from experiments.design import version
from experiments.report.parts import SCHEMA

if TYPE_CHECKING:
    from experiments.report.asked import Asked
    from scenarios.scenario import Scenario

_FOLDER = "data/parts"
_SHOWN = 20
_READ = {".py", ".yaml", ".csv", ".json"}
_WRITING = {"figures", "cli"}
"""Packages that only write what is told."""


class Kept:
    """Parts of a report by name, in a folder; in none, they are made each time.

    Parameters
    ----------
    folder
        Of the report; None to keep nothing.
    key
        Hash of all that the parts depend on; a part under another key is not read.
    """

    def __init__(self, folder: Path | None, key: str) -> None:
        self._folder, self._key = folder, key

    def part(
        self, name: str, make: Callable[[], Mapping[str, Any]], *, is_whole: Callable[[Mapping[str, Any]], bool] = bool
    ) -> Mapping[str, Any]:
        """Return a part, as plain values: what was kept of it, or what ``make`` gives, which is then kept if it is whole."""
        if self._folder is None:
            return make()
        path = self._folder / _FOLDER / f"{name}-{self._key[:_SHOWN]}.json"
        found = _read(path)
        if found is None:
            found = make()
            if is_whole(found):
                write_durably(path, json.dumps(found, ensure_ascii=False, allow_nan=False).encode(), self._folder)
        return found

    def has(self, name: str) -> bool:
        """Return whether a part is kept."""
        return self._folder is not None and (self._folder / _FOLDER / f"{name}-{self._key[:_SHOWN]}.json").exists()


def _read(path: Path) -> Mapping[str, Any] | None:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def key_of(asked: Asked) -> str:
    """Return a hash of all that the numbers and the words of a report depend on."""
    until = asked.design.until
    drawn = [] if asked.drawn is None else [dict(draw.parameters) for draw in asked.drawn.draws]
    content = [
        SCHEMA,
        version(),
        source_sha256(),
        _beside_sha256(),
        asdict(asked.design),
        [[case.id, case.title, case.first, given_hash(case.scenario.resolve(until))] for case in asked.cases],
        [given_hash(case.baseline.resolve(until)) for case in asked.cases],
        [[_told(case.scenario), _told(case.baseline)] for case in asked.cases],
        [_told(one) for one in asked.assumed],
        [list(asked.names), list(asked.assume)],
        drawn,
        # Some sections read it even where the comparison is not made over draws.
        [str(asked.posterior), None if asked.posterior is None else sha256(asked.posterior.read_bytes()).hexdigest()],
    ]
    return sha256(canonical(content).encode()).hexdigest()


def _told(scenario: Scenario) -> str:
    """Return all that a file says of its scenario and of its parts: reasons, sources, costs, changes."""
    parts = (scenario, *scenario.reforms)
    return repr((scenario, [(part.own_changes, part.assumptions) for part in parts]))


@cache
def _beside_sha256() -> str:
    """Return a hash of what turns runs into reports, and of the facts and records that these tell beside them."""
    root = Path(__file__).parent.parent
    digest = sha256()
    for folder in (root, Path(scenarios.__file__).parent):
        for path in sorted(path for path in folder.rglob("*") if path.suffix in _READ):
            name = path.relative_to(folder)
            if name.parts[0] not in _WRITING:
                digest.update(name.as_posix().encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()
