"""Flows: ribbons from where people were to where they are, under the reform; today's law as open bars beside.

Columns: ``source``, ``target`` (texts), ``baseline`` and ``reform`` (counts). Sources and targets stand in the order of
the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from experiments.figures.cells import check, number, text
from experiments.figures.figure_words import word
from experiments.figures.look import BASELINE_COLOUR, COLOURS
from experiments.figures.marks import spread
from experiments.figures.measure import line_height, wrapped
from experiments.figures.numerals import plain
from experiments.figures.scales import no_x, no_y
from experiments.figures.sheet import MARGIN, Sheet
from experiments.report.parts import Figure

_THICK, _GAP = 2.4, 0.14
"""Inches: thickness of all people together, the least between nodes."""
_NODE = 0.13
_NAMES = {True: 1.25, False: 1.95}
_TINTS = (*COLOURS[:3], BASELINE_COLOUR)


class Flow(NamedTuple):
    """People between two nodes under both laws."""

    source: str
    target: str
    baseline: float
    reform: float


class Node(NamedTuple):
    """A node: people under both laws, its top in inches from the panel's."""

    baseline: float
    reform: float
    top: float


def draw(sheet: Sheet, figure: Figure) -> None:
    """Draw nodes, ribbons between them, names at both sides."""
    check(figure, "source", "target", "baseline", "reform")
    flows = _flows(figure, sheet.lang)
    sides = {side: _totals(flows, side) for side in ("source", "target")}
    names = {side: _names(sheet, totals) for side, totals in sides.items()}
    scale = _scale(sides)
    slots = {side: _slots(sheet, sides[side], names[side], scale) for side in sides}
    height = max(sum(side) + _GAP * (len(side) - 1) for side in slots.values())
    nodes = {side: _placed(totals, slots[side], scale, height) for side, totals in sides.items()}
    side_room = _NAMES[sheet.is_narrow]
    top, width = sheet.top, sheet.room - 2 * side_room
    axes = sheet.panel(height, left=side_room, right=side_room)
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    no_x(axes)
    no_y(axes)
    _ribbons(axes, flows, nodes, scale, width)
    for side, edge in (("source", 0.0), ("target", width - _NODE)):
        _nodes(axes, nodes[side], scale, edge, side)
        _write_names(sheet, nodes[side], names[side], scale=scale, box=(top, height), side=side)
    sheet.skip(0.08)
    sheet.write(word("flow_note", sheet.lang), sheet.sizes.source, colour=BASELINE_COLOUR)


def _flows(figure: Figure, lang: str) -> list[Flow]:
    found = []
    for row in figure.table.rows:
        counts = [max(0.0, number(row, key)) for key in ("baseline", "reform")]
        # nan is nobody counted: no ribbon.
        before, after = (count if count == count else 0.0 for count in counts)  # noqa: PLR0124
        found.append(Flow(text(row, "source", lang), text(row, "target", lang), before, after))
    return found


def _totals(flows: Sequence[Flow], side: str) -> dict[str, tuple[float, float]]:
    totals: dict[str, tuple[float, float]] = {}
    for flow in flows:
        before, after = totals.get(getattr(flow, side), (0.0, 0.0))
        totals[getattr(flow, side)] = before + flow.baseline, after + flow.reform
    return totals


def _names(sheet: Sheet, totals: Mapping[str, tuple[float, float]]) -> list[list[str]]:
    """Return the lines of each node: its name, then how many under the reform and under today's law."""
    room, lang = _NAMES[sheet.is_narrow] - 0.16, sheet.lang
    named = []
    for name, (before, after) in totals.items():
        counts = {"reform": plain(after, 0.0, lang), "baseline": plain(before, 0.0, lang)}
        named.append(
            [
                *wrapped(name, room, sheet.sizes.label, is_bold=True),
                *wrapped(word("flow_node", lang, **counts), room, sheet.sizes.label),
            ]
        )
    return named


def _scale(sides: Mapping[str, Mapping[str, tuple[float, float]]]) -> float:
    """Return inches for one person."""
    most = max(sum(max(pair) for pair in totals.values()) for totals in sides.values())
    return _THICK / most if most else 0.0


def _slots(
    sheet: Sheet, totals: Mapping[str, tuple[float, float]], names: Sequence[Sequence[str]], scale: float
) -> list[float]:
    """Return the height that each node takes: its people's, or its name's where that is more."""
    step = line_height(sheet.sizes.label)
    return [max(max(pair) * scale, len(lines) * step) for pair, lines in zip(totals.values(), names, strict=True)]


def _placed(
    totals: Mapping[str, tuple[float, float]], slots: Sequence[float], scale: float, height: float
) -> dict[str, Node]:
    """Place nodes in the middle of their slots, the slots evenly over the height."""
    gap = (height - sum(slots)) / (len(slots) - 1) if len(slots) > 1 else 0.0
    top = 0.0 if len(slots) > 1 else (height - slots[0]) / 2
    nodes = {}
    for (name, (before, after)), slot in zip(totals.items(), slots, strict=True):
        nodes[name] = Node(before, after, top + (slot - max(before, after) * scale) / 2)
        top += slot + gap
    return nodes


def _tint(place: int) -> str:
    return _TINTS[min(place, len(_TINTS) - 1)]


def _ribbons(
    axes: Any, flows: Sequence[Flow], nodes: Mapping[str, Mapping[str, Node]], scale: float, width: float
) -> None:
    used: dict[tuple[str, str], float] = {}
    tints = {name: _tint(place) for place, name in enumerate(nodes["source"])}
    targets = list(nodes["target"])
    for flow in sorted(flows, key=lambda flow: (list(tints).index(flow.source), targets.index(flow.target))):
        thick = flow.reform * scale
        if thick <= 0:
            continue
        ends = []
        for side in ("source", "target"):
            key = side, getattr(flow, side)
            ends.append(nodes[side][key[1]].top + used.get(key, 0.0))
            used[key] = used.get(key, 0.0) + thick
        _ribbon(axes, (2 * _NODE, width - 2 * _NODE), (ends[0], ends[1]), thick, tints[flow.source])


def _ribbon(axes: Any, across: tuple[float, float], tops: tuple[float, float], thick: float, colour: str) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    (start, end), (left, right) = across, tops
    middle = (start + end) / 2
    points = [
        (start, left), (middle, left), (middle, right), (end, right),
        (end, right + thick), (middle, right + thick), (middle, left + thick), (start, left + thick), (start, left),
    ]  # fmt: skip
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    axes.add_patch(PathPatch(Path(points, codes), facecolor=colour, alpha=0.34, linewidth=0))


def _nodes(axes: Any, nodes: Mapping[str, Node], scale: float, edge: float, side: str) -> None:
    """Draw a filled bar for the reform next to the ribbons, an open one for today's law outside it."""
    from matplotlib.patches import Rectangle

    inside = edge + (_NODE if side == "source" else -_NODE)
    for place, node in enumerate(nodes.values()):
        colour = _tint(place) if side == "source" else "#3d4650"
        bar = (inside, node.top), _NODE, node.reform * scale
        axes.add_patch(Rectangle(*bar, facecolor=colour, linewidth=0, clip_on=False))
        axes.add_patch(
            Rectangle(
                (edge + 0.02, node.top),
                _NODE - 0.04,
                node.baseline * scale,
                fill=False,
                edgecolor=BASELINE_COLOUR,
                linewidth=1,
                linestyle="--",
                clip_on=False,
            )
        )


def _write_names(
    sheet: Sheet,
    nodes: Mapping[str, Node],
    names: Sequence[Sequence[str]],
    *,
    scale: float,
    box: tuple[float, float],
    side: str,
) -> None:
    """Write names at the outer side of nodes; ``box`` is the panel's top and height."""
    (top, height), side_room, size = box, _NAMES[sheet.is_narrow], sheet.sizes.label
    wanted = [
        (node.top + max(node.baseline, node.reform) * scale / 2, len(lines) * line_height(size))
        for node, lines in zip(nodes.values(), names, strict=True)
    ]
    x = MARGIN + side_room - 0.08 if side == "source" else sheet.width - MARGIN - side_room + 0.08
    for middle, lines, name in zip(spread(wanted, height, apart=0.0), names, nodes, strict=True):
        n_bold = len(wrapped(name, side_room - 0.16, size, is_bold=True))
        first = top + middle - (len(lines) - 1) / 2 * line_height(size)
        for place, line in enumerate(lines):
            ha = "right" if side == "source" else "left"
            sheet.place(line, x, first + place * line_height(size), size, is_bold=place < n_bold, ha=ha)
