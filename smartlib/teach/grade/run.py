"""One submission: run it, ask its kernel for values, compare them here."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from smartlib.run.execute.engine import Bounds, Execution, run_notebook
from smartlib.run.execute.nodes import KERNELSPEC
from smartlib.run.execute.warm.scratch import scratch
from smartlib.teach.checking.checker import Checker, Verdict
from smartlib.teach.checking.keys import Keys
from smartlib.teach.checking.values import LONGEST, Kind, Plain
from smartlib.teach.grade.probe import TOLD
from smartlib.teach.release.source import ANSWER

CELL_SECONDS = 10
SAID = 200_000  # bytes of a cell's outputs
MOST_CELLS = 500
PROBE = "smartlib-probe-"
ASSIGNED = re.compile(rf"\b{ANSWER}\d+[a-j]\b")
UNKNOWN = Verdict("blank", "", "")


@dataclass(frozen=True)
class Marked:
    """What came of a submission.

    Attributes
    ----------
    verdicts : mapping of str to Verdict
        By exercise.
    remarks : tuple of str
        Codes of `words.REMARKS`.
    cold : str
        Why it did not run on a warm kernel.
    """

    verdicts: dict[str, Verdict]
    remarks: tuple[str, ...] = ()
    cold: str = ""


def mark(
    content: bytes, keys: Keys, *, home: Path | None = None, seconds: float = CELL_SECONDS
) -> Marked:
    """Run a notebook as it was handed in and judge its answers.

    Parameters
    ----------
    content : bytes
        Of the file.
    keys : Keys
        Of the student whose it is to be.
    home : Path, optional
        Whose tables the notebook reads.
    seconds : float
        That a cell may take.

    Raises
    ------
    StoppedError
        Grading was given up meanwhile.
    """
    exercises = list(keys.keys)
    node = notebook_of(content)
    if node is None:
        return Marked({}, ("unreadable",))
    code = "\n".join(cell.source for cell in node.cells)
    gone = [name for name in exercises if f"{ANSWER}{name}" not in code]
    run = _run(with_probes(node, exercises), home, seconds)
    found, checker = told(run.notebook), Checker(keys)
    verdicts = {
        name: checker.judge(name, found[name]) if name in found else UNKNOWN for name in exercises
    }
    remarks = (*(["deleted"] if gone else []), *_remarks(run))
    return Marked(verdicts, remarks, run.cold)


def notebook_of(content: bytes) -> NotebookNode | None:
    """A notebook with its code alone; None where it is none that can be run.

    Parameters
    ----------
    content : bytes
        Of a file.
    """
    try:
        node = nbformat.reads(content.decode("utf-8-sig"), as_version=4)
        sources = [cell.source for cell in node.cells if cell.cell_type == "code"]
        "".join(sources).encode("utf-8")
    except Exception:  # whatever a damaged file makes its readers raise
        return None
    made = nbformat.v4.new_notebook(cells=[_cell(n, s) for n, s in enumerate(sources[:MOST_CELLS])])
    made.metadata["kernelspec"] = nbformat.from_dict(KERNELSPEC)
    return made


def _cell(number: int, source: str) -> NotebookNode:
    cell = new_code_cell(source, metadata={"tags": ["raises-exception"]})
    cell["id"] = f"cell-{number}"
    return cell


def with_probes(node: NotebookNode, exercises: Sequence[str]) -> NotebookNode:
    """The notebook, with cells that ask for its answers where one may have been given.

    Parameters
    ----------
    node : NotebookNode
        Code alone.
    exercises : sequence of str
        To ask for.
    """
    asked = copy.deepcopy(node)
    cells = [_probe(0, "limit()")]
    for number, cell in enumerate(node.cells, start=1):
        cells.append(cell)
        if ASSIGNED.search(cell.source):
            cells.append(_probe(number, f"show({list(exercises)!r})"))
    cells.append(_probe(len(node.cells) + 1, f"show({list(exercises)!r})"))
    asked.cells = cells
    return asked


def _probe(number: int, call: str) -> NotebookNode:
    module = "smartlib.teach.grade.probe"
    cell = _cell(number, f"__import__({module!r}, fromlist=['x']).{call}")
    cell["id"] = f"{PROBE}{number}"
    return cell


def told(node: NotebookNode) -> dict[str, Plain]:
    """The last value of each answer that is not blank, as the probes were told it.

    Parameters
    ----------
    node : NotebookNode
        As far as it ran.
    """
    found: dict[str, Plain] = {}
    probes = [cell for cell in node.cells if cell.get("id", "").startswith(PROBE)]
    for output in (output for cell in probes for output in cell.outputs):
        said = output.get("data", {}).get(TOLD)
        for name, value in said.items() if isinstance(said, dict) else ():
            if isinstance(value, list) and len(value) == 2 and value[0] in get_args(Kind):
                answer = Plain(value[0], str(value[1])[: 20 * LONGEST])
                if answer.kind != "blank":
                    found[str(name)] = answer
    return found


def _run(node: NotebookNode, home: Path | None, seconds: float) -> Execution:
    with scratch() as folder:
        path = Path(folder) / "submission.ipynb"
        nbformat.write(node, path)
        return run_notebook(
            path,
            {},
            cwd=path.parent,
            bounds=Bounds(20 * seconds, seconds, SAID),
            home=home,
        )


def _remarks(run: Execution) -> list[str]:
    theirs = [cell for cell in run.notebook.cells if not cell.get("id", "").startswith(PROBE)]
    names = [
        o.ename for cell in theirs for o in cell.get("outputs", []) if o.output_type == "error"
    ]
    codes = []
    if run.cause == "kernel":
        codes.append("died")
    if run.cause == "timeout" or "KeyboardInterrupt" in names:
        codes.append("timeout")
    if [name for name in names if name != "KeyboardInterrupt"]:
        codes.append("raised")
    return codes
