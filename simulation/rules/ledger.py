"""What a person's month adds to the counts: where they stand, what they hold, how they came or went."""

from __future__ import annotations

from typing import NamedTuple

from simulation.compiled import rule
from simulation.names import APPLYING, ON_A, ON_C
from simulation.records import Now, Person
from simulation.rules import accounts, tally, traits


class Opening(NamedTuple):
    """What was counted of a person before the events of a month."""

    standing: int  # packed, -1 for people not in the stock
    status: int
    tax_cny: int
    insurance_cny: int
    hours_lost: int
    pupils: int
    entry_month: int
    paid_months: int  # of pension contributions in the present stay


@rule
def open_month(person: Person, now: Now) -> Opening:
    """Return what is counted of a person so far."""
    stay = traits.stay_months(person, now.month)
    paid = traits.contributed_months(person, now.month)
    return Opening(
        tally.standing(person),
        int(person.status),
        int(person.tax_cny),
        int(person.insurance_cny),
        int(person.hours_lost),
        int(person.pupils),
        int(person.entry_month),
        paid if paid < stay else stay,
    )


@rule
def close_month(person: Person, now: Now, counts: tally.Tally, opening: Opening) -> None:
    """Bring the accounts up to date and count what changed over the events of a month."""
    accounts.update(person, now)
    after = tally.standing(person)
    tally.count_move(person, counts, opening.standing, after)
    if opening.standing < 0 and after < 0:
        return
    if opening.standing < 0:
        count_arrival(person, counts, opening, after)
    elif after < 0:
        count_exit(person, now, counts, opening)
    count_holdings(person, counts, opening, after)


@rule
def add_holding(person: Person, counts: tally.Tally, level: int, code: int, amount: int) -> None:
    """Add an amount to one level in the groups of a standing."""
    if amount != 0:
        category = tally.category_of(code)
        tally.add_to_groups(counts.levels[level], person, category, tally.region_of(code), tally.age_of(code), amount)


@rule
def add_holdings(
    person: Person, counts: tally.Tally, code: int, sign: int, money: tuple[int, int], life: tuple[int, int]
) -> None:
    """Add to, or with a negative sign take from, the levels what a person holds.

    Parameters
    ----------
    money
        Tax and insurance, yuan a year.
    life
        Hours lost a year, children in public schools.
    """
    weight = sign * int(person.weight)
    add_holding(person, counts, tally.TAX, code, weight * money[0])
    add_holding(person, counts, tally.INSURANCE, code, weight * money[1])
    add_holding(person, counts, tally.HOURS_LOST, code, weight * life[0])
    add_holding(person, counts, tally.PUPILS, code, weight * life[1])
    if money[1] > 0:
        add_holding(person, counts, tally.INSURED, code, weight)


@rule
def count_holdings(person: Person, counts: tally.Tally, opening: Opening, after: int) -> None:
    """Take what was held before from the levels and add what is held now."""
    money_before = (opening.tax_cny, opening.insurance_cny)
    life_before = (opening.hours_lost, opening.pupils)
    money = (int(person.tax_cny), int(person.insurance_cny))
    life = (int(person.hours_lost), int(person.pupils))
    if opening.standing == after and money_before == money and life_before == life:
        return
    if opening.standing >= 0:
        add_holdings(person, counts, opening.standing, -1, money_before, life_before)
    if after >= 0:
        add_holdings(person, counts, after, 1, money, life)


@rule
def count_arrival(person: Person, counts: tally.Tally, opening: Opening, after: int) -> None:
    """Count who comes, how skilled, and after how long a wait; note the groups they come in."""
    weight = int(person.weight)
    person.entry_category = tally.category_of(after)
    person.entry_region = tally.region_of(after)
    tally.count_at(person, counts, tally.SKILL_IN, after, weight * int(person.skill * tally.THOUSAND))
    if ON_A <= int(person.status) <= ON_C and opening.status == APPLYING:
        tally.count_at(person, counts, tally.POINTS_IN, after, weight * int(person.points))
        tally.count_at(person, counts, tally.WAITED, after, weight)
        tally.count_at(person, counts, tally.DAYS_WAITED, after, weight * int(person.wait_days))


@rule
def count_exit(person: Person, now: Now, counts: tally.Tally, opening: Opening) -> None:
    """Count who goes, in the groups they stood in and in those of their entry, and what they are paid back."""
    weight = int(person.weight)
    code = opening.standing
    tally.count_at(person, counts, tally.SKILL_OUT, code, weight * int(person.skill * tally.THOUSAND))
    tally.count_at(person, counts, tally.POINTS_OUT, code, weight * int(person.points))
    paid_back = accounts.refund(person, now, opening.paid_months, opening.insurance_cny)
    tally.count_at(person, counts, tally.REFUNDS, code, weight * int(paid_back))
    # Tenure is told by the groups on entry: those a person moves into later are open only to those who stay.
    row = counts.cohorts[opening.entry_month]
    age = traits.age_band(person, opening.entry_month)
    tally.add_to_groups(row, person, int(person.entry_category), int(person.entry_region), age, weight)
