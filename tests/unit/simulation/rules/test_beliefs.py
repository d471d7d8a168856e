"""What people abroad know and believe."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.names import BELIEF_APPROVAL, BELIEF_RESIDENCE, BELIEF_WAIT
from simulation.records import NEVER
from simulation.rules import beliefs, traits


def changed(now: Any, **levers: float) -> Any:
    """Return the month with other law in every region."""
    return now._replace(policy=tuple(law._replace(**levers) for law in now.policy))


def without_visits(now: Any) -> Any:
    """Return the month in which nobody's own visits bring word."""
    return now._replace(behaviour=now.behaviour._replace(visit_news=0.0))


def believing(now: Any, person: Any, **ratios: float) -> Any:
    """Return the month with another belief of a person's community."""
    communities = list(now.communities)
    at = traits.community(person)
    old = communities[at]
    belief = list(old.belief)
    for name, value in ratios.items():
        belief[getattr(beliefs, f"BELIEF_{name.upper()}")] = value
    communities[at] = old._replace(belief=tuple(belief))
    return now._replace(communities=tuple(communities))


def test_word_never_takes_back_what_is_known(now: Any, someone: Any) -> None:
    person = someone(news_month=now.month - 1)
    for number in range(1, 200):
        person.id = number
        person.news_month = now.month - 1
        beliefs.hear_news(person, now)
        assert now.month - 1 <= person.news_month <= now.month


@settings(max_examples=60)
@given(number=st.integers(1, 10**6), reach=st.floats(0.05, 2.0), more=st.floats(0.0, 3.0))
def test_more_official_reach_never_makes_news_older(
    facts: Any, someone: Any, number: int, reach: float, more: float
) -> None:
    now, dates = facts(), []
    for rate in (reach, reach + more):
        person = someone(id=number, contacts=0, news_month=0)
        beliefs.hear_news(person, changed(now, official_reach=rate))
        dates.append(person.news_month)
    assert dates[0] <= dates[1]


def test_mean_age_of_news_is_one_over_the_rate(now: Any, someone: Any) -> None:
    law = without_visits(changed(now, official_reach=0.5))
    ages = []
    for number in range(1, 4001):
        person = someone(id=number, contacts=0, news_month=0)
        beliefs.hear_news(person, law)
        ages.append(law.month - person.news_month)
    # Exponential with mean 24 months, cut to whole months: 23.5 within 4.5 standard errors of 24 / sqrt(4000).
    assert abs(sum(ages) / len(ages) - 23.5) < 4.5 * 24.0 / 4000**0.5


def test_without_any_channel_nothing_new_is_known(now: Any, someone: Any) -> None:
    person = someone(contacts=0, news_month=7)
    beliefs.hear_news(person, without_visits(changed(now, official_reach=0.0)))
    assert person.news_month == 7


def test_visits_bring_word_as_often_as_a_door_is_open(now: Any, someone: Any) -> None:
    person, silent = someone(contacts=0), changed(now, official_reach=0.0, border_open_share=1.0, port_visa_share=1.0)
    assert beliefs.news_rate(person, silent) == silent.behaviour.visit_news
    assert beliefs.news_rate(person, changed(silent, border_open_share=0.0)) == 0.0
    assert beliefs.news_rate(person, without_visits(silent)) == 0.0


def test_an_appeal_that_may_be_won_is_reckoned_with(now: Any, someone: Any) -> None:
    person = someone(entry_month=now.month - 3)
    law = changed(now, refusal_prob=0.1, interpretation_dispersion=0.0, appeal_success_share=0.0)
    assert beliefs.approval_prob(person, law, 0) == pytest.approx(0.9)
    assert beliefs.approval_prob(person, changed(law, appeal_success_share=0.5), 0) == pytest.approx(0.95)
    unrefused = changed(law, refusal_prob=0.0, appeal_success_share=0.5)
    assert beliefs.approval_prob(person, unrefused, 0) == 1.0


def test_people_in_china_see_what_is_so(now: Any, someone: Any) -> None:
    person = someone(entry_month=now.month - 3)
    assert beliefs.ratio(person, believing(now, person, approval=0.5), BELIEF_APPROVAL) == 1.0


def test_leavers_trust_what_they_saw_for_as_long_as_they_lived_there(now: Any, someone: Any) -> None:
    person = someone(past_months=24, left_month=now.month - 23)
    doubtful = believing(now, person, approval=0.5)
    assert beliefs.ratio(person, doubtful, BELIEF_APPROVAL) == 1.0
    person.left_month = now.month - 24
    assert beliefs.ratio(person, doubtful, BELIEF_APPROVAL) == 0.5
    person.left_month = NEVER
    assert beliefs.ratio(person, doubtful, BELIEF_APPROVAL) == 0.5


def test_offices_that_differ_are_doubted(now: Any, someone: Any) -> None:
    person = someone()
    sure, unsure = changed(now, interpretation_dispersion=0.0), changed(now, interpretation_dispersion=0.8)
    assert beliefs.approval_prob(person, unsure, 0) < beliefs.approval_prob(person, sure, 0) < 1.0


def test_true_beliefs_have_no_gap_and_each_false_one_adds_a_sixth_of_its_own(now: Any, someone: Any) -> None:
    person = someone()
    assert beliefs.mean_gap(person, now, now, 1) == 0.0
    off = believing(now, person, residence=0.4)
    assert abs(beliefs.mean_gap(person, off, off, 1) - 0.6 / 6) < 1e-12


def test_a_belief_is_off_by_its_whole_at_most(now: Any) -> None:
    assert beliefs.gap(5.0, 1.0) == 1.0
    assert beliefs.gap(0.0, 0.0) == 0.0
    assert beliefs.gap(0.1, 0.0) == 1.0


def test_the_names_of_beliefs_are_their_places() -> None:
    assert (BELIEF_APPROVAL, BELIEF_WAIT, BELIEF_RESIDENCE) == (1, 2, 5)
