"""The tidy tables: the contract's columns, the same bytes at every build, nothing half written."""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT, YEAR

from smartlib.data.load import Evaluation
from smartlib.data.processed import Tables, as_csv, read_tables, write_tables
from smartlib.data.workbook import fingerprint
from smartlib.data.writing import write_whole
from smartlib.run.plan.prepare import prepare
from smartlib.vocabulary.errors import DataError, SourceError
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.processed_tables import PROCESSED
from smartlib.vocabulary.tables import ANSWERS, SCORES, Table

# The data contract, typed out: other programs rely on these names and this order.
CONTRACT = {
    "scores": [
        *("region_code", "region", "kind", "province", "year", "cohort", "track"),
        *("baseline", "output", "outcome", "impact", "quick_wins", "collaboration"),
        *("published_index", "recomputed_index", "harmonised_index"),
        *("improvement", "previous_index"),
        *("rank_known", "rank_track", "rank_province", "rank_lowest_possible"),
    ],
    "participation": [
        *("region_code", "selected", "stage1", "stage2"),
        *("selected_year", "selected_by", "selected_certainty"),
    ],
    "answers": ["region_code", "year", "question", "score"],
    "factors": ["region_code", "year", "basis", "factor", "value", "source"],
    "audit": ["check", "subject", "verdict", "expected", "found", "detail"],
    "ranks": [
        *("region_code", "route", "index", "standard_error", "rank"),
        *("marginal_low", "marginal_high", "simultaneous_low", "simultaneous_high"),
        *("rounding_low", "rounding_high", "method_p05", "method_p50", "method_p95"),
    ],
    "weights": ["track", "dimension", "published", "low", "high"],
    **{
        name: columns.split()
        for name, columns in {
            "documents": "document_id sha256 kind stage region_code region year cohort format "
            "reader",
            "letters": "document_id line number date subject office addressed took_part absent",
            "participants": "year list position no name region_code status letter",
            "remarks": "document_id kind assessor number parts line text_sha256 wording_id "
            "wording_en",
            "assessors": "document_id assessor year affiliation spellings",
            "codings": "document_id kind assessor number coder theme words",
            "elements": "document_id dimension number element weight_percent parts line "
            "text_sha256",
            "facts": "document_id line region_code year measure pillar value unit status "
            "conflicts_with",
            "discrepancies": "document_id line kind printed expected decided",
            "places": "document_id table key line status",
        }.items()
    },
}
# Two reports and three press items: lists of 246 + 13 + 191 lines; a place for each of these, of
# 140 scores and 115 marks.
READ_ROWS = {
    "documents": 5,
    "letters": 2,
    "participants": 450,
    "remarks": 61 + 53,
    "assessors": 5 + 4,
    "codings": 79 + 179,
    "elements": 8 + 11,
    "facts": 31,
    "discrepancies": 50,
    "places": 450 + 140 + 115,
}
FILES = {f"{name}.csv" for name in CONTRACT} | {"datapackage.json"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rows(folder: Path, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO((folder / f"{name}.csv").read_text("utf-8"))))


def test_a_rebuild_gives_the_tracked_bytes(checkout: Folders, folders: Folders) -> None:
    """From the raw files alone, every processed file comes out as it is tracked."""
    prepare(YEAR, checkout)
    built, tracked = contents(checkout.processed), contents(folders.processed)
    assert set(built) == set(tracked) == FILES
    for name, content in tracked.items():
        assert built[name] == content, name


def test_another_process_writes_the_same_bytes(light: Folders) -> None:
    """Two builds, in processes that hash text differently and from another folder, are equal."""
    command = (
        "import sys; from pathlib import Path; from smartlib.run.plan.prepare import prepare; "
        "from smartlib.vocabulary.folders import Folders; prepare(2024, Folders(Path(sys.argv[1])))"
    )
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    builds = []
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", command, str(light.root)],
            cwd=light.root,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": path},
            check=True,
        )
        builds.append(contents(light.processed))
    assert set(builds[0]) == FILES
    assert builds[0] == builds[1]


def test_row_order_and_column_order_do_not_matter(
    tables: Tables, evaluation: Evaluation, folders: Folders, tmp_path: Path
) -> None:
    """Files are sorted by key with the contract's columns, however the frames come in."""
    shuffled = {
        name: frame.sample(frac=1, random_state=7) for name, frame in tables.by_name().items()
    }
    write_tables(Tables(**shuffled), evaluation.sources, tmp_path)
    assert contents(tmp_path) == contents(folders.processed)


@pytest.mark.parametrize("name", CONTRACT)
def test_columns_are_the_contract(name: str, folders: Folders) -> None:
    """Heading row, declared table and contract name the same columns in the same order."""
    declared = {table.name: table.column_names for table in PROCESSED}
    assert rows(folders.processed, name)[0] == CONTRACT[name] == declared[name]


def test_the_tables_hold_all_rows(folders: Folders) -> None:
    """140 scored regions, all 514 regions, 115 answers, one factor value a row; an audit of 140
    finals, 5 x 140 means and Badung's answers, two routes a region, 5 and 6 weights.
    """
    counts = {name: len(rows(folders.processed, name)) - 1 for name in CONTRACT}
    factors = len((folders.raw / "factors.csv").read_text("utf-8").splitlines()) - 1
    table, badung = (
        1 + 9 + 1 + 2,
        5 + 1 + 1 + 12,
    )  # inputs, assessors, weights; means, grids, pillars
    assert counts == {
        "scores": 140,
        "participation": 514,
        "answers": 115,
        "factors": factors,
        **READ_ROWS,
        "audit": 6 * 140 + table + badung,
        "ranks": 2 * 140,
        "weights": 5 + 6,
    }


@pytest.mark.parametrize("table", PROCESSED, ids=lambda table: table.name)
def test_rows_are_sorted_by_a_unique_key(table: Table, folders: Folders) -> None:
    """A key stands once, and reading from top to bottom it only grows."""
    heading, *body = rows(folders.processed, table.name)
    places = [heading.index(name) for name in table.key]
    whole = {c.name for c in table.columns if c.type == "integer"}
    keys = [tuple(int(row[p]) if heading[p] in whole else row[p] for p in places) for row in body]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("table", PROCESSED, ids=lambda table: table.name)
def test_the_data_package_describes_every_column(table: Table, folders: Folders) -> None:
    """Fields match the heading row in order, each with a type and a description; the key and the
    file are there.
    """
    package = json.loads((folders.processed / "datapackage.json").read_text("utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert list(resources) == list(CONTRACT)
    resource = resources[table.name]
    fields = resource["schema"]["fields"]
    assert [field["name"] for field in fields] == rows(folders.processed, table.name)[0]
    assert all(field["description"] for field in fields)
    assert {field["type"] for field in fields} <= {"string", "integer", "number"}
    assert resource["schema"]["primaryKey"] == list(table.key)
    assert (folders.processed / resource["path"]).is_file()


def test_the_data_package_cites_every_source(evaluation: Evaluation, folders: Folders) -> None:
    """Each publication behind the tables is cited once."""
    package = json.loads((folders.processed / "datapackage.json").read_text("utf-8"))
    cited = [source["title"] for source in package["sources"]]
    assert set(cited) == {record.citation for record in evaluation.sources.values()}
    assert len(cited) == len(set(cited))


def test_what_is_written_is_read_back(tables: Tables, folders: Folders) -> None:
    """Values, types, missing values and row order survive the files."""
    read = read_tables(folders).by_name()
    for name, frame in tables.by_name().items():
        pd.testing.assert_frame_equal(read[name], frame, check_exact=True, obj=name)


def test_codes_are_text_in_every_table(folders: Folders) -> None:
    """Codes keep their last zero: 32.10 and 32.1 are not the same text."""
    read = read_tables(folders).by_name()
    coded = {name: frame for name, frame in read.items() if "region_code" in frame}
    uncoded = {"letters", "remarks", "assessors", "codings", "discrepancies", "places", "elements"}
    assert set(read) - set(coded) == {"audit", "weights", *uncoded}
    for name, frame in coded.items():
        assert pd.api.types.is_string_dtype(frame["region_code"]), name
        assert frame["region_code"].str.fullmatch(r"\d\d\.\d\d").all(), name
    assert read["participation"]["region_code"].str.endswith("0").sum() == 23


def test_numbers_are_written_short_and_with_points(folders: Folders) -> None:
    """No exponent, no needless `.0`, no decimal comma, no line of another system."""
    for name in CONTRACT:
        text = (folders.processed / f"{name}.csv").read_bytes()
        assert b"\r" not in text
        assert text.endswith(b"\n")
    numbers = [row[4] for row in rows(folders.processed, "factors")[1:]]
    numbers += [cell for row in rows(folders.processed, "scores")[1:] for cell in row[7:18]]
    for number in filter(None, numbers):
        assert number.lstrip("-").replace(".", "", 1).isdecimal(), number
        assert not number.endswith(".0")


def broken(tables: Tables) -> Tables:
    scores = tables.scores.copy()
    scores.loc[3, "baseline"] = 7.0
    return replace(tables, scores=scores)


def test_a_broken_table_leaves_the_files_as_they_were(
    tables: Tables, evaluation: Evaluation, tmp_path: Path
) -> None:
    """All tables are checked before any file is touched, even when a later one is broken."""
    write_tables(tables, evaluation.sources, tmp_path)
    before = contents(tmp_path)
    answers = tables.answers.assign(score=9.0)
    changed = tables.scores.assign(region="another")
    for bad, words in (
        (broken(tables), r"processed/scores\.csv.*\n.*column baseline: '7'; expected at most 4"),
        (replace(tables, scores=changed, answers=answers), r"processed/answers\.csv does not fit"),
    ):
        with pytest.raises(DataError, match=words):
            write_tables(bad, evaluation.sources, tmp_path)
        assert contents(tmp_path) == before


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is replaced whole: when the disk fails, the old bytes stay and no part is left.

    The error names the file that was meant, not the temporary one.
    """
    path = tmp_path / "scores.csv"
    write_whole(path, b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space left", "a part")

    monkeypatch.setattr("smartlib.data.writing.os.replace", full)
    with pytest.raises(OSError, match="no space left") as caught:
        write_whole(path, b"new")
    assert caught.value.filename == str(path)
    assert contents(tmp_path) == {"scores.csv": b"old"}


def test_a_missing_table_says_what_makes_it(tmp_path: Path) -> None:
    """Without processed tables the reader is sent to the build."""
    with pytest.raises(DataError, match=r"scores\.csv is not in data/processed; `smartlib build`"):
        read_tables(Folders(tmp_path))


def test_an_edited_table_is_refused(
    tables: Tables, evaluation: Evaluation, checkout: Folders
) -> None:
    """A mark typed over in a processed file is found by row and column."""
    write_tables(tables, evaluation.sources, checkout.processed)
    path = checkout.processed / "answers.csv"
    path.write_text(path.read_text().replace("51.03,2024,2,3\n", "51.03,2024,2,30\n"))
    with pytest.raises(DataError, match=r"answers\.csv, row 3, column score: '30'; expected at"):
        read_tables(checkout)


def test_tables_of_former_raw_files_are_not_read(
    tables: Tables, evaluation: Evaluation, checkout: Folders
) -> None:
    """A value that is mended in `data/raw` is not fitted as it was: the build is named."""
    write_tables(tables, evaluation.sources, checkout.processed)
    read_tables(checkout)
    path, records = checkout.raw / "factors.csv", checkout.raw / "sources.toml"
    former = path.read_bytes()
    path.write_bytes(former + b"\n")
    with pytest.raises(SourceError, match=r"data/raw/factors\.csv is not the file that"):
        read_tables(checkout)  # nor is what was changed and is not yet recorded
    hashes = [hashlib.sha256(text).hexdigest() for text in (former, path.read_bytes())]
    records.write_text(records.read_text("utf-8").replace(*hashes), "utf-8")
    with pytest.raises(DataError, match=r"not made from the present data/raw \(factors\.csv\)"):
        read_tables(checkout)
    prepare(YEAR, checkout)
    read_tables(checkout)


@pytest.mark.parametrize("package", [b"", b"[1]", b'{"made_from": 1}', b"{}"])
def test_tables_that_do_not_say_what_they_were_made_from_are_made_anew(
    package: bytes, tables: Tables, evaluation: Evaluation, checkout: Folders
) -> None:
    """A description that is damaged, or an older version's, is no proof."""
    write_tables(tables, evaluation.sources, checkout.processed)
    (checkout.processed / "datapackage.json").write_bytes(package)
    with pytest.raises(DataError, match=r"not made from the present data/raw \(2024/"):
        read_tables(checkout)


def test_shortest_decimals() -> None:
    """2.0 is written 2, a missing mark as nothing, and 0.1 + 0.2 is not cut."""
    frame = pd.DataFrame(
        {
            "region_code": "51.03",
            "year": 2024,
            "question": [2, 1, 3],
            "score": [2.0, 1.5, 0.1 + 0.2],
        }
    )
    assert as_csv(frame, ANSWERS).decode().splitlines()[1:] == [
        "51.03,2024,1,1.5",
        "51.03,2024,2,2",
        "51.03,2024,3,0.30000000000000004",
    ]
    row = dict.fromkeys(SCORES.column_names, 1.0) | {"collaboration": float("nan")}
    assert ",," in as_csv(pd.DataFrame([row]), SCORES).decode()


def test_tables_that_are_read_are_those_that_were_computed(
    tables: Tables, folders: Folders
) -> None:
    """A build may take either: the same cells, and so the same workbook."""
    read = read_tables(folders)
    assert fingerprint(read) == fingerprint(tables)
    for name, frame in tables.by_name().items():
        assert list(read.by_name()[name].columns) == list(frame.columns)
