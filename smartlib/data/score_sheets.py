"""A score table in whatever sheet, order and wording its author gave it (floor 1)."""

from __future__ import annotations

import re
from collections.abc import Callable

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
from smartlib.vocabulary.words import scores as say
from smartlib.vocabulary.words import tables
from smartlib.vocabulary.words.sentences import joined

HEADING = {name: heading for heading, name in SCORE_HEADINGS.items()}
OPTIONAL = {"improvement", "collaboration"}
# What a heading may say, in either language; what stands first is looked for first, and a column
# that is taken is no other's: `Hasil akhir` is the final, and `Hasil` then the outcome.
WORDING = (
    ("improvement", r"improvement|peningkatan|perubahan|kenaikan|selisih|\bchange"),
    ("published_index", r"final|akhir|pencapaian|^total|published.?index|overall"),
    ("baseline", r"base ?line|\bdasar\b"),
    ("output", r"out ?put|keluaran|luaran"),
    ("outcome", r"out ?come|\bhasil\b|capaian"),
    ("impact", r"impact|dampak"),
    ("quick_wins", r"quick ?wins?|\bqw\b|program (cepat|unggulan)|percepatan"),
    ("collaboration", r"kolaborasi|collab|kerja ?sama"),
    ("track", r"^ket(erangan)?\b|kategori|jalur|track|formula|kelompok"),
    # What is said of one column alone, where nothing above names it.
    ("published_index", r"ind(eks|ex)|skor|score|nilai|total"),
    ("baseline", r"\bawal\b"),
)
NAMES = tuple(dict.fromkeys(name for name, _ in WORDING))
BEFORE = re.compile(r"tahun lalu|sebelum|last year|previous|peringkat|rank", re.IGNORECASE)


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
            raise DataError(tables.NO_SHEET(name=name, sheet=sheet, known=known))
        layout = find_layout(sheets.read(sheet), gazetteer)
        if layout is not None:
            found, twice = _columns(layout, scheme)
            if best is None or len(found) > best[0]:
                best = len(found), layout, found, twice
    if best is None:
        raise DataError(say.NO_REGIONS(name=name))
    _, layout, found, twice = best
    missing = [n for n in NAMES if n not in found and n not in OPTIONAL]
    if missing:
        lacks = ", ".join(f"{HEADING[n]} ({n})" for n in missing)
        both = say.SEVERAL_COULD(twice=joined(twice, tables.AND())) if twice else ""
        raise DataError(
            say.LACKS(
                name=name,
                lacks=lacks,
                headings=some_headings(h for h in layout.headings if h),
                both=both,
            )
        )
    return _framed(layout, found, gazetteer, choices, name)


def _columns(layout: Layout, scheme: Scheme) -> tuple[dict[str, int], list[str]]:
    """Places of the columns of a score table, and the names that several columns could have."""
    tracks = {_bare(text) for t in scheme.tracks.values()
              for text in (t.heading, t.name, t.label_en, t.label_id)}  # fmt: skip
    headings = {p: h for p, h in enumerate(layout.headings) if p not in (layout.name, layout.code)}
    found: dict[str, int] = {}
    twice: dict[str, None] = {}

    def look(name: str, is_it: Callable[[int], bool]) -> None:
        """Take the one column that is free and of this name."""
        hits = [p for p in headings if p not in found.values() and is_it(p)]
        if name not in found and len(hits) == 1:
            found[name] = hits[0]
        elif name not in found and hits:
            twice[name] = None

    for name in NAMES:
        look(
            name, {p for p, h in headings.items() if _bare(h) == _bare(HEADING[name])}.__contains__
        )
    look("track", {p for p in headings if _holds(layout, p, tracks)}.__contains__)
    for name, wording in WORDING:
        look(name, {p for p, h in headings.items() if _says(h, wording)}.__contains__)
    return found, [HEADING[name] for name in twice if name not in found]


def _says(heading: str, wording: str) -> bool:
    """Whether a heading has a wording, and is not of the year before."""
    return bool(re.search(wording, heading, re.IGNORECASE)) and not BEFORE.search(heading)


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
    notes += [say.SHEET_READ(sheet=sheet)] if sheet else []
    renamed = {
        layout.headings[place]: HEADING[key]
        for key, place in found.items()
        if _bare(layout.headings[place]) != _bare(HEADING[key])
    }
    notes += [say.COLUMN_READ(own=own, heading=heading) for own, heading in renamed.items()]
    kept = [
        (row, cells)
        for row, (_, cells) in zip(matching.rows, layout.body, strict=True)
        if not row.reason
    ]
    left = [row for row in matching.rows if row.reason]
    notes += [say.ROW_LEFT(number=row.number, reason=row.reason, text=row.text) for row in left]
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
