"""Damaged tables by the thousand: reading ends in an answer, and what is seen of a change.

`python -m benchmarks.mutations` prints the tables of README: by what a single change in the
published score table is caught. `tests/test_mutations.py` holds the counts to their bounds.
Every draw has a seed, so that two runs make the same tables.
"""

from __future__ import annotations

import csv
import io
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from smartlib.data.load import Evaluation, load_gazetteer, load_year
from smartlib.data.reading.files import read_text_table
from smartlib.data.reading.grids import file_bytes, open_grids
from smartlib.data.scores import HEADING, NUMBERS, parse_scores
from smartlib.data.tables.own import user_factors
from smartlib.data.tables.reading import as_dict
from smartlib.data.tables.understanding import read_sheets
from smartlib.index.audit import audit_totals
from smartlib.index.audit.against import compare
from smartlib.vocabulary.errors import SmartlibError
from smartlib.vocabulary.folders import Folders, latest_year

SEED = 2024
LONGEST = 10.0  # CPU seconds that one table may take
DIGIT_CHANGES, OTHER_CHANGES = 300, 25
IMPROVEMENT = HEADING["improvement"]
WAYS = ("reading", "total", "comparison", "silent")

Rows = list[list[str]]
Damage = Callable[[bytes, random.Random], bytes]


# Damage to a file --------------------------------------------------------------------------


def _rows(content: bytes) -> Rows:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def _content(rows: Rows, separator: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8")


def flipped(content: bytes, rng: random.Random) -> bytes:
    """One to eight bytes become others."""
    damaged = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        damaged[rng.randrange(len(damaged))] = rng.randrange(256)
    return bytes(damaged)


def truncated(content: bytes, rng: random.Random) -> bytes:
    """The end is missing."""
    return content[: rng.randrange(len(content))]


def without_bytes(content: bytes, rng: random.Random) -> bytes:
    """A piece in the middle is missing."""
    start = rng.randrange(len(content))
    return content[:start] + content[start + rng.randint(1, 200) :]


def with_bytes(content: bytes, rng: random.Random) -> bytes:
    """A sign that means something to a reader stands where none belongs."""
    signs = [
        "\0",
        '"',
        "'",
        ",",
        ";",
        "\t",
        "\r",
        "\n",
        "\r\n",
        "\x1b[31m",
        "\ufeff",
        "=",
        "\u2028",
    ]
    signs += ['"""', "1e999", "nan", "-" * 50, "9" * 400, "İ", "\U0001f4a9", "\x85", "٣"]
    at = rng.randrange(len(content))
    return content[:at] + rng.choice(signs).encode() * rng.choice([1, 1, 1, 50]) + content[at:]


def another_encoding(content: bytes, rng: random.Random) -> bytes:
    """The text as another system writes it, or half of it."""
    names = ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp437", "utf-7", "utf-8-sig"]
    damaged = content.decode("utf-8").encode(rng.choice(names), errors="replace")
    return damaged if rng.random() < 0.5 else truncated(damaged, rng)


def another_separator(content: bytes, rng: random.Random) -> bytes:
    """Cells stand apart by another sign."""
    return _content(_rows(content), rng.choice(";\t| "))


def cells_swapped(content: bytes, rng: random.Random) -> bytes:
    """Two cells of the table change places."""
    rows = _rows(content)
    one, two = ((r := rng.choice(rows), rng.randrange(len(r))) for _ in range(2))
    one[0][one[1]], two[0][two[1]] = two[0][two[1]], one[0][one[1]]
    return _content(rows)


def cells_replaced(content: bytes, rng: random.Random) -> bytes:
    """Cells hold what no one expects."""
    rows = _rows(content)
    odd = [
        "",
        "-",
        "x",
        "=1/0",
        "1,234.5",
        "1e5",
        "∞",
        "-0",
        " 3 ,5 ",
        "1" * 5000,
        '"',
        "NaN",
        "00",
    ]
    for _ in range(rng.randint(1, 5)):
        row = rng.choice(rows)
        row[rng.randrange(len(row))] = rng.choice(odd)
    return _content(rows)


def digit_changed(content: bytes, rng: random.Random) -> bytes:
    """One digit of the file is another."""
    places = [n for n, byte in enumerate(content) if 48 <= byte <= 57]
    at = rng.choice(places)
    return content[:at] + str(rng.randrange(10)).encode() + content[at + 1 :]


def rows_moved(content: bytes, rng: random.Random) -> bytes:
    """Rows are dropped, repeated or shuffled."""
    rows = _rows(content)
    at = rng.randrange(len(rows))
    if rng.random() < 0.4:
        del rows[at : at + rng.randint(1, 5)]
    elif rng.random() < 0.5:
        rows.insert(rng.randrange(len(rows)), rows[at])
    else:
        rng.shuffle(rows)
    return _content(rows)


def columns_moved(content: bytes, rng: random.Random) -> bytes:
    """A column is dropped, repeated, emptied, or cut off from one row on."""
    rows = _rows(content)
    place, first, what = rng.randrange(len(rows[0])), rng.randrange(len(rows)), rng.randrange(4)
    for row in rows[first if rng.random() < 0.5 else 0 :]:
        row[place : place + 1] = ([], row[place : place + 1] * 2, [""], ["", "", ""])[what]
    return _content(rows)


DAMAGES: tuple[Damage, ...] = (
    *(flipped, truncated, without_bytes, with_bytes, another_encoding, another_separator),
    *(cells_swapped, cells_replaced, digit_changed, rows_moved, columns_moved),
)


@dataclass
class Outcome:
    """What came of reading many damaged files.

    Attributes
    ----------
    answers : Counter
        By kind of damage and `read` or `refused`.
    broken : dict of str to str
        What ended in something else, by name: a traceback's last line, or that it hung.
    slowest : float
        CPU seconds of the slowest.
    memory : float
        Megabytes by which the process grew.
    """

    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    broken: dict[str, str] = field(default_factory=dict)
    slowest: float = 0.0
    memory: float = 0.0


class HungError(Exception):
    """A reader took longer than it may."""


def _ring(number: int, frame: FrameType | None) -> None:
    raise HungError


def damaged(content: bytes, count: int, seed: int, binary: bool = False) -> Iterator[tuple]:
    """Damaged files: a name, the kind of damage, the bytes; two kinds at once in every fifth."""
    kinds = DAMAGES[:4] if binary else DAMAGES
    for number in range(count):
        rng = random.Random(f"{seed}.{number}")
        kind = kinds[number % len(kinds)]
        made = kind(content, rng)
        if number % 5 == 0 and made:
            made = rng.choice(kinds[:4])(made, rng)
        yield f"{kind.__name__} {number}", kind.__name__, made


def read_all(
    read: Callable[[Path], object], suffix: str, files: Iterator[tuple], keep: Path | None = None
) -> Outcome:
    """Read damaged files one by one, each within its time; what breaks is kept in a folder."""
    outcome, before = Outcome(), _memory()
    signal.signal(signal.SIGPROF, _ring)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"table{suffix}"
        for name, kind, content in files:
            path.write_bytes(content)
            began = time.process_time()
            answer = answer_of(read, path)
            outcome.slowest = max(outcome.slowest, time.process_time() - began)
            if answer in ("read", "refused"):
                outcome.answers[kind, answer] += 1
                continue
            outcome.broken[name] = answer
            if keep:
                (keep / f"{name.replace(' ', '-')}{suffix}").write_bytes(content)
    outcome.memory = _memory() - before
    return outcome


def answer_of(read: Callable[[Path], object], path: Path) -> str:
    """`read`, `refused`, or what broke: a traceback's last line, or that it hung."""
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        read(path)
        return "read"
    except SmartlibError:
        return "refused"
    except HungError:
        return f"no answer in {LONGEST:.0f} s"
    except Exception as error:  # what is looked for
        return f"{type(error).__name__}: {str(error)[:200]}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _memory() -> float:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def score_reader(evaluation: Evaluation) -> Callable[[Path], object]:
    """What `smartlib check` reads with."""
    register, scheme = evaluation.register, evaluation.scheme
    return lambda path: parse_scores(read_text_table(path), register, scheme)


def factor_reader(folders: Folders, year: int) -> Callable[[Path], object]:
    """What `smartlib read` and `smartlib fit --factors` read with, messages included."""
    gazetteer = load_gazetteer(folders)

    def read(path: Path) -> object:
        content = file_bytes(path)
        reading = read_sheets(open_grids(content, path.name), content, path.name, gazetteer)
        as_dict(reading, gazetteer)
        return user_factors(reading, year)

    return read


# One change in a valid table -----------------------------------------------------------------


def _regions(rows: Rows) -> Rows:
    """The rows of regions: a page's end repeats the headings."""
    return [row for row in rows if row != rows[0]]


def one_digit(rows: Rows, rng: random.Random, headings: Sequence[str]) -> None:
    """One digit of one mark, final or improvement is another."""
    places = [rows[0].index(heading) for heading in headings]
    cells = [
        (row, place) for row in rows[1:] for place in places if any(map(str.isdigit, row[place]))
    ]
    row, place = rng.choice(cells)
    at = rng.choice([n for n, sign in enumerate(row[place]) if sign.isdigit()])
    others = [digit for digit in "0123456789" if digit != row[place][at]]
    row[place] = row[place][:at] + rng.choice(others) + row[place][at + 1 :]


def swapped_marks(rows: Rows, rng: random.Random, headings: Sequence[str]) -> None:
    """Two different marks of a row change places."""
    places = [rows[0].index(HEADING[n]) for n in NUMBERS[:5]]
    while True:
        row, (one, two) = rng.choice(_regions(rows)), rng.sample(places, 2)
        if row[one] != row[two]:
            row[one], row[two] = row[two], row[one]
            return


def swapped_names(rows: Rows, rng: random.Random, headings: Sequence[str]) -> None:
    """The names of two rows change places."""
    place = rows[0].index(HEADING["region"])
    one, two = rng.sample(_regions(rows), 2)
    one[place], two[place] = two[place], one[place]


def dropped_row(rows: Rows, rng: random.Random, headings: Sequence[str]) -> None:
    """A row is missing."""
    rows.remove(rng.choice(_regions(rows)))


CHANGES = {
    "digit": (one_digit, DIGIT_CHANGES, True),
    "digit_without_improvement": (one_digit, DIGIT_CHANGES, False),
    "marks": (swapped_marks, OTHER_CHANGES, True),
    "names": (swapped_names, OTHER_CHANGES, True),
    "row": (dropped_row, OTHER_CHANGES, True),
}
LABELS = {
    "en": {
        "": ("one change in the published table", "tables", "on reading", "by the total"),
        "comparison": ("by comparison with the year's table", "silent"),
        "alone": "silent where the year has no table",
        "digit": "a digit of a mark, total or improvement",
        "digit_without_improvement": "the same without the improvement column",
        "marks": "two marks of a row changed places",
        "names": "two names changed places",
        "row": "a row is missing",
    },
    "id": {
        "": ("satu perubahan pada tabel terbitan", "tabel", "saat dibaca", "oleh total"),
        "comparison": ("oleh perbandingan dengan tabel tahun itu", "tidak terlihat"),
        "alone": "tidak terlihat bila tahun itu tidak punya tabel",
        "digit": "satu angka pada nilai, total, atau improvement",
        "digit_without_improvement": "sama, tanpa kolom improvement",
        "marks": "dua nilai dalam satu baris tertukar",
        "names": "dua nama tertukar",
        "row": "satu baris hilang",
    },
}


def changed_tables(content: bytes, kind: str, seed: int = SEED) -> Iterator[bytes]:
    """Copies of a valid score table, each with one change of a kind of `CHANGES`."""
    change, count, with_improvement = CHANGES[kind]
    headings = [HEADING[name] for name in NUMBERS]
    for number in range(count):
        rows = _rows(content)
        if not with_improvement:
            place = rows[0].index(IMPROVEMENT)
            rows = [row[:place] + row[place + 1 :] for row in rows]
        used = [heading for heading in headings if heading in rows[0]]
        change(rows, random.Random(f"{seed}.{kind}.{number}"), used)
        yield _content(rows)


def caught_by(content: bytes, evaluation: Evaluation) -> str:
    """What sees first that a table is not the published one: one of `WAYS`."""
    known, scheme = evaluation.scores.frame, evaluation.scheme
    try:
        table = read_text_table(Path("table.csv"), content)
        scores = parse_scores(table, evaluation.register, scheme)
    except SmartlibError:
        return "reading"
    if scores.findings:
        return "reading"
    if (audit_totals(scores.frame, scheme)["verdict"] == "contradicted").any():
        return "total"
    used = [name for name in NUMBERS if not scores.frame[name].isna().all()]
    return "comparison" if compare(scores.frame, known, ["track", *used]) else "silent"


def ways(evaluation: Evaluation, content: bytes, kind: str) -> dict[str, int]:
    """How many changes of a kind each of `WAYS` caught."""
    found = Counter(caught_by(one, evaluation) for one in changed_tables(content, kind))
    return {way: found[way] for way in WAYS}


def readme_table(counts: dict[str, dict[str, int]], lang: str) -> str:
    """The counts as README prints them."""
    words = LABELS[lang]
    heads = [*words[""], *words["comparison"], words["alone"]]
    lines = ["| " + " | ".join(heads) + " |", "|---" + "|---:" * (len(heads) - 1) + "|"]
    for kind, found in counts.items():
        total = sum(found.values())
        alone = found["comparison"] + found["silent"]
        cells = [words[kind], total, *found.values(), f"{alone} ({100 * alone / total:.0f}%)"]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def main() -> None:
    """Print the tables of both READMEs."""
    folders = Folders.find()
    year = latest_year(folders)
    evaluation, content = (
        load_year(year, folders),
        (folders.raw / f"{year}/scores.csv").read_bytes(),
    )
    counts = {kind: ways(evaluation, content, kind) for kind in CHANGES}
    for lang in LABELS:
        print(readme_table(counts, lang), end="\n\n")


if __name__ == "__main__":
    main()
