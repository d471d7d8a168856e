"""Regions of the model on the map of tiles."""

from __future__ import annotations

from typing import Any

from experiments.figures.provinces import PROVINCES, region_provinces
from experiments.words import group_label


def tile_of(region: str, lang: str) -> dict[str, Any]:
    """Return where a region of the model stands on the map of tiles, and the provinces it holds."""
    codes = region_provinces()[region]
    provinces = [PROVINCES[code] for code in codes]
    tiles = [
        {
            "row": one.row,
            "col": one.column,
            "label": one.zh if lang == "zh" else one.en,
            "code": one.zh if lang == "zh" else code,
        }
        for code, one in zip(codes, provinces, strict=True)
    ]
    label = group_label(f"region={region}", lang)
    return {"region": region, "label": label, "row": tiles[0]["row"], "col": tiles[0]["col"], "tiles": tiles}
