"""What a reader sees and does, in a real browser with the network cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from experiments.report.page import answers, page
from experiments.report.parts import Dossier, Listing, Section
from experiments.report.pdf import print_pdf
from experiments.report.slides import deck_of, slides
from tests.browsing import in_a_browser, tab_in, violations

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytestmark = in_a_browser
FILES = ("analyst", "minister", "class", "answers", "slides")


@pytest.fixture(scope="module")
def folder(dossier: Dossier, figures: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    written = {name: page(dossier, "both", name, figures) for name in FILES[:3]}
    written |= {"answers": answers(dossier, "both"), "slides": slides(dossier, "both", figures)}
    for name, html in written.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return folder


@pytest.fixture
def visit(browser: Any, folder: Path) -> Iterator[Callable[..., Any]]:
    contexts: list[Any] = []

    def _visit(name: str, *, width: int = 1280, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 800}, offline=True, **options)
        contexts.append(context)
        tab = tab_in(context)
        tab.goto((folder / f"{name}.html").as_uri())
        return tab

    yield _visit
    for context in contexts:
        context.close()


def headline_of(tab: Any) -> str:
    return " ".join(tab.inner_text("h1:visible").split())


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_asked_for_and_nothing_goes_wrong(visit: Any, folder: Path, name: str) -> None:
    tab = visit(name)
    assert tab.said == [(folder / f"{name}.html").as_uri()]
    assert tab.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700"


def test_what_the_policy_forbids_would_be_seen(visit: Any, folder: Path) -> None:
    html = (folder / "analyst.html").read_text(encoding="utf-8")
    (folder / "worse.html").write_text(html.replace("<h1>", '<img src="https://example.org/x.png"><h1 style="color: red">', 1))  # fmt: skip
    tab = visit("worse")
    assert sum("Content Security Policy" in text for text in tab.said) >= 2


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_but_boxes_scrolls_sideways_on_a_phone(visit: Any, name: str, lang: str) -> None:
    tab = visit(name, width=360)
    tab.check(f"#show-{lang}", force=True)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_switch_changes_language_title_and_what_is_seen_by_keyboard_alone(visit: Any, dossier: Dossier) -> None:
    tab = visit("analyst")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.id") == "show-en"
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate("document.documentElement.lang") == "zh-Hans"
    assert tab.title().startswith(dossier.title["zh"])
    assert headline_of(tab) == dossier.headline["zh"]
    tab.keyboard.press("ArrowLeft")
    assert headline_of(tab) == dossier.headline["en"]


def test_an_address_opens_the_page_in_its_language_at_its_section(visit: Any, folder: Path) -> None:
    tab = visit("analyst")
    tab.goto((folder / "analyst.html").as_uri() + "#zh-who")
    assert tab.evaluate("document.documentElement.lang") == "zh-Hans"
    assert abs(tab.evaluate("document.getElementById('zh-who').getBoundingClientRect().top")) < 60


def test_a_change_of_language_stays_at_the_section_that_is_read(visit: Any) -> None:
    tab = visit("analyst")
    tab.evaluate("document.getElementById('en-who').scrollIntoView()")
    tab.click("button.other:visible")
    assert tab.evaluate("document.documentElement.lang") == "zh-Hans"
    assert abs(tab.evaluate("document.getElementById('zh-who').getBoundingClientRect().top")) < 60


def test_the_tab_key_reaches_what_can_be_used_and_nothing_else(visit: Any) -> None:
    tab = visit("analyst")
    reached: list[str] = []
    for _ in range(80):
        tab.keyboard.press("Tab")
        reached.append(tab.evaluate("document.activeElement.tagName"))
        if reached[-1] == "BODY":
            break
    assert set(reached) <= {"INPUT", "A", "BUTTON", "SUMMARY", "CODE", "BODY"}
    assert reached.count("SUMMARY") == 2
    # Two commands to copy, and the other language beside the contents.
    assert reached.count("BUTTON") == 3


def test_a_box_opens_by_keyboard_and_shows_the_table(visit: Any) -> None:
    tab = visit("analyst")
    tab.focus("#en-figure-who summary")
    assert not tab.is_visible("#en-table-who")
    tab.keyboard.press("Enter")
    assert tab.is_visible("#en-table-who")


def test_a_command_is_copied(visit: Any, dossier: Dossier) -> None:
    tab = visit("analyst", permissions=["clipboard-read", "clipboard-write"])
    button = tab.locator("#en--rerun button.copy")
    button.focus()
    tab.keyboard.press("Enter")
    playwright.expect(button).to_have_text("Copied")
    assert tab.evaluate("navigator.clipboard.readText()") == dossier.command.line


def test_without_script_one_language_is_whole_and_the_switch_still_works(visit: Any, dossier: Dossier) -> None:
    tab = visit("analyst", java_script_enabled=False)
    headline = tab.locator("h1:visible")
    assert headline.count() == 1
    assert headline_of(tab) == dossier.headline["en"]
    assert tab.locator("button.copy:visible").count() == 0
    tab.check("#show-zh", force=True)
    assert headline_of(tab) == dossier.headline["zh"]
    assert visit("slides", java_script_enabled=False).locator(".slide:visible").count() == 10


def test_figures_stay_on_white_in_the_dark(visit: Any) -> None:
    tab = visit("analyst", color_scheme="dark")
    colours = tab.evaluate(
        "['body', '.drawing'].map(one => getComputedStyle(document.querySelector(one)).backgroundColor)"
    )
    assert colours[1] == "rgb(255, 255, 255)"
    assert colours[0] != colours[1]


def test_slides_turn_by_keys_and_show_their_notes(visit: Any, dossier: Dossier) -> None:
    tab = visit("slides")
    seen = tab.locator(".slide:visible")
    assert seen.all_inner_texts()[0].startswith(dossier.title["en"])
    for key, place in (("ArrowRight", 2), ("End", 10), ("ArrowRight", 10), ("ArrowLeft", 9), ("Home", 1)):
        tab.keyboard.press(key)
        assert seen.count() == 1
        assert seen.get_attribute("data-key") == str(place)
    assert tab.locator(".notes:visible").count() == 0
    tab.keyboard.press("n")
    assert dossier.warnings[0]["en"] in tab.locator(".notes:visible").inner_text()


def test_slides_turn_by_touch(visit: Any) -> None:
    tab = visit("slides", width=360, has_touch=True)
    swipe = """([from, to]) => {
        for (const [kind, x] of [["touchstart", from], ["touchend", to]]) {
            const touch = new Touch({ identifier: 1, target: document.body, clientX: x, clientY: 300 });
            document.body.dispatchEvent(new TouchEvent(kind, { changedTouches: [touch], bubbles: true }));
        }
    }"""
    seen = tab.locator(".slide:visible")
    tab.evaluate(swipe, [300, 60])
    assert seen.get_attribute("data-key") == "2"
    tab.evaluate(swipe, [60, 300])
    assert seen.get_attribute("data-key") == "1"


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize(("name", "lang", "n"), [("analyst", "en", range(3, 8)), ("analyst", "zh", range(3, 8)), ("slides", "en", range(10, 11))])  # fmt: skip
def test_a_page_is_printed_tagged_with_its_title(
    folder: Path, dossier: Dossier, name: str, lang: str, n: range
) -> None:
    target = folder / f"{name}-{lang}.pdf"
    print_pdf(folder / f"{name}.html", target, lang=lang)
    pdf = target.read_bytes()
    assert pages_of(pdf) in n
    assert b"/StructTreeRoot" in pdf
    title = dossier.title[lang]
    assert title.encode() in pdf or title.encode("utf-16-be").hex().upper().encode() in pdf.upper()


def test_a_minister_gets_one_sheet_however_much_there_is_to_say(make_example: Any, figures: Any, dossier: Dossier, folder: Path) -> None:  # fmt: skip
    long = {"en": "A line that says a good deal about what changes, where, for whom and from when on. " * 2, "zh": "一行较长的文字，说明改变什么、在哪里、对谁以及从何时起。" * 3}  # fmt: skip
    lines = tuple(Section(name, long, (Listing((long,) * 9),)) for name in ("changes", "limits"))
    full = make_example(sections=(*dossier.sections[1:-1], *lines), warnings=(long, long), lead=(long, long))
    for lang in ("en", "zh"):
        (folder / "full.html").write_text(page(full, lang, "minister", figures), encoding="utf-8")
        print_pdf(folder / "full.html", folder / "full.pdf", lang=lang)
        assert pages_of((folder / "full.pdf").read_bytes()) == 1


def test_there_are_as_many_slides_on_paper_as_on_screen(dossier: Dossier) -> None:
    assert len(list(deck_of(dossier))) == 10


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, {"width": 360}], ids=["wide", "dark", "phone"])
def test_the_checker_of_accessibility_finds_nothing(visit: Any, name: str, options: Mapping[str, Any]) -> None:
    tab = visit(name, **options)
    tab.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    for lang in ("en", "zh"):
        tab.check(f"#show-{lang}", force=True)
        assert violations(tab) == []
