"""How large a table may be (floor 1).

There are 514 regions. Room is left for 514 regions x 200 columns x 20 years: 2 million cells, as
10,280 rows or as 4,000 columns. What is larger is no table of regions but a mistake (a cell far
away, a whole database) or a trap, and is refused before memory is taken for it.
"""

from __future__ import annotations

from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.words import files as say

ROWS = 250_000  # with something in them; 514 regions x 20 years x 24 indicators in a long table
COLUMNS = 16_384  # as Excel has
CELLS = 3_000_000  # between the first and the last that is filled: readers hold this rectangle
FILE_BYTES = 64 << 20  # 2 million cells are 20 MB as XLSX and 40 MB as text
UNPACKED_BYTES = 128 << 20  # all parts of a workbook; 2 million cells are 78 to 110 MB of XML
PARTS = 10_000  # files within a workbook: a sheet has one or two
DIRECTORY_BYTES = 4 << 20  # the list of these files
PLAN_BYTES = 4 << 20  # the list of sheets, and where they are
LINES = 4 * ROWS  # of text, where a cell may hold line breaks
LINE_BYTES = 4 << 20  # of text: 4,000 columns of 1,000 letters
ROW_BYTES = 16 << 20  # of a sheet's XML, in which no row begins: its texts and marks
TEXT_BYTES = 128 << 20  # of all cells together; a workbook holds equal texts once
SPACES = 32_767  # in one cell; Excel's longest text

WHAT_TO_DO = say.KEEP_NEEDED()


def too_large(name: str, what: str, most: str, fix: str = WHAT_TO_DO) -> DataError:
    """The error for a table beyond a limit.

    Parameters
    ----------
    name : str
        The file.
    what, most : str
        What it has, and what is read.
    fix : str, optional
        What to do.

    Examples
    --------
    >>> print(too_large("a.csv", "300,000 rows", "250,000"))
    a.csv has 300,000 rows; at most 250,000 are read. Keep the rows and columns that are needed, \
and save them as a table of their own.
    """
    return DataError(say.TOO_LARGE(name=name, what=what, most=most, fix=fix))
