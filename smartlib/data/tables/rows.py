"""Which region each row of a table is about, and which rows are about none (floor 1).

A name is first looked up exactly. What a bare name means is the table's own convention, not the
row's; a misspelt name is taken only where one region is near that no other row has.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from smartlib.data.tables.codes import SystemFound, code_text, find_system
from smartlib.data.tables.gazetteer import Gazetteer, Named
from smartlib.data.tables.layout import Layout, text_of
from smartlib.data.tables.questions import SAMPLE, Choices, Question

LISTED = 20  # rows of one kind in a note
CONSISTENT = 0.95  # of the rows below a province's row that lie in it, for rows to be headed so
Place = int


@dataclass
class Row:
    """One row below the headings, while its region is looked for."""

    number: int
    text: str
    named: Named
    digits: str = ""
    code: str = ""
    reason: str = ""  # why it is left out
    unmatched: str = ""  # why it should have been matched and was not
    codes: tuple[str, ...] = ()  # what it may be, as far as is known
    kind: str = ""
    by_code: bool = False  # its name is not known

    @property
    def is_open(self) -> bool:
        """Whether nothing is decided yet."""
        return not (self.code or self.reason or self.unmatched)

    def settle(self, code: str) -> None:
        """Decide for a region."""
        self.code, self.codes = code, (code,)


@dataclass(eq=False)
class Matching:
    """The rows of a table, each with its region or the reason why it has none.

    Attributes
    ----------
    rows : list of Row
    column : str
        Headings of the columns that say the region.
    system : str
        `name`, `kemendagri` or `bps`.
    code_column : bool
        Whether the column that looked like codes is one.
    notes : list of str
    questions : list of Question
    """

    rows: list[Row]
    column: str = ""
    system: str = "name"
    code_column: bool = True
    notes: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


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
    _heads(rows, gazetteer)
    _former(rows)
    _settle_single(rows)
    _bare(layout, gazetteer, choices, matching)
    _near(rows, gazetteer, matching)
    for row in rows:
        if row.is_open:
            row.unmatched = "no region is called so" if row.text else "no region in it"
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
            blank = cells[layout.code] == "" if layout.code is not None else True
            row.reason = "no region" if blank else ""
            row.text = "" if blank or layout.code is None else text_of(cells[layout.code])
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
        row.reason = "province or total, by its code"
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
            row.reason = "codes in question"
        return
    matching.system = found.system
    matching.notes.append(_about_system(heading, found))
    by_code = gazetteer.by_code[found.system]  # type: ignore[index]
    for row in coded:
        _check(row, by_code.get(row.digits, ""), gazetteer)
    matching.notes += dict.fromkeys(
        f"'{row.text}' ({row.digits}) read by its code as {gazetteer.register.name(row.code)}"
        for row in coded
        if row.by_code
    )


def _about_system(heading: str, found: SystemFound) -> str:
    name = {"bps": "BPS", "kemendagri": "Kemendagri"}[found.system]
    return f"'{heading}' holds codes of {name} ({found.why})"


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
        row.unmatched = f"no region has the code {row.digits}"
    elif code in named.codes or not row.text:
        row.settle(code)
    elif named.codes:
        said = " or ".join(gazetteer.register.name(c) for c in named.codes)
        row.unmatched = f"the code is that of {gazetteer.register.name(code)}, the name {said}"
    elif named.other:
        row.reason = "a total or a heading"
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
            row.reason = "a heading of rows" if row.named.other == "kind" else "a total or a note"
        elif row.named.province and not row.named.codes:
            row.reason = "a province"


def _heads(rows: Sequence[Row], gazetteer: Gazetteer) -> None:
    """Rows that may be a province or the region of its name, told by where they stand."""
    heads = [place for place, row in enumerate(rows) if row.reason == "a province"]
    if not heads or not _head_their_regions(rows, heads, gazetteer):
        return
    context = ""
    for place, row in enumerate(rows):
        if row.reason == "a province":
            context = row.named.province
        elif row.is_open and row.named.province and not row.named.kind and row.kind != "kota":
            here = context == row.named.province
            if not here and _next_province(rows, place, gazetteer) == row.named.province:
                row.reason, context = "a province", row.named.province
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
        if row.reason == "a province":
            return ""
    return ""


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


def _bare(layout: Layout, gazetteer: Gazetteer, choices: Choices, matching: Matching) -> None:
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
    capitals = _provinces_in_capitals(rows)
    _leave_out_heads(rows, in_doubt)
    open_: list[Row] = []
    for row in filter(lambda row: row.is_open, in_doubt):
        of = {str(kinds[code]): code for code in row.codes}
        answer = _convention(row, of, explicit, said, has_bare_kota) or choices.bare
        if row.named.province and not choices.bare and capitals and "kabupaten" not in of:
            answer = "province" if row.text.isupper() else "kota"
        if answer == "province" or (answer == "kabupaten" and "kabupaten" not in of):
            row.reason = "a province" if row.named.province else ""
            row.unmatched = "" if row.reason else "a city without its kind"
        elif answer in of:
            row.settle(of[answer])
        else:
            open_.append(row)
    bare = {row.code for row in rows if row.code and not row.kind and not row.digits}
    count = sum(kinds[code] == "kabupaten" for code in bare)
    if count and any(row.code for row in in_doubt):
        matching.notes.append(f"{count} bare names read as kabupaten")
    if open_:
        matching.questions.append(_question(layout, gazetteer, open_))
        for row in open_:
            row.reason = "bare names in question"


def _leave_out_heads(rows: Sequence[Row], in_doubt: Sequence[Row]) -> None:
    """Where a province's name stands twice as often as regions do, each first is the province."""
    times = Counter(row.code for row in rows if row.code)
    usual = Counter(times.values()).most_common(1)[0][0] if times else 1
    named = [row for row in in_doubt if row.named.province]
    for letters in {row.named.letters for row in named}:
        same = [row for row in named if row.named.letters == letters]
        if len(same) == 2 * usual:
            for row in same[::2]:
                row.reason = "a province"


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


def _provinces_in_capitals(rows: Sequence[Row]) -> bool:
    """Whether rows of provinces are written in capitals and the others are not."""
    provinces = [row for row in rows if row.reason == "a province"]
    regions = [row for row in rows if row.code]
    return (
        bool(provinces)
        and all(row.text.isupper() for row in provinces)
        and not any(row.text.isupper() for row in regions)
    )


def _question(layout: Layout, gazetteer: Gazetteer, rows: Sequence[Row]) -> Question:
    heading = layout.headings[layout.name] if layout.name is not None else ""
    sample = list({row.text: row for row in rows}.values())[:SAMPLE]
    kinds = gazetteer.register.frame["kind"]

    def read(row: Row, kind: str) -> str:
        code = next((c for c in row.codes if kinds[c] == kind), "")
        other = "the province" if row.named.province else "no region"
        return f"'{row.text}' is {gazetteer.register.name(code) if code else other}"

    answers = ("kabupaten", "kota")
    said = (
        f"column '{heading}': what is a name without its kind, such as '{sample[0].text}' in row "
        f"{sample[0].number}?"
    )
    cells = tuple(tuple(read(row, kind) for row in sample) for kind in answers)
    return Question("bare", heading, said, answers, cells, "--bare")


def _near(rows: Sequence[Row], gazetteer: Gazetteer, matching: Matching) -> None:
    """Misspelt names, where one region is near and no other row has it."""
    taken = {row.code for row in rows if row.code}
    free = set(gazetteer.register.frame.index) - taken
    bare_kind = "kabupaten" if any("bare names read" in note for note in matching.notes) else ""
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
        f"'{text}' read as {gazetteer.register.name(code)} ({code})" for text, code in near.items()
    ]


def with_codes(layout: Layout, matching: Matching) -> Layout:
    """The layout, without a column of codes that is none."""
    return layout if matching.code_column else replace(layout, code=None)
