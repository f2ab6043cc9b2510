"""Captions, descriptions and labels of a region's figures in both languages (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

CAPTIONS: Mapping[str, tuple[str, str]] = {
    # key: (Indonesian, English)
    "rows_source": (
        "Sumber: tabel nilai Tahap II {year}, {rows} daerah yang nilainya diketahui.",
        "Source: Stage II score table {year}, {rows} regions whose scores are known.",
    ),
    "report_source": (
        "Sumber: laporan Tahap II {year} untuk {region}.",
        "Source: Stage II report {year} for {region}.",
    ),
    "standing_title": (
        "{region} di antara {rows} daerah jalurnya; abu-abu muda: lainnya",
        "{region} among its track's {rows} regions; light grey: others",
    ),
    "standing_alone": (
        "{region} di antara {rows} daerah yang nilainya diketahui",
        "{region} among the {rows} regions whose scores are known",
    ),
    "standing_alt": (
        "{region} berada {side} garis median di antara garis-garis kecil, satu untuk setiap "
        "daerah: {index}, median jalur {median}.",
        "{region} stands {side} the line of the median among ticks, one for each region: {index}, "
        "median of the track {median}.",
    ),
    "side_above": ("di kanan", "right of"),
    "side_below": ("di kiri", "left of"),
    "side_level": ("pada", "on"),
    "own_label": ("{region} {value}", "{region} {value}"),
    "median_label": ("median jalur {value}", "median of the track {value}"),
    "why_alt": (
        "Batang ke kanan mengangkat, ke kiri menahan; yang terpanjang {longest}. {parts}.",
        "Bars to the right lift the index, to the left hold it back; the longest is {longest}. "
        "{parts}.",
    ),
    "change_title": (
        "Perubahan {region} di antara semua daerah; abu-abu: ketidakpastian",
        "Change of {region} among all regions; grey: the error",
    ),
    "change_title_plain": (
        "Perubahan {region} di antara semua daerah",
        "The change of {region} among all regions",
    ),
    "change_alt": (
        "Titik {region} berada {where} bidang ketidakpastian; garis kecil adalah daerah lain. "
        "Perubahan {change}, median {median}.",
        "The dot of {region} lies {where} the stretch of the error; ticks are the other regions. "
        "Change {change}, median {median}.",
    ),
    "inside": ("di dalam", "inside"),
    "outside": ("di luar", "outside"),
    "change_scale": ("poin indeks, dari tahun lalu", "index points, from last year"),
    "median_change": ("median {value}", "median {value}"),
    "band": ("tidak melampaui ketidakpastian: ±{least}", "not beyond the error: ±{least}"),
    "questions_title": (
        "Terendah {low}, tertinggi {high}",
        "Lowest {low}, highest {high}",
    ),
    "questions_alt": (
        "Setiap titik satu pertanyaan, garis tebal rata-rata kelompok; terendah {low}. {parts}.",
        "Each dot is a question, the thick line a group's mean; the lowest is {low}. {parts}.",
    ),
    "rank_title": (
        "Peringkat {region} yang tidak dapat dikesampingkan ({level})",
        "Ranks of {region} that cannot be ruled out ({level})",
    ),
    "rank_alt": (
        "Titik peringkat di dalam batang-batang panjang: {parts}.",
        "The dot of the rank inside long bars: {parts}.",
    ),
    "rank_own": ("peringkat {rank}", "rank {rank}"),
    "before_rounding": ("Sebelum pembulatan", "Before rounding"),
    "other_methods": ("Cara hitung lain, 5–95%", "Other methods, 5–95%"),
    "internal_row": ("Menurut konsistensi", "By consistency"),
    "retest_row": ("Menurut tahun lalu", "By last year"),
}
