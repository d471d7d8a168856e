"""A browser on the page, served by the stand-in of ``fake_classroom``."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from experiments.report.pdf import find_browser
from tests.browser.fake_classroom import Part, serving

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Part, str]]:
    part = Part()
    with serving(part) as address:
        yield part, address


@pytest.fixture
def part(served: tuple[Part, str]) -> Part:
    fresh = Part()
    for name in ("mode", "asked", "cancelled", "listened", "title", "estimates"):
        setattr(served[0], name, getattr(fresh, name))
    return served[0]


@pytest.fixture(scope="module")
def page_browser() -> Iterator[Any]:
    found = find_browser()
    if found is None:
        pytest.skip("no Chromium, Chrome or Edge on this machine")
    # Chromium's own sandbox refuses to run for root, as in most containers.
    flags = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=str(found), args=flags)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def contexts(page_browser: Any) -> Iterator[dict[Any, Any]]:
    """Return browsers in a browser, one for each size and scheme: the page keeps nothing in them from test to test."""
    opened: dict[Any, Any] = {}
    yield opened
    for context in opened.values():
        context.close()


@pytest.fixture
def visit(
    page_browser: Any, contexts: dict[Any, Any], served: tuple[Part, str], part: Part
) -> Iterator[Callable[..., Any]]:
    """Return what opens the page; ``said`` of a tab holds console messages, errors and requests to elsewhere."""
    tabs: list[Any] = []

    def _visit(place: str = "/#l=en", *, width: int = 1280, **options: Any) -> Any:
        kind = (width, *sorted(options.items()))
        if kind not in contexts:
            size = {"width": width, "height": 800}
            contexts[kind] = page_browser.new_context(viewport=size, reduced_motion="reduce", **options)
        tab = contexts[kind].new_page()
        tabs.append(tab)
        tab.set_default_timeout(5000)
        tab.said = []
        tab.on("console", lambda message: tab.said.append(message.text))
        tab.on("pageerror", lambda error: tab.said.append(str(error)))
        tab.on(
            "request",
            lambda request: request.url.startswith((served[1], "data:", "blob:")) or tab.said.append(request.url),
        )
        tab.goto(served[1] + place)
        return tab

    yield _visit
    for tab in tabs:
        tab.context.set_offline(False)
        tab.close()
