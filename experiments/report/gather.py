"""Gathers a report from scenarios: runs them, and builds every section that says something of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from experiments.report.kept import Kept, key_of
from experiments.report.limits import command_of, limits_section, provenance_of
from experiments.report.parts import Dossier, Section
from experiments.report.writing_json import (
    number_from_dict,
    number_to_dict,
    section_from_dict,
    section_to_dict,
)

if TYPE_CHECKING:
    from pathlib import Path

    from experiments.report.asked import Asked, Running

ORDER = (
    "changes", "outcomes", "outcomes-rest", "ranking", "likely", "paths", "who", "waits", "flows", "decomposition", "cost",
    "drivers", "failing", "fit", "stories", "elsewhere", "assumptions", "limits",
)  # fmt: skip
"""Sections in the order in which they are read."""
ANALYSES = ("fit", "stories", "decomposition", "failing", "drivers")
"""Modules with runs of their own, in the order in which they are made; each has ``section(asked, running)``."""

OnPart = Callable[[str, bool], None]
"""Told of a part before it is made: its name, and whether it was kept."""


def gather(
    asked: Asked, running: Running, *, folder: Path | None = None, is_quick: bool = False, on_part: OnPart | None = None
) -> Dossier:
    """Return the report of some scenarios.

    Parameters
    ----------
    asked, running
        What is asked, and how its runs are done.
    folder
        Where parts that are done are kept; nowhere if None.
    is_quick
        Whether sections with runs of their own are left out.
    on_part
        Told of parts as they are made.

    Raises
    ------
    RunsFailedError
        If no run succeeded.
    KeyboardInterrupt
        If it was asked to stop; what is done is kept.
    """
    kept, tell = Kept(folder, key_of(asked)), on_part or _tell_nobody
    tell("compared", kept.has("compared"))
    # Pairs that failed are tried again next time.
    first = kept.part("compared", lambda: compared(asked, running), is_whole=lambda found: not _failed(found))
    sections = [section_from_dict(one) for one in first["sections"]]
    if not is_quick:
        sections += _analysed(asked, running, kept, tell)
    command = command_of(asked, is_quick=is_quick)
    provenance = first["provenance"]
    limits = limits_section(provenance, command, is_drawn=asked.drawn is not None)
    return Dossier(
        title=first["title"],
        headline=first["headline"],
        lead=tuple(first["lead"]),
        numbers=tuple(number_from_dict(number) for number in first["numbers"]),
        warnings=tuple(first["warnings"]),
        sections=in_order([*sections, limits]),
        command=command,
        provenance=provenance,
    )


def _failed(first: Mapping[str, Any]) -> int:
    return int(first["provenance"]["failed"])


def in_order(sections: list[Section]) -> tuple[Section, ...]:
    """Return sections in the order in which they are read."""
    return tuple(sorted(sections, key=lambda section: ORDER.index(section.id)))


def compared(asked: Asked, running: Running) -> Mapping[str, Any]:
    """Return what the pairs of runs give, as plain values: the first page, and the sections without runs of their own."""
    from experiments.report.first import headline_of, lead_of, numbers_of, title_of, warnings_in
    from experiments.report.pairs import run_pairs

    pairs = run_pairs(asked, running)
    sections = [section_to_dict(section) for section in _sections(asked, pairs)]
    return {
        "title": title_of(pairs),
        "headline": headline_of(pairs),
        "lead": list(lead_of(pairs)),
        "numbers": [number_to_dict(number) for number in numbers_of(pairs)],
        "warnings": list(warnings_in(pairs)),
        "sections": sections,
        "provenance": provenance_of(asked, pairs.replicates, failed=len(pairs.failures)),
    }


def _sections(asked: Asked, pairs: Any) -> Iterator[Section]:
    from experiments.report.assumptions import assumptions_section
    from experiments.report.changes import changes_section
    from experiments.report.cost import cost_section
    from experiments.report.outcomes import outcomes_section, rest_section
    from experiments.report.paths import paths_section
    from experiments.report.ranking import ranking_section
    from experiments.report.waits import waits_section
    from experiments.report.went import went_section
    from experiments.report.who import who_section

    yield changes_section(asked.cases)
    yield assumptions_section(asked)
    made = (outcomes_section, rest_section, ranking_section, paths_section, who_section, waits_section, went_section)
    for section in (*(make(pairs) for make in made), cost_section(pairs)):
        if section is not None:
            yield section


def _analysed(asked: Asked, running: Running, kept: Kept, tell: OnPart) -> Iterator[Section]:
    for name in ANALYSES:
        tell(name, kept.has(name))
        part = kept.part(name, lambda name=name: _analysis(name, asked, running))  # type: ignore[misc]
        if part["section"] is not None:
            yield section_from_dict(part["section"])


def _analysis(name: str, asked: Asked, running: Running) -> Mapping[str, Any]:
    module = import_module(f"experiments.report.{name}")
    section: Section | None = module.section(asked, running)
    return {"section": None if section is None else section_to_dict(section)}


def _tell_nobody(name: str, is_kept: bool) -> None:  # noqa: FBT001 - as it is told
    """Take what nobody asked for."""
