"""The exported page in a real browser, from disk, with the network cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from experiments.classroom.estimates.estimate import estimate_of
from experiments.classroom.estimates.export import page, write
from experiments.classroom.estimates.made import read
from experiments.design import DesignError
from tests.browsing import in_a_browser, tab_in, violations

BAR = "work_permit.category_a.points_min"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("export") / "new" / "page.html", "en")


@pytest.fixture
def visit(browser: Any, exported: Path) -> Iterator[Callable[..., Any]]:
    contexts: list[Any] = []

    def _visit(*, width: int = 1280, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 800}, offline=True, **options)
        contexts.append(context)
        tab = tab_in(context)
        tab.goto(exported.as_uri())
        tab.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        return tab

    yield _visit
    for context in contexts:
        context.close()


def move_bar(tab: Any, value: float) -> None:
    tab.locator(f"[data-path='{BAR}']").fill(str(value))


def test_the_file_is_whole_and_asks_for_nothing_from_outside(exported: Path) -> None:
    text = exported.read_text(encoding="utf-8")
    assert text.rstrip().endswith("</html>")
    assert "http://www.w3.org/2000/svg" in text
    assert not any(
        word in text.replace("http://www.w3.org/2000/svg", "") for word in ("http:", "https:", "import ", "src=")
    )
    assert list(exported.parent.iterdir()) == [exported]


def test_another_language_is_refused() -> None:
    with pytest.raises(DesignError, match="en, zh"):
        page("fr")


def test_estimates_of_another_model_are_not_exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.classroom.estimates.made.model_hashes", dict)
    with pytest.raises(DesignError, match="another version"):
        write(tmp_path / "page.html")
    assert not list(tmp_path.iterdir())


@in_a_browser
def test_it_opens_from_disk_and_says_what_it_is(visit: Any, exported: Path) -> None:
    tab = visit()
    assert tab.inner_text(".warning").startswith("Everything here is an estimate.")
    assert tab.inner_text("#chip") == "no estimate"
    assert tab.said == [exported.as_uri()]


@in_a_browser
def test_a_lever_moves_the_estimate_to_what_python_says(visit: Any, exported: Path) -> None:
    tab = visit()
    move_bar(tab, 75)
    told = estimate_of({"changes": [{"path": BAR, "from": "2027-01", "set": 75}]}, read()).outcomes["stock@2040-12"]
    size = int(tab.inner_text("#finding").split("about ")[1].split(" ")[0].replace(",", ""))
    assert size == pytest.approx(told.difference, abs=told.error / 10)
    assert tab.inner_text("#chip") == "estimate"
    assert tab.locator("circle.dot").count() == 2
    move_bar(tab, 72)
    assert int(tab.inner_text("#finding").split("about ")[1].split(" ")[0].replace(",", "")) > size
    tab.click("#clear")
    assert tab.inner_text("#chip") == "no estimate"
    assert tab.said == [exported.as_uri()]


@in_a_browser
def test_a_package_is_drawn_as_it_was_simulated(visit: Any) -> None:
    tab = visit()
    tab.check("#choose-whole-article")
    assert tab.inner_text("#chip") == "simulated beforehand, 20 pairs"
    assert tab.locator("polyline.after").count() == 1
    tab.check("#choose-one-stop")
    assert tab.inner_text("#finding").startswith("No estimate: two of the choices set the same lever")


@in_a_browser
def test_the_link_finds_the_choice_again_in_the_classroom(visit: Any) -> None:
    tab = visit()
    tab.check("#choose-one-stop")
    move_bar(tab, 75)
    assert tab.inner_text("#fragment") == f"#v=1&r=one-stop&c={BAR}@2027-01=75"


@in_a_browser
def test_it_speaks_chinese(visit: Any) -> None:
    tab = visit()
    tab.check("input[value=zh]")
    move_bar(tab, 75)
    assert tab.get_attribute("html", "lang") == "zh-Hans"
    assert tab.inner_text("#finding").startswith("到2040年12月，在华外国专业人才约增加")
    assert tab.title() == "政策选择：估算"


@in_a_browser
def test_it_works_with_the_keyboard_alone(visit: Any) -> None:
    tab = visit()
    tab.focus(f"[data-path='{BAR}']")
    tab.keyboard.press("Home")
    assert tab.inner_text(f"output[data-of='{BAR}']") == "70 points (today 85 points)"


@in_a_browser
@pytest.mark.parametrize(
    ("lang", "options"),
    [("en", {}), ("zh", {"color_scheme": "dark", "width": 360})],
    ids=["wide", "dark, on a phone"],
)
def test_the_checker_of_accessibility_finds_nothing(visit: Any, lang: str, options: dict[str, Any]) -> None:
    tab = visit(**options)
    move_bar(tab, 75)
    tab.check(f"input[value={lang}]")
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(tab) == []
