"""What a figure says in words, for those who do not see it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from experiments.figures.cells import has_column, interval, is_share, text
from experiments.figures.figure_words import word
from experiments.figures.numerals import between, plain
from experiments.report.parts import Figure

_SERIES = {"paths": "scenario", "survival": "law", "queue": "law", "lorenz": "law"}
"""Columns whose different values are counted, where rows are not."""
_NUMBERS = {
    "forest": "difference", "tiles": "value", "waterfall": "share", "pareto": "effect", "ranking": "chance",
    "drivers": "high", "equity": "added", "paths": "difference", "survival": "stay",
}  # fmt: skip
"""The column whose largest and smallest numbers are told."""
_NAMES = ("label", "region", "scenario")


def alt(figure: Figure, lang: str) -> str:
    """Return the alternative text: the finding, what the picture shows, its largest and smallest numbers."""
    kind = "equity" if figure.kind == "lorenz" and has_column(figure, "added") else figure.kind
    series = _SERIES.get(kind)
    rows = figure.table.rows
    n = len({text(row, series, "en") for row in rows}) if series else len(rows)
    parts = [figure.title[lang], word(f"alt_{kind}", lang, n=n), figure.subtitle[lang], *_extremes(figure, kind, lang)]
    return ("" if lang == "zh" else " ").join(_sentence(part, lang) for part in parts if part)


def _sentence(text_: str, lang: str) -> str:
    told = text_.strip()
    if told.endswith((".", "!", "?", "。", "！", "？")):
        return told
    return told + ("。" if lang == "zh" else ".")


def _extremes(figure: Figure, kind: str, lang: str) -> list[str]:
    """Return the rows with the largest and the smallest number; for lines, where they end."""
    key = _NUMBERS.get(kind)
    if key is None:
        return []
    rows = [row for row in figure.table.rows if math.isfinite(interval(row, key).value)]
    if kind in _SERIES:
        last = {text(row, _SERIES[kind], "en"): row for row in rows}
        return [_row(figure, row, key, lang) for row in last.values()]
    if not rows:
        return []
    ordered = sorted(rows, key=lambda row: -interval(row, key).value)
    shown = ordered[:1] if len(ordered) == 1 else [ordered[0], ordered[-1]]
    return [_row(figure, row, key, lang) for row in shown]


def _row(figure: Figure, row: Mapping[str, Any], key: str, lang: str) -> str:
    number = interval(row, key)
    shares = is_share(figure, key)
    name = next((text(row, column, lang) for column in _NAMES if has_column(figure, column)), "")
    when = next((text(row, column, lang) for column in ("date", "years") if has_column(figure, column)), "")
    span = between(number.low, number.high, number.noise, lang, is_share=shares)
    return word(
        "alt_row",
        lang,
        label=f"{name} {when}".strip(),
        value=plain(number.value, number.noise, lang, is_share=shares),
        range=f" {span}" if span and lang == "en" else span,
    )
