"""The members that a package is divided into, and the arm that each coalition of them is.

A coalition joins its members' reforms in the package's order, so that overlaps resolve as they do in the package.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.analyses.shapley import Coalition
from experiments.batch.experiment import Arm
from experiments.cases import scenario_of, titles_of
from experiments.design import DesignError, unknown

REST = "rest"
"""Name of the member that stands for all reforms that were not named."""


@dataclass(frozen=True)
class Member:
    """Some reforms of a package that come or stay away together; ``places`` are theirs among the package's parts."""

    id: str
    title: Mapping[str, str]
    places: tuple[int, ...]


@dataclass(frozen=True)
class Division:
    """A package as members: ``parts`` are its reforms, ids or files, in its order; each belongs to one member.

    Files are looked for in ``folder``, that of the package.
    """

    package: Any
    parts: tuple[str, ...]
    members: tuple[Member, ...]
    folder: str

    def __len__(self) -> int:
        return len(self.members)

    @property
    def everyone(self) -> Coalition:
        """The coalition of all members."""
        return frozenset(range(len(self.members)))

    def arm(self, coalition: Coalition) -> Arm:
        """Return the arm of a coalition that is not empty.

        Its name holds the coalition as a hexadecimal number whose lowest bit is the first member.
        """
        places = sorted(place for member in coalition for place in self.members[member].places)
        name = f"coalition-{sum(1 << member for member in coalition):x}"
        return Arm(name, tuple(self.parts[place] for place in places), folder=self.folder)


def divided(package: Any, *, members: Sequence[str] = (), depth: int = 1, rest: Mapping[str, str]) -> Division:
    """Return a package divided into members.

    Parameters
    ----------
    package
        Id or file of a package, or a Scenario.
    members
        Ids of reforms anywhere inside the package, each a member of its own; all other reforms are one more member. None:
        the package's own reforms, or those ``depth`` levels down.
    depth
        Levels of packages within packages that are opened, at least 1. A reform that changes something by itself is
        never opened.
    rest
        Title of the member of all others.

    Raises
    ------
    DesignError
        If the scenario is no package, a member is not inside it or inside another member, or there is one member only.
    """
    whole = scenario_of(package)
    if not whole.reforms:
        raise DesignError(f"{whole.id!r} is no package: it has no reforms to share its effect among")
    if whole.own_changes:
        raise DesignError(f"{whole.id!r} changes values by itself: make them a reform of the package, to have a share")
    if members:
        _check_names(whole, members)
        nodes = list(_cut_at(whole, set(members)))
        found = _named(nodes, members, rest)
    else:
        nodes = list(_opened(whole, depth))
        found = [Member(node.id, titles_of(node), (place,)) for place, node in enumerate(nodes)]
    if len(found) < 2:
        raise DesignError(f"{whole.id!r} has one member, {found[0].id!r}: it has all of the effect")
    folder = Path(whole.key).parent
    return Division(whole, tuple(reference_of(node, folder) for node in nodes), tuple(found), str(folder))


def reference_of(scenario: Any, folder: Path) -> str:
    """Return what an arm names a scenario by: its id where it is shipped, its file in the folder where it is not."""
    from scenarios.library import SHIPPED

    path = Path(scenario.key)
    return str(scenario.id) if path.is_relative_to(SHIPPED) else path.relative_to(folder).as_posix()


def _opened(node: Any, depth: int) -> Iterator[Any]:
    for reform in node.reforms:
        if depth > 1 and reform.reforms and not reform.own_changes:
            yield from _opened(reform, depth - 1)
        else:
            yield reform


def _inside(node: Any) -> Iterator[Any]:
    for reform in node.reforms:
        yield reform
        yield from _inside(reform)


def _check_names(whole: Any, names: Sequence[str]) -> None:
    inside = {node.id: node for node in _inside(whole)}
    for name in names:
        if name not in inside:
            raise DesignError(f"{whole.id}: {unknown('member', name, inside)}")
        for other in _inside(inside[name]):
            if other.id in names:
                raise DesignError(f"member {other.id!r} is inside member {name!r}: name one of them")
    twice = next((name for name in names if list(names).count(name) > 1), None)
    if twice:
        raise DesignError(f"member {twice!r} is named twice")


def _cut_at(node: Any, names: set[str]) -> Iterator[Any]:
    """Yield the named reforms and, whole wherever possible, all others, in the package's order."""
    for reform in node.reforms:
        if reform.id in names or not any(inner.id in names for inner in _inside(reform)):
            yield reform
        elif reform.own_changes:
            raise DesignError(f"{reform.id!r} changes values by itself, so that no part of it can be a member")
        else:
            yield from _cut_at(reform, names)


def _named(nodes: Sequence[Any], names: Sequence[str], rest: Mapping[str, str]) -> list[Member]:
    found = [Member(node.id, titles_of(node), (place,)) for place, node in enumerate(nodes) if node.id in names]
    others = tuple(place for place, node in enumerate(nodes) if node.id not in names)
    return [*found, Member(REST, rest, others)] if others else found
