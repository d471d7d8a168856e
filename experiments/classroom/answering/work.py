"""What a worker process does with a task of the page, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from experiments import cases
from experiments.classroom.answering.asked import DEFAULTS, Asked, check
from experiments.classroom.answering.files import asked_of, file_of
from experiments.classroom.answering.kept import Baselines, key_at
from experiments.classroom.answering.laws import law_of
from experiments.classroom.answering.pairs import Pair, PairReading, months_of, run_pair
from experiments.classroom.answering.problems import AskedProblems
from experiments.classroom.answering.views import answer_of, rounded
from experiments.design import Design
from scenarios import load
from simulation.compiled import needs_compiling
from simulation.records import month_text

_STREAMED = ("stock", "inflow", "outflow", "pr_stock")
_BATCH = 12
"""Months that are told at once."""

Event = dict[str, Any]


class Answerer:
    """Answers tasks, one after another; built once in each worker, and faster with every baseline it keeps."""

    def __init__(self) -> None:
        self._baselines = Baselines(PairReading())
        self._kinds: dict[str, Callable[[Mapping[str, Any]], Iterator[Event]]] = {
            "answer": self._answer,
            "life": self._life,
            "upload": _upload,
            "scenario": _scenario,
            "figures": _figures,
            "report": _report,
            "lesson": _lesson,
        }

    def steps(self, task: Mapping[str, Any]) -> Iterator[Event]:
        """Yield the events of a task, ``{"event": name, "data": value}``.

        Parameters
        ----------
        task
            ``kind`` is ``answer``, ``life``, ``upload``, ``scenario``, ``figures``, ``report`` or ``lesson``; ``asked`` the
            question; for an upload ``text``; for a life ``life`` (its kind), ``id`` and ``skip``; for figures and a report
            ``answer``; for a lesson
            ``lesson``, ``question``, ``answer`` and ``lang``.
        """
        try:
            yield from self._kinds[str(task["kind"])](task)
        except AskedProblems as found:
            yield {"event": "problems", "data": {"problems": found.to_dicts(_lang_of(task))}}

    def compile(self) -> bool:
        """Compile the rules if this machine has not yet; return whether it had to, which leaves this process large."""
        if not needs_compiling():
            return False
        cases.warm(load("baseline"), Design(until=str(DEFAULTS["until"])))
        return True

    def warm(self) -> bool:
        """Run one baseline of the default question that is not kept yet; return whether more are left."""
        asked = Asked((), (), **DEFAULTS)
        missing = [key for place in order_of(asked) if (key := key_at(asked, place)) not in self._baselines]
        if missing and not self._baselines.is_full:
            self._baselines.get(missing[0])
        # Where not all of them have room, preparing would never end.
        return len(missing) > 1 and not self._baselines.is_full

    def _answer(self, task: Mapping[str, Any]) -> Iterator[Event]:
        asked = check(task["asked"])
        law, pairs = law_of(asked), list[Pair]()
        yield {"event": "began", "data": {"pairs": asked.replicates}}
        for place in order_of(asked):
            is_first, batch = not pairs, _Batch()
            for found in run_pair(asked, law, place, self._baselines):
                if isinstance(found, Pair):
                    pairs.append(found)
                elif is_first and batch.add(*found, last=months_of(asked, law)[-1]):
                    yield batch.event()
            if _is_told(len(pairs), asked.replicates):
                answer = answer_of(asked, law, pairs, is_last=False)
                yield {"event": "pairs", "data": {"done": len(pairs), "of": asked.replicates, "answer": answer}}
            else:
                # It tells nothing: a place to give way to others, or to stop.
                yield {"event": "step", "data": {}}
        yield {"event": "answer", "data": answer_of(asked, law, pairs, is_last=True)}

    def _life(self, task: Mapping[str, Any]) -> Iterator[Event]:
        from experiments.classroom.answering.lives import life_steps

        asked = check(task["asked"])
        kind, number = task.get("life") or "came-only-because", task.get("id")
        for life in life_steps(asked, str(kind), number, int(task.get("skip") or 0)):
            yield {"event": "step", "data": {}} if life is None else {"event": "life", "data": life}


def order_of(asked: Asked) -> list[int]:
    """Return the pairs in the order in which they are run: draw by draw, so that early answers have bands."""
    return sorted(range(asked.replicates), key=lambda place: (place % asked.draws if asked.draws else 0, place))


def _is_told(done: int, of: int) -> bool:
    """Return whether an answer is told after some pairs: 1, 2, 4, 8 ... of them, unless the last is near.

    >>> [done for done in range(21) if _is_told(done, 20)]
    [1, 2, 4, 8]
    """
    # An answer takes as long as two pairs: one that is soon replaced is not worth it.
    return done > 0 and 4 * done < 3 * of and done & (done - 1) == 0


class _Batch:
    """Months of the first pair, gathered until they are told."""

    def __init__(self) -> None:
        self._dates: list[str] = []
        self._values: dict[str, dict[str, list[float | None]]] = {}

    def add(self, month: int, before: Any, after: Any, *, last: int) -> bool:
        """Take in a month; return whether it is time to tell."""
        self._dates.append(month_text(month))
        for name in _STREAMED:
            kept = self._values.setdefault(name, {"baseline": [], "reform": []})
            for side, outcomes in (("baseline", before), ("reform", after)):
                kept[side].append(rounded(outcomes.value(name, "all", month)))
        return len(self._dates) == _BATCH or month == last

    def event(self) -> Event:
        """Return what was gathered, and begin anew."""
        data = {"pair": 1, "dates": self._dates, "outcomes": self._values}
        self._dates, self._values = [], {}
        return {"event": "months", "data": data}


def _lang_of(task: Mapping[str, Any]) -> str:
    asked = task.get("asked")
    lang = asked.lang if isinstance(asked, Asked) else (asked or task).get("lang")
    return "zh" if lang == "zh" else "en"


def _upload(task: Mapping[str, Any]) -> Iterator[Event]:
    lang, asked = _lang_of(task), asked_of(task["text"])
    yield {"event": "upload", "data": {"asked": asked.to_dict(), "notes": [note[lang] for note in asked.notes]}}


def _scenario(task: Mapping[str, Any]) -> Iterator[Event]:
    from experiments.classroom.answering.files import FILE

    yield {"event": "scenario", "data": {"name": FILE, "text": file_of(check(task["asked"]))}}


def _figures(task: Mapping[str, Any]) -> Iterator[Event]:
    from experiments.classroom.answering.drawn import figures_of

    yield {"event": "figures", "data": {"name": "figures.zip", "base64": figures_of(task["answer"])}}


def _report(task: Mapping[str, Any]) -> Iterator[Event]:
    from experiments.classroom.answering.reported import report_of

    yield {"event": "report", "data": {"name": "report.html", "text": report_of(task["answer"])}}


def _lesson(task: Mapping[str, Any]) -> Iterator[Event]:
    from experiments.classroom.lessons import check as marked

    yield {"event": "lesson", "data": marked(task["lesson"], task["question"], task["answer"], _lang_of(task))}
