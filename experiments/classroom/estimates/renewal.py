"""A file of estimates under a model whose source has changed: kept where its numbers have not moved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from experiments.classroom.estimates.made import keys_of, model_hashes, numbers_of, rounded_to_file
from experiments.classroom.estimates.points import Point
from experiments.classroom.estimates.running import Setting, ran
from experiments.design import DesignError

WITNESSES = ("whole-article", "one-stop", "points-based-pr")
"""Presets that are run anew: the first holds every measure of the article."""


def renewed(file: Path) -> dict[str, Any]:
    """Return the content of a file under the hashes of this model.

    Raises
    ------
    DesignError
        If a number of a preset that is run anew differs in any digit that the file holds: then all must be made anew.
    """
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    for name, differences in _run_anew(content["settings"]).items():
        moved = [key for key, value in differences.items() if content["presets"][name]["differences"][key] != value]
        if moved:
            raise DesignError(f"{file}: {moved[0]} of {name} has moved: make the estimates anew, without --renew")
    return {**content, "model": model_hashes()}


def _run_anew(settings: Mapping[str, Any]) -> dict[str, dict[str, float | None]]:
    setting = Setting(settings["scale"], settings["draws"], settings["seed"])
    points = [Point(f"preset-{name}", "preset", settings["pairs_of_presets"], (name,)) for name in WITNESSES]
    with TemporaryDirectory() as folder:
        found = ran(points, setting, Path(folder))
    return {one.point.reforms[0]: dict(zip(keys_of(), rounded_to_file(numbers_of(one)), strict=True)) for one in found}
