"""Rooms with floors: imports point down, each third-party package has one home, no disk below."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "smartlib"
OWN = "its own modules"
# Each room with rooms in it, and their floors from the lowest up; rooms in brackets stand side
# by side on one floor and do not import each other. A room's `__init__` is its face, above all.
HOUSE: dict[str, tuple[str | tuple[str, ...], ...]] = {
    "": ("vocabulary", "data", "index", "inference", "present", "run", "teach", "cli"),
    "vocabulary": ("words", OWN),
    "data": ("reading", "tables", "documents", OWN, ("from_documents", "programme", "exporting")),
    "data/documents": ("formats", OWN),
    "data/tables": ("values", "names", "rows", OWN),
    "index": (OWN, "make", ("audit", "trust"), "ranks", "region"),
    "inference": (
        "terms",
        "core",
        "descriptive",
        "factors",
        "checks",
        "curve",
        "programme",
        "outcomes",
    ),
    "present": ("words", "document", "drawing", ("region", "national", "regression"), "paper", OWN),
    "present/region": (OWN, "reported"),
    "present/words": (("national", "papers"), OWN),
    "run": ("plan", "state", "site", "execute", ("build", "cluster", "ingest"), "commands"),
    "run/execute": ("warm", OWN),
    "teach": ("checking", "exercises", "release", "grade"),
    "cli": ("terminal", "verbs", OWN),
    "cli/verbs": ("analysis", OWN),
}
MOST = 14  # modules of a room's own, its face apart: about a dozen can be taken in at a look
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


@cache
def parsed(text: str) -> list[ast.AST]:
    """What a module says that a rule may speak of: its imports and calls, wherever they stand."""
    spoken_of = (ast.Import, ast.ImportFrom, ast.Call)
    return [node for node in ast.walk(ast.parse(text)) if isinstance(node, spoken_of)]


def sources(package: Path) -> Iterator[tuple[str, str, list[ast.AST]]]:
    """Path below the package, room, imports and calls of each module."""
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        yield "/".join(parts) + ".py", parts[0], parsed(path.read_text(encoding="utf-8"))


def targets(node: ast.AST, package: str, file: str) -> list[str]:
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
        for file, room, nodes in sources(package)
        for node in nodes
        for target in targets(node, package.name, file)
    ]


def floors(room: str) -> dict[str, int]:
    """Floor of each room in a room."""
    levels = ((level,) if isinstance(level, str) else level for level in HOUSE.get(room, ()))
    return {name: floor for floor, names in enumerate(levels) for name in names}


def module_of(target: str, modules: set[str]) -> str:
    """The module that an imported name comes from, as a path; a room stands for its face."""
    parts = target.split(".")[1:]
    beginnings = ["/".join(parts[:length]) for length in range(len(parts), 0, -1)]
    paths = (path for start in beginnings for path in (start, f"{start}/__init__"))
    return next((path for path in paths if path in modules), "__init__")


def breach(here: str, there: str) -> str:
    """What is wrong with one module's import of another, if anything is."""
    one, other = here.split("/"), there.split("/")
    rooms = zip(one[:-1], other[:-1], strict=False)
    depth = next((n for n, (a, b) in enumerate(rooms) if a != b), min(len(one), len(other)) - 1)
    room, known = "/".join(one[:depth]), floors("/".join(one[:depth]))
    if other[depth] == "__init__":
        return f"imports the {f'face of {room}' if room else 'package root'}"
    if one[depth].startswith("__"):
        return ""  # a face stands above all
    if other[depth].startswith("__"):
        return f"{one[depth]} imports {other[depth]}, which lies above it"
    names = [path[depth] if len(path) > depth + 1 else OWN for path in (one, other)]
    if not known or names == [OWN, OWN] or not set(names) <= known.keys():
        return ""  # of a room that is not in the table there is a problem of its own
    mine, its = (f"{room}/{path[depth]}".removeprefix("/") for path in (one, other))
    if known[names[1]] > known[names[0]]:
        return f"{mine} imports {its}, which lies above it"
    beside = known[names[1]] == known[names[0]] and names[0] != names[1]
    return f"{mine} imports {its}, which stands beside it" if beside else ""


def room_problems(modules: set[str]) -> list[str]:
    """Rooms and modules that belong nowhere, rooms with too many, and names that say nothing."""
    problems = [f"{m}.py: a module is named for what it is about" for m in modules if "utils" in m]
    own: dict[str, list[str]] = {}
    for path in sorted(modules):
        room, _, name = path.rpartition("/")
        own.setdefault(room, []).extend([name] if not name.startswith("__") else [])
    for path, names in own.items():
        room, _, name = path.rpartition("/")
        if path and name not in floors(room):
            problems.append(f"{path}: no floor in {room or 'the house'}")
        if path in HOUSE and names and OWN not in floors(path):
            problems.append(f"{path or 'the house'}: no floor for {', '.join(names)}")
        if len(names) > MOST:
            problems.append(f"{path}: {len(names)} modules of its own, more than {MOST}")
    return problems


def floor_problems(package: Path) -> list[str]:
    """Imports upwards, sideways, of a face above or in a circle, and what belongs nowhere."""
    modules = {file.removesuffix(".py") for file, _, _ in sources(package)}
    problems = room_problems(modules)
    below: dict[str, set[str]] = {}
    for found in imports(package):
        if found.package == package.name:
            here, there = found.file.removesuffix(".py"), module_of(found.target, modules)
            problem = breach(here, there)
            if problem:
                problems.append(f"{found.file}, line {found.line}: {problem} ({found.target})")
            below.setdefault(here, set()).add(there)
    try:
        TopologicalSorter(below).prepare()
    except CycleError as error:
        problems.append(f"modules import each other in a circle: {' -> '.join(error.args[1])}")
    return problems


def disk_problems(package: Path) -> list[str]:
    """Where a pure room reaches for a file."""
    problems = [
        f"{found.file}, line {found.line}: imports {found.package}"
        for found in imports(package)
        if found.room in PURE and found.package in DISK_MODULES
    ]
    for file, room, nodes in sources(package):
        for node in nodes:
            if room in PURE and isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in DISK_CALLS:
                    problems.append(f"{file}, line {node.lineno}: calls {name}()")
    return problems


def homes(package: Path, third_party: str) -> set[str]:
    """Rooms that import a third-party package."""
    return {found.room for found in imports(package) if found.package == third_party}


def test_imports_point_down() -> None:
    """No room imports one above it, or beside it, at any depth; and every room has its floor."""
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
    assert ("data/reading/workbook.py", "python_calamine") in found
    assert ("cli/entry.py", "smartlib.cli.terminal.failures.told") in found
    assert ("index/audit/arithmetic.py", "smartlib.index.make.composite.weighted_total") in found
    assert homes(PACKAGE, "openpyxl") == {"data"}


def write(package: Path, name: str, text: str) -> None:
    """A module, and a face for each room on the way to it."""
    path = package / f"{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    for room in path.relative_to(package).parents:
        (package / room / "__init__.py").touch()
    path.write_text(text)


@pytest.fixture
def made_up(tmp_path: Path) -> Path:
    """A package that keeps the floors."""
    package = tmp_path / "madeup"
    modules = {
        "__init__": "from madeup.run.build.batch import build\n",
        "__main__": "from madeup.cli import main\n",
        "cli/__init__": "from madeup.cli.entry import main\n",
        "cli/entry": "import click\nfrom madeup.cli.verbs import build\nmain = build\n",
        "cli/verbs/build": "from madeup.run.build.batch import build\n",
        "vocabulary/errors": "class Wrong(Exception): pass\n",
        "data/load": "import openpyxl\nfrom madeup.vocabulary.errors import Wrong\n",
        "index/__init__": "from madeup.index.make.total import total\n",
        "index/make/total": "import numpy as np\nfrom ...vocabulary import errors\ntotal = 1\n",
        "index/make/rank": "from madeup.index.make.total import total\n",
        "index/audit/__init__": "from madeup.index.audit.means import mean\n",
        "index/audit/means": "from ..make.total import total\nmean = total\n",
        "index/trust/change": "from madeup.index.make import rank\n",
        "inference/core/fit": "import statsmodels.api as sm\nfrom madeup import index\n",
        "run/build/batch": "import madeup.data.load\nfrom ..execute.engine import engine\n",
        "run/execute/engine": "from .warm.server import server\nengine = server\n",
        "run/execute/warm/server": "server = 1\n",
        "run/cluster/remote": "from madeup.run.execute import engine\n",
    }
    for name, text in modules.items():
        write(package, name, text)
    return package


def test_a_package_that_keeps_the_floors_passes(made_up: Path) -> None:
    """Downward, sideways within a room, relative and face imports are all allowed."""
    assert floor_problems(made_up) == []
    assert disk_problems(made_up) == []
    assert homes(made_up, "statsmodels") == {"inference"}


@pytest.mark.parametrize(
    ("module", "text", "problem"),
    [
        (
            "data/bad",
            "\nfrom madeup.index import total\n",
            "line 2: data imports index, which lies",
        ),
        (
            "vocabulary/bad",
            "import madeup.data.load as x\n",
            "line 1: vocabulary imports data, which",
        ),
        (
            "index/make/bad",
            "def late():\n    from ...run import build\n",
            "line 2: index imports run, which lies above it (madeup.run.build)",
        ),
        ("present/bad", "from madeup import cli\n", "present imports cli, which lies above it"),
        (
            "cli/bad",
            "import madeup.__main__\n",
            "line 1: cli imports __main__, which lies above it",
        ),
        ("run/plan/bad", "import madeup\n", "line 1: imports the package root (madeup)"),
        ("run/plan/bad", "from madeup import build\n", "imports the package root (madeup.build)"),
        ("run/plan/bad", "from ... import build\n", "imports the package root (madeup.build)"),
        (
            "index/make/bad",
            "from madeup.index.audit.means import mean\n",
            "line 1: index/make imports index/audit, which lies above it (madeup.index.audit.means",
        ),
        ("index/make/bad", "from ..audit import mean\n", "imports index/audit, which lies above"),
        ("index/make/__init__", "from ..audit import mean\n", "imports index/audit, which lies"),
        (
            "index/make/bad",
            "from madeup.index import total\n",
            "line 1: imports the face of index (",
        ),
        ("index/make/bad", "from madeup import index\n", "line 1: imports the face of index ("),
        ("index/audit/bad", "from . import mean\n", "line 1: imports the face of index/audit ("),
        (
            "index/trust/bad",
            "from madeup.index.audit import mean\n",
            "index/trust imports index/audit, which stands beside it",
        ),
        (
            "run/cluster/bad",
            "def late():\n    import madeup.run.build.batch\n",
            "line 2: run/cluster imports run/build, which stands beside it",
        ),
        (
            "run/execute/warm/bad",
            "from ..engine import engine\n",
            "line 1: run/execute/warm imports run/execute/engine, which lies above it",
        ),
        ("cli/verbs/bad", "from ..entry import main\n", "cli/verbs imports cli/entry, which lies"),
    ],
)
def test_the_checker_catches_an_import(made_up: Path, module: str, text: str, problem: str) -> None:
    """Each breach in a made-up package is named by file and line."""
    write(made_up, module, text)
    (found,) = [p for p in floor_problems(made_up) if "in a circle" not in p]
    assert found.startswith(f"{module}.py, line ")
    assert problem in found


@pytest.mark.parametrize(
    ("module", "problem"),
    [
        ("data/utils", "data/utils.py: a module is named for what it is about"),
        ("run/site/web_utils", "run/site/web_utils.py: a module is named for what it is about"),
        ("tools/bad", "tools: no floor in the house"),
        ("tools", "the house: no floor for tools"),
        ("index/more/bad", "index/more: no floor in index"),
        ("vocabulary/things/bad", "vocabulary/things: no floor in vocabulary"),
        ("inference/bad", "inference: no floor for bad"),
        ("run/execute/warm/hot/bad", "run/execute/warm/hot: no floor in run/execute/warm"),
    ],
)
def test_the_checker_catches_what_belongs_nowhere(made_up: Path, module: str, problem: str) -> None:
    """A room or module without a floor, and a name that says nothing."""
    write(made_up, module, "x = 1\n")
    assert floor_problems(made_up) == [problem]


def test_the_checker_counts_the_modules_of_a_room(made_up: Path) -> None:
    """As many as are allowed pass, one more does not; a face is not counted."""
    for number in range(MOST - 2):
        write(made_up, f"index/make/part_{number}", "x = 1\n")
    assert floor_problems(made_up) == []
    write(made_up, "index/make/another", "x = 1\n")
    assert floor_problems(made_up) == [
        f"index/make: {MOST + 1} modules of its own, more than {MOST}"
    ]


@pytest.mark.parametrize("rooms", [("index/make", "index/make"), ("index", "data")])
def test_the_checker_catches_a_circle(made_up: Path, rooms: tuple[str, str]) -> None:
    """Two modules that need each other, in one room or two: neither can be read alone."""
    for name, room, other in (("one", *rooms), ("two", *reversed(rooms))):
        back = "two" if name == "one" else "one"
        path = ".".join([*other.split("/"), back])
        write(made_up, f"{room}/{name}", f"def late():\n    import madeup.{path}\n")
    (circle,) = [problem for problem in floor_problems(made_up) if "in a circle" in problem]
    assert {f"{rooms[0]}/one", f"{rooms[1]}/two"} <= set(circle.split(": ")[1].split(" -> "))


def test_every_declared_room_is_there() -> None:
    """The table of floors names no room that is gone, and no floor of own modules without any."""
    for room in HOUSE:
        for name in floors(room):
            inside = PACKAGE / room if name == OWN else PACKAGE / room / name
            modules = {path.name for path in inside.glob("*.py")} - {"__init__.py"}
            assert modules or (name != OWN and any(inside.glob("*/*.py"))), f"{room}: {name}"


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
    write(made_up, "index/bad", text)
    write(made_up, "data/good", text)
    assert disk_problems(made_up) == [problem]


def test_the_checker_catches_a_second_home(made_up: Path) -> None:
    """A package imported in two rooms has two homes."""
    write(made_up, "run/bad", "from statsmodels.api import OLS\n")
    assert homes(made_up, "statsmodels") == {"inference", "run"}
