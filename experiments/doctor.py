"""Is this machine ready? One finding for each thing that the project needs or can use, and what to do about it."""

from __future__ import annotations

import os
import platform
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from experiments.doctor_words import WORDS
from experiments.words import phrase

Status = Literal["ok", "warn", "fail"]
PROJECT = "talentflow"
LEAST_MEMORY_GB = 2.0
"""Below this, runs at the default scale may not fit beside other programs."""
_SMOKE_SCALE, _SMOKE_UNTIL = 50_000, "2000-03"
"""Of a run of a few people and months: it shows that the model steps, not what it says."""


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, what was found, and what to do (empty where nothing is)."""

    check: str
    status: Status
    found: str
    advice: str = ""


def examine(lang: str) -> Iterator[Finding]:
    """Yield a finding for each check, in words of a language ``en`` or ``zh``; a check that breaks is a failed one."""
    for name, look in CHECKS.items():
        try:
            yield look(name, lang)
        except Exception as error:  # noqa: BLE001 - a doctor who dies of the illness helps nobody
            yield _finding(name, "fail", lang, "broke", error=f"{type(error).__name__}: {error}")


def _finding(name: str, status: Status, lang: str, found: str, advice: str = "", **values: object) -> Finding:
    told = phrase(WORDS, advice, lang, **values) if advice else ""
    return Finding(name, status, phrase(WORDS, found, lang, **values), told)


def _python(name: str, lang: str) -> Finding:
    from packaging.specifiers import SpecifierSet

    version = platform.python_version()
    wanted = metadata.metadata(PROJECT)["Requires-Python"]
    if version in SpecifierSet(wanted):
        return _finding(name, "ok", lang, "python", version=version)
    return _finding(name, "fail", lang, "python", "python_todo", version=version, wanted=wanted)


def _packages(name: str, lang: str) -> Finding:
    """Compare what is installed with the declared ranges; an extra may be missing, not of a wrong version."""
    needed, optional = wrong_packages()
    if needed:
        return _finding(name, "fail", lang, "packages_wrong", "packages_todo", wrong=", ".join(needed))
    if optional:
        return _finding(name, "warn", lang, "packages_wrong", "packages_todo", wrong=", ".join(optional))
    return _finding(name, "ok", lang, "packages")


def wrong_packages() -> tuple[list[str], list[str]]:
    """Return needed packages that are missing or out of range, and those of extras that are out of range."""
    from packaging.requirements import Requirement

    needed: list[str] = []
    optional: list[str] = []
    for line in metadata.requires(PROJECT) or []:
        requirement = Requirement(line)
        # The dependencies of an extra hold only for its name; those of the project hold for none.
        is_needed = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            needed += [requirement.name] if is_needed else []
            continue
        if requirement.name != PROJECT and version not in requirement.specifier:
            (needed if is_needed else optional).append(f"{requirement.name} {version} ({requirement.specifier})")
    return needed, optional


def _cache(name: str, lang: str) -> Finding:
    from simulation.compiled import user_cache

    folder = user_cache()
    if _is_writable(folder):
        return _finding(name, "ok", lang, "writable", folder=folder)
    return _finding(name, "warn", lang, "unwritable", "cache_todo", folder=folder)


def _folder(name: str, lang: str) -> Finding:
    folder = Path.cwd()
    if _is_writable(folder):
        return _finding(name, "ok", lang, "writable", folder=folder)
    return _finding(name, "warn", lang, "unwritable", "folder_todo", folder=folder)


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _processors(name: str, lang: str) -> Finding:
    n = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return _finding(name, "ok", lang, "processors", n=n)


def _memory(name: str, lang: str) -> Finding:
    if not hasattr(os, "sysconf"):
        return _finding(name, "ok", lang, "memory_unknown")
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    if size >= LEAST_MEMORY_GB:
        return _finding(name, "ok", lang, "memory", size=f"{size:.0f}")
    return _finding(name, "warn", lang, "memory", "memory_todo", size=f"{size:.1f}")


def _smoke(name: str, lang: str) -> Finding:
    """Run a few people in plain Python; where the rules are compiled already, so, too, and the same bits are asked for."""
    from simulation.compiled import needs_compiling

    began = time.monotonic()
    plain = _smoked("agents")
    if needs_compiling():
        return _finding(name, "ok", lang, "smoke_plain", seconds=f"{time.monotonic() - began:.1f}")
    if _smoked("compiled") == plain:
        return _finding(name, "ok", lang, "smoke", seconds=f"{time.monotonic() - began:.1f}")
    return _finding(name, "fail", lang, "smoke_differs", "smoke_todo")


def _smoked(engine: str) -> bytes:
    from scenarios import load
    from simulation import TalentModel

    model = TalentModel(load("baseline"), scale=_SMOKE_SCALE, seed=1, until=_SMOKE_UNTIL, engine=engine)
    model.run_until(_SMOKE_UNTIL)
    return model.people.persons.tobytes()


def _port(name: str, lang: str) -> Finding:
    try:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            one.listen()
            with socket.create_connection(one.getsockname(), timeout=5):
                return _finding(name, "ok", lang, "port")
    except OSError as error:
        return _finding(name, "fail", lang, "no_port", "port_todo", error=error)


def _browser(name: str, lang: str) -> Finding:
    from experiments.report.pdf import PrintError, find_browser

    try:
        browser = find_browser(lang=lang)
    except PrintError as error:
        return Finding(name, "fail", str(error), phrase(WORDS, "browser_todo", lang))
    if browser is None:
        return _finding(name, "warn", lang, "no_browser", "browser_todo")
    return _finding(name, "ok", lang, "browser", path=browser)


def _font(name: str, lang: str) -> Finding:
    from experiments.figures.look import style

    with style("zh") as is_found:
        if is_found:
            return _finding(name, "ok", lang, "font")
    return _finding(name, "warn", lang, "no_font", "font_todo")


CHECKS: dict[str, Callable[[str, str], Finding]] = {
    "python": _python,
    "packages": _packages,
    "cache": _cache,
    "folder": _folder,
    "processors": _processors,
    "memory": _memory,
    "run": _smoke,
    "port": _port,
    "browser": _browser,
    "font": _font,
}
"""By name, in the order in which they are made."""
