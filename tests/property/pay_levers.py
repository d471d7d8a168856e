"""Levers of social insurance and tax, put to the test."""

from __future__ import annotations

from . import channels as ch
from .cases import LOOKED_AT, Case, down, up

S = "social_insurance."
SCHEME = {f"{S}short_term.available": 1}
MORE_QUALIFY = up("pension_qualifiers", "all", "more reach a pension")
LESS_PAY, MORE_PAY = down("stock", "all", "pay is worth less"), up("stock", "all", "pay is worth more")
MIXED = "what is paid in and what is drawn go together"
EARLY = {f"{S}retirement_age.men": 45, f"{S}retirement_age.women": 45}
"""An age of retirement that many reach in the years looked at."""
INSURANCE = [
    Case(
        f"{S}pension.employee_rate", 0.3, ch.NOT_INSURED, down("stock", "all", "a refund returns less than its worth")
    ),
    Case(f"{S}pension.employer_rate", 0.4, ch.NOT_INSURED, MORE_PAY, having={f"{S}refund_pool_share": 0.5}),
    Case(f"{S}medical.employee_rate", 0.2, ch.NOT_INSURED, LESS_PAY),
    Case(f"{S}unemployment.employee_rate", 0.1, ch.NOT_INSURED, LESS_PAY),
    Case(
        f"{S}medical.employer_rate",
        0.2,
        ch.NOT_INSURED,
        up("contributions", "all", "more is due"),
        moves=("insurance_cny",),
    ),
    Case(
        f"{S}unemployment.employer_rate",
        0.1,
        ch.NOT_INSURED,
        up("contributions", "all", "more is due"),
        moves=("insurance_cny",),
    ),
    Case(f"{S}base_floor", 3, ch.NOT_INSURED, MIXED),
    Case(f"{S}base_cap", 1, ch.NOT_INSURED, MIXED),
    Case(f"{S}pension_years_min", 2, ch.NOT_INSURED, MORE_QUALIFY, EARLY),
    *(
        Case(f"{S}retirement_age.{sex}", 45, ch.NOT_INSURED, "fewer years to reach it, more to draw", records=LOOKED_AT)
        for sex in ("men", "women")
    ),
    Case(f"{S}own_account_refund_share", 0, ch.NOT_INSURED, LESS_PAY),
    Case(f"{S}refund_pool_share", 0.5, ch.NOT_INSURED, MORE_PAY),
    Case(f"{S}short_term.available", 1, ch.NO_SHORT_MONTHS, MORE_PAY),
    Case(f"{S}short_term.months_max", 6, ch.NO_SHORT_TERM, LESS_PAY, having=SCHEME),
    Case(f"{S}short_term.pension_share", 0.8, ch.NO_SHORT_TERM, LESS_PAY, having=SCHEME),
    Case(f"{S}top_up_years_max", 15, ch.NOT_INSURED, MORE_QUALIFY, EARLY),
    Case(f"{S}proportional_pension", 1, ch.NOT_INSURED, MORE_QUALIFY, EARLY),
    Case(f"{S}totalisation", 1, ch.NOT_INSURED, MORE_QUALIFY, EARLY),
    Case(ch.INSURED, 0, ch.INSURANCE_IS_NOTHING, MIXED, records=("contributing_month", "contributed_months")),
]


def one_band(band: int) -> dict[str, float]:
    """Return the law under which only a band and the one below it tax anything."""
    below = dict.fromkeys(range(2, band), 0.0)
    above = dict.fromkeys(range(band + 1, 8), 5_000_000.0)
    return {f"tax.band_min.band_{other}": low for other, low in (below | above).items()}


BOOKED = ("tax_cny",)
BAND_MINS = {1: (300_000, MORE_PAY), 2: (5_000_000, MORE_PAY), 3: (5_000_000, MORE_PAY)}
BAND_MINS |= dict.fromkeys(range(4, 8), (0, LESS_PAY))
TAX = [
    *(
        Case(f"tax.band_min.band_{band}", low, ch.INCOME_IS_NOTHING, sign, one_band(band), BOOKED)
        for band, (low, sign) in BAND_MINS.items()
    ),
    Case("tax.band_rate.band_1", 0.45, ch.INCOME_IS_NOTHING, LESS_PAY, records=BOOKED),
    *(
        Case(
            f"tax.band_rate.band_{band}",
            0,
            ch.INCOME_IS_NOTHING,
            MORE_PAY,
            one_band(band) | {f"tax.band_min.band_{band}": 0},
            BOOKED,
        )
        for band in range(2, 8)
    ),
    Case("tax.basic_deduction", 300_000, ch.INCOME_IS_NOTHING, MORE_PAY, records=BOOKED),
    Case("tax.exempt_benefits", 0, ch.NO_BENEFIT_SHARE, LESS_PAY),
    Case("tax.exempt_benefits_share_max", 1, ch.NO_BENEFITS, MORE_PAY),
    Case("tax.effective_rate_max", 0.05, ch.INCOME_IS_NOTHING, MORE_PAY, records=BOOKED),
]
