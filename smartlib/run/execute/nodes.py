"""Notebooks as data: what is taken out of them, and what a run left in them (floor 5)."""

from __future__ import annotations

import copy
import re

import nbformat
from nbformat import NotebookNode

KERNEL, LANGUAGE = "python3", "python"
KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": LANGUAGE, "name": KERNEL}
# Without the interpreter's version.
LANGUAGE_INFO = {"name": LANGUAGE, "pygments_lexer": "ipython3"}
INJECTED = "injected-parameters"
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def language_of(node: NotebookNode) -> str:
    """The language that a notebook is written in, as it says."""
    return str(node.metadata.get("kernelspec", {}).get("language", LANGUAGE))


def only_language(node: NotebookNode, lang: str) -> NotebookNode:
    """The notebook without cells tagged `lang-id` or `lang-en` for another language.

    Parameters
    ----------
    node : NotebookNode
        Not changed.
    lang : str
        Language to keep; nothing keeps all.
    """
    kept = copy.deepcopy(node)
    if lang:
        kept.cells = [
            cell
            for cell in kept.cells
            if not any(
                tag.startswith("lang-") and tag != f"lang-{lang}"
                for tag in cell.metadata.get("tags", [])
            )
        ]
    return kept


def stopped_at(node: NotebookNode) -> str:
    """Why an executed notebook is not whole, or nothing.

    Looks at outputs and execution counts: an error output that no `raises-exception` tag
    announces, or a code cell that was never run.
    """
    for number, cell in enumerate(node.cells, start=1):
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or "skip-execution" in tags:
            continue
        errors = [output for output in cell.outputs if output.output_type == "error"]
        if errors and "raises-exception" not in tags:
            lines = errors[0].traceback or [f"{errors[0].ename}: {errors[0].evalue}"]
            return f"Cell {number} raised an error.\n" + "\n".join(lines)
        if cell.execution_count is None:
            return f"Cell {number} was never run: the notebook stopped before it."
    return ""


def place_of(node: NotebookNode) -> str:
    """The cell that a run had come to."""
    marks = [cell.metadata.get("papermill", {}) for cell in node.cells]  # reset as a run begins
    begun = [n for n, mark in enumerate(marks, start=1) if mark.get("start_time")]
    return f"in cell {begun[-1]}" if begun else "before the first cell"


def plain(text: str) -> str:
    """Text without terminal colours."""
    return ANSI.sub("", text)


def normalised(node: NotebookNode) -> NotebookNode:
    """The notebook without what differs between two runs of the same thing.

    Leaves out times, paths, widget state and the interpreter's version; the injected cell
    gets a fixed id.
    """
    same = copy.deepcopy(node)
    for key in ("papermill", "widgets", "signature"):
        same.metadata.pop(key, None)
    if language_of(same).lower() == LANGUAGE:
        same.metadata["kernelspec"] = nbformat.from_dict(KERNELSPEC)
        same.metadata["language_info"] = nbformat.from_dict(LANGUAGE_INFO)
    for cell in same.cells:
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if not cell.metadata.get("tags", [""]):
            del cell.metadata["tags"]
        if INJECTED in cell.metadata.get("tags", []):
            cell["id"] = INJECTED
    return same


def notebook_bytes(node: NotebookNode) -> bytes:
    """A notebook as its file's bytes, one line feed at the end."""
    text: str = nbformat.writes(node, version=nbformat.NO_CONVERT)
    return (text.rstrip("\n") + "\n").encode("utf-8")
