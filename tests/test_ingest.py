"""`smartlib ingest`: checks, comparison with what is there, writing all or nothing."""

from __future__ import annotations

import csv
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT
from made_documents import Content, as_text, random_content
from test_documents import SEEDS, known_names

from smartlib.cli import commands
from smartlib.data.reading.regions import Register
from smartlib.data.sources import read_sources, read_verified
from smartlib.run.ingest import together

YEAR_TABLES = ("scores", "answers", "participants")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(commands, [str(a) for a in ("ingest", *arguments)])


@pytest.fixture
def content(register: Register) -> Content:
    for number in range(100):
        made = random_content(random.Random(number), known_names(register))
        if made.stage == 2:
            return made
    raise AssertionError


@pytest.fixture
def report(tmp_path: Path, content: Content) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(as_text(content), encoding="utf-8")
    return path


def seeds() -> list[Path]:
    found = sorted(SEEDS.glob("00*.txt"))
    if not found:
        pytest.skip(f"the source documents are not at {SEEDS}")
    return found


def test_the_sources_rebuild_the_raw_tables_byte_for_byte(tmp_path: Path) -> None:
    """From an empty folder, in any order of files, all that is transcribed comes anew."""
    files = seeds()
    first = run(*files, "--output", tmp_path / "a")
    assert first.exit_code == 3
    assert not (tmp_path / "a").exists()
    place = f"{files[1].name}:355"
    said = "140 rows in the table, expected 165, as the letter counts those that took part"
    assert f"refused: {place}: scores: count: {said}" in first.output
    for folder, order in (("a", files), ("b", files[::-1])):
        result = run(*order, "--output", tmp_path / folder, "--accept", place)
        assert result.exit_code == 0, result.output
        made = {p.relative_to(tmp_path / folder): p for p in (tmp_path / folder).rglob("*.csv")}
        made = {file: path for file, path in made.items() if file.parts[0] != "texts"}
        assert {Path("2024") / f"{name}.csv" for name in YEAR_TABLES} < made.keys()
        for file, path in made.items():
            assert path.read_bytes() == (ROOT / "data" / "raw" / file).read_bytes(), file
    for path in (tmp_path / "a").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()


def test_reading_the_sources_again_leaves_all_raw_files_as_they_are(tmp_path: Path) -> None:
    """Beside what is committed: no row is added, and the records keep their place and fields."""
    raw, folder = ROOT / "data" / "raw", tmp_path / "raw"
    shutil.copytree(raw, folder)
    files = seeds()
    result = run(*files, "--output", folder, "--accept", f"{files[1].name}:355")
    assert result.exit_code == 0, result.output
    for path in raw.rglob("*.*"):
        assert path.read_bytes() == (folder / path.relative_to(raw)).read_bytes(), path.name


def test_committed_tables_carry_no_name_and_no_text(tmp_path: Path) -> None:
    """Names of assessors and remarks' sentences stand in the user's own folder alone."""
    files = seeds()
    run(*files, "--output", tmp_path, "--accept", f"{files[1].name}:355")
    private = [
        row for path in (tmp_path / "texts").glob("*.csv") for row in csv.DictReader(path.open())
    ]
    assert len(private) == 114
    tables = [p for p in tmp_path.rglob("*.*") if p.parent.name != "texts"]
    whole = "\n".join(path.read_text(encoding="utf-8") for path in tables)
    for row in private:
        assert all(name not in whole for name in row["name"].split(" / "))
        assert row["text"] not in whole


def test_a_report_is_written_with_its_records(tmp_path: Path, report: Path) -> None:
    """Every table has a record with its hash, so that loading would take it."""
    folder = tmp_path / "raw"
    result = run(report, "--output", folder)
    assert result.exit_code == 0, result.output
    records = read_sources(folder)
    written = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.csv")
        if path.parent.name != "texts"
    }
    assert set(records) == written
    for file in records:
        read_verified(folder, file)


def test_reading_again_changes_nothing(tmp_path: Path, report: Path) -> None:
    """The same document twice gives the same bytes."""
    folder = tmp_path / "raw"
    run(report, "--output", folder)
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    again = run(report, "--output", folder)
    assert again.exit_code == 0
    assert "0 rows added" in again.output
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before


def swapped(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def test_what_differs_is_shown_and_replaced_only_when_asked(
    tmp_path: Path, report: Path, content: Content
) -> None:
    """Another final that agrees with another mean: two documents, one table."""
    folder = tmp_path / "raw"
    run(report, "--output", folder)
    scores = folder / str(content.year) / "scores.csv"
    before = scores.read_bytes()
    row = content.scores[1]
    other = tmp_path / "other.txt"
    gain = row["TINGKAT IMPROVEMENT"]
    text = report.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if row["KAB/KOTA"] in line)
    new = "0" if gain != "0" else "0,01"
    assert line.count(gain) == 1 or gain == "0"
    cut = line.rfind(gain)
    other.write_text(text.replace(line, line[:cut] + new + line[cut + len(gain) :]), "utf-8")
    asked = run(other, "--output", folder)
    assert asked.exit_code == 3, asked.output
    assert f"differs: {content.year}/scores.csv, {row['KAB/KOTA']}" in asked.output
    assert scores.read_bytes() == before
    done = run(other, "--output", folder, "--replace")
    assert done.exit_code == 0
    assert scores.read_bytes() != before
    read_verified(folder, f"{content.year}/scores.csv")


def test_marks_of_another_region_are_refused(
    tmp_path: Path, report: Path, content: Content
) -> None:
    """The cover names the second region, whose national row has other means."""
    folder = tmp_path / "raw"
    run(report, "--output", folder)
    second = content.scores[1]["KAB/KOTA"]
    text = report.read_text(encoding="utf-8").replace(f"\n{content.region}\n", f"\n{second}\n", 1)
    other = tmp_path / "second.txt"
    other.write_text(text, encoding="utf-8")
    result = run(other, "--output", folder)
    assert result.exit_code == 3
    assert "national_row" in result.output


Damage = Callable[[Content, str], str]


def _final(content: Content, text: str) -> str:
    row = content.scores[0]
    line = next(line for line in text.splitlines() if row["KAB/KOTA"] in line and "REGULER" in line)
    old = row["NILAI FINAL"]
    cut = line.rfind(old)
    return text.replace(
        line, line[:cut] + old[:-1] + str((int(old[-1]) + 3) % 10) + line[cut + len(old) :]
    )


def _mean(content: Content, text: str) -> str:
    line = next(line for line in text.splitlines() if line.lstrip("| ").startswith("Rata-Rata"))
    return text.replace(line, "Rata-Rata\t\t\t0.99", 1)


def _count(content: Content, text: str) -> str:
    return text.replace(f"({content.took_part})", f"({content.took_part + 1})")


def _weights(content: Content, text: str) -> str:
    return text.replace("Baseline (bobot 10%)", "Baseline (bobot 11%)", 1)


def _row_lost(content: Content, text: str) -> str:
    cells = (f"\t{content.scores[2]['KAB/KOTA']}\t", f"| {content.scores[2]['KAB/KOTA']} |")
    line = next(line for line in text.splitlines() if any(cell in line for cell in cells))
    return text.replace(line + "\n", "", 1)


def _no_marks(content: Content, text: str) -> str:
    return text.replace("Hasil Penilaian", "Hasil")


@pytest.mark.parametrize(
    ("damage", "kind"),
    [
        (_final, "final"),
        (_mean, "mean"),
        (_count, "words_and_digits"),
        (_weights, "weights"),
        (_row_lost, "row_number"),
        (_no_marks, "missing_part"),
    ],
)
def test_a_contradiction_refuses_until_its_place_is_accepted(
    tmp_path: Path, report: Path, content: Content, damage: Damage, kind: str
) -> None:
    """Nothing is written; the place is named, and what should stand there."""
    text = report.read_text(encoding="utf-8")
    bad = damage(content, text)
    assert bad != text
    report.write_text(bad, encoding="utf-8")
    folder = tmp_path / "raw"
    result = run(report, "--output", folder, "--json")
    assert result.exit_code == 3, result.output
    told = json.loads(result.output)
    refused = told["documents"][0]["refused"]
    assert kind in {one["kind"] for one in refused}
    assert not folder.exists()
    accept = [part for one in refused for part in ("--accept", one["place"])]
    taken = run(report, "--output", folder, *accept)
    assert taken.exit_code == 0, taken.output
    rows = list(csv.DictReader((folder / "documents" / "discrepancies.csv").open(encoding="utf-8")))
    assert "taken as printed, as --accept says" in {row["decided"] for row in rows}


def test_a_row_that_cannot_be_read_ends_with_one(tmp_path: Path, report: Path) -> None:
    """No option takes a row of the table whose cells are lost."""
    text = report.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.strip("| ").endswith("REGULER"))
    report.write_text(
        text.replace(
            line, line.replace("\t", " ", 1) if "\t" in line else line.replace(" | ", " ", 1)
        ),
        "utf-8",
    )
    result = run(report, "--output", tmp_path / "raw")
    assert result.exit_code == 1
    assert "unread_row" in result.output
    assert not (tmp_path / "raw").exists()


def test_another_spelling_of_the_region_is_the_same_region(
    tmp_path: Path, report: Path, content: Content
) -> None:
    """A second conversion whose cover is in small letters takes the place of the first."""
    folder = tmp_path / "raw"
    run(report, "--output", folder)
    text = report.read_text(encoding="utf-8")
    other = tmp_path / "other.txt"
    other.write_text(
        text.replace(f"\n{content.region}\n", f"\n{content.region.title()}\n", 1), "utf-8"
    )
    asked = run(other, "--output", folder)
    assert asked.exit_code == 3
    assert "has been read already, as document" in asked.output
    result = run(other, "--output", folder, "--replace")
    assert result.exit_code == 0, result.output
    remarks = (folder / str(content.year) / "remarks.csv").read_text(encoding="utf-8")
    assert len(remarks.splitlines()) == 1 + sum(len(texts) for *_, texts in content.remarks)
    rows = (folder / str(content.year) / "answers.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 1 + sum(map(len, content.blocks.values()))


def test_one_report_twice_is_told(tmp_path: Path, report: Path) -> None:
    """Two conversions of one report in one call: which of them counts is not ours to say."""
    other = tmp_path / "other.txt"
    other.write_text(report.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    result = run(report, other, "--output", tmp_path / "raw")
    assert result.exit_code == 1
    assert "are one report" in result.output


def test_a_name_that_nobody_knows_cannot_be_accepted(
    tmp_path: Path, report: Path, content: Content
) -> None:
    """Loading would refuse the table, so the reader does."""
    name = content.invited[1][1]
    text = report.read_text(encoding="utf-8").replace(name, "Bupati Xyzzyqwerty")
    report.write_text(text, encoding="utf-8")
    told = json.loads(run(report, "--output", tmp_path / "raw", "--json").output)
    (one,) = [r for r in told["documents"][0]["refused"] if r["kind"] == "unknown_name"]
    result = run(report, "--output", tmp_path / "raw", "--accept", one["place"])
    assert result.exit_code == 1
    assert not (tmp_path / "raw").exists()


def test_an_unreadable_pdf_is_no_table(tmp_path: Path) -> None:
    """`smartlib check` says what is wrong with the PDF, not that it lacks columns."""
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")
    result = CliRunner().invoke(commands, ["check", str(path)])
    assert result.exit_code == 1
    assert "is damaged" in result.output


def test_wrong_usage_is_told(report: Path, tmp_path: Path) -> None:
    """No file: 2. A file that is not there, a place that nobody has: 1."""
    assert run().exit_code == 2
    assert run(tmp_path / "none.txt").exit_code == 1
    wrong = run(report, "--accept", "elsewhere:1", "--output", tmp_path / "raw")
    assert wrong.exit_code == 1
    assert "nothing contradicts itself there" in wrong.output


def test_all_files_are_written_or_none(
    tmp_path: Path, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The records cannot be written: what stood there stands there again, and nothing more."""
    folder = tmp_path / "raw"
    run(report, "--output", folder)
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    text = report.read_text(encoding="utf-8") + "\nkata baru dari kami\n"
    report.write_text(text, encoding="utf-8")
    write, written = together.write_whole, []

    def failing(path: Path, content: bytes) -> None:
        if path.name == "sources.toml":
            raise OSError(28, "No space left on device", str(path))
        written.extend([path] if path.read_bytes() != content else [])
        write(path, content)

    monkeypatch.setattr(together, "write_whole", failing)
    result = run(report, "--output", folder, "--replace")
    assert result.exit_code == 1, result.output
    assert written
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before


def test_check_walks_a_report(report: Path, content: Content) -> None:
    """`smartlib check REPORT` says the same, and writes nothing."""
    result = CliRunner().invoke(commands, ["check", str(report)])
    assert result.exit_code == 0, result.output
    assert "It agrees with itself." in result.output
    report.write_text(_final(content, report.read_text(encoding="utf-8")), encoding="utf-8")
    assert CliRunner().invoke(commands, ["check", str(report)]).exit_code == 1
