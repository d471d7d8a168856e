"""What the rules of staying tell: permits, posts, moves, schools, retirement, and leaving."""

from __future__ import annotations

from typing import Any

from simulation.biography import terms
from simulation.biography.event import Call, Told, category, first, gain_of, is_here, refused
from simulation.names import CATEGORY_A, ON_A, ON_C, ON_PR, REGIONS, SEEKING, STATUSES, TIERS
from simulation.records import NEVER
from simulation.rules import household, pension, tally, traits

PROMPTS = {
    "month_in_china.permit_events": "permit",
    "staying.seat_children": "school",
    "staying.end_term": "term",
    "staying.lose_job": "job",
}
"""What made a person think again, by the rule that asked them to; other rules ask on dates of the person's own."""
CAUSES = {
    "staying.end_term": "recalled",
    "staying.find_post": "no-post",
    "staying.review": "own",
    "staying.retire": "retired",
    "staying.decide_renewal": "renewal",
}
"""Why a person leaves, by the rule that lets them go; from the month itself, it is old age."""


def graduated(call: Call) -> Told:
    """Tell what graduates do: stay and look for work, or go home."""
    gain = gain_of(call.step)
    if int(call.after.status) == SEEKING:
        facts, paths = {"until": int(call.after.grace_until)}, ("graduates.job_seek_months",)
        return call.event("graduated", "stays", facts=facts, paths=paths, gain=gain)
    if gain is None:
        levers = ("graduates.master_waiver", "graduates.bachelor_waiver", "work_permit.category_b.experience_years")
        return call.event("graduated", "no-route", paths=levers)
    return call.event("graduated", "goes-home", gain=gain)


def post_found(call: Call) -> Told:
    """Tell a new post."""
    if not ON_A <= int(call.after.status) <= ON_C:
        return None
    variant, facts, paths = category(first(call.step, "coming.decided_category"))
    facts |= {"until": int(call.after.permit_until)}
    if not variant:
        facts |= {"category": STATUSES[int(call.after.status)]}
        return call.event("post-found", "recognised", facts=facts, paths=("work_permit.mutual_recognition",))
    return call.event("post-found", variant, facts=facts, paths=paths)


def moved(call: Call) -> Told:
    """Tell a move to another region."""
    facts: dict[str, Any] = {"from": REGIONS[int(call.before.region)]}
    # The gain of the region moved to is the last that the review worked out.
    gains = list(call.caller.calls(*terms.VALUED)) if call.caller else []
    there = [gain for gain in gains if int(gain.given["region"]) == int(call.after.region)]
    return call.event("moved", facts=facts, gain=there[-1] if there else None)


def job_lost(call: Call) -> Told:
    """Tell the loss of a post."""
    if int(call.after.status) != SEEKING:
        return call.event("job-lost", "resident") if int(call.before.status) == ON_PR else None
    lane = "category_a" if int(call.before.category) == CATEGORY_A else "category_b"
    facts = {"until": int(call.after.grace_until)}
    return call.event("job-lost", facts=facts, paths=(f"work_permit.grace_months.{lane}",))


def reviewed(call: Call) -> Told:
    """Tell a decision to stay; those who leave are told by their leaving."""
    return call.event("stayed", _prompt(call), gain=gain_of(call.step)) if is_here(call.after) else None


def _prompt(call: Call) -> str:
    """Return what made a person think again."""
    if call.caller and call.caller.rule in PROMPTS:
        refusal = first(call.caller, "residing.take_step")
        follows = refusal is not None and int(refusal.result) == 1 and first(call.caller, "staying.review") is call.step
        return "residence" if follows else PROMPTS[call.caller.rule]
    person, at = call.month.before, call.month.now.month
    dates = {
        "parents": int(person.parent_care_month),
        "spontaneous": int(person.review_month),
        "birth": at if household.is_birth(person, at) == 1 else NEVER,
        "spouse": int(person.family_month) + 12,
        "pension": pension.last_call_month(person, call.month.now),
    }
    return next((name for name, date in dates.items() if date == at), "other")


def left(call: Call) -> Told:
    """Tell a departure and its cause."""
    stay = traits.stay_months(call.before, call.month.now.month)
    facts: dict[str, Any] = {"months": stay, "from": REGIONS[int(call.before.region)]}
    cause = CAUSES.get(call.caller.rule, "age") if call.caller else "age"
    if cause == "renewal":
        why = refused(call.outer(), "left")
        return call.event("left", f"renewal-{why.variant}", facts=facts | why.facts, paths=why.paths)
    if cause == "no-post":
        lane = "category_a" if int(call.month.before.category) == CATEGORY_A else "category_b"
        return call.event("left", cause, facts=facts, paths=(f"work_permit.grace_months.{lane}",))
    if cause == "own":
        return call.event("left", _prompt(call.outer()), facts=facts, gain=gain_of(call.caller))
    return call.event("left", cause, facts=facts, gain=gain_of(call.caller) if cause == "retired" else None)


def renewal_filed(call: Call) -> Told:
    """Tell that a renewal is filed."""
    return call.event("renewal-filed", facts={"days": float(call.after.wait_days)})


def renewed(call: Call) -> Told:
    """Tell a renewal, with the category and what opened it."""
    if not is_here(call.after) or first(call.step, "filing.wait_for_appeal") is not None:
        return None
    variant, facts, paths = category(first(call.step, "coming.decided_category"))
    facts |= {"until": int(call.after.permit_until), "was": STATUSES[int(call.before.status)]}
    return call.event("renewed", variant, facts=facts, paths=paths)


def term_ended(call: Call) -> Told:
    """Tell the end of an assignment that is no recall."""
    return call.event("term-ended") if is_here(call.after) else None


def retired(call: Call) -> Told:
    """Tell whether a pension is reached at the retirement age."""
    policy, at = call.month.now.policy[int(call.before.region)], call.month.now.month
    facts = {
        "paid": traits.contributed_months(call.before, at) / 12.0,
        "counted": pension.months_counted(call.before, policy, at) / 12.0,
        "needed": float(policy.pension_years_min),
    }
    qualifies = (tally.PENSION_QUALIFIERS, 0) in call.month.counted.get("events", {})
    kind = "retired" if qualifies else "pension-missed"
    return call.event(kind, facts=facts, paths=("social_insurance.pension_years_min",))


def seated(call: Call) -> Told:
    """Tell the school that the children are given, where it is a new one."""
    children = traits.n_school_children(call.before, call.month.now.month)
    tier = int(call.after.tier)
    if children == 0 or not is_here(call.after) or tier == int(call.before.tier):
        return None
    return call.event("school", TIERS[tier] if tier < len(TIERS) else "none", facts={"children": children})
