"""Damaged documents: no traceback, nothing silently wrong that arithmetic can catch."""

from __future__ import annotations

import random
import re
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from made_documents import Content, as_text, real_content
from test_documents import found, truth

from benchmarks.documents import TRAPS, Damage, Whole, run, wholes
from smartlib.data.documents.formats.text import text_document
from smartlib.data.documents.reading import read_document
from smartlib.data.reading.regions import Register
from smartlib.run.ingest.check import check_documents
from smartlib.vocabulary.errors import SmartlibError
from smartlib.vocabulary.folders import Folders

SAMPLE, ALL, AT_ONCE = 100, 10_000, 990  # damaged documents
REPORTS, PDFS = 8, 2  # that are damaged
SLOWEST = 10  # CPU seconds


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


def held(whole: Sequence[Whole], count: int, folders: Folders, start: int = 0) -> None:
    """No traceback, no hang, no number that arithmetic must have seen."""
    came = run(whole, count, folders, start)
    assert came.broken == {}
    assert sum(came.answers.values()) == count
    assert came.slowest < SLOWEST
    assert came.wrong == {}


needs_timer = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="time limits need a POSIX system"
)


@pytest.fixture(scope="module")
def whole(folders: Folders) -> list[Whole]:
    return wholes(folders, REPORTS, PDFS)


@needs_timer
def test_damaged_documents_are_refused_or_whole(whole: list[Whole], folders: Folders) -> None:
    """A sample of ten thousand: text, Word, PDF, workbook and export, damaged in many ways."""
    assert {one.suffix for one in whole} >= {".txt", ".docx", ".xlsx", ".csv"}
    held(whole, SAMPLE, folders)


@needs_timer
@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.__name__)
@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_a_package_that_is_a_trap_does_no_harm(
    whole: list[Whole], suffix: str, trap: Damage, folders: Folders
) -> None:
    """Two hundred megabytes in a few kilobytes, entities, a hundred thousand levels."""
    one = next(one for one in whole if one.suffix == suffix)
    damaged = replace(one, content=trap(one.content, random.Random(0)))
    assert len(damaged.content) < 2_000_000
    came = run([damaged], 1, folders, damage=lambda content, _: content)
    assert came.broken == {}
    assert came.slowest < SLOWEST
    (answer,) = (answer for _, answer in came.answers)
    assert answer in ("refused", "same")  # Word's reader counts no levels


@needs_timer
@pytest.mark.long
@pytest.mark.parametrize("start", range(SAMPLE, ALL, AT_ONCE))
def test_many_damaged_documents_are_refused_or_whole(
    start: int, whole: list[Whole], folders: Folders
) -> None:
    """The rest of the ten thousand."""
    held(whole, min(AT_ONCE, ALL - start), folders, start)


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
