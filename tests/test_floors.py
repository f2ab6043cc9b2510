"""Rooms with floors: imports point down, each third-party package has one home, no disk below."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "smartlib"
ROOMS = ("vocabulary", "data", "index", "inference", "present", "run", "cli")
FLOOR = {room: floor for floor, room in enumerate((*ROOMS, "__main__", "__init__"))}
PURE = ("index", "inference")  # rooms that take frames and arrays, and never touch a file
DISK_MODULES = {"csv", "openpyxl", "os", "pathlib", "shutil", "tempfile"}
DISK_CALLS = {"open", "read_csv", "read_excel", "to_csv", "to_excel", "read_text", "write_text"}
ONE_HOME = ("openpyxl", "statsmodels", "matplotlib", "papermill", "click", "SALib", "patsy")


@dataclass(frozen=True)
class Import:
    """One imported name: where it stands and what it is, in full (`smartlib.data.load`)."""

    file: str
    room: str
    line: int
    target: str

    @property
    def package(self) -> str:
        return self.target.split(".")[0]


def trees(package: Path) -> Iterator[tuple[str, str, ast.Module]]:
    """Path below the package, room and syntax tree of each module."""
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        yield "/".join(parts) + ".py", parts[0], ast.parse(path.read_text(encoding="utf-8"))


def targets(node: ast.stmt, package: str, file: str) -> list[str]:
    """Names in full that an import statement brings in; relative ones are resolved."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        here = [package, *file.split("/")[:-1]]
        base = here[: len(here) - node.level + 1] if node.level else []
        base += node.module.split(".") if node.module else []
        return [".".join([*base, alias.name]) for alias in node.names]
    return []


def imports(package: Path) -> list[Import]:
    """All imports of a package, also those inside functions."""
    return [
        Import(file, room, node.lineno, target)
        for file, room, tree in trees(package)
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt)
        for target in targets(node, package.name, file)
    ]


def floor_problems(package: Path) -> list[str]:
    """Upward imports, imports of the package root, cycles, and modules that belong nowhere."""
    problems = []
    below: dict[str, set[str]] = {}
    for file, room, _ in trees(package):
        if room not in FLOOR:
            problems.append(f"{file}: no floor for {room}")
        if file.endswith("utils.py"):
            problems.append(f"{file}: a module is named for what it is about")
    for found in imports(package):
        if found.package != package.name or found.room not in FLOOR:
            continue
        place = f"{found.file}, line {found.line}"
        room = [*found.target.split("."), ""][1]
        if room not in ROOMS:
            problems.append(f"{place}: imports the package root ({found.target})")
            continue
        if FLOOR[room] > FLOOR[found.room]:
            problems.append(f"{place}: {found.room} imports {room}, which lies above it")
        if room != found.room:
            below.setdefault(found.room, set()).add(room)
    try:
        TopologicalSorter(below).prepare()
    except CycleError as error:
        problems.append(f"rooms import each other in a circle: {' -> '.join(error.args[1])}")
    return problems


def disk_problems(package: Path) -> list[str]:
    """Where a pure room reaches for a file."""
    problems = [
        f"{found.file}, line {found.line}: imports {found.package}"
        for found in imports(package)
        if found.room in PURE and found.package in DISK_MODULES
    ]
    for file, room, tree in trees(package):
        for node in ast.walk(tree):
            if room in PURE and isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in DISK_CALLS:
                    problems.append(f"{file}, line {node.lineno}: calls {name}()")
    return problems


def homes(package: Path, third_party: str) -> set[str]:
    """Rooms that import a third-party package."""
    return {found.room for found in imports(package) if found.package == third_party}


def test_imports_point_down() -> None:
    """No room imports one above it, none the package root, and no module is called utils."""
    assert floor_problems(PACKAGE) == []


def test_index_and_inference_touch_no_disk() -> None:
    """The mathematics takes frames and arrays."""
    assert disk_problems(PACKAGE) == []


@pytest.mark.parametrize("third_party", ONE_HOME)
def test_each_third_party_package_has_one_home(third_party: str) -> None:
    """Were it replaced, one room would change."""
    assert len(homes(PACKAGE, third_party)) == 1, homes(PACKAGE, third_party)


def test_the_checker_sees_the_package() -> None:
    """The rooms at hand are read: known imports are among those found."""
    found = {(item.file, item.target) for item in imports(PACKAGE)}
    assert ("data/reading/files.py", "openpyxl") in found
    assert ("index/audit/arithmetic.py", "smartlib.index.make.composite.weighted_total") in found
    assert homes(PACKAGE, "openpyxl") == {"data"}


@pytest.fixture
def made_up(tmp_path: Path) -> Path:
    """A package that keeps the floors."""
    package = tmp_path / "madeup"
    modules = {
        "__init__": "from madeup.run.build import build\n",
        "__main__": "from madeup.cli import main\n",
        "cli": "import click\nfrom madeup.run import build\n",
        "vocabulary/errors": "class Wrong(Exception): pass\n",
        "data/load": "import openpyxl\nfrom madeup.vocabulary.errors import Wrong\n",
        "index/total": "import numpy as np\nfrom ..vocabulary import errors\n",
        "inference/fit": "import statsmodels.api as sm\nfrom madeup import index\n",
        "run/build": "import madeup.data.load\nfrom .pages import page\n",
        "run/pages": "page = 1\n",
    }
    for name, text in modules.items():
        path = package / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return package


def test_a_package_that_keeps_the_floors_passes(made_up: Path) -> None:
    """Downward, sideways within a room, relative and room imports are all allowed."""
    assert floor_problems(made_up) == []
    assert disk_problems(made_up) == []
    assert homes(made_up, "statsmodels") == {"inference"}


@pytest.mark.parametrize(
    ("module", "text", "problem"),
    [
        (
            "data/bad",
            "\nfrom madeup.index.total import total\n",
            "data/bad.py, line 2: data imports index, which lies above it",
        ),
        (
            "vocabulary/bad",
            "import madeup.data.load as load\n",
            "vocabulary/bad.py, line 1: vocabulary imports data, which lies above it",
        ),
        (
            "index/bad",
            "def late():\n    from ..run import build\n",
            "index/bad.py, line 2: index imports run, which lies above it",
        ),
        (
            "present/bad",
            "from madeup import cli\n",
            "present/bad.py, line 1: present imports cli, which lies above it",
        ),
        (
            "run/bad",
            "import madeup\n",
            "run/bad.py, line 1: imports the package root (madeup)",
        ),
        (
            "run/bad",
            "from madeup import build\n",
            "run/bad.py, line 1: imports the package root (madeup.build)",
        ),
        (
            "run/bad",
            "from .. import build\n",
            "run/bad.py, line 1: imports the package root (madeup.build)",
        ),
        ("data/utils", "x = 1\n", "data/utils.py: a module is named for what it is about"),
        ("tools/bad", "x = 1\n", "tools/bad.py: no floor for tools"),
    ],
)
def test_the_checker_catches_what_it_should(
    made_up: Path, module: str, text: str, problem: str
) -> None:
    """Each breach in a made-up package is named by file and line."""
    path = made_up / f"{module}.py"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    assert problem in floor_problems(made_up)


def test_the_checker_catches_a_circle_of_rooms(made_up: Path) -> None:
    """data needs index and index needs data: neither can be read without the other."""
    (made_up / "data" / "bad.py").write_text("from madeup.index import total\n")
    (made_up / "index" / "bad.py").write_text("from madeup.data import load\n")
    circle = [problem for problem in floor_problems(made_up) if "in a circle" in problem]
    assert len(circle) == 1
    assert {"data", "index"} <= set(circle[0].split(": ")[1].split(" -> "))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("import csv\n", "index/bad.py, line 1: imports csv"),
        ("from pathlib import Path\n", "index/bad.py, line 1: imports pathlib"),
        ("import openpyxl\n", "index/bad.py, line 1: imports openpyxl"),
        ("text = open('a.csv').read()\n", "index/bad.py, line 1: calls open()"),
        ("import pandas as pd\npd.read_csv('a')\n", "index/bad.py, line 2: calls read_csv()"),
    ],
)
def test_the_checker_catches_a_file_below(made_up: Path, text: str, problem: str) -> None:
    """A pure room that reads a file is named; another room may."""
    (made_up / "index" / "bad.py").write_text(text)
    (made_up / "data" / "good.py").write_text(text)
    assert disk_problems(made_up) == [problem]


def test_the_checker_catches_a_second_home(made_up: Path) -> None:
    """A package imported in two rooms has two homes."""
    (made_up / "run" / "bad.py").write_text("from statsmodels.api import OLS\n")
    assert homes(made_up, "statsmodels") == {"inference", "run"}
