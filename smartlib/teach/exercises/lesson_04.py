"""Lesson 4, describe and map: the best mean is not the best province."""

from __future__ import annotations

import pandas as pd

from smartlib.teach.checking.keys import Form
from smartlib.teach.exercises.course import Course
from smartlib.teach.exercises.record import Exercise, Student, mistakes

LEAST = 3  # regions of a province that is compared
INDEX = "published_index"


def _provinces(course: Course, least: int = LEAST) -> pd.Series:
    """Means of provinces with enough regions, the highest first."""
    found = course.scores.groupby("province")[INDEX].agg(["mean", "count"])
    return found.loc[found["count"] >= least, "mean"].sort_values(ascending=False)


def _own(course: Course, student: Student) -> pd.Series:
    return course.scores.loc[list(student.regions), INDEX]


EXERCISES = (
    Exercise(
        "4a",
        "median indeks",
        "median of the index",
        lambda c, s: c.scores[INDEX].median(),
        "Median lebih besar daripada rata-rata: ekor sebarannya ada di bawah.",
        "The median lies above the mean: the long tail is at the bottom.",
        mistakes(
            (
                lambda c, s: c.scores[INDEX].mean(),
                "Itu rata-rata; median membagi daerah menjadi dua bagian yang sama banyak.",
                "That is the mean; the median splits the regions in two equal halves.",
            ),
            (
                lambda c, s: (c.scores[INDEX].max() + c.scores[INDEX].min()) / 2,
                "Itu titik tengah antara nilai terkecil dan terbesar.",
                "That is the middle between the smallest and the largest value.",
            ),
        ),
        Form(tolerance=0.001, unit="poin/points"),
    ),
    Exercise(
        "4b",
        "simpangan baku indeks",
        "standard deviation of the index",
        lambda c, s: c.scores[INDEX].std(),
        "Setengah poin lebih: pada skala 1 sampai 4 itu sebaran yang lebar.",
        "More than half a point: wide, on a scale from 1 to 4.",
        mistakes(
            (
                lambda c, s: c.scores[INDEX].std(ddof=0),
                "Anda membagi dengan n (ddof=0); untuk sampel bagilah dengan n - 1.",
                "You divided by n (ddof=0); for a sample divide by n - 1.",
            ),
            (
                lambda c, s: c.scores[INDEX].var(),
                "Itu varians; ambil akarnya.",
                "That is the variance; take its root.",
            ),
        ),
        Form(tolerance=0.0005, unit="poin/points"),
    ),
    Exercise(
        "4c",
        "provinsi dengan rata-rata tertinggi di antara yang punya sedikitnya tiga daerah",
        "province with the highest mean among those with at least three regions",
        lambda c, s: _provinces(c).index[0],
        "Dengan satu daerah, rata-rata provinsi hanyalah nilai daerah itu.",
        "With one region, a province's mean is only that region's mark.",
        mistakes(
            (
                lambda c, s: _provinces(c, 1).index[0],
                "Provinsi itu hanya punya satu daerah dalam tabel; saring dulu menurut banyaknya.",
                "That province has one region in the table; filter by the count first.",
            ),
            (
                lambda c, s: _provinces(c).index[1],
                "Itu urutan kedua; periksa arah pengurutan Anda.",
                "That is the second; look at the direction of your sorting.",
            ),
            (
                lambda c, s: _provinces(c).index[-1],
                "Itu yang terendah: pengurutan Anda terbalik.",
                "That is the lowest: you sorted the other way round.",
            ),
        ),
        Form("text"),
    ),
    Exercise(
        "4d",
        "rata-rata provinsi itu",
        "the mean of that province",
        lambda c, s: _provinces(c).iloc[0],
        "Sebutkan selalu banyaknya daerah di samping rata-rata.",
        "Always state the number of regions beside a mean.",
        mistakes(
            (
                lambda c, s: _provinces(c, 1).iloc[0],
                "Itu rata-rata dari satu daerah saja.",
                "That is the mean of one single region.",
            ),
            (
                lambda c, s: _provinces(c).mean(),
                "Itu rata-rata dari rata-rata semua provinsi.",
                "That is the mean of all provinces' means.",
            ),
        ),
        Form(tolerance=0.0005, unit="poin/points"),
    ),
    Exercise(
        "4e",
        "simpangan baku kelompok Anda",
        "standard deviation of your own group",
        lambda c, s: _own(c, s).std(),
        "Dari dua puluh daerah saja, simpangan baku pun hanya taksiran.",
        "From twenty regions alone, a standard deviation is an estimate too.",
        mistakes(
            (
                lambda c, s: _own(c, s).std(ddof=0),
                "Anda membagi dengan n (ddof=0).",
                "You divided by n (ddof=0).",
            ),
            (
                lambda c, s: c.scores[INDEX].std(),
                "Itu semua daerah; ambil yang ada di MY_REGIONS saja.",
                "Those are all regions; take those in MY_REGIONS alone.",
            ),
            (
                lambda c, s: _own(c, s).std() / len(s.regions) ** 0.5,
                "Itu galat baku rata-rata, bukan simpangan baku.",
                "That is the standard error of the mean, not the standard deviation.",
            ),
        ),
        Form(tolerance=0.0005, unit="poin/points"),
        personal=True,
    ),
)
