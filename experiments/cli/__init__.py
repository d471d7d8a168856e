"""The command line: ``talentflow VERB``. Thin; what is heavy is imported inside a verb."""

from __future__ import annotations

from experiments.cli.entry import main

__all__ = ["main"]
