"""A room's face names what others use: no name is there for its own test alone."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from conftest import ROOT

ROOMS = sorted((ROOT / "smartlib" / "index").glob("*/__init__.py"))
PRESENT = ROOT / "smartlib" / "present"


def named(face: Path) -> list[str]:
    """Names that a room's face brings in."""
    return [
        alias.asname or alias.name
        for node in ast.parse(face.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name != "*"
    ]


def words_outside(home: Path) -> set[str]:
    """Every name in the package beside a room, in the notebooks and the benchmarks."""
    texts = [
        path.read_text(encoding="utf-8")
        for folder in ("smartlib", "benchmarks")
        for path in (ROOT / folder).rglob("*.py")
        if not path.is_relative_to(home)
    ]
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return set(re.findall(r"\w+", "\n".join(texts)))


@pytest.mark.parametrize("face", ROOMS, ids=lambda path: path.parent.name)
def test_what_a_room_of_the_index_names_is_used_outside(face: Path) -> None:
    """By an inner room beside it, by a room above, by a notebook or by a benchmark."""
    assert set(named(face)) - words_outside(face.parent) == set()


def test_what_present_names_is_used_outside() -> None:
    """By a notebook or by the room above."""
    from smartlib import present

    assert len(present.__all__) > 10
    assert set(present.__all__) - words_outside(PRESENT) == set()
    assert [name for name in present.__all__ if getattr(present, name, None) is None] == []


def test_the_index_hands_on_what_its_rooms_name() -> None:
    """Each name once, and each of them there."""
    from smartlib import index

    names = [name for face in ROOMS for name in named(face)]
    assert len(names) == len(set(names)) > 50
    assert [name for name in names if not hasattr(index, name)] == []
    modules = {path.stem for path in (ROOT / "smartlib" / "index").rglob("*.py")}
    for name in modules.intersection(names):  # a function, not the module that it stands in
        assert callable(getattr(index, name))
