"""Rows that are a province, though a city or kabupaten has its name (floor 1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from smartlib.data.tables.names.gazetteer import Gazetteer
from smartlib.data.tables.rows.matching import Row
from smartlib.vocabulary.words import tables as say

CONSISTENT = 0.95  # of the rows below a province's row that lie in it, for rows to be headed so


def leave_out_heads(rows: Sequence[Row], gazetteer: Gazetteer) -> None:
    """Rows that may be a province or the region of its name, told by where they stand."""
    heads = [place for place, row in enumerate(rows) if row.is_province]
    if not heads or not _head_their_regions(rows, heads, gazetteer):
        return
    context = ""
    for place, row in enumerate(rows):
        if row.is_province:
            context = row.named.province
        elif row.is_open and row.named.province and not row.named.kind and row.kind != "kota":
            here = context == row.named.province
            if not here and _next_province(rows, place, gazetteer) == row.named.province:
                row.reason, context = say.A_PROVINCE(), row.named.province
        elif len(row.codes) > 1 and context:
            inside = tuple(c for c in row.codes if gazetteer.province_of(c) == context)
            row.codes = inside or row.codes


def _head_their_regions(rows: Sequence[Row], heads: Sequence[int], gazetteer: Gazetteer) -> bool:
    """Whether rows of provinces stand above the regions that lie in them."""
    inside = outside = 0
    for head, end in zip(heads, [*heads[1:], len(rows)], strict=True):
        for row in rows[head + 1 : end]:
            if row.named.province:
                break
            if len(row.codes) == 1:
                of = gazetteer.province_of(row.codes[0])
                same = of == rows[head].named.province or _split_off(of, rows[head].named.province)
                inside, outside = inside + same, outside + (not same)
    return inside > 0 and inside >= CONSISTENT * (inside + outside)


def _split_off(today: str, former: str) -> bool:
    """Whether a region of the provinces of Papua stands under the former, larger province."""
    return today.startswith("9") and former.startswith("9")


def _next_province(rows: Sequence[Row], place: int, gazetteer: Gazetteer) -> str:
    """Province of the first region below a row."""
    for row in rows[place + 1 :]:
        if len(row.codes) == 1 and not row.named.province:
            return gazetteer.province_of(row.codes[0])
        if row.is_province:
            return ""
    return ""


def leave_out_doubled(rows: Sequence[Row], in_doubt: Sequence[Row]) -> None:
    """Where a province's name stands twice as often as regions do, each first is the province."""
    times = Counter(row.code for row in rows if row.code)
    usual = Counter(times.values()).most_common(1)[0][0] if times else 1
    named = [row for row in in_doubt if row.named.province]
    for letters in {row.named.letters for row in named}:
        same = [row for row in named if row.named.letters == letters]
        if len(same) == 2 * usual:
            for row in same[::2]:
                row.reason = say.A_PROVINCE()


def in_capitals(rows: Sequence[Row]) -> bool:
    """Whether rows of provinces are written in capitals and the others are not."""
    provinces = [row for row in rows if row.is_province]
    regions = [row for row in rows if row.code]
    return (
        bool(provinces)
        and all(row.text.isupper() for row in provinces)
        and not any(row.text.isupper() for row in regions)
    )
