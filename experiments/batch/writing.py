"""Experiments made in Python, and the text that says the same as a file would."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.batch.arms import is_baseline
from experiments.batch.draws import can_grow
from experiments.batch.experiment import DEFAULT_CHUNK_RUNS, Arm, Draw, Experiment, Limits, Replicates
from experiments.batch.form import SCHEMA, DrawsForm
from experiments.batch.reading import experiment_from, read_experiment_text
from experiments.batch.values import NO_LIMIT
from experiments.design import DEFAULT_REPLICATES, DEFAULT_SCALE, DEFAULT_SEED, DEFAULT_UNTIL, ENGINES, DesignError
from scenarios.events import read_data, read_raw
from scenarios.reading import BASELINE, is_path
from scenarios.scenario import Scenario

POINTS = "draws.csv"
"""The file that a text names for draws that were made in Python."""
_PLAIN = re.compile(r"[a-z][a-z0-9_./=-]*|(?:19|20)[0-9]{2}-[0-9]{2}", re.ASCII)
_NOT_TEXT = {"true", "false", "null"}


def experiment_of(
    scenarios: Sequence[Any] = (),
    *,
    arms: Sequence[Arm] | None = None,
    id: str = "experiment",  # noqa: A002 - what the file calls it
    title: Mapping[str, str] | None = None,
    replicates: int | Replicates = DEFAULT_REPLICATES,
    seed: int = DEFAULT_SEED,
    scale: int | None = None,
    until: str = DEFAULT_UNTIL,
    engine: str = ENGINES[0],
    outcomes: Sequence[str] = ("stock",),
    groups: Sequence[str] = ("all",),
    dates: Sequence[str] = (),
    draws: Sequence[Draw] | None = None,
    uncertainty: Mapping[str, Any] | None = None,
    own_seeds: bool = False,
    assume: Sequence[Any] = (),
    limits: Limits | None = None,
    chunk_runs: int = DEFAULT_CHUNK_RUNS,
    analyses: Mapping[str, Any] | None = None,
    folder: str | Path | None = None,
) -> Experiment:
    """Return an experiment made in Python, checked as a file is; its ``text`` reads back to it.

    Parameters
    ----------
    scenarios
        Ids, files, shipped Scenarios, lists of them that are joined, or mappings with the keys of the file.
    arms
        More of them, as they are.
    draws
        Settings of uncertain parameters as they are, numbered from 0; or ``uncertainty``, the section of the file.
    own_seeds
        Whether every one of ``draws`` has seeds of its own; a section says so itself.
    analyses
        The sections ``sensitivity``, ``decompose``, ``discover``, ``optimise``.
    folder
        Where files lie; the folder of the first one named, or the working folder.

    The others are those of the file and of :func:`experiments.comparison.compare`.

    Raises
    ------
    scenarios.ScenarioProblems
        With everything that is wrong.
    DesignError
        For draws and uncertainty together, and for draws that are not numbered from 0.
    """
    named = [*scenarios, *(_entry_of_arm(arm) for arm in arms or ())]
    base = Path(folder or _folder_of([*named, *assume])).resolve()
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "id": id,
        "title": dict(title or {"en": id}),
        "scenarios": [_entry(one, base) for one in named],
        "assume": [_named(one, base) for one in assume],
        "seed": seed,
        "replicates": _replicates_data(replicates),
        "uncertainty": _draws_data(draws, uncertainty, own_seeds=own_seeds),
        "keep": {"outcomes": list(outcomes), "groups": list(groups), "dates": list(dates)},
        "run": {"scale": scale or DEFAULT_SCALE, "until": until, "engine": engine, "chunk_runs": chunk_runs},
        "limits": _limits_data(limits or Limits()),
        **{name: dict(section) for name, section in (analyses or {}).items()},
    }
    return _made(_without_empty(data), base, draws)


def expanded(
    experiment: Experiment,
    *,
    scenarios: Sequence[Any] = (),
    replicates: int | None = None,
    draws: int | Sequence[Draw] | None = None,
    folder: str | Path | None = None,
) -> Experiment:
    """Return a larger experiment: what the other holds, with more scenarios, replicates or draws.

    Parameters
    ----------
    scenarios
        Added to those there are, as for :func:`experiment_of`.
    replicates, draws
        How many there are then. Where the file names points, the larger sequence of draws itself.
    folder
        Where files lie, if that is no longer where they were.

    Raises
    ------
    DesignError
        For fewer than there are, for nothing to add, and for draws that cannot grow.
    """
    if not scenarios and replicates is None and draws is None:
        raise DesignError("nothing to add: name a scenario, or a larger number of replicates or draws")
    base = Path(folder or experiment.arms[0].folder).resolve()
    data = read_raw(experiment.text.encode(), experiment.id).data
    data["scenarios"] = [*data["scenarios"], *(_entry(one, base) for one in scenarios)]
    if replicates is not None:
        _check_growth("replicates", replicates, experiment.design.replicates)
        data["replicates"] = _grown(data.get("replicates"), replicates)
    points = experiment.draws if isinstance(draws, int) or draws is None else tuple(draws)
    if draws is not None:
        count = draws if isinstance(draws, int) else len(draws)
        _check_growth("draws", count, len(experiment.draws))
        data["uncertainty"] = _grown_draws(data.get("uncertainty"), count, are_given=not isinstance(draws, int))
    larger = _made(data, base, points)
    if larger.draws[: len(experiment.draws)] != experiment.draws:
        raise DesignError("the draws there are would change; a larger experiment keeps them")
    return larger


def text_of(data: Mapping[str, Any]) -> str:
    """Return the text of a file with these keys, a line an item: it is read back to the same values."""
    lines: list[str] = []
    for key, value in data.items():
        if isinstance(value, list) and value and key == "scenarios":
            lines += [f"{key}:", *(f"  - {_flow(item)}" for item in value)]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def _made(data: Mapping[str, Any], folder: Path, draws: Sequence[Draw] | None) -> Experiment:
    """Return the experiment of some keys, problems told without the lines of a text that nobody wrote."""
    text = text_of(data)
    experiment_from(read_data(data, str(data["id"])), text, str(folder), draws=draws)
    return read_experiment_text(text, folder, draws=draws)


def _entry_of_arm(arm: Arm) -> Any:
    if is_baseline(arm):
        return BASELINE
    parts = [_in_folder(part, arm.folder) for part in arm.parts]
    data: dict[str, Any] = {"id": arm.id} | ({"reforms": parts} if parts else {})
    return data | ({"levers": dict(arm.levers), "from": arm.levers_from} if arm.levers else {})


def _in_folder(part: str, folder: str) -> str | Path:
    return Path(folder) / part if is_path(part) else part


def _entry(entry: Any, folder: Path) -> Any:
    """Return an entry of ``scenarios`` as a file would hold it."""
    if isinstance(entry, Mapping):
        reforms = entry.get("reforms")
        return dict(entry) | ({"reforms": [_named(one, folder) for one in reforms]} if reforms else {})
    if isinstance(entry, str | Path | Scenario):
        return _named(entry, folder)
    return [_named(one, folder) for one in entry]


def _named(one: Any, folder: Path) -> Any:
    """Return the id of a shipped scenario, or a file as it is called from ``folder``."""
    if isinstance(one, Scenario):
        one = one.id if one.key in {"", BASELINE} or not _is_users(one) else Path(one.key)
    if isinstance(one, Path) or (isinstance(one, str) and is_path(one)):
        path = Path(one) if Path(one).is_absolute() else _found(Path(one), folder)
        path = path.resolve()
        return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()
    return one


def _is_users(scenario: Scenario) -> bool:
    return not Path(scenario.key).is_relative_to(scenario.library.root)


def _found(path: Path, folder: Path) -> Path:
    """Return a relative path from the folder, or from the working folder if it is there."""
    return folder / path if (folder / path).exists() or not path.exists() else path


def _folder_of(entries: Sequence[Any]) -> Path:
    """Return the folder of the first file named, or the working folder."""
    for entry in entries:
        if isinstance(entry, Scenario) and entry.key not in {"", BASELINE} and _is_users(entry):
            return Path(entry.key).parent
        if isinstance(entry, Path) or (isinstance(entry, str) and is_path(entry)):
            return Path(entry).parent
        inner = (
            entry.get("reforms", ())
            if isinstance(entry, Mapping)
            else ()
            if isinstance(entry, str | Scenario)
            else entry
        )
        if inner and (found := _folder_of(list(inner))) != Path():
            return found
    return Path()


def _replicates_data(replicates: int | Replicates) -> Any:
    if isinstance(replicates, int):
        return replicates
    stop = replicates.stop
    if stop is None:
        return replicates.least
    when = {name: getattr(stop, name) for name in ("outcome", "group", "date", "half_width", "relative", "confidence")}
    data = {"min": replicates.least, "batch": replicates.batch, "max": replicates.most, "stop_when": when}
    return {key: value for key, value in data.items() if value is not None}


def _draws_data(draws: Sequence[Draw] | None, uncertainty: Mapping[str, Any] | None, *, own_seeds: bool) -> Any:
    if draws is None:
        return dict(uncertainty) if uncertainty else {}
    if uncertainty is not None:
        raise DesignError("draws and uncertainty both say what is drawn; give one of them")
    if [draw.number for draw in draws] != list(range(len(draws))):
        raise DesignError("draws are numbered 0, 1, 2 and so on, in this order")
    given = {"points": POINTS} if any(draw.parameters for draw in draws) else {}
    return given | {"own_seeds": True} if given and own_seeds else given


def _limits_data(limits: Limits) -> dict[str, Any]:
    stated = {"runs": limits.runs, "hours": limits.hours, "gigabytes": limits.gigabytes}
    return {key: NO_LIMIT if value is None else value for key, value in stated.items()}


def _without_empty(data: Mapping[str, Any]) -> dict[str, Any]:
    data = {key: value for key, value in data.items() if value not in ([], {})}
    data["keep"] = {key: value for key, value in data["keep"].items() if value}
    return data


def _check_growth(what: str, wanted: int, held: int) -> None:
    if wanted <= held:
        raise DesignError(f"there are {held} {what} already; a larger experiment has more, got {wanted}")


def _grown(replicates: Any, wanted: int) -> Any:
    if not isinstance(replicates, Mapping):
        return wanted
    most = {"max": max(wanted, replicates["max"])} if "max" in replicates else {}
    return dict(replicates) | {"min": wanted} | most


def _grown_draws(uncertainty: Any, wanted: int, *, are_given: bool) -> Any:
    if not isinstance(uncertainty, Mapping):
        raise DesignError("the experiment has no draws: add a section 'uncertainty' to its file")
    if are_given:
        return {"points": POINTS} | ({"own_seeds": True} if uncertainty.get("own_seeds") else {})
    if not can_grow(DrawsForm.model_validate(uncertainty)):
        source = uncertainty.get("method") or "a sample of its own"
        raise DesignError(
            f"draws of {source} cannot be added to: another number is another sample; begin a new experiment, or draw with method: sobol"
        )
    return dict(uncertainty) | {"draws": wanted}


def _flow(value: Any) -> str:
    """Return a value on one line, words bare where nothing else reads them as a number or a truth value."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value not in _NOT_TEXT:
        return value
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
