"""Levers whose channel is off change nobody, to the last bit; with the channel on they do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import scenarios
from simulation import TalentModel

Build = Callable[..., TalentModel]
Compare = Callable[[TalentModel, TalentModel], list[str]]

# A reform, what turns its channel off, and what opens it wide enough to be seen among few people.
CHANNELS: list[tuple[str, dict[str, float], dict[str, float]]] = [
    ("national-programmes-open", {"research_weight": 0.0}, {"research_weight": 2.0}),
    ("english-applications-international-review", {"research_weight": 0.0}, {"research_weight": 2.0}),
    ("english-applications-international-review", {"grant_success_prob": 0.0}, {"research_weight": 2.0}),
    ("welcoming-atmosphere", {"lesson_take_up": 0.0, "mentor_learning_share": 0.0, "contact_gain": 0.0}, {}),
]


@pytest.mark.parametrize(("reform", "off", "wide"), CHANNELS)
def test_a_reform_whose_channel_is_off_changes_nobody(
    reform: str, off: dict[str, float], wide: dict[str, float], build: Build, compare: Compare
) -> None:
    for assumptions, differs in ((off, False), (wide, True)):
        scenario = scenarios.load(reform).with_assumptions(assumptions)
        models = [build(law.resolve("2030-12")) for law in (scenario.baseline, scenario)]
        for model in models:
            model.run_until("2030-12")
        assert (compare(*models) != []) is differs
