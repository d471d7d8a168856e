"""What the page is told when it opens: presets, levers with their law, outcomes, limits."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from experiments.amounts import amount, number
from experiments.classroom.answering.asked import DEFAULTS, LIMITS, MOST_CHANGES, MOST_REFORMS, UNTIL, shipped
from experiments.classroom.answering.tiles import tile_of
from experiments.classroom.answering.units import unit_word
from experiments.classroom.answering.words import told
from experiments.design import version
from experiments.lawbook import Standing, standings
from experiments.telling import told_changes, values_text
from experiments.words import date_label, group_label, unit_label
from scenarios import Scenario, facts, load
from scenarios.explain import ChangeView
from scenarios.facts import ASSUMPTION
from scenarios.months import month_text
from simulation.catalogue import LABELS, UNITS
from simulation.names import REGIONS

SCHEMA = "talentflow.class-start/1"
AT = "2027-01"
"""Month in which a lever's value is today's."""
FAMILIES: dict[str, tuple[str, tuple[str, ...]]] = {
    "legal": ("legal-framework", ("work_permit", "permanent_residence")),
    "management": ("management-mechanism", ("administration",)),
    "services": ("inclusive-services", ("services", "family", "graduates", "social_insurance", "tax")),
    "environment": ("international-environment", ("research", "communication", "visas", "treaties")),
}
"""The article's four headings: the package of each, and the areas of the law."""
FEATURED = (
    "work_permit.category_a.points_min", "work_permit.category_b.points_min", "work_permit.category_a.pay_multiple",
    "permanent_residence.decisions_per_year", "permanent_residence.employment_route.years",
    "permanent_residence.points_route.available", "work_permit.refusal_prob", "work_permit.category_b.permit_months",
    "administration.time_limit_days", "administration.parallel_share", "administration.shared_share",
    "administration.priority_lane_share", "administration.one_visit_hours_share", "administration.misrouting_prob",
    "family.public_enrolment_share", "social_insurance.refund_pool_share", "social_insurance.totalisation",
    "services.english.health", "family.permit_spouse_may_work.category_b", "graduates.job_seek_months",
    "services.english.finance",
    "communication.official_reach", "services.mentoring_share", "research.administrative_hours", "visas.port_visa_share",
    "research.grant_cny",
)  # fmt: skip
"""Levers shown at first, the first four of each family at once; all others are found by search."""
OUTCOMES = (
    "stock", "inflow", "outflow", "pr_stock", "stay_3y", "days_to_permit_median", "refusals", "family_share",
    "hours_lost", "public_cost", "fiscal_balance",
)  # fmt: skip
"""Outcomes of everybody that an answer tells over time."""
_STEPS = 100
_FACTS = re.compile(r"\s*\((?:see )?[A-Z]\d+-\d+(?:[,;]? (?:and |to )?[A-Z]\d+-\d+)*\)")


@cache
def start(lang: str) -> dict[str, Any]:
    """Return what the page needs before anything is asked (schema talentflow.class-start/1).

    Parameters
    ----------
    lang
        ``en`` or ``zh``.
    """
    levers = {standing.lever.path: _lever(standing, lang) for standing in standings("", AT)}
    return {
        "schema": SCHEMA,
        "version": version(),
        "lang": lang,
        "at": AT,
        "defaults": {"reforms": [], "changes": [], **DEFAULTS, "lang": lang},
        "limits": {
            **{name: list(ends) for name, ends in LIMITS.items()},
            "until": list(UNTIL),
            "reforms": MOST_REFORMS,
            "changes": MOST_CHANGES,
        },
        "presets": [_preset(load(name), lang) for name in _in_order()],
        "families": [_family(name, lang, levers) for name in FAMILIES],
        "levers": levers,
        "outcomes": [_outcome(name, lang) for name in OUTCOMES],
        "disclaimer": told("disclaimer", lang),
        "regions": [tile_of(region, lang) for region in REGIONS],
    }


def _in_order() -> list[str]:
    """Return the shipped reforms by measure, then the packages."""
    return sorted(shipped(), key=lambda name: (shipped()[name] == "package", load(name).measure or 99, name))


def _preset(scenario: Scenario, lang: str) -> dict[str, Any]:
    return {
        "id": scenario.id,
        "kind": scenario.kind,
        "measure": scenario.measure,
        "family": _family_of(scenario),
        "title": scenario.title[lang],
        "why": _without_facts(scenario.why),
        "how": _without_facts(scenario.mechanism),
        "cannot_show": [_without_facts(scenario.cannot_show)] if scenario.cannot_show else [],
        "texts_lang": "en",
        "consists_of": [reform.id for reform in scenario.reforms],
        "main_outcome": scenario.main_outcome,
        "changes": [_change(one.view, lang) for one in told_changes(scenario) if one.overruled_by is None],
    }


def _without_facts(text: str) -> str:
    """Return a text without the numbers of facts in brackets, which are for those who keep the collection.

    >>> _without_facts("A points route (C1-37, C1-38).")
    'A points route.'
    """
    return _FACTS.sub("", text)


def _family_of(scenario: Scenario) -> str | None:
    """Return the heading of the article that a scenario belongs to; None for the whole article."""
    for family, (package, _) in FAMILIES.items():
        if scenario.id == package or scenario.id in [reform.id for reform in load(package).reforms]:
            return family
    areas = {change.path.partition(".")[0] for change in scenario.changes}
    found = [family for family, (_, own) in FAMILIES.items() if areas & set(own)]
    return found[0] if len(found) == 1 or scenario.measure else None


def _change(view: ChangeView, lang: str) -> dict[str, Any]:
    before = values_text(view.before, view.unit, lang, has_unit=False)
    after = values_text(view.after, view.unit, lang, has_unit=True)
    where = ("、" if lang == "zh" else ", ").join(group_label(one, lang) for one in view.where)
    date = date_label(view.start, lang)
    text = f"from {date}: {after}, was {before}" if lang == "en" else f"自{date}起：{after}（原为{before}）"
    if where:
        text += f" ({where})" if lang == "en" else f"（{where}）"
    only = next(iter(view.after.values())) if len(set(view.after.values())) == 1 else None
    return {"path": view.path, "label": view.label[lang], "from": view.start, "set": only, "text": text}


def _family(name: str, lang: str, levers: dict[str, Any]) -> dict[str, Any]:
    package, areas = FAMILIES[name]
    own = [path for path in levers if path.partition(".")[0] in areas]
    featured = [path for path in FEATURED if path in own]
    return {"id": name, "title": told(name, lang), "package": package,
            "levers": [*featured, *(path for path in own if path not in featured)], "featured": featured}  # fmt: skip


def _lever(standing: Standing, lang: str) -> dict[str, Any]:
    lever, provision = standing.lever, standing.provision
    fact = facts().get(provision.source)
    return {
        "label": lever.label[lang],
        "unit": unit_word(lever.unit, lang),
        "kind": _kind(lever),
        "today": standing.value,
        "today_text": amount(standing.value, lever.unit, lang),
        "low": lever.low,
        "high": lever.high,
        "plausible": list(lever.plausible),
        "step": _step(lever),
        "law": " ".join(_law(standing, lang)),
        "note": _note(provision.note),
        "source": fact.source_title if fact else told("assumed", lang),
        "source_id": provision.source,
        "source_url": fact.source_address if fact else "",
        "is_assumption": provision.source == ASSUMPTION,
        "is_featured": lever.path in FEATURED,
        "scope": lever.scope,
        "differs_by_place": bool(standing.exceptions),
        "reforms": list(standing.reforms),
    }


def _law(standing: Standing, lang: str) -> Iterator[str]:
    lever, provision = standing.lever, standing.provision
    since = date_label(month_text(provision.start), lang)
    yield told("law_since", lang, label=lever.label[lang], value=amount(standing.value, lever.unit, lang), since=since)
    if standing.exceptions:
        places = [
            f"{group_label(place, lang)} {number(value, lever.unit, lang)}"
            for place, value in standing.exceptions.items()
        ]
        yield told("law_apart", lang, places=("、" if lang == "zh" else ", ").join(places))


def _note(note: str) -> str:
    """Return what a provision's note says, as a sentence; notes of the law are kept in English alone."""
    return f"{note[0].upper()}{_without_facts(note[1:]).rstrip('.')}." if note else ""


def _kind(lever: Any) -> str:
    if lever.unit == "switch":
        return "switch"
    if lever.unit in {"share", "probability"}:
        return "share"
    return "integer" if lever.is_whole else "number"


def _step(lever: Any) -> float:
    """Return the step of a slider: whole where values are, else about a hundredth of the plausible range."""
    if lever.is_whole or lever.unit == "switch":
        return 1
    span = (lever.plausible[1] - lever.plausible[0]) or (lever.high - lever.low)
    return float(10.0 ** math.floor(math.log10(span / _STEPS) + 0.7))


def _outcome(name: str, lang: str) -> dict[str, Any]:
    head, _, tail = LABELS[name][lang].partition("; ")
    return {"id": name, "label": head, "unit": unit_label(UNITS[name], lang), "what": tail or LABELS[name][lang]}
