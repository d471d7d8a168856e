"""A biography in sentences: each event with its clause and the terms of the decision, in English or Chinese."""

from __future__ import annotations

from typing import Any

from experiments import biography_labels as labels
from experiments import biography_words as words
from experiments.amounts import amount
from experiments.clauses import Clause
from experiments.lives import Life, terms_of
from experiments.telling import source_label
from experiments.words import date_label, group_label, phrase
from simulation.biography import terms
from simulation.biography.event import Event
from simulation.biography.replay import Step
from simulation.draws import exp
from simulation.names import EDUCATIONS, FEMALE, FIELDS, MODES, ORIGINS, REGIONS, STATUSES
from simulation.records import NEVER, month_text

_TERMS_SHOWN = 4
_SMALL = 0.005
_UNIT = 0.1


def sentence(key: str, lang: str, **values: object) -> str:
    """Return a sentence of the catalogue of biographies."""
    return phrase(words.SENTENCES, key, lang, **values)


def month_label(month: int, lang: str) -> str:
    """Return a counted month in words."""
    return date_label(month_text(month), lang)


def stay_label(months: int, lang: str) -> str:
    """Return a length of time in words.

    >>> stay_label(38, "en"), stay_label(12, "en"), stay_label(7, "zh")
    ('3 years 2 months', '1 year', '7个月')
    """
    years, rest = divmod(months, 12)
    parts = [sentence(name if n == 1 else f"{name}s", lang, n=n) for name, n in (("year", years), ("month", rest)) if n]
    return ("" if lang == "zh" else " ").join(parts) or sentence("no_time", lang)


def person_line(life: Life, lang: str) -> str:
    """Return who a person is."""
    born = life.born
    text = sentence(
        "person",
        lang,
        sex=sentence("woman" if int(born.sex) == FEMALE else "man", lang),
        origin=phrase(labels.ORIGINS, ORIGINS[int(born.origin)], lang),
        birth=month_label(int(born.birth_month), lang),
        field=group_label(FIELDS[int(born.field)], lang),
        education=phrase(labels.EDUCATIONS, EDUCATIONS[int(born.education)], lang),
        mode=phrase(labels.MODES, MODES[int(born.mode)], lang),
    )
    hsk = int(born.hsk_start)
    text += sentence("chinese_level", lang, hsk=hsk) if hsk else sentence("no_chinese", lang)
    if int(born.ethnic_chinese) == 1:
        text += sentence("descent", lang)
    text += sentence(_household(born), lang)
    years = [str(2000 + int(month) // 12) for month in (born.child_1, born.child_2, born.child_3) if month != NEVER]
    if years:
        listed = ("、" if lang == "zh" else ", ").join(years)
        text += sentence("child" if len(years) == 1 else "children", lang, years=listed)
    if life.kept.facts.scale > 1:
        text += sentence("stands_for", lang, scale=f"{life.kept.facts.scale:,}")
    return text


def _household(born: Any) -> str:
    if int(born.couple) == 0:
        return "single"
    return "chinese_spouse" if int(born.chinese_spouse) == 1 else "couple"


def event_line(event: Event, lang: str) -> str:
    """Return what happened, in a sentence."""
    key = f"{event.kind}/{event.variant}"
    if key not in words.EVENTS:
        # An event without words of its own is still told, by where it leads.
        key = event.kind if event.kind in words.EVENTS else "changed"
    return phrase(words.EVENTS, key, lang, **_values(event, lang))


def _values(event: Event, lang: str) -> dict[str, str]:
    facts = event.facts
    values = dict.fromkeys(("age", "points", "counted", "needed"), "")
    values |= {name: _number(number) for name, number in facts.items() if isinstance(number, int | float)}
    values |= {
        "region": group_label(str(facts.get("from", event.region) if event.kind == "left" else event.region), lang),
        "origin_region": group_label(str(facts.get("from", "")), lang),
        "status": phrase(labels.STATUSES, STATUSES[event.status], lang),
        "was": phrase(labels.STATUSES, facts["was"], lang) if facts.get("was") in labels.STATUSES else "?",
        "target": phrase(labels.TARGETS, facts["target"], lang) if facts.get("target") in labels.TARGETS else "",
        "family": phrase(labels.FAMILIES, facts["family"], lang) if facts.get("family") in labels.FAMILIES else "",
        "category": str(facts.get("category", "")),
        "route": _route(facts, lang),
        "stay": stay_label(int(facts.get("months", 0)), lang),
        "until": month_label(int(facts["until"]), lang) if "until" in facts else "",
        "days": f"{float(facts.get('days', 0.0)):.0f}",
        "share": f"{100 * min(1.0, float(facts.get('share', 0.0))):.0f}%",
    }
    return values


def _route(facts: dict[str, Any], lang: str) -> str:
    route = facts.get("route")
    if route == "points" and round(facts["read"]) != facts["points"]:
        route = "points as read"
    if route not in words.ROUTES:
        return str(route or "")
    return phrase(words.ROUTES, route, lang, **{name: _number(facts.get(name, 0)) for name in ("points", "read", "bar", "salary")})  # fmt: skip


def _number(number: float) -> str:
    """Return a number as people read it: whole where it is large, with a digit where it is small and broken.

    >>> _number(51.91), _number(4.25), _number(85.0), _number(312000.4)
    ('52', '4.2', '85', '312,000')
    """
    if number == round(number) or abs(number) >= 20:
        return f"{round(number):,}"
    return f"{number:.1f}"


def gain_line(gain: Step, lang: str) -> str:
    """Return the balance of a decision and its largest terms, for and against."""
    found = terms_of(gain)
    total = sum(found.values())
    text = sentence("gain", lang, gain=signed(total))
    text += sentence("against_home" if terms.is_home_best(gain) else "against_rival", lang)
    parts = []
    for side, sign in (("for", 1), ("against", -1)):
        largest = sorted((name for name in found if sign * found[name] >= _SMALL), key=lambda name: -sign * found[name])
        if largest:
            parts.append(sentence(side, lang, terms=listed_terms({name: found[name] for name in largest[:_TERMS_SHOWN]}, lang)))  # fmt: skip
    glue = ("；" if lang == "zh" else "; ") if parts else ""
    return text + glue + ("；" if lang == "zh" else "; ").join(parts) + ("。" if lang == "zh" else ".")


def listed_terms(found: dict[str, float], lang: str) -> str:
    """Return terms by name, with their signs."""
    each = (f"{phrase(labels.TERMS, name, lang)} {signed(term)}" for name, term in found.items())
    return ("、" if lang == "zh" else ", ").join(each)


def signed(number: float) -> str:
    """Return a number with its sign, two digits behind the point.

    >>> signed(0.304), signed(-0.2), signed(-0.001)
    ('+0.30', '−0.20', '0.00')
    """
    text = f"{number:+.2f}"
    return "0.00" if text in {"+0.00", "-0.00"} else text.replace("-", "−")


def clause_line(clause: Clause, lang: str) -> str:
    """Return the clause that decided: its value, since when, by whom, and the source."""
    date = date_label(clause.since, lang)
    if clause.by:
        since = sentence("since_by", lang, by=", ".join(clause.by), date=date)
    else:
        since = sentence("since_start", lang) if clause.since == month_text(0) else sentence("since", lang, date=date)
    sources = ("；" if lang == "zh" else "; ").join(
        part for part in (clause.path, source_label(clause.source, lang)) if part
    )
    value = amount(clause.value, clause.unit, lang)
    return sentence("clause", lang, label=clause.label[lang], value=value, since=since, sources=sources)


def end_line(life: Life, lang: str) -> str:
    """Return where the model leaves a person."""
    ended, until = life.ended, date_label(life.until, lang)
    if not life.events:
        return sentence("nothing", lang, until=until)
    status = phrase(labels.STATUSES, STATUSES[int(ended.status)], lang)
    if int(ended.is_counted) == 1:
        return sentence("end_in", lang, until=until, status=status, region=group_label(REGIONS[int(ended.region)], lang))  # fmt: skip
    return sentence("end", lang, until=until, status=status)


def units_line(life: Life, lang: str) -> str:
    """Return what a unit of utility weighs, as a share of income."""
    beta = float(life.kept.facts.courses["behaviour"].rows["beta"][0])
    return sentence("units", lang, share=f"{100 * (exp(_UNIT / beta) - 1):.0f}%")
