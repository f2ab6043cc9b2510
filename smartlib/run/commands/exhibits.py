"""What executed notebooks show, cell by cell, and where code draws at random (floor 5)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KINDS = {"image/png": "figure", "image/svg+xml": "figure", "text/html": "table"}
SAID = "text/markdown"
LONGEST = 160  # characters of what names an exhibit
DRAW = re.compile(r"default_rng\(\s*([\w.]*)\s*\)")
SEED = re.compile(r"^(\w*SEED\w*)(?:: \w+)? = (\d[\d_]*)", re.MULTILINE)


@dataclass(frozen=True)
class Exhibit:
    """A figure, a table or a sentence that a cell prints.

    Attributes
    ----------
    kind : {"figure", "table", "sentence"}
    title : str
        Its caption, its heading row or itself.
    file : str
        Executed notebook below the reports folder.
    cell : str
        Its `id` there.
    """

    kind: str
    title: str
    file: str
    cell: str


def exhibits(reports: Path, notebook: Path) -> list[Exhibit]:
    """All exhibits of an executed notebook, in their order.

    Parameters
    ----------
    reports : Path
        Folder.
    notebook : Path
        In it.
    """
    node = json.loads(notebook.read_text(encoding="utf-8"))
    file = notebook.relative_to(reports).as_posix()
    return [
        Exhibit(kind, title, file, cell["id"])
        for cell in node["cells"]
        for output in cell.get("outputs", [])
        for kind, title in _shown(output.get("data", {}))
    ]


def _shown(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    plain = "".join(data.get("text/plain", ""))
    kinds = [kind for mime, kind in KINDS.items() if mime in data]
    if kinds:
        yield kinds[0], _short(plain.strip().split("\n")[0])
    elif SAID in data:
        for line in "".join(data[SAID]).strip().split("\n"):
            if any(mark.isdigit() for mark in line):
                yield "sentence", _short(line.lstrip("- "))


def _short(text: str) -> str:
    one = re.sub(r"\s+", " ", text).replace("|", "/").strip()
    return one if len(one) <= LONGEST else f"{one[:LONGEST].rstrip()}..."


@dataclass(frozen=True)
class Draw:
    """A place that draws at random: file, line and seed."""

    file: str
    line: int
    seed: str


def draws(package: Path, notebooks: Path) -> list[Draw]:
    """Every generator of random numbers that code or a notebook makes, and its seed.

    Parameters
    ----------
    package : Path
        Folder of the code.
    notebooks : Path
        Folder of the notebooks.
    """
    code = {path: path.read_text(encoding="utf-8") for path in sorted(package.rglob("*.py"))}
    pairs = {(m[1], m[2]) for text in code.values() for m in SEED.finditer(text)}
    names = [name for name, _ in pairs]
    known = {name: seed for name, seed in pairs if names.count(name) == 1}  # else left by name
    inside = {path.relative_to(package).as_posix(): text for path, text in code.items()}
    texts = {f"smartlib/{name}": text for name, text in inside.items()}
    for path in sorted(notebooks.glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        own = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
        texts[f"notebooks/{path.name}"] = "\n".join(own)
    found = []
    for file, text in texts.items():
        here = {m[1]: m[2] for m in SEED.finditer(text)}
        for number, line in enumerate(text.split("\n"), start=1):
            for drawn in DRAW.finditer(line):
                name = drawn[1].rpartition(".")[2]
                if ">>>" not in line and "`" not in line:
                    found.append(Draw(file, number, here.get(name) or known.get(name) or name))
    return found
