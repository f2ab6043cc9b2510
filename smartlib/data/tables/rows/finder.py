"""Which columns of a sheet say the region, and where its rows begin (floor 1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations

from smartlib.data.reading.grids import Cell
from smartlib.data.tables.names.codes import CodeText, code_text
from smartlib.data.tables.names.gazetteer import SYSTEMS, Gazetteer, Named
from smartlib.data.tables.rows.cells import is_numbering, is_quantity, text_of

LOOKED_AT = 2_000  # rows in which columns are told apart, spread over the table
FIRST_LOOK = 40  # of these
MOST_HEADINGS = 5  # rows
SHARE = 0.5  # of a column's cells that are names of regions, provinces or totals
FEWEST = 0.1  # of a column's cells that are names of regions
CODE_SHARE = 0.9  # of a column's cells that are codes
FEW = 3  # codes, below which a heading must say that they are
CODE_WORDS = re.compile(r"kode|code|\bid\b|id$|bps|kemendagri|\bno\.?\s*reg", re.IGNORECASE)
CAPITAL_WORDS = re.compile(r"ibu\s*kota|capital|ibukota", re.IGNORECASE)


def with_pair(
    rows: list[tuple[int, list[Cell]]], pair: tuple[int, int]
) -> list[tuple[int, list[Cell]]]:
    """Rows with a code of four digits at their end, put together from two columns."""
    one, other = pair
    return [(n, [*row, _two_digits(row[one]) + _two_digits(row[other])]) for n, row in rows]


def _two_digits(cell: Cell) -> str:
    text = text_of(cell).removesuffix(".0")
    return text.zfill(2) if text.isdigit() and len(text) <= len("51") else ""


@dataclass
class Finder:
    """Looks for the columns of regions in a sample of rows."""

    gazetteer: Gazetteer
    rows: list[tuple[int, list[Cell]]]
    width: int

    def __post_init__(self) -> None:
        step = max(1, len(self.rows) // LOOKED_AT)
        self.sample = [row for _, row in self.rows[::step]]

    def column(self, place: int, most: int | None = None) -> list[Cell]:
        """Filled cells of a column in the sample, or in a part of it."""
        step = 1 if most is None else max(1, len(self.sample) // most)
        return [row[place] for row in self.sample[::step] if row[place] != ""]

    def promising(self, is_so: Callable[[Cell], bool]) -> list[int]:
        """Columns in which a few cells already are what is looked for."""
        return [
            place for place in range(self.width) if any(map(is_so, self.column(place, FIRST_LOOK)))
        ]

    def head(self, place: int) -> str:
        """Text above the first number or name: enough to weigh columns that are alike."""
        return " ".join(text_of(row[place]) for row in self.sample[:MOST_HEADINGS])

    def name_column(self) -> int | None:
        """The column with the most regions by name, if any names them."""
        best: tuple[float, int] | None = None
        for place in self.promising(self._is_region):
            texts = [c for c in self.column(place) if isinstance(c, str)]
            regions = [c for c in texts if self.gazetteer.named(c).codes]
            apart = {self.gazetteer.named(c).codes for c in regions}
            known = sum(self._is_about(c) for c in texts)
            if known < SHARE * len(texts) or len(regions) < FEWEST * len(texts):
                continue
            provinces = sum(bool(self.gazetteer.named(c).province) for c in texts)
            if provinces > len(texts) / 2:
                continue  # the provinces' column, three of which are names of regions too
            penalty = 0.5 if CAPITAL_WORDS.search(self.head(place)) else 1.0
            score = penalty * len(apart)
            if best is None or score > best[0]:
                best = score, place
        return best[1] if best else None

    def code_column(self) -> int | None:
        """The column with the most regions by code, if any is one of codes."""
        best: tuple[float, int] | None = None
        for place in self.promising(self._holds_code):
            few = self.column(place, FIRST_LOOK)
            if sum(map(self._holds_code, few)) < SHARE * len(few):
                continue
            codes = [code_text(c) for c in self.column(place)]
            looked = [code for code in codes if code is not None]
            if not looked:
                continue
            valid = [c for c in looked if self._is_code(c)]
            apart = {c.digits for c in valid if len(c.digits) == len("5103")}
            said = bool(CODE_WORDS.search(self.head(place)))
            filled = len(codes) - 1  # but for a heading
            enough = len(valid) >= CODE_SHARE * len(looked) and len(looked) > SHARE * filled
            if not apart or not enough or (len(apart) < FEW and not said):
                continue
            score = len(apart) * (2 if said else 1)
            if best is None or score > best[0]:
                best = score, place
        return best[1] if best else None

    def pair_of_codes(self) -> tuple[int, int] | None:
        """A column of provinces' codes and one of the regions' own two digits, if there are."""
        digits = {p: [_two_digits(c) for c in self.column(p)] for p in range(min(self.width, 12))}
        likely = [p for p, texts in digits.items() if sum(map(bool, texts)) > len(texts) * SHARE]
        for one, other in permutations(likely, 2):
            codes = [_two_digits(r[one]) + _two_digits(r[other]) for r in self.sample]
            valid = [any(c in of for of in self.gazetteer.by_code.values()) for c in codes]
            if sum(valid) >= CODE_SHARE * (len(codes) - MOST_HEADINGS) and sum(valid) >= FEW:
                return one, other
        return None

    def _is_region(self, cell: Cell) -> bool:
        return isinstance(cell, str) and bool(self.gazetteer.named(cell).codes)

    def _holds_code(self, cell: Cell) -> bool:
        found = code_text(cell)
        return found is not None and self._is_code(found)

    def _is_code(self, code: CodeText) -> bool:
        known = any(code.digits in self.gazetteer.by_code[system] for system in SYSTEMS)
        return known or code.is_aggregate(self.gazetteer.province_codes)

    def first_row(self, name: int | None, code: int | None) -> int:
        """Place of the first row that is about a region, a province or all of them."""
        for place, (_, row) in enumerate(self.rows):
            if code is not None:
                found = code_text(row[code])
                if found and self._is_code(found) and not is_numbering(row):
                    return place
            cell = row[name] if name is not None else ""
            if name is not None and isinstance(cell, str) and cell:
                named = self.gazetteer.named(cell)
                is_total = named.other == "total" and any(map(is_quantity, row))
                about = named.codes or named.province or is_total
                if about and (code is None or place > 0) and self._has_company(place, name):
                    return place
        return 0

    def is_data(self, place: int, name: int | None) -> bool:
        """Whether a row above the first that is known belongs to the table, not to its headings."""
        row = self.rows[place][1]
        filled = [cell for cell in row if cell != ""]
        if len(filled) < len(row) / 2 or is_numbering(row):
            return False
        cell = row[name] if name is not None else ""
        named = self.gazetteer.named(cell) if isinstance(cell, str) else Named()
        if named.kind and named.letters and not named.other:
            return True
        return any(is_quantity(cell) for at, cell in enumerate(row) if at != name)

    def is_group(self, place: int) -> bool:
        """Whether a row above the first region is a group's heading or an empty total."""
        filled = [cell for cell in self.rows[place][1] if cell != ""]
        cell = filled[0]
        if len(filled) > 1 or not isinstance(cell, str):
            return False
        named = self.gazetteer.named(cell)
        return named.other in ("kind", "total") or bool(named.province)

    def _has_company(self, place: int, name: int) -> bool:
        """Whether rows go on in this way: a title may name a region too."""
        after = [
            row[name]
            for _, row in self.rows[place + 1 : place + 1 + MOST_HEADINGS]
            if sum(cell != "" for cell in row) > 1
        ]
        known = [c for c in after if isinstance(c, str) and self._is_about(c)]
        return len(known) * 2 >= len([c for c in after if c != ""])

    def _is_about(self, text: str) -> bool:
        named = self.gazetteer.named(text)
        return bool(named.codes or named.province or named.other or named.kind)
