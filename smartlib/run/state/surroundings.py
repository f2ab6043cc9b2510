"""What reports are made from, as hashes (floor 5)."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from smartlib.vocabulary.folders import CARRIED, PACKAGE, Folders

if TYPE_CHECKING:
    from smartlib.run.plan.values import Value

LOCK_FILE = "requirements.lock"
CODEBOOK = "codebook.toml"  # of the remarks that a report shows by theme
SHORT = 12  # hexadecimal digits that tell two builds apart
CODE_SUFFIXES = {".py", ".j2", ".css", ".js", ".json"}
# What checks, builds or installs: no report imports it, so that a new version changes none.
# fmt: off
TOOLS = {
    "annotated-doc", "arcp", "ast-serialize", "axe-playwright-python", "backports-tarfile",
    "cattrs", "chardet", "colorlog", "coverage", "cryptography", "docutils", "editables",
    "enum-tools", "execnet", "frictionless", "greenlet", "hatchling", "html5rdf", "humanize",
    "hypothesis", "id", "iniconfig", "inquirerpy", "isodate", "jaraco-classes", "jaraco-context",
    "jaraco-functools", "jeepney", "keyring", "librt", "marko", "more-itertools", "mypy", "nbval",
    "owlrl", "pathspec", "petl", "pfzy", "pip", "playwright", "ploomber-engine", "pluggy",
    "prettytable", "pyshacl", "pytest", "pytest-timeout", "pytest-xdist", "python-slugify",
    "pywin32-ctypes", "rdflib", "readme-renderer", "requests-cache", "requests-toolbelt",
    "rfc3986", "rich-click", "roc-validator", "rocrate", "ruff", "secretstorage", "shellingham",
    "simpleeval", "tabulate", "text-unidecode", "toml", "tomlkit", "trove-classifiers", "twine",
    "typer", "url-normalize", "uv", "validators", "xlwt",
}
# fmt: on
DISTRIBUTIONS = (".dist-info", ".egg-info")


@dataclass(frozen=True)
class Surroundings:
    """What the reports of a build depend on, mostly as SHA-256 by file.

    Attributes
    ----------
    inputs : mapping of str to str
        Files of `data/raw` and `data/processed`, and the codebook of remarks.
    code : mapping of str to str
        Files of the package.
    environment : mapping of str to str
        Versions of Python and of every installed distribution but `TOOLS`, and the lock file.
    notebooks : mapping of str to str
        Files of `notebooks`; a report depends on its own only.
    """

    inputs: Mapping[str, str] = field(default_factory=dict)
    code: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    notebooks: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, folders: Folders) -> Surroundings:
        """Those of a checkout and of the Python that runs here."""
        themes = folders.raw.parent.glob(CODEBOOK)
        data = [*folders.raw.rglob("*"), *folders.processed.rglob("*"), *themes]
        files = (path for path in PACKAGE.rglob("*") if not path.is_relative_to(CARRIED))
        code = [path for path in files if path.suffix in CODE_SUFFIXES]
        lock = folders.root / LOCK_FILE
        return cls(
            inputs=_hashes(data, folders.root),
            code=_hashes(code, PACKAGE.parent),
            environment={
                "python": platform.python_version(),
                **_distributions(),
                **_hashes([lock], folders.root),
            },
            notebooks=_hashes(folders.notebooks.glob("*.ipynb"), folders.root),
        )

    @cached_property
    def digests(self) -> dict[str, str]:
        """Short SHA-256 of what every report depends on."""
        return {name: digest[:SHORT] for name, digest in self._digests.items()}

    @cached_property
    def _digests(self) -> dict[str, str]:
        shared = {"inputs": self.inputs, "code": self.code, "environment": self.environment}
        return {name: _digest(dict(hashes)) for name, hashes in shared.items()}

    def key(self, notebook: str, parameters: Mapping[str, Value], page: object) -> str:
        """SHA-256 over all that one report is made from.

        Parameters
        ----------
        notebook : str
            Its notebook, as a path in the checkout.
        parameters : mapping of str to Value
            All that the notebook sees.
        page : object
            What stands around it; told apart by its `repr`.
        """
        return _digest([self._digests, self.notebooks[notebook], dict(parameters), repr(page)])

    def differing(self, other: Surroundings) -> set[str]:
        """Names of the files and distributions that two surroundings do not have alike."""
        return {name for name, _ in self._all() ^ other._all()}

    def _all(self) -> set[tuple[str, str]]:
        parts = (self.inputs, self.code, self.environment, self.notebooks)
        return {item for part in parts for item in part.items()}


def sha256(path: Path) -> str:
    """Of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def holds(path: Path, digest: str) -> bool:
    """Whether a file stands there with the bytes of a SHA-256."""
    return path.is_file() and sha256(path) == digest


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _hashes(files: Iterable[Path], root: Path) -> dict[str, str]:
    kept = [
        p for p in files if p.is_file() and p.suffix != ".part" and "__pycache__" not in p.parts
    ]
    return {path.relative_to(root).as_posix(): sha256(path) for path in sorted(kept)}


def _distributions() -> dict[str, str]:
    """Versions of what is installed, read from the names of its records, which is fast.

    Of a name in two folders the first of `sys.path` counts, as it does for imports.
    """
    folders = [Path(folder) for folder in reversed(sys.path)]
    records = [sorted(folder.glob(f"*{suffix}")) for folder in folders for suffix in DISTRIBUTIONS]
    pairs = [path.stem.rpartition("-") for paths in records for path in paths]
    named = {name or version: version for name, _, version in pairs}
    return {name: v for name, v in named.items() if _written(name) not in TOOLS}


def _written(name: str) -> str:
    """A distribution's name as `pyproject.toml` writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()
