"""On what kind of knowledge a parameter rests: every section that names one says the same of it."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from experiments.report.building import said
from experiments.report.knowledge_words import WORDS
from scenarios.facts import ASSUMPTION

if TYPE_CHECKING:
    from experiments.report.parts import Text
    from scenarios import Uncertainty

_FACT = re.compile(r"\b[A-Z][0-9]*-[0-9]+\b")
"""A fact named in a note."""


class Knowledge(NamedTuple):
    """What a parameter is known from: ``kind`` is a key of the words; ``facts`` stand beside it."""

    kind: str
    facts: str

    @property
    def text(self) -> Text:
        """The kind in words."""
        return said(WORDS, self.kind)


def knowledge_of(name: str, one: Uncertainty | None, *, narrowed: frozenset[str]) -> Knowledge:
    """Return what a parameter is known from.

    Parameters
    ----------
    name
        As files of settings have it.
    one
        What is written of it; None for a given of the world.
    narrowed
        Parameters that data narrow.
    """
    if one is None:
        return Knowledge("given", "")
    if one.source != ASSUMPTION:
        return Knowledge("data", one.source)
    facts = ", ".join(dict.fromkeys(_FACT.findall(one.note)))
    if name in narrowed:
        return Knowledge("narrowed", facts)
    return Knowledge("literature" if facts else "judgement", facts)


@cache
def narrowed_by(digest: str) -> frozenset[str]:
    """Return the parameters that data narrow in a posterior.

    Parameters
    ----------
    digest
        SHA-256 of its file. Nothing is known of another posterior than the shipped one, so it narrows none.
    """
    from experiments.calibration.pages import read_calibration
    from scenarios import posterior_file

    file = posterior_file()
    if not file.is_file() or sha256(file.read_bytes()).hexdigest() != digest:
        return frozenset()
    return frozenset(one["name"] for one in read_calibration()["parameters"] if one["identified"])
