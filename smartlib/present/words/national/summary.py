"""Sentences of the national summary in both languages (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

SUMMARY: Mapping[str, tuple[str, str]] = {
    # key: (Indonesian, English)
    "summary_title": (
        "Ringkasan nasional Smart City {year}",
        "National summary, Smart City {year}",
    ),
    "summary_subtitle": (
        "{known} dari {scored} daerah yang dinilai diketahui nilainya · evaluasi Smart City {year}",
        "{known} of {scored} scored regions have a known row · Smart City evaluation {year}",
    ),
    "summary_median": ("Median Indeks Pencapaian", "Median performance index"),
    "summary_median_note": (
        "antara {low} dan {high} bila semua baris diketahui",
        "between {low} and {high} if all rows were known",
    ),
    "summary_totals": ("Nilai akhir yang cocok", "Totals that follow"),
    "summary_totals_note": (
        "dihitung ulang dari nilai dimensinya",
        "recomputed from their dimensions' marks",
    ),
    "summary_width": ("Lebar rentang peringkat", "Width of a rank's set"),
    "summary_width_note": (
        "tempat pada mediannya, rentang {level}",
        "places in the median, {level} sets",
    ),
    "summary_changes": ("Naik, turun", "Rose, fell"),
    "summary_changes_note": (
        "melampaui ketidakpastian, dari {regions}",
        "beyond the error, of {regions}",
    ),
    "summary_standout": (
        "Indeks tertinggi {first} ({index}), tetapi separuh daerah mempunyai rentang peringkat "
        "{width} tempat atau lebih: hanya selisih besar yang dapat dibaca sebagai urutan.",
        "{first} has the highest index ({index}), but half of the regions have a set of {width} "
        "ranks or more: only large differences can be read as an order.",
    ),
    "summary_plain": (
        "Indeks tertinggi {first} ({index}).",
        "{first} has the highest index ({index}).",
    ),
    "summary_strip": (
        "Indeks {rows} daerah yang nilainya diketahui",
        "The index of the {rows} regions whose scores are known",
    ),
    "summary_strip_alt": (
        "Garis-garis kecil, satu untuk setiap daerah, paling rapat di sekitar median {median}; "
        "terendah {low}, tertinggi {high}.",
        "Ticks, one for each region, closest together about the median of {median}; the lowest is "
        "{low}, the highest {high}.",
    ),
    "summary_median_label": ("median {median}", "median of all {median}"),
    "summary_first": ("Siapa yang teratas", "Who stands first"),
    "summary_first_short": ("Teratas", "First"),
    "summary_first_caption": (
        "{count} daerah teratas di antara yang diketahui; dalam kurung rentang {level} peringkat",
        "The first {count} of the known rows; in parentheses the {level} set of the rank",
    ),
    "summary_lost": (
        "{lost} baris hilang: peringkat r berada di antara r dan r+{lost} dari {scored}.",
        "{lost} rows are lost: rank r lies between r and r+{lost} of {scored}.",
    ),
    "summary_dimensions": (
        "Dimensi mana yang kuat dan lemah",
        "Which dimensions are strong or weak",
    ),
    "summary_dimensions_short": ("Dimensi", "Dimensions"),
    "summary_dimensions_caption": (
        "Nilai setiap dimensi di antara daerah yang diketahui",
        "Marks of each dimension among the known rows",
    ),
    "lower_quarter": ("Kuartil bawah", "Lower quartile"),
    "upper_quarter": ("Kuartil atas", "Upper quartile"),
    "summary_tracks": ("Jalur", "Tracks"),
    "summary_tracks_short": ("Setiap jalur", "By track"),
    "summary_tracks_caption": (
        "Median menurut jalur; indeks terharmonisasi memakai satu rumus bagi semua",
        "Medians by track; the harmonised index has one formula for all",
    ),
    "summary_provinces": ("Provinsi", "Provinces"),
    "summary_provinces_short": ("Setiap provinsi", "By province"),
    "summary_provinces_caption": (
        "Daerah yang diketahui menurut provinsi, diurutkan menurut median",
        "Known rows by province, in order of their median",
    ),
    "summary_open": ("Tidak dapat dipastikan", "Undetermined"),
    "summary_certain_text": (
        "Kesalahan baku satu indeks sekitar **{error} poin** (alfa Cronbach {alpha}). Dua daerah "
        "yang dipilih sebelumnya terbedakan bila selisihnya di atas **{least} poin**. "
        "[Metode](method:ranks)",
        "Standard error of one index: **{error} points** (Cronbach's alpha {alpha}). Two regions "
        "picked beforehand are told apart above **{least} points**. [Method](method:ranks)",
    ),
    "summary_command": (
        "**Perintah:** `smartlib build --national --lang {lang}`",
        "**Command:** `smartlib build --national --lang {lang}`",
    ),
}
