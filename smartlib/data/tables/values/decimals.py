"""Which mark of a column is the decimal mark: by evidence, or a question (floor 1).

`1.234` is a little more than one in one table and over a thousand in another. The column can
show it; where it does not, its unit or the other columns of the file may; where they do not
either, the reader is asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from smartlib.data.tables.values.numerals import Numeral, other
from smartlib.data.tables.values.questions import MARK_NAME, MARKS, SAMPLE, Question
from smartlib.vocabulary.words import tables as say
from smartlib.vocabulary.words.sentences import figure

EITHER, EACH = "either", "each"
SHARE = re.compile(r"%|\b(persen|percent|persentase|percentage)\b", re.IGNORECASE)
COUNT = re.compile(r"\b(jiwa|orang|people|persons?|rumah tangga|households?)\b", re.IGNORECASE)
SCALE = re.compile(
    r"\b(ipm|hdi|human development|pembangunan manusia|harapan hidup|life expectancy|lama sekolah|"
    r"years of schooling|gini|p[012])\b",
    re.IGNORECASE,
)
TOTAL = re.compile(r"(jumlah|banyaknya|number of)\b", re.IGNORECASE)
UNIT = re.compile(r"[(\[]([^()\[\]]*)[)\]]\s*$")
SCALED = re.compile(r"\b(ribu|juta|thousands?|millions?|per|rata)\b|/|%", re.IGNORECASE)


@dataclass(frozen=True)
class Decision:
    """A column's decimal mark.

    Attributes
    ----------
    mark : str
        `,` or `.`; `each` where every cell shows its own; nothing where no cell has one.
    why : str
        What showed it.
    in_doubt : tuple of Numeral
        Cells that the column does not settle; there are none once it is decided.
    """

    mark: str = ""
    why: str = ""
    in_doubt: tuple[Numeral, ...] = ()


def shown(cells: Sequence[Numeral]) -> Decision:
    """The decimal mark that a column shows by itself.

    Parameters
    ----------
    cells : sequence of Numeral
        Of one column, each once.

    Returns
    -------
    Decision
        With cells `in_doubt` where it shows none.

    Notes
    -----
    In doubt is a mark after one to three digits and before exactly three. Only a mark that cannot
    part thousands decides: a leading zero, four digits on either side, two kinds of marks. `12.5`
    beside `1.234` does not: it is what is left of 12.500 once a program has read it as a number.
    """
    says = [(cell, cell.says()) for cell in cells]
    either = [cell for cell, said in says if said == EITHER]
    likely = {said for _, said in says if said in MARK_NAME}
    if not either:
        if len(likely) < 2:
            return Decision(next(iter(likely), ""), "its cells" if likely else "")
        single = all(len(cell.marks) < 2 for cell in cells)
        return Decision(EACH, "each cell") if single else Decision(in_doubt=tuple(cells))
    found = {said for cell, said in says if said in MARK_NAME and cell.is_proof()}
    if len(found) == 1 and found == likely and len({cell.marks for cell in either}) == 1:
        return Decision(next(iter(found)), "its cells")
    return Decision(in_doubt=tuple(either))


def decided(
    cells: Sequence[Numeral], own: Decision, heading: str, others: Collection[str], asked: str
) -> Decision:
    """The decimal mark of a column in doubt, by its unit, the file, or the reader's word.

    Parameters
    ----------
    cells : sequence of Numeral
        Of the column.
    own : Decision
        What the column shows.
    heading : str
        With the unit.
    others : collection of str
        Marks that the file's other columns show.
    asked : {"", "comma", "point"}
        The reader's word, for a column in doubt.
    """
    marks = {cell.marks for cell in own.in_doubt}
    if asked and len(marks & set(MARK_NAME)) == 1:
        return Decision(MARKS[asked], f"--decimal {asked}")
    likely = {said for cell in cells if (said := cell.says()) in MARK_NAME}
    if len(marks) != 1 or len(likely) > 1 or not marks <= set(MARK_NAME):
        return own  # decided, or beyond help
    mark = next(iter(marks))
    if likely <= {mark} and _is_bounded(heading, own.in_doubt):
        return Decision(mark, "no value of this scale is over a thousand")
    if likely <= {other(mark)} and _counts(heading):
        return Decision(other(mark), "it counts")
    # Where the others' decimals have this very mark, files of several hands part thousands with it
    # all the same: the question stays.
    is_settled = set(others) == {other(mark)} and likely <= set(others)
    return Decision(other(mark), "other columns") if is_settled else own


def _is_bounded(heading: str, cells: Sequence[Numeral]) -> bool:
    """Whether the heading, or signs in the cells, say a share or another scale with an end."""
    signed = all("%" in cell.kinds for cell in cells)
    return signed or bool(SHARE.search(heading) or SCALE.search(heading))


def _counts(heading: str) -> bool:
    """Whether a heading, or the unit in its brackets, says that whole things are counted."""
    unit = UNIT.search(heading)
    said = unit[1] if unit else heading if TOTAL.match(heading) else ""
    return bool(COUNT.search(said)) and not SCALED.search(heading)


def question(heading: str, doubt: Decision, cells: Sequence[Numeral] = ()) -> Question:
    """What to ask about a column in doubt.

    Parameters
    ----------
    heading : str
        Of the column.
    doubt : Decision
        With cells in doubt.
    cells : sequence of Numeral, optional
        Of the column: one with another count of digits is shown too, which tells most.
    """
    beside = [cell for cell in cells if cell.says() in MARK_NAME]
    marked = [cell for cell in doubt.in_doubt if cell.marks]
    sample = list(dict.fromkeys([*marked[: SAMPLE - len(beside[:1])], *beside[:1]]))
    said = say.WHICH_MARK(heading=heading, text=sample[0].text)
    answers = tuple(MARKS)
    read = tuple(tuple(_as_read(cell, MARKS[name]) for cell in sample) for name in answers)
    return Question("decimal", heading, said, answers, read, "--decimal")


def _as_read(cell: Numeral, mark: str) -> str:
    try:
        return say.IS(what=f"'{cell.text}'", read=figure(cell.value(mark)))
    except ValueError:
        return say.CANNOT_BE_READ(text=cell.text)
