"""Small notebooks for the tests of `smartlib.run`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

PARAMETERS = 'region: str = "51.03"  # code\nyear: int = 2024\nlang: str = "id"'


def code(source: str, *tags: str, outputs: Sequence[NotebookNode] = ()) -> NotebookNode:
    return new_code_cell(source, metadata={"tags": list(tags)}, outputs=list(outputs))


def text(source: str, *tags: str) -> NotebookNode:
    return new_markdown_cell(source, metadata={"tags": list(tags)})


def notebook(*cells: NotebookNode) -> NotebookNode:
    """With the metadata of a kernel that no machine has."""
    node = new_notebook(cells=list(cells))
    node.metadata["kernelspec"] = {"name": "no-such", "display_name": "No", "language": "python"}
    return node


def write(path: Path, *cells: NotebookNode) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook(*cells), path)
    return path
