"""Lesson 9, who is missing: 140 rows are not Indonesia."""

from __future__ import annotations

from functools import lru_cache

from smartlib import inference
from smartlib.inference import programme
from smartlib.teach.checking.keys import Form
from smartlib.teach.exercises.course import YEAR, Course
from smartlib.teach.exercises.record import Exercise, Student, mistakes

OUTCOME = "harmonised_index"
FACTORS = ["own_source_share", "log_population", "human_development_index", "poverty_rate"]
POINTS = Form(tolerance=0.0005, unit="poin/points")


def _lost(course: Course) -> int:
    return course.evaluation.scheme.stages.scored - len(course.scores)


def _count(course: Course, fate: str) -> int:
    return int((course.tables.participation["stage2"] == fate).sum())


def _bounds(course: Course, lost: int) -> programme.worst_case.Bounds:
    scheme = course.evaluation.scheme
    ends = {"lowest": float(scheme.lowest), "highest": float(scheme.highest)}
    return programme.bounds_of_mean(course.scores[OUTCOME], lost, **ends)


def _filled(course: Course, lost: int, mean: float) -> float:
    """Mean of the scored rows if each lost one had a given index."""
    known = course.scores[OUTCOME]
    return float((known.sum() + lost * mean) / (len(known) + lost))


def _own(course: Course, student: Student) -> float:
    return float(course.scores.loc[list(student.regions), OUTCOME].mean())


@lru_cache(maxsize=4)
def _cut(course: Course) -> programme.selection.AsIfRandom:
    """Whether the invited kota behind the lost page differ from those before it."""
    fate = course.tables.participation.set_index("region_code")["stage2"]
    kota = course.evaluation.register.frame["kind"] == "kota"
    invited = [code for code in fate.index if kota[code] and fate[code] != "not_invited"]
    values = inference.factors_by_rule(course.tables.factors, invited, YEAR).values
    known = values.loc[invited, FACTORS].dropna()
    return programme.cut_as_if_random(known, fate[known.index] == "undetermined", FACTORS)


EXERCISES = (
    Exercise(
        "9a",
        "daerah yang dinilai tetapi barisnya hilang",
        "regions that were scored and whose row is lost",
        lambda c, s: _lost(c),
        "Halaman terakhir tabel hilang, dan semuanya kota.",
        "The table's last page is lost, and all of them are kota.",
        mistakes(
            (
                lambda c, s: _count(c, "undetermined"),
                "Itu yang nasibnya tidak diketahui; dua di antaranya tidak hadir.",
                "Those are the undetermined ones; two of them were absent.",
            ),
            (
                lambda c, s: c.evaluation.scheme.stages.missing,
                "Itu yang diundang tetapi tidak hadir.",
                "Those were invited and absent.",
            ),
            (
                lambda c, s: c.evaluation.scheme.stages.invited - len(c.scores),
                "Anda mengurangkan dari yang diundang; kurangkan dari yang dinilai.",
                "You subtracted from the invited; subtract from the scored.",
            ),
        ),
    ),
    Exercise(
        "9b",
        "batas bawah rata-rata semua daerah yang dinilai",
        "lower bound of the mean of all scored regions",
        lambda c, s: _bounds(c, _lost(c)).low,
        "Andaikan setiap baris yang hilang bernilai terendah.",
        "As if every lost row had the lowest mark.",
        mistakes(
            (
                lambda c, s: c.scores[OUTCOME].mean(),
                "Itu rata-rata yang diketahui saja.",
                "That is the mean of the known rows alone.",
            ),
            (
                lambda c, s: _filled(c, _lost(c), 0),
                "Anda mengisi dengan nol; nilai terendah pada skala ini adalah 1.",
                "You filled in zeros; the lowest mark of the scale is 1.",
            ),
            (
                lambda c, s: _filled(c, _lost(c), float(c.scores[OUTCOME].min())),
                "Anda mengisi dengan nilai terendah dalam tabel; batas memakai ujung skala.",
                "You filled in the lowest known value; bounds use the end of the scale.",
            ),
        ),
        POINTS,
    ),
    Exercise(
        "9c",
        "batas atas rata-rata itu",
        "upper bound of that mean",
        lambda c, s: _bounds(c, _lost(c)).high,
        "Jarak kedua batas itulah harga dari halaman yang hilang.",
        "The distance of the bounds is the price of the lost page.",
        mistakes(
            (
                lambda c, s: _bounds(c, _count(c, "undetermined")).high,
                "Anda mengisi baris sebanyak yang nasibnya tidak diketahui.",
                "You filled in as many rows as are undetermined.",
            ),
            (
                lambda c, s: _filled(c, _lost(c), float(c.scores[OUTCOME].max())),
                "Anda mengisi dengan nilai tertinggi dalam tabel; batas memakai ujung skala.",
                "You filled in the highest known value; bounds use the end of the scale.",
            ),
            (
                lambda c, s: c.evaluation.scheme.highest,
                "Itu ujung skalanya, bukan rata-rata.",
                "That is the end of the scale, not a mean.",
            ),
        ),
        POINTS,
    ),
    Exercise(
        "9d",
        "p uji abjad: kota di balik halaman yang hilang terhadap kota lainnya",
        "p of the alphabet test: kota behind the lost page against the others",
        lambda c, s: _cut(c).p_value,
        "p besar tidak membuktikan acak; ia hanya berkata faktor-faktor ini tidak membantah.",
        "A large p proves no lottery; it says that these factors do not speak against one.",
        mistakes(
            (
                lambda c, s: 1 - _cut(c).p_value,
                "Itu 1 - p.",
                "That is 1 - p.",
            ),
            (
                lambda c, s: _cut(c).differences["p_value"].min(),
                "Itu p terkecil dari satu faktor; dari beberapa uji, yang terkecil menyesatkan.",
                "That is the smallest p of one factor; of several tests the smallest misleads.",
            ),
        ),
        Form(tolerance=0.002, unit="p"),
    ),
    Exercise(
        "9e",
        "rata-rata bila baris yang hilang serupa dengan kelompok Anda",
        "the mean if the lost rows were like your group",
        lambda c, s: _filled(c, _lost(c), _own(c, s)),
        "Sebuah pengandaian, dan pengandaian harus ditulis di samping angkanya.",
        "An assumption, and an assumption belongs beside its figure.",
        mistakes(
            (
                lambda c, s: c.scores[OUTCOME].mean(),
                "Itu rata-rata yang diketahui saja.",
                "That is the mean of the known rows alone.",
            ),
            (
                lambda c, s: (c.scores[OUTCOME].mean() + _own(c, s)) / 2,
                "Kedua rata-rata tidak sama beratnya: timbang dengan banyaknya baris.",
                "The two means do not weigh the same: weigh them by their rows.",
            ),
            (
                _own,
                "Itu rata-rata kelompok Anda; gabungkan dengan baris yang diketahui.",
                "That is your group's mean; put it together with the known rows.",
            ),
        ),
        Form(tolerance=0.0001, unit="poin/points"),
        personal=True,
    ),
)
