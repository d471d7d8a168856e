"""A person's life under both laws, and the drawings of an answer."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from html import escape
from pathlib import Path
from typing import Any

import pytest

from experiments.classroom.answering.asked import check
from experiments.classroom.answering.lives import life_of
from experiments.classroom.answering.problems import AskedProblems
from experiments.classroom.answering.work import Answerer
from simulation.catalogue import GROUPS

WHOLE = Path(__file__).parents[4] / "browser" / "data"
"""Answers to default questions, as the page receives them."""
RAW = {"reforms": ["easier-visits"], "changes": [{"path": "work_permit.category_a.points_min", "from": "2027-01", "set": 60}],
       "scale": 20000, "replicates": 1, "draws": 0, "until": "2032-12"}  # fmt: skip


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.public_facts.user_cache", lambda: tmp_path)


def test_a_life_tells_both_laws_and_why_they_part() -> None:
    told = life_of(check(RAW), "any")
    assert told["id"] >= 1
    assert told["why"]
    assert told["parting"] >= "2027-01"
    assert told["today"] != told["reform"]
    again = life_of(check({**RAW, "lang": "zh"}), "any", number=told["id"])
    assert again["parting"] == told["parting"]


def test_an_unknown_kind_or_number_is_refused() -> None:
    asked = check(RAW)
    with pytest.raises(AskedProblems, match="kind"):
        life_of(asked, "hero")
    with pytest.raises(AskedProblems, match="numbered 1 to"):
        life_of(asked, "any", number=10**9)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_whole_answer_becomes_figures_and_a_page(lang: str) -> None:
    answer = json.loads((WHOLE / f"answer_{lang}.json").read_text(encoding="utf-8"))
    # As many groups as there are, more than one figure of them holds.
    one, families = answer["groups"][0], [group.partition("=")[0] for group in GROUPS]
    answer["groups"] = [
        {**one, "dimension": family, "label": f"{family} {place}"}
        for place, family in enumerate(families)
        if family in {"category", "origin", "field", "age", "mode", "sex"}
    ]
    answerer = Answerer()
    (figures,) = answerer.steps({"kind": "figures", "asked": answer["asked"], "answer": answer})
    names = zipfile.ZipFile(io.BytesIO(base64.b64decode(figures["data"]["base64"]))).namelist()
    (report,) = answerer.steps({"kind": "report", "asked": answer["asked"], "answer": answer})
    page = report["data"]["text"]
    assert page.count("<figure") == len(names) == 4
    for text in (answer["interval"], answer["command"], *(one["text"] for one in answer["warnings"])):
        assert escape(text, quote=False) in page
    assert "https://" not in page.replace(answer["sources"], "")


def test_figures_scenario_and_uploads_are_tasks() -> None:
    answerer = Answerer()
    answer = list(answerer.steps({"kind": "answer", "asked": RAW}))[-1]["data"]
    (figures,) = answerer.steps({"kind": "figures", "answer": answer})
    packed = zipfile.ZipFile(io.BytesIO(base64.b64decode(figures["data"]["base64"])))
    assert packed.namelist() == ["paths.svg", "regions.svg", "groups.svg", "origins.svg"]
    assert all(b"<svg" in packed.read(name) for name in packed.namelist())
    (file,) = answerer.steps({"kind": "scenario", "asked": RAW})
    (read,) = answerer.steps({"kind": "upload", "text": file["data"]["text"]})
    assert read["data"]["asked"]["changes"] == RAW["changes"]
    (refused,) = answerer.steps({"kind": "upload", "text": "a: [", "lang": "zh"})
    assert refused["event"] == "problems"
