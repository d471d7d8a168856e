from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from experiments.design import DesignError
from experiments.report.cells import interval_text, shown, told_once
from experiments.report.inlining import DrawingError, inlined, is_titled
from experiments.report.page import answers, page
from experiments.report.parts import AUDIENCES, Command, Dossier, Paragraph, Section

LANGUAGES = ("en", "zh")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{ 7 * 7 }}"


@pytest.fixture(scope="module")
def pages(dossier: Dossier, figures: Any) -> Mapping[tuple[str, str], str]:
    return {(audience, lang): page(dossier, lang, audience, figures) for audience in AUDIENCES for lang in (*LANGUAGES, "both")}  # fmt: skip


@pytest.fixture(scope="module")
def whole(pages: Any, read: Callable[[str], Any]) -> Any:
    return read(pages["analyst", "both"])


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("lang", [*LANGUAGES, "both"])
def test_every_page_is_whole_and_its_ids_are_unique(pages: Any, read: Any, audience: str, lang: str) -> None:
    found = read(pages[audience, lang])
    ids = [node.attributes["id"] for node in found.below() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    assert found.all("html")[0].attributes["lang"] == ("zh-Hans" if lang == "zh" else "en")
    assert len(found.all("h1")) == len(found.all("main")) == (2 if lang == "both" else 1)
    inside = {node.attributes["href"][1:] for node in found.all("a") if node.attributes["href"].startswith("#")}
    assert inside <= set(ids)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_headings_skip_no_level(pages: Any, read: Any, audience: str) -> None:
    for copy in read(pages[audience, "both"]).all("div", class_="copy-of-page"):
        levels = [int(node.tag[1]) for node in copy.below() if re.fullmatch("h[1-6]", node.tag)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_is_fetched_and_the_policy_lets_in_its_own_style_and_script_alone(pages: Any, read: Any, audience: str) -> None:  # fmt: skip
    found = read(pages[audience, "both"])
    fetching = [node for node in found.below() if {"src", "data", "srcset", "action", "poster", "background"} & set(node.attributes)]  # fmt: skip
    assert fetching == []
    assert found.all("link") == found.all("iframe") == found.all("base") == []
    assert [node for node in found.below() if "style" in node.attributes] == []
    assert [name for node in found.below() for name in node.attributes if name.startswith("on")] == []
    policy = next(node.attributes["content"] for node in found.all("meta") if "http-equiv" in node.attributes)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (node,) = found.all(tag)
        content = pages[audience, "both"].partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
        assert "://" not in node.text
        assert not re.search(r"@import|url\(", node.text)


def test_addresses_in_texts_are_links_and_nothing_else(whole: Any) -> None:
    outside = [node for node in whole.all("a") if "://" in node.attributes["href"]]
    assert {node.attributes["href"] for node in outside} == {"https://example.org/law?a=1&b=2"}
    assert {node.attributes["rel"] for node in outside} == {"noopener noreferrer"}


def test_every_figure_says_what_it_shows_and_has_its_table_and_files(whole: Any, dossier: Dossier) -> None:
    for copy, lang in zip(whole.all("div", class_="copy-of-page"), LANGUAGES, strict=True):
        drawn = copy.all("figure")
        assert len(drawn) == len(dossier.figures())
        for node, figure in zip(drawn, dossier.figures(), strict=True):
            (svg,) = node.all("svg")
            assert svg.attributes["role"] == "img"
            assert figure.title[lang] in svg.attributes["aria-label"]
            assert node.all("figcaption")[0].text.startswith(figure.title[lang])
            assert "open" not in node.all("details")[0].attributes
            assert len(node.all("tbody")[0].all("tr")) == len(figure.table.rows)
            files = [link.attributes["href"] for link in node.all("a")]
            ending = "" if lang == "en" else ".zh"
            assert files == [f"data/{figure.table.id}.csv", f"figures/{figure.id}{ending}.svg", f"figures/{figure.id}{ending}.png"]  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_cell_of_every_table_is_on_the_page(pages: Any, read: Any, dossier: Dossier, lang: str) -> None:
    found = read(pages["analyst", lang])
    for table in dossier.tables():
        (node,) = [one for one in found.all("table") if one.attributes["id"] == f"{lang}-table-{table.id}"]
        assert table.caption[lang] in node.all("caption")[0].text
        once = told_once(table)
        columns = [column for column in table.columns if column not in once]
        assert [one.attributes["scope"] for one in node.all("thead")[0].all("th")] == ["col"] * len(columns)
        assert all(shown(column, table.rows[0], lang) in node.all("caption")[0].text for column in once)
        for line, row in zip(node.all("tbody")[0].all("tr"), table.rows, strict=True):
            for cell, column in zip(line.children, columns, strict=True):
                assert cell.text.startswith(shown(column, row, lang))
            if "difference" in row:
                low, high = row["difference"][1:]
                assert line.has(class_="unclear") == (low < 0 < high or low == high == 0)


def test_an_unclear_row_says_so_in_words_too(whole: Any) -> None:
    pale = whole.all("tr", class_="unclear")
    assert pale
    tags = {row.all("span", class_="tag")[0].text for row in pale}
    assert tags == {"unclear", "no change", "不明确", "无变化"}
    bold = [row for row in whole.all("tr") if not row.has(class_="unclear") and row.all("span", class_="tag")]
    assert bold == []


def test_a_table_with_a_verdict_needs_no_other_word_for_it(make_example: Any, figures: Any, read: Any, dossier: Dossier) -> None:  # fmt: skip
    table = next(one for one in dossier.tables() if one.id == "outcomes")
    column = replace(table.columns[0], key="verdict")
    judged = replace(table, columns=(*table.columns, column), rows=tuple({**row, "verdict": "x"} for row in table.rows))
    sections = tuple(replace(one, items=tuple(judged if item is table else item for item in one.items)) for one in dossier.sections)  # fmt: skip
    found = read(page(make_example(sections=sections), "en", "analyst", figures))
    (node,) = [one for one in found.all("table") if one.attributes["id"] == "en-table-outcomes"]
    assert node.all("span", class_="tag") == []
    assert len(node.all("tr", class_="unclear")) == 3


def test_the_first_page_tells_headline_numbers_and_warnings(whole: Any, dossier: Dossier) -> None:
    for copy, lang in zip(whole.all("div", class_="copy-of-page"), LANGUAGES, strict=True):
        assert copy.all("h1")[0].text == dossier.headline[lang]
        told = [node.text for node in copy.all("ul", class_="numbers")[0].all("li")]
        for text, number in zip(told, dossier.numbers, strict=True):
            value, _, high = number.cell
            assert high is not None
            assert text.startswith(interval_text(number.cell, lang, is_signed=True).split(" ")[0].split("（")[0])
            assert number.what[lang] in text
            assert value
        assert dossier.warnings[0][lang] in copy.all("section", class_="warnings")[0].text
        sections = [node.text for node in copy.all("nav", class_="contents")[0].all("a")]
        assert sections[:-1] == [section.heading[lang] for section in dossier.sections]


def test_a_life_is_told_chapter_by_chapter_with_its_dates(whole: Any) -> None:
    story = whole.all("article")[0]
    assert [node.text for node in story.all("h4")] == ["Under both laws", "Under today's law", "Under the reform"]
    assert [node.text for node in story.all("dt")] == ["March 2025", "February 2027", "June 2029", "February 2027", "September 2031"]  # fmt: skip


def test_a_page_that_tells_its_command_in_a_section_does_not_tell_it_twice(make_example: Any, figures: Any, dossier: Dossier) -> None:  # fmt: skip
    again = Section("again", {"en": "Again", "zh": "再次"}, (dossier.command,))
    html = page(make_example(sections=(*dossier.sections, again)), "en", "analyst", figures)
    line = f'<code tabindex="0">{dossier.command.line}</code>'
    assert html.count(line) == 1
    assert page(dossier, "en", "analyst", figures).count(line) == 1


def test_a_section_stands_only_where_its_readers_are(make_example: Any, figures: Any, dossier: Dossier) -> None:
    hidden = Section("deep", {"en": "Deep down", "zh": "深处"}, (), ("class",))
    assert "Deep down" not in page(make_example(sections=(*dossier.sections, hidden)), "both", "analyst", figures)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_hostile_texts_are_only_texts(make_example: Any, figures: Any, read: Any, audience: str, dossier: Dossier) -> None:  # fmt: skip
    text = {"en": HOSTILE, "zh": HOSTILE}
    section = Section("limits", text, (Paragraph(text, "warning"), Command(HOSTILE, text)))
    changed = make_example(title=text, headline=text, lead=(text,), warnings=(text,), command=Command(HOSTILE, text), provenance={"seed": HOSTILE}, sections=(*dossier.sections[:6], section))  # fmt: skip
    html = page(changed, "both", audience, figures)
    found = read(html)
    assert len(found.all("script")) == 1
    assert found.all("img") == []
    assert "49" not in found.all("title")[0].text
    assert HOSTILE in found.all("title")[0].text


def test_the_sheet_of_a_minister_holds_one_figure_and_few_lines(pages: Any, read: Any, dossier: Dossier) -> None:
    found = read(pages["minister", "en"])
    assert len(found.all("figure")) == 1
    changes, limits = (node.all("li") for node in found.all("div", class_="pair")[0].all("ul"))
    assert [node.text for node in changes] == [
        "January 2027: Points for Category A goes from 85 points to 75 points",
        "January 2027: Pay that makes Category A goes from 6 times to 4.5 times",
    ]
    assert len(limits) == 3


def test_a_package_is_told_reform_by_reform_on_one_sheet(make_example: Any, figures: Any, read: Any, dossier: Dossier) -> None:  # fmt: skip
    table = next(one for one in dossier.tables() if one.id == "changes")
    names = [{"en": f"Reform {i}", "zh": f"改革{i}"} for i in range(8)]
    many = replace(table, rows=tuple({**table.rows[0], "by": name} for name in names for _ in range(2)))
    sections = (replace(dossier.sections[0], items=(many,)), *dossier.sections[1:])
    found = read(page(make_example(sections=sections), "en", "minister", figures))
    changes = found.all("div", class_="pair")[0].all("section")[0]
    assert [node.text for node in changes.all("li")] == [f"Reform {i} (provisions: 2)" for i in range(6)]
    assert "and 2 more" in changes.text


def test_the_tasks_of_a_class_hide_every_number_and_ask_about_them(pages: Any, read: Any, dossier: Dossier) -> None:
    found = read(pages["class", "en"])
    (main,) = found.all("main")
    closed = main.all("details")
    assert closed
    assert all("open" not in box.attributes for box in closed if box.has(class_="reveal"))
    open_text = main.text
    for box in main.all("details", class_="reveal"):
        open_text = open_text.replace(box.text, "")
    assert "+23,000" in main.text
    assert "+23,000" not in open_text
    assert dossier.command.line in open_text
    assert [node.text for node in found.all("h2")][:4] == [
        "Predict before you look",
        "Things to notice",
        "Things to try",
        "Where it misleads",
    ]


def test_the_answers_come_from_the_same_tables(dossier: Dossier, read: Any) -> None:
    html = answers(dossier, "both")
    found = read(html)
    told = " ".join(node.text for node in found.all("p", class_="answer"))
    assert "+23,000 people (range +19,900 to +26,100)" in told
    assert "In 3 of 7 rows the difference cannot be told from zero: Departures in 12 months; Spouses with work; Granted permanent residence." in told  # fmt: skip
    assert "7行中有3行的差异无法与零区分" in told
    (turning,) = [node.text for node in found.all("p", class_="answer") if "these may turn" in node.text]
    assert "Spouses with work" in turning
    assert "Granted permanent residence" not in turning
    questions = [node.text for node in read(page(dossier, "en", "class", {f.id: {"en": b"<svg viewBox='0 0 1 1'></svg>"} for f in dossier.figures()})).all("ol", class_="questions")]  # fmt: skip
    assert len(questions) == 4


@pytest.mark.parametrize(("lang", "audience"), [("fr", "analyst"), ("en", "king")])
def test_an_unknown_language_or_audience_is_refused(dossier: Dossier, figures: Any, lang: str, audience: str) -> None:
    with pytest.raises(DesignError, match="must be one of"):
        page(dossier, lang, audience, figures)


def test_a_drawing_with_its_own_title_is_not_titled_again(dossier: Dossier, figures: Any, read: Any) -> None:
    figure = dossier.figures()[0]
    titled = figures[figure.id]["en"].replace(b'<g id="figure_1">', f'<text>{figure.title["en"]}</text><g id="figure_1">'.encode())  # fmt: skip
    drawn = {**figures, figure.id: {"en": titled, "en-narrow": titled}}
    found = read(page(dossier, "en", "analyst", drawn))
    captions = [node.all("figcaption")[0].has(class_="unseen") for node in found.all("figure")]
    assert captions == [True, False]
    assert is_titled(titled, figure.title["en"])
    assert len(found.all("figure")[0].all("svg")) == 2


def test_a_drawing_is_inlined_without_styles_or_shared_ids(dossier: Dossier, figures: Any) -> None:
    text = inlined(figures["who"]["en"], "en-who", label="x")
    assert 'id="en-who-clip"' in text
    assert 'clip-path="url(#en-who-clip)"' in text
    assert 'fill="#0072b2"' in text
    assert "style" not in text
    assert "<?xml" not in text


@pytest.mark.parametrize("inside", ["<script>1</script>", '<a href="https://example.org">x</a>', '<g onload="x()"/>', '<image href="https://example.org/x.png"/>'])  # fmt: skip
def test_a_drawing_that_does_anything_is_refused(inside: str) -> None:
    with pytest.raises(DrawingError):
        inlined(f'<svg viewBox="0 0 1 1">{inside}</svg>'.encode(), "x", label="x")


def test_long_tables_are_closed_on_the_page_and_named_on_paper(make_example: Any, figures: Any, read: Any, dossier: Dossier) -> None:  # fmt: skip
    table = next(one for one in dossier.tables() if one.id == "drivers")
    long = replace(table, rows=table.rows * 120)
    sections = tuple(replace(one, items=tuple(long if item is table else item for item in one.items)) for one in dossier.sections)  # fmt: skip
    found = read(page(make_example(sections=sections), "en", "analyst", figures))
    (box,) = found.all("details", class_="long")
    assert "open" not in box.attributes
    assert len(box.all("tbody")[0].all("tr")) == 300
    assert "The first 300 of 360 rows" in box.text
    assert "data/drivers.csv" in " ".join(node.text for node in found.all("p", class_="paper"))


def test_a_page_links_only_to_the_files_beside_it(dossier: Dossier, figures: Any, read: Any) -> None:
    found = read(page(dossier, "en", "analyst", figures, beside=("slides.html",)))
    links = [node.attributes["href"] for node in found.all("a")]
    assert "slides.html" in links
    assert "report.pdf" not in links
