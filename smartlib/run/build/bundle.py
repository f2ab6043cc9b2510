"""One PDF a province: a cover with a table of its regions, then their reports (floor 5)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import nbformat

from smartlib.data.writing import write_whole
from smartlib.present.document.blocks import Grid, Report
from smartlib.present.document.typeset import bound
from smartlib.run.plan.plan import slug
from smartlib.run.plan.records import FIRST_LANG, Entry
from smartlib.run.site.pdf import FACE, compiled
from smartlib.run.site.report_page import report_in

FOLDER = "provinces"


def write_bundles(entries: Iterable[Entry], reports: Path) -> list[Path]:
    """Write a PDF for each province and language of some reports.

    Parameters
    ----------
    entries : iterable of Entry
        Of region reports whose notebooks stand; their records are all that is read.
    reports : Path
        The reports folder.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    BuildError
        The typesetter is not installed, refuses a bundle, or a record is of another version.
    OSError
        The folder cannot be written to.
    """
    found = [_record(reports / f"{entry.output}.ipynb") for entry in entries if entry.region]
    records = sorted(filter(None, found), key=lambda one: (one.lang, one.code[:2], one.code))
    paths = []
    for (lang, code), group in groupby(records, key=lambda one: (one.lang, one.code[:2])):
        inside = list(group)
        ending = "" if lang == FIRST_LANG else f".{lang}"
        path = reports / FOLDER / f"{code}-{slug(inside[0].province)}{ending}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, compiled(bound(inside, _cover(inside), FACE)))
        paths.append(path)
    return paths


def _record(notebook: Path) -> Report | None:
    return report_in(nbformat.read(notebook, as_version=4)) if notebook.is_file() else None


def _cover(reports: list[Report]) -> Grid:
    """A row a region: what stands in the cells of its first screen."""
    first = reports[0]
    return Grid(
        caption=f"{first.province} · Smart City {first.year}",
        headings=(first.province, *(cell.label for cell in first.cells)),
        rows=tuple((one.name, *(cell.value for cell in one.cells)) for one in reports),
        numeric=tuple(range(1, 1 + len(first.cells))),
    )
