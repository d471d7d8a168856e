"""Makes the file of estimates anew: ``python -m experiments.classroom.estimates``; begun again, it goes on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from experiments.classroom.estimates.featured import featured_levers
from experiments.classroom.estimates.intervals import intervals_of
from experiments.classroom.estimates.made import FILE, made, presets, written
from experiments.classroom.estimates.points import Size, points_of
from experiments.classroom.estimates.renewal import renewed
from experiments.classroom.estimates.running import Setting, ran
from experiments.files import write_whole

COMMAND = "python -m experiments.classroom.estimates"


def main(given: Sequence[str] | None = None) -> int:
    """Run what is not run yet, fit, test and write; return the exit code."""
    asked = _arguments(given)
    if asked.renew:
        write_whole(asked.file, written(renewed(asked.file)))
        return 0
    size = Size(fill=asked.fill, pairs=asked.pairs, full=asked.full)
    setting = Setting(scale=asked.scale)
    levers = featured_levers()
    points = points_of(levers, presets(), size)
    begun = monotonic()

    def tell(done: int, total: int) -> None:
        sys.stderr.write(f"{done} of {total} laws, {monotonic() - begun:.0f} s\n")
        sys.stderr.flush()

    found = ran(points, setting, asked.folder, tell)
    intervals = None if asked.wide else intervals_of(list(presets()), setting, size.full, asked.folder)
    words = [
        COMMAND,
        f"--scale {asked.scale}",
        f"--fill {asked.fill}",
        f"--pairs {asked.pairs}",
        f"--full {asked.full}",
        *(["--wide"] if asked.wide else []),
    ]
    write_whole(asked.file, written(made(levers, found, intervals, setting, size, " ".join(words))))
    sys.stderr.write(f"{asked.file}\n")
    return 0


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=COMMAND, description="Runs laws beforehand and writes the file of estimates.")
    parser.add_argument("--scale", type=int, default=Setting().scale, help="people a row")
    parser.add_argument("--fill", type=int, default=Size().fill, help="laws with several levers that are fitted")
    parser.add_argument("--pairs", type=int, default=Size().pairs, help="pairs of each law that is fitted")
    parser.add_argument("--full", type=int, default=Size().full, help="pairs of each preset and each test")
    parser.add_argument("--folder", type=Path, default=Path("estimates-runs"), help="where what is run is kept")
    parser.add_argument("--file", type=Path, default=FILE, help="what to write")
    parser.add_argument(
        "--wide",
        action="store_true",
        help="bounds of presets from the spread over pairs: nothing is run for them, and they are too wide",
    )
    parser.add_argument(
        "--renew", action="store_true", help="only check that numbers have not moved, and say so in the file"
    )
    return parser.parse_args(given)


if __name__ == "__main__":
    raise SystemExit(main())
