"""Lesson 2, index and weights: a weighted mean is not a mean."""

from __future__ import annotations

from decimal import Decimal

from smartlib.index import exact, weighted_total
from smartlib.index.make.rounding import round_published
from smartlib.teach.checking.keys import Form
from smartlib.teach.exercises.course import Course
from smartlib.teach.exercises.record import Exercise, Student, mistakes

EXAMPLE = "51.03"  # Kab. Badung, the table's first row
FIVE = ("baseline", "output", "outcome", "impact", "quick_wins")


def _plain_mean(course: Course, code: str) -> Decimal:
    return sum((exact(course.scores.at[code, name]) for name in FIVE), Decimal(0)) / len(FIVE)


def _weighed(course: Course, code: str, track: str) -> Decimal:
    found = weighted_total(
        course.scores.loc[code].to_dict(), course.evaluation.scheme.tracks[track]
    )
    assert found is not None  # every region has the five marks
    return found


def _same(course: Course, track: str) -> int:
    """Priority rows whose printed final comes from a track's weights."""
    rows = course.scores[course.scores["track"] == "kppn_ikn"]
    return sum(
        round_published(_weighed(course, code, track)) == exact(final)
        for code, final in rows["published_index"].items()
    )


def _group_mean(course: Course, student: Student) -> Decimal:
    return sum((course.exact_totals[c] for c in student.regions), Decimal(0)) / len(student.regions)


def _group_plain(course: Course, student: Student) -> Decimal:
    found = (_plain_mean(course, code) for code in student.regions)
    return sum(found, Decimal(0)) / len(student.regions)


def _group_common(course: Course, student: Student) -> Decimal:
    found = (_weighed(course, code, "regular") for code in student.regions)
    return sum(found, Decimal(0)) / len(student.regions)


def _outcome_share(course: Course, student: Student, track: str = "") -> Decimal:
    """Share of the group's summed points that Outcome brings."""
    points = Decimal(0)
    for code in student.regions:
        row = course.scores.loc[code]
        weights = course.evaluation.scheme.tracks[track or str(row["track"])].weights
        points += weights["outcome"] * exact(row["outcome"])
    return points / sum((course.exact_totals[code] for code in student.regions), Decimal(0))


def _outcome_marks(course: Course, student: Student) -> float:
    rows = course.scores.loc[list(student.regions), list(FIVE)]
    return float(rows["outcome"].sum() / rows.to_numpy().sum())


EXERCISES = (
    Exercise(
        "2a",
        "jumlah berbobot Kab. Badung sebelum dibulatkan",
        "Kab. Badung's weighted sum before rounding",
        lambda c, s: c.exact_totals[EXAMPLE],
        "Bobotnya menyatakan dimensi mana yang lebih penting.",
        "The weights say which dimension matters more.",
        mistakes(
            (
                lambda c, s: _plain_mean(c, EXAMPLE),
                "Itu rata-rata biasa: semua dimensi dianggap sama penting.",
                "That is the plain mean: all dimensions are taken as equally important.",
            ),
            (
                lambda c, s: _weighed(c, EXAMPLE, "kppn_ikn"),
                "Itu bobot jalur KPPN/IKN; Badung ada di jalur Reguler.",
                "Those are the KPPN/IKN weights; Badung is on the Regular track.",
            ),
            (
                lambda c, s: exact(c.scores.at[EXAMPLE, "published_index"]),
                "Itu sudah dibulatkan; yang diminta nilai sebelum pembulatan.",
                "That is rounded already; the value before rounding is asked for.",
            ),
        ),
        Form(tolerance=0.0002, unit="poin/points"),
    ),
    Exercise(
        "2b",
        "nilai final Kab. Badung, dua desimal",
        "Kab. Badung's final, two decimals",
        lambda c, s: round_published(c.exact_totals[EXAMPLE]),
        "Sama dengan yang diterbitkan.",
        "The same as published.",
        mistakes(
            (
                lambda c, s: round_published(c.exact_totals[EXAMPLE], rule="down"),
                "Anda memotong desimal, bukan membulatkan.",
                "You cut the decimals off instead of rounding.",
            ),
            (
                lambda c, s: round_published(_plain_mean(c, EXAMPLE)),
                "Itu pembulatan rata-rata biasa, tanpa bobot.",
                "That is the plain mean, rounded: no weights.",
            ),
            (
                lambda c, s: c.exact_totals[EXAMPLE],
                "Belum dibulatkan ke dua desimal.",
                "Not rounded to two decimals yet.",
            ),
        ),
        Form(tolerance=0.0002, unit="poin/points"),
    ),
    Exercise(
        "2c",
        "nilai final KPPN/IKN yang sama bila memakai bobot Reguler",
        "KPPN/IKN finals that stay the same under the Regular weights",
        lambda c, s: _same(c, "regular"),
        "Hampir semuanya berubah: rumus kedua jalur berbeda; hati-hati dengan peringkat gabungan.",
        "Nearly all change: the tracks have no common formula, so read a joint ranking with care.",
        mistakes(
            (
                lambda c, s: _same(c, "kppn_ikn"),
                "Anda memakai bobot jalurnya sendiri, jadi tentu semuanya cocok.",
                "You used the track's own weights, so of course all agree.",
            ),
            (
                lambda c, s: _same(c, "kppn_ikn") - _same(c, "regular"),
                "Itu banyaknya nilai yang berubah, bukan yang tetap.",
                "That is how many change, not how many stay.",
            ),
        ),
    ),
    Exercise(
        "2d",
        "rata-rata jumlah berbobot kelompok Anda, bobot sesuai jalur",
        "mean weighted sum of your group, each by its own track",
        _group_mean,
        "Setiap daerah dihitung dengan bobot jalurnya sendiri.",
        "Each region is weighed by its own track.",
        mistakes(
            (
                _group_plain,
                "Itu rata-rata biasa lima dimensi, tanpa bobot.",
                "That is the plain mean of the five dimensions, without weights.",
            ),
            (
                _group_common,
                "Semua daerah Anda hitung dengan bobot Reguler; periksa kolom KET.",
                "You weighed all regions by the Regular track; look at column KET.",
            ),
        ),
        Form(tolerance=0.0002, unit="poin/points"),
        personal=True,
    ),
    Exercise(
        "2e",
        "pangsa poin kelompok Anda yang berasal dari Outcome",
        "share of your group's points that Outcome brings",
        _outcome_share,
        "Pangsa poin bergantung pada bobot dan pada nilainya sekaligus.",
        "A share of points hangs on the weight and on the mark at once.",
        mistakes(
            (
                _outcome_marks,
                "Anda membagi nilai, bukan poin: kalikan dulu dengan bobot.",
                "You divided marks, not points: multiply by the weight first.",
            ),
            (
                lambda c, s: _outcome_share(c, s, "regular"),
                "Bobot Outcome berbeda di kedua jalur; periksa kolom KET.",
                "The weight of Outcome differs between the tracks; look at column KET.",
            ),
        ),
        Form(tolerance=0.0002, unit="share"),
        personal=True,
    ),
)
