"""Public tables as their authors made them: read with at most two options, no wrong match.

The cells were chosen by eye from the files. The files are others' work and not committed: where
they are absent the tests skip.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest

from smartlib.data.own_tables import open_table, read_table
from smartlib.data.tables.values.questions import QuestionError
from smartlib.vocabulary.folders import Folders

HOME = Path(__file__).parents[2] / "shared" / "real-files"
PLACES = (HOME, Path(__file__).parents[3] / "shared" / "real-files")  # a checkout or a worktree
KABUPATEN, CITIES = 416, 98


@dataclass(frozen=True)
class Real:
    """What is known of a file, by eye."""

    regions: int
    columns: tuple[str, ...]
    cells: tuple[tuple[str, str, float | str], ...]  # region (and year), column, value
    years: tuple[int, ...] = ()
    options: dict[str, str] = field(default_factory=dict)
    left_out: int = 0


POVERTY = (
    ("32.04", "penduduk_miskin", 7.15),  # Bandung
    ("32.73", "penduduk_miskin", 4.37),  # Kota Bandung
    ("32.79", "penduduk_miskin", 7.11),  # Kota Banjar
    ("63.03", "penduduk_miskin", 3.04),  # Banjar
    ("52.06", "penduduk_miskin", 14.88),  # Bima
    ("52.72", "penduduk_miskin", 8.88),  # Kota Bima
    ("75.01", "penduduk_miskin", 17.89),  # Gorontalo
    ("75.71", "penduduk_miskin", 5.93),  # Kota Gorontalo
    ("15.71", "penduduk_miskin", 9.02),  # Kota Jambi
    ("17.71", "penduduk_miskin", 17.89),  # Kota Bengkulu
    ("12.12", "rata_rata_lama_sekolah_penduduk_15", 10.57),  # Toba Samosir
    ("12.10", "pengeluaran_per_kapita_disesuaikan", 11212),  # Labuhan Batu
    ("12.22", "pengeluaran_per_kapita_disesuaikan", 11562),
    ("12.23", "pengeluaran_per_kapita_disesuaikan", 11840),
    ("76.01", "penduduk_miskin", 4.77),  # Mamuju Utara
    ("93.01", "penduduk_miskin", 10.16),  # Merauke
    ("91.03", "penduduk_miskin", 12.13),  # Jayapura
    ("91.71", "penduduk_miskin", 11.39),  # Kota Jayapura
    ("52.06", "rata_rata_lama_sekolah_penduduk_15", 7.91),  # written 7.91 among commas
    ("52.72", "rata_rata_lama_sekolah_penduduk_15", 10.65),  # written 10.65
    ("15.71", "umur_harapan_hidup", 72.71),
    ("93.01", "klasifikasi_kemiskinan", 1),
    ("91.71", "tingkat_pengangguran_terbuka", 11.67),
)
FILES = {
    "poverty_classification_a.csv": Real(
        514,
        (
            "penduduk_miskin",
            "rata_rata_lama_sekolah_penduduk_15",
            "pengeluaran_per_kapita_disesuaikan",
            "indeks_pembangunan_manusia",
            "umur_harapan_hidup",
            "rumah_tangga_akses_sanitasi_layak",
            "rumah_tangga_akses_air_minum_layak",
            "tingkat_pengangguran_terbuka",
            "tingkat_partisipasi_angkatan_kerja",
            "pdrb_harga_konstan_pengeluaran",
            "klasifikasi_kemiskinan",
        ),
        (
            *POVERTY,
            ("11.72", "tingkat_partisipasi_angkatan_kerja", 63.71),  # Kota Sabang
            ("35.78", "rata_rata_lama_sekolah_penduduk_15", 10.5),  # Surabaya, written 10.50
            ("35.78", "pdrb_harga_konstan_pengeluaran", 407726799),
            ("61.02", "penduduk_miskin", 5.18),  # Pontianak, Mempawah today
            ("61.71", "penduduk_miskin", 4.58),  # Kota Pontianak
            ("94.08", "rumah_tangga_akses_sanitasi_layak", 0),  # Deiyai, 0,00
            ("94.04", "indeks_pembangunan_manusia", 74.48),  # Mimika
            ("12.77", "tingkat_pengangguran_terbuka", 7.18),  # Kota Padangsidimpuan
            ("64.11", "penduduk_miskin", 11.9),  # Mahakam Hulu
            ("71.09", "penduduk_miskin", 8.94),  # Siau Tagulandang Biaro
            ("81.03", "penduduk_miskin", 27.27),  # Maluku Tenggara Barat, Tanimbar today
            ("31.01", "penduduk_miskin", 15.06),  # Kepulauan Seribu
            ("76.06", "pdrb_harga_konstan_pengeluaran", 2282748),  # Mamuju Tengah
        ),
    ),
    "poverty_classification_b.csv": Real(
        514,
        (
            "penduduk_miskin",
            "rata_rata_lama_sekolah_penduduk_15",
            "pengeluaran_per_kapita_disesuaikan",
            "umur_harapan_hidup",
            "rumah_tangga_akses_sanitasi_layak",
            "rumah_tangga_akses_air_minum_layak",
            "tingkat_pengangguran_terbuka",
            "klasifikasi_kemiskinan",
        ),
        POVERTY,
    ),
    "quarcs_gdp_pc.csv": Real(
        514,
        ("grdp_pc", "island"),
        (
            ("12.12 2000", "grdp_pc", 11353),  # Toba
            ("12.10 2020", "grdp_pc", 47272),
            ("12.22 2024", "grdp_pc", 67205),
            ("12.23 2024", "grdp_pc", 50221),
            ("12.77 2024", "grdp_pc", 20933),  # Kota Padangsidempuan
            ("15.71 2024", "grdp_pc", 68297),
            ("17.71 2000", "grdp_pc", 21920),
            ("31.01 2000", "grdp_pc", 255993),  # Administrasi Kepulauan Seribu
            ("32.04 2020", "grdp_pc", 22433),
            ("32.73 2020", "grdp_pc", 79032),
            ("32.79 2024", "grdp_pc", 18514),
            ("63.03 2024", "grdp_pc", 23024),
            ("52.06 2020", "grdp_pc", 15489),
            ("52.72 2000", "grdp_pc", 2933),
            ("75.01 2024", "grdp_pc", 25083),
            ("75.71 2024", "grdp_pc", 34697),
            ("76.01 2024", "grdp_pc", 39127),  # Pasangkayu
            ("96.71 2024", "grdp_pc", 35222),  # Kota Sorong, 9271 in 2024
            ("91.03 2024", "grdp_pc", 49753),  # Jayapura, 9403
            ("91.71 2000", "grdp_pc", 932664),
            ("93.01 2024", "grdp_pc", 49791),  # Merauke, 9501
            ("94.04 2024", "grdp_pc", 18998),  # Mimika, 9601: another region's, as it stands
            ("94.08 2024", "grdp_pc", 47770),  # Deiyai, 9603
            ("95.01 2024", "grdp_pc", 15766),  # Jayawijaya, 9702
            ("95.02 2024", "grdp_pc", 61004),  # Pegunungan Bintang, 9708
            ("64.11 2024", "grdp_pc", 56055),
        ),
        tuple(range(2000, 2025)),
        {"decimal": "point"},
    ),
    "quarcs_mys.csv": Real(
        514,
        ("mys",),
        (
            ("32.73 2010", "mys", 10.32),
            ("32.04 2018", "mys", 8.5799999),
            ("63.03 2010", "mys", 6.8600001),
            ("63.72 2018", "mys", 10.93),
            ("52.06 2010", "mys", 6.5500002),
            ("52.72 2018", "mys", 10.3),
            ("75.01 2018", "mys", 6.8299999),
            ("75.02 2018", "mys", 6.5300002),  # Boalemo, 7501
            ("75.71 2012", "mys", 10),
            ("15.71 2010", "mys", 9.6199999),
            ("17.71 2018", "mys", 11.58),
            ("93.01 2017", "mys", 8.2700005),
            ("91.71 2018", "mys", 11.3),
            ("91.03 2018", "mys", 9.6000004),
            ("76.01 2010", "mys", 6.9000001),
            ("76.02 2018", "mys", 7.5300002),  # Mamuju, 7604
            ("76.05 2018", "mys", 8.25),  # Majene, 7601
            ("12.12 2018", "mys", 10.34),
            ("12.10 2018", "mys", 9.04),
            ("12.22 2018", "mys", 8.71),
            ("12.23 2018", "mys", 8.3500004),
            ("12.77 2010", "mys", 10.02),
            ("11.09 2014", "mys", 8.8900003),  # Simeulue, 1101
        ),
        tuple(range(2010, 2019)),
    ),
    "quarcs_dataBeta.csv": Real(
        514,
        ("ln_gdppc2010", "ln_gdppc2018", "g"),
        (
            ("32.73", "ln_gdppc2010", 10.65375),
            ("32.04", "ln_gdppc2010", 9.6231613),
            ("63.03", "ln_gdppc2018", 9.8904114),
            ("63.72", "ln_gdppc2018", 10.03553),
            ("52.06", "ln_gdppc2010", 9.3586082),  # 5206, Bima
            ("52.72", "ln_gdppc2010", 9.4750948),  # 5272, Bima too
            ("75.02", "ln_gdppc2010", 9.6056767),
            ("75.01", "ln_gdppc2010", 9.5101929),
            ("75.71", "g", 0.43119812),
            ("15.71", "ln_gdppc2018", 10.34818),
            ("17.71", "ln_gdppc2018", 11.76455),
            ("93.01", "ln_gdppc2018", 10.63958),
            ("91.71", "ln_gdppc2018", 11.19626),
            ("91.03", "ln_gdppc2010", 10.54384),
            ("94.04", "ln_gdppc2010", 10.29153),
            ("76.02", "ln_gdppc2018", 10.22771),
            ("76.05", "ln_gdppc2018", 9.8897228),
            ("12.12", "ln_gdppc2018", 10.2659),
            ("12.10", "g", 1.7043667),
            ("12.22", "ln_gdppc2010", 9.2853737),
            ("12.23", "ln_gdppc2010", 9.2224617),  # Labuanbatu Utara, 1223
            ("12.77", "ln_gdppc2018", 9.8229122),
            ("96.71", "ln_gdppc2018", 10.62654),
            ("96.01", "ln_gdppc2010", 10.24691),  # Sorong, 9107
        ),
    ),
    "stunting_2021.xlsx": Real(
        511,
        ("balita_stunting",),
        (
            ("11.09", "balita_stunting", 2155.74044418335),
            ("12.12", "balita_stunting", 4032.084228515625),
            ("12.10", "balita_stunting", 11259.10496139526),
            ("12.22", "balita_stunting", 6935.39559173584),
            ("12.23", "balita_stunting", 10299.58851242065),
            ("12.77", "balita_stunting", 5815.625339508057),
            ("15.71", "balita_stunting", 6686.088718414307),
            ("17.71", "balita_stunting", 4528.692337036133),
            ("32.04", "balita_stunting", 85470.97031784058),
            ("32.73", "balita_stunting", 40146.16390991211),
            ("32.79", "balita_stunting", 2697.176860809326),
            ("52.06", "balita_stunting", 14048.95162963867),
            ("52.72", "balita_stunting", 2788.430377960205),
            ("63.03", "balita_stunting", 18599.03540802002),
            ("75.01", "balita_stunting", 7506.348976135254),
            ("75.71", "balita_stunting", 3922.555433273315),
            ("76.01", "balita_stunting", 5882.933959960938),
            ("76.05", "balita_stunting", 5585.92539024353),
            ("93.01", "balita_stunting", 4655.532958984375),
            ("91.03", "balita_stunting", 2885.698764801025),
            ("94.04", "balita_stunting", 4687.897750854492),
            ("91.71", "balita_stunting", 4785.97895860672),
            ("94.08", "balita_stunting", 1372.914563179016),
            ("96.71", "balita_stunting", 3420.57710647583),
            ("31.01", "balita_stunting", 375.0446038246155),
        ),
    ),
    "poverty_depth_2022_2023.csv": Real(
        514,
        ("indeks_kedalaman_kemiskinan",),
        tuple(
            (key, "indeks_kedalaman_kemiskinan", value)
            for key, value in {
                "12.12 2023": 1.02,  # Toba Samosir
                "12.10 2022": 0.69,
                "12.22 2023": 0.94,
                "12.23 2022": 1.17,
                "12.77 2023": 0.87,
                "15.71 2023": 1.31,  # the city; the province has 1.2
                "15.71 2022": 1.19,
                "17.71 2023": 2.84,  # the province has 2.14
                "17.71 2022": 3.21,
                "32.04 2023": 1.1,
                "32.73 2023": 0.59,
                "32.79 2022": 1.02,
                "52.06 2023": 2.19,
                "52.72 2023": 1.5,
                "63.03 2022": 0.33,
                "75.01 2023": 3.97,  # the province has 2.92
                "75.01 2022": 3.51,
                "75.71 2023": 0.62,
                "76.01 2023": 0.72,  # Mamuju Utara
                "93.01 2023": 1.96,  # below PAPUA still
                "91.05 2023": 6.42,  # Kepulauan Yapen
                "94.04 2022": 4.05,
                "96.71 2023": 3.98,  # below PAPUA BARAT still
                "81.03 2023": 4.07,
                "64.11 2022": 2.08,
                "71.09 2023": 0.95,
                "31.01 2023": 1.52,
            }.items()
        ),
        (2022, 2023),
        left_out=68,
    ),
    "ipm_sumut_2019_2023.csv": Real(
        33,
        (
            "ipm",
            "presentasi_penduduk_miskin",
            "Pengeluaran_perkapita",
            "rata_rata_lama_sekolah",
            "Kategori_IPM",
        ),
        (
            ("12.09 2019", "ipm", 69.92),  # Asahan
            ("12.09 2019", "Kategori_IPM", "Sedang"),
            ("12.09 2023", "presentasi_penduduk_miskin", 8.21),
            ("12.78 2020", "ipm", 69.31),  # Gunungsitoli
            ("12.23 2021", "ipm", 71.87),  # Labuanbatu Utara
            ("12.23 2021", "presentasi_penduduk_miskin", 10.02),
            ("12.10 2019", "Pengeluaran_perkapita", 11193),
            ("12.10 2023", "rata_rata_lama_sekolah", 9.49),
            ("12.22 2020", "ipm", 71.4),
            ("12.22 2023", "Pengeluaran_perkapita", 11950),
            ("12.71 2021", "Kategori_IPM", "Sangat Tinggi"),  # Medan
            ("12.71 2023", "presentasi_penduduk_miskin", 8),
            ("12.77 2020", "rata_rata_lama_sekolah", 11),  # Padangsidimpuan
            ("12.77 2023", "ipm", 76.44),
            ("12.72 2023", "ipm", 80.46),  # Pematangsiantar
            ("12.17 2019", "presentasi_penduduk_miskin", 12.52),  # Samosir
            ("12.73 2022", "Pengeluaran_perkapita", 12135),  # Sibolga
            ("12.74 2019", "Kategori_IPM", "Sedang"),  # Tanjungbalai
            ("12.74 2023", "ipm", 70.59),
            ("12.12 2019", "ipm", 74.92),  # Toba
            ("12.12 2023", "presentasi_penduduk_miskin", 8.04),
            ("12.19 2019", "Pengeluaran_perkapita", 10575),  # Batu Bara
        ),
        tuple(range(2019, 2024)),
    ),
}


@pytest.fixture(params=FILES, scope="module")
def real(request) -> tuple[Path, Real]:
    for place in PLACES:
        if (place / request.param).exists():
            return place / request.param, FILES[request.param]
    pytest.skip(f"{request.param} is others' work and not here")


@pytest.fixture(scope="module")
def frame(real, folders: Folders) -> pd.DataFrame:
    path, known = real
    return read_table(path, folders=folders, **known.options)


def test_every_region_is_matched(real, folders: Folders, frame: pd.DataFrame) -> None:
    """As many as the file has, none unmatched, none that is not there."""
    known = real[1]
    about = frame.attrs["reading"]["regions"]
    assert frame.index.nunique() == about["matched"] == known.regions
    assert about["unmatched"] == []
    assert len(about["left_out"]) == known.left_out
    if known.regions == KABUPATEN + CITIES:
        last = frame.index.unique().str[3].astype(int)
        assert (last >= 7).sum() == CITIES


def test_columns_and_years(real, frame: pd.DataFrame) -> None:
    """Short names in their order; a year where the file has years."""
    known = real[1]
    columns = ["year", *known.columns] if known.years else list(known.columns)
    assert list(frame) == columns
    if known.years:
        assert sorted(set(frame["year"])) == list(known.years)
        assert len(frame) == known.regions * len(known.years)


def test_cells_chosen_by_hand(real, frame: pd.DataFrame) -> None:
    """At least twenty cells, the difficult names among them, are what the file says."""
    known = real[1]
    assert len(known.cells) >= 20
    by_key = frame
    if known.years:
        by_key = frame.set_index(frame.index + " " + frame["year"].astype(str))
    found = [(key, column, by_key.at[key, column]) for key, column, _ in known.cells]
    assert found == list(known.cells)


def test_a_file_needs_its_options(real, folders: Folders) -> None:
    """Where options are needed, the file asks without them; nothing is guessed."""
    path, known = real
    reading = open_table(path, folders)
    assert [q.option for q in reading.all_questions] == [f"--{name}" for name in known.options]
    assert len(known.options) <= 2
    if known.options:
        with pytest.raises(QuestionError, match="can be read in two ways"):
            read_table(path, folders=folders)
