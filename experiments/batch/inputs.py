"""Files that an experiment names, to be kept beside its own: with them it reads the same anywhere."""

from __future__ import annotations

from pathlib import Path

from experiments.batch.arms import located, scenario_of_arm
from experiments.batch.experiment import Draw, Experiment
from experiments.batch.form import SHIPPED, DrawsForm, ExperimentForm
from experiments.cases import scenario_of
from scenarios.events import read_raw
from scenarios.reading import is_path
from scenarios.scenario import Scenario


def inputs_of(experiment: Experiment) -> dict[str, bytes]:
    """Return the files that the text of an experiment names, and those that they name in turn.

    Returns
    -------
        Contents by path, relative to the folder of ``experiment.yaml``. What comes with the package is not among
        them. Points are written from the experiment's own draws.
    """
    folder = Path(experiment.arms[0].folder or ".").resolve()
    found: dict[str, bytes] = {}
    for arm in experiment.arms:
        for file in _files_of(scenario_of_arm(arm)):
            found |= _content(file, folder)
    named = _form_of(experiment)
    packages = [named.decompose.package] if named.decompose else []
    searched = [*named.optimise.reforms, *named.optimise.choose] if named.optimise else []
    for reference in (*experiment.assume, *packages, *searched):
        for file in _files_of(scenario_of(located(reference, str(folder)))):
            found |= _content(file, folder)
    sample = named.uncertainty
    if sample is not None and sample.posterior not in {None, SHIPPED}:
        found |= _content(folder / str(sample.posterior), folder)
    if sample is not None and sample.points is not None:
        found[sample.points] = points_text(experiment.draws).encode()
    return dict(sorted(found.items()))


def section_uncertainty(experiment: Experiment) -> DrawsForm | None:
    """Return what the file of an experiment says of its draws; None if it has none."""
    return _form_of(experiment).uncertainty


def _form_of(experiment: Experiment) -> ExperimentForm:
    return ExperimentForm.model_validate(read_raw(experiment.text.encode(), experiment.id).data)


def points_text(draws: tuple[Draw, ...]) -> str:
    """Return draws as CSV: a column a parameter, a row a draw; numbers read back to the same bits."""
    names = list(draws[0].parameters)
    rows = [",".join(repr(float(draw.parameters[name])) for name in names) for draw in draws]
    return "\n".join([",".join(names), *rows]) + "\n"


def _files_of(scenario: Scenario) -> set[Path]:
    """Return the files that a scenario stands on, apart from those that come with the package."""
    own = Path(scenario.key)
    is_users = is_path(scenario.key) and not own.is_relative_to(scenario.library.root)
    parts = (*scenario.reforms, *((scenario.parent,) if scenario.parent else ()))
    return ({own} if is_users else set()).union(*(_files_of(part) for part in parts))


def _content(file: Path, folder: Path) -> dict[str, bytes]:
    """Return a file by its path in ``folder``; one elsewhere is named by nothing in it."""
    file = file.resolve()
    return {file.relative_to(folder).as_posix(): file.read_bytes()} if file.is_relative_to(folder) else {}
