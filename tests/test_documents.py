"""Documents to records: the reports at hand, and made ones that say what they hold."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from conftest import ROOT
from made_documents import (
    HEADINGS,
    REGULAR,
    SECTIONS,
    Content,
    as_text,
    country,
    random_content,
    said,
)

from smartlib.data.documents.areas import Area
from smartlib.data.documents.formats.lines import Line
from smartlib.data.documents.formats.registry import document_of
from smartlib.data.documents.formats.text import text_document
from smartlib.data.documents.lists import read_list
from smartlib.data.documents.numerals import value_of
from smartlib.data.documents.reading import read_document
from smartlib.data.documents.records import Reading
from smartlib.data.documents.remarks import read_remarks
from smartlib.data.reading.regions import Register
from smartlib.run.ingest.check import Checked, check_documents
from smartlib.run.ingest.decisions import DECIDED
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.folders import Folders

SEEDS = ROOT.parent / "shared" / "seeds"
SAMPLE, ALL = 60, 2000  # made documents


def seed(number: int) -> Path:
    """One of the source documents, which are not the project's to carry."""
    found = sorted(SEEDS.glob(f"{number:03d}_*.txt"))
    if not found:
        pytest.skip(f"the source documents are not at {SEEDS}")
    return found[0]


def read(number: int) -> Reading:
    return read_document(document_of(seed(number)))


def kinds(reading: Reading) -> Counter[str]:
    return Counter(one.kind for one in reading.discrepancies)


def known_names(register: Register) -> list[tuple[str, str]]:
    frame = register.frame[~register.frame["official_name"].str.contains("ADM|KEP")]
    names = frame["official_name"].str.split(n=1).str[1]
    return list(zip(frame["kind"], names, strict=True))


def test_the_stage_two_report_holds_what_is_known_of_it() -> None:
    """140 rows of 11 cells, 115 marks in five blocks with their means, 191 names, 61 remarks."""
    reading = read(1)
    assert (reading.kind, reading.stage, reading.region, reading.year) == (
        "stage2_report", 2, "KAB. BADUNG", 2024,
    )  # fmt: skip
    assert len(reading.scores) == 140
    assert {len(row.cells) for row in reading.scores} == {11}
    assert [mark.question for mark in reading.marks] == list(range(1, 116))
    assert [mean.printed for mean in reading.means] == ["3.56", "2.73", "3.27", "3.18", "2.8"]
    assert len({p.number for p in reading.participants}) == len(reading.participants) == 191
    assert Counter(r.kind for r in reading.remarks) == {
        "strength": 16, "weakness": 21, "recommendation": 24,
    }  # fmt: skip
    assert len(reading.assessors) == 5
    assert all(assessor.affiliation for assessor in reading.assessors)
    assert not reading.unread


def test_the_stage_one_report_holds_what_is_known_of_it() -> None:
    """241 names (five of them twice), 13 absentees, 53 remarks of four assessors."""
    reading = read(0)
    lists = Counter(p.list for p in reading.participants)
    assert lists == {"stage1_invited": 246, "stage1_absent": 13}
    invited = {p.number for p in reading.participants if p.list == "stage1_invited"}
    assert invited == set(range(1, 242))
    assert Counter(r.kind for r in reading.remarks) == {
        "strength": 19, "weakness": 20, "recommendation": 14,
    }  # fmt: skip
    assert [assessor.affiliation for assessor in reading.assessors] == [""] * 4
    assert not reading.unread


def test_the_elements_are_read() -> None:
    """Stage I: eight rows of five dimensions; where two and four texts stand in one cell, the
    letter's own list says so. Stage II: eleven, with the weights of the scheme.
    """
    first, second = read(0), read(1)
    rows = [(e.dimension, e.number, e.parts) for e in first.elements]
    assert rows == [
        ("Kebijakan", 1, 1), ("Kebijakan", 2, 1),
        ("Kelembagaan", 1, 1), ("Kelembagaan", 2, 1), ("Kelembagaan", 3, 1),
        ("Infrastruktur", 1, 2), ("Dimensi Smart City", 1, 4), ("Kendala", 1, 1),
    ]  # fmt: skip
    assert kinds(first)["elements_of_letter"] == 2
    assert not any(e.weight or e.name for e in first.elements)
    weights = {e.dimension: e.weight for e in second.elements}
    assert list(weights.values()) == ["10", "20", "30", "20", "20"]
    assert [e.name for e in second.elements][:3] == ["Perencanaan", "Realisasi", "Kebijakan"]
    assert len(second.elements) == 11
    assert kinds(second)["elements_of_letter"] == 0


def test_the_letters_are_read() -> None:
    """Number, date, office, years of selection, and the counts of their points."""
    first, second = read(0).letter, read(1).letter
    assert first is not None
    assert second is not None
    assert (first.number, first.date) == ("B-772/DJAI/AI.01.02/07/2024", "2024-07-05")
    assert first.counts == {"addressed": 241, "took_part": 228, "absent": 13}
    assert (second.number, second.date) == ("B-1478/DJAI/AI.01.02/11/2024", "2024-11-25")
    assert second.counts == {"addressed": 191, "took_part": 165, "absent": 26}
    assert first.office == "Plt. Direktur Jenderal Aplikasi Informatika"
    assert {first.cohort, second.cohort} == {"2017-2022"}


def test_the_weights_are_those_of_the_scheme(scheme) -> None:
    """Points 2 and 3 of the letter and the table of elements, beside scheme.toml."""
    tracks = [
        {name: int(share * 100) for name, share in track.weights.items()}
        for track in scheme.tracks.values()
    ]
    stated = list(read(1).weights.values())
    assert stated == [tracks[0], tracks[1], tracks[0]]


def test_every_known_irregularity_is_told() -> None:
    """Each kind with its number; questions broken over pages are five, misprinted ones ten."""
    first, second, last = kinds(read(0)), kinds(read(1)), kinds(read(4))
    assert first["list_style"] == 2
    assert first["printed_twice"] == 5
    assert first["two_spellings"] == 1
    assert first["run_together"] == 3
    assert first["years_of_selection"] == 1
    assert second["broken_question"] == 5
    assert second["misprint"] == 10
    for kind in ("decimal_marks", "dash_and_blank", "number_of_regions", "paragraph_twice",
                 "remark_number", "lost_chart"):  # fmt: skip
        assert second[kind] == 1, kind
    assert last["press_counts"] == 1


def test_the_press_items_give_their_figures() -> None:
    """Agencies and innovations a pillar, the profile, the place in the province."""
    facts = {(f.measure, f.pillar, f.year): f.value for n in (2, 3, 4) for f in read(n).facts}
    agencies = [facts["agencies", pillar, 2023] for pillar in PILLARS]
    assert agencies == ["10", "3", "8", "10", "7", "4"]
    assert [facts["innovations", p, 2024] for p in PILLARS] == ["3", "3", "2", "7", "6", "5"]
    assert facts["rank_in_province", "", 2023] == "1"
    assert (facts["innovators", "", 2024], facts["innovations_stated", "", 2024]) == ("26", "24")
    profile = {name: value for (name, _, year), value in facts.items() if year == 2023}
    assert profile["villages"] == "121"
    assert profile["hospitals"] == "3"
    assert profile["primary_schools"] == "221"


PILLARS = ("Governance", "Branding", "Economy", "Living", "Society", "Environment")


def test_every_kind_that_is_told_has_a_decision(folders: Folders, register: Register) -> None:
    """No odd place is written without what was decided."""
    for one in check_documents([read(n) for n in range(5)], register, folders):
        assert {d.kind for d in one.told} <= DECIDED.keys()


def test_numerals_are_read_as_they_are_said() -> None:
    """Every number to 999, said by another hand, is read back."""
    assert [value_of(said(number)) for number in range(1, 1000)] == list(range(1, 1000))


def made(number: int, register: Register, folders: Folders) -> tuple[Content, Checked]:
    rng = random.Random(number)
    content = random_content(rng, known_names(register))
    text = as_text(content, rng)
    (checked,) = check_documents(
        [read_document(text_document("made.txt", text.encode()))], register, folders
    )
    return content, checked


def truth(content: Content) -> dict[str, object]:
    """What must have been read of a made document."""
    return {
        "scores": [dict(row) for row in content.scores],
        "marks": [(n, mark) for block in content.blocks.values() for n, _, mark in block],
        "means": list(content.means.items()),
        "invited": sorted(content.invited),
        "absent": list(content.absent) if content.stage == 1 else [],
        "remarks": [
            (kind, text)
            for kind in SECTIONS
            for own, _, texts in content.remarks
            if own == kind
            for text in texts
        ],
        "letter": content.letter,
    }


def found(reading: Reading) -> dict[str, object]:
    people = [p for p in reading.participants if p.list.endswith("invited")]
    return {
        "scores": [dict(row.cells) for row in reading.scores],
        "marks": [(mark.question, mark.printed) for mark in reading.marks],
        "means": [(mean.dimension, mean.printed) for mean in reading.means],
        "invited": sorted((p.number, p.name) for p in people),
        "absent": [p.name for p in reading.participants if p not in people],
        "remarks": [(remark.kind, remark.text) for remark in reading.remarks],
        "letter": reading.letter.number if reading.letter else "",
    }


def check_made(number: int, register: Register, folders: Folders) -> None:
    content, checked = made(number, register, folders)
    assert found(checked.reading) == truth(content), number
    assert checked.refused == (), number
    assert elements(checked.reading) == content.elements, number


def elements(reading: Reading) -> tuple[tuple[str, ...], ...]:
    """What a reading has of the table of elements, as made documents have it."""
    whole = [(e.dimension, f"{e.weight}%", e.name, e.text) for e in reading.elements]
    return tuple(row if reading.stage == 2 else (row[0], row[3]) for row in whole)


@pytest.mark.parametrize("start", range(0, SAMPLE, 20))
def test_made_documents_are_read_without_loss(
    start: int, register: Register, folders: Folders
) -> None:
    """Random regions, scores, page breaks, columns, marks: everything comes back."""
    for number in range(start, start + 20):
        check_made(number, register, folders)


@pytest.mark.long
@pytest.mark.parametrize("start", range(SAMPLE, ALL, 97))
def test_many_made_documents_are_read_without_loss(
    start: int, register: Register, folders: Folders
) -> None:
    """The rest of two thousand."""
    for number in range(start, min(start + 97, ALL)):
        check_made(number, register, folders)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b"LAPORAN\x00", "a control character"),
        ("a.txt", b"\xff\xff\xff", "is no text"),
        ("a.txt", b"x" * 30_000, "at most 20,000 are read"),
        ("a.txt", b"\n" * 200_000 + b"x", "at most 100,000 are read"),
        ("a.txt", b"A letter about nothing.", "is no document of the evaluation"),
        ("a.doc", b"x", "no reader for '.doc'"),
        ("a.txt", b"LAPORAN HASIL EVALUASI TAHAP II\nKAB. BADUNG\n", "the cover names no year"),
        ("a.txt", b"LAPORAN HASIL EVALUASI TAHAP II\nTAHUN 2024\n", "the cover names no region"),
    ],
)
def test_what_is_no_document_is_refused(
    tmp_path: Path, name: str, content: bytes, problem: str
) -> None:
    """Each with what is wrong."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError, match=problem):
        read_document(document_of(path))


@pytest.mark.parametrize(("impact", "refused"), [("3,07", 0), ("3,08", 1)])
def test_six_pillars_are_held_against_the_impact(
    impact: str, refused: int, register: Register, folders: Folders
) -> None:
    """Published elsewhere: pillars of mean 3.068 and an impact of 3.07."""
    marks = ("3,2", "3,1", "3,0", "3,05", "3,018", "3,04")
    pillars = ", ".join(f"Smart {p} {m}" for p, m in zip(PILLARS, marks, strict=True))
    text = f"Smart city Kabupaten Badung tahun 2023 meraih {pillars} dan impact {impact}."
    reading = read_document(text_document("a.txt", text.encode()))
    (checked,) = check_documents([reading], register, folders)
    assert len([f for f in reading.facts if f.measure == "pillar_mean"]) == 6
    assert [d.kind for d in checked.refused] == ["pillars"] * refused


@pytest.mark.parametrize(
    "cells",
    [
        ("3", "Bupati Banggai", "dan", "103", "Bupati Sidoarjo"),
        ("3", "Kepala Banggai", "103", "Bupati Sidoarjo"),
        ("3", "Bupati Banggai", "103", ""),
    ],
)
def test_a_line_of_a_list_that_is_more_or_less_is_refused(cells: tuple[str, ...]) -> None:
    """A word too many, another office, a number without a name: told, not left out."""
    line = Line(7, cells, "tab")
    people, _, unread = read_list([Line(6, ("1", "Bupati Agam"), "tab"), line], "stage1_invited")
    assert [person.number for person in people] == [1]
    assert [(one.kind, one.line) for one in unread] == [("unread_row", "7")]


def test_a_remark_that_is_left_out_is_told() -> None:
    """Items a, c: the letter between is missing, and the remarks are refused until accepted."""
    lines = ("1. Ani Lestari, Universitas Contoh", "a. kata satu", "c. kata tiga", "dan sambungan")
    area = Area(
        "remarks",
        Line(1, ("Kekuatan",)),
        tuple(Line(n, (text,)) for n, text in enumerate(lines, start=2)),
        "strength",
    )
    read = read_remarks([area])
    assert [remark.text for remark in read.remarks] == ["kata satu", "kata tiga dan sambungan"]
    assert [(d.kind, d.line, d.table) for d in read.told] == [("remark_item", "4", "remarks")]


@pytest.mark.parametrize("wrong", [0, 1])
def test_finals_from_means_before_rounding_are_taken(
    wrong: int, register: Register, folders: Folders
) -> None:
    """No rule is presumed: where many finals lie a step beside those of the printed means and
    none lies further, they come from means before rounding. One that lies further is refused.
    """
    rng = random.Random(5)
    (first, *_) = contents = country(60, known_names(register), seed=3)
    rows = []
    for row in first.scores:
        means = {h: Decimal(row[h].replace(",", ".")) for h in HEADINGS.values() if row[h]}
        exact = {h: m + Decimal(rng.randrange(-49, 50)) / 10_000 for h, m in means.items()}
        total = sum(exact[HEADINGS[name]] * weight for name, weight in REGULAR.items()) / 100
        final = total.quantize(Decimal("0.01"), ROUND_HALF_UP)
        rows.append({**row, "NILAI FINAL": f"{final}"})
    rows[7]["NILAI FINAL"] = f"{Decimal(rows[7]['NILAI FINAL']) + wrong * Decimal('0.1')}"
    content = replace(contents[0], scores=tuple(rows))
    reading = read_document(text_document("a.txt", as_text(content).encode()))
    (one,) = check_documents([reading], register, folders)
    assert "totals_unrounded" in {d.kind for d in one.told}
    assert [d.kind for d in one.refused] == ["final"] * wrong
