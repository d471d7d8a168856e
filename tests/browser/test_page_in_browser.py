"""What a student sees and does on the page, with a stand-in for the server."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.fake_classroom import Part
from tests.browsing import serious

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = playwright.expect
QUESTION = "/#v=1&r=one-stop&c=work_permit.category_a.points_min@2027-01=75&l={}"
TABS = ("time", "regions", "flows", "points", "groups", "life", "about")
Visit = Callable[..., Any]


def answered(visit: Visit, lang: str = "en", **options: Any) -> Any:
    tab = visit(QUESTION.format(lang), **options)
    expect(tab.locator(".chip.good")).to_contain_text("20")
    return tab


def test_a_link_is_read_run_and_written_back_the_same(visit: Visit, part: Part) -> None:
    tab = answered(visit)
    asked = part.asked[0]
    assert asked["reforms"] == ["one-stop"]
    assert asked["changes"] == [{"path": "work_permit.category_a.points_min", "from": "2027-01", "set": 75}]
    assert tab.locator("#preset-one-stop").is_checked()
    tab.click("#chosen .pick >> nth=1")
    assert "c=" not in tab.evaluate("location.hash")
    tab.click("#chosen .ways-back button >> nth=0")
    assert (
        tab.evaluate("location.hash") == "#v=1&r=one-stop&c=work_permit.category_a.points_min@2027-01=75&l=en&ver=0.1.0"
    )


def test_a_lever_is_changed_and_the_difference_seen_by_keyboard_alone(visit: Visit, part: Part) -> None:
    tab = visit()
    slider = tab.locator("[data-path='work_permit.category_a.points_min'] input[type=range]").first
    slider.wait_for()
    slider.focus()
    for _ in range(10):
        tab.keyboard.press("ArrowLeft")
    assert tab.evaluate("document.activeElement.type") == "range"
    for _ in range(120):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.id") == "run":
            break
    tab.keyboard.press("Enter")
    expect(tab.locator("h1.finding")).to_contain_text("Your package adds about 85,000 (29,000 to 141,000)")
    assert part.asked[0]["changes"] == [{"path": "work_permit.category_a.points_min", "from": "2027-01", "set": 75}]
    expect(tab.locator("#live")).to_contain_text("85,000")


def test_tabs_turn_by_arrow_keys(visit: Visit, part: Part) -> None:
    tab = answered(visit)
    tab.focus("#tab-time")
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate("document.activeElement.id") == "tab-regions"
    assert tab.get_attribute("#tab-regions", "aria-selected") == "true"
    expect(tab.locator("#panel")).to_contain_text("Schematic tiles")
    tab.keyboard.press("End")
    expect(tab.locator("#panel")).to_contain_text("does not forecast")


def test_a_life_tells_where_two_laws_part(visit: Visit, part: Part) -> None:
    tab = answered(visit)
    tab.click("#tab-life")
    tab.click("#panel .buttons button >> nth=1")
    tab.wait_for_selector(".life .parting li")
    assert part.asked[-1]["kind"] == "stayed-only-because"
    tab.fill("#person", "77")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".life")
    assert part.asked[-1]["id"] == 77
    tab.click("#language")
    # A life is told in the language it was asked for in: in another, none is shown until it is asked for.
    expect(tab.locator("#life")).to_have_text("请选择人物类型，或输入编号。")


@pytest.mark.parametrize(
    ("lang", "options"),
    [("en", {}), ("zh", {"color_scheme": "dark", "width": 360})],
    ids=["English, wide", "Chinese, dark, on a phone"],
)
def test_every_view_is_accessible_fits_and_says_nothing_to_the_console(
    visit: Visit, part: Part, lang: str, options: dict[str, Any]
) -> None:
    tab = answered(visit, lang, **options)
    assert tab.evaluate("document.documentElement.lang") == {"en": "en", "zh": "zh-Hans"}[lang]
    for name in TABS:
        tab.click(f"#tab-{name}")
        if name == "life":
            tab.click("#panel .buttons button >> nth=0")
            tab.wait_for_selector(".life")
        assert serious(tab) == [], name
        width = options.get("width", 1280)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, name
    assert tab.said == []


@pytest.mark.parametrize("place", ["/#l=zh", "/lessons#l=en", "/lessons#l=zh&lesson=one-choice"])
def test_first_screen_and_lessons_are_accessible_on_a_phone(visit: Visit, part: Part, place: str) -> None:
    tab = visit(place, width=360)
    tab.wait_for_selector("h1")
    assert serious(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    assert tab.said == []


def test_the_language_is_switched_and_the_question_stays(visit: Visit, part: Part) -> None:
    tab = answered(visit)
    tab.click("#language")
    expect(tab.locator("h1.finding")).to_contain_text("您的方案")
    assert tab.evaluate("location.hash").endswith("&l=zh&ver=0.1.0")
    assert tab.locator("#preset-one-stop").is_checked()


def test_what_the_server_says_is_text_and_never_markup(visit: Visit, part: Part) -> None:
    part.title = "<img src=x onerror=alert(1)>"
    tab = answered(visit)
    assert tab.inner_text("h1.finding") == part.title
    tab.click("#tab-groups")
    assert tab.locator("#answer img").count() == 0
    assert tab.said == []


def test_a_hostile_link_is_dropped_and_named(visit: Visit, part: Part) -> None:
    tab = visit("/#v=1&r=one-stop,<b>x&c=__proto__.x@2027-01=1,a.b@2027-01=1e99&__proto__=1&seed=-4&l=en")
    expect(tab.locator(".notes")).to_contain_text("<b>x")
    # The page is drawn before it asks.
    expect(tab.locator(".chip.good")).to_contain_text("20")
    assert part.asked[0]["reforms"] == ["one-stop"]
    assert part.asked[0]["changes"] == []
    assert part.asked[0]["seed"] == 1


def test_an_older_link_says_so(visit: Visit, part: Part) -> None:
    tab = visit("/#v=1&r=one-stop&l=en&ver=0.0.9")
    expect(tab.locator(".notes")).to_contain_text("version 0.0.9")


def test_a_stream_that_breaks_is_taken_up_again(visit: Visit, part: Part) -> None:
    part.mode = "breaks"
    tab = visit(QUESTION.format("en"))
    expect(tab.locator("#status")).to_have_text("The connection broke; trying again…")
    expect(tab.locator(".chip.good")).to_contain_text("20", timeout=9000)
    assert part.listened == 2


def test_a_run_that_the_server_forgot_is_asked_for_again(visit: Visit, part: Part) -> None:
    part.mode = "forgotten"
    tab = visit(QUESTION.format("en"))
    expect(tab.locator(".chip.good")).to_contain_text("20", timeout=9000)
    assert len(part.asked) == 2
    assert tab.locator(".trouble").count() == 0


def test_a_network_cut_says_what_to_do_and_leaves_the_answer(visit: Visit, part: Part) -> None:
    tab = answered(visit)
    tab.context.set_offline(True)
    tab.click("#run")
    expect(tab.locator(".trouble")).to_contain_text("What is on screen stays")
    assert tab.locator(".figure svg").count() == 2
    tab.context.set_offline(False)
    tab.click(".trouble button >> nth=0")
    expect(tab.locator(".trouble")).to_have_count(0)


def test_problems_of_the_question_are_listed(visit: Visit, part: Part) -> None:
    part.mode = "refused"
    tab = visit(QUESTION.format("en"))
    expect(tab.locator(".trouble li")).to_have_text("set must be 0 to 120, got 850")


def test_a_run_in_the_queue_tells_its_place_and_can_be_stopped(visit: Visit, part: Part) -> None:
    part.mode = "queued"
    tab = visit(QUESTION.format("en"))
    expect(tab.locator("#status")).to_have_text("3 ahead of you")
    tab.click("#run")
    expect(tab.locator("#status")).to_have_text("Stopped.")
    tab.wait_for_function("document.getElementById('run').textContent === 'Run'")
    assert part.cancelled == ["r1"]


def test_who_waits_long_as_the_next_is_told_why(visit: Visit, part: Part) -> None:
    part.mode = "next"
    tab = visit()
    tab.clock.install()
    tab.reload()
    tab.check("#preset-law-on-foreigners-working")
    tab.click("#run")
    expect(tab.locator("#status")).to_have_text("You are next")
    tab.clock.fast_forward(7000)
    expect(tab.locator("#status")).to_contain_text("getting ready")


def test_the_months_of_the_first_pair_are_drawn_before_any_answer(visit: Visit, part: Part) -> None:
    part.mode = "first"
    tab = visit(QUESTION.format("en"))
    expect(tab.locator("#status")).to_have_text("First pair: 2028-12")
    expect(tab.locator(".chip.warm", has_text="first pair")).to_be_visible()
    assert tab.locator(".figure path.line.baseline").count() == 1


def test_an_estimate_stands_at_once_and_says_that_it_is_one(visit: Visit, part: Part) -> None:
    part.estimates = (
        "export const load = async () => {};\nexport const estimateOf = () => "
        "({ outcomes: { 'stock@2040-12': { difference: 12345, error: 900 } }, isOn: true, why: '' });\n"
    )
    tab = visit()
    tab.check("#preset-law-on-foreigners-working")
    expect(tab.locator("h1.finding")).to_have_text(
        "Perhaps 12,350 more people in China by December 2040, give or take 900."
    )
    expect(tab.locator(".kicker .chip")).to_have_text("estimate")
    assert part.asked == []


def test_a_pinned_package_is_drawn_beside_the_next(visit: Visit, part: Part) -> None:
    tab = answered(visit)
    tab.click("#pin")
    tab.click("#chosen .pick >> nth=1")
    tab.click("#run")
    tab.wait_for_selector(".line.pinned")
    expect(tab.locator(".label.pinned")).to_contain_text("Pinned package")


def test_a_scenario_file_is_opened_and_files_are_taken_away(visit: Visit, part: Part) -> None:
    tab = answered(visit)
    tab.set_input_files("#file", {"name": "x.yaml", "mimeType": "application/yaml", "buffer": b"id: x\n"})
    expect(tab.locator("#chosen .pick")).to_have_count(1)
    expect(tab.locator("#status")).to_have_text("Done: 20 pairs.")
    tab.click(".menu summary")
    with tab.expect_download() as taken:
        tab.click(".menu-item >> nth=1")
    assert taken.value.suggested_filename == "data.csv"


def test_a_lesson_opens_its_question_and_checks_an_answer(visit: Visit, part: Part) -> None:
    tab = visit("/lessons#l=en&lesson=one-choice")
    box = tab.locator("form.ask input[type=number]")
    box.fill("59")
    tab.keyboard.press("Enter")
    expect(tab.locator(".verdict").first).to_have_text("Not yet. Look again.")
    box.fill("60")
    tab.keyboard.press("Enter")
    expect(tab.locator(".verdict").first).to_have_text("Right: 60.")
    tab.click("ol.todo a")
    expect(tab.locator(".chip.good")).to_contain_text("20")
    assert part.asked[0]["changes"][0]["set"] == 75
    assert tab.get_attribute("#lesson a", "href") == "/lessons#l=en&lesson=one-choice"


def test_a_lesson_shows_its_files_and_what_to_read(visit: Visit, part: Part) -> None:
    tab = visit("/lessons#l=zh&lesson=one-choice")
    tab.click("ol.todo details summary >> nth=0")
    expect(tab.locator("ol.todo pre").first).to_contain_text("birth: 1984-03")
    reading = tab.locator("article ul").last
    assert reading.locator("a").get_attribute("href") == "https://example.org/choice"
    assert "[object" not in tab.inner_text("#lessons")
    assert "[A1-01]" not in reading.inner_text()


def test_the_same_number_stands_in_the_sentence_the_chart_and_the_table(visit: Visit, part: Part) -> None:
    tab = answered(visit)
    assert "about 85,000 (29,000 to 141,000)" in tab.inner_text("h1.finding")
    assert tab.locator(".three li").first.inner_text().split("\n") == [
        "+85,000",
        "Foreign professionals in China, on any permit or residence, December 2040",
        "+29,000 to +141,000",
        "from 337,000 under today's law to 422,000",
    ]
    labels = tab.locator(".chart text.label").all_text_contents()
    assert labels == ["Your package422,000", "Today's law337,000", "+85,000"]
    tab.click("details.twin summary >> nth=0")
    last = tab.locator("details.twin >> nth=0").locator("tbody tr").last.inner_text().split("\t")
    assert last == ["Dec 2040", "337,000", "422,000", "+85,000", "+29,000 to +141,000"]


def test_a_sign_that_every_draw_shares_is_clear_though_the_range_touches_zero(visit: Visit, part: Part) -> None:
    tab = visit()
    told = tab.evaluate(
        "import('/static/numbers.js').then((numbers) => [undefined, true, false]"
        ".map((is_clear) => numbers.isClear({ low: -3, high: 90, is_clear })))"
    )
    assert told == [False, True, False]


def test_texts_kept_in_english_say_so_on_a_chinese_page(visit: Visit, part: Part) -> None:
    tab = visit("/#l=zh")
    preset = tab.locator(".preset").first
    preset.locator("summary").click()
    assert preset.locator("p[lang=en]").count() == 2
    expect(preset).to_contain_text("以下说明为英文原文")
    assert tab.locator(".tries [lang=en]").count() == 0
    english = visit("/#l=en")
    english.wait_for_selector(".preset")
    assert english.locator("[lang=en].foreign").count() == 0


def test_a_phone_names_provinces_by_their_codes(visit: Visit, part: Part) -> None:
    tab = answered(visit, width=360)
    tab.click("#tab-regions")
    names = tab.locator(".tile .name").all_text_contents()
    assert {"BJ", "SH", "GD"} <= set(names)


def test_both_languages_have_the_same_words(visit: Visit, part: Part) -> None:
    tab = visit()
    keys = tab.evaluate(
        "Promise.all([import('/static/words.en.js'), import('/static/words.zh.js')])"
        ".then(([en, zh]) => [Object.entries(en.EN), Object.entries(zh.ZH)])"
    )
    english, chinese = (dict(one) for one in keys)
    assert list(english) == list(chinese)
    assert json.dumps(list(chinese.values())).count("\\u") > 500


def test_what_the_checks_look_for_would_be_seen(visit: Visit, part: Part) -> None:
    tab = visit()
    tab.wait_for_selector("h1")
    tab.evaluate("document.querySelector('h1').setAttribute('style', 'color: red')")
    tab.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"data:,\">')")
    assert any("Content Security Policy" in text for text in tab.said)
    assert serious(tab)[0][1] == "image-alt"
