"""``python -m experiments.cli``: the command line without an installed script."""

from __future__ import annotations

from experiments.cli.entry import main

main()
