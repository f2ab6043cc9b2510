"""Every raw file has a source record, and a file that differs from it is refused."""

from __future__ import annotations

import hashlib
import pickle
import re
from collections.abc import Callable
from dataclasses import fields

import pytest

from smartlib.data.load import (
    load_factor_dictionary,
    load_factors,
    load_register,
    load_scheme,
    load_year,
    years,
)
from smartlib.data.sources import RECORDS, read_factor_sources, read_sources, read_verified
from smartlib.vocabulary.errors import DataError, SourceError
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.records import SourceRecord


def edit(folders: Folders, file: str, old: str, new: str, *, record: bool) -> str:
    """Change a raw file; write its new hash into the records only if told to."""
    path = folders.raw / file
    before = path.read_bytes()
    assert old.encode() in before
    after = before.replace(old.encode(), new.encode(), 1)
    path.write_bytes(after)
    digests = [hashlib.sha256(content).hexdigest() for content in (before, after)]
    if record:
        records = folders.raw / RECORDS
        records.write_text(records.read_text("utf-8").replace(*digests), "utf-8")
    return digests[1]


def test_records_and_files_are_the_same_set(folders: Folders) -> None:
    """Every file under data/raw but the records themselves has one, and none is left over."""
    files = {p.relative_to(folders.raw).as_posix() for p in folders.raw.rglob("*") if p.is_file()}
    assert set(read_sources(folders.raw)) == files - {RECORDS}


def test_every_record_says_where_its_file_comes_from(folders: Folders) -> None:
    """All fields but a letter's number are filled, dates are ISO 8601, and the hash is the file's
    own.
    """
    for file, record in read_sources(folders.raw).items():
        assert record.file == file
        empty = {f.name for f in fields(record) if not getattr(record, f.name)}
        assert empty <= {"letter", "title_lang", "publisher_id", "letter_id", "date_id"}, file
        assert "(now" not in record.citation_in("id"), file
        assert re.fullmatch(r"\d{4}(-\d\d-\d\d)?( (and|to) \d{4}(-\d\d-\d\d)?)?", record.date), file
        assert record.sha256 == hashlib.sha256((folders.raw / file).read_bytes()).hexdigest()


def test_every_number_of_a_factor_traces_to_a_record(folders: Folders) -> None:
    """Each key in `factors.csv` is a publication with all fields, and names the factor's table."""
    sources = read_factor_sources(folders.raw)
    frame = load_factors(folders)
    pairs = set(zip(frame["source"], frame["factor"], strict=True))
    assert pairs == {(key, name) for key, own in sources.items() for name in own.tables}
    for own in sources.values():
        assert all(getattr(own, f.name) for f in fields(own)), own.key
    of = frame.groupby("source")["year"].agg(["min", "max"])
    for key, own in sources.items():
        assert re.match(r"\d{4}", own.date)[0] == str(of.loc[key, "min"]), key
        assert str(of.loc[key, "max"]) in own.date, key


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("land_area = ", "land = ", r"no record for land_area of big2024. Write the publication"),
        (
            'checked = "Adds up to the official 1',
            'seen = "Adds',
            r"factor_sources big2024: .*'seen'",
        ),
        (
            "[factor_sources.big2024.tables]",
            "[factor_sources.big2024.rows]",
            r"big2024, tables: None",
        ),
    ],
)
def test_a_factor_without_a_record_is_refused(
    checkout: Folders, old: str, new: str, message: str
) -> None:
    """The publication, the factor and what to write are named."""
    records = checkout.raw / RECORDS
    text = records.read_text("utf-8")
    assert old in text
    records.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(SourceError, match=message):
        load_factors(checkout)


def test_the_citation_leaves_out_what_is_missing() -> None:
    """Publisher, title, number and date in one line, without a gap for a missing number."""
    record = SourceRecord("a.csv", "BPS", "Welfare indicators", "", "2024", "none", "", "0")
    assert record.citation == "BPS. Welfare indicators. 2024."


def test_an_unchanged_file_is_read_as_it_is(folders: Folders) -> None:
    """Verification hands over the very bytes."""
    content = read_verified(folders.raw, "2024/scores.csv")
    assert content == (folders.raw / "2024" / "scores.csv").read_bytes()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("2024/scores.csv", "3,56", "3,57"),
        ("2024/answers.csv", "3.6", "3.8"),
        ("2024/participants.csv", "Pematang", "Pemalang"),
        ("2024/instrument.csv", "Legal", "legal"),
        ("2024/scheme.toml", "year = 2024", "year =  2024"),
        ("regions.csv", "\n", "\r\n"),
    ],
)
def test_one_changed_byte_stops_the_load(checkout: Folders, file: str, old: str, new: str) -> None:
    """A file of the year that differs by one byte is refused, with both hashes, the command that
    restores it, and the line that records a change that was meant.
    """
    found = edit(checkout, file, old, new, record=False)
    with pytest.raises(SourceError, match=re.escape(file)) as caught:
        load_year(2024, checkout)
    message = str(caught.value)
    assert f"expected SHA-256 {read_sources(checkout.raw)[file].sha256}, found {found}" in message
    assert f"git checkout -- data/raw/{file}" in message
    assert f'write sha256 = "{found}" into its record' in message
    assert "`transcription`" in message


@pytest.mark.parametrize(
    ("file", "load"),
    [
        ("factors.csv", load_factors),
        ("factor_dictionary.csv", load_factor_dictionary),
        ("regions.csv", load_register),
        ("2024/scheme.toml", lambda folders: load_scheme(2024, folders)),
    ],
)
def test_every_loader_verifies_its_file(
    checkout: Folders, file: str, load: Callable[[Folders], object]
) -> None:
    """No loader reads around the records."""
    with (checkout.raw / file).open("ab") as raw:
        raw.write(b"\n")
    with pytest.raises(SourceError, match=re.escape(f"data/raw/{file} is not the file")):
        load(checkout)


def test_a_recorded_change_is_used(checkout: Folders) -> None:
    """Following the message, a change that was meant and recorded is loaded."""
    edit(checkout, "2024/scores.csv", "KOTA BUKITINGGI", "KOTA BUKITTINGGI", record=True)
    evaluation = load_year(2024, checkout)
    assert not [note for note in evaluation.notes if "Bukittinggi" in str(note)]


def test_a_file_without_a_record_is_refused(checkout: Folders) -> None:
    """A new file has to be recorded before anything uses it."""
    (checkout.raw / "2024" / "notes.csv").write_text("a\n")
    with pytest.raises(SourceError, match=r"2024/notes\.csv has no record in sources\.toml; add"):
        read_verified(checkout.raw, "2024/notes.csv")


def test_a_recorded_file_that_is_gone_is_named(checkout: Folders) -> None:
    """The message says which file and why it cannot be read."""
    (checkout.raw / "2024" / "answers.csv").unlink()
    with pytest.raises(SourceError, match=r"data/raw/2024/answers\.csv cannot be read: No such"):
        load_year(2024, checkout)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[publications.register]", "[publications.register", r"sources\.toml cannot be read"),
        (
            'publisher = "Kementerian Dalam',
            'by = "Kementerian Dalam',
            r"register, file regions\.csv",
        ),
        (
            "[publications.register]",
            'x = "\udcff"\n[publications.register]',
            r"sources\.toml cannot be read: .*utf-8",
        ),
        (
            "[publications.register]",
            "[publications]\nodd = 3\n[publications.register]",
            r"sources\.toml, publication odd: 3 is no table of fields",
        ),
        (
            "[publications.register]",
            "[publications]\nodd.files = 3\n[publications.register]",
            r"publication odd, files: 3 is no table",
        ),
        (
            "[publications.register]",
            "[publications]\nodd.files.x = 3\n[publications.register]",
            r"publication odd, file x: 3 is no table",
        ),
        ("sha256 = ", "sha = ", r"file 2024/scores\.csv: .*'sha'"),
    ],
)
def test_a_broken_record_is_named(checkout: Folders, old: str, new: str, message: str) -> None:
    """A record that lacks a field or has an unknown one says in which publication and file."""
    records = checkout.raw / RECORDS
    text = records.read_text("utf-8").replace(old, new, 1)
    records.write_text(text, "utf-8", errors="surrogateescape")
    with pytest.raises(SourceError, match=message):
        read_sources(checkout.raw)


def test_missing_records_are_an_error_of_their_own(checkout: Folders) -> None:
    """Without the records nothing is read."""
    (checkout.raw / RECORDS).unlink()
    with pytest.raises(SourceError, match=r"sources\.toml cannot be read"):
        load_register(checkout)


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("2024/answers.csv", "KAB. BADUNG,2,3\n", "KAB. BADUNG,2,x\n", (3, "HASIL PENILAIAN")),
        ("2024/answers.csv", "KAB. BADUNG,2,3\n", "KAB. BADUNG,2,0\n", (3, "score")),
        ("2024/answers.csv", "KAB. BADUNG,2,3\n", "KAB. BADUNG,2,\n", (3, "score")),
        ("2024/answers.csv", "KAB. BADUNG,2,3\n", "KAB. ATLANTIS,2,3\n", (3, "KAB/KOTA")),
        ("2024/answers.csv", "KAB. BADUNG,2,3\n", "KAB. BADUNG,two,3\n", (3, "question")),
        ("2024/scores.csv", "KOTA BUKITINGGI", "KOTA ATLANTIS", (121, "KAB/KOTA")),
        ("2024/participants.csv", "Bupati Agam", "Bupati Atlantis", (3, "name")),
        ("regions.csv", "97.4688", "297.4688", (2, "longitude")),
        ("2024/instrument.csv", "BASELINE", "BASIS", (2, "dimension")),
    ],
)
def test_a_recorded_mistake_is_found_in_its_cell(
    checkout: Folders, file: str, old: str, new: str, place: tuple[int, str]
) -> None:
    """A mistake typed into any raw table, hash and all, is named by row and column."""
    edit(checkout, file, old, new, record=True)
    with pytest.raises(DataError, match=re.escape(f"{file}, row {place[0]}")) as caught:
        load_year(2024, checkout)
    assert [(f.row, f.column) for f in caught.value.findings] == [place]


def test_a_lacking_column_of_marks_is_named(checkout: Folders) -> None:
    """Answers without their marks are refused by the printed heading."""
    edit(checkout, "2024/answers.csv", "HASIL PENILAIAN", "NILAI", record=True)
    with pytest.raises(DataError, match=r"2024/answers\.csv lacks the column HASIL PENILAIAN"):
        load_year(2024, checkout)


def test_years_are_the_folders_with_a_scheme(checkout: Folders) -> None:
    """A year is at hand when its folder has a scheme; another year names those at hand."""
    assert years(checkout) == [2024]
    with pytest.raises(DataError, match="has no folder for 2023; years at hand: 2024"):
        load_year(2023, checkout)


def test_errors_travel_between_processes(checkout: Folders) -> None:
    """Reports are made in other processes: an error comes back with its findings."""
    edit(checkout, "2024/answers.csv", "KAB. BADUNG,2,3\n", "KAB. BADUNG,2,x\n", record=True)
    with pytest.raises(DataError, match="cannot be used as it is") as caught:
        load_year(2024, checkout)
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (type(copy), str(copy)) == (DataError, str(caught.value))
    assert copy.findings == caught.value.findings
