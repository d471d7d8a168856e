"""Vectors of the world and of behaviour: what their elements are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenarios.checked import note_unknown_keys
from scenarios.events import Document, Location
from scenarios.names import shown
from simulation.names import AGE_BANDS, EDUCATIONS, FIELDS, MODES, ORIGINS, SERVICES, TIERS

ELEMENTS: Mapping[str, tuple[str, ...]] = {
    "posts": FIELDS,
    "seats": TIERS,
    "field_premium": FIELDS,
    "queue_years": ORIGINS,
    "career_gain": FIELDS,
    "education_pay": EDUCATIONS,
    "field_pay": FIELDS,
    "mode_pay": MODES,
    "tasks_per_year": SERVICES,
    "hours_per_failure": SERVICES,
}
"""Names of the elements, by the field of the record."""

POOL_ELEMENTS: Mapping[str, tuple[str, ...]] = {
    "degree_age": EDUCATIONS,
    "field_share": FIELDS,
    "mode_share": FIELDS,
    "education_share": FIELDS,
    "couple_share": AGE_BANDS,
    "student_origin_share": ORIGINS,
    "student_education_share": EDUCATIONS,
    "student_field_share": FIELDS,
}
"""Names of the elements of the pool's tables."""


def values_by_element(
    value: Any, elements: tuple[str, ...] | None, document: Document, location: Location
) -> float | dict[str, float] | None:
    """Return a number, or a number by element in the order of ``elements``; None once a problem is noted."""
    mark, key = document.mark(*location), str(location[-1])
    if elements is None:
        if isinstance(value, float):
            return value
        document.findings.add(mark, "not-a-number", key=key, value=shown(value))
        return None
    if not isinstance(value, dict):
        document.findings.add(mark, "not-keys", key=key, value=shown(value))
        return None
    meant = note_unknown_keys(document, location, elements)
    for element in elements:
        if element not in value and element not in meant:
            document.findings.add(mark, "missing-key", key=element)
        elif not isinstance(value.get(element, 0.0), float):
            document.findings.add(
                document.mark(*location, element), "not-a-number", key=element, value=shown(value[element])
            )
            return None
    return {element: value[element] for element in elements} if set(elements) == set(value) else None
