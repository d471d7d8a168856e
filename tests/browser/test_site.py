"""The documentation as a site: built strictly without a network, and read from disk in a real browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.browsing import in_a_browser, serious, tab_in

ROOT = Path(__file__).parents[2]
SECONDS = 60
"""Of one processor, for a build from nothing. Measured: 9."""
BUILD = """
import socket, sys

def refuse(*_):
    raise ConnectionError("the site is built without a network")

socket.socket.connect = socket.getaddrinfo = refuse
from sphinx.cmd.build import main
sys.exit(main(sys.argv[1:]))
"""
LOADS = {"src", "srcset", "data", "poster"}
READ = ("index", "zh/index", "tutorial", "reference/experiments", "reference/commands")
"""Pages that are looked at closely."""


class Built(NamedTuple):
    """What a build gave: its folder, its exit code, what it said, and the seconds of a processor that it took."""

    folder: Path
    code: int
    said: str
    seconds: float


def build(source: Path, folder: Path) -> Built:
    before = os.times()
    words = [
        sys.executable,
        "-c",
        BUILD,
        "-W",
        "--keep-going",
        "-n",
        "-q",
        "-d",
        f"{folder}-kept",
        str(source),
        str(folder),
    ]
    done = subprocess.run(
        words, cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Built(folder, done.returncode, done.stdout + done.stderr, used)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(ROOT / "docs", tmp_path_factory.mktemp("site") / "html")


@pytest.fixture(scope="session")
def site(built: Built) -> Path:
    assert built.code == 0, built.said
    return built.folder


class Loads(HTMLParser):
    """Collects what a page loads, as against what it links to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = LOADS | {"href"} if tag in {"link", "image", "use"} else LOADS
        self.found += [value for name, value in attrs if name in names and value]


def loads(html: str) -> list[str]:
    parser = Loads()
    parser.feed(html)
    return parser.found


def is_foreign(address: str) -> bool:
    return "//" in address.partition("?")[0] and not address.startswith("data:")


def test_the_site_builds_strictly_without_a_network_within_a_minute(built: Built) -> None:
    assert built.code == 0, built.said
    assert built.said == ""
    assert built.seconds < SECONDS


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    pages = {path: loads(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    assert len(pages) > 60
    assert [(path.name, address) for path, found in pages.items() for address in found if is_foreign(address)] == []
    styles = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    assert "url(http" not in styles.replace('"', "").replace("'", "")
    assert "@import" not in styles


def test_a_font_or_script_from_elsewhere_would_be_found() -> None:
    html = '<link href="https://x.org/a.css"><script src="//x.org/a.js"></script><a href="https://x.org">x</a>'
    assert [address for address in loads(html) if is_foreign(address)] == ["https://x.org/a.css", "//x.org/a.js"]


def test_every_figure_of_every_page_is_there(site: Path) -> None:
    images = [
        path.parent / address
        for path in site.rglob("*.html")
        for address in loads(path.read_text(encoding="utf-8"))
        if address.endswith((".svg", ".png"))
    ]
    assert len(images) > 20
    assert [image for image in images if not image.resolve().is_file()] == []


def test_the_index_of_the_search_has_english_and_chinese(site: Path) -> None:
    text = (site / "searchindex.js").read_text(encoding="utf-8")
    terms = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))["terms"]
    assert {"permit", "许可"} <= set(terms)


def test_pages_say_their_language(site: Path) -> None:
    assert '<html class="no-js" lang="zh-CN"' in (site / "zh" / "index.html").read_text(encoding="utf-8")
    assert '<html class="no-js" lang="en"' in (site / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def visit(browser: Any, site: Path) -> Iterator[Callable[..., Any]]:
    contexts: list[Any] = []

    def _visit(name: str, *, width: int = 1280, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 800}, offline=True, **options)
        contexts.append(context)
        tab = tab_in(context, "file:")
        tab.goto((site / f"{name}.html").as_uri())
        return tab

    yield _visit
    for context in contexts:
        context.close()


@in_a_browser
@pytest.mark.parametrize(
    ("start", "query", "found"),
    [
        ("index", "refunds insurance", "Social insurance and the fifteen-year obstacle"),
        ("zh/index", "许可", "talentflow 中文首页"),
        ("zh/index", "永久居留", "Glossary 术语表"),
    ],
)
def test_a_query_finds_its_page_from_disk(visit: Any, start: str, query: str, found: str) -> None:
    tab = visit(start)
    tab.fill("input[name=q]:visible", query)
    tab.press("input[name=q]:visible", "Enter")
    hit = tab.locator("ul.search a", has_text=found).first
    hit.wait_for()
    hit.click()
    tab.wait_for_selector(f"h1:has-text({found!r})")
    assert tab.said == []


@in_a_browser
def test_a_query_of_which_a_part_is_nowhere_finds_nothing(visit: Any) -> None:
    tab = visit("index")
    tab.fill("input[name=q]:visible", "许可鲸鱼")
    tab.press("input[name=q]:visible", "Enter")
    tab.wait_for_selector("#search-results :text('did not match')")
    assert tab.locator("ul.search li").count() == 0


@in_a_browser
@pytest.mark.parametrize(("name", "scheme"), [*zip(READ, cycle(("light", "dark")), strict=False), ("tutorial", "dark")])
def test_a_phone_shows_a_page_whole_and_an_accessibility_checker_finds_nothing_serious(
    visit: Any, name: str, scheme: str
) -> None:
    tab = visit(name, width=360, color_scheme=scheme)
    assert tab.said == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    assert serious(tab) == []


@in_a_browser
def test_a_reader_goes_to_the_chinese_page_by_keyboard(visit: Any) -> None:
    tab = visit("index")
    tab.locator("article a", has_text="中文首页").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector("h1:has-text('中文首页')")
    assert tab.evaluate("document.documentElement.lang") == "zh-CN"
