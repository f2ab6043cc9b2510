"""What reports were made from and what was made, alike for equal builds (floor 5).

`run.json` tells of one run: times, versions of all that is installed, what was kept.
`manifest.json` tells of the result alone, so that two builds from the same files give the same.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from smartlib.data.writing import write_whole
from smartlib.run.plan.records import Entry
from smartlib.run.state.crate import CRATE, README, Contents, crate_bytes, workflow_path
from smartlib.run.state.manifest import Manifest
from smartlib.run.state.surroundings import LOCK_FILE, sha256
from smartlib.vocabulary.folders import Folders

MANIFEST = "manifest.json"
ABOUT = """Reports made by `smartlib build`. `index.html` leads to all of them.

`manifest.json` has the SHA-256 of every file and of what it was made from;
`ro-crate-metadata.json` tells the same as an RO-Crate; `run.json` tells of the last run.
"""


@dataclass(frozen=True)
class Revision:
    """Where a checkout stands in its history.

    Attributes
    ----------
    commit : str or None
        Hash; none outside git.
    clean : bool or None
        Whether every file is as committed.
    day : str or None
        Of the commit, ISO 8601.
    """

    commit: str | None = None
    clean: bool | None = None
    day: str | None = None

    @classmethod
    def of(cls, root: Path) -> Revision:
        """That of a folder which is itself the top of a git checkout.

        Parameters
        ----------
        root : Path
            Of the checkout or workbook.
        """
        top = _git(root, "rev-parse", "--show-toplevel")
        commit = _git(root, "rev-parse", "HEAD")
        if not top or not commit or Path(top).resolve() != root.resolve():
            return cls()
        clean = _git(root, "status", "--porcelain") == ""
        return cls(commit, clean, _git(root, "log", "-1", "--format=%cs"))


def _git(root: Path, *words: str) -> str | None:
    """What git answers; nothing where it is not installed or has no answer."""
    try:
        ran = subprocess.run(
            ["git", "-C", str(root), *words], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return ran.stdout.strip()


def manifest_bytes(manifest: Manifest, reports: Path, revision: Revision) -> bytes:
    """`manifest.json` of what stands in a reports folder.

    Parameters
    ----------
    manifest : Manifest
        What is known.
    reports : Path
        Folder.
    revision : Revision
        Of the checkout that the reports were made in.
    """
    around = manifest.around
    fields = {
        "smartlib": metadata.version("smartlib"),
        "commit": revision.commit,
        "clean": revision.clean,
        "inputs": around.inputs,
        "code": around.code,
        "notebooks": around.notebooks,
        "lock": around.environment.get(LOCK_FILE),
        "site": manifest.site and manifest.site.files,
        "reports": [
            _told(manifest.entries[output], reports) for output in sorted(manifest.entries)
        ],
    }
    return (json.dumps(fields, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode("utf-8")


def _told(entry: Entry, reports: Path) -> dict[str, Any]:
    return {
        "output": entry.output,
        "notebook": entry.notebook,
        "title": entry.title,
        "lang": entry.lang,
        "region": entry.region,
        "parameters": dict(entry.parameters),
        "failed": entry.outcome == "failed",
        "files": hashes_of(entry, reports),
    }


def hashes_of(entry: Entry, reports: Path) -> Mapping[str, str]:
    """SHA-256 of each file that stands there of a report, by path below the reports folder.

    Parameters
    ----------
    entry : Entry
        Of the report.
    reports : Path
        Folder.
    """
    files = [name for name in sorted(entry.files) if (reports / name).is_file()]
    return {name: sha256(reports / name) for name in files}


def write_provenance(
    manifest: Manifest, folders: Folders, day: str, *, times: Mapping[str, str]
) -> dict[str, str]:
    """Write the manifest and the crate of a reports folder; their SHA-256 by name.

    Parameters
    ----------
    manifest : Manifest
        What is known.
    folders : Folders
        Of the checkout; their reports folder exists.
    day : str
        On which the crate counts as published where no commit tells it.
    times : mapping of str to str
        When reports were made, by output; nothing where equal builds are to be equal.

    Raises
    ------
    OSError
        A file cannot be written.
    """
    reports, revision = folders.reports, Revision.of(folders.root)
    whole = manifest_bytes(manifest, reports, revision)
    write_whole(reports / MANIFEST, whole)
    told = _contents(manifest, folders, revision.day or day, times)
    contents = {MANIFEST: whole, CRATE: crate_bytes(told)}
    write_whole(reports / CRATE, contents[CRATE])
    return {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}


def _contents(manifest: Manifest, folders: Folders, day: str, times: Mapping[str, str]) -> Contents:
    """What the crate tells of; the notebooks that were run are copied into it."""
    reports, entries = folders.reports, [manifest.entries[o] for o in sorted(manifest.entries)]
    files = {name for entry in entries for name in entry.files}
    for notebook in {entry.notebook for entry in entries}:
        if not (folders.root / notebook).is_file():  # of a report made before it was taken away
            continue
        copy = reports / workflow_path(notebook)
        copy.parent.mkdir(exist_ok=True)
        write_whole(copy, (folders.root / notebook).read_bytes())
        files.add(workflow_path(notebook))
    if not (reports / README).exists():
        write_whole(reports / README, ABOUT.encode("utf-8"))
    files |= {MANIFEST, README, *(manifest.site.files if manifest.site else ())}
    there = [name for name in sorted(files) if (reports / name).is_file()]
    sizes = {name: (sha256(reports / name), (reports / name).stat().st_size) for name in there}
    return Contents(tuple(entries), sizes, manifest.around.inputs, day, times)
