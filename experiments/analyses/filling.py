"""Stores that analyses fill: what they hold already is read, what is missing is run."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.analyses.effects import effects_of
from experiments.design import DesignError

if TYPE_CHECKING:
    from experiments.batch.experiment import Arm, Experiment
    from experiments.batch.store import Store

GROWS = {"scenarios", "replicates", "draws"}
"""In what a store may fall short of an experiment and be added to."""


@dataclass(frozen=True)
class Filled:
    """A store with all runs asked for; ``stands_for`` names, for each arm, the arm whose runs are its own.

    Two arms may be one law, as where one reform overrules another: it is then run once.
    """

    store: Store
    stands_for: Mapping[str, str]

    def effects(self, outcome: str, group: str, date: str) -> Any:
        """Return the effects of all arms asked for; see :func:`experiments.analyses.effects.effects_of`."""
        import pandas as pd

        table = effects_of(self.store, outcome, group, date)
        named = pd.DataFrame({"asked": list(self.stands_for), "arm": list(self.stands_for.values())})
        joined = named.merge(table, on="arm", how="inner", sort=False)
        return joined.drop(columns="arm").rename(columns={"asked": "arm"})


@contextmanager
def place_for(folder: str | Path | None) -> Iterator[Path]:
    """Yield the folder to keep runs in: the one given, or one that is gone afterwards."""
    if folder is not None:
        yield Path(folder)
        return
    with tempfile.TemporaryDirectory(prefix="talentflow-") as place:
        yield Path(place)


class Filling:
    """Fills the store of an experiment in a folder with arms, as they are asked for.

    Parameters
    ----------
    experiment
        What is asked of every arm.
    folder
        Where results are kept; a store that is there is added to.
    run
        Arguments of :func:`experiments.batch.driver.conduct`.

    Raises
    ------
    DesignError
        If the folder holds runs made for another question, design or draws.
    """

    def __init__(self, experiment: Experiment, folder: Path, run: Mapping[str, Any]) -> None:
        self._experiment, self._folder, self._run = experiment, folder, run
        self._laws: dict[str, str] = {}

    def fill(self, arms: Sequence[Arm] = ()) -> Filled:
        """Return the store with every run of the experiment's arms and of some more.

        Raises
        ------
        KeyboardInterrupt
            If ``should_stop`` said so before every run was done.
        """
        from experiments.batch.driver import conduct

        store = self._store()
        asked = [*self._experiment.arms, *arms]
        stands_for = self._one_of_each_law([*store.experiment.arms, *asked])
        distinct = [arm for arm in asked if stands_for[arm.id] == arm.id]
        store.extend(
            arms=distinct,
            draws=self._experiment.draws,
            replicates=max(_replicates(store.experiment), _replicates(self._experiment)),
        )
        store = conduct(store.experiment, self._folder, **self._run)
        should_stop = self._run.get("should_stop")
        if should_stop is not None and should_stop() and not store.status().is_settled:
            raise KeyboardInterrupt
        return Filled(store, {arm.id: stands_for[arm.id] for arm in asked})

    def _store(self) -> Store:
        from experiments.batch.driver import differences
        from experiments.batch.layout import MANIFEST
        from experiments.batch.store import Store

        if not (self._folder / MANIFEST).exists():
            return Store.create(self._folder, self._experiment)
        store = Store.open(self._folder)
        apart = [name for name in differences(store.experiment, self._experiment) if name not in GROWS]
        if not _goes_on(store.experiment, self._experiment):
            apart.append("draws")
        if apart:
            raise DesignError(
                f"{self._folder} holds another experiment (differs in {', '.join(apart)}): name another folder"
            )
        return store

    def _one_of_each_law(self, arms: Sequence[Arm]) -> dict[str, str]:
        """Return, for each arm, the first arm that is the same law in every month.

        A baseline stands for itself alone: a reform that changes nothing has pairs, and it has none.
        """
        from experiments.batch.arms import scenario_of_arm
        from experiments.batch.identity import given_hash

        first: dict[str, str] = {}
        for arm in arms:
            if arm.id not in self._laws:
                scenario = scenario_of_arm(arm, self._experiment.assume)
                law = given_hash(scenario.resolve(self._experiment.design.until))
                self._laws[arm.id] = f"baseline {law}" if scenario is scenario.baseline else law
            first.setdefault(self._laws[arm.id], arm.id)
        return {arm.id: first[self._laws[arm.id]] for arm in arms}


def _replicates(experiment: Experiment) -> int:
    return experiment.replicates.least


def _goes_on(held: Experiment, asked: Experiment) -> bool:
    """Return whether one of two experiments has the first draws of the other."""
    return all(one == other for one, other in zip(held.draws, asked.draws, strict=False))
