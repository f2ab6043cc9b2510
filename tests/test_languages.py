"""What a student without English meets: read, fit, check, factors, frame, describe."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from conftest import ROOT

from smartlib.cli import commands

SCORES = pd.read_csv(ROOT / "data" / "processed" / "scores.csv", dtype={"region_code": str})
RAW = ROOT / "data" / "raw" / "2024" / "scores.csv"
ENGLISH = re.compile(
    r"\b(the|rows?|columns?|cells?|read as|left out|not|regions?|note|expected|of|is|are)\b"
)
WORDINGS = {
    "KAB/KOTA": "Daerah",
    "BASELINE": "Dasar",
    "OUTPUT": "Keluaran",
    "OUTCOME": "Hasil",
    "IMPACT": "Dampak",
    "QUICK WINS": "Quick Wins",
    "PROGRAM KOLABORASI": "Kerja sama",
    "NILAI FINAL": "Indeks",
    "TINGKAT IMPROVEMENT": "Perubahan",
    "KET": "Jalur",
}


def run(*words: str) -> Result:
    """A command, as it is typed."""
    return CliRunner().invoke(commands, list(words), prog_name="smartlib")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A wide table of every scored region: a percentage beyond 100, dashes, cells that are none."""
    rows = [("No", "Kabupaten/Kota", "Akses Internet (%)", "Rusak", "Ada MPP")]
    for n, region in enumerate(SCORES["region"]):
        internet = "150,5" if n == 3 else "-" if n == 7 else f"{50 + n / 5:.1f}".replace(".", ",")
        rows.append(
            (n + 1, region, internet, f"{n}?x" if n % 20 == 0 else n, "Ya" if n % 3 else "Tidak")
        )
    path = tmp_path / "tabel.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path


def test_read_says_all_in_indonesian(own: Path) -> None:
    """Frame, notes, headings, doubts and bad cells; numbers with decimal commas."""
    done = run("read", str(own), "--lang", "id")
    assert done.exit_code == 0
    said = done.output.replace("fit --factors", "").replace(str(own.parent), "")
    for line in said.splitlines():
        assert not ENGLISH.search(line), line
    assert "1 tanda hubung, dibaca sebagai tidak ada data" in said
    assert "akses_internet dalam persen, tetapi 1 di luar 0 sampai 100: 150,5 di Kab. " in said
    assert "Kolom Rusak tidak dapat dipakai dalam rumus, karena 7 selnya tidak dapat dibaca" in said
    assert said.count("bukan angka; seharusnya angka") == 5
    assert "... dan 2 sel lagi" in said
    english = run("read", str(own)).output
    assert "1 dash, read as missing" in english
    assert "... and 2 more cells" in english


def test_a_column_that_no_formula_uses_stops_nothing_and_one_that_it_names_does(own: Path) -> None:
    """`fit` that names the bad column tells all seven cells with their rows, in either language."""
    for lang, said in (("en", "is not a number"), ("id", "bukan angka")):
        done = run("fit", "harmonised_index ~ Rusak", "--factors", str(own), "--lang", lang)
        assert done.exit_code == 1
        assert [int(row) for row in re.findall(r"(?:row|baris) (\d+)", done.output)] == [
            2 + 20 * n for n in range(7)
        ]
        assert done.output.count(said) == 7
    assert done.output.startswith("Galat: tabel.csv tidak dapat dipakai apa adanya.")


def test_a_table_without_any_column_to_use_is_no_success(tmp_path: Path) -> None:
    """Where every column is bad `read` ends with 1."""
    path = tmp_path / "rusak.csv"
    rows = [f"{region},{n if n % 9 else 'x?'}" for n, region in enumerate(SCORES["region"])]
    path.write_text("\n".join(["Kab/Kota,Nilai", *rows]), encoding="utf-8")
    done = run("read", str(path))
    assert done.exit_code == 1
    assert "cannot be used in formulas" in done.output


def test_fit_says_all_in_indonesian(own: Path, tmp_path: Path) -> None:
    """Coverage, notes, sources, and the notebook's headings; the paragraph names its factors."""
    words = ["fit", "harmonised_index ~ akses_internet + own_source_share", "--factors", str(own)]
    done = run(*words, "--lang", "id", "--json", "--output", str(tmp_path / "fit"))
    assert done.exit_code == 0, done.output
    assert "139 dari 140 daerah yang dinilai; tidak ada untuk" in done.stderr
    assert "tidak ada dalam rumus: Rusak" not in done.stderr  # it cannot be used
    assert "tidak ada dalam rumus: ada_mpp" in done.stderr
    assert "150,5 di " in done.stderr
    notes = " ".join(json.loads(done.stdout)["notes"])
    assert "(kini Kementerian Komunikasi dan Digital)" in notes
    assert "laporan untuk Kab. Badung" in notes
    assert "2022 (realisasi)" in notes
    book = nbformat.read(tmp_path / "fit" / "fit.ipynb", as_version=4)
    prose = "\n".join(cell.source for cell in book.cells if cell.cell_type == "markdown")
    assert "# Rumus yang diestimasi" in prose
    assert "Formulas, fitted" not in prose
    text = (tmp_path / "fit" / "text.md").read_text(encoding="utf-8")
    assert "kelengkungan pada porsi PAD dalam pendapatan" in text


@pytest.mark.parametrize("lang", ["en", "id"])
def test_every_source_that_is_listed_is_cited(lang: str, tmp_path: Path) -> None:
    """Names and year of each line of the references stand in the paragraphs."""
    words = ["fit", "harmonised_index ~ own_source_share + kota | province", "--lang", lang]
    assert run(*words, "--output", str(tmp_path)).exit_code == 0
    text, _, listed = (tmp_path / "text.md").read_text(encoding="utf-8").rpartition("## ")
    lines = [line for line in listed.splitlines()[1:] if line.strip()]
    assert len(lines) > 8
    for line in lines:
        first, year = re.match(r"(\w+),.*?\((\d{4})\)", line).groups()
        assert re.search(rf"{first}\b[^.;]*{year}", text), line


def test_groups_and_values_have_labels(own: Path, tmp_path: Path) -> None:
    """`--by kind` and `--by track` print labels; the frame's codebook is Indonesian."""
    done = run(
        "describe",
        "own_source_share",
        "--by",
        "kind",
        "--lang",
        "id",
        "--output",
        str(tmp_path / "a"),
    )
    assert "Statistik deskriptif menurut jenis" in done.output
    done = run(
        "describe",
        "own_source_share",
        "--by",
        "track",
        "--lang",
        "id",
        "--output",
        str(tmp_path / "b"),
    )
    assert "Reguler" in done.output
    assert "kppn_ikn" not in done.output
    target = tmp_path / "kerangka.xlsx"
    names = "harmonised_index ada_mpp kppn_ikn"
    done = run("frame", names, "--factors", str(own), "--lang", "id", "--to", str(target))
    assert done.exit_code == 0, done.output
    book = pd.read_excel(target, sheet_name="kamus", engine="openpyxl").set_index("kolom")
    assert list(book) == ["label", "satuan", "nilai"]
    assert book.loc["ada_mpp", "nilai"] == "0 = tidak; 1 = ya"
    assert book.loc["track", "nilai"] == "regular = Reguler; kppn_ikn = KPPN/IKN"


def test_csv_holds_the_shortest_numbers_that_are_read_back(tmp_path: Path) -> None:
    """3.01, not 3.0099999999999998; and every float comes back to the last bit."""
    target = tmp_path / "frame.csv"
    assert run("frame", "published_index own_source_share", "--to", str(target)).exit_code == 0
    text = target.read_text(encoding="utf-8")
    assert "3.0099999999999998" not in text
    again = pd.read_csv(target, dtype={"region_code": str}).set_index("region_code")
    known = SCORES.set_index("region_code")["published_index"]
    assert (again["published_index"] == known.reindex(again.index)).all()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_check_reads_score_tables_of_any_wording(suffix: str, tmp_path: Path) -> None:
    """Indonesian words in another order: the same 140 totals follow; said in Indonesian."""
    table = pd.read_csv(RAW, dtype=str).rename(columns=WORDINGS)
    table = table[sorted(WORDINGS.values())]
    path = tmp_path / f"nilai{suffix}"
    if suffix == ".csv":
        table.to_csv(path, index=False)
    else:
        table.to_excel(path, index=False)
    done = run("check", str(path), "--lang", "id")
    assert done.exit_code == 0, done.output
    assert "Total: 140 cocok, 0 bertentangan" in done.output
    assert (
        "kolom 'Hasil' dibaca sebagai OUTCOME" in done.output
        or "(semuanya di --json)" in done.output
    )
    assert f"nilai{suffix}: 140 baris, sah" in done.output


def test_errors_of_formulas_are_indonesian_and_name_regions(own: Path) -> None:
    """A name that is not there, a logarithm of nothing, an option of nothing."""
    done = run("fit", "harmonised_index ~ kemiskinan_x", "--lang", "id")
    assert "memakai nama yang bukan hasil dan bukan faktor" in done.output
    done = run("fit", "harmonised_index ~ log(kota)", "--lang", "id", "--where", "kota == 0")
    assert "bukan angka terhingga di baris Kab. " in done.output
    assert re.search(r"Kab\. [\w ]+ \(\d\d\.\d\d\)", done.output)
    done = run("factors", "xyzzy", "--lang", "id")
    assert "Tidak ada 'xyzzy' dalam nama atau label" in done.output


def test_of_several_years_each_column_says_its_own(tmp_path: Path) -> None:
    """Columns whose last year differs are named beside it."""
    rows = ["Kab/Kota,Tahun,Satu,Dua"]
    for region in SCORES["region"].head(30):
        rows += [f"{region},2023,{len(rows)},{len(rows) + 1}", f"{region},2024,,{len(rows)}"]
    path = tmp_path / "tahun.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    done = run("factors", "Satu", "--factors", str(path))
    assert "of several years, 2023 (Satu); 2024 (Dua) is taken" in done.stderr
