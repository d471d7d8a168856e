"""Tasks for a course, with their answers: questions about the report, answered from its own tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from experiments.report.brief import LIMITS, LIMITS_MAX, lines_of
from experiments.report.cells import UNCLEAR, big_number, header, is_unclear, mark, measured, named, shown
from experiments.report.page_words import word
from experiments.report.parts import BigNumber, Command, Dossier, Figure, Table, Text
from experiments.words import LANGUAGES

_TABLES_MAX, _FIGURES_MAX, _COMMANDS_MAX, _ROWS_NAMED = 3, 4, 3, 6


@dataclass(frozen=True)
class Task:
    """A question with its answer; what else it holds is in a closed box until the student opens it.

    ``shows`` is a text of the report, ``table`` or ``figure`` a part of it; ``command`` is a line to type, in the open.
    """

    question: Text
    answer: Text
    shows: Text | None = None
    table: Table | None = None
    figure: Figure | None = None
    command: Command | None = None


@dataclass(frozen=True)
class TaskPart:
    """Tasks under one heading; ``first`` is the number of the first one."""

    id: str
    heading: Text
    tasks: tuple[Task, ...]
    first: int


def tasks_of(dossier: Dossier) -> list[TaskPart]:
    """Return the tasks of a report: to predict, to notice, to try, to doubt; a part without tasks is left out."""
    found, first = [], 1
    for name, make in _PARTS.items():
        tasks = tuple(make(dossier))
        if tasks:
            found.append(TaskPart(name, _said(f"part_{name}"), tasks, first))
        first += len(tasks)
    return found


def _predict(dossier: Dossier) -> Iterator[Task]:
    for number in dossier.numbers:
        told = {lang: _big(number, lang) for lang in LANGUAGES}
        yield Task(_said("predict_number", what=_asked(number)), told, shows=told)
    figured = [figure.table for figure in dossier.figures()]
    tables = [table for table in dossier.tables() if table not in figured and len(table.rows) > 1 and measured(table)]
    for table in tables[:_TABLES_MAX]:
        column = {lang: _column_name(table, lang) for lang in LANGUAGES}
        key = "predict_most" if _is_of_one_unit(table) else "predict_unclear"
        question = _said(key, caption=table.caption, column=column)
        yield Task(question, {lang: _most(table, lang) for lang in LANGUAGES}, table=table)


def _notice(dossier: Dossier) -> Iterator[Task]:
    for figure in dossier.figures()[:_FIGURES_MAX]:
        title, subtitle = _bare(figure.title), _bare(figure.subtitle)
        answer = _said("answer_figure", title=title, subtitle=subtitle)
        yield Task(_said("notice_figure", title=title), answer, figure=figure)


def _try(dossier: Dossier) -> Iterator[Task]:
    given = {key: dossier.provenance.get(key) for key in ("version", "seed", "scale") if key in dossier.provenance}
    told = ", ".join(f"{key} {value}" for key, value in given.items())
    yield Task(_said("try_again"), _said("answer_again", provenance=told or "-"), command=dossier.command)
    unclear = {lang: _unclear_names(dossier, lang) for lang in LANGUAGES}
    yield Task(_said("try_seed"), _said("answer_seed", rows=unclear))
    commands = [item for _, item in dossier.placed() if isinstance(item, Command)]
    for command in commands[:_COMMANDS_MAX]:
        yield Task(_said("try_command"), _said("answer_command"), command=command)


def _misleads(dossier: Dossier) -> Iterator[Task]:
    lines = [line for section in dossier.sections if section.id == LIMITS for line in lines_of(section)]
    for line in [*dossier.warnings, *lines][:LIMITS_MAX]:
        yield Task(_said("misleads", line=line), _said("answer_misleads"))


_PARTS: Mapping[str, Callable[[Dossier], Iterator[Task]]] = {
    "predict": _predict,
    "notice": _notice,
    "try": _try,
    "misleads": _misleads,
}


def _most(table: Table, lang: str) -> str:
    """Return which row of a table changes most, which ones are unclear."""
    column = measured(table)
    rows = [row for row in table.rows if column is not None and row.get(column.key) is not None]
    if column is None or not rows:
        return word("none", lang)
    most = max(rows, key=lambda row: abs(row[column.key][0]))
    unclear = [named(table, row, lang) for row in rows if is_unclear(column, row)]
    first = word("answer_most", lang, row=named(table, most, lang), cell=shown(column, most, lang))
    if not unclear:
        second = word("answer_all_clear", lang, total=len(rows))
    else:
        second = word("answer_unclear", lang, n=len(unclear), total=len(rows), rows=_joined(unclear, lang))
    if not _is_of_one_unit(table):
        return second
    return first + ("" if lang == "zh" else " ") + second


def _is_of_one_unit(table: Table) -> bool:
    """Return whether differences of a table may be ranked: its rows are in one unit."""
    return len({str(row.get("unit")) for row in table.rows}) == 1


def _unclear_names(dossier: Dossier, lang: str) -> str:
    """Return the names of rows whose difference may turn, each once; one that is zero in all pairs does not."""
    names = [
        named(table, row, lang)
        for table in dossier.tables()
        for row in table.rows
        if (column := measured(table)) is not None and mark(column, row) == UNCLEAR
    ]
    return _joined(list(dict.fromkeys(names)), lang) or word("none", lang)


def _joined(names: list[str], lang: str) -> str:
    told = word("list_apart", lang).join(names[:_ROWS_NAMED])
    left = len(names) - _ROWS_NAMED
    return word("rows_more", lang, rows=told, n=left) if left > 0 else told


def _column_name(table: Table, lang: str) -> str:
    column = measured(table)
    return header(column, lang) if column else ""


def _big(number: BigNumber, lang: str) -> str:
    value, span = big_number(number, lang)
    apart = " " if lang == "en" else ""
    told = f"{value}{apart}{number.unit[lang]}".strip()
    return word("told_span", lang, told=told, span=span) if span else told


def _bare(text: Text) -> Text:
    """Return a text that another sentence takes in, without its full stop."""
    return {lang: said.rstrip(".。") for lang, said in text.items()}


def _asked(number: BigNumber) -> Text:
    """Return what a number is, as a question begins with it: without what was found out about it."""
    heads = {lang: said.partition(": ")[0].partition("：")[0] for lang, said in number.what.items()}
    told = {lang: head[:1].upper() + head[1:] for lang, head in heads.items()}
    return _said("with_unit", label=told, unit=number.unit) if number.unit["en"] else told


def _said(key: str, **values: Text | str) -> Text:
    """Return words in every language, filled in with texts in theirs."""
    return {
        lang: word(
            key, lang, **{name: value if isinstance(value, str) else value[lang] for name, value in values.items()}
        )
        for lang in LANGUAGES
    }
