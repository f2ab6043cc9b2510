"""The lessons that need the standard library alone, as a site that runs them in the browser.

`make course-site` writes `reports/course-site`: JupyterLite and Pyodide with all that they ask
for, the student notebooks in both languages, what these import of `smartlib.teach`, and the files
that they read. Any static host serves it; nothing is asked of another one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from typing import Any

from smartlib import __version__
from smartlib.data.writing import write_whole
from smartlib.teach.exercises.course import Course
from smartlib.teach.exercises.record import student_of
from smartlib.teach.exercises.registry import keys_for
from smartlib.teach.release.forms import template_of
from smartlib.teach.release.source import Source, read_source
from smartlib.vocabulary.folders import Folders

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv-site"
SITE = ROOT / "reports" / "course-site"
LESSONS = ("01", "02", "03")
LANGUAGES = ("id", "en")
VISITOR = "000000001"  # whose rows all visitors share
KERNEL = "@jupyterlite/pyodide-kernel-extension"
BUILDER = ("jupyterlite-core[contents]==0.8.6", "jupyterlite-pyodide-kernel==0.8.6")
NPM = shutil.which("npm") or "npm"
PYODIDE = "pyodide@314.0.6"  # the one that the kernel is made for
PARTS = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"
PLAIN = {"install_dir": "site", "package_type": "package", "unvendored_tests": False}
CARRIED = ("ipykernel", "piplite", "pyodide_kernel")  # wheels within the kernel's own package
WHEELS = Path(__file__).with_suffix(".txt")
ANY = "--only-binary :all: --platform any --implementation py --abi none --python-version 3.14"
READS = re.compile(r"""data_file\(["']([^"']+)["']\)""")
IMPORTED = "import sys, smartlib.teach as t; print(*(m.__file__ for n, m in sys.modules.items() \
if n.partition('.')[0] == 'smartlib'), sep='\\n')"


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """Run a command; what it prints."""
    made = subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.PIPE, text=True)
    return made.stdout


def lay_lessons(files: Path, folders: Folders) -> list[Source]:
    """Write the students' notebooks of each language; the lessons' sources."""
    course = Course(folders)
    student = student_of(VISITOR, course)
    lessons = [read_source(lesson, folders) for lesson in LESSONS]
    for source in lessons:
        keys = keys_for(source.lesson, course, student)
        for lang in LANGUAGES:
            (files / lang).mkdir(parents=True, exist_ok=True)
            content = template_of(source, lang).filled(student, keys)
            write_whole(files / lang / source.path.name, content)
    return lessons


def pack_smartlib(wheels: Path, lessons: list[Source]) -> None:
    """A wheel of what a lesson imports, and beside it, as in a checkout, of what it reads."""
    cells = [cell.source for source in lessons for cell in source.node.cells]
    read = {"raw/sources.toml", *READS.findall("\n".join(cells))}
    modules = [Path(line) for line in run(sys.executable, "-c", IMPORTED).splitlines()]
    about = f"smartlib-{__version__}.dist-info"
    described = f"Metadata-Version: 2.1\nName: smartlib\nVersion: {__version__}\n"
    wheel = "Wheel-Version: 1.0\nGenerator: smartlib\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    with zipfile.ZipFile(wheels / f"smartlib-{__version__}-py3-none-any.whl", "w") as archive:
        for path in sorted([*modules, *(ROOT / "data" / name for name in read)]):
            name = path.relative_to(ROOT).as_posix()
            archive.writestr(zipfile.ZipInfo(name), path.read_bytes())
        for name, text in (("METADATA", described), ("WHEEL", wheel), ("RECORD", "")):
            archive.writestr(zipfile.ZipInfo(f"{about}/{name}"), text)


def lay_pyodide(place: Path, lock: dict[str, Any]) -> list[str]:
    """Name the wheels in Pyodide's lock file, in place of all that it would fetch; their names."""
    packages = {}
    for wheel in sorted(place.glob("*.whl")):
        stem, version = wheel.name.split("-")[:2]
        name = stem.lower().replace("_", "-")
        packages[name] = {
            "name": name,
            "version": version,
            "file_name": wheel.name,
            "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
            **PLAIN,
            **dict.fromkeys(("depends", "imports"), ()),
        }
    (place / LOCK).write_text(json.dumps({**lock, "packages": packages}), encoding="utf-8")
    return list(packages)


def fetch(python: Path, place: Path) -> dict[str, Any]:
    """Lay Pyodide and the wheels, from registries; Pyodide's own lock file."""
    run(python, "-m", "pip", "download", "-q", "--no-deps", *ANY.split(), "-d", place, "-r", WHEELS)
    for name in CARRIED:
        for wheel in VENV.glob(f"share/jupyter/labextensions/{KERNEL}/static/pypi/{name}-*.whl"):
            shutil.copy(wheel, place)
    archive = place / run(NPM, "pack", "--silent", "--pack-destination", place, PYODIDE).strip()
    with tarfile.open(archive) as packed:
        packed.extractall(VENV, filter="data")
    for name in (*PARTS, LOCK):
        shutil.copy(VENV / "package" / name, place)
    archive.unlink()
    return dict(json.loads((place / LOCK).read_bytes()))


def main() -> int:
    """Make the environment, lay the files, build the site; the exit code."""
    if not shutil.which(NPM):
        print("Pyodide comes from npm. On Debian: apt-get install npm.", file=sys.stderr)
        return 1
    venv.create(VENV, with_pip=True, clear=True)
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    run(python, "-m", "pip", "install", "--quiet", *BUILDER)
    laid = VENV / "laid"
    place = laid / "static" / "pyodide"
    place.mkdir(parents=True)
    pack_smartlib(place, lay_lessons(laid / "files", Folders(ROOT)))
    packages = lay_pyodide(place, fetch(python, place))
    settings = {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": packages}}
    config = {
        "appName": "smartlib",
        "exposeAppInBrowser": True,  # as JupyterLab's own tests need it, and ours
        "litePluginSettings": {f"{KERNEL}:kernel": settings},
    }
    lite = {"jupyter-lite-schema-version": 0, "jupyter-config-data": config}
    (laid / "jupyter-lite.json").write_text(json.dumps(lite), encoding="utf-8")
    shutil.rmtree(SITE, ignore_errors=True)
    options = ("--apps", "lab", "--no-sourcemaps", "--no-unused-shared-packages")
    build = (python, "-m", "jupyterlite_core", "build", *options)
    run(*build, "--lite-dir", laid, "--output-dir", SITE, cwd=laid)
    size = sum(path.stat().st_size for path in SITE.rglob("*") if path.is_file())
    print(f"{SITE.relative_to(ROOT)}: {size / 1e6:.0f} MB, for any static host")
    return 0


if __name__ == "__main__":
    sys.exit(main())
