"""Whether anything is due, told by hashes alone (floor 5).

A build asks this first, and ends here when nothing is: so this module, and what it imports,
know nothing of tables, notebooks or pages.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from smartlib.run.plan.records import INDEX, Batch, Built, Entry, Selection
from smartlib.run.state.manifest import Manifest, read_manifest
from smartlib.run.state.surroundings import Surroundings, holds
from smartlib.vocabulary.folders import Folders

REWRITTEN = "data/processed/"  # by every build, from the other inputs


@dataclass(frozen=True)
class Glance:
    """What a first look tells.

    Attributes
    ----------
    built : Built or None
        The build as it stands, if it needs nothing.
    due : bool
        Whether a report is known to be due; if not, one may be all the same.
    """

    built: Built | None = None
    due: bool = False


def glance(selection: Selection, folders: Folders) -> Glance:
    """Look whether a build has anything to do.

    Parameters
    ----------
    selection : Selection
        What is asked for.
    folders : Folders
        Where; nothing is written.

    Raises
    ------
    BuildError
        An earlier manifest cannot be read.
    """
    began = time.perf_counter()
    earlier, around = read_manifest(folders.reports), Surroundings.of(folders)
    keys = earlier.plans.get(selection)
    used = {earlier.entries[output].notebook for output in keys or () if output in earlier.entries}
    unused = {*around.notebooks, *earlier.around.notebooks} - used
    changed = around.differing(earlier.around) - unused
    if any(not name.startswith(REWRITTEN) for name in changed):
        return Glance(due=True)
    if changed or keys is None:
        return Glance()
    kept = fresh(keys, earlier.entries, folders.reports)
    if len(kept) < len(keys):
        return Glance(due=True)
    if (
        selection.bundle
        or earlier.interrupted
        or not _site_stands(earlier, selection, folders.reports)
    ):
        return Glance()
    batch = Batch(tuple(kept.values()), len(keys), time.perf_counter() - began, False)
    return Glance(Built(batch, folders.reports / INDEX))


def fresh(keys: Mapping[str, str], entries: Mapping[str, Entry], reports: Path) -> dict[str, Entry]:
    """The reports that need not be made again, as kept.

    Parameters
    ----------
    keys : mapping of str to str
        What each report is to be made from, by output.
    entries : mapping of str to Entry
        Of earlier builds.
    reports : Path
        Folder; page and notebook must stand there as they were written.
    """
    return {
        output: replace(entries[output], outcome="kept", traceback="")
        for output, key in keys.items()
        if output in entries and _is_fresh(entries[output], key, reports)
    }


def _is_fresh(entry: Entry, key: str, reports: Path) -> bool:
    return (
        entry.outcome != "failed"
        and entry.key == key
        and holds(reports / f"{entry.output}.html", entry.sha256)
        and holds(reports / f"{entry.output}.ipynb", entry.notebook_sha256)
        and all(holds(reports / f"{entry.output}.{name}", sha) for name, sha in entry.forms.items())
    )


def _site_stands(earlier: Manifest, selection: Selection, reports: Path) -> bool:
    """Whether the index page is the one this build would write, and the workbook whole."""
    site = earlier.site
    return (
        site is not None
        and (site.year, site.lang) == (selection.year, selection.langs[0])
        and all(holds(reports / name, digest) for name, digest in site.files.items())
        and all(
            entry.outcome == "failed" or (reports / f"{entry.output}.html").is_file()
            for entry in earlier.entries.values()  # the index links them
        )
    )
