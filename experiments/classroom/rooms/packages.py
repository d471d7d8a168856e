"""What a group asks for: reforms and changes of levers, read as data, as a scenario; and a link that holds one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote

from experiments.classroom.answering.asked import DEFAULTS, SCHEMA, Asked, check
from experiments.classroom.answering.files import scenario_of
from experiments.classroom.answering.problems import AskedProblems
from experiments.classroom.rooms.refusals import bad_link, bad_package

if TYPE_CHECKING:
    from scenarios import Scenario

CHANGES_MOST = 12
START = "2027-01"
_KEYS = {"path", "from", "set"}
_CHANGE = re.compile(r"([a-z0-9_.]{3,120})@(20[2-5]\d-\d\d)=(-?\d{1,12}(?:\.\d{1,9})?(?:e-?\d{1,2})?)")


@dataclass(frozen=True)
class Package:
    """Ids of shipped reforms that do not overlap, and lines that move a lever each; they hold over reforms."""

    reforms: tuple[str, ...]
    changes: tuple[tuple[str, str, float], ...]
    """Path, first month and value of each."""

    @property
    def parts(self) -> tuple[str, ...]:
        """Names of the measures it is made of: ids of reforms, then paths of levers."""
        return (*self.reforms, *(path for path, _, _ in self.changes))

    def only(self, parts: frozenset[int]) -> Package:
        """Return the package of some of its measures, given by their places."""
        names = {name for place, name in enumerate(self.parts) if place in parts}
        kept = tuple(name for name in self.reforms if name in names)
        return Package(kept, tuple(change for change in self.changes if change[0] in names))

    def to_dict(self) -> dict[str, Any]:
        """Return it as the content of a question."""
        return {"schema": SCHEMA, "reforms": list(self.reforms), "changes": self._lines()}

    def scenario(self, identity: str) -> Scenario:
        """Return the scenario that the explorer would run for it, under an id of its own."""
        asked = Asked(self.reforms, tuple(self._lines()), **DEFAULTS)
        return replace(scenario_of(asked), id=identity)

    def _lines(self) -> list[dict[str, Any]]:
        return [{"path": path, "from": start, "set": value} for path, start, value in self.changes]


def package_of(asked: Mapping[str, Any], lang: str = "en", *, until: str) -> Package:
    """Return the checked package of a question: one that the explorer answers and that a room can price.

    Raises
    ------
    Refused
        400, with every problem.
    """
    content = {"reforms": asked.get("reforms", []), "changes": _started(asked.get("changes", []))}
    try:
        checked = check({**content, "until": until})
    except AskedProblems as found:
        raise bad_package(found.to_dicts(lang)) from None
    problems = [{"where": "changes", "text": text} for text in _beyond(content["changes"], checked, lang)]
    if problems:
        raise bad_package(problems)
    return kept_package(content)


def kept_package(asked: Mapping[str, Any]) -> Package:
    """Return the package of a question that was checked when it came in."""
    lines = ((one["path"], one["from"], float(one["set"])) for one in asked.get("changes", []))
    return Package(tuple(asked.get("reforms", [])), tuple(lines))


def _started(changes: Any) -> Any:
    """Return changes that begin with the game where they do not say when."""
    if not isinstance(changes, list):
        return changes
    return [{"from": START, **one} if isinstance(one, dict) else one for one in changes]


def _beyond(changes: list[dict[str, Any]], checked: Asked, lang: str) -> Iterator[str]:
    """Yield what the explorer takes and a room does not: it has no price, does nothing, or cannot stand alone."""
    if len(changes) > CHANGES_MOST:
        yield f"changes: [...] <= {CHANGES_MOST}"
    paths = [one["path"] for one in changes]
    for one in changes:
        path = str(one["path"])[:80]
        if set(one) != _KEYS:
            yield f"changes: {{path, from, set}}; {str(one)[:80]!r}?"
        elif one["from"] < START:
            # What has been is no policy, and a room's budget counts from then on.
            yield f"{path}: from >= {START}; {one['from']}"
        elif paths.count(one["path"]) > 1:
            # Beside a reform the later would hold; where shares are run without it, the two would overlap.
            yield f"{path}：重复调整" if lang == "zh" else f"{path}: moved twice"
        elif one not in checked.changes:
            yield f"{path}：这就是现行值，请移除" if lang == "zh" else f"{path}: this is today's value; take it out"


def asked_of_link(link: str) -> dict[str, Any]:
    """Return the question that a link of the page holds after ``#``; what stands before it does not matter.

    >>> asked_of_link("http://x/#v=1&r=one-stop&c=work_permit.category_a.points_min@2027-01=75")["reforms"]
    ['one-stop']
    """
    fields = parse_qs(link.strip()[:4_000].rpartition("#")[2].strip(), max_num_fields=20)
    reforms = [one for one in ",".join(fields.get("r", [])).split(",") if one]
    changes = []
    for text in (one for one in unquote(",".join(fields.get("c", []))).split(",") if one):
        found = _CHANGE.fullmatch(text)
        if found is None:
            raise bad_link()
        changes.append({"path": found[1], "from": found[2], "set": float(found[3])})
    if not reforms and not changes:
        raise bad_link()
    return {"schema": SCHEMA, "reforms": reforms, "changes": changes}
