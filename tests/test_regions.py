"""Matching names and codes to the register: one region, or an error, never a guess."""

from __future__ import annotations

import re
from random import Random

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from smartlib.data.load import Evaluation, load_register
from smartlib.data.reading.files import read_text_table
from smartlib.data.reading.regions import Register, fold
from smartlib.vocabulary.errors import UnknownRegionError
from smartlib.vocabulary.folders import Folders

REGISTER = load_register(Folders(ROOT))
CODES = tuple(REGISTER.frame.index)
FOLDED = {fold(name): code for code, name in REGISTER.frame["official_name"].items()}
ENDING_IN_ZERO = tuple(code for code in CODES if code.endswith("0"))


def noted(evaluation: Evaluation, words: str) -> list[str]:
    return [str(note) for note in evaluation.notes if words in str(note)]


def test_the_register_has_514_regions_with_names_of_their_own(register: Register) -> None:
    """514 codes, 514 folded names: 416 kabupaten and 98 kota."""
    assert len(register.frame) == 514
    kinds = register.frame["kind"]
    names = register.frame["official_name"].map(lambda name: fold(name)[1])
    assert len(set(zip(kinds, names, strict=True))) == 514
    assert kinds.value_counts().to_dict() == {"kabupaten": 416, "kota": 98}


def test_every_published_name_is_one_region(evaluation: Evaluation, register: Register) -> None:
    """241 selected within the 514, 191 invited within the 241, 140 scored within the 191, and 13
    absent within the 241; no region stands twice in a list.
    """
    lists = evaluation.participants
    selected, invited = lists["stage1_invited"], lists["stage2_invited"]
    scored = evaluation.scores.valid()["region_code"].tolist()
    absent = lists["stage1_absent"]
    for codes, count in ((selected, 241), (invited, 191), (scored, 140), (absent, 13)):
        assert len(codes) == len(set(codes)) == count
    assert set(scored) < set(invited) < set(selected) < set(register.frame.index)
    assert set(absent) < set(selected)


def test_the_printed_lists_count_as_many_lines(folders: Folders) -> None:
    """The files hold every printed line: 241 and five printed twice, 191, 13."""
    frame = read_text_table(folders.raw / "2024" / "participants.csv").frame
    assert frame["list"].value_counts().to_dict() == {
        "stage1_invited": 246,
        "stage2_invited": 191,
        "stage1_absent": 13,
    }


def test_lines_printed_twice_are_noted(evaluation: Evaluation) -> None:
    """Numbers 121-125 of the Stage I annex stand twice and count once, each with a note."""
    twice = noted(evaluation, "is printed twice")
    numbers = [re.search(r"no (\d+) of stage1_invited", note)[1] for note in twice]
    assert numbers == ["121", "122", "123", "124", "125"]


@pytest.mark.parametrize(
    ("written", "code", "near"),
    [
        ("KOTA BUKITINGGI", "13.75", True),
        ("Bupati Pematang", "33.27", True),
        ("KAB. WAKATOBİ", "74.07", False),
        ("KOTA CIMAHİ", "32.77", False),
        ("KAB. KONawe SELATAN", "74.05", False),
        ("Walikota Bau-Bau", "74.72", False),
        ("Walikota Palangka Raya", "62.71", False),
        ("Kota Palangkaraya", "62.71", False),
        ("Walikota Tanjungpinang", "21.72", False),
        ("Kota Tanjung Pinang", "21.72", False),
        ("Bupati Kulonprogo", "34.01", False),
        ("Walikota Pematangsiantar", "12.72", False),
        ("Kab. Adm. Kepulauan Seribu", "31.01", False),
        ("KOTA ADM. JAKARTA PUSAT", "31.71", False),
    ],
)
def test_misread_names_find_their_region(
    register: Register, written: str, code: str, near: bool
) -> None:
    """Names as the conversion garbled them match their region; where letters differ, a note says
    how the name was read, and where only spelling differs, none is needed.
    """
    found, note = register.match(written, "list.csv", 7)
    assert found == code
    expected = f"list.csv, row 7: '{written}' read as {register.name(code)} ({code})"
    assert (str(note) if note else None) == (expected if near else None)


def test_only_two_names_of_the_documents_need_a_near_match(evaluation: Evaluation) -> None:
    """Of all printed names only Bukitinggi and Pematang differ in letters from the register."""
    assert {note.split("'")[1] for note in noted(evaluation, "read as")} == {
        "KOTA BUKITINGGI",
        "Bupati Pematang",
    }


def test_a_near_name_is_read_with_a_note(register: Register) -> None:
    """One slip in six letters or more, two in twelve, towards the only nearest name."""
    for name, code in (("KAB. TANGGERANG", "36.03"), ("KAB. LOMBOK TENGGAHH", "52.02")):
        found, note = register.match(name, "t.csv", 4)
        assert found == code
        assert str(note) == f"t.csv, row 4: '{name}' read as {register.name(code)} ({code})"


def test_a_name_as_near_to_two_regions_is_refused(register: Register) -> None:
    """BANGKI is one slip from Bangka and from Bangli: neither is taken, both are offered."""
    with pytest.raises(UnknownRegionError, match=r"'KAB\. BANGKI'.*'Kab\. Bangka', 'Kab\. Bangli'"):
        register.match("KAB. BANGKI")


def test_too_many_slips_are_refused(register: Register) -> None:
    """Two slips in eight letters are one too many."""
    with pytest.raises(UnknownRegionError, match=r"'KAB\. PAMATANG'.*'Kab\. Pemalang'"):
        register.match("KAB. PAMATANG")


@pytest.mark.parametrize("name", ["KOTA BATAK", "KAB. NIYAS", "Kab. Tubin"])
def test_short_names_have_no_near_match(register: Register, name: str) -> None:
    """Below six letters one slip leads to another region too easily."""
    with pytest.raises(UnknownRegionError, match=f"No region is called '{name}'. The nearest"):
        register.match(name)


@pytest.mark.parametrize("name", ["BUKITINGGI", "Pematang"])
def test_near_names_need_their_kind(register: Register, name: str) -> None:
    """Without kabupaten or kota before it, a near name is refused even in a table."""
    with pytest.raises(UnknownRegionError, match=f"No region is called '{name}'"):
        register.match(name)


def test_the_wrong_kind_is_never_taken_for_a_slip(register: Register) -> None:
    """KOTA BADUNG is one slip from Kota Bandung, but more likely the kabupaten with the wrong kind:
    for all 514 names under the other kind, only the 26 pairs that share a name resolve.
    """
    with pytest.raises(UnknownRegionError, match=r"'KOTA BADUNG'.*names: 'Kab\. Badung'"):
        register.match("KOTA BADUNG")
    other = {"kota": "Kab.", "kabupaten": "Kota"}
    resolved = []
    for code, row in register.frame.iterrows():
        letters = fold(row["official_name"])[1]
        try:
            found, note = register.match(f"{other[row['kind']]} {letters}")
        except UnknownRegionError:
            continue
        assert note is None
        assert fold(register.name(found))[1] == letters
        resolved.append(code)
    assert len(resolved) == 2 * 26


@given(
    code=st.sampled_from(CODES),
    place=st.integers(0, 100),
    letter=st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
)
def test_a_person_must_spell_the_name(code: str, place: int, letter: str) -> None:
    """resolve() accepts no near name: with one letter changed, a name is either another region's
    own name or an error that shows the nearest.
    """
    kind, letters = fold(REGISTER.frame.at[code, "official_name"])
    place %= len(letters)
    slip = (kind, letters[:place] + letter + letters[place + 1 :])
    if slip in FOLDED:
        assert REGISTER.resolve(" ".join(slip)) == FOLDED[slip]
    else:
        with pytest.raises(UnknownRegionError, match=r"No region is called .* The nearest"):
            REGISTER.resolve(" ".join(slip))


@pytest.mark.parametrize("name", ["Bandung", "bandung ", "SOLOK", "Sorong"])
def test_a_name_of_two_kinds_is_asked_back(register: Register, name: str) -> None:
    """Where a kabupaten and a kota share a name, the message offers both with their codes."""
    with pytest.raises(UnknownRegionError, match=r"may be 'Kab\. .*' \(.*\) or 'Kota .*say which"):
        register.resolve(name)
    with pytest.raises(UnknownRegionError, match="say which"):
        register.match(name)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("51.03", "51.03"),
        (" 51.03 ", "51.03"),
        ("badung", "51.03"),
        ("Kab. Badung", "51.03"),
        ("Bupati Badung", "51.03"),
        ("Kabupaten Badung", "51.03"),
        ("kab.badung", "51.03"),
        ("Kota Bandung", "32.73"),
        ("Wali Kota Bandung", "32.73"),
        ("Kab Bandung", "32.04"),
        ("Kabupaten Lima Puluh Kota", "13.07"),
        ("limapuluh kota", "13.07"),
        ("Kotabaru", "63.02"),
        ("Kab. Kota Baru", "63.02"),
    ],
)
def test_usual_spellings_are_understood(register: Register, query: str, code: str) -> None:
    """Codes, names with and without their kind, and the office holder's title all do."""
    assert register.resolve(query) == code


def test_a_name_without_its_kind_is_noted_in_a_table(register: Register) -> None:
    """A table's BADUNG can only be the kabupaten, and the note says that it was read so."""
    code, note = register.match("BADUNG", "t.csv", 3)
    assert code == "51.03"
    assert str(note) == "t.csv, row 3: 'BADUNG' read as Kab. Badung (51.03)"


def test_short_names_lead_back_to_their_region(register: Register) -> None:
    """The short name that reports print resolves to its own code, for all 514."""
    assert [register.resolve(name) for name in register.frame["region"]] == list(CODES)


@given(
    code=st.sampled_from(CODES),
    letters=st.randoms(use_true_random=False),
    gap=st.sampled_from([" ", "-", "  ", " - ", "\u00a0", ""]),
)
def test_folding_is_stable_under_spelling(code: str, letters: Random, gap: str) -> None:
    """Case, hyphens and spaces inside any region's name do not change what it folds to."""
    name = REGISTER.frame.at[code, "official_name"]
    kind, *words = name.split()
    spelled = gap.join("".join(letters.choice((c.upper(), c.lower())) for c in w) for w in words)
    if "ADMINISTRASI" not in words:
        assert fold(f"{kind} {spelled}") == fold(name)
    assert fold(name.title()) == fold(name.lower()) == fold(name)


def test_all_514_names_match_in_every_usual_form(register: Register) -> None:
    """Official name, short name, office title and lower case match without a note."""
    titles = {"kabupaten": "Bupati", "kota": "Walikota"}
    for code, row in register.frame.iterrows():
        bare = row["region"].split(" ", 1)[1]
        for form in (row["official_name"], row["region"], f"{titles[row['kind']]} {bare}"):
            assert register.match(form) == (code, None)
            assert register.match(form.lower()) == (code, None)


def test_there_are_23_codes_that_a_float_would_lose(register: Register) -> None:
    """23 codes end in 0, and each survives Excel, pandas or R reading it as a number."""
    assert len(ENDING_IN_ZERO) == 23
    for code in ENDING_IN_ZERO:
        as_float = str(float(code))
        found, note = register.repair_code(as_float, "t.csv", 9)
        assert found == code
        place = f"t.csv, row 9, {register.name(code)}"
        assert str(note) == f"{place}: code '{as_float}' lost its last zero, read as {code}"


def test_all_codes_survive_a_float_and_a_decimal_comma(register: Register) -> None:
    """Any of the 514 codes, read as a number and written in either habit, is itself again."""
    for code in CODES:
        for text in (code, str(float(code)), str(float(code)).replace(".", ","), f" {code} "):
            assert register.repair_code(text)[0] == code


@pytest.mark.parametrize("text", ["51.3", "1.1", "99.99", "5103", "", "Badung", "51.03.01", "51."])
def test_other_codes_are_refused(register: Register, text: str) -> None:
    """Only a zero at the end is put back; no other digit is invented."""
    with pytest.raises(UnknownRegionError, match=f"'{re.escape(text)}' is no code of the register"):
        register.repair_code(text)


@pytest.mark.parametrize(
    ("query", "regions"),
    [
        ("badung", ["Kab. Badung"]),
        ("51.03", ["Kab. Badung"]),
        ("Kota Band", ["Kota Banda Aceh", "Kota Bandar Lampung", "Kota Bandung"]),
        ("kab bandung", ["Kab. Bandung", "Kab. Bandung Barat"]),
        ("Kota Daerah Istimewa Yogyakarta", ["Kota Yogyakarta"]),
    ],
)
def test_search_finds_parts_of_names(register: Register, query: str, regions: list[str]) -> None:
    """A part of a name, a code, or a province with a kind before it finds its regions."""
    assert register.search(query)["region"].tolist() == regions


def test_search_reads_provinces_and_code_beginnings(register: Register) -> None:
    """A province finds its regions, as do the two digits of its code; nothing finds all 514."""
    jawa_tengah = set(register.frame.index[register.frame["province"] == "Jawa Tengah"])
    assert len(jawa_tengah) == 35
    assert set(register.search("jawa tengah").index) == jawa_tengah
    assert set(register.search("33").index) == jawa_tengah
    assert len(register.search("")) == 514


def test_search_finds_nothing_where_nothing_fits(register: Register) -> None:
    """A misspelt query has no hits, and the nearest names are asked for apart."""
    assert register.search("Kota Bukitinggi").empty
    assert register.nearest("Kota Bukitinggi")[0] == "Kota Bukittinggi"


def test_search_for_a_kind_finds_all_of_it(register: Register) -> None:
    """`kota` alone is a kind, not a part of a name."""
    assert set(register.search("kota")["kind"]) == {"kota"}
    assert len(register.search("kota")) == 98


@pytest.mark.parametrize("query", ["???", " - ", "."])
def test_signs_alone_find_nothing_and_have_no_nearest_name(register: Register, query: str) -> None:
    """A query without a letter or digit is no match, not every region."""
    assert register.search(query).empty
    assert register.nearest(query) == []
    assert len(register.search("")) == 514


def test_nearest_codes_are_those_of_the_nearest_names(register: Register) -> None:
    """Nearest first, which is not the register's order."""
    codes = register.nearest_codes("Kab. Badumg")
    assert codes[0] == "51.03"
    assert [register.name(code) for code in codes] == register.nearest("Kab. Badumg")
    assert codes != sorted(codes)
