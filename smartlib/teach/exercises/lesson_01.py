"""Lesson 1, a table as it comes: the file is not yet the data."""

from __future__ import annotations

from collections.abc import Sequence

from smartlib.index import exact
from smartlib.teach.checking.keys import Form
from smartlib.teach.exercises.course import BLANKS, FINAL, TRACK, Course
from smartlib.teach.exercises.record import Exercise, Student, mistakes

PRIORITY, REGULAR, COLLABORATION = "KPPN IKN", "REGULER", "PROGRAM KOLABORASI"
NAMES = {"regular": REGULAR, "kppn_ikn": PRIORITY}


def _on_track(course: Course, track: str) -> int:
    return int((course.evaluation.scores.frame["track"] == track).sum())


def _numeric(texts: Sequence[str]) -> int:
    return sum(text.removeprefix("-").replace(".", "", 1).isdigit() for text in texts)


def _blank(course: Course, marks: Sequence[str], *, all_rows: bool = False) -> int:
    rows = [row for row in course.printed if all_rows or row[TRACK] == PRIORITY]
    return sum(row[COLLABORATION].strip() in marks for row in rows)


def _missing(course: Course) -> int:
    frame = course.evaluation.scores.frame
    return int(frame.loc[frame["track"] == "kppn_ikn", "collaboration"].isna().sum())


def _mean(course: Course, rows: Sequence[int], column: str = "published_index") -> float:
    marks = course.scores.set_index("no").loc[list(rows), column]
    return float(sum(map(exact, marks)) / len(marks))


def _all(course: Course, student: Student) -> float:
    return _mean(course, list(course.scores["no"]))


EXERCISES = (
    Exercise(
        "1a",
        "banyaknya daerah dalam tabel",
        "how many regions the table has",
        lambda c, s: len(c.evaluation.scores.frame),
        "Berkas bukan data: satu baris adalah judul yang terulang di pergantian halaman.",
        "The file is not the data: one row is a heading repeated at a page break.",
        mistakes(
            (
                lambda c, s: len(c.raw),
                "Anda menghitung semua baris. Lihat nilai kolom NO: satu baris bukan daerah.",
                "You counted all rows. Look at column NO: one row is no region.",
            ),
            (
                lambda c, s: len(c.raw) + 1,
                "Anda menghitung baris berkas, termasuk judul di baris pertama.",
                "You counted the lines of the file, the heading in the first line included.",
            ),
        ),
    ),
    Exercise(
        "1b",
        "nilai final yang diterima float() sebelum koma diperbaiki",
        "finals that float() takes before the comma is repaired",
        lambda c, s: _numeric([row[FINAL] for row in c.printed]),
        "Tidak ada: koma desimal membuat setiap nilai menjadi teks.",
        "None: with a decimal comma every value is a text.",
        mistakes(
            (
                lambda c, s: len(c.printed),
                "Nilai itu tampak seperti bilangan, tetapi masih teks. Coba float('3,08').",
                "They look like numbers, and are still texts. Try float('3,08').",
            ),
            (
                lambda c, s: _numeric([row["QUICK WINS"] for row in c.printed]),
                "Anda memeriksa kolom lain; yang diminta kolom NILAI FINAL.",
                "You looked at another column; NILAI FINAL is asked for.",
            ),
            (
                lambda c, s: len(c.raw),
                "Itu banyaknya baris berkas. Hitung hanya baris yang lolos float().",
                "That is the number of rows. Count only those that float() takes.",
            ),
        ),
    ),
    Exercise(
        "1c",
        "banyaknya daerah di jalur KPPN/IKN",
        "regions on the KPPN/IKN track",
        lambda c, s: _on_track(c, "kppn_ikn"),
        "Sisanya di jalur Reguler; dua jalur memakai rumus yang berbeda.",
        "The others are on the Regular track; the two tracks have different formulas.",
        mistakes(
            (
                lambda c, s: _on_track(c, "regular"),
                "Itu jalur yang lain: Anda menghitung REGULER.",
                "That is the other track: you counted REGULER.",
            ),
            (
                lambda c, s: sum(row[TRACK] != REGULAR for row in c.raw),
                "'Bukan REGULER' ikut menghitung judul yang terulang. Saring barisnya dulu.",
                "'Not REGULER' counts the repeated heading too. Filter the rows first.",
            ),
        ),
    ),
    Exercise(
        "1d",
        "nilai kolaborasi yang kosong di jalur KPPN/IKN",
        "blank collaboration marks on the KPPN/IKN track",
        lambda c, s: _missing(c),
        "Kosong ditulis dengan dua cara, dan dalam nilai final dihitung nol.",
        "A blank is written in two ways, and counts as zero in the final.",
        mistakes(
            (
                lambda c, s: _blank(c, ["-"]),
                "Anda hanya menghitung tanda '-'. Sel yang benar-benar kosong juga ada.",
                "You counted the dash alone. There are empty cells too.",
            ),
            (
                lambda c, s: _blank(c, [""]),
                "Anda hanya menghitung sel kosong. Ada pula yang ditulis '-'.",
                "You counted empty cells alone. Some are written as a dash.",
            ),
            (
                lambda c, s: _blank(c, BLANKS, all_rows=True),
                "Jalur Reguler memang tidak punya nilai kolaborasi; hitung jalur KPPN/IKN saja.",
                "The Regular track has no collaboration mark; count the KPPN/IKN track alone.",
            ),
        ),
    ),
    Exercise(
        "1e",
        "rata-rata nilai final kelompok Anda",
        "mean final of your own group",
        lambda c, s: _mean(c, s.rows),
        "Kelompok ini milik NIM Anda; teman Anda mendapat angka lain.",
        "This group belongs to your student number; others have another figure.",
        mistakes(
            (
                _all,
                "Itu rata-rata semua daerah. Ambil hanya baris yang nomornya ada di MY_ROWS.",
                "That is the mean of all regions. Take only rows whose number is in MY_ROWS.",
            ),
            (
                lambda c, s: 100 * _mean(c, s.rows),
                "Komanya hilang: '3,08' menjadi 308. Ganti koma dengan titik.",
                "The comma was lost: '3,08' became 308. Put a point in its place.",
            ),
            (
                lambda c, s: _mean(c, s.rows, "improvement"),
                "Itu kolom TINGKAT IMPROVEMENT, bukan NILAI FINAL.",
                "That is column TINGKAT IMPROVEMENT, not NILAI FINAL.",
            ),
        ),
        Form(tolerance=0.0005, unit="poin/points"),
        personal=True,
    ),
)
