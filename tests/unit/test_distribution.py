"""What is shipped and what is promised: the wheel, the README's two commands, the changelog, the locked packages."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("simulation", "scenarios", "experiments")
MADE_BY_TOOLS = {"__pycache__"}

FIRST_COMMAND = (
    "python3 -m venv .venv && .venv/bin/python -m pip install -e . && .venv/bin/talentflow compare "
    "category-a-less-stringent flexible-social-insurance one-stop"
)
TEST_COMMAND = ".venv/bin/python -m pip install -e '.[test]' && .venv/bin/python -m pytest"


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True)
    (built,) = folder.glob("*.whl")
    return zipfile.ZipFile(built)


def test_the_wheel_carries_every_file_of_the_three_packages(wheel: zipfile.ZipFile) -> None:
    sources = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and not MADE_BY_TOOLS & set(path.parts)
    }
    shipped = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert shipped == sources


def test_the_wheel_carries_law_world_and_reforms(wheel: zipfile.ZipFile) -> None:
    folders = {Path(name).parent.as_posix() for name in wheel.namelist() if name.endswith(".yaml")}
    assert folders >= {"scenarios", "scenarios/law", "scenarios/world", "scenarios/reforms", "scenarios/packages"}


def test_the_readme_gives_the_two_commands_that_ci_runs() -> None:
    readme = read("README.md").splitlines()
    assert FIRST_COMMAND in readme
    assert TEST_COMMAND in readme
    assert '"$python" -m pytest ;;' in read(".ci/check")
    assert "s/^.*&& \\.venv\\/bin\\/talentflow //p" in read(".ci/check")


def test_the_licence_is_named_in_project_readme_and_citation() -> None:
    assert tomllib.loads(read("pyproject.toml"))["project"]["license"] == "Apache-2.0"
    assert "Apache-2.0" in read("README.md")
    assert "license: Apache-2.0" in read("CITATION.cff")


def test_project_citation_and_changelog_name_the_same_version() -> None:
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    assert f"\nversion: {version}\n" in read("CITATION.cff")
    assert re.search(r"^## (\S+)", read("CHANGELOG.md"), re.MULTILINE)[1] == version  # type: ignore[index]


def test_every_version_in_the_changelog_says_whether_results_move() -> None:
    sections = re.split(r"^## ", read("CHANGELOG.md"), flags=re.MULTILINE)[1:]
    assert sections
    assert [section.splitlines()[0] for section in sections if "\nResults: " not in section] == []


def test_the_locked_packages_are_hashed_and_name_no_address() -> None:
    lock = read("requirements/ci.txt")
    packages = re.findall(r"^(\S+)==", lock, re.MULTILINE)
    assert len(packages) > 30
    for block in re.split(r"^(?=\S+==)", lock, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in block
    assert not re.search(r"://|--index|--find-links|^/", lock, re.MULTILINE)


def test_the_locked_packages_include_every_direct_requirement() -> None:
    project = tomllib.loads(read("pyproject.toml"))
    extras = project["project"]["optional-dependencies"]
    # The extra for tests asks for all the others.
    own = [name for name in extras if name != "test"]
    assert f"talentflow[{','.join(own)}]" in extras["test"]
    wanted = project["project"]["dependencies"] + [entry for name in (*own, "test") for entry in extras[name]]
    names = {re.match(r"[A-Za-z0-9_.-]+", entry)[0].lower().replace("_", "-") for entry in wanted}  # type: ignore[index]
    locked = set(re.findall(r"^([a-z0-9-]+)==", read("requirements/ci.txt"), re.MULTILINE))
    assert names - locked == {"talentflow"}
