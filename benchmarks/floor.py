"""The floor: a notebook's cells as a plain function, in processes forked from a preloaded one.

No kernel, no messages, no notebook: only what the cells themselves cost, and the text, HTML
and PNG of what they show. Run as a program of its own, since only a process with a single
thread may fork: `python floor.py NOTEBOOK JOBS REGION...` prints the seconds of all regions.
"""

from __future__ import annotations

import ast
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import CodeType

import nbformat
from IPython.core.formatters import DisplayFormatter

Cell = tuple[CodeType, CodeType | None]  # its statements, and the expression that it ends with


def main(notebook: Path, jobs: int, regions: Sequence[str]) -> None:
    """Run the notebook for each region, `jobs` at a time, and print the wall time.

    One run in this process is the preloading: whatever can be kept, each fork inherits.
    """
    cells = list(compiled(notebook))
    os.chdir(notebook.parent)
    run(cells, regions[0])
    began = time.perf_counter()
    forked(lambda region: run(cells, region), regions, jobs)
    print(time.perf_counter() - began)


def compiled(notebook: Path) -> Iterator[Cell]:
    """The code cells, less the one that the parameters replace."""
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type != "code" or "parameters" in cell.metadata.get("tags", []):
            continue
        tree, shown = ast.parse(cell.source), None
        if isinstance(tree.body[-1], ast.Expr):
            shown = compile(ast.Expression(tree.body.pop().value), "cell", "eval")
        yield compile(tree, "cell", "exec"), shown


def run(cells: Sequence[Cell], region: str) -> None:
    """Run the cells, and make of what they show all that a kernel would send."""
    formatter = DisplayFormatter()
    formatter.active_types = formatter.format_types  # not only text, as on a terminal
    names = {"region": region, "year": 2024, "lang": "id", "display": formatter.format}
    for statements, shown in cells:
        exec(statements, names)
        if shown is not None:
            formatter.format(eval(shown, names))


def forked(work: Callable[[str], None], regions: Sequence[str], jobs: int) -> None:
    """Do the work for each region in a fork of its own, `jobs` at a time.

    Raises
    ------
    SystemExit
        One of them failed; its traceback stands on standard error.
    """
    running = 0
    for region in regions:
        if running == jobs:
            _await_one()
            running -= 1
        if os.fork() == 0:
            code = 1
            try:
                work(region)
                code = 0
            except Exception:
                traceback.print_exc()
            finally:
                os._exit(code)
        running += 1
    for _ in range(running):
        _await_one()


def _await_one() -> None:
    _, status = os.wait()
    if status:
        raise SystemExit("A region's cells failed.")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
