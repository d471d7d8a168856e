"""What a parameter is known from: one answer, and data claimed only where they narrowed it."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from experiments.posterior import posterior_draws
from experiments.report.assumptions import assumptions_section
from experiments.report.drivers import Off, known_table
from experiments.report.knowledge import knowledge_of, narrowed_by
from experiments.report.parts import Table
from experiments.report.thirds import Mean
from experiments.report.uncertain import uncertainty_of
from scenarios import behaviours, posterior_file

from .uncertain_standins import NAMES, asked, drawn, uniform

NONE: frozenset[str] = frozenset()
SHIPPED = sha256(posterior_file().read_bytes()).hexdigest()


def test_knowledge_is_told_apart() -> None:
    beta = behaviours()["beta"]
    assert knowledge_of("beta", beta, narrowed=NONE) == ("literature", "H5-14")
    assert knowledge_of("beta", beta, narrowed=frozenset({"beta"})) == ("narrowed", "H5-14")
    assert knowledge_of("beta", replace(beta, note="a guess"), narrowed=NONE) == ("judgement", "")
    assert knowledge_of("beta", replace(beta, source="H5-14"), narrowed=NONE) == ("data", "H5-14")


def test_a_given_of_the_world_is_no_parameter_of_behaviour() -> None:
    name = "world.origins.japan.home_pay"
    assert knowledge_of(name, uncertainty_of(name), narrowed=NONE).text["en"] == "a given of the world"


def test_data_narrow_nothing_in_a_posterior_that_is_not_the_shipped_one_whatever_its_name() -> None:
    assert "theta_mean" in narrowed_by(SHIPPED)
    assert "beta" not in narrowed_by(SHIPPED)
    assert narrowed_by(sha256(b"beta,weight\n").hexdigest()) == NONE
    assert narrowed_by("") == NONE


@pytest.mark.parametrize("digest", [SHIPPED, "0" * 64])
def test_two_sections_say_the_same_of_a_parameter(digest: str) -> None:
    about = replace(asked(), draws=2, drawn=replace(posterior_draws(2, None, seed=1), digest=digest))
    (assumed,) = [item for item in assumptions_section(about).items if isinstance(item, Table)]
    found = replace(drawn([[1.0, 2.0]], uniform(1)), digest=digest)
    driving = known_table(found, NAMES, dict.fromkeys(NAMES, Off(None, None)), Mean(1.0, 0.0, 2.0))
    told = {row["parameter"]["en"]: row["known_from"] for row in assumed.rows}
    assert [row["known"] for row in driving.rows] == [told[behaviours()[name].label["en"]] for name in NAMES]
    assert ("judgement, narrowed by data" in {text["en"] for text in told.values()}) == (digest == SHIPPED)
