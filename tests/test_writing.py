"""Files are written whole, by many writers at once too, and only when they change."""

from __future__ import annotations

import csv
import errno
import io
import os
import pickle
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

from smartlib.data.writing import append, clear_parts, csv_for_people, write_whole
from smartlib.vocabulary.errors import FullDiskError


def test_a_file_that_holds_these_bytes_is_left_alone(tmp_path: Path) -> None:
    """It keeps its time, so that a build that changes nothing shows nowhere."""
    path = tmp_path / "scores.csv"
    write_whole(path, b"same")
    os.utime(path, (1, 1))
    write_whole(path, b"same")
    assert path.stat().st_mtime == 1
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mtime > 1


def test_many_writers_of_one_file_leave_it_whole(tmp_path: Path) -> None:
    """Each has a temporary file of its own: what stands is always all of one writer's."""
    path = tmp_path / "scores.csv"
    wanted = [bytes([n]) * 300_000 for n in range(8)]
    write_whole(path, wanted[0])
    with ThreadPoolExecutor(8) as pool:
        writes = [pool.submit(write_whole, path, content) for content in wanted * 8]
        while not all(write.done() for write in writes):
            assert path.read_bytes() in wanted
    for write in writes:
        write.result()
    assert [left.name for left in tmp_path.iterdir()] == ["scores.csv"]


def test_parts_are_cleared_by_age(tmp_path: Path) -> None:
    """Where another build may be writing, only what is older than any write takes."""
    old, new, other = (tmp_path / name for name in (".a.csv.1.part", ".a.csv.2.part", "a.csv"))
    for path in (old, new, other):
        path.write_bytes(b"x")
    os.utime(old, (time.time() - 7200, time.time() - 7200))
    clear_parts(tmp_path, older_than=3600)
    assert sorted(path.name for path in tmp_path.iterdir()) == [new.name, other.name]
    clear_parts(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [other.name]


def test_no_room_is_an_error_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the file, what it needed and what is free; it is an OSError and it travels."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("smartlib.data.writing.os.replace", full)
    with pytest.raises(FullDiskError, match=r"12 kB were needed, \d+ kB are free") as caught:
        write_whole(tmp_path / "a.html", b"x" * 12_000)
    assert list(tmp_path.iterdir()) == []
    assert isinstance(caught.value, OSError)
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (type(copy), str(copy)) == (FullDiskError, str(caught.value))
    assert (copy.errno, copy.filename) == (errno.ENOSPC, str(tmp_path / "a.html"))


def test_other_troubles_keep_their_kind(tmp_path: Path) -> None:
    """A folder in a file's place is not a full disk."""
    (tmp_path / "a").mkdir()
    for write in (write_whole, append):
        with pytest.raises(OSError, match="directory") as caught:
            write(tmp_path / "a", b"x")
        assert not isinstance(caught.value, FullDiskError)
        assert caught.value.filename == str(tmp_path / "a")


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    '"=1"',
    "＝1",
    "＋1",
    "＠x",
]
SPLIT = ["a;=1+1;b", "a;-1", "x; @SUM(A1)", "x\t=1", "x\n=1", 'x;"=1']


@pytest.mark.parametrize("words", [*FORMULAS, *SPLIT])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_word_of_a_csv_is_a_formula(words: str, separator: str) -> None:
    """As text, as heading, and where a spreadsheet splits lines at another separator."""
    table = pd.DataFrame({words: [words, "x"], "n": [-1.5, 2.0]}).astype({words: object})
    text = csv_for_people(table, "%.12g").decode()
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]
    numbers = re.compile(r"-?[\d.]+")
    begins = [cell for cell in cells if re.match(r'[\s"]*[=+\-@＝＋－＠]|[\t\r\n]', cell)]
    assert [cell for cell in begins if not numbers.fullmatch(cell)] == []
    assert words[-1] in text


def test_numbers_and_plain_words_stand_in_a_csv_as_they_are() -> None:
    """A negative number is a number; a minus inside words, a term's colon or a name is no start."""
    table = pd.DataFrame(
        {"x": ["log(a)", "a - b", "y ~ a + b", "Kab. Badung"], "n": [-1.5, 0, 3, 4]}
    )
    text = csv_for_people(table, "%.12g").decode()
    assert text == "x,n\nlog(a),-1.5\na - b,0\ny ~ a + b,3\nKab. Badung,4\n"
