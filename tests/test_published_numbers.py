"""Numbers that the documents print, or that their tables imply, against what the package gives."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import floor

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

from smartlib.data.load import Evaluation
from smartlib.data.processed import Tables
from smartlib.index.audit.arithmetic import audit_means
from smartlib.index.make.participation import flow
from smartlib.index.make.rank import rank
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.tables import DIMENSION_NAMES, DIMENSIONS

SEEDS = ROOT / "../shared/seeds"
STAGE_1 = "Letter B-772/DJAI/AI.01.02/07/2024, 5 July 2024"
STAGE_2 = "Letter B-1478/DJAI/AI.01.02/11/2024, 25 November 2024"
NEWS = "TV Tabalong, news of the group discussion of 25 March 2024"
OWN = "Own computation from the score table, apart from this package"
SCORE_TABLE = "annex, score table"

EXACT, PRINTED = 0.0, "a count or a number printed to two decimals, which a float holds apart"
HALF_A_CENT, STATED = 0.005, "stated to two decimals"


@dataclass(frozen=True)
class Book:
    """All that a number may be computed from."""

    evaluation: Evaluation
    tables: Tables

    def score(self, name: str, column: str) -> float:
        """A cell of the tidy score table."""
        return self.tables.scores.set_index("region").at[name, column]

    def of(self, column: str, **where: str) -> pd.Series:
        """A column of the tidy score table, for some rows."""
        frame = self.tables.scores
        for key, value in where.items():
            frame = frame[frame[key] == value]
        return frame[column]

    def flow(self) -> dict[str, int]:
        return flow(self.tables.participation, self.evaluation.scheme.stages)


@dataclass(frozen=True)
class Published:
    """A number and where it stands.

    Attributes
    ----------
    name : str
        What it is.
    compute : callable
        From a Book to the package's number.
    value : float
        As published.
    document, place : str
        Where.
    tolerance : float
        Largest difference that is no contradiction.
    reason : str
        Why so large.
    """

    name: str
    compute: Callable[[Book], float]
    value: float
    document: str
    place: str
    tolerance: float = EXACT
    reason: str = PRINTED


def badung_mean(dimension: str) -> Callable[[Book], float]:
    def compute(book: Book) -> float:
        e = book.evaluation
        audit = audit_means(e.answers, e.instrument, e.scores.valid(), e.scheme)
        return audit.set_index("check").at[dimension, "recomputed"]

    return compute


def questions(heading: str) -> Callable[[Book], float]:
    return lambda book: (book.evaluation.instrument["dimension"] == heading).sum()


def slope(**where: str) -> Callable[[Book], float]:
    """Least-squares slope of the improvement on last year's final."""

    def compute(book: Book) -> float:
        gain, before = book.of("improvement", **where), book.of("previous_index", **where)
        return np.polyfit(before, gain, 1)[0]

    return compute


def rank_in_2023(name: str) -> Callable[[Book], float]:
    """Rank of last year's final among the known rows of the region's province."""

    def compute(book: Book) -> float:
        frame = book.tables.scores
        ranks = rank(frame["previous_index"], frame["province"])
        return ranks[frame["region"] == name].item()

    return compute


def printed_row(name: str) -> Callable[[Book], float]:
    """Number of a region's line in the score table's own order."""

    def compute(book: Book) -> float:
        codes = book.evaluation.scores.valid()["region_code"].tolist()
        return 1 + codes.index(book.evaluation.register.resolve(name))

    return compute


def marks_in_fifths(book: Book) -> float:
    """How many of Badung's marks five whole marks can give."""
    fives = book.evaluation.answers["score"] * 5
    return (fives.round(9) == fives.round()).sum()


def economy_marks(book: Book) -> float:
    """How many Smart Economy questions of the Impact dimension are marked 2.8."""
    instrument = book.evaluation.instrument
    numbers = instrument.index[
        (instrument["dimension"] == "IMPACT") & (instrument["pillar"] == "Smart Economy")
    ]
    answers = book.evaluation.answers
    return (answers.loc[answers["question"].isin(numbers), "score"] == 2.8).sum()


def count(column: str, value: str) -> Callable[[Book], float]:
    return lambda book: (book.tables.participation[column] == value).sum()


def statistic(kind: str, name: str) -> Callable[[Book], float]:
    return lambda book: book.of("published_index", kind=kind).agg(name)


BANJARMASIN, TABALONG, BADUNG = "Kota Banjarmasin", "Kab. Tabalong", "Kab. Badung"
RATA_RATA = "Badung's report, row Rata-Rata of {}"

NUMBERS = [
    *(
        Published(f"Badung, {d.label_en}", badung_mean(d.name), mean, STAGE_2, place)
        for d, mean, place in zip(
            DIMENSIONS[:5],
            (3.56, 2.73, 3.27, 3.18, 2.8),
            [RATA_RATA.format(d.heading) for d in DIMENSIONS[:5]],
            strict=True,
        )
    ),
    Published(
        "Badung, final",
        lambda book: book.score(BADUNG, "recomputed_index"),
        3.08,
        STAGE_2,
        f"{SCORE_TABLE}, row 1",
    ),
    Published(
        "Badung, final of 2023",
        lambda book: book.score(BADUNG, "previous_index"),
        2.97,
        STAGE_2,
        f"{SCORE_TABLE}, row 1: 3,08 less 0,11",
    ),
    Published(
        "Tabalong, final",
        lambda book: book.score(TABALONG, "recomputed_index"),
        3.55,
        STAGE_2,
        f"{SCORE_TABLE}, row 94",
    ),
    Published("Tabalong, row", printed_row(TABALONG), 94, STAGE_2, f"{SCORE_TABLE}, column NO"),
    Published("Palembang, last row", printed_row("Kota Palembang"), 140, STAGE_2, SCORE_TABLE),
    Published(
        "Banjarmasin, final",
        lambda book: book.score(BANJARMASIN, "recomputed_index"),
        3.57,
        STAGE_2,
        f"{SCORE_TABLE}, row 112",
    ),
    Published(
        "Tabalong, rank in Kalimantan Selatan",
        lambda book: book.score(TABALONG, "rank_province"),
        2,
        STAGE_2,
        f"{SCORE_TABLE}, rows 5, 94, 111 and 112",
    ),
    Published(
        "Banjarmasin, rank in Kalimantan Selatan",
        lambda book: book.score(BANJARMASIN, "rank_province"),
        1,
        STAGE_2,
        f"{SCORE_TABLE}, rows 5, 94, 111 and 112",
    ),
    Published(
        "Tabalong, final of 2023",
        lambda book: book.score(TABALONG, "previous_index"),
        3.38,
        STAGE_2,
        f"{SCORE_TABLE}, row 94: 3,55 less 0,17",
    ),
    Published(
        "Banjarmasin, final of 2023",
        lambda book: book.score(BANJARMASIN, "previous_index"),
        3.31,
        STAGE_2,
        f"{SCORE_TABLE}, row 112: 3,57 less 0,26",
    ),
    Published(
        "Tabalong, rank in Kalimantan Selatan in 2023",
        rank_in_2023(TABALONG),
        1,
        NEWS,
        "the head of its agency: first of Kalimantan Selatan in 2023",
    ),
    Published("selected", lambda book: book.flow()["selected"], 241, STAGE_1, "point 1"),
    Published("attending Stage I", count("stage1", "attended"), 228, STAGE_1, "point 1"),
    Published("absent from Stage I", count("stage1", "absent"), 13, STAGE_1, "point 2"),
    Published("invited to Stage II", lambda book: book.flow()["invited"], 191, STAGE_2, "point 1"),
    Published(
        "scored in Stage II",
        lambda book: book.flow()["known"] + book.flow()["undetermined_scored"],
        165,
        STAGE_2,
        "point 1",
    ),
    Published(
        "absent from Stage II",
        lambda book: book.flow()["absent"] + book.flow()["undetermined_absent"],
        26,
        STAGE_2,
        "point 1: 191 less 165",
    ),
    Published(
        "finals at hand",
        lambda book: book.of("published_index").count(),
        140,
        STAGE_2,
        f"{SCORE_TABLE}, rows 1-140",
    ),
    Published(
        "finals reproduced",
        lambda book: (book.of("published_index") == book.of("recomputed_index")).sum(),
        140,
        STAGE_2,
        f"{SCORE_TABLE}, column NILAI FINAL",
    ),
    *(
        Published(f"scored {kind}", statistic(kind, "size"), n, STAGE_2, SCORE_TABLE)
        for kind, n in (("kabupaten", 105), ("kota", 35))
    ),
    Published(
        "Collaboration marks",
        lambda book: book.of("collaboration", track="kppn_ikn").count(),
        41,
        STAGE_2,
        f"{SCORE_TABLE}, column PROGRAM KOLABORASI",
    ),
    Published(
        "blank Collaboration on KPPN/IKN",
        lambda book: book.of("collaboration", track="kppn_ikn").isna().sum(),
        6,
        STAGE_2,
        f"{SCORE_TABLE}, column PROGRAM KOLABORASI",
    ),
    Published(
        "Collaboration marks on the regular track",
        lambda book: book.of("collaboration", track="regular").count(),
        0,
        STAGE_2,
        f"{SCORE_TABLE}, column PROGRAM KOLABORASI",
    ),
    Published(
        "questions", lambda book: len(book.evaluation.instrument), 115, STAGE_2, "Badung's report"
    ),
    *(
        Published(f"questions of {d.label_en}", questions(d.heading), n, STAGE_2, place)
        for d, n, place in zip(
            DIMENSIONS[:5],
            (5, 11, 33, 54, 12),
            [f"Badung's report, table {d.heading}" for d in DIMENSIONS[:5]],
            strict=True,
        )
    ),
    Published("Badung, marks in fifths", marks_in_fifths, 115, STAGE_2, "Badung's report, tables"),
    Published("Badung, economy at 2.8", economy_marks, 9, STAGE_2, "questions 68-76"),
    Published(
        "provinces with a score", lambda book: book.of("province").nunique(), 29, OWN, "rows 1-140"
    ),
    Published(
        "provinces with one score",
        lambda book: (book.of("province").value_counts() == 1).sum(),
        12,
        OWN,
        "rows 1-140",
    ),
    *(
        Published(
            f"{name} final of {kind}",
            statistic(kind, name),
            value,
            OWN,
            "column NILAI FINAL by kind",
            HALF_A_CENT,
            STATED,
        )
        for kind, name, value in (
            ("kota", "mean", 3.07),
            ("kabupaten", "mean", 2.84),
            ("kota", "median", 3.27),
            ("kabupaten", "median", 2.91),
        )
    ),
    Published(
        "correlation of final with last year's",
        lambda book: book.of("published_index").corr(book.of("previous_index")),
        0.84,
        OWN,
        "columns NILAI FINAL and TINGKAT IMPROVEMENT",
        HALF_A_CENT,
        STATED,
    ),
    *(
        Published(
            f"slope of improvement on last year's final, {name}",
            slope(**where),
            value,
            OWN,
            "columns NILAI FINAL and TINGKAT IMPROVEMENT",
            HALF_A_CENT,
            STATED,
        )
        for name, where, value in (
            ("all", {}, -0.12),
            ("regular", {"track": "regular"}, -0.18),
            ("KPPN/IKN", {"track": "kppn_ikn"}, -0.04),
        )
    ),
]


@pytest.fixture(scope="module")
def book(evaluation: Evaluation, tables: Tables) -> Book:
    return Book(evaluation, tables)


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: number.name)
def test_the_package_gives_the_published_number(number: Published, book: Book) -> None:
    """The number follows from the raw tables as its document states it."""
    found = number.compute(book)
    where = f"{number.document}, {number.place} ({number.reason})"
    assert abs(found - number.value) <= number.tolerance, where


def test_every_number_says_where_it_stands() -> None:
    """Each has a name of its own, a document, a place, and a reason for its tolerance."""
    assert len({number.name for number in NUMBERS}) == len(NUMBERS)
    assert all(n.document and n.place and n.reason for n in NUMBERS)
    assert all((n.tolerance == EXACT) == (n.reason == PRINTED) for n in NUMBERS)


def test_finals_come_from_rounded_means(book: Book) -> None:
    """Kota Padang Panjang's final of 2.99 needs the printed means: of all means of five whole marks
    a question that round to them, none sums to 2.985.
    """
    printed = [book.score("Kota Padang Panjang", name) for name in DIMENSION_NAMES[:5]]
    weights = [Fraction(w, 10) for w in (1, 2, 3, 2, 2)]
    possible = []
    for mean, asked in zip(printed, (5, 11, 33, 54, 12), strict=True):
        whole = (Fraction(k, 5 * asked) for k in range(5 * asked, 4 * 5 * asked + 1))
        hundredths = round(mean * 100)
        possible.append([m for m in whole if floor(m * 100 + Fraction(1, 2)) == hundredths])
    assert all(possible)
    totals = [sum(map(Fraction.__mul__, weights, means)) for means in product(*possible)]
    assert max(totals) < Fraction("2.985")
    exact = sum(w * Fraction(round(m * 100), 100) for w, m in zip(weights, printed, strict=True))
    assert exact == Fraction("2.985")


# The documents themselves, where they are at hand.


def document(name: str) -> str:
    path = SEEDS / name
    if not path.is_file():
        pytest.skip("the source documents are not part of a checkout: no ../shared/seeds")
    return path.read_text(encoding="utf-8")


@pytest.fixture
def stage_1() -> str:
    return document("000_a2f2890eb4b5058d.txt")


@pytest.fixture
def stage_2() -> str:
    return document("001_75e4df4819183923.txt")


def raw_rows(folders: Folders, file: str) -> list[list[str]]:
    with (folders.raw / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def listed(folders: Folders, name: str) -> list[tuple[str, str]]:
    return [(no, who) for key, no, who in raw_rows(folders, "2024/participants.csv") if key == name]


def addressees(text: str) -> list[tuple[str, str]]:
    """Numbers and names of an annex, which the page prints in two columns."""
    found = re.findall(r"(\d{1,3})\s*[|\t]\s*((?:Bupati|Walikota)[^|\t\n]*)", text)
    return [(no, who.strip()) for no, who in found]


def test_score_rows_are_the_document_cell_by_cell(stage_2: str, folders: Folders) -> None:
    """Both heading rows and all 140 rows, commas, dashes and misread names included."""
    lines = re.findall(r"^(?:NO\tKAB/KOTA|\d+\tKAB\.|\d+\tKOTA ).*$", stage_2, re.MULTILINE)
    printed = [line.split("\t") for line in lines]
    assert len(printed) == 142
    assert raw_rows(folders, "2024/scores.csv") == printed


def test_answers_are_the_document_cell_by_cell(stage_2: str, folders: Folders) -> None:
    """All 115 marks of Badung, under their numbers and as they are written."""
    printed = re.findall(r"\t(\d{1,3})\. [^\t]*\t([\d.,]+)\s*$", stage_2, re.MULTILINE)
    assert [number for number, _ in printed] == [str(n) for n in range(1, 116)]
    _, *answers = raw_rows(folders, "2024/answers.csv")
    assert [(number, mark) for _, number, mark in answers] == printed
    assert {region for region, _, _ in answers} == {"KAB. BADUNG"}


def test_printed_means_match_the_document(stage_2: str, book: Book) -> None:
    """The five rows of means under Badung's tables are its row of the score table."""
    printed = [float(mean) for mean in re.findall(r"Rata-Rata\t\t\t([\d.]+)", stage_2)]
    assert printed == [book.score(BADUNG, name) for name in DIMENSION_NAMES[:5]]


def test_the_stage_2_list_matches_the_document(stage_2: str, folders: Folders) -> None:
    """191 addressees, each with its number, in order."""
    invited = listed(folders, "stage2_invited")
    assert Counter(invited) == Counter(addressees(stage_2))
    assert [int(no) for no, _ in invited] == list(range(1, 192))


def test_the_stage_1_list_matches_the_document(stage_1: str, folders: Folders) -> None:
    """241 addressees, and the five lines that are printed twice."""
    selected = listed(folders, "stage1_invited")
    assert Counter(selected) == Counter(addressees(stage_1))
    assert [int(no) for no, _ in selected] == [*range(1, 126), *range(121, 242)]


def test_the_13_absentees_match_the_document(stage_1: str, folders: Folders) -> None:
    """Point 2 of the Stage I letter names them, in this order and spelling."""
    sentence = re.search(r"tiga belas \(13\).*?yakni: (.*?);", stage_1, re.DOTALL)
    assert sentence is not None
    names = re.split(r", dan |, ", sentence[1])
    assert [who for _, who in listed(folders, "stage1_absent")] == names
