"""What the public purse takes and gives, from counts of people and what each costs."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.rules import tally

ACCOUNT_FIELDS = (
    ("urban_workforce", "f8", "people employed in China's cities and towns, persons"),
    ("research_workforce", "f8", "staff in research and development in China, full-time equivalents"),
    ("pupil_cost", "f8", "public spending on a child in a public school, yuan a year"),
    ("health_cost", "f8", "public spending on the health of an insured person, yuan a year"),
    ("permit_file_cost", "f8", "cost to offices of a file of a work permit, first or renewed, yuan"),
    ("residence_file_cost", "f8", "cost to offices of a file of permanent residence, yuan"),
    ("plentiful_share", "f8", "share of posts filled by foreigners up to which posts are plentiful, 0 to 1"),
)

CASES = ("filed", "pr_applications", "pension_qualifiers", "arrivals")
"""Events that a reform's cost per case may go by."""

ACCOUNT = np.dtype([(name, kind) for name, kind, _ in ACCOUNT_FIELDS], align=True)
COST = np.dtype([("fixed", "f8"), ("per_case", "f8", (len(CASES),))], align=True)
"""What a reform costs in a month, yuan: set-up and running together, and for each case by kind."""
_EVENTS_OF_CASES = tuple(tally.EVENTS.index(name) for name in CASES)


class Purse:
    """The prices by which counts become yuan of 2024.

    Parameters
    ----------
    accounts
        Costs of services and files, ACCOUNT of shape (months, 1); None for free ones.
    costs
        What a reform costs by month and case, COST of shape (months,); None for nothing.
    n_months
        Months of the run.
    """

    def __init__(self, accounts: Any, costs: Any, n_months: int) -> None:
        self.accounts = np.zeros(n_months, ACCOUNT) if accounts is None else accounts[:, 0]
        self.costs = np.zeros(n_months, COST) if costs is None else costs

    def flow(self, name: str, events: Any, levels: Any, group: int, months: slice) -> float:
        """Return a flow of money over some months, yuan.

        Parameters
        ----------
        name
            tax, contributions, services_cost, administration_cost, public_cost or fiscal_balance.
        events, levels
            Counts of shape (months, kinds, groups).
        group
            The reform's own cost falls on everybody (group 0) alone; a balance of any other group leaves it out.
        """
        if name == "public_cost":
            return self._reform(events, months) if group == 0 else float("nan")
        if name == "fiscal_balance":
            spent = float(events[months, tally.REFUNDS, group].sum())
            for part in ("services_cost", "administration_cost"):
                spent += self.flow(part, events, levels, group, months)
            spent += self._reform(events, months) if group == 0 else 0.0
            earned = (self.flow(part, events, levels, group, months) for part in ("tax", "contributions"))
            return sum(earned) - spent
        if name == "administration_cost":
            permits = self._priced(events[months, tally.FILED, group], "permit_file_cost", months)
            return permits + self._priced(events[months, tally.PR_APPLICATIONS, group], "residence_file_cost", months)
        if name == "services_cost":
            pupils = self._priced(levels[months, tally.PUPILS, group], "pupil_cost", months)
            insured = self._priced(levels[months, tally.INSURED, group], "health_cost", months)
            return (pupils + insured) / 12
        kind = tally.TAX if name == "tax" else tally.INSURANCE
        # Levels are yearly amounts of those in China: a month is a twelfth.
        return float(levels[months, kind, group].sum()) / 12

    def _priced(self, counts: Any, price: str, months: slice) -> float:
        return float((counts * self.accounts[price][months]).sum())

    def _reform(self, events: Any, months: slice) -> float:
        cost = float(self.costs["fixed"][months].sum())
        for at, event in enumerate(_EVENTS_OF_CASES):
            cost += float((events[months, event, 0] * self.costs["per_case"][months, at]).sum())
        return cost
