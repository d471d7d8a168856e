"""Writes what a folder of results holds in the format of another program, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from experiments.exporting.about import both
from experiments.exporting.aside import files_aside
from experiments.exporting.dictionary import Entry, dictionary_of, frame_of
from experiments.exporting.held import ExportError, Held, held_in
from experiments.exporting.outcomes import unit_of
from experiments.words import LANGUAGES

_ENDINGS = {"xlsx": ".xlsx", "netcdf": ".nc", "iamc": ".iamc.csv"}
"""Formats of one file; the others fill a folder."""
FORMATS = ("csv", "xlsx", "parquet", "netcdf", "iamc")
_LIBRARIES = {"xlsx": ("xlsxwriter",), "netcdf": ("xarray", "h5netcdf", "h5py")}


@dataclass(frozen=True)
class Asked:
    """What is asked of an export.

    ``out`` is a file for xlsx, netcdf and iamc, a folder for csv and parquet; None puts it beside the folder of results.
    Without ``outcomes`` or ``arms``, all are written.
    """

    form: str
    out: Path | None = None
    lang: str = "en"
    outcomes: tuple[str, ...] = ()
    arms: tuple[str, ...] = ()
    with_runs: bool = True
    force: bool = False

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of exports in the language asked for."""
        return both(key, **values)[LANGUAGES.index(self.lang)]


def export(folder: Path, asked: Asked, *, on_note: Callable[[str], None] | None = None) -> list[Path]:
    """Write what a folder of results holds and return the files written.

    Parameters
    ----------
    folder
        A store of runs, or what ``talentflow compare --out`` wrote.
    asked
        Format, place and choice.
    on_note
        Told of what was left out.

    Raises
    ------
    ExportError
        If there is nothing to export, it does not fit the format, a file is in the way or a library is missing.
    DesignError
        For an outcome or an arm that the folder does not hold.
    """
    _check_libraries(asked)
    target = asked.out or _beside(folder, asked.form)
    home = target.parent if asked.form in _ENDINGS else target
    if not asked.force:
        _check_free(target, home, asked)
    held = held_in(folder, outcomes=asked.outcomes, arms=asked.arms, lang=asked.lang)
    with files_aside(home) as aside:
        _WRITERS[asked.form](held, aside / target.name if asked.form in _ENDINGS else aside, asked, on_note or _nobody)
        written = sorted(path.name for path in aside.iterdir())
    return [home / name for name in written]


def _write_flat(held: Held, folder: Path, asked: Asked, _: Callable[[str], None]) -> None:
    from experiments.exporting.flat import write_flat

    tables = _tables(held, asked)
    entries = _dictionary(held, tables)
    facts = {entry.name: entry.meaning_en for entry in entries if entry.section == "about"}
    write_flat({**tables, "dictionary": frame_of(entries)}, folder, form=asked.form, facts=facts)


def _write_workbook(held: Held, path: Path, asked: Asked, _: Callable[[str], None]) -> None:
    from experiments.exporting.workbook import MOST_ROWS, write_workbook

    tables = {name: table for name, table in _tables(held, asked).items() if name != "plan"}
    most = max(len(table) for table in tables.values()) + 1
    if most > MOST_ROWS:
        raise ExportError(asked.say("too_many_rows", rows=f"{most:,}", most=f"{MOST_ROWS:,}"))
    entries = _dictionary(held, tables)
    title = held.about.title[LANGUAGES.index(asked.lang)]
    write_workbook(path, {**tables, "dictionary": frame_of(entries)}, entries, lang=asked.lang, title=title)


def _write_netcdf(held: Held, path: Path, asked: Asked, _: Callable[[str], None]) -> None:
    from experiments.exporting.netcdf import MOST_NUMBERS, numbers_in, write_netcdf

    if held.values is None:
        raise ExportError(asked.say("needs_runs"))
    numbers = numbers_in(held.values)
    if numbers > MOST_NUMBERS:
        raise ExportError(asked.say("too_many_numbers", numbers=f"{numbers:,}", most=f"{MOST_NUMBERS:,}"))
    write_netcdf(held, path)
    _write_dictionary(_dictionary(held, {}), path)


def _write_iamc(held: Held, path: Path, asked: Asked, on_note: Callable[[str], None]) -> None:
    from experiments.exporting.flat import write_csv
    from experiments.exporting.iamc import iamc_table, variables_in, years_and_rest

    years, rest = years_and_rest(list(dict.fromkeys(held.levels["date"])))
    if not years:
        raise ExportError(asked.say("no_year", dates=", ".join(rest)))
    if rest:
        on_note(asked.say("months_left_out", dates=", ".join(rest)))
    table = iamc_table(held.levels, held.about)
    write_csv(table, path)
    _write_dictionary([*_dictionary(held, {"iamc": table}, with_outcomes=False), *variables_in(held.levels)], path)


_WRITERS: Mapping[str, Callable[[Held, Path, Asked, Callable[[str], None]], None]] = {
    "csv": _write_flat,
    "xlsx": _write_workbook,
    "parquet": _write_flat,
    "netcdf": _write_netcdf,
    "iamc": _write_iamc,
}


def _tables(held: Held, asked: Asked) -> dict[str, Any]:
    """Return the tables that are written, by name, the dictionary apart."""
    tables = {"effects": held.effects}
    if held.values is None:
        return tables
    if asked.with_runs:
        units = held.values["outcome"].map({name: unit_of(name) for name in set(held.values["outcome"])})
        tables |= {"runs": held.values.assign(unit=units), "plan": held.plan}
    return tables | {"draws": held.draws}


def _dictionary(held: Held, tables: Mapping[str, Any], *, with_outcomes: bool = True) -> list[Entry]:
    source = held.effects if held.values is None else held.values
    outcomes, groups = (list(dict.fromkeys(source[name])) for name in ("outcome", "group"))
    return dictionary_of(held.about, tables, outcomes=outcomes if with_outcomes else [], groups=groups)


def _write_dictionary(entries: list[Entry], path: Path) -> None:
    from experiments.exporting.flat import write_csv

    write_csv(frame_of(entries), path.with_name(dictionary_beside(path)))


def dictionary_beside(path: Path) -> str:
    """Return the name of the dictionary of an export that is one file.

    >>> dictionary_beside(Path("runs.nc")), dictionary_beside(Path("runs.iamc.csv"))
    ('runs.dictionary.csv', 'runs.iamc.dictionary.csv')
    """
    return f"{path.stem}.dictionary.csv"


def _beside(folder: Path, form: str) -> Path:
    # Not inside: a store answers for every file that it holds.
    place = folder.resolve()
    name = place.name
    return place.parent / (name + _ENDINGS[form] if form in _ENDINGS else f"{name}-{form}")


def _check_free(target: Path, home: Path, asked: Asked) -> None:
    if asked.form in _ENDINGS:
        paths = [target] if asked.form == "xlsx" else [target, home / dictionary_beside(target)]
    else:
        paths = [home / f"{name}.{asked.form}" for name in ("effects", "runs", "draws", "plan", "dictionary")]
    taken = next((path for path in paths if path.exists()), None)
    if taken is not None:
        raise ExportError(asked.say("exists", path=taken))


def _check_libraries(asked: Asked) -> None:
    for library in _LIBRARIES.get(asked.form, ()):
        if find_spec(library) is None:
            raise ExportError(asked.say("missing_library", format=asked.form, library=library))


def _nobody(note: str) -> None:
    """Take a note that nobody asked for."""
