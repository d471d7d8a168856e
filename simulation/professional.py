"""People as Mesa agents: a ``Professional`` is a view of one row, ``Professionals`` a lazy set of rows.

Nobody is stored twice. An agent is made when it is read and holds two references; what is set on it is in the array
at once. Columns cost 3 to 200 ns a person, agents about 1,000, so a class of 2,000 people can be treated like any
Mesa model, and a nation of millions through ``array``, ``agg``, ``groupby`` and masks.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, NoReturn, TypeAlias

import mesa
import numpy as np
from numpy.typing import NDArray

from simulation.people import FIELDS, People, unknown_field
from simulation.plain import load_person, plain_now, store_person
from simulation.records import Now
from simulation.rules import life
from simulation.rules.tally import Tally

try:
    from mesa.agentset import AgentSet, GroupBy
except ImportError:  # Mesa before 3.4 keeps them beside the agent.
    from mesa.agent import AgentSet, GroupBy

__all__ = ["AgentSet", "Groups", "PeopledModel", "Professional", "Professionals"]

Rows: TypeAlias = NDArray[np.intp]

_BY_HAND = "people are never added or removed by hand: all who could ever come are drawn before any policy is known"


class Professional(mesa.Agent):
    """One foreign professional and their household, as a Mesa agent: a view of one row of ``People``.

    Every field of PERSON is an attribute, and so is ``wake``: read as ``int`` or ``float``, written to the row at once
    (``id`` is fixed, because it keys every draw). Other attributes are refused, since they would be lost with the view.
    Two views of one row are equal. A pickled professional takes its people and its model along.

    Subclass it and override ``decide`` to try another behaviour, with ``TalentModel(..., engine="agents",
    professional=MyProfessional)``. What more a subclass must remember of people, it keeps in arrays by ``row``.
    """

    __slots__ = ("people", "row")
    people: People
    row: int
    wake: int

    pos = None

    def __init__(self, *_: Any, **__: Any) -> None:
        raise TypeError(f"{_BY_HAND}. Take one from the model: model.agents[0]")

    @property
    def model(self) -> Any:
        """The model that this person lives in."""
        return self.people.model

    @property
    def unique_id(self) -> int:
        """Identity, from 1: the same as ``id``."""
        return int(self.id)

    def step(self) -> None:
        """Live this month, if anything can happen in it, and set the next month in which something can."""
        model = self.people.model
        if self.wake == model.month:
            self.wake = self.decide(plain_now(model.now), model.tally)

    def decide(self, now: Now, tally: Tally) -> int:
        """Live one month by the rules of the model; the method that a subclass overrides.

        Parameters
        ----------
        now
            What everybody faces this month, with plain records.
        tally
            Counts of the month, added to.

        Returns
        -------
            The next month in which anything can happen to this person, after the present one.
        """
        # The rules read hundreds of fields; on a plain copy a read costs a tenth of a read through the view.
        person = load_person(self.people.persons, self.row)
        wake = int(life.live(person, now, tally))
        store_person(self.people.persons, self.row, person)
        return wake

    def remove(self) -> NoReturn:
        """Refuse: people leave by their own decision."""
        raise TypeError(_BY_HAND)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(unknown_field(type(self), name), name=name, obj=self)

    def __setattr__(self, name: str, value: Any) -> None:
        is_kept = isinstance(getattr(type(self), name, None), property)
        if not is_kept:
            raise AttributeError(unknown_field(type(self), name), name=name, obj=self)
        object.__setattr__(self, name, value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Professional) and other.people is self.people and other.row == self.row

    def __hash__(self) -> int:
        return hash((id(self.people), self.row))

    def __reduce__(self) -> tuple[Any, ...]:
        return People.person, (self.people, self.row)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.unique_id}>"


for _name, _property in FIELDS.items():
    setattr(Professional, _name, _property)


class Groups(GroupBy):
    """Groups of ``Professionals``, aggregated by column."""

    def agg(self, attr_name: str, func: Any) -> dict[Any, Any]:
        """Return what ``Professionals.agg`` gives for each group, by group."""
        return {name: group.agg(attr_name, func) for name, group in self}


class Professionals(AgentSet):
    """A Mesa AgentSet over row numbers: it holds no agents, and makes each when it is read.

    Parameters
    ----------
    people
        The rows.
    rows
        Row numbers, each at most once, in order; all by default. Subsets stay valid for as long as the people do.

    Notes
    -----
    Everything that Mesa documents for an AgentSet works and means the same, except that people cannot be added or
    removed, and that groups by a field come sorted. Two additions: ``array``, and masks in ``select``.
    Reading ``COSTLY_FROM`` people or more one agent at a time warns once a model, with the cost.
    """

    def __init__(self, people: People, rows: Rows | None = None) -> None:
        self.people = people
        self._rows = rows
        self._mask: NDArray[np.bool_] | None = None

    @property
    def rows(self) -> Rows:
        """Row numbers of the people in this set, in order."""
        return np.arange(self.people.n) if self._rows is None else self._rows

    @property
    def random(self) -> Any:
        """The model's generator; ``shuffle`` draws from it, the rules never do."""
        return self.people.model.random

    def __len__(self) -> int:
        return self.people.n if self._rows is None else len(self._rows)

    def __iter__(self) -> Iterator[Any]:
        self.people.tell_cost(len(self))
        return map(self.people.person, range(self.people.n) if self._rows is None else self._rows.tolist())

    def __contains__(self, agent: object) -> bool:
        if not isinstance(agent, Professional) or agent.people is not self.people:
            return False
        if self._mask is None:
            self._mask = np.zeros(self.people.n, dtype=bool)
            self._mask[self.rows] = True
        return bool(self._mask[agent.row])

    def __getitem__(self, item: Any) -> Any:
        if isinstance(item, slice):
            return list(self._become(self.rows[item]))
        return self.people.person(int(self.rows[item]))

    def __repr__(self) -> str:
        return f"<Professionals: {len(self):,} of {self.people.n:,} rows, lazy: agents are made as they are read>"

    def to_list(self) -> list[Any]:
        """Return the agents as a list."""
        return list(self)

    def copy(self) -> Professionals:
        """Return a set of the same people."""
        return Professionals(self.people, self._rows)

    __copy__ = copy

    def array(self, name: str) -> NDArray[Any]:
        """Return a copy of one field as an array, one value a person.

        Raises
        ------
        AttributeError
            If there is no such field.
        """
        if name not in self.people.columns:
            raise AttributeError(unknown_field(self.people.professional, name))
        column = self.people.columns[name]
        return column.copy() if self._rows is None else column[self._rows]

    def select(
        self,
        filter_func: Callable[[Any], bool] | NDArray[np.bool_] | None = None,
        at_most: float = math.inf,
        inplace: bool = False,  # noqa: FBT001, FBT002 - Mesa's signature
        agent_type: type | None = None,
    ) -> Professionals:
        """Return the people whom a function or a mask picks.

        Parameters
        ----------
        filter_func
            A function of one agent, or an array of booleans, one for each person of this set: ``agents.select(
            agents.array("status") == ON_A)`` costs a few ns a person.
        at_most
            Number of people, or, as a float up to 1, share of this set: the first who are picked.
        inplace
            Change this set rather than making another.
        agent_type
            Keep people only if they are of this class.
        """
        limit = int(len(self) * at_most) if not isinstance(at_most, int) and at_most <= 1.0 else at_most
        stop = None if limit == math.inf else max(0, math.ceil(limit))
        rows = self.rows
        if isinstance(filter_func, np.ndarray):
            rows = rows[self._checked(filter_func)]
        elif filter_func is not None:
            self.people.tell_cost(len(self))
            picked = (row for row in rows.tolist() if filter_func(self.people.person(row)))
            rows = np.fromiter(islice(picked, stop), dtype=np.intp)
        if agent_type is not None and not issubclass(self.people.professional, agent_type):
            rows = rows[:0]
        return self._become(rows[:stop], inplace=inplace)

    def shuffle(self, inplace: bool = False) -> Professionals:  # noqa: FBT001, FBT002 - Mesa's signature
        """Return the people in a random order, drawn from the model's generator."""
        rows = self.rows.tolist()
        self.random.shuffle(rows)
        return self._become(np.array(rows, dtype=np.intp), inplace=inplace)

    def sort(
        self,
        key: Callable[[Any], Any] | str,
        ascending: bool = False,  # noqa: FBT001, FBT002 - Mesa's signature
        inplace: bool = False,  # noqa: FBT001, FBT002 - likewise
    ) -> Professionals:
        """Return the people by a field or a function of one agent, the largest first; ties keep their order."""
        values = self.get(key) if isinstance(key, str) else self.map(key)
        order = sorted(range(len(values)), key=values.__getitem__, reverse=not ascending)
        return self._become(self.rows[np.array(order, dtype=np.intp)], inplace=inplace)

    def do(self, method: Callable[..., Any] | str, *args: Any, **kwargs: Any) -> Professionals:
        """Call a method, by name, or a function with each agent, and return this set."""
        call = _caller(method, args, kwargs)
        for agent in self:
            call(agent)
        return self

    def shuffle_do(self, method: Callable[..., Any] | str, *args: Any, **kwargs: Any) -> Professionals:
        """Do it in a random order; the rules give the same in any."""
        self.shuffle().do(method, *args, **kwargs)
        return self

    def map(self, method: Callable[..., Any] | str, *args: Any, **kwargs: Any) -> list[Any]:
        """Return what a method, by name, or a function gives for each agent."""
        return list(map(_caller(method, args, kwargs), self))

    def get(
        self, attr_names: str | Iterable[str], handle_missing: str = "error", default_value: Any = None
    ) -> list[Any]:
        """Return an attribute of each agent, or a list of attributes of each; "default" stands in for unknown ones."""
        if handle_missing not in {"error", "default"}:
            raise ValueError(f"handle_missing must be 'error' or 'default', got {handle_missing!r}")
        if not isinstance(attr_names, str):
            columns = [self.get(name, handle_missing, default_value) for name in attr_names]
            return [list(values) for values in zip(*columns, strict=True)]
        if self._is_field(attr_names):
            values: list[Any] = self.array(attr_names).tolist()
            return values
        if handle_missing == "default":
            return [getattr(agent, attr_names, default_value) for agent in self]
        return [getattr(agent, attr_names) for agent in self]

    def set(self, attr_name: str, value: Any) -> Professionals:
        """Set an attribute of all to one value."""
        if len(self) and self._is_field(attr_name):
            # The first agent says whether the value fits; then the column takes it at once.
            setattr(self[0], attr_name, value)
            self.people.columns[attr_name][self.rows] = value
            return self
        return self.do(setattr, attr_name, value)

    def agg(self, attribute: str, func: Any) -> Any:
        """Return one function, or a list of them, of an attribute of all.

        Functions of NumPy get an array of 64-bit numbers, others a list, as from Mesa.
        """
        if not callable(func):
            return [self.agg(attribute, each) for each in func]
        is_numpy = str(getattr(func, "__module__", None)).partition(".")[0] == "numpy"
        if not is_numpy or not self._is_field(attribute):
            return func(self.get(attribute))
        values = self.array(attribute)
        return func(values.astype(np.int64) if values.dtype.kind == "i" else values)

    def groupby(self, by: Callable[[Any], Any] | str, result_type: str = "agentset") -> GroupBy:
        """Return the people in groups by a field, sorted, or by what a function of one agent returns.

        ``result_type`` "list" makes lists of agents rather than sets.
        """
        groups = self._by_field(by) if isinstance(by, str) and self._is_field(by) else self._by_value(by)
        if result_type == "list":
            return GroupBy({name: group.to_list() for name, group in groups.items()})
        return Groups(groups)

    def add(self, agent: object) -> NoReturn:  # noqa: ARG002 - Mesa's signature
        """Refuse, as ``discard`` and ``remove`` do: ``select`` makes smaller sets."""
        raise TypeError(_BY_HAND)

    discard = remove = add

    def __reduce__(self) -> tuple[Any, ...]:
        return Professionals, (self.people, self._rows)

    # Set operators (| & - ^) make their result by this.
    def _from_iterable(self, agents: Iterable[Professional]) -> Professionals:
        agents = list(agents)
        if not all(agent.people is self.people for agent in agents):
            raise ValueError("people of two models do not make one set")
        return Professionals(self.people, np.array(list(dict.fromkeys(agent.row for agent in agents)), dtype=np.intp))

    def _become(self, rows: Rows, *, inplace: bool = False) -> Professionals:
        if not inplace:
            return Professionals(self.people, rows)
        self._rows, self._mask = rows, None
        return self

    def _checked(self, mask: NDArray[Any]) -> NDArray[np.bool_]:
        if mask.dtype != np.bool_ or mask.shape != (len(self),):
            got = f"{mask.dtype} of shape {mask.shape}"
            raise ValueError(f"a mask needs one boolean for each of {len(self)} people, got {got}")
        return mask

    def _is_field(self, name: str) -> bool:
        # A subclass may put a property of its own in the place of a field.
        return name in FIELDS and getattr(self.people.professional, name) is FIELDS[name]

    def _by_field(self, name: str) -> dict[Any, Professionals]:
        values, inverse = np.unique(self.array(name), return_inverse=True)
        rows = self.rows[np.argsort(inverse, kind="stable")]
        parts = np.split(rows, np.cumsum(np.bincount(inverse))[:-1]) if len(rows) else []
        return {value: self._become(part) for value, part in zip(values.tolist(), parts, strict=True)}

    def _by_value(self, by: Callable[[Any], Any] | str) -> dict[Any, Professionals]:
        rows: dict[Any, list[int]] = {}
        values = self.get(by) if isinstance(by, str) else self.map(by)
        for row, value in zip(self.rows.tolist(), values, strict=True):
            rows.setdefault(value, []).append(row)
        return {value: self._become(np.array(part, dtype=np.intp)) for value, part in rows.items()}


def _caller(method: Callable[..., Any] | str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Callable[[Any], Any]:
    if isinstance(method, str):
        return operator.methodcaller(method, *args, **kwargs)
    return lambda agent: method(agent, *args, **kwargs)


class PeopledModel(mesa.Model):
    """A Mesa model whose agents are the rows of ``people``, which it sets while it is built.

    Agents registered with Mesa in the usual way, such as regions, are found by type.
    """

    people: People

    @property
    def agents(self) -> Professionals:
        """All people, as a lazy set: a new one each time, so that changing it in place harms nobody."""
        return Professionals(self.people)

    @property
    def agents_by_type(self) -> dict[type, AgentSet]:
        """The people, and the agents registered with Mesa, by class."""
        return {self.people.professional: self.agents, **super().agents_by_type}

    @property
    def agent_types(self) -> list[type]:
        """Classes of agents, people first."""
        return list(self.agents_by_type)
