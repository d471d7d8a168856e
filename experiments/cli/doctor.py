"""``talentflow doctor``: whether this machine is ready, and what to do where it is not."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import click

from experiments.cli.options import output_options
from experiments.cli.outcome import WORSE, Verb
from experiments.cli.terminal import Terminal
from experiments.words import phrase

SCHEMA = "talentflow.doctor/1"
_EXAMPLES = """\
talentflow doctor
talentflow doctor --json
talentflow doctor --lang zh
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@output_options
@click.pass_context
def command(ctx: click.Context, lang: str, as_json: bool, quiet: bool) -> None:
    """Check versions, folders, processors, memory, a tiny run, a port, a browser and a Chinese font.

    Ends with 0 if nothing fails, warnings or not, and with 6 if something does.
    """
    from experiments.doctor import examine
    from experiments.doctor_words import WORDS

    terminal = Terminal(lang, quiet)
    findings = []
    for finding in examine(lang):
        findings.append(finding)
        if not as_json:
            status, check = (phrase(WORDS, key, lang) for key in (finding.status, f"check_{finding.check}"))
            terminal.paragraphs(
                [f"{status}  {check}: {finding.found}", *([f"      {finding.advice}"] if finding.advice else [])]
            )
    is_ok = all(finding.status != "fail" for finding in findings)
    if as_json:
        told: dict[str, Any] = {"schema": SCHEMA, "ok": is_ok, "checks": [asdict(finding) for finding in findings]}
        terminal.say(json.dumps(told, ensure_ascii=False, indent=1))
    if not is_ok:
        ctx.exit(WORSE)
