"""Which region each row of a table is about, and which rows are about none (floor 1).

A name is first looked up exactly. What a bare name means is the table's own convention, not the
row's; a misspelt name is taken only where one region is near that no other row has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from smartlib.data.tables.names.codes import SystemFound, code_text, find_system
from smartlib.data.tables.names.gazetteer import Gazetteer
from smartlib.data.tables.rows.bare_names import settle_bare
from smartlib.data.tables.rows.cells import text_of
from smartlib.data.tables.rows.layout import Layout
from smartlib.data.tables.rows.matching import Matching, Row
from smartlib.data.tables.rows.provinces import leave_out_heads
from smartlib.data.tables.values.questions import Choices
from smartlib.vocabulary.words import files
from smartlib.vocabulary.words import tables as say
from smartlib.vocabulary.words.sentences import joined


def match_rows(layout: Layout, gazetteer: Gazetteer, choices: Choices) -> Matching:
    """Match every row of a table.

    Parameters
    ----------
    layout : Layout
        Which columns say the region.
    gazetteer : Gazetteer
        Names and codes.
    choices : Choices
        The reader's word on codes and bare names.
    """
    rows = list(_rows(layout, gazetteer))
    matching = Matching(rows)
    _by_code(layout, gazetteer, choices, matching)
    for row in rows:
        if row.is_open and not row.codes:
            row.codes = row.named.codes
    _by_kind_and_province(layout, gazetteer, rows)
    _leave_out(rows)
    leave_out_heads(rows, gazetteer)
    _former(rows)
    _settle_single(rows)
    settle_bare(layout, gazetteer, choices, matching)
    _near(rows, gazetteer, matching)
    for row in rows:
        if row.is_open:
            row.unmatched = say.CALLED_SO() if row.text else say.NO_REGION()
    columns = [layout.name, layout.code if matching.code_column else None]
    matching.column = " and ".join(layout.headings[p] for p in columns if p is not None)
    return matching


def _rows(layout: Layout, gazetteer: Gazetteer) -> Iterator[Row]:
    for number, cells in layout.body:
        text = text_of(cells[layout.name]) if layout.name is not None else ""
        digits = ""
        if layout.code is not None and (found := code_text(cells[layout.code])):
            digits = found.digits
        row = Row(number, text, gazetteer.named(text), digits)
        row.kind = row.named.kind
        if not text and not digits:
            at = layout.code if layout.code is not None else layout.name
            row.reason = say.NO_REGION() if at is None or cells[at] == "" else ""
            row.text = next((text_of(cell) for cell in cells if cell != ""), "")
        yield row


def _by_code(layout: Layout, gazetteer: Gazetteer, choices: Choices, matching: Matching) -> None:
    """Regions by their codes, checked against the names beside them."""
    if layout.code is None:
        return
    coded = [row for row in matching.rows if len(row.digits) == len("5103")]
    aggregate = [
        row
        for row in matching.rows
        if row.digits and code_text(row.digits).is_aggregate(gazetteer.province_codes)  # type: ignore[union-attr]
    ]
    for row in aggregate:
        row.reason = say.BY_ITS_CODE()
    coded = [row for row in coded if not row.reason]
    heading = layout.headings[layout.code]
    names = [row.named.codes for row in coded]
    found = find_system(heading, [row.digits for row in coded], names, gazetteer, choices.codes)
    if found.question and _is_no_code(coded, gazetteer):
        matching.code_column = False
        for row in coded:
            row.digits = ""
        for row in aggregate:
            row.reason, row.digits = "", ""
        return
    if found.question:
        matching.questions.append(found.question)
        for row in coded:
            row.reason = say.CODES_ASKED()
        return
    matching.system = found.system
    matching.notes.append(_about_system(heading, found))
    by_code = gazetteer.by_code[found.system]  # type: ignore[index]
    for row in coded:
        _check(row, by_code.get(row.digits, ""), gazetteer)
    matching.notes += dict.fromkeys(
        say.READ_BY_CODE(text=row.text, digits=row.digits, region=gazetteer.register.name(row.code))
        for row in coded
        if row.by_code
    )


def _about_system(heading: str, found: SystemFound) -> str:
    name = {"bps": "BPS", "kemendagri": "Kemendagri"}[found.system]
    return say.CODES_OF(heading=heading, name=name, why=found.why)


def _is_no_code(coded: Sequence[Row], gazetteer: Gazetteer) -> bool:
    """Whether names beside tell that a column only looked like codes."""
    beside = [row for row in coded if row.named.codes]
    agree = [
        sum(by_code.get(row.digits, "") in row.named.codes for row in beside)
        for by_code in gazetteer.by_code.values()
    ]
    return bool(beside) and max(agree) < len(beside) / 2


def _check(row: Row, code: str, gazetteer: Gazetteer) -> None:
    """Settle a row by its code, unless the name beside it says something else."""
    named = row.named
    if not code:
        row.unmatched = say.NO_SUCH_CODE(digits=row.digits)
    elif code in named.codes or not row.text:
        row.settle(code)
    elif named.codes:
        said = joined([gazetteer.register.name(c) for c in named.codes], say.OR())
        row.unmatched = say.CODE_OR_NAME(region=gazetteer.register.name(code), said=said)
    elif named.other:
        row.reason = say.TOTAL_OR_HEADING()
    else:
        row.settle(code)
        row.by_code = True


def _by_kind_and_province(layout: Layout, gazetteer: Gazetteer, rows: Sequence[Row]) -> None:
    """Narrow what rows may be by a column of kinds, one of provinces, headings of groups."""
    group = province = ""
    kinds = gazetteer.register.frame["kind"]
    for row, (_, cells) in zip(rows, layout.body, strict=True):
        if layout.kind is not None:
            row.kind = row.kind or gazetteer.named(text_of(cells[layout.kind])).kind
        if row.named.other == "kind":
            group = row.named.kind
        elif row.named.province:
            group = ""
        row.kind = row.kind or group
        if layout.province is not None:
            said = gazetteer.named(text_of(cells[layout.province])).province
            province = said or province  # a merged cell holds for the rows below it
        if len(row.codes) > 1:
            of_kind = tuple(c for c in row.codes if row.kind in ("", kinds[c]))
            row.codes = of_kind or row.codes
        if len(row.codes) > 1 and province:
            inside = tuple(c for c in row.codes if gazetteer.province_of(c) == province)
            row.codes = inside or row.codes


def _leave_out(rows: Sequence[Row]) -> None:
    """Totals, notes, headings of groups, and provinces that no region is named after."""
    for row in rows:
        if not row.is_open:
            continue
        if row.named.other:
            row.reason = say.ROW_HEADING() if row.named.other == "kind" else say.TOTAL_OR_NOTE()
            row.reason = say.A_PROVINCE() if row.named.province else row.reason
        elif row.named.province and not row.named.codes:
            row.reason = say.A_PROVINCE()


def _former(rows: Sequence[Row]) -> None:
    """A name that a region bore means it only where no row bears the name of today."""
    today = {row.codes[0] for row in rows if len(row.codes) == 1 and row.named.by != "former"}
    for row in rows:
        if row.is_open and row.named.by == "former" and len(row.codes) > 1:
            left = tuple(code for code in row.codes if code not in today)
            row.codes = left or row.codes


def _settle_single(rows: Sequence[Row]) -> None:
    for row in rows:
        if row.is_open and len(row.codes) == 1 and not (row.named.province and not row.kind):
            row.settle(row.codes[0])


def _near(rows: Sequence[Row], gazetteer: Gazetteer, matching: Matching) -> None:
    """Misspelt names, where one region is near and no other row has it."""
    taken = {row.code for row in rows if row.code}
    free = set(gazetteer.register.frame.index) - taken
    bare_kind = "kabupaten" if matching.bare_are_kabupaten else ""
    found: dict[str, str] = {}
    claimed: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.is_open and row.text and row.text not in found:
            found[row.text] = gazetteer.near(row.text, row.kind or bare_kind, free)
            claimed[found[row.text]].add(row.named.letters)
    for row in rows:
        code = found.get(row.text, "") if row.is_open else ""
        if code and len(claimed[code]) == 1:
            row.settle(code)
    near = {text: code for text, code in found.items() if code and len(claimed[code]) == 1}
    matching.notes += [
        files.READ_AS(name=text, region=gazetteer.register.name(code), code=code)
        for text, code in near.items()
    ]


def with_codes(layout: Layout, matching: Matching) -> Layout:
    """The layout, without a column of codes that is none."""
    return layout if matching.code_column else replace(layout, code=None)
