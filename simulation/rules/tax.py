"""Income tax: the progressive table, the basic deduction, benefits free of tax, a regional cap."""

from __future__ import annotations

from simulation.compiled import rule
from simulation.records import Policy


@rule
def income_tax(taxable_cny: float, policy: Policy) -> float:
    """Return the yearly income tax in yuan on comprehensive income after all deductions (F6-04).

    Parameters
    ----------
    taxable_cny
        Income after deductions, yuan a year; below 0 counts as 0.
    policy
        Levers ``tax.band_min`` (rising, from 0) and ``tax.band_rate``; ``tax.effective_rate_max`` caps the
        tax as a share of taxable income, as the Greater Bay Area does (F6-03).
    """
    if taxable_cny <= 0.0:
        return 0.0
    tax = 0.0
    for band in range(7):
        low = policy.band_min[band]
        if taxable_cny <= low:
            break
        high = taxable_cny
        if band < 6 and policy.band_min[band + 1] < taxable_cny:
            high = policy.band_min[band + 1]
        tax += (high - low) * policy.band_rate[band]
    cap = policy.effective_rate_max * taxable_cny
    return cap if cap < tax else tax


@rule
def exempt_benefits(salary_cny: float, is_posted: int, policy: Policy) -> float:
    """Return the part of pay, yuan a year, given as benefits free of tax (F6-01).

    Assignees use the whole share that the rule allows; others two fifths of it (assumption: few local contracts
    include housing, school and home leave).
    """
    if policy.exempt_benefits == 0.0:
        return 0.0
    share = policy.exempt_benefits_share_max
    if is_posted == 0:
        share = 0.4 * share
    return share * salary_cny


@rule
def tax_on_salary(salary_cny: float, contributions_cny: float, is_posted: int, policy: Policy) -> float:
    """Return the yearly income tax, yuan, on a salary with these employee contributions."""
    taxable = salary_cny - exempt_benefits(salary_cny, is_posted, policy) - contributions_cny - policy.basic_deduction
    return income_tax(taxable, policy)
