"""The cells of one column: numbers, yes or no, or a category (floor 1)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from smartlib.data.reading.grids import Cell
from smartlib.data.tables.values.decimals import EACH, Decision, decided, question, shown
from smartlib.data.tables.values.numerals import BLANK, DASH, WORD, Numeral, missing, numeral
from smartlib.data.tables.values.questions import MARK_NAME, Choices, Question
from smartlib.vocabulary.records import Finding
from smartlib.vocabulary.words import tables as say
from smartlib.vocabulary.words.sentences import joined

MOSTLY = 0.8  # share of the cells that makes a column one of numbers, or of texts
YES_NO = {
    frozenset(pair): pair[0]
    for pair in (
        ("ya", "tidak"),
        ("ya", "bukan"),
        ("yes", "no"),
        ("y", "n"),
        ("ada", "tidak ada"),
        ("sudah", "belum"),
        ("true", "false"),
        ("benar", "salah"),
    )
}
# Of cells, a line each, that have no other mark than points.
PLAIN = re.compile(r"(?:-?\d+(?:\.\d+)?(?:\n|\Z))*")
EITHER = re.compile(r"^-?[1-9]\d{0,2}\.\d{3}$", re.MULTILINE)
PROOF = re.compile(r"^-?(?:0\d*\.\d|\d{4,}\.\d)|\.\d{4,}$", re.MULTILINE)


@dataclass
class Column:
    """One column, and all that was found in it.

    Attributes
    ----------
    heading, unit : str
        As printed.
    name : str
        In formulas.
    cells : list of str or float
        As in the file.
    rows : list of int
        Where they stand.
    kind : {"number", "yes/no", "text"}
        What they are; a column of marks in doubt is a number.
    values : array
        Numbers with NaN where missing, or texts with None.
    decision : Decision
        On the decimal mark.
    missing : Counter
        Blanks, dashes, words.
    notes : list of str
        Each kind of repair once, with a count.
    problems : list of Finding
        Cells that cannot be read: the column cannot be used.
    asks : Question or None
        What the column leaves open.
    """

    heading: str
    cells: list[Cell]
    rows: list[int]
    unit: str = ""
    name: str = ""
    year: str = ""
    kind: str = "number"
    values: NDArray[np.generic] = field(default_factory=lambda: np.empty(0))
    decision: Decision = field(default_factory=Decision)
    missing: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    asks: Question | None = None

    @property
    def decimal(self) -> str:
        """`comma`, `point`, or nothing where no cell has a mark."""
        return MARK_NAME.get(self.decision.mark, "")

    @property
    def known(self) -> int:
        """How many values there are."""
        return len(self.cells) - sum(self.missing.values())

    @property
    def is_usable(self) -> bool:
        """Whether nothing stands in the way of using it."""
        return not self.problems and self.asks is None


@dataclass(frozen=True)
class Parsed:
    """Distinct cells of a column, sorted by what they are."""

    numerals: dict[str, Numeral]
    absent: dict[str, str]
    texts: dict[str, int]  # how often
    numbers: int  # held as such


def parsed(cells: Sequence[Cell]) -> Parsed:
    """Distinct cells, each looked at once.

    Parameters
    ----------
    cells : sequence of str or float
        Of a column.
    """
    texts = Counter(cell for cell in cells if type(cell) is str)
    absent = {text: kind for text in texts if (kind := missing(text))}
    found = {text: numeral(text) for text in texts if text not in absent}
    numerals = {text: number for text, number in found.items() if number is not None}
    others = {text: texts[text] for text in found if found[text] is None}
    return Parsed(numerals, absent, others, len(cells) - texts.total())


def read_columns(columns: Sequence[Column], choices: Choices, file: str = "") -> None:
    """Read the cells of a file's columns, in place; what is in doubt in one may be seen in others.

    Parameters
    ----------
    columns : sequence of Column
        With heading, unit and cells.
    choices : Choices
        The reader's word on decimals and dashes.
    file : str, optional
        Name for the findings.
    """
    plain = {id(column) for column in columns if _read_plain(column)}
    looked_at = [(c, parsed(c.cells)) for c in columns if id(c) not in plain]
    numbers = [(c, p) for c, p in looked_at if _is_number(c, p)]
    for column, found in numbers:
        column.decision = shown(list(found.numerals.values()))
    marks = {c.decision.mark for c in columns if c.decision.mark in MARK_NAME}
    for column, found in numbers:
        about = f"{column.heading} ({column.unit})" if column.unit else column.heading
        cells = list(found.numerals.values())
        column.decision = decided(cells, column.decision, about, marks, choices.decimal)
        _read_numbers(column, found, choices, file)
    for column, found in looked_at:
        if column.kind != "number":
            _read_texts(column, found)


def _read_plain(column: Column) -> bool:
    """Read a column of nothing but digits, points and blanks at once, where no mark is in doubt.

    Most columns of large tables are such, and looking at each cell takes a hundred times as long.
    """
    if set(map(type, column.cells)) == {float}:
        column.values = np.array(column.cells, dtype=float)
        return True
    texts = [cell for cell in column.cells if type(cell) is str and cell]
    joined = "\n".join(texts)
    if not PLAIN.fullmatch(joined):
        return False
    column.decision = Decision(".", say.ITS_CELLS()) if "." in joined else Decision()
    if EITHER.search(joined) and not PROOF.search(joined):
        return False
    column.values = np.array([cell if cell != "" else np.nan for cell in column.cells], dtype=float)
    column.missing = Counter({BLANK: blanks} if (blanks := column.cells.count("")) else {})
    return True


def _is_number(column: Column, found: Parsed) -> bool:
    """Whether a column is one of numbers; if not, its kind is set."""
    counted = Counter(cell for cell in column.cells if type(cell) is str)
    number = sum(counted[text] for text in found.numerals) + found.numbers
    text = sum(found.texts.values())
    words = {t.lower() for t in (*found.texts, *found.absent) if missing(t) in ("", WORD)}
    if frozenset(words) in YES_NO and not number:
        column.kind = "yes/no"
    elif text and number < MOSTLY * (number + text):
        column.kind = "text"
    return column.kind == "number"


def _read_numbers(column: Column, found: Parsed, choices: Choices, file: str) -> None:
    if column.decision.in_doubt:
        marks = {cell.marks for cell in column.decision.in_doubt if cell.says() == "either"}
        if len(marks) == 1:
            column.asks = question(column.heading, column.decision, list(found.numerals.values()))
        else:
            column.problems = _mixed(column, file)
    values: dict[str, float] = {}
    bad: dict[str, str] = {text: say.NO_NUMBER(text=text) for text in found.texts}
    for text, number in found.numerals.items():
        try:
            mark = column.decision.mark
            values[text] = number.value(number.says() or "." if mark == EACH else mark or ".")
        except ValueError as error:
            bad[text] = error.args[0]
    if column.asks is None and not column.problems:
        column.problems = _unreadable(column, bad, file)
    dash = 0.0 if choices.dash == "zero" else np.nan
    absent = {text: dash if kind == DASH else np.nan for text, kind in found.absent.items()}
    known = {**dict.fromkeys(bad, np.nan), **absent, **values}
    column.values = np.array(
        [known[cell] if type(cell) is str else cell for cell in column.cells], dtype=float
    )
    _count(column, found)
    if choices.dash == "zero" and (dashes := column.missing.pop(DASH, 0)):
        column.notes.append(say.DASH_ZERO(dashes=dashes))
    _note_signs(column, found, file)


def _count(column: Column, found: Parsed) -> None:
    column.missing = Counter(
        found.absent[cell] for cell in column.cells if type(cell) is str and cell in found.absent
    )
    if dashes := column.missing[DASH]:
        column.notes.append(say.DASH_MISSING(dashes=dashes))
    if words := column.missing[WORD]:
        sample = next(text for text, kind in found.absent.items() if kind == WORD)
        column.notes.append(say.WORDS_MISSING(words=words, sample=sample))


def _note_signs(column: Column, found: Parsed, file: str) -> None:
    counted = Counter(cell for cell in column.cells if type(cell) is str)
    for sign in say.SIGNS:
        of = [text for text, number in found.numerals.items() if sign in number.kinds]
        if of:
            column.notes.append(say.SIGNS[sign](count=sum(counted[text] for text in of)))
    signed = {t: n for t, n in found.numerals.items() if "%" in n.kinds}
    if signed:
        column.unit = column.unit or "%"
        _check_percent(column, signed, found, file)
    if column.decision.mark == EACH:
        column.notes.append(say.EACH_MARK())


def _check_percent(column: Column, signed: dict[str, Numeral], found: Parsed, file: str) -> None:
    """A problem, where signed cells are percent and the others look like shares of one."""
    values = dict(zip(column.cells, column.values, strict=True))
    plain = [float(values[t]) for t in found.numerals if t not in signed]
    plain += [float(cell) for cell in column.cells if type(cell) is not str]
    if not plain or max(map(abs, plain)) > 1 or max(abs(float(values[t])) for t in signed) <= 1:
        return
    row = next(r for c, r in zip(column.cells, column.rows, strict=True) if c in signed)
    said = say.SOME_PERCENT()
    column.problems.append(Finding(said, file, row, column.heading, "", say.ONE_UNIT_EACH()))


def _mixed(column: Column, file: str) -> list[Finding]:
    """The column's marks contradict each other."""
    first: dict[str, str] = {}
    for cell in column.decision.in_doubt:
        if cell.marks:
            first.setdefault(cell.marks[-1], cell.text)
    texts = list(first.values())
    row = next(r for c, r in zip(column.cells, column.rows, strict=True) if c == texts[-1])
    said = say.MIXED_MARKS(texts=joined(map(repr, texts), say.AND()))
    return [Finding(said, file, row, column.heading, "", say.ONE_MARK_EACH())]


def _unreadable(column: Column, bad: dict[str, str], file: str) -> list[Finding]:
    if not bad:
        return []
    return [
        Finding(bad[cell], file, row, column.heading, "", say.A_NUMBER())
        for cell, row in zip(column.cells, column.rows, strict=True)
        if type(cell) is str and cell in bad
    ]


def _read_texts(column: Column, found: Parsed) -> None:
    if column.kind == "yes/no":
        words = {t.lower() for t in (*found.texts, *found.absent) if missing(t) in ("", WORD)}
        yes = YES_NO[frozenset(words)]
        absent = {text for text in found.absent if text.lower() not in words}
        column.values = np.array(
            [np.nan if c in absent else float(str(c).lower() == yes) for c in column.cells]
        )
        column.missing = Counter(BLANK for cell in column.cells if cell in absent)
        column.notes.append(say.TWO_VALUES(yes=yes))
        return
    _count(column, found)
    worded = [text for text in found.texts if text[:1].isdigit()]
    if len(worded) > len(found.texts) / 2:
        column.notes.append(say.WORDED(worded=worded[0]))
    column.values = np.array(
        [None if cell in found.absent else _text(cell) for cell in column.cells], dtype=object
    )


def _text(cell: Cell) -> str:
    return cell if type(cell) is str else f"{cell:.15g}"


def columns_in(columns: Collection[Column], kind: str) -> list[Column]:
    """Columns of one kind."""
    return [column for column in columns if column.kind == kind]
