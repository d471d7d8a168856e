"""The lines that give the numbers of an answer elsewhere: a command, and a few lines of Python."""

from __future__ import annotations

import json
import shlex

from experiments.classroom.answering.asked import Asked
from experiments.classroom.answering.files import FILE


def command_of(asked: Asked) -> str:
    """Return the command; a question that is no shipped scenario needs its file, as the page gives it."""
    name = asked.reforms[0] if _is_shipped(asked) else FILE
    line = ["talentflow", "compare", name, "--replicates", asked.replicates, "--draws", asked.draws]
    line += ["--seed", asked.seed, "--scale", asked.scale, "--until", asked.until]
    return shlex.join(str(word) for word in line)


def python_of(asked: Asked) -> str:
    """Return Python that needs no file."""
    lines = ["from experiments import compare"]
    if _is_shipped(asked):
        named = repr(asked.reforms[0])
    else:
        named = "scenario"
        lines += ["from experiments.classroom.answering.asked import check",
                  "from experiments.classroom.answering.files import scenario_of", "",
                  f"asked = {_written(asked)}", "scenario = scenario_of(check(asked))"]  # fmt: skip
    run = f"replicates={asked.replicates}, draws={asked.draws}, seed={asked.seed}, scale={asked.scale}"
    lines.append(f"result = compare([{named}], {run}, until={asked.until!r})")
    return "\n".join([*lines, "print(result.to_pandas())"])


def _written(asked: Asked) -> str:
    content = {"reforms": list(asked.reforms), "changes": [dict(one) for one in asked.changes], "until": asked.until}
    return json.dumps(content, ensure_ascii=False)


def _is_shipped(asked: Asked) -> bool:
    return len(asked.reforms) == 1 and not asked.changes
