"""What an export is made from: the runs of a store, or the means that ``compare`` wrote."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from experiments.design import DesignError, unknown
from experiments.exporting.about import About, both, pair_of, told_arm, told_scenario
from experiments.exporting.effects import KEYS, effects_of, levels_of, pairs_of
from experiments.exporting.outcomes import PAIR, check_outcomes, label_of, unit_of
from experiments.pairing import CONFIDENCE
from experiments.words import LANGUAGES, group_label

EFFECT_COLUMNS = [
    "arm", "title", "outcome", "label", "group", "group_label", "date", "unit",
    "baseline", "reform", "difference", "low", "high", "n", "same_sign", "error", "method",
    "draws", "draw_low", "draw_mid", "draw_high",
]  # fmt: skip


class ExportError(DesignError):
    """Results that cannot be exported as asked, told in one line."""


@dataclass(frozen=True)
class Held:
    """Results to be exported, as data frames.

    ``values`` (every number of every run), ``draws`` and ``plan`` are None where only means were kept. Effects and levels
    take a while to work out, so they are made when first asked for.
    """

    about: About
    make_effects: Callable[[], Any]
    make_levels: Callable[[], Any]
    values: Any = None
    draws: Any = None
    plan: Any = None

    @cached_property
    def effects(self) -> Any:
        """Differences and their intervals, columns ``EFFECT_COLUMNS``."""
        return self.make_effects()

    @cached_property
    def levels(self) -> Any:
        """Means over runs: columns arm, outcome, group, date, value, low, high."""
        return self.make_levels()


def held_in(folder: Path, *, outcomes: Sequence[str] = (), arms: Sequence[str] = (), lang: str = "en") -> Held:
    """Read what a folder holds.

    Parameters
    ----------
    folder
        A store, or what ``talentflow compare --out`` wrote.
    outcomes, arms
        Those wanted; all if empty.
    lang
        Language of the labels beside names.

    Raises
    ------
    ExportError
        If there is nothing to export.
    StoreError
        If the store is damaged.
    DesignError
        For an outcome or an arm that the folder does not hold.
    """
    if (folder / "manifest.json").exists():
        from experiments.batch.state import read_manifest
        from experiments.batch.store import Store

        # The version that ran, which need not be the one that exports.
        ran = read_manifest(folder)["versions"]["talentflow"]
        return held_by(Store.open(folder), ran, outcomes=outcomes, arms=arms, lang=lang)
    if (folder / "compare.json").exists():
        return _compared(folder, outcomes, arms, lang)
    raise ExportError(_said("not_a_store", lang, folder=folder))


def held_by(
    store: Any, version: str, *, outcomes: Sequence[str] = (), arms: Sequence[str] = (), lang: str = "en"
) -> Held:
    """Read what a store holds, made by a version of the model; see :func:`held_in`."""
    experiment, plan = store.experiment, store.plan()
    values = store.values()
    if values.empty:
        raise ExportError(_said("nothing_done", lang, folder=store.folder))
    wanted = _check_arms(arms, [arm.id for arm in experiment.arms])
    found = set(values["outcome"])
    named = [name for name in experiment.question.outcomes if name in found]
    kept = check_outcomes(tuple(outcomes), [*named, *sorted(found - set(named))])
    bases = _baselines_of(wanted, plan)
    values = values[values["outcome"].isin(kept) & values["arm"].isin({*wanted, *bases})]
    values = _in_order(values, [*bases, *wanted], kept, experiment.question)
    about = _about(store, version, [*bases, *wanted])
    return Held(
        about=about,
        make_effects=lambda: _effects(pairs_of(values, plan), about, lang),
        make_levels=lambda: levels_of(values[~values["outcome"].str.startswith(PAIR)]),
        values=values,
        draws=store.draws(),
        plan=plan[plan["arm"].isin({*wanted, *bases})].reset_index(drop=True),
    )


def _about(store: Any, version: str, arms: Sequence[str]) -> About:
    experiment = store.experiment
    design, plan = experiment.design, store.plan()
    told = {arm.id: told_arm(arm) for arm in experiment.arms}
    return About(
        id=experiment.id,
        title=pair_of(experiment.title, experiment.id),
        version=version,
        seed=design.seed,
        scale=design.scale,
        until=design.until,
        engine=design.engine,
        confidence=CONFIDENCE,
        done=len(store.done() & set(plan["run"])),
        planned=len(plan),
        arms=tuple(told.get(arm) or told_scenario(arm, is_baseline=True) for arm in dict.fromkeys(arms)),
        assumed=tuple(experiment.assume),
        parameters=tuple(name for name in store.draws().columns if name != "draw"),
    )


def _baselines_of(arms: Sequence[str], plan: Any) -> list[str]:
    """Return the arms of the baselines that some arms are compared with, and of those that are baselines."""
    against = plan.loc[plan["arm"].isin(arms), "against"].dropna()
    return list(dict.fromkeys(plan.loc[plan["run"].isin(against), "arm"]))


def _in_order(values: Any, arms: Sequence[str], outcomes: Sequence[str], question: Any) -> Any:
    """Return values in the order in which the experiment names things."""
    import pandas as pd

    orders = {"arm": list(dict.fromkeys(arms)), "outcome": outcomes, "group": question.groups, "date": question.dates}
    keys = {}
    for column, known in orders.items():
        rest = sorted(set(values[column]) - set(known))
        keys[column] = pd.Categorical(values[column], [*known, *rest])
    order = pd.DataFrame({**keys, "draw": values["draw"].to_numpy(), "replicate": values["replicate"].to_numpy()})
    at = order.sort_values(["arm", "outcome", "group", "date", "draw", "replicate"], kind="stable").index
    return values.iloc[at].reset_index(drop=True)


def _effects(pairs: Any, about: About, lang: str) -> Any:
    import pandas as pd

    rows = pd.DataFrame([effect.to_row() for effect in effects_of(pairs)])
    return _labelled(rows, about, lang) if len(rows) else pd.DataFrame(columns=EFFECT_COLUMNS)


def _labelled(rows: Any, about: About, lang: str) -> Any:
    column = LANGUAGES.index(lang)
    labels = {
        "title": rows["arm"].map({arm: title[column] for arm, title in about.titles.items()}),
        "label": rows["outcome"].map({name: label_of(name)[column] for name in set(rows["outcome"])}),
        "group_label": rows["group"].map({name: group_label(name, lang) for name in set(rows["group"])}),
        "unit": rows["outcome"].map({name: unit_of(name) for name in set(rows["outcome"])}),
    }
    return rows.assign(**labels)[EFFECT_COLUMNS]


def _compared(folder: Path, outcomes: Sequence[str], arms: Sequence[str], lang: str) -> Held:
    """Read the means that a comparison wrote."""
    import pandas as pd

    told = json.loads((folder / "compare.json").read_text(encoding="utf-8"))
    drawn = told.get("draws", {})
    rows = pd.DataFrame(told["rows"]).rename(columns={"scenario": "arm"})
    if rows.empty:
        raise ExportError(_said("nothing_done", lang, folder=folder))
    wanted = _check_arms(arms, list(dict.fromkeys(rows["arm"])))
    kept = check_outcomes(tuple(outcomes), list(dict.fromkeys(rows["outcome"])))
    rows = rows[rows["arm"].isin(wanted) & rows["outcome"].isin(kept)].reset_index(drop=True)
    numbers = ["baseline", "reform", "difference", "low", "high", "same_sign", "error"]
    rows[numbers] = rows[numbers].astype(float)
    about = About(
        id=folder.resolve().name,
        title=both("comparison_title"),
        version=told["version"],
        seed=told["seed"],
        scale=told["scale"],
        until=told["until"],
        engine=told["engine"],
        confidence=told["confidence"],
        done=told["replicates"],
        planned=None,
        arms=(told_scenario(told["baseline"], is_baseline=True), *map(told_scenario, wanted)),
        assumed=tuple(told["assumed"]),
        parameters=tuple(drawn.get("parameters", ())),
        is_over_draws=bool(drawn),
    )
    no_quantiles = {
        "draws": drawn.get("n", 1),
        "draw_low": float("nan"),
        "draw_mid": float("nan"),
        "draw_high": float("nan"),
    }
    return Held(
        about,
        make_effects=lambda: _labelled(rows.assign(**no_quantiles), about, lang),
        make_levels=lambda: _levels_compared(rows, told["baseline"]),
    )


def _levels_compared(rows: Any, baseline: str) -> Any:
    import pandas as pd

    before = rows.assign(arm=baseline, value=rows["baseline"]).drop_duplicates(KEYS)
    levels = pd.concat([before, rows.assign(value=rows["reform"])], ignore_index=True)
    return levels.assign(low=float("nan"), high=float("nan"))[[*KEYS, "value", "low", "high"]]


def _check_arms(asked: Sequence[str], known: Sequence[str]) -> list[str]:
    for name in asked:
        if name not in known:
            raise DesignError(unknown("arm", name, known))
    return list(asked or known)


def _said(key: str, lang: str, **values: object) -> str:
    return both(key, **values)[LANGUAGES.index(lang)]
