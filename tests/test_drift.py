"""What is stated twice says the same: README, Makefile, environment, notebooks, versions."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from click import Context
from PIL import Image

import tasks
from smartlib.cli import commands
from smartlib.run.commands.single import last_picture
from smartlib.run.plan.plan import NOTEBOOKS

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.id.md")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


PARTS = PROJECT["project"]["optional-dependencies"]


def with_parts(lines: list[str]) -> set[str]:
    """Requirements, the project's own extras taken apart."""
    own = re.compile(r"smartlib\[(.+)\]")
    found = {line for line in lines if not own.match(line)}
    for named in filter(None, map(own.match, lines)):
        found |= {one for part in named[1].split(",") for one in with_parts(PARTS[part])}
    return found


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def requirement_names(lines: list[str]) -> set[str]:
    names = (re.split(r"[<>=~ ;\[]", line.strip(), maxsplit=1)[0] for line in lines)
    return {name.lower().replace("_", "-") for name in names}


@pytest.mark.parametrize("readme", READMES)
def test_readme_make_commands_are_targets(readme: str) -> None:
    """Every `make X` of a README is a target, and every `tasks.py X` a task."""
    targets = set(re.findall(r"^([\w-]+):.*##", read("Makefile"), re.MULTILINE))
    assert set(re.findall(r"make ([\w-]+)`", read(readme))) <= targets
    assert set(re.findall(r"tasks\.py ([\w-]+)", read(readme))) <= set(tasks.HELP)
    assert {"reports", "test"} <= set(re.findall(r"make ([\w-]+)`", read(readme)))


def test_makefile_targets_are_the_launchers_tasks() -> None:
    """The Makefile only calls the launcher: the same names, described alike."""
    lines = re.findall(r"^([\w-]+):.*## (.+)\n(?:\t@(.*))?", read("Makefile"), re.MULTILINE)
    assert {name for name, _, _ in lines} == set(tasks.HELP)
    for name, _, recipe in lines:
        if name != "help":
            assert recipe == f"$(PYTHON) tasks.py {name} $(ARGS)"


@pytest.mark.parametrize("readme", READMES)
def test_readme_smartlib_commands_and_options_exist(readme: str) -> None:
    """Every `smartlib X --option` of a README is one that the command line has."""
    for line in re.findall(r"`(smartlib [^`]+)`", read(readme)):
        name = line.split()[1]
        if name.startswith("-"):
            continue
        command = commands.get_command(Context(commands), name)
        assert command, line
        below = getattr(command, "commands", {})
        command = next((below[word] for word in line.split() if word in below), command)
        known = {o for p in command.params for o in (*p.opts, *p.secondary_opts)}
        assert set(re.findall(r" (--?[a-z][a-z-]*)", line)) <= known, line


def test_both_readmes_have_the_same_commands() -> None:
    """The Indonesian README shows the same code, file names and options."""
    code = [sorted(re.findall(r"`([^`\n]+)`", read(name))) for name in READMES]
    assert code[0] == code[1]
    blocks = [re.findall(r"```.*?```", read(name), re.DOTALL) for name in READMES]
    assert blocks[0] == blocks[1]


def test_no_placeholder_is_left_in_a_readme() -> None:
    """What the commands print is what they printed."""
    for name in READMES:
        assert not re.search(r"@[A-Z]+@", read(name))


def test_conda_environment_has_the_projects_dependencies() -> None:
    """`environment.yml` names what `pyproject.toml` names, bounds included."""
    project = PROJECT["project"]
    wanted = {*project["dependencies"], *with_parts(PARTS["dev"])}
    wanted |= {f"python{project['requires-python']}", "pip", "-e ."}
    listed = re.findall(r"^ +- (.+)$", read("environment.yml"), re.MULTILINE)
    assert {item for item in listed if item not in ("conda-forge", "pip:")} == wanted


def test_the_lock_covers_the_project_and_names_no_address() -> None:
    """Every dependency is locked with hashes; no line holds an address."""
    lock = read("requirements.lock")
    project = PROJECT["project"]
    wanted = [*project["dependencies"], *with_parts(PARTS["dev"])]
    locked = re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE)
    assert requirement_names(wanted) <= {name.lower() for name, _ in locked}
    assert "://" not in lock
    entries = re.split(r"\n(?=[\w.-]+==)", lock.strip())
    assert all("--hash=sha256:" in entry for entry in entries)


def test_notebooks_on_disk_are_those_the_build_runs() -> None:
    """No notebook is forgotten, none is missing."""
    assert {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")} == set(NOTEBOOKS)


def test_version_is_stated_once_more_and_alike() -> None:
    """CITATION.cff and the changelog carry the version of pyproject.toml."""
    version = PROJECT["project"]["version"]
    assert f"version: {version}" in read("CITATION.cff")
    assert f"## {version}" in read("CHANGELOG.md")


def test_the_readme_picture_is_the_notebooks_own() -> None:
    """The map in the README is the one that the ranking notebook shows today."""
    picture = ROOT / "docs" / "known-rows.png"
    assert picture.read_bytes() == last_picture(ROOT / "notebooks" / "02_national_ranking.ipynb")
    assert Image.open(picture).width > 1000


def test_contributing_names_the_rooms_that_exist() -> None:
    """The table of floors is the folder's own."""
    rooms = set(re.findall(r"^\| \d \| `(\w+)/", read("CONTRIBUTING.md"), re.MULTILINE))
    on_disk = {p.name for p in (ROOT / "smartlib").iterdir() if (p / "__init__.py").is_file()}
    assert rooms == on_disk
