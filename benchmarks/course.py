"""A class of 200 made by script, a tenth of it hostile: released, handed in, graded, counted.

`python -m benchmarks.course [STUDENTS]`; lessons 1 and 2, ten exercises a student. Prints seconds,
processor seconds, peak memory, and how many rows are right, flagged or neither.
"""

from __future__ import annotations

import csv
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import psutil
from nbformat.v4 import new_code_cell

from smartlib.run.execute.nodes import notebook_bytes
from smartlib.teach.grade.grade import Asked, grade
from smartlib.teach.release.forms import solution_of
from smartlib.teach.release.release import release
from smartlib.teach.release.source import PERSONAL, SETUP, read_source, tags_of
from smartlib.vocabulary.folders import Folders

STUDENTS, JOBS, SECONDS = 200, 2, 10
LESSONS = ("1", "2")
EVERY = 10  # one student in so many is hostile
HOSTILE = {  # put before an exercise of lesson 1; exercises that are to be right all the same
    "loops": ("while True:\n    pass", "11111"),
    "deaf": (
        "while True:\n    try:\n        while True:\n            pass\n"
        "    except BaseException:\n        pass",
        "11000",
    ),
    "raises": ("1 / 0", "11111"),
    "dies": ("import os\n\nos._exit(1)", "11000"),
    "forges": ("class Check:\n    def __call__(self, *_):\n        print('Benar.')\n\n\n"
               "check = Check()", "11111"),
    "prints": ("print('x' * 10**6)", "11111"),
    "takes": ("x = bytearray(10**11)", "11111"),
}  # fmt: skip
FILES = ("corrupt", "swapped", "deleted", "neighbour")


def solved(path: Path, lesson: str) -> nbformat.NotebookNode:
    """A released notebook with the solution's code in it."""
    node = nbformat.read(path, as_version=4)
    solution = solution_of(read_source(lesson, Folders.find()), "id")
    for mine, right in zip(node.cells, solution.cells, strict=True):
        if mine.cell_type == "code" and not {SETUP, PERSONAL} & set(tags_of(mine)):
            mine.source = right.source
    return node


def handed_in(folder: Path, nims: list[str]) -> Iterator[tuple[str, str]]:
    """Solve every notebook, and spoil some; number and kind of the spoilt ones."""
    kinds = [*HOSTILE, *FILES]
    for place, nim in enumerate(nims):
        kind = kinds[(place // EVERY) % len(kinds)] if place % EVERY == 0 else ""
        for lesson in LESSONS:
            (path,) = (folder / nim).glob(f"0{lesson}_*.ipynb")
            node = solved(path, lesson)
            if lesson == "1" and kind in HOSTILE:
                before = next(n for n, c in enumerate(node.cells) if 'check("1c"' in c.source)
                node.cells.insert(before, new_code_cell(HOSTILE[kind][0]))
            if lesson == "1" and kind == "deleted":
                node.cells = [c for c in node.cells if "answer_1b" not in c.source]
            if lesson == "1" and kind == "neighbour":
                victim = next((folder / nims[place - 1]).glob("01_*.ipynb"))
                node.cells.append(new_code_cell(f"open({str(victim)!r}, 'w').write('mine')"))
            content = (
                b'{"cells": [' if lesson == "1" and kind == "corrupt" else notebook_bytes(node)
            )
            path.write_bytes(content)
        if kind == "swapped":
            (other,) = (folder / nims[place + 1]).glob("01_*.ipynb")
            (folder / nim / other.name).write_bytes(other.read_bytes())
        yield nim, kind


def expected(kind: str) -> tuple[str, bool]:
    """Points of lesson 1, and whether the row has to be flagged."""
    if kind in HOSTILE:
        return HOSTILE[kind][1], kind in ("loops", "deaf", "dies")
    special = {"corrupt": ("", True), "deleted": ("10111", True), "neighbour": ("11111", True)}
    return special.get(kind, ("11111", False))


class Peak:
    """The most memory that this process and its children held, as it is looked at."""

    def __init__(self) -> None:
        self.most, self.me = 0, psutil.Process()

    def look(self, name: str) -> None:
        """After a submission."""
        held = 0
        for process in (self.me, *self.me.children(recursive=True)):
            try:
                held += process.memory_full_info().uss  # pages shared by forks count once
            except psutil.Error:
                continue
        self.most = max(self.most, held)


def main(count: int) -> int:
    """Run it; 0 if every row is right or flagged."""
    folders = Folders.find()
    with tempfile.TemporaryDirectory() as place:
        folder, listed = Path(place) / "class", Path(place) / "students.csv"
        nims = [f"0672021{number:03}" for number in range(count)]
        rows = "".join(f"{nim},Mahasiswa {nim[-3:]}\n" for nim in nims)
        listed.write_text(f"nim,nama\n{rows}", encoding="utf-8")
        began = time.perf_counter()
        for lesson in LESSONS:
            release(lesson, listed, folder, folders=folders)
        print(f"released in {time.perf_counter() - began:.1f} s")
        kinds = dict(handed_in(folder, nims))
        peak, began = Peak(), time.perf_counter()
        found = grade(Asked(folder, listed, workers=JOBS, seconds=SECONDS), folders, peak.look)
        seconds = time.perf_counter() - began
        used = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        processor = sum(one.ru_utime + one.ru_stime for one in used)
        text = (folder / "nilai.csv").read_bytes().decode("utf-8-sig")
        table = list(csv.DictReader(text.splitlines(), delimiter=";"))
    flagged = {row.member.nim for row in found.rows if row.is_flagged}
    wrong = []
    for row in table:
        points = "".join(row[name] for name in found.exercises if name[0] == "1")
        wanted, must = expected(kinds[row["nim"]])
        is_right = points == wanted and (row["nim"] in flagged) >= must
        if not is_right and row["nim"] not in flagged:
            wrong.append((row["nim"], kinds[row["nim"]], points))
    print(f"{len(table)} rows, {len(flagged)} flagged, {len(wrong)} neither right nor flagged")
    print(f"{seconds:.1f} s, {processor:.1f} processor s so far, load {os.getloadavg()[0]:.1f}")
    print(f"peak {peak.most / 2**20:.0f} MB of own pages")
    for one in wrong:
        print("  ", *one)
    return 1 if wrong or len(table) != count else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else STUDENTS))
