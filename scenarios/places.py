"""Places named in ``where``: regions or origins, known, named once."""

from __future__ import annotations

from scenarios.events import Document, Location
from scenarios.levers import PLACES, Scope
from scenarios.names import ascii_letters, first_odd_letter, listed, nearest, shown
from scenarios.schema import Where


def places_of(
    where: Where | None, scope: Scope | None, path: str, document: Document, location: Location
) -> tuple[str, ...] | None:
    """Return the places that ``where`` names, empty for everywhere; None once a problem is noted.

    ``scope`` is what the value at ``path`` is set by; ``location`` is where ``where`` stands in the document.
    """
    if where is None:
        return ()
    found = document.findings
    if scope is None:
        found.add(document.mark(*location), "no-where", path=path)
        return None
    wrong: Scope = "origin" if scope == "region" else "region"
    if getattr(where, wrong) is not None:
        found.add(document.key_mark(*location, wrong), "wrong-where", path=path, right=scope, wrong=wrong)
        return None
    names: list[str] = getattr(where, scope) or []
    if not names:
        found.add(document.mark(*location), "empty-where")
        return None
    are_good = [_check_name(names, index, scope, document, (*location, scope, index)) for index in range(len(names))]
    return tuple(names) if all(are_good) else None


def _check_name(names: list[str], index: int, scope: Scope, document: Document, location: Location) -> bool:
    name, known = names[index], PLACES[scope]
    mark = document.mark(*location)
    if name in names[:index]:
        document.findings.add(mark, "named-twice", value=shown(name))
    elif name not in known and ascii_letters(name) in known:
        letter = first_odd_letter(name)
        document.findings.add(mark, "look-alike", name=shown(name), letter=letter, nearest=ascii_letters(name))
    elif name not in known:
        document.findings.add(
            mark, f"unknown-{scope}", value=shown(name), known=listed(known), nearest=nearest(name, known)
        )
    return name in known and name not in names[:index]
