"""A score table in whatever sheet, order and wording its author gave it (floor 1)."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from smartlib.data.reading.files import TextTable, some_headings
from smartlib.data.reading.grids import Sheets
from smartlib.data.tables.names.gazetteer import Gazetteer
from smartlib.data.tables.rows.cells import text_of
from smartlib.data.tables.rows.layout import Layout, find_layout
from smartlib.data.tables.rows.match import match_rows
from smartlib.data.tables.values.questions import Choices, QuestionError
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Finding, Scheme
from smartlib.vocabulary.tables import SCORE_HEADINGS

HEADING = {name: heading for heading, name in SCORE_HEADINGS.items()}
OPTIONAL = {"improvement", "collaboration"}
WORDING = {
    "baseline": r"base ?line",
    "output": r"out ?put",
    "outcome": r"out ?come",
    "impact": r"impact|dampak",
    "quick_wins": r"quick ?wins?",
    "collaboration": r"kolaborasi|collaboration",
    "improvement": r"improvement|peningkatan",
    "published_index": r"final|akhir|indeks pencapaian|^total|published.?index",
    "track": r"^ket(erangan)?\b|kategori|jalur|track|formula",
}


def score_table(
    sheets: Sheets, name: str, gazetteer: Gazetteer, scheme: Scheme, choices: Choices
) -> TextTable:
    """The sheet of a file that is a score table, under the ministry's headings.

    Parameters
    ----------
    sheets : Sheets
        Of the file.
    name : str
        For messages.
    gazetteer : Gazetteer
        Names and codes of regions.
    scheme : Scheme
        Whose tracks a column of tracks names.
    choices : Choices
        The reader's word.

    Raises
    ------
    DataError
        No sheet has regions and the columns of a score table; it says which are missing.
    QuestionError
        Rows can be read in two ways.
    """
    best: tuple[int, Layout, dict[str, int], list[str]] | None = None
    for sheet in [choices.sheet] if choices.sheet else sheets.visible():
        if sheet not in sheets.names:
            known = some_headings(map(repr, sheets.names))
            raise DataError(f"{name} has no sheet '{sheet}'; there are {known}.")
        layout = find_layout(sheets.read(sheet), gazetteer)
        if layout is not None:
            found, twice = _columns(layout, scheme)
            if best is None or len(found) > best[0]:
                best = len(found), layout, found, twice
    if best is None:
        raise DataError(f"{name} is not a score table: no column names kabupaten or kota.")
    _, layout, found, twice = best
    missing = [n for n in WORDING if n not in found and n not in OPTIONAL]
    if missing:
        lacks = ", ".join(f"{HEADING[n]} ({n})" for n in missing)
        both = f" Several columns could be {', '.join(twice)}." if twice else ""
        raise DataError(
            f"{name} is not a score table: it lacks {lacks}; its headings are "
            f"{some_headings(h for h in layout.headings if h)}.{both} Give each column once, "
            "under the ministry's heading or the name in parentheses."
        )
    return _framed(layout, found, gazetteer, choices, name)


def _columns(layout: Layout, scheme: Scheme) -> tuple[dict[str, int], list[str]]:
    """Places of the columns of a score table, and the names that several columns could have."""
    found: dict[str, int] = {}
    twice = []
    tracks = {_bare(t.heading) for t in scheme.tracks.values()} | set(map(_bare, scheme.tracks))
    for name, wording in WORDING.items():
        exact = [p for p, h in enumerate(layout.headings) if _bare(h) == _bare(HEADING[name])]
        alike = [
            p
            for p, h in enumerate(layout.headings)
            if p not in (layout.name, layout.code) and re.search(wording, h, re.IGNORECASE)
        ]
        if name == "track" and not exact:
            alike = [p for p in range(len(layout.headings)) if _holds(layout, p, tracks)]
        hits = exact or alike
        if len(hits) == 1:
            found[name] = hits[0]
        elif hits:
            twice.append(HEADING[name])
    return found, twice


def _holds(layout: Layout, place: int, tracks: set[str]) -> bool:
    cells = [_bare(text_of(cell)) for cell in layout.cells(place) if cell != ""]
    return bool(cells) and sum(cell in tracks for cell in cells) > len(cells) / 2


def _bare(heading: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", heading.upper())


def _framed(
    layout: Layout, found: dict[str, int], gazetteer: Gazetteer, choices: Choices, name: str
) -> TextTable:
    matching = match_rows(layout, gazetteer, choices)
    if matching.questions:
        raise QuestionError(name, matching.questions)
    notes = [*layout.grid.notes, *matching.notes]
    sheet = layout.grid.sheet
    notes += [f"the sheet '{sheet}' was read"] if sheet else []
    renamed = {
        layout.headings[place]: HEADING[key]
        for key, place in found.items()
        if _bare(layout.headings[place]) != _bare(HEADING[key])
    }
    notes += [f"column '{own}' read as {heading}" for own, heading in renamed.items()]
    kept = [
        (row, cells)
        for row, (_, cells) in zip(matching.rows, layout.body, strict=True)
        if not row.reason
    ]
    left = [row for row in matching.rows if row.reason]
    notes += [f"row {row.number} left out, {row.reason}: '{row.text}'" for row in left]
    texts = {
        HEADING["region"]: [
            gazetteer.register.name(row.code) if row.code else row.text or row.digits
            for row, _ in kept
        ],
        **{HEADING[k]: [text_of(cells[place]) for _, cells in kept] for k, place in found.items()},
    }
    if layout.year is not None:
        texts["TAHUN"] = [text_of(cells[layout.year]) for _, cells in kept]
    index = pd.Index([row.number for row, _ in kept], name="row", dtype="int64")
    frame = pd.DataFrame(texts, index=index, dtype=object)
    is_number = np.zeros(frame.shape, dtype=bool)
    for column, heading in enumerate(frame.columns):
        key = SCORE_HEADINGS.get(str(heading), "")
        if key in found:
            is_number[:, column] = [type(cells[found[key]]) is not str for _, cells in kept]
    return TextTable(name, frame, tuple(Finding(note, file=name) for note in notes), is_number)
