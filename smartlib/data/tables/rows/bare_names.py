"""Names without their kind, where both a kabupaten and a city bear them (floor 1).

What such a name means is the convention of the table as a whole; where it has none, a question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from smartlib.data.tables.names.gazetteer import Gazetteer
from smartlib.data.tables.rows.layout import Layout
from smartlib.data.tables.rows.matching import Matching, Row
from smartlib.data.tables.rows.provinces import in_capitals, leave_out_doubled
from smartlib.data.tables.values.questions import SAMPLE, Choices, Question
from smartlib.vocabulary.words import tables as say
from smartlib.vocabulary.words.sentences import Said


def settle_bare(layout: Layout, gazetteer: Gazetteer, choices: Choices, matching: Matching) -> None:
    """Names without their kind where that leaves a choice, by the table's convention."""
    rows = matching.rows
    in_doubt = [row for row in rows if row.is_open and row.codes]
    if not in_doubt:
        return
    said = Counter(row.kind for row in rows if row.code and row.kind)
    kinds = gazetteer.register.frame["kind"]
    explicit = {row.code for row in rows if row.code and row.kind}
    has_bare_kota = any(
        row.code and not row.kind and kinds[row.code] == "kota" and not row.digits for row in rows
    )
    capitals = in_capitals(rows)
    stated = {row.named.province for row in rows if row.reason and row.named.other == "total"}
    for row in in_doubt:
        if row.named.province in stated and len(row.codes) == 1:
            row.settle(row.codes[0])  # the province has a row of its own, and says so
    leave_out_doubled(rows, in_doubt)
    open_: list[Row] = []
    for row in filter(lambda row: row.is_open, in_doubt):
        of = {str(kinds[code]): code for code in row.codes}
        answer = _convention(row, of, explicit, said, has_bare_kota) or choices.bare
        if row.named.province and not choices.bare and capitals and "kabupaten" not in of:
            answer = "province" if row.text.isupper() else "kota"
        if answer == "province" or (answer == "kabupaten" and "kabupaten" not in of):
            row.reason = say.A_PROVINCE() if row.named.province else ""
            row.unmatched = "" if row.reason else say.CITY_BARE()
        elif answer in of:
            row.settle(of[answer])
        else:
            open_.append(row)
    bare = {row.code for row in rows if row.code and not row.kind and not row.digits}
    count = sum(kinds[code] == "kabupaten" for code in bare)
    if count and any(row.code for row in in_doubt):
        matching.bare_are_kabupaten = True
        matching.notes.append(say.BARE_READ(count=count))
    if open_:
        matching.questions.append(_question(layout, gazetteer, open_))
        for row in open_:
            row.reason = say.BARE_ASKED()


def _convention(
    row: Row, of: dict[str, str], explicit: set[str], said: Counter[str], has_bare_kota: bool
) -> str:
    """What the table's other rows say that a bare name means, or nothing."""
    if row.named.province and set(of.values()) <= explicit:
        return "province"
    if of.get("kota") in explicit and of.get("kota"):
        return "kabupaten"
    if of.get("kabupaten") in explicit and of.get("kabupaten"):
        return "kota"
    if said["kota"] and not has_bare_kota:
        return "kabupaten"
    return ""


def _question(layout: Layout, gazetteer: Gazetteer, rows: Sequence[Row]) -> Question:
    heading = layout.headings[layout.name] if layout.name is not None else ""
    sample = list({row.text: row for row in rows}.values())[:SAMPLE]
    kinds = gazetteer.register.frame["kind"]

    def read(row: Row, kind: str) -> Said:
        code = next((c for c in row.codes if kinds[c] == kind), "")
        other = say.THE_PROVINCE() if row.named.province else say.NOT_A_REGION()
        return say.IS(what=f"'{row.text}'", read=gazetteer.register.name(code) if code else other)

    answers = ("kabupaten", "kota")
    said = say.WHICH_BARE(heading=heading, text=sample[0].text, number=sample[0].number)
    cells = tuple(tuple(read(row, kind) for row in sample) for kind in answers)
    return Question("bare", heading, said, answers, cells, "--bare")
