"""The rows of a table while their regions are looked for (floor 1)."""

from __future__ import annotations

from dataclasses import dataclass, field

from smartlib.data.tables.names.gazetteer import Named
from smartlib.data.tables.values.questions import Question
from smartlib.vocabulary.words import tables as say


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

    @property
    def is_province(self) -> bool:
        """Whether it is left out as a province."""
        return self.reason == say.A_PROVINCE.english

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
    bare_are_kabupaten : bool
        Whether names without their kind were read as kabupaten.
    notes : list of str
    questions : list of Question
    """

    rows: list[Row]
    column: str = ""
    system: str = "name"
    code_column: bool = True
    bare_are_kabupaten: bool = False
    notes: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
