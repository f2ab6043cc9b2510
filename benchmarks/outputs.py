"""Where executions of one notebook differ, by kind of thing."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

TIMES = {"papermill", "execution", "ploomber"}  # records of the programs themselves
EVERYDAY = {
    "text between displays": 'from IPython.display import HTML\nprint("a")\ndisplay(HTML("b"))\n'
    'print("c")',
    "standard error between prints": 'import sys\nprint("a")\nprint("b", file=sys.stderr)\n'
    'print("c")',
    "text of a subprocess": 'import subprocess\nprint("a")\nsubprocess.run(["echo", "b"])',
    "cleared output": 'from IPython.display import clear_output\nprint("a")\nclear_output()\n'
    'print("b")',
    "updated display": 'shown = display("a", display_id=True)\nshown.update("b")',
    "metadata of a display": 'display({"text/plain": "a"}, raw=True, metadata={"b": "c"})',
    "awaited result": 'import asyncio\nawait asyncio.sleep(0, "a")',
    "figure": "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
}


def write_everyday(path: Path) -> None:
    """Write a notebook of what cells commonly do; the first line of each names it."""
    cells = [new_code_cell(f"# {name}\n{source}") for name, source in EVERYDAY.items()]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)


def differences(one: NotebookNode, other: NotebookNode) -> dict[str, list[str]]:
    """The first lines of cells that differ, by what differs in them.

    Parameters
    ----------
    one, other : NotebookNode
        The same notebook, executed. Times are not compared, nor empty metadata.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for ours, theirs in zip(*map(_code_cells, (one, other)), strict=True):
        a, b = facts(ours), facts(theirs)
        for kind in dict.fromkeys([*a, *b]):
            if a.get(kind) != b.get(kind):
                found[kind].append(ours.source.splitlines()[0].removeprefix("# "))
    return dict(found)


def _code_cells(node: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in node.cells if cell.cell_type == "code"]


def facts(cell: NotebookNode) -> dict[str, list[object]]:
    """What a code cell holds and shows, by kind."""
    found: dict[str, list[object]] = defaultdict(list)
    found["execution count"].append(cell.execution_count)
    found["cell metadata"] += sorted(k for k, v in cell.metadata.items() if v and k not in TIMES)
    for output in cell.outputs:
        found["kinds of output in their order"].append(output.output_type)
        if output.output_type == "stream":
            found[output.name].append(output.text)
        if output.output_type == "error":
            found["error"] += [output.ename, output.evalue, output.traceback]
        if "execution_count" in output:
            found["execution count"].append(output.execution_count)
        for kind, content in output.get("data", {}).items():
            found[kind].append(content)
        if output.get("metadata"):
            found["output metadata"].append(output.metadata)
    return found
