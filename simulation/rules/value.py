"""What a place is worth to a household, in utility a year, and what coming or staying is worth over the years ahead.

One utility serves coming and staying. Money and lost time carry it; there is no term called attractiveness.
u = beta [ln C + ln(1 - lost share)] + career + ties + taste; see docs/model.md for the formula of the gain, and
``engines`` for other theories of the decision.
"""

from __future__ import annotations

from typing import NamedTuple

from simulation import draws
from simulation.compiled import rule
from simulation.names import (
    ALONE,
    BELIEF_WAIT,
    CATEGORY_A,
    CATEGORY_C,
    ON_A,
    ON_B,
    ON_C,
    ON_PR,
    PLANNED_BEHAVIOUR,
    PROSPECT,
    WITH_FAMILY,
)
from simulation.records import Now, Person
from simulation.rules import (
    beliefs,
    career,
    engines,
    family,
    pension,
    permanent_residence,
    research,
    residence_points,
    services,
    tax,
    traits,
    welcome,
    work_permit,
)
from simulation.rules.permanent_residence import Prospect

CONSUMPTION_FLOOR = 0.2
"""Share of pay below which consumption is not let fall."""
SPOUSE_NET_SHARE = 0.75
"""Share of a spouse's pay in China left by tax and insurance (assumption A55)."""
DISTANCE_YEARS = 2.0
"""Years of the yearly cost of distance that a move costs at once (assumption A56)."""
VETOED = -1.0e9
"""Gain of living together that a spouse's refusal makes of any other."""


class Offer(NamedTuple):
    """What a region holds for the lead under a status, whoever comes along."""

    pay_cny: float  # salary in the region, yuan a year
    salary_cny: float  # the same with what the status adds
    income_cny: float  # after tax, insurance and rent, yuan a year
    personal: float  # career, ties and taste, utility a year
    log_kept: float  # log of the share of income that lost hours leave
    reference_cny: float  # the household's income at home, yuan a year, where the engine refers to it, else 1


@rule
def status_of(category: int) -> int:
    """Return the status in China that a category of permit gives."""
    if category == CATEGORY_A:
        return ON_A
    return ON_C if category == CATEGORY_C else ON_B


@rule
def lead_net_income(person: Person, now: Now, region: int, salary_cny: float) -> float:
    """Return the lead's yearly pay in China after tax and insurance, future pension and refund included, yuan."""
    share = pension.chosen_pension_share(person, now, region, salary_cny)
    paid_in = pension.employee_contributions(person, now, region, salary_cny, share)
    paid_tax = tax.tax_on_salary(salary_cny, paid_in, traits.is_posted(person, now.month), now.policy[region])
    return salary_cny - paid_tax + pension.net_of_insurance(person, now, region, salary_cny, share)


@rule
def spouse_income_away(person: Person, now: Now) -> float:
    """Return the spouse's expected net pay outside China, yuan a year."""
    if int(person.couple) == 0:
        return 0.0
    net = 1.0 - now.origins[int(person.origin)].home_tax
    pay = career.home_salary(person, now) * person.spouse_pay_share
    return pay * net * now.behaviour.spouse_home_work_prob


@rule
def income_at_home(person: Person, now: Now) -> float:
    """Return the household's yearly income after tax at home, yuan."""
    net = 1.0 - now.origins[int(person.origin)].home_tax
    return career.home_salary(person, now) * net + spouse_income_away(person, now)


@rule
def ties(person: Person, now: Now, region: int, stay_months: int) -> float:
    """Return settlement, contacts and the care that a parent at home needs, utility a year."""
    behaviour = now.behaviour
    settled = 1.0 - draws.exp(-stay_months / behaviour.settle_months)
    contacts = beliefs.contacts(person, now) + welcome.has_mentor(person, now, region)
    value = behaviour.settle_gain * settled + behaviour.contact_gain * draws.log(1.0 + contacts)
    since_care = now.month - int(person.parent_care_month)
    if 0 <= since_care < 36:
        # Care is needed for three years (assumption).
        value -= behaviour.parent_care_cost
    return value


@rule
def taste(person: Person, now: Now) -> float:
    """Return the taste for China, lasting part and moving part, utility a year."""
    return engines.lasting_taste(person, now) + now.behaviour.taste_sd * person.taste


@rule
def log_share_kept(person: Person, now: Now, region: int, status: int) -> float:
    """Return the log of the share of income that is left by hours lost to daily life, filing and work in a lab."""
    filing = 0.0
    if status != ON_PR:
        filing = now.public[region].filing_hours[work_permit.lane_of(status)]
    lost = services.loss_share(person, now, region, status, filing)
    return draws.log(1.0 - lost - research.share_of_hours_lost(person, now, region))


@rule
def offer(person: Person, now: Now, region: int, status: int, pay_cny: float) -> Offer:
    """Return what a region holds for the lead under a status, at a salary of ``pay_cny`` yuan a year there."""
    salary_cny = pay_cny
    # Residence does not take away what Category A earns.
    if status == ON_A or (status == ON_PR and int(person.category) == CATEGORY_A):
        salary_cny = salary_cny * draws.exp(now.behaviour.category_a_pay)
    income_cny = lead_net_income(person, now, region, salary_cny) - now.places[region].rent_cny
    stay_months = traits.stay_months(person, now.month)
    personal = career.career_gain(person, now, region, status, stay_months)
    personal += ties(person, now, region, stay_months)
    personal += taste(person, now)
    reference_cny = income_at_home(person, now) if engines.engine_of(now.behaviour) == PROSPECT else 1.0
    log_kept = log_share_kept(person, now, region, status)
    return Offer(pay_cny, salary_cny, income_cny, personal, log_kept, reference_cny)


@rule
def offer_to_resident(person: Person, now: Now, region: int, status: int, held: Offer) -> Offer:
    """Return what a region holds for the lead as a permanent resident, given what it holds under a status."""
    log_kept = log_share_kept(person, now, region, ON_PR)
    personal = held.personal
    if research.is_researcher(person) == 1:
        stay_months = traits.stay_months(person, now.month)
        personal += career.career_gain(person, now, region, ON_PR, stay_months)
        personal -= career.career_gain(person, now, region, status, stay_months)
    return Offer(held.pay_cny, held.salary_cny, held.income_cny, personal, log_kept, held.reference_cny)


@rule
def utility_in_china(person: Person, now: Now, region: int, status: int, family_mode: int) -> float:
    """Return the utility a year of living in a region under a status, alone or with the family."""
    held = offer(person, now, region, status, career.salary(person, now, region))
    return utility_of(person, now, region, status, family_mode, held)


@rule
def utility_of(person: Person, now: Now, region: int, status: int, family_mode: int, held: Offer) -> float:
    """Return the utility a year, to the household, of what a region holds under a status, alone or with the family."""
    behaviour = now.behaviour
    income = held.income_cny
    personal = held.personal
    floor = CONSUMPTION_FLOOR * held.salary_cny
    if family_mode == ALONE:
        if int(person.couple) == 1:
            income += spouse_income_away(person, now)
            # A couple weighs the lead's life in China alike apart and together: attachment to China parts no family.
            personal = behaviour.lead_weight * personal - behaviour.separation_cost
        if income < floor:
            income = floor
        return engines.worth_of_income(income, held.log_kept, held.reference_cny, behaviour) + personal
    money, spouse, children = life_together(person, now, region, status, held)
    return money + behaviour.lead_weight * personal + (1.0 - behaviour.lead_weight) * spouse + children


@rule
def life_together(person: Person, now: Now, region: int, status: int, held: Offer) -> tuple[float, float, float]:
    """Return what a family living together has, utility a year: from money, of the spouse's own, from schools."""
    behaviour = now.behaviour
    income = held.income_cny
    floor = CONSUMPTION_FLOOR * held.salary_cny
    spouse_works = 0.0
    if family.spouse_may_work(person, status, now.policy[region]) == 1:
        # A spouse with the right finds work at a rate; over the years ahead that is an expected share of time.
        spouse_works = behaviour.spouse_search_rate / (behaviour.spouse_search_rate + behaviour.discount_rate)
        if int(person.spouse_works) == 1:
            spouse_works = 1.0
    income += spouse_works * person.spouse_pay_share * held.salary_cny * SPOUSE_NET_SHARE
    children = 0.0
    if traits.n_school_children(person, now.month) > 0:
        tier = family.best_tier(person, now, region, income if income > floor else floor, status)
        income -= family.school_fee(person, now, region, tier)
        children = family.school_utility(person, now, tier)
    if income < floor:
        income = floor
    money = engines.worth_of_income(income, held.log_kept, held.reference_cny, behaviour)
    return money, -behaviour.spouse_idle_cost * (1.0 - spouse_works), children


@rule
def utility_away(person: Person, now: Now) -> float:
    """Return the utility a year of the best place outside China: home, or the best rival."""
    behaviour = now.behaviour
    rival = draws.exp(career.log_rival_pay(person, now)) * (1.0 - behaviour.rival_move_share)
    rival += spouse_income_away(person, now)
    return engines.worth_away(income_at_home(person, now), rival, behaviour)


@rule
def annuity(exit_rate: float, years: float, discount: float) -> float:
    """Return the present value of 1 a year for some years, when each year ends the stream with a chance.

    Parameters
    ----------
    exit_rate
        Chance a year of a forced end, 0 to 1.
    years
        At least 0; fractions count.
    discount
        Factor of one year, 0 to 1.
    """
    keep = (1.0 - exit_rate) * discount
    return (1.0 - draws.power(keep, years)) / (1.0 - keep)


@rule
def forced_exit_rate(now: Now, region: int, status: int) -> float:
    """Return the chance a year that a status forces the person out: job lost and no other found in the grace period."""
    behaviour = now.behaviour
    if status == ON_PR:
        return 0.0
    policy = now.policy[region]
    months = policy.grace_months_category_a if status == ON_A else policy.grace_months_category_b
    return behaviour.job_loss_rate * draws.power(1.0 - behaviour.refind_prob, months)


@rule
def value_of_applying(person: Person, now: Now, region: int, status: int, value: float) -> float:
    """Return what an application is worth to a person abroad, utility-years, given what life in China would be worth.

    The wait puts life in China off, the move costs at once, and the application may fail.
    """
    behaviour = now.behaviour
    moving = move_cost(person, now)
    if status == ON_PR:
        # Those who come back on their card file no application.
        return value - moving
    days = now.public[region].entry_days[work_permit.lane_of(status)] * beliefs.ratio(person, now, BELIEF_WAIT)
    if value > 0.0:
        value = value * draws.power(1.0 + behaviour.discount_rate, -days / 365.0)
    value -= moving
    approved = beliefs.approval_prob(person, now, region)
    return approved * value - (1.0 - approved) * behaviour.refusal_cost


@rule
def value_with_residence(
    now: Now, now_gain: float, resident_gain: float, exit_rate: float, prospect: Prospect
) -> float:
    """Return the present value over the horizon of a yearly gain that residence may change after some years.

    Parameters
    ----------
    now_gain, resident_gain
        Gain of China before and with residence, utility a year.
    exit_rate
        Chance a year of a forced end before residence, 0 to 1.
    prospect
        Years to residence, and the believed chance of it.
    """
    discount = 1.0 / (1.0 + now.behaviour.discount_rate)
    horizon = now.behaviour.horizon_years
    if prospect.years >= horizon or prospect.chance <= 0.0:
        return now_gain * annuity(exit_rate, horizon, discount)
    rest = horizon - prospect.years
    keep = draws.power((1.0 - exit_rate) * discount, prospect.years)
    return now_gain * annuity(exit_rate, prospect.years, discount) + keep * (
        prospect.chance * resident_gain * annuity(0.0, rest, discount)
        + (1.0 - prospect.chance) * now_gain * annuity(exit_rate, rest, discount)
    )


@rule
def gain_of_china(
    person: Person, now: Now, region: int, status: int, family_mode: int, is_moving: int, held: Offer, away: float
) -> float:
    """Return V(China) - V(away), utility a year over the horizon; positive means come, or stay.

    Parameters
    ----------
    status
        Status in China from now on: ON_A, ON_B, ON_C or ON_PR.
    is_moving
        1 if the move and the wait for a permit lie ahead.
    held
        What the region holds for the lead under the status.
    away
        Utility a year of the best place outside China.

    Notes
    -----
    Permanent residence is an option: after the years left to it, with the believed chance, the status changes.
    """
    behaviour = now.behaviour
    discount = 1.0 / (1.0 + behaviour.discount_rate)
    horizon = behaviour.horizon_years
    delta = forced_exit_rate(now, region, status)
    now_gain = utility_of(person, now, region, status, family_mode, held) - away
    value = now_gain * annuity(delta, horizon, discount)
    if status != ON_PR and permanent_residence.would_apply(person, now, region) == 1:
        decided = permanent_residence.prospect(person, now, region, status, held.pay_cny)
        scored = residence_points.prospect(person, now, region, status, held.pay_cny)
        if decided.years < horizon or scored.years < horizon:
            as_resident = offer_to_resident(person, now, region, status, held)
            resident_gain = utility_of(person, now, region, ON_PR, family_mode, as_resident) - away
            value = value_with_residence(now, now_gain, resident_gain, delta, decided)
            by_points = value_with_residence(now, now_gain, resident_gain, delta, scored)
            value = by_points if by_points > value else value
    if is_moving == 1:
        value = value_of_applying(person, now, region, status, value)
    gain = value / annuity(0.0, horizon, discount)
    if engines.engine_of(behaviour) == PLANNED_BEHAVIOUR:
        chance = engines.chance_of_coming(person, now, region, status) if is_moving == 1 else 1.0 - delta
        return engines.intention(person, now, gain, chance)
    return gain


@rule
def move_cost(person: Person, now: Now) -> float:
    """Return the cost of an international move, utility-years."""
    behaviour = now.behaviour
    return behaviour.move_cost + behaviour.beta * now.origins[int(person.origin)].distance * DISTANCE_YEARS


@rule
def cost_a_year(cost: float, now: Now) -> float:
    """Return a cost paid at once, utility-years, spread over the years that people look ahead, utility a year."""
    return cost / annuity(0.0, now.behaviour.horizon_years, 1.0 / (1.0 + now.behaviour.discount_rate))


@rule
def is_vetoed(person: Person, now: Now, region: int, status: int, held: Offer) -> int:
    """Return 1 if the spouse refuses to come: their own life, money shared, would be worth less than away.

    Only under the assumption ``spouse_veto``; the weighted sum asks nobody for leave.
    """
    behaviour = now.behaviour
    if behaviour.spouse_veto == 0.0:
        return 0
    money, spouse, _ = life_together(person, now, region, status, held)
    away = utility_away(person, now) - behaviour.spouse_idle_cost * (1.0 - behaviour.spouse_home_work_prob)
    return 1 if money + spouse < away else 0


@rule
def gain_of_togetherness(person: Person, now: Now, region: int, status: int, held: Offer) -> float:
    """Return the gain, utility a year, of a couple that lives together in China over one that lives apart."""
    if is_vetoed(person, now, region, status, held) == 1:
        return VETOED
    alone = utility_of(person, now, region, status, ALONE, held)
    return utility_of(person, now, region, status, WITH_FAMILY, held) - alone


@rule
def best_family_mode(person: Person, now: Now, region: int, status: int, held: Offer) -> int:
    """Return ALONE or WITH_FAMILY, whichever is worth more to the household under a status; ties go to ALONE."""
    if int(person.couple) == 0:
        return ALONE
    if int(person.chinese_spouse) == 1:
        return WITH_FAMILY
    return WITH_FAMILY if gain_of_togetherness(person, now, region, status, held) > 0.0 else ALONE
