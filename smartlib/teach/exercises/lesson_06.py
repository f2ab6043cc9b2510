"""Lesson 6, few clusters and one heavy row: a small p is no certainty."""

from __future__ import annotations

import pandas as pd
from scipy import stats

from smartlib.teach.checking.keys import Form
from smartlib.teach.exercises.course import TEN_POINTS, Course
from smartlib.teach.exercises.lesson_05 import ALONE, FULL, others
from smartlib.teach.exercises.record import Exercise, Student, mistakes

TERM, HEAVY = "own_source_share", "51.03"  # Kab. Badung has the largest share by far
CHANCE = Form(tolerance=0.001, unit="p")


def _p(course: Course, se: str, formula: str = FULL, rows: pd.Series | None = None) -> float:
    return course.fitted(formula, rows, se)[TERM].p_value


def _classical(course: Course, *, error: bool = False) -> float:
    """p, or standard error for ten points, were all rows independent and alike."""
    fit = course.fitted(FULL).least_squares
    found = fit.classical_errors[fit.place(TERM)]
    if error:
        return float(found * TEN_POINTS)
    return float(2 * stats.t.sf(abs(fit.beta[fit.place(TERM)] / found), fit.residual_df))


def _freedom(course: Course, rows: pd.Series | None = None) -> float:
    return course.fitted(FULL, rows)[TERM].degrees_of_freedom


def _without(course: Course) -> pd.Series:
    return pd.Series(course.frame.index != HEAVY, index=course.frame.index)


def _own_p(course: Course, student: Student) -> float:
    return _p(course, "cr2", rows=others(course, student))


EXERCISES = (
    Exercise(
        "6a",
        "p klasik koefisien pangsa PAD, dengan pengendali",
        "classical p of the own-source share, with controls",
        lambda c, s: _classical(c),
        "Menurut hitungan klasik, koefisien ini sangat meyakinkan. Benarkah?",
        "By the classical count this coefficient is very convincing. Is it?",
        mistakes(
            (
                lambda c, s: _p(c, "cr2"),
                "Itu p dengan galat CR2 per provinsi; yang diminta galat klasik.",
                "That is p with CR2 errors by province; classical ones are asked for.",
            ),
            (
                lambda c, s: _classical(c) / 2,
                "Itu uji satu sisi; kalikan dua.",
                "That is the one-sided test; double it.",
            ),
            (
                lambda c, s: _classical(c, error=True),
                "Itu galat bakunya, bukan p.",
                "That is the standard error, not p.",
            ),
        ),
        Form(tolerance=0.0002, unit="p"),
    ),
    Exercise(
        "6b",
        "p dengan galat CR2 per provinsi",
        "p with CR2 errors by province",
        lambda c, s: _p(c, "cr2"),
        "Angka yang sama, keyakinan yang berbeda: tetangga dalam satu provinsi tidak saling bebas.",
        "The same figure, another certainty: neighbours in a province are not independent.",
        mistakes(
            (
                lambda c, s: _classical(c),
                "Itu masih p klasik; baca model['own_source_share'].p_value.",
                "That is still the classical p; read model['own_source_share'].p_value.",
            ),
            (
                lambda c, s: _p(c, "cr2", ALONE),
                "Itu rumus tanpa pengendali.",
                "That is the formula without controls.",
            ),
            (
                lambda c, s: _p(c, "hc3"),
                "Itu HC3: setiap baris dianggap bebas. Pakai se='cr2'.",
                "That is HC3, which takes each row as independent. Use se='cr2'.",
            ),
        ),
        CHANCE,
    ),
    Exercise(
        "6c",
        "derajat bebas koefisien itu",
        "degrees of freedom of that coefficient",
        lambda c, s: _freedom(c),
        "Seratus empat puluh baris, tetapi informasinya setara segelintir provinsi.",
        "All those rows hold the information of a handful of provinces.",
        mistakes(
            (
                lambda c, s: c.fitted(FULL).least_squares.residual_df,
                "Itu baris dikurangi koefisien, derajat bebas klasik.",
                "That is rows less coefficients, the classical count.",
            ),
            (
                lambda c, s: c.frame["province"].nunique() - 1,
                "Itu provinsi dikurangi satu; pangsa PAD tidak tersebar merata di antaranya.",
                "That is provinces less one; the share is not evenly spread over them.",
            ),
        ),
        Form(tolerance=0.05),
    ),
    Exercise(
        "6d",
        "selisih indeks per sepuluh poin tanpa Kab. Badung",
        "index points for ten points, without Kab. Badung",
        lambda c, s: c.slope(FULL, _without(c)),
        "Satu baris menggeser koefisien; laporkan keduanya.",
        "One row moves the coefficient; report both.",
        mistakes(
            (
                lambda c, s: c.slope(FULL),
                "Badung masih ikut.",
                "Badung is still in.",
            ),
            (
                lambda c, s: c.slope(FULL, _without(c)) / TEN_POINTS,
                "Itu per satuan pangsa (dari 0 ke 1); kalikan dengan 0,1.",
                "That is for a share from 0 to 1; multiply by 0.1.",
            ),
            (
                lambda c, s: c.slope(FULL, c.frame["province"] != "Bali"),
                "Anda membuang seluruh Bali; yang diminta hanya Badung.",
                "You left out all of Bali; Badung alone is asked for.",
            ),
        ),
        Form(tolerance=0.0005, unit="poin/points"),
    ),
    Exercise(
        "6e",
        "p CR2 tanpa daerah kelompok Anda",
        "CR2 p without the regions of your group",
        _own_p,
        "Bandingkan dengan teman: p ikut berganti bersama dua puluh daerah yang dibuang.",
        "Compare with others: p changes with the twenty regions that are left out.",
        mistakes(
            (
                lambda c, s: _p(c, "cr2"),
                "Anda masih memakai semua daerah.",
                "You still use all regions.",
            ),
            (
                lambda c, s: _p(c, "hc3", rows=others(c, s)),
                "Itu HC3: setiap baris dianggap bebas. Pakai se='cr2'.",
                "That is HC3, which takes each row as independent. Use se='cr2'.",
            ),
        ),
        CHANCE,
        personal=True,
    ),
)
