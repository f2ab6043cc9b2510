"""Lesson 5, regression on budget shares: a coefficient is an association."""

from __future__ import annotations

import pandas as pd

from smartlib import inference
from smartlib.teach.checking.keys import Form
from smartlib.teach.exercises.course import CONTROLS, TEN_POINTS, Course
from smartlib.teach.exercises.record import Exercise, Student, mistakes

ALONE = "harmonised_index ~ own_source_share"
SHARES = "own_source_share + capital_share + personnel_share"
FULL = f"harmonised_index ~ {SHARES} + {CONTROLS}"
PURGED = FULL.replace("harmonised_index", "purged_index")
POINTS = Form(tolerance=0.0005, unit="poin/points")


def others(course: Course, student: Student) -> pd.Series:
    """Rows that are not of the student's group."""
    return pd.Series(~course.frame.index.isin(student.regions), index=course.frame.index)


def _scoring(course: Course) -> int:
    """Questions of the index that score a published statistic."""
    found = inference.circular_questions(course.evaluation.scored, course.evaluation.instrument)
    return len(found)


EXERCISES = (
    Exercise(
        "5a",
        "selisih indeks per sepuluh poin pangsa PAD, tanpa pengendali",
        "index points that go with ten points of own-source share, no controls",
        lambda c, s: c.slope(ALONE),
        "Daerah dengan pangsa PAD lebih besar cenderung berindeks lebih tinggi; itu asosiasi.",
        "Regions with a larger own-source share tend to a higher index: an association.",
        mistakes(
            (
                lambda c, s: c.slope(ALONE) / TEN_POINTS,
                "Itu per satuan pangsa (dari 0 ke 1); kalikan dengan 0,1.",
                "That is for a share from 0 to 1; multiply by 0.1.",
            ),
            (
                lambda c, s: c.slope(ALONE) / 10,
                "Itu per satu poin persen; yang diminta sepuluh.",
                "That is for one percentage point; ten are asked for.",
            ),
            (
                lambda c, s: c.slope(ALONE.replace("harmonised", "published")),
                "Anda memakai indeks terbitan; dua jalur baru sebanding pada indeks harmonis.",
                "You used the published index; tracks compare on the harmonised one alone.",
            ),
        ),
        POINTS,
    ),
    Exercise(
        "5b",
        "selisih yang sama, dengan pengendali",
        "the same with controls",
        lambda c, s: c.slope(FULL),
        "Lebih kecil: sebagian asosiasi tadi juga ada pada penduduk, kota, dan IPM.",
        "Smaller: part of it went with population, kind and human development.",
        mistakes(
            (
                lambda c, s: c.slope(ALONE),
                "Pengendalinya belum masuk ke rumus.",
                "The controls are not in the formula yet.",
            ),
            (
                lambda c, s: c.slope(f"harmonised_index ~ own_source_share + {CONTROLS}"),
                "Dua pangsa anggaran lain belum masuk: belanja modal dan belanja pegawai.",
                "The two other budget shares are missing: capital and personnel.",
            ),
            (
                lambda c, s: c.slope(FULL) / TEN_POINTS,
                "Itu per satuan pangsa (dari 0 ke 1); kalikan dengan 0,1.",
                "That is for a share from 0 to 1; multiply by 0.1.",
            ),
        ),
        POINTS,
    ),
    Exercise(
        "5c",
        "banyaknya pertanyaan indeks yang menilai statistik terbitan",
        "questions of the index that score a published statistic",
        lambda c, s: _scoring(c),
        "Bila faktor ikut menilai indeks, sebagian asosiasi sudah ada sejak definisi.",
        "Where a factor scores the index, part of the association is there by definition.",
        mistakes(
            (
                lambda c, s: len(c.evaluation.instrument),
                "Itu semua pertanyaan; hitung hanya yang menilai statistik terbitan.",
                "Those are all questions; count only those that score a published statistic.",
            ),
            (
                lambda c, s: len(c.evaluation.scheme.common.weights),
                "Itu banyaknya dimensi, bukan pertanyaan.",
                "That is the number of dimensions, not of questions.",
            ),
        ),
    ),
    Exercise(
        "5d",
        "selisih dengan pengendali pada indeks yang dibersihkan",
        "the same with controls on the purged index",
        lambda c, s: c.slope(PURGED),
        "Asosiasi tetap ada tanpa dimensi Outcome, jadi sirkularitas bukan seluruh ceritanya.",
        "It stays without the Outcome dimension: circularity is not the whole story.",
        mistakes(
            (
                lambda c, s: c.slope(FULL),
                "Hasilnya masih indeks harmonis; gunakan purged_index di kiri rumus.",
                "The outcome is still the harmonised index; put purged_index on the left.",
            ),
            (
                lambda c, s: c.slope("purged_index ~ own_source_share"),
                "Pengendalinya belum masuk.",
                "The controls are missing.",
            ),
        ),
        POINTS,
    ),
    Exercise(
        "5e",
        "selisih dengan pengendali tanpa daerah kelompok Anda",
        "the same with controls without the regions of your group",
        lambda c, s: c.slope(FULL, others(c, s)),
        "Dua puluh daerah saja sudah menggeser koefisien: ingat ini saat membaca satu angka.",
        "Twenty regions already move the coefficient: remember it when you read one figure.",
        mistakes(
            (
                lambda c, s: c.slope(FULL),
                "Anda masih memakai semua daerah.",
                "You still use all regions.",
            ),
            (
                lambda c, s: c.slope(ALONE, others(c, s)),
                "Daerahnya benar, tetapi pengendalinya hilang.",
                "The rows are right, the controls are missing.",
            ),
        ),
        POINTS,
        personal=True,
    ),
)
