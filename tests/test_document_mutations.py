"""Damaged documents: no traceback, nothing silently wrong that arithmetic can catch."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from made_documents import Content, as_text, random_content, real_content
from test_documents import found, known_names, truth

from smartlib.data.documents.formats.text import text_document
from smartlib.data.documents.reading import read_document
from smartlib.data.reading.regions import Register
from smartlib.run.ingest.check import check_documents
from smartlib.vocabulary.errors import SmartlibError
from smartlib.vocabulary.folders import Folders

SAMPLE, ALL = 250, 10_000  # damaged documents
SLOWEST = 10  # CPU seconds
Spoil = Callable[[str, random.Random], str]


def dropped_line(text: str, rng: random.Random) -> str:
    lines = text.splitlines()
    del lines[rng.randrange(len(lines))]
    return "\n".join(lines)


def doubled_line(text: str, rng: random.Random) -> str:
    lines = text.splitlines()
    at = rng.randrange(len(lines))
    return "\n".join([*lines[: at + 1], *lines[at:]])


def swapped_lines(text: str, rng: random.Random) -> str:
    lines = text.splitlines()
    one, other = rng.sample(range(len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def swapped_cells(text: str, rng: random.Random) -> str:
    lines = text.splitlines()
    rows = [n for n, line in enumerate(lines) if line.count("\t") > 2]
    if rows:
        at = rng.choice(rows)
        cells = lines[at].split("\t")
        one, other = rng.sample(range(len(cells)), 2)
        cells[one], cells[other] = cells[other], cells[one]
        lines[at] = "\t".join(cells)
    return "\n".join(lines)


def truncated(text: str, rng: random.Random) -> str:
    return text[: rng.randrange(len(text))]


def lost_tab(text: str, rng: random.Random) -> str:
    places = [m.start() for m in re.finditer(r"[\t|]", text)]
    at = rng.choice(places or [0])
    return f"{text[:at]} {text[at + 1 :]}"


def odd_sign(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text))
    return text[:at] + rng.choice("\x00\x07\u202e\ufeff|\t\n*_") + text[at:]


def changed_digit(text: str, rng: random.Random) -> str:
    at = rng.choice([m.start() for m in re.finditer(r"\d", text)])
    return text[:at] + str((int(text[at]) + rng.randrange(1, 10)) % 10) + text[at + 1 :]


def lost_heading(text: str, rng: random.Random) -> str:
    words = ("Kekuatan", "Kelemahan", "Rekomendasi", "OUTPUT", "Rata-Rata", "NILAI FINAL",
             "Hasil Penilaian", "Lampiran I", "TAHUN", "KET", "Nomor")  # fmt: skip
    return text.replace(rng.choice(words), "", 1)


SPOILS: tuple[Spoil, ...] = (
    dropped_line, doubled_line, swapped_lines, swapped_cells, truncated, lost_tab, odd_sign,
    changed_digit, lost_heading,
)  # fmt: skip


def outcome(text: str, content: Content, register: Register, folders: Folders) -> str:
    """`refused`, `same`, or which table is silently another."""
    try:
        reading = read_document(text_document("a.txt", text.encode()))
    except SmartlibError:
        return "refused"
    (checked,) = check_documents([reading], register, folders)
    if checked.refused:
        return "refused"
    expected, read = truth(content), found(reading)
    wrong = [name for name in expected if expected[name] != read[name]]
    return ", ".join(wrong) or "same"


def spoilt(start: int, end: int, register: Register, folders: Folders) -> Counter[str]:
    """What comes of damaged documents, each within its time."""
    names, counted = known_names(register), Counter()
    for number in range(start, end):
        rng = random.Random(number)
        content = random_content(rng, names)
        spoil = SPOILS[number % len(SPOILS)]
        text = spoil(as_text(content, rng), rng)
        began = time.process_time()
        came = outcome(text, content, register, folders)
        assert time.process_time() - began < SLOWEST, number
        counted[f"{spoil.__name__}: {came}"] += 1
    return counted


# These can leave a number wrong that no arithmetic of the document sees: an improvement.
MAY_HIDE = {"changed_digit", "swapped_cells", "odd_sign"}


def silent(counted: Counter[str]) -> Counter[str]:
    """Numbers that were taken though they are wrong, by what was done and table."""
    wrong: Counter[str] = Counter()
    for key, count in counted.items():
        spoil, _, came = key.partition(": ")
        for name in {"scores", "marks", "means"} & set(came.split(", ")):
            wrong[f"{spoil}: {name}"] += 0 if spoil in MAY_HIDE else count
    return +wrong


def test_damaged_documents_are_refused_or_whole(register: Register, folders: Folders) -> None:
    """A sample of ten thousand: dropped lines, swapped cells, signs, truncation, digits."""
    counted = spoilt(0, SAMPLE, register, folders)
    assert sum(counted.values()) == SAMPLE
    assert not silent(counted)


@pytest.mark.long
@pytest.mark.parametrize("start", range(SAMPLE, ALL, 975))
def test_many_damaged_documents_are_refused_or_whole(
    start: int, register: Register, folders: Folders
) -> None:
    """The rest of the ten thousand."""
    assert not silent(spoilt(start, min(start + 975, ALL), register, folders))


def other_digit(cell: str, rng: random.Random) -> str:
    at = rng.choice([m.start() for m in re.finditer(r"\d", cell)])
    return cell[:at] + str((int(cell[at]) + rng.randrange(1, 10)) % 10) + cell[at + 1 :]


def with_score(content: Content, column: str, rng: random.Random) -> Content:
    rows = list(content.scores)
    at = rng.choice([n for n, row in enumerate(rows) if re.search(r"\d", row[column])])
    rows[at] = {**rows[at], column: other_digit(rows[at][column], rng)}
    return replace(content, scores=tuple(rows))


def with_mark(content: Content, rng: random.Random) -> Content:
    rows = [(name, n) for name, block in content.blocks.items() for n in range(len(block))]
    name, at = rng.choice(rows)
    block = list(content.blocks[name])
    number, text, mark = block[at]
    block[at] = number, text, other_digit(mark, rng)
    return replace(content, blocks={**content.blocks, name: tuple(block)})


def with_mean(content: Content, rng: random.Random) -> Content:
    name = rng.choice(list(content.means))
    return replace(content, means={**content.means, name: other_digit(content.means[name], rng)})


def with_number(content: Content, rng: random.Random) -> Content:
    names = list(content.invited)
    at = rng.randrange(len(names))
    names[at] = int(other_digit(str(names[at][0]), rng)), names[at][1]
    return replace(content, invited=tuple(names))


# What is done, and the least share of changed digits that is refused.
DIGITS: dict[str, tuple[Callable[[Content, random.Random], Content], float]] = {
    "scores, means": (
        lambda c, rng: with_score(c, rng.choice(["OUTPUT", "IMPACT", "QUICK WINS"]), rng),
        0.88,
    ),
    "scores, finals": (lambda c, rng: with_score(c, "NILAI FINAL", rng), 1.0),
    "scores, row numbers": (lambda c, rng: with_score(c, "NO", rng), 1.0),
    "scores, improvements": (lambda c, rng: with_score(c, "TINGKAT IMPROVEMENT", rng), 0.25),
    "answers, marks": (with_mark, 0.94),
    "answers, means": (with_mean, 1.0),
    "participants, numbers": (with_number, 1.0),
}


def caught(
    name: str, times: int, content: Content, register: Register, folders: Folders
) -> tuple[int, int]:
    """How many changed digits were refused, of how many."""
    spoil, _ = DIGITS[name]
    rng = random.Random(name)
    refused = 0
    for _ in range(times):
        text = as_text(spoil(content, rng))
        refused += outcome(text, content, register, folders) == "refused"
    return refused, times


@pytest.fixture(scope="module")
def content(folders: Folders) -> Content:
    return real_content(folders.raw)


@pytest.mark.parametrize("name", [name for name, (_, share) in DIGITS.items() if share == 1])
def test_a_changed_digit_that_must_be_caught_is(
    name: str, content: Content, register: Register, folders: Folders
) -> None:
    """Finals, means below marks, and numbers of rows: every one of a sample."""
    refused, times = caught(name, 10, content, register, folders)
    assert refused == times


@pytest.mark.long
@pytest.mark.parametrize("name", DIGITS)
def test_the_share_of_changed_digits_that_is_caught(
    name: str, content: Content, register: Register, folders: Folders
) -> None:
    """Four hundred of each table."""
    refused, times = caught(name, 400, content, register, folders)
    print(f"{name}: {refused} of {times}")
    assert refused >= DIGITS[name][1] * times


def test_a_line_of_fifty_megabytes_is_refused_at_once(register: Register) -> None:
    """Before anything is looked for in it."""
    began = time.process_time()
    with pytest.raises(SmartlibError, match="a line of 52,428,800 characters"):
        text_document("a.txt", b"x" * (50 << 20))
    assert time.process_time() - began < SLOWEST
