"""What reports were made from and what was made, alike for equal builds (floor 5).

`run.json` tells of one run: times, versions of all that is installed, what was kept.
`manifest.json` tells of the result alone, so that two builds from the same files give the same.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from smartlib.run.plan.records import Entry
from smartlib.run.state.manifest import Manifest
from smartlib.run.state.surroundings import LOCK_FILE, sha256

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Revision:
    """Where a checkout stands in its history.

    Attributes
    ----------
    commit : str or None
        Hash; none outside git.
    clean : bool or None
        Whether every file is as committed.
    """

    commit: str | None = None
    clean: bool | None = None

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
        return cls(commit, _git(root, "status", "--porcelain") == "")


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
