"""`python -m benchmarks.tables [COUNT [FIRST]]`: how many made tables are read, asked, refused."""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.tables.files import save
from benchmarks.tables.judge import BROKEN, WRONG, Verdict, judge
from benchmarks.tables.plan import Plan, draw, factors
from benchmarks.tables.regions import regions
from benchmarks.tables.sheets import build
from smartlib.data.load import load_gazetteer
from smartlib.data.reading.grids import open_grids
from smartlib.data.tables.understanding import read_sheets
from smartlib.vocabulary.folders import Folders

COUNT = 3_000


class Maker:
    """Makes tables by number, and judges their reading."""

    def __init__(self, folders: Folders) -> None:
        self.gazetteer = load_gazetteer(folders)
        self.everyone, self.known = regions(folders.raw), factors(folders.raw)

    def make(self, number: int, folder: Path) -> tuple[Plan, str, bytes, str]:
        plan = draw(number, self.everyone, self.known)
        name, content, described = save(plan.file, build(plan), plan.rng, folder)
        return plan, name, content, described

    def judged(self, number: int, folder: Path) -> tuple[Plan, str, Verdict, str, bytes]:
        plan, name, content, described = self.make(number, folder)
        verdict = judge(
            plan,
            lambda choices: read_sheets(
                open_grids(content, name), content, name, self.gazetteer, choices
            ),
        )
        return plan, described, verdict, name, content


def labels(plan: Plan, described: str) -> dict[str, str]:
    """What a table is counted under."""
    return {
        "regions": plan.form.form,
        "naming": plan.form.naming,
        "codes": plan.form.code or "none",
        "which": plan.which,
        "shape": plan.shape,
        "file": described.split(" ", maxsplit=1)[0],
        "numbers": "numbers" if plan.numeric else "text",
    }


def main() -> None:
    """Count, and print what is wrong."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    keep = Path(sys.argv[3]) if len(sys.argv) > 3 else None
    maker, began = Maker(Folders.find()), time.process_time()
    answers: Counter[str] = Counter()
    by: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    with TemporaryDirectory() as folder:
        for number in range(first, first + count):
            plan, described, verdict, name, content = maker.judged(number, Path(folder))
            answers[verdict.answer] += 1
            for what, of in labels(plan, described).items():
                by[what, of][verdict.answer] += 1
            if verdict.answer != "read":
                print(
                    f"{number} {verdict.answer}: {verdict.said} [{plan.form.form}/"
                    f"{plan.form.spelling}/{plan.form.naming}/{plan.form.code} {plan.which} "
                    f"{plan.shape} {described} {sorted(plan.dirt)}]"
                )
            if keep and verdict.answer in (WRONG, BROKEN):
                (keep / f"{number}-{name}").write_bytes(content)
    print(f"\n{count} tables in {time.process_time() - began:.0f} s: {dict(answers)}\n")
    for (what, of), counted in sorted(by.items()):
        print(f"{what:8} {of:26}", "  ".join(f"{a} {n}" for a, n in sorted(counted.items())))


if __name__ == "__main__":
    main()
