"""What is said of documents that were read (floor 6)."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from smartlib.cli.terminal.printing import some, tell, visible

if TYPE_CHECKING:
    from smartlib.data.documents.records import Discrepancy
    from smartlib.run.commands.ingest import Outcome
    from smartlib.run.ingest.check import Checked

PATIENCE = 2  # seconds without a word
TOLD = 30  # odd places of a document; all are in discrepancies.csv


@contextmanager
def reading_bar(total: int, quiet: bool) -> Iterator[Callable[[Path], None]]:
    """A bar over the files, once reading takes longer than two seconds.

    Parameters
    ----------
    total : int
        Files.
    quiet : bool
        Whether nothing is shown.
    """
    from rich.console import Console  # noqa: PLC0415 only where there is something to show
    from rich.progress import Progress  # noqa: PLC0415

    console = Console(stderr=True)
    started, count = time.monotonic(), 0
    bar = Progress(console=console, disable=quiet or not console.is_terminal)
    task = bar.add_task("documents", total=total)

    def done(file: Path) -> None:
        nonlocal count
        count += 1
        late = time.monotonic() - started > PATIENCE
        if late and not bar.live.is_started and console.is_terminal and not quiet:
            bar.start()
        bar.update(task, completed=count, description=visible(file.name))
        if late and not console.is_terminal and not quiet and count * 10 % total < 10:
            tell(f"{100 * count // total:3d}% {count}/{total} {file.name}")

    try:
        yield done
    finally:
        if bar.live.is_started:
            bar.stop()
        sys.stderr.flush()


def told_of(outcome: Outcome) -> Iterator[str]:
    """Lines on each document: what it is, what it holds, what is odd."""
    for file, why in outcome.unreadable:
        yield f"{file}: cannot be read: {why}"
    for one in outcome.documents:
        yield from _document(one, outcome.accepted)


def _document(one: Checked, accepted: tuple[str, ...]) -> Iterator[str]:
    read = one.reading
    letter = f", letter {read.letter.number} of {read.letter.date}" if read.letter else ""
    cohorts = dict.fromkeys([read.cohort, *(row.cohort for row in read.scores)])
    cohort = ", ".join(f"regions of {one}" for one in cohorts if one)
    cohort = f", {cohort}" if cohort else ""
    region = f", {read.region} ({one.region_code or 'unknown'})" if read.region else ""
    yield f"{read.document.file}: {read.kind}, {read.year or 'of no year'}{region}{letter}{cohort}"
    held = ", ".join(f"{count} {name}" for name, count in contents(one).items() if count)
    yield f"  holds {held or 'no table'}"
    odd = [f"  odd: line {d.line}: {d.kind}: {_said(d)}" for d in one.told]
    yield from some(odd, "odd places (--json has all)", most=TOLD)
    for d in one.refused:
        word = "accepted" if one.place(d) in accepted else "refused"
        yield f"  {word}: {one.place(d)}: {d.table}: {d.kind}: {_said(d)}"


def _said(one: Discrepancy) -> str:
    return one.printed + (f", expected {one.expected}" if one.expected else "")


def contents(one: Checked) -> dict[str, int]:
    """How many of what a document holds."""
    read = one.reading
    lists = Counter(person.list for person in read.participants)
    kinds = Counter(remark.kind for remark in read.remarks)
    return {
        "scores": len(read.scores),
        "answers": len(read.marks),
        "means": len(read.means),
        **lists,
        "assessors": len(read.assessors),
        "remarks": len(read.remarks),
        **{f"{kind} remarks": count for kind, count in kinds.items()},
        "elements": len(read.elements),
        "facts": len(read.facts),
    }


def as_dict(outcome: Outcome) -> dict[str, object]:
    """For JSON."""
    return {
        "written": outcome.written,
        "unreadable": [{"file": file, "why": why} for file, why in outcome.unreadable],
        "documents": [_as_dict(one, outcome.accepted) for one in outcome.documents],
        "files": [
            {"file": f.file, "added": f.added, "same": f.same, "differences": len(f.differences)}
            for f in outcome.merged
        ],
        "differences": outcome.differences,
    }


def _as_dict(one: Checked, accepted: tuple[str, ...]) -> dict[str, object]:
    read, letter = one.reading, one.reading.letter
    return {
        "file": read.document.file,
        "document_id": read.document.id,
        "kind": read.kind,
        "stage": read.stage,
        "region": read.region,
        "region_code": one.region_code,
        "year": read.year,
        "cohort": read.cohort,
        "letter": letter.number if letter else "",
        "date": letter.date if letter else "",
        "holds": contents(one),
        "odd": [
            {"place": one.place(d), "kind": d.kind, "printed": d.printed, "expected": d.expected}
            for d in one.told
        ],
        "refused": [
            {
                "place": one.place(d),
                "table": d.table,
                "kind": d.kind,
                "printed": d.printed,
                "expected": d.expected,
                "accepted": one.place(d) in accepted,
            }
            for d in one.refused
        ],
    }
