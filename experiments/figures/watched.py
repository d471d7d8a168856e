"""Figures of a run that is being watched: drawn at each step, narrow, of one run, so without an interval.

Kinds: ``tiles``, as in a report; ``lines`` with columns ``series``, ``label``, ``date``, ``value`` and ``today``; ``bars``
with columns ``label``, ``value`` and ``today``. In all of them today's law is grey.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from experiments.figures import tiles
from experiments.figures.cells import check, number, text, year_of
from experiments.figures.drawing import bytes_of_svg
from experiments.figures.look import BASELINE_COLOUR, COLOURS, TEXT_COLOURS
from experiments.figures.marks import End, ends_height, name_ends
from experiments.figures.measure import line_height, width_of
from experiments.figures.numerals import plain
from experiments.figures.scales import no_y, scale_of, set_x, set_y, set_years
from experiments.figures.sheet import MARGIN, Sheet, sheet_style
from experiments.report.parts import Figure
