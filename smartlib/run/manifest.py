"""Provenance: what each report was made from, by what, and with what result (floor 5).

A report whose key and page are unchanged need not be made again.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

from smartlib.data.writing import write_whole
from smartlib.run.pages import version
from smartlib.run.parameters import Value
from smartlib.vocabulary.errors import BuildError
from smartlib.vocabulary.folders import Folders

MANIFEST = "manifest.json"
LOCK = "requirements.lock"
PACKAGE = Path(__file__).resolve().parents[1]
SHORT = 12  # hexadecimal digits that tell two builds apart
CODE_SUFFIXES = {".py", ".j2", ".css", ".json"}


@dataclass(frozen=True)
class Entry:
    """One report in the manifest.

    Attributes
    ----------
    output : str
        Path below the reports folder, without a suffix.
    notebook, title, lang, region : str
        As in its job.
    parameters : mapping of str to Value
        All that the notebook saw, defaults included.
    files : tuple of str
        What this entry left, below the reports folder.
    key : str
        SHA-256 over notebook, parameters, inputs, code and environment.
    sha256 : str
        Of the page that stands there; nothing when none does.
    seconds : float
        Of the run that made (or failed to make) it.
    outcome : {"made", "kept", "failed"}
        Of the last build that named it.
    traceback : str
        When it failed.
    made_with : mapping of str to str
        Digests of the inputs, code and environment of the build that made it; the listing
        at the manifest's head is that of the last build.
    """

    output: str
    notebook: str
    title: str
    lang: str
    region: str
    parameters: Mapping[str, Value]
    files: tuple[str, ...]
    key: str
    sha256: str
    seconds: float
    outcome: Literal["made", "kept", "failed"]
    traceback: str = ""
    made_with: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Surroundings:
    """What every report of a build depends on, as hashes by file.

    Attributes
    ----------
    inputs : mapping of str to str
        Files of `data/raw` and `data/processed`.
    code : mapping of str to str
        Files of the package.
    environment : mapping of str to str
        Python's version and the lock file.
    """

    inputs: Mapping[str, str]
    code: Mapping[str, str]
    environment: Mapping[str, str]

    @classmethod
    def of(cls, folders: Folders) -> Surroundings:
        """Hash the files of a checkout."""
        data = [*folders.raw.rglob("*"), *folders.processed.rglob("*")]
        code = [path for path in PACKAGE.rglob("*") if path.suffix in CODE_SUFFIXES]
        lock = folders.root / LOCK
        environment = {"python": platform.python_version()}
        environment |= {LOCK: sha256(lock)} if lock.is_file() else {}
        return cls(_hashes(data, folders.root), _hashes(code, PACKAGE.parent), environment)

    @cached_property
    def digests(self) -> dict[str, str]:
        """Short SHA-256 of each of the three."""
        texts = {name: json.dumps(hashes, sort_keys=True) for name, hashes in asdict(self).items()}
        return {
            name: hashlib.sha256(text.encode("utf-8")).hexdigest()[:SHORT]
            for name, text in texts.items()
        }

    def key(self, notebook: Path, parameters: Mapping[str, Value], page: object) -> str:
        """SHA-256 over all that one report is made from.

        Parameters
        ----------
        notebook : Path
            Its notebook.
        parameters : mapping of str to Value
            All that the notebook sees.
        page : object
            What stands around it; told apart by its `repr`.
        """
        parts = [asdict(self), sha256(notebook), dict(parameters), repr(page)]
        text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()


def sha256(path: Path) -> str:
    """Of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _hashes(files: Iterable[Path], root: Path) -> dict[str, str]:
    kept = [
        p for p in files if p.is_file() and p.suffix != ".part" and "__pycache__" not in p.parts
    ]
    return {path.relative_to(root).as_posix(): sha256(path) for path in sorted(kept)}


def read_manifest(reports: Path) -> dict[str, Entry]:
    """Entries of earlier builds by output; none when there is no manifest.

    Raises
    ------
    BuildError
        The manifest is there and cannot be read.
    """
    path = reports / MANIFEST
    if not path.is_file():
        return {}
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))["reports"]
        entries = [Entry(**{**entry, "files": tuple(entry["files"])}) for entry in fields]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BuildError(
            f"{MANIFEST} in the reports folder cannot be read ({error}). Delete it; every "
            "report is then made anew."
        ) from error
    return {entry.output: entry for entry in entries}


def write_manifest(
    entries: Iterable[Entry], around: Surroundings, folders: Folders, interrupted: bool = False
) -> None:
    """Write `manifest.json` whole, sorted, with no path of this machine.

    Parameters
    ----------
    entries : iterable of Entry
        All known reports, whatever build made them.
    around : Surroundings
        Of this build.
    folders : Folders
        Its root is written as `.` in tracebacks.
    interrupted : bool
        Whether the build was stopped before its end.
    """
    reports = [asdict(e) for e in sorted(entries, key=lambda e: e.output)]
    fields = {
        "smartlib": version(),
        "interrupted": interrupted,
        **asdict(around),
        "reports": reports,
    }
    folders.reports.mkdir(parents=True, exist_ok=True)
    text = json.dumps(fields, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    write_whole(folders.reports / MANIFEST, text.encode("utf-8"))


def is_fresh(entry: Entry | None, key: str, reports: Path) -> bool:
    """Whether a report stands there that was made from the same things.

    Parameters
    ----------
    entry : Entry or None
        Of an earlier build.
    key : str
        Of the present one.
    reports : Path
        Folder of the reports.
    """
    if entry is None or entry.key != key or entry.outcome == "failed":
        return False
    page, notebook = (reports / f"{entry.output}{suffix}" for suffix in (".html", ".ipynb"))
    return page.is_file() and notebook.is_file() and sha256(page) == entry.sha256


def kept(entry: Entry) -> Entry:
    """The entry of a report that was not made again."""
    return replace(entry, outcome="kept", traceback="")


def pathless(text: str, root: Path) -> str:
    """A traceback without this machine's folders.

    Parameters
    ----------
    text : str
        Of a traceback or an output.
    root : Path
        Of the checkout; written as a point.
    """
    places = {
        str(root.resolve()): ".",
        str(root): ".",
        sys.prefix: "<environment>",
        sys.base_prefix: "<python>",
        str(Path.home()): "~",
    }
    for place, shown in sorted(places.items(), key=lambda item: -len(item[0])):
        text = text.replace(place, shown) if len(place) > 1 else text
    return text
