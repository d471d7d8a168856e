"""What the rules of coming tell: a thought, a choice of region, an application, an answer, an arrival."""

from __future__ import annotations

from typing import Any

from simulation.biography.event import Call, Event, Told, category, first, gain_of, refused
from simulation.names import ALONE, CONSIDERING, ON_K, ON_PR, ON_R, STATUSES, TICKET_ABANDONED
from simulation.records import NEVER
from simulation.rules import tally, traits


def considered(call: Call) -> Told:
    """Tell a moment of attention that was taken up."""
    if int(call.after.status) != CONSIDERING:
        return None
    again = "again" if int(call.before.left_month) != NEVER else ""
    return call.event("considered", again, gain=gain_of(call.step))


def chosen(call: Call) -> Told:
    """Tell which region and status a search settles on, where that is news."""
    if call.step.result <= 0.0:
        return _let_pass(call)
    is_first = int(call.month.before.status) != CONSIDERING
    plan = ("region", "target", "family_mode")
    if not is_first and all(getattr(call.before, name) == getattr(call.after, name) for name in plan):
        return None
    variant = "first" if is_first else "another"
    hoped = [each for each in call.step.calls("coming.expected_category") if each.given["region"] == call.after.region]
    _, _, paths = category(hoped[-1] if hoped else None)
    return call.event("chosen", variant, facts=_plan(call.after), paths=paths, gain=gain_of(call.step))


def _let_pass(call: Call) -> Event:
    """Tell that a choice found nothing better than staying away, or nothing open at all."""
    gain = gain_of(call.step)
    if gain is not None:
        return call.event("gave-up", "not-worth-it", gain=gain)
    age = {"age": int(traits.age_years(call.before, call.month.now.month))}
    paths = ("work_permit.category_b.age_max", "work_permit.category_a.points_min")
    return call.event("gave-up", "no-category", facts=age, paths=paths)


def _plan(person: Any) -> dict[str, Any]:
    """Return what a person is after: the status, and who comes along."""
    family = "single"
    if int(person.couple) == 1:
        family = "alone" if int(person.family_mode) == ALONE else "together"
    return {"target": STATUSES[int(person.target)], "family": family}


def searched(call: Call) -> Told:
    """Tell a search that ends without a post."""
    gave_up, choice = first(call.step, "coming.give_up"), first(call.step, "coming.choose")
    if gave_up is None or (choice is not None and choice.result <= 0.0):
        return None
    return call.event("gave-up", "no-post")


def applied(call: Call) -> Told:
    """Tell that an application is filed."""
    choice = first(call.caller, "coming.choose") if call.caller else None
    sent_back = (tally.SENT_BACK, 0) in call.month.counted.get("events", {})
    facts = {**_plan(call.after), "days": float(call.after.wait_days), "until": int(call.after.ticket_month)}
    return call.event("application", "sent-back" if sent_back else "", facts=facts, gain=gain_of(choice))


def application_decided(call: Call) -> Told:
    """Tell an application that leads nowhere: given up, or refused."""
    if first(call.step, "coming.enter", "filing.wait_for_appeal") is not None:
        return None
    if int(call.before.ticket) == TICKET_ABANDONED:
        return call.event("abandoned", facts={"days": float(call.before.wait_days)})
    return refused(call, "refused")


def appealed(call: Call) -> Told:
    """Tell that a refusal is appealed against."""
    facts, path = {"until": int(call.after.ticket_month)}, "work_permit.appeal_success_share"
    return call.event("appeal", facts=facts, paths=(path,))


def entered(call: Call) -> Told:
    """Tell an arrival, with the category and what opened it."""
    status = int(call.after.status)
    facts = {**_plan(call.after), "days": float(call.after.wait_days), "until": int(call.after.permit_until)}
    if status == ON_R or status == ON_K:
        name = STATUSES[status]
        return call.event("entry", name, facts=facts, paths=(f"visas.{name.lower()}_visa.available",))
    if status == ON_PR:
        return call.event("entry", "PR", facts=facts, paths=("permanent_residence.holding.absence_months_max",))
    variant, more, paths = category(first(call.caller, "coming.decided_category") if call.caller else None)
    return call.event("entry", variant, facts=facts | more, paths=paths)
