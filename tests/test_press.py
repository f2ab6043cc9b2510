"""Press items: a figure is taken where its sentence says what it is, and told where not."""

from __future__ import annotations

import pytest

from smartlib.data.documents.formats.text import text_document
from smartlib.data.documents.reading import read_document
from smartlib.data.reading.regions import Register
from smartlib.run.ingest.check import Checked, check_documents
from smartlib.vocabulary.folders import Folders

ITEM = "Smart city Kabupaten Badung tahun 2024. "
Told = list[tuple[str, str]]


def checked(text: str, register: Register, folders: Folders) -> Checked:
    reading = read_document(text_document("a.txt", text.encode()))
    (one,) = check_documents([reading], register, folders)
    return one


def facts(one: Checked) -> Told:
    return [(" ".join(filter(None, (f.measure, f.pillar))), f.value) for f in one.reading.facts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Badung memperoleh nilai 3,08 dalam evaluasi smart city.", [("index_stated", "3.08")]),
        ("Indeks smart city tahun 2024 mencapai 3.08 dari 4.", [("index_stated", "3.08")]),
        ("Nilai kota cerdas adalah 3,1 (skala 4).", [("index_stated", "3.1")]),
        ("Smart Economy memperoleh nilai 2,8.", [("pillar_mean Economy", "2.8")]),
        ("| Smart Living | 3,40 |", [("pillar_mean Living", "3.40")]),
        ("Nilai impact sebesar 3,18.", [("impact_mean", "3.18")]),
        ("Impact mencapai 3,18.", [("impact_mean", "3.18")]),
        ("Ada dua puluh satu Puskesmas dan 1.200 inovasi.", [
            ("health_centres", "21"), ("innovations_stated", "1200"),
        ]),
        ("Tahun 2023 Badung peringkat 2 se-Bali.", [("rank_in_province", "2")]),
        ("Tahun 2022 peringkat 4, tahun 2023 peringkat 2 di Bali.", [("rank_in_province", "2")]),
    ],
)  # fmt: skip
def test_a_figure_that_is_named_is_taken(
    text: str, expected: Told, register: Register, folders: Folders
) -> None:
    """Scores of the whole, a pillar, impact; counts in words and with thousands; places."""
    one = checked(f"{ITEM}\n{text}", register, folders)
    assert facts(one) == expected
    assert one.refused == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nilai smart city 3,08 naik dari 3,00.", ["3,08", "3,00"]),
        ("Smart Governance naik dari 2,9 menjadi 3,2.", ["2,9", "3,2"]),
        ("Smart Governance target 4,0.", ["4,0"]),
        ("Smart Economy tumbuh 3,5 persen.", ["3,5"]),
        ("Smart Economy 3,5 miliar.", ["3,5"]),
        ("Smart Living 2,5 km jalan.", ["2,5"]),
        ("Impact investing 3,5 miliar.", ["3,5"]),
        ("Nilai smart city 2023 dan 2024 adalah 3,08.", ["3,08"]),
        ("Target nilai smart city 3,5.", ["3,5"]),
        ("Nilai smart city diharapkan mencapai 3,5.", ["3,5"]),
        ("Nilai smart city di atas 3,0.", ["3,0"]),
        ("SMP 3 Badung dan SD 1 Kuta juara.", []),
        ("Puluhan Puskesmas.", []),
        ("Skor 82,5.", []),
    ],
)
def test_what_is_another_thing_is_no_fact(
    text: str, told: list[str], register: Register, folders: Folders
) -> None:
    """Changes, targets, money, lengths, two years, names of schools: told, and not taken."""
    one = checked(f"{ITEM}\n{text}", register, folders)
    assert facts(one) == []
    assert [d.printed for d in one.told if d.kind == "press_not_taken"] == told


@pytest.mark.parametrize(
    ("text", "kind", "printed"),
    [
        ("12 Kecamatan; 5 Kecamatan terlayani.", "press_several", "districts: 12 / 5"),
        ("Tahun 2023 peringkat 2 se-Indonesia.", "press_place", "2 in Indonesia"),
        ("Badung memperoleh nilai smart city 3,07.", "press_index", "3.07"),
        (
            "24 inovasi, yakni A dan B untuk Smart Living.",
            "press_counts",
            "24 innovations, 2 listed",
        ),
    ],
)
def test_what_does_not_agree_is_told(
    text: str, kind: str, printed: str, register: Register, folders: Folders
) -> None:
    """Two counts of one thing, a place among others, another final than the score table's."""
    one = checked(f"{ITEM}\n{text}", register, folders)
    assert (kind, printed) in {(d.kind, d.printed) for d in one.told}


MARKS = "Smart Governance 3,2, Smart Branding 2,8, Smart Economy 2,8, Smart Living {}, "
MARKS += "Smart Society 3,5, Smart Environment 2,9."


@pytest.mark.parametrize(("living", "refused"), [("3,9", 0), ("3,4", 1)])
def test_six_pillars_are_held_against_the_score_table(
    living: str, refused: int, register: Register, folders: Folders
) -> None:
    """No impact is stated: the national row of the year has Badung's 3.18."""
    one = checked(ITEM + MARKS.format(living), register, folders)
    assert [d.kind for d in one.refused] == ["pillars"] * refused


@pytest.mark.parametrize(
    "text", ["Kabupaten Badung dan Kota Denpasar", "Gerakan Menuju Kota Cerdas"]
)
def test_an_item_of_no_one_region_is_refused(
    text: str, register: Register, folders: Folders
) -> None:
    """Two regions named alike, or none: whose figures these are is not guessed."""
    one = checked(f"Smart city tahun 2024 {text}: 12 Kecamatan.", register, folders)
    assert one.reading.region == ""
    assert [d.printed for d in one.refused] == ["no region named"]
