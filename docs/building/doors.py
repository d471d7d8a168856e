"""The reference of the three packages: every name behind their doors, from its docstring."""

from __future__ import annotations

from importlib import import_module
from types import FunctionType

DOORS = ("simulation", "scenarios", "experiments")


def reference(door: str) -> str:
    """Return the names of a door, each with the directive that reads its docstring, as Markdown."""
    package = import_module(door)
    return "\n\n".join(_section(door, name, getattr(package, name)) for name in package.__all__)


def _section(door: str, name: str, thing: object) -> str:
    if isinstance(thing, FunctionType):
        kind, options = "autofunction", []
    elif isinstance(thing, type):
        kind, options = "autoclass", ["   :members:"]
    else:
        kind, options = "autodata", []
    lines = ["```{eval-rst}", f".. {kind}:: {door}.{name}", *options, "```"]
    return "\n".join([f"## {name}", "", *lines])
