"""Each person's own clocks: candidate moments of attention, spontaneous reviews, job losses.

They run at the bound of their hazard and are drawn before any policy: policy enters only in accepting a moment. So a
reform rerolls nobody's dice.
"""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule
from simulation.records import NEVER, Behaviour, Now, Person


@rule
def candidate_rate(is_active: int, behaviour: Behaviour) -> float:
    """Return the yearly rate of candidate moments of attention: the bound on the hazard."""
    rate = behaviour.attention_rate if is_active == 1 else behaviour.passive_rate
    return rate * behaviour.attention_bound


@rule
def gap_months(seed: int, person_id: int, count: int, rate_per_year: float, purpose: int) -> int:
    """Return the months, at least 1, between two candidate moments of a process: geometric, the person's own luck."""
    gap = draws.exponential(seed, person_id, count, purpose) * 12.0 / rate_per_year
    if gap > 6000.0:
        gap = 6000.0
    return 1 + int(gap)


@rule
def advance_attention(person: Person, now: Now) -> None:
    """Move the next candidate moment of attention past this month."""
    rate = candidate_rate(int(person.active), now.behaviour)
    while int(person.attention_month) <= now.month:
        gap = gap_months(now.seed, int(person.id), int(person.attention_count), rate, draws.ATTENTION_GAP)
        later = int(person.attention_month) + gap
        person.attention_month = later if later < NEVER else NEVER
        person.attention_count = int(person.attention_count) + 1


@rule
def advance_review(person: Person, now: Now) -> None:
    """Move the next spontaneous review past this month."""
    while int(person.review_month) <= now.month:
        gap = gap_months(
            now.seed, int(person.id), int(person.review_count), now.behaviour.review_rate, draws.REVIEW_GAP
        )
        person.review_month = later_month(int(person.review_month), gap)
        person.review_count = int(person.review_count) + 1


@rule
def advance_job_loss(person: Person, now: Now) -> None:
    """Move the next job loss past this month."""
    while int(person.job_loss_month) <= now.month:
        gap = gap_months(
            now.seed, int(person.id), int(person.job_loss_count), now.behaviour.job_loss_rate, draws.JOB_LOSS_GAP
        )
        person.job_loss_month = later_month(int(person.job_loss_month), gap)
        person.job_loss_count = int(person.job_loss_count) + 1


@rule
def later_month(month: int, gap: int) -> int:
    """Return the month a number of months later, at most NEVER."""
    return month + gap if month + gap < NEVER else NEVER
