"""A report's record as the plain data that a typesetter's template reads (floor 4).

Texts become runs, so that the template need not know marks; figures become drawings, with
letters of a face that travels with the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from smartlib.present.document.blocks import (
    Block,
    Chart,
    Fold,
    Grid,
    Listing,
    Passage,
    Report,
    Section,
)
from smartlib.present.document.charts import drawn
from smartlib.present.document.inline import runs

WIDTH = 660.0  # pixels of a figure that is as wide as the page's text


def typeset(report: Report, face: str) -> dict[str, Any]:
    """Everything that the template needs of a report.

    Parameters
    ----------
    report : Report
        The record.
    face : str
        Of the letters in figures.
    """
    return {
        "lang": report.lang,
        "title": report.title,
        "name": report.name,
        "year": report.year,
        "dated": report.dated,
        "subtitle": report.subtitle,
        "cells": [[cell.label, cell.value, cell.note] for cell in report.cells],
        "standout": _runs(report.standout),
        "strip": _figure(report.strip, face),
        "sections": [_section(section, face) for section in report.sections],
    }


def bound(reports: Sequence[Report], cover: Grid, face: str) -> dict[str, Any]:
    """Everything that the template needs of several reports behind a cover.

    Parameters
    ----------
    reports : sequence of Report
        Of one language; at least one.
    cover : Grid
        Table on the first page; its caption is the title.
    face : str
        Of the letters in figures.
    """
    first = reports[0]
    return {
        "lang": first.lang,
        "title": cover.caption,
        "name": first.province,
        "year": first.year,
        "dated": first.dated,
        "cover": _table(cover),
        "items": [typeset(report, face) for report in reports],
    }


def _section(section: Section, face: str) -> dict[str, Any]:
    printed = [b for b in section.blocks if not isinstance(b, Fold) or b.printed]
    return {"title": section.title, "blocks": [_block(block, face) for block in printed]}


def _runs(text: str) -> list[list[str]]:
    return [[run.kind, run.text] for run in runs(text)]


def _block(block: Block, face: str) -> dict[str, Any]:
    if isinstance(block, Passage):
        return {"kind": "text", "runs": _runs(block.text), "quiet": block.quiet}
    if isinstance(block, Listing):
        return {"kind": "list", "items": [_runs(item) for item in block.items]}
    if isinstance(block, Grid):
        return _table(block)
    if isinstance(block, Fold):
        inside = [_block(one, face) for one in block.blocks]
        return {"kind": "fold", "title": block.title, "blocks": inside}
    return _figure(block, face)


def _table(grid: Grid) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": _runs(grid.caption),
        "heads": [_runs(head) for head in grid.headings],
        "rows": [[_runs(cell) for cell in row] for row in grid.rows],
        "numeric": list(grid.numeric),
        "total": grid.total,
    }


def _figure(chart: Chart, face: str) -> dict[str, Any]:
    return {
        "kind": "figure",
        "svg": drawn(chart, WIDTH, alone=True, face=face),
        "alt": chart.alt,
        "title": chart.title,
        "source": chart.source,
    }
