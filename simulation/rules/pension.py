"""Social insurance: contributions, refunds, treaties, and whether a pension can be reached.

Employees pay 8% and employers 16% of a capped base into the pension (D-03, D-04). Leavers get their own account back
and nothing of the employer's share (D-23, D-24). A pension needs 15 years, rising to 20 (D-15 to D-17).
"""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule
from simulation.names import FEMALE
from simulation.records import NEVER, Now, Person, Place, Policy
from simulation.rules import traits


@rule
def contribution_base(salary_cny: float, place: Place, policy: Policy) -> float:
    """Return the yearly base in yuan: the salary within 60% and 300% of the average wage (D-12, D-13)."""
    low = policy.base_floor * place.average_wage
    high = policy.base_cap * place.average_wage
    if salary_cny < low:
        return low
    if salary_cny > high:
        return high
    return salary_cny


@rule
def is_insured(person: Person, region: int, now: Now) -> int:
    """Return 1 if the employer enrols the person: practice differs by region and date (D-26, D-29)."""
    u = draws.uniform(now.seed, int(person.id), region, draws.ENROLMENT)
    return 1 if u < now.policy[region].insurance_enforced_share else 0


@rule
def is_treaty_exempt(person: Person, now: Now) -> int:
    """Return 1 for a posted worker within the months that a treaty exempts (D-30 to D-45)."""
    if traits.is_posted(person, now.month) == 0:
        return 0
    exempt = now.origins[int(person.origin)].posted_exemption_months
    return 1 if traits.stay_months(person, now.month) < exempt else 0


@rule
def may_use_short_term(person: Person, policy: Policy, month: int) -> int:
    """Return 1 if the short-term scheme is open: early in a stay, or on an assignment that ends within its limit."""
    if policy.short_term_available == 0.0:
        return 0
    return 1 if traits.stay_months(person, month) < policy.short_term_months_max else 0


@rule
def retirement_month(person: Person, policy: Policy) -> int:
    """Return the month of the statutory retirement age (D-18 to D-21)."""
    sex = 1 if int(person.sex) == FEMALE else 0
    return int(person.birth_month) + int(policy.retirement_age[sex] * 12.0)


@rule
def months_counted(person: Person, policy: Policy, month: int) -> int:
    """Return the months that count towards the minimum period so far.

    Contributions in China and top-up years; under totalisation, months of work outside China too, each month once.
    """
    months = traits.contributed_months(person, month) + int(policy.top_up_years_max * 12.0)
    if policy.totalisation == 1.0:
        abroad = 12 * traits.experience_years(person, month) - traits.china_months(person, month)
        months += abroad if abroad > 0 else 0
    return months


@rule
def months_short(person: Person, policy: Policy, month: int) -> int:
    """Return the months by which even an unbroken stay would miss the minimum period, at least 0."""
    left = retirement_month(person, policy) - month
    if left < 0:
        left = 0
    short = int(policy.pension_years_min * 12.0) - months_counted(person, policy, month) - left
    return short if short > 0 else 0


@rule
def pension_prob(person: Person, now: Now, region: int) -> float:
    """Return the believed chance of drawing a pension for what is paid in today, 0 to 1."""
    policy = now.policy[region]
    left = retirement_month(person, policy) - now.month
    years = left / 12.0 if left > 0 else 0.0
    if policy.proportional_pension == 1.0 or policy.totalisation == 1.0:
        # Rights are kept on leaving, so that staying to the end is no condition.
        return 1.0 if months_short(person, policy, now.month) == 0 or policy.proportional_pension == 1.0 else 0.0
    if months_short(person, policy, now.month) > 0:
        return 0.0
    return draws.power(now.behaviour.stay_prob_to_pension, years)


@rule
def pension_value_per_year(person: Person, now: Now, region: int, base_cny: float, pension_paid: float) -> float:
    """Return what a year of pension contributions is worth today, yuan.

    Parameters
    ----------
    base_cny
        Contribution base, yuan a year.
    pension_paid
        Share of the full contribution that is paid, 0 to 1.

    Notes
    -----
    Either the person leaves and is refunded, or draws a pension for it; discounted from retirement.
    """
    if pension_paid <= 0.0:
        return 0.0
    policy = now.policy[region]
    behaviour = now.behaviour
    paid_in = policy.pension_employee_rate * base_cny * pension_paid
    pool = policy.pension_employer_rate * base_cny * pension_paid
    refund = behaviour.refund_value_share * (
        policy.own_account_refund_share * paid_in + policy.refund_pool_share * pool
    )
    prob = pension_prob(person, now, region)
    if prob <= 0.0:
        return refund
    left = retirement_month(person, policy) - now.month
    years = left / 12.0 if left > 0 else 0.0
    pension = behaviour.pension_accrual * base_cny * pension_paid * draws.power(1.0 + behaviour.discount_rate, -years)
    if pension < refund:
        return refund
    return prob * pension + (1.0 - prob) * refund


@rule
def pension_share_paid(person: Person, now: Now, region: int) -> float:
    """Return the share of full pension contributions that are due, 0 to 1, on the ordinary scheme."""
    if is_insured(person, region, now) == 0 or is_treaty_exempt(person, now) == 1:
        return 0.0
    return 1.0


@rule
def net_of_insurance(person: Person, now: Now, region: int, salary_cny: float, pension_paid: float) -> float:
    """Return the value of social insurance to a person, yuan a year: what it will give less what it takes.

    Employers share part of what they save when less than the full pension contribution is due.
    """
    policy = now.policy[region]
    place = now.places[region]
    if is_insured(person, region, now) == 0:
        return 0.0
    base = contribution_base(salary_cny, place, policy)
    taken = employee_contributions(person, now, region, salary_cny, pension_paid)
    saved = now.behaviour.employer_saving_share * policy.pension_employer_rate * base * (1.0 - pension_paid)
    return saved - taken + pension_value_per_year(person, now, region, base, pension_paid)


@rule
def employee_contributions(person: Person, now: Now, region: int, salary_cny: float, pension_paid: float) -> float:
    """Return what the employee pays in, yuan a year: pension, medical and unemployment insurance (D-04, D-06, D-08)."""
    policy = now.policy[region]
    if is_insured(person, region, now) == 0:
        return 0.0
    base = contribution_base(salary_cny, now.places[region], policy)
    rate = policy.pension_employee_rate * pension_paid + policy.medical_employee_rate
    return base * (rate + policy.unemployment_employee_rate)


@rule
def chosen_pension_share(person: Person, now: Now, region: int, salary_cny: float) -> float:
    """Return the share of pension contributions a person pays: the better of the ordinary and the short-term scheme."""
    ordinary = pension_share_paid(person, now, region)
    policy = now.policy[region]
    if ordinary == 0.0 or may_use_short_term(person, policy, now.month) == 0:
        return ordinary
    reduced = policy.short_term_pension_share
    full_value = net_of_insurance(person, now, region, salary_cny, ordinary)
    return reduced if net_of_insurance(person, now, region, salary_cny, reduced) > full_value else ordinary


@rule
def qualifies(person: Person, now: Now, region: int) -> int:
    """Return 1 for people who have paid in and reach the minimum period of the month, or draw in proportion."""
    policy = now.policy[region]
    if traits.contributed_months(person, now.month) == 0:
        return 0
    if policy.proportional_pension == 1.0:
        return 1
    return 1 if months_counted(person, policy, now.month) >= int(policy.pension_years_min * 12.0) else 0


@rule
def feasibility_month(person: Person, policy: Policy) -> int:
    """Return the last month to start paying in and still reach the minimum period by the retirement age.

    NEVER where there is no such date: every contribution counts in proportion, or work abroad counts too.
    """
    if policy.proportional_pension == 1.0 or policy.totalisation == 1.0:
        return NEVER
    missing = int((policy.pension_years_min - policy.top_up_years_max) * 12.0) - int(person.contributed_months)
    return retirement_month(person, policy) - (missing if missing > 0 else 0)


@rule
def last_call_month(person: Person, now: Now) -> int:
    """Return ``feasibility_month`` where the person lives, NEVER for people who are not insured there."""
    region = int(person.region)
    return feasibility_month(person, now.policy[region]) if is_insured(person, region, now) == 1 else NEVER
