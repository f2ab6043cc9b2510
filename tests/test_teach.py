"""Releasing a lesson and grading a class: layouts, hostile submissions, marks, going on."""

from __future__ import annotations

import csv
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import nbformat
import openpyxl
import pytest
from click.testing import CliRunner
from conftest import ROOT
from nbformat.v4 import new_code_cell

from smartlib.cli.entry import commands
from smartlib.run.execute.nodes import notebook_bytes
from smartlib.teach.exercises.course import Course
from smartlib.teach.exercises.record import student_of
from smartlib.teach.exercises.registry import exercises_of, keys_for
from smartlib.teach.grade import grade as grading
from smartlib.teach.grade.grade import Asked, grade
from smartlib.teach.grade.kept import Watched
from smartlib.teach.release.forms import solution_of, template_of
from smartlib.teach.release.source import PERSONAL, SETUP, read_source, tags_of
from smartlib.vocabulary.folders import Folders

NAME = "01_table_as_it_comes.ipynb"
HALFWAY = 'check("1c"'  # a cell before which hostile cells are put: 1a and 1b are answered by then
SECONDS = 6  # that a cell may take: enough on a busy machine
DEAF = """
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""
FORGED = "class Check:\n    def __call__(self, *_):\n        print('Benar.')\n\n\ncheck = Check()"
WRONG = {"1a": 141, "1b": 140, "1c": 93, "1d": 4}


@pytest.fixture(scope="module")
def solved() -> Callable[..., bytes]:
    """A solved notebook of a student, with a cell more before a place, or answers put in."""
    course, source = Course(Folders(ROOT)), read_source("1", Folders(ROOT))
    template, solution = template_of(source, "id"), solution_of(source, "id")

    def made(nim: str, *, more: str = "", before: str = HALFWAY, put: str = "") -> bytes:
        student = student_of(nim, course)
        filled = template.filled(student, keys_for("01", course, student))
        node = nbformat.reads(filled.decode(), as_version=4)
        for mine, right in zip(node.cells, solution.cells, strict=True):
            if mine.cell_type == "code" and not {SETUP, PERSONAL} & set(tags_of(mine)):
                mine.source = right.source
        if more:
            place = next(n for n, c in enumerate(node.cells) if before in c.source)
            node.cells.insert(place, new_code_cell(more))
        if put:
            node.cells.append(new_code_cell(put))
        return notebook_bytes(node)

    return made


def students(path: Path, *nims: str) -> Path:
    rows = "".join(f"{nim};Mahasiswa {nim[-2:]};A\n" for nim in nims)
    path.write_text(f"nim;nama;kelas\n{rows}", encoding="utf-8-sig")
    return path


def handed_in(folder: Path, nim: str, content: bytes) -> None:
    (folder / nim).mkdir(parents=True, exist_ok=True)
    (folder / nim / NAME).write_bytes(content)


def marks(folder: Path) -> dict[str, dict[str, str]]:
    text = (folder / "nilai.csv").read_bytes().decode("utf-8-sig")
    return {row["nim"]: row for row in csv.DictReader(text.splitlines(), delimiter=";")}


def points(row: dict[str, str]) -> str:
    return "".join(row[name] for name in ("1a", "1b", "1c", "1d", "1e"))


def teach(*words: object) -> object:
    return CliRunner().invoke(commands, ["teach", *map(str, words)])


def test_release_then_grade_by_the_commands(tmp_path: Path) -> None:
    """Untouched copies are released, run, and get nothing; the lecturer's files lie apart."""
    listed, folder = students(tmp_path / "kelas.csv", "007", "008"), tmp_path / "kelas"
    result = teach("release", 1, "--class", listed, "--output", folder, "--lang", "en")
    assert result.exit_code == 0, result.output
    first = (folder / "007" / NAME).read_bytes()
    assert "## Exercises" in first.decode()
    assert first != (folder / "008" / NAME).read_bytes()
    apart = tmp_path / "kelas-lecturer"
    assert {path.name.split(".", 1)[1] for path in apart.iterdir()} == {
        "solution.ipynb",
        "lecturer.ipynb",
        "slides.html",
    }
    again = teach("release", 1, "--class", listed, "--output", folder, "--lang", "en")
    assert again.exit_code == 0
    assert (folder / "007" / NAME).read_bytes() == first
    result = teach("grade", folder, "--class", listed, "--jobs", 1, "--json")
    assert result.exit_code == 0, result.output
    assert marks(folder)["007"]["total"] == "0,0"
    (folder / "007" / NAME).write_bytes(first.replace(b"answer_1a = ...", b"answer_1a = 140"))
    begun = teach("release", 1, "--class", listed, "--output", folder, "--lang", "en")
    assert begun.exit_code == 1
    assert "may have begun" in begun.output


def test_a_class_with_hostile_submissions(tmp_path: Path, solved) -> None:
    """Each is marked right, or flagged; what comes before a hang counts; nobody else is hurt."""
    folder = tmp_path / "kelas"
    wrong = "\n".join(f"answer_{name} = {value}" for name, value in WRONG.items())
    cases = {
        "0001": ("11111", "", solved("0001")),
        "0002": ("11111", "terlalu lama", solved("0002", more="while True:\n    pass")),
        "0003": ("11000", "terlalu lama", solved("0003", more=DEAF)),
        "0004": ("11111", "galat", solved("0004", more="1 / 0")),
        "0005": ("11000", "kernel mati", solved("0005", more="import os\n\nos._exit(1)")),
        "0006": ("11111", "", solved("0006", more="print('x' * 10**6)")),
        "0007": ("", "rusak", b'{"cells": [' + b"\xff" * 40),
        "0008": ("11110", "NIM lain", solved("0001")),
        "0009": ("11111", "", solved("0009", more=FORGED, before='check("1a"')),
        "0010": ("00001", "", solved("0010", put=wrong)),
        "0012": ("", "tidak mengumpulkan", b""),
    }  # fmt: skip
    for nim, (_, _, content) in cases.items():
        if content:
            handed_in(folder, nim, content)
    gone = nbformat.reads(solved("0011").decode(), as_version=4)
    gone.cells = [cell for cell in gone.cells if "answer_1b" not in cell.source]
    handed_in(folder, "0011", notebook_bytes(gone))
    victim = folder / "0001" / NAME
    outside = f"open({str(victim)!r}, 'w').write('taken')"
    handed_in(folder, "0013", solved("0013", more=outside))
    handed_in(folder, "9999", solved("0001"))
    nims = [*cases, "0011", "0013"]
    before = victim.read_bytes()
    found = grade(
        Asked(folder, students(tmp_path / "kelas.csv", *nims), seconds=SECONDS), Folders(ROOT)
    )
    rows = marks(folder)
    assert list(rows) == nims
    for nim, (expected, remark, _) in cases.items():
        assert points(rows[nim]) == expected, nim
        assert remark in rows[nim]["catatan"], nim
    assert points(rows["0011"]) == "10111"
    assert "dihapus" in rows["0011"]["catatan"]
    assert points(rows["0013"]) == "11111"
    assert "di luar foldernya" in rows["0013"]["catatan"]
    assert victim.read_bytes() == before
    assert found.nobody == (f"9999/{NAME}",)
    page = (folder / "dosen.html").read_text(encoding="utf-8")
    assert exercises_of("01")[0].mistakes[0].id in page
    assert "9999" in page
    feedback = (folder / "umpan-balik" / "0010.html").read_text(encoding="utf-8")
    for mistake in (exercises_of("01")[2].mistakes[0],):
        assert mistake.id in feedback
        assert mistake.en in feedback
    assert not (folder / "umpan-balik" / "9999.html").exists()


def test_a_flat_folder_and_an_archive_give_the_same(tmp_path: Path, solved) -> None:
    """Numbers in file names, a campus system's archive, and a folder with that archive in it."""
    listed = students(tmp_path / "kelas.csv", "0001", "0002")
    flat = tmp_path / "flat"
    flat.mkdir()
    for nim in ("0001", "0002"):
        (flat / f"{nim}_Tugas 1.ipynb").write_bytes(solved(nim))
    archive = tmp_path / "tugas.zip"
    with zipfile.ZipFile(archive, "w") as held:
        held.writestr(f"Budi (0001)_77_assignsubmission_file_/{NAME}", solved("0001"))
        held.writestr(f"Siti_78_assignsubmission_file_/{NAME}", solved("0002"))
        held.writestr("../../evil.ipynb", "{}")
    within = tmp_path / "within"
    within.mkdir()
    shutil.copy(archive, within)
    for place in (flat, archive, within):
        asked = Asked(place, listed, seconds=SECONDS)
        grade(asked, Folders(ROOT))
        rows = marks(asked.folder)
        assert [points(row) for row in rows.values()] == ["11111"] * 2, place
    assert "dari isi berkas" in rows["0002"]["catatan"]
    assert not (tmp_path.parent / "evil.ipynb").exists()


def test_two_files_of_one_student_are_not_marked(tmp_path: Path, solved) -> None:
    """Two that differ are a question for the lecturer; two alike are one."""
    folder = tmp_path / "kelas"
    folder.mkdir()
    (folder / "0001_a.ipynb").write_bytes(solved("0001"))
    (folder / "0001_b.ipynb").write_bytes(solved("0001", more="pass"))
    (folder / "0002_a.ipynb").write_bytes(solved("0002"))
    (folder / "0002_b.ipynb").write_bytes(solved("0002"))
    listed = students(tmp_path / "kelas.csv", "0001", "0002")
    grade(Asked(folder, listed, seconds=SECONDS), Folders(ROOT))
    rows = marks(folder)
    assert points(rows["0001"]) == ""
    assert "dua berkas berbeda" in rows["0001"]["catatan"]
    assert points(rows["0002"]) == "11111"


def test_marks_for_an_indonesian_excel(tmp_path: Path, solved) -> None:
    """Semicolons, decimal comma, UTF-8 with its mark, zeros of a number, names as at campus."""
    folder, listed = tmp_path / "kelas", tmp_path / "kelas.csv"
    listed.write_text("NIM,Nama,Angkatan\n0001,=1+1,2021\n0002,Siti,2022\n", encoding="utf-8")
    wrong = solved("0001", put="answer_1a = 141\nanswer_1b = 3")
    handed_in(folder, "0001", wrong)
    names = tmp_path / "kolom.csv"
    names.write_text("kolom,nama\nnim,NPM\ntotal,Nilai Angka\n", encoding="utf-8")
    result = teach("grade", folder, "--class", listed, "--columns", names, "--jobs", 1)
    assert result.exit_code == 0, result.output
    assert "runs as you" in result.output
    lines = (folder / "nilai.csv").read_bytes().split(b"\r\n")
    assert lines[0] == "\ufeffNPM;nama;Angkatan;1a;1b;1c;1d;1e;Nilai Angka;catatan".encode()
    assert lines[1] == b"0001;'=1+1;2021;0;0;1;1;1;60,0;"
    book = openpyxl.load_workbook(folder / "nilai.xlsx")
    assert book.active["A2"].value == "0001"
    names.write_text("kolom,nama\nnpm,NPM\n", encoding="utf-8")
    refused = teach("grade", folder, "--class", listed, "--columns", names)
    assert refused.exit_code == 1
    assert "No column npm to rename" in refused.output


def test_grading_goes_on_from_where_it_was(tmp_path: Path, solved, monkeypatch) -> None:
    """After Ctrl-C only what is left is run; another content is marked anew."""
    folder, nims = tmp_path / "kelas", ["0001", "0002", "0003"]
    for nim in nims:
        handed_in(folder, nim, solved(nim))
    asked = Asked(folder, students(tmp_path / "kelas.csv", *nims), workers=1, seconds=SECONDS)

    def stop(name: str) -> None:
        if name == "0002-01":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade(asked, Folders(ROOT), stop)
    assert not (folder / "nilai.csv").exists()
    handed_in(folder, "0001", solved("0001", put="answer_1a = 0"))
    ran = []
    real = grading.mark
    monkeypatch.setattr(
        grading,
        "mark",
        lambda content, keys, **kw: ran.append(keys.salt) or real(content, keys, **kw),
    )
    found = grade(asked, Folders(ROOT))
    assert found.kept == 1
    assert len(ran) == 2
    assert points(marks(folder)["0001"]) == "01111"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("nama\nBudi\n", "no column nim"),
        ("nim,nama\n001,A\n001,B\n", "stands in row 2 already"),
        ("nim,nama\n../x,A\n002,B\n", "cannot be a student number"),
        ("nim,nama\ncon,A\n002,B\n", "cannot be a student number"),
    ],
)
def test_a_class_list_that_cannot_be_used(tmp_path: Path, text: str, problem: str) -> None:
    """Each is told with its row, and nothing is written."""
    listed = tmp_path / "kelas.csv"
    listed.write_text(text, encoding="utf-8")
    result = teach("release", 1, "--class", listed, "--output", tmp_path / "out")
    assert result.exit_code == 1
    assert problem in result.output
    assert not (tmp_path / "out").exists()


def test_mistakes_of_the_command_are_told(tmp_path: Path) -> None:
    """A lesson that is not there, an empty folder, a file that is no archive."""
    listed = students(tmp_path / "kelas.csv", "0001")
    result = teach("release", 11, "--class", listed, "--output", tmp_path / "out")
    assert result.exit_code == 1
    assert "No lesson '11'" in result.output
    (tmp_path / "empty").mkdir()
    (tmp_path / "x.zip").write_bytes(b"no")
    for place, said in (
        ("empty", "No notebook in"),
        ("x.zip", "cannot be read as an archive"),
        ("gone", "No folder or archive"),
    ):
        result = teach("grade", tmp_path / place, "--class", listed)
        assert result.exit_code == 1
        assert said in result.output


def test_scores_of_the_kernel_are_not_read(tmp_path: Path, solved) -> None:
    """A submission that writes marks, or sends values in the grader's form, gains nothing."""
    folder = tmp_path / "kelas"
    sent = json.dumps({"1a": ["number", "140.0"], "score": 100})
    forged = (
        f"from IPython.display import display\n"
        f"display({{'application/vnd.smartlib.answers+json': {sent}}}, raw=True)\n"
        "answer_1a = 7\nscore = total = 100"
    )
    handed_in(folder, "0001", solved("0001", put=forged))
    grade(Asked(folder, students(tmp_path / "k.csv", "0001"), seconds=SECONDS), Folders(ROOT))
    assert points(marks(folder)["0001"]) == "01111"


def test_what_others_write_meanwhile_is_not_lost(tmp_path: Path) -> None:
    """A new file stays, and what was replaced in the class's folder is kept aside."""
    folder, tables = tmp_path / "class", tmp_path / "data"
    handed_in(folder, "0001", b"mine")
    tables.mkdir()
    (tables / "a.csv").write_text("1")
    watched = Watched(folder, tables)
    handed_in(folder, "0001", b"other")
    (folder / "notes.txt").write_text("the lecturer's")
    (tables / "a.csv").write_text("22")
    changed = {path.name for path in watched.put_back()}
    assert changed == {NAME, "notes.txt", "a.csv"}
    assert (folder / "0001" / NAME).read_bytes() == b"mine"
    assert (folder / ".grading" / "replaced" / f"0001-{NAME}").read_bytes() == b"other"
    assert (folder / "notes.txt").is_file()
    assert (tables / "a.csv").read_text() == "1"
    assert watched.put_back() == []


def test_tables_spoilt_by_one_student_are_nobody_elses(tmp_path: Path, solved) -> None:
    """Who cuts the score table down is named; the others' marks and the project's file stay."""
    folder, scores = tmp_path / "kelas", ROOT / "data/raw/2024/scores.csv"
    before = scores.read_bytes()
    spoils = (
        "from smartlib.teach import data_file\n"
        "path = data_file('raw/2024/scores.csv')\n"
        "lines = open(path, encoding='utf-8').read().splitlines()[:60]\n"
        "print(open(path, 'w', encoding='utf-8').write('\\n'.join(lines)))"
    )
    numbers = ("0001", "0002", "0003", "0004")
    handed_in(folder, "0001", solved("0001", put=spoils))
    for number in numbers[1:]:
        handed_in(folder, number, solved(number))
    grade(Asked(folder, students(tmp_path / "k.csv", *numbers), seconds=SECONDS), Folders(ROOT))
    found = marks(folder)
    assert [points(found[number]) for number in numbers[1:]] == ["11111"] * 3
    assert "scores.csv" in str(found["0001"])
    assert scores.read_bytes() == before
