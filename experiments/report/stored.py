"""Gathers a report from the runs that a store keeps; what it does not keep is named with the command that gives it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import asdict
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.batch.arms import case_of_arm, is_baseline, located
from experiments.batch.layout import DERIVED
from experiments.batch.state import read_manifest
from experiments.batch.store import Store
from experiments.cases import outcome_unit, scenario_of
from experiments.design import Design, DesignError, default_dates
from experiments.exporting.effects import effects_of, pairs_of
from experiments.findings import quantum_of, rounded
from experiments.posterior import PosteriorDraws
from experiments.report import first
from experiments.report.asked import Asked
from experiments.report.building import exists, said
from experiments.report.first_words import FIRST_WORDS
from experiments.report.pairs import EARLY_DATE
from experiments.report.parts import Command, Dossier, Listing, Section, Text
from experiments.rows import Row

if TYPE_CHECKING:
    from experiments.accounts import CostRow
    from experiments.batch.experiment import Arm
    from experiments.exporting.effects import Effect
    from experiments.rows import PersonsRow

ARMS_MOST = 31
"""Arms that a report of a store holds; a search over levers has more."""
_DATES_SHOWN = 3


class StoredNumbers:
    """Numbers of the arms of a store, as ``talentflow experiment`` and exports give them.

    Intervals are over replicates, each the mean over draws, and cover chance alone.
    """

    def __init__(self, store: Store) -> None:
        self._store, self._experiment = store, store.experiment
        self._plan = store.plan()
        self._found: dict[tuple[str, str, str, str], Effect] = {}
        self._read: set[tuple[str, ...]] = set()
        self.persons: tuple[PersonsRow, ...] = ()
        self.costs: tuple[CostRow, ...] = ()

    @cached_property
    def _arms(self) -> list[Arm]:
        return [arm for arm in self._experiment.arms if not is_baseline(arm)]

    @cached_property
    def asked(self) -> Asked:
        """The arms beside their baselines, the law as it stands aside.

        Raises
        ------
        DesignError
            If the store compares nothing.
        """
        experiment, design = self._experiment, self._experiment.design
        arms = self._arms[:ARMS_MOST]
        if not arms:
            raise DesignError(f"{self._store.folder} holds nothing that is compared with a baseline")
        drawn = None
        if len(experiment.draws) > 1:
            drawn = PosteriorDraws(experiment.draws, "experiment.yaml", "")
        located_ = [located(one, arms[0].folder) for one in experiment.assume]
        return Asked(
            names=tuple(arm.id for arm in arms),
            cases=tuple(case_of_arm(arm, experiment.assume, design.until) for arm in arms),
            design=Design(design.seed, experiment.replicates.least, design.scale, design.until, design.engine),
            draws=len(experiment.draws) if drawn else 0,
            drawn=drawn,
            assume=tuple(experiment.assume),
            assumed=tuple(scenario_of(one) for one in located_),
        )

    @property
    def dates(self) -> tuple[str, ...]:
        """Dates of the tables: those of other reports where they are kept, else the last ones that are."""
        kept = sorted(self._experiment.question.dates)
        wanted = {EARLY_DATE, *default_dates(self._experiment.design.until)}
        usual = [date for date in kept if date in wanted]
        return tuple(usual if usual and usual[-1] == kept[-1] else kept[-_DATES_SHOWN:])

    @property
    def years(self) -> tuple[str, ...]:
        """Dates of paths: all that are kept."""
        return tuple(sorted(self._experiment.question.dates))

    @property
    def replicates(self) -> int:
        """Replicates that the headline comes from."""
        return max((row.n for row in self.headline), default=0)

    @cached_property
    def version(self) -> str:
        """Version of the model that ran, which need not be the one that tells."""
        return str(read_manifest(self._store.folder)["versions"]["talentflow"])

    @property
    def is_crossed(self) -> bool:
        """Every replicate is run under every draw."""
        return True

    @property
    def headline(self) -> list[Row]:
        """One row an arm, at the last date: people in China, or the first outcome where these are not kept."""
        outcomes, groups = self._experiment.question.outcomes, self._experiment.question.groups
        return self.rows(
            ("stock",) if "stock" in outcomes else outcomes[:1], ("all",) if "all" in groups else groups[:1]
        )

    def rows(self, outcomes: Sequence[str], groups: Sequence[str] = ("all",), dates: Sequence[str] = ()) -> list[Row]:
        """Return rows of each arm, of what is kept."""
        found = self._effects(outcomes, groups, tuple(dates) or self.dates[-1:])
        wanted = [
            (case.id, outcome, group, date)
            for case in self.asked.cases
            for outcome in outcomes
            for group in groups
            for date in tuple(dates) or self.dates[-1:]
        ]
        return [_row(found[key]) for key in wanted if key in found]

    def _effects(
        self, outcomes: Sequence[str], groups: Sequence[str], dates: Sequence[str]
    ) -> dict[tuple[str, str, str, str], Effect]:
        kept = self._experiment.question
        asked = {
            "outcomes": [name for name in outcomes if name in kept.outcomes],
            "groups": [name for name in groups if name in kept.groups],
            "dates": [name for name in dates if name in kept.dates],
        }
        numbers = set(product(*asked.values()))
        if not numbers <= self._read:
            arms = {case.id for case in self.asked.cases}
            pairs = pairs_of(self._store.values(**asked), self._plan)
            for effect in effects_of(pairs[pairs["arm"].isin(arms)]):
                self._found[effect.arm, effect.outcome, effect.group, effect.date] = effect
            self._read |= numbers
        return self._found

    def told_draws(self) -> list[Text]:
        """Return where nine of ten draws lie for the scenarios that the lead names; none for a single draw."""
        found = []
        for row in first.largest(self.headline):
            effect = self._found[row.scenario, row.outcome, row.group, row.date]
            if exists(effect.draw_low) and exists(effect.draw_high):
                quantum = quantum_of((effect.draw_high - effect.draw_low) / 2)
                ends = {"low": rounded(effect.draw_low, quantum), "high": rounded(effect.draw_high, quantum)}
                title = next(case.title for case in self.asked.cases if case.id == row.scenario)
                found.append(said(FIRST_WORDS, "over_draws", title=title, n=effect.draws, **ends))
        return found

    def told_costs(self, lang: str) -> list[str]:  # noqa: ARG002 - there is none
        """Return nothing: a store keeps no balance from the first month on."""
        return []

    def warnings(self, lang: str) -> list[str]:
        """Return that runs are missing, that reforms are left out, where it is so."""
        found, status = [], self._store.status()
        if status.left or status.failed:
            counts = {"left": status.left, "failed": status.failed, "runs": status.runs}
            found.append(said(FIRST_WORDS, "runs_missing", **counts)[lang])
        if len(self._arms) > ARMS_MOST:
            found.append(said(FIRST_WORDS, "arms_cut", total=len(self._arms), n=ARMS_MOST)[lang])
        return found


def _row(effect: Effect) -> Row:
    return Row(
        scenario=effect.arm,
        outcome=effect.outcome,
        group=effect.group,
        date=effect.date,
        unit=outcome_unit(effect.outcome),
        **asdict(effect.summary),
    )


def gather_stored(folder: Path) -> Dossier:
    """Return the report of the runs in a store.

    Raises
    ------
    StoreError
        If the store is damaged.
    DesignError
        If it compares nothing, or nothing is done yet.
    """
    from experiments.report.derived import derived_sections
    from experiments.report.gather import in_order
    from experiments.report.limits import limits_section, provenance_of

    store = Store.open(folder)
    numbers = StoredNumbers(store)
    if not numbers.headline:
        raise DesignError(f"{folder} holds no finished pair of runs yet: `talentflow experiment run {folder}` goes on")
    provenance = {
        **provenance_of(numbers.asked, numbers.replicates, failed=store.status().failed),
        "version": numbers.version,
        "experiment": store.experiment.id,
        "experiment_yaml": store.experiment.text,
    }
    command = _command()
    limits = limits_section(provenance, command, is_drawn=False)
    sections = [section for section in _sections(numbers) if section is not None]
    sections += derived_sections(store.folder / DERIVED)
    return Dossier(
        title=first.title_of(numbers),
        headline=first.headline_of(numbers),
        lead=(*first.lead_of(numbers), *numbers.told_draws()),
        numbers=first.numbers_of(numbers),
        warnings=first.warnings_in(numbers),
        sections=in_order([*sections, _elsewhere(numbers, sections), limits]),
        command=command,
        provenance=provenance,
    )


def _sections(numbers: StoredNumbers) -> list[Section | None]:
    from experiments.report.assumptions import assumptions_section
    from experiments.report.changes import changes_section
    from experiments.report.outcomes import outcomes_section, rest_section
    from experiments.report.paths import paths_section
    from experiments.report.ranking import ranking_section
    from experiments.report.waits import waits_section
    from experiments.report.who import who_section

    asked = numbers.asked
    made = (outcomes_section, rest_section, ranking_section, paths_section, who_section, waits_section)
    return [changes_section(asked.cases), assumptions_section(asked), *(make(numbers) for make in made)]


def _command() -> Command:
    """Return the line that runs the batch again, and makes the report of it."""
    folder = "runs"
    lines = (
        ["talentflow", "experiment", "run", "data/experiment.yaml", "--out", folder],
        ["talentflow", "report", folder],
    )
    return Command(" && ".join(map(shlex.join, lines)), said(FIRST_WORDS, "rerun"))


_ELSEWHERE: dict[str, Sequence[str]] = {
    "paths": ("report",), "who": ("report",), "cost": ("compare",), "flows": ("report",),
    "decomposition": ("decompose",), "drivers": ("sensitivity",), "failing": ("discover",),
    "fit": ("check",), "stories": ("life", "--pick", "stayed-only-because", "--scenario"),
}  # fmt: skip
"""Sections that a store may lack, and the verb that gives them."""


def _elsewhere(numbers: StoredNumbers, sections: Sequence[Section]) -> Section:
    """Return the sections that are not here, each with the command that gives it."""
    there = {section.id for section in sections}
    named = list(numbers.asked.names[:1])
    lines = tuple(
        said(FIRST_WORDS, "not_kept", what=said(FIRST_WORDS, f"part_{name}"), command=_line(verb, named))
        for name, verb in _ELSEWHERE.items()
        if name not in there
    )
    return Section("elsewhere", said(FIRST_WORDS, "elsewhere"), (Listing(lines),), ("analyst",))


def _line(verb: Sequence[str], names: Sequence[str]) -> str:
    line: Any = ["talentflow", *verb, *(names if verb[0] != "check" else [])]
    return f"`{shlex.join([*line, *(['--out', 'DIR'] if verb[0] == 'report' else [])])}`"
