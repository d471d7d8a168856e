"""Answers that a rule of the model gives at once, without any run."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from experiments.classroom.lessons import kinds
from experiments.classroom.lessons.laws import Facts, facts_at, region_index
from experiments.clauses import clause_at
from experiments.scoring import Score, score
from scenarios import Scenario
from simulation import draws
from simulation.institutions.administration import mean_queue, sent_back_prob, visits_per_file
from simulation.names import EDUCATIONS, FIELDS, ON_A, ON_B, ON_C, ON_PR, ORIGINS, SERVICES, STATIONS
from simulation.plain import load_person
from simulation.records import NEVER, PERSON, month_index
from simulation.rules import beliefs, pension, residence_points, services, traits, value
from simulation.rules.permanent_residence import Prospect

_STATUSES = {"A": ON_A, "B": ON_B, "C": ON_C, "PR": ON_PR}


def _person(**traits_of: Any) -> Any:
    """Return somebody abroad with nothing behind them, save what is told."""
    row = np.zeros(1, PERSON)
    for name in PERSON.names or ():
        if name.endswith("_month"):
            row[name] = NEVER
    for name, told in traits_of.items():
        row[name] = told
    return load_person(row, 0)


def _now(facts: Facts) -> Any:
    """Return a month without crowds: services serve everybody, communities are as large as at the reference."""
    calm = SimpleNamespace(service_share=(1.0,) * len(SERVICES))
    community = SimpleNamespace(network=1.0)
    return SimpleNamespace(
        month=facts.month,
        seed=1,
        policy=facts.policy,
        places=facts.places,
        origins=facts.origins,
        behaviour=facts.behaviour,
        public=(calm,) * len(facts.policy),
        communities=(community,) * (len(ORIGINS) * len(FIELDS)),
    )


def _lever(asked: kinds.Lever, law: Scenario) -> float:
    return float(clause_at(law, asked.path, asked.at, asked.region).value)


def _choice_share(asked: kinds.ChoiceShare, law: Scenario) -> float:
    spread = asked.spread or facts_at(law, "2027-01").behaviour.nest_scale
    return float(1.0 / (1.0 + draws.exp(-asked.gain / spread)))


def _pay_for_hours(asked: kinds.PayForHours, law: Scenario) -> float:
    now = _now(facts_at(law, "2027-01"))
    someone = _person(entry_month=now.month)
    # The rule adds hours of filing to those of errands: as many as make the hours asked for.
    filing = asked.hours - services.hours_lost(someone, now, 0, 0)
    return float(1.0 / (1.0 - services.loss_share(someone, now, 0, ON_B, filing)) - 1.0)


def _forced_exit(asked: kinds.ForcedExit, law: Scenario) -> float:
    now = _now(facts_at(law, asked.at))
    return float(value.forced_exit_rate(now, region_index(asked.region), _STATUSES[asked.category]))


def _years_worth(asked: kinds.YearsWorth, law: Scenario) -> float:
    behaviour = facts_at(law, "2027-01").behaviour
    years = behaviour.horizon_years if asked.years is None else asked.years
    return float(value.annuity(asked.exit_rate, years, 1.0 / (1.0 + behaviour.discount_rate)))


def _stay_value(asked: kinds.StayValue, law: Scenario) -> float:
    now = _now(facts_at(law, asked.at))
    exits = value.forced_exit_rate(now, region_index(asked.region), _STATUSES[asked.category])
    prospect = Prospect(asked.years, asked.chance)
    return float(value.value_with_residence(now, asked.gain, asked.resident_gain, exits, prospect))


def _scored(asked: Any, law: Scenario) -> Score:
    return score(asked.person, law, asked.at)


def _points_of(asked: kinds.PointsOf, law: Scenario) -> float:
    found = _scored(asked, law)
    return float(found.blocks[asked.block] if asked.block else found.points)


def _points_missing(asked: kinds.PointsMissing, law: Scenario) -> float:
    return float(_scored(asked, law).to_next)


def _category_of(asked: kinds.CategoryOf, law: Scenario) -> str:
    return _scored(asked, law).category


def _clause_that_decides(asked: kinds.ClauseThatDecides, law: Scenario) -> str:
    return _scored(asked, law).route


def _resident(asked: kinds.ErrandHours) -> Any:
    return _person(hsk_start=asked.hsk, past_months=asked.months_in_china)


def _errand_hours(asked: kinds.ErrandHours, law: Scenario) -> float:
    now = _now(facts_at(law, asked.at))
    return float(services.hours_lost(_resident(asked), now, region_index(asked.region), asked.has_card))


def _errand_chance(asked: kinds.ErrandChance, law: Scenario) -> float:
    now, person = _now(facts_at(law, asked.at)), _resident(asked)
    spoken = services.language_share(traits.hsk_level(person, now.month, now.behaviour))
    region, service = region_index(asked.region), SERVICES.index(asked.service)
    return float(services.success_prob(person, now, region, service, asked.has_card, spoken))


def _sent_back(asked: kinds.SentBack, law: Scenario) -> float:
    facts = facts_at(law, asked.at)
    policy = facts.policy[region_index(asked.region)]
    return float(sent_back_prob(policy, facts.behaviour, STATIONS.index(asked.station)))


def _visits_per_file(asked: kinds.VisitsPerFile, law: Scenario) -> float:
    facts = facts_at(law, asked.at)
    policy = facts.policy[region_index(asked.region)]
    back = sent_back_prob(policy, facts.behaviour, STATIONS.index(asked.station))
    return float(visits_per_file(back, policy, facts.behaviour))


def _queue_days(asked: kinds.QueueDays, law: Scenario) -> float:  # noqa: ARG001 - a formula that no law enters
    return float(mean_queue(asked.use, asked.desks, asked.service_days))


def _contributor(asked: kinds.MonthsShort) -> Any:
    return _person(
        birth_month=month_index(asked.birth),
        sex=int(asked.sex == "female"),
        contributed_months=asked.contributed_months,
        past_months=asked.contributed_months,
        work_month=month_index(asked.at) - 12 * asked.years_abroad - asked.contributed_months,
    )


def _months_short(asked: kinds.MonthsShort, law: Scenario) -> float:
    facts = facts_at(law, asked.at)
    return float(pension.months_short(_contributor(asked), facts.policy[region_index(asked.region)], facts.month))


def _pension_worth(asked: kinds.PensionWorth, law: Scenario) -> float:
    now, region = _now(facts_at(law, asked.at)), region_index(asked.region)
    return float(pension.pension_value_per_year(_contributor(asked), now, region, asked.base_cny, 1.0))


def _residence_points(asked: kinds.ResidencePoints, law: Scenario) -> float:
    now, region = _now(facts_at(law, asked.at)), region_index(asked.region)
    person = _person(
        birth_month=month_index(asked.birth),
        education=EDUCATIONS.index(asked.education),
        field=FIELDS.index(asked.field),
        top_university=asked.top_university,
        hsk_start=asked.hsk,
        # Here since this month; what they have to show was counted before.
        entry_month=now.month,
        region=region,
        credited_months=asked.months_in_china,
    )
    return float(residence_points.points_ahead(person, now, region, ON_B, asked.salary_cny, 0))


def _age_of_news(asked: kinds.AgeOfNews, law: Scenario) -> float:
    person = _person(contacts=asked.contacts, origin=ORIGINS.index(asked.origin), region=region_index(asked.region))
    return float(12.0 / beliefs.news_rate(person, _now(facts_at(law, asked.at))))


RULES: dict[str, Callable[[Any, Scenario], float | str]] = {
    "lever": _lever,
    "choice-share": _choice_share,
    "pay-for-hours": _pay_for_hours,
    "forced-exit": _forced_exit,
    "years-worth": _years_worth,
    "stay-value": _stay_value,
    "points-of": _points_of,
    "points-missing": _points_missing,
    "category-of": _category_of,
    "clause-that-decides": _clause_that_decides,
    "errand-hours": _errand_hours,
    "errand-chance": _errand_chance,
    "sent-back": _sent_back,
    "visits-per-file": _visits_per_file,
    "queue-days": _queue_days,
    "months-short": _months_short,
    "pension-worth": _pension_worth,
    "residence-points": _residence_points,
    "age-of-news": _age_of_news,
}
"""Kind -> the rule that answers it, given what is asked and the law."""
