"""Experiment files: read strictly, every problem at once, into an Experiment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.batch.analysis_forms import SECTIONS, plain
from experiments.batch.arm_reading import read_arms, read_assumptions
from experiments.batch.arms import is_baseline
from experiments.batch.draws import draws_from
from experiments.batch.experiment import Arm, Draw, Experiment, Limits, Replicates, Stop
from experiments.batch.form import SCHEMA, SHIPPED, SOURCES, DrawsForm, ExperimentForm, ReplicatesForm, StopForm
from experiments.batch.held import left_to_draw
from experiments.batch.leniency import lenient
from experiments.batch.name_checks import check_analyses, check_kept, check_over, read_question
from experiments.batch.values import Count
from experiments.design import FIRST_DATE, LAST_UNTIL, MAX_REPLICATES, Design, Question
from scenarios.checked import checked
from scenarios.events import Document, Location, read_file, read_text
from scenarios.names import shown
from scenarios.problems import Findings, ScenarioProblems, check_language
from scenarios.scenario import Scenario
from scenarios.schema import Form

FILE = "experiment.yaml"
"""The file that a folder of an experiment holds."""
_DEFAULT_BATCH = 10


def read_experiment(path: str | Path, *, lang: str = "en") -> Experiment:
    """Return the experiment of a file, or of the file ``experiment.yaml`` in a folder.

    Raises
    ------
    scenarios.ScenarioProblems
        With everything that is wrong, told in ``lang``, ``en`` or ``zh``.
    """
    check_language(lang)
    file = Path(path) / FILE if Path(path).is_dir() else Path(path)
    try:
        document = read_file(file, str(file))
        text = file.read_text(encoding="utf-8-sig")
        return experiment_from(document, text, str(file.resolve().parent))
    except ScenarioProblems as problems:
        raise problems.to_language(lang) from None


def read_experiment_text(
    text: str, folder: str | Path, *, draws: Sequence[Draw] | None = None, shown_as: str = FILE
) -> Experiment:
    """Return the experiment that a text says, its files looked for in ``folder``; see :func:`read_experiment`.

    ``draws`` stand for the file of points that the text names, if it names one.
    """
    document = read_text(text, Findings(shown_as))
    return experiment_from(document, text, str(Path(folder).resolve()), draws=draws)


def experiment_from(document: Document, text: str, folder: str, *, draws: Sequence[Draw] | None = None) -> Experiment:
    """Return the experiment of a document; raise everything that is wrong with it.

    Parameters
    ----------
    document
        The file as read.
    text
        What it was read from, kept as it is.
    folder
        Where files that it names are looked for.
    draws
        In place of the file of points that it names, if it names one.
    """
    _stop_at_foreign_schema(document)
    checked(ExperimentForm, document)
    form, bad = lenient(ExperimentForm, document.data, _STAND_INS)
    reader = _Reader(document, form, bad, folder)
    parts = reader.read(draws)
    document.findings.raise_if_any()
    if parts is None:
        raise AssertionError("an experiment is missing without a problem")
    return parts.experiment(text)


def _stop_at_foreign_schema(document: Document) -> None:
    schema = document.data.get("schema")
    if isinstance(schema, str) and schema.startswith("talentflow.") and not schema.startswith("talentflow.experiment"):
        document.findings.stop(document.mark("schema"), "wrong-schema", value=shown(schema), expected=SCHEMA)


_STAND_INS: dict[str, Any] = {"schema": SCHEMA, "id": "unnamed", "title": {"en": "?"}, "scenarios": ["?"]}


class _CountForm(Form):
    replicates: Count


@dataclass(frozen=True)
class _Parts:
    """What was read of a file without a problem."""

    form: ExperimentForm
    question: Question
    arms: Sequence[Arm]
    replicates: Replicates
    draws: tuple[Draw, ...]

    def experiment(self, text: str) -> Experiment:
        """Return the experiment that the parts make."""
        form, run = self.form, self.form.run
        title = form.title.en or form.title.zh or form.id
        return Experiment(
            id=form.id,
            title={"en": title, "zh": form.title.zh or title},
            arms=tuple(self.arms),
            design=Design(form.seed, self.replicates.least, run.scale, run.until, run.engine),
            question=self.question,
            replicates=self.replicates,
            draws=self.draws,
            assume=tuple(form.assume),
            limits=Limits(form.limits.runs, form.limits.hours, form.limits.gigabytes),
            chunk_runs=run.chunk_runs,
            text=text,
            analyses={name: plain(section) for name in SECTIONS if (section := getattr(form, name)) is not None},
            own_seeds=form.uncertainty is not None and form.uncertainty.own_seeds,
        )


class _Reader:
    """One file with the form of what is right in it; ``bad`` are the sections that are not."""

    def __init__(self, document: Document, form: ExperimentForm, bad: set[str], folder: str) -> None:
        self.document, self.form, self.bad, self.folder = document, form, bad, folder

    def read(self, draws: Sequence[Draw] | None) -> _Parts | None:
        """Return everything the file says, or None once a problem is noted."""
        until = self.form.run.until
        if not FIRST_DATE <= until <= LAST_UNTIL:
            self._note(("run", "until"), "outside-horizon", value=until, first=FIRST_DATE, last=LAST_UNTIL)
        question = read_question(self.document, self.form)
        kept = None if self.bad & {"keep", "run"} else question
        arms = read_arms(self.document, self.folder, until)
        assumed = read_assumptions(self.document, self.folder)
        replicates = self._replicates(kept, arms)
        drawn = self._draws(draws, assumed)
        check_analyses(self.document, self.form, kept, arms, self.folder)
        if question is None or replicates is None or drawn is None:
            return None
        return _Parts(self.form, question, arms, replicates, drawn)

    def _note(self, location: Location, code: str, **params: Any) -> None:
        self.document.findings.add(self.document.mark(*location), code, **params)

    def _replicates(self, question: Question | None, arms: Sequence[Arm]) -> Replicates | None:
        given = self.form.replicates
        if not isinstance(given, Mapping):
            number = checked(_CountForm, self.document, (), {"replicates": given})
            return Replicates(number.replicates) if number else None
        checked(ReplicatesForm, self.document, ("replicates",))
        form, _ = lenient(ReplicatesForm, given, {"min": 1})
        if form.stop_when is None:
            for key, value in (("batch", form.batch), ("max", form.most)):
                if value is not None:
                    self._note(("replicates", key), "goes-with", key=key, other="stop_when")
            return Replicates(form.least)
        return self._growing(form, form.stop_when, question, arms)

    def _growing(
        self, form: ReplicatesForm, stop: StopForm, question: Question | None, arms: Sequence[Arm]
    ) -> Replicates | None:
        if form.most is not None and form.most < form.least:
            rule = {"en": f"at least min, {form.least}", "zh": f"不小于min（{form.least}）"}
            self._note(("replicates", "max"), "out-of-bounds", key="max", value=form.most, rule=rule)
            return None
        if arms and all(is_baseline(arm) for arm in arms):
            rule = {"en": "only a scenario beside its baseline has a difference", "zh": "只有与基准并列的方案才有差异"}
            self._note(("replicates", "stop_when"), "bad-value", key="stop_when", value="baseline", rule=rule)
        if question is None:
            return None
        check_kept(self.document, ("replicates", "stop_when"), stop, question)
        date = stop.date or question.dates[-1]
        until = Stop(stop.outcome, stop.group, date, stop.half_width, stop.relative, stop.confidence)
        most = form.most or max(MAX_REPLICATES, form.least)
        return Replicates(form.least, form.batch or _DEFAULT_BATCH, most, until)

    def _draws(self, given: Sequence[Draw] | None, assumed: Sequence[Scenario]) -> tuple[Draw, ...] | None:
        form = self.form.uncertainty
        if form is None:
            return (Draw(0),)
        before = len(self.document.findings.problems)
        self._check_source(form)
        check_over(self.document, ("uncertainty", "over"), form.over)
        self._check_folder(form)
        if len(self.document.findings.problems) > before:
            return None
        drawn = given if form.points is not None else None
        try:
            drawn = drawn or draws_from(form, folder=self.folder, seed=self.form.seed)
        except ScenarioProblems as problems:
            self.document.findings.problems.extend(problems.problems)
            return None
        return left_to_draw(self.document, drawn, assumed, form.over)

    def _check_source(self, form: DrawsForm) -> None:
        """Note what says nothing beside where the draws come from."""
        # By what is written: a key whose value is wrong has its own problem and still says what was meant.
        written = self.document.data["uncertainty"]
        stated = [name for name in SOURCES if name in written]
        if len(stated) != 1:
            value: Any = ", ".join(stated) or {"en": "none of them", "zh": "零个"}
            self._note(("uncertainty",), "one-of", key="uncertainty", value=value, known=", ".join(SOURCES))
            return
        if "method" in written and "draws" not in written:
            self._note(("uncertainty",), "missing-key", key="draws")
        if "method" not in written and form.over is not None:
            self._note(("uncertainty", "over"), "goes-with", key="over", other="method")
        for key in ("draws", "seed"):
            if "points" in written and key in written:
                self._note(("uncertainty", key), "not-beside", key=key, other="points")

    def _check_folder(self, form: DrawsForm) -> None:
        for key in ("posterior", "points"):
            name = getattr(form, key)
            if (key, name) == ("posterior", SHIPPED):
                continue
            if name is not None and not (Path(self.folder) / name).resolve().is_relative_to(self.folder):
                self._note(("uncertainty", key), "outside-folder", value=shown(name, 80))
