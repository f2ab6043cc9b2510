"""Damaged documents by the thousand: each ends in an answer, and nothing is silently wrong.

`python -m benchmarks.documents 10000` damages reports (text, Word, PDF), score tables and
exports of the questionnaire (workbook, separated text), and prints what came of each kind;
`tests/test_document_mutations.py` holds a sample to it. Every draw has a seed.
"""

from __future__ import annotations

import io
import random
import re
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.mutations import HungError, answer_of, flipped, truncated, with_bytes, without_bytes
from smartlib.data.documents.records import Reading
from smartlib.run.commands.ingest import look
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.folders import Folders

if TYPE_CHECKING:
    from tests.made_documents import Content

SEED, SHOWN = 2024, 12
Damage = Callable[[bytes, random.Random], bytes]
TABLES = ("scores", "marks", "means")
# Damage that can leave a number wrong which no arithmetic of the document sees.
MAY_HIDE = {
    "changed_digit", "swapped_cells", "odd_sign", "digit_in_part", "flipped", "with_bytes",
    "without_bytes",
}  # fmt: skip


# Damage to text ----------------------------------------------------------------------------


def _lines(change: Callable[[list[str], random.Random], None]) -> Damage:
    def damage(content: bytes, rng: random.Random) -> bytes:
        lines = content.decode().splitlines()
        change(lines, rng)
        return "\n".join(lines).encode()

    damage.__name__ = change.__name__
    return damage


@_lines
def dropped_line(lines: list[str], rng: random.Random) -> None:
    """A line is missing."""
    del lines[rng.randrange(len(lines))]


@_lines
def doubled_line(lines: list[str], rng: random.Random) -> None:
    """A line stands twice."""
    at = rng.randrange(len(lines))
    lines.insert(at, lines[at])


@_lines
def swapped_lines(lines: list[str], rng: random.Random) -> None:
    """Two lines change places."""
    one, other = rng.sample(range(len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]


@_lines
def swapped_cells(lines: list[str], rng: random.Random) -> None:
    """Two cells of a row change places."""
    rows = [n for n, line in enumerate(lines) if line.count("\t") > 2]
    if rows:
        at = rng.choice(rows)
        cells = lines[at].split("\t")
        one, other = rng.sample(range(len(cells)), 2)
        cells[one], cells[other] = cells[other], cells[one]
        lines[at] = "\t".join(cells)


def lost_tab(content: bytes, rng: random.Random) -> bytes:
    """A mark between cells is a space."""
    text = content.decode()
    at = rng.choice([m.start() for m in re.finditer(r"[\t|]", text)] or [0])
    return f"{text[:at]} {text[at + 1 :]}".encode()


def odd_sign(content: bytes, rng: random.Random) -> bytes:
    """A sign that no report has, NUL among them."""
    text = content.decode()
    at = rng.randrange(len(text))
    return (text[:at] + rng.choice("\x00\x07\u202e\ufeff|\t\n*_") + text[at:]).encode()


def changed_digit(content: bytes, rng: random.Random) -> bytes:
    """A digit is another."""
    text = content.decode()
    at = rng.choice([m.start() for m in re.finditer(r"\d", text)])
    return (text[:at] + _other(text[at], rng) + text[at + 1 :]).encode()


def _other(digit: str, rng: random.Random) -> str:
    return str((int(digit) + rng.randrange(1, 10)) % 10)


def lost_heading(content: bytes, rng: random.Random) -> bytes:
    """A word that opens a part is missing."""
    words = ("Kekuatan", "Kelemahan", "Rekomendasi", "OUTPUT", "Rata-Rata", "NILAI FINAL",
             "Hasil Penilaian", "Lampiran I", "TAHUN", "KET", "Nomor")  # fmt: skip
    return content.decode().replace(rng.choice(words), "", 1).encode()


def cut(content: bytes, rng: random.Random) -> bytes:
    """The end is missing."""
    text = content.decode()
    return text[: rng.randrange(len(text))].encode()


# Damage to packages (Word, workbooks) --------------------------------------------------------


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _package(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _part(change: Callable[[bytes, random.Random], bytes]) -> Damage:
    """Damage within the largest part, packed again."""

    def damage(content: bytes, rng: random.Random) -> bytes:
        parts = _parts(content)
        name = max(parts, key=lambda one: len(parts[one]))
        return _package({**parts, name: change(parts[name], rng)})

    damage.__name__ = change.__name__
    return damage


@_part
def digit_in_part(part: bytes, rng: random.Random) -> bytes:
    """A digit of a text is another."""
    places = [m.start(1) for m in re.finditer(rb">[^<]*?(\d)[^<]*<", part)]
    at = rng.choice(places) if places else 0
    return part[:at] + _other(chr(part[at]), rng).encode() + part[at + 1 :] if places else part


@_part
def cut_part(part: bytes, rng: random.Random) -> bytes:
    """The part ends in the middle."""
    return part[: rng.randrange(len(part))]


@_part
def lost_row(part: bytes, rng: random.Random) -> bytes:
    """A row is missing."""
    rows = list(re.finditer(rb"<(w:tr|row)[ >].*?</\1>", part, re.DOTALL))
    one = rng.choice(rows) if rows else None
    return part[: one.start()] + part[one.end() :] if one else part


@_part
def deep_part(part: bytes, rng: random.Random) -> bytes:
    """Elements within elements, a hundred thousand deep."""
    depth = 100_000
    at = part.find(b"<w:p>") if b"<w:p>" in part else part.find(b"<row")
    return part[:at] + b"<x>" * depth + b"</x>" * depth + part[at:]


@_part
def bomb(part: bytes, rng: random.Random) -> bytes:
    """A part of 200 MB, packed into a few kilobytes."""
    return part + b" " * (200 << 20)


@_part
def entities(part: bytes, rng: random.Random) -> bytes:
    """Entities that unfold into each other."""
    nested = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "e">{nested}]>'.encode()
    return head + re.sub(rb"^<\?xml.*?\?>", b"", part.lstrip(), count=1)


def lost_part(content: bytes, rng: random.Random) -> bytes:
    """A part of the package is missing."""
    parts = _parts(content)
    del parts[rng.choice(list(parts))]
    return _package(parts)


# Damage to PDF ------------------------------------------------------------------------------


def _pages(change: Callable) -> Damage:  # type: ignore[type-arg]
    def damage(content: bytes, rng: random.Random) -> bytes:
        import pypdfium2 as pdfium  # noqa: PLC0415 only where there is a PDF

        book = pdfium.PdfDocument(content)
        change(book, rng)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    damage.__name__ = change.__name__
    return damage


@_pages
def lost_page(book, rng: random.Random) -> None:  # type: ignore[no-untyped-def]
    """A page is missing."""
    del book[rng.randrange(len(book))]


@_pages
def turned_page(book, rng: random.Random) -> None:  # type: ignore[no-untyped-def]
    """A page lies on its side, or upside down."""
    book[rng.randrange(len(book))].set_rotation(rng.choice([90, 180, 270]))


@_pages
def cropped_page(book, rng: random.Random) -> None:  # type: ignore[no-untyped-def]
    """A page shows a part of itself."""
    book[rng.randrange(len(book))].set_cropbox(rng.uniform(0, 200), 100, 500, 700)


@_pages
def blank_page(book, rng: random.Random) -> None:  # type: ignore[no-untyped-def]
    """A page without text stands among the others."""
    book.new_page(595, 842, index=rng.randrange(len(book) + 1))


@_pages
def lost_letters(book, rng: random.Random) -> None:  # type: ignore[no-untyped-def]
    """A few pieces of text are missing from a page."""
    page = book[rng.randrange(len(book))]
    texts = [one for one in page.get_objects() if one.type == 1]
    for one in rng.sample(texts, min(3, len(texts))):
        page.remove_obj(one)
    page.gen_content()


def with_script(content: bytes, rng: random.Random) -> bytes:
    """JavaScript that runs at opening, and never ends."""
    return content.replace(
        b"/Type /Catalog", b"/Type /Catalog/OpenAction<</S/JavaScript/JS(while(true){})>>", 1
    )


def locked(content: bytes, rng: random.Random) -> bytes:
    """The trailer says that it is encrypted."""
    key = b"00" * 32
    said = b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<" + key + b">/U<" + key + b">>>"
    return content.replace(b"/Root ", said + b"/ID[<00><00>]/Root ")


# All of them --------------------------------------------------------------------------------

BYTES: tuple[Damage, ...] = (flipped, truncated, without_bytes, with_bytes)
TEXT: tuple[Damage, ...] = (
    dropped_line, doubled_line, swapped_lines, swapped_cells, cut, lost_tab, odd_sign,
    changed_digit, lost_heading,
)  # fmt: skip
PACKAGE: tuple[Damage, ...] = (
    digit_in_part, cut_part, lost_row, lost_part, digit_in_part, lost_row, *BYTES,
)  # fmt: skip
TRAPS: tuple[Damage, ...] = (bomb, entities, deep_part)  # slow to make: one in a hundred
PAGES: tuple[Damage, ...] = (
    lost_page, turned_page, cropped_page, blank_page, lost_letters, with_script, locked, *BYTES,
)  # fmt: skip


@dataclass(frozen=True)
class Whole:
    """A document before it is damaged, and what must be read of it."""

    suffix: str
    content: bytes
    truth: Content


@dataclass
class Outcome:
    """What came of damaged documents: by damage and answer; what broke; CPU seconds at most."""

    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    broken: dict[str, str] = field(default_factory=dict)
    slowest: float = 0.0

    @property
    def wrong(self) -> Counter[tuple[str, str]]:
        """Numbers that were taken though they are wrong, and that arithmetic must see."""
        return Counter(
            {
                key: count
                for key, count in self.answers.items()
                if key[1] not in ("refused", "same", "less") and key[0] not in MAY_HIDE
            }
        )


def damages_of(suffix: str, number: int) -> Sequence[Damage]:
    """What is done to a format; a trap to every hundredth package."""
    if suffix in (".docx", ".xlsx"):
        return TRAPS if number % 100 == 99 else PACKAGE
    return PAGES if suffix == ".pdf" else (*TEXT, *TEXT, with_bytes)


def damaged(
    whole: Sequence[Whole], count: int, start: int = 0, damage: Damage | None = None
) -> Iterator[tuple]:
    """Number, document, kind of damage and the damaged bytes."""
    for number in range(start, start + count):
        rng = random.Random(f"{SEED}.{number}")
        one = whole[number % len(whole)]
        kinds = damages_of(one.suffix, number)
        kind = damage or rng.choice(kinds)
        yield number, one, kind.__name__, kind(one.content, rng)


def differing(truth: Content, read: Reading) -> str:
    """Tables that a reading has other than its document; `less` where it has nothing of one."""
    scores = [dict(row.cells) for row in read.scores]
    marks = [(mark.question, mark.printed) for mark in read.marks]
    means = [(mean.dimension, mean.printed) for mean in read.means]
    expected = (
        [dict(row) for row in truth.scores],
        [(n, mark) for block in truth.blocks.values() for n, _, mark in block],
        list(truth.means.items()),
    )
    pairs = list(zip(TABLES, (scores, marks, means), expected, strict=True))
    if read.kind in ("scores", "answers"):
        pairs = [pairs[0]] if read.kind == "scores" else [pairs[1]]
    wrong = [name for name, found, wanted in pairs if found and found != wanted]
    lacking = any(wanted and not found for _, found, wanted in pairs)
    return ", ".join(wrong) or ("less" if lacking else "same")


def run(
    whole: Sequence[Whole],
    count: int,
    folders: Folders,
    start: int = 0,
    *,
    damage: Damage | None = None,
) -> Outcome:
    """Read so many damaged documents, each within its time."""
    outcome = Outcome()
    signal.signal(signal.SIGPROF, _ring)
    with tempfile.TemporaryDirectory() as folder:
        for number, one, kind, content in damaged(whole, count, start, damage):
            path = Path(folder) / f"a{one.suffix}"
            path.write_bytes(content)
            came: list[str] = []
            began = time.process_time()
            answer = answer_of(
                lambda file, one=one, came=came: _look(file, one, came, folders), path
            )
            outcome.slowest = max(outcome.slowest, time.process_time() - began)
            if answer in ("read", "refused"):
                outcome.answers[kind, came[0] if came else answer] += 1
            else:
                outcome.broken[f"{kind} {one.suffix} {number}"] = answer
    return outcome


def _look(path: Path, one: Whole, came: list[str], folders: Folders) -> None:
    found = look(path, folders)
    if found.unreadable or found.refused or found.broken:
        raise DataError("refused")
    came.append(differing(one.truth, found.documents[0].reading))


def _ring(number: int, frame: object) -> None:
    raise HungError


def wholes(folders: Folders, reports: int, pdfs: int) -> list[Whole]:
    """Documents of all formats from made reports; half of those that are damaged are text."""
    sys.path.insert(0, str(folders.root / "tests"))  # where reports are made
    from made_documents import (  # noqa: PLC0415
        as_docx,
        as_export,
        as_text,
        as_workbook,
        random_content,
    )

    from smartlib.data.load import load_register  # noqa: PLC0415

    register = load_register(folders).frame
    register = register[~register["official_name"].str.contains("ADM|KEP")]
    split = register["official_name"].str.split(n=1).str[1]
    names = list(zip(register["kind"], split, strict=True))
    found = []
    for number in range(reports):
        rng = random.Random(number)
        made = random_content(rng, names)
        found += [Whole(".txt", as_text(made, rng).encode(), made)] * 4
        found.append(Whole(".docx", as_docx(made), made))
        if made.stage == 2:
            found.append(Whole(".xlsx", as_workbook(made), made))
            found.append(Whole(".csv", as_export(made), made))
    try:
        from typeset import STYLES, set_pdf  # noqa: PLC0415
    except ImportError:
        return found  # typst and pytest set them
    for number in range(pdfs):
        made = random_content(random.Random(number), names)
        found.append(Whole(".pdf", set_pdf(made, list(STYLES)[number % len(STYLES)]), made))
    return found


def main() -> None:
    """Print what came of so many damaged documents."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    folders = Folders.find()
    whole = wholes(folders, 40, 24)
    outcome = run(whole, count, folders)
    kinds = sorted({kind for kind, _ in outcome.answers})
    print(f"{'damage':16}{'refused':>9}{'same':>7}{'less':>7}  taken though other (by table)")
    for kind in kinds:
        own = {came: n for (name, came), n in outcome.answers.items() if name == kind}
        other = {k: n for k, n in own.items() if k not in ("refused", "same", "less")}
        cells = "".join(
            f"{own.get(k, 0):{w}}" for k, w in (("refused", 9), ("same", 7), ("less", 7))
        )
        print(f"{kind:16}{cells}  {', '.join(f'{k} {n}' for k, n in sorted(other.items()))}")
    print(
        f"{count} documents, {len(outcome.broken)} tracebacks or no answer, slowest "
        f"{outcome.slowest:.1f} CPU-s, silently wrong where arithmetic must see: "
        f"{sum(outcome.wrong.values())}"
    )
    for name, why in list(outcome.broken.items())[:SHOWN]:
        print(f"  {name}: {why}")


if __name__ == "__main__":
    main()
