"""Lesson 8, ranks and their sets: rank 59 is not rank 59."""

from __future__ import annotations

from functools import partial

import pandas as pd

from smartlib import index
from smartlib.teach.checking.keys import Form
from smartlib.teach.exercises.course import YEAR, Course
from smartlib.teach.exercises.lesson_02 import EXAMPLE
from smartlib.teach.exercises.record import Exercise, Student, mistakes

TOP = 10


def _sets(course: Course, route: str = "internal") -> pd.DataFrame:
    ranks = course.tables.ranks
    return ranks[ranks["route"] == route].set_index("region_code").loc[course.scores.index]


def _width(course: Course, kind: str = "marginal", route: str = "internal") -> pd.Series:
    sets = _sets(course, route)
    return sets[f"{kind}_high"] - sets[f"{kind}_low"] + 1


def _rank(course: Course, *, ascending: bool = False) -> int:
    indices = course.scores["published_index"]
    return int(index.rank(-indices if ascending else indices)[EXAMPLE])


def _within(course: Course, kind: str, end: str) -> int:
    return int((_sets(course)[f"{kind}_{end}"] <= TOP).sum())


def _own(kind: str, course: Course, student: Student) -> float:
    return float(_width(course, kind)[list(student.regions)].mean())


EXERCISES = (
    Exercise(
        "8a",
        "peringkat Kab. Badung di antara baris yang diketahui",
        "Kab. Badung's rank among the known rows",
        lambda c, s: _rank(c),
        "Satu bilangan bulat, seolah-olah pasti. Sekarang lihat himpunannya.",
        "One whole number, as if it were certain. Now look at its set.",
        mistakes(
            (
                lambda c, s: _rank(c, ascending=True),
                "Anda mengurutkan dari bawah; peringkat 1 adalah indeks tertinggi.",
                "You ranked from below; rank 1 is the highest index.",
            ),
            (
                lambda c, s: c.scores.at[EXAMPLE, "rank_track"],
                "Itu peringkat di dalam jalurnya.",
                "That is the rank within its track.",
            ),
            (
                lambda c, s: c.scores.at[EXAMPLE, "rank_lowest_possible"],
                "Itu peringkat terburuk bila semua baris yang hilang ada di atasnya.",
                "That is the worst rank, were all lost rows above it.",
            ),
        ),
    ),
    Exercise(
        "8b",
        "banyaknya peringkat dalam himpunan kepercayaan 95% Badung",
        "how many ranks Badung's 95% confidence set holds",
        lambda c, s: _width(c)[EXAMPLE],
        f"Dengan galat baku {YEAR}, hampir semua tempat masih mungkin.",
        f"With the standard error of {YEAR}, nearly any place is possible.",
        mistakes(
            (
                lambda c, s: _width(c)[EXAMPLE] - 1,
                "Kedua ujungnya ikut dihitung: tambahkan satu.",
                "Both ends count: add one.",
            ),
            (
                lambda c, s: _width(c, "simultaneous")[EXAMPLE],
                "Itu himpunan serentak; yang diminta untuk satu daerah (marginal).",
                "That is the simultaneous set; the marginal one, of a single region, is asked for.",
            ),
            (
                lambda c, s: _width(c, route="retest")[EXAMPLE],
                "Itu galat baku dari retest; pakai route == 'internal'.",
                "That is the standard error from retest; take route == 'internal'.",
            ),
        ),
    ),
    Exercise(
        "8c",
        "daerah yang tidak dapat dikesampingkan dari sepuluh terbaik",
        "regions that cannot be ruled out of the best ten",
        lambda c, s: _within(c, "marginal", "low"),
        "Jauh lebih dari sepuluh: 'sepuluh besar' bukan fakta, melainkan taksiran.",
        "Far more than ten: a 'top ten' is no fact, it is an estimate.",
        mistakes(
            (
                lambda c, s: TOP,
                "Itu yang peringkatnya 1 sampai 10; hitung himpunannya, bukan peringkatnya.",
                "Those have ranks 1 to 10; count by the sets, not by the ranks.",
            ),
            (
                lambda c, s: _within(c, "marginal", "high"),
                "Itu yang pasti ada di sepuluh terbaik (ujung buruknya pun masih di sana).",
                "Those are surely in the best ten: even their worst end is.",
            ),
            (
                lambda c, s: _within(c, "simultaneous", "low"),
                "Itu himpunan serentak; pakai yang marginal.",
                "Those are simultaneous sets; take the marginal ones.",
            ),
        ),
    ),
    Exercise(
        "8d",
        "selisih indeks terkecil yang membedakan dua daerah (95%)",
        "smallest difference that tells two regions apart (95%)",
        lambda c, s: index.least_difference(c.error),
        "Selisih yang lebih kecil dari ini dapat timbul dari galat saja.",
        "A smaller difference than this may come from error alone.",
        mistakes(
            (
                lambda c, s: index.least_difference(c.error, measured=1),
                "Hanya satu indeks yang Anda anggap bergalat; keduanya bergalat (akar 2).",
                "You let one index err alone; both do (the root of 2).",
            ),
            (
                lambda c, s: c.error,
                "Itu galat baku satu indeks.",
                "That is the standard error of one index.",
            ),
            (
                lambda c, s: 2 * index.least_difference(c.error, measured=1),
                "Anda menjumlahkan dua lebar selang; selang yang bersinggungan pun dapat berbeda.",
                "You added two intervals; two that overlap may differ still.",
            ),
        ),
        Form(tolerance=0.002, unit="poin/points"),
    ),
    Exercise(
        "8e",
        "rata-rata banyaknya peringkat dalam himpunan kelompok Anda",
        "mean number of ranks in the sets of your group",
        partial(_own, "marginal"),
        "Rata-rata lebih dari separuh tabel: peringkat tunggal menyembunyikan ini.",
        "More than half of the table on average: a single rank hides that.",
        mistakes(
            (
                lambda c, s: _own("marginal", c, s) - 1,
                "Kedua ujungnya ikut dihitung: tambahkan satu.",
                "Both ends count: add one.",
            ),
            (
                lambda c, s: _width(c).mean(),
                "Itu semua daerah; ambil MY_REGIONS saja.",
                "Those are all regions; take MY_REGIONS alone.",
            ),
            (
                partial(_own, "simultaneous"),
                "Itu himpunan serentak; pakai yang marginal.",
                "Those are simultaneous sets; take the marginal ones.",
            ),
        ),
        Form(tolerance=0.02),
        personal=True,
    ),
)
