"""A page printed as PDF by a browser that is found on the machine."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from experiments.design import DesignError
from experiments.files import write_whole
from experiments.report.page_words import word

NAMED_BY = "TALENTFLOW_BROWSER"
"""Variable of the environment that names the program."""
SECONDS = 60.0
_ON_PATH = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
    "microsoft-edge-stable", "msedge",
)  # fmt: skip
_ON_MACOS = ("Google Chrome", "Chromium", "Microsoft Edge")
_ON_WINDOWS = (
    ("Google", "Chrome", "Application", "chrome.exe"),
    ("Chromium", "Application", "chrome.exe"),
    ("Microsoft", "Edge", "Application", "msedge.exe"),
)
_WINDOWS_HOMES = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
_ALONE = (
    "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-default-apps",
    # The page needs nothing from outside, so nothing is let out.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer", "--generate-pdf-document-outline",
)  # fmt: skip


class PrintError(DesignError):
    """A page that could not be printed; all else of the report is there."""


def print_pdf(page: Path, target: Path, *, lang: str, seconds: float = SECONDS) -> Path:
    """Print a page and return the browser that did it.

    Parameters
    ----------
    page
        The HTML file.
    target
        The PDF: written whole or not at all, tagged, with the title of the page.
    lang
        Language that is printed, of a page in both; also that of errors.
    seconds
        After these the browser is ended.

    Raises
    ------
    PrintError
        If no browser was found, or it did not print.
    """
    browser = find_browser(lang=lang)
    if browser is None:
        raise PrintError(word("no_browser", lang))
    target.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target: a browser in a sandbox of its own may not see the folder for temporary files.
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="printing-", ignore_cleanup_errors=True) as folder:
        printed = Path(folder) / "page.pdf"
        address = f"{page.resolve().as_uri()}#{lang}"
        why = _run([str(browser), *_flags(Path(folder)), f"--print-to-pdf={printed}", address], lang, seconds)
        content = printed.read_bytes() if printed.is_file() else b""
        if not content.startswith(b"%PDF-"):
            raise PrintError(word("browser_failed", lang, browser=browser.name, why=why))
        write_whole(target, content)
    return browser


def find_browser(environment: Mapping[str, str] = os.environ, *, lang: str = "en") -> Path | None:
    """Return a Chromium, Chrome or Edge of this machine, None if there is none.

    Parameters
    ----------
    environment
        Its ``TALENTFLOW_BROWSER`` goes before all others; an empty one says that there is none.
    lang
        Language of the error.

    Raises
    ------
    PrintError
        If the variable names no program.
    """
    named = environment.get(NAMED_BY)
    if named is not None:
        found = shutil.which(named)
        if named and found is None:
            raise PrintError(word("wrong_browser", lang, path=named))
        return Path(found) if found else None
    return next(_found(environment), None)


def _found(environment: Mapping[str, str]) -> Iterator[Path]:
    for name in _ON_PATH:
        path = shutil.which(name, path=environment.get("PATH"))
        if path:
            yield Path(path)
    yield from (path for path in _usual(environment) if path.is_file())


def _usual(environment: Mapping[str, str]) -> Iterator[Path]:
    """Yield where installers put browsers without telling the path."""
    if sys.platform == "darwin":
        for home in (Path("/Applications"), Path.home() / "Applications"):
            yield from (home / f"{name}.app" / "Contents" / "MacOS" / name for name in _ON_MACOS)
    elif sys.platform == "win32":
        homes = [environment[name] for name in _WINDOWS_HOMES if environment.get(name)]
        yield from (Path(home, *parts) for parts in _ON_WINDOWS for home in homes)
    else:
        yield from (Path("/snap/bin/chromium"), Path("/opt/google/chrome/chrome"), Path("/opt/microsoft/msedge/msedge"))


def _flags(folder: Path) -> list[str]:
    # Chromium's own sandbox refuses to run for root, as in most containers.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*_ALONE, f"--user-data-dir={folder / 'profile'}", *(["--no-sandbox"] if is_root else [])]


def _run(command: list[str], lang: str, seconds: float) -> str:
    """Run a browser to its end; return what it says of itself last."""
    try:
        running = subprocess.Popen(  # noqa: S603 - a browser that was found, on a page of ours
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        return str(error)
    with running:
        try:
            _, said = running.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            _end(running)
            return word("took_too_long", lang, seconds=f"{seconds:g}")
        except BaseException:
            # In a session of its own it does not hear of an interrupt.
            _end(running)
            raise
    lines = [line for line in said.splitlines() if line.strip()]
    return lines[-1].strip()[:200] if lines else f"exit code {running.returncode}"


def _end(running: subprocess.Popen[str]) -> None:
    """End a browser with the processes that it started."""
    if hasattr(os, "killpg"):
        # It may have ended by itself meanwhile.
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    else:
        running.kill()
