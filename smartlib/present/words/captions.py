"""Captions, descriptions and labels of a region's figures in both languages (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

CAPTIONS: Mapping[str, tuple[str, str]] = {
    # key: (Indonesian, English)
    "rows_source": (
        "Sumber: tabel nilai Tahap II {year}, {rows} baris yang diketahui.",
        "Source: Stage II score table {year}, {rows} known rows.",
    ),
    "report_source": (
        "Sumber: laporan Tahap II {year} untuk {region}.",
        "Source: Stage II report {year} for {region}.",
    ),
    "standing_caption": (
        "Posisi {region} di antara baris yang diketahui",
        "Where {region} stands among the known rows",
    ),
    "standing_alt": (
        "Garis kecil untuk setiap baris menurut jalur; {region} pada {index}, median {median}.",
        "A tick for every row, by track; {region} at {index}, median {median}.",
    ),
    "profile_caption": (
        "Profil dimensi {region} dan median pembandingnya",
        "Dimension profile of {region} and the medians beside it",
    ),
    "gap_caption": (
        "Asal selisih {region} terhadap median nasional",
        "Where the gap of {region} to the national median comes from",
    ),
    "improvement_caption": (
        "Indeks tahun ini dan tahun lalu, {region} ditandai",
        "This year's index and last year's, {region} marked",
    ),
    "improvement_alt": (
        "Titik untuk setiap baris; {region} dari {before} ke {now}.",
        "A dot for every row; {region} from {before} to {now}.",
    ),
    "up": ("naik", "up"),
    "down": ("turun", "down"),
    "questions_caption": (
        "Nilai setiap pertanyaan, {region}",
        "Marks of single questions, {region}",
    ),
    "rank_caption": (
        "Peringkat {region} dan ketidakpastiannya",
        "The rank of {region} and how far it is known",
    ),
    "alone": ("{level}, daerah ini saja", "{level}, this region alone"),
    "at_once": ("{level}, semua daerah serentak", "{level}, all regions at once"),
    "before_rounding": ("Sebelum pembulatan", "Before rounding"),
    "other_methods": ("Cara hitung lain, 5-95%", "Other methods, 5-95%"),
    "by_error": ("Galat: {route}", "Error: {route}"),
}
