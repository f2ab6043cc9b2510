"""Lesson 10, one model among many, and a paper that others can re-run."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from smartlib.inference.core import fit_columns
from smartlib.teach.checking.keys import Form
from smartlib.teach.exercises.course import TEN_POINTS, Course
from smartlib.teach.exercises.lesson_05 import others
from smartlib.teach.exercises.record import Exercise, Student, mistakes

FOCAL = "own_source_share"
OUTCOMES = ("harmonised_index", "published_index", "purged_index")
CONTROLS: tuple[tuple[str, ...], ...] = (
    (),
    ("log_population", "kota"),
    ("log_population", "kota", "kppn_ikn"),
    ("log_population", "kota", "kppn_ikn", "human_development_index", "poverty_rate"),
)
FULL = len(OUTCOMES) * len(CONTROLS)
POINTS = Form(tolerance=0.0005, unit="poin/points")


def _curve(frame: pd.DataFrame) -> pd.Series:
    """Index points for ten points, under each specification."""
    found = [
        fit_columns(frame, outcome, [FOCAL, *controls])
        for outcome in OUTCOMES
        for controls in CONTROLS
    ]
    return pd.Series([TEN_POINTS * fit.beta[fit.place(FOCAL)] for fit in found])


@lru_cache(maxsize=4)
def _p_values(course: Course) -> tuple[float, ...]:
    formulas = [" + ".join([f"{o} ~ {FOCAL}", *c]) for o in OUTCOMES for c in CONTROLS]
    return tuple(course.fitted(formula)[FOCAL].p_value for formula in formulas)


def _below(course: Course, level: float) -> int:
    return sum(p < level for p in _p_values(course))


@lru_cache(maxsize=4)
def _own(course: Course, student: Student) -> pd.Series:
    return _curve(course.frame[others(course, student)])


EXERCISES = (
    Exercise(
        "10a",
        "banyaknya spesifikasi dengan p < 0,05 (CR2)",
        "specifications with p < 0.05 (CR2)",
        lambda c, s: _below(c, 0.05),
        "Siapa yang memilih satu model saja memilih juga kesimpulannya.",
        "Who picks one model picks the conclusion too.",
        mistakes(
            (
                lambda c, s: FULL,
                "Itu banyaknya spesifikasi seluruhnya.",
                "That is the number of all specifications.",
            ),
            (
                lambda c, s: sum(p < 0.05 for p in _p_values(c)[: len(CONTROLS)]),
                "Anda hanya menghitung indeks harmonis; hitung ketiga indeks.",
                "You counted the harmonised index alone; count all three.",
            ),
            (
                lambda c, s: _below(c, 0.01),
                "Batas Anda 0,01; yang diminta 0,05.",
                "Your limit is 0.01; 0.05 is asked for.",
            ),
        ),
    ),
    Exercise(
        "10b",
        "median taksiran semua spesifikasi",
        "median estimate of all specifications",
        lambda c, s: _curve(c.frame).median(),
        "Median kurva lebih jujur daripada satu taksiran yang dipilih.",
        "The median of the curve is more honest than one chosen estimate.",
        mistakes(
            (
                lambda c, s: _curve(c.frame).mean(),
                "Itu rata-rata, bukan median.",
                "That is the mean, not the median.",
            ),
            (
                lambda c, s: _curve(c.frame).iloc[0],
                "Itu taksiran dari spesifikasi pertama saja.",
                "That is the first specification's estimate alone.",
            ),
            (
                lambda c, s: _curve(c.frame).median() / TEN_POINTS,
                "Itu per satuan pangsa (dari 0 ke 1); kalikan dengan 0,1.",
                "That is for a share from 0 to 1; multiply by 0.1.",
            ),
        ),
        POINTS,
    ),
    Exercise(
        "10c",
        "jarak antara taksiran terbesar dan terkecil",
        "distance from the largest to the smallest estimate",
        lambda c, s: _curve(c.frame).max() - _curve(c.frame).min(),
        "Jarak ini bukan galat baku: ia datang dari pilihan, bukan dari sampel.",
        "This distance is no standard error: it comes from choices, not from the sample.",
        mistakes(
            (
                lambda c, s: _curve(c.frame).max(),
                "Itu taksiran terbesar; kurangi dengan yang terkecil.",
                "That is the largest; subtract the smallest.",
            ),
            (
                lambda c, s: _curve(c.frame).std(),
                "Itu simpangan baku taksiran.",
                "That is the standard deviation of the estimates.",
            ),
        ),
        POINTS,
    ),
    Exercise(
        "10d",
        "median taksiran tanpa daerah kelompok Anda",
        "median estimate without the regions of your group",
        lambda c, s: _own(c, s).median(),
        "Daerah mana yang ikut juga sebuah pilihan.",
        "Which regions are in is a choice too.",
        mistakes(
            (
                lambda c, s: _curve(c.frame).median(),
                "Anda masih memakai semua daerah.",
                "You still use all regions.",
            ),
            (
                lambda c, s: _own(c, s).mean(),
                "Itu rata-rata, bukan median.",
                "That is the mean, not the median.",
            ),
            (
                lambda c, s: _own(c, s).iloc[0],
                "Itu taksiran dari spesifikasi pertama saja.",
                "That is the first specification's estimate alone.",
            ),
        ),
        POINTS,
        personal=True,
    ),
)
