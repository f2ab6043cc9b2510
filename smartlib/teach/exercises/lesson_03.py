"""Lesson 3, rounding as evidence: `round()` does not round halves up."""

from __future__ import annotations

from decimal import Decimal
from math import fsum

from smartlib.index import exact
from smartlib.index.make.rounding import round_published
from smartlib.teach.checking.keys import Form
from smartlib.teach.exercises.course import Course
from smartlib.teach.exercises.record import Exercise, Student, mistakes

THOUSANDTHS = Decimal(1000)


def _by_floats(course: Course) -> int:
    """Finals that floats and `round` reproduce; added without loss, as newer Pythons do."""
    tracks = course.evaluation.scheme.tracks
    agreed = 0
    for _, row in course.scores.iterrows():
        weights = tracks[str(row["track"])].weights
        marks = {name: 0.0 if row[name] != row[name] else float(row[name]) for name in weights}
        total = fsum(float(weight) * marks[name] for name, weight in weights.items())
        agreed += round(total, 2) == row["published_index"]
    return agreed


def _halves(course: Course) -> int:
    return sum(total * THOUSANDTHS % 10 == 5 for total in course.exact_totals.values())


def _gap(course: Course, student: Student, *, squared: bool = True) -> Decimal:
    """Mean squared rounding error of the group, in thousandths."""
    errors = [
        THOUSANDTHS * (course.exact_totals[c] - exact(course.scores.at[c, "published_index"]))
        for c in student.regions
    ]
    terms = [error**2 if squared else abs(error) for error in errors]
    return sum(terms, Decimal(0)) / len(terms)


def _mean(course: Course, student: Student, rule: str = "") -> Decimal:
    totals = [course.exact_totals[code] for code in student.regions]
    totals = [round_published(total, rule=rule) if rule else total for total in totals]
    return sum(totals, Decimal(0)) / len(totals)


EXERCISES = (
    Exercise(
        "3a",
        "nilai final yang cocok bila setengah dibulatkan ke atas",
        "finals that rounding halves up reproduces",
        lambda c, s: c.agreeing("half_up"),
        "Semuanya: aturan yang tidak tertulis ini terbaca dari datanya.",
        "All of them: a rule that nobody wrote down can be read from the data.",
        mistakes(
            (
                lambda c, s: _by_floats(c),
                "Anda memakai float dan round(). Pakailah Decimal dan ROUND_HALF_UP.",
                "You used floats and round(). Take Decimal and ROUND_HALF_UP.",
            ),
            (
                lambda c, s: c.agreeing("half_even"),
                "Itu ROUND_HALF_EVEN: setengah dibulatkan ke digit genap.",
                "That is ROUND_HALF_EVEN: halves go to the even digit.",
            ),
            (
                lambda c, s: c.agreeing("down"),
                "Itu pemotongan (ROUND_DOWN), bukan pembulatan.",
                "That is cutting off (ROUND_DOWN), not rounding.",
            ),
        ),
    ),
    Exercise(
        "3b",
        "nilai final yang cocok bila setengah dibulatkan ke genap",
        "finals that rounding halves to even reproduces",
        lambda c, s: c.agreeing("half_even"),
        "Aturan bawaan Python ini tidak dipakai penerbit.",
        "The publisher does not use this rule, which is Python's own.",
        mistakes(
            (
                lambda c, s: _by_floats(c),
                "Hampir: jumlah float sudah meleset sebelum dibulatkan. Pakai Decimal sejak awal.",
                "Close: the float sums are off before they are rounded. Use Decimal throughout.",
            ),
            (
                lambda c, s: c.agreeing("half_up"),
                "Itu setengah ke atas (ROUND_HALF_UP).",
                "That is halves up (ROUND_HALF_UP).",
            ),
        ),
    ),
    Exercise(
        "3c",
        "nilai final yang cocok bila desimal dipotong",
        "finals that cutting off reproduces",
        lambda c, s: c.agreeing("down"),
        "Kurang dari separuh: pemotongan terbantah.",
        "Less than half: cutting off is ruled out.",
        mistakes(
            (
                lambda c, s: len(c.exact_totals) - c.agreeing("down"),
                "Itu yang tidak cocok.",
                "Those are the ones that disagree.",
            ),
            (
                lambda c, s: c.agreeing("half_up"),
                "Itu pembulatan setengah ke atas, bukan pemotongan.",
                "That is rounding halves up, not cutting off.",
            ),
        ),
    ),
    Exercise(
        "3d",
        "jumlah berbobot yang tepat setengah",
        "weighted sums that are exact halves",
        lambda c, s: _halves(c),
        "Hanya baris-baris inilah yang dapat membedakan setengah ke atas dari setengah ke genap.",
        "These rows alone can tell halves up from halves to even.",
        mistakes(
            (
                lambda c, s: c.agreeing("half_up") - c.agreeing("half_even"),
                "Itu banyaknya baris yang dibedakan kedua aturan; sebagian setengah sama hasilnya.",
                "That is how many rows the rules differ in; some halves come out alike.",
            ),
            (
                lambda c, s: sum(t * THOUSANDTHS % 10 == 0 for t in c.exact_totals.values()),
                "Itu yang memang tepat dua desimal; setengah berakhir dengan digit ketiga 5.",
                "Those have two decimals as they are; a half ends in a third digit of 5.",
            ),
        ),
    ),
    Exercise(
        "3e",
        "rata-rata kuadrat galat pembulatan kelompok Anda (perseribu, dikuadratkan)",
        "mean squared rounding error of your group (thousandths, squared)",
        _gap,
        "Bandingkan dengan 8,25, harapan bila sepuluh digit ketiga sama sering.",
        "Compare with 8.25, which ten equally frequent third digits would give.",
        mistakes(
            (
                lambda c, s: _gap(c, s, squared=False),
                "Itu rata-rata galat mutlak; kuadratkan dulu setiap galat.",
                "That is the mean absolute error; square each error first.",
            ),
            (
                lambda c, s: _gap(c, s) / THOUSANDTHS**2,
                "Satuannya poin indeks; kalikan galat dengan 1000 sebelum dikuadratkan.",
                "The unit is index points; multiply the errors by 1000 before squaring.",
            ),
        ),
        Form(tolerance=0.02, unit="perseribu/thousandths"),
        personal=True,
    ),
)
