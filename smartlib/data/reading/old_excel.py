"""A workbook of the format before 2007, read in a process of its own (floor 1).

In a damaged one a cell may claim any place, and the reader takes memory for all before it,
until the system ends the process. Run as a script, this file reads a workbook from standard
input within a limit, and imports nothing but the reader.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

MEMORY = 1 << 30  # bytes; the largest sheet of the format, 16 million cells, is beyond a table
SECONDS = 20  # of the processor
DAMAGED, TOO_LARGE = 3, 4  # exit codes
CELLS = 3_000_000  # as in `limits`


def old_sheets(content: bytes) -> tuple[str, list[dict[str, Any]]]:
    """Sheets of a workbook: name, whether it is hidden, and rows of texts and numbers.

    Parameters
    ----------
    content : bytes
        The file.

    Returns
    -------
    problem : str
        `damaged` or `large`, or nothing.
    sheets : list of dict
        name, hidden, rows.
    """
    done = subprocess.run(
        [sys.executable, "-I", str(Path(__file__))], input=content, capture_output=True, check=False
    )
    if done.returncode:
        return "large" if done.returncode == TOO_LARGE else "damaged", []
    return "", json.loads(done.stdout)


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows, where a large one is only slow
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _cell(value: object) -> str | float:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return float(value)
    return str(value).strip()


def _main() -> int:
    import python_calamine  # noqa: PLC0415 - only the script needs it

    _limit()
    sheets = []
    try:
        book = python_calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read()))
        for about in book.sheets_metadata:
            if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            if sheet.total_height * sheet.total_width > CELLS:
                return TOO_LARGE
            left: list[str | float] = [""] * (sheet.start or (0, 0))[1]
            rows = [left + [_cell(value) for value in row] for row in sheet.iter_rows()]
            hidden = about.visible != python_calamine.SheetVisibleEnum.Visible
            sheets.append({"name": about.name, "hidden": hidden, "rows": rows})
    except BaseException:
        return DAMAGED
    sys.stdout.write(json.dumps(sheets))
    return 0


if __name__ == "__main__":
    sys.exit(_main())
