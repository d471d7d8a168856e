"""Anyone, anywhere, under any law: what properties of rules are tried on."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from simulation.names import REGIONS
from simulation.records import Now

who = st.integers(0, 10**6)
"""A number; the person of it is given by the fixture ``people``."""
regions = st.integers(0, len(REGIONS) - 1)
salaries = st.floats(20_000.0, 3_000_000.0)
shares = st.floats(0.0, 1.0)


def under(now: Now, **changes: Any) -> Now:
    """Return a month under another law, the same in every region."""
    return now._replace(policy=tuple(law._replace(**changes) for law in now.policy))


def facing(now: Now, **changes: Any) -> Now:
    """Return a month with other public facts, the same in every region."""
    return now._replace(public=tuple(public._replace(**changes) for public in now.public))
