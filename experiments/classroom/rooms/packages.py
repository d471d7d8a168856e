"""What a group asks for: reforms and changes of levers, read as data, as a scenario; and a link that holds one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import parse_qs, unquote

from experiments.classroom.rooms.refusals import bad_link, bad_package

if TYPE_CHECKING:
    from scenarios import Scenario

Check: TypeAlias = Callable[[dict[str, Any], str], None]
"""Raises Refused unless a question can be answered; takes the question and a language."""

REFORMS_MOST, CHANGES_MOST = 12, 12
START = "2027-01"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_PATH = re.compile(r"[a-z0-9_.]{3,120}")
_MONTH = re.compile(r"20[2-5]\d-(0[1-9]|1[0-2])")
_CHANGE = re.compile(r"([a-z0-9_.]{3,120})@(20[2-5]\d-\d\d)=(-?\d{1,12}(?:\.\d{1,9})?(?:e-?\d{1,2})?)")


@dataclass(frozen=True)
class Package:
    """Ids of shipped reforms, and lines that change levers; the later holds where two set one value."""

    reforms: tuple[str, ...]
    changes: tuple[tuple[str, str, float], ...]
    """Path, first month and value of each."""

    @property
    def parts(self) -> tuple[str, ...]:
        """Names of the measures it is made of: ids of reforms, then paths of levers."""
        return (*self.reforms, *dict.fromkeys(path for path, _, _ in self.changes))

    def only(self, parts: frozenset[int]) -> Package:
        """Return the package of some of its measures, given by their places."""
        names = {name for place, name in enumerate(self.parts) if place in parts}
        kept = tuple(name for name in self.reforms if name in names)
        return Package(kept, tuple(change for change in self.changes if change[0] in names))

    def to_dict(self) -> dict[str, Any]:
        """Return it as the content of a question."""
        lines = [{"path": path, "from": start, "set": value} for path, start, value in self.changes]
        return {"schema": "talentflow.asked/1", "reforms": list(self.reforms), "changes": lines}

    def scenario(self, identity: str) -> Scenario:
        """Return the scenario that it is; raise ScenarioProblems, in English, for what does not go together."""
        from scenarios.events import read_data
        from scenarios.library import SHIPPED, library_at
        from scenarios.reading import SCHEMA, Reading

        data = {
            "schema": SCHEMA,
            "id": identity,
            "title": {"en": identity, "zh": identity},
            "reforms": list(self.reforms),
            "changes": [{"path": path, "from": start, "set": value} for path, start, value in self.changes],
            "on_overlap": "last",
        }
        return Reading(library_at(SHIPPED)).scenario(read_data(data, identity), None)


def package_of(asked: Mapping[str, Any], lang: str = "en", *, until: str) -> Package:
    """Return the checked package of a question.

    Raises
    ------
    Refused
        400, with every problem.
    """
    package, problems = _read(asked)
    if problems:
        raise bad_package(problems)
    check_package(package, lang, until=until)
    return package


def check_package(package: Package, lang: str, *, until: str) -> None:
    """Refuse a package whose parts are unknown, do not go together, change nothing, or begin too late."""
    from scenarios import ScenarioProblems

    if not package.parts:
        texts = {"en": "Choose at least one measure.", "zh": "请至少选择一项措施。"}
        raise bad_package([{"path": "reforms", "text": texts.get(lang, texts["en"])}])
    try:
        package.scenario("package").resolve(until)
    except ScenarioProblems as found:
        told = found.to_language(lang).problems
        raise bad_package([{"path": one.code, "text": one.message} for one in told[:20]]) from None


def kept_package(asked: Mapping[str, Any]) -> Package:
    """Return the package of a question that was checked when it came in."""
    return _read(asked)[0]


def _read(asked: Mapping[str, Any]) -> tuple[Package, list[dict[str, str]]]:
    problems: list[dict[str, str]] = []
    reforms, changes = asked.get("reforms", []), asked.get("changes", [])
    if not isinstance(reforms, list) or len(reforms) > REFORMS_MOST:
        problems.append({"path": "reforms", "text": f"reforms: [...] <= {REFORMS_MOST}"})
        reforms = []
    if not isinstance(changes, list) or len(changes) > CHANGES_MOST:
        problems.append({"path": "changes", "text": f"changes: [...] <= {CHANGES_MOST}"})
        changes = []
    # An id is looked up among shipped ones; what looks like a path of a file never gets that far.
    wrong = [one for one in reforms if not isinstance(one, str) or not _ID.fullmatch(one)]
    problems += [{"path": "reforms", "text": f"reforms: {str(one)[:80]!r}?"} for one in wrong]
    lines = [_line(one, problems) for one in changes]
    kept = dict.fromkeys(one for one in reforms if one not in wrong)
    return Package(tuple(kept), tuple(line for line in lines if line)), problems


def _line(one: Any, problems: list[dict[str, str]]) -> tuple[str, str, float] | None:
    if isinstance(one, dict) and set(one) <= {"path", "from", "set"}:
        path, start, value = one.get("path"), one.get("from", START), one.get("set")
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if _fits(_MONTH, start) and start < START:
            # What has been is no policy, and a room's budget counts from then on.
            problems.append({"path": "changes", "text": f"{str(path)[:80]}: from >= {START}; {start}"})
            return None
        if is_number and _fits(_PATH, path) and _fits(_MONTH, start):
            return str(path), str(start), float(value)  # type: ignore[arg-type]
    problems.append({"path": "changes", "text": f"changes: {{path, from, set}}; {str(one)[:80]!r}?"})
    return None


def _fits(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


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
    return {"schema": "talentflow.asked/1", "reforms": reforms, "changes": changes}
