"""A real browser, tabs that remember what they were told and asked for, and the checker of accessibility."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

import pytest

from experiments.report.pdf import find_browser

BROWSER = find_browser()
in_a_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium, Chrome or Edge on this machine")
_NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
"""No name is looked up: what a page wants from elsewhere fails, wherever the test runs."""


@contextmanager
def launched() -> Iterator[Any]:
    """Yield a browser without a way out of this machine; where there is none, the test is skipped."""
    driving = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if BROWSER is None:
        pytest.skip("no Chromium, Chrome or Edge on this machine")
    # Chromium's own sandbox refuses to run for root, as in most containers.
    flags = [_NOWHERE, *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])]
    with driving.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(BROWSER), args=flags)
        yield browser
        browser.close()


def tab_in(context: Any, *own: str) -> Any:
    """Return a new tab whose ``said`` holds console messages, errors, and requests that do not begin with one of ``own``."""
    tab = context.new_page()
    tab.said = []
    tab.on("console", lambda message: tab.said.append(message.text))
    tab.on("pageerror", lambda error: tab.said.append(str(error)))
    tab.on("request", lambda request: None if request.url.startswith(own) else tab.said.append(request.url))
    return tab


def violations(tab: Any) -> list[list[str]]:
    """Return what axe-core finds: how grave it is, its name, and the first place."""
    axe = files("axe_playwright_python") / "axe.min.js"
    tab.evaluate(axe.read_text(encoding="utf-8"))
    found = tab.evaluate("axe.run()")["violations"]
    return [[one["impact"], one["id"], one["nodes"][0]["html"][:300]] for one in found]


def serious(tab: Any) -> list[list[str]]:
    """Return what axe-core finds serious or critical."""
    return [one for one in violations(tab) if one[0] in {"serious", "critical"}]
