"""Lesson 7, regression to the mean: the low ones would have risen anyway."""

from __future__ import annotations

import pandas as pd

from smartlib import index, inference
from smartlib.teach.checking.keys import Form
from smartlib.teach.exercises.course import Course
from smartlib.teach.exercises.record import Exercise, Student, mistakes

LAST, GAIN = "previous_index", "improvement"
POINTS = Form(tolerance=0.0005, unit="poin/points")


def _quarters(course: Course, by: str = LAST) -> pd.Series:
    """Mean gain by quarter of a column, the lowest first."""
    place = pd.qcut(course.scores[by], 4, labels=False)
    return course.scores.groupby(place)[GAIN].mean()


def _slope(frame: pd.DataFrame, formula: str = f"{GAIN} ~ {LAST}") -> float:
    term = formula.partition("~")[2].strip()
    return inference.fit(formula, frame, se="hc3")[term].estimate


def _own(course: Course, student: Student) -> pd.DataFrame:
    return course.scores.loc[list(student.regions)]


def _reliability(course: Course, route: str = "internal") -> float:
    routes = index.error_routes(course.scores, course.evaluation.scheme)
    return float(routes.at[route, "reliability"])


EXERCISES = (
    Exercise(
        "7a",
        "rata-rata kenaikan seperempat terendah tahun lalu",
        "mean gain of last year's lowest quarter",
        lambda c, s: _quarters(c).iloc[0],
        "Yang terendah naik paling banyak; jangan buru-buru memuji programnya.",
        "The lowest rose most; do not praise the programme yet.",
        mistakes(
            (
                lambda c, s: _quarters(c).iloc[-1],
                "Itu seperempat tertinggi.",
                "That is the highest quarter.",
            ),
            (
                lambda c, s: _quarters(c, "published_index").iloc[0],
                "Anda mengelompokkan menurut indeks tahun ini; pakai tahun lalu.",
                "You grouped by this year's index; take last year's.",
            ),
            (
                lambda c, s: c.scores[GAIN].mean(),
                "Itu rata-rata semua daerah.",
                "That is the mean of all regions.",
            ),
        ),
        POINTS,
    ),
    Exercise(
        "7b",
        "rata-rata kenaikan seperempat tertinggi tahun lalu",
        "mean gain of last year's highest quarter",
        lambda c, s: _quarters(c).iloc[-1],
        "Masih naik, tetapi kurang dari separuh kenaikan yang terendah.",
        "They rose too, by less than half of what the lowest did.",
        mistakes(
            (
                lambda c, s: _quarters(c).iloc[0],
                "Itu seperempat terendah.",
                "That is the lowest quarter.",
            ),
            (
                lambda c, s: _quarters(c, "published_index").iloc[-1],
                "Anda mengelompokkan menurut indeks tahun ini; pakai tahun lalu.",
                "You grouped by this year's index; take last year's.",
            ),
        ),
        POINTS,
    ),
    Exercise(
        "7c",
        "kemiringan kenaikan terhadap indeks tahun lalu",
        "slope of the gain on last year's index",
        lambda c, s: _slope(c.scores),
        "Negatif: makin tinggi tahun lalu, makin kecil kenaikannya.",
        "Negative: the higher last year, the smaller the gain.",
        mistakes(
            (
                lambda c, s: _slope(c.scores, f"published_index ~ {LAST}"),
                "Itu kemiringan indeks tahun ini; hasilnya harus kenaikan.",
                "That is the slope of this year's index; the outcome is the gain.",
            ),
            (
                lambda c, s: c.scores[GAIN].corr(c.scores[LAST]),
                "Itu korelasi, bukan kemiringan.",
                "That is the correlation, not the slope.",
            ),
            (
                lambda c, s: _slope(c.scores, f"{GAIN} ~ published_index"),
                "Anda memakai indeks tahun ini di kanan; pakai tahun lalu.",
                "You put this year's index on the right; take last year's.",
            ),
        ),
        POINTS,
    ),
    Exercise(
        "7d",
        "kemiringan yang timbul dari galat ukur saja, dengan reliabilitas internal",
        "slope that error alone would give, by internal reliability",
        lambda c, s: index.slope_from_noise(_reliability(c)),
        "Separuh kemiringan sudah terjelaskan oleh galat ukur saja.",
        "Half of the slope is explained by error of measurement alone.",
        mistakes(
            (
                lambda c, s: index.slope_from_noise(_reliability(c, "retest")),
                "Itu reliabilitas retest; yang diminta internal.",
                "That is retest reliability; internal is asked for.",
            ),
            (
                lambda c, s: _reliability(c),
                "Itu reliabilitasnya; kemiringan dari galat saja adalah reliabilitas dikurangi 1.",
                "That is the reliability; the slope from error alone is reliability less 1.",
            ),
        ),
        POINTS,
    ),
    Exercise(
        "7e",
        "kemiringan dalam kelompok Anda",
        "slope within your group",
        lambda c, s: _slope(_own(c, s)),
        "Dengan dua puluh daerah, kemiringan bisa berganti tanda antarkelompok.",
        "With twenty regions the slope may change its sign from group to group.",
        mistakes(
            (
                lambda c, s: _slope(c.scores),
                "Itu semua daerah; ambil MY_REGIONS saja.",
                "Those are all regions; take MY_REGIONS alone.",
            ),
            (
                lambda c, s: _slope(_own(c, s), f"published_index ~ {LAST}"),
                "Itu kemiringan indeks tahun ini; hasilnya harus kenaikan.",
                "That is the slope of this year's index; the outcome is the gain.",
            ),
        ),
        POINTS,
        personal=True,
    ),
)
