from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
WITHOUT = "import sys; sys.modules['solara'] = None\n"
"""As on a machine without the extra."""


def run(code: str, lang: str = "en") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TALENTFLOW_LANG": lang}
    return subprocess.run(
        [sys.executable, "-c", WITHOUT + code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("lang", "told"), [("en", "is not installed: pip install"), ("zh", "请先安装：pip install")])
def test_without_the_extra_the_page_says_in_a_line_how_to_get_it(lang: str, told: str) -> None:
    done = run("import experiments.viewer.page", lang)
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("ImportError: ")
    assert last.endswith("pip install -e '.[viewer]'")
    assert told in last


def test_without_the_extra_the_command_ends_with_that_line_and_the_code_for_usage() -> None:
    code = "from experiments.cli import main\nmain(['viewer', '--no-open', '--port', '0'])"
    done = run(code)
    assert done.returncode == 2
    assert "pip install -e '.[viewer]'" in done.stderr.strip().splitlines()[-1]
    assert "Traceback" not in done.stderr
