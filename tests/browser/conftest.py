"""A browser on the page, served by the stand-in of ``fake_classroom``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.fake_classroom import Part, serving
from tests.browsing import tab_in


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
def contexts(browser: Any) -> Iterator[dict[Any, Any]]:
    """Return browsers in a browser, one for each size and scheme: the page keeps nothing in them from test to test."""
    opened: dict[Any, Any] = {}
    yield opened
    for context in opened.values():
        context.close()


@pytest.fixture
def visit(browser: Any, contexts: dict[Any, Any], served: tuple[Part, str], part: Part) -> Iterator[Callable[..., Any]]:
    """Return what opens the page; ``said`` of a tab holds console messages, errors and requests to elsewhere."""
    tabs: list[Any] = []

    def _visit(place: str = "/#l=en", *, width: int = 1280, **options: Any) -> Any:
        kind = (width, *sorted(options.items()))
        if kind not in contexts:
            size = {"width": width, "height": 800}
            contexts[kind] = browser.new_context(viewport=size, reduced_motion="reduce", **options)
        tab = tab_in(contexts[kind], served[1], "data:", "blob:")
        tabs.append(tab)
        tab.set_default_timeout(5000)
        tab.goto(served[1] + place)
        return tab

    yield _visit
    for tab in tabs:
        tab.context.set_offline(False)
        tab.close()
