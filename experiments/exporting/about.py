"""What an export says of the runs it holds: which model, which experiment, which arms, how many runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from experiments.batch.experiment import Arm
from experiments.exporting.words import SENTENCES
from experiments.words import LANGUAGES, phrase


@dataclass(frozen=True)
class ArmTold:
    """An arm, or a baseline: its id, its title and what it does, in English and in Chinese."""

    id: str
    title: tuple[str, str]
    does: tuple[str, str]


@dataclass(frozen=True)
class About:
    """What exported runs have in common.

    ``title`` is in English and in Chinese. ``planned`` is None where no plan is known; ``parameters`` are the names of
    what is uncertain. ``is_over_draws`` tells that intervals hold what is not known of these, as those of a comparison over
    draws do.
    """

    id: str
    title: tuple[str, str]
    version: str
    seed: int
    scale: int
    until: str
    engine: str
    confidence: float
    done: int
    planned: int | None
    arms: tuple[ArmTold, ...]
    assumed: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    is_over_draws: bool = False

    @property
    def titles(self) -> dict[str, tuple[str, str]]:
        """Titles by arm."""
        return {arm.id: arm.title for arm in self.arms}


def both(key: str, **values: object) -> tuple[str, str]:
    """Return a sentence of exports in English and in Chinese."""
    english, chinese = (phrase(SENTENCES, key, lang, **values) for lang in LANGUAGES)
    return english, chinese


def told_arm(arm: Arm) -> ArmTold:
    """Return what is said of an arm of an experiment; a part that is no longer there goes by its name."""
    from experiments.batch.arms import located

    titles = [_title_of(located(part, arm.folder)) for part in arm.parts]
    does = []
    if arm.levers:
        levers = ", ".join(f"{path}={value:g}" for path, value in arm.levers.items())
        does.append(both("arm_levers", levers=levers, month=arm.levers_from))
    if len(arm.parts) > 1:
        does.append(both("arm_parts", parts=", ".join(arm.parts)))
    if not does:
        does.append(both("arm_plain" if arm.parts else "arm_baseline"))
    title = _joined(titles, " + ") if titles else (arm.id, arm.id)
    return ArmTold(arm.id, title, _joined(does, "; "))


def told_scenario(name: str, *, is_baseline: bool = False) -> ArmTold:
    """Return what is said of a scenario by its id."""
    return ArmTold(name, _title_of(name), both("arm_baseline" if is_baseline else "arm_plain"))


def pair_of(texts: Mapping[str, str], fallback: str) -> tuple[str, str]:
    """Return a text in English and in Chinese; the one there is, or the fallback, where one is missing."""
    known = next((text for text in texts.values() if text), fallback)
    return texts.get("en") or known, texts.get("zh") or known


def _title_of(part: str) -> tuple[str, str]:
    from experiments.cases import scenario_of, titles_of
    from scenarios import ScenarioProblems

    try:
        titles = titles_of(scenario_of(part))
    except (ScenarioProblems, OSError):
        # Runs outlive the file they came from.
        return part, part
    return titles["en"], titles["zh"]


def _joined(texts: Sequence[tuple[str, str]], glue: str) -> tuple[str, str]:
    english, chinese = (glue.join(text[column] for text in texts) for column in (0, 1))
    return english, chinese
