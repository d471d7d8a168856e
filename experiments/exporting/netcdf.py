"""Runs as one NetCDF file: a variable for each outcome, along arms, draws, replicates, groups and dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from experiments.exporting.about import About, both
from experiments.exporting.counted import COUNTED
from experiments.exporting.effects import links_of
from experiments.exporting.held import Held
from experiments.exporting.outcomes import KINDS, PAIR, kind_of, label_of, unit_of
from experiments.words import group_label, say

CONVENTIONS = "CF-1.11"
MOST_NUMBERS = 50_000_000
"""Numbers that a file may hold, missing ones among them: 400 MB before compression."""
_UNITS = {"share": "1", "log": "1", "days": "day", "months": "month", "hours": "hour", "yuan": "CNY"}
"""Units as UDUNITS has them, or nearly: it knows no people, permits or money."""


def numbers_in(values: Any) -> int:
    """Return how many numbers a dense file of some values would hold."""
    sizes = [values[name].nunique() for name in ("arm", "draw", "replicate", "outcome", "group", "date")]
    return int(np.prod(sizes, dtype=np.int64))


def dataset_of(held: Held) -> Any:
    """Return runs as an ``xarray.Dataset``.

    Every outcome is a variable with dimensions arm, draw, replicate, group and date; what only a pair of runs has,
    such as people added, has no group. Runs not done, and numbers not defined, are nan.
    """
    import xarray as xr

    values = held.values
    axes = {name: list(dict.fromkeys(values[name])) for name in ("arm", "group", "date")}
    axes |= {name: sorted(set(values[name])) for name in ("draw", "replicate")}
    variables = {}
    for outcome, rows in values.groupby("outcome", sort=False):
        name = str(outcome)
        names = ["arm", "draw", "replicate", *([] if name.startswith(PAIR) else ["group"]), "date"]
        variables[name.replace(".", "_")] = (names, _dense(rows, {one: axes[one] for one in names}), _attributes(name))
    return xr.Dataset(variables, _coordinates(held, axes), _facts(held.about))


def write_netcdf(held: Held, path: Path) -> None:
    """Write runs to a NetCDF 4 file."""
    dataset = dataset_of(held)
    packed = {name: {"zlib": True, "complevel": 4, "_FillValue": np.nan} for name in dataset.data_vars}
    dataset.to_netcdf(path, engine="h5netcdf", encoding=packed)


def _dense(rows: Any, axes: Mapping[str, Sequence[Any]]) -> Any:
    found = np.full([len(labels) for labels in axes.values()], np.nan)
    places = []
    for name, labels in axes.items():
        place = {label: at for at, label in enumerate(labels)}
        places.append(rows[name].map(place).to_numpy(np.int64))
    found[tuple(places)] = rows["value"].to_numpy(float)
    return found


def _attributes(outcome: str) -> dict[str, str]:
    (english, chinese), counted, kind = label_of(outcome), COUNTED[outcome], kind_of(outcome)
    unit = unit_of(outcome)
    return {
        "long_name": english,
        "long_name_zh": chinese,
        "units": _UNITS.get(unit, unit),
        "kind": kind,
        "comment": f"{counted.en}; {KINDS[kind][0]}",
        "comment_zh": f"{counted.zh}；{KINDS[kind][1]}",
        "source": counted.source,
    }


def _seeds(held: Held, axes: Mapping[str, Sequence[Any]]) -> tuple[Any, Any]:
    """Return the dimensions and the values of seeds: by replicate, or by draw and replicate where draws have their own."""
    known = held.values[["draw", "replicate", "seed"]].drop_duplicates()
    if (known.groupby("replicate")["seed"].nunique() == 1).all():
        of_replicate = dict(zip(known["replicate"], known["seed"], strict=True))
        return "replicate", [of_replicate[one] for one in axes["replicate"]]
    each = {(draw, replicate): seed for draw, replicate, seed in known.itertuples(index=False)}
    values = [[each.get((draw, one), -1) for one in axes["replicate"]] for draw in axes["draw"]]
    return ("draw", "replicate"), values


def _coordinates(held: Held, axes: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    import pandas as pd

    titles, roles = held.about.titles, dict(zip(held.values["arm"], held.values["role"], strict=True))
    bases = dict(links_of(held.plan)[["arm", "base"]].itertuples(index=False))
    months = pd.PeriodIndex(list(axes["date"]), freq="M").to_timestamp(how="end").normalize()
    found: dict[str, Any] = {
        "arm": ("arm", axes["arm"], {"long_name": "law that was run"}),
        "draw": ("draw", axes["draw"], {"long_name": "setting of the uncertain parameters"}),
        "replicate": ("replicate", axes["replicate"], {"long_name": "replicate"}),
        "group": ("group", axes["group"], {"long_name": "people counted"}),
        "date": ("date", months, {"long_name": "last day of the month; flows count the 12 months up to it"}),
        "role": ("arm", [roles[arm] for arm in axes["arm"]], {"long_name": "baseline, or reform"}),
        "against": ("arm", [bases.get(arm, "") for arm in axes["arm"]], {"long_name": "arm that is its baseline"}),
        "seed": (*_seeds(held, axes), {"long_name": "seed of the replicate"}),
    }
    for place, lang in enumerate(("en", "zh")):
        found[f"arm_title_{lang}"] = ("arm", [titles.get(arm, (arm, arm))[place] for arm in axes["arm"]])
        found[f"group_label_{lang}"] = ("group", [group_label(group, lang) for group in axes["group"]])
    return found | _parameters(held, axes["draw"])


def _parameters(held: Held, draws: Sequence[Any]) -> dict[str, Any]:
    rows = held.draws.set_index("draw").loc[list(draws)]
    return {
        f"parameter_{name.replace('.', '_')}": ("draw", rows[name].to_numpy(float), {"long_name": f"parameter {name}"})
        for name in rows.columns
    }


def _facts(about: About) -> dict[str, Any]:
    return {
        "Conventions": CONVENTIONS,
        "title": about.title[0],
        "title_zh": about.title[1],
        "source": f"talentflow {about.version}, an agent-based simulation",
        "experiment": about.id,
        "seed": about.seed,
        "scale": about.scale,
        "until": about.until,
        "assumed": ", ".join(about.assumed) or "nothing",
        "comment": " ".join([say("provisional", "en"), say("flows_are", "en"), both("chance_only")[0]]),
        "comment_zh": "".join([say("provisional", "zh"), say("flows_are", "zh"), both("chance_only")[1]]),
    }
